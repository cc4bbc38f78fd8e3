"""Access keys, passwords, MFA devices, and what an account says about itself."""

import base64
import csv
import hashlib
import hmac
import io
import struct
import time

import pytest
from botocore.exceptions import ClientError

from iam.helpers import DOCUMENT, refused, trust


@pytest.fixture
def root(account):
    return account()


@pytest.fixture
def iam(client, root):
    return client("iam", root)


def totp(seed, step):
    mac = hmac.new(base64.b32decode(seed + "=" * (-len(seed) % 8)), struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[19] & 15
    return f"{(struct.unpack('>I', mac[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_a_key_works_until_it_is_made_inactive(iam, client, root, iam_user):
    user = iam_user(root, name="u")
    assert user.access_key.startswith("AKIA") and len(user.access_key) == 20 and len(user.secret) == 40
    sts = client("sts", user)
    assert sts.get_caller_identity()["Arn"] == user.arn
    iam.update_access_key(UserName="u", AccessKeyId=user.access_key, Status="Inactive")
    with pytest.raises(ClientError) as caught:
        sts.get_caller_identity()
    assert caught.value.response["Error"]["Code"] == "InvalidClientTokenId"
    iam.update_access_key(UserName="u", AccessKeyId=user.access_key, Status="Active")
    sts.get_caller_identity()
    iam.delete_access_key(UserName="u", AccessKeyId=user.access_key)
    with pytest.raises(ClientError):
        sts.get_caller_identity()


def test_a_user_has_two_keys_at_most(iam):
    iam.create_user(UserName="u")
    iam.create_access_key(UserName="u")
    iam.create_access_key(UserName="u")
    refused("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", iam.create_access_key, UserName="u")
    assert len(iam.list_access_keys(UserName="u")["AccessKeyMetadata"]) == 2


def test_the_use_of_a_key_is_noted(iam, client, root, iam_user):
    user = iam_user(root, name="u")
    before = iam.get_access_key_last_used(AccessKeyId=user.access_key)
    assert before["UserName"] == "u" and before["AccessKeyLastUsed"]["ServiceName"] == "N/A"
    client("sts", user).get_caller_identity()
    after = iam.get_access_key_last_used(AccessKeyId=user.access_key)["AccessKeyLastUsed"]
    assert (after["ServiceName"], after["Region"]) == ("sts", "us-east-1")
    assert "LastUsedDate" in after


def test_passwords_follow_the_accounts_rules(iam, client, root, iam_user):
    user = iam_user(root, {"Effect": "Allow", "Action": "iam:ChangePassword", "Resource": "*"}, name="u")
    refused("PasswordPolicyViolation", "minimum length", iam.create_login_profile, UserName="u", Password="Ab1!")
    iam.create_login_profile(UserName="u", Password="Correct-Horse-1", PasswordResetRequired=True)
    refused("EntityAlreadyExists", "Login Profile for user u already exists.", iam.create_login_profile, UserName="u", Password="Correct-Horse-1")
    assert iam.get_login_profile(UserName="u")["LoginProfile"]["PasswordResetRequired"]
    refused("NoSuchEntity", f"The Password Policy with domain name {root.account} cannot be found.", iam.get_account_password_policy)
    iam.update_account_password_policy(MinimumPasswordLength=20, MaxPasswordAge=30)
    policy = iam.get_account_password_policy()["PasswordPolicy"]
    assert (policy["MinimumPasswordLength"], policy["ExpirePasswords"], policy["RequireSymbols"]) == (20, True, False)
    own = client("iam", user)
    refused("PasswordPolicyViolation", "minimum length of 20", own.change_password, OldPassword="Correct-Horse-1", NewPassword="Short-One-2")
    refused("AccessDenied", "", own.change_password, OldPassword="wrong", NewPassword="A-very-long-password-3")
    own.change_password(OldPassword="Correct-Horse-1", NewPassword="A-very-long-password-3")
    iam.delete_account_password_policy()


def test_an_mfa_device_is_enabled_by_two_codes_and_shown_to_sts(iam, client, root, iam_user):
    user = iam_user(root, {"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}, name="u")
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")["VirtualMFADevice"]
    seed, serial = device["Base32StringSeed"].decode(), device["SerialNumber"]
    step = int(time.time()) // 30
    refused(
        "InvalidAuthenticationCode", "", iam.enable_mfa_device, UserName="u", SerialNumber=serial,
        AuthenticationCode1=totp(seed, step - 500), AuthenticationCode2=totp(seed, step - 499),
    )
    iam.enable_mfa_device(UserName="u", SerialNumber=serial, AuthenticationCode1=totp(seed, step - 2), AuthenticationCode2=totp(seed, step - 1))
    assert [d["SerialNumber"] for d in iam.list_mfa_devices(UserName="u")["MFADevices"]] == [serial]
    sts = client("sts", user)
    refused("AccessDenied", "invalid MFA one time pass code", sts.get_session_token, SerialNumber=serial, TokenCode="000000")
    keys = sts.get_session_token(SerialNumber=serial, TokenCode=totp(seed, int(time.time()) // 30 + 1))["Credentials"]
    with_code = type(user)(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    assert client("iam", with_code).list_users()["Users"]
    refused("AccessDenied", "", client("iam", user).list_users)
    iam.deactivate_mfa_device(UserName="u", SerialNumber=serial)
    iam.delete_virtual_mfa_device(SerialNumber=serial)


def test_an_alias_is_one_for_all_accounts(client, account, unique):
    one, two = client("iam", account()), client("iam", account())
    alias = unique("alias")
    one.create_account_alias(AccountAlias=alias)
    assert one.list_account_aliases()["AccountAliases"] == [alias]
    refused("EntityAlreadyExists", f"The account alias {alias} already exists.", two.create_account_alias, AccountAlias=alias)
    one.delete_account_alias(AccountAlias=alias)
    two.create_account_alias(AccountAlias=alias)


def test_the_summary_and_the_details_agree(iam):
    iam.create_user(UserName="u")
    iam.create_group(GroupName="g")
    iam.add_user_to_group(GroupName="g", UserName="u")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}))
    iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=DOCUMENT)
    iam.attach_user_policy(UserName="u", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    summary = iam.get_account_summary()["SummaryMap"]
    assert (summary["Users"], summary["Groups"], summary["Roles"], summary["UsersQuota"]) == (1, 1, 1, 5000)
    details = iam.get_account_authorization_details()
    assert details["UserDetailList"][0]["GroupList"] == ["g"]
    assert details["RoleDetailList"][0]["RolePolicyList"][0]["PolicyName"] == "p"
    assert [p["PolicyName"] for p in details["Policies"]] == ["ReadOnlyAccess"]
    pages = list(iam.get_paginator("get_account_authorization_details").paginate(PaginationConfig={"PageSize": 1}))
    assert len(pages) == 4


def test_the_credential_report_lists_everyone(iam):
    refused("ReportNotPresent", "No report exists.", iam.get_credential_report)
    iam.create_user(UserName="u")
    iam.create_access_key(UserName="u")
    assert iam.generate_credential_report()["State"] == "STARTED"
    assert iam.generate_credential_report()["State"] == "COMPLETE"
    report = iam.get_credential_report()
    assert report["ReportFormat"] == "text/csv"
    rows = list(csv.DictReader(io.StringIO(report["Content"].decode())))
    assert [row["user"] for row in rows] == ["<root_account>", "u"]
    assert (rows[1]["access_key_1_active"], rows[1]["access_key_2_active"], rows[1]["mfa_active"]) == ("true", "false", "false")


def test_providers_are_kept(iam, root):
    arn = iam.create_open_id_connect_provider(Url="https://id.example.com/x", ClientIDList=["app"], ThumbprintList=["a" * 40])["OpenIDConnectProviderArn"]
    assert arn == f"arn:aws:iam::{root.account}:oidc-provider/id.example.com/x"
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="two")
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ClientIDList"] == ["app", "two"]
    refused("EntityAlreadyExists", "Provider with url https://id.example.com/x already exists.", iam.create_open_id_connect_provider, Url="https://id.example.com/x")
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    metadata = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><IDPSSODescriptor/></EntityDescriptor>' + " " * 1000
    saml = iam.create_saml_provider(Name="corp", SAMLMetadataDocument=metadata)["SAMLProviderArn"]
    assert iam.get_saml_provider(SAMLProviderArn=saml)["SAMLMetadataDocument"] == metadata
    assert [p["Arn"] for p in iam.list_saml_providers()["SAMLProviderList"]] == [saml]
