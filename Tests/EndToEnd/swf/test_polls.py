"""Long polls: they wait, they are answered in order, and no task goes to two or to nobody."""

import itertools
import json
import random
import socket
import struct
import threading
import time

import pytest

from harness import Server
from harness.events import eventually, within
from swf.conftest import StillServer
from swf.helpers import RawCall, complete, marker, refused, schedule, timer, types


def test_an_empty_answer_has_these_members_and_no_token(domain, still):
    """Clients of AWS Flow take the absence of taskToken for the empty answer; three captures of the wire show it."""
    d = domain(at=still)
    answers = {}

    def poll(name, call):
        answers[name] = call.send()

    threads = [threading.Thread(target=poll, args=(name, call), daemon=True) for name, call in
               (("decision", d.raw_decision_poll("nothing")), ("activity", d.raw_activity_poll("nothing")))]
    for thread in threads:
        thread.start()
    still.parked(2)
    still.advance(59)
    time.sleep(0.2)
    assert not answers, "it waits for a minute"
    still.advance(2)
    for thread in threads:
        thread.join(60)
    # AWS writes the two in the other order, which no reader of JSON sees.
    assert json.loads(answers["decision"][2]) == {"previousStartedEventId": 0, "startedEventId": 0}
    assert answers["activity"][2] == b'{"startedEventId":0}'
    for status, head, _ in answers.values():
        assert status == 200 and "\r\nconnection: close" not in head
        assert "\r\ncontent-type: application/json" in head or "\r\ncontent-type: application/x-amz-json-1.0" in head
        assert "\r\nx-amzn-requestid: " in head


def test_an_empty_answer_can_have_an_empty_token(domain):
    """As the API reference says and some clients need it."""
    with StillServer("--swf-empty-poll-token", "empty", ephemeral=True) as running:
        d = domain(at=running)
        answers = []
        threads = [threading.Thread(target=lambda call=call: answers.append(call.send()), daemon=True) for call in (d.raw_decision_poll("nothing"), d.raw_activity_poll("nothing"))]
        for thread in threads:
            thread.start()
        running.parked(2)
        running.advance(61)
        for thread in threads:
            thread.join(60)
        found = sorted((json.loads(body) for _, _, body in answers), key=len)
        assert found == [{"taskToken": "", "startedEventId": 0}, {"taskToken": "", "startedEventId": 0, "previousStartedEventId": 0}]


def test_polls_close_the_connections_of_clients_that_may_fork(domain):
    """A client that forks after a poll would share the connection with its child."""
    d = domain()

    def closes(call, agent):
        call.bytes = call.bytes.replace(b"\r\n", f"\r\nUser-Agent: {agent}\r\n".encode(), 1)
        status, head, body = call.send()
        assert status == 200
        return "\r\nconnection: close" in head, json.loads(body)

    for agent, isClosed in (("Boto3/1.43.11 md/Botocore#1.43.11", True), ("aws-sdk-go-v2/1.30.3", False)):
        d.start(f"closes {isClosed}")
        told, task = closes(d.raw_decision_poll(), agent)
        assert told is isClosed
        RawCall(d, "RespondDecisionTaskCompleted", {"taskToken": task["taskToken"], "decisions": [schedule()]}).send()
        told, _ = closes(d.raw_activity_poll(), agent)
        assert told is isClosed
        told, _ = closes(RawCall(d, "DescribeDomain", {"name": d.name}), agent)
        assert not told


def test_the_first_task_says_that_there_was_none_before(domain):
    d = domain()
    d.start()
    answer = d.raw_decision_poll().json()
    assert answer["previousStartedEventId"] == 0 and answer["startedEventId"] == 3
    assert set(answer) == {"taskToken", "startedEventId", "previousStartedEventId", "workflowExecution", "workflowType", "events"}
    assert len(answer["taskToken"]) <= 1024


def test_an_activity_task_has_input_but_not_control(domain):
    d = domain()
    execution = d.start()
    d.decide(schedule(input="i", control="c"))
    answer = d.call("poll_for_activity_task", taskList={"name": "a"}, identity="me")
    assert {name: answer[name] for name in ("activityId", "startedEventId", "workflowExecution", "activityType", "input")} == {
        "activityId": "a1", "startedEventId": 6, "workflowExecution": execution.names, "activityType": {"name": "a", "version": "1"}, "input": "i"}
    assert "control" not in answer
    assert execution.last("ActivityTaskStarted") == {"scheduledEventId": 5, "identity": "me"}


@pytest.mark.parametrize("kind", ["decision", "activity"])
def test_a_parked_poll_is_answered_at_once(kind, domain, server):
    running = server(ephemeral=True)
    d = domain(at=running, seconds=90)
    numbers = itertools.count()

    def answered():
        number = next(numbers)
        d.start(f"w {number}", taskList={"name": "x"})
        parked = d.parked_decision_poll(seconds=0) if kind == "decision" else d.parked_activity_poll(seconds=0)
        running.parked(1)
        started = time.monotonic()
        if kind == "decision":
            d.start(f"another {number}")
        else:
            d.decide(schedule(), queue="x")
        parked.result()
        return time.monotonic() - started

    within(2, answered)


def test_polls_of_other_lists_domains_and_accounts_get_nothing(domain, server):
    running = server(ephemeral=True)
    d = domain(at=running)
    second = domain(at=running, creds=d.creds, name="second")
    third = domain(at=running)
    parked = [d.parked_decision_poll("other", 0), second.parked_decision_poll("d", 0), third.parked_decision_poll("d", 0), d.parked_activity_poll("d", 0)]
    running.parked(4)
    execution = d.start()
    time.sleep(0.2)
    running.parked(4)
    assert all(each.is_waiting for each in parked)
    d.decide(complete())
    assert execution.status() == "COMPLETED"


def test_decision_tasks_come_by_priority_then_in_order(domain):
    d = domain()
    chance = random.Random(3)
    made = [(chance.choice([-2147483648, -3, 0, 5, 2147483647]), number) for number in range(60)]
    for priority, number in made:
        d.start(f"w{number}", **({"taskPriority": str(priority)} if priority or number % 2 else {}))
    poll = d.raw_decision_poll(maximumPageSize=1)
    found = [int(poll.json()["workflowExecution"]["workflowId"][1:]) for _ in made]
    assert found == [number for _, number in sorted(made, key=lambda each: (-each[0], each[1]))]


def test_a_thousand_activity_tasks_of_five_priorities_come_in_order(domain, long):
    d = domain(seconds=60)
    chance, count = random.Random(5), 5000 if long else 1000
    made = [(chance.choice([-10, -1, 0, 1, 10]), number) for number in range(count)]
    execution = d.start()
    for first in range(0, count, 250):
        d.decide(*(schedule(f"{number}", taskPriority=str(priority)) for priority, number in made[first : first + 250]), timer(f"t{first}", 0))
        execution.wait("TimerFired", first // 250 + 1)
    assert d.pending_activities() == count
    poll = d.raw_activity_poll()
    found = [int(poll.json()["activityId"]) for _ in made]
    assert found == [number for _, number in sorted(made, key=lambda each: (-each[0], each[1]))]
    assert d.pending_activities() == 0


def test_no_task_goes_to_two_pollers(domain, long):
    d = domain(seconds=60)
    count, pollers, rounds = (10_000, 16, 20) if long else (1000, 16, 4)
    got, lock = [], threading.Lock()
    poll = d.raw_activity_poll()
    executions = []

    def work():
        while True:
            answer = poll.json()
            if answer.get("input") == "stop":
                return
            if "taskToken" not in answer:
                continue
            with lock:
                got.append((answer["workflowExecution"]["workflowId"], answer["activityId"], answer["taskToken"]))

    workers = [threading.Thread(target=work, daemon=True) for _ in range(pollers)]
    for worker in workers:
        worker.start()
    for number in range(rounds):
        executions.append(d.start(f"w{number}"))
        d.decide(*(schedule(f"{n}") for n in range(count // rounds)))
    deadline = time.monotonic() + 120
    while len(got) < count and time.monotonic() < deadline:
        time.sleep(0.02)
    d.start("stop")
    d.decide(*(schedule(f"{n}", input="stop") for n in range(pollers)))
    for worker in workers:
        worker.join(60)
    assert len(got) == count and len(set(got)) == count and len({token for _, _, token in got}) == count
    for execution in executions:
        assert types(execution.history()).count("ActivityTaskStarted") == count // rounds


def test_no_decision_task_goes_to_two_deciders(domain):
    """Every decider decides; none is told that its task is unknown."""
    d = domain(seconds=60)
    workflows, signals = 20, 10
    executions = [d.start(f"w{n}") for n in range(workflows)]
    poll, failures, count = d.raw_decision_poll(maximumPageSize=1), [], 4

    def decide():
        while True:
            answer = poll.json()
            if not answer.get("taskToken"):
                continue
            if answer["workflowExecution"]["workflowId"].startswith("stop"):
                return
            status, _, body = RawCall(d, "RespondDecisionTaskCompleted", {"taskToken": answer["taskToken"], "decisions": [marker()]}).send()
            if status != 200:
                failures.append(body)

    deciders = [threading.Thread(target=decide, daemon=True) for _ in range(count)]
    for thread in deciders:
        thread.start()
    for _ in range(signals):
        for execution in executions:
            execution.signal()
    deadline = time.monotonic() + 60
    while any(execution.types()[-1] != "MarkerRecorded" for execution in executions) and time.monotonic() < deadline:
        time.sleep(0.05)
    for number in range(count):
        d.start(f"stop{number}")
    for thread in deciders:
        thread.join(60)
    assert failures == [] and not any(thread.is_alive() for thread in deciders)
    for execution in executions:
        kinds = execution.types()
        assert kinds.count("WorkflowExecutionSignaled") == signals
        assert kinds.count("DecisionTaskStarted") == kinds.count("DecisionTaskCompleted") == kinds.count("DecisionTaskScheduled")


@pytest.mark.parametrize("how", ["closed", "reset"])
@pytest.mark.parametrize("kind", ["decision", "activity"])
def test_a_poller_that_is_gone_takes_no_task_with_it(how, kind, domain, server):
    running = server(ephemeral=True)
    d = domain(at=running)
    poll = d.raw_decision_poll() if kind == "decision" else d.raw_activity_poll()
    open_before = running.connections()
    for _ in range(20):
        connection = poll.connect()
        if how == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        time.sleep(0.01)
        connection.close()
    # Until the server has noticed: it takes them in the order in which they came, this last one too, and closes them.
    running.parked(0)
    eventually(lambda: running.connections() <= open_before)
    running.parked(0)
    execution = d.start(taskList={"name": "d" if kind == "decision" else "x"})
    if kind == "activity":
        d.decide(schedule(), queue="x")
    started = time.monotonic()
    task = d.decision_task() if kind == "decision" else d.activity_task()
    assert time.monotonic() - started < 2
    assert execution.types().count("DecisionTaskStarted" if kind == "decision" else "ActivityTaskStarted") == 1
    task.decide(complete()) if kind == "decision" else task.complete()


def test_parked_polls_that_stay_are_answered_when_others_have_gone(domain, server):
    running = server(ephemeral=True)
    d = domain(at=running)
    gone = [d.raw_activity_poll().connect() for _ in range(5)]
    running.parked(5)
    parked = d.parked_activity_poll(seconds=0)
    running.parked(6)
    for connection in gone:
        connection.close()
    running.parked(1)
    d.start()
    d.decide(schedule())
    parked.result().complete()


def test_the_list_of_a_task_is_that_of_its_execution_unless_overridden(domain):
    d = domain()
    d.start(taskList={"name": "special"})
    assert (d.pending_decisions(), d.pending_decisions("special"), d.pending_decisions("never heard of")) == (0, 1, 0)
    d.decide(schedule(taskList={"name": "far"}), queue="special")
    assert (d.pending_activities(), d.pending_activities("far")) == (0, 1)
    d.activity_task("far")
    assert d.pending_activities("far") == 0


def test_polling_an_unknown_domain_fails_at_once(domain):
    d = domain()
    for operation in ("poll_for_decision_task", "poll_for_activity_task"):
        refused("UnknownResourceFault", "Unknown domain: nowhere", getattr(d.swf, operation), domain="nowhere", taskList={"name": "d"})


def test_a_deprecated_domain_finishes_its_work_and_starts_none(domain):
    d = domain()
    execution = d.start()
    d.swf.deprecate_domain(name=d.name)
    refused("DomainDeprecatedFault", None, d.start, name="another")
    d.decide(schedule())
    if execution.types()[-1] == "ActivityTaskScheduled":
        d.activity_task().complete()
    d.decide(complete())
    assert execution.status() == "COMPLETED"


def test_parked_polls_cost_next_to_nothing(domain, long):
    with Server(ephemeral=True) as running:
        d = domain(at=running)
        poll = d.raw_activity_poll("idle")
        parked = [poll.connect() for _ in range(1000 if long else 300)]
        running.parked(len(parked))
        spans = []
        # What is still to be done for their coming, and a machine's hiccup, is no cost of waiting.
        while len(spans) < 5 and (not spans or spans[-1] > (0.1 if long else 0.06)):
            before = running.cpu()
            time.sleep(5 if long else 2)
            spans.append(running.cpu() - before)
        for connection in parked:
            connection.close()
        assert spans[-1] <= (0.1 if long else 0.06), f"{spans} s of processor time for polls that wait"


def test_the_thousand_and_first_poller_of_a_list_is_refused_with_aws_limits(domain):
    with Server("--aws-limits", ephemeral=True) as running:
        d = domain(at=running)
        poll = d.raw_activity_poll("busy")
        parked = [poll.connect() for _ in range(1000)]
        running.parked(1000)
        status, _, body = poll.send()
        assert status == 400 and json.loads(body)["__type"].endswith("#LimitExceededFault"), body
        another = d.parked_activity_poll("another list", seconds=0)
        running.parked(1001)
        assert another.is_waiting
        for connection in parked:
            connection.close()
