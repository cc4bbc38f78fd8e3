"""Accounts of an organization: created, moved, removed, closed."""

import json
import re
import time
import uuid

import pytest
from botocore.exceptions import ClientError
from organizations.policy_trees import Tree, refusal, root_of

NO_ACCOUNT = ("AccountNotFoundException", None, "You specified an account that doesn't exist.")


@pytest.fixture
def tree(client, account):
    return Tree(client, account)


@pytest.fixture
def still(server, client, account, clock):
    """An organization on a server of its own, whose clock stands still; and the clock."""
    running = server()
    hands = clock(running)
    hands.scale(0)
    tree = Tree(client, account, at=running.endpoint)
    return tree, hands


def address():
    return f"{uuid.uuid4().hex[:12]}@example.com"


def start(tree, email=None, **more):
    """A request to create an account, as it is at once."""
    answer = tree.org.create_account(AccountName="new", Email=email or address(), **more)
    return answer["CreateAccountStatus"]


def status(tree, id):
    return tree.org.describe_create_account_status(CreateAccountRequestId=id)["CreateAccountStatus"]


def finished(tree, id, clock=None):
    """A request to create an account, when it has ended."""
    if clock:
        clock.advance("1m")
    deadline = time.monotonic() + 60
    while (now := status(tree, id))["State"] == "IN_PROGRESS":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return now


def eventually(read, wanted):
    deadline = time.monotonic() + 60
    while (now := read()) != wanted:
        assert time.monotonic() < deadline, now
        time.sleep(0.02)


def state(tree, member):
    found = tree.org.describe_account(AccountId=member.account)["Account"]
    return found["Status"], found["State"]


def make(tree, clock=None):
    done = finished(tree, start(tree)["Id"], clock)
    assert done["State"] == "SUCCEEDED", done
    return root_of(done["AccountId"])


# Creating


def test_an_account_is_created_in_the_background(still):
    tree, clock = still
    asked = start(tree)
    assert re.fullmatch(r"car-[a-z0-9]{8,32}", asked["Id"])
    assert asked["State"] == "IN_PROGRESS" and asked["AccountName"] == "new" and "AccountId" not in asked
    assert status(tree, asked["Id"]) == asked
    assert len(tree.org.list_accounts()["Accounts"]) == 1
    done = finished(tree, asked["Id"], clock)
    assert done["State"] == "SUCCEEDED"
    assert re.fullmatch(r"\d{12}", done["AccountId"])
    assert done["CompletedTimestamp"] > done["RequestedTimestamp"]
    assert "FailureReason" not in done


def test_a_created_account_is_below_the_root(tree):
    email = address()
    done = finished(tree, start(tree, email)["Id"])
    id = done["AccountId"]
    found = tree.org.describe_account(AccountId=id)["Account"]
    joined = found.pop("JoinedTimestamp")
    assert abs(joined.timestamp() - time.time()) < 60
    assert found == {
        "Id": id,
        "Arn": f"arn:aws:organizations::{tree.management.account}:account/{tree.id}/{id}",
        "Email": email,
        "Name": "new",
        "Status": "ACTIVE",
        "State": "ACTIVE",
        "Paths": [f"{tree.id}/{tree.root}/{id}/"],
        "JoinedMethod": "CREATED",
    }
    assert tree.org.list_parents(ChildId=id)["Parents"] == [{"Id": tree.root, "Type": "ROOT"}]


def test_the_management_account_administers_a_created_account_by_its_role(tree, client, assume, iam_user):
    member = make(tree)
    role = f"arn:aws:iam::{member.account}:role/OrganizationAccountAccessRole"
    user = iam_user(tree.management, {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": role})
    inside = assume(user, role)
    assert client("sts", inside).get_caller_identity()["Account"] == member.account
    client("iam", inside).create_user(UserName="made-by-the-role")
    iam = client("iam", member)
    described = iam.get_role(RoleName="OrganizationAccountAccessRole")["Role"]
    principal = described["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]
    assert principal == {"AWS": f"arn:aws:iam::{tree.management.account}:root"}
    attached = iam.list_attached_role_policies(RoleName="OrganizationAccountAccessRole")["AttachedPolicies"]
    assert [policy["PolicyName"] for policy in attached] == ["AdministratorAccess"]
    assert iam.get_role(RoleName="AWSServiceRoleForOrganizations")["Role"]["Path"].startswith("/aws-service-role/")


def test_the_role_may_have_another_name(tree, client):
    done = finished(tree, start(tree, RoleName="Admin")["Id"])
    iam = client("iam", root_of(done["AccountId"]))
    assert iam.get_role(RoleName="Admin")
    with pytest.raises(ClientError, match="NoSuchEntity"):
        iam.get_role(RoleName="OrganizationAccountAccessRole")
    assert refusal(tree.org.create_account, AccountName="x", Email=address(), RoleName="AWSServiceRoleForX")[:2] == (
        "InvalidInputException",
        "INVALID_ROLE_NAME",
    )


def test_an_account_is_created_with_its_tags(tree):
    tags = [{"Key": "stage", "Value": "test"}]
    done = finished(tree, start(tree, Tags=tags)["Id"])
    assert tree.org.list_tags_for_resource(ResourceId=done["AccountId"])["Tags"] == tags


def test_an_address_belongs_to_one_account_in_any_case(tree, client, account):
    email = address()
    assert finished(tree, start(tree, email)["Id"])["State"] == "SUCCEEDED"
    for owner in (tree, Tree(client, account)):
        failed = finished(owner, start(owner, email.upper())["Id"])
        assert (failed["State"], failed["FailureReason"]) == ("FAILED", "EMAIL_ALREADY_EXISTS")
        assert "AccountId" not in failed
    management = tree.org.describe_organization()["Organization"]["MasterAccountEmail"]
    assert finished(tree, start(tree, management)["Id"])["FailureReason"] == "EMAIL_ALREADY_EXISTS"


def test_two_requests_with_one_address_at_once_conflict(still):
    tree, clock = still
    email = address()
    first = start(tree, email)
    assert refusal(tree.org.create_account, AccountName="new", Email=email) == (
        "ConcurrentModificationException",
        None,
        "AWS Organizations can't complete your request because it conflicts with another attempt to modify the same "
        "entity. Try again later.",
    )
    assert finished(tree, first["Id"], clock)["State"] == "SUCCEEDED"
    assert finished(tree, start(tree, email)["Id"], clock)["FailureReason"] == "EMAIL_ALREADY_EXISTS"


def test_five_accounts_can_be_created_at_once(still):
    tree, clock = still
    running = [start(tree)["Id"] for _ in range(5)]
    assert refusal(tree.org.create_account, AccountName="new", Email=address())[:2] == (
        "ConstraintViolationException",
        "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED",
    )
    listed = tree.org.list_create_account_status(States=["IN_PROGRESS"])["CreateAccountStatuses"]
    assert sorted(one["Id"] for one in listed) == sorted(running)
    for id in running:
        assert finished(tree, id, clock)["State"] == "SUCCEEDED"
    start(tree)
    assert tree.org.list_create_account_status(States=["FAILED"])["CreateAccountStatuses"] == []
    assert len(tree.org.list_create_account_status()["CreateAccountStatuses"]) == 6


def test_an_address_that_breaks_the_rules_fails_later(tree):
    assert finished(tree, start(tree, "two..dots@example.com")["Id"])["FailureReason"] == "INVALID_EMAIL"


@pytest.mark.parametrize(
    "reason",
    [
        "ACCOUNT_LIMIT_EXCEEDED",
        "EMAIL_ALREADY_EXISTS",
        "INVALID_ADDRESS",
        "INVALID_EMAIL",
        "CONCURRENT_ACCOUNT_MODIFICATION",
        "INTERNAL_FAILURE",
        "GOVCLOUD_ACCOUNT_ALREADY_EXISTS",
        "MISSING_BUSINESS_VALIDATION",
        "FAILED_BUSINESS_VALIDATION",
        "PENDING_BUSINESS_VALIDATION",
        "INVALID_IDENTITY_FOR_BUSINESS_VALIDATION",
        "UNKNOWN_BUSINESS_VALIDATION",
        "MISSING_PAYMENT_INSTRUMENT",
        "INVALID_PAYMENT_INSTRUMENT",
        "UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED",
    ],
)
def test_every_reason_of_failure_can_be_had_from_the_simulator(tree, reason):
    # The longest reason is longer than an address may be; its beginning is enough.
    email = f"{reason.lower()[:44]}@simulator.hakoniwa"
    failed = finished(tree, start(tree, email)["Id"])
    assert (failed["State"], failed["FailureReason"]) == ("FAILED", reason)


def test_a_request_that_was_never_made(tree):
    assert refusal(tree.org.describe_create_account_status, CreateAccountRequestId="car-00000000")[0] == (
        "CreateAccountStatusNotFoundException"
    )


def test_there_is_no_partition_for_governments(tree):
    assert refusal(tree.org.create_gov_cloud_account, AccountName="x", Email=address())[:2] == (
        "ConstraintViolationException",
        "MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED",
    )


def test_a_creation_outlives_a_crash(server, client, account, clock):
    running = server()
    hands = clock(running)
    hands.scale(0)
    tree = Tree(client, account, at=running.endpoint)
    asked = start(tree)
    running.kill9()
    running.start()
    assert status(tree, asked["Id"])["State"] == "IN_PROGRESS"
    hands.scale(1)
    assert finished(tree, asked["Id"], hands)["State"] == "SUCCEEDED"
    assert len(tree.org.list_accounts()["Accounts"]) == 2


def test_requests_are_forgotten_after_ninety_days(still):
    tree, clock = still
    asked = start(tree)
    finished(tree, asked["Id"], clock)
    clock.advance("89d")
    assert status(tree, asked["Id"])["State"] == "SUCCEEDED"
    clock.advance("2d")
    eventually(lambda: tree.org.list_create_account_status()["CreateAccountStatuses"], [])


def test_accounts_are_listed_in_pages(tree):
    members = [make(tree).account for _ in range(5)]
    pages = list(tree.org.get_paginator("list_accounts").paginate(PaginationConfig={"PageSize": 4}))
    assert [len(page["Accounts"]) for page in pages] == [4, 2]
    listed = [one["Id"] for page in pages for one in page["Accounts"]]
    assert listed == sorted([tree.management.account, *members])
    pages = tree.org.get_paginator("list_accounts_for_parent").paginate(ParentId=tree.root)
    assert [one["Id"] for page in pages for one in page["Accounts"]] == listed


def test_strangers_accounts_are_not_described(tree, account):
    for id in (account().account, "999999999999"):
        assert refusal(tree.org.describe_account, AccountId=id) == NO_ACCOUNT
        assert refusal(tree.org.remove_account_from_organization, AccountId=id) == NO_ACCOUNT
        assert refusal(tree.org.close_account, AccountId=id) == NO_ACCOUNT


# Moving


def test_an_account_moves_between_parents(tree):
    unit, member = tree.unit(), make(tree)
    tree.move(member, unit)
    assert tree.org.list_parents(ChildId=member.account)["Parents"][0]["Id"] == unit
    path = tree.org.describe_account(AccountId=member.account)["Account"]["Paths"]
    assert path == [f"{tree.id}/{tree.root}/{unit}/{member.account}/"]
    tree.org.move_account(AccountId=member.account, SourceParentId=unit, DestinationParentId=tree.root)
    assert tree.org.list_children(ParentId=unit, ChildType="ACCOUNT")["Children"] == []


def test_the_management_account_moves_too(tree):
    unit = tree.unit()
    tree.move(tree.management, unit)
    assert tree.org.list_parents(ChildId=tree.management.account)["Parents"][0]["Id"] == unit


def test_what_is_wrong_with_a_move(tree):
    unit, member = tree.unit(), make(tree)
    missing = f"ou-{tree.root[2:]}-00000000"

    def move(account=member.account, source=tree.root, destination=unit):
        return refusal(
            tree.org.move_account, AccountId=account, SourceParentId=source, DestinationParentId=destination
        )

    assert move(account="999999999999") == NO_ACCOUNT
    assert move(source=missing)[0] == "SourceParentNotFoundException"
    assert move(destination=missing)[0] == "DestinationParentNotFoundException"
    # AWS says so of an account that is in the organization, but not where it is said to be.
    assert move(source=unit, destination=tree.root) == NO_ACCOUNT
    assert move(destination=tree.root) == (
        "DuplicateAccountException",
        None,
        "That account is already present in the specified destination.",
    )


# Leaving


def test_a_created_account_must_wait_four_days_before_it_leaves(still):
    tree, clock = still
    member = make(tree, clock)
    words = ("ConstraintViolationException", "WAIT_PERIOD_ACTIVE", "This operation requires a wait period.  Try again later.")
    assert refusal(tree.of(member).leave_organization) == words
    assert refusal(tree.org.remove_account_from_organization, AccountId=member.account) == words
    clock.advance("95h")
    assert refusal(tree.of(member).leave_organization) == words
    clock.advance("2h")
    tree.of(member).leave_organization()
    assert refusal(tree.of(member).describe_organization)[0] == "AWSOrganizationsNotInUseException"
    assert refusal(tree.org.describe_account, AccountId=member.account) == NO_ACCOUNT


def test_a_removed_account_loses_its_tags(still):
    tree, clock = still
    member = make(tree, clock)
    tree.org.tag_resource(ResourceId=member.account, Tags=[{"Key": "a", "Value": "b"}])
    clock.advance("5d")
    tree.org.remove_account_from_organization(AccountId=member.account)
    invited = tree.org.invite_account_to_organization(Target={"Id": member.account, "Type": "ACCOUNT"})
    tree.of(member).accept_handshake(HandshakeId=invited["Handshake"]["Id"])
    assert tree.org.list_tags_for_resource(ResourceId=member.account)["Tags"] == []
    found = tree.org.describe_account(AccountId=member.account)["Account"]
    assert found["JoinedMethod"] == "INVITED" and found["Name"] == "new"


def test_the_management_account_cannot_leave(tree):
    assert refusal(tree.org.leave_organization)[0] == "MasterCannotLeaveOrganizationException"
    assert refusal(tree.org.remove_account_from_organization, AccountId=tree.management.account)[0] == (
        "MasterCannotLeaveOrganizationException"
    )


def test_a_delegated_administrator_cannot_leave(still):
    tree, clock = still
    member = make(tree, clock)
    clock.advance("5d")
    service = {"AccountId": member.account, "ServicePrincipal": "cloudtrail.amazonaws.com"}
    tree.org.enable_aws_service_access(ServicePrincipal="cloudtrail.amazonaws.com")
    tree.org.register_delegated_administrator(**service)
    for call in (
        tree.of(member).leave_organization,
        lambda: tree.org.remove_account_from_organization(AccountId=member.account),
    ):
        assert refusal(call)[:2] == ("ConstraintViolationException", "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG")
    tree.org.deregister_delegated_administrator(**service)
    tree.of(member).leave_organization()


def test_what_the_organization_denied_is_free_again_after_leaving(still):
    tree, clock = still
    member = make(tree, clock)
    tree.enable("SERVICE_CONTROL_POLICY")
    deny = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}}
    tree.attach(tree.policy(deny), member.account)
    sqs = tree.client("sqs", member, at=tree.at)
    with pytest.raises(ClientError, match="AccessDenied"):
        sqs.list_queues()
    clock.advance("5d")
    tree.org.remove_account_from_organization(AccountId=member.account)
    sqs.list_queues()


# Closing


def test_a_closed_account_is_shown_for_ninety_days(still):
    tree, clock = still
    member = make(tree, clock)
    tree.org.close_account(AccountId=member.account)
    assert state(tree, member) == ("PENDING_CLOSURE", "PENDING_CLOSURE")
    assert refusal(tree.org.close_account, AccountId=member.account)[0] == "ConflictException"
    clock.advance("10m")
    eventually(lambda: state(tree, member), ("SUSPENDED", "CLOSED"))
    assert refusal(tree.org.close_account, AccountId=member.account) == (
        "AccountAlreadyClosedException",
        None,
        "The provided account is already closed.",
    )
    assert refusal(tree.org.remove_account_from_organization, AccountId=member.account)[:2] == (
        "ConstraintViolationException",
        "ACCOUNT_CANNOT_LEAVE_ORGANIZATION",
    )
    assert refusal(tree.org.delete_organization)[0] == "OrganizationNotEmptyException"
    clock.advance("89d")
    assert state(tree, member) == ("SUSPENDED", "CLOSED")
    clock.advance("2d")
    eventually(lambda: [one["Id"] for one in tree.org.list_accounts()["Accounts"]], [tree.management.account])
    assert refusal(tree.org.describe_account, AccountId=member.account) == NO_ACCOUNT
    tree.org.delete_organization()


def test_nobody_can_sign_in_to_a_closed_account(still, iam_user):
    tree, clock = still
    member = make(tree, clock)
    user = iam_user(member, {"Effect": "Allow", "Action": "*", "Resource": "*"}, at=tree.at)
    callers = [tree.client("sqs", creds, at=tree.at) for creds in (member, user)]
    for sqs in callers:
        sqs.list_queues()
    tree.org.close_account(AccountId=member.account)
    clock.advance("10m")
    eventually(lambda: state(tree, member), ("SUSPENDED", "CLOSED"))
    for days in ("1d", "100d"):
        clock.advance(days)
        for sqs in callers:
            assert refusal(sqs.list_queues)[0] in ("InvalidClientTokenId", "UnrecognizedClientException", "AccessDenied")


def test_the_management_account_cannot_be_closed(tree):
    assert refusal(tree.org.close_account, AccountId=tree.management.account)[:2] == (
        "ConstraintViolationException",
        "CANNOT_CLOSE_MANAGEMENT_ACCOUNT",
    )


def test_closing_needs_all_features(client, account):
    tree = Tree(client, account, features="CONSOLIDATED_BILLING")
    member = make(tree)
    assert refusal(tree.org.close_account, AccountId=member.account)[:2] == (
        "ConstraintViolationException",
        "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE",
    )


def test_three_accounts_can_be_closed_at_once(still):
    tree, clock = still
    members = [make(tree, clock) for _ in range(4)]
    for member in members[:3]:
        tree.org.close_account(AccountId=member.account)
    assert refusal(tree.org.close_account, AccountId=members[3].account)[:2] == (
        "ConstraintViolationException",
        "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED",
    )
    clock.advance("10m")
    eventually(lambda: state(tree, members[0])[0], "SUSPENDED")
    tree.org.close_account(AccountId=members[3].account)


@pytest.mark.long
def test_closings_are_counted_for_thirty_days(still, account):
    tree, clock = still
    members = []
    for _ in range(251):
        member = account()
        invited = tree.org.invite_account_to_organization(Target={"Id": member.account, "Type": "ACCOUNT"})
        tree.of(member).accept_handshake(HandshakeId=invited["Handshake"]["Id"])
        members.append(member)
    for member in members[:250]:
        tree.org.close_account(AccountId=member.account)
        clock.advance("10m")
        eventually(lambda member=member: state(tree, member)[0], "SUSPENDED")
    assert refusal(tree.org.close_account, AccountId=members[250].account) == (
        "ConstraintViolationException",
        "CLOSE_ACCOUNT_QUOTA_EXCEEDED",
        "You have exceeded close account quota for the past 30 days.",
    )
    clock.advance("30d")
    tree.org.close_account(AccountId=members[250].account)


# AWS's limits


def test_ten_accounts_by_default_with_aws_limits(server, client, account, clock):
    running = server("--aws-limits")
    hands = clock(running)
    tree = Tree(client, account, at=running.endpoint)
    for _ in range(8):
        make(tree, hands)
    # The ninth is open, and takes a seat as an invitation; with the management account that makes ten.
    invited = tree.org.invite_account_to_organization(Target={"Id": account().account, "Type": "ACCOUNT"})
    words = "You have exceeded the allowed number of AWS accounts."
    assert refusal(tree.org.create_account, AccountName="x", Email=address()) == (
        "ConstraintViolationException",
        "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
        words,
    )
    target = {"Id": account().account, "Type": "ACCOUNT"}
    assert refusal(tree.org.invite_account_to_organization, Target=target) == (
        "HandshakeConstraintViolationException",
        "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
        words,
    )
    tree.org.cancel_handshake(HandshakeId=invited["Handshake"]["Id"])
    # Two that start together find one seat.
    asked = [start(tree)["Id"] for _ in range(2)]
    ended = sorted(finished(tree, id, hands)["State"] for id in asked)
    assert ended == ["FAILED", "SUCCEEDED"]
    failed = tree.org.list_create_account_status(States=["FAILED"])["CreateAccountStatuses"]
    assert [one["FailureReason"] for one in failed] == ["ACCOUNT_LIMIT_EXCEEDED"]


# Tools


def test_the_cli_creates_and_describes_accounts(tree, aws):
    creds = tree.management
    asked = aws(
        "organizations", "create-account", "--email", address(), "--account-name", "by the CLI", creds=creds
    ).json["CreateAccountStatus"]
    done = finished(tree, asked["Id"])
    found = aws("organizations", "describe-account", "--account-id", done["AccountId"], creds=creds).json["Account"]
    assert found["Name"] == "by the CLI"
    assert json.dumps(found).count(done["AccountId"]) == 3
