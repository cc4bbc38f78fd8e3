"""Trusted access, delegated administrators, the delegation policy and tags."""

import json

import pytest
from organizations.policy_trees import Tree, allow, refusal

UNRECOGNIZED = (
    "InvalidInputException", "UNRECOGNIZED_SERVICE_PRINCIPAL", "You specified an unrecognized service principal.")
NO_PERMISSION = ("AccessDeniedException", None, "You don't have permissions to access this resource.")
CLOUDTRAIL = "cloudtrail.amazonaws.com"


@pytest.fixture
def tree(client, account):
    return Tree(client, account)


def delegation(statement):
    statement = {"Effect": "Allow", "Resource": "*", **statement}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


# Trusted access


def test_services_get_and_lose_access(tree):
    org = tree.org
    assert org.list_aws_service_access_for_organization()["EnabledServicePrincipals"] == []
    for service in (CLOUDTRAIL, "sso.amazonaws.com", CLOUDTRAIL):
        org.enable_aws_service_access(ServicePrincipal=service)
    listed = org.list_aws_service_access_for_organization()["EnabledServicePrincipals"]
    assert [entry["ServicePrincipal"] for entry in listed] == [CLOUDTRAIL, "sso.amazonaws.com"]
    pages = org.get_paginator("list_aws_service_access_for_organization").paginate(PaginationConfig={"PageSize": 1})
    assert [entry for page in pages for entry in page["EnabledServicePrincipals"]] == listed
    org.disable_aws_service_access(ServicePrincipal=CLOUDTRAIL)
    org.disable_aws_service_access(ServicePrincipal=CLOUDTRAIL)
    left = org.list_aws_service_access_for_organization()["EnabledServicePrincipals"]
    assert [entry["ServicePrincipal"] for entry in left] == ["sso.amazonaws.com"]


def test_service_principals_must_be_known(tree):
    member = tree.member()
    for call, more in [
        (tree.org.enable_aws_service_access, {}), (tree.org.disable_aws_service_access, {}),
        (tree.org.register_delegated_administrator, {"AccountId": member.account}),
        (tree.org.deregister_delegated_administrator, {"AccountId": member.account}),
        (tree.org.list_delegated_administrators, {}),
    ]:
        assert refusal(call, ServicePrincipal="moto.amazonaws.com", **more) == UNRECOGNIZED


# Delegated administrators


def test_a_member_administers_a_service_and_reads_the_organization(tree):
    org, member, plain = tree.org, tree.member("delegate"), tree.member()
    assert refusal(org.register_delegated_administrator, AccountId=member.account, ServicePrincipal=CLOUDTRAIL) == (
        "ConstraintViolationException", "SERVICE_ACCESS_NOT_ENABLED",
        "You must enable service access before you delegate an administrator for this service. Call the AWS API "
        "EnableAWSServiceAccess first.")
    org.enable_aws_service_access(ServicePrincipal=CLOUDTRAIL)
    org.enable_aws_service_access(ServicePrincipal="sso.amazonaws.com")
    assert refusal(tree.of(member).list_accounts) == NO_PERMISSION
    assert refusal(org.list_delegated_services_for_account, AccountId=member.account)[0] == "AccountNotRegisteredException"

    org.register_delegated_administrator(AccountId=member.account, ServicePrincipal=CLOUDTRAIL)
    org.register_delegated_administrator(AccountId=member.account, ServicePrincipal="sso.amazonaws.com")
    assert refusal(org.register_delegated_administrator, AccountId=member.account, ServicePrincipal=CLOUDTRAIL) == (
        "AccountAlreadyRegisteredException", None,
        "The provided account is already a delegated administrator for your organization.")
    administrators = org.list_delegated_administrators()["DelegatedAdministrators"]
    described = org.describe_account(AccountId=member.account)["Account"]
    assert len(administrators) == 1
    assert {key: administrators[0][key] for key in ("Id", "Arn", "Email", "Name", "Status", "State", "JoinedMethod")} == {
        key: described[key] for key in ("Id", "Arn", "Email", "Name", "Status", "State", "JoinedMethod")}
    assert "DelegationEnabledDate" in administrators[0]
    assert org.list_delegated_administrators(ServicePrincipal="config.amazonaws.com")["DelegatedAdministrators"] == []
    services = org.list_delegated_services_for_account(AccountId=member.account)["DelegatedServices"]
    assert [entry["ServicePrincipal"] for entry in services] == [CLOUDTRAIL, "sso.amazonaws.com"]

    # A delegate reads; he doesn't write.
    assert len(tree.of(member).list_accounts()["Accounts"]) == 3
    assert tree.of(member).list_delegated_administrators()["DelegatedAdministrators"] == administrators
    assert refusal(
        tree.of(member).create_policy, Name="n", Description="", Type="TAG_POLICY", Content='{"tags":{}}') == NO_PERMISSION
    for call in (tree.of(member).enable_aws_service_access, tree.of(member).disable_aws_service_access):
        assert refusal(call, ServicePrincipal=CLOUDTRAIL) == NO_PERMISSION
    assert refusal(tree.of(plain).list_accounts) == NO_PERMISSION

    assert refusal(org.disable_aws_service_access, ServicePrincipal=CLOUDTRAIL) == (
        "ConstraintViolationException", "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
        "You have delegated administrator/s for this service. De-register them in order to disable service access.")
    for service in (CLOUDTRAIL, "sso.amazonaws.com"):
        org.deregister_delegated_administrator(AccountId=member.account, ServicePrincipal=service)
    assert refusal(org.deregister_delegated_administrator, AccountId=member.account, ServicePrincipal=CLOUDTRAIL) == (
        "AccountNotRegisteredException", None,
        "The provided account is not a registered delegated administrator for your organization.")
    assert refusal(tree.of(member).list_accounts) == NO_PERMISSION
    org.disable_aws_service_access(ServicePrincipal=CLOUDTRAIL)


def test_who_cannot_be_a_delegated_administrator(tree, account):
    tree.org.enable_aws_service_access(ServicePrincipal=CLOUDTRAIL)
    for call in (tree.org.register_delegated_administrator, tree.org.deregister_delegated_administrator):
        assert refusal(call, AccountId=tree.management.account, ServicePrincipal=CLOUDTRAIL) == (
            "ConstraintViolationException", "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
            "You cannot register master account/yourself as delegated administrator for your organization.")
        assert refusal(call, AccountId=account().account, ServicePrincipal=CLOUDTRAIL) == (
            "AccountNotFoundException", None, "You specified an account that doesn't exist.")


def test_a_closed_account_cannot_administer(tree):
    import time
    member = tree.member()
    tree.org.enable_aws_service_access(ServicePrincipal=CLOUDTRAIL)
    tree.org.close_account(AccountId=member.account)
    deadline = time.monotonic() + 60
    while tree.org.describe_account(AccountId=member.account)["Account"]["State"] == "PENDING_CLOSURE":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert refusal(tree.org.register_delegated_administrator, AccountId=member.account, ServicePrincipal=CLOUDTRAIL)[:2] == (
        "ConstraintViolationException", "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR")


def test_cloudtrail_has_three_administrators_at_most(tree):
    tree.org.enable_aws_service_access(ServicePrincipal=CLOUDTRAIL)
    for _ in range(3):
        tree.org.register_delegated_administrator(AccountId=tree.member().account, ServicePrincipal=CLOUDTRAIL)
    assert refusal(
        tree.org.register_delegated_administrator, AccountId=tree.member().account, ServicePrincipal=CLOUDTRAIL
    )[:2] == ("ConstraintViolationException", "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED")
    pages = tree.org.get_paginator("list_delegated_administrators").paginate(PaginationConfig={"PageSize": 2})
    assert [len(page["DelegatedAdministrators"]) for page in pages] == [2, 1]


def test_delegation_needs_all_features(client, account):
    tree = Tree(client, account, "CONSOLIDATED_BILLING")
    member = tree.member()
    for call, parameters in [
        (tree.org.register_delegated_administrator, {"AccountId": member.account, "ServicePrincipal": CLOUDTRAIL}),
        (tree.org.put_resource_policy, {"Content": delegation(
            {"Principal": {"AWS": member.account}, "Action": "organizations:ListPolicies"})}),
    ]:
        assert refusal(call, **parameters)[:2] == (
            "ConstraintViolationException", "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE")


# The delegation policy


def test_the_delegation_policy_is_put_shown_and_deleted(tree):
    org, member = tree.org, tree.member()
    missing = ("ResourcePolicyNotFoundException", None, "No resource-based policy found.")
    assert refusal(org.describe_resource_policy) == missing and refusal(org.delete_resource_policy) == missing
    text = delegation({"Principal": {"AWS": member.account}, "Action": "organizations:DescribePolicy"})
    put = org.put_resource_policy(Content=text, Tags=[{"Key": "k", "Value": "v"}])["ResourcePolicy"]
    id = put["ResourcePolicySummary"]["Id"]
    assert put["ResourcePolicySummary"]["Arn"] == (
        f"arn:aws:organizations::{tree.management.account}:resourcepolicy/{tree.id}/{id}")
    shown = text.replace(f'"{member.account}"', f'"arn:aws:iam::{member.account}:root"').replace(": ", ":").replace(", ", ",")
    assert put["Content"] == shown
    assert org.describe_resource_policy()["ResourcePolicy"] == put
    assert org.list_tags_for_resource(ResourceId=id)["Tags"] == [{"Key": "k", "Value": "v"}]
    assert org.put_resource_policy(Content=text, Tags=[])["ResourcePolicy"] == put
    assert refusal(org.put_resource_policy, Content=text, Tags=[{"Key": "another", "Value": "v"}]) == (
        "ConstraintViolationException", "UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED",
        "Adding tags on updating an existing resource-based policy is not supported.")
    org.delete_resource_policy()
    assert refusal(org.describe_resource_policy) == missing
    assert refusal(org.list_tags_for_resource, ResourceId=id)[0] == "TargetNotFoundException"


@pytest.mark.parametrize("statement, reason", [
    ({"Principal": {"AWS": "123456789012"}, "Action": "organizations:DescribePolicy"}, "INVALID_RESOURCE_POLICY_JSON"),
    ({"Principal": {"AWS": "arn:aws:iam::MEMBER:role/none"}, "Action": "organizations:DescribePolicy"},
     "INVALID_RESOURCE_POLICY_JSON"),
    ({"Principal": {"AWS": "MEMBER"}, "NotAction": "organizations:DescribePolicy"}, "INVALID_RESOURCE_POLICY_JSON"),
    ({"NotPrincipal": {"AWS": "MEMBER"}, "Action": "organizations:DescribePolicy"}, "INVALID_RESOURCE_POLICY_JSON"),
    ({"Action": "organizations:DescribePolicy"}, "INVALID_RESOURCE_POLICY_JSON"),
    ({"Principal": {"CanonicalUser": "abc"}, "Action": "organizations:DescribePolicy"}, "INVALID_PRINCIPAL"),
    ({"Principal": {"AWS": "MEMBER"}, "Action": "organizations:CreateAccount"}, "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY"),
    ({"Principal": {"AWS": "MEMBER"}, "Action": "organizations:*"}, "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY"),
    ({"Principal": {"AWS": "MEMBER"}, "Action": "s3:GetObject"}, "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY"),
    ({"Principal": {"AWS": "MEMBER"}, "Action": "organizations:ListPolicies", "Resource": "arn:aws:s3:::bucket"},
     "UNSUPPORTED_RESOURCE_IN_RESOURCE_POLICY"),
    ({"Principal": {"AWS": "MEMBER"}, "Action": "organizations:ListPolicies",
      "Condition": {"StringEquals": {"organizations:PolicyType": "NO_POLICY"}}},
     "UNSUPPORTED_POLICY_TYPE_IN_RESOURCE_POLICY"),
])
def test_a_delegation_policy_within_its_bounds(tree, statement, reason):
    member = tree.member()
    text = delegation(statement).replace("MEMBER", member.account)
    code, found, message = refusal(tree.org.put_resource_policy, Content=text)
    assert (code, found) == ("InvalidInputException", reason)
    if reason == "INVALID_RESOURCE_POLICY_JSON":
        assert message == "This resource-based policy contains invalid JSON."
    if reason == "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY":
        assert message == f"{statement['Action']} is not a supported action for this resource-based policy."
    assert refusal(tree.org.describe_resource_policy)[0] == "ResourcePolicyNotFoundException"


@pytest.mark.parametrize("statement", [
    {"Principal": "*", "Action": "organizations:DescribePolicy"},
    {"Principal": {"AWS": "*"}, "Action": "organizations:Describe*"},
    {"Principal": {"Service": "kms.amazonaws.com"}, "Action": "organizations:ListAccounts"},
    {"Principal": {"AWS": "MEMBER"}, "Action": ["organizations:EnablePolicyType", "organizations:TagResource"]},
    {"Principal": {"AWS": "MEMBER"}, "Action": "organizations:DescribePolicy", "Effect": "Deny"},
])
def test_delegation_policies_that_aws_takes(tree, statement):
    member = tree.member()
    tree.org.put_resource_policy(Content=delegation(statement).replace("MEMBER", member.account))


def test_the_delegation_policy_lets_named_members_do_named_things(tree, client, iam_user):
    org, member, other = tree.org, tree.member(), tree.member()
    scp, tags = tree.policy(allow()), tree.policy({"tags": {}}, "TAG_POLICY")
    org.put_resource_policy(Content=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": member.account}, "Resource": "*",
         "Action": ["organizations:ListAccounts", "organizations:DescribePolicy"]},
        {"Effect": "Allow", "Principal": {"AWS": member.account}, "Resource": "*",
         "Action": ["organizations:CreatePolicy", "organizations:UpdatePolicy", "organizations:DeletePolicy"],
         "Condition": {"StringEquals": {"organizations:PolicyType": "TAG_POLICY"}}}]}))
    delegate = tree.of(member)
    assert len(delegate.list_accounts()["Accounts"]) == 3
    assert delegate.describe_policy(PolicyId=scp)["Policy"]["PolicySummary"]["Id"] == scp
    delegate.update_policy(PolicyId=tags, Content='{"tags":{"k":{}}}')
    made = delegate.create_policy(Name="made", Description="", Type="TAG_POLICY", Content='{"tags":{}}')
    delegate.delete_policy(PolicyId=made["Policy"]["PolicySummary"]["Id"])
    assert refusal(delegate.update_policy, PolicyId=scp, Content=allow()) == NO_PERMISSION
    assert refusal(delegate.list_policies, Filter="TAG_POLICY") == NO_PERMISSION
    assert refusal(tree.of(other).list_accounts) == NO_PERMISSION

    # His own account must allow it, too.
    without = client("organizations", iam_user(member))
    assert refusal(without.list_accounts)[0] == "AccessDeniedException"
    user = client("organizations", iam_user(member, {"Effect": "Allow", "Action": "organizations:List*", "Resource": "*"}))
    assert len(user.list_accounts()["Accounts"]) == 3
    assert refusal(user.describe_policy, PolicyId=scp)[0] == "AccessDeniedException"

    org.delete_resource_policy()
    assert refusal(delegate.list_accounts) == NO_PERMISSION


def test_only_the_management_account_writes_the_delegation_policy(tree):
    member = tree.of(tree.member())
    text = delegation({"Principal": "*", "Action": "organizations:ListAccounts"})
    assert refusal(member.put_resource_policy, Content=text) == NO_PERMISSION
    tree.org.put_resource_policy(Content=text)
    assert refusal(member.delete_resource_policy) == NO_PERMISSION


# Tags


def test_root_units_accounts_and_policies_have_tags(tree):
    org = tree.org
    policy = tree.policy(allow())
    for resource in (tree.root, tree.unit(), tree.member().account, tree.management.account, policy):
        assert org.list_tags_for_resource(ResourceId=resource)["Tags"] == []
        org.tag_resource(ResourceId=resource, Tags=[{"Key": "b", "Value": "1"}, {"Key": "a", "Value": ""}])
        org.tag_resource(ResourceId=resource, Tags=[{"Key": "b", "Value": "2"}, {"Key": "B", "Value": "3"}])
        tags = {tag["Key"]: tag["Value"] for tag in org.list_tags_for_resource(ResourceId=resource)["Tags"]}
        assert tags == {"a": "", "b": "2", "B": "3"}
        org.untag_resource(ResourceId=resource, TagKeys=["a", "B", "never"])
        assert org.list_tags_for_resource(ResourceId=resource)["Tags"] == [{"Key": "b", "Value": "2"}]


def test_the_rules_for_tags(tree):
    org, root = tree.org, tree.root
    fifty = [{"Key": f"key {number}", "Value": "v"} for number in range(50)]
    org.tag_resource(ResourceId=root, Tags=fifty)
    listed = [tag for page in org.get_paginator("list_tags_for_resource").paginate(ResourceId=root) for tag in page["Tags"]]
    assert sorted(listed, key=str) == sorted(fifty, key=str)
    assert refusal(org.tag_resource, ResourceId=root, Tags=[{"Key": "more", "Value": "v"}])[:2] == (
        "ConstraintViolationException", "MAX_TAG_LIMIT_EXCEEDED")
    org.tag_resource(ResourceId=root, Tags=[{"Key": "key 1", "Value": "changed"}])
    twice = [{"Key": "k", "Value": "1"}, {"Key": "k", "Value": "2"}]
    assert refusal(org.tag_resource, ResourceId=tree.unit(), Tags=twice)[:2] == (
        "InvalidInputException", "DUPLICATE_TAG_KEY")
    assert refusal(org.tag_resource, ResourceId=root, Tags=[{"Key": "aws:k", "Value": "1"}])[:2] == (
        "InvalidInputException", "INVALID_SYSTEM_TAGS_PARAMETER")
    assert refusal(org.untag_resource, ResourceId=root, TagKeys=["aws:k"])[:2] == (
        "InvalidInputException", "INVALID_SYSTEM_TAGS_PARAMETER")
    for resource in ("r-none", "ou-none-12345678", "123456789012", "p-12345678", "rp-12345678"):
        for call, more in [(org.tag_resource, {"Tags": []}), (org.untag_resource, {"TagKeys": []}), (org.list_tags_for_resource, {})]:
            assert refusal(call, ResourceId=resource, **more) == (
                "TargetNotFoundException", None, "You specified a target that doesn't exist.")


def test_tags_govern_who_may_change_a_policy(tree, client, iam_user):
    mine, others = (tree.policy(allow(), Tags=[{"Key": "team", "Value": team}]) for team in ("mine", "others"))
    user = client("organizations", iam_user(tree.management, {
        "Effect": "Allow", "Action": "organizations:*Policy", "Resource": "*",
        "Condition": {"StringEquals": {"aws:ResourceTag/team": "mine"}}}))
    user.update_policy(PolicyId=mine, Description="changed")
    assert refusal(user.update_policy, PolicyId=others, Description="changed")[0] == "AccessDeniedException"


def test_creating_a_policy_with_tags_needs_the_permission_to_tag(tree, client, iam_user):
    user = client("organizations", iam_user(tree.management, {
        "Effect": "Allow", "Action": "organizations:CreatePolicy", "Resource": "*"}))
    parameters = {"Description": "", "Type": "TAG_POLICY", "Content": '{"tags":{}}'}
    user.create_policy(Name="plain", **parameters)
    code, _, message = refusal(user.create_policy, Name="tagged", Tags=[{"Key": "k", "Value": "v"}], **parameters)
    assert code == "AccessDeniedException" and "organizations:TagResource" in message
