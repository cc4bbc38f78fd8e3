"""Buses, their policies and tags."""

import json

import pytest
from botocore.exceptions import ClientError


def code(error):
    return error.value.response["Error"]["Code"]


def test_the_default_bus_is_always_there(client, account):
    root = account()
    events = client("events", root, "eu-west-1")
    bus = events.describe_event_bus()
    assert (bus["Name"], bus["Arn"]) == ("default", f"arn:aws:events:eu-west-1:{root.account}:event-bus/default")
    assert "Policy" not in bus
    assert [bus["Name"] for bus in events.list_event_buses()["EventBuses"]] == ["default"]
    with pytest.raises(ClientError, match="Cannot delete event bus default."):
        events.delete_event_bus(Name="default")
    with pytest.raises(ClientError, match="Event bus default already exists."):
        events.create_event_bus(Name="default")


def test_custom_buses(client, account):
    root = account()
    events = client("events", root)
    queue = f"arn:aws:sqs:us-east-1:{root.account}:dead"
    made = events.create_event_bus(
        Name="orders", Description="d", DeadLetterConfig={"Arn": queue}, LogConfig={"Level": "INFO", "IncludeDetail": "FULL"},
        Tags=[{"Key": "k", "Value": "v"}])
    assert made["EventBusArn"] == f"arn:aws:events:us-east-1:{root.account}:event-bus/orders"
    for name in ("orders", made["EventBusArn"]):
        bus = events.describe_event_bus(Name=name)
        assert (bus["Description"], bus["DeadLetterConfig"], bus["LogConfig"]["Level"]) == ("d", {"Arn": queue}, "INFO")
    with pytest.raises(ClientError, match="Event bus orders already exists."):
        events.create_event_bus(Name="orders")
    events.update_event_bus(Name="orders", Description="new")
    assert events.describe_event_bus(Name="orders")["Description"] == "new"
    assert events.list_tags_for_resource(ResourceARN=made["EventBusArn"])["Tags"] == [{"Key": "k", "Value": "v"}]
    events.tag_resource(ResourceARN=made["EventBusArn"], Tags=[{"Key": "l", "Value": "w"}])
    events.untag_resource(ResourceARN=made["EventBusArn"], TagKeys=["k"])
    assert events.list_tags_for_resource(ResourceARN=made["EventBusArn"])["Tags"] == [{"Key": "l", "Value": "w"}]
    assert [bus["Name"] for bus in events.list_event_buses(NamePrefix="ord")["EventBuses"]] == ["orders"]
    first = events.list_event_buses(Limit=1)
    rest = events.list_event_buses(NextToken=first["NextToken"])
    assert [bus["Name"] for bus in first["EventBuses"] + rest["EventBuses"]] == ["default", "orders"]
    events.put_rule(Name="r", EventPattern='{"source":["x"]}', EventBusName="orders")
    events.delete_event_bus(Name="orders")
    events.delete_event_bus(Name="orders")
    with pytest.raises(ClientError, match="Event bus orders does not exist.") as error:
        events.describe_event_bus(Name="orders")
    assert code(error) == "ResourceNotFoundException"
    events.create_event_bus(Name="orders")
    assert events.list_rules(EventBusName="orders")["Rules"] == []


def test_the_older_permissions_write_statements(client, account):
    root, friend = account(), account()
    events = client("events", root)
    arn = f"arn:aws:events:us-east-1:{root.account}:event-bus/default"
    with pytest.raises(ClientError, match="EventBus does not have a policy."):
        events.remove_permission(StatementId="friend")
    events.put_permission(StatementId="friend", Action="events:PutEvents", Principal=friend.account)
    events.put_permission(
        StatementId="all", Action="events:PutEvents", Principal="*",
        Condition={"Type": "StringEquals", "Key": "aws:PrincipalOrgID", "Value": "o-1234567890"})
    policy = json.loads(events.describe_event_bus()["Policy"])
    assert policy == {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "friend", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{friend.account}:root"},
             "Action": "events:PutEvents", "Resource": arn},
            {"Sid": "all", "Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": arn,
             "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1234567890"}}},
        ],
    }
    entry = {"Source": "app", "DetailType": "t", "Detail": "{}", "EventBusName": arn}
    assert client("events", friend).put_events(Entries=[entry])["FailedEntryCount"] == 0
    with pytest.raises(ClientError, match="Statement with the provided id does not exist."):
        events.remove_permission(StatementId="nobody")
    events.remove_permission(StatementId="friend")
    assert client("events", friend).put_events(Entries=[entry])["Entries"][0]["ErrorCode"] == "AccessDeniedException"
    events.remove_permission(RemoveAllPermissions=True)
    assert "Policy" not in events.describe_event_bus()


def test_a_policy_decides_by_source(client, account, inbox, rule):
    root, friend = account(), account()
    events, box = client("events", root), inbox(root)
    events.create_event_bus(Name="b")
    arn = f"arn:aws:events:us-east-1:{root.account}:event-bus/b"
    rule(events, {"account": [friend.account]}, box, bus="b")
    statement = {
        "Sid": "s", "Effect": "Allow", "Principal": {"AWS": friend.account}, "Action": "events:PutEvents", "Resource": arn,
        "Condition": {"StringEquals": {"events:source": "app"}},
    }
    events.put_permission(EventBusName="b", Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    answer = client("events", friend).put_events(
        Entries=[{"Source": source, "DetailType": "t", "Detail": "{}", "EventBusName": arn} for source in ("app", "other")])
    assert [entry.get("ErrorCode") for entry in answer["Entries"]] == [None, "AccessDeniedException"]
    event = box.event()
    assert (event["source"], event["account"]) == ("app", friend.account)
    with pytest.raises(ClientError, match="ValidationException"):
        events.put_permission(EventBusName="b", Policy="{")


def test_rules_of_a_shared_bus_belong_to_their_makers(client, account):
    root, friend, other = account(), account(), account()
    events = client("events", root)
    events.create_event_bus(Name="shared")
    arn = f"arn:aws:events:us-east-1:{root.account}:event-bus/shared"
    statement = {
        "Sid": "s", "Effect": "Allow", "Principal": {"AWS": [friend.account, other.account]},
        "Action": ["events:PutRule", "events:DescribeRule", "events:DeleteRule"],
        "Resource": f"arn:aws:events:us-east-1:{root.account}:rule/shared/*",
        "Condition": {"StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}},
    }
    events.put_permission(EventBusName="shared", Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    mine = client("events", friend)
    made = mine.put_rule(Name="r", EventPattern='{"source":["x"]}', EventBusName=arn)
    assert made["RuleArn"] == f"arn:aws:events:us-east-1:{root.account}:rule/shared/r"
    assert mine.describe_rule(Name="r", EventBusName=arn)["CreatedBy"] == friend.account
    with pytest.raises(ClientError, match="not authorized to perform: events:DeleteRule"):
        client("events", other).delete_rule(Name="r", EventBusName=arn)
    mine.delete_rule(Name="r", EventBusName=arn)


def test_what_is_not_built_says_so(client, account):
    events = client("events", account())
    for call in (
        lambda: events.create_event_bus(Name="x", EventSourceName="aws.partner/example.com/1"),
        lambda: events.list_event_sources(),
        lambda: events.list_endpoints(),
        lambda: events.list_partner_event_sources(NamePrefix="aws.partner/example.com/"),
    ):
        with pytest.raises(ClientError, match="is not built in Hakoniwa; docs/eventbridge.md lists what is") as error:
            call()
        assert code(error) == "NotImplemented"
