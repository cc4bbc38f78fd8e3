"""Invitations and the change to all features, from both sides."""

import re
import time

import pytest
from organizations.policy_trees import Tree, refusal

NOT_FOUND = "HandshakeNotFoundException"
MEMBER = (
    "HandshakeConstraintViolationException",
    "ALREADY_IN_AN_ORGANIZATION",
    "The AWS account is already a member of an organization.",
)
NO_PERMISSION = ("AccessDeniedException", None, "You don't have permissions to access this resource.")


@pytest.fixture
def tree(client, account):
    return Tree(client, account)


@pytest.fixture
def billing(client, account):
    return Tree(client, account, features="CONSOLIDATED_BILLING")


@pytest.fixture
def still(server, client, account, clock):
    """An organization on a server of its own, whose clock stands still; and the clock."""
    running = server()
    hands = clock(running)
    hands.scale(0)
    return Tree(client, account, at=running.endpoint), hands


def invite(tree, creds, **more):
    target = {"Id": creds if isinstance(creds, str) else creds.account, "Type": "ACCOUNT"}
    return tree.org.invite_account_to_organization(Target=target, **more)["Handshake"]


def join(tree, creds):
    tree.of(creds).accept_handshake(HandshakeId=invite(tree, creds)["Id"])
    return creds


def eventually(read, wanted):
    deadline = time.monotonic() + 60
    while (now := read()) != wanted:
        assert time.monotonic() < deadline, now
        time.sleep(0.02)


# Invitations


def test_an_invitation_is_seen_from_both_sides(tree, account):
    guest = account()
    sent = invite(tree, guest, Notes="Come in")
    assert re.fullmatch(r"h-[0-9a-z]{8,32}", sent["Id"])
    assert sent["Arn"] == f"arn:aws:organizations::{tree.management.account}:handshake/{tree.id}/invite/{sent['Id']}"
    assert (sent["State"], sent["Action"]) == ("OPEN", "INVITE")
    assert (sent["ExpirationTimestamp"] - sent["RequestedTimestamp"]).days == 15
    assert sent["Parties"] == [{"Id": tree.id[2:], "Type": "ORGANIZATION"}, {"Id": guest.account, "Type": "ACCOUNT"}]
    organization, target, notes = sent["Resources"]
    assert (organization["Type"], organization["Value"]) == ("ORGANIZATION", tree.id)
    assert [one["Type"] for one in organization["Resources"]] == [
        "MASTER_EMAIL",
        "MASTER_NAME",
        "ORGANIZATION_FEATURE_SET",
    ]
    assert target == {"Type": "ACCOUNT", "Value": guest.account}
    assert notes == {"Type": "NOTES", "Value": "Come in"}
    for org in (tree.org, tree.of(guest)):
        assert org.describe_handshake(HandshakeId=sent["Id"])["Handshake"] == sent
    assert tree.org.list_handshakes_for_organization()["Handshakes"] == [sent]
    assert tree.of(guest).list_handshakes_for_account()["Handshakes"] == [sent]
    assert tree.org.list_handshakes_for_account()["Handshakes"] == []


def test_an_accepted_invitation_makes_a_member(tree, account, client):
    guest = account()
    sent = invite(tree, guest, Tags=[{"Key": "team", "Value": "blue"}])
    accepted = tree.of(guest).accept_handshake(HandshakeId=sent["Id"])["Handshake"]
    assert accepted["State"] == "ACCEPTED"
    found = tree.org.describe_account(AccountId=guest.account)["Account"]
    assert (found["JoinedMethod"], found["State"]) == ("INVITED", "ACTIVE")
    assert tree.org.list_tags_for_resource(ResourceId=guest.account)["Tags"] == [{"Key": "team", "Value": "blue"}]
    assert tree.of(guest).describe_organization()["Organization"]["Id"] == tree.id
    roles = [role["RoleName"] for role in client("iam", guest).list_roles()["Roles"]]
    # No role for the management account: that one is only made in accounts that it creates.
    assert roles == ["AWSServiceRoleForOrganizations"]
    # Invited accounts may leave at once.
    tree.of(guest).leave_organization()


def test_an_invitation_by_address_reaches_the_account_that_has_it(tree, account):
    guest = account()
    email = f"aws+{guest.account}@hakoniwa.example"
    sent = tree.org.invite_account_to_organization(Target={"Id": email, "Type": "EMAIL"})["Handshake"]
    assert sent["Parties"][1] == {"Id": email, "Type": "EMAIL"}
    assert tree.of(guest).list_handshakes_for_account()["Handshakes"] == [sent]
    again = {"Id": email.upper(), "Type": "EMAIL"}
    assert refusal(tree.org.invite_account_to_organization, Target=again)[0] == "DuplicateHandshakeException"
    accepted = tree.of(guest).accept_handshake(HandshakeId=sent["Id"])["Handshake"]
    assert accepted["Parties"][1] == {"Id": guest.account, "Type": "ACCOUNT"}
    assert accepted["Resources"] == sent["Resources"]
    assert tree.org.describe_account(AccountId=guest.account)["Account"]["Email"] == email
    # To an address AWS sends an invitation even if it is a member's; the member hears so when he accepts.
    second = tree.org.invite_account_to_organization(Target={"Id": email, "Type": "EMAIL"})["Handshake"]
    assert refusal(tree.of(guest).accept_handshake, HandshakeId=second["Id"]) == MEMBER


def test_targets_of_invitations_that_cannot_be(tree, client):
    org = client("organizations", tree.management, parameter_validation=False)

    def answer(**parameters):
        return refusal(org.invite_account_to_organization, **parameters)

    invalid = "InvalidInputException"
    pattern = (invalid, "INVALID_PATTERN", "You provided a value that does not match the required pattern.")
    party = (invalid, "INVALID_PARTY_TYPE_TARGET", "You specified an invalid party type as the target parameter.")
    assert answer() == pattern
    assert answer(Target={"Type": "ACCOUNT", "Id": "bad"}) == pattern
    assert answer(Target={}) == party
    assert answer(Target={"Type": "ORGANIZATION", "Id": tree.id}) == party
    assert answer(Target={"Type": "INVALID", "Id": "222222222222"}) == party
    assert answer(Target={"Type": "EMAIL", "Id": "invalid"}) == (
        invalid,
        "INVALID_EMAIL_ADDRESS_TARGET",
        "You specified an invalid email address for the invited account owner.",
    )
    target = {"Type": "ACCOUNT", "Id": "222222222222"}
    assert answer(Target=target, Notes="x" * 1025) == (
        invalid,
        "MAX_LENGTH_EXCEEDED:NOTES",
        "You provided a string that exceeds that maximum length.",
    )
    assert answer(Target=target, Tags=[{"Key": "same", "Value": "1"}, {"Key": "same", "Value": "2"}]) == (
        invalid,
        "DUPLICATE_TAG_KEY",
        "Your request includes duplicate tag keys.",
    )


def test_ids_of_handshakes_that_cannot_be(tree, client):
    org = client("organizations", tree.management, parameter_validation=False)
    words = "You provided a value that does not match the required pattern."
    for call in (org.describe_handshake, org.accept_handshake, org.decline_handshake, org.cancel_handshake):
        assert refusal(call) == (
            "InvalidInputException",
            "INPUT_REQUIRED:HANDSHAKE_ID",
            "You must provide a value for the parameter.",
        )
        for id in ("", "bad"):
            assert refusal(call, HandshakeId=id) == ("InvalidInputException", "INVALID_PATTERN:HANDSHAKE_ID", words)
        assert refusal(call, HandshakeId="h-00000000") == (
            "HandshakeNotFoundException",
            None,
            "You specified a handshake that doesn't exist.",
        )
    for call in (org.list_handshakes_for_account, org.list_handshakes_for_organization):
        assert refusal(call, Filter={"ActionType": "invalid"}) == (
            "InvalidInputException",
            "INVALID_ENUM:FILTER_ACTION_TYPE",
            "You specified an invalid value.",
        )
        assert refusal(call, NextToken="bad") == (
            "InvalidInputException",
            "INVALID_NEXT_TOKEN",
            "You specified an invalid value for nextToken. You must get the value from the response to a previous call "
            "to the API.",
        )
        assert call(Filter={})["Handshakes"] == call(Filter={"ParentHandshakeId": "h-00000000"})["Handshakes"] == []


def test_one_open_invitation_for_one_account(tree, account):
    guest = account()
    first = invite(tree, guest)
    assert refusal(invite, tree=tree, creds=guest) == (
        "DuplicateHandshakeException",
        None,
        "A handshake with the specified type and parameters already exists for the given parties.",
    )
    tree.org.cancel_handshake(HandshakeId=first["Id"])
    invite(tree, guest)


def test_two_organizations_invite_and_one_is_chosen(tree, client, account):
    other, guest = Tree(client, account), account()
    first, second = invite(tree, guest), invite(other, guest)
    tree.of(guest).accept_handshake(HandshakeId=first["Id"])
    assert len(tree.of(guest).list_handshakes_for_account()["Handshakes"]) == 2
    # Accepting the other moves the account, as AWS does since accounts need not leave first.
    tree.of(guest).accept_handshake(HandshakeId=second["Id"])
    assert tree.of(guest).describe_organization()["Organization"]["Id"] == other.id
    assert refusal(tree.org.describe_account, AccountId=guest.account)[0] == "AccountNotFoundException"


def test_a_management_account_with_members_cannot_join_another_organization(tree, client, account):
    other = Tree(client, account)
    other.member()
    sent = invite(tree, other.management)
    assert refusal(other.org.accept_handshake, HandshakeId=sent["Id"])[0] == "MasterCannotLeaveOrganizationException"
    # What failed has changed nothing.
    assert other.org.describe_handshake(HandshakeId=sent["Id"])["Handshake"]["State"] == "OPEN"


def test_members_are_not_invited_again(tree, account):
    member = join(tree, account())
    for id in (member.account, tree.management.account):
        assert refusal(invite, tree=tree, creds=id) == MEMBER


def test_only_the_recipient_accepts_and_declines_and_only_the_sender_cancels(tree, account):
    guest, stranger = account(), account()
    id = invite(tree, guest)["Id"]
    assert refusal(tree.org.accept_handshake, HandshakeId=id) == NO_PERMISSION
    assert refusal(tree.org.decline_handshake, HandshakeId=id) == NO_PERMISSION
    assert refusal(tree.of(guest).cancel_handshake, HandshakeId=id) == NO_PERMISSION
    for call in ("accept_handshake", "decline_handshake", "cancel_handshake", "describe_handshake"):
        assert refusal(getattr(tree.of(stranger), call), HandshakeId=id)[0] == NOT_FOUND
        assert refusal(getattr(tree.org, call), HandshakeId="h-00000000")[0] == NOT_FOUND


def test_what_has_ended_cannot_be_answered(tree, account):
    ended = {}
    for name, finish in {
        "ACCEPTED": lambda org, id: org.accept_handshake(HandshakeId=id),
        "DECLINED": lambda org, id: org.decline_handshake(HandshakeId=id),
        "CANCELED": lambda org, id: tree.org.cancel_handshake(HandshakeId=id),
    }.items():
        guest = account()
        id = invite(tree, guest)["Id"]
        assert finish(tree.of(guest), id)["Handshake"]["State"] == name
        ended[name] = (tree.of(guest), id)
    for name, (org, id) in ended.items():
        for verb, call in {
            "ACCEPTED": org.accept_handshake,
            "DECLINED": org.decline_handshake,
            "CANCELED": tree.org.cancel_handshake,
        }.items():
            same = ("HandshakeAlreadyInStateException", None, "The handshake is already in the requested state.")
            other = (
                "InvalidHandshakeTransitionException",
                None,
                "You cannot perform this operation on a handshake in its current state, such as attempting to cancel a "
                "handshake that was previously accepted or attempting to accept a handshake that was declined.",
            )
            assert refusal(call, HandshakeId=id) == (same if verb == name else other)


def test_invitations_expire_after_fifteen_days_and_are_shown_for_thirty_more(still, account):
    tree, clock = still
    guest = account()
    id = invite(tree, guest)["Id"]

    def state():
        return tree.org.describe_handshake(HandshakeId=id)["Handshake"]["State"]

    clock.advance("14d")
    assert state() == "OPEN"
    clock.advance("25h")
    eventually(state, "EXPIRED")
    assert refusal(tree.of(guest).accept_handshake, HandshakeId=id)[0] == "InvalidHandshakeTransitionException"
    invite(tree, guest)
    clock.advance("29d")
    assert state() == "EXPIRED"
    clock.advance("2d")
    eventually(lambda: len(tree.org.list_handshakes_for_organization()["Handshakes"]), 1)
    assert refusal(tree.org.describe_handshake, HandshakeId=id)[0] == NOT_FOUND


def test_handshakes_are_filtered_and_paged(tree, account):
    sent = sorted(invite(tree, account())["Id"] for _ in range(5))
    pages = tree.org.get_paginator("list_handshakes_for_organization").paginate(PaginationConfig={"PageSize": 2})
    assert [one["Id"] for page in pages for one in page["Handshakes"]] == sent
    listed = tree.org.list_handshakes_for_organization(Filter={"ActionType": "INVITE"})["Handshakes"]
    assert len(listed) == 5
    listed = tree.org.list_handshakes_for_organization(Filter={"ActionType": "ENABLE_ALL_FEATURES"})["Handshakes"]
    assert listed == []
    both = {"ActionType": "INVITE", "ParentHandshakeId": sent[0]}
    for call in (tree.org.list_handshakes_for_organization, tree.org.list_handshakes_for_account):
        assert refusal(call, Filter=both) == (
            "InvalidInputException",
            "MAX_LIMIT_EXCEEDED_FILTER",
            "You specified too many filter parameters.",
        )


def test_twenty_invitations_a_day_with_aws_limits(server, client, account):
    running = server("--aws-limits")
    tree = Tree(client, account, at=running.endpoint)
    for _ in range(20):
        guest = account()
        tree.of(guest).decline_handshake(HandshakeId=invite(tree, guest)["Id"])
    assert refusal(invite, tree=tree, creds=account())[:2] == (
        "HandshakeConstraintViolationException",
        "HANDSHAKE_RATE_LIMIT_EXCEEDED",
    )


def test_an_account_that_changes_organizations_all_day_is_stopped(tree, account):
    guest = account()
    for _ in range(5):
        join(tree, guest)
        tree.of(guest).leave_organization()
    sent = invite(tree, guest)
    assert refusal(tree.of(guest).accept_handshake, HandshakeId=sent["Id"])[:2] == (
        "HandshakeConstraintViolationException",
        "ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED",
    )


def test_answering_needs_permission_on_the_handshake(tree, account, client, iam_user):
    guest = account()
    sent = invite(tree, guest)
    role = {"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*"}

    def org(*statements):
        return client("organizations", iam_user(guest, list(statements)))

    code, _, message = refusal(org(role).accept_handshake, HandshakeId=sent["Id"])
    assert code == "AccessDeniedException"
    assert f"organizations:AcceptHandshake on resource: {sent['Arn']} because" in message
    accept = {"Effect": "Allow", "Action": "organizations:AcceptHandshake", "Resource": sent["Arn"]}
    assert refusal(org(accept).accept_handshake, HandshakeId=sent["Id"])[0] == "AccessDeniedForDependencyException"
    org(accept, role).accept_handshake(HandshakeId=sent["Id"])


def test_a_deleted_organization_takes_its_invitations_back(tree, account):
    guest = account()
    id = invite(tree, guest)["Id"]
    tree.org.delete_organization()
    assert tree.of(guest).describe_handshake(HandshakeId=id)["Handshake"]["State"] == "CANCELED"


# All features


def test_all_features_are_enabled_when_every_invited_member_has_approved(billing, account, client):
    guests = [join(billing, account()) for _ in range(2)]
    created = billing.member()
    own = billing.org.enable_all_features()["Handshake"]
    assert (own["Action"], own["State"]) == ("ENABLE_ALL_FEATURES", "REQUESTED")
    assert own["Parties"] == [{"Id": billing.id[2:], "Type": "ORGANIZATION"}]
    assert own["Arn"].split("/")[-2] == "enable_all_features"
    assert (own["ExpirationTimestamp"] - own["RequestedTimestamp"]).days == 90
    children = billing.org.list_handshakes_for_organization(Filter={"ParentHandshakeId": own["Id"]})["Handshakes"]
    assert sorted(one["Parties"][1]["Id"] for one in children) == sorted(guest.account for guest in guests)
    assert billing.of(created).list_handshakes_for_account(Filter={"ActionType": "APPROVE_ALL_FEATURES"})[
        "Handshakes"
    ] == []
    for guest in guests:
        assert refusal(billing.org.accept_handshake, HandshakeId=own["Id"])[0] == "InvalidHandshakeTransitionException"
        asked = billing.of(guest).list_handshakes_for_account(Filter={"ActionType": "APPROVE_ALL_FEATURES"})
        (child,) = asked["Handshakes"]
        assert child["Resources"][-1] == {"Type": "PARENT_HANDSHAKE", "Value": own["Id"]}
        billing.of(guest).accept_handshake(HandshakeId=child["Id"])
    assert billing.org.describe_handshake(HandshakeId=own["Id"])["Handshake"]["State"] == "OPEN"
    assert billing.org.describe_organization()["Organization"]["FeatureSet"] == "CONSOLIDATED_BILLING"
    assert billing.org.accept_handshake(HandshakeId=own["Id"])["Handshake"]["State"] == "ACCEPTED"
    assert billing.org.describe_organization()["Organization"]["FeatureSet"] == "ALL"
    billing.enable("SERVICE_CONTROL_POLICY")
    for creds in (*guests, created, billing.management):
        client("iam", creds).get_role(RoleName="AWSServiceRoleForOrganizations")


def test_without_invited_members_it_can_be_finished_at_once(billing):
    own = billing.org.enable_all_features()["Handshake"]
    assert own["State"] == "OPEN"
    billing.org.accept_handshake(HandshakeId=own["Id"])
    assert billing.org.describe_organization()["Organization"]["FeatureSet"] == "ALL"


def test_features_are_enabled_once(tree, billing):
    assert refusal(tree.org.enable_all_features) == (
        "HandshakeConstraintViolationException",
        "ORGANIZATION_ALREADY_HAS_ALL_FEATURES",
        "All features are already enabled on this organization.",
    )
    billing.org.enable_all_features()
    assert refusal(billing.org.enable_all_features)[:2] == (
        "HandshakeConstraintViolationException",
        "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION",
    )


def test_nobody_is_invited_meanwhile(billing, account):
    join(billing, account())
    own = billing.org.enable_all_features()["Handshake"]
    assert refusal(invite, tree=billing, creds=account())[:2] == (
        "HandshakeConstraintViolationException",
        "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES",
    )
    billing.org.cancel_handshake(HandshakeId=own["Id"])
    states = [one["State"] for one in billing.org.list_handshakes_for_organization(
        Filter={"ParentHandshakeId": own["Id"]})["Handshakes"]]
    assert states == ["CANCELED"]
    invite(billing, account())


def test_a_member_that_leaves_need_not_approve(billing, account):
    guest = join(billing, account())
    own = billing.org.enable_all_features()["Handshake"]
    billing.of(guest).leave_organization()
    assert billing.org.describe_handshake(HandshakeId=own["Id"])["Handshake"]["State"] == "OPEN"


def test_a_member_that_declines_keeps_the_features_off_until_the_request_expires(still, client, account):
    billing = Tree(client, account, features="CONSOLIDATED_BILLING", at=still[0].at)
    guest = join(billing, account())
    own = billing.org.enable_all_features()["Handshake"]
    (child,) = billing.of(guest).list_handshakes_for_account(Filter={"ParentHandshakeId": own["Id"]})["Handshakes"]
    billing.of(guest).decline_handshake(HandshakeId=child["Id"])
    still[1].advance("89d")
    assert billing.org.describe_handshake(HandshakeId=own["Id"])["Handshake"]["State"] == "REQUESTED"
    still[1].advance("2d")
    eventually(lambda: billing.org.describe_handshake(HandshakeId=own["Id"])["Handshake"]["State"], "EXPIRED")
    billing.org.enable_all_features()


# Tools


def test_the_cli_on_both_sides(tree, account, aws):
    guest = account()
    sent = aws(
        "organizations", "invite-account-to-organization", "--target", f"Type=ACCOUNT,Id={guest.account}",
        creds=tree.management,
    ).json["Handshake"]
    listed = aws("organizations", "list-handshakes-for-account", creds=guest).json["Handshakes"]
    assert [one["Id"] for one in listed] == [sent["Id"]]
    accepted = aws("organizations", "accept-handshake", "--handshake-id", sent["Id"], creds=guest).json["Handshake"]
    assert accepted["State"] == "ACCEPTED"
