"""What tests of S3's features share: queues that S3 may write to, and waiting for what comes."""

import json
import time

import pytest
from botocore.exceptions import ClientError


def queue_for(sqs, account, bucket, name, *, owner=None):
    """A queue whose policy lets S3 send for a bucket; its URL and ARN."""
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "s3.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": arn,
            "Condition": {
                "ArnLike": {"aws:SourceArn": f"arn:aws:s3:::{bucket}"},
                "StringEquals": {"aws:SourceAccount": owner or account},
            },
        },
    }
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
    return url, arn


def receive(sqs, url, count, seconds=60):
    """So many messages' bodies, in the order of their arrival."""
    bodies = []
    deadline = time.monotonic() + seconds
    while len(bodies) < count and time.monotonic() < deadline:
        got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=2)
        for message in got.get("Messages", []):
            bodies.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    assert len(bodies) == count, bodies
    return bodies


def records(sqs, url, count, seconds=60):
    """The records of so many events."""
    return [record for body in receive(sqs, url, count, seconds) for record in body["Records"]]


def refusal(call, *arguments, **parameters):
    """The error that a call is refused with, with its status."""
    with pytest.raises(ClientError) as caught:
        call(*arguments, **parameters)
    error = dict(caught.value.response["Error"])
    error["Status"] = caught.value.response["ResponseMetadata"]["HTTPStatusCode"]
    return error


def eventually(look, seconds=60):
    """Waits until `look` answers something true, and gives that."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def within(seconds, act, tries=5):
    """Does `act` until it took less than so many seconds, and says how long: a machine that is busy for a moment is forgiven, a
    program that is slow each time isn't. `act` may give what counts of its time."""
    times = []
    while len(times) < tries and (not times or times[-1] >= seconds):
        started = time.monotonic()
        took = act()
        times.append(time.monotonic() - started if took is None else took)
    assert times[-1] < seconds, times
    return times[-1]
