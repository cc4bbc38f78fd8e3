"""Logs Insights, saved queries, records and their fields."""

import json
import time

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def logs(client, account):
    made = client("logs", account())
    for group in ["g", "h"]:
        made.create_log_group(logGroupName=group)
        made.create_log_stream(logGroupName=group, logStreamName="s")
    return made


def put(logs, messages, group="g", before=60_000):
    base = int(time.time() * 1000) - before
    logs.put_log_events(
        logGroupName=group,
        logStreamName="s",
        logEvents=[{"timestamp": base + i, "message": m if isinstance(m, str) else json.dumps(m)} for i, m in enumerate(messages)],
    )


def query(logs, text, groups=("g",), **more):
    now = int(time.time())
    id = logs.start_query(logGroupNames=list(groups), startTime=now - 3600, endTime=now + 60, queryString=text, **more)["queryId"]
    end = time.monotonic() + 60
    while time.monotonic() < end:
        answer = logs.get_query_results(queryId=id)
        if answer["status"] not in ("Scheduled", "Running"):
            return id, answer, [{field["field"]: field["value"] for field in row} for row in answer["results"]]
        time.sleep(0.02)
    raise AssertionError("the query never ended")


def test_a_query_counts_sorts_and_says_what_it_read(logs):
    put(logs, [{"status": 500 if i % 4 == 0 else 200, "latency": i, "user": {"id": f"u{i % 3}"}} for i in range(100)])
    put(logs, ["plain ERROR text"], before=30_000)
    id, answer, rows = query(logs, "filter status = 500 | stats count(*) as n, max(latency) as top by user.id | sort n desc, user.id")
    assert answer["status"] == "Complete"
    assert rows == [{"user.id": "u0", "n": "9", "top": "96"}, {"user.id": "u1", "n": "8", "top": "88"}, {"user.id": "u2", "n": "8", "top": "92"}]
    assert answer["statistics"]["recordsMatched"] == 25 and answer["statistics"]["recordsScanned"] == 101
    assert answer["statistics"]["bytesScanned"] > 0 and answer["statistics"]["logGroupsScanned"] == 1
    (told,) = logs.describe_queries(logGroupName="g")["queries"]
    assert told["queryId"] == id and told["status"] == "Complete"


def test_rows_point_to_records(logs):
    put(logs, [{"a": {"b": [1, "two"]}}, "text"])
    _, _, rows = query(logs, "fields @timestamp, @message, a.b.1 | sort @timestamp asc")
    assert rows[0]["a.b.1"] == "two" and rows[1]["@message"] == "text"
    record = logs.get_log_record(logRecordPointer=rows[0]["@ptr"])["logRecord"]
    assert record["a.b.0"] == "1" and record["@logStream"] == "s" and record["@message"] == '{"a": {"b": [1, "two"]}}'
    fields = {f["name"]: f["percent"] for f in logs.get_log_group_fields(logGroupName="g")["logGroupFields"]}
    assert fields["@message"] == 100 and fields["a.b.1"] == 50


def test_several_groups_limits_and_pages(logs):
    put(logs, [f"g{i}" for i in range(30)], before=90_000)
    put(logs, [f"h{i}" for i in range(30)], "h", before=60_000)
    _, _, rows = query(logs, "fields @message", ["g", "h"], limit=40)
    assert [row["@message"] for row in rows] == [f"h{i}" for i in reversed(range(30))] + [f"g{i}" for i in reversed(range(20, 30))]
    id, _, _ = query(logs, "fields @message | sort @message asc", ["g", "h"])
    first = logs.get_query_results(queryId=id, maxItems=50)
    rest = logs.get_query_results(queryId=id, maxItems=50, nextToken=first["nextToken"])
    assert len(first["results"]) == 50 and len(rest["results"]) == 10 and "nextToken" not in rest


def test_a_large_group_is_read_in_pieces(logs):
    for batch in range(4):
        put(logs, [f"{'ERROR' if i % 100 == 0 else 'fine'} {batch} {i}" for i in range(10_000)], before=600_000 - batch * 20_000)
    _, answer, rows = query(logs, "filter @message like /ERROR/ | stats count(*) as n")
    assert rows == [{"n": "400"}] and answer["statistics"]["recordsScanned"] == 40_000


def test_queries_that_cannot_be_read_say_where(logs):
    with pytest.raises(ClientError) as refused:
        query(logs, "fields a | bogus b")
    error = refused.value.response
    assert error["Error"]["Code"] == "MalformedQueryException"
    assert error["queryCompileError"]["location"]["startCharOffset"] == 11
    with pytest.raises(ClientError) as refused:
        logs.get_query_results(queryId="none")
    assert refused.value.response["Error"]["Code"] == "ResourceNotFoundException"


def test_a_query_that_is_over_cannot_be_stopped(logs):
    id, _, _ = query(logs, "fields a")
    with pytest.raises(ClientError) as refused:
        logs.stop_query(queryId=id)
    assert refused.value.response["Error"]["Code"] == "InvalidParameterException"


def test_saved_queries(logs):
    id = logs.put_query_definition(name="app/errors", queryString="filter x", logGroupNames=["g"])["queryDefinitionId"]
    logs.put_query_definition(queryDefinitionId=id, name="app/errors", queryString="filter y")
    (saved,) = logs.describe_query_definitions(queryDefinitionNamePrefix="app/")["queryDefinitions"]
    assert saved["queryString"] == "filter y" and saved["queryDefinitionId"] == id
    assert logs.delete_query_definition(queryDefinitionId=id)["success"]
    assert logs.describe_query_definitions()["queryDefinitions"] == []


def test_metric_filters_are_tested_and_checked(logs):
    matches = logs.test_metric_filter(
        filterPattern="{ $.latency > 10 }", logEventMessages=['{"latency": 5}', '{"latency": 50}', "text"]
    )["matches"]
    assert matches == [{"eventNumber": 2, "eventMessage": '{"latency": 50}', "extractedValues": {"$.latency": "50"}}]

    def put_filter(**transformation):
        base = {"metricName": "m", "metricNamespace": "n", "metricValue": "1", **transformation}
        logs.put_metric_filter(logGroupName="g", filterName="f", filterPattern="ERROR", metricTransformations=[base])

    with pytest.raises(ClientError) as refused:
        put_filter(defaultValue=0.0, dimensions={"a": "$.a"})
    assert "mutually exclusive" in refused.value.response["Error"]["Message"]
    with pytest.raises(ClientError):
        put_filter(metricValue="nonsense")


def test_destinations_are_shared_by_policy_and_delivery_is_refused_clearly(client, account, logs):
    owner, stranger = account(), account()
    mine, other = client("logs", owner), client("logs", stranger)
    arn = mine.put_destination(
        destinationName="d",
        targetArn=f"arn:aws:kinesis:us-east-1:{owner.account}:stream/s",
        roleArn=f"arn:aws:iam::{owner.account}:role/r",
    )["destination"]["arn"]
    other.create_log_group(logGroupName="g")
    subscribe = dict(logGroupName="g", filterName="f", filterPattern="", destinationArn=arn)
    with pytest.raises(ClientError) as refused:
        other.put_subscription_filter(**subscribe)
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"
    allow = {"Effect": "Allow", "Principal": {"AWS": stranger.account}, "Action": "logs:PutSubscriptionFilter", "Resource": arn}
    mine.put_destination_policy(destinationName="d", accessPolicy=json.dumps({"Version": "2012-10-17", "Statement": [allow]}))
    with pytest.raises(ClientError) as refused:
        other.put_subscription_filter(**subscribe)
    assert refused.value.response["Error"]["Code"] == "NotImplemented"
    lambda_arn = f"arn:aws:lambda:us-east-1:{stranger.account}:function:f"
    with pytest.raises(ClientError) as refused:
        other.put_subscription_filter(**{**subscribe, "destinationArn": lambda_arn})
    assert refused.value.response["Error"]["Code"] == "NotImplemented"
    assert "lambda" in refused.value.response["Error"]["Message"].lower()
    assert other.describe_subscription_filters(logGroupName="g")["subscriptionFilters"] == []
    assert [d["destinationName"] for d in mine.describe_destinations()["destinations"]] == ["d"]
    mine.delete_destination(destinationName="d")
