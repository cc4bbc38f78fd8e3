"""Schedules, retries, archives and their replays, with the clock moved; and what survives a kill."""

import datetime
import json
import threading
import time

import pytest
from botocore.exceptions import ClientError


def until(look, seconds=30):
    """Waits until `look` gives something true."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
    return found


@pytest.fixture
def own(server, clock, client, account, inbox):
    """A server of the test's own at the beginning of 2026, standing still."""

    class Own:
        running = server()
        root = account()

        def __init__(self):
            self.clock = clock(self.running)
            self.clock.scale(0)
            self.clock.set("2030-01-01T00:00:30Z")
            self.events = client("events", self.root, at=self.running.endpoint, read_timeout=30)

        def inbox(self, **more):
            return inbox(self.root, at=self.running.endpoint, **more)

    return Own()


def schedule(own, expression, box, name="r", **more):
    arn = own.events.put_rule(Name=name, ScheduleExpression=expression, **more)["RuleArn"]
    own.events.put_targets(Rule=name, Targets=[{"Id": "t", "Arn": box.arn}])
    return arn


def test_schedules(own):
    box = own.inbox()
    arn = schedule(own, "rate(5 minutes)", box)
    own.clock.advance("299s")
    assert box.is_empty()
    own.clock.advance("1s")
    event = box.event()
    del event["id"]
    assert event == {
        "version": "0", "detail-type": "Scheduled Event", "source": "aws.events", "account": own.root.account,
        "time": "2030-01-01T00:05:30Z", "region": "us-east-1", "resources": [arn], "detail": {},
    }
    # Three times that were jumped over happen, each with its own time; a standard queue keeps no order.
    own.clock.advance("15m")
    assert sorted(event["time"] for event in box.events(3)) == [f"2030-01-01T00:{minute}:30Z" for minute in (10, 15, 20)]
    own.events.disable_rule(Name="r")
    own.clock.advance("1h")
    own.events.enable_rule(Name="r")
    own.clock.advance("5m")
    assert box.event()["time"] == "2030-01-01T01:25:30Z"
    own.events.put_rule(Name="r", ScheduleExpression="cron(30 9 ? * MON-FRI *)")
    own.clock.advance("9h")
    assert box.event()["time"] == "2030-01-01T09:30:00Z"
    assert box.is_empty()


def test_automatic_time_goes_to_the_next_schedule(own):
    box = own.inbox()
    schedule(own, "cron(0 12 1 7 ? 2030)", box)
    own.clock.auto()
    assert box.event(60)["time"] == "2030-07-01T12:00:00Z"


def test_archives_and_replays(own, put):
    box, other = own.inbox(), own.inbox()
    events = own.events
    bus = events.describe_event_bus()["Arn"]
    arn = events.create_archive(
        ArchiveName="a", EventSourceArn=bus, EventPattern='{"source":["app"]}', RetentionDays=2)["ArchiveArn"]
    managed = events.describe_rule(Name="Events-Archive-a")
    assert managed["ManagedBy"] == "prod.vhs.events.aws.internal"
    assert json.loads(managed["EventPattern"]) == {"source": ["app"], "replay-name": [{"exists": False}]}
    with pytest.raises(ClientError, match="Archive a already exists."):
        events.create_archive(ArchiveName="a", EventSourceArn=bus)
    ids = [put(events, detail={"n": number}) for number in range(150)]
    put(events, source="other")
    described = events.describe_archive(ArchiveName="a")
    assert (described["EventCount"], described["RetentionDays"], described["State"]) == (150, 2, "ENABLED")
    rules = {}
    for name, target in (("r", box), ("s", other)):
        rules[name] = events.put_rule(Name=name, EventPattern='{"source":["app"]}')["RuleArn"]
        events.put_targets(Rule=name, Targets=[{"Id": "t", "Arn": target.arn}])
    start = datetime.datetime(2029, 12, 31, tzinfo=datetime.timezone.utc)
    times = {"EventStartTime": start, "EventEndTime": start + datetime.timedelta(days=10)}
    replay = events.start_replay(
        ReplayName="p", EventSourceArn=arn, Destination={"Arn": bus, "FilterArns": [rules["r"]]}, **times)
    assert replay["State"] == "STARTING"
    until(lambda: events.describe_replay(ReplayName="p")["State"] == "COMPLETED")
    came = box.events(150)
    assert [event["id"] for event in came] == ids or {event["id"] for event in came} == set(ids)
    assert {event["replay-name"] for event in came} == {"p"}
    assert other.is_empty()
    # Replayed events don't come into the archive again.
    assert events.describe_archive(ArchiveName="a")["EventCount"] == 150
    with pytest.raises(ClientError, match="IllegalStatusException"):
        events.cancel_replay(ReplayName="p")
    for change, message in (
        ({"ReplayName": "p"}, "Replay p already exists."),
        ({"EventEndTime": start}, "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime."),
        ({"EventSourceArn": arn + "x"}, "Parameter EventSourceArn is not valid. Reason: Archive ax does not exist."),
        ({"Destination": {"Arn": arn}}, "Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN."),
    ):
        with pytest.raises(ClientError) as error:
            events.start_replay(**{"ReplayName": "q", "EventSourceArn": arn, "Destination": {"Arn": bus}, **times, **change})
        assert error.value.response["Error"]["Message"] == message
    # After two days nothing is left.
    own.clock.advance("3d")
    until(lambda: events.describe_archive(ArchiveName="a")["EventCount"] == 0)
    events.start_replay(ReplayName="q", EventSourceArn=arn, Destination={"Arn": bus}, **times)
    until(lambda: events.describe_replay(ReplayName="q")["State"] == "COMPLETED")
    assert box.is_empty()
    events.update_archive(ArchiveName="a", EventPattern='{"source":["new"]}')
    assert "new" in events.describe_rule(Name="Events-Archive-a")["EventPattern"]
    events.delete_archive(ArchiveName="a")
    with pytest.raises(ClientError, match="Rule Events-Archive-a does not exist"):
        events.describe_rule(Name="Events-Archive-a")
    assert [archive["ArchiveName"] for archive in events.list_archives()["Archives"]] == []
    assert [replay["ReplayName"] for replay in events.list_replays()["Replays"]] == ["p", "q"]


def test_a_replay_can_be_cancelled(own, put):
    events = own.events
    bus = events.describe_event_bus()["Arn"]
    arn = events.create_archive(ArchiveName="a", EventSourceArn=bus)["ArchiveArn"]
    entry = {"Source": "app", "DetailType": "t", "Detail": "{}"}
    for _ in range(100):
        events.put_events(Entries=[entry] * 10)
    start = datetime.datetime(2029, 12, 31, tzinfo=datetime.timezone.utc)
    events.start_replay(
        ReplayName="p", EventSourceArn=arn, Destination={"Arn": bus}, EventStartTime=start,
        EventEndTime=start + datetime.timedelta(days=10))
    try:
        assert events.cancel_replay(ReplayName="p")["State"] == "CANCELLING"
    except ClientError as error:
        assert error.response["Error"]["Code"] == "IllegalStatusException", "it was faster"
        return
    until(lambda: events.describe_replay(ReplayName="p")["State"] in ("CANCELLED", "COMPLETED"))


class Putter(threading.Thread):
    """Puts events until the server is gone, and keeps the ids that were answered."""

    def __init__(self, events, source):
        super().__init__(daemon=True)
        self.events, self.source, self.ids = events, source, set()

    def run(self):
        entry = {"Source": self.source, "DetailType": "t", "Detail": "{}"}
        while True:
            try:
                answer = self.events.put_events(Entries=[entry] * 5)
                self.ids |= {entry["EventId"] for entry in answer["Entries"]}
            except Exception:
                return


@pytest.mark.parametrize("round", range(3))
def test_nothing_answered_is_lost(own, client, rule, round):
    box = own.inbox()
    rule(own.events, {"source": ["app"]}, box)
    bus = own.events.describe_event_bus()["Arn"]
    own.events.create_archive(ArchiveName="a", EventSourceArn=bus)
    schedule(own, "rate(1 hour)", own.inbox(name="hourly"), name="hourly")
    putters = [Putter(client("events", own.root, at=own.running.endpoint, read_timeout=30), "app") for _ in range(3)]
    for putter in putters:
        putter.start()
    until(lambda: all(putter.ids for putter in putters))
    time.sleep(0.3 + round * 0.25)
    own.running.kill9()
    for putter in putters:
        putter.join(60)
    own.running.start()
    answered = set().union(*(putter.ids for putter in putters))
    came = set()
    deadline = time.monotonic() + 60
    while not answered <= came:
        assert time.monotonic() < deadline, f"{len(answered - came)} of {len(answered)} are lost"
        for message in box.sqs.receive_message(QueueUrl=box.url, MaxNumberOfMessages=10).get("Messages", []):
            came.add(json.loads(message["Body"])["id"])
    assert own.events.describe_archive(ArchiveName="a")["EventCount"] >= len(answered)
    assert {rule["Name"] for rule in own.events.list_rules()["Rules"]} == {"Events-Archive-a", "hourly", "r"}
