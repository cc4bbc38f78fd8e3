"""Who may use the console, and what its pages may load."""

import http.server
import json
import threading

import pytest
import requests

CALL = {"account": "000000000000", "region": "us-east-1", "service": "sqs", "operation": "ListQueues", "input": {}}
OWN = {"X-Hakoniwa-Console": "1"}


@pytest.fixture
def call(endpoint):
    def post(headers=OWN, **changes):
        return requests.post(endpoint + "/_hakoniwa/console/call", json={**CALL, **changes}, headers=headers, timeout=30)

    return post


def test_a_call_answers_under_the_services_own_names(call, account):
    owner = account().account
    made = call(account=owner, operation="CreateQueue", input={"QueueName": "q", "Attributes": {"DelaySeconds": "5"}}).json()
    assert made["output"]["QueueUrl"].endswith(f"/{owner}/q")
    found = call(account=owner, operation="GetQueueAttributes", input={"QueueUrl": made["output"]["QueueUrl"], "AttributeNames": ["All"]}).json()
    assert found["output"]["Attributes"]["DelaySeconds"] == "5"


def test_times_are_numbers_and_the_protocol_does_not_matter(call, account):
    owner = account().account
    role = {"RoleName": "r", "AssumeRolePolicyDocument": json.dumps({"Version": "2012-10-17", "Statement": []})}
    trust = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": owner}, "Action": "sts:AssumeRole"}}
    role["AssumeRolePolicyDocument"] = json.dumps(trust)
    made = call(account=owner, service="iam", operation="CreateRole", input=role).json()["output"]["Role"]
    assert made["Arn"] == f"arn:aws:iam::{owner}:role/r"
    assert isinstance(made["CreateDate"], int)
    bucket = call(account=owner, service="s3", operation="CreateBucket", input={"Bucket": f"b-{owner}"}).json()
    assert bucket["output"]["Location"] == f"/b-{owner}"
    assert [item["Name"] for item in call(account=owner, service="s3", operation="ListBuckets").json()["output"]["Buckets"]] == [f"b-{owner}"]


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"operation": "GetQueueUrl", "input": {"QueueName": "none"}}, "QueueDoesNotExist"),
        ({"operation": "GetQueueUrl", "input": {}}, "MissingParameter"),
        ({"operation": "GetQueueUrl", "input": {"QueueNam": "x"}}, "SerializationException"),
        ({"operation": "GetQueueUrl", "input": {"QueueName": 5}}, "SerializationException"),
        ({"operation": "Nonsense"}, "UnknownOperationException"),
        ({"service": "nonsense"}, "NotImplemented"),
        ({"service": "s3", "operation": "GetObject", "input": {"Bucket": "b", "Key": "k"}}, "NoSuchBucket"),
        ({"account": "12"}, "InvalidParameterValue"),
        ({"region": "Not A Region"}, "InvalidParameterValue"),
    ],
)
def test_what_goes_wrong_is_an_error_of_aws(call, changes, code):
    assert call(**changes).json()["error"]["code"] == code


def test_a_call_without_the_pages_header_is_refused(call):
    assert call(headers={}).status_code == 403


def test_a_call_of_another_origin_is_refused(call):
    assert call(headers={**OWN, "Origin": "http://evil.example"}).status_code == 403


@pytest.mark.parametrize("path", ["", "accounts", "call"])
def test_a_name_that_somebody_else_may_point_here_is_refused(endpoint, path):
    answer = requests.get(endpoint + "/_hakoniwa/console/" + path, headers={"Host": "evil.example"}, timeout=30)
    assert answer.status_code == 403


@pytest.fixture
def elsewhere():
    """The address of somebody else's web page on this machine."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><link rel=icon href='data:,'><title>Elsewhere</title>")

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_page_from_elsewhere_cannot_call(visit, endpoint, elsewhere, account):
    owner = account().account
    tab = visit(endpoint, owner)
    tab.page.goto(elsewhere)
    outcome = tab.page.evaluate(
        """async ([url, body]) => {
          const json = { "x-hakoniwa-console": "1", "content-type": "application/json" };
          const tries = [{ headers: json }, { headers: { "content-type": "text/plain" } }, { mode: "no-cors" }];
          const outcomes = [];
          for (const settings of tries) {
            try { outcomes.push((await fetch(url, { method: "POST", body, ...settings })).type); } catch { outcomes.push("refused"); }
          }
          return outcomes;
        }""",
        [
            endpoint + "/_hakoniwa/console/call",
            json.dumps({**CALL, "account": owner, "operation": "CreateQueue", "input": {"QueueName": "stolen"}}),
        ],
    )
    assert outcome == ["refused", "refused", "opaque"]
    # The browser complains of what was refused; that is as it should be.
    tab.complaints.clear()
    queues = requests.post(endpoint + "/_hakoniwa/console/call", json={**CALL, "account": owner}, headers=OWN, timeout=30)
    assert queues.json()["output"].get("QueueUrls", []) == []


@pytest.mark.parametrize("path", ["", "swf", "swf/execution", "swf/inbox", "organization"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_load_nothing_from_elsewhere_and_run_under_their_own_policy(visit, endpoint, account, path, scheme):
    tab = visit(endpoint, account().account, color_scheme=scheme)
    asked = []
    tab.page.on("request", lambda request: asked.append(request.url))
    page = tab.open(path)
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(endpoint)] == []
    answer = requests.get(page.url, timeout=30)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "<style" not in answer.text and "style=" not in answer.text


def test_every_control_has_a_name(visit, endpoint, account):
    tab = visit(endpoint, account().account)
    for path in ("", "swf", "swf/inbox", "organization"):
        page = tab.open(path)
        page.wait_for_selector("h1")
        nameless = page.eval_on_selector_all(
            "button, input, select, textarea, a",
            """controls => controls.filter(control => !control.hidden && !control.labels?.length && !control.getAttribute("aria-label")
                 && !control.textContent.trim()).map(control => control.outerHTML)""",
        )
        assert nameless == [], path


def test_the_account_and_region_are_chosen_on_top(visit, endpoint, account, client):
    first, second = account(), account()
    client("swf", second, region="eu-west-1").register_domain(name="there", workflowExecutionRetentionPeriodInDays="1")
    page = visit(endpoint, first.account).open("swf")
    page.wait_for_selector("text=No SWF domain is registered")
    page.get_by_label("Account").fill(second.account)
    page.get_by_label("Account").press("Tab")
    page.wait_for_url(f"**account={second.account}**")
    page.get_by_label("Region").fill("eu-west-1")
    page.get_by_label("Region").press("Enter")
    page.wait_for_url("**eu-west-1**")
    page.wait_for_selector("option:has-text('there')", state="attached")


def test_looking_is_not_written_among_the_decisions(visit, shop_alone):
    # On a server where nothing else decides: elsewhere trails of other tests may still deliver.
    shop, endpoint = shop_alone, shop_alone.endpoint

    def last():
        return requests.get(endpoint + "/_hakoniwa/decisions/last", timeout=30).json()

    run = shop.start()
    mine = last()["requestId"]
    page = visit(endpoint, shop.account).execution("order-1", run)
    page.wait_for_selector(".canvas .bar")
    page.wait_for_selector(".tree, .card p:has-text('neither parent')")
    assert last()["requestId"] == mine
    # What changes something is a call like any other.
    page.get_by_role("button", name="Signal").click()
    page.get_by_label("Name").fill("on")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector('.bar.signal[data-label="on"]')
    assert last()["decisions"][0]["explanation"]["action"] == "swf:SignalWorkflowExecution"
