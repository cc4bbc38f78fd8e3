"""Refusals that lie in AWS's back office come on demand: an account's address at simulator.hakoniwa asks for one."""

import pytest
import requests
from botocore.exceptions import ClientError

CONSTRAINT, HANDSHAKE = "ConstraintViolationException", "HandshakeConstraintViolationException"


def refusal(call, **parameters):
    with pytest.raises(ClientError) as failure:
        call(**parameters)
    answer = failure.value.response
    return answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"], answer["Reason"]


@pytest.fixture
def named(account, endpoint):
    """An account whose owner's address asks for a refusal."""

    def make(reason):
        creds = account()
        # The beginning of a reason will do, and what is behind a plus sign keeps addresses apart.
        body = {"account": creds.account, "name": "on demand", "email": f"{reason[:41].lower()}+{creds.account}@simulator.hakoniwa"}
        assert requests.post(endpoint + "/_hakoniwa/accounts", json=body, timeout=10).status_code == 200
        return creds

    return make


@pytest.mark.parametrize(
    "reason",
    ["ACCOUNT_CREATION_NOT_COMPLETE", "CREATE_ORGANIZATION_IN_BILLING_MODE_UNSUPPORTED_REGION", "MASTER_ACCOUNT_MISSING_BUSINESS_LICENSE",
     "MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"],
)  # fmt: skip
def test_an_account_that_can_make_no_organization(client, named, reason):
    organizations = client("organizations", named(reason))
    assert refusal(organizations.create_organization) == (400, CONSTRAINT, reason)
    with pytest.raises(ClientError) as failure:
        organizations.describe_organization()
    assert failure.value.response["Error"]["Code"] == "AWSOrganizationsNotInUseException"


@pytest.mark.parametrize(
    "code, reason",
    [(CONSTRAINT, "MASTER_ACCOUNT_ADDRESS_DOES_NOT_MATCH_MARKETPLACE"), (CONSTRAINT, "MASTER_ACCOUNT_MISSING_CONTACT_INFO"),
     (CONSTRAINT, "EMAIL_VERIFICATION_CODE_EXPIRED"), (HANDSHAKE, "MANAGEMENT_ACCOUNT_EMAIL_NOT_VERIFIED")],
)  # fmt: skip
def test_a_management_account_whose_organization_cannot_grow(client, account, named, code, reason):
    management, other = named(reason), account()
    organizations = client("organizations", management)
    organizations.create_organization()
    ways = {
        "create": lambda: organizations.create_account(Email=f"x{other.account}@example.com", AccountName="x"),
        "invite": lambda: organizations.invite_account_to_organization(Target={"Id": other.account, "Type": "ACCOUNT"}),
    }
    shut, open = ("create", "invite") if reason.startswith("MASTER") else ("invite", "create")
    assert refusal(ways[shut]) == (400, code, reason)
    ways[open]()


@pytest.mark.parametrize("reason", ["ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD", "PAYMENT_INSTRUMENT_REQUIRED"])
def test_an_invited_account_that_cannot_join(client, account, named, reason):
    organizations, invited = client("organizations", account()), named(reason)
    organizations.create_organization()
    shake = organizations.invite_account_to_organization(Target={"Id": invited.account, "Type": "ACCOUNT"})["Handshake"]["Id"]
    member = client("organizations", invited)
    assert refusal(member.accept_handshake, HandshakeId=shake) == (400, HANDSHAKE, reason)
    assert member.describe_handshake(HandshakeId=shake)["Handshake"]["State"] == "OPEN"
    member.decline_handshake(HandshakeId=shake)


@pytest.mark.parametrize(
    "reason",
    ["ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA", "ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION", "INVALID_PAYMENT_INSTRUMENT",
     "MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"],
)  # fmt: skip
def test_a_member_that_cannot_leave(client, account, named, reason):
    organizations, invited = client("organizations", account()), named(reason)
    organizations.create_organization()
    shake = organizations.invite_account_to_organization(Target={"Id": invited.account, "Type": "ACCOUNT"})["Handshake"]["Id"]
    member = client("organizations", invited)
    member.accept_handshake(HandshakeId=shake)
    assert refusal(member.leave_organization) == (400, CONSTRAINT, reason)
    assert refusal(organizations.remove_account_from_organization, AccountId=invited.account) == (400, CONSTRAINT, reason)
    assert member.describe_organization()["Organization"]["FeatureSet"] == "ALL"
