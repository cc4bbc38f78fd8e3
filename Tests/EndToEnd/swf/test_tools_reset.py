"""Runs that begin again from the middle of another."""

import pytest

from swf import rules
from swf.helpers import Execution, attributes, child, complete, decision, marker, schedule, signal_other, timer, types


@pytest.fixture
def reset(still):
    """`reset(execution, event)`: the new run; `status=400` expects a refusal and gives its words."""

    def make(execution, event, status=200, **more):
        d = execution.domain
        body = {"account": d.creds.account, "domain": d.name, "workflowId": execution.id, "event": event, **more}
        answer = still.post("/_hakoniwa/swf/resets", body)
        assert answer.status_code == status, answer.text
        if status != 200:
            return answer.json()["message"]
        return Execution(d, execution.id, answer.json()["runId"])

    return make


def event_of(execution, kind, nth=0):
    return [event["eventId"] for event in execution.history() if event["eventType"] == kind][nth]


def test_a_run_goes_on_from_the_middle_of_another(domain, still, reset):
    d = domain(at=still)
    old = d.start(input="in", tagList=["t"])
    d.decide(schedule("1"), marker("here"))
    d.activity_task().complete("first")
    d.decide(schedule("2"), executionContext="second")
    d.activity_task().complete("bad")
    d.decide(complete("wrong"))
    cut = event_of(old, "ActivityTaskScheduled", 1)
    new = reset(old, cut)
    assert new.run != old.run and old.status() == "COMPLETED" and new.status() == "OPEN"
    kept = new.history()[:cut]
    assert kept == old.history()[:cut]
    assert new.types()[cut:] == ["DecisionTaskScheduled"]
    info = new.describe()
    assert info["executionInfo"]["tagList"] == ["t"] and info["latestExecutionContext"] == "second"
    assert info["openCounts"]["openActivityTasks"] == 1
    task = d.activity_task()
    assert task.id == "2"
    task.complete("good")
    task = d.decision_task()
    assert task.answer["previousStartedEventId"] == event_of(old, "DecisionTaskStarted", 1)
    task.decide(complete("right"))
    assert new.last("WorkflowExecutionCompleted")["result"] == "right"
    rules.check_execution(new)


def test_an_open_run_is_terminated_for_it(domain, still, reset):
    d = domain(at=still)
    old = d.start()
    d.decide(schedule("1"))
    cut = event_of(old, "ActivityTaskScheduled")
    new = reset(old, cut)
    assert old.status() == "TERMINATED"
    assert old.last()["reason"] == f"Reset to event {cut} of run {old.run}"
    worker = d.activity_task()
    assert worker.answer["workflowExecution"] == new.names
    worker.complete()
    d.decide(complete())
    assert new.status() == "COMPLETED"


def test_a_task_that_somebody_works_on_is_given_out_again(domain, still, reset):
    d = domain(at=still)
    old = d.start()
    d.decide(schedule("1"))
    lost = d.activity_task()
    new = reset(old, event_of(old, "ActivityTaskStarted"))
    with pytest.raises(d.swf.exceptions.UnknownResourceFault):
        lost.complete()
    d.activity_task().complete("again")
    assert new.last("ActivityTaskCompleted")["result"] == "again"
    d.decide(complete())


def test_timers_begin_anew(domain, still, reset):
    d = domain(at=still)
    old = d.start()
    d.decide(timer("t", 100), timer("gone", 10))
    still.advance(50)
    d.decide()
    cut = event_of(old, "DecisionTaskCompleted", 1)
    new = reset(old, cut)
    still.advance(99)
    assert "TimerFired" not in new.types()[cut:]
    still.advance(1)
    new.wait("TimerFired", count=2)
    assert new.last("TimerFired")["timerId"] == "t"


def test_a_decision_task_that_was_being_answered_is_lost(domain, still, reset):
    d = domain(at=still)
    old = d.start()
    task = d.decision_task()
    new = reset(old, event_of(old, "DecisionTaskStarted"))
    with pytest.raises(d.swf.exceptions.UnknownResourceFault):
        task.decide(complete())
    assert new.types() == ["WorkflowExecutionStarted", "DecisionTaskScheduled", "DecisionTaskStarted", "DecisionTaskTimedOut", "DecisionTaskScheduled"]
    d.decide(complete())
    assert new.status() == "COMPLETED"


def test_a_decision_task_that_waits_is_the_one_that_is_offered(domain, still, reset):
    d = domain(at=still)
    old = d.start()
    new = reset(old, 2)
    assert new.types() == ["WorkflowExecutionStarted", "DecisionTaskScheduled"]
    d.decide(complete())
    assert new.status() == "COMPLETED"


def test_an_open_child_goes_over_to_the_new_run(domain, still, reset):
    d = domain(at=still)
    old = d.start("parent")
    d.decide(child("kid"))
    d.decide()
    cut = event_of(old, "DecisionTaskCompleted", 1)
    new = reset(old, cut)
    kid = d.call("list_open_workflow_executions", startTimeFilter={"oldestDate": 0}, executionFilter={"workflowId": "kid"})["executionInfos"][0]
    assert kid["parent"] == new.names
    d.decide(complete("kid's"), queue="cd")
    told = new.last("ChildWorkflowExecutionCompleted")
    assert told["result"] == "kid's"
    assert new.history()[told["startedEventId"] - 1]["eventType"] == "ChildWorkflowExecutionStarted"
    d.decide(complete())
    rules.check_execution(new)


def test_what_children_and_others_have_answered_is_told_again(domain, still, reset):
    d = domain(at=still)
    d.start("other", taskList={"name": "quiet"})
    old = d.start("parent")
    d.decide(child("kid"), signal_other("other"), signal_other("nobody"))
    d.decide(complete("kid's"), queue="cd")
    d.decide(complete("done"))
    cut = event_of(old, "SignalExternalWorkflowExecutionInitiated", 1)
    new = reset(old, cut)
    assert sorted(new.types()[cut:]) == sorted([
        "ChildWorkflowExecutionStarted", "ExternalWorkflowExecutionSignaled", "SignalExternalWorkflowExecutionFailed",
        "ChildWorkflowExecutionCompleted", "DecisionTaskScheduled"])
    told = new.last("ChildWorkflowExecutionCompleted")
    assert attributes(new.history()[told["startedEventId"] - 1])["initiatedEventId"] == told["initiatedEventId"]
    assert new.open_counts()["openChildWorkflowExecutions"] == 0
    d.decide(complete())
    rules.check_execution(new)


def test_a_child_that_is_reset_still_answers_its_parent(domain, still, reset):
    d = domain(at=still)
    parent = d.start("parent")
    d.decide(child("kid"))
    run = parent.last("ChildWorkflowExecutionStarted")["workflowExecution"]["runId"]
    new = reset(Execution(d, "kid", run), 2)
    d.decide(complete("at last"), queue="cd")
    assert new.status() == "COMPLETED"
    assert parent.last("ChildWorkflowExecutionCompleted")["result"] == "at last"
    d.decide(complete())


def test_answers_are_not_cut_in_two(domain, still, reset):
    d = domain(at=still)
    old = d.start()
    d.decide(schedule("1"), schedule("2"))
    first = event_of(old, "ActivityTaskScheduled")
    text = reset(old, first, status=400)
    assert text == f"event {first} cuts the decisions of event {first - 1} in two; whole are the first: {first + 1}"
    reset(old, first - 1, status=400)
    assert "the run has events 1 to" in reset(old, 0, status=400)
    d.decide(complete()) if old.status() == "OPEN" and old.types()[-1] == "DecisionTaskScheduled" else old.terminate()
    assert "is the end of the run" in reset(old, len(old.types()), status=400)
    assert old.types()[-1] in ("WorkflowExecutionCompleted", "WorkflowExecutionTerminated")


def test_a_reset_run_can_be_reset(domain, still, reset):
    d = domain(at=still)
    run = d.start()
    d.decide(schedule("1"))
    cut = event_of(run, "ActivityTaskScheduled")
    for _ in range(3):
        run = reset(run, cut)
    d.activity_task().complete()
    d.decide(complete())
    assert run.status() == "COMPLETED"


def test_the_command(domain, still, client):
    from swf.helpers import Domain

    d = Domain(client("swf", at=still.endpoint, read_timeout=30), None, name="reset-command")
    old = d.start("order")
    d.decide(schedule("1"))
    cut = event_of(old, "ActivityTaskScheduled")
    done = still.hakoniwa("swf", "reset", "order", "--domain", d.name, "--event", str(cut))
    assert done.returncode == 0, done.stderr
    run = done.stdout.split()[1]
    assert f"Run {run} goes on behind event {cut}." in done.stdout
    assert Execution(d, "order", run).types()[-1] == "DecisionTaskScheduled"
    refused = still.hakoniwa("swf", "reset", "order", "--domain", d.name, "--event", "999")
    assert refused.returncode != 0 and "the run has events 1 to" in refused.stderr


def test_a_long_history_is_kept_whole(domain, still, reset):
    d = domain(at=still, seconds=60)
    old = d.start()
    d.decide(*(marker(f"m{number}") for number in range(1200)))
    new = reset(old, 1204)
    assert new.history()[:1204] == old.history()[:1204]
    assert types(new.history())[1204:] == ["DecisionTaskScheduled"]
    d.decide(complete())
    assert new.status() == "COMPLETED"


def test_wherever_a_history_can_be_cut_the_new_run_is_sound(domain, still, reset):
    d = domain(at=still)
    d.start("other", taskList={"name": "quiet"})
    old = d.start("busy")
    d.decide(schedule("1"), timer("t", 100), child("kid"), signal_other("other"), signal_other("nobody"), schedule("1"))
    lost = d.activity_task()
    old.signal("hello")
    task = d.decision_task()
    lost.beat("half")
    old.cancel()
    task.decide(schedule("2"), timer("u", 5), marker())
    d.decide(complete("kid's"), queue="cd")
    still.advance(6)
    lost.complete("one")
    d.decide(decision("CancelTimer", timerId="t"), decision("RequestCancelActivityTask", activityId="2"))
    d.decide(complete("end"))
    history = old.history()
    outcomes = {}
    for event in history:
        try:
            new = reset(old, event["eventId"], runId=old.run)
        except AssertionError:
            outcomes[event["eventId"]] = "refused"
            continue
        assert new.history()[:event["eventId"]] == history[:event["eventId"]]
        rules.check_execution(new)
        d.decide(complete())
        assert new.status() == "COMPLETED"
        rules.check_execution(new)
        outcomes[event["eventId"]] = "reset"
    decided = [e["eventId"] for e in history if e["eventType"] == "DecisionTaskCompleted"]
    assert all(outcomes[number] == "refused" for number in decided)
    assert outcomes[len(history)] == "refused"
    assert list(outcomes.values()).count("reset") > len(history) / 2
