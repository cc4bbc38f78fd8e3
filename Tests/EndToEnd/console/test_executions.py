"""An execution's page: its timeline, what it waits for, its events and family, and the buttons."""

import re

import pytest


@pytest.fixture
def order(shop, visit, endpoint):
    """An order with three parallel activities, a child, a timer and a signal, and its page."""
    run = shop.start()
    shop.decide(
        shop.activity("charge", "c-1"),
        shop.activity("reserve", "r-1"),
        shop.activity("reserve", "r-2"),
        shop.timer("reminder", 1800),
        shop.child("pack-1"),
    )
    charge, reserve = shop.work(), shop.work()
    shop.swf.respond_activity_task_completed(taskToken=charge["taskToken"], result="paid")
    shop.swf.respond_activity_task_failed(taskToken=reserve["taskToken"], reason="shelf empty")
    shop.swf.signal_workflow_execution(domain=shop.domain, workflowId="order-1", signalName="address-changed")
    shop.decide(shop.decision("RecordMarker", markerName="paid"), shop.activity("unheard-of", "u-1"))
    tab = visit(endpoint, shop.account)
    return shop, run, tab.execution("order-1", run)


def bars(page):
    """(kind, label, outcome) of every bar in the picture, by the events that began them."""
    page.wait_for_selector(".canvas .bar")
    return page.eval_on_selector_all(".canvas .bar", "bars => bars.map(({ dataset }) => [dataset.kind, dataset.label, dataset.outcome])")


def sentence(page):
    return page.locator(".awaiting .sentence")


def test_the_timeline_has_a_bar_for_everything_that_happened(order):
    _, _, page = order
    assert sorted(bars(page)) == sorted(
        [
            ["execution", "order", "running"],
            ["decision", "decision", "completed"],
            ["decision", "decision", "completed"],
            ["activity", "c-1", "completed"],
            ["activity", "r-1", "failed"],
            ["activity", "r-2", "waiting"],
            ["timer", "reminder", "running"],
            ["child", "pack-1", "running"],
            ["signal", "address-changed", "signaled"],
            ["marker", "paid", "recorded"],
            ["refusal", "ScheduleActivityTask", "refused"],
            ["decision", "decision", "waiting"],
        ]
    )


def test_parallel_activities_lie_below_one_another(order):
    _, _, page = order
    bars(page)
    # At one moment: the picture is drawn anew now and then.
    boxes = page.eval_on_selector_all(
        ".canvas .bar",
        "bars => Object.fromEntries(bars.map(bar => [bar.dataset.label, bar.getBoundingClientRect().toJSON()]))",
    )
    assert boxes["r-1"]["y"] + boxes["r-1"]["height"] <= boxes["r-2"]["y"] + 4
    titles = page.locator(".timeline .titles").inner_text()
    assert [name for name in ("Workflow", "Decisions", "charge", "reserve", "pack", "Timers", "Signals") if name not in titles] == []


def test_a_bar_that_is_chosen_shows_its_events(order):
    shop, run, page = order
    bars(page)
    page.get_by_role("button", name="By event").click()
    page.locator('.bar[data-label="r-1"]').click()
    page.wait_for_selector(".events li.linked pre")
    shown = page.eval_on_selector_all(".events li.linked", "items => items.map(item => Number(item.dataset.event))")
    types = [event["eventType"] for event in shop.history("order-1", run) if event["eventId"] in shown]
    assert types == ["ActivityTaskScheduled", "ActivityTaskStarted", "ActivityTaskFailed"]
    assert '"reason": "shelf empty"' in page.locator(".events li.linked pre").last.inner_text()


def test_bars_are_reached_by_arrow_keys_and_chosen_by_return(order):
    _, _, page = order
    bars(page)
    page.locator('.bar[tabindex="0"]').focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    label = page.evaluate("document.activeElement.dataset.label")
    page.keyboard.press("Enter")
    assert page.locator(".bar.chosen").get_attribute("data-label") == label


def test_the_raw_events_are_those_of_the_history(order):
    shop, run, page = order
    page.wait_for_selector(".events li")
    shown = page.eval_on_selector_all(".events li button", "items => items.map(item => item.children[1].firstChild.textContent)")
    assert shown == [event["eventType"] for event in shop.history("order-1", run)]


def test_the_family_leads_to_the_child_and_back(order):
    _, _, page = order
    page.locator(".tree").get_by_role("link", name="pack-1").click()
    page.wait_for_selector("h1:has-text('pack-1')")
    link = page.locator(".tree").get_by_role("link", name="order-1")
    link.wait_for()
    assert page.locator(".tree .here").inner_text() == "pack-1"
    link.click()
    page.wait_for_selector("h1:has-text('order-1')")


def test_it_says_since_when_nobody_polls_a_list(shop_alone, clock, visit):
    shop = shop_alone
    # However long the browser takes, no time passes.
    clock(shop.server).scale(0)
    run = shop.start()
    shop.decide(shop.timer("pause", 7200))
    clock(shop.server).advance("10m")
    shop.swf.signal_workflow_execution(domain=shop.domain, workflowId="order-1", signalName="on")
    clock(shop.server).advance("3m")
    page = visit(shop.endpoint, shop.account).execution("order-1", run)
    sentence(page).wait_for()
    assert re.fullmatch(
        r"Waiting for a decider: decision task scheduled 3 min ago on list orders: "
        r"nobody has polled that list since .+ UTC \(13 min ago\).",
        sentence(page).inner_text(),
    )
    assert "stuck" in page.locator(".awaiting").get_attribute("class")


def test_it_counts_decision_tasks_that_timed_out(shop_alone, clock, visit):
    shop = shop_alone
    run = shop.start()
    for _ in range(3):
        shop.swf.poll_for_decision_task(domain=shop.domain, taskList={"name": "orders"})
        clock(shop.server).advance("61s")
    page = visit(shop.endpoint, shop.account).execution("order-1", run)
    note = page.locator(".awaiting .note")
    note.wait_for()
    assert note.inner_text() == "The decision task has timed out 3 times in a row."


def test_the_clock_moves_to_the_next_thing_that_happens(shop_alone, visit):
    shop = shop_alone
    run = shop.start()
    shop.decide(shop.timer("a week", 7 * 86400 // 8))
    page = visit(shop.endpoint, shop.account).execution("order-1", run)
    page.wait_for_selector(".awaiting .sentence:has-text('timer a week until')")
    page.get_by_role("button", name="Move the clock").click()
    page.wait_for_selector('.bar.timer[data-outcome="fired"]')


def test_it_follows_what_happens_while_it_is_open(shop, visit, endpoint):
    run = shop.start()
    page = visit(endpoint, shop.account).execution("order-1", run)
    words = sentence(page)
    words.wait_for()
    assert re.fullmatch(
        "Waiting for a decider: decision task scheduled .+ on list orders: nobody polls that list.", words.inner_text()
    )
    shop.decide(shop.approval(heartbeat="600"))
    page.wait_for_selector('.bar[data-label="a-1"]')
    page.wait_for_selector(".awaiting .sentence:has-text('approve')")
    assert re.fullmatch(
        r"Waiting for activity approve \(id a-1\) on list humans, scheduled .+: nobody polls that list.", words.inner_text()
    )
    task = shop.work(on="humans", identity="anna")
    page.wait_for_selector(".awaiting .sentence:has-text('worked on by anna')")
    shop.swf.respond_activity_task_completed(taskToken=task["taskToken"])
    shop.decide()
    page.wait_for_selector(".awaiting .sentence:has-text('Nothing is open')")
    shop.swf.terminate_workflow_execution(domain=shop.domain, workflowId="order-1", reason="enough")
    page.wait_for_selector(".awaiting .sentence:has-text('terminated')")
    assert words.inner_text().endswith(": enough.")
    assert page.get_by_role("button", name="Signal").is_disabled()


def test_a_form_sends_a_signal(shop, visit, endpoint):
    run = shop.start()
    page = visit(endpoint, shop.account).execution("order-1", run)
    page.get_by_role("button", name="Signal").click()
    page.get_by_label("Name").fill("paid")
    page.get_by_label("Input").fill('{"total": 5}')
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector('.bar.signal[data-label="paid"]')
    signals = [event["workflowExecutionSignaledEventAttributes"] for event in shop.history("order-1", run) if event["eventType"] == "WorkflowExecutionSignaled"]
    assert [(signal["signalName"], signal["input"]) for signal in signals] == [("paid", '{"total": 5}')]


def test_forms_ask_to_cancel_and_terminate(shop, visit, endpoint):
    run = shop.start()
    page = visit(endpoint, shop.account).execution("order-1", run)
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("dialog").get_by_role("button", name="Ask to cancel").click()
    page.wait_for_selector(".awaiting .note:has-text('Cancelling it was requested')")
    page.get_by_role("button", name="Terminate").click()
    page.get_by_label("Reason").fill("enough")
    page.get_by_role("dialog").get_by_role("button", name="Terminate").click()
    page.wait_for_selector(".chip.terminated")
    types = [event["eventType"] for event in shop.history("order-1", run)]
    assert types[-1] == "WorkflowExecutionTerminated" and "WorkflowExecutionCancelRequested" in types


def test_a_refused_form_says_why(shop, visit, endpoint):
    run = shop.start()
    page = visit(endpoint, shop.account).execution("order-1", run)
    page.get_by_role("button", name="Signal").click()
    page.get_by_label("Name").fill("paid")
    shop.swf.terminate_workflow_execution(domain=shop.domain, workflowId="order-1")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("dialog .notice.bad:has-text('UnknownResourceFault')")


def test_executions_are_listed_and_filtered(shop, visit, endpoint):
    shop.start("order-1", tagList=["vip"])
    shop.start("order-2")
    shop.start("pack-9", type="pack")
    shop.swf.terminate_workflow_execution(domain=shop.domain, workflowId="order-2")
    page = visit(endpoint, shop.account).open("swf")
    ids = lambda: page.locator("tbody tr td:first-child").all_inner_texts()
    page.wait_for_selector("tbody tr")
    assert sorted(ids()) == ["order-1", "pack-9"]
    page.get_by_label("Executions").select_option("tag")
    page.get_by_label("Value").fill("vip")
    page.get_by_role("button", name="Show").click()
    page.wait_for_selector("text=1 execution")
    page.wait_for_function("document.querySelectorAll('tbody tr').length === 1")
    assert ids() == ["order-1"]
    page.get_by_label("Executions").select_option("")
    page.get_by_role("button", name="Closed").click()
    page.wait_for_selector("td .chip.terminated")
    assert ids() == ["order-2"]
    page.get_by_role("link", name="order-2").click()
    page.wait_for_selector(".awaiting .sentence:has-text('terminated')")


def test_an_execution_is_started_by_a_form(shop, visit, endpoint):
    page = visit(endpoint, shop.account).open("swf")
    page.get_by_role("button", name="Start an execution").click()
    page.get_by_label("Workflow type").select_option(label="order 1")
    page.get_by_role("dialog").get_by_label("Workflow id").fill("by hand")
    page.get_by_role("dialog").get_by_role("button", name="Start", exact=True).click()
    page.wait_for_selector("h1:has-text('by hand')")
    assert bars(page)[0] == ["execution", "order", "running"]


def test_a_long_history_is_told_whole(shop, visit, endpoint):
    run = shop.start()
    for start in range(0, 1200, 100):
        if start:
            shop.swf.signal_workflow_execution(domain=shop.domain, workflowId="order-1", signalName="on")
        shop.decide(*(shop.decision("RecordMarker", markerName=f"m-{start + number}") for number in range(100)))
    page = visit(endpoint, shop.account).execution("order-1", run)
    assert len([bar for bar in bars(page) if bar[0] == "marker"]) == 1200
    page.wait_for_selector(".events li")
    assert page.locator(".events li").count() == 100
    page.get_by_role("button", name="More events").click()
    page.wait_for_selector('.events li[data-event="200"]')


def test_an_execution_that_is_not_there_is_said_so(shop, visit, endpoint):
    page = visit(endpoint, shop.account).execution("nobody", "22nothing")
    page.wait_for_selector(".notice.bad:has-text('UnknownResourceFault')")
