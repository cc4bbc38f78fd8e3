"""Queues: their life, their attributes, lists and tags."""

import json

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def sqs(client, account):
    return client("sqs", account())


def error_of(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"], caught.value.response["ResponseMetadata"]["HTTPStatusCode"]


def test_a_new_queue_has_aws_defaults(client, account, endpoint):
    root = account()
    sqs = client("sqs", root)
    url = sqs.create_queue(QueueName="orders", tags={"team": "blue"})["QueueUrl"]
    assert url == f"{endpoint}/{root.account}/orders"
    assert sqs.get_queue_url(QueueName="orders")["QueueUrl"] == url
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert attributes.pop("CreatedTimestamp") == attributes.pop("LastModifiedTimestamp")
    assert attributes == {
        "QueueArn": f"arn:aws:sqs:us-east-1:{root.account}:orders",
        "ApproximateNumberOfMessages": "0",
        "ApproximateNumberOfMessagesNotVisible": "0",
        "ApproximateNumberOfMessagesDelayed": "0",
        "VisibilityTimeout": "30",
        "MaximumMessageSize": "1048576",
        "MessageRetentionPeriod": "345600",
        "DelaySeconds": "0",
        "ReceiveMessageWaitTimeSeconds": "0",
        "SqsManagedSseEnabled": "true",
    }
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"team": "blue"}


def test_creating_again_is_idempotent_only_with_the_same_values(sqs):
    url = sqs.create_queue(QueueName="q", Attributes={"DelaySeconds": "5"})["QueueUrl"]
    assert sqs.create_queue(QueueName="q")["QueueUrl"] == url
    assert sqs.create_queue(QueueName="q", Attributes={"DelaySeconds": "5"})["QueueUrl"] == url
    code, message, status = error_of(sqs.create_queue, QueueName="q", Attributes={"DelaySeconds": "6"})
    assert (code, status) == ("QueueAlreadyExists", 400)
    assert message == "A queue already exists with the same name and a different value for attribute DelaySeconds"
    with pytest.raises(sqs.exceptions.QueueNameExists):
        sqs.create_queue(QueueName="q", Attributes={"DelaySeconds": "6"})


def test_a_missing_queue_is_told_by_its_two_names(sqs, endpoint):
    with pytest.raises(sqs.exceptions.QueueDoesNotExist) as caught:
        sqs.get_queue_url(QueueName="missing")
    error = caught.value.response["Error"]
    assert error["Code"] == "AWS.SimpleQueueService.NonExistentQueue"
    assert error["QueryErrorCode"] == "QueueDoesNotExist"
    assert error["Message"] == "The specified queue does not exist."


@pytest.mark.parametrize("name", ["in.fo", "a b", "x" * 81, "example.fifo"])
def test_names_that_are_none(sqs, name):
    code, message, _ = error_of(sqs.create_queue, QueueName=name)
    assert code == "InvalidParameterValue"
    assert message == "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"


def test_attributes_can_be_set_and_wrong_ones_are_refused(sqs):
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "69", "MaximumMessageSize": "2048"})
    got = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout", "MaximumMessageSize"])["Attributes"]
    assert got == {"VisibilityTimeout": "69", "MaximumMessageSize": "2048"}
    assert error_of(sqs.set_queue_attributes, QueueUrl=url, Attributes={"VisibilityTimeout": "43201"})[:2] == (
        "InvalidAttributeValue",
        "Invalid value for the parameter VisibilityTimeout.",
    )
    assert error_of(sqs.set_queue_attributes, QueueUrl=url, Attributes={"FifoQueue": "true"})[:2] == (
        "InvalidAttributeName",
        "Unknown Attribute FifoQueue.",
    )
    assert error_of(sqs.get_queue_attributes, QueueUrl=url, AttributeNames=["Nonsense"])[:2] == (
        "InvalidAttributeName",
        "Unknown Attribute Nonsense.",
    )
    assert "Attributes" not in sqs.get_queue_attributes(QueueUrl=url)


def test_a_policy_is_kept_as_it_was_given_and_can_be_taken_away(sqs):
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    policy = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"] == {"Policy": policy}
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": ""})
    assert "Attributes" not in sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])
    assert error_of(sqs.set_queue_attributes, QueueUrl=url, Attributes={"Policy": "{}"})[0] == "InvalidAttributeValue"


def test_lists_come_in_pages_and_by_prefix(sqs):
    for number in range(7):
        sqs.create_queue(QueueName=f"page-{number}")
    sqs.create_queue(QueueName="other")
    pages = list(sqs.get_paginator("list_queues").paginate(QueueNamePrefix="page-", PaginationConfig={"PageSize": 3}))
    assert [len(page["QueueUrls"]) for page in pages] == [3, 3, 1]
    assert len(sqs.list_queues()["QueueUrls"]) == 8
    assert "QueueUrls" not in sqs.list_queues(QueueNamePrefix="none")


def test_tags_are_added_replaced_and_taken_away(sqs):
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    assert "Tags" not in sqs.list_queue_tags(QueueUrl=url)
    sqs.tag_queue(QueueUrl=url, Tags={"tag1": "value1", "tag2": "value2", "tag3": ""})
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"tag1": "value1", "tag2": "value2", "tag3": ""}
    sqs.untag_queue(QueueUrl=url, TagKeys=["tag1", "tag3"])
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"tag2": "value2"}


def test_a_deleted_name_is_free_after_a_minute(server, clock, client, account):
    running = server()
    sqs = client("sqs", account(), at=running.endpoint)
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="old")
    sqs.delete_queue(QueueUrl=url)
    assert error_of(sqs.send_message, QueueUrl=url, MessageBody="x")[0] == "AWS.SimpleQueueService.NonExistentQueue"
    code, message, _ = error_of(sqs.create_queue, QueueName="q")
    assert code == "AWS.SimpleQueueService.QueueDeletedRecently"
    assert message == "You must wait 60 seconds after deleting a queue before you can create another with the same name."
    clock(running).advance("60s")
    assert sqs.create_queue(QueueName="q")["QueueUrl"] == url
    assert "Messages" not in sqs.receive_message(QueueUrl=url)


def test_a_purge_is_allowed_once_a_minute(sqs):
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    for number in range(3):
        sqs.send_message(QueueUrl=url, MessageBody=str(number))
    sqs.purge_queue(QueueUrl=url)
    assert "Messages" not in sqs.receive_message(QueueUrl=url)
    code, message, status = error_of(sqs.purge_queue, QueueUrl=url)
    assert (code, status) == ("AWS.SimpleQueueService.PurgeQueueInProgress", 403)
    assert message == "Only one PurgeQueue operation on q is allowed every 60 seconds."


def test_other_forms_of_the_url_name_the_same_queue(client, account, endpoint):
    root = account()
    sqs = client("sqs", root)
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    sqs.send_message(QueueUrl=f"https://sqs.us-east-1.amazonaws.com/{root.account}/q", MessageBody="a")
    sqs.send_message(QueueUrl="q", MessageBody="b")
    got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert [message["Body"] for message in got] == ["a", "b"]
    assert error_of(sqs.send_message, QueueUrl=f"{endpoint}/nonsense/q", MessageBody="x")[0] == "InvalidAddress"
