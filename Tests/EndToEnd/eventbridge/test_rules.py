"""Rules and their targets: what is accepted, listed, protected and refused."""

import json

import pytest
from botocore.exceptions import ClientError

PATTERN = '{"source":["app"]}'


def test_a_rule_is_made_changed_and_removed(client, account):
    root = account()
    events = client("events", root)
    arn = events.put_rule(
        Name="r", EventPattern=PATTERN, Description="d", State="DISABLED", Tags=[{"Key": "k", "Value": "v"}])["RuleArn"]
    assert arn == f"arn:aws:events:us-east-1:{root.account}:rule/r"
    described = events.describe_rule(Name="r")
    del described["ResponseMetadata"]
    assert described == {
        "Name": "r", "Arn": arn, "EventPattern": PATTERN, "Description": "d", "State": "DISABLED", "EventBusName": "default",
        "CreatedBy": root.account,
    }
    events.enable_rule(Name="r")
    assert events.describe_rule(Name="r")["State"] == "ENABLED"
    # What isn't named is gone, and tags of a change are ignored.
    events.put_rule(Name="r", ScheduleExpression="rate(1 day)", Tags=[{"Key": "k", "Value": "w"}])
    described = events.describe_rule(Name="r")
    assert ("EventPattern" in described, "Description" in described) == (False, False)
    assert described["ScheduleExpression"] == "rate(1 day)"
    assert events.list_tags_for_resource(ResourceARN=arn)["Tags"] == [{"Key": "k", "Value": "v"}]
    events.disable_rule(Name="r")
    events.put_targets(Rule="r", Targets=[{"Id": "1", "Arn": f"arn:aws:sqs:us-east-1:{root.account}:q"}])
    with pytest.raises(ClientError, match="Rule can't be deleted since it has targets."):
        events.delete_rule(Name="r")
    events.remove_targets(Rule="r", Ids=["1"])
    events.delete_rule(Name="r")
    with pytest.raises(ClientError, match="Rule r does not exist on EventBus default."):
        events.describe_rule(Name="r")


@pytest.mark.parametrize(
    "rule, message",
    [
        ({}, "Parameter(s) EventPattern or ScheduleExpression must be specified."),
        ({"ScheduleExpression": "rate(1 minutes)"}, "Parameter ScheduleExpression is not valid."),
        ({"ScheduleExpression": "rate(1 minute)", "EventBusName": "b"},
         "ScheduleExpression is supported only on the default event bus."),
        ({"EventPattern": '{"a":"b"}'},
         'Event pattern is not valid. Reason: "a" must be an object or an array\n at [Source: (String)"{"a":"b"}"; line: 1, column: 7]'),
        ({"EventPattern": PATTERN, "EventBusName": "nowhere"}, "Event bus nowhere does not exist."),
        ({"EventPattern": PATTERN, "RoleArn": "arn:aws:iam::111111111111:role/r"}, "Cross-account pass role is not allowed."),
    ],
)
def test_a_rule_is_refused(client, account, rule, message):
    events = client("events", account())
    events.create_event_bus(Name="b")
    with pytest.raises(ClientError) as error:
        events.put_rule(Name="r", **rule)
    assert error.value.response["Error"]["Message"] == message


def test_quotas(client, account):
    root = account()
    events = client("events", root)
    for number in range(300):
        events.put_rule(Name=f"r{number:03}", EventPattern=PATTERN)
    with pytest.raises(ClientError, match="LimitExceededException.*The requested resource exceeds the maximum number allowed."):
        events.put_rule(Name="x", EventPattern=PATTERN)
    events.put_rule(Name="r000", EventPattern=PATTERN, Description="changed")
    names, token = [], {}
    while True:
        page = events.list_rules(Limit=70, **token)
        names += [rule["Name"] for rule in page["Rules"]]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert names == [f"r{number:03}" for number in range(300)]
    queue = f"arn:aws:sqs:us-east-1:{root.account}:q"
    events.put_targets(Rule="r000", Targets=[{"Id": str(number), "Arn": queue} for number in range(5)])
    with pytest.raises(ClientError, match="LimitExceededException"):
        events.put_targets(Rule="r000", Targets=[{"Id": "5", "Arn": queue}])
    assert len(events.list_targets_by_rule(Rule="r000")["Targets"]) == 5


def test_targets_are_kept_as_given(client, account, iam_role):
    root = account()
    events = client("events", root)
    queue = f"arn:aws:sqs:us-east-1:{root.account}:q"
    events.put_rule(Name="r", EventPattern=PATTERN)
    role = iam_role(root, {"Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
    targets = [
        {"Id": "a", "Arn": queue, "InputTransformer": {"InputPathsMap": {"x": "$.detail.x"}, "InputTemplate": '"<x>"'},
         "RetryPolicy": {"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 60}, "DeadLetterConfig": {"Arn": queue}},
        {"Id": "b", "Arn": f"arn:aws:kinesis:us-east-1:{root.account}:stream/s", "RoleArn": role,
         "KinesisParameters": {"PartitionKeyPath": "$.id"}},
        {"Id": "c", "Arn": f"arn:aws:lambda:us-east-1:{root.account}:function:f", "InputPath": "$.detail"},
    ]
    assert events.put_targets(Rule="r", Targets=targets)["FailedEntryCount"] == 0
    assert events.list_targets_by_rule(Rule="r")["Targets"] == targets
    assert events.list_rule_names_by_target(TargetArn=queue)["RuleNames"] == ["r"]
    assert events.list_rule_names_by_target(TargetArn=queue + "x")["RuleNames"] == []
    answer = events.remove_targets(Rule="r", Ids=["a", "nothing"])
    assert answer["FailedEntryCount"] == 1
    assert answer["FailedEntries"][0]["TargetId"] == "nothing"
    fifo = {"Id": "f", "Arn": queue + ".fifo"}
    answer = events.put_targets(Rule="r", Targets=[fifo, {"Id": "g", "Arn": queue}])
    assert answer["FailedEntries"] == [
        {"TargetId": "f", "ErrorCode": "ValidationException",
         "ErrorMessage": "Parameter(s) SqsParameters must be specified for target: f."}]
    assert [target["Id"] for target in events.list_targets_by_rule(Rule="r")["Targets"]] == ["b", "c", "g"]


@pytest.mark.parametrize(
    "target, message",
    [
        ({"Arn": "nonsense"}, "Parameter nonsense is not valid. Reason: Provided Arn is not in correct format."),
        ({"Arn": "arn:aws:glue:us-east-1:111111111111:job/j"}, "Parameter arn:aws:glue:us-east-1:111111111111:job/j is not valid. Reason: Provided Arn is not in correct format."),
        ({"Arn": "arn:aws:s3:::b"}, "Parameter arn:aws:s3:::b is not valid. Reason: Provided Arn is not in correct format."),
        ({"Arn": "arn:aws:kinesis:us-east-1:111111111111:stream/s"},
         "RoleArn is required for target arn:aws:kinesis:us-east-1:111111111111:stream/s."),
        ({"Arn": "QUEUE", "Input": "{}", "InputPath": "$"},
         "Only one of Input, InputPath, or InputTransformer must be provided for target t."),
        ({"Arn": "QUEUE", "InputTransformer": {"InputTemplate": '"<x>"'}},
         "InputTemplate for target t contains invalid placeholder x."),
    ],
)
def test_a_target_is_refused(client, account, target, message):
    root = account()
    events = client("events", root)
    events.put_rule(Name="r", EventPattern=PATTERN)
    if target["Arn"] == "QUEUE":
        target = {**target, "Arn": f"arn:aws:sqs:us-east-1:{root.account}:q"}
    with pytest.raises(ClientError) as error:
        events.put_targets(Rule="r", Targets=[{"Id": "t", **target}])
    assert error.value.response["Error"]["Message"] == message


def test_managed_rules_are_their_services(client, account, service_call):
    root = account()
    events = client("events", root)
    service_call("autoscaling.amazonaws.com", "events", "PutRule", {"Name": "AutoScalingManagedRule", "EventPattern": PATTERN}, root.account)
    assert events.describe_rule(Name="AutoScalingManagedRule")["ManagedBy"] == "autoscaling.amazonaws.com"
    queue = f"arn:aws:sqs:us-east-1:{root.account}:q"
    for call in (
        lambda: events.put_rule(Name="AutoScalingManagedRule", EventPattern=PATTERN),
        lambda: events.disable_rule(Name="AutoScalingManagedRule"),
        lambda: events.put_targets(Rule="AutoScalingManagedRule", Targets=[{"Id": "t", "Arn": queue}]),
        lambda: events.delete_rule(Name="AutoScalingManagedRule"),
    ):
        with pytest.raises(ClientError, match="ManagedRuleException"):
            call()
    events.delete_rule(Name="AutoScalingManagedRule", Force=True)


def test_passing_a_role_needs_permission(client, account, iam_user, iam_role):
    root = account()
    trust = {"Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
    role = iam_role(root, trust)
    events = client("events", iam_user(root, {"Effect": "Allow", "Action": "events:*", "Resource": "*"}))
    events.put_rule(Name="r", EventPattern=PATTERN)
    target = {"Id": "t", "Arn": f"arn:aws:kinesis:us-east-1:{root.account}:stream/s", "RoleArn": role}
    with pytest.raises(ClientError, match="not authorized to perform: iam:PassRole"):
        events.put_targets(Rule="r", Targets=[target])
    condition = {"StringEquals": {"iam:PassedToService": "events.amazonaws.com"}}
    passing = {"Effect": "Allow", "Action": ["events:*", "iam:PassRole"], "Resource": "*"}
    allowed = iam_user(root, [{**passing, "Action": "events:*"}, {**passing, "Action": "iam:PassRole", "Condition": condition}])
    assert client("events", allowed).put_targets(Rule="r", Targets=[target])["FailedEntryCount"] == 0


def test_policies_see_what_a_rule_asks_for(client, account, iam_user):
    root = account()
    statement = {
        "Effect": "Allow", "Action": "events:PutRule", "Resource": "*",
        "Condition": {"ForAllValues:StringEquals": {"events:source": ["app"]}, "Null": {"events:source": "false"}},
    }
    events = client("events", iam_user(root, statement))
    events.put_rule(Name="r", EventPattern=PATTERN)
    for pattern in ('{"source":["app","other"]}', '{"detail-type":["x"]}', '{"source":[{"prefix":"a"}]}'):
        with pytest.raises(ClientError, match="not authorized to perform: events:PutRule"):
            events.put_rule(Name="r", EventPattern=pattern)


def test_testing_a_pattern(client, account):
    events = client("events", account())
    event = {
        "id": "1", "account": "1", "source": "app", "time": "2026-01-01T00:00:00Z", "region": "us-east-1", "resources": [],
        "detail-type": "t", "detail": {"a": 1},
    }
    assert events.test_event_pattern(EventPattern=PATTERN, Event=json.dumps(event))["Result"] is True
    assert events.test_event_pattern(EventPattern='{"detail":{"a":[2]}}', Event=json.dumps(event))["Result"] is False
    with pytest.raises(ClientError, match="InvalidEventPatternException"):
        events.test_event_pattern(EventPattern="{}", Event=json.dumps(event))
    del event["source"]
    with pytest.raises(ClientError, match="ValidationException"):
        events.test_event_pattern(EventPattern=PATTERN, Event=json.dumps(event))
