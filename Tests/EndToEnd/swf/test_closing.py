"""Closing decisions: they close whatever is open, and fail only when something new has come meanwhile."""

import pytest

from swf.helpers import attributes, cancel, child, complete, fail, go_on, marker, refused, schedule, timer, types

CLOSERS = {"Complete": complete("r"), "Fail": fail(), "Cancel": cancel(), "ContinueAsNew": go_on()}
EVENTS = {
    "Complete": "WorkflowExecutionCompleted", "Fail": "WorkflowExecutionFailed", "Cancel": "WorkflowExecutionCanceled",
    "ContinueAsNew": "WorkflowExecutionContinuedAsNew",
}
STATUS = {"Complete": "COMPLETED", "Fail": "FAILED", "Cancel": "CANCELED", "ContinueAsNew": "CONTINUED_AS_NEW"}
VALIDATION = "ValidationException"
closer = pytest.mark.parametrize("closer", CLOSERS)


@closer
def test_a_closing_decision_closes(closer, domain):
    d = domain()
    execution = d.start()
    d.decide(CLOSERS[closer])
    assert types(execution.history())[3:] == ["DecisionTaskCompleted", EVENTS[closer]]
    assert execution.status() == STATUS[closer]
    if closer == "Fail":
        assert (execution.last()["reason"], execution.last()["details"]) == ("r", "d")
    if closer == "Complete":
        assert execution.last()["result"] == "r"
    if closer == "Cancel":
        assert execution.last()["details"] == "d"


@closer
@pytest.mark.parametrize("work", ["an activity", "a started activity", "a timer", "a child"])
def test_open_work_does_not_keep_it_from_closing(closer, work, domain, still):
    d = domain(at=still)
    execution = d.start()
    d.decide({"an activity": schedule(), "a started activity": schedule(), "a timer": timer("t", 50), "a child": child()}[work])
    task = d.activity_task() if work == "a started activity" else None
    if work == "a child":
        execution.wait("ChildWorkflowExecutionStarted")
    else:
        execution.signal()
    d.decide(CLOSERS[closer])
    assert execution.status() == STATUS[closer]
    length = len(execution.history())
    if work == "an activity":
        assert d.pending_activities() == 0, "a closed execution's tasks are dropped"
    if task:
        refused("UnknownResourceFault", None, d.swf.respond_activity_task_completed, taskToken=task.token)
        refused("UnknownResourceFault", None, d.swf.record_activity_task_heartbeat, taskToken=task.token)
    if work == "a timer":
        still.advance(60)
    if work == "a child":
        # It goes on: the child policy is for parents that are terminated or time out.
        infos = d.call("list_open_workflow_executions", startTimeFilter={"oldestDate": 0}, executionFilter={"workflowId": "child"})
        assert len(infos["executionInfos"]) == 1
        d.decide(complete(), queue="cd")
    assert len(execution.history()) == length


@closer
@pytest.mark.parametrize("arrival", ["a signal", "an activity's end", "a timer", "a cancel request", "a child's end"])
def test_it_fails_when_something_new_has_come(closer, arrival, domain, still):
    d = domain(at=still)
    execution = d.start()
    d.decide(schedule(), timer("t", 50), child())
    execution.wait("ChildWorkflowExecutionStarted")
    activity, task = d.activity_task(), d.decision_task()
    if arrival == "a signal":
        execution.signal("late")
    elif arrival == "an activity's end":
        activity.complete()
    elif arrival == "a timer":
        still.advance(50)
        execution.wait("TimerFired")
    elif arrival == "a cancel request":
        execution.cancel()
    else:
        d.decide(complete("from the child"), queue="cd")
        execution.wait("ChildWorkflowExecutionCompleted")
    task.decide(marker("stays"), CLOSERS[closer])
    events = execution.history()
    assert types(events)[-3:] == ["DecisionTaskCompleted", "MarkerRecorded", f"{closer}WorkflowExecutionFailed"]
    completed = events[-3]["eventId"]
    assert attributes(events[-1]) == {"cause": "UNHANDLED_DECISION", "decisionTaskCompletedEventId": completed}
    assert execution.status() == "OPEN"
    # The queued task is handed out, and the next attempt closes.
    d.decide(CLOSERS[closer])
    assert execution.status() == STATUS[closer]


@closer
def test_it_must_be_the_last_of_its_list(closer, domain):
    d = domain()
    execution = d.start()
    task = d.decision_task()
    with pytest.raises(d.swf.exceptions.ClientError) as caught:
        task.decide(CLOSERS[closer], marker())
    assert caught.value.response["Error"] == {"Code": VALIDATION, "Message": "Close must be last decision in list"}
    assert types(execution.history())[-1] == "DecisionTaskStarted", "nothing of the list was done"
    task.decide(CLOSERS[closer])
    assert execution.status() == STATUS[closer]


@pytest.mark.parametrize("first", CLOSERS)
@pytest.mark.parametrize("second", ["Complete", "Fail"])
def test_two_of_them_are_one_too_many(first, second, domain):
    d = domain()
    execution = d.start()
    task = d.decision_task()
    with pytest.raises(d.swf.exceptions.ClientError) as caught:
        task.decide(CLOSERS[first], CLOSERS[second])
    assert caught.value.response["Error"]["Message"] == "Close must be last decision in list"
    assert types(execution.history())[-1] == "DecisionTaskStarted"
    task.decide(complete())


@pytest.mark.parametrize("bad", [
    {"decisionType": "Guess"}, {"decisionType": "RecordMarker"}, {"decisionType": "StartTimer", "startTimerDecisionAttributes": {"timerId": "t", "startToFireTimeout": "soon"}},
    {"decisionType": "StartTimer", "startTimerDecisionAttributes": {"timerId": "", "startToFireTimeout": "1"}},
    {"decisionType": "ScheduleActivityTask", "scheduleActivityTaskDecisionAttributes": {"activityType": {"name": "a", "version": "1"}, "activityId": "a:b"}},
], ids=["unknown type", "no attributes", "a timeout in words", "an empty id", "a colon in an id"])
def test_one_bad_member_leaves_the_whole_list_undone(bad, domain):
    d = domain()
    execution = d.start()
    task = d.decision_task()
    body = {"taskToken": task.token, "decisions": [marker("before"), bad, complete()]}
    answer = d.post("RespondDecisionTaskCompleted", body)
    assert answer.status_code == 400 and answer.json()["__type"].endswith("#ValidationException"), answer.text
    assert types(execution.history())[-1] == "DecisionTaskStarted"
    task.decide(complete("after all"))
    assert execution.last()["result"] == "after all"


def test_a_token_is_good_once(domain):
    d = domain()
    execution = d.start()
    task = d.decision_task()
    task.decide()
    refused("UnknownResourceFault", "Unknown decision task, scheduledEventId = 2", d.swf.respond_decision_task_completed, taskToken=task.token)
    execution.terminate()
    refused("UnknownResourceFault", f"Unknown execution: WorkflowExecution=[workflowId=w, runId={execution.run}]",
            d.swf.respond_decision_task_completed, taskToken=task.token)


def test_what_is_queued_is_dropped_when_the_execution_is_terminated(domain):
    d = domain()
    execution = d.start()
    d.decide(schedule())
    execution.signal()
    assert (d.pending_decisions(), d.pending_activities()) == (1, 1)
    execution.terminate(reason="why", details="because")
    assert (d.pending_decisions(), d.pending_activities()) == (0, 0)
    last = execution.last("WorkflowExecutionTerminated")
    assert last == {"reason": "why", "details": "because", "childPolicy": "TERMINATE", "cause": "OPERATOR_INITIATED"}
    assert execution.status() == "TERMINATED"
    refused("UnknownResourceFault", None, execution.domain.call, operation="terminate_workflow_execution", workflowId="w", runId=execution.run)


def test_the_id_can_be_used_again_after_the_end(domain):
    d = domain()
    first = d.start()
    refused("WorkflowExecutionAlreadyStartedFault", None, d.start, name="w")
    d.decide(complete())
    second = d.start()
    assert first.run != second.run
    assert first.status() == "COMPLETED" and second.status() == "OPEN"


# --- continuing as new


def test_a_run_continues_as_a_new_one_of_five_events_each(domain):
    d = domain()
    first = d.start(input="1", tagList=["t"])
    d.decide(go_on(input="2"))
    assert len(first.history()) == 5
    closing = first.last("WorkflowExecutionContinuedAsNew")
    second = d.decide(complete())
    assert second.id == first.id and second.run == closing["newExecutionRunId"]
    started = attributes(second.history()[0])
    assert started["continuedExecutionRunId"] == first.run and started["input"] == "2"
    assert started.get("tagList", []) == [], "tags only if given"
    assert started["taskList"] == {"name": "d"}
    assert len(second.history()) == 5
    for name in ("executionStartToCloseTimeout", "taskStartToCloseTimeout", "childPolicy", "taskList", "workflowType"):
        assert closing[name] == started[name]


def test_a_new_run_may_be_of_another_version_and_have_other_settings(domain):
    d = domain()
    d.workflow_type("w", "2")
    first = d.start()
    d.decide(go_on(workflowTypeVersion="2", taskList={"name": "e"}, tagList=["a", "b"], childPolicy="ABANDON", taskPriority="7",
                   executionStartToCloseTimeout="99", taskStartToCloseTimeout="9"))
    task = d.decision_task("e")
    assert task.answer["workflowType"] == {"name": "w", "version": "2"}
    described = task.execution.describe()
    assert described["executionConfiguration"] == {
        "taskStartToCloseTimeout": "9", "executionStartToCloseTimeout": "99", "taskList": {"name": "e"}, "taskPriority": "7", "childPolicy": "ABANDON"}
    assert described["executionInfo"]["tagList"] == ["a", "b"]
    assert first.status() == "CONTINUED_AS_NEW"
    task.decide(complete())
