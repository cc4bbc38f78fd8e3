"""The words of errors: clients and their tests match them."""

import pytest

from swf.helpers import complete, decision, marker, refused, schedule, timer

KNOWN = ["ScheduleActivityTask", "RequestCancelActivityTask", "CompleteWorkflowExecution", "FailWorkflowExecution", "CancelWorkflowExecution",
         "ContinueAsNewWorkflowExecution", "RecordMarker", "StartTimer", "CancelTimer", "SignalExternalWorkflowExecution",
         "RequestCancelExternalWorkflowExecution", "StartChildWorkflowExecution", "ScheduleLambdaFunction"]


def answer(d, operation, body, kind="com.amazonaws.swf.base.model#"):
    """The message of a refused call."""
    got = d.post(operation, body)
    assert got.status_code == 400, got.text
    assert got.headers["x-amzn-requestid"]
    fault = got.json()
    return fault["__type"], fault.get("message", "")


@pytest.fixture
def d(domain):
    return domain()


@pytest.mark.parametrize("operation, body", [
    ("DescribeDomain", {"name": "nowhere"}),
    ("StartWorkflowExecution", {"domain": "nowhere", "workflowId": "w", "workflowType": {"name": "w", "version": "1"}}),
    ("CountPendingDecisionTasks", {"domain": "nowhere", "taskList": {"name": "d"}}),
    ("ListOpenWorkflowExecutions", {"domain": "nowhere", "startTimeFilter": {"oldestDate": 0}}),
    ("RegisterWorkflowType", {"domain": "nowhere", "name": "w", "version": "1"}),
    ("SignalWorkflowExecution", {"domain": "nowhere", "workflowId": "w", "signalName": "s"}),
])
def test_an_unknown_domain(operation, body, d):
    assert answer(d, operation, body) == ("com.amazonaws.swf.base.model#UnknownResourceFault", "Unknown domain: nowhere")


def test_unknown_types(d):
    unknown = "com.amazonaws.swf.base.model#UnknownResourceFault"
    which = {"name": "no", "version": "2"}
    assert answer(d, "DescribeWorkflowType", {"domain": d.name, "workflowType": which}) == (unknown, "Unknown type: WorkflowType=[name=no, version=2]")
    assert answer(d, "DescribeActivityType", {"domain": d.name, "activityType": which}) == (unknown, "Unknown type: ActivityType=[name=no, version=2]")
    body = {"domain": d.name, "workflowId": "w", "workflowType": which}
    assert answer(d, "StartWorkflowExecution", body) == (unknown, "Unknown type: WorkflowType=[name=no, version=2]")


def test_unknown_executions(d):
    unknown = "com.amazonaws.swf.base.model#UnknownResourceFault"
    assert answer(d, "SignalWorkflowExecution", {"domain": d.name, "workflowId": "no", "signalName": "s"}) == (unknown, "Unknown execution, workflowId = no")
    text = "Unknown execution: WorkflowExecution=[workflowId=no, runId=r]"
    assert answer(d, "SignalWorkflowExecution", {"domain": d.name, "workflowId": "no", "runId": "r", "signalName": "s"}) == (unknown, text)
    for operation in ("DescribeWorkflowExecution", "GetWorkflowExecutionHistory"):
        assert answer(d, operation, {"domain": d.name, "execution": {"workflowId": "no", "runId": "r"}}) == (unknown, text)


def test_a_workflow_that_runs_already_is_refused_without_words(d):
    d.start()
    body = {"domain": d.name, "workflowId": "w", "workflowType": {"name": "w", "version": "1"}}
    assert answer(d, "StartWorkflowExecution", body) == ("com.amazonaws.swf.base.model#WorkflowExecutionAlreadyStartedFault", "")


def test_a_deprecated_type_is_named(d):
    d.call("deprecate_workflow_type", workflowType={"name": "w", "version": "1"})
    body = {"domain": d.name, "workflowId": "w", "workflowType": {"name": "w", "version": "1"}}
    assert answer(d, "StartWorkflowExecution", body) == ("com.amazonaws.swf.base.model#TypeDeprecatedFault", "WorkflowType=[name=w, version=1]")


@pytest.mark.parametrize("missing", ["defaultTaskList", "defaultTaskStartToCloseTimeout", "defaultExecutionStartToCloseTimeout", "defaultChildPolicy"])
def test_a_default_that_nobody_gave_is_named(missing, d):
    d.workflow_type("other", without=[missing])
    kind, text = answer(d, "StartWorkflowExecution", {"domain": d.name, "workflowId": "w", "workflowType": {"name": "other", "version": "1"}})
    assert kind == "com.amazonaws.swf.base.model#DefaultUndefinedFault"
    setting = missing.removeprefix("default")
    assert text in (missing, setting[0].lower() + setting[1:])


def test_the_defaults_are_asked_for_in_order(d):
    order = ["executionStartToCloseTimeout", "taskList", "taskStartToCloseTimeout", "childPolicy"]
    d.call("register_workflow_type", name="bare", version="1")
    given = {}
    for setting in order:
        _, text = answer(d, "StartWorkflowExecution", {"domain": d.name, "workflowId": "x", "workflowType": {"name": "bare", "version": "1"}, **given})
        assert text.lower().endswith(setting.lower())
        given[setting] = {"taskList": {"name": "d"}, "childPolicy": "ABANDON"}.get(setting, "60")
    d.start("x", workflowType={"name": "bare", "version": "1"}, **given)


@pytest.mark.parametrize("operation", ["RespondDecisionTaskCompleted", "RespondActivityTaskCompleted", "RespondActivityTaskFailed",
                                       "RespondActivityTaskCanceled", "RecordActivityTaskHeartbeat"])
@pytest.mark.parametrize("token", ["garbage", "AAAA", "é", "a" * 1024])
def test_a_garbled_token(operation, token, d):
    assert answer(d, operation, {"taskToken": token}) == ("com.amazon.coral.validate#ValidationException", "Invalid token")


def test_a_token_of_the_other_kind_is_no_token(d):
    d.start()
    task = d.decision_task()
    assert answer(d, "RespondActivityTaskCompleted", {"taskToken": task.token})[0].endswith(("#ValidationException", "#UnknownResourceFault"))
    task.decide(schedule())
    activity = d.activity_task()
    assert answer(d, "RespondDecisionTaskCompleted", {"taskToken": activity.token})[0].endswith(("#ValidationException", "#UnknownResourceFault"))
    activity.complete()


def test_tasks_that_are_closed_are_named_by_their_scheduling(d):
    execution = d.start()
    d.decide(schedule())
    task = d.activity_task()
    task.complete()
    text = "Unknown activity, scheduledEventId = 5"
    for operation in ("respond_activity_task_completed", "respond_activity_task_failed", "respond_activity_task_canceled", "record_activity_task_heartbeat"):
        refused("UnknownResourceFault", text, getattr(d.swf, operation), taskToken=task.token)
    execution.terminate()
    refused("UnknownResourceFault", f"Unknown execution: WorkflowExecution=[workflowId=w, runId={execution.run}]",
            d.swf.respond_activity_task_completed, taskToken=task.token)


def test_members_that_are_missing(d):
    kind, text = answer(d, "StartWorkflowExecution", {})
    assert kind == "com.amazon.coral.validate#ValidationException"
    assert text.startswith("3 validation errors detected: ")
    assert set(text.removeprefix("3 validation errors detected: ").split("; ")) == {
        f"Value null at '{name}' failed to satisfy constraint: Member must not be null" for name in ("domain", "workflowId", "workflowType")}


def test_a_member_of_a_decision_is_named_by_its_path_counted_from_one(d):
    d.start()
    task = d.decision_task()
    bad = {"decisionType": "StartTimer", "startTimerDecisionAttributes": {"timerId": "t"}}
    _, text = answer(d, "RespondDecisionTaskCompleted", {"taskToken": task.token, "decisions": [marker(), bad]})
    assert text == ("1 validation error detected: Value null at 'decisions.2.member.startTimerDecisionAttributes.startToFireTimeout' "
                    "failed to satisfy constraint: Member must not be null")
    # Blocks that the type does not call for are held against the model too.
    bad = {**timer(), "recordMarkerDecisionAttributes": {}}
    _, text = answer(d, "RespondDecisionTaskCompleted", {"taskToken": task.token, "decisions": [bad]})
    assert "'decisions.1.member.recordMarkerDecisionAttributes.markerName'" in text
    task.decide(complete())


def test_an_unknown_decision_type_lists_those_that_are_known(d):
    d.start()
    task = d.decision_task()
    _, text = answer(d, "RespondDecisionTaskCompleted", {"taskToken": task.token, "decisions": [{"decisionType": "Guess"}]})
    head = "1 validation error detected: Value 'Guess' at 'decisions.1.member.decisionType' failed to satisfy constraint: Member must satisfy enum value set: ["
    assert text.startswith(head) and text.endswith("]")
    assert sorted(text[len(head):-1].split(", ")) == sorted(KNOWN)
    task.decide(complete())


@pytest.mark.parametrize("name", ["", " a", "a ", "a:b", "a/b", "a|b", "a\u0001b", "a\u0085b", "arn", "x" * 257])
@pytest.mark.parametrize("where", ["workflowId", "taskList", "activityId", "timerId", "markerName", "signalName"])
def test_names_that_cannot_be(name, where, d):
    if where == "workflowId":
        kind, _ = answer(d, "StartWorkflowExecution", {"domain": d.name, "workflowId": name, "workflowType": {"name": "w", "version": "1"}})
    elif where == "signalName":
        d.start()
        kind, _ = answer(d, "SignalWorkflowExecution", {"domain": d.name, "workflowId": "w", "signalName": name})
    elif where == "taskList":
        kind, _ = answer(d, "StartWorkflowExecution", {"domain": d.name, "workflowId": "w", "workflowType": {"name": "w", "version": "1"}, "taskList": {"name": name}})
    else:
        d.start()
        task = d.decision_task()
        made = {"activityId": schedule(name), "timerId": timer(name), "markerName": decision("RecordMarker", markerName=name)}[where]
        kind, _ = answer(d, "RespondDecisionTaskCompleted", {"taskToken": task.token, "decisions": [made]})
    assert kind == "com.amazon.coral.validate#ValidationException"


@pytest.mark.parametrize("where, most", [("input", 32768), ("identity", 256), ("details", 32768), ("reason", 256)])
def test_lengths_count_characters(where, most, d):
    text = "語" * most
    execution = d.start()
    if where == "input":
        execution.signal(input=text)
        refused("ValidationException", None, execution.signal, input=text + "x")
    elif where == "identity":
        refused("ValidationException", None, d.call, operation="poll_for_decision_task", taskList={"name": "d"}, identity=text + "x")
        d.call("poll_for_decision_task", taskList={"name": "d"}, identity=text)
    else:
        refused("ValidationException", None, execution.terminate, **{where: text + "x"})
        execution.terminate(**{where: text})
        assert execution.last()[where] == text


@pytest.mark.parametrize("value", ["x", "-1", "1.5", " 1", "123456789", "none"])
def test_durations_are_digits_or_none(value, d):
    refused("ValidationException", None, d.start, taskStartToCloseTimeout=value)
