"""Pages of histories and of decision tasks."""

import pytest

from swf.helpers import complete, marker, refused, timer, types

TOO_MANY = ("1 validation error detected: Value '1001' at 'maximumPageSize' failed to satisfy constraint: "
            "Member must have value less than or equal to 1000")


def grown(d, length):
    """An execution with exactly so many events, the last of them a queued decision task, and nothing running."""
    execution = d.start()
    # Start, scheduled, started, completed, markers, then a timer's start and end, and a decision task: 7 and the markers.
    d.decide(*(marker(f"m{n}") for n in range(length - 7)), timer("t", 0))
    assert len(execution.wait("TimerFired")) == length
    return execution


def pages(call, **parameters):
    """All pages of a call."""
    found, token = [], {}
    while True:
        page = call(**parameters, **token)
        found.append(page)
        if "nextPageToken" not in page:
            return found
        token = {"nextPageToken": page["nextPageToken"]}


def sizes(found):
    return [len(page["events"]) for page in found]


def ids(found):
    return [event["eventId"] for page in found for event in page["events"]]


@pytest.mark.parametrize("length, size, wanted", [
    (999, None, [999]), (1000, None, [1000]), (1001, None, [1000, 1]), (1001, 0, [1000, 1]), (1000, 1000, [1000]), (20, 1, [1] * 20), (21, 10, [10, 10, 1]),
    (20, 10, [10, 10]),
])
def test_a_history_comes_in_pages(length, size, wanted, domain):
    d = domain()
    execution = grown(d, length)
    more = {} if size is None else {"maximumPageSize": size}
    for reverse in (False, True):
        found = pages(d.call, operation="get_workflow_execution_history", execution=execution.names, reverseOrder=reverse, **more)
        assert sizes(found) == wanted
        assert ids(found) == list(range(length, 0, -1) if reverse else range(1, length + 1))


@pytest.mark.parametrize("length, size, wanted", [(999, None, [1000]), (1000, None, [1000, 1]), (30, 10, [10, 10, 10, 1]), (30, 31, [31])])
def test_a_decision_task_comes_in_pages_and_is_one_task(length, size, wanted, domain):
    d = domain()
    execution = grown(d, length)
    more = {} if size is None else {"maximumPageSize": size}
    found = pages(d.call, operation="poll_for_decision_task", taskList={"name": "d"}, **more)
    assert sizes(found) == wanted and ids(found) == list(range(1, length + 2))
    assert {page["startedEventId"] for page in found} == {length + 1} and {page["previousStartedEventId"] for page in found} == {3}
    assert execution.types().count("DecisionTaskStarted") == 2
    d.swf.respond_decision_task_completed(taskToken=found[-1]["taskToken"], decisions=[complete()])
    assert execution.status() == "COMPLETED"


def test_a_decision_task_in_reverse(domain):
    d = domain()
    grown(d, 30)
    found = pages(d.call, operation="poll_for_decision_task", taskList={"name": "d"}, maximumPageSize=12, reverseOrder=True)
    assert sizes(found) == [12, 12, 7] and ids(found) == list(range(31, 0, -1))


def test_a_decision_task_from_the_previous_one_on(domain):
    d = domain()
    grown(d, 30)
    task = d.decision_task(startAtPreviousStartedEvent=True)
    assert [event["eventId"] for event in task.events] == list(range(3, 32)), "from the previous start on, that included"
    assert task.answer["previousStartedEventId"] == 3


def test_the_first_decision_task_has_no_previous_one(domain):
    d = domain()
    d.start()
    task = d.decision_task(startAtPreviousStartedEvent=True)
    assert types(task.events) == ["WorkflowExecutionStarted", "DecisionTaskScheduled", "DecisionTaskStarted"]


def test_what_comes_while_pages_are_read_is_not_in_them(domain):
    d = domain()
    execution = grown(d, 30)
    first = d.call("poll_for_decision_task", taskList={"name": "d"}, maximumPageSize=20)
    execution.signal("meanwhile")
    second = d.call("poll_for_decision_task", taskList={"name": "d"}, maximumPageSize=20, nextPageToken=first["nextPageToken"])
    assert ids([first, second]) == list(range(1, 32)) and "nextPageToken" not in second
    again = d.call("poll_for_decision_task", taskList={"name": "d"}, maximumPageSize=20, nextPageToken=first["nextPageToken"])
    assert ids([again]) == ids([second]), "a page can be read again"


def test_pages_of_a_task_that_was_answered_are_gone_or_the_same(domain):
    """What AWS does here is not documented; a second task must not begin."""
    d = domain()
    execution = grown(d, 30)
    first = d.call("poll_for_decision_task", taskList={"name": "d"}, maximumPageSize=20)
    d.swf.respond_decision_task_completed(taskToken=first["taskToken"], decisions=[])
    execution.signal()
    try:
        d.call("poll_for_decision_task", taskList={"name": "d"}, maximumPageSize=20, nextPageToken=first["nextPageToken"])
    except d.swf.exceptions.ClientError:
        pass
    assert execution.types().count("DecisionTaskStarted") == 2 and d.pending_decisions() == 1


def test_tokens_are_for_the_call_that_gave_them(domain):
    d = domain()
    execution = grown(d, 30)
    history = d.call("get_workflow_execution_history", execution=execution.names, maximumPageSize=5)["nextPageToken"]
    listing = d.call("list_workflow_types", registrationStatus="REGISTERED", maximumPageSize=1).get("nextPageToken")
    for token in filter(None, ("garbage", history[:-4] + "AAAA", "x" * 2048, listing)):
        refused("ValidationException", None, d.call, operation="get_workflow_execution_history", execution=execution.names, nextPageToken=token)
        refused("ValidationException", None, d.call, operation="poll_for_decision_task", taskList={"name": "d"}, nextPageToken=token)
    refused("ValidationException", None, d.call, operation="poll_for_decision_task", taskList={"name": "d"}, nextPageToken=history)
    assert d.pending_decisions() == 1


def test_a_task_s_token_is_for_its_domain(domain, client, iam_user):
    """Who may poll one domain reads no history of another, whoever gave him the token."""
    d = domain()
    other = domain(creds=d.creds, name="other")
    grown(d, 30)
    first = d.call("poll_for_decision_task", taskList={"name": "d"}, maximumPageSize=20)
    user = client("swf", iam_user(d.creds, [{"Effect": "Allow", "Action": "swf:*", "Resource": f"arn:aws:swf:us-east-1:{d.creds.account}:/domain/other"}]))
    refused("ValidationException", "Invalid token", user.poll_for_decision_task, domain=other.name, taskList={"name": "d"}, nextPageToken=first["nextPageToken"])
    more = d.call("poll_for_decision_task", taskList={"name": "d"}, maximumPageSize=20, nextPageToken=first["nextPageToken"])
    assert more["taskToken"] == first["taskToken"]


def test_page_tokens_live_for_a_day(domain, still):
    d = domain(at=still)
    execution = d.start(executionStartToCloseTimeout="31536000", taskStartToCloseTimeout="NONE")
    page = d.call("get_workflow_execution_history", execution=execution.names, maximumPageSize=1)
    still.advance(86400 - 10)
    d.call("get_workflow_execution_history", execution=execution.names, maximumPageSize=1, nextPageToken=page["nextPageToken"])
    still.advance(20)
    refused("ValidationException", "Specified token has exceeded its maximum lifetime", d.call, operation="get_workflow_execution_history",
            execution=execution.names, maximumPageSize=1, nextPageToken=page["nextPageToken"])


@pytest.mark.parametrize("operation", ["get_workflow_execution_history", "poll_for_decision_task"])
def test_a_page_has_a_thousand_at_most(operation, domain):
    d = domain()
    execution = d.start()
    which = {"execution": execution.names} if operation.startswith("get") else {"taskList": {"name": "d"}}
    refused("ValidationException", TOO_MANY, d.call, operation=operation, maximumPageSize=1001, **which)
    answer = d.post("GetWorkflowExecutionHistory" if operation.startswith("get") else "PollForDecisionTask", {"domain": d.name, "maximumPageSize": -1, **which})
    assert answer.status_code == 400 and "'-1' at 'maximumPageSize'" in answer.json()["message"]
    assert d.pending_decisions() == 1


def test_a_long_history_keeps_its_order(domain, long):
    d = domain(seconds=60)
    execution = d.start()
    rounds = 40 if long else 4
    for number in range(rounds):
        d.decide(*(marker(f"{number}-{n}", details="x" * 100) for n in range(500)), timer(f"t{number}", 0))
        execution.wait("TimerFired", number + 1)
    events = execution.history()
    assert [event["eventId"] for event in events] == list(range(1, len(events) + 1))
    assert len(events) > rounds * 500
    found = pages(d.call, operation="poll_for_decision_task", taskList={"name": "d"})
    assert ids(found) == list(range(1, len(events) + 2))
