"""Faults that are asked for: answers that get lost or come late, tasks that time out, calls that are throttled."""

import time

import pytest
from botocore.exceptions import ClientError

from swf.conftest import StillServer
from swf.helpers import (attributes, call_lambda, cancel, cancel_activity, cancel_other, cancel_timer, child, complete, fail, go_on, links, marker, schedule,
                         signal_other, timer, types)


@pytest.fixture(scope="module")
def faulty():
    """A server of this file's own, on which time stands still: its faults are nobody else's."""
    with StillServer(ephemeral=True) as running:
        yield running


@pytest.fixture
def faults(faulty):
    """`faults({…}, …, seed=1)`: rules in place of all; `.show()` tells what came of them."""

    class Faults:
        def __call__(self, *rules, seed=1):
            answer = faulty.post("/_hakoniwa/swf/faults", {"seed": seed, "rules": list(rules)})
            assert answer.status_code == 200, answer.text

        def show(self):
            return faulty.get("/_hakoniwa/swf/faults").json()["rules"]

    made = Faults()
    made()
    yield made
    made()


def activities(d, count, **more):
    """A run with so many scheduled activities."""
    execution = d.start(**more)
    d.decide(*(schedule(f"a{number}") for number in range(count)))
    return execution


def test_a_lost_answer_s_task_times_out_as_if_its_worker_had_died(domain, faulty, faults):
    d = domain(at=faulty)
    d.activity_type("quick", defaultTaskStartToCloseTimeout="30")
    execution = d.start()
    d.decide(schedule("1", activityType={"name": "quick", "version": "1"}))
    faults({"kind": "drop", "operation": "PollForActivityTask", "nth": 1})
    with pytest.raises(ClientError) as lost:
        d.activity_task()
    assert lost.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert execution.types()[-1] == "ActivityTaskStarted"
    faulty.advance(30)
    assert execution.wait("ActivityTaskTimedOut")[-1]["eventType"] == "DecisionTaskScheduled"
    assert faults.show()[0]["hits"] == 1
    d.decide(schedule("2"))
    d.activity_task().complete()


def test_a_lost_answer_can_look_like_that_of_a_poll_without_a_task(domain, faulty, faults):
    d = domain(at=faulty)
    d.start()
    faults({"kind": "drop", "operation": "PollForDecisionTask", "loss": "empty", "limit": 1})
    answer = d.call("poll_for_decision_task", taskList={"name": "d"})
    assert not answer.get("taskToken") and answer["startedEventId"] == 0 and answer["previousStartedEventId"] == 0
    faulty.advance(300)
    task = d.decision_task()
    assert [event["eventType"] for event in task.events][-3:] == ["DecisionTaskTimedOut", "DecisionTaskScheduled", "DecisionTaskStarted"]
    task.decide(complete())


def test_a_late_answer_comes_when_the_clock_says(domain, faulty, faults):
    d = domain(at=faulty)
    execution = activities(d, 1)
    faults({"kind": "delay", "operation": "PollForActivityTask", "seconds": 20})
    poll = d.parked_activity_poll(seconds=0)
    faulty.parked(1)
    assert poll.is_waiting
    assert "ActivityTaskStarted" not in execution.types()
    faulty.advance(19)
    time.sleep(0.2)
    assert poll.is_waiting
    faulty.advance(1)
    poll.result().complete()
    assert faults.show()[0]["hits"] == 1


def test_the_nth_task_of_a_type_times_out(domain, faulty, faults):
    d = domain(at=faulty)
    d.activity_type("other")
    execution = d.start()
    d.decide(*(schedule(f"a{number}") for number in range(3)), schedule("o", activityType={"name": "other", "version": "1"}))
    faults({"kind": "timeout", "type": "a", "nth": 2})
    tasks = [d.activity_task() for _ in range(4)]
    late = [link["scheduledEventId"] for link in map(links, (e for e in execution.history() if e["eventType"] == "ActivityTaskTimedOut"))]
    assert late == [tasks[1].answer["startedEventId"] - 4]
    for number, task in enumerate(tasks):
        if number == 1:
            with pytest.raises(d.swf.exceptions.UnknownResourceFault):
                task.complete()
        else:
            task.complete()
    assert faults.show()[0] == {"kind": "timeout", "type": "a", "nth": 2, "matches": 3, "hits": 1}


def test_a_decision_task_times_out_too(domain, faulty, faults):
    d = domain(at=faulty)
    execution = d.start("slow")
    faults({"kind": "timeout", "operation": "PollForDecisionTask", "id": "slow", "nth": 1})
    task = d.decision_task()
    with pytest.raises(d.swf.exceptions.UnknownResourceFault):
        task.decide(complete())
    d.decide(complete())
    assert types(execution.history())[2:6] == ["DecisionTaskStarted", "DecisionTaskTimedOut", "DecisionTaskScheduled", "DecisionTaskStarted"]


def test_the_same_seed_loses_the_same_answers(domain, faulty, faults):
    def run(seed):
        d = domain(at=faulty)
        activities(d, 24)
        faults({"kind": "drop", "operation": "PollForActivityTask", "probability": 0.5, "loss": "empty"}, seed=seed)
        return ["taskToken" in d.call("poll_for_activity_task", taskList={"name": "a"}) for _ in range(24)]

    first = run(7)
    assert first == run(7) and first != run(8)
    assert 4 < sum(first) < 20


def test_single_calls_are_throttled(domain, faulty, faults):
    d = domain(at=faulty)
    faults({"kind": "throttle", "operation": "StartWorkflowExecution", "every": 2})
    outcomes = []
    for number in range(4):
        try:
            d.start(f"w{number}")
            outcomes.append("ok")
        except ClientError as error:
            outcomes.append(error.response["Error"]["Code"])
    assert outcomes == ["ok", "ThrottlingException"] * 2
    d.call("count_pending_decision_tasks", taskList={"name": "d"})


def test_calls_are_throttled_as_aws_would_at_a_hundredth_of_its_rates(domain, faulty, faults):
    d = domain(at=faulty)
    execution = d.start()
    faults({"kind": "throttle", "operation": "GetWorkflowExecutionHistory", "factor": 0.01})

    def reads():
        count = 0
        try:
            while count < 100:
                d.call("get_workflow_execution_history", execution=execution.names)
                count += 1
        except ClientError as error:
            assert error.response["Error"]["Code"] == "ThrottlingException"
        return count

    assert reads() == 4  # of one workflow: 400 at once, 200 more a second
    assert reads() == 0
    faulty.advance(1)
    assert reads() == 2
    execution.describe()


def test_faults_are_for_one_domain_only(domain, faulty, faults):
    d, other = domain(at=faulty, name="one"), domain(at=faulty, name="other")
    faults({"kind": "drop", "domain": "one"})
    other.start()
    other.decide(complete())
    d.start()
    with pytest.raises(ClientError):
        d.decision_task()


@pytest.mark.parametrize("rule", [{"kind": "delay"}, {"kind": "burn"}, {"kind": "drop", "nth": 0}, {"kind": "drop", "who": "me"}, {}, {"kind": "fail"},
                                  {"kind": "fail", "operation": "StartTimer"}, {"kind": "fail", "operation": "StartTimer", "cause": "UNHANDLED_DECISION"},
                                  {"kind": "fail", "operation": "SignalWorkflowExecution", "cause": "UNHANDLED_DECISION"}])
def test_rules_that_cannot_be_are_refused(rule, faulty, faults):
    answer = faulty.post("/_hakoniwa/swf/faults", {"rules": [rule]})
    assert answer.status_code == 400 and answer.json()["message"]
    assert faults.show() == []


def test_counts_are_truncated_as_those_of_aws_are_when_it_has_read_enough(domain, faulty, faults):
    d = domain(at=faulty)
    for number in range(3):
        d.start(f"w{number}")
    faults({"kind": "truncate", "most": 2})
    span = {"startTimeFilter": {"oldestDate": 0}}
    for operation, more in (("count_open_workflow_executions", span), ("count_pending_decision_tasks", {"taskList": {"name": "d"}})):
        answer = d.call(operation, **more)
        assert (answer["count"], answer["truncated"]) == (2, True)
    assert d.call("count_closed_workflow_executions", **span)["count"] == 0
    faults()
    assert d.call("count_open_workflow_executions", **span)["count"] == 3


DECISIONS = {made["decisionType"]: made for made in (
    schedule(), cancel_activity(), timer(), cancel_timer(), marker(), signal_other("x"), cancel_other("x"), child(), call_lambda(), complete(), fail(), cancel(), go_on())}


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_fails_of_each_of_aws_s_causes(decision, domain, faulty, faults):
    """Also of those that nothing on a laptop brings about."""
    d = domain(at=faulty)
    event = f"{decision}Failed"
    shape = d.swf.meta.service_model.shape_for(f"{event}EventAttributes")
    causes = shape.members["cause"].enum
    execution = d.start()
    for number, cause in enumerate(causes):
        faults({"kind": "fail", "operation": decision, "cause": cause, "domain": d.name, "limit": 1})
        # What is in the list before it is done.
        made = [marker(f"before {number}")] if decision != "RecordMarker" else []
        d.decide(*made, DECISIONS[decision])
        faults()
        history = execution.history()
        assert [each["eventType"] for each in history[-len(made) - 2 :]] == ["MarkerRecorded"] * len(made) + [event, "DecisionTaskScheduled"]
        failed = attributes(history[-2])
        assert failed["cause"] == cause and failed["decisionTaskCompletedEventId"] == history[-3 - len(made)]["eventId"]
        assert set(shape.required_members) <= set(failed)
        assert execution.status() == "OPEN"


def test_a_decision_that_fails_can_be_chosen(domain, faulty, faults):
    d = domain(at=faulty)
    execution = d.start()
    faults({"kind": "fail", "operation": "StartTimer", "cause": "TIMER_CREATION_RATE_EXCEEDED", "id": "b"},
           {"kind": "fail", "operation": "ScheduleActivityTask", "cause": "ACTIVITY_CREATION_RATE_EXCEEDED", "type": "a", "nth": 2})
    d.decide(timer("a"), timer("b"), schedule("1"), schedule("2"), schedule("3"))
    assert execution.types()[4:-1] == ["TimerStarted", "StartTimerFailed", "DecisionTaskScheduled", "ActivityTaskScheduled", "ScheduleActivityTaskFailed"]
    assert execution.last("StartTimerFailed")["timerId"] == "b" and execution.last("ScheduleActivityTaskFailed")["activityId"] == "2"
    assert [rule["hits"] for rule in faults.show()] == [1, 1]


def test_new_runs_and_functions_come_at_a_rate(domain, faulty, faults):
    d = domain(at=faulty)
    execution = d.start()
    faults({"kind": "throttle", "operation": "ContinueAsNewWorkflowExecution", "factor": 0.0001},
           {"kind": "throttle", "operation": "ScheduleLambdaFunction", "factor": 0.0001})
    d.decide(call_lambda("1"), call_lambda("2"))
    assert execution.last("ScheduleLambdaFunctionFailed") == {"id": "2", "name": "f", "cause": "LAMBDA_FUNCTION_CREATION_RATE_EXCEEDED", "decisionTaskCompletedEventId": 4}
    second = d.decide(go_on())
    assert second.status() == "CONTINUED_AS_NEW"
    third = d.decide(go_on())
    assert third.last("ContinueAsNewWorkflowExecutionFailed")["cause"] == "CONTINUE_AS_NEW_WORKFLOW_EXECUTION_RATE_EXCEEDED"


def test_emptying_the_cloud_ends_all_faults(server):
    running = server(ephemeral=True)
    running.post("/_hakoniwa/swf/faults", {"rules": [{"kind": "drop"}, {"kind": "throttle", "factor": 0.1}]})
    running.post("/_hakoniwa/reset", {})
    assert running.get("/_hakoniwa/swf/faults").json()["rules"] == []


def test_the_commands(domain, faulty, faults, tmp_path):
    added = faulty.hakoniwa("swf", "faults", "add", "drop", "--type", "Pay", "--nth", "2", "--empty")
    assert added.returncode == 0, added.stderr
    assert "drop loss=empty nth=2 type=Pay  (0 of 0)" in added.stdout
    (tmp_path / "plan.json").write_text('{"seed": 9, "rules": [{"kind": "delay", "seconds": 1}, {"kind": "timeout", "every": 3}]}')
    assert "Seed 9, 2 rules." in faulty.hakoniwa("swf", "faults", "load", str(tmp_path / "plan.json")).stdout
    assert "timeout every=3" in faulty.hakoniwa("swf", "faults").stdout
    assert "0 rules" in faulty.hakoniwa("swf", "faults", "clear").stdout
    wrong = faulty.hakoniwa("swf", "faults", "add", "delay")
    assert wrong.returncode != 0 and "delay needs seconds" in wrong.stderr
