"""FIFO topics: order, groups, deduplication on the moved clock."""

import json

import pytest
from botocore.exceptions import ClientError


def refusal(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


def make(sns, unique, **attributes):
    return sns.create_topic(Name=unique("topic") + ".fifo", Attributes={"FifoTopic": "true", **attributes})["TopicArn"]


def test_order_is_kept_within_groups(client, account, unique, make_queue):
    creds = account()
    sns = client("sns", creds)
    arn = make(sns, unique, ContentBasedDeduplication="true")
    fifo = make_queue(creds, arn, unique("queue") + ".fifo", FifoQueue="true")
    standard = make_queue(creds, arn)
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=fifo.arn)
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=standard.arn, Attributes={"RawMessageDelivery": "true"})
    numbers = []
    for number in range(20):
        answer = sns.publish(TopicArn=arn, Message=f"{number}", MessageGroupId="ab"[number % 2])
        numbers.append(int(answer["SequenceNumber"]))
    assert numbers == sorted(numbers) and all(len(str(number)) == 20 for number in numbers)
    messages = fifo.receive(20)
    for group in (0, 1):
        got = [json.loads(each["Body"]) for each in messages if each["Attributes"]["MessageGroupId"] == "ab"[group]]
        assert [each["Message"] for each in got] == [str(number) for number in range(group, 20, 2)]
        assert [int(each["SequenceNumber"]) for each in got] == numbers[group::2]
        assert "Signature" not in got[0]
    assert sorted(int(each["Body"]) for each in standard.receive(20)) == list(range(20))


def test_what_comes_again_is_answered_but_not_delivered(server, client, clock, account, make_queue, unique):
    running = server()
    creds = account()
    sns = client("sns", creds, at=running.endpoint)
    arn = make(sns, unique)
    scope = {"DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"}
    queue = make_queue(creds, arn, unique("queue") + ".fifo", at=running.endpoint, FifoQueue="true", **scope)
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)

    def publish(text, id, group="g"):
        answer = sns.publish(TopicArn=arn, Message=text, MessageGroupId=group, MessageDeduplicationId=id)
        return answer["MessageId"], answer["SequenceNumber"]

    first = publish("1", "a")
    assert publish("2", "a") == first and publish("2", "a", "other") == first
    assert queue.texts() == ["1"]
    clock(running).advance("301s")
    assert publish("3", "a") != first
    assert queue.texts() == ["3"]
    # Within groups only, if the topic is made for throughput.
    sns.set_topic_attributes(TopicArn=arn, AttributeName="FifoThroughputScope", AttributeValue="MessageGroup")
    publish("4", "b", "g")
    publish("5", "b", "h")
    publish("6", "b", "h")
    assert sorted(queue.texts(2)) == ["4", "5"]


def test_batches_of_fifo_topics(client, account, unique, make_queue):
    creds = account()
    sns = client("sns", creds)
    arn = make(sns, unique)
    queue = make_queue(creds, arn, unique("queue") + ".fifo", FifoQueue="true")
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)
    answer = sns.publish_batch(TopicArn=arn, PublishBatchRequestEntries=[
        {"Id": str(n), "Message": str(n), "MessageGroupId": "g", "MessageDeduplicationId": str(n)} for n in range(10)])
    numbers = [int(each["SequenceNumber"]) for each in answer["Successful"]]
    assert numbers == sorted(numbers) and len(numbers) == 10
    assert queue.texts(10) == [str(n) for n in range(10)]


def test_fifo_topics_are_checked(client, account, unique):
    sns = client("sns", account())
    arn = make(sns, unique)
    assert refusal(sns.publish, TopicArn=arn, Message="x") == (
        "InvalidParameter", "Invalid parameter: The MessageGroupId parameter is required for FIFO topics")
    assert refusal(sns.publish, TopicArn=arn, Message="x", MessageGroupId="g") == (
        "InvalidParameter",
        "Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly")
    assert refusal(sns.publish, TopicArn=arn, Message="x", MessageGroupId="g g", MessageDeduplicationId="x")[0] == "InvalidParameter"
    assert refusal(sns.subscribe, TopicArn=arn, Protocol="http", Endpoint="http://x")[0] == "InvalidParameter"
    queue = "arn:aws:sqs:us-east-1:000000000000:q.fifo"
    assert refusal(sns.subscribe, TopicArn=arn, Protocol="sqs", Endpoint=queue, Attributes={
        "RedrivePolicy": json.dumps({"deadLetterTargetArn": "arn:aws:sqs:us-east-1:000000000000:q"})}) == (
        "InvalidParameter",
        "Invalid parameter: Attributes Reason: RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.")
    attributes = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
    assert attributes["FifoTopic"] == "true" and attributes["ContentBasedDeduplication"] == "false"
