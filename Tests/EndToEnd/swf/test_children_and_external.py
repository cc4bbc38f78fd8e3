"""Child workflows, and signals and cancel requests from one workflow to another."""

import pytest

from swf.helpers import Execution, attributes, cancel, cancel_other, child, complete, fail, go_on, marker, refused, schedule, signal_other, types

END = {"COMPLETED": complete("r"), "FAILED": fail("why", "details"), "CANCELED": cancel("details")}


def started_child(d, parent, **more):
    """Has the parent start a child; the child's execution."""
    d.decide(child(**more))
    events = parent.wait("ChildWorkflowExecutionStarted")
    names = attributes(events[5])["workflowExecution"]
    return Execution(d, names["workflowId"], names["runId"])


def test_a_child_knows_its_parent_and_the_parent_its_child(domain):
    d = domain()
    parent = d.start("parent")
    made = started_child(d, parent, control="c", input="i", tagList=["t"], taskPriority="3")
    initiated, started = (attributes(event) for event in parent.history()[4:6])
    assert initiated == {
        "workflowId": "child", "workflowType": {"name": "w", "version": "1"}, "control": "c", "input": "i", "executionStartToCloseTimeout": "86400",
        "taskList": {"name": "cd"}, "taskPriority": "3", "decisionTaskCompletedEventId": 4, "childPolicy": "TERMINATE",
        "taskStartToCloseTimeout": "300", "tagList": ["t"]}
    assert started == {"workflowExecution": {"workflowId": "child", "runId": made.run}, "workflowType": {"name": "w", "version": "1"}, "initiatedEventId": 5}
    first = attributes(made.history()[0])
    assert first["parentWorkflowExecution"] == parent.names and first["parentInitiatedEventId"] == 5
    assert (first["input"], first["tagList"], first["taskPriority"]) == ("i", ["t"], "3")
    info = made.describe()["executionInfo"]
    assert info["parent"] == parent.names
    assert parent.open_counts()["openChildWorkflowExecutions"] == 1


def test_a_child_s_priority_is_not_its_parent_s(domain):
    d = domain()
    parent = d.start("parent", taskPriority="9")
    made = started_child(d, parent)
    assert attributes(made.history()[0]).get("taskPriority", "0") == "0"
    d.decide(schedule())
    assert parent.last("ActivityTaskScheduled").get("taskPriority", "0") == "0"


@pytest.mark.parametrize("status", END)
def test_a_child_s_end_comes_to_its_parent(status, domain):
    d = domain()
    parent = d.start("parent")
    made = started_child(d, parent)
    d.decide(END[status], queue="cd")
    event = {"COMPLETED": "ChildWorkflowExecutionCompleted", "FAILED": "ChildWorkflowExecutionFailed", "CANCELED": "ChildWorkflowExecutionCanceled"}[status]
    events = parent.wait(event)
    end = dict(attributes(next(each for each in events if each["eventType"] == event)))
    assert end.pop("workflowExecution") == made.names and end.pop("workflowType") == {"name": "w", "version": "1"}
    assert (end.pop("initiatedEventId"), end.pop("startedEventId")) == (5, 6)
    assert end == {"COMPLETED": {"result": "r"}, "FAILED": {"reason": "why", "details": "details"}, "CANCELED": {"details": "details"}}[status]
    assert parent.open_counts()["openChildWorkflowExecutions"] == 0


def test_a_child_that_is_terminated_or_times_out_comes_to_its_parent(domain, still):
    d = domain(at=still)
    parent = d.start("parent")
    d.decide(child("one", taskList={"name": "1"}), child("two", taskList={"name": "2"}, executionStartToCloseTimeout="50"))
    parent.wait("ChildWorkflowExecutionStarted", 2)
    d.call("terminate_workflow_execution", workflowId="one")
    parent.wait("ChildWorkflowExecutionTerminated")
    still.advance(50)
    parent.wait("ChildWorkflowExecutionTimedOut")
    assert parent.last("ChildWorkflowExecutionTimedOut")["timeoutType"] == "START_TO_CLOSE"


def test_a_child_that_ends_while_its_parent_decides_is_seen_next(domain):
    d = domain()
    parent = d.start("parent")
    started_child(d, parent)
    task = d.decision_task()
    d.decide(complete("early"), queue="cd")
    parent.wait("ChildWorkflowExecutionCompleted")
    task.decide(marker())
    following = d.decision_task()
    assert "ChildWorkflowExecutionCompleted" in types(following.events)
    assert types(parent.history())[-3:] == ["DecisionTaskCompleted", "MarkerRecorded", "DecisionTaskStarted"]


def test_a_child_that_goes_on_as_new_reports_once_at_the_end_of_the_chain(domain):
    d = domain()
    parent = d.start("parent")
    made = started_child(d, parent)
    d.decide()  # the parent has seen the start
    for _ in range(3):
        d.decide(go_on(taskList={"name": "cd"}), queue="cd")
    assert types(parent.history())[-1] == "DecisionTaskCompleted", "the parent hears nothing of it"
    last = d.decide(complete("of the last"), queue="cd")
    assert last.run != made.run
    parent.wait("ChildWorkflowExecutionCompleted")
    end = parent.last("ChildWorkflowExecutionCompleted")
    assert end["result"] == "of the last" and end["workflowExecution"]["workflowId"] == "child"
    assert attributes(last.history()[0])["parentWorkflowExecution"] == parent.names


def test_a_parent_s_end_leaves_its_child_alone_and_the_child_its_parent(domain):
    d = domain()
    parent = d.start("parent")
    made = started_child(d, parent)
    d.decide(complete())
    length = len(parent.history())
    assert made.status() == "OPEN"
    d.decide(complete(), queue="cd")
    assert made.status() == "COMPLETED" and len(parent.history()) == length


def test_the_same_child_can_be_started_again_when_it_has_ended(domain):
    d = domain()
    parent = d.start("parent")
    started_child(d, parent)
    d.decide(child())
    parent.wait("StartChildWorkflowExecutionFailed")
    assert parent.last("StartChildWorkflowExecutionFailed")["cause"] == "WORKFLOW_ALREADY_RUNNING"
    d.decide(complete(), queue="cd")
    parent.wait("ChildWorkflowExecutionCompleted")
    d.decide(child())
    parent.wait("ChildWorkflowExecutionStarted", 2)


def test_ten_children_at_once(domain):
    d = domain()
    parent = d.start("parent")
    d.decide(*(child(f"c{n}") for n in range(10)))
    parent.wait("ChildWorkflowExecutionStarted", 10)
    for _ in range(10):
        d.decide(complete(), queue="cd")
    events = parent.wait("ChildWorkflowExecutionCompleted", 10)
    assert types(events).count("DecisionTaskScheduled") == 2


# --- signals


def test_a_workflow_signals_another(domain):
    d = domain()
    source, target = d.start("source"), d.start("target", taskList={"name": "t"})
    d.decide(signal_other("target", "hello", input="i", control="c"))
    source.wait("ExternalWorkflowExecutionSignaled")
    events = source.history()
    assert attributes(events[4]) == {"workflowId": "target", "signalName": "hello", "input": "i", "control": "c", "decisionTaskCompletedEventId": 4}
    signaled = source.last("ExternalWorkflowExecutionSignaled")
    assert signaled == {"workflowExecution": target.names, "initiatedEventId": 5}
    arrived = target.last("WorkflowExecutionSignaled")
    assert arrived == {"signalName": "hello", "input": "i", "externalWorkflowExecution": source.names, "externalInitiatedEventId": 5}
    assert types(target.history()) == ["WorkflowExecutionStarted", "DecisionTaskScheduled", "WorkflowExecutionSignaled"]


def test_a_workflow_signals_itself(domain):
    d = domain()
    execution = d.start()
    d.decide(signal_other("w", "again"))
    execution.wait("ExternalWorkflowExecutionSignaled")
    assert {"WorkflowExecutionSignaled", "SignalExternalWorkflowExecutionInitiated"} <= set(execution.types())
    assert execution.types().count("DecisionTaskScheduled") == 2
    d.decide(complete())


def test_a_workflow_asks_another_to_cancel(domain):
    d = domain()
    source, target = d.start("source"), d.start("target", taskList={"name": "t"})
    d.decide(cancel_other("target", control="c"))
    source.wait("ExternalWorkflowExecutionCancelRequested")
    assert source.last("ExternalWorkflowExecutionCancelRequested") == {"workflowExecution": target.names, "initiatedEventId": 5}
    asked = target.last("WorkflowExecutionCancelRequested")
    assert asked == {"externalWorkflowExecution": source.names, "externalInitiatedEventId": 5}
    assert target.describe()["executionInfo"]["cancelRequested"] is True
    d.decide(complete())
    assert source.types() == [
        "WorkflowExecutionStarted", "DecisionTaskScheduled", "DecisionTaskStarted", "DecisionTaskCompleted",
        "RequestCancelExternalWorkflowExecutionInitiated", "ExternalWorkflowExecutionCancelRequested", "DecisionTaskScheduled",
        "DecisionTaskStarted", "DecisionTaskCompleted", "WorkflowExecutionCompleted"]


def test_a_workflow_asks_itself_to_cancel(domain):
    d = domain()
    execution = d.start()
    d.decide(cancel_other("w"))
    execution.wait("WorkflowExecutionCancelRequested")
    d.decide(cancel())
    assert execution.status() == "CANCELED"


@pytest.mark.parametrize("make, event", [(signal_other, "SignalExternalWorkflowExecutionFailed"), (cancel_other, "RequestCancelExternalWorkflowExecutionFailed")])
@pytest.mark.parametrize("target", ["closed", "another run"])
def test_what_goes_to_a_run_that_is_not_open_fails(make, event, target, domain):
    d = domain()
    closed = d.start("target", taskList={"name": "t"})
    d.decide(complete(), queue="t")
    if target == "another run":
        d.start("target", taskList={"name": "t"})
    source = d.start("source")
    d.decide(make("target", **({"runId": closed.run} if target == "another run" else {})))
    source.wait(event)
    failed = source.last(event)
    assert failed["cause"] == "UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION" and failed["initiatedEventId"] == 5
    assert failed.get("runId", "") == (closed.run if target == "another run" else "")


def test_the_run_may_be_named(domain):
    d = domain()
    source, target = d.start("source"), d.start("target", taskList={"name": "t"})
    d.decide(signal_other("target", runId=target.run))
    source.wait("ExternalWorkflowExecutionSignaled")


def test_other_domains_are_out_of_reach(domain):
    d = domain()
    other = domain(creds=d.creds, name="other")
    other.start("target")
    source = d.start("source")
    d.decide(signal_other("target"))
    source.wait("SignalExternalWorkflowExecutionFailed")


# --- from outside


def test_a_signal_from_outside_names_no_workflow(domain):
    d = domain()
    execution = d.start()
    execution.signal("with", input="i")
    execution.signal("without")
    assert execution.history()[2]["workflowExecutionSignaledEventAttributes"] == {"signalName": "with", "input": "i", "externalInitiatedEventId": 0}
    assert execution.last("WorkflowExecutionSignaled") == {"signalName": "without", "externalInitiatedEventId": 0}


def test_each_cancel_request_from_outside_is_an_event(domain):
    d = domain()
    execution = d.start()
    assert execution.describe()["executionInfo"]["cancelRequested"] is False
    execution.cancel()
    execution.cancel()
    assert execution.types().count("WorkflowExecutionCancelRequested") == 2
    assert execution.last("WorkflowExecutionCancelRequested") == {"externalInitiatedEventId": 0}
    assert execution.describe()["executionInfo"]["cancelRequested"] is True


def test_without_a_run_the_open_one_is_meant(domain):
    d = domain()
    first = d.start()
    d.decide(complete())
    for call in ("signal", "request_cancel", "terminate"):
        more = {"signalName": "s"} if call == "signal" else {}
        operation = {"signal": "signal_workflow_execution"}.get(call, f"{call}_workflow_execution")
        refused("UnknownResourceFault", "Unknown execution, workflowId = w", d.call, operation=operation, workflowId="w", **more)
        refused("UnknownResourceFault", f"Unknown execution: WorkflowExecution=[workflowId=w, runId={first.run}]", d.call, operation=operation,
                workflowId="w", runId=first.run, **more)
    second = d.start()
    d.call("signal_workflow_execution", workflowId="w", signalName="s")
    assert second.types()[-1] == "WorkflowExecutionSignaled"
