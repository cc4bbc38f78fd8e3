"""PutLogEvents, GetLogEvents and FilterLogEvents."""

import time

import pytest
from botocore.exceptions import ClientError


def now():
    return int(time.time() * 1000)


@pytest.fixture
def logs(client, account):
    made = client("logs", account())
    made.create_log_group(logGroupName="g")
    made.create_log_stream(logGroupName="g", logStreamName="s")
    return made


def put(logs, events, stream="s"):
    """Puts `(timestamp, message)` pairs."""
    return logs.put_log_events(
        logGroupName="g", logStreamName=stream, logEvents=[{"timestamp": t, "message": m} for t, m in events]
    )


def refused(call, *arguments, **parameters):
    with pytest.raises(ClientError) as error:
        call(*arguments, **parameters)
    return error.value.response["Error"]["Code"], error.value.response["Error"]["Message"]


def messages(answer):
    return [event["message"] for event in answer["events"]]


def test_batches_are_checked(logs):
    base = now()
    assert refused(put, logs, [(base, "b"), (base - 1, "a")]) == (
        "InvalidParameterException",
        "Log events in a single PutLogEvents request must be in chronological order.",
    )
    day = 86_400_000
    assert refused(put, logs, [(base - day - 1, "a"), (base, "b")])[1] == (
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."
    )
    assert refused(put, logs, [(base, "x" * 1_048_551)])[1] == (
        "Upload too large: 1048577 bytes exceeds limit of 1048576"
    )
    put(logs, [(base, "x" * 1_048_550)])
    assert refused(put, logs, [(base, "m")] * 10_001)[0] == "InvalidParameterException"


def test_events_too_old_expired_or_too_new_are_left_out(logs):
    base = now()
    day = 86_400_000
    events = [(base - 15 * day, "old"), (base - 13 * day, "expired"), (base, "good"), (base + 3 * 3_600_000, "new")]
    logs.put_retention_policy(logGroupName="g", retentionInDays=3)
    info = put(logs, events)["rejectedLogEventsInfo"]
    assert info == {"tooOldLogEventEndIndex": 1, "expiredLogEventEndIndex": 2, "tooNewLogEventStartIndex": 3}
    assert messages(logs.get_log_events(logGroupName="g", logStreamName="s")) == ["good"]
    assert put(logs, events[:1])["rejectedLogEventsInfo"] == {"tooOldLogEventEndIndex": 1}


def test_sequence_tokens_are_ignored(logs):
    first = put(logs, [(now(), "a")])["nextSequenceToken"]
    logs.put_log_events(
        logGroupName="g", logStreamName="s", logEvents=[{"timestamp": now(), "message": "b"}], sequenceToken=first
    )
    logs.put_log_events(
        logGroupName="g", logStreamName="s", logEvents=[{"timestamp": now(), "message": "c"}], sequenceToken="nonsense"
    )
    assert messages(logs.get_log_events(logGroupName="g", logStreamName="s")) == ["a", "b", "c"]


def test_a_stream_is_read_both_ways_and_ends_with_the_token_that_was_given(logs):
    base = now() - 60_000
    put(logs, [(base + i, f"m{i}") for i in range(25)])

    def get(token=None, **more):
        how = {"nextToken": token} if token else {}
        return logs.get_log_events(logGroupName="g", logStreamName="s", limit=10, **how, **more)

    newest = get()
    assert messages(newest) == [f"m{i}" for i in range(15, 25)]
    older = get(newest["nextBackwardToken"])
    assert messages(older) == [f"m{i}" for i in range(5, 15)]
    oldest = get(older["nextBackwardToken"])
    assert messages(oldest) == [f"m{i}" for i in range(5)]
    end = get(oldest["nextBackwardToken"])
    assert messages(end) == [] and end["nextBackwardToken"] == oldest["nextBackwardToken"]
    assert messages(get(end["nextForwardToken"])) == [f"m{i}" for i in range(10)]

    page = get(startFromHead=True)
    seen = messages(page)
    while True:
        following = get(page["nextForwardToken"], startFromHead=True)
        if following["nextForwardToken"] == page["nextForwardToken"]:
            break
        seen += messages(following)
        page = following
    assert seen == [f"m{i}" for i in range(25)] and following["events"] == []
    put(logs, [(base + 100, "later")])
    assert messages(get(page["nextForwardToken"])) == ["later"]
    assert refused(get, "nonsense")[1] == "The specified nextToken is invalid."
    assert page["nextForwardToken"].startswith("f/") and len(page["nextForwardToken"]) == 60


def test_an_empty_stream_can_be_followed(logs):
    empty = logs.get_log_events(logGroupName="g", logStreamName="s", startFromHead=True)
    put(logs, [(now(), "first")])
    more = logs.get_log_events(logGroupName="g", logStreamName="s", nextToken=empty["nextForwardToken"])
    assert messages(more) == ["first"]


def test_times_bound_what_is_read(logs):
    base = now() - 60_000
    put(logs, [(base + i * 1000, str(i)) for i in range(5)])
    get = dict(logGroupName="g", logStreamName="s", startTime=base + 1000, endTime=base + 3000)
    assert messages(logs.get_log_events(**get)) == ["1", "2"]
    # The end is included here, as AWS has it.
    found = logs.filter_log_events(logGroupName="g", startTime=base + 1000, endTime=base + 3000)
    assert messages(found) == ["1", "2", "3"]


def test_batches_that_overlap_are_merged_by_time(logs):
    base = now() - 7_200_000
    put(logs, [(base + i * 1000, f"a{i}") for i in range(0, 100, 2)])
    put(logs, [(base + i * 1000, f"a{i}") for i in range(1, 100, 2)])
    put(logs, [(base + 50_500, "between")])
    expected = [f"a{i}" for i in range(51)] + ["between"] + [f"a{i}" for i in range(51, 100)]
    assert messages(logs.get_log_events(logGroupName="g", logStreamName="s", startFromHead=True)) == expected
    assert messages(logs.get_log_events(logGroupName="g", logStreamName="s")) == expected
    assert messages(logs.filter_log_events(logGroupName="g")) == expected


def test_streams_are_interleaved_filtered_and_paged(logs):
    base = now() - 60_000
    for stream in ["web-1", "web-2", "db-1"]:
        logs.create_log_stream(logGroupName="g", logStreamName=stream)
    for i in range(30):
        put(logs, [(base + i, f"line {i}")], ["web-1", "web-2", "db-1"][i % 3])
    pages = list(
        logs.get_paginator("filter_log_events").paginate(logGroupName="g", PaginationConfig={"PageSize": 7}, interleaved=True)
    )
    events = [event for page in pages for event in page["events"]]
    assert [event["message"] for event in events] == [f"line {i}" for i in range(30)]
    assert [event["logStreamName"] for event in events[:3]] == ["web-1", "web-2", "db-1"]
    assert len({event["eventId"] for event in events}) == 30 and all(len(event["eventId"]) == 56 for event in events)
    assert all(page["searchedLogStreams"] == [] for page in pages)
    web = logs.filter_log_events(logGroupName="g", logStreamNamePrefix="web-")["events"]
    assert len(web) == 20 and {event["logStreamName"] for event in web} == {"web-1", "web-2"}
    one = logs.filter_log_events(logGroupName="g", logStreamNames=["db-1"], filterPattern='"line 2"')
    assert messages(one) == ["line 2", "line 20", "line 23", "line 26", "line 29"]
    assert refused(logs.filter_log_events, logGroupName="g", logStreamNames=["none"])[0] == "ResourceNotFoundException"
    bad = refused(logs.filter_log_events, logGroupName="g", filterPattern="a-b")
    assert bad == ("InvalidParameterException", "Invalid character(s) in term 'a-b'")
    logs.delete_log_stream(logGroupName="g", logStreamName="db-1")
    assert len(logs.filter_log_events(logGroupName="g")["events"]) == 20


def test_many_events_come_back_whole(logs):
    base = now() - 60_000
    count = 10_000
    put(logs, [(base + i, f"{i:06} " + "x" * 40) for i in range(count)])
    put(logs, [(base + count + i, f"{count + i:06} " + "x" * 40) for i in range(count)])
    seen = []
    for page in logs.get_paginator("filter_log_events").paginate(logGroupName="g"):
        seen += [int(event["message"][:6]) for event in page["events"]]
    assert seen == list(range(2 * count))
    assert logs.describe_log_groups()["logGroups"][0]["storedBytes"] == 2 * count * (47 + 26)


class Tail:
    """What `aws logs tail --follow` does (AWS CLI 2, awscli/customizations/logs/tail.py), one poll at a time."""

    def __init__(self, logs, **parameters):
        self.logs, self.parameters, self.seen = logs, {"interleaved": True, **parameters}, set()

    def poll(self):
        fresh = []
        while True:
            answer = self.logs.filter_log_events(**self.parameters)
            for event in answer["events"]:
                if event["eventId"] not in self.seen:
                    self.seen.add(event["eventId"])
                    self.parameters["startTime"] = event["timestamp"]
                    fresh.append(f"{event['logStreamName']} {event['message']}")
            if "nextToken" not in answer:
                self.parameters.pop("nextToken", None)
                return fresh
            self.parameters["nextToken"] = answer["nextToken"]


def test_a_group_can_be_tailed(logs):
    logs.create_log_stream(logGroupName="g", logStreamName="t")
    tail = Tail(logs, logGroupName="g", startTime=now() - 600_000, limit=2)
    put(logs, [(now() - 1000, "a"), (now(), "b"), (now(), "c")])
    assert tail.poll() == ["s a", "s b", "s c"]
    assert tail.poll() == []
    put(logs, [(now(), "d")], "t")
    put(logs, [(now(), "e")])
    assert sorted(tail.poll()) == ["s e", "t d"]
    assert tail.poll() == []


def test_everything_acknowledged_is_there_after_a_kill(server, client, account):
    own = server()
    creds = account()
    logs = client("logs", creds, at=own.endpoint)
    logs.create_log_group(logGroupName="g", tags={"a": "b"})
    logs.create_log_stream(logGroupName="g", logStreamName="s")
    base = now() - 60_000
    for batch in range(20):
        put(logs, [(base + batch * 10 + i, f"{batch}-{i}") for i in range(10)])
    own.kill9()
    own.start()
    logs = client("logs", creds, at=own.endpoint)
    found = messages(logs.get_log_events(logGroupName="g", logStreamName="s", startFromHead=True))
    assert found == [f"{batch}-{i}" for batch in range(20) for i in range(10)]
    put(logs, [(now(), "more")])
    assert messages(logs.filter_log_events(logGroupName="g", filterPattern="more")) == ["more"]
