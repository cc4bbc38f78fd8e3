"""Who may do what to a queue: identity policies, queue policies, two accounts."""

import json

import pytest
import requests
from botocore.exceptions import ClientError


def denial(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    response = caught.value.response
    return response["Error"]["Code"], response["Error"]["Message"], response["ResponseMetadata"]["HTTPStatusCode"]


def grant(owner_sqs, url, principal, actions="sqs:*", effect="Allow"):
    arn = owner_sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    statement = {"Effect": effect, "Principal": {"AWS": principal}, "Action": actions, "Resource": arn}
    owner_sqs.set_queue_attributes(
        QueueUrl=url, Attributes={"Policy": json.dumps({"Version": "2012-10-17", "Statement": statement})}
    )
    return arn


def test_a_user_needs_an_identity_policy(client, account, iam_user):
    root = account()
    url = client("sqs", root).create_queue(QueueName="q")["QueueUrl"]
    user = iam_user(root)
    code, message, _ = denial(client("sqs", user).send_message, QueueUrl=url, MessageBody="x")
    assert code == "AccessDenied"
    assert message == (
        f"User: {user.arn} is not authorized to perform: sqs:sendmessage on resource: "
        f"arn:aws:sqs:us-east-1:{root.account}:q because no identity-based policy allows the sqs:sendmessage action"
    )
    allowed = iam_user(root, {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"})
    client("sqs", allowed).send_message(QueueUrl=url, MessageBody="x")
    # Batches need the single action.
    client("sqs", allowed).send_message_batch(QueueUrl=url, Entries=[{"Id": "1", "MessageBody": "x"}])
    assert denial(client("sqs", allowed).receive_message, QueueUrl=url)[0] == "AccessDenied"


def test_another_account_needs_both_sides(client, account, iam_user):
    owner, other = account(), account()
    sqs = client("sqs", owner)
    url = sqs.create_queue(QueueName="shared")["QueueUrl"]
    user = iam_user(other, {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"})
    theirs = client("sqs", user)
    assert denial(theirs.send_message, QueueUrl=url, MessageBody="x")[0] == "AccessDenied"
    grant(sqs, url, f"arn:aws:iam::{other.account}:root", ["sqs:SendMessage", "SQS:ReceiveMessage", "sqs:GetQueueUrl"])
    theirs.send_message(QueueUrl=url, MessageBody="hello")
    (message,) = theirs.receive_message(QueueUrl=url, AttributeNames=["SenderId"])["Messages"]
    assert message["Body"] == "hello" and message["Attributes"]["SenderId"].startswith("AIDA")
    assert theirs.get_queue_url(QueueName="shared", QueueOwnerAWSAccountId=owner.account)["QueueUrl"] == url
    assert denial(theirs.delete_message, QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])[0] == "AccessDenied"
    unarmed = client("sqs", iam_user(other))
    assert denial(unarmed.send_message, QueueUrl=url, MessageBody="x")[0] == "AccessDenied"


def test_owners_operations_cannot_be_granted(client, account):
    owner, other = account(), account()
    sqs = client("sqs", owner)
    url = sqs.create_queue(QueueName="shared")["QueueUrl"]
    grant(sqs, url, f"arn:aws:iam::{other.account}:root")
    theirs = client("sqs", other)
    theirs.send_message(QueueUrl=url, MessageBody="x")
    theirs.purge_queue(QueueUrl=url)
    for call, parameters in [
        (theirs.set_queue_attributes, {"Attributes": {"DelaySeconds": "1"}}),
        (theirs.add_permission, {"Label": "x", "AWSAccountIds": [other.account], "Actions": ["SendMessage"]}),
        (theirs.remove_permission, {"Label": "x"}),
        (theirs.tag_queue, {"Tags": {"a": "b"}}),
        (theirs.untag_queue, {"TagKeys": ["a"]}),
        (theirs.list_queue_tags, {}),
        (theirs.delete_queue, {}),
    ]:
        assert denial(call, QueueUrl=url, **parameters)[0] == "AccessDenied"


def test_a_stranger_does_not_learn_which_queues_exist(client, account):
    owner, other = account(), account()
    client("sqs", owner).create_queue(QueueName="secret")
    theirs = client("sqs", other)
    for name in ("secret", "nothing"):
        code, message, _ = denial(theirs.get_queue_url, QueueName=name, QueueOwnerAWSAccountId=owner.account)
        assert code == "AWS.SimpleQueueService.NonExistentQueue"
        assert message == "The specified queue does not exist or you do not have access to it."


def test_a_queue_policy_grants_within_the_account_and_denies_over_everything(client, account, iam_user):
    root = account()
    sqs = client("sqs", root)
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    user = iam_user(root)
    grant(sqs, url, user.arn, "sqs:SendMessage")
    client("sqs", user).send_message(QueueUrl=url, MessageBody="x")
    strong = iam_user(root, {"Effect": "Allow", "Action": "*", "Resource": "*"})
    grant(sqs, url, strong.arn, "sqs:SendMessage", effect="Deny")
    _, message, _ = denial(client("sqs", strong).send_message, QueueUrl=url, MessageBody="x")
    assert message.endswith("with an explicit deny in a resource-based policy")


def test_add_permission_opens_a_queue_to_an_account(client, account):
    owner, other = account(), account()
    sqs = client("sqs", owner)
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    sqs.add_permission(QueueUrl=url, Label="them", AWSAccountIds=[other.account], Actions=["SendMessage"])
    policy = json.loads(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]["Policy"])
    arn = f"arn:aws:sqs:us-east-1:{owner.account}:q"
    assert policy == {
        "Version": "2008-10-17",
        "Id": f"{arn}/SQSDefaultPolicy",
        "Statement": [
            {
                "Sid": "them",
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{other.account}:root"},
                "Action": "SQS:SendMessage",
                "Resource": arn,
            }
        ],
    }
    client("sqs", other).send_message(QueueUrl=url, MessageBody="x")
    code, message, _ = denial(
        sqs.add_permission, QueueUrl=url, Label="them", AWSAccountIds=[other.account], Actions=["SendMessage"]
    )
    assert (code, message) == ("InvalidParameterValue", "Value them for parameter Label is invalid. Reason: Already exists.")
    sqs.remove_permission(QueueUrl=url, Label="them")
    assert denial(client("sqs", other).send_message, QueueUrl=url, MessageBody="x")[0] == "AccessDenied"


def test_anyone_may_send_to_a_queue_that_is_open_to_anyone(client, account):
    owner = account()
    sqs = client("sqs", owner)
    url = sqs.create_queue(QueueName="open")["QueueUrl"]
    form = {"Action": "SendMessage", "Version": "2012-11-05", "MessageBody": "hello", "QueueUrl": url}
    assert requests.post(url, data=form, timeout=10).status_code == 403
    grant(sqs, url, "*", "sqs:SendMessage")
    answer = requests.post(url, data=form, timeout=10)
    assert answer.status_code == 200 and "<SendMessageResult>" in answer.text
    assert sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "hello"


def test_anyone_may_receive_where_that_is_open(client, account):
    sqs = client("sqs", account())
    url = sqs.create_queue(QueueName="open")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="hello")
    form = {"Action": "ReceiveMessage", "Version": "2012-11-05", "QueueUrl": url}
    assert requests.post(url, data=form, timeout=10).status_code == 403
    grant(sqs, url, "*", "sqs:ReceiveMessage")
    answer = requests.post(url, data=form, timeout=10)
    assert answer.status_code == 200 and "<Body>hello</Body>" in answer.text


def test_tagging_at_creation_needs_the_permission_to_tag(client, account, iam_user):
    root = account()
    user = iam_user(root, {"Effect": "Allow", "Action": "sqs:CreateQueue", "Resource": "*"})
    sqs = client("sqs", user)
    sqs.create_queue(QueueName="plain")
    assert "sqs:tagqueue" in denial(sqs.create_queue, QueueName="tagged", tags={"a": "b"})[1]
