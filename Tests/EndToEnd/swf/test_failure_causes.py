"""Every decision that can fail, and every cause it can fail of."""

import pytest

from swf.helpers import (ACTIVITY_DEFAULTS, WORKFLOW_DEFAULTS, cancel, cancel_activity, cancel_other, cancel_timer, child, complete, decision, fail,
                         go_on, marker, schedule, signal_other, timer)

OTHER = {"name": "other", "version": "1"}
ACTIVITY_SETTING = {"defaultTaskList": "taskList", "defaultTaskScheduleToStartTimeout": "scheduleToStartTimeout",
                    "defaultTaskScheduleToCloseTimeout": "scheduleToCloseTimeout", "defaultTaskStartToCloseTimeout": "startToCloseTimeout",
                    "defaultTaskHeartbeatTimeout": "heartbeatTimeout"}
ACTIVITY_CAUSE = {"defaultTaskList": "DEFAULT_TASK_LIST_UNDEFINED", "defaultTaskScheduleToStartTimeout": "DEFAULT_SCHEDULE_TO_START_TIMEOUT_UNDEFINED",
                  "defaultTaskScheduleToCloseTimeout": "DEFAULT_SCHEDULE_TO_CLOSE_TIMEOUT_UNDEFINED",
                  "defaultTaskStartToCloseTimeout": "DEFAULT_START_TO_CLOSE_TIMEOUT_UNDEFINED",
                  "defaultTaskHeartbeatTimeout": "DEFAULT_HEARTBEAT_TIMEOUT_UNDEFINED"}
WORKFLOW_SETTING = {"defaultTaskList": "taskList", "defaultTaskStartToCloseTimeout": "taskStartToCloseTimeout",
                    "defaultExecutionStartToCloseTimeout": "executionStartToCloseTimeout", "defaultChildPolicy": "childPolicy"}
WORKFLOW_CAUSE = {"defaultTaskList": "DEFAULT_TASK_LIST_UNDEFINED", "defaultTaskStartToCloseTimeout": "DEFAULT_TASK_START_TO_CLOSE_TIMEOUT_UNDEFINED",
                  "defaultExecutionStartToCloseTimeout": "DEFAULT_EXECUTION_START_TO_CLOSE_TIMEOUT_UNDEFINED",
                  "defaultChildPolicy": "DEFAULT_CHILD_POLICY_UNDEFINED"}


def cause_of(d, decision, event, prepare=(), **start):
    execution = d.start(**start)
    d.decide(*prepare, decision)
    execution.wait(event)
    execution.wait("DecisionTaskScheduled", 2)
    return execution.last(event)


# --- activities


def test_an_activity_of_no_type(domain):
    failed = cause_of(domain(), schedule(activityType={"name": "no", "version": "1"}), "ScheduleActivityTaskFailed")
    assert failed == {"activityType": {"name": "no", "version": "1"}, "activityId": "a1", "cause": "ACTIVITY_TYPE_DOES_NOT_EXIST",
                      "decisionTaskCompletedEventId": 4}


def test_an_activity_of_a_deprecated_type(domain):
    d = domain()
    d.call("deprecate_activity_type", activityType={"name": "a", "version": "1"})
    assert cause_of(d, schedule(), "ScheduleActivityTaskFailed")["cause"] == "ACTIVITY_TYPE_DEPRECATED"


def test_an_activity_s_id_in_use(domain):
    d = domain()
    assert cause_of(d, schedule(), "ScheduleActivityTaskFailed", [schedule()])["cause"] == "ACTIVITY_ID_ALREADY_IN_USE"
    # Only open ones are in the way.
    d.activity_task().complete()
    execution = d.decide(schedule())
    assert execution.types()[-1] == "ActivityTaskScheduled"


@pytest.mark.parametrize("missing", ACTIVITY_DEFAULTS)
def test_an_activity_s_setting_that_nobody_gave(missing, domain):
    d = domain()
    d.activity_type("other", without=[missing])
    failed = cause_of(d, schedule(activityType=OTHER), "ScheduleActivityTaskFailed")
    assert failed["cause"] == ACTIVITY_CAUSE[missing]
    # The decision can give it itself.
    setting = {"name": "x"} if missing == "defaultTaskList" else "77"
    execution = d.decide(schedule(activityType=OTHER, **{ACTIVITY_SETTING[missing]: setting}))
    assert execution.last("ActivityTaskScheduled")[ACTIVITY_SETTING[missing]] == setting


def test_the_causes_of_an_activity_come_in_order(domain):
    d = domain()
    d.activity_type("other", without=list(ACTIVITY_DEFAULTS))
    given, order = {}, ["defaultTaskList", "defaultTaskScheduleToStartTimeout", "defaultTaskScheduleToCloseTimeout",
                        "defaultTaskStartToCloseTimeout", "defaultTaskHeartbeatTimeout"]
    execution = d.start()
    for missing in order:
        d.decide(schedule(activityType=OTHER, **given))
        assert execution.last("ScheduleActivityTaskFailed")["cause"] == ACTIVITY_CAUSE[missing]
        given[ACTIVITY_SETTING[missing]] = {"name": "x"} if missing == "defaultTaskList" else "77"
    d.decide(schedule(activityType=OTHER, **given))
    assert execution.types()[-1] == "ActivityTaskScheduled"


def test_canceling_an_activity_that_is_not_open(domain):
    failed = cause_of(domain(), cancel_activity("nobody"), "RequestCancelActivityTaskFailed")
    assert failed == {"activityId": "nobody", "cause": "ACTIVITY_ID_UNKNOWN", "decisionTaskCompletedEventId": 4}


# --- timers


def test_a_timer_s_id_in_use(domain):
    failed = cause_of(domain(), timer("t"), "StartTimerFailed", [timer("t")])
    assert failed == {"timerId": "t", "cause": "TIMER_ID_ALREADY_IN_USE", "decisionTaskCompletedEventId": 4}


def test_canceling_a_timer_that_is_not_open(domain):
    failed = cause_of(domain(), cancel_timer("nobody"), "CancelTimerFailed")
    assert failed == {"timerId": "nobody", "cause": "TIMER_ID_UNKNOWN", "decisionTaskCompletedEventId": 4}


# --- other workflows


def test_signaling_a_workflow_that_is_not_there(domain):
    failed = cause_of(domain(), signal_other("nobody", control="c"), "SignalExternalWorkflowExecutionFailed")
    assert failed["cause"] == "UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION" and failed["workflowId"] == "nobody"
    assert failed["initiatedEventId"] == 5


def test_canceling_a_workflow_that_is_not_there(domain):
    failed = cause_of(domain(), cancel_other("nobody"), "RequestCancelExternalWorkflowExecutionFailed")
    assert failed["cause"] == "UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION" and failed["initiatedEventId"] == 5


# --- children


def test_a_child_of_no_type(domain):
    failed = cause_of(domain(), child(workflowType={"name": "no", "version": "1"}), "StartChildWorkflowExecutionFailed")
    assert failed["cause"] == "WORKFLOW_TYPE_DOES_NOT_EXIST" and failed["initiatedEventId"] == 0 and failed["workflowId"] == "child"


def test_a_child_of_a_deprecated_type(domain):
    d = domain()
    d.workflow_type("other")
    d.call("deprecate_workflow_type", workflowType=OTHER)
    assert cause_of(d, child(workflowType=OTHER), "StartChildWorkflowExecutionFailed")["cause"] == "WORKFLOW_TYPE_DEPRECATED"


def test_a_child_that_is_running_already(domain):
    d = domain()
    d.start("child", taskList={"name": "elsewhere"})
    assert cause_of(d, child(), "StartChildWorkflowExecutionFailed")["cause"] == "WORKFLOW_ALREADY_RUNNING"


@pytest.mark.parametrize("missing", WORKFLOW_DEFAULTS)
def test_a_child_s_setting_that_nobody_gave(missing, domain):
    d = domain()
    d.workflow_type("other", without=[missing])
    asked = decision("StartChildWorkflowExecution", workflowType=OTHER, workflowId="child")
    failed = cause_of(d, asked, "StartChildWorkflowExecutionFailed")
    assert failed["cause"] == WORKFLOW_CAUSE[missing] and failed["initiatedEventId"] == 0
    setting = {"defaultTaskList": {"name": "x"}, "defaultChildPolicy": "ABANDON"}.get(missing, "77")
    asked["startChildWorkflowExecutionDecisionAttributes"][WORKFLOW_SETTING[missing]] = setting
    execution = d.decide(asked)
    assert execution.wait("ChildWorkflowExecutionStarted")
    assert execution.last("StartChildWorkflowExecutionInitiated")[WORKFLOW_SETTING[missing]] == setting


# --- continuing as new


@pytest.mark.parametrize("missing", WORKFLOW_DEFAULTS)
def test_a_new_run_s_setting_that_nobody_gave(missing, domain):
    d = domain()
    d.workflow_type("other", without=[missing])
    setting = {"defaultTaskList": {"name": "d"}, "defaultChildPolicy": "ABANDON"}.get(missing, "77")
    failed = cause_of(d, go_on(), "ContinueAsNewWorkflowExecutionFailed", workflowType=OTHER, **{WORKFLOW_SETTING[missing]: setting})
    assert failed == {"cause": WORKFLOW_CAUSE[missing], "decisionTaskCompletedEventId": 4}
    execution = d.decide(go_on(**{WORKFLOW_SETTING[missing]: setting}))
    assert execution.status() == "CONTINUED_AS_NEW"


def test_a_new_run_of_no_version(domain):
    assert cause_of(domain(), go_on(workflowTypeVersion="9"), "ContinueAsNewWorkflowExecutionFailed")["cause"] == "WORKFLOW_TYPE_DOES_NOT_EXIST"


def test_a_new_run_of_a_deprecated_version(domain):
    d = domain()
    d.workflow_type("w", "2")
    d.call("deprecate_workflow_type", workflowType={"name": "w", "version": "2"})
    assert cause_of(d, go_on(workflowTypeVersion="2"), "ContinueAsNewWorkflowExecutionFailed")["cause"] == "WORKFLOW_TYPE_DEPRECATED"


# --- permissions: each decision is judged by itself, as an action of whoever answers the task

DECISIONS = {
    "ScheduleActivityTask": (schedule(), "ScheduleActivityTaskFailed"), "RequestCancelActivityTask": (cancel_activity("open"), "RequestCancelActivityTaskFailed"),
    "StartTimer": (timer("t"), "StartTimerFailed"), "CancelTimer": (cancel_timer("open"), "CancelTimerFailed"), "RecordMarker": (marker(), "RecordMarkerFailed"),
    "SignalExternalWorkflowExecution": (signal_other("w"), "SignalExternalWorkflowExecutionFailed"),
    "RequestCancelExternalWorkflowExecution": (cancel_other("w"), "RequestCancelExternalWorkflowExecutionFailed"),
    "StartChildWorkflowExecution": (child(), "StartChildWorkflowExecutionFailed"),
    "CompleteWorkflowExecution": (complete(), "CompleteWorkflowExecutionFailed"), "FailWorkflowExecution": (fail(), "FailWorkflowExecutionFailed"),
    "CancelWorkflowExecution": (cancel(), "CancelWorkflowExecutionFailed"), "ContinueAsNewWorkflowExecution": (go_on(), "ContinueAsNewWorkflowExecutionFailed"),
}


@pytest.mark.parametrize("action", DECISIONS)
def test_a_decision_that_its_maker_may_not_make(action, domain, client, account, iam_user):
    made, event = DECISIONS[action]
    root = account()
    user = iam_user(root, [{"Effect": "Allow", "Action": "swf:*", "Resource": "*"}, {"Effect": "Deny", "Action": f"swf:{action}", "Resource": "*"}])
    d = domain(creds=root)
    execution = d.start()
    d.decide(schedule("open", taskList={"name": "far"}), timer("open", 3600))
    execution.signal()
    decider = client("swf", user, read_timeout=30)
    task = decider.poll_for_decision_task(domain=d.name, taskList={"name": "d"})
    # The call itself succeeds, and what else is in the list is done.
    others = [marker("allowed")] if action != "RecordMarker" else [timer("allowed")]
    decider.respond_decision_task_completed(taskToken=task["taskToken"], decisions=[*others, made])
    execution.wait(event)
    failed = execution.last(event)
    assert failed["cause"] == "OPERATION_NOT_PERMITTED"
    assert execution.status() == "OPEN"
    assert execution.types()[-3 if execution.types()[-1] == "DecisionTaskScheduled" else -2] in ("MarkerRecorded", "TimerStarted")
    assert d.pending_decisions() == 1
    # Whoever may, can.
    d.decide(made)
    assert execution.types().count(event) == 1
