"""The human-task inbox: a person takes activity tasks and answers them."""

import json
import time

import pytest


@pytest.fixture
def inbox(shop, visit, endpoint):
    """A shop with an order that waits for an approval, and the inbox of its list."""
    run = shop.start()
    shop.decide(shop.approval("a-1", order=1042, items=["A-1", "B-7"]))
    tab = visit(endpoint, shop.account)
    page = tab.open("swf/inbox", domain="shop", list="humans")
    page.get_by_role("button", name="humans · 1 task").wait_for()
    page.get_by_label("Your name").fill("Anna")
    return shop, run, page


def take(page):
    page.get_by_role("button", name="Wait for a task").click()
    page.wait_for_selector(".task")


def last(shop, run):
    """The last event that is about the activity."""
    events = [event for event in shop.history("order-1", run) if event["eventType"].startswith("ActivityTask")]
    return events[-1]


def test_a_task_shows_its_input_and_where_it_comes_from(inbox):
    shop, run, page = inbox
    take(page)
    task = page.locator(".task")
    assert json.loads(task.locator("pre").inner_text()) == {"order": 1042, "items": ["A-1", "B-7"]}
    assert "\n  " in task.locator("pre").inner_text()
    for words in ("approve", "a-1", "order-1", "humans"):
        assert words in task.inner_text()
    assert last(shop, run)["activityTaskStartedEventAttributes"]["identity"] == "Anna"


def test_a_form_completes_a_task(inbox):
    shop, run, page = inbox
    take(page)
    page.get_by_label("Result").fill('{"approved": true}')
    page.get_by_role("button", name="Complete the task").click()
    page.wait_for_selector(".notice.good:has-text('Completed')")
    assert last(shop, run)["activityTaskCompletedEventAttributes"]["result"] == '{"approved": true}'


def test_a_form_fails_a_task(inbox):
    shop, run, page = inbox
    take(page)
    page.get_by_role("button", name="Fail", exact=True).click()
    page.get_by_label("Reason").fill("too dear")
    page.get_by_label("Details").fill("ask again in spring")
    page.get_by_role("button", name="Fail the task").click()
    page.wait_for_selector(".notice.good:has-text('Failed')")
    found = last(shop, run)["activityTaskFailedEventAttributes"]
    assert (found["reason"], found["details"]) == ("too dear", "ask again in spring")


def test_a_request_to_cancel_is_shown_and_answered(inbox):
    shop, run, page = inbox
    take(page)
    shop.swf.signal_workflow_execution(domain=shop.domain, workflowId="order-1", signalName="stop")
    shop.decide(shop.decision("RequestCancelActivityTask", activityId="a-1"))
    page.wait_for_selector(".task .notice.warn:has-text('asked to cancel')")
    page.get_by_label("Details").fill("nothing had begun")
    page.get_by_role("button", name="Cancel the task").click()
    page.wait_for_selector(".notice.good:has-text('Canceled')")
    assert last(shop, run)["activityTaskCanceledEventAttributes"]["details"] == "nothing had begun"


def test_the_heartbeat_is_kept_as_long_as_the_page_is_open(inbox):
    # The task must beat every twelve seconds; the wait is the time it would take to lose it.
    shop, run, page = inbox
    take(page)
    page.wait_for_timeout(14_000)
    page.get_by_role("button", name="Complete the task").click()
    page.wait_for_selector(".notice.good:has-text('Completed')")
    assert last(shop, run)["eventType"] == "ActivityTaskCompleted"


def test_a_task_and_its_half_written_answer_outlive_a_reload(inbox):
    shop, run, page = inbox
    take(page)
    page.get_by_label("Result").fill("half an ans")
    page.reload()
    page.wait_for_selector(".task")
    assert page.get_by_label("Result").input_value() == "half an ans"
    page.get_by_label("Result").fill("a whole answer")
    page.get_by_role("button", name="Complete the task").click()
    page.wait_for_selector(".notice.good:has-text('Completed')")
    page.reload()
    page.get_by_role("button", name="Wait for a task").wait_for()
    assert page.locator(".task").count() == 0
    assert last(shop, run)["activityTaskCompletedEventAttributes"]["result"] == "a whole answer"


def test_a_task_that_is_lost_says_so(inbox):
    shop, run, page = inbox
    take(page)
    shop.swf.terminate_workflow_execution(domain=shop.domain, workflowId="order-1")
    page.wait_for_selector(".notice.warn:has-text('no longer yours')")
    assert page.locator(".task").count() == 0


def test_a_poll_ends_when_the_person_stops_or_leaves(shop_alone, visit):
    shop = shop_alone
    tab = visit(shop.endpoint, shop.account)
    run = shop.start()
    page = tab.open("swf/inbox", domain="shop", list="humans")
    page.get_by_role("button", name="humans", exact=True).wait_for()

    def until_polls_are(count):
        """At the server, which notices a moment later than the page. The post changes nothing."""
        deadline = time.monotonic() + 30
        while shop.server.post("/_hakoniwa/clock", {}).json()["waiting"] != count:
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def wait():
        page.get_by_role("button", name="Wait for a task").click()
        page.wait_for_selector("text=Waiting for a task on")
        until_polls_are(1)

    wait()
    page.get_by_role("button", name="Stop waiting").click()
    page.get_by_role("button", name="Wait for a task").wait_for()
    until_polls_are(0)
    wait()
    page.goto("about:blank")
    until_polls_are(0)
    # Neither of the two polls may take the task that comes now.
    shop.decide(shop.approval())
    assert shop.work(on="humans")["activityId"] == "a-1"
    assert run


def test_several_tasks_are_held_at_once(inbox):
    shop, run, page = inbox
    take(page)
    shop.start("order-2")
    shop.decide(shop.activity("approve", "a-2", taskList={"name": "others"}))
    page.get_by_role("combobox", name="Task list").fill("others")
    page.get_by_role("button", name="Wait for another task").click()
    page.wait_for_selector(".task:has-text('a-2')")
    page.get_by_role("region", name="Task a-1").get_by_role("button", name="Complete the task").click()
    page.wait_for_selector(".notice.good:has-text('a-1')")
    assert last(shop, run)["eventType"] == "ActivityTaskCompleted"
    assert page.locator(".task").count() == 1
