"""PutEvents, the envelope, and what fails of a batch."""

import datetime
import json

import pytest
from botocore.exceptions import ClientError


def test_an_event_arrives_in_its_envelope(client, account, inbox, rule, put):
    root = account()
    events, box = client("events", root), inbox(root)
    rule(events, {"source": ["app"]}, box)
    time = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    event_id = put(events, detail={"a": [1, 2.5, None, "ü\""]}, Resources=["arn:x"], Time=time)
    assert box.event() == {
        "version": "0", "id": event_id, "detail-type": "t", "source": "app", "account": root.account,
        "time": "2026-01-02T03:04:05Z", "region": "us-east-1", "resources": ["arn:x"], "detail": {"a": [1, 2.5, None, "ü\""]},
    }


def test_only_what_matches_arrives(client, account, inbox, rule, put):
    root = account()
    events, box = client("events", root), inbox(root)
    rule(events, {"source": ["app"], "detail": {"size": [{"numeric": [">", 10]}], "kind": [{"anything-but": "x"}]}}, box)
    put(events, detail={"size": 5, "kind": "y"})
    put(events, detail={"size": 50, "kind": "x"})
    put(events, source="other", detail={"size": 50, "kind": "y"})
    put(events, detail={"size": 50, "kind": "y"})
    assert box.event()["detail"] == {"size": 50, "kind": "y"}
    assert box.is_empty()


def test_wrong_entries_fail_alone(client, account, inbox, rule):
    root = account()
    events, box = client("events", root), inbox(root)
    rule(events, {"source": [{"prefix": ""}]}, box)
    good = {"Source": "app", "DetailType": "t", "Detail": "{}"}
    answer = events.put_events(
        Entries=[
            {**good, "Detail": "{"}, {**good, "Detail": "[]"}, {**good, "Source": "aws.s3"}, good,
            {key: good[key] for key in ("Source", "DetailType")}, {key: good[key] for key in ("Source", "Detail")},
            {key: good[key] for key in ("DetailType", "Detail")}, {**good, "EventBusName": "nowhere"},
        ])
    required = "Parameter {0} is not valid. Reason: {0} is a required argument."
    assert [(entry.get("ErrorCode"), entry.get("ErrorMessage")) for entry in answer["Entries"]] == [
        ("MalformedDetail", "Detail is malformed."), ("MalformedDetail", "Detail is malformed."),
        ("NotAuthorizedForSourceException", "Not authorized for the source."), (None, None),
        ("InvalidArgument", required.format("Detail")), ("InvalidArgument", required.format("DetailType")),
        ("InvalidArgument", required.format("Source")), (None, None),
    ]
    assert answer["FailedEntryCount"] == 6
    assert box.event()["id"] == answer["Entries"][3]["EventId"]
    assert box.is_empty()


def test_limits_of_a_request(client, account):
    events = client("events", account())
    entry = {"Source": "app", "DetailType": "t", "Detail": "{}"}
    with pytest.raises(ClientError, match="ValidationException.*'entries' failed to satisfy constraint"):
        events.put_events(Entries=[entry] * 11)
    whole = 262144 - len("app") - len("t") - len('{"a":""}')
    answer = events.put_events(Entries=[{**entry, "Detail": json.dumps({"a": "x" * whole}, separators=(",", ":"))}])
    assert answer["FailedEntryCount"] == 0
    with pytest.raises(ClientError, match="Total size of the entries in the request is over the limit."):
        events.put_events(Entries=[{**entry, "Detail": json.dumps({"a": "x" * (whole + 1)}, separators=(",", ":"))}])


def test_services_put_their_events_on_the_default_bus(endpoint, client, account, inbox, rule, service_call):
    root = account()
    events, box, reads = client("events", root), inbox(root), inbox(root)
    rule(events, {"source": ["aws.s3"], "detail-type": ["AWS API Call via CloudTrail"]}, box)
    rule(events, {"source": ["aws.s3"]}, reads, name="reads")
    events.put_rule(
        Name="reads", EventPattern=json.dumps({"source": ["aws.s3"]}), State="ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")

    def put(name):
        entry = {"Source": "aws.s3", "DetailType": "AWS API Call via CloudTrail", "Detail": json.dumps({"eventName": name})}
        answer = service_call("cloudtrail.amazonaws.com", "events", "PutEvents", {"Entries": [entry]}, root.account)
        assert answer["FailedEntryCount"] == 0

    put("ListBuckets")
    put("CreateBucket")
    event = box.event()
    assert (event["account"], event["region"], event["detail"]["eventName"]) == (root.account, "us-east-1", "CreateBucket")
    assert box.is_empty()
    assert {event["detail"]["eventName"] for event in reads.events(2)} == {"ListBuckets", "CreateBucket"}


def test_a_stranger_may_not_put(client, account, iam_user):
    root = account()
    client("events", root).create_event_bus(Name="b")
    arn = f"arn:aws:events:us-east-1:{root.account}:event-bus/b"
    allowed = {
        "Effect": "Allow", "Action": "events:PutEvents", "Resource": arn,
        "Condition": {"StringEquals": {"events:source": "app", "events:detail-type": "t"}},
    }
    events = client("events", iam_user(root, allowed))
    entry = {"Source": "app", "DetailType": "t", "Detail": "{}", "EventBusName": "b"}
    assert events.put_events(Entries=[entry])["FailedEntryCount"] == 0
    for change in ({"Source": "x"}, {"DetailType": "x"}, {"EventBusName": "default"}):
        with pytest.raises(ClientError, match="is not authorized to perform: events:PutEvents"):
            events.put_events(Entries=[{**entry, **change}])
    # Another account's bus refuses the entry, not the call.
    answer = client("events", account()).put_events(Entries=[{**entry, "EventBusName": arn}])
    assert [entry["ErrorCode"] for entry in answer["Entries"]] == ["AccessDeniedException"]


def test_cli(aws, account):
    root = account()
    entries = json.dumps([{"Source": "app", "DetailType": "t", "Detail": "{}"}])
    assert aws("events", "put-events", "--entries", entries, creds=root).json["FailedEntryCount"] == 0
    pattern = json.dumps({"source": [{"suffix": "pp"}]})
    aws("events", "put-rule", "--name", "r", "--event-pattern", pattern, creds=root)
    assert aws("events", "list-rules", creds=root).json["Rules"][0]["EventPattern"] == pattern
    event = json.dumps({
        "id": "1", "account": root.account, "source": "app", "time": "2026-01-01T00:00:00Z", "region": "us-east-1",
        "resources": [], "detail-type": "t"})
    tested = aws("events", "test-event-pattern", "--event-pattern", pattern, "--event", event, creds=root)
    assert tested.json == {"Result": True}
