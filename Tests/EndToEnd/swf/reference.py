"""A model of SWF's engine, small enough to be seen to be right: what history follows from what is done.

Times are seconds on a clock that stands. Consequences that come a moment later on SWF come at once here.
"""

import itertools

CLOSED_BY = {"CompleteWorkflowExecution": "Completed", "FailWorkflowExecution": "Failed", "CancelWorkflowExecution": "Canceled",
             "ContinueAsNewWorkflowExecution": "ContinuedAsNew"}


class Activity:
    def __init__(self, name, scheduled, limits, now):
        self.name, self.scheduled, self.started, self.limits = name, scheduled, 0, limits
        self.made = self.begun = self.beaten = now
        self.cancel_request = None

    def deadline(self):
        """(when, which) comes first; `limits` has to_start, to_close, whole, beat, each in seconds or None."""
        limits = self.limits
        due = [(limits.get("whole"), self.made, "SCHEDULE_TO_CLOSE")]
        if self.started:
            due += [(limits.get("to_close"), self.begun, "START_TO_CLOSE"), (limits.get("beat"), self.beaten, "HEARTBEAT")]
        else:
            due += [(limits.get("to_start"), self.made, "SCHEDULE_TO_START")]
        return min(((since + limit, kind) for limit, since, kind in due if limit is not None), default=None)


class Run:
    """One run: its events as (type, attributes that matter)."""

    def __init__(self, cloud, name, settings, parent=None, initiated=0):
        self.cloud, self.name, self.settings, self.parent, self.initiated = cloud, name, settings, parent, initiated
        self.events, self.is_open = [], True
        self.born, self.successor, self.execution, self.compared = {}, None, None, 0
        self.queued = self.running = None
        self.activities, self.timers, self.children, self.started_children = {}, {}, {}, {}
        self.deadline = cloud.now + settings["seconds"]
        self.decision_deadline = None
        cloud.runs.append(self)
        self.change("WorkflowExecutionStarted", parentInitiatedEventId=initiated)

    def add(self, kind, **values):
        self.events.append((kind, values))
        return len(self.events)

    def need(self):
        if self.is_open and self.queued is None:
            self.queued = self.add("DecisionTaskScheduled")

    def change(self, kind, **values):
        number = self.add(kind, **values)
        self.need()
        return number

    def close(self, kind, **values):
        self.add(kind, **values)
        self.is_open, self.queued, self.running = False, None, None
        self.activities.clear(), self.timers.clear()

    def tell_parent(self, how, **values):
        parent = self.parent
        if parent and parent.is_open and self.initiated in parent.children:
            del parent.children[self.initiated]
            parent.change(f"ChildWorkflowExecution{how}", initiatedEventId=self.initiated,
                          startedEventId=parent.started_children[self.initiated], **values)

    def apply_policy(self, policy):
        """To the open children of a run that was terminated or timed out."""
        for child in list(self.children.values()):
            child = child.latest()
            if child.is_open and policy == "TERMINATE":
                child.end("Terminated", cause="CHILD_POLICY_APPLIED")
            elif child.is_open and policy == "REQUEST_CANCEL":
                child.change("WorkflowExecutionCancelRequested", cause="CHILD_POLICY_APPLIED")

    def latest(self):
        return [run for run in self.cloud.runs if run.name == self.name][-1]

    def end(self, how, policy=None, **values):
        """Terminated or TimedOut."""
        policy = policy or self.settings["policy"]
        self.close(f"WorkflowExecution{how}", childPolicy=policy, **values)
        self.tell_parent(how, **({"timeoutType": "START_TO_CLOSE"} if how == "TimedOut" else {}))
        self.apply_policy(policy)

    # --- decision tasks

    def start_decision(self):
        scheduled, self.queued = self.queued, None
        self.running = (scheduled, self.add("DecisionTaskStarted", scheduledEventId=scheduled))
        self.decision_deadline = self.cloud.now + self.settings["task"]
        return self.running[1]

    def decide(self, decisions):
        scheduled, started = self.running
        self.running = None
        done = self.add("DecisionTaskCompleted", scheduledEventId=scheduled, startedEventId=started)
        later = []
        for kind, values in decisions:
            self.apply(kind, values, done, later)
        for call in later:
            call()

    def fail(self, event, done, cause, **values):
        self.change(event, cause=cause, decisionTaskCompletedEventId=done, **values)

    def apply(self, kind, values, done, later):
        by = {"decisionTaskCompletedEventId": done}
        cloud = self.cloud
        if kind in CLOSED_BY:
            if self.queued:
                return self.fail(f"{kind}Failed", done, "UNHANDLED_DECISION")
            self.close(f"WorkflowExecution{CLOSED_BY[kind]}", **by)
            if kind == "ContinueAsNewWorkflowExecution":
                new = self.successor = Run(cloud, self.name, {**cloud.defaults}, self.parent, self.initiated)
                if self.parent and self.initiated in self.parent.children:
                    self.parent.children[self.initiated] = new
            else:
                self.tell_parent(CLOSED_BY[kind])
        elif kind == "RecordMarker":
            self.add("MarkerRecorded", **by)
        elif kind == "StartTimer":
            if values["name"] in self.timers:
                return self.fail("StartTimerFailed", done, "TIMER_ID_ALREADY_IN_USE", timerId=values["name"])
            number = self.add("TimerStarted", timerId=values["name"], **by)
            self.timers[values["name"]] = (number, cloud.now + values["seconds"])
            if values["seconds"] == 0:
                later.append(lambda: self.fire(values["name"]))
        elif kind == "CancelTimer":
            if values["name"] not in self.timers:
                return self.fail("CancelTimerFailed", done, "TIMER_ID_UNKNOWN", timerId=values["name"])
            self.add("TimerCanceled", startedEventId=self.timers.pop(values["name"])[0], timerId=values["name"], **by)
        elif kind == "ScheduleActivityTask":
            cause = "ACTIVITY_TYPE_DOES_NOT_EXIST" if values.get("no_type") else "ACTIVITY_ID_ALREADY_IN_USE" if values["name"] in self.activities else None
            if cause:
                return self.fail("ScheduleActivityTaskFailed", done, cause, activityId=values["name"])
            number = self.add("ActivityTaskScheduled", activityId=values["name"], **by)
            self.activities[values["name"]] = Activity(values["name"], number, values["limits"], cloud.now)
        elif kind == "RequestCancelActivityTask":
            activity = self.activities.get(values["name"])
            if not activity:
                return self.fail("RequestCancelActivityTaskFailed", done, "ACTIVITY_ID_UNKNOWN", activityId=values["name"])
            activity.cancel_request = self.add("ActivityTaskCancelRequested", activityId=values["name"], **by)
            if not activity.started:
                self.finish(activity, "Canceled", latestCancelRequestedEventId=activity.cancel_request)
        elif kind in ("SignalExternalWorkflowExecution", "RequestCancelExternalWorkflowExecution"):
            number = self.add(f"{kind}Initiated", **by)
            later.append(lambda: self.reach(kind, values["name"], number, done))
        elif kind == "StartChildWorkflowExecution":
            if values.get("no_type") or cloud.open_run(values["name"]):
                cause = "WORKFLOW_TYPE_DOES_NOT_EXIST" if values.get("no_type") else "WORKFLOW_ALREADY_RUNNING"
                return self.fail("StartChildWorkflowExecutionFailed", done, cause, initiatedEventId=0)
            number = self.add("StartChildWorkflowExecutionInitiated", **by)
            later.append(lambda: self.bear(values, number))

    def reach(self, kind, name, number, done):
        signals = kind.startswith("Signal")
        target = self.cloud.open_run(name)
        if not target:
            return self.change(f"{kind}Failed", cause="UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION", initiatedEventId=number, decisionTaskCompletedEventId=done)
        target.change("WorkflowExecutionSignaled" if signals else "WorkflowExecutionCancelRequested", externalInitiatedEventId=number)
        self.change("ExternalWorkflowExecutionSignaled" if signals else "ExternalWorkflowExecutionCancelRequested", initiatedEventId=number)

    def bear(self, values, number):
        self.children[number] = self.born[number] = Run(self.cloud, values["name"], {**self.cloud.defaults, **values["settings"]}, self, number)
        self.started_children[number] = self.change("ChildWorkflowExecutionStarted", initiatedEventId=number)

    # --- activities and time

    def start_activity(self, activity):
        activity.started = self.add("ActivityTaskStarted", scheduledEventId=activity.scheduled)
        activity.begun = activity.beaten = self.cloud.now

    def finish(self, activity, how, **values):
        del self.activities[activity.name]
        self.change(f"ActivityTask{how}", scheduledEventId=activity.scheduled, startedEventId=activity.started, **values)

    def fire(self, name):
        if self.is_open and name in self.timers:
            self.change("TimerFired", startedEventId=self.timers.pop(name)[0], timerId=name)

    def dues(self):
        """What time will bring: (when, what to do then)."""
        if not self.is_open:
            return
        yield self.deadline, lambda: self.end("TimedOut", timeoutType="START_TO_CLOSE")
        if self.running:
            yield self.decision_deadline, self.decision_times_out
        for name, (_, due) in self.timers.items():
            yield due, lambda name=name: self.fire(name)
        for activity in self.activities.values():
            due = activity.deadline()
            if due:
                yield due[0], lambda activity=activity, kind=due[1]: self.finish(activity, "TimedOut", timeoutType=kind)

    def decision_times_out(self):
        scheduled, started = self.running
        self.running = None
        self.change("DecisionTaskTimedOut", timeoutType="START_TO_CLOSE", scheduledEventId=scheduled, startedEventId=started)

    def open_counts(self):
        return {"openActivityTasks": len(self.activities), "openTimers": len(self.timers), "openChildWorkflowExecutions": len(self.children)}


class Cloud:
    """All runs of a domain."""

    defaults = {"seconds": 10_000_000, "task": 900_001, "policy": "TERMINATE"}

    def __init__(self):
        self.now, self.runs = 0, []

    def open_run(self, name):
        return next((run for run in self.runs if run.name == name and run.is_open), None)

    def open_runs(self):
        return [run for run in self.runs if run.is_open]

    def start(self, name, **settings):
        return Run(self, name, {**self.defaults, **settings})

    def dispatchable(self):
        return [run for run in self.open_runs() if run.queued and not run.running]

    def unstarted(self):
        return [(run, activity) for run in self.open_runs() for activity in run.activities.values() if not activity.started]

    def started(self):
        return [(run, activity) for run in self.open_runs() for activity in run.activities.values() if activity.started]

    def advance(self, seconds):
        """Whether time went on: not if two things fall due at once, for their order is nobody's business."""
        end = self.now + seconds
        whens = [when for run in self.runs for when, _ in run.dues() if when <= end]
        if len(set(whens)) != len(whens):
            return False
        self.now = end
        for _ in itertools.count():
            due = min(((when, n, what) for n, (when, what) in enumerate(each for run in self.runs for each in run.dues()) if when <= end), default=None)
            if not due:
                return True
            due[2]()
