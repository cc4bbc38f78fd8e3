"""STS: who calls, roles, sessions, federation."""

import json
from pathlib import Path

import pytest
import requests

from iam.helpers import document, refused

EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}


@pytest.fixture
def root(account):
    return account()


def test_everybody_may_know_who_he_is(client, root, iam_user):
    assert client("sts", root).get_caller_identity()["Arn"] == f"arn:aws:iam::{root.account}:root"
    user = iam_user(root, {"Effect": "Deny", "Action": "*", "Resource": "*"})
    identity = client("sts", user).get_caller_identity()
    assert identity["Arn"] == user.arn and identity["Account"] == root.account and identity["UserId"].startswith("AIDA")


def test_a_role_session(client, root, iam_user, iam_role, assume):
    user = iam_user(root, EVERYTHING)
    role = iam_role(root, policy={"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*"})
    answer = client("sts", user).assume_role(RoleArn=role, RoleSessionName="session")
    keys = answer["Credentials"]
    assert keys["AccessKeyId"].startswith("ASIA") and len(keys["SecretAccessKey"]) == 40
    name = role.split("/")[-1]
    assert answer["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{root.account}:assumed-role/{name}/session"
    session = assume(user, role, "session")
    identity = client("sts", session).get_caller_identity()
    assert identity["Arn"] == f"arn:aws:sts::{root.account}:assumed-role/{name}/session"
    assert identity["UserId"] == answer["AssumedRoleUser"]["AssumedRoleId"]
    client("iam", session).list_users()
    refused(
        "AccessDenied",
        f"User: {identity['Arn']} is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::{root.account}:role/ "
        "because no identity-based policy allows the iam:ListRoles action",
        client("iam", session).list_roles,
    )


def test_root_users_assume_no_roles(client, root, iam_role):
    refused("AccessDenied", "Roles may not be assumed by root accounts.", client("sts", root).assume_role, RoleArn=iam_role(root), RoleSessionName="session")


def test_a_refusal_ends_after_the_role(client, root, iam_user, iam_role):
    user = iam_user(root)
    role = iam_role(root)
    for arn in (role, f"arn:aws:iam::{root.account}:role/none"):
        response = refused("AccessDenied", "", client("sts", user).assume_role, RoleArn=arn, RoleSessionName="session")
        assert response["Error"]["Message"] == f"User: {user.arn} is not authorized to perform: sts:AssumeRole on resource: {arn}"


def test_a_role_made_anew_is_another(client, root, iam_user, iam_role, assume):
    user = iam_user(root, EVERYTHING, name="u")
    iam = client("iam", root)
    role = iam_role(root, policy=EVERYTHING, name="r")
    session = assume(user, role)
    iam.delete_role_policy(RoleName="r", PolicyName="inline")
    iam.delete_role(RoleName="r")
    iam_role(root, policy=EVERYTHING, name="r")
    refused("InvalidClientTokenId", "", client("sts", session).get_caller_identity)


def test_a_grant_dies_with_its_user(client, root, iam_user, iam_role):
    iam = client("iam", root)
    first = iam_user(root, name="u")
    role = iam_role(root, first.arn, name="r")
    client("sts", first).assume_role(RoleArn=role, RoleSessionName="session")
    iam.delete_access_key(UserName="u", AccessKeyId=first.access_key)
    iam.delete_user(UserName="u")
    second = iam_user(root, name="u")
    assert second.arn == first.arn
    refused("AccessDenied", "", client("sts", second).assume_role, RoleArn=role, RoleSessionName="session")


def test_the_external_id_must_be_right(client, root, iam_user, iam_role):
    user = iam_user(root)
    role = iam_role(root, document({"Effect": "Allow", "Principal": {"AWS": user.arn}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "secret"}}}))
    sts = client("sts", user)
    refused("AccessDenied", "", sts.assume_role, RoleArn=role, RoleSessionName="session")
    refused("AccessDenied", "", sts.assume_role, RoleArn=role, RoleSessionName="session", ExternalId="wrong")
    sts.assume_role(RoleArn=role, RoleSessionName="session", ExternalId="secret")


def test_how_long_a_session_may_last(client, root, iam_user, iam_role, assume):
    user = iam_user(root, EVERYTHING)
    role = iam_role(root, policy=EVERYTHING)
    long = iam_role(root, policy=EVERYTHING, MaxSessionDuration=43200)
    sts = client("sts", user)
    refused("ValidationError", "exceeds the MaxSessionDuration set for this role", sts.assume_role, RoleArn=role, RoleSessionName="session", DurationSeconds=3601)
    sts.assume_role(RoleArn=long, RoleSessionName="session", DurationSeconds=43200)
    chained = client("sts", assume(user, role))
    chained.assume_role(RoleArn=long, RoleSessionName="session", DurationSeconds=3600)
    refused("ValidationError", "exceeds the 1 hour session limit for roles assumed by role chaining", chained.assume_role, RoleArn=long, RoleSessionName="session", DurationSeconds=3601)
    unchecked = client("sts", user, parameter_validation=False)
    refused("ValidationError", "1 validation error detected", unchecked.assume_role, RoleArn=role, RoleSessionName="session", DurationSeconds=899)


def test_session_policies_limit(client, root, iam_user, iam_role, assume):
    user = iam_user(root, EVERYTHING)
    role = iam_role(root, policy=EVERYTHING)
    inline = assume(user, role, Policy=document({"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*"}))
    client("iam", inline).list_users()
    refused("AccessDenied", "because no session policy allows the iam:ListRoles action", client("iam", inline).list_roles)
    managed = assume(user, role, PolicyArns=[{"arn": "arn:aws:iam::aws:policy/IAMReadOnlyAccess"}])
    client("iam", managed).list_roles()
    refused("AccessDenied", "because no session policy allows", client("iam", managed).create_user, UserName="x")
    answer = client("sts", user).assume_role(RoleArn=role, RoleSessionName="session", Policy=document(EVERYTHING))
    assert 0 < answer["PackedPolicySize"] <= 100
    refused("MalformedPolicyDocument", "", client("sts", user).assume_role, RoleArn=role, RoleSessionName="session", Policy="{")


def test_session_tags_and_their_inheritance(client, root, iam_user, iam_role, assume):
    user = iam_user(root, EVERYTHING)
    trust = document({"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{root.account}:root"}, "Action": ["sts:AssumeRole", "sts:TagSession"]})
    tagged = {"Effect": "Allow", "Action": ["iam:ListUsers", "sts:AssumeRole", "sts:TagSession"], "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}}
    role, second, plain = iam_role(root, trust, tagged), iam_role(root, trust, tagged), iam_role(root, policy=tagged)
    tags = [{"Key": "team", "Value": "red"}, {"Key": "only", "Value": "here"}]
    session = assume(user, role, Tags=tags, TransitiveTagKeys=["team"])
    client("iam", session).list_users()
    chained = assume(session, second)
    client("iam", chained).list_users()
    refused("AccessDenied", "", client("iam", assume(user, role, Tags=[{"Key": "team", "Value": "blue"}])).list_users)
    refused("AccessDenied", "sts:TagSession", client("sts", user).assume_role, RoleArn=plain, RoleSessionName="session", Tags=tags)
    refused("InvalidParameterValue", "Duplicate tag keys", client("sts", user).assume_role, RoleArn=role, RoleSessionName="session", Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}])
    refused("InvalidParameterValue", "conflicts with a transitive tag key", client("sts", session).assume_role, RoleArn=second, RoleSessionName="session", Tags=[{"Key": "team", "Value": "x"}])


def test_a_source_identity_stays(client, root, iam_user, iam_role, assume):
    user = iam_user(root, EVERYTHING)
    trust = document({"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{root.account}:root"}, "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"]})
    role = iam_role(root, trust, EVERYTHING)
    session = assume(user, role, SourceIdentity="ann")
    sts = client("sts", session)
    assert sts.assume_role(RoleArn=role, RoleSessionName="session")["SourceIdentity"] == "ann"
    refused("AccessDenied", "sts:SetSourceIdentity", sts.assume_role, RoleArn=role, RoleSessionName="session", SourceIdentity="bob")


def test_a_session_token_is_the_users_own_but_not_for_iam(client, root, iam_user):
    user = iam_user(root, EVERYTHING)
    keys = client("sts", user).get_session_token()["Credentials"]
    session = type(user)(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    assert client("sts", session).get_caller_identity()["Arn"] == user.arn
    refused("AccessDenied", "Cannot call GetSessionToken with session credentials", client("sts", session).get_session_token)
    refused("InvalidClientTokenId", "The security token included in the request is invalid", client("iam", session).list_users)
    client("sqs", session).list_queues()
    wrong = type(user)(session.access_key, session.secret, session.token[:-10] + "AAAAAAAA==")
    refused("InvalidClientTokenId", "", client("sts", wrong).get_caller_identity)


def test_a_federated_user_has_what_both_allow(client, root, iam_user):
    user = iam_user(root, [{"Effect": "Allow", "Action": ["sqs:*", "sts:GetFederationToken"], "Resource": "*"}])

    def federated(**parameters):
        answer = client("sts", user).get_federation_token(Name="guest", **parameters)
        assert answer["FederatedUser"]["Arn"] == f"arn:aws:sts::{root.account}:federated-user/guest"
        keys = answer["Credentials"]
        return type(user)(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])

    nothing = federated()
    assert client("sts", nothing).get_caller_identity()["UserId"] == f"{root.account}:guest"
    refused("AccessDenied", "", client("sqs", nothing).list_queues)
    some = federated(Policy=document({"Effect": "Allow", "Action": ["sqs:ListQueues", "s3:*"], "Resource": "*"}))
    client("sqs", some).list_queues()
    refused("AccessDenied", "", client("s3", some).list_buckets)


def test_an_access_key_tells_its_account(client, account, iam_user):
    one, two = account(), account()
    user = iam_user(one)
    assert client("sts", two).get_access_key_info(AccessKeyId=user.access_key)["Account"] == one.account


def test_a_denial_can_be_decoded_only_if_it_was_one(client, root):
    refused("InvalidAuthorizationMessageException", "", client("sts", root).decode_authorization_message, EncodedMessage="nonsense")


def test_a_web_identity_needs_a_known_provider(client, root, iam_role):
    role = iam_role(root)
    sts = client("sts", root)
    refused("InvalidIdentityToken", "not a valid JWT", sts.assume_role_with_web_identity, RoleArn=role, RoleSessionName="session", WebIdentityToken="no-token")
    # {"alg":"RS256"} . {"iss":"https://id.example.com","sub":"s","aud":"a","exp":9999999999}
    token = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUuY29tIiwic3ViIjoicyIsImF1ZCI6ImEiLCJleHAiOjk5OTk5OTk5OTl9.AAAA"
    refused(
        "InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://id.example.com",
        sts.assume_role_with_web_identity, RoleArn=role, RoleSessionName="session", WebIdentityToken=token,
    )
    client("iam", root).create_open_id_connect_provider(Url="https://id.example.com", ClientIDList=["a"])
    refused("InvalidIdentityToken", "Couldn't retrieve verification key", sts.assume_role_with_web_identity, RoleArn=role, RoleSessionName="session", WebIdentityToken=token)


def test_a_web_identity_becomes_a_role(client, endpoint, root, iam_role):
    made = json.loads((Path(__file__).parent / "tokens.json").read_text())
    provider = client("iam", root).create_open_id_connect_provider(Url="https://id.example.com", ClientIDList=["app"])["OpenIDConnectProviderArn"]
    page = requests.put(endpoint + "/_hakoniwa/oidc-keys", json={"provider": provider, "keys": [made["key"]]}, timeout=10, verify=False)
    assert page.status_code == 200, page.text
    role = iam_role(
        root,
        document(
            {
                "Effect": "Allow", "Principal": {"Federated": provider}, "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {"StringEquals": {"id.example.com:sub": "me"}},
            }
        ),
    )
    become = client("sts", root).assume_role_with_web_identity
    common = {"RoleArn": role, "RoleSessionName": "session"}
    answer = become(WebIdentityToken=made["good"], **common)
    assert (answer["SubjectFromWebIdentityToken"], answer["Audience"], answer["Provider"]) == ("me", "app", provider)
    keys = answer["Credentials"]
    session = type(root)(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    assert client("sts", session).get_caller_identity()["Arn"] == answer["AssumedRoleUser"]["Arn"]
    for token, code, message in [
        ("other subject", "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        ("other audience", "InvalidIdentityToken", "Incorrect token audience"),
        ("expired", "ExpiredTokenException", "Token expired"),
        ("other key", "InvalidIdentityToken", "signature"),
    ]:
        refused(code, message, become, WebIdentityToken=made[token], **common)
