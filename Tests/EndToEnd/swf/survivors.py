"""Clients of SWF that work until the server dies, and know what it had acknowledged.

Each has a workflow of its own, so its history must be what was acknowledged, or that and the one request under way, whole.
"""

import copy
import random
import threading

from botocore import xform_name
from botocore.exceptions import ConnectionError as BotoConnectionError
from botocore.exceptions import HTTPClientError

from swf.helpers import ActivityTask, DecisionTask, Execution, cancel_activity, cancel_timer, child, complete, marker, schedule, timer


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


class Canceler(Client):
    """Asks activities to cancel and cancels them, a short workflow for each; what a crash leaves is ended."""

    def round(self):
        self.decision()
        self.decide(["ActivityTaskScheduled"], schedule("a", taskList={"name": self.name}))
        self.activity = ActivityTask(self.domain, self.does("PollForActivityTask", ["ActivityTaskStarted"], lambda: self.domain.call(
            "poll_for_activity_task", taskList={"name": self.name})))
        self.does("SignalWorkflowExecution", ["WorkflowExecutionSignaled", "DecisionTaskScheduled"], self.execution.signal)
        self.decision()
        self.decide(["ActivityTaskCancelRequested"], cancel_activity("a"))
        assert self.activity.beat() is True
        self.does("RespondActivityTaskCanceled", ["ActivityTaskCanceled", "DecisionTaskScheduled"], self.activity.cancel)
        self.decision()
        self.decide(["WorkflowExecutionCompleted"], complete())
        self.finished.append((self.execution, list(self.expected)))
        self.execution = None

    def verify(self):
        outcome = super().verify()
        if self.execution:
            self.end()
        return outcome


class Registrar(threading.Thread):
    """Registers, deprecates, brings back, deletes and tags in a domain of its own, and knows what was acknowledged."""

    def __init__(self, name, domain, seed, past=None):
        super().__init__(name=name, daemon=True)
        self.swf, self.random, self.failure, self.pending, self.acknowledged = domain.swf, random.Random(seed), None, None, 0
        self.arn = f"arn:aws:swf:us-east-1:{domain.creds.account}:/domain/{name}"
        # Types by kind and name, tags, and whether the domain is usable.
        self.state = past.state if past else {"types": {}, "tags": {}, "domain": None}

    def run(self):
        try:
            while True:
                self.step()
        except (BotoConnectionError, HTTPClientError):
            pass  # the server died
        except Exception as error:
            self.failure = error

    def does(self, operation, change, **parameters):
        wanted = copy.deepcopy(self.state)
        change(wanted)
        self.pending = (operation, wanted)
        getattr(self.swf, xform_name(operation))(**parameters)
        self.state, self.pending = wanted, None
        self.acknowledged += 1

    def step(self):
        if self.state["domain"] is None:
            return self.does("RegisterDomain", lambda s: s.update(domain="REGISTERED"), name=self.name, workflowExecutionRetentionPeriodInDays="1")
        if self.state["domain"] == "DEPRECATED":
            return self.does("UndeprecateDomain", lambda s: s.update(domain="REGISTERED"), name=self.name)
        choice = self.random.random()
        if choice < 0.1:
            def deprecate(state):
                state.update(domain="DEPRECATED", types={key: "DEPRECATED" for key in state["types"]})
            return self.does("DeprecateDomain", deprecate, name=self.name)
        if choice < 0.3:
            key, value = f"k{self.random.randrange(3)}", str(self.random.random())
            return self.does("TagResource", lambda s: s["tags"].update({key: value}), resourceArn=self.arn, tags=[{"key": key, "value": value}])
        if choice < 0.4:
            key = f"k{self.random.randrange(3)}"
            return self.does("UntagResource", lambda s: s["tags"].pop(key, None), resourceArn=self.arn, tagKeys=[key])
        kind, name = self.random.choice(["Workflow", "Activity"]), f"n{self.random.randrange(3)}"
        status = self.state["types"].get((kind, name))
        named = {"domain": self.name, f"{kind.lower()}Type": {"name": name, "version": "1"}}
        if status is None:
            self.does(f"Register{kind}Type", lambda s: s["types"].update({(kind, name): "REGISTERED"}), domain=self.name, name=name, version="1")
        elif status == "REGISTERED":
            self.does(f"Deprecate{kind}Type", lambda s: s["types"].update({(kind, name): "DEPRECATED"}), **named)
        elif choice < 0.7:
            self.does(f"Undeprecate{kind}Type", lambda s: s["types"].update({(kind, name): "REGISTERED"}), **named)
        else:
            self.does(f"Delete{kind}Type", lambda s: s["types"].pop((kind, name)), **named)

    def found(self):
        try:
            status = self.swf.describe_domain(name=self.name)["domainInfo"]["status"]
        except self.swf.exceptions.UnknownResourceFault:
            return {"types": {}, "tags": {}, "domain": None}
        types = {}
        for each in ("REGISTERED", "DEPRECATED"):
            for kind, member in (("Workflow", "workflowType"), ("Activity", "activityType")):
                for info in getattr(self.swf, f"list_{kind.lower()}_types")(domain=self.name, registrationStatus=each)["typeInfos"]:
                    types[kind, info[member]["name"]] = info["status"]
        tags = {tag["key"]: tag["value"] for tag in self.swf.list_tags_for_resource(resourceArn=self.arn)["tags"]}
        return {"types": types, "tags": tags, "domain": status}

    def verify(self):
        """Whether the request under way was done: "after", or "before"; anything else is a loss."""
        if self.failure:
            raise self.failure
        operation, wanted = self.pending or (None, self.state)
        found = self.found()
        assert found in (self.state, wanted), f"{self.name}: acknowledged {self.state}\nunder way {operation} {wanted}\nfound {found}"
        outcome = "after" if found == wanted and self.pending else "before"
        self.state, self.pending = found, None
        return outcome
