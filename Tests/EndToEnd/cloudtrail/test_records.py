"""Records: what a call becomes, for every kind of caller, with nothing secret in it."""

import json

import pytest
import requests
from cloudtrail.trails import code

SECRET = "HIDDEN_DUE_TO_SECURITY_REASONS"


def of(records, name):
    return [record for record in records if record["eventName"] == name]


def test_callers_of_every_kind(client, account, iam_user, iam_role, assume, trail):
    root = account()
    made = trail(root)
    ann = iam_user(root, {"Effect": "Allow", "Action": ["sts:*", "iam:List*"], "Resource": "*"})
    role = iam_role(root, ann.arn, {"Effect": "Allow", "Action": "iam:*", "Resource": "*"})
    client("iam", ann).list_users()
    session = assume(ann, role, "work")
    client("iam", session).list_roles()
    records = made.records()
    (made_user,) = [r for r in of(records, "CreateUser")]
    assert made_user["userIdentity"] == {
        "type": "Root", "principalId": root.account, "arn": root.arn, "accountId": root.account, "accessKeyId": root.access_key,
    }  # fmt: skip
    (listed,) = of(records, "ListUsers")
    identity = listed["userIdentity"]
    assert identity["type"] == "IAMUser" and identity["userName"] == ann.name and identity["principalId"].startswith("AIDA")
    (assumed,) = of(records, "AssumeRole")
    assert assumed["requestParameters"] == {"roleArn": role, "roleSessionName": "work"}
    assert assumed["responseElements"]["credentials"]["accessKeyId"] == session.access_key
    assert assumed["responseElements"]["credentials"]["sessionToken"] == SECRET
    assert "secretAccessKey" not in json.dumps(assumed) and session.secret not in json.dumps(records)
    assert assumed["readOnly"] is True
    assert assumed["resources"] == [{"accountId": root.account, "type": "AWS::IAM::Role", "ARN": role}]
    (seen,) = of(records, "ListRoles")
    identity = seen["userIdentity"]
    assert identity["type"] == "AssumedRole" and identity["arn"] == session.arn
    assert identity["sessionContext"]["sessionIssuer"]["arn"] == role
    assert identity["sessionContext"]["attributes"]["mfaAuthenticated"] == "false"
    for record in records:
        assert record["eventVersion"] == "1.11" and record["recipientAccountId"] == root.account
        assert record["managementEvent"] is True and record["eventCategory"] == "Management"
        assert "sharedEventID" not in record


def test_denied_calls_are_there_with_their_reason(client, account, iam_user, trail):
    root = account()
    made = trail(root)
    ann = iam_user(root)
    assert code(client("iam", ann).create_group, GroupName="mine") == "AccessDenied"
    assert code(client("kms", ann).create_key) == "AccessDeniedException"
    records = made.records()
    (denied,) = of(records, "CreateGroup")
    assert denied["errorCode"] == "AccessDenied" and denied["requestParameters"] is None
    assert "because no identity-based policy allows the iam:CreateGroup action" in denied["errorMessage"]
    assert of(records, "CreateKey")[0]["errorCode"] == "AccessDenied"


def test_secrets_are_nowhere(client, account, iam_user, trail):
    root = account()
    made = trail(root)
    made.api.put_event_selectors(TrailName="audit", AdvancedEventSelectors=[
        {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]},
        {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}, {"Field": "resources.type", "Equals": ["AWS::SQS::Queue"]}]},
    ])  # fmt: skip
    user = iam_user(root)
    client("iam", root).create_login_profile(UserName=user.name, Password="correct-horse-battery-1")
    kms = client("kms", root)
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    blob = kms.encrypt(KeyId=key, Plaintext=b"the plain text", EncryptionContext={"a": "b"})["CiphertextBlob"]
    kms.decrypt(CiphertextBlob=blob, EncryptionContext={"a": "b"})
    queue = client("sqs", root).create_queue(QueueName="q")["QueueUrl"]
    sent = client("sqs", root).send_message(QueueUrl=queue, MessageBody="the message's body")
    records = made.records()
    text = json.dumps(records)
    for secret in ("correct-horse", user.secret, "the plain text", "dGhlIHBsYWluIHRleHQ", "the message's body"):
        assert secret not in text
    (encrypted,) = of(records, "Encrypt")
    assert encrypted["requestParameters"]["encryptionContext"] == {"a": "b"} and encrypted["readOnly"] is True
    assert encrypted["responseElements"] is None and encrypted["managementEvent"] is True
    assert encrypted["resources"][0]["type"] == "AWS::KMS::Key"
    (message,) = of(records, "SendMessage")
    assert message["requestParameters"] == {"queueUrl": queue, "messageBody": SECRET}
    assert message["responseElements"]["messageId"] == sent["MessageId"]
    assert message["eventCategory"] == "Data" and message["resources"][0]["type"] == "AWS::SQS::Queue"
    (created,) = of(records, "CreateAccessKey")
    assert created["responseElements"]["accessKey"]["accessKeyId"] == user.access_key


def test_storage_has_names_and_parameters_of_its_own(client, account, trail, unique):
    root = account()
    made, bucket = trail(root), unique("bucket")
    s3 = client("s3", root)
    made.api.put_event_selectors(TrailName="audit", EventSelectors=[
        {"ReadWriteType": "All", "IncludeManagementEvents": True,
         "DataResources": [{"Type": "AWS::S3::Object", "Values": [f"arn:aws:s3:::{bucket}/"]}]}])  # fmt: skip
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="a/b", Body=b"the body", ACL="bucket-owner-full-control")
    s3.list_objects_v2(Bucket=bucket, Prefix="a/")
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration={"BlockPublicAcls": True})
    assert code(s3.get_object, Bucket=bucket, Key="none") == "NoSuchKey"
    records = made.records()
    (put,) = of(records, "PutObject")
    host = put["requestParameters"].pop("Host")
    assert host.startswith("127.0.0.1") or host.startswith("localhost")
    assert {"bucketName": bucket, "key": "a/b", "x-amz-acl": "bucket-owner-full-control"}.items() <= put["requestParameters"].items()
    assert put["resources"] == [
        {"type": "AWS::S3::Object", "ARN": f"arn:aws:s3:::{bucket}/a/b"},
        {"accountId": root.account, "type": "AWS::S3::Bucket", "ARN": f"arn:aws:s3:::{bucket}"},
    ] or put["resources"][0] == {"accountId": root.account, "type": "AWS::S3::Object", "ARN": f"arn:aws:s3:::{bucket}/a/b"}
    assert put["managementEvent"] is False and put["eventCategory"] == "Data" and put["readOnly"] is False
    (listed,) = of(records, "ListObjects")
    assert listed["requestParameters"]["prefix"] == "a/" and listed["readOnly"] is True
    assert "ARNPrefix" in listed["resources"][0]
    assert len(of(records, "PutBucketPublicAccessBlock")) == 1
    (missing,) = of(records, "GetObject")
    assert missing["errorCode"] == "NoSuchKey"
    assert len([r for r in of(records, "CreateBucket") if r["requestParameters"]["bucketName"] == bucket]) == 1


def test_calls_across_accounts_have_a_record_in_each(client, account, iam_user, iam_role, assume, trail):
    one, two = account(), account()
    first, second = trail(one), trail(two)
    ann = iam_user(one, {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"})
    role = iam_role(two, f"arn:aws:iam::{one.account}:root")
    assume(ann, role)
    (own,) = of(first.records(), "AssumeRole")
    (owners,) = of(second.records(), "AssumeRole")
    assert own["sharedEventID"] == owners["sharedEventID"] and own["eventID"] != owners["eventID"]
    assert own["recipientAccountId"] == one.account and owners["recipientAccountId"] == two.account
    assert own["userIdentity"]["type"] == "IAMUser"
    assert owners["userIdentity"]["type"] == "AWSAccount" and owners["userIdentity"]["accountId"] == one.account
    assert own["requestParameters"] == owners["requestParameters"]


def test_a_service_that_calls_is_named(client, account, endpoint, trail):
    root = account()
    made = trail(root)
    queue = client("sqs", root).create_queue(QueueName="q")["QueueUrl"]
    wish = {"as": "sns.amazonaws.com", "service": "sqs", "operation": "PurgeQueue", "input": {"QueueUrl": queue},
            "sourceAccount": root.account}  # fmt: skip
    assert requests.post(endpoint + "/_hakoniwa/service-calls", json=wish, timeout=30).status_code == 403
    (purged,) = of(made.records(), "PurgeQueue")
    assert purged["userIdentity"] == {"type": "AWSService", "invokedBy": "sns.amazonaws.com"}
    assert purged["sourceIPAddress"] == purged["userAgent"] == "sns.amazonaws.com"
    assert purged["errorCode"] == "AccessDenied"


@pytest.mark.parametrize("excluded", [False, True])
def test_kms_can_be_left_out(client, account, trail, excluded):
    root = account()
    made = trail(root)
    if excluded:
        made.api.put_event_selectors(TrailName="audit", EventSelectors=[
            {"ReadWriteType": "All", "IncludeManagementEvents": True, "ExcludeManagementEventSources": ["kms.amazonaws.com"]}])
    client("kms", root).create_key()
    assert len(of(made.records(), "CreateKey")) == (0 if excluded else 1)
