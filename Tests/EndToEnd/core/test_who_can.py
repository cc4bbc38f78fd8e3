"""`hakoniwa who-can` and `hakoniwa can`: asked without doing it, and then done, to see that it was true."""

import json
import subprocess

import pytest
import requests
from botocore.exceptions import ClientError
from harness.server import binary


def ask(endpoint, *arguments, expected=0):
    done = subprocess.run(
        [binary(), *arguments, "--port", endpoint.rsplit(":", 1)[1]], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == expected, (done.returncode, done.stdout, done.stderr)
    return done.stdout


def who_can(endpoint, action, resource):
    page = json.loads(ask(endpoint, "who-can", action, resource, "--json"))
    return {entry["principal"]: entry for entry in page["principals"]}


@pytest.fixture
def world(account, client, iam_user, iam_role):
    """An owner with a queue and users of several kinds, and a stranger."""
    owner, stranger = account(), account()
    sqs = client("sqs", owner)
    arn = f"arn:aws:sqs:us-east-1:{owner.account}:orders"
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    send = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": arn}
    users = {
        "sender": iam_user(owner, send),
        "nobody": iam_user(owner),
        "office": iam_user(owner, {**send, "Condition": {"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}}),
        "denied": iam_user(owner, [send, {**send, "Effect": "Deny"}]),
        "friend": iam_user(stranger, send),
        "half": iam_user(stranger),
        "unnamed": iam_user(stranger, send),
    }
    role = iam_role(owner, policy=send)
    policy = [
        {"Effect": "Allow", "Principal": {"AWS": [users["friend"].arn, users["half"].arn]}, "Action": "sqs:SendMessage", "Resource": arn},
        {
            "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn,
            "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:topic"}},
        },
    ]  # fmt: skip
    document = json.dumps({"Version": "2012-10-17", "Statement": policy})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": document})
    return owner, stranger, users, role, arn, url


def test_everybody_who_may_is_listed_with_the_grant(endpoint, world):
    owner, stranger, users, role, arn, _ = world
    answer = who_can(endpoint, "sqs:SendMessage", arn)
    mine = {name: entry for name, entry in answer.items() if entry.get("account") in (owner.account, stranger.account, None)}
    assert {name: entry["access"] for name, entry in mine.items()} == {
        f"arn:aws:iam::{owner.account}:root": "allowed",
        users["sender"].arn: "allowed",
        users["office"].arn: "depends",
        users["friend"].arn: "allowed",
        role: "allowed",
        "sns.amazonaws.com": "depends",
    }
    assert answer[users["sender"].arn]["through"] == [{"layer": "identity", "policy": "inline", "statement": "0"}]
    assert {through["layer"] for through in answer[users["friend"].arn]["through"]} == {"identity", "resource"}
    assert answer[users["office"].arn]["dependsOn"] == ["aws:SourceIp"]
    assert answer["sns.amazonaws.com"]["dependsOn"] == ["aws:SourceArn"]
    text = ask(endpoint, "who-can", "sqs:SendMessage", arn)
    assert f"allowed  {users['sender'].arn}  through identity: inline#0" in text
    assert f"depends  {users['office'].arn}  through identity: inline#0  if aws:SourceIp fits" in text


def test_what_it_says_is_what_happens(endpoint, client, world):
    *_, users, role, arn, url = world
    allowed = who_can(endpoint, "sqs:SendMessage", arn)
    for user in users.values():
        try:
            client("sqs", user).send_message(QueueUrl=url, MessageBody="x")
            happened = True
        except ClientError as error:
            assert error.response["Error"]["Code"] in ("AccessDenied", "AWS.SimpleQueueService.NonExistentQueue")
            happened = False
        # The tests call from 127.0.0.1, which is what "office" hangs on.
        assert happened == (user.arn in allowed), user.arn


def test_one_principal_is_explained(endpoint, world):
    *_, users, role, arn, _ = world
    assert ask(endpoint, "can", users["sender"].arn, "sqs:SendMessage", arn).startswith("allowed")
    text = ask(endpoint, "can", users["denied"].arn, "sqs:SendMessage", arn, expected=1)
    assert text.startswith("denied") and "explicitDeny" in text
    assert "A call that brings nothing along" in ask(endpoint, "can", users["office"].arn, "sqs:SendMessage", arn, expected=3)
    assert ask(endpoint, "can", role, "sqs:SendMessage", arn).startswith("allowed")
    ask(endpoint, "can", "*", "sqs:SendMessage", arn, expected=1)
    ask(endpoint, "can", users["sender"].arn, "sqs:ReceiveMessage", arn, expected=1)


def test_nonsense_is_refused_in_words(endpoint, world):
    *_, users, _, arn, _ = world
    page = f"{endpoint}/_hakoniwa"
    for path, query, words in [
        ("who-can", {"action": "SendMessage", "resource": arn}, "no action of a service"),
        ("who-can", {"action": "sqs:SendMessage", "resource": arn + "-none"}, "There is no resource"),
        ("who-can", {"action": "sqs:SendMesage", "resource": arn}, "sqs has no action SendMesage"),
        ("who-can", {"action": "sqs:SendMessage"}, "say action and resource"),
        ("can", {"principal": "arn:aws:iam::111122223333:user/none", "action": "sqs:SendMessage", "resource": arn}, "There is no principal"),
    ]:
        answer = requests.get(f"{page}/{path}", params=query, timeout=30)
        assert answer.status_code >= 400 and words in answer.json()["message"], answer.text


def test_buckets_roles_and_keys_are_surveyed_by_their_own_policies(endpoint, client, account, iam_user, iam_role):
    owner, stranger = account(), account()
    user = iam_user(stranger, {"Effect": "Allow", "Action": ["s3:GetObject", "sts:AssumeRole", "kms:Encrypt"], "Resource": "*"})
    s3, kms = client("s3", owner), client("kms", owner)
    bucket = f"who-can-{owner.account}"
    s3.create_bucket(Bucket=bucket)
    object_ = f"arn:aws:s3:::{bucket}/key"
    role = iam_role(owner, trust=user.arn)
    key = kms.create_key()["KeyMetadata"]["Arn"]
    assert user.arn not in who_can(endpoint, "s3:GetObject", object_)
    assert user.arn not in who_can(endpoint, "kms:Encrypt", key)
    # A trust policy has no resource and decides alone.
    assert who_can(endpoint, "sts:AssumeRole", role)[user.arn]["access"] == "allowed"
    assert f"arn:aws:iam::{owner.account}:root" not in who_can(endpoint, "sts:AssumeRole", role)
    # A role that trusts a whole account is for its users and roles: root users can't assume any.
    open_role = iam_role(owner, trust=f"arn:aws:iam::{stranger.account}:root")
    answer = who_can(endpoint, "sts:AssumeRole", open_role)
    assert set(answer) == {user.arn}
    root = f"arn:aws:iam::{stranger.account}:root"
    assert "Roles may not be assumed by root accounts." in ask(endpoint, "can", root, "sts:AssumeRole", open_role, expected=1)
    with pytest.raises(ClientError) as failure:
        client("sts", stranger).assume_role(RoleArn=open_role, RoleSessionName="root")
    assert failure.value.response["Error"]["Message"] == "Roles may not be assumed by root accounts."
    allow = {"Effect": "Allow", "Principal": {"AWS": user.arn}, "Action": "s3:GetObject", "Resource": object_}
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [allow]}))
    # Services call for their callers, and keys are called by aliases.
    for name, value in [("kms:ViaService", "s3.us-east-1.amazonaws.com"), ("kms:RequestAlias", "alias/orders"), ("aws:CalledViaLast", "s3.amazonaws.com")]:
        allow = {"Effect": "Allow", "Principal": {"AWS": user.arn}, "Action": "kms:Encrypt", "Resource": "*", "Condition": {"StringEquals": {name: value}}}
        own = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{owner.account}:root"}, "Action": "kms:*", "Resource": "*"}
        kms.put_key_policy(KeyId=key, Policy=json.dumps({"Version": "2012-10-17", "Statement": [own, allow]}), PolicyName="default")
        answer = who_can(endpoint, "kms:Encrypt", key)[user.arn]
        assert (answer["access"], answer["dependsOn"]) == ("depends", [name])
    kms.create_grant(KeyId=key, GranteePrincipal=user.arn, Operations=["Encrypt"])
    assert who_can(endpoint, "s3:GetObject", object_)[user.arn]["access"] == "allowed"
    assert who_can(endpoint, "kms:Encrypt", key)[user.arn]["access"] == "allowed"
    assert user.arn not in who_can(endpoint, "s3:PutObject", object_)


def test_an_organization_s_policies_count(endpoint, client, account, iam_user):
    management, member = account(), account()
    organizations = client("organizations", management)
    organizations.create_organization(FeatureSet="ALL")
    handshake = organizations.invite_account_to_organization(Target={"Type": "ACCOUNT", "Id": member.account})["Handshake"]["Id"]
    client("organizations", member).accept_handshake(HandshakeId=handshake)
    sqs = client("sqs", member)
    sqs.create_queue(QueueName="q")
    arn = f"arn:aws:sqs:us-east-1:{member.account}:q"
    user = iam_user(member, {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"})
    assert user.arn in who_can(endpoint, "sqs:SendMessage", arn)
    root = organizations.list_roots()["Roots"][0]
    if not any(type_["Type"] == "SERVICE_CONTROL_POLICY" for type_ in root["PolicyTypes"]):
        organizations.enable_policy_type(RootId=root["Id"], PolicyType="SERVICE_CONTROL_POLICY")
    deny = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "sqs:SendMessage", "Resource": "*"}]})
    policy = organizations.create_policy(Name="none", Description="", Type="SERVICE_CONTROL_POLICY", Content=deny)
    organizations.attach_policy(PolicyId=policy["Policy"]["PolicySummary"]["Id"], TargetId=member.account)
    answer = who_can(endpoint, "sqs:SendMessage", arn)
    assert user.arn not in answer and f"arn:aws:iam::{member.account}:root" not in answer
