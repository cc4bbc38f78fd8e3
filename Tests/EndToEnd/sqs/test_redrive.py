"""Dead-letter queues and the tasks that bring messages back."""

import json

import pytest
from botocore.exceptions import ClientError
from harness.events import eventually


@pytest.fixture
def sqs(client, account):
    return client("sqs", account())


def arn_of(sqs, url):
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def pair(sqs, count=1, **attributes):
    dead = sqs.create_queue(QueueName="dead", Attributes=attributes)["QueueUrl"]
    redrive = json.dumps({"deadLetterTargetArn": arn_of(sqs, dead), "maxReceiveCount": count})
    source = sqs.create_queue(QueueName="source", Attributes={"RedrivePolicy": redrive})["QueueUrl"]
    return source, dead


def visible(sqs, url):
    return int(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]["ApproximateNumberOfMessages"])


def error_of(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    response = caught.value.response
    return response["Error"]["Code"], response["Error"]["Message"], response["ResponseMetadata"]["HTTPStatusCode"]


def poison(sqs, source, count):
    for number in range(count):
        sqs.send_message(QueueUrl=source, MessageBody=str(number))
    for _ in range(2):
        sqs.receive_message(QueueUrl=source, MaxNumberOfMessages=10, VisibilityTimeout=0)


def ended(sqs, arn, status):
    """The latest task of a queue, when it has this status."""
    return eventually(lambda: next(
        (task for task in sqs.list_message_move_tasks(SourceArn=arn)["Results"] if task["Status"] == status), None))


def test_what_is_received_too_often_becomes_a_dead_letter(sqs):
    source, dead = pair(sqs, 2)
    sent = sqs.send_message(QueueUrl=source, MessageBody="poison")
    for _ in range(2):
        assert sqs.receive_message(QueueUrl=source, VisibilityTimeout=0)["Messages"]
    assert "Messages" not in sqs.receive_message(QueueUrl=source)
    (letter,) = sqs.receive_message(QueueUrl=dead, AttributeNames=["All"])["Messages"]
    assert letter["MessageId"] == sent["MessageId"]
    assert letter["Attributes"]["DeadLetterQueueSourceArn"] == arn_of(sqs, source)
    assert sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"] == [source]


def test_redrive_policies_are_checked(client, account):
    root = account()
    sqs = client("sqs", root)
    policy = '{"deadLetterTargetArn": "dummy", "maxReceiveCount": 42}'
    assert error_of(sqs.create_queue, QueueName="q", Attributes={"RedrivePolicy": policy})[:2] == (
        "InvalidParameterValue",
        f"Value {policy} for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.",
    )
    missing = json.dumps({"deadLetterTargetArn": f"arn:aws:sqs:us-east-1:{root.account}:none", "maxReceiveCount": 1})
    assert "Dead letter target does not exist." in error_of(
        sqs.create_queue, QueueName="q", Attributes={"RedrivePolicy": missing}
    )[1]
    denied = sqs.create_queue(QueueName="closed", Attributes={"RedriveAllowPolicy": '{"redrivePermission":"denyAll"}'})
    policy = json.dumps({"deadLetterTargetArn": arn_of(sqs, denied["QueueUrl"]), "maxReceiveCount": 1})
    assert error_of(sqs.create_queue, QueueName="q", Attributes={"RedrivePolicy": policy})[0] == "InvalidParameterValue"


def test_a_move_task_brings_messages_back_to_their_source(sqs):
    source, dead = pair(sqs)
    poison(sqs, source, 5)
    assert visible(sqs, dead) == 5
    arn = arn_of(sqs, dead)
    assert sqs.start_message_move_task(SourceArn=arn)["TaskHandle"]
    task = ended(sqs, arn, "COMPLETED")
    assert task["ApproximateNumberOfMessagesMoved"] == task["ApproximateNumberOfMessagesToMove"] == 5
    assert "DestinationArn" not in task and "TaskHandle" not in task
    assert (visible(sqs, source), visible(sqs, dead)) == (5, 0)


def test_a_slow_move_task_can_be_cancelled_and_fails_without_its_destination(server, clock, client, account):
    running = server()
    hands = clock(running)
    # It moves a message a second, and no second passes by itself.
    hands.scale(0)
    sqs = client("sqs", account(), at=running.endpoint)
    source, dead = pair(sqs)
    other = sqs.create_queue(QueueName="other")["QueueUrl"]
    poison(sqs, source, 10)
    arn, destination = arn_of(sqs, dead), arn_of(sqs, other)
    start = {"SourceArn": arn, "DestinationArn": destination, "MaxNumberOfMessagesPerSecond": 1}
    handle = sqs.start_message_move_task(**start)["TaskHandle"]
    (task,) = sqs.list_message_move_tasks(SourceArn=arn)["Results"]
    assert (task["Status"], task["TaskHandle"], task["MaxNumberOfMessagesPerSecond"]) == ("RUNNING", handle, 1)
    assert error_of(sqs.start_message_move_task, **start)[1] == (
        "There is already a task running. Only one active task is allowed for a source queue arn at a given time."
    )
    hands.advance("1s")
    assert sqs.cancel_message_move_task(TaskHandle=handle)["ApproximateNumberOfMessagesMoved"] == 1
    hands.advance("1s")
    sqs.start_message_move_task(**start)
    sqs.delete_queue(QueueUrl=other)
    hands.advance("1s")
    task = ended(sqs, arn, "FAILED")
    assert task["FailureReason"] == "AWS.SimpleQueueService.NonExistentQueue"
    assert len(sqs.list_message_move_tasks(SourceArn=arn, MaxResults=10)["Results"]) == 2


def test_the_words_for_tasks_that_cannot_be(client, account):
    root = account()
    sqs = client("sqs", root)
    url = sqs.create_queue(QueueName="plain")["QueueUrl"]
    assert error_of(sqs.start_message_move_task, SourceArn=arn_of(sqs, url)) == (
        "InvalidParameterValue",
        "Source queue must be configured as a Dead Letter Queue.",
        400,
    )
    missing = f"arn:aws:sqs:us-east-1:{root.account}:none"
    assert error_of(sqs.start_message_move_task, SourceArn=missing) == (
        "ResourceNotFoundException",
        "The resource that you specified for the SourceArn parameter doesn't exist.",
        404,
    )
    assert error_of(sqs.cancel_message_move_task, TaskHandle="foobared")[:2] == (
        "InvalidParameterValue",
        "Value for parameter TaskHandle is invalid.",
    )


def test_a_move_task_goes_on_after_a_crash(server, clock, client, account):
    running = server()
    sqs = client("sqs", account(), at=running.endpoint)
    source, dead = pair(sqs)
    poison(sqs, source, 3)
    sqs.start_message_move_task(SourceArn=arn_of(sqs, dead), MaxNumberOfMessagesPerSecond=1)
    running.kill9()
    running.start()
    eventually(lambda: clock(running).advance("1s") and (visible(sqs, source), visible(sqs, dead)) == (3, 0))
