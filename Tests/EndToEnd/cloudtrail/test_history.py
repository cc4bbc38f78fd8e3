"""The event history: without any trail, by every attribute, page by page."""

import datetime
import json

import pytest
from cloudtrail.trails import code


def test_every_attribute_finds_its_events(client, account, iam_user, lookup):
    root = account()
    ann = iam_user(root, {"Effect": "Allow", "Action": "iam:Get*", "Resource": "*"})
    client("iam", ann).get_user(UserName=ann.name)
    events = lookup(root)
    assert [event["EventName"] for event in events] == ["GetUser", "CreateAccessKey", "PutUserPolicy", "CreateUser"]
    get, key, put, made = events
    for attribute, value, expected in [
        ("EventId", put["EventId"], [put]), ("EventName", "CreateUser", [made]), ("ReadOnly", "true", [get]),
        ("ReadOnly", "false", [key, put, made]), ("Username", ann.name, [get]), ("Username", "root", [key, put, made]),
        ("AccessKeyId", ann.access_key, [get]), ("EventSource", "iam.amazonaws.com", events),
        ("EventSource", "s3.amazonaws.com", []), ("EventName", "createuser", []),
    ]:  # fmt: skip
        found = lookup(root, **{attribute: value})
        assert [event["EventId"] for event in found if event["EventName"] != "LookupEvents"] == [
            event["EventId"] for event in expected
        ], (attribute, value)
    named = lookup(root, ResourceName=ann.name)
    assert {event["EventName"] for event in named} == {"GetUser", "CreateAccessKey", "PutUserPolicy", "CreateUser"}
    assert {event["EventName"] for event in lookup(root, ResourceType="AWS::IAM::User")} >= {"CreateUser"}
    assert get["Username"] == ann.name and get["AccessKeyId"] == ann.access_key and get["ReadOnly"] == "true"
    record = json.loads(made["CloudTrailEvent"])
    assert record["eventID"] == made["EventId"] and record["requestParameters"] == {"userName": ann.name}
    assert record["responseElements"]["user"]["arn"] == ann.arn


def test_the_history_is_an_accounts_own_and_a_regions(client, account, lookup):
    one, two = account(), account()
    client("kms", one, "eu-west-1").create_key()
    client("kms", two).create_key()
    assert [event["EventName"] for event in lookup(one, "eu-west-1")] == ["CreateKey"]
    assert [event["EventName"] for event in lookup(one) if event["EventName"] != "LookupEvents"] == []
    assert [event["EventName"] for event in lookup(two) if event["EventName"] != "LookupEvents"] == ["CreateKey"]


def test_data_events_are_not_in_it(client, account, lookup, unique):
    root = account()
    s3, bucket = client("s3", root), unique("bucket")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="a", Body=b"a")
    queue = client("sqs", root).create_queue(QueueName="q")["QueueUrl"]
    client("sqs", root).send_message(QueueUrl=queue, MessageBody="m")
    assert sorted(event["EventName"] for event in lookup(root)) == ["CreateBucket", "CreateQueue"]


def test_pages_are_of_fifty_and_nothing_is_twice_or_missing(client, account):
    root = account()
    iam, api = client("iam", root), client("cloudtrail", root)
    for number in range(120):
        iam.create_group(GroupName=f"group-{number}")
    wanted = [{"AttributeKey": "EventName", "AttributeValue": "CreateGroup"}]
    first = api.lookup_events(LookupAttributes=wanted)
    assert len(first["Events"]) == 50
    names, token = [], None
    sizes = []
    while True:
        page = api.lookup_events(LookupAttributes=wanted, MaxResults=50, **({"NextToken": token} if token else {}))
        sizes.append(len(page["Events"]))
        names += [json.loads(event["CloudTrailEvent"])["requestParameters"]["groupName"] for event in page["Events"]]
        token = page.get("NextToken")
        if not token:
            break
    assert sizes == [50, 50, 20]
    assert names == [f"group-{number}" for number in reversed(range(120))]
    assert code(api.lookup_events, NextToken=first["NextToken"]) == "InvalidNextTokenException"
    assert code(api.lookup_events, MaxResults=51) in ("InvalidMaxResultsException", "ValidationException")


def test_times_bound_what_is_found(client, account):
    root = account()
    api = client("cloudtrail", root)
    client("iam", root).create_group(GroupName="group")
    now = datetime.datetime.now(datetime.timezone.utc)
    hour = datetime.timedelta(hours=1)
    wanted = [{"AttributeKey": "EventName", "AttributeValue": "CreateGroup"}]
    assert len(api.lookup_events(LookupAttributes=wanted, StartTime=now - hour, EndTime=now + hour)["Events"]) == 1
    assert api.lookup_events(LookupAttributes=wanted, StartTime=now - 2 * hour, EndTime=now - hour)["Events"] == []
    assert code(api.lookup_events, StartTime=now, EndTime=now - hour) == "InvalidTimeRangeException"
    two = wanted + [{"AttributeKey": "ReadOnly", "AttributeValue": "true"}]
    assert code(api.lookup_events, LookupAttributes=two) in ("InvalidLookupAttributesException", "ValidationException")


def test_ninety_days_and_no_more(server, client, account, clock, lookup):
    running, root = server(), account()
    client("iam", root, at=running.endpoint).create_group(GroupName="group")
    clock(running).advance("89d")
    assert len(lookup(root, at=running.endpoint, EventName="CreateGroup")) == 1
    clock(running).advance("2d")
    assert lookup(root, at=running.endpoint, EventName="CreateGroup") == []


def test_with_aws_limits_two_a_second(server, client, account, clock):
    running, root = server("--aws-limits"), account()
    api = client("cloudtrail", root, at=running.endpoint)
    clock(running).scale(0)
    assert [code(api.lookup_events) for _ in range(3)] == [None, None, "ThrottlingException"]


def test_what_is_not_built_says_so(client, account):
    api = client("cloudtrail", account())
    for call in (api.list_event_data_stores, api.list_channels, api.list_imports):
        assert code(call) == "NotImplemented"


@pytest.mark.parametrize("where", ["none", "restart"])
def test_the_history_survives_the_end_of_the_process(server, client, account, lookup, where):
    running, root = server(), account()
    client("iam", root, at=running.endpoint).create_group(GroupName="group")
    running.kill9()
    running.start()
    assert len(lookup(root, at=running.endpoint, EventName="CreateGroup")) == 1
