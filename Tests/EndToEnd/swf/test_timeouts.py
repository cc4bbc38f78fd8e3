"""Timeouts of activities, decisions and executions, on a clock that is moved."""

import datetime
import time

import pytest
import requests

from harness import Server
from harness.events import within
from swf.conftest import StillServer
from swf.helpers import attributes, cancel_timer, child, complete, go_on, refused, schedule, timer, types

LIMITS = {"SCHEDULE_TO_START": "scheduleToStartTimeout", "START_TO_CLOSE": "startToCloseTimeout", "SCHEDULE_TO_CLOSE": "scheduleToCloseTimeout",
          "HEARTBEAT": "heartbeatTimeout"}


def timed_out(execution, event="ActivityTaskTimedOut"):
    return types(execution.history()).count(event)


@pytest.mark.parametrize("kind", LIMITS)
def test_an_activity_times_out(kind, domain, still):
    d = domain(at=still)
    execution = d.start()
    d.decide(schedule(**{LIMITS[kind]: "40"}))
    task = None if kind == "SCHEDULE_TO_START" else d.activity_task()
    still.advance(39)
    assert timed_out(execution) == 0
    still.advance(1)
    events = execution.wait("ActivityTaskTimedOut")
    end = next(event for event in events if event["eventType"] == "ActivityTaskTimedOut")
    assert attributes(end) == {"timeoutType": kind, "scheduledEventId": 5, "startedEventId": 6 if task else 0}
    assert types(events)[-1] == "DecisionTaskScheduled"
    scheduled = events[4]["eventTimestamp"]
    assert end["eventTimestamp"] - scheduled >= datetime.timedelta(seconds=40)
    if task:
        for call in ("respond_activity_task_completed", "respond_activity_task_failed", "record_activity_task_heartbeat"):
            refused("UnknownResourceFault", "Unknown activity, scheduledEventId = 5", getattr(d.swf, call), taskToken=task.token)
    assert d.pending_activities() == 0
    # The id is free again.
    d.decide(schedule())
    assert execution.types()[-1] == "ActivityTaskScheduled"


@pytest.mark.parametrize("settings, started, winner, at", [
    ({"scheduleToStartTimeout": "10", "scheduleToCloseTimeout": "20"}, False, "SCHEDULE_TO_START", 10),
    ({"scheduleToStartTimeout": "30", "scheduleToCloseTimeout": "20"}, False, "SCHEDULE_TO_CLOSE", 20),
    ({"startToCloseTimeout": "10", "scheduleToCloseTimeout": "30"}, True, "START_TO_CLOSE", 10),
    ({"startToCloseTimeout": "40", "scheduleToCloseTimeout": "30"}, True, "SCHEDULE_TO_CLOSE", 30),
    ({"startToCloseTimeout": "40", "heartbeatTimeout": "15"}, True, "HEARTBEAT", 15),
    ({"scheduleToStartTimeout": "10", "startToCloseTimeout": "25"}, True, "START_TO_CLOSE", 25),
])
def test_the_first_to_expire_wins_and_is_the_only_one(settings, started, winner, at, domain, still):
    d = domain(at=still)
    execution = d.start()
    d.decide(schedule(**settings))
    if started:
        d.activity_task()
    still.advance(at - 1)
    assert timed_out(execution) == 0
    still.advance(1)
    execution.wait("ActivityTaskTimedOut")
    still.advance(100)
    assert timed_out(execution) == 1 and execution.last("ActivityTaskTimedOut")["timeoutType"] == winner


def test_a_time_to_start_counts_from_the_scheduling_and_a_time_to_close_from_the_start(domain, still):
    d = domain(at=still)
    execution = d.start()
    d.decide(schedule(startToCloseTimeout="20", scheduleToStartTimeout="100"))
    still.advance(90)
    task = d.activity_task()
    still.advance(19)
    assert timed_out(execution) == 0
    task.complete()
    still.advance(100)
    assert timed_out(execution) == 0


def test_none_is_for_ever(domain, still):
    d = domain(at=still)
    execution = d.start(executionStartToCloseTimeout="31536000")
    d.decide(schedule())
    assert {name: execution.last("ActivityTaskScheduled")[name] for name in LIMITS.values()} == dict.fromkeys(LIMITS.values(), "NONE")
    still.advance(86400 * 200)
    d.activity_task()
    still.advance(86400 * 100)
    assert timed_out(execution) == 0


def test_a_heartbeat_starts_the_time_anew_and_leaves_its_details(domain, still):
    d = domain(at=still)
    execution = d.start()
    d.decide(schedule(heartbeatTimeout="10", startToCloseTimeout="100"))
    task = d.activity_task()
    for number in range(5):
        still.advance(8)
        assert task.beat(f"{number} of 5") is False
    length = len(execution.history())
    assert timed_out(execution) == 0 and length == 6, "a heartbeat is no event"
    still.advance(10)
    execution.wait("ActivityTaskTimedOut")
    assert execution.last("ActivityTaskTimedOut") == {"timeoutType": "HEARTBEAT", "scheduledEventId": 5, "startedEventId": 6, "details": "4 of 5"}


def test_a_heartbeat_does_not_stretch_the_whole_time(domain, still):
    d = domain(at=still)
    execution = d.start()
    d.decide(schedule(heartbeatTimeout="10", startToCloseTimeout="30"))
    task = d.activity_task()
    for _ in range(3):
        still.advance(9)
        task.beat()
    still.advance(3)
    execution.wait("ActivityTaskTimedOut")
    assert execution.last("ActivityTaskTimedOut")["timeoutType"] == "START_TO_CLOSE"


def test_the_defaults_of_the_type_count_unless_overridden(domain, still):
    d = domain(at=still)
    d.activity_type("b", defaultTaskStartToCloseTimeout="10", defaultTaskList={"name": "b"}, defaultTaskPriority="5")
    execution = d.start()
    d.decide(schedule("one", activityType={"name": "b", "version": "1"}),
             schedule("two", activityType={"name": "b", "version": "1"}, startToCloseTimeout="20", taskPriority="-5"))
    scheduled = [attributes(event) for event in execution.history() if event["eventType"] == "ActivityTaskScheduled"]
    assert [each["startToCloseTimeout"] for each in scheduled] == ["10", "20"]
    assert [each["taskPriority"] for each in scheduled] == ["5", "-5"]
    d.activity_task("b"), d.activity_task("b")
    still.advance(10)
    execution.wait("ActivityTaskTimedOut")
    assert timed_out(execution) == 1
    still.advance(10)
    execution.wait("ActivityTaskTimedOut", 2)


# --- timers


def test_a_timer_fires_at_its_time(domain, still):
    d = domain(at=still)
    execution = d.start()
    d.decide(timer("t", 100, control="c"), timer("never", 200))
    started = execution.last("TimerStarted")
    assert started["startToFireTimeout"] == "200"
    still.advance(99)
    assert timed_out(execution, "TimerFired") == 0
    still.advance(1)
    execution.wait("TimerFired")
    assert execution.last("TimerFired") == {"timerId": "t", "startedEventId": 5}
    d.decide(cancel_timer("never"))
    assert execution.last("TimerCanceled") == {"timerId": "never", "startedEventId": 6, "decisionTaskCompletedEventId": 10}
    still.advance(1000)
    assert timed_out(execution, "TimerFired") == 1


def test_a_timer_of_zero_wakes_the_decider_again(domain):
    d = domain()
    execution = d.start()
    d.decide(timer("wake up", 0))
    execution.wait("TimerFired")
    task = d.decision_task()
    assert types(task.events)[-3:] == ["TimerFired", "DecisionTaskScheduled", "DecisionTaskStarted"]


def test_a_timer_s_id_is_free_when_it_has_fired_or_was_canceled(domain, still):
    d = domain(at=still)
    execution = d.start()
    d.decide(timer("t", 10), cancel_timer("t"), timer("t", 20))
    still.advance(20)
    execution.wait("TimerFired")
    d.decide(timer("t", 30))
    assert execution.types().count("TimerStarted") == 3
    still.advance(10)
    assert timed_out(execution, "TimerFired") == 1
    still.advance(20)
    execution.wait("TimerFired", 2)


def test_timers_fire_in_the_order_of_their_times(domain, still):
    d = domain(at=still)
    execution = d.start()
    d.decide(*(timer(f"t{seconds}", seconds) for seconds in (50, 10, 40, 20, 30)))
    still.advance(60)
    events = execution.wait("TimerFired", 5)
    assert [attributes(event)["timerId"] for event in events if event["eventType"] == "TimerFired"] == ["t10", "t20", "t30", "t40", "t50"]
    assert types(events).count("DecisionTaskScheduled") == 2


# --- decision tasks


def test_a_decision_may_take_its_time_when_that_is_none(domain, still):
    d = domain(at=still)
    execution = d.start(taskStartToCloseTimeout="NONE")
    task = d.decision_task()
    still.advance(80000)
    task.decide(complete())
    assert execution.status() == "COMPLETED"


def test_an_override_of_the_task_list_lasts(domain):
    d = domain()
    execution = d.start()
    d.decide(taskList={"name": "mine"})
    assert execution.last("DecisionTaskCompleted") == {"scheduledEventId": 2, "startedEventId": 3, "taskList": {"name": "mine"}}
    for _ in range(2):
        execution.signal()
        assert (d.pending_decisions(), d.pending_decisions("mine")) == (0, 1)
        d.decide(queue="mine")
    assert execution.last("DecisionTaskScheduled")["taskList"] == {"name": "mine"}


def test_an_override_with_a_timeout_goes_back_when_nobody_comes(domain, still):
    d = domain(at=still)
    execution = d.start()
    d.decide(taskList={"name": "mine"}, taskListScheduleToStartTimeout="10")
    assert execution.last("DecisionTaskCompleted")["taskListScheduleToStartTimeout"] == "10"
    execution.signal()
    scheduled = execution.last("DecisionTaskScheduled")
    assert scheduled["taskList"] == {"name": "mine"} and scheduled["scheduleToStartTimeout"] == "10"
    still.advance(10)
    events = execution.wait("DecisionTaskTimedOut")
    assert types(events)[-2:] == ["DecisionTaskTimedOut", "DecisionTaskScheduled"]
    timeout = attributes(events[-2])
    assert timeout["timeoutType"] == "SCHEDULE_TO_START" and timeout["scheduledEventId"] == 6 and timeout["startedEventId"] == 0
    assert attributes(events[-1])["taskList"] == {"name": "d"} and attributes(events[-1])["scheduleToStartTimeout"] == "NONE"
    assert (d.pending_decisions(), d.pending_decisions("mine")) == (1, 0)
    d.decide(complete())


def test_an_override_goes_back_when_its_decider_takes_too_long(domain, still):
    d = domain(at=still)
    execution = d.start(taskStartToCloseTimeout="30")
    d.decide(taskList={"name": "mine"}, taskListScheduleToStartTimeout="10")
    execution.signal()
    d.decision_task("mine")
    still.advance(30)
    execution.wait("DecisionTaskTimedOut")
    assert execution.last("DecisionTaskScheduled")["taskList"] == {"name": "d"}
    d.decide(complete())


def test_an_override_that_is_met_in_time_stays(domain, still):
    d = domain(at=still)
    execution = d.start()
    d.decide(taskList={"name": "mine"}, taskListScheduleToStartTimeout="10")
    for _ in range(3):
        execution.signal()
        still.advance(9)
        d.decide(queue="mine")
    assert timed_out(execution, "DecisionTaskTimedOut") == 0


# --- executions


@pytest.mark.parametrize("policy", ["TERMINATE", "REQUEST_CANCEL", "ABANDON"])
def test_an_execution_times_out(policy, domain, still):
    d = domain(at=still)
    execution = d.start(executionStartToCloseTimeout="100", childPolicy=policy)
    d.decide(schedule(), timer("t", 500))
    task = d.activity_task()
    still.advance(99)
    assert execution.status() == "OPEN"
    still.advance(1)
    execution.wait("WorkflowExecutionTimedOut")
    assert execution.last() == {"timeoutType": "START_TO_CLOSE", "childPolicy": policy}
    assert execution.status() == "TIMED_OUT"
    refused("UnknownResourceFault", f"Unknown execution: WorkflowExecution=[workflowId=w, runId={execution.run}]",
            d.swf.respond_activity_task_completed, taskToken=task.token)
    still.advance(1000)


def test_a_decision_task_of_an_execution_that_timed_out_is_gone(domain, still):
    d = domain(at=still)
    execution = d.start(executionStartToCloseTimeout="100", taskStartToCloseTimeout="NONE")
    task = d.decision_task()
    execution.signal()
    still.advance(100)
    execution.wait("WorkflowExecutionTimedOut")
    assert d.pending_decisions() == 0
    refused("UnknownResourceFault", None, task.decide)


@pytest.mark.parametrize("how", ["time out", "be terminated"])
@pytest.mark.parametrize("policy", ["TERMINATE", "REQUEST_CANCEL", "ABANDON"])
def test_the_child_policy_is_for_parents_that(how, policy, domain, still):
    """Also of grandchildren, by the child's own policy."""
    d = domain(at=still)
    parent = d.start("parent", executionStartToCloseTimeout="100", childPolicy=policy)
    d.decide(child("child", childPolicy="TERMINATE", executionStartToCloseTimeout="9000", taskList={"name": "c"}))
    parent.wait("ChildWorkflowExecutionStarted")
    of_child = d.decide(child("grandchild", childPolicy="ABANDON", executionStartToCloseTimeout="9000", taskList={"name": "g"}), queue="c")
    of_child.wait("ChildWorkflowExecutionStarted")
    grandchild = d.decide(queue="g")
    if how == "time out":
        still.advance(100)
        parent.wait("WorkflowExecutionTimedOut")
    else:
        parent.terminate(childPolicy=policy)
    if policy == "TERMINATE":
        of_child.wait("WorkflowExecutionTerminated")
        assert of_child.last() == {"childPolicy": "TERMINATE", "cause": "CHILD_POLICY_APPLIED"}
        grandchild.wait("WorkflowExecutionTerminated")
        assert grandchild.last() == {"childPolicy": "ABANDON", "cause": "CHILD_POLICY_APPLIED"}
    elif policy == "REQUEST_CANCEL":
        of_child.wait("WorkflowExecutionCancelRequested")
        assert of_child.last("WorkflowExecutionCancelRequested")["cause"] == "CHILD_POLICY_APPLIED"
        assert of_child.describe()["executionInfo"]["cancelRequested"] is True
        assert grandchild.status() == "OPEN"
    else:
        time.sleep(0.1)
        assert of_child.status() == grandchild.status() == "OPEN"
        assert of_child.types()[-1] == "DecisionTaskScheduled"


def test_an_execution_s_time_may_be_a_year_and_no_more_and_not_none(domain):
    d = domain()
    d.start("year", executionStartToCloseTimeout="31536000")
    for wrong in ("31536001", "NONE", "-1", "x"):
        refused("ValidationException", None, d.start, name="wrong", executionStartToCloseTimeout=wrong)


def test_an_execution_of_no_time_is_over_at_once(domain):
    """AWS: "an integer greater than or equal to 0"."""
    execution = domain().start(executionStartToCloseTimeout="0")
    execution.wait("WorkflowExecutionTimedOut")
    assert execution.status() == "TIMED_OUT"


def test_an_execution_ends_after_a_year_whatever_its_type_says(domain, client, account):
    """AWS: "there is a one-year max limit … Exceeding this limit always causes the workflow execution to time out"."""
    with StillServer(ephemeral=True) as running:
        d = domain(at=running)
        d.workflow_type("long", defaultExecutionStartToCloseTimeout="99999999")
        execution = d.start(workflowType={"name": "long", "version": "1"})
        running.advance(31536000 - 1)
        assert execution.status() == "OPEN"
        running.advance(1)
        execution.wait("WorkflowExecutionTimedOut")


# --- the automatic clock


def test_a_year_of_daily_work_takes_about_a_second(domain, client, account):
    """With the automatic clock time jumps to the next deadline whenever nothing else can happen."""

    def year(running):
        d = domain(at=running, seconds=30)
        execution = d.start(executionStartToCloseTimeout="31536000")
        # However slow the machine is, time waits for whoever has a task in hand; each wait for nobody would take a minute.
        requests.post(running.endpoint + "/_hakoniwa/clock", json={"auto": True, "grace": 60}, timeout=30)
        begun, days = time.monotonic(), 0
        while days < 52:
            d.decide(timer("a week", 7 * 86400))
            days += 1
        d.decide(complete("a year later"))
        took = time.monotonic() - begun
        events = execution.history()
        assert (events[-1]["eventTimestamp"] - events[0]["eventTimestamp"]).days in range(363, 366)
        assert types(events).count("TimerFired") == 52
        assert types(events).count("DecisionTaskTimedOut") == 0
        return took

    def passes():
        with Server(ephemeral=True) as running:
            return year(running)

    within(10, passes)


def test_the_automatic_clock_does_not_jump_over_running_work(domain):
    """An activity that a worker holds, or a decision that a decider holds, takes real time."""
    with Server(ephemeral=True) as running:
        d = domain(at=running, seconds=30)
        execution = d.start()
        requests.post(running.endpoint + "/_hakoniwa/clock", json={"auto": True, "grace": 30}, timeout=30)
        d.decide(schedule(startToCloseTimeout="50"), timer("t", 3600))
        activity = d.activity_task()
        time.sleep(0.5)
        activity.complete("in time")
        task = d.decision_task()
        time.sleep(0.5)
        task.decide(go_on())
        assert "ActivityTaskTimedOut" not in execution.types() and "DecisionTaskTimedOut" not in execution.types()
        assert execution.status() == "CONTINUED_AS_NEW"
        d.decide(complete())


def test_a_decider_keeps_its_workflow_near_and_another_takes_over(domain, still):
    """As AWS Flow does it: its own list with a time to start, and events from the previous decision on; whoever comes later reads all."""
    d = domain(at=still)
    execution = d.start(taskStartToCloseTimeout="60")
    d.decide(schedule(), taskList={"name": "host-1"}, taskListScheduleToStartTimeout="10")
    d.activity_task().complete("1")
    near = d.decision_task("host-1", startAtPreviousStartedEvent=True)
    assert types(near.events)[0] == "DecisionTaskStarted" and near.events[0]["eventId"] == near.answer["previousStartedEventId"] == 3
    near.decide(timer("t", 30), taskList={"name": "host-1"}, taskListScheduleToStartTimeout="10")
    # The host is gone when the timer fires.
    still.advance(30)
    execution.wait("TimerFired")
    still.advance(10)
    execution.wait("DecisionTaskTimedOut")
    other = d.decision_task("d")
    assert types(other.events)[0] == "WorkflowExecutionStarted" and "TimerFired" in types(other.events)
    other.decide(complete())
    assert execution.status() == "COMPLETED"
