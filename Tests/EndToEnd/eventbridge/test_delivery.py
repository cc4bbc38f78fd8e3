"""How events reach targets, and what becomes of those that don't."""

import json
import time

import pytest
from botocore.exceptions import ClientError


def attributes(message):
    return {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}


def test_what_a_target_gets(client, account, inbox, put):
    root = account()
    events, box = client("events", root), inbox(root)
    arn = events.put_rule(Name="r", EventPattern='{"source":["app"]}')["RuleArn"]
    template = '{"text": "<x> of <aws.events.rule-name>", "x": <x>, "rule": <aws.events.rule-arn>, "no": <none>}'
    events.put_targets(
        Rule="r",
        Targets=[
            {"Id": "constant", "Arn": box.arn, "Input": '{"constant":1}'},
            {"Id": "path", "Arn": box.arn, "InputPath": "$.detail.list[1]"},
            {"Id": "template", "Arn": box.arn, "InputTransformer": {
                "InputPathsMap": {"x": "$.detail.x", "none": "$.detail.none"}, "InputTemplate": template}},
            {"Id": "text", "Arn": box.arn, "InputTransformer": {
                "InputPathsMap": {"x": "$.detail.x"}, "InputTemplate": '"it is <x>"'}},
        ])
    put(events, detail={"x": 'a "b"', "list": [1, {"two": 2}]})
    bodies = sorted(message["Body"] for message in box.messages(4))
    assert bodies == sorted([
        '{"constant":1}', '{"two":2}', '"it is a \\"b\\""',
        '{"text": "a \\"b\\" of r", "x": "a \\"b\\"", "rule": "%s", "no": ""}' % arn,
    ])


def test_a_template_must_give_json(client, account, inbox, rule, put):
    root = account()
    events, box, dead = client("events", root), inbox(root), inbox(root)
    transformer = {"InputPathsMap": {"x": "$.detail.x"}, "InputTemplate": '{"x": -<x>}'}
    rule(events, {"source": ["app"]}, box, InputTransformer=transformer, DeadLetterConfig={"Arn": dead.arn})
    put(events, detail={"x": "text"})
    put(events, detail={"x": 5})
    assert attributes(dead.messages(1)[0])["ERROR_CODE"] == "INVALID_JSON"
    assert box.event() == {"x": -5}


def test_fifo_queues_and_trace_headers(client, account, inbox, rule, put):
    root = account()
    events, box = client("events", root), inbox(root, name="inbox.fifo")
    rule(events, {"source": ["app"]}, box, SqsParameters={"MessageGroupId": "g"})
    trace = "Root=1-5759e988-bd862e3fe1be46a994272793"
    put(events, detail={"n": 1}, TraceHeader=trace)
    message = box.messages(1)[0]
    assert message["Attributes"]["MessageGroupId"] == "g"
    assert message["Attributes"]["AWSTraceHeader"] == trace


def test_a_queue_policy_may_name_the_rule(client, account, inbox, rule, put):
    root = account()
    events, box, dead = client("events", root), inbox(root, policy=False), inbox(root)
    arn = rule(events, {"source": ["app"]}, box, DeadLetterConfig={"Arn": dead.arn})
    event_id = put(events, detail={"n": 1})
    message = dead.messages(1)[0]
    assert json.loads(message["Body"])["id"] == event_id
    told = attributes(message)
    assert "is not authorized to perform: sqs:sendmessage" in told.pop("ERROR_MESSAGE")
    assert told == {"RULE_ARN": arn, "TARGET_ARN": box.arn, "ERROR_CODE": "NO_PERMISSIONS", "RETRY_ATTEMPTS": "0"}
    box.allow("arn:aws:events:us-east-1:*:rule/other")
    put(events, detail={"n": 2})
    assert json.loads(dead.messages(1)[0]["Body"])["detail"] == {"n": 2}
    box.allow(arn)
    put(events, detail={"n": 3})
    assert box.event()["detail"] == {"n": 3}


@pytest.mark.parametrize(
    "target, code",
    [
        # Nobody has allowed it there.
        ("arn:aws:sqs:us-east-1:{0}:nowhere", "NO_PERMISSIONS"),
        ("arn:aws:lambda:us-east-1:{0}:function:f", "SDK_CLIENT_ERROR"),
    ],
)
def test_what_can_never_go_is_dead_at_once(client, account, inbox, rule, put, target, code):
    root = account()
    events, dead = client("events", root), inbox(root)
    rule(events, {"source": ["app"]}, target.format(root.account), DeadLetterConfig={"Arn": dead.arn})
    put(events)
    told = attributes(dead.messages(1)[0])
    assert (told["ERROR_CODE"], told["RETRY_ATTEMPTS"]) == (code, "0")
    assert "EXHAUSTED_RETRY_CONDITION" not in told


def test_a_role_is_taken_where_one_is_named(client, account, inbox, rule, put, iam_role):
    root = account()
    events, box, dead = client("events", root), inbox(root, policy=False), inbox(root)
    trust = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}
    send = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": box.arn}
    role = iam_role(root, {"Version": "2012-10-17", "Statement": [trust]}, send)
    rule(events, {"source": ["app"]}, box, RoleArn=role, DeadLetterConfig={"Arn": dead.arn})
    put(events, detail={"n": 1})
    assert box.event()["detail"] == {"n": 1}
    closed = {"Version": "2012-10-17", "Statement": [{**trust, "Principal": {"Service": "lambda.amazonaws.com"}}]}
    client("iam", root).update_assume_role_policy(RoleName=role.split("/")[-1], PolicyDocument=json.dumps(closed))
    put(events, detail={"n": 2})
    assert attributes(dead.messages(1)[0])["ERROR_CODE"] == "FAILED_TO_ASSUME_ROLE"


def test_another_bus_of_the_account_and_no_third(client, account, inbox, rule, put):
    root = account()
    events, box, dead = client("events", root), inbox(root), inbox(root)
    for name in ("second", "third"):
        events.create_event_bus(Name=name)
    bus = f"arn:aws:events:us-east-1:{root.account}:event-bus/"
    rule(events, {"source": ["app"]}, bus + "second", name="first")
    rule(events, {"source": ["app"]}, box, name="here", bus="second")
    rule(events, {"source": ["app"]}, bus + "third", name="on", bus="second", DeadLetterConfig={"Arn": dead.arn})
    event_id = put(events, detail={"n": 1}, Resources=["arn:r"])
    event = box.event()
    assert (event["id"], event["account"], event["resources"]) == (event_id, root.account, ["arn:r"])
    told = attributes(dead.messages(1)[0])
    assert (told["ERROR_CODE"], told["TARGET_ARN"]) == ("THIRD_ACCOUNT_HOP_DETECTED", bus + "third")


def test_a_bus_of_another_account(client, account, inbox, rule, put, iam_role):
    root, friend = account(), account()
    events, theirs = client("events", root), client("events", friend)
    box, dead = inbox(friend), inbox(root)
    theirs.create_event_bus(Name="b")
    bus = f"arn:aws:events:us-east-1:{friend.account}:event-bus/b"
    rule(theirs, {"account": [root.account]}, box, bus="b")
    rule(events, {"source": ["app"]}, bus, DeadLetterConfig={"Arn": dead.arn})
    put(events, detail={"n": 1})
    assert attributes(dead.messages(1)[0])["ERROR_CODE"] == "NO_PERMISSIONS"
    theirs.put_permission(EventBusName="b", StatementId="s", Action="events:PutEvents", Principal=root.account)
    event_id = put(events, detail={"n": 2})
    event = box.event()
    assert (event["id"], event["account"], event["detail"]) == (event_id, root.account, {"n": 2})
    # With a role that may not put there it is the role that is refused.
    trust = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = iam_role(root, {"Version": "2012-10-17", "Statement": [trust]})
    events.put_targets(
        Rule="r", Targets=[{"Id": "t", "Arn": bus, "RoleArn": role, "DeadLetterConfig": {"Arn": dead.arn}}])
    put(events, detail={"n": 3})
    assert attributes(dead.messages(1)[0])["ERROR_CODE"] == "NO_PERMISSIONS"
    client("iam", root).put_role_policy(
        RoleName=role.split("/")[-1], PolicyName="p", PolicyDocument=json.dumps({
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": "events:PutEvents", "Resource": bus}]}))
    put(events, detail={"n": 4})
    assert box.event()["detail"] == {"n": 4}


def test_a_bus_of_the_organization(client, account, inbox, rule, put):
    management = account()
    organizations = client("organizations", management)
    organization = organizations.create_organization(FeatureSet="ALL")["Organization"]["Id"]
    member = account()
    handshake = organizations.invite_account_to_organization(Target={"Id": member.account, "Type": "ACCOUNT"})["Handshake"]
    client("organizations", member).accept_handshake(HandshakeId=handshake["Id"])
    events, box = client("events", management), inbox(management)
    events.put_permission(
        StatementId="all", Action="events:PutEvents", Principal="*",
        Condition={"Type": "StringEquals", "Key": "aws:PrincipalOrgID", "Value": organization})
    rule(events, {"detail-type": ["t"]}, box)
    bus = f"arn:aws:events:us-east-1:{management.account}:event-bus/default"
    entry = {"Source": "app", "DetailType": "t", "Detail": "{}", "EventBusName": bus}
    assert client("events", account()).put_events(Entries=[entry])["Entries"][0]["ErrorCode"] == "AccessDeniedException"
    theirs, dead = client("events", member), inbox(member)
    rule(theirs, {"source": ["app"]}, bus, DeadLetterConfig={"Arn": dead.arn})
    put(theirs)
    assert box.event()["account"] == member.account


def test_another_region(client, account, inbox, rule, put, iam_role):
    root = account()
    events, there = client("events", root), client("events", root, "eu-west-1")
    box = inbox(root, "eu-west-1")
    rule(there, {"source": ["app"]}, box)
    trust = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}
    allow = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": "*"}
    role = iam_role(root, {"Version": "2012-10-17", "Statement": [trust]}, allow)
    rule(events, {"source": ["app"]}, f"arn:aws:events:eu-west-1:{root.account}:event-bus/default", RoleArn=role)
    put(events)
    assert box.event()["region"] == "us-east-1"


def test_disabled_and_removed_rules_are_silent(client, account, inbox, rule, put):
    root = account()
    events, box = client("events", root), inbox(root)
    rule(events, {"source": ["app"]}, box)
    events.disable_rule(Name="r")
    put(events, detail={"n": 1})
    events.enable_rule(Name="r")
    put(events, detail={"n": 2})
    assert box.event()["detail"] == {"n": 2}
    events.put_rule(Name="r", EventPattern='{"source":["other"]}')
    put(events, detail={"n": 3})
    events.put_rule(Name="r", EventPattern='{"source":["app"]}')
    put(events, detail={"n": 4})
    assert box.event()["detail"] == {"n": 4}
    assert box.is_empty()


def test_many_rules_of_which_few_match(client, account, inbox, put):
    root = account()
    events, box = client("events", root), inbox(root)
    for number in range(150):
        events.put_rule(Name=f"r{number}", EventPattern=json.dumps({"source": ["app"], "detail": {"id": [str(number)]}}))
        events.put_targets(Rule=f"r{number}", Targets=[{"Id": "t", "Arn": box.arn, "Input": json.dumps({"rule": number})}])
    started = time.monotonic()
    for number in (7, 77, 149, 1000):
        put(events, detail={"id": str(number)})
    assert sorted(event["rule"] for event in box.events(3)) == [7, 77, 149]
    assert time.monotonic() - started < 10


def test_topics(client, account, inbox, rule, put):
    root = account()
    events, sns, box = client("events", root), client("sns", root), inbox(root, policy=False)
    try:
        arn = sns.create_topic(Name="t")["TopicArn"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "NotImplemented":
            pytest.skip("SNS is not part of this build")
        raise
    allow = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish", "Resource": arn}
    sns.set_topic_attributes(
        TopicArn=arn, AttributeName="Policy",
        AttributeValue=json.dumps({"Version": "2012-10-17", "Statement": [{**allow, "Principal": {"Service": "x.amazonaws.com"}}]}))
    box.sqs.set_queue_attributes(
        QueueUrl=box.url, Attributes={"Policy": json.dumps({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": box.arn}]})})
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=box.arn, Attributes={"RawMessageDelivery": "true"})
    dead = inbox(root)
    rule(events, {"source": ["app"]}, arn, DeadLetterConfig={"Arn": dead.arn})
    put(events, detail={"n": 1})
    assert attributes(dead.messages(1)[0])["ERROR_CODE"] == "NO_PERMISSIONS"
    sns.set_topic_attributes(
        TopicArn=arn, AttributeName="Policy",
        AttributeValue=json.dumps({"Version": "2012-10-17", "Statement": [allow]}))
    put(events, detail={"n": 2})
    assert box.event()["detail"] == {"n": 2}


def test_log_groups(client, account, rule, put):
    root = account()
    events, logs = client("events", root), client("logs", root)
    logs.create_log_group(logGroupName="/aws/events/app")
    arn = f"arn:aws:logs:us-east-1:{root.account}:log-group:/aws/events/app"
    statement = {
        "Effect": "Allow", "Principal": {"Service": ["events.amazonaws.com", "delivery.logs.amazonaws.com"]},
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": arn + ":*",
    }
    logs.put_resource_policy(
        policyName="p", policyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    rule(events, {"source": ["app"]}, arn)
    event_id = put(events, detail={"n": 1})
    deadline = time.monotonic() + 30
    found = []
    while not found and time.monotonic() < deadline:
        found = logs.filter_log_events(logGroupName="/aws/events/app")["events"]
    assert [json.loads(event["message"])["id"] for event in found] == [event_id]
