"""What holds for every history that SWF ever writes. Each history that a test makes is held against it."""

import collections

import swf_typed
import swf_typed._history

from swf.helpers import attributes, types

CLOSING = {"WorkflowExecution" + how for how in ("Completed", "Failed", "Canceled", "ContinuedAsNew", "TimedOut", "Terminated")}
CLOSING_DECISIONS = CLOSING - {"WorkflowExecutionTimedOut", "WorkflowExecutionTerminated"}
CHILD_ENDS = {"ChildWorkflowExecution" + how for how in ("Completed", "Failed", "Canceled", "TimedOut", "Terminated")}
ACTIVITY_ENDS = {"ActivityTask" + how for how in ("Completed", "Failed", "Canceled", "TimedOut")}
LAMBDA_ENDS = {"LambdaFunction" + how for how in ("Completed", "Failed", "TimedOut")}
# The decisions' failures are named after the decision; these Failed events are not of that kind.
NOT_DECISIONS = {"WorkflowExecutionFailed", "ActivityTaskFailed", "ChildWorkflowExecutionFailed", "LambdaFunctionFailed"}
TRIGGERS = (
    {"WorkflowExecutionStarted", "WorkflowExecutionSignaled", "WorkflowExecutionCancelRequested", "TimerFired", "DecisionTaskTimedOut",
     "ChildWorkflowExecutionStarted", "ExternalWorkflowExecutionSignaled", "ExternalWorkflowExecutionCancelRequested",
     "StartLambdaFunctionFailed"} | ACTIVITY_ENDS | CHILD_ENDS | LAMBDA_ENDS
)

# Event type: {link: types it may point to}; the names of types may be cut off at the front.
TARGETS = {
    "DecisionTaskStarted": {"scheduledEventId": "DecisionTaskScheduled"},
    "DecisionTaskCompleted": {"scheduledEventId": "DecisionTaskScheduled", "startedEventId": "DecisionTaskStarted"},
    "DecisionTaskTimedOut": {"scheduledEventId": "DecisionTaskScheduled", "startedEventId": "DecisionTaskStarted"},
    "ActivityTaskStarted": {"scheduledEventId": "ActivityTaskScheduled"},
    **{kind: {"scheduledEventId": "ActivityTaskScheduled", "startedEventId": "ActivityTaskStarted",
              "latestCancelRequestedEventId": "ActivityTaskCancelRequested"} for kind in ACTIVITY_ENDS},
    "TimerFired": {"startedEventId": "TimerStarted"},
    "TimerCanceled": {"startedEventId": "TimerStarted"},
    "ChildWorkflowExecutionStarted": {"initiatedEventId": "StartChildWorkflowExecutionInitiated"},
    **{kind: {"initiatedEventId": "StartChildWorkflowExecutionInitiated", "startedEventId": "ChildWorkflowExecutionStarted"}
       for kind in CHILD_ENDS},
    "StartChildWorkflowExecutionFailed": {"initiatedEventId": "StartChildWorkflowExecutionInitiated"},
    "SignalExternalWorkflowExecutionFailed": {"initiatedEventId": "SignalExternalWorkflowExecutionInitiated"},
    "ExternalWorkflowExecutionSignaled": {"initiatedEventId": "SignalExternalWorkflowExecutionInitiated"},
    "RequestCancelExternalWorkflowExecutionFailed": {"initiatedEventId": "RequestCancelExternalWorkflowExecutionInitiated"},
    "ExternalWorkflowExecutionCancelRequested": {"initiatedEventId": "RequestCancelExternalWorkflowExecutionInitiated"},
    "LambdaFunctionStarted": {"scheduledEventId": "LambdaFunctionScheduled"},
    "StartLambdaFunctionFailed": {"scheduledEventId": "LambdaFunctionScheduled"},
    **{kind: {"scheduledEventId": "LambdaFunctionScheduled", "startedEventId": "LambdaFunctionStarted"} for kind in LAMBDA_ENDS},
}
# Links to events of other histories.
FOREIGN = {"externalInitiatedEventId", "parentInitiatedEventId"}
MAY_BE_ZERO = {
    ("DecisionTaskTimedOut", "startedEventId"), ("ActivityTaskTimedOut", "startedEventId"), ("ActivityTaskCanceled", "startedEventId"),
    ("StartChildWorkflowExecutionFailed", "initiatedEventId"), ("StartChildWorkflowExecutionFailed", "decisionTaskCompletedEventId"),
    ("SignalExternalWorkflowExecutionFailed", "initiatedEventId"), ("RequestCancelExternalWorkflowExecutionFailed", "initiatedEventId"),
    ("SignalExternalWorkflowExecutionFailed", "decisionTaskCompletedEventId"),
    ("RequestCancelExternalWorkflowExecutionFailed", "decisionTaskCompletedEventId"),
}


def is_decision_failure(kind):
    return kind.endswith("Failed") and kind not in NOT_DECISIONS and kind != "StartLambdaFunctionFailed"


class Where:
    """The place in a history, put into words only when something is wrong there."""

    def __init__(self, number, events):
        self.number, self.events = number, events

    def __str__(self):
        return f"event {self.number} of {types(self.events[max(0, self.number - 30):self.number + 10])}"

    __repr__ = __str__


def check(events):
    """Holds a whole history against the rules, and answers with the open counts that follow from it."""
    by_id = {}
    queued = running = None
    open_now = collections.defaultdict(dict)
    batch = None
    for number, event in enumerate(events, 1):
        kind, values = event["eventType"], attributes(event)
        where = Where(number, events)
        assert event["eventId"] == number, f"ids are not dense: {where}"
        members = [name for name in event if name.endswith("EventAttributes")]
        assert members == [kind[0].lower() + kind[1:] + "EventAttributes"], where
        if number > 1:
            assert event["eventTimestamp"] >= events[number - 2]["eventTimestamp"], f"time runs back: {where}"
            assert kind != "WorkflowExecutionStarted" and events[number - 2]["eventType"] not in CLOSING, f"after the end: {where}"
        else:
            assert kind == "WorkflowExecutionStarted", where

        for link, target in values.items():
            if not link.endswith("EventId") or link in FOREIGN:
                continue
            if target == 0 and (kind, link) in MAY_BE_ZERO:
                continue
            wanted = "DecisionTaskCompleted" if link == "decisionTaskCompletedEventId" else TARGETS.get(kind, {}).get(link)
            assert wanted, f"an unknown link {link}: {where}"
            assert target in by_id, f"{link} {target} does not come before: {where}"
            assert by_id[target]["eventType"] == wanted, f"{link} {target} is a {by_id[target]['eventType']}: {where}"

        if kind == "DecisionTaskScheduled":
            assert queued is None, f"two queued decision tasks: {where}"
            assert event["eventTimestamp"] == events[number - 2]["eventTimestamp"], f"later than its cause: {where}"
            queued = number
        elif kind == "DecisionTaskStarted":
            assert running is None and queued == values["scheduledEventId"], f"started without being queued, or two at once: {where}"
            queued, running = None, number
        elif kind == "DecisionTaskCompleted":
            assert running == values["startedEventId"], where
            running, batch = None, event
        elif kind == "DecisionTaskTimedOut":
            if values["timeoutType"] == "START_TO_CLOSE":
                assert running == values["startedEventId"], where
                running = None
            else:
                assert queued == values["scheduledEventId"], where
                queued = None
        if "decisionTaskCompletedEventId" in values and values["decisionTaskCompletedEventId"]:
            assert batch and batch["eventId"] == values["decisionTaskCompletedEventId"], f"not of the latest decision: {where}"
            if not (kind.endswith("ExternalWorkflowExecutionFailed") or kind == "StartChildWorkflowExecutionFailed"):
                assert batch["eventTimestamp"] == event["eventTimestamp"], f"not of its decision's time: {where}"

        if kind == "ActivityTaskScheduled":
            assert values["activityId"] not in open_now["openActivityTasks"].values(), f"id in use: {where}"
            open_now["openActivityTasks"][number] = values["activityId"]
        elif kind == "ActivityTaskStarted":
            assert values["scheduledEventId"] in open_now["openActivityTasks"], where
        elif kind in ACTIVITY_ENDS:
            assert open_now["openActivityTasks"].pop(values["scheduledEventId"], None), f"closed twice: {where}"
        elif kind == "TimerStarted":
            assert values["timerId"] not in open_now["openTimers"].values(), f"id in use: {where}"
            open_now["openTimers"][number] = values["timerId"]
        elif kind in ("TimerFired", "TimerCanceled"):
            assert open_now["openTimers"].pop(values["startedEventId"], None) == values["timerId"], f"closed twice: {where}"
        elif kind == "StartChildWorkflowExecutionInitiated":
            open_now["openChildWorkflowExecutions"][number] = values["workflowId"]
        elif kind in CHILD_ENDS or (kind == "StartChildWorkflowExecutionFailed" and values["initiatedEventId"]):
            assert open_now["openChildWorkflowExecutions"].pop(values["initiatedEventId"], None), f"closed twice: {where}"
        elif kind == "LambdaFunctionScheduled":
            open_now["openLambdaFunctions"][number] = values["id"]
        elif kind in LAMBDA_ENDS or kind == "StartLambdaFunctionFailed":
            assert open_now["openLambdaFunctions"].pop(values["scheduledEventId"], None), f"closed twice: {where}"

        # What changes an execution's state queues a decision task at once, unless one is queued.
        if (kind in TRIGGERS or is_decision_failure(kind)) and queued is None:
            later = number
            assert later < len(events), f"nothing queued after {where}"
            if is_decision_failure(kind):
                # Other events of the same decisions may come between.
                while later < len(events) - 1 and events[later]["eventTimestamp"] == event["eventTimestamp"]:
                    if events[later]["eventType"] in CLOSING or events[later]["eventType"] == "DecisionTaskScheduled":
                        break
                    later += 1
            closed = events[later]["eventType"] in CLOSING
            assert events[later]["eventType"] == "DecisionTaskScheduled" or closed, f"nothing queued after {where}"
        by_id[number] = event

    names = ("openActivityTasks", "openTimers", "openChildWorkflowExecutions", "openLambdaFunctions")
    return {name: len(open_now[name]) for name in names}


def check_with_state_builder(events):
    """Feeds a history to swf-typed, which knows every event type and every link.

    Its builder fails by itself on what comes before the first decision, and on a cancel request for an id used twice.
    """
    # It looks for some members of the attributes beside them, and for a module it did not import: its mistakes, made up for here.
    swf_typed._history._executions = swf_typed._executions
    # Decision tasks that nobody took in time came after it.
    if any(attributes(event).get("timeoutType") == "SCHEDULE_TO_START" for event in events if event["eventType"] == "DecisionTaskTimedOut"):
        return
    parsed = [swf_typed._history.Event.from_api({**attributes(event), **event}) for event in events]
    kinds = types(events)
    first = kinds.index("DecisionTaskCompleted") if "DecisionTaskCompleted" in kinds else len(kinds)
    ids = [attributes(event)["activityId"] for event in events if event["eventType"] == "ActivityTaskScheduled"]
    if "WorkflowExecutionSignaled" in kinds[:first] or first == len(kinds):
        return
    if "ActivityTaskCancelRequested" in kinds and len(ids) != len(set(ids)):
        return
    swf_typed.build_state(parsed)


def check_execution(execution, is_still=True):
    """Holds an execution against the rules. `is_still`: nobody changes it meanwhile, so its counts can be compared."""
    before = execution.describe()
    events = execution.history()
    counts = check(events)
    check_with_state_builder(events)
    is_open = before["executionInfo"]["executionStatus"] == "OPEN"
    if is_still:
        assert is_open == (events[-1]["eventType"] not in CLOSING), types(events)
        if is_open:
            shown = {name: before["openCounts"].get(name, 0) for name in counts}
            assert shown == counts, (shown, counts, types(events))
            assert before["openCounts"]["openDecisionTasks"] in (0, 1)
    return events
