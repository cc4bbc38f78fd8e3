"""Keys, aliases, grants, policies, and what time does to them."""

import json
import os
import stat

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def root(account):
    return account()


@pytest.fixture
def kms(client, root):
    return client("kms", root)


def refused(call, code, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    assert error["Code"] == code, error
    return error.get("Message", "")


def test_a_new_key_is_described_as_aws_does(kms, root):
    made = kms.create_key(Description="orders", Tags=[{"TagKey": "team", "TagValue": "a"}])["KeyMetadata"]
    assert made == kms.describe_key(KeyId=made["Arn"])["KeyMetadata"]
    assert made["Arn"] == f"arn:aws:kms:us-east-1:{root.account}:key/{made['KeyId']}"
    expected = dict(
        AWSAccountId=root.account, Enabled=True, Description="orders", KeyUsage="ENCRYPT_DECRYPT", KeyState="Enabled",
        Origin="AWS_KMS", KeyManager="CUSTOMER", KeySpec="SYMMETRIC_DEFAULT", CustomerMasterKeySpec="SYMMETRIC_DEFAULT",
        EncryptionAlgorithms=["SYMMETRIC_DEFAULT"], MultiRegion=False,
    )  # fmt: skip
    assert {name: made[name] for name in expected} == expected
    assert kms.list_resource_tags(KeyId=made["KeyId"])["Tags"] == [{"TagKey": "team", "TagValue": "a"}]
    policy = json.loads(kms.get_key_policy(KeyId=made["KeyId"])["Policy"])
    assert policy["Id"] == "key-default-1"
    assert policy["Statement"][0]["Principal"] == {"AWS": f"arn:aws:iam::{root.account}:root"}


def test_unknown_keys_are_told_in_aws_words(kms, root):
    missing = "11111111-2222-3333-4444-555555555555"
    arn = f"arn:aws:kms:us-east-1:{root.account}:key/{missing}"
    assert refused(kms.describe_key, "NotFoundException", KeyId=missing) == f"Key '{arn}' does not exist"
    assert refused(kms.describe_key, "NotFoundException", KeyId="nonsense") == "Invalid keyId nonsense"
    alias = f"arn:aws:kms:us-east-1:{root.account}:alias/none"
    assert refused(kms.describe_key, "NotFoundException", KeyId="alias/none") == f"Alias {alias} is not found."
    assert refused(kms.enable_key, "NotFoundException", KeyId="alias/none") == "Invalid keyId alias/none"


def test_aliases_come_move_and_go(kms, root):
    first, second = (kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(2))
    kms.create_alias(AliasName="alias/orders", TargetKeyId=first)
    message = refused(kms.create_alias, "AlreadyExistsException", AliasName="alias/orders", TargetKeyId=second)
    assert message == f"An alias with the name arn:aws:kms:us-east-1:{root.account}:alias/orders already exists"
    blob = kms.encrypt(KeyId="alias/orders", Plaintext=b"x")["CiphertextBlob"]
    kms.update_alias(AliasName="alias/orders", TargetKeyId=second)
    assert kms.describe_key(KeyId="alias/orders")["KeyMetadata"]["KeyId"] == second
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"
    assert [alias["AliasName"] for alias in kms.list_aliases(KeyId=second)["Aliases"]] == ["alias/orders"]
    assert kms.list_aliases(KeyId=first)["Aliases"] == []
    kms.delete_alias(AliasName="alias/orders")
    refused(kms.describe_key, "NotFoundException", KeyId="alias/orders")
    refused(kms.create_alias, "NotAuthorizedException", AliasName="alias/aws/mine", TargetKeyId=first)
    assert refused(kms.create_alias, "ValidationException", AliasName="orders", TargetKeyId=first) == "Invalid identifier"


def test_lists_come_in_pages(kms):
    made = {kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(5)}
    pages = list(kms.get_paginator("list_keys").paginate(PaginationConfig={"PageSize": 2}))
    assert len(pages) == 3 and {key["KeyId"] for page in pages for key in page["Keys"]} == made
    refused(kms.list_keys, "InvalidMarkerException", Marker="%%%")


def test_disabled_keys_do_nothing(kms):
    made = kms.create_key()["KeyMetadata"]
    blob = kms.encrypt(KeyId=made["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    kms.disable_key(KeyId=made["KeyId"])
    assert refused(kms.encrypt, "DisabledException", KeyId=made["KeyId"], Plaintext=b"x") == f"{made['Arn']} is disabled."
    refused(kms.decrypt, "DisabledException", CiphertextBlob=blob)
    kms.enable_key(KeyId=made["KeyId"])
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


def test_a_policy_that_locks_its_writer_out_is_refused(kms, root, iam_user, client):
    made = kms.create_key()["KeyMetadata"]["KeyId"]
    silent = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "kms:Decrypt", "Resource": "*"}],
        }
    )
    message = refused(kms.put_key_policy, "MalformedPolicyDocumentException", KeyId=made, Policy=silent)
    assert message == "The new key policy will not allow you to update the key policy in the future."
    kms.put_key_policy(KeyId=made, Policy=silent, BypassPolicyLockoutSafetyCheck=True)
    # Now not even the account's root user may do anything with it: the key policy is the root of trust.
    message = refused(kms.describe_key, "AccessDeniedException", KeyId=made)
    assert "because no resource-based policy allows the kms:DescribeKey action" in message


def test_the_default_policy_leaves_it_to_iam(client, kms, root, iam_user):
    made = kms.create_key()["KeyMetadata"]["Arn"]
    nobody = client("kms", iam_user(root))
    message = refused(nobody.encrypt, "AccessDeniedException", KeyId=made, Plaintext=b"x")
    assert "is not authorized to perform: kms:Encrypt on resource: " + made in message
    allowed = {
        "Effect": "Allow", "Action": "kms:Encrypt", "Resource": made,
        "Condition": {"StringEquals": {"kms:EncryptionContext:team": "a"}},
    }  # fmt: skip
    somebody = client("kms", iam_user(root, allowed))
    refused(somebody.encrypt, "AccessDeniedException", KeyId=made, Plaintext=b"x")
    somebody.encrypt(KeyId=made, Plaintext=b"x", EncryptionContext={"team": "a"})


def test_another_account_needs_both_sides(client, kms, root, account, iam_user):
    stranger = account()
    made = kms.create_key()["KeyMetadata"]["Arn"]
    policy = json.loads(kms.get_key_policy(KeyId=made)["Policy"])
    policy["Statement"].append(
        {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{stranger.account}:root"}, "Action": ["kms:Encrypt", "kms:Decrypt"], "Resource": "*"}
    )
    allow = {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}
    willing, unwilling = client("kms", iam_user(stranger, allow)), client("kms", iam_user(stranger))
    refused(willing.encrypt, "AccessDeniedException", KeyId=made, Plaintext=b"x")
    kms.put_key_policy(KeyId=made, Policy=json.dumps(policy))
    blob = willing.encrypt(KeyId=made, Plaintext=b"x")["CiphertextBlob"]
    assert willing.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"
    refused(unwilling.encrypt, "AccessDeniedException", KeyId=made, Plaintext=b"x")
    # What no key policy can grant to another account.
    refused(willing.disable_key, "AccessDeniedException", KeyId=made)


def test_a_ciphertext_of_a_hidden_key_tells_nothing(client, kms, account):
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    blob = kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
    message = refused(client("kms", account()).decrypt, "AccessDeniedException", CiphertextBlob=blob)
    assert message == (
        "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not "
        "allowed to access."
    )


def test_grants_allow_what_no_policy_does(client, kms, root, iam_user):
    made = kms.create_key()["KeyMetadata"]["Arn"]
    user = iam_user(root)
    theirs = client("kms", user)
    refused(theirs.encrypt, "AccessDeniedException", KeyId=made, Plaintext=b"x")
    grant = kms.create_grant(
        KeyId=made, GranteePrincipal=user.arn, Operations=["Encrypt", "RetireGrant"], Name="for-a-user",
        Constraints={"EncryptionContextSubset": {"team": "a"}},
    )  # fmt: skip
    refused(theirs.encrypt, "AccessDeniedException", KeyId=made, Plaintext=b"x")
    theirs.encrypt(KeyId=made, Plaintext=b"x", EncryptionContext={"team": "a", "more": "b"}, GrantTokens=[grant["GrantToken"]])
    refused(theirs.generate_data_key, "AccessDeniedException", KeyId=made, KeySpec="AES_256", EncryptionContext={"team": "a"})
    listed = kms.list_grants(KeyId=made)["Grants"]
    assert [(entry["GrantId"], entry["Name"]) for entry in listed] == [(grant["GrantId"], "for-a-user")]
    theirs.retire_grant(GrantToken=grant["GrantToken"])
    assert kms.list_grants(KeyId=made)["Grants"] == []
    refused(theirs.encrypt, "AccessDeniedException", KeyId=made, Plaintext=b"x", EncryptionContext={"team": "a"})
    exact = kms.create_grant(
        KeyId=made, GranteePrincipal=user.arn, Operations=["Encrypt"], Constraints={"EncryptionContextEquals": {"team": "a"}}
    )
    theirs.encrypt(KeyId=made, Plaintext=b"x", EncryptionContext={"team": "a"})
    refused(theirs.encrypt, "AccessDeniedException", KeyId=made, Plaintext=b"x", EncryptionContext={"team": "a", "more": "b"})
    kms.revoke_grant(KeyId=made, GrantId=exact["GrantId"])
    refused(theirs.encrypt, "AccessDeniedException", KeyId=made, Plaintext=b"x", EncryptionContext={"team": "a"})


def test_a_grant_is_for_somebody_and_not_for_his_name(client, kms, root, iam_user):
    made = kms.create_key()["KeyMetadata"]["Arn"]
    user, iam = iam_user(root), client("iam", root)
    name = user.arn.split("/")[-1]
    kms.create_grant(KeyId=made, GranteePrincipal=user.arn, RetiringPrincipal=user.arn, Operations=["Encrypt"])
    client("kms", user).encrypt(KeyId=made, Plaintext=b"x")
    assert len(kms.list_grants(KeyId=made, GranteePrincipal=user.arn)["Grants"]) == 1
    assert kms.list_retirable_grants(RetiringPrincipal=user.arn)["Grants"][0]["GranteePrincipal"] == user.arn
    identity = iam.get_user(UserName=name)["User"]["UserId"]
    for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName=name)
    message = refused(kms.create_grant, "InvalidArnException", KeyId=made, GranteePrincipal=user.arn, Operations=["Encrypt"])
    assert message == f"ARN does not refer to a valid principal: {user.arn}"
    # A namesake has nothing of it.
    namesake = iam_user(root, name=name)
    assert namesake.arn == user.arn
    refused(client("kms", namesake).encrypt, "AccessDeniedException", KeyId=made, Plaintext=b"x")
    assert kms.list_grants(KeyId=made)["Grants"][0]["GranteePrincipal"] == identity
    assert kms.list_retirable_grants(RetiringPrincipal=user.arn)["Grants"] == []


def test_multi_region_keys_open_each_others_ciphertexts(client, kms, root):
    made = kms.create_key(MultiRegion=True)["KeyMetadata"]
    assert made["KeyId"].startswith("mrk-")
    kms.replicate_key(KeyId=made["KeyId"], ReplicaRegion="eu-west-1")
    there = client("kms", root, region="eu-west-1")
    blob = kms.encrypt(KeyId=made["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    assert there.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"
    replica = there.describe_key(KeyId=made["KeyId"])["KeyMetadata"]
    assert replica["MultiRegionConfiguration"]["MultiRegionKeyType"] == "REPLICA"
    kms.rotate_key_on_demand(KeyId=made["KeyId"])
    blob = kms.encrypt(KeyId=made["KeyId"], Plaintext=b"y")["CiphertextBlob"]
    assert there.decrypt(CiphertextBlob=blob)["Plaintext"] == b"y"
    kms.update_primary_region(KeyId=made["KeyId"], PrimaryRegion="eu-west-1")
    configuration = kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]["MultiRegionConfiguration"]
    assert configuration["PrimaryKey"]["Region"] == "eu-west-1" and configuration["MultiRegionKeyType"] == "REPLICA"
    single = kms.create_key()["KeyMetadata"]["KeyId"]
    refused(kms.replicate_key, "UnsupportedOperationException", KeyId=single, ReplicaRegion="eu-west-1")


def test_deletion_rotation_and_expiry_follow_the_clock(server, clock, client, account):
    running, root = server(), account()
    kms, time = client("kms", root, at=running.endpoint), clock(running)
    doomed = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/doomed", TargetKeyId=doomed)
    message = refused(kms.schedule_key_deletion, "ValidationException", KeyId=doomed, PendingWindowInDays=6)
    assert "7" in message
    answer = kms.schedule_key_deletion(KeyId=doomed, PendingWindowInDays=7)
    assert answer["KeyState"] == "PendingDeletion"
    message = refused(kms.encrypt, "KMSInvalidStateException", KeyId=doomed, Plaintext=b"x")
    assert message.endswith("is pending deletion.")
    kms.cancel_key_deletion(KeyId=doomed)
    assert kms.describe_key(KeyId=doomed)["KeyMetadata"]["KeyState"] == "Disabled"
    kms.schedule_key_deletion(KeyId=doomed, PendingWindowInDays=7)

    turning = kms.create_key()["KeyMetadata"]["KeyId"]
    blob = kms.encrypt(KeyId=turning, Plaintext=b"old")["CiphertextBlob"]
    first = kms.describe_key(KeyId=turning)["KeyMetadata"]["CurrentKeyMaterialId"]
    kms.enable_key_rotation(KeyId=turning, RotationPeriodInDays=90)
    time.advance("7d")
    refused(kms.describe_key, "NotFoundException", KeyId=doomed)
    assert kms.list_aliases()["Aliases"] == []
    time.advance("84d")
    second = kms.describe_key(KeyId=turning)["KeyMetadata"]["CurrentKeyMaterialId"]
    assert second != first
    assert [entry["RotationType"] for entry in kms.list_key_rotations(KeyId=turning)["Rotations"]] == ["AUTOMATIC"]
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"old"
    assert kms.decrypt(CiphertextBlob=blob)["KeyMaterialId"] == first
    assert kms.get_key_rotation_status(KeyId=turning)["KeyRotationEnabled"] is True


def test_keys_survive_a_kill_and_are_encrypted_on_disk(server, client, account):
    running, root = server(), account()
    kms = client("kms", root, at=running.endpoint)
    secret = b"a-secret-that-nobody-may-find"
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    hmac = kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["KeyId"]
    mac = kms.generate_mac(KeyId=hmac, Message=b"m", MacAlgorithm="HMAC_SHA_256")["Mac"]
    grant = kms.create_grant(KeyId=key, GranteePrincipal=f"arn:aws:iam::{root.account}:root", Operations=["Decrypt"])["GrantId"]
    blob = kms.encrypt(KeyId=key, Plaintext=secret)["CiphertextBlob"]
    running.kill9()
    running.start()
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == secret
    assert kms.generate_mac(KeyId=hmac, Message=b"m", MacAlgorithm="HMAC_SHA_256")["Mac"] == mac
    assert [entry["GrantId"] for entry in kms.list_grants(KeyId=key)["Grants"]] == [grant]
    path = os.path.join(running.data, "kms-root.key")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600 and os.path.getsize(path) == 32
