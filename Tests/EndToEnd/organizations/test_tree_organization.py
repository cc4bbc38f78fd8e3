"""The organization itself, its root and its units."""

import json
import re

import pytest
from botocore.exceptions import ClientError
from organizations.policy_trees import Tree, refusal

NOT_IN_USE = ("AWSOrganizationsNotInUseException", None, "Your account is not a member of an organization.")
NO_PERMISSION = ("AccessDeniedException", None, "You don't have permissions to access this resource.")
NO_UNIT = (
    "OrganizationalUnitNotFoundException",
    None,
    "You specified an organizational unit that doesn't exist.",
)
NO_PARENT = ("ParentNotFoundException", None, "You specified parent that doesn't exist.")


@pytest.fixture
def tree(client, account):
    return Tree(client, account)


# Organizations


def test_the_caller_becomes_the_management_account(client, account):
    me = account()
    org = client("organizations", me)
    made = org.create_organization()["Organization"]
    assert re.fullmatch(r"o-[a-z0-9]{10,32}", made["Id"])
    assert made["Arn"] == f"arn:aws:organizations::{me.account}:organization/{made['Id']}"
    assert made["FeatureSet"] == "ALL"
    assert made["MasterAccountId"] == me.account
    assert made["MasterAccountArn"] == f"arn:aws:organizations::{me.account}:account/{made['Id']}/{me.account}"
    assert made["MasterAccountEmail"]
    assert made["AvailablePolicyTypes"] == [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]
    assert org.describe_organization()["Organization"] == made
    accounts = org.list_accounts()["Accounts"]
    assert [one["Id"] for one in accounts] == [me.account]
    assert accounts[0]["JoinedMethod"] == "INVITED"
    assert accounts[0]["Email"] == made["MasterAccountEmail"]
    assert accounts[0]["Status"] == accounts[0]["State"] == "ACTIVE"


def test_a_new_root_has_no_enabled_policy_types(tree):
    roots = tree.org.list_roots()["Roots"]
    assert len(roots) == 1
    assert re.fullmatch(r"r-[a-z0-9]{4,32}", roots[0]["Id"])
    assert roots[0] == {
        "Id": tree.root,
        "Arn": f"arn:aws:organizations::{tree.management.account}:root/{tree.id}/{tree.root}",
        "Name": "Root",
        "PolicyTypes": [],
    }


def test_consolidated_billing_offers_no_policies(client, account):
    org = client("organizations", account())
    made = org.create_organization(FeatureSet="CONSOLIDATED_BILLING")["Organization"]
    assert made["FeatureSet"] == "CONSOLIDATED_BILLING"
    assert made["AvailablePolicyTypes"] == []


def test_all_features_bring_the_service_linked_role(client, account):
    with_all, billing = account(), account()
    client("organizations", with_all).create_organization()
    client("organizations", billing).create_organization(FeatureSet="CONSOLIDATED_BILLING")
    role = client("iam", with_all).get_role(RoleName="AWSServiceRoleForOrganizations")["Role"]
    assert role["Path"] == "/aws-service-role/organizations.amazonaws.com/"
    assert role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": "organizations.amazonaws.com"}
    with pytest.raises(ClientError, match="NoSuchEntity"):
        client("iam", billing).get_role(RoleName="AWSServiceRoleForOrganizations")


def test_an_account_belongs_to_one_organization_only(tree):
    member = tree.member()
    words = ("AlreadyInOrganizationException", None, "The AWS account is already a member of an organization.")
    assert refusal(tree.org.create_organization) == words
    assert refusal(tree.of(member).create_organization) == words


def test_creating_needs_the_permission_to_make_the_service_linked_role(client, account, iam_user):
    me = account()
    allowed = {"Effect": "Allow", "Action": "organizations:*", "Resource": "*"}
    linked = {
        "Effect": "Allow",
        "Action": "iam:CreateServiceLinkedRole",
        "Resource": "*",
        "Condition": {"StringEquals": {"iam:AWSServiceName": "organizations.amazonaws.com"}},
    }
    org = client("organizations", iam_user(me, allowed))
    code, reason, _ = refusal(org.create_organization)
    assert code == "AccessDeniedForDependencyException"
    assert reason == "ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE"
    client("organizations", iam_user(me, [allowed, linked])).create_organization()


def test_outsiders_hear_that_they_are_in_no_organization(client, account):
    org = client("organizations", account())
    for call, parameters in [
        (org.describe_organization, {}),
        (org.list_roots, {}),
        (org.list_accounts, {}),
        (org.delete_organization, {}),
        (org.leave_organization, {}),
        (org.enable_all_features, {}),
        (org.list_handshakes_for_organization, {}),
        (org.describe_account, {"AccountId": "111122223333"}),
        (org.create_account, {"Email": "x@example.com", "AccountName": "x"}),
        (org.list_children, {"ParentId": "r-abcd", "ChildType": "ACCOUNT"}),
    ]:
        assert refusal(call, **parameters) == NOT_IN_USE
    assert org.list_handshakes_for_account()["Handshakes"] == []


def test_members_may_describe_the_organization_and_little_more(tree):
    member = tree.member()
    org = tree.of(member)
    assert org.describe_organization()["Organization"]["Id"] == tree.id
    unit = tree.unit()
    for call, parameters in [
        (org.list_roots, {}),
        (org.list_accounts, {}),
        (org.delete_organization, {}),
        (org.enable_all_features, {}),
        (org.list_create_account_status, {}),
        (org.describe_account, {"AccountId": member.account}),
        (org.describe_organizational_unit, {"OrganizationalUnitId": unit}),
        (org.create_account, {"Email": "x@example.com", "AccountName": "x"}),
        (org.create_organizational_unit, {"ParentId": tree.root, "Name": "x"}),
        (org.list_children, {"ParentId": tree.root, "ChildType": "ACCOUNT"}),
        (org.list_parents, {"ChildId": member.account}),
        (org.close_account, {"AccountId": member.account}),
        (org.remove_account_from_organization, {"AccountId": member.account}),
        (org.move_account, {"AccountId": member.account, "SourceParentId": tree.root, "DestinationParentId": unit}),
        (org.invite_account_to_organization, {"Target": {"Id": "111122223333", "Type": "ACCOUNT"}}),
        (org.list_handshakes_for_organization, {}),
    ]:
        assert refusal(call, **parameters) == NO_PERMISSION, call.__name__


def test_a_delegated_administrator_may_read_but_not_write(tree):
    member = tree.member()
    tree.org.enable_aws_service_access(ServicePrincipal="cloudtrail.amazonaws.com")
    tree.org.register_delegated_administrator(AccountId=member.account, ServicePrincipal="cloudtrail.amazonaws.com")
    org = tree.of(member)
    assert len(org.list_accounts()["Accounts"]) == 2
    assert org.list_roots()["Roots"][0]["Id"] == tree.root
    assert org.describe_account(AccountId=member.account)["Account"]["Id"] == member.account
    assert org.list_children(ParentId=tree.root, ChildType="ORGANIZATIONAL_UNIT")["Children"] == []
    assert refusal(org.create_organizational_unit, ParentId=tree.root, Name="x") == NO_PERMISSION
    assert refusal(org.delete_organization) == NO_PERMISSION


def test_an_organization_with_members_cannot_be_deleted(tree):
    tree.member()
    assert refusal(tree.org.delete_organization) == (
        "OrganizationNotEmptyException",
        None,
        "To delete an organization you must first remove all member accounts (except the master).",
    )


def test_a_deleted_organization_leaves_nothing_behind(client, account):
    tree = Tree(client, account).enable("SERVICE_CONTROL_POLICY")
    unit = tree.unit(parent=tree.unit())
    tree.org.tag_resource(ResourceId=unit, Tags=[{"Key": "a", "Value": "b"}])
    tree.policy({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]})
    tree.org.delete_organization()
    assert refusal(tree.org.describe_organization) == NOT_IN_USE
    again = tree.org.create_organization()["Organization"]
    assert again["Id"] != tree.id
    root = tree.org.list_roots()["Roots"][0]["Id"]
    assert tree.org.list_children(ParentId=root, ChildType="ORGANIZATIONAL_UNIT")["Children"] == []
    assert tree.org.list_policies(Filter="SERVICE_CONTROL_POLICY")["Policies"][0]["AwsManaged"]


# Units


def test_a_unit_is_described_with_its_path(tree):
    parent = tree.unit("Workloads")
    made = tree.org.create_organizational_unit(ParentId=parent, Name="Production")["OrganizationalUnit"]
    assert re.fullmatch(rf"ou-{tree.root[2:]}-[a-z0-9]{{8,32}}", made["Id"])
    assert made["Arn"] == f"arn:aws:organizations::{tree.management.account}:ou/{tree.id}/{made['Id']}"
    assert made["Name"] == "Production"
    assert made["Path"] == f"{tree.id}/{tree.root}/{parent}/{made['Id']}/"
    answer = tree.org.describe_organizational_unit(OrganizationalUnitId=made["Id"])
    assert answer["OrganizationalUnit"] == made


def test_units_of_one_parent_have_different_names(tree):
    first = tree.unit("Sandbox")
    words = ("DuplicateOrganizationalUnitException", None, "An OU with the same name already exists.")
    assert refusal(tree.org.create_organizational_unit, ParentId=tree.root, Name="Sandbox") == words
    tree.unit("Sandbox", parent=first)
    second = tree.unit("Other")
    assert refusal(tree.org.update_organizational_unit, OrganizationalUnitId=second, Name="Sandbox") == words
    renamed = tree.org.update_organizational_unit(OrganizationalUnitId=second, Name="Third")["OrganizationalUnit"]
    assert renamed["Name"] == "Third"
    same = tree.org.update_organizational_unit(OrganizationalUnitId=second, Name="Third")["OrganizationalUnit"]
    assert same == renamed
    tree.unit("Other")


def test_units_nest_five_deep(tree):
    parent = tree.root
    for level in range(5):
        parent = tree.unit(f"level-{level}", parent)
    code, reason, _ = refusal(tree.org.create_organizational_unit, ParentId=parent, Name="too deep")
    assert (code, reason) == ("ConstraintViolationException", "OU_DEPTH_LIMIT_EXCEEDED")
    # Beside it there is room.
    above = tree.org.list_parents(ChildId=parent)["Parents"][0]["Id"]
    tree.unit("beside", above)


@pytest.mark.long
def test_an_organization_has_two_thousand_units_at_most(tree):
    for number in range(2000):
        tree.unit(f"unit-{number}")
    code, reason, _ = refusal(tree.org.create_organizational_unit, ParentId=tree.root, Name="one more")
    assert (code, reason) == ("ConstraintViolationException", "OU_NUMBER_LIMIT_EXCEEDED")


def test_only_empty_units_can_be_deleted(tree):
    outer = tree.unit("outer")
    inner = tree.unit("inner", outer)
    assert refusal(tree.org.delete_organizational_unit, OrganizationalUnitId=outer)[0] == (
        "OrganizationalUnitNotEmptyException"
    )
    member = tree.member()
    tree.move(member, inner)
    assert refusal(tree.org.delete_organizational_unit, OrganizationalUnitId=inner)[0] == (
        "OrganizationalUnitNotEmptyException"
    )
    tree.org.move_account(AccountId=member.account, SourceParentId=inner, DestinationParentId=tree.root)
    tree.org.delete_organizational_unit(OrganizationalUnitId=inner)
    tree.org.delete_organizational_unit(OrganizationalUnitId=outer)
    assert refusal(tree.org.delete_organizational_unit, OrganizationalUnitId=outer) == NO_UNIT


def test_a_unit_that_is_not_there(tree, client, account):
    stranger = Tree(client, account)
    theirs = stranger.unit()
    missing = f"ou-{tree.root[2:]}-00000000"
    for unit in (missing, theirs):
        assert refusal(tree.org.describe_organizational_unit, OrganizationalUnitId=unit) == NO_UNIT
        assert refusal(tree.org.update_organizational_unit, OrganizationalUnitId=unit, Name="x") == NO_UNIT
        assert refusal(tree.org.delete_organizational_unit, OrganizationalUnitId=unit) == NO_UNIT
        assert refusal(tree.org.create_organizational_unit, ParentId=unit, Name="x") == NO_PARENT
        assert refusal(tree.org.list_organizational_units_for_parent, ParentId=unit) == NO_PARENT
        assert refusal(tree.org.list_accounts_for_parent, ParentId=unit) == NO_PARENT
        assert refusal(tree.org.list_children, ParentId=unit, ChildType="ACCOUNT") == NO_PARENT
        assert refusal(tree.org.list_parents, ChildId=unit)[0] == "ChildNotFoundException"
    assert refusal(tree.org.list_parents, ChildId="000000000001")[0] == "ChildNotFoundException"
    assert refusal(tree.org.list_children, ParentId=stranger.root, ChildType="ACCOUNT") == NO_PARENT


def test_inputs_that_break_the_model(tree, client):
    org = client("organizations", tree.management, parameter_validation=False)
    unit = tree.unit()

    def answer(call, **parameters):
        code, reason, message = refusal(call, **parameters)
        assert code == "InvalidInputException"
        return reason, message

    pattern = "You provided a value that does not match the required pattern."
    wrong = "You specified an invalid value."
    assert answer(org.update_organizational_unit, OrganizationalUnitId="invalid", Name="x") == (
        "INVALID_PATTERN:ORGANIZATIONAL_UNIT_ID",
        pattern,
    )
    assert answer(org.list_children, ParentId="root", ChildType="ACCOUNT") == ("INVALID_PATTERN:PARENT_ID", pattern)
    assert answer(org.list_children, ParentId=tree.root, ChildType="POLICY") == ("INVALID_ENUM:CHILD_TYPE", wrong)
    update = {"call": org.update_organizational_unit, "OrganizationalUnitId": unit}
    assert answer(**update, Name="")[0] == "MIN_LENGTH_EXCEEDED:NAME"
    assert answer(**update, Name="é" * 129)[0] == "MAX_LENGTH_EXCEEDED:NAME"
    assert answer(org.create_organizational_unit, ParentId=tree.root) == (
        "INPUT_REQUIRED:NAME",
        "You must provide a value for the parameter.",
    )
    assert answer(org.list_roots, MaxResults=21) == (
        "MAX_VALUE_EXCEEDED:MAX_RESULTS",
        "You provided a value that exceeds the maximum allowed.",
    )
    assert answer(org.list_roots, MaxResults=0) == (
        "MIN_VALUE_EXCEEDED:MAX_RESULTS",
        "You provided a value that is below the minimum allowed.",
    )
    for token in ("", "nonsense"):
        assert answer(org.list_roots, NextToken=token)[0] == "INVALID_NEXT_TOKEN"
    assert answer(org.describe_policy, PolicyId="p")[0] == "INVALID_PATTERN:POLICY_ID"
    assert answer(org.attach_policy, PolicyId="p-FullAWSAccess", TargetId="x")[0] == "INVALID_PATTERN_TARGET_ID"
    assert answer(org.list_policies, Filter="NONE") == (
        "INVALID_ENUM_POLICY_TYPE",
        "You specified an invalid policy type.",
    )


def test_a_unit_keeps_its_name_when_none_is_given(tree, client):
    org = client("organizations", tree.management, parameter_validation=False)
    unit = tree.unit("kept")
    for name in ({}, {"Name": None}, {"Name": " "}):
        answer = org.update_organizational_unit(OrganizationalUnitId=unit, **name)["OrganizationalUnit"]
        assert answer["Name"] == "kept"


def test_children_and_parents_mirror_each_other(tree):
    units = [tree.unit(f"unit-{number}") for number in range(3)]
    members = [tree.member() for _ in range(2)]
    children = tree.org.list_children(ParentId=tree.root, ChildType="ORGANIZATIONAL_UNIT")["Children"]
    assert children == [{"Id": unit, "Type": "ORGANIZATIONAL_UNIT"} for unit in sorted(units)]
    children = tree.org.list_children(ParentId=tree.root, ChildType="ACCOUNT")["Children"]
    accounts = sorted([tree.management.account, *(member.account for member in members)])
    assert children == [{"Id": one, "Type": "ACCOUNT"} for one in accounts]
    tree.move(members[0], units[0])
    assert tree.org.list_parents(ChildId=members[0].account)["Parents"] == [
        {"Id": units[0], "Type": "ORGANIZATIONAL_UNIT"}
    ]
    assert tree.org.list_parents(ChildId=units[0])["Parents"] == [{"Id": tree.root, "Type": "ROOT"}]
    listed = tree.org.list_accounts_for_parent(ParentId=units[0])["Accounts"]
    assert [one["Id"] for one in listed] == [members[0].account]


def test_lists_come_in_pages_of_the_size_asked_for(tree):
    units = sorted(tree.unit(f"unit-{number}") for number in range(7))
    pager = tree.org.get_paginator("list_organizational_units_for_parent")
    pages = list(pager.paginate(ParentId=tree.root, PaginationConfig={"PageSize": 3}))
    assert [len(page["OrganizationalUnits"]) for page in pages] == [3, 3, 1]
    assert [unit["Id"] for page in pages for unit in page["OrganizationalUnits"]] == units
    pager = tree.org.get_paginator("list_children")
    pages = list(pager.paginate(ParentId=tree.root, ChildType="ORGANIZATIONAL_UNIT", PaginationConfig={"PageSize": 5}))
    assert [child["Id"] for page in pages for child in page["Children"]] == units
    token = tree.org.list_organizational_units_for_parent(ParentId=tree.root, MaxResults=2)["NextToken"]
    assert refusal(tree.org.list_organizational_units_for_parent, ParentId=units[0], NextToken=token)[1] == (
        "INVALID_NEXT_TOKEN"
    )


# Permissions


def test_permissions_are_held_against_the_entities_arns(tree, client, iam_user):
    one, other = tree.unit("one"), tree.unit("other")
    arn = f"arn:aws:organizations::{tree.management.account}:ou/{tree.id}/{one}"
    org = client(
        "organizations", iam_user(tree.management, {"Effect": "Allow", "Action": "organizations:*", "Resource": arn})
    )
    org.describe_organizational_unit(OrganizationalUnitId=one)
    org.create_organizational_unit(ParentId=one, Name="inner")
    code, _, message = refusal(org.describe_organizational_unit, OrganizationalUnitId=other)
    assert code == "AccessDeniedException"
    assert "is not authorized to perform: organizations:DescribeOrganizationalUnit on resource: " in message
    assert message.endswith(
        f"{other} because no identity-based policy allows the organizations:DescribeOrganizationalUnit action"
    )
    code, _, message = refusal(org.list_accounts)
    assert code == "AccessDeniedException"
    assert "organizations:ListAccounts on resource: * because" in message


def test_moving_needs_permission_on_account_source_and_destination(tree, client, iam_user):
    unit, member = tree.unit(), tree.member()
    start = f"arn:aws:organizations::{tree.management.account}:"
    resources = [
        f"{start}account/{tree.id}/{member.account}",
        f"{start}root/{tree.id}/{tree.root}",
        f"{start}ou/{tree.id}/{unit}",
    ]
    move = {"AccountId": member.account, "SourceParentId": tree.root, "DestinationParentId": unit}
    for left_out in resources:
        some = [resource for resource in resources if resource != left_out]
        user = iam_user(tree.management, {"Effect": "Allow", "Action": "organizations:MoveAccount", "Resource": some})
        code, _, message = refusal(client("organizations", user).move_account, **move)
        assert code == "AccessDeniedException" and left_out in message
    user = iam_user(tree.management, {"Effect": "Allow", "Action": "organizations:MoveAccount", "Resource": resources})
    client("organizations", user).move_account(**move)


def test_tags_at_creation_need_the_permission_to_tag(tree, client, iam_user):
    create = {"Effect": "Allow", "Action": "organizations:CreateOrganizationalUnit", "Resource": "*"}
    tags = [{"Key": "team", "Value": "blue"}]
    org = client("organizations", iam_user(tree.management, create))
    org.create_organizational_unit(ParentId=tree.root, Name="plain")
    code, _, message = refusal(org.create_organizational_unit, ParentId=tree.root, Name="tagged", Tags=tags)
    assert code == "AccessDeniedException" and "organizations:TagResource" in message
    both = [create, {"Effect": "Allow", "Action": "organizations:TagResource", "Resource": "*"}]
    org = client("organizations", iam_user(tree.management, both))
    unit = org.create_organizational_unit(ParentId=tree.root, Name="tagged", Tags=tags)["OrganizationalUnit"]["Id"]
    assert tree.org.list_tags_for_resource(ResourceId=unit)["Tags"] == tags


def test_tags_of_a_unit_are_condition_keys(tree, client, iam_user):
    blue = tree.org.create_organizational_unit(
        ParentId=tree.root, Name="blue", Tags=[{"Key": "team", "Value": "blue"}]
    )["OrganizationalUnit"]["Id"]
    red = tree.unit("red")
    allow = {
        "Effect": "Allow",
        "Action": "organizations:*",
        "Resource": "*",
        "Condition": {"StringEquals": {"aws:ResourceTag/team": "blue"}},
    }
    org = client("organizations", iam_user(tree.management, allow))
    org.describe_organizational_unit(OrganizationalUnitId=blue)
    assert refusal(org.describe_organizational_unit, OrganizationalUnitId=red)[0] == "AccessDeniedException"


def test_rules_for_tags_at_creation(tree):
    def reason(tags):
        return refusal(tree.org.create_organizational_unit, ParentId=tree.root, Name="x", Tags=tags)[:2]

    assert reason([{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]) == (
        "InvalidInputException",
        "DUPLICATE_TAG_KEY",
    )
    assert reason([{"Key": "aws:a", "Value": "1"}]) == ("InvalidInputException", "INVALID_SYSTEM_TAGS_PARAMETER")
    assert reason([{"Key": f"k{number}", "Value": ""} for number in range(51)]) == (
        "ConstraintViolationException",
        "MAX_TAG_LIMIT_EXCEEDED",
    )


def test_the_organization_belongs_to_the_management_account(tree, client, iam_user):
    member = tree.member()
    for creds, owner, is_allowed in [
        (member, tree.management.account, True),
        (member, member.account, False),
        (tree.management, tree.management.account, True),
        (tree.management, member.account, False),
    ]:
        allow = {
            "Effect": "Allow",
            "Action": "organizations:DescribeOrganization",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceAccount": owner}},
        }
        org = client("organizations", iam_user(creds, allow))
        if is_allowed:
            org.describe_organization()
        else:
            assert refusal(org.describe_organization)[0] == "AccessDeniedException"


# Tools


def test_the_cli_walks_the_tree(tree, aws):
    unit = tree.unit("Security")
    creds = tree.management
    assert aws("organizations", "describe-organization", creds=creds).json["Organization"]["Id"] == tree.id
    # Organizations has one endpoint for the world.
    listed = aws("organizations", "list-roots", creds=creds, region="eu-central-1").json["Roots"]
    assert listed[0]["Id"] == tree.root
    listed = aws(
        "organizations", "list-organizational-units-for-parent", "--parent-id", tree.root, creds=creds
    ).json["OrganizationalUnits"]
    assert [one["Id"] for one in listed] == [unit]
    failed = aws(
        "organizations", "describe-organizational-unit", "--organizational-unit-id", f"{unit}0", creds=creds, check=False
    )
    assert failed.returncode != 0
    assert "OrganizationalUnitNotFoundException" in failed.stderr


def test_an_organization_survives_a_crash(server, client, account):
    running = server()
    tree = Tree(client, account, at=running.endpoint)
    unit = tree.unit("Kept")
    member = tree.member()
    tree.move(member, unit)
    before = [
        tree.org.describe_organization()["Organization"],
        tree.org.list_accounts()["Accounts"],
        tree.org.list_organizational_units_for_parent(ParentId=tree.root)["OrganizationalUnits"],
        tree.org.list_accounts_for_parent(ParentId=unit)["Accounts"],
    ]
    running.kill9()
    running.start()
    after = [
        tree.org.describe_organization()["Organization"],
        tree.org.list_accounts()["Accounts"],
        tree.org.list_organizational_units_for_parent(ParentId=tree.root)["OrganizationalUnits"],
        tree.org.list_accounts_for_parent(ParentId=unit)["Accounts"],
    ]
    assert json.dumps(after, default=str) == json.dumps(before, default=str)
