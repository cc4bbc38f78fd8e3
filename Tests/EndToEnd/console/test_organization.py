"""The organization's page: its tree, and the policies at each level."""

import json

import pytest

DENY = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}}


@pytest.fixture
def organization(client, account):
    """An organization with a unit in a unit and a policy on each; its management account and the units' ids."""
    owner = account()
    api = client("organizations", owner)
    api.create_organization(FeatureSet="ALL")
    root = api.list_roots()["Roots"][0]["Id"]
    enabled = api.list_roots()["Roots"][0]["PolicyTypes"]
    if not any(kind["Type"] == "SERVICE_CONTROL_POLICY" for kind in enabled):
        api.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
    outer = api.create_organizational_unit(ParentId=root, Name="Workloads")["OrganizationalUnit"]["Id"]
    inner = api.create_organizational_unit(ParentId=outer, Name="Production")["OrganizationalUnit"]["Id"]
    for name, target in (("keep-buckets", root), ("freeze", inner)):
        policy = api.create_policy(Name=name, Description=name, Type="SERVICE_CONTROL_POLICY", Content=json.dumps(DENY))["Policy"]
        api.attach_policy(PolicyId=policy["PolicySummary"]["Id"], TargetId=target)
    return owner.account


def level(page, name):
    """The policies beside the node of this name."""
    node = page.locator(".node", has=page.locator(".name", has_text=name)).first
    return node.locator(".policy").all_inner_texts()


def test_the_tree_shows_units_accounts_and_the_policies_of_each_level(organization, visit, endpoint):
    page = visit(endpoint, organization).open("organization")
    page.wait_for_selector(".tree")
    assert "SCP keep-buckets" in level(page, "Root")
    assert level(page, "Workloads") == ["SCP FullAWSAccess"]
    assert level(page, "Production") == ["SCP freeze", "SCP FullAWSAccess"]
    assert page.locator(".tree ul ul .name").all_inner_texts() == ["Production"]
    assert page.locator(".node.account", has_text=organization).locator(".chip").inner_text() == "management"


def test_a_policy_shows_its_document_and_where_it_is_attached(organization, visit, endpoint):
    page = visit(endpoint, organization).open("organization")
    page.get_by_role("button", name="SCP freeze").click()
    dialog = page.get_by_role("dialog")
    assert json.loads(dialog.locator("pre").inner_text()) == DENY
    assert "Attached to Production." in dialog.inner_text()


def test_an_account_without_an_organization_says_so(account, visit, endpoint):
    page = visit(endpoint, account().account).open("organization")
    page.wait_for_selector("text=is in no organization")
