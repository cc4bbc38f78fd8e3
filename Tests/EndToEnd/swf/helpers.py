"""A domain with its types, deciders and workers, in the words that the tests of SWF use."""

import json
import socket
import threading
import time

import pytest
from botocore.exceptions import ClientError

from harness import http

WORKFLOW = {"name": "w", "version": "1"}
ACTIVITY = {"name": "a", "version": "1"}
WORKFLOW_DEFAULTS = {
    "defaultTaskList": {"name": "d"},
    "defaultTaskStartToCloseTimeout": "300",
    "defaultExecutionStartToCloseTimeout": "86400",
    "defaultChildPolicy": "TERMINATE",
}
ACTIVITY_DEFAULTS = {
    "defaultTaskList": {"name": "a"},
    "defaultTaskScheduleToStartTimeout": "NONE",
    "defaultTaskScheduleToCloseTimeout": "NONE",
    "defaultTaskStartToCloseTimeout": "NONE",
    "defaultTaskHeartbeatTimeout": "NONE",
}


def refused(code, message, call, **parameters):
    """Calls, and expects an error with this code and exactly this message (None: any; a function: judges it)."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    assert error["Code"] == code, caught.value
    if callable(message):
        assert message(error["Message"]), error["Message"]
    elif message is not None:
        assert error["Message"] == message
    return caught.value.response


# --- decisions


def decision(kind, **attributes):
    """A decision of this type."""
    return {"decisionType": kind, kind[0].lower() + kind[1:] + "DecisionAttributes": attributes}


def schedule(name="a1", **more):
    return decision("ScheduleActivityTask", **{"activityType": ACTIVITY, "activityId": name, **more})


def cancel_activity(name="a1"):
    return decision("RequestCancelActivityTask", activityId=name)


def timer(name="t1", seconds="60", **more):
    return decision("StartTimer", timerId=name, startToFireTimeout=str(seconds), **more)


def cancel_timer(name="t1"):
    return decision("CancelTimer", timerId=name)


def marker(name="m", **more):
    return decision("RecordMarker", markerName=name, **more)


def complete(result=None):
    return decision("CompleteWorkflowExecution", **({} if result is None else {"result": result}))


def fail(reason="r", details="d"):
    return decision("FailWorkflowExecution", reason=reason, details=details)


def cancel(details="d"):
    return decision("CancelWorkflowExecution", details=details)


def go_on(**more):
    return decision("ContinueAsNewWorkflowExecution", **more)


def child(name="child", **more):
    return decision("StartChildWorkflowExecution", **{"workflowType": WORKFLOW, "workflowId": name, "taskList": {"name": "cd"}, **more})


def signal_other(name, signal="s", **more):
    return decision("SignalExternalWorkflowExecution", workflowId=name, signalName=signal, **more)


def cancel_other(name, **more):
    return decision("RequestCancelExternalWorkflowExecution", workflowId=name, **more)


def call_lambda(name="l1", function="f", **more):
    return decision("ScheduleLambdaFunction", id=name, name=function, **more)


# --- events


def attributes(event):
    """The attributes of an event."""
    kind = event["eventType"]
    return event[kind[0].lower() + kind[1:] + "EventAttributes"]


def links(event):
    """The ids of other events that an event names."""
    return {name: value for name, value in attributes(event).items() if name.endswith("EventId")}


def types(events):
    return [event["eventType"] for event in events]


class Execution:
    """One run of a workflow."""

    def __init__(self, domain, workflow_id, run_id):
        self.domain, self.id, self.run = domain, workflow_id, run_id

    def __eq__(self, other):
        return (self.id, self.run) == (other.id, other.run)

    @property
    def names(self):
        return {"workflowId": self.id, "runId": self.run}

    def history(self, **more):
        """All events, over all pages."""
        events, page = [], {}
        while True:
            page = self.domain.call("get_workflow_execution_history", execution=self.names, **more,
                                    **({"nextPageToken": page["nextPageToken"]} if page else {}))
            events += page["events"]
            if "nextPageToken" not in page:
                return events

    def types(self):
        return types(self.history())

    def last(self, kind=None):
        """The attributes of the newest event (of this type)."""
        for event in reversed(self.history()):
            if kind is None or event["eventType"] == kind:
                return attributes(event)
        raise AssertionError(f"no {kind} in {self.types()}")

    def wait(self, kind, count=1, seconds=60):
        """Waits until so many events of this type are there; answers with the history."""
        deadline = time.monotonic() + seconds
        while True:
            events = self.history()
            if types(events).count(kind) >= count:
                return events
            assert time.monotonic() < deadline, f"no {kind} (×{count}) within {seconds} s: {types(events)}"
            time.sleep(0.01)

    def describe(self):
        return self.domain.call("describe_workflow_execution", execution=self.names)

    def status(self):
        info = self.describe()["executionInfo"]
        return info.get("closeStatus", info["executionStatus"])

    def open_counts(self):
        return self.describe()["openCounts"]

    def signal(self, name="s", **more):
        self.domain.call("signal_workflow_execution", workflowId=self.id, runId=self.run, signalName=name, **more)

    def cancel(self):
        self.domain.call("request_cancel_workflow_execution", workflowId=self.id, runId=self.run)

    def terminate(self, **more):
        self.domain.call("terminate_workflow_execution", workflowId=self.id, runId=self.run, **more)


class DecisionTask:
    """A decision task that was started."""

    def __init__(self, domain, answer):
        self.domain, self.answer, self.token = domain, answer, answer["taskToken"]
        self.execution = Execution(domain, **{"workflow_id": answer["workflowExecution"]["workflowId"], "run_id": answer["workflowExecution"]["runId"]})

    @property
    def events(self):
        return self.answer["events"]

    def decide(self, *decisions, **more):
        self.domain.swf.respond_decision_task_completed(taskToken=self.token, decisions=list(decisions), **more)
        return self.execution


class ActivityTask:
    """An activity task that was started."""

    def __init__(self, domain, answer):
        self.swf, self.answer, self.token, self.id = domain.swf, answer, answer["taskToken"], answer["activityId"]

    def complete(self, result=None):
        self.swf.respond_activity_task_completed(taskToken=self.token, **({} if result is None else {"result": result}))

    def fail(self, reason="r", details="d"):
        self.swf.respond_activity_task_failed(taskToken=self.token, reason=reason, details=details)

    def cancel(self, details="d"):
        self.swf.respond_activity_task_canceled(taskToken=self.token, details=details)

    def beat(self, details=None):
        """A heartbeat; whether the activity is to be canceled."""
        more = {} if details is None else {"details": details}
        return self.swf.record_activity_task_heartbeat(taskToken=self.token, **more)["cancelRequested"]


class Parked(threading.Thread):
    """A call in a thread; `.result()` waits for its answer."""

    def __init__(self, call):
        super().__init__(daemon=True)
        self.call, self.answer, self.error = call, None, None
        self.start()

    def run(self):
        try:
            self.answer = self.call()
        except Exception as error:
            self.error = error

    @property
    def is_waiting(self):
        return self.is_alive()

    def result(self, seconds=60):
        self.join(seconds)
        assert not self.is_alive(), "the poll still waits"
        if self.error:
            raise self.error
        return self.answer


class RawCall:
    """One request, signed once and sent as often as needed: costs next to nothing here, and shows the answer's very bytes."""

    def __init__(self, domain, operation, body):
        self.endpoint = domain.swf.meta.endpoint_url
        self.port = int(self.endpoint.rsplit(":", 1)[1])
        data = json.dumps(body).encode()
        headers = {"Host": f"127.0.0.1:{self.port}", "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"SimpleWorkflowService.{operation}",
                   "Content-Length": str(len(data))}
        headers = http.signed(self.endpoint, "swf", domain.creds, "POST", "/", data, headers)
        self.bytes = b"POST / HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode() + b"\r\n" + data

    def connect(self):
        """A connection on which the request was sent."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        connection.sendall(self.bytes)
        return connection

    def send(self, seconds=90):
        """The answer: (status, head in lower case, body)."""
        answer = http.raw(self.port, self.bytes, seconds)
        head, _, body = answer.partition(b"\r\n\r\n")
        return http.status_of(answer), head.decode().lower(), body

    def json(self, seconds=90):
        status, _, body = self.send(seconds)
        assert status == 200, (status, body)
        return json.loads(body)


class Domain:
    """A domain with workflow type `w` and activity type `a`, both version 1, and all defaults."""

    def __init__(self, swf, creds, name="domain", retention="1", types=True):
        self.swf, self.creds, self.name = swf, creds, name
        swf.register_domain(name=name, workflowExecutionRetentionPeriodInDays=retention)
        if types:
            self.workflow_type()
            self.activity_type()

    def call(self, operation, **parameters):
        return getattr(self.swf, operation)(domain=self.name, **parameters)

    def post(self, operation, body, target="SimpleWorkflowService.{}", **more):
        """The operation as a signed request of our own making; the answer of `requests`."""
        endpoint = self.swf.meta.endpoint_url
        return http.json10(endpoint, "swf", self.creds, target.format(operation), body, **more)

    def workflow_type(self, name="w", version="1", without=(), **more):
        defaults = {key: value for key, value in WORKFLOW_DEFAULTS.items() if key not in without}
        self.call("register_workflow_type", name=name, version=version, **{**defaults, **more})
        return {"name": name, "version": version}

    def activity_type(self, name="a", version="1", without=(), **more):
        defaults = {key: value for key, value in ACTIVITY_DEFAULTS.items() if key not in without}
        self.call("register_activity_type", name=name, version=version, **{**defaults, **more})
        return {"name": name, "version": version}

    def start(self, name="w", **more):
        answer = self.call("start_workflow_execution", workflowId=name, **{"workflowType": WORKFLOW, **more})
        return Execution(self, name, answer["runId"])

    def decision_task(self, queue="d", **more):
        """The next decision task; a test whose task is not there fails by the client's patience."""
        answer = self.call("poll_for_decision_task", taskList={"name": queue}, **more)
        assert answer.get("taskToken"), f"no decision task on {queue}"
        return DecisionTask(self, answer)

    def activity_task(self, queue="a", **more):
        answer = self.call("poll_for_activity_task", taskList={"name": queue}, **more)
        assert answer.get("taskToken"), f"no activity task on {queue}"
        return ActivityTask(self, answer)

    def decide(self, *decisions, queue="d", **more):
        """Takes the next decision task and answers it."""
        return self.decision_task(queue).decide(*decisions, **more)

    def parked_decision_poll(self, queue="d", seconds=0.15, **more):
        """A poll that waits already."""
        return self._parked(lambda: self.decision_task(queue, **more), seconds)

    def parked_activity_poll(self, queue="a", seconds=0.15, **more):
        return self._parked(lambda: self.activity_task(queue, **more), seconds)

    def _parked(self, call, seconds):
        parked = Parked(call)
        parked.join(seconds)
        return parked

    def raw_decision_poll(self, queue="d", **more):
        return RawCall(self, "PollForDecisionTask", {"domain": self.name, "taskList": {"name": queue}, **more})

    def raw_activity_poll(self, queue="a", **more):
        return RawCall(self, "PollForActivityTask", {"domain": self.name, "taskList": {"name": queue}, **more})

    def pending_decisions(self, queue="d"):
        return self.call("count_pending_decision_tasks", taskList={"name": queue})["count"]

    def pending_activities(self, queue="a"):
        return self.call("count_pending_activity_tasks", taskList={"name": queue})["count"]

    def executions(self):
        """All executions, open and closed."""
        found = []
        for kind in ("open", "closed"):
            pages = self.swf.get_paginator(f"list_{kind}_workflow_executions")
            for page in pages.paginate(domain=self.name, startTimeFilter={"oldestDate": 0}):
                found += [Execution(self, info["execution"]["workflowId"], info["execution"]["runId"]) for info in page["executionInfos"]]
        return found
