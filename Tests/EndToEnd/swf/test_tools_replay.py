"""Histories that are exported, and fed to a decider to see whether it still decides as it did."""

import json
import subprocess
import threading

import pytest

from harness import Server
from harness.server import binary
from swf.helpers import attributes, cancel_timer, child, complete, marker, schedule, timer


@pytest.fixture(scope="module")
def own():
    with Server(ephemeral=True) as running:
        yield running


def order(events, changed=None):
    """A decider of orders: what it decides upon a history. `changed` makes it another version of itself."""
    last = [event for event in events if event["eventType"] in
            ("WorkflowExecutionStarted", "ActivityTaskCompleted", "TimerFired", "WorkflowExecutionSignaled", "ChildWorkflowExecutionCompleted")]
    done = sum(event["eventType"] == "ActivityTaskCompleted" for event in last)
    if done == 0:
        pay = schedule("pay", input=json.dumps({"sum": 6 if changed == "input" else 5, "to": "me"}))
        return [timer("late", 60), pay] if changed == "order" else [pay, timer("late", 61 if changed == "timer" else 60)]
    if done == 1:
        if changed == "fewer":
            return [cancel_timer("late"), schedule("ship")]
        return [cancel_timer("late"), marker("paid", details="yes"), schedule("ship2" if changed == "id" else "ship")]
    return [schedule("more")] if changed == "end" else [complete("shipped")]


def run_order(d, workflow_id="order"):
    execution = d.start(workflow_id, input="{}")
    for activity in ("pay", "ship"):
        task = d.decision_task()
        task.decide(*order(task.events))
        work = d.activity_task()
        assert work.id == activity
        work.complete("ok")
    task = d.decision_task()
    task.decide(*order(task.events))
    assert execution.status() == "COMPLETED"
    return execution


@pytest.fixture(scope="module")
def made(own, client, tmp_path_factory):
    """A finished order and the file of its history."""
    from swf.helpers import Domain

    d = Domain(client("swf", at=own.endpoint, read_timeout=70), None, name="replays")
    execution = run_order(d)
    path = tmp_path_factory.mktemp("replay") / "order.json"
    done = own.hakoniwa("swf", "export", "order", "--domain", d.name, "-o", str(path))
    assert done.returncode == 0, done.stderr
    return d, execution, path


class Replayed:
    """`hakoniwa swf replay` in the background, with a decider in front."""

    def __init__(self, own, d, path, queue, decide, size=None):
        settings = {**own.env, "HAKONIWA_PORT": str(own.port)}
        self.process = subprocess.Popen(
            [binary(), "swf", "replay", str(path), "--task-list", queue, "--domain", d.name, "--json", "--patience", "60"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=settings)
        self.seen = []
        more = {"maximumPageSize": size} if size else {}
        while self.process.poll() is None:
            answer = d.call("poll_for_decision_task", taskList={"name": queue}, **more)
            if not answer.get("taskToken"):
                continue
            events, page = list(answer["events"]), answer
            while "nextPageToken" in page:
                page = d.call("poll_for_decision_task", taskList={"name": queue}, nextPageToken=page["nextPageToken"], **more)
                events += page["events"]
            self.seen.append((answer, events))
            d.swf.respond_decision_task_completed(taskToken=answer["taskToken"], decisions=decide(events))
            if answer["startedEventId"] == self.last_task(path):
                break
        out, err = self.process.communicate(timeout=120)
        self.code, self.error = self.process.returncode, err
        self.result = json.loads(out) if out.strip() else None

    @staticmethod
    def last_task(path):
        events = json.loads(path.read_text())["events"]
        return [e for e in events if e["eventType"] == "DecisionTaskCompleted"][-1]["decisionTaskCompletedEventAttributes"]["startedEventId"]


def test_an_exported_history_is_what_aws_would_show(made):
    d, execution, path = made
    document = json.loads(path.read_text())
    assert document["workflowId"] == "order" and document["runId"] == execution.run and document["domain"] == d.name
    events = document["events"]
    history = execution.history()
    assert [e["eventType"] for e in events] == [e["eventType"] for e in history]
    assert [attributes(e) for e in events] == [attributes(e) for e in history]
    assert [e["eventTimestamp"] for e in events] == pytest.approx([e["eventTimestamp"].timestamp() for e in history])


def test_a_decider_that_has_not_changed_decides_the_same(own, made):
    d, execution, path = made
    replay = Replayed(own, d, path, "scratch", order)
    assert replay.code == 0, (replay.result, replay.error)
    assert replay.result["state"] == "finished" and replay.result["differences"] == []
    assert replay.result["tasks"] == replay.result["answered"] == 3
    # Each task came with the history as it was then.
    history = execution.history()
    for answer, events in replay.seen:
        assert events == history[:answer["startedEventId"]]
        assert answer["workflowExecution"] == execution.names and answer["workflowType"]["name"] == "w"
    assert [answer["previousStartedEventId"] for answer, _ in replay.seen] == [0, *(a["startedEventId"] for a, _ in replay.seen[:-1])]
    # And nothing came of the answers.
    assert execution.history() == history


@pytest.mark.parametrize("changed, texts", [
    ("input", ["ScheduleActivityTask has another input"]),
    ("timer", ["StartTimer has another startToFireTimeout"]),
    ("order", ["ScheduleActivityTask was recorded, and StartTimer is decided", "StartTimer was recorded, and ScheduleActivityTask is decided"]),
    ("fewer", ["RecordMarker was recorded, and ScheduleActivityTask is decided", "ScheduleActivityTask was recorded, and nothing is decided"]),
    ("id", ["ScheduleActivityTask has another activityId"]),
    ("end", ["CompleteWorkflowExecution was recorded, and ScheduleActivityTask is decided"]),
])
def test_a_decider_that_has_changed_is_found_out(changed, texts, own, made):
    d, _, path = made
    replay = Replayed(own, d, path, f"scratch-{changed}", lambda events: order(events, changed))
    assert replay.code == 1
    assert [difference["text"] for difference in replay.result["differences"]] == texts
    first = replay.result["differences"][0]
    history = {event["eventId"]: event for event in json.loads(path.read_text())["events"]}
    assert history[first["decisionTaskCompletedEventId"]]["eventType"] == "DecisionTaskCompleted"
    assert first["recorded"] != first["answered"]


def test_pages_of_a_replayed_task(own, made):
    d, execution, path = made
    replay = Replayed(own, d, path, "paged", order, size=4)
    assert replay.code == 0, (replay.result, replay.error)
    assert [events for _, events in replay.seen] == [execution.history()[:answer["startedEventId"]] for answer, _ in replay.seen]


def test_a_file_of_the_aws_cli_is_understood(own, made, aws, tmp_path):
    d, execution, _ = made
    done = aws("swf", "get-workflow-execution-history", "--domain", d.name, "--execution", f"workflowId=order,runId={execution.run}", at=own.endpoint)
    path = tmp_path / "cli.json"
    path.write_text(done.stdout)
    assert Replayed(own, d, path, "from-cli", order).code == 0


def test_a_decider_that_does_not_answer_is_told(own, made):
    d, _, path = made
    done = own.hakoniwa("swf", "replay", str(path), "--task-list", "nobody", "--domain", d.name, "--patience", "0.5")
    assert done.returncode == 2
    assert "answered 0 of 3 decision tasks" in done.stdout


def test_a_poll_that_waits_already_gets_the_replay(own, made):
    d, _, path = made
    answers = []
    poll = threading.Thread(target=lambda: answers.append(d.call("poll_for_decision_task", taskList={"name": "early"})), daemon=True)
    poll.start()
    own.parked(1)
    begun = own.post("/_hakoniwa/swf/replays", {"domain": d.name, "taskList": "early", "history": json.loads(path.read_text())})
    assert begun.status_code == 200, begun.text
    poll.join(60)
    assert answers and answers[0]["startedEventId"] == 3


def test_the_same_answer_counts_once(own, made):
    d, _, path = made
    begun = own.post("/_hakoniwa/swf/replays", {"domain": d.name, "taskList": "twice", "history": json.loads(path.read_text())}).json()
    task = d.call("poll_for_decision_task", taskList={"name": "twice"})
    d.swf.respond_decision_task_completed(taskToken=task["taskToken"], decisions=[])
    with pytest.raises(d.swf.exceptions.UnknownResourceFault):
        d.swf.respond_decision_task_completed(taskToken=task["taskToken"], decisions=[])
    page = own.get(f"/_hakoniwa/swf/replays/{begun['id']}").json()
    assert page["answered"] == 1 and len(page["differences"]) == 2
    assert own.post(f"/_hakoniwa/swf/replays/{begun['id']}/end", {}).status_code == 200
    assert own.get(f"/_hakoniwa/swf/replays/{begun['id']}").status_code == 404


def test_children_and_failed_decisions_replay_too(own, client):
    from swf.helpers import Domain

    d = Domain(client("swf", at=own.endpoint, read_timeout=70), None, name="replay-children")

    def decide(events):
        kinds = [event["eventType"] for event in events]
        if "ChildWorkflowExecutionCompleted" in kinds:
            return [complete("both")]
        if kinds.count("DecisionTaskCompleted") == 0:
            return [child("kid", input="x"), schedule("a"), schedule("a"), timer("t"), timer("t")]
        return []

    execution = d.start("parent")
    task = d.decision_task()
    task.decide(*decide(task.events))
    d.decide(complete("kid's"), queue="cd")
    while execution.status() == "OPEN":
        task = d.decision_task()
        task.decide(*decide(task.events))
    path = own.hakoniwa("swf", "export", "parent", "--domain", d.name)
    file = json.loads(path.stdout)
    assert {"ScheduleActivityTaskFailed", "StartTimerFailed"} <= {event["eventType"] for event in file["events"]}
    import pathlib
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        name = pathlib.Path(folder) / "h.json"
        name.write_text(path.stdout)
        assert Replayed(own, d, name, "s", decide).code == 0


def test_what_is_no_history_is_refused(own, made, tmp_path):
    d, _, path = made
    for text, words in (("{}", "no events"), ("x", "cannot be read"), ('{"events": [{"eventId": 3, "eventType": "X"}]}', "without a gap")):
        (tmp_path / "bad.json").write_text(text)
        done = own.hakoniwa("swf", "replay", str(tmp_path / "bad.json"), "--task-list", "x", "--domain", d.name)
        assert done.returncode != 0 and words in done.stderr, done.stderr
    done = own.hakoniwa("swf", "replay", str(path), "--task-list", "x", "--domain", "none")
    assert done.returncode != 0 and "Unknown domain: none" in done.stderr


def test_a_replay_asks_for_the_permission_of_its_domain(own, made, iam_user, account, client):
    root = account()
    theirs = client("swf", root, at=own.endpoint)
    theirs.register_domain(name="replays", workflowExecutionRetentionPeriodInDays="1")
    path = made[2]
    begun = own.post("/_hakoniwa/swf/replays", {"account": root.account, "domain": "replays", "taskList": "l", "history": json.loads(path.read_text())})
    assert begun.status_code == 200
    policy = {"Effect": "Allow", "Action": "swf:PollForDecisionTask", "Resource": "*"}
    poller = client("swf", iam_user(root, policy, at=own.endpoint), at=own.endpoint)
    task = poller.poll_for_decision_task(domain="replays", taskList={"name": "l"})
    with pytest.raises(poller.exceptions.OperationNotPermittedFault):
        poller.respond_decision_task_completed(taskToken=task["taskToken"], decisions=[])
    stranger = client("swf", account(), at=own.endpoint)
    with pytest.raises(stranger.exceptions.ClientError):
        stranger.respond_decision_task_completed(taskToken=task["taskToken"], decisions=[])
    theirs.respond_decision_task_completed(taskToken=task["taskToken"], decisions=[])
