"""The page of events: live, filtered, and each with its record and the reason of its decision."""

import json

import pytest
from botocore.exceptions import ClientError


def test_events_come_as_they_happen_and_say_why(client, account, iam_user, visit, endpoint):
    root = account()
    ann = iam_user(root)
    page = visit(endpoint, root.account).open("events")
    page.wait_for_selector("text=iam:CreateUser")
    with pytest.raises(ClientError):
        client("kms", ann).create_key()
    page.wait_for_selector("tr.denied")
    row = page.locator("tr.denied")
    assert "AccessDenied" in row.inner_text() and ann.arn in row.inner_text()
    row.get_by_role("button", name="kms:CreateKey").click()
    page.wait_for_selector("text=because no identity-based policy allows the kms:CreateKey action")
    record = json.loads(page.locator("pre.record").inner_text())
    assert record["eventName"] == "CreateKey" and record["userIdentity"]["userName"] == ann.name
    page.get_by_label("Denied only").check()
    page.wait_for_selector("tr.denied")
    page.wait_for_function("document.querySelectorAll('tbody tr').length === 1")
    page.get_by_label("Denied only").uncheck()
    page.get_by_label("Action").fill("createaccess")
    page.get_by_label("Action").press("Enter")
    page.wait_for_function("[...document.querySelectorAll('tbody tr')].every((row) => row.innerText.includes('CreateAccessKey'))")


def test_the_management_account_sees_its_members(client, account, visit, endpoint):
    from organizations.policy_trees import Tree

    tree = Tree(client, account)
    member = tree.member()
    page = visit(endpoint, tree.management.account).open("events", action="kms:")
    page.wait_for_selector("text=Live")
    client("kms", member).create_key()
    page.wait_for_selector("text=kms:CreateKey")
    assert member.account in page.locator("tbody tr").first.inner_text()
    other = visit(endpoint, member.account).open("events")
    other.wait_for_selector("text=kms:CreateKey")
    assert tree.management.account not in other.locator("tbody").inner_text()
