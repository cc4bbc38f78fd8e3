"""A headless Chromium for the console's pages, and small workflows to look at."""

import json
import os
import shutil
from urllib.parse import urlencode

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser():
    """Chromium; a machine that has none fails the tests, unless it says HAKONIWA_NO_BROWSER=1."""
    if os.environ.get("HAKONIWA_NO_BROWSER") == "1":
        pytest.skip("HAKONIWA_NO_BROWSER=1: the console's pages are not tested")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.fail(
            "The console's tests need Chromium: install Debian's package chromium, or set HAKONIWA_NO_BROWSER=1 to do without them."
        )
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments, timeout=120_000)
        yield chromium
        chromium.close()


class Visit:
    """A browser tab on the console in one account. What a script or the policy of its contents complains of fails the test."""

    def __init__(self, page, endpoint, account):
        self.page = page
        self.root = endpoint + "/_hakoniwa/console/"
        self.account = account
        self.complaints = []
        page.set_default_timeout(60_000)
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path="", **parameters):
        self.page.goto(self.root + path + "?" + urlencode({"account": self.account, "region": "us-east-1", **parameters}))
        return self.page

    def execution(self, workflow, run):
        return self.open("swf/execution", domain="shop", workflowId=workflow, runId=run)


@pytest.fixture
def visit(browser):
    """`visit(endpoint, account)`: a tab of a fresh browser profile."""
    contexts, visits = [], []

    def make(endpoint, account, **settings):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **settings)
        contexts.append(context)
        visits.append(Visit(context.new_page(), endpoint, account))
        return visits[-1]

    yield make
    complaints = [complaint for each in visits for complaint in each.complaints]
    for context in contexts:
        context.close()
    assert complaints == []


class Shop:
    """A domain with an order workflow, driven by hand."""

    domain = "shop"

    def __init__(self, swf):
        self.swf = swf
        swf.register_domain(name=self.domain, workflowExecutionRetentionPeriodInDays="7")
        for name, task_list in (("order", "orders"), ("pack", "packing")):
            swf.register_workflow_type(
                domain=self.domain,
                name=name,
                version="1",
                defaultTaskList={"name": task_list},
                defaultChildPolicy="TERMINATE",
                defaultTaskStartToCloseTimeout="60",
                defaultExecutionStartToCloseTimeout="86400",
            )
        # A page beats for what it takes; nobody does for what the tests take themselves.
        activities = (("charge", "machines", "600"), ("reserve", "machines", "600"), ("approve", "humans", "12"))
        for name, task_list, heartbeat in activities:
            swf.register_activity_type(
                domain=self.domain,
                name=name,
                version="1",
                defaultTaskList={"name": task_list},
                defaultTaskScheduleToStartTimeout="3600",
                defaultTaskScheduleToCloseTimeout="7200",
                defaultTaskStartToCloseTimeout="3600",
                defaultTaskHeartbeatTimeout=heartbeat,
            )

    def start(self, workflow="order-1", type="order", **more):
        """The new run's id."""
        type = {"name": type, "version": "1"}
        return self.swf.start_workflow_execution(domain=self.domain, workflowId=workflow, workflowType=type, **more)["runId"]

    def decide(self, *decisions, on="orders", identity="decider-1"):
        """Takes the next decision task and answers it."""
        task = self.swf.poll_for_decision_task(domain=self.domain, taskList={"name": on}, identity=identity)
        self.swf.respond_decision_task_completed(taskToken=task["taskToken"], decisions=list(decisions))
        return task

    def work(self, on="machines", identity="worker-1"):
        """Takes the next activity task."""
        return self.swf.poll_for_activity_task(domain=self.domain, taskList={"name": on}, identity=identity)

    def history(self, workflow, run):
        execution = {"workflowId": workflow, "runId": run}
        return self.swf.get_workflow_execution_history(domain=self.domain, execution=execution)["events"]

    @staticmethod
    def decision(type, **attributes):
        return {"decisionType": type, type[0].lower() + type[1:] + "DecisionAttributes": attributes}

    @classmethod
    def activity(cls, name, id, **more):
        return cls.decision("ScheduleActivityTask", activityType={"name": name, "version": "1"}, activityId=id, **more)

    @classmethod
    def child(cls, workflow):
        type = {"name": "pack", "version": "1"}
        return cls.decision("StartChildWorkflowExecution", workflowType=type, workflowId=workflow)

    @classmethod
    def timer(cls, id, seconds):
        return cls.decision("StartTimer", timerId=id, startToFireTimeout=str(seconds))

    @classmethod
    def approval(cls, id="a-1", heartbeat="12", **input):
        input = json.dumps(input or {"order": 1042, "total": 129.5})
        return cls.activity("approve", id, input=input, heartbeatTimeout=heartbeat)


@pytest.fixture
def shop(client, account):
    """A shop in an account of its own; `.account` is the account's number."""
    owner = account()
    made = Shop(client("swf", owner))
    made.account = owner.account
    return made


@pytest.fixture
def shop_alone(server, client):
    """A shop on a server of its own (`.endpoint`), whose clock may be moved."""
    running = server()
    made = Shop(client("swf", at=running.endpoint))
    made.account, made.server, made.endpoint = "000000000000", running, running.endpoint
    return made
