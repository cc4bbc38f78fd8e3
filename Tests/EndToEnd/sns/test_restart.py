"""kill -9: whatever was answered is there, and every published message arrives."""

import json
import threading

from botocore.exceptions import BotoCoreError, ClientError

from sns.helpers import until


def test_topics_and_subscriptions_survive(server, client, account, make_queue, receiver):
    running = server()
    creds = account()
    sns = client("sns", creds, at=running.endpoint)
    arn = sns.create_topic(Name="t", Attributes={"DisplayName": "x"}, Tags=[{"Key": "a", "Value": "b"}])["TopicArn"]
    queue = make_queue(creds, arn, at=running.endpoint)
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn, Attributes={"FilterPolicy": '{"k":["a"]}'})
    sns.subscribe(TopicArn=arn, Protocol="http", Endpoint=receiver.url)
    running.kill9()
    running.start()
    # The request for confirmation comes, perhaps twice.
    token = json.loads(receiver.next()[1])["Token"]
    sns.confirm_subscription(TopicArn=arn, Token=token)
    assert sns.get_topic_attributes(TopicArn=arn)["Attributes"]["SubscriptionsConfirmed"] == "2"
    assert sns.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "a", "Value": "b"}]
    sns.publish(TopicArn=arn, Message="1")
    sns.publish(TopicArn=arn, Message="2", MessageAttributes={"k": {"DataType": "String", "StringValue": "a"}})
    assert queue.texts() == ["2"]


def test_published_messages_survive_a_kill(server, client, account, make_queue):
    running = server()
    creds = account()
    sns = client("sns", creds, at=running.endpoint)
    arn = sns.create_topic(Name="t")["TopicArn"]
    queues = [make_queue(creds, arn, at=running.endpoint) for _ in range(5)]
    for queue in queues:
        sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn, Attributes={"RawMessageDelivery": "true"})
    for round in range(3):
        answered, lock, stop = set(), threading.Lock(), threading.Event()

        def publish(name):
            mine = client("sns", creds, at=running.endpoint, retries={"total_max_attempts": 1})
            number = 0
            while not stop.is_set():
                text = f"{round}-{name}-{number}"
                number += 1
                try:
                    mine.publish(TopicArn=arn, Message=text)
                except (BotoCoreError, ClientError):
                    return
                with lock:
                    answered.add(text)

        threads = [threading.Thread(target=publish, args=(name,)) for name in range(4)]
        for thread in threads:
            thread.start()
        until(lambda: len(answered) >= 60, seconds=60)
        running.kill9()
        stop.set()
        for thread in threads:
            thread.join()
        running.start()
        for queue in queues:
            got = set()

            def drain():
                messages = queue.sqs.receive_message(QueueUrl=queue.url, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages", [])
                for message in messages:
                    got.add(message["Body"])
                    queue.sqs.delete_message(QueueUrl=queue.url, ReceiptHandle=message["ReceiptHandle"])
                return answered <= got

            until(drain, seconds=60)


def test_retries_survive_a_kill(server, client, account, clock, make_queue, receiver):
    running = server()
    creds = account()
    sns = client("sns", creds, at=running.endpoint)
    arn = sns.create_topic(Name="t")["TopicArn"]
    sns.subscribe(TopicArn=arn, Protocol="http", Endpoint=receiver.url, Attributes={"RawMessageDelivery": "true"})
    sns.confirm_subscription(TopicArn=arn, Token=json.loads(receiver.next()[1])["Token"])
    receiver.answers = [500]
    sns.publish(TopicArn=arn, Message="late")
    assert receiver.requests.get(timeout=30)[3] == 500
    # The failure is written down before the next one is tried.
    receiver.answers = [500]
    sns.publish(TopicArn=arn, Message="second")
    assert receiver.requests.get(timeout=30)[3] == 500
    running.kill9()
    running.start()
    texts = set()

    def came():
        clock(running).advance("20s")
        while not receiver.requests.empty():
            texts.add(receiver.requests.get()[2])
        return texts == {"late", "second"}

    until(came, seconds=60)
