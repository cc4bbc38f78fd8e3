"""Who may do what: ARNs, conditions, services, keys."""

import json
import time

import pytest
import requests
from botocore.exceptions import ClientError


def denied(call, **parameters):
    with pytest.raises(ClientError) as refused:
        call(**parameters)
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException", refused.value
    return refused.value.response["Error"]["Message"]


def events(message="m"):
    return [{"timestamp": int(time.time() * 1000), "message": message}]


def allow(action, resource, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


@pytest.fixture
def root(account):
    return account()


@pytest.fixture
def logs(client, root):
    made = client("logs", root)
    made.create_log_group(logGroupName="g", tags={"team": "blue"})
    made.create_log_stream(logGroupName="g", logStreamName="s")
    return made


def test_the_forms_of_arns(client, root, logs, iam_user):
    group = f"arn:aws:logs:us-east-1:{root.account}:log-group:g"

    def user(*statements):
        return client("logs", iam_user(root, list(statements)))

    # With `:*` behind the name: everything but tags.
    star = user(allow("logs:*", group + ":*"))
    star.create_log_stream(logGroupName="g", logStreamName="t")
    star.put_log_events(logGroupName="g", logStreamName="t", logEvents=events())
    star.describe_log_streams(logGroupName="g")
    assert "not authorized to perform: logs:ListTagsForResource on resource: " + group in denied(
        star.list_tags_for_resource, resourceArn=group
    )
    # Without: tags only.
    bare = user(allow("logs:*", group))
    assert bare.list_tags_for_resource(resourceArn=group)["tags"] == {"team": "blue"}
    assert f"on resource: {group}:log-stream: because" in denied(bare.describe_log_streams, logGroupName="g")
    # One stream.
    one = user(allow("logs:PutLogEvents", group + ":log-stream:s"))
    one.put_log_events(logGroupName="g", logStreamName="s", logEvents=events())
    message = denied(one.put_log_events, logGroupName="g", logStreamName="t", logEvents=events())
    assert f"logs:PutLogEvents on resource: {group}:log-stream:t because no identity-based policy allows" in message
    assert f"log-group::log-stream: because" in denied(one.describe_log_groups)


def test_tags_of_the_group_and_of_the_request_count(client, root, logs, iam_user):
    blue = {"StringEquals": {"aws:ResourceTag/team": "blue"}}
    reader = client("logs", iam_user(root, allow("logs:FilterLogEvents", "*", Condition=blue)))
    reader.filter_log_events(logGroupName="g")
    logs.create_log_group(logGroupName="red", tags={"team": "red"})
    denied(reader.filter_log_events, logGroupName="red")
    asked = {"StringEquals": {"aws:RequestTag/team": "green"}, "ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}
    maker = client("logs", iam_user(root, allow(["logs:CreateLogGroup", "logs:TagResource"], "*", Condition=asked)))
    maker.create_log_group(logGroupName="green", tags={"team": "green"})
    denied(maker.create_log_group, logGroupName="other", tags={"team": "blue"})


def test_another_accounts_group_is_out_of_reach(client, account, root, logs):
    other = client("logs", account())
    arn = f"arn:aws:logs:us-east-1:{root.account}:log-group:g"
    assert arn in denied(other.filter_log_events, logGroupIdentifier=arn)


def call(endpoint, operation, input, account, arn):
    body = {
        "as": "events.amazonaws.com",
        "service": "logs",
        "operation": operation,
        "input": input,
        "sourceAccount": account,
        "sourceArn": arn,
    }
    answer = requests.post(endpoint + "/_hakoniwa/service-calls", json=body, timeout=30)
    return answer.status_code, answer.json()


def test_a_service_writes_if_a_resource_policy_lets_it(endpoint, root, logs):
    rule = f"arn:aws:events:us-east-1:{root.account}:rule/r"
    input = {"logGroupName": "g", "logStreamName": "s", "logEvents": events("from events")}
    status, answer = call(endpoint, "PutLogEvents", input, root.account, rule)
    assert (status, answer["code"]) == (400, "AccessDeniedException")
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": f"arn:aws:logs:us-east-1:{root.account}:log-group:g:*",
        "Condition": {"ArnLike": {"aws:SourceArn": rule}},
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    logs.put_resource_policy(policyName="events", policyDocument=json.dumps(document))
    assert call(endpoint, "PutLogEvents", input, root.account, rule)[0] == 200
    assert call(endpoint, "PutLogEvents", input, root.account, rule + "2")[1]["code"] == "AccessDeniedException"
    assert logs.get_log_events(logGroupName="g", logStreamName="s")["events"][0]["message"] == "from events"


def test_the_key_of_a_group_must_let_the_service_use_it(client, root, logs):
    kms = client("kms", root)
    key = kms.create_key()["KeyMetadata"]
    with pytest.raises(ClientError) as refused:
        logs.associate_kms_key(logGroupName="g", kmsKeyId=key["Arn"])
    assert refused.value.response["Error"]["Code"] == "InvalidParameterException"
    arn = f"arn:aws:logs:us-east-1:{root.account}:log-group:g"
    assert arn in refused.value.response["Error"]["Message"]

    def policy(group):
        own = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{root.account}:root"}, "Action": "kms:*", "Resource": "*"}
        service = {
            "Effect": "Allow",
            "Principal": {"Service": "logs.us-east-1.amazonaws.com"},
            "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
            "Resource": "*",
            "Condition": {"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": group}},
        }
        return json.dumps({"Version": "2012-10-17", "Statement": [own, service]})

    kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=policy(arn))
    logs.associate_kms_key(logGroupName="g", kmsKeyId=key["Arn"])
    assert logs.describe_log_groups()["logGroups"][0]["kmsKeyId"] == key["Arn"]
    logs.put_log_events(logGroupName="g", logStreamName="s", logEvents=events())
    kms.disable_key(KeyId=key["KeyId"])
    with pytest.raises(ClientError):
        logs.get_log_events(logGroupName="g", logStreamName="s")
    kms.enable_key(KeyId=key["KeyId"])
    assert len(logs.get_log_events(logGroupName="g", logStreamName="s")["events"]) == 1
    logs.disassociate_kms_key(logGroupName="g")
    assert "kmsKeyId" not in logs.describe_log_groups()["logGroups"][0]
    with pytest.raises(ClientError):
        logs.create_log_group(logGroupName="h", kmsKeyId=key["Arn"])
    kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=policy(arn[:-1] + "h"))
    logs.create_log_group(logGroupName="h", kmsKeyId=key["Arn"])
