"""FIFO queues: order, groups, deduplication."""

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def sqs(client, account):
    return client("sqs", account())


def create(sqs, **attributes):
    return sqs.create_queue(QueueName="q.fifo", Attributes={"FifoQueue": "true", **attributes})["QueueUrl"]


def send(sqs, url, body, group="g", dedup=None):
    more = {"MessageDeduplicationId": dedup} if dedup else {}
    return sqs.send_message(QueueUrl=url, MessageBody=body, MessageGroupId=group, **more)


def receive(sqs, url, count=10, **more):
    return sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=count, AttributeNames=["All"], **more).get("Messages", [])


def bodies(messages):
    return [message["Body"] for message in messages]


def test_groups_are_ordered_and_blocked_while_in_flight(sqs):
    url = create(sqs, ContentBasedDeduplication="true")
    for body, group in [("a1", "a"), ("b1", "b"), ("a2", "a"), ("a3", "a")]:
        send(sqs, url, body, group)
    first = receive(sqs, url, 2)
    assert bodies(first) == ["a1", "a2"]
    assert bodies(receive(sqs, url)) == ["b1"]
    assert receive(sqs, url) == []
    sqs.delete_message(QueueUrl=url, ReceiptHandle=first[0]["ReceiptHandle"])
    assert receive(sqs, url) == []
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=first[1]["ReceiptHandle"], VisibilityTimeout=0)
    assert bodies(receive(sqs, url)) == ["a2", "a3"]


def test_attributes_of_a_fifo_message(sqs):
    url = create(sqs)
    sent = send(sqs, url, "message-body-1", "group-1", "dedup-1")
    assert len(sent["SequenceNumber"]) == 20
    (message,) = receive(sqs, url)
    attributes = message["Attributes"]
    assert attributes["MessageGroupId"] == "group-1"
    assert attributes["MessageDeduplicationId"] == "dedup-1"
    assert attributes["SequenceNumber"] == sent["SequenceNumber"]


def test_a_duplicate_is_answered_like_the_first_and_not_delivered(sqs):
    url = create(sqs)
    first = send(sqs, url, "one", dedup="x")
    second = send(sqs, url, "another", dedup="x", group="h")
    assert (second["MessageId"], second["SequenceNumber"]) == (first["MessageId"], first["SequenceNumber"])
    (message,) = receive(sqs, url)
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    send(sqs, url, "one", dedup="x")
    assert receive(sqs, url) == []


def test_deduplication_by_group_in_high_throughput_mode(sqs):
    url = create(
        sqs, ContentBasedDeduplication="true", DeduplicationScope="messageGroup", FifoThroughputLimit="perMessageGroupId"
    )
    for group in ("a", "a", "b"):
        send(sqs, url, "same", group)
    assert [message["Attributes"]["MessageGroupId"] for message in receive(sqs, url)] == ["a", "b"]


def test_the_words_for_what_fifo_queues_refuse(sqs):
    url = create(sqs)

    def error(**parameters):
        with pytest.raises(ClientError) as caught:
            sqs.send_message(QueueUrl=url, MessageBody="x", **parameters)
        error = caught.value.response["Error"]
        return error["Code"], error["Message"], error["QueryErrorCode"]

    assert error(MessageDeduplicationId="x") == (
        "MissingParameter",
        "The request must contain the parameter MessageGroupId.",
        "MissingRequiredParameterException",
    )
    assert error(MessageGroupId="g")[1] == (
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"
    )
    assert error(MessageGroupId="g", MessageDeduplicationId="x", DelaySeconds=2)[1] == (
        "Value 2 for parameter DelaySeconds is invalid. "
        "Reason: The request include parameter that is not valid for this queue type."
    )


def test_an_expired_handle_is_refused(server, clock, client, account):
    running = server()
    sqs = client("sqs", account(), at=running.endpoint)
    url = create(sqs)
    send(sqs, url, "g1-m1", dedup="1")
    (message,) = receive(sqs, url, VisibilityTimeout=1)
    clock(running).advance("2s")
    with pytest.raises(ClientError) as caught:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    assert caught.value.response["Error"]["Message"] == (
        f"Value {message['ReceiptHandle']} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."
    )


def test_a_receive_can_be_repeated_by_its_attempt_id(sqs):
    url = create(sqs)
    send(sqs, url, "1", dedup="1")
    first = receive(sqs, url, ReceiveRequestAttemptId="try-1")
    again = receive(sqs, url, ReceiveRequestAttemptId="try-1")
    assert first and [m["ReceiptHandle"] for m in again] == [m["ReceiptHandle"] for m in first]
    assert receive(sqs, url, ReceiveRequestAttemptId="try-2") == []


def test_many_groups_keep_their_order_under_many_consumers(sqs):
    import concurrent.futures
    import threading

    url = create(sqs, ContentBasedDeduplication="true")
    for number in range(0, 60, 10):
        sqs.send_message_batch(
            QueueUrl=url,
            Entries=[
                {"Id": str(n), "MessageBody": f"{n % 6}:{n:03}", "MessageGroupId": f"g{n % 6}"} for n in range(number, number + 10)
            ],
        )
    seen, lock = [], threading.Lock()

    def consume():
        while messages := receive(sqs, url, 2, WaitTimeSeconds=1):
            with lock:
                seen.extend(bodies(messages))
            for message in messages:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(consume) for _ in range(4)]:
            done.result(60)
    assert len(seen) == 60
    for group in range(6):
        mine = [body for body in seen if body.startswith(f"{group}:")]
        assert mine == sorted(mine)
