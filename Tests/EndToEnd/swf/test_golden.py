"""Fifteen histories recorded from Amazon SWF, driven step by step: the same events with the same links at every step."""

import json
import pathlib
import re
import time

import pytest

from swf.helpers import ACTIVITY, WORKFLOW, attributes, cancel, cancel_timer, child, complete, fail, links, marker, schedule, timer


def recorded():
    """Name → events as (type, links, the attributes that steer it)."""
    histories, events = {}, None
    for line in pathlib.Path(__file__).with_name("recorded-histories.txt").read_text().splitlines():
        if line.startswith("====="):
            events = histories[re.search(r"test_(\w+)\.yaml", line)[1]] = []
            continue
        found = re.match(r"\s*(\d+) \+\S+ (\w+) (\{.*)", line)
        if not found:
            continue
        number, kind, text = int(found[1]), found[2], found[3]
        assert number == len(events) + 1
        wanted = {name: int(value) for name, value in re.findall(r'"(\w+EventId)": (\d+)', text)}
        try:
            values = json.loads(text)
        except ValueError:
            values = {}  # cut off
        events.append((kind, wanted, values))
    return {name: events for name, events in histories.items() if events}


HISTORIES = recorded()


def test_there_are_fifteen():
    assert len(HISTORIES) == 15
    assert sum(len(events) for events in HISTORIES.values()) > 200


class Driver:
    """Does what the recorded client did, when it did it."""

    def __init__(self, domain, still, events):
        self.domain, self.still, self.events = domain, still, events
        self.decision, self.activities, self.children = None, {}, {}

    def run(self):
        for number, (kind, wanted, values) in enumerate(self.events, 1):
            getattr(self, kind, lambda *_: None)(number, wanted, values)
            # What follows from a step may come a moment later; nothing may come that was not recorded.
            followed = self.follows(number)
            found = self.wait(number)
            self.compare(found, followed)
        return self.run_of.history()

    def follows(self, number):
        """How many events there may be after this one: those that the same step or the engine itself adds."""
        while number < len(self.events) and self.comes_by_itself(number):
            number += 1
        return number

    def comes_by_itself(self, number):
        kind, wanted, values = self.events[number]
        if kind == "TimerFired":
            started = self.events[wanted["startedEventId"] - 1][2]
            return started["startToFireTimeout"] == "0"
        return kind in ("DecisionTaskScheduled", "ChildWorkflowExecutionStarted") or "decisionTaskCompletedEventId" in wanted

    def wait(self, number):
        deadline = time.monotonic() + 60
        while True:
            found = self.run_of.history()
            if len(found) >= number:
                return found
            assert time.monotonic() < deadline, f"event {number} {self.events[number - 1]} did not come: {[e['eventType'] for e in found]}"
            time.sleep(0.01)

    def compare(self, found, most):
        assert len(found) <= most, [event["eventType"] for event in found]
        for event, (kind, wanted, _) in zip(found, self.events):
            assert (event["eventType"], links(event)) == (kind, wanted), f"event {event['eventId']}"

    # One method for each event that somebody causes.

    def WorkflowExecutionStarted(self, number, wanted, values):
        self.run_of = self.domain.start("golden")

    def WorkflowExecutionSignaled(self, number, wanted, values):
        self.run_of.signal(values["signalName"], **({"input": values["input"]} if "input" in values else {}))

    def WorkflowExecutionCancelRequested(self, number, wanted, values):
        self.run_of.cancel()

    def DecisionTaskStarted(self, number, wanted, values):
        self.decision = self.domain.decision_task()
        assert self.decision.answer["startedEventId"] == number
        starts = [n for n, (kind, _, _) in enumerate(self.events[: number - 1], 1) if kind == "DecisionTaskStarted"]
        assert self.decision.answer["previousStartedEventId"] == (starts[-1] if starts else 0)

    def DecisionTaskCompleted(self, number, wanted, values):
        made = [(n, *event) for n, event in enumerate(self.events, 1) if event[1].get("decisionTaskCompletedEventId") == number]
        more = {key: values[key] for key in ("executionContext",) if key in values}
        self.decision.decide(*(self.decision_for(*event) for event in made), **more)

    def decision_for(self, number, kind, wanted, values):
        if kind == "ActivityTaskScheduled":
            # A list for each, for AWS started two of one list in another order.
            return schedule(f"a{number}", taskList={"name": f"a{number}"}, input="{}")
        if kind == "StartChildWorkflowExecutionInitiated":
            return child(f"child{number}", taskList={"name": f"c{number}"})
        if kind == "TimerStarted":
            return timer(values["timerId"], values["startToFireTimeout"])
        if kind == "TimerCanceled":
            return cancel_timer(values["timerId"])
        if kind == "MarkerRecorded":
            return marker(values["markerName"], **({"details": values["details"]} if "details" in values else {}))
        return {"WorkflowExecutionCompleted": complete(values.get("result")), "WorkflowExecutionCanceled": cancel(), "WorkflowExecutionFailed": fail()}[kind]

    def ActivityTaskStarted(self, number, wanted, values):
        self.activities[wanted["scheduledEventId"]] = self.domain.activity_task(f"a{wanted['scheduledEventId']}")

    def ActivityTaskCompleted(self, number, wanted, values):
        self.activities[wanted["scheduledEventId"]].complete(values["result"])

    def ActivityTaskFailed(self, number, wanted, values):
        self.activities[wanted["scheduledEventId"]].fail()

    def TimerFired(self, number, wanted, values):
        seconds = int(self.events[wanted["startedEventId"] - 1][2]["startToFireTimeout"])
        if seconds:
            self.still.advance(seconds)

    def ChildWorkflowExecutionCompleted(self, number, wanted, values):
        self.domain.decide(complete(values["result"]), queue=f"c{wanted['initiatedEventId']}")

    def ChildWorkflowExecutionFailed(self, number, wanted, values):
        self.domain.decide(fail(), queue=f"c{wanted['initiatedEventId']}")


@pytest.mark.parametrize("name", sorted(HISTORIES))
def test_the_engine_writes_what_aws_wrote(name, domain, still):
    events = HISTORIES[name]
    found = Driver(domain(at=still), still, events).run()
    assert [(event["eventType"], links(event)) for event in found] == [(kind, wanted) for kind, wanted, _ in events]
    for event, (kind, _, values) in zip(found, events):
        for key in ("signalName", "markerName", "executionContext", "timerId", "startToFireTimeout", "result"):
            if key in values:
                assert attributes(event)[key] == values[key]
        if kind == "DecisionTaskScheduled":
            assert attributes(event)["scheduleToStartTimeout"] == "NONE"  # since about 2021
