"""When a decision task is scheduled: at once, one at most, and handed out when the running one has ended."""

import pytest

from swf.helpers import (attributes, call_lambda, cancel, cancel_activity, cancel_other, cancel_timer, child, complete, fail, links, marker, refused,
                         schedule, signal_other, timer, types)


def scheduled(events):
    return types(events).count("DecisionTaskScheduled")


# Trigger: (how to prepare n of them, how to make them happen, the event they make).
# `prepare(domain, execution, n)` gives decisions for the first task, `fire(…)` one call for each trigger.


class Trigger:
    event = None

    def decisions(self, n):
        return []

    def ready(self, domain, execution, still, n):
        """After the first decision; answers with n calls."""
        raise NotImplementedError


class Signal(Trigger):
    event = "WorkflowExecutionSignaled"

    def ready(self, domain, execution, still, n):
        return [lambda: execution.signal("extra")] * n


class CancelRequest(Trigger):
    event = "WorkflowExecutionCancelRequested"

    def ready(self, domain, execution, still, n):
        return [execution.cancel] * n


class Activity(Trigger):
    def __init__(self, how):
        self.how, self.event = how, {"complete": "ActivityTaskCompleted", "fail": "ActivityTaskFailed", "cancel": "ActivityTaskCanceled"}[how]

    def decisions(self, n):
        return [schedule(f"a{i}") for i in range(n)]

    def ready(self, domain, execution, still, n):
        tasks = [domain.activity_task() for _ in range(n)]
        if self.how == "cancel":
            execution.signal("prime")
            domain.decide(*(cancel_activity(task.id) for task in tasks))
        return [getattr(task, self.how) for task in tasks]


class ActivityTimeout(Trigger):
    event = "ActivityTaskTimedOut"

    def decisions(self, n):
        return [schedule(f"a{i}", startToCloseTimeout=str(10 * i + 10)) for i in range(n)]

    def ready(self, domain, execution, still, n):
        for _ in range(n):
            domain.activity_task()
        return [lambda i=i: (still.advance(10), execution.wait(self.event, i)) for i in range(1, n + 1)]


class Timer(Trigger):
    event = "TimerFired"

    def decisions(self, n):
        return [timer(f"t{i}", 10 * i + 10) for i in range(n)]

    def ready(self, domain, execution, still, n):
        return [lambda i=i: (still.advance(10), execution.wait(self.event, i)) for i in range(1, n + 1)]


class Child(Trigger):
    def __init__(self, event):
        self.event = event

    def decisions(self, n):
        return [child(f"child{i}", taskList={"name": f"c{i}"}, executionStartToCloseTimeout="1000") for i in range(n)]

    def ready(self, domain, execution, still, n):
        execution.wait("ChildWorkflowExecutionStarted", n)
        while domain.pending_decisions():
            domain.decide()

        def call(i):
            if self.event.endswith("Terminated"):
                domain.call("terminate_workflow_execution", workflowId=f"child{i}")
            else:
                how = {"Completed": complete("r"), "Failed": fail(), "Canceled": cancel()}[self.event.removeprefix("ChildWorkflowExecution")]
                domain.decide(how, queue=f"c{i}")
            execution.wait(self.event, i + 1)

        return [lambda i=i: call(i) for i in range(n)]


class ChildTimeouts(Trigger):
    event = "ChildWorkflowExecutionTimedOut"

    def decisions(self, n):
        return [child(f"child{i}", taskList={"name": f"c{i}"}, executionStartToCloseTimeout=str(10 * i + 10)) for i in range(n)]

    def ready(self, domain, execution, still, n):
        execution.wait("ChildWorkflowExecutionStarted", n)
        while domain.pending_decisions():
            domain.decide()
        return [lambda i=i: (still.advance(10), execution.wait(self.event, i)) for i in range(1, n + 1)]


TRIGGERS = {
    "a signal": Signal(), "a cancel request": CancelRequest(), "an activity's completion": Activity("complete"),
    "an activity's failure": Activity("fail"), "an activity's cancellation": Activity("cancel"), "an activity's timeout": ActivityTimeout(),
    "a timer": Timer(), "a child's timeout": ChildTimeouts(),
    **{f"a child's end: {how}": Child(f"ChildWorkflowExecution{how}") for how in ("Completed", "Failed", "Canceled", "Terminated")},
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("state", ["idle", "scheduled", "started"])
@pytest.mark.parametrize("trigger", TRIGGERS)
def test_what_changes_an_execution_schedules_a_decision_once(trigger, state, count, domain, still):
    trigger, d = TRIGGERS[trigger], domain(at=still)
    execution = d.start(taskStartToCloseTimeout="NONE")
    d.decide(*trigger.decisions(count))
    calls = trigger.ready(d, execution, still, count)
    assert d.pending_decisions() == 0
    task = None
    if state != "idle":
        execution.signal("prime")
    if state == "started":
        task = d.decision_task()
    before = execution.history()
    for call in calls:
        call()
    events = execution.history()
    new = events[len(before):]
    assert types(new).count(trigger.event) == count
    assert scheduled(new) == (0 if state == "scheduled" else 1), types(new)
    if state != "scheduled":
        assert types(new)[:2] == [trigger.event, "DecisionTaskScheduled"]
        assert new[0]["eventTimestamp"] == new[1]["eventTimestamp"]
    if task:
        # It is handed out when the running one is answered, and not before.
        parked = d.parked_decision_poll()
        assert parked.is_waiting
        task.decide(marker("between"))
        answer = parked.result().answer
        kinds = types(execution.history())
        assert kinds[-3:] == ["DecisionTaskCompleted", "MarkerRecorded", "DecisionTaskStarted"]
        assert answer["startedEventId"] == len(kinds)
        assert answer["previousStartedEventId"] == task.answer["startedEventId"]


def test_a_start_schedules_the_first_decision_at_the_same_time(domain):
    execution = domain().start()
    events = execution.history()
    assert types(events) == ["WorkflowExecutionStarted", "DecisionTaskScheduled"]
    assert events[0]["eventTimestamp"] == events[1]["eventTimestamp"]
    assert attributes(events[0])["parentInitiatedEventId"] == 0


@pytest.mark.parametrize("decisions", [[], [marker()], [timer()], [schedule()], [timer(), cancel_timer()]], ids=["none", "marker", "timer", "activity", "canceled timer"])
def test_what_a_decider_does_itself_schedules_no_decision(decisions, domain):
    d = domain()
    execution = d.start()
    d.decide(*decisions)
    assert scheduled(execution.history()) == 1 and d.pending_decisions() == 0
    if any(each["decisionType"] == "ScheduleActivityTask" for each in decisions):
        task = d.activity_task()
        assert task.beat() is False
        assert scheduled(execution.history()) == 1


FAILING = {
    "RequestCancelActivityTaskFailed": cancel_activity("nobody"), "CancelTimerFailed": cancel_timer("nobody"),
    "ScheduleActivityTaskFailed": schedule(activityType={"name": "no", "version": "1"}),
    "StartChildWorkflowExecutionFailed": child(workflowType={"name": "no", "version": "1"}),
    "SignalExternalWorkflowExecutionFailed": signal_other("nobody"),
    "RequestCancelExternalWorkflowExecutionFailed": cancel_other("nobody"),
}


@pytest.mark.parametrize("event", FAILING)
@pytest.mark.parametrize("count", [1, 3])
def test_a_decision_that_fails_wakes_the_decider_once(event, count, domain):
    d = domain()
    execution = d.start()
    d.decide(*[FAILING[event]] * count)
    events = execution.wait(event, count)
    assert scheduled(events) == 2 and d.pending_decisions() == 1
    assert d.decision_task().answer["previousStartedEventId"] == 3


def test_a_failed_timer_decision_wakes_the_decider(domain):
    d = domain()
    execution = d.start()
    d.decide(timer("t"), timer("t"))
    assert execution.last("StartTimerFailed")["cause"] == "TIMER_ID_ALREADY_IN_USE"
    assert d.pending_decisions() == 1


def test_a_failed_cancel_request_of_an_activity_makes_fifteen_events(domain):
    """As recorded by botoflow's integration test."""
    d = domain()
    execution = d.start()
    d.decide(schedule())
    d.activity_task().complete("1")
    d.decide(cancel_activity("a1"))
    d.decide(complete())
    assert types(execution.history()) == [
        "WorkflowExecutionStarted", "DecisionTaskScheduled", "DecisionTaskStarted", "DecisionTaskCompleted", "ActivityTaskScheduled",
        "ActivityTaskStarted", "ActivityTaskCompleted", "DecisionTaskScheduled", "DecisionTaskStarted", "DecisionTaskCompleted",
        "RequestCancelActivityTaskFailed", "DecisionTaskScheduled", "DecisionTaskStarted", "DecisionTaskCompleted", "WorkflowExecutionCompleted"]


def test_canceling_an_activity_that_nobody_took_makes_sixteen_events(domain):
    d = domain()
    execution = d.start()
    d.decide(schedule(), timer("t", 0))
    execution.wait("TimerFired")
    d.decide(cancel_activity("a1"))
    d.decide(complete())
    assert types(execution.history()) == [
        "WorkflowExecutionStarted", "DecisionTaskScheduled", "DecisionTaskStarted", "DecisionTaskCompleted", "ActivityTaskScheduled",
        "TimerStarted", "TimerFired", "DecisionTaskScheduled", "DecisionTaskStarted", "DecisionTaskCompleted",
        "ActivityTaskCancelRequested", "ActivityTaskCanceled", "DecisionTaskScheduled", "DecisionTaskStarted", "DecisionTaskCompleted",
        "WorkflowExecutionCompleted"]
    canceled = execution.last("ActivityTaskCanceled")
    assert canceled["startedEventId"] == 0 and canceled["latestCancelRequestedEventId"] == 11


def test_a_failed_cancel_request_of_another_workflow_makes_ten_events(domain):
    d = domain()
    execution = d.start()
    d.decide(cancel_other("nobody"))
    execution.wait("RequestCancelExternalWorkflowExecutionFailed")
    d.decide(complete())
    kinds = types(execution.history())
    assert kinds[4:6] == ["RequestCancelExternalWorkflowExecutionInitiated", "RequestCancelExternalWorkflowExecutionFailed"] and len(kinds) == 10


def test_a_running_decision_that_times_out_gives_way_to_the_queued_one(domain, still):
    d = domain(at=still)
    execution = d.start(taskStartToCloseTimeout="30")
    task = d.decision_task()
    execution.signal()
    still.advance(30)
    events = execution.wait("DecisionTaskTimedOut")
    assert types(events) == ["WorkflowExecutionStarted", "DecisionTaskScheduled", "DecisionTaskStarted", "WorkflowExecutionSignaled",
                             "DecisionTaskScheduled", "DecisionTaskTimedOut"]
    assert attributes(events[-1]) == {"timeoutType": "START_TO_CLOSE", "scheduledEventId": 2, "startedEventId": 3}
    second = d.decision_task()
    assert second.answer["startedEventId"] == 7 and second.answer["previousStartedEventId"] == 0, "nobody answered the first"
    with pytest.raises(d.swf.exceptions.UnknownResourceFault):
        task.decide()
    second.decide(complete())


def test_a_decision_that_times_out_with_nothing_queued_is_scheduled_again(domain, still):
    d = domain(at=still)
    execution = d.start(taskStartToCloseTimeout="30")
    d.decision_task()
    still.advance(30)
    events = execution.wait("DecisionTaskTimedOut")
    assert types(events)[-2:] == ["DecisionTaskTimedOut", "DecisionTaskScheduled"]
    d.decide(complete())


def test_several_changes_during_a_decision_are_seen_by_one_next_decision(domain):
    d = domain()
    execution = d.start()
    task = d.decision_task()
    for number in range(5):
        execution.signal(f"s{number}")
    task.decide()
    following = d.decision_task()
    assert types(following.events).count("WorkflowExecutionSignaled") == 5
    following.decide(complete())


def test_all_events_of_a_decision_carry_its_time(domain):
    d = domain()
    execution = d.start()
    d.decide(marker(), schedule(), timer(), marker("n"), timer("t2"))
    events = execution.history()[3:]
    assert types(events) == ["DecisionTaskCompleted", "MarkerRecorded", "ActivityTaskScheduled", "TimerStarted", "MarkerRecorded", "TimerStarted"]
    assert len({event["eventTimestamp"] for event in events}) == 1


def test_a_lambda_function_without_a_role_fails_and_wakes_the_decider(domain):
    d = domain()
    execution = d.start()
    d.decide(call_lambda(input="i", control="c"))
    events = execution.history()
    assert types(events)[4:] == ["LambdaFunctionScheduled", "StartLambdaFunctionFailed", "DecisionTaskScheduled"]
    assert attributes(events[4]) == {"id": "l1", "name": "f", "input": "i", "control": "c", "startToCloseTimeout": "900", "decisionTaskCompletedEventId": 4}
    failed = attributes(events[5])
    assert failed.pop("message") and failed == {"scheduledEventId": 5, "cause": "ASSUME_ROLE_FAILED"}
    assert execution.open_counts()["openLambdaFunctions"] == 0
    d.decide(complete())


def test_a_lambda_function_that_is_not_there_starts_and_fails(domain):
    d = domain()
    execution = d.start(lambdaRole="arn:aws:iam::000000000000:role/lambda")
    # The id may be used again, as recorded from AWS.
    d.decide(call_lambda(startToCloseTimeout="30"), call_lambda())
    events = execution.history()
    assert types(events)[4:] == ["LambdaFunctionScheduled", "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionFailed", "DecisionTaskScheduled",
                                 "LambdaFunctionStarted", "LambdaFunctionFailed"]
    assert attributes(events[4])["startToCloseTimeout"] == "30"
    assert [links(event) for event in events[6:8]] == [{"scheduledEventId": 5}, {"scheduledEventId": 5, "startedEventId": 7}]
    assert attributes(events[7])["reason"] == "ResourceNotFoundException"


@pytest.mark.parametrize("seconds", ["0", "901", "NONE", "x"])
def test_a_lambda_function_takes_a_quarter_of_an_hour_at_most(seconds, domain):
    d = domain()
    execution = d.start()
    task = d.decision_task()
    path = "decisions.1.member.scheduleLambdaFunctionDecisionAttributes.startToCloseTimeout"
    refused("ValidationException", lambda message: f"'{seconds}' at '{path}'" in message, d.swf.respond_decision_task_completed,
            taskToken=task.token, decisions=[call_lambda(startToCloseTimeout=seconds)])
    assert execution.types()[-1] == "DecisionTaskStarted"


def test_an_unknown_decision_type_is_refused_whole(domain):
    d = domain()
    execution = d.start()
    task = d.decision_task()
    with pytest.raises(d.swf.exceptions.ClientError):
        d.swf.respond_decision_task_completed(taskToken=task.token, decisions=[marker(), {"decisionType": "DoWhatIMean"}])
    assert execution.types()[-1] == "DecisionTaskStarted"
    task.decide(complete())
