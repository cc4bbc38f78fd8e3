"""Clients that people use: simpleflow with its own processes, swf-typed, the AWS CLI."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest
import swf_typed

from swf import rules
from swf.helpers import Execution, attributes, types


@pytest.fixture
def simpleflow(domain, endpoint, tmp_path):
    """`simpleflow(…)` runs its command line; `simpleflow.start(…)` starts a process of it that is ended with the test."""
    d = domain(types=False, name="shop")
    folder = pathlib.Path(__file__).resolve().parents[1]
    environment = {**os.environ, **d.creds.env, "AWS_ENDPOINT_URL_SWF": endpoint, "AWS_ENDPOINT_URL": endpoint, "AWS_DEFAULT_REGION": "us-east-1",
                   "PYTHONPATH": str(folder), "SWF_DOMAIN": d.name, "SIMPLEFLOW_IDENTITY": "test", "LOG_LEVEL": "INFO", "PYTHONUNBUFFERED": "1"}
    processes = []

    def run(*words, timeout=120):
        done = subprocess.run([sys.executable, "-m", "simpleflow", *words], env=environment, capture_output=True, text=True, timeout=timeout, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(*words):
        log = open(tmp_path / f"{len(processes)}.log", "wb")
        processes.append(subprocess.Popen([sys.executable, "-m", "simpleflow", *words], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                          cwd=tmp_path, start_new_session=True))

    run.start, run.domain = start, d
    run.logs = lambda: "\n".join(f"--- {path.name}\n{path.read_text(errors='replace')[-6000:]}" for path in sorted(tmp_path.glob("*.log")))
    yield run
    for process in processes:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def ended(run, execution, seconds=180):
    deadline = time.monotonic() + seconds
    while execution.status() == "OPEN":
        assert time.monotonic() < deadline, f"{execution.types()}\n{run.logs()}"
        time.sleep(0.05)
    return execution.history()


@pytest.mark.timeout(900)
def test_simpleflow_runs_an_order_with_its_own_deciders_and_workers(simpleflow):
    """Parallel activities, a child workflow, a timer, a marker, a signal from outside, an activity that fails; then a workflow that continues as new."""
    d = simpleflow.domain
    module = "swf.orders.workflow"
    simpleflow.start("decider.start", "-d", d.name, "-t", "orders", "-N", "2", f"{module}.OrderWorkflow", "swf.orders.packing.PackWorkflow", f"{module}.AgainWorkflow")
    simpleflow.start("worker.start", "-d", d.name, "-t", "orders-work", "-N", "2")
    shown = simpleflow("workflow.start", "-d", d.name, "--workflow-id", "order-1", "--task-list", "orders", "--execution-timeout", "300",
                       "--decision-tasks-timeout", "60", "--input", '{"args": [3]}', f"{module}.OrderWorkflow")
    order = Execution(d, *shown.split()[-2:])
    try:
        order.wait("MarkerRecorded", seconds=180)
    except AssertionError as error:
        raise AssertionError(f"{error}\n{simpleflow.logs()}") from None
    order.signal("approved", input='{"args": [], "kwargs": {}}')
    events = ended(simpleflow, order)
    assert events[-1]["eventType"] == "WorkflowExecutionCompleted", simpleflow.logs()
    assert json.loads(attributes(events[-1])["result"]) == {"shipped": "shipped 3 parts", "stumbled": True}
    kinds = types(events)
    assert kinds.count("ActivityTaskCompleted") == 4 and kinds.count("ActivityTaskFailed") == 1
    assert kinds.count("ChildWorkflowExecutionCompleted") == 1 and kinds.count("TimerFired") >= 1
    # It registers its activity types when a decision fails for want of them.
    assert "DecisionTaskTimedOut" not in kinds
    again = Execution(d, *simpleflow("workflow.start", "-d", d.name, "--workflow-id", "again-1", "--task-list", "orders", "--execution-timeout", "300",
                                     "--decision-tasks-timeout", "60", "--input", '{"args": [1]}', f"{module}.AgainWorkflow").split()[-2:])
    ended(simpleflow, again)
    assert again.status() == "CONTINUED_AS_NEW", again.types()
    ended(simpleflow, Execution(d, again.id, again.last()["newExecutionRunId"]))
    # Its own commands for people.
    assert "order-1" in simpleflow("workflow.info", d.name, "order-1", order.run)
    assert "order-1" in simpleflow("workflow.list", d.name, "--status", "closed")


def test_swf_typed_drives_a_workflow(domain):
    d = domain()
    order = swf_typed.start_execution(swf_typed.WorkflowId("w", "1"), swf_typed.CurrentExecutionId("typed"), d.name, client=d.swf)

    def decide(*decisions):
        task = swf_typed.request_decision_task("d", d.name, no_tasks_callback=lambda: None, client=d.swf)
        state = swf_typed.build_state(task.execution_history)
        swf_typed.send_decisions(task.token, list(decisions), client=d.swf)
        return state

    first = decide(swf_typed.ScheduleActivityTaskDecision(swf_typed.ActivityId("a", "1"), "1"))
    assert first.tasks == []
    work = swf_typed.request_task("a", d.name, no_tasks_callback=lambda: None, client=d.swf)
    swf_typed.complete_task(work.token, "done", client=d.swf)
    second = decide(swf_typed.CompleteWorkflowExecutionDecision("ok"))
    assert [task.status.name for task in second.tasks] == ["completed"] and second.tasks[0].result == "done"
    state = swf_typed.build_state(swf_typed.get_execution_history(order, d.name, client=d.swf))
    assert state.status.name == "completed" and state.result == "ok"


def test_the_aws_cli_runs_a_whole_workflow(aws, account, tmp_path):
    """By hand: every step a command."""
    root = account()

    def swf(*words):
        return aws("swf", *words, creds=root).json

    def decide(*decisions, context="none"):
        task = swf("poll-for-decision-task", "--domain", "shop", "--task-list", "name=deciders", "--identity", "me")
        path = tmp_path / "decisions.json"
        path.write_text(json.dumps(decisions))
        swf("respond-decision-task-completed", "--task-token", task["taskToken"], "--decisions", f"file://{path}", "--execution-context", context)
        return task

    swf("register-domain", "--name", "shop", "--workflow-execution-retention-period-in-days", "7")
    swf("register-workflow-type", "--domain", "shop", "--name", "order", "--workflow-version", "1", "--default-task-list", "name=deciders",
        "--default-task-start-to-close-timeout", "60", "--default-execution-start-to-close-timeout", "3600", "--default-child-policy", "TERMINATE")
    swf("register-activity-type", "--domain", "shop", "--name", "ship", "--activity-version", "1", "--default-task-list", "name=workers",
        "--default-task-schedule-to-start-timeout", "60", "--default-task-schedule-to-close-timeout", "120", "--default-task-start-to-close-timeout", "60",
        "--default-task-heartbeat-timeout", "NONE")
    run = swf("start-workflow-execution", "--domain", "shop", "--workflow-id", "42", "--workflow-type", "name=order,version=1", "--input", "tea")["runId"]
    first = decide({"decisionType": "ScheduleActivityTask", "scheduleActivityTaskDecisionAttributes": {
        "activityType": {"name": "ship", "version": "1"}, "activityId": "s", "input": "tea"}}, context="shipping")
    assert [event["eventType"] for event in first["events"]] == ["WorkflowExecutionStarted", "DecisionTaskScheduled", "DecisionTaskStarted"]
    work = swf("poll-for-activity-task", "--domain", "shop", "--task-list", "name=workers")
    assert work["input"] == "tea"
    assert swf("record-activity-task-heartbeat", "--task-token", work["taskToken"]) == {"cancelRequested": False}
    swf("respond-activity-task-completed", "--task-token", work["taskToken"], "--result", "on its way")
    swf("signal-workflow-execution", "--domain", "shop", "--workflow-id", "42", "--signal-name", "paid")
    assert swf("count-pending-decision-tasks", "--domain", "shop", "--task-list", "name=deciders")["count"] == 1
    decide({"decisionType": "CompleteWorkflowExecution", "completeWorkflowExecutionDecisionAttributes": {"result": "shipped"}})
    described = swf("describe-workflow-execution", "--domain", "shop", "--execution", f"workflowId=42,runId={run}")
    assert described["executionInfo"]["closeStatus"] == "COMPLETED" and described["latestExecutionContext"] == "none"
    history = swf("get-workflow-execution-history", "--domain", "shop", "--execution", f"workflowId=42,runId={run}")
    assert len(history["events"]) == 12
    listed = swf("list-closed-workflow-executions", "--domain", "shop", "--start-time-filter", "oldestDate=0")
    assert [info["execution"]["workflowId"] for info in listed["executionInfos"]] == ["42"]


def test_the_state_builder_of_swf_typed_is_fed_by_the_rules():
    """Every history that a test makes goes through it when the test ends; this says that it can fail."""
    with pytest.raises(Exception):
        rules.check_with_state_builder([{"eventId": 1, "eventType": "NoSuchEvent", "noSuchEventEventAttributes": {}}])
