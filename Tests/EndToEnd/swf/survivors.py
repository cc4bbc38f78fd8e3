"""Clients of SWF that work until the server dies, and know what it had acknowledged.

Each has a workflow of its own, so its history must be what was acknowledged, or that and the one request under way, whole.
"""

import random
import threading

from botocore.exceptions import ConnectionError as BotoConnectionError
from botocore.exceptions import HTTPClientError

from swf.helpers import ActivityTask, DecisionTask, Execution, cancel_timer, child, complete, marker, schedule, timer


class Client(threading.Thread):
    """`expected` are the types of the events acknowledged; `pending` is (operation, the types it adds) under way."""

    def __init__(self, name, domain, seed, past=None):
        super().__init__(name=name, daemon=True)
        self.domain, self.random, self.failure = domain, random.Random(seed), None
        self.pending, self.acknowledged = None, 0
        self.finished = []
        self.number, self.workflow = 0, None
        if past:
            self.number, self.finished = past.number, past.finished
            self.workflow = past.workflow
            self.execution, self.expected, self.task, self.activity, self.timers = past.execution, past.expected, past.task, past.activity, past.timers
        else:
            self.execution, self.expected, self.task, self.activity, self.timers = None, [], None, None, set()

    def run(self):
        try:
            while True:
                if self.execution is None:
                    self.start_workflow()
                self.round()
        except (BotoConnectionError, HTTPClientError):
            pass  # the server died
        except Exception as error:
            self.failure = error

    def does(self, operation, types, call):
        """One request: what it adds to the history counts when it is acknowledged."""
        self.pending = (operation, types)
        answer = call()
        self.expected += types
        self.pending = None
        self.acknowledged += 1
        return answer

    def start_workflow(self):
        self.number += 1
        self.expected, self.task, self.activity, self.timers = [], None, None, set()
        self.workflow = f"{self.name}-{self.number}"
        self.execution = self.does("StartWorkflowExecution", ["WorkflowExecutionStarted", "DecisionTaskScheduled"],
                                   lambda: self.domain.start(self.workflow, taskList={"name": self.name}))

    def queue(self):
        """What a change adds: itself, and a decision task if none is queued."""
        last = max((n for n, kind in enumerate(self.expected) if kind == "DecisionTaskScheduled"), default=-1)
        return [] if "DecisionTaskStarted" not in self.expected[last:] and last >= 0 else ["DecisionTaskScheduled"]

    def decision(self):
        self.task = DecisionTask(self.domain, self.does("PollForDecisionTask", ["DecisionTaskStarted"], lambda: self.domain.call(
            "poll_for_decision_task", taskList={"name": self.name})))

    def decide(self, types, *decisions):
        task = self.task
        self.does("RespondDecisionTaskCompleted", ["DecisionTaskCompleted", *types], lambda: task.decide(*decisions))
        self.task = None

    def round(self):
        """A round: with open work kept over from the last life, if there is any."""
        if self.task is None and self.activity is None and not self.queue():
            self.decision()
        if self.task:
            name = f"t{len(self.expected)}"
            self.timers.add(name)
            self.decide(["MarkerRecorded", "ActivityTaskScheduled", "TimerStarted"], marker(details="x" * 500), schedule(f"a{len(self.expected)}", taskList={"name": self.name}),
                        timer(name, 3600))
        if self.activity is None:
            answer = self.does("PollForActivityTask", ["ActivityTaskStarted"], lambda: self.domain.call("poll_for_activity_task", taskList={"name": self.name}))
            self.activity = ActivityTask(self.domain, answer)
        self.does("RecordActivityTaskHeartbeat", [], lambda: self.activity.beat("still"))
        if self.random.random() < 0.3:
            self.does("SignalWorkflowExecution", ["WorkflowExecutionSignaled", *self.queue()], self.execution.signal)
        if self.random.random() < 0.2:
            self.does("RequestCancelWorkflowExecution", ["WorkflowExecutionCancelRequested", *self.queue()], self.execution.cancel)
        how = self.random.choice(["Completed", "Failed"])
        activity = self.activity
        self.does(f"RespondActivityTask{how}", [f"ActivityTask{how}", *self.queue()], activity.complete if how == "Completed" else activity.fail)
        self.activity = None
        self.decision()
        if len(self.expected) > 60:
            if self.random.random() < 0.5:
                self.decide(["WorkflowExecutionCompleted"], complete())
            else:
                self.does("TerminateWorkflowExecution", ["WorkflowExecutionTerminated"], self.execution.terminate)
            self.finished.append((self.execution, list(self.expected)))
            self.execution = None
        elif self.timers and self.random.random() < 0.5:
            gone = self.random.choice(sorted(self.timers))
            self.timers.discard(gone)
            self.decide(["TimerCanceled", "ActivityTaskScheduled"], cancel_timer(gone), schedule(f"a{len(self.expected)}", taskList={"name": self.name}))
        else:
            # The child is started a moment later, and the parent told: that has to come, before the crash or after it.
            name = f"{self.workflow}-child-{len(self.expected)}"
            self.decide(["StartChildWorkflowExecutionInitiated", "ActivityTaskScheduled", "ChildWorkflowExecutionStarted", "DecisionTaskScheduled"],
                        child(name, taskList={"name": f"{self.name}-children"}), schedule(f"a{len(self.expected)}", taskList={"name": self.name}))
            self.execution.wait("ChildWorkflowExecutionStarted", self.expected.count("ChildWorkflowExecutionStarted"))

    # --- after the crash

    def found(self):
        """The types of the workflow's events, once what comes a moment later has come; None if it is not there."""
        if self.execution is None:
            return None
        return self.execution.types()

    def verify(self):
        """Holds the history against what was acknowledged; "before" or "after": whether the request under way was done.

        Afterwards tokens and open work are as the history says; a poll whose answer was lost ends the workflow, for its
        token is known to nobody.
        """
        if self.failure:
            raise self.failure
        operation, types = self.pending or (None, [])
        if self.execution is None and operation == "StartWorkflowExecution":
            open_now = self.domain.call("list_open_workflow_executions", startTimeFilter={"oldestDate": 0}, executionFilter={"workflowId": self.workflow})
            infos = open_now["executionInfos"]
            assert len(infos) <= 1
            if infos:
                execution = Execution(self.domain, self.workflow, infos[0]["execution"]["runId"])
                assert execution.types() == types
                execution.terminate()
            return "after" if infos else "before"
        if self.execution is None:
            return "before"
        for outcome, wanted in (("before", self.expected), ("after", self.expected + types)):
            if self.reaches(wanted):
                if outcome == "after" and operation:
                    self.expected = wanted
                    if operation.startswith("PollFor") or operation in ("TerminateWorkflowExecution",) or wanted[-1] == "WorkflowExecutionCompleted":
                        self.end()
                    elif operation == "RespondDecisionTaskCompleted":
                        self.task = None
                    elif operation.startswith("RespondActivityTask"):
                        self.activity = None
                self.pending = None
                return outcome
        raise AssertionError(f"{self.name}: acknowledged {self.expected}\nunder way {operation} {types}\nfound {self.found()}")

    def reaches(self, wanted):
        """Whether the history is this; of a child's start the end may come a little later."""
        found = self.found()
        if found == wanted:
            return True
        if found == wanted[: len(found)] and len(wanted) - len(found) <= 2 and "StartChildWorkflowExecutionInitiated" in wanted[-5:]:
            self.execution.wait("ChildWorkflowExecutionStarted", wanted.count("ChildWorkflowExecutionStarted"))
            return self.found() == wanted
        return False

    def end(self):
        """Ends a workflow that cannot be continued."""
        if self.execution.status() == "OPEN":
            self.execution.terminate()
        self.finished.append((self.execution, self.execution.types()))
        self.execution = None
