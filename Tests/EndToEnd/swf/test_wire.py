"""What goes over the wire: targets, headers, bodies."""

import json
import re

import pytest

from harness import http
from swf.helpers import RawCall, complete, schedule

LEGACY = "com.amazonaws.swf.service.model.SimpleWorkflowService.{}"


@pytest.fixture
def d(domain):
    return domain()


def test_what_has_nothing_to_say_answers_with_an_empty_body(d):
    execution = d.start()
    status, head, body = RawCall(d, "SignalWorkflowExecution", {"domain": d.name, "workflowId": "w", "signalName": "s"}).send()
    assert (status, body) == (200, b"") and "\r\ncontent-length: 0" in head and "\r\nx-amzn-requestid: " in head
    task = d.decision_task()
    status, head, body = RawCall(d, "RespondDecisionTaskCompleted", {"taskToken": task.token, "decisions": [complete()]}).send()
    assert (status, body) == (200, b"") and "\r\ncontent-length: 0" in head
    assert execution.status() == "COMPLETED"
    for operation, more in (("RegisterActivityType", {"name": "b", "version": "1"}), ("DeprecateActivityType", {"activityType": {"name": "b", "version": "1"}}),
                            ("RegisterDomain", None)):
        body = {"name": "another", "workflowExecutionRetentionPeriodInDays": "1"} if more is None else {"domain": d.name, **more}
        status, head, body = RawCall(d, operation, body).send()
        assert (status, body) == (200, b""), operation


def test_the_targets_and_headers_of_old_clients_are_taken(d):
    """As boto 2 sends them."""
    headers = {"Content-Type": "application/json; charset=UTF-8", "Content-Encoding": "amz-1.0"}
    answer = d.post("DescribeDomain", {"name": d.name}, target=LEGACY, headers=headers)
    assert answer.status_code == 200 and answer.json()["domainInfo"]["name"] == d.name
    body = {"domain": d.name, "workflowId": "old", "workflowType": {"name": "w", "version": "1"}}
    answer = d.post("StartWorkflowExecution", body, target=LEGACY, headers=headers)
    assert answer.status_code == 200 and answer.json()["runId"]
    answer = d.post("PollForDecisionTask", {"domain": d.name, "taskList": {"name": "d"}}, target=LEGACY, headers=headers)
    assert answer.json()["workflowExecution"]["workflowId"] == "old"


def test_answers_are_json_with_times_in_seconds(d):
    execution = d.start()
    answer = d.post("GetWorkflowExecutionHistory", {"domain": d.name, "execution": execution.names})
    assert answer.headers["content-type"] in ("application/json", "application/x-amz-json-1.0")
    stamp = answer.json()["events"][0]["eventTimestamp"]
    assert isinstance(stamp, (int, float)) and 1.5e9 < stamp < 1e11 and round(stamp, 3) == stamp


def test_a_run_id_is_46_characters_of_base64(d):
    """22 and the base64 of 32 bytes, which may hold / and +."""
    runs = {d.start(f"w{n}").run for n in range(20)}
    assert len(runs) == 20
    for run in runs:
        assert re.fullmatch(r"22[A-Za-z0-9+/]{43}=", run), run


def test_an_unknown_operation(d):
    answer = d.post("DoWhatIMean", {})
    assert answer.status_code == 400 and answer.json()["__type"].endswith("#UnknownOperationException")


@pytest.mark.parametrize("body", ["not json", "[1]", '{"domain": 5, "workflowId": [], "workflowType": "x"}', '{"domain": '])
def test_a_body_that_cannot_be_read(body, d):
    answer = d.post("StartWorkflowExecution", body)
    assert answer.status_code == 400
    assert answer.json()["__type"].split("#")[1] in ("SerializationException", "ValidationException")


def test_a_wrong_signature_is_refused(d):
    def spoil(headers):
        headers["Authorization"] = headers["Authorization"][:-4] + "0000"

    answer = http.json10(d.swf.meta.endpoint_url, "swf", d.creds, "SimpleWorkflowService.ListDomains", {"registrationStatus": "REGISTERED"}, change=spoil)
    assert answer.status_code in (400, 403) and "ignature" in answer.text


def test_what_is_absent_is_absent_and_not_null(d):
    execution = d.start()
    d.decide(schedule())
    d.activity_task().complete()
    text = d.post("GetWorkflowExecutionHistory", {"domain": d.name, "execution": execution.names}).text
    assert "null" not in text
    described = d.post("DescribeWorkflowExecution", {"domain": d.name, "execution": execution.names}).json()
    assert set(described["openCounts"]) == {"openActivityTasks", "openDecisionTasks", "openTimers", "openChildWorkflowExecutions", "openLambdaFunctions"}
    assert described["executionInfo"]["cancelRequested"] is False
    assert "latestExecutionContext" not in described and "closeStatus" not in described["executionInfo"]


def test_an_execution_s_context_is_that_of_its_latest_decision(d):
    execution = d.start()
    d.decide(schedule(), executionContext="one")
    d.activity_task().complete()
    d.decide(executionContext="two")
    assert execution.describe()["latestExecutionContext"] == "two"
    assert execution.last("DecisionTaskCompleted")["executionContext"] == "two"


def test_the_newest_activity_s_time_is_that_of_any_event_of_it(d):
    execution = d.start()
    assert "latestActivityTaskTimestamp" not in execution.describe()
    d.decide(schedule())
    task = d.activity_task()
    task.complete()
    at = next(event["eventTimestamp"] for event in execution.history() if event["eventType"] == "ActivityTaskCompleted")
    assert execution.describe()["latestActivityTaskTimestamp"] == at


def test_a_request_of_more_than_a_mebibyte_is_refused(d):
    d.start()
    task = d.decision_task()
    big = [{"decisionType": "RecordMarker", "recordMarkerDecisionAttributes": {"markerName": "m", "details": "x" * 32000}}] * 40
    answer = d.post("RespondDecisionTaskCompleted", json.dumps({"taskToken": task.token, "decisions": big}))
    assert answer.status_code in (400, 413)
    task.decide(complete())
