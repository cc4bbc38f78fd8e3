"""Which executions are listed and counted, in which order, and for how long they are kept."""

import datetime
import time

import pytest

from harness.events import eventually
from swf.helpers import WORKFLOW, child, complete, fail, go_on, marker, refused, schedule, timer

EVER = {"startTimeFilter": {"oldestDate": datetime.datetime(2000, 1, 1)}}
CLOSED_EVER = {"closeTimeFilter": {"oldestDate": datetime.datetime(2000, 1, 1)}}


def listed(d, status, **more):
    """The workflow ids of a list's whole answer, over all pages."""
    found, token = [], {}
    while True:
        page = d.call(f"list_{status}_workflow_executions", **{**EVER, **more}, **token)
        found += page["executionInfos"]
        if "nextPageToken" not in page:
            return [info["execution"]["workflowId"] for info in found]
        token = {"nextPageToken": page["nextPageToken"]}


def counted(d, status, **more):
    answer = d.call(f"count_{status}_workflow_executions", **{**EVER, **more})
    assert answer["truncated"] is False
    return answer["count"]


@pytest.fixture(scope="module")
def shop(client, account, still):
    """Five runs, started at seconds 0 to 4; `done` and `broken` are closed, `done` last of all."""
    from swf.helpers import Domain

    d = Domain(client("swf", account(), at=still.endpoint, read_timeout=30), None)
    d.workflow_type(version="2")
    d.workflow_type(name="other")
    d.begin = still.get("/_hakoniwa/clock").json()["now"]
    d.start("one", tagList=["red", "big"])
    still.advance(1)
    d.start("two", workflowType={"name": "w", "version": "2"}, tagList=["red"])
    still.advance(1)
    d.start("done", taskList={"name": "done"})
    still.advance(1)
    d.start("broken", workflowType={"name": "other", "version": "1"}, taskList={"name": "broken"}, tagList=["blue"])
    still.advance(1)
    d.start("three")
    still.advance(1)
    d.decide(fail(), queue="broken")
    still.advance(1)
    d.decide(complete(), queue="done")
    return d


def moment(d, seconds):
    begin = datetime.datetime.fromisoformat(d.begin.replace("Z", "+00:00"))
    return begin.replace(microsecond=0) + datetime.timedelta(seconds=seconds)


def test_open_runs_come_newest_first(shop):
    assert listed(shop, "open") == ["three", "two", "one"]
    assert listed(shop, "open", reverseOrder=True) == ["one", "two", "three"]
    assert counted(shop, "open") == 3


def test_closed_runs_come_by_the_time_that_is_asked_for(shop):
    assert listed(shop, "closed") == ["broken", "done"]
    answer = shop.call("list_closed_workflow_executions", **CLOSED_EVER)
    assert [info["execution"]["workflowId"] for info in answer["executionInfos"]] == ["done", "broken"]
    answer = shop.call("list_closed_workflow_executions", reverseOrder=True, **CLOSED_EVER)
    assert [info["execution"]["workflowId"] for info in answer["executionInfos"]] == ["broken", "done"]
    assert shop.call("count_closed_workflow_executions", **CLOSED_EVER)["count"] == 2


@pytest.mark.parametrize(
    "status, more, wanted",
    [
        ("open", {"typeFilter": {"name": "w"}}, ["three", "two", "one"]),
        ("open", {"typeFilter": {"name": "w", "version": "2"}}, ["two"]),
        ("open", {"typeFilter": {"name": "other"}}, []),
        ("open", {"tagFilter": {"tag": "red"}}, ["two", "one"]),
        ("open", {"tagFilter": {"tag": "re"}}, []),
        ("open", {"tagFilter": {"tag": "blue"}}, []),
        ("open", {"executionFilter": {"workflowId": "one"}}, ["one"]),
        ("open", {"executionFilter": {"workflowId": "done"}}, []),
        ("closed", {"typeFilter": {"name": "other", "version": "1"}}, ["broken"]),
        ("closed", {"tagFilter": {"tag": "blue"}}, ["broken"]),
        ("closed", {"executionFilter": {"workflowId": "done"}}, ["done"]),
        ("closed", {"closeStatusFilter": {"status": "COMPLETED"}}, ["done"]),
        ("closed", {"closeStatusFilter": {"status": "CANCELED"}}, []),
    ],
)
def test_filters(status, more, wanted, shop):
    assert listed(shop, status, **more) == wanted
    assert listed(shop, status, reverseOrder=True, **more) == wanted[::-1]
    assert listed(shop, status, maximumPageSize=1, **more) == wanted
    assert counted(shop, status, **more) == len(wanted)


@pytest.mark.parametrize("more, wanted", [
    ({"typeFilter": {"name": "other"}}, ["broken"]), ({"tagFilter": {"tag": "blue"}}, ["broken"]),
    ({"executionFilter": {"workflowId": "done"}}, ["done"]), ({"closeStatusFilter": {"status": "FAILED"}}, ["broken"]),
])
def test_filters_go_with_the_time_of_closing_too(more, wanted, shop):
    answer = shop.call("list_closed_workflow_executions", **CLOSED_EVER, **more)
    assert [info["execution"]["workflowId"] for info in answer["executionInfos"]] == wanted
    assert shop.call("count_closed_workflow_executions", **CLOSED_EVER, **more)["count"] == len(wanted)


def test_a_span_of_time_ends_where_it_says(shop):
    def between(first, last):
        return listed(shop, "open", startTimeFilter={"oldestDate": moment(shop, first), "latestDate": moment(shop, last)})

    assert between(0, 0.9) == ["one"] or between(0, 1) == ["one"]
    assert between(-10, -1) == []
    assert between(0, 100) == ["three", "two", "one"]
    assert between(2, 100) == ["three"]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_neither_skip_nor_repeat(size, shop):
    assert listed(shop, "open", maximumPageSize=size) == ["three", "two", "one"]
    last = shop.call("list_open_workflow_executions", maximumPageSize=3, **EVER)
    assert "nextPageToken" not in last


def test_runs_that_start_in_the_same_millisecond_come_on_pages_too(domain, still):
    d = domain(at=still)
    ids = [f"run-{number}" for number in range(25)]
    for id in ids:
        d.start(id, tagList=["t"])
    for more in ({}, {"tagFilter": {"tag": "t"}}, {"typeFilter": {"name": "w"}}):
        assert listed(d, "open", maximumPageSize=4, **more) == ids[::-1]


def test_filters_exclude_each_other(shop):
    tag, type, execution = {"tag": "red"}, {"name": "w"}, {"workflowId": "one"}
    for more in ({"tagFilter": tag, "typeFilter": type}, {"tagFilter": tag, "executionFilter": execution}, {"typeFilter": type, "executionFilter": execution}):
        for status in ("open", "closed"):
            for verb in ("list", "count"):
                refused("ValidationException", None, shop.call, operation=f"{verb}_{status}_workflow_executions", **EVER, **more)
    refused("ValidationException", None, shop.call, operation="list_closed_workflow_executions", closeStatusFilter={"status": "FAILED"}, tagFilter=tag, **EVER)
    refused("ValidationException", None, shop.call, operation="list_closed_workflow_executions", **EVER, **CLOSED_EVER)
    refused("ValidationException", "Must specify time filter", shop.call, operation="list_closed_workflow_executions")
    refused("ValidationException", "Must specify time filter", shop.call, operation="count_closed_workflow_executions")


def test_lists_of_unknown_and_deprecated_domains(domain):
    d = domain()
    d.start("x")
    d.swf.deprecate_domain(name=d.name)
    assert listed(d, "open") == ["x"]
    d.name = "none"
    refused("UnknownResourceFault", "Unknown domain: none", d.call, operation="list_open_workflow_executions", **EVER)
    refused("UnknownResourceFault", "Unknown domain: none", d.call, operation="count_closed_workflow_executions", **EVER)
    d.name = "domain"


def test_a_run_is_described(domain):
    d = domain()
    execution = d.start("parent", tagList=["a", "b"], taskPriority="7")
    info = execution.describe()
    assert info["executionInfo"]["execution"] == execution.names
    assert info["executionInfo"]["workflowType"] == WORKFLOW
    assert info["executionInfo"]["executionStatus"] == "OPEN" and "closeStatus" not in info["executionInfo"]
    assert info["executionInfo"]["tagList"] == ["a", "b"] and info["executionInfo"]["cancelRequested"] is False
    assert info["executionConfiguration"]["taskPriority"] == "7"
    assert "latestActivityTaskTimestamp" not in info and "latestExecutionContext" not in info
    d.decide(schedule("1"), schedule("2"), timer("t"), child("kid"), marker(), executionContext="far")
    info = execution.describe()
    assert info["openCounts"] == {
        "openActivityTasks": 2, "openDecisionTasks": 1, "openTimers": 1, "openChildWorkflowExecutions": 1, "openLambdaFunctions": 0}
    assert info["latestExecutionContext"] == "far"
    kid = next(e for e in d.call("list_open_workflow_executions", executionFilter={"workflowId": "kid"}, **EVER)["executionInfos"])
    assert kid["parent"] == execution.names
    execution.cancel()
    assert execution.describe()["executionInfo"]["cancelRequested"] is True
    d.decide(complete())
    info = execution.describe()
    assert info["executionInfo"]["closeStatus"] == "COMPLETED" and info["executionInfo"]["executionStatus"] == "CLOSED"
    assert set(info["openCounts"].values()) == {0}


def test_a_closed_run_vanishes_when_its_retention_is_over(domain, still):
    d = domain(at=still, retention="2")
    old = d.start("old")
    d.decide(complete())
    still.advance(86400)
    young = d.start("young")
    d.decide(complete())
    still.advance(86400 - 1)
    assert listed(d, "closed") == ["young", "old"]
    still.advance(1)
    assert listed(d, "closed") == ["young"] and counted(d, "closed") == 1
    text = f"Unknown execution: WorkflowExecution=[workflowId=old, runId={old.run}]"
    refused("UnknownResourceFault", text, old.describe)
    refused("UnknownResourceFault", text, old.history)
    assert young.types()[-1] == "WorkflowExecutionCompleted"
    still.advance(86400)
    assert listed(d, "closed") == []
    d.start("old").terminate()


@pytest.mark.parametrize("retention", ["NONE", "0"])
def test_without_a_retention_a_run_is_gone_when_it_closes(retention, domain, still):
    d = domain(at=still, retention=retention)
    execution = d.start()
    still.advance(86400 * 0.5)
    assert execution.status() == "OPEN"
    d.decide(complete())
    still.advance(1)
    assert listed(d, "closed") == []
    refused("UnknownResourceFault", None, execution.describe)


def test_open_runs_stay_however_old(domain, still):
    d = domain(at=still, retention="1")
    execution = d.start(executionStartToCloseTimeout="31536000", taskStartToCloseTimeout="NONE")
    still.advance(86400 * 30)
    assert execution.status() == "OPEN"
    execution.terminate()


def test_every_run_of_a_chain_is_kept_for_its_own_time(domain, still):
    d = domain(at=still, retention="1")
    first = d.start("chain")
    d.decide(go_on())
    still.advance(86400 - 1)
    d.decide(complete())
    assert listed(d, "closed") == ["chain", "chain"]
    still.advance(1)
    assert listed(d, "closed") == ["chain"]
    refused("UnknownResourceFault", None, first.describe)


def test_retention_outlives_a_restart(domain, server):
    running = server()
    d = domain(at=running, retention="1")
    d.start()
    d.decide(complete())
    assert listed(d, "closed") == ["w"]
    running.kill9()
    running.start()
    running.post("/_hakoniwa/clock", {"advance": "86401s"})
    eventually(lambda: listed(d, "closed") == [])


def test_automatic_time_does_not_run_away_with_what_is_kept(domain, server):
    running = server()
    d = domain(at=running, retention="1")
    # However slow the machine is, time waits for whoever has a task in hand.
    running.post("/_hakoniwa/clock", {"auto": True, "grace": 60})
    execution = d.start()
    d.decide(timer("t", 3600))
    d.decide(complete())
    time.sleep(0.3)
    assert execution.status() == "COMPLETED"
