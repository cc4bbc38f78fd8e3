"""Random deciders, workers and signallers against the reference model: every history is what the model says."""

import os
import random
import time

import pytest
from botocore.exceptions import ClientError

from swf.helpers import Execution, attributes, decision, refused
from swf.reference import CLOSED_BY, Cloud

POLICIES = ["TERMINATE", "REQUEST_CANCEL", "ABANDON"]
WORKFLOW = {"name": "w", "version": "1"}


class Player:
    """Does the same to the server and to the model, and compares."""

    def __init__(self, d, still, chance):
        self.d, self.still, self.chance, self.cloud = d, still, chance, Cloud()
        self.decisions, self.activities, self.runs = {}, {}, {}
        self.names = [f"w{n}" for n in range(5)]
        self.done = {}

    def settings(self):
        return {"seconds": self.chance.randrange(1000, 90_000), "task": self.chance.randrange(500, 20_000), "policy": self.chance.choice(POLICIES)}

    @staticmethod
    def named(settings):
        return {"executionStartToCloseTimeout": str(settings["seconds"]), "taskStartToCloseTimeout": str(settings["task"]), "childPolicy": settings["policy"]}

    # --- one random step

    def step(self):
        moves = [self.start, self.signal, self.advance, self.cancel, self.terminate, *[self.decide] * 8, *[self.take_activity] * 4, *[self.answer_activity] * 4]
        move = self.chance.choice(moves)
        if move() is not False:
            self.done[move.__name__] = self.done.get(move.__name__, 0) + 1
            self.settle()

    def start(self):
        name, settings = self.chance.choice(self.names), self.settings()
        more = {**self.named(settings), "taskList": {"name": "d"}}
        if self.cloud.open_run(name):
            refused("WorkflowExecutionAlreadyStartedFault", None, self.d.start, name=name, **more)
            return
        run = self.cloud.start(name, **settings)
        run.execution = self.d.start(name, **more)

    def outside(self, operation, event, change=None, **more):
        """A call from outside on some workflow, open or not."""
        name = self.chance.choice(self.names)
        run = self.cloud.open_run(name)
        if not run:
            refused("UnknownResourceFault", f"Unknown execution, workflowId = {name}", self.d.call, operation=operation, workflowId=name, **more)
            return
        self.d.call(operation, workflowId=name, **more)
        (change or (lambda run: run.change(event, externalInitiatedEventId=0)))(run)

    def signal(self):
        self.outside("signal_workflow_execution", "WorkflowExecutionSignaled", signalName="s")

    def cancel(self):
        self.outside("request_cancel_workflow_execution", "WorkflowExecutionCancelRequested")

    def terminate(self):
        if self.chance.random() < 0.7:
            return False
        policy = self.chance.choice(POLICIES)
        self.outside("terminate_workflow_execution", None, lambda run: run.end("Terminated", policy, cause="OPERATOR_INITIATED"), childPolicy=policy)

    def advance(self):
        seconds = self.chance.choice([1, 10, 300, 2000])
        if not self.cloud.advance(seconds):
            return False
        self.still.advance(seconds)

    def decide(self):
        waiting = self.cloud.dispatchable()
        if waiting and self.chance.random() < 0.6:
            answer = self.d.call("poll_for_decision_task", taskList={"name": "d"})
            name = answer["workflowExecution"]["workflowId"]
            run = next(run for run in waiting if run.name == name)
            previous = [values["startedEventId"] for kind, values in run.events if kind == "DecisionTaskCompleted"]
            assert answer["startedEventId"] == run.start_decision()
            assert answer["previousStartedEventId"] == (previous[-1] if previous else 0)
            self.compare(run, answer["events"])
            self.decisions[answer["taskToken"]] = (run, run.running)
            return
        if not self.decisions:
            return False
        token = self.chance.choice(list(self.decisions))
        run, running = self.decisions.pop(token)
        made = self.some_decisions(run)
        call = {"taskToken": token, "decisions": [self.worded(*each) for each in made]}
        if not run.is_open or run.running != running:
            refused("UnknownResourceFault", None, self.d.swf.respond_decision_task_completed, **call)
            return
        self.d.swf.respond_decision_task_completed(**call)
        run.decide(made)

    def some_decisions(self, run):
        """Some decisions; of those with a consequence a moment later one at most, and a closing one comes with markers only."""
        chance = self.chance
        if chance.random() < 0.12:
            return [("RecordMarker", {})] * chance.randrange(2) + [(chance.choice(list(CLOSED_BY)), {})]
        made, late = [], False
        for _ in range(chance.choice([0, 1, 1, 2, 4])):
            name = f"x{chance.randrange(4)}"
            kind = chance.choice(["RecordMarker", "StartTimer", "CancelTimer", "ScheduleActivityTask", "ScheduleActivityTask", "RequestCancelActivityTask",
                                  "SignalExternalWorkflowExecution", "RequestCancelExternalWorkflowExecution", "StartChildWorkflowExecution"])
            values = {"name": name}
            if kind == "StartTimer":
                values["seconds"] = chance.choice([0, chance.randrange(5, 5000)])
            elif kind == "ScheduleActivityTask":
                values["limits"] = {limit: chance.randrange(5, 9000) for limit in ("to_start", "to_close", "whole", "beat") if chance.random() < 0.5}
                values["no_type"] = chance.random() < 0.1
            elif "External" in kind:
                values["name"] = chance.choice([*self.names, "nobody"])
            elif kind == "StartChildWorkflowExecution":
                values = {"name": chance.choice(self.names), "settings": self.settings(), "no_type": chance.random() < 0.1}
            is_late = "External" in kind or kind == "StartChildWorkflowExecution" or values.get("seconds") == 0
            if is_late and late:
                continue
            late = late or is_late
            made.append((kind, values))
        return made

    def worded(self, kind, values):
        """A decision of the model as the API wants it."""
        name = values.get("name")
        if kind == "RecordMarker":
            return decision(kind, markerName="m")
        if kind == "StartTimer":
            return decision(kind, timerId=name, startToFireTimeout=str(values["seconds"]))
        if kind == "CancelTimer":
            return decision(kind, timerId=name)
        if kind == "ScheduleActivityTask":
            names = {"to_start": "scheduleToStartTimeout", "to_close": "startToCloseTimeout", "whole": "scheduleToCloseTimeout", "beat": "heartbeatTimeout"}
            limits = {names[limit]: str(seconds) for limit, seconds in values["limits"].items()}
            return decision(kind, activityId=name, activityType={"name": "no" if values["no_type"] else "a", "version": "1"}, **limits)
        if kind == "RequestCancelActivityTask":
            return decision(kind, activityId=name)
        if "External" in kind:
            return decision(kind, workflowId=name, **({"signalName": "s"} if kind.startswith("Signal") else {}))
        if kind == "StartChildWorkflowExecution":
            workflow = {"name": "no", "version": "1"} if values["no_type"] else WORKFLOW
            return decision(kind, workflowId=name, workflowType=workflow, taskList={"name": "d"}, **self.named(values["settings"]))
        if kind == "ContinueAsNewWorkflowExecution":
            return decision(kind, **self.named(self.cloud.defaults))
        return decision(kind)

    def take_activity(self):
        waiting = self.cloud.unstarted()
        if not waiting:
            return False
        answer = self.d.call("poll_for_activity_task", taskList={"name": "a"})
        key = (answer["workflowExecution"]["workflowId"], answer["activityId"])
        run, activity = next((run, activity) for run, activity in waiting if (run.name, activity.name) == key)
        run.start_activity(activity)
        assert answer["startedEventId"] == activity.started
        self.activities[answer["taskToken"]] = (run, activity)

    def answer_activity(self):
        if not self.activities:
            return False
        token = self.chance.choice(list(self.activities))
        run, activity = self.activities[token]
        alive = run.is_open and run.activities.get(activity.name) is activity
        how = self.chance.choice(["complete", "fail", "cancel", "beat", "beat"])
        if how == "cancel" and not activity.cancel_request:
            how = "complete"
        operation = {"complete": "respond_activity_task_completed", "fail": "respond_activity_task_failed", "cancel": "respond_activity_task_canceled",
                     "beat": "record_activity_task_heartbeat"}[how]
        call = getattr(self.d.swf, operation)
        if not alive:
            del self.activities[token]
            refused("UnknownResourceFault", None, call, taskToken=token)
            return
        answer = call(taskToken=token)
        if how == "beat":
            assert answer["cancelRequested"] == bool(activity.cancel_request)
            activity.beaten = self.cloud.now
            return
        del self.activities[token]
        more = {"latestCancelRequestedEventId": activity.cancel_request} if how == "cancel" else {}
        run.finish(activity, {"complete": "Completed", "fail": "Failed", "cancel": "Canceled"}[how], **more)

    # --- comparing

    def compare(self, run, events):
        shown = [(event["eventType"], attributes(event)) for event in events]
        assert len(shown) == len(run.events), self.difference(run, shown)
        for (kind, values), (wanted, wanted_values) in zip(shown, run.events):
            values = {name: values.get(name, 0 if name.endswith("EventId") else None) for name in wanted_values}
            assert (kind, values) == (wanted, wanted_values), self.difference(run, shown)

    @staticmethod
    def difference(run, shown):
        lines = []
        for n in range(max(len(shown), len(run.events))):
            ours = run.events[n] if n < len(run.events) else None
            theirs = (shown[n][0], {name: shown[n][1].get(name) for name in (ours or shown[n])[1]}) if n < len(shown) else None
            lines.append(f"{' ' if ours == theirs else '≠'} {n + 1} model {ours} | server {theirs}")
        return f"{run.name}\n" + "\n".join(lines)

    def settle(self):
        """Compares every run that has changed; what comes a moment later is waited for."""
        for run in self.cloud.runs:
            if run.compared == len(run.events):
                continue
            deadline = time.monotonic() + 60
            while True:
                events = run.execution.history()
                if len(events) >= len(run.events) or time.monotonic() > deadline:
                    break
                time.sleep(0.005)
            self.compare(run, events)
            run.compared = len(events)
            for event in events:
                values = attributes(event)
                if event["eventType"] == "ChildWorkflowExecutionStarted":
                    names = values["workflowExecution"]
                    run.born[values["initiatedEventId"]].execution = Execution(self.d, names["workflowId"], names["runId"])
                if event["eventType"] == "WorkflowExecutionContinuedAsNew":
                    run.successor.execution = Execution(self.d, run.name, values["newExecutionRunId"])

    def compare_counts(self):
        for run in self.cloud.open_runs():
            counts = run.execution.open_counts()
            assert {key: counts[key] for key in run.open_counts()} == run.open_counts()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("number", range(4))
def test_histories_are_what_the_model_says(number, domain, still, long, capsys):
    seed = int(os.environ.get("HAKONIWA_SWF_SEED", random.SystemRandom().randrange(10**9)))
    print(f"seed {seed}: HAKONIWA_SWF_SEED={seed} repeats the run")
    d = domain(at=still, retention="90")
    player = Player(d, still, random.Random(seed))
    for step in range(4000 if long else 250):
        try:
            player.step()
        except ClientError as error:
            raise AssertionError(f"step {step}: {error}") from error
    player.compare_counts()
    assert len(player.done) >= 6, player.done
