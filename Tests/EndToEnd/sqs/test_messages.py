"""Standard queues: sending, receiving, hiding and deleting."""

import hashlib
import socket
import threading
import time

import pytest
from botocore.exceptions import ClientError

from harness.events import within


@pytest.fixture
def sqs(client, account):
    return client("sqs", account())


@pytest.fixture
def url(sqs):
    return sqs.create_queue(QueueName="q")["QueueUrl"]


def error_of(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def numbers(sqs, url):
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return [int(attributes[name]) for name in names]


def test_a_message_goes_round(client, account):
    root = account()
    sqs = client("sqs", root)
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    sent = sqs.send_message(
        QueueUrl=url,
        MessageBody="箱庭 <&> \n",
        MessageAttributes={
            "Hello": {"DataType": "String", "StringValue": "There"},
            "Help.Me": {"DataType": "String", "StringValue": "Me"},
            "General": {"DataType": "String", "StringValue": "Kenobi"},
        },
        MessageSystemAttributes={"AWSTraceHeader": {"DataType": "String", "StringValue": "some-trace-id"}},
    )
    assert sent["MD5OfMessageBody"] == hashlib.md5("箱庭 <&> \n".encode()).hexdigest()
    assert sent["MD5OfMessageAttributes"] == "4c360f3fdafd970e05fae2f149d997f5"
    assert sent["MD5OfMessageSystemAttributes"] == "fdce4f2818803f2f73becc09a54792c0"
    assert "SequenceNumber" not in sent
    (message,) = sqs.receive_message(
        QueueUrl=url, MessageSystemAttributeNames=["All"], MessageAttributeNames=["Hel.*"], VisibilityTimeout=0
    )["Messages"]
    assert message["Body"] == "箱庭 <&> \n"
    assert message["MessageId"] == sent["MessageId"]
    assert sorted(message["MessageAttributes"]) == ["Hello", "Help.Me"]
    assert message["MD5OfMessageAttributes"] == "83fee93c1bcd8b9a5a923ffacdc636c7"
    assert message["Attributes"]["AWSTraceHeader"] == "some-trace-id"
    assert message["Attributes"]["SenderId"] == root.account
    assert message["Attributes"]["ApproximateReceiveCount"] == "1"
    assert abs(int(message["Attributes"]["SentTimestamp"]) / 1000 - time.time()) < 60
    (plain,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert set(plain) == {"MessageId", "ReceiptHandle", "MD5OfBody", "Body"}
    sqs.delete_message(QueueUrl=url, ReceiptHandle=plain["ReceiptHandle"])
    assert numbers(sqs, url) == [0, 0, 0]
    assert "Messages" not in sqs.receive_message(QueueUrl=url)


def test_binary_attributes_come_back_as_they_were(sqs, url):
    value = b"traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01"
    sqs.send_message(
        QueueUrl=url, MessageBody="test", MessageAttributes={"attr1": {"DataType": "Binary", "BinaryValue": value}}
    )
    (message,) = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"])["Messages"]
    assert message["MessageAttributes"] == {"attr1": {"DataType": "Binary", "BinaryValue": value}}
    assert message["MD5OfMessageAttributes"] == "8cbe4db156db8a94db8b801b7addb984"


def test_the_words_for_wrong_parameters(sqs, url):
    def receive(**more):
        return error_of(sqs.receive_message, QueueUrl=url, **more)

    assert receive(MaxNumberOfMessages=11) == (
        "InvalidParameterValue",
        "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
    )
    assert receive(WaitTimeSeconds=21)[1] == (
        "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided."
    )
    assert receive(VisibilityTimeout=43201)[1] == (
        "Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= 43200, if provided."
    )

    def send(body="x", **more):
        return error_of(sqs.send_message, QueueUrl=url, MessageBody=body, **more)

    assert send("") == ("MissingParameter", "The request must contain the parameter MessageBody.")
    assert send("\x01")[0] == "InvalidMessageContents"
    assert send("x" * 1048577)[1] == (
        "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes."
    )
    assert send(DelaySeconds=901)[1] == (
        "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."
    )
    assert send(MessageAttributes={"ErrorDetails": {"DataType": "String", "StringValue": ""}})[1] == (
        "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'."
    )
    assert error_of(sqs.delete_message, QueueUrl=url, ReceiptHandle="garbage") == (
        "ReceiptHandleIsInvalid",
        'The input receipt handle "garbage" is not a valid receipt handle.',
    )


def test_an_invalid_parameter_has_aws_query_error_code(sqs, url):
    with pytest.raises(ClientError) as caught:
        sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=11)
    error = caught.value.response["Error"]
    assert error["QueryErrorCode"] == "InvalidParameterValueException"
    assert error["Type"] == "Sender"


def test_visibility_delay_and_deletion_follow_the_clock(server, clock, client, account):
    running = server()
    sqs, time_machine = client("sqs", account(), at=running.endpoint), clock(running)
    url = sqs.create_queue(QueueName="q", Attributes={"MessageRetentionPeriod": "300"})["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="now")
    sqs.send_message(QueueUrl=url, MessageBody="later", DelaySeconds=60)
    assert numbers(sqs, url) == [1, 0, 1]
    (first,) = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    time_machine.advance("31s")
    (second,) = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert second["MessageId"] == first["MessageId"] and second["ReceiptHandle"] != first["ReceiptHandle"]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=first["ReceiptHandle"])
    assert numbers(sqs, url) == [0, 1, 1]
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=second["ReceiptHandle"], VisibilityTimeout=0)
    time_machine.advance("30s")
    got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert sorted(message["Body"] for message in got) == ["later", "now"]
    time_machine.advance("5m")
    assert numbers(sqs, url) == [0, 0, 0]
    assert "Messages" not in sqs.receive_message(QueueUrl=url)


def test_batches_fail_entry_by_entry(sqs, url):
    entries = [{"Id": str(number), "MessageBody": f"m{number}"} for number in range(9)]
    result = sqs.send_message_batch(QueueUrl=url, Entries=[*entries, {"Id": "bad", "MessageBody": "x", "DelaySeconds": 1800}])
    assert len(result["Successful"]) == 9
    (failed,) = result["Failed"]
    assert failed == {
        "Id": "bad",
        "SenderFault": True,
        "Code": "InvalidParameterValue",
        "Message": "Value 1800 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
    }
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert [message["Body"] for message in messages] == [f"m{number}" for number in range(9)]
    handles = [{"Id": str(index), "ReceiptHandle": message["ReceiptHandle"]} for index, message in enumerate(messages)]
    changed = sqs.change_message_visibility_batch(
        QueueUrl=url, Entries=[{**handles[0], "VisibilityTimeout": 0}, {"Id": "x", "ReceiptHandle": "x", "VisibilityTimeout": 0}]
    )
    assert [entry["Id"] for entry in changed["Successful"]] == ["0"]
    assert changed["Failed"][0]["Code"] == "ReceiptHandleIsInvalid"
    deleted = sqs.delete_message_batch(QueueUrl=url, Entries=handles)
    assert len(deleted["Successful"]) == 9 and not deleted.get("Failed")
    assert numbers(sqs, url) == [0, 0, 0]


def test_whole_batches_are_refused(sqs, url):
    def send(entries):
        return error_of(sqs.send_message_batch, QueueUrl=url, Entries=entries)

    prefix = "AWS.SimpleQueueService."
    assert send([]) == (
        prefix + "EmptyBatchRequest",
        "There should be at least one SendMessageBatchRequestEntry in the request.",
    )
    assert send([{"Id": str(number), "MessageBody": "x"} for number in range(20)]) == (
        prefix + "TooManyEntriesInBatchRequest",
        "Maximum number of entries per request are 10. You have sent 20.",
    )
    assert send([{"Id": "a", "MessageBody": "x"}] * 2) == (prefix + "BatchEntryIdsNotDistinct", "Id a repeated.")
    assert send([{"Id": "a:b", "MessageBody": "x"}])[0] == prefix + "InvalidBatchEntryId"
    assert send([{"Id": id, "MessageBody": "x" * 600_000} for id in "ab"]) == (
        prefix + "BatchRequestTooLong",
        "Batch requests cannot be longer than 1048576 bytes. You have sent 1200000 bytes.",
    )


def test_a_long_poll_answers_as_soon_as_a_message_comes(server, clock, client, account):
    running = server()
    # Time stands still, so that no poll ends by itself.
    clock(running).scale(0)
    sqs = client("sqs", account(), at=running.endpoint)
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    answers = []

    def poll():
        got = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)
        answers.append([message["Body"] for message in got.get("Messages", [])])

    threads = [threading.Thread(target=poll, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    running.parked(3)
    assert answers == []
    for number in range(3):
        sqs.send_message(QueueUrl=url, MessageBody=str(number))
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == [["0"], ["1"], ["2"]]


def test_a_long_poll_ends_empty_and_wakes_for_what_becomes_visible(sqs, url):
    def ends_empty():
        assert "Messages" not in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1)

    def wakes():
        times = []
        sqs.send_message(QueueUrl=url, MessageBody="x", DelaySeconds=1)
        for hidden in (1, 30):
            started = time.monotonic()
            (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20, VisibilityTimeout=hidden)["Messages"]
            times.append(time.monotonic() - started)
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return max(times)

    assert within(3, ends_empty) > 0.9
    within(4, wakes)


def test_a_poller_that_disconnects_takes_no_message_with_it(server, client, account):
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    import json

    running = server()
    endpoint, sqs = running.endpoint, client("sqs", account(), at=running.endpoint)
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    body = json.dumps({"QueueUrl": url, "WaitTimeSeconds": 20})
    headers = {"X-Amz-Target": "AmazonSQS.ReceiveMessage", "Content-Type": "application/x-amz-json-1.0"}
    request = AWSRequest("POST", endpoint + "/", data=body, headers=headers)
    SigV4Auth(sqs._request_signer._credentials, "sqs", "us-east-1").add_auth(request)
    prepared = request.prepare()
    host, port = endpoint.split("//")[1].split(":")
    gone = []
    for _ in range(5):
        connection = socket.create_connection((host, int(port)))
        lines = [f"POST / HTTP/1.1", f"Host: {host}:{port}"]
        for name, value in prepared.headers.items():
            value = value.decode() if isinstance(value, bytes) else value
            if name.lower() not in ("host", "content-length"):
                lines.append(f"{name}: {value}")
        lines.append(f"Content-Length: {len(body)}")
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        gone.append(connection)
    running.parked(5)
    for connection in gone:
        connection.close()
    running.parked(0)
    sqs.send_message(QueueUrl=url, MessageBody="mine")
    (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20, AttributeNames=["All"])["Messages"]
    assert message["Attributes"]["ApproximateReceiveCount"] == "1"


def test_receiving_costs_the_same_from_a_deep_queue(sqs, url):
    entries = [{"Id": str(number), "MessageBody": "x" * 100} for number in range(10)]
    other = sqs.create_queue(QueueName="shallow")["QueueUrl"]
    sqs.send_message_batch(QueueUrl=other, Entries=entries)
    for _ in range(501):
        sqs.send_message_batch(QueueUrl=url, Entries=entries)

    def seconds(queue):
        started = time.monotonic()
        for _ in range(50):
            assert sqs.receive_message(QueueUrl=queue, VisibilityTimeout=0)["Messages"]
        return time.monotonic() - started

    # By turns, so that a machine that is busy for a while is so for both.
    rounds = [(seconds(other), seconds(url)) for _ in range(5)]
    shallow, deep = (min(times) for times in zip(*rounds))
    assert deep < shallow * 3
    assert numbers(sqs, url)[0] == 5010
