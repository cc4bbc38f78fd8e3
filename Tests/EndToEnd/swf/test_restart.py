"""kill -9 during each operation, under load: tokens, timers, histories and open work are as acknowledged."""

import os
import random
import time

import pytest

from swf import rules
from swf.helpers import complete, schedule, timer, types
from swf.survivors import Canceler, Client, Registrar

OPERATIONS = ["StartWorkflowExecution", "PollForDecisionTask", "RespondDecisionTaskCompleted", "PollForActivityTask", "RecordActivityTaskHeartbeat",
              "RespondActivityTaskCompleted", "RespondActivityTaskFailed", "SignalWorkflowExecution", "RequestCancelWorkflowExecution",
              "TerminateWorkflowExecution"]


@pytest.mark.timeout(3600)
def test_what_was_acknowledged_survives_a_kill_during_each_operation(server, domain, clock, long, capsys):
    seed = int(os.environ.get("HAKONIWA_CRASH_SEED", random.SystemRandom().randrange(10**9)))
    print(f"seed {seed}: HAKONIWA_CRASH_SEED={seed} repeats the choices")
    chance, running = random.Random(seed), server()
    d = domain(at=running)
    clients = [Client(f"c{n}", d, chance.random()) for n in range(4)]
    outcomes, hit, acknowledged = {"before": 0, "after": 0}, set(), 0
    for operation in OPERATIONS * (10 if long else 1):
        clients = [Client(client.name, d, chance.random(), client if client.ident else None) for client in clients]
        for client in clients:
            client.start()
        time.sleep(chance.uniform(0, 0.2))
        deadline = time.monotonic() + 20
        while not any(client.pending and client.pending[0] == operation for client in clients) and time.monotonic() < deadline:
            time.sleep(0.0002)
        time.sleep(chance.uniform(0, 0.003))
        running.kill9()
        hit |= {client.pending[0] for client in clients if client.pending}
        for client in clients:
            client.join(60)
            assert not client.is_alive()
        running.start()
        for client in clients:
            acknowledged += client.acknowledged
            outcomes[client.verify()] += 1
    # Everything of all lives, as it was acknowledged.
    for client in clients:
        for execution, expected in client.finished:
            assert execution.types() == expected
        if client.execution:
            assert client.found() == client.expected
    for execution in d.executions():
        rules.check_execution(execution)
    # Timers that were started in any of these lives fire once.
    clock(running).advance("3601s")
    for client in clients:
        if client.execution:
            started = client.found().count("TimerStarted") - client.found().count("TimerCanceled")
            client.execution.wait("TimerFired", started)
            assert client.execution.open_counts()["openTimers"] == 0
    assert acknowledged > 10 * len(OPERATIONS), "there was hardly any load"
    with capsys.disabled():
        print(f"\n  {len(OPERATIONS) * (10 if long else 1)} kills, {acknowledged} acknowledged calls, all there; of those under way {outcomes['after']} "
              f"were there whole and the others not at all; killed during {len(hit)} kinds")


REGISTRATIONS = ["RegisterDomain", "DeprecateDomain", "UndeprecateDomain", "TagResource", "UntagResource", "RegisterWorkflowType", "DeprecateWorkflowType",
                 "UndeprecateWorkflowType", "DeleteWorkflowType", "RegisterActivityType", "DeprecateActivityType", "UndeprecateActivityType",
                 "DeleteActivityType", "RespondActivityTaskCanceled"]


@pytest.mark.timeout(3600)
def test_what_was_registered_survives_a_kill_during_each_operation(server, domain, long):
    seed = int(os.environ.get("HAKONIWA_CRASH_SEED", random.SystemRandom().randrange(10**9)))
    print(f"seed {seed}: HAKONIWA_CRASH_SEED={seed} repeats the choices")
    chance, running = random.Random(seed), server()
    d = domain(at=running)
    clients, number = [Registrar(f"r{n}", d, chance.random()) for n in range(3)] + [Canceler("c", d, chance.random())], 0
    for operation in REGISTRATIONS * (5 if long else 1):
        number += 1
        # A new domain each time for who registers domains.
        past = [None if operation == "RegisterDomain" and isinstance(client, Registrar) else client for client in clients]
        clients = [type(client)(client.name if old else f"{client.name}-{number}", d, chance.random(), old if old and old.ident else None)
                   for client, old in zip(clients, past)]
        for client in clients:
            client.start()
        deadline = time.monotonic() + 20
        while not any(client.pending and client.pending[0] == operation for client in clients) and time.monotonic() < deadline:
            time.sleep(0.0002)
        time.sleep(chance.uniform(0, 0.003))
        running.kill9()
        for client in clients:
            client.join(60)
            assert not client.is_alive()
        running.start()
        for client in clients:
            client.verify()
    for execution, expected in clients[-1].finished:
        assert execution.types() == expected
    assert sum(client.acknowledged for client in clients) > 0


def test_tokens_timers_and_queued_tasks_outlive_the_server(server, domain, clock):
    running = server()
    d = domain(at=running)
    execution = d.start()
    d.decide(schedule("one"), schedule("two"), timer("t", 600), timer("u", 1200))
    activity = d.activity_task()
    execution.signal()
    decision = d.decision_task()
    other = d.start("other", taskList={"name": "o"}, taskPriority="3")
    before = execution.history()
    running.kill9()
    running.start()
    assert execution.history() == before
    assert (d.pending_activities(), d.pending_decisions("o")) == (1, 1)
    assert activity.beat("alive") is False
    activity.complete("after the crash")
    decision.decide()
    d.activity_task().complete()
    d.decide()
    running.kill9()
    running.start()
    clock(running).advance("601s")
    execution.wait("TimerFired")
    running.kill9()
    running.start()
    clock(running).advance("601s")
    events = execution.wait("TimerFired", 2)
    assert types(events).count("TimerFired") == 2
    d.decide(complete())
    d.decide(complete(), queue="o")
    assert execution.status() == other.status() == "COMPLETED"


def test_what_falls_due_while_the_server_is_down_happens_when_it_is_up(server, domain):
    running = server()
    d = domain(at=running)
    execution = d.start()
    d.decide(timer("t", 1), schedule(scheduleToStartTimeout="1"))
    running.kill9()
    time.sleep(1.1)
    running.start()
    events = execution.wait("TimerFired")
    execution.wait("ActivityTaskTimedOut")
    assert types(events).count("TimerFired") == 1
    d.decide(complete())


def test_a_decision_s_time_goes_on_over_a_restart(server, domain, clock):
    running = server()
    d = domain(at=running)
    execution = d.start(taskStartToCloseTimeout="60")
    task = d.decision_task()
    running.restart()
    clock(running).advance("61s")
    execution.wait("DecisionTaskTimedOut")
    with pytest.raises(d.swf.exceptions.UnknownResourceFault):
        task.decide()
    d.decide(complete())
