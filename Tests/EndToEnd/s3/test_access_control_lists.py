"""Access control lists, the three modes of object ownership, and what they grant to whom."""

import json

import pytest
import requests
from botocore.exceptions import ClientError
from harness.http import send

ALL = "http://acs.amazonaws.com/groups/global/AllUsers"
AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
LOGS = "http://acs.amazonaws.com/groups/s3/LogDelivery"
OFF = (400, "AccessControlListNotSupported", "The bucket does not allow ACLs")


def refusal(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    error = caught.value.response
    return error["ResponseMetadata"]["HTTPStatusCode"], error["Error"]["Code"], error["Error"].get("Message", "")


def canonical(s3):
    """The canonical user id of a client's account."""
    return s3.list_buckets()["Owner"]["ID"]


def shown(answer):
    """Grants as a set of (grantee, permission)."""
    return {(g["Grantee"].get("ID") or g["Grantee"]["URI"], g["Permission"]) for g in answer["Grants"]}


def allow(*actions, principal="*", resources, **more):
    return json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": principal, "Action": list(actions), "Resource": list(resources), **more}})


@pytest.fixture
def two(account, client, unique):
    """Owner, stranger, and a bucket of the owner's with lists, open to the public."""

    def make(ownership="ObjectWriter", is_open=True):
        owner, stranger = account(), account()
        mine, theirs, bucket = client("s3", owner), client("s3", stranger), unique("acl")
        mine.create_bucket(Bucket=bucket, ObjectOwnership=ownership)
        if is_open:
            mine.delete_public_access_block(Bucket=bucket)
        return owner, stranger, mine, theirs, bucket

    return make


# Off


def test_while_lists_are_off_only_the_owners_full_control_is_taken(account, client, unique):
    s3, bucket = client("s3", account()), unique("acl")
    s3.create_bucket(Bucket=bucket)
    me = canonical(s3)
    assert s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"] == [
        {"ObjectOwnership": "BucketOwnerEnforced"}]
    s3.put_object(Bucket=bucket, Key="k", ACL="bucket-owner-full-control")
    s3.put_object(Bucket=bucket, Key="k", GrantFullControl=f'id="{me}"')
    for call, more in [
        (s3.put_object, dict(Key="k", ACL="public-read")), (s3.put_object, dict(Key="k", GrantRead=f'uri="{ALL}"')),
        (s3.create_multipart_upload, dict(Key="k", ACL="authenticated-read")),
        (s3.copy_object, dict(Key="k2", CopySource=f"{bucket}/k", ACL="public-read")),
        (s3.put_object_acl, dict(Key="k", ACL="private")), (s3.put_bucket_acl, dict(ACL="private")),
    ]:
        assert refusal(call, Bucket=bucket, **more) == OFF
    assert shown(s3.get_object_acl(Bucket=bucket, Key="k")) == {(me, "FULL_CONTROL")}


def test_a_bucket_cannot_be_made_with_a_list_that_counts_for_nothing(account, client, unique):
    s3 = client("s3", account())
    assert refusal(s3.create_bucket, Bucket=unique("acl"), ACL="public-read") == (
        400, "InvalidBucketAclWithObjectOwnership",
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting")
    assert refusal(s3.create_bucket, Bucket=unique("acl"), ACL="public-read", ObjectOwnership="ObjectWriter") == (
        400, "InvalidBucketAclWithBlockPublicAccessError",
        "Bucket cannot have public ACLs set with BlockPublicAccess enabled")
    assert refusal(s3.create_bucket, Bucket=unique("acl"), ObjectOwnership="Nobody")[:2] == (400, "InvalidArgument")


def test_lists_are_turned_off_only_without_grants(two):
    _, _, mine, theirs, bucket = two()
    mine.put_bucket_acl(Bucket=bucket, GrantRead=f'id="{canonical(theirs)}"')
    enforced = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert refusal(mine.put_bucket_ownership_controls, Bucket=bucket, OwnershipControls=enforced)[:2] == (
        400, "InvalidBucketAclWithObjectOwnership")
    mine.put_bucket_acl(Bucket=bucket, ACL="private")
    mine.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=enforced)
    mine.delete_bucket_ownership_controls(Bucket=bucket)
    assert refusal(mine.get_bucket_ownership_controls, Bucket=bucket) == (
        404, "OwnershipControlsNotFoundError", "The bucket ownership controls were not found")
    mine.put_bucket_acl(Bucket=bucket, ACL="public-read")


# Writing lists


@pytest.mark.parametrize(
    "canned, grants",
    [
        ("private", set()),
        ("public-read", {(ALL, "READ")}),
        ("public-read-write", {(ALL, "READ"), (ALL, "WRITE")}),
        ("authenticated-read", {(AUTHENTICATED, "READ")}),
        ("log-delivery-write", {(LOGS, "WRITE"), (LOGS, "READ_ACP")}),
        ("bucket-owner-read", set()),
        ("bucket-owner-full-control", set()),
    ],
)
def test_canned_lists(two, canned, grants):
    _, _, mine, _, bucket = two()
    me = canonical(mine)
    if canned.startswith("bucket-owner") is False:
        mine.put_bucket_acl(Bucket=bucket, ACL=canned)
        assert shown(mine.get_bucket_acl(Bucket=bucket)) == {(me, "FULL_CONTROL")} | grants
    if canned == "log-delivery-write":
        assert refusal(mine.put_object, Bucket=bucket, Key="k", ACL=canned)[:2] == (400, "InvalidArgument")
        return
    mine.put_object(Bucket=bucket, Key="k", ACL=canned)
    assert shown(mine.get_object_acl(Bucket=bucket, Key="k")) == {(me, "FULL_CONTROL")} | grants
    mine.put_object(Bucket=bucket, Key="l")
    mine.put_object_acl(Bucket=bucket, Key="l", ACL=canned)
    assert shown(mine.get_object_acl(Bucket=bucket, Key="l")) == {(me, "FULL_CONTROL")} | grants


def test_grants_in_headers_and_documents(two):
    _, _, mine, theirs, bucket = two()
    me, them = canonical(mine), canonical(theirs)
    mine.put_object(
        Bucket=bucket, Key="k", GrantRead=f'id="{them}", uri="{ALL}"', GrantWriteACP=f"id={them}", GrantFullControl=f"id={me}")
    assert shown(mine.get_object_acl(Bucket=bucket, Key="k")) == {
        (me, "FULL_CONTROL"), (them, "READ"), (ALL, "READ"), (them, "WRITE_ACP")}
    policy = mine.get_object_acl(Bucket=bucket, Key="k")
    document = {"Owner": policy["Owner"], "Grants": policy["Grants"][:2]}
    mine.put_object_acl(Bucket=bucket, Key="k", AccessControlPolicy=document)
    assert mine.get_object_acl(Bucket=bucket, Key="k")["Grants"] == document["Grants"]
    mine.put_bucket_acl(Bucket=bucket, AccessControlPolicy=document)
    assert mine.get_bucket_acl(Bucket=bucket)["Grants"] == document["Grants"]


@pytest.mark.parametrize(
    "parameters, code, message",
    [
        (dict(ACL="public"), "InvalidArgument", ""),
        (dict(ACL="private", GrantRead="id=x"), "InvalidRequest", "Specifying both Canned ACLs and Header Grants is not allowed"),
        (dict(GrantRead="id=x"), "InvalidArgument", "Invalid id"),
        (dict(GrantRead="uri=x"), "InvalidArgument", "Invalid group uri"),
        (dict(GrantRead="x"), "InvalidArgument", "Argument format not recognized"),
        (dict(GrantRead="emailAddress=a@b.c"), "UnresolvableGrantByEmailAddress", "The e-mail address you provided does not match any account on record."),
        (dict(), "MissingSecurityHeader", "Your request was missing a required header"),
        (dict(AccessControlPolicy={"Grants": []}), "MalformedACLError", "The XML you provided was not well-formed or did not validate against our published schema"),
        (dict(AccessControlPolicy={"Owner": {"ID": "x"}, "Grants": []}), "InvalidArgument", "Invalid id"),
    ],
)
def test_wrong_lists(two, parameters, code, message):
    _, _, mine, _, bucket = two()
    mine.put_object(Bucket=bucket, Key="k")
    for call, more in [(mine.put_bucket_acl, {}), (mine.put_object_acl, {"Key": "k"})]:
        assert refusal(call, Bucket=bucket, **more, **parameters) == (400, code, message)


def test_the_owner_in_a_document_must_be_the_owner(two):
    _, _, mine, theirs, bucket = two()
    document = {"Owner": {"ID": canonical(theirs)}, "Grants": []}
    assert refusal(mine.put_bucket_acl, Bucket=bucket, AccessControlPolicy=document)[:2] == (403, "AccessDenied")


# What lists grant

READ, READ_ACP, WRITE_ACP, FULL = "GrantRead", "GrantReadACP", "GrantWriteACP", "GrantFullControl"


@pytest.mark.parametrize("who", ["account", "authenticated", "all"])
@pytest.mark.parametrize(
    "grant, allowed",
    [(READ, {"get"}), (READ_ACP, {"acl"}), (WRITE_ACP, {"put acl"}), (FULL, {"get", "acl", "put acl"})],
)
def test_what_a_grant_on_an_object_allows(two, endpoint, who, grant, allowed):
    _, _, mine, theirs, bucket = two()
    grantee = {"account": f"id={canonical(theirs)}", "authenticated": f"uri={AUTHENTICATED}", "all": f"uri={ALL}"}[who]
    mine.put_object(Bucket=bucket, Key="k", **{grant: grantee})
    acl = mine.get_object_acl(Bucket=bucket, Key="k")
    calls = {
        "get": (theirs.get_object, {}), "acl": (theirs.get_object_acl, {}),
        "put acl": (theirs.put_object_acl, {"AccessControlPolicy": {"Owner": acl["Owner"], "Grants": acl["Grants"]}}),
        "tags": (theirs.get_object_tagging, {}), "delete": (theirs.delete_object, {}),
    }
    for name, (call, more) in calls.items():
        if name in allowed:
            call(Bucket=bucket, Key="k", **more)
        else:
            assert refusal(call, Bucket=bucket, Key="k", **more)[:2] == (403, "AccessDenied"), name
    anonymous = requests.get(f"{endpoint}/{bucket}/k", timeout=10).status_code
    assert anonymous == (200 if who == "all" and "get" in allowed else 403)


@pytest.mark.parametrize(
    "grant, allowed",
    [(READ, {"list", "versions"}), ("GrantWrite", {"put"}), (READ_ACP, {"acl"}), (WRITE_ACP, {"put acl"}),
     (FULL, {"list", "versions", "put", "acl", "put acl"})],
)
def test_what_a_grant_on_a_bucket_allows(two, grant, allowed):
    _, _, mine, theirs, bucket = two()
    mine.put_object(Bucket=bucket, Key="k")
    mine.put_bucket_acl(Bucket=bucket, **{grant: f"id={canonical(theirs)}"})
    acl = mine.get_bucket_acl(Bucket=bucket)
    calls = {
        "list": (theirs.list_objects_v2, {}), "versions": (theirs.list_object_versions, {}),
        "put": (theirs.put_object, {"Key": "new"}), "acl": (theirs.get_bucket_acl, {}),
        "put acl": (theirs.put_bucket_acl, {"AccessControlPolicy": {"Owner": acl["Owner"], "Grants": acl["Grants"]}}),
        "get": (theirs.get_object, {"Key": "k"}), "policy": (theirs.get_bucket_policy, {}),
        "delete": (theirs.delete_object, {"Key": "k"}),
    }
    for name, (call, more) in calls.items():
        if name in allowed:
            call(Bucket=bucket, **more)
        else:
            assert refusal(call, Bucket=bucket, **more)[:2] == (403, "AccessDenied"), name
    if "put" in allowed:
        theirs.delete_object(Bucket=bucket, Key="new")


def test_a_user_of_another_account_needs_its_permission_too(two, iam_user, client):
    _, stranger, mine, theirs, bucket = two()
    mine.put_object(Bucket=bucket, Key="k", GrantRead=f"id={canonical(theirs)}")
    user = iam_user(stranger)
    assert refusal(client("s3", user).get_object, Bucket=bucket, Key="k")[:2] == (403, "AccessDenied")
    client("iam", stranger).put_user_policy(UserName=user.name, PolicyName="p", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}))
    client("s3", user).get_object(Bucket=bucket, Key="k")


def test_a_denial_in_the_policy_beats_a_grant(two, endpoint):
    _, _, mine, _, bucket = two()
    mine.put_object(Bucket=bucket, Key="k", ACL="public-read")
    assert requests.get(f"{endpoint}/{bucket}/k", timeout=10).status_code == 200
    mine.put_bucket_policy(Bucket=bucket, Policy=allow("s3:GetObject", resources=[f"arn:aws:s3:::{bucket}/*"]).replace("Allow", "Deny"))
    assert requests.get(f"{endpoint}/{bucket}/k", timeout=10).status_code == 403


# Ownership


@pytest.mark.parametrize(
    "ownership, acl, owner",
    [
        ("ObjectWriter", None, "writer"),
        ("ObjectWriter", "bucket-owner-full-control", "writer"),
        ("BucketOwnerPreferred", None, "writer"),
        ("BucketOwnerPreferred", "bucket-owner-full-control", "bucket owner"),
        ("BucketOwnerEnforced", None, "bucket owner"),
        ("BucketOwnerEnforced", "bucket-owner-full-control", "bucket owner"),
    ],
)
@pytest.mark.parametrize("multipart", [False, True])
def test_whose_an_object_is(two, ownership, acl, owner, multipart):
    _, stranger, mine, theirs, bucket = two(ownership)
    mine.put_bucket_policy(Bucket=bucket, Policy=allow(
        "s3:PutObject", "s3:PutObjectAcl", principal={"AWS": stranger.account}, resources=[f"arn:aws:s3:::{bucket}/*"]))
    more = {"ACL": acl} if acl else {}
    if multipart:
        upload = dict(Bucket=bucket, Key="k", UploadId=theirs.create_multipart_upload(Bucket=bucket, Key="k", **more)["UploadId"])
        part = theirs.upload_part(PartNumber=1, Body=b"1", **upload)
        shown_owner = mine.list_multipart_uploads(Bucket=bucket)["Uploads"][0]["Owner"]["ID"]
        assert shown_owner == canonical(theirs if owner == "writer" else mine)
        theirs.complete_multipart_upload(MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}, **upload)
    else:
        theirs.put_object(Bucket=bucket, Key="k", Body=b"1", **more)
    expected = canonical(theirs if owner == "writer" else mine)
    reader = theirs if owner == "writer" else mine
    assert reader.get_object_acl(Bucket=bucket, Key="k")["Owner"]["ID"] == expected
    assert mine.list_objects_v2(Bucket=bucket, FetchOwner=True)["Contents"][0]["Owner"]["ID"] == expected
    # The bucket's owner reads what is his, or what its owner lets him read.
    if owner == "writer" and not acl:
        assert refusal(mine.get_object, Bucket=bucket, Key="k")[:2] == (403, "AccessDenied")
    else:
        assert mine.get_object(Bucket=bucket, Key="k")["Body"].read() == b"1"
    # He may always delete it.
    mine.delete_object(Bucket=bucket, Key="k")


def test_a_bucket_policy_does_not_reach_what_is_another_accounts(two, account, client):
    _, stranger, mine, theirs, bucket = two()
    third = client("s3", account())
    mine.put_object(Bucket=bucket, Key="mine", Body=b"1")
    mine.put_bucket_acl(Bucket=bucket, GrantWrite=f"id={canonical(theirs)}", GrantFullControl=f"id={canonical(mine)}")
    theirs.put_object(Bucket=bucket, Key="theirs", Body=b"1")
    mine.put_bucket_policy(Bucket=bucket, Policy=allow("s3:GetObject", resources=[f"arn:aws:s3:::{bucket}/*"]))
    third.get_object(Bucket=bucket, Key="mine")
    assert refusal(third.get_object, Bucket=bucket, Key="theirs")[:2] == (403, "AccessDenied")
    theirs.put_object_acl(Bucket=bucket, Key="theirs", GrantRead=f"id={canonical(third)}")
    third.get_object(Bucket=bucket, Key="theirs")
    # Once lists are off, everything is the bucket owner's.
    mine.put_bucket_acl(Bucket=bucket, ACL="private")
    mine.put_bucket_ownership_controls(
        Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
    assert mine.get_object(Bucket=bucket, Key="theirs")["Body"].read() == b"1"
    assert shown(mine.get_object_acl(Bucket=bucket, Key="theirs")) == {(canonical(mine), "FULL_CONTROL")}


def test_what_nobody_signed_is_the_anonymous_users(two, endpoint):
    _, _, mine, _, bucket = two()
    mine.put_bucket_acl(Bucket=bucket, ACL="public-read-write")
    assert requests.put(f"{endpoint}/{bucket}/k", data=b"1", timeout=10).status_code == 200
    assert mine.list_objects(Bucket=bucket)["Contents"][0]["Owner"]["ID"] == "65a011a29cdf8ec533ec3d1ccaae921c"
    assert requests.get(f"{endpoint}/{bucket}/k", timeout=10).content == b"1"


# Policies


@pytest.mark.parametrize(
    "key, value, good, bad",
    [
        ("s3:x-amz-acl", "public-read", dict(ACL="public-read"), dict(ACL="private")),
        ("s3:x-amz-grant-read", f"uri={ALL}", dict(GrantRead=f"uri={ALL}"), dict(GrantRead=f"uri={AUTHENTICATED}")),
        ("s3:x-amz-grant-full-control", "id={me}", dict(GrantFullControl="id={me}"), {}),
    ],
)
def test_policies_see_the_headers(two, iam_user, client, key, value, good, bad):
    owner, _, mine, _, bucket = two()
    me = canonical(mine)
    user = client("s3", iam_user(owner, [
        {"Effect": "Allow", "Action": "s3:PutObjectAcl", "Resource": "*"},
        {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*", "Condition": {"StringEquals": {key: value.format(me=me)}}}]))
    user.put_object(Bucket=bucket, Key="k", **{name: text.format(me=me) for name, text in good.items()})
    assert refusal(user.put_object, Bucket=bucket, Key="k", **bad)[:2] == (403, "AccessDenied")


def test_a_list_needs_its_own_permission(two, iam_user, client):
    owner, _, _, _, bucket = two()
    user = client("s3", iam_user(owner, {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}))
    user.put_object(Bucket=bucket, Key="k")
    status, code, message = refusal(user.put_object, Bucket=bucket, Key="k", ACL="public-read")
    assert (status, code) == (403, "AccessDenied") and "perform: s3:PutObjectAcl" in message


# Crashes and tools


def test_lists_survive_kill9(server, client, account):
    running = server()
    owner, stranger = account(), account()
    mine, theirs = client("s3", owner, at=running.endpoint), client("s3", stranger, at=running.endpoint)
    mine.create_bucket(Bucket="lists", ObjectOwnership="ObjectWriter")
    mine.delete_public_access_block(Bucket="lists")
    mine.put_bucket_acl(Bucket="lists", GrantFullControl=f"id={canonical(mine)}", GrantWrite=f"id={canonical(theirs)}")
    theirs.put_object(Bucket="lists", Key="k", Body=b"1", ACL="public-read")
    before = theirs.get_object_acl(Bucket="lists", Key="k")
    running.kill9()
    running.start()
    mine, theirs = client("s3", owner, at=running.endpoint), client("s3", stranger, at=running.endpoint)
    after = theirs.get_object_acl(Bucket="lists", Key="k")
    assert (after["Owner"], after["Grants"]) == (before["Owner"], before["Grants"])
    assert requests.get(f"{running.endpoint}/lists/k", timeout=10).content == b"1"
    theirs.put_object(Bucket="lists", Key="l", Body=b"1")


def test_the_aws_cli(aws, two, endpoint, tmp_path):
    owner, _, _, _, bucket = two()
    (tmp_path / "page.html").write_text("<p>hello")
    aws("s3", "cp", str(tmp_path / "page.html"), f"s3://{bucket}/page.html", "--acl", "public-read", creds=owner)
    assert requests.get(f"{endpoint}/{bucket}/page.html", timeout=10).text == "<p>hello"
    aws("s3api", "put-object-acl", "--bucket", bucket, "--key", "page.html", "--acl", "private", creds=owner)
    assert requests.get(f"{endpoint}/{bucket}/page.html", timeout=10).status_code == 403
    shown = aws("s3api", "get-bucket-acl", "--bucket", bucket, creds=owner).json
    assert shown["Grants"][0]["Permission"] == "FULL_CONTROL"
