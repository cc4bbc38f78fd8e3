"""Buckets: making, finding, listing, deleting; their settings and policies."""

import json

import pytest
import requests
from botocore.exceptions import ClientError


def code(error):
    return error.value.response["Error"]["Code"]


@pytest.fixture
def home(account, client):
    """A fresh account with its S3 client."""
    creds = account()
    return creds, client("s3", creds)


def test_a_bucket_is_made_found_listed_and_deleted(home, unique):
    _, s3 = home
    name = unique("bucket")
    assert s3.create_bucket(Bucket=name)["Location"] == f"/{name}"
    head = s3.head_bucket(Bucket=name)
    assert head["BucketRegion"] == "us-east-1"
    assert s3.get_bucket_location(Bucket=name)["LocationConstraint"] is None
    listed = s3.list_buckets()
    assert [b["Name"] for b in listed["Buckets"]] == [name]
    assert len(listed["Owner"]["ID"]) == 64
    s3.delete_bucket(Bucket=name)
    assert s3.list_buckets()["Buckets"] == []
    with pytest.raises(ClientError) as error:
        s3.head_bucket(Bucket=name)
    assert code(error) == "404"


def test_names_are_one_space_for_all_accounts(home, account, client, unique):
    _, s3 = home
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    s3.create_bucket(Bucket=name)  # us-east-1 says nothing
    with pytest.raises(ClientError) as error:
        client("s3", account()).create_bucket(Bucket=name)
    assert code(error) == "BucketAlreadyExists"
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409


def test_elsewhere_making_a_bucket_twice_is_an_error(home, client, unique):
    creds, _ = home
    west = client("s3", creds, region="eu-west-1")
    name = unique("bucket")
    where = {"LocationConstraint": "eu-west-1"}
    west.create_bucket(Bucket=name, CreateBucketConfiguration=where)
    with pytest.raises(ClientError) as error:
        west.create_bucket(Bucket=name, CreateBucketConfiguration=where)
    assert code(error) == "BucketAlreadyOwnedByYou"
    assert west.get_bucket_location(Bucket=name)["LocationConstraint"] == "eu-west-1"


@pytest.mark.parametrize(
    "region, constraint, expected",
    [
        ("eu-west-1", None, "IllegalLocationConstraintException"),
        ("eu-west-1", "us-west-2", "IllegalLocationConstraintException"),
        ("us-east-1", "us-east-1", "InvalidLocationConstraint"),
        ("us-east-1", "nowhere", "InvalidLocationConstraint"),
    ],
)
def test_a_location_must_fit_the_endpoint(home, client, unique, region, constraint, expected):
    s3 = client("s3", home[0], region=region)
    more = {"CreateBucketConfiguration": {"LocationConstraint": constraint}} if constraint else {}
    with pytest.raises(ClientError) as error:
        s3.create_bucket(Bucket=unique("bucket"), **more)
    assert code(error) == expected


def test_a_bucket_of_another_region_is_pointed_to(home, client, unique):
    creds, _ = home
    name = unique("bucket")
    client("s3", creds, region="eu-west-1").create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    # boto3 follows by itself.
    assert client("s3", creds, retries={"total_max_attempts": 3}).list_objects_v2(Bucket=name)["KeyCount"] == 0


@pytest.mark.parametrize("name", ["ab", "UPPER", "under_score", "a..b", "192.168.0.1", "xn--name"])
def test_bad_names_are_refused(home, client, endpoint, name):
    _, s3 = home
    s3.meta.events.unregister("before-parameter-build.s3")
    from botocore.handlers import validate_bucket_name

    s3.meta.events.unregister("before-parameter-build.s3", validate_bucket_name)
    with pytest.raises(ClientError) as error:
        s3.create_bucket(Bucket=name)
    assert code(error) == "InvalidBucketName"


def test_a_bucket_with_something_in_it_stays(home, unique):
    _, s3 = home
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="k", Body=b"")
    with pytest.raises(ClientError) as error:
        s3.delete_bucket(Bucket=name)
    assert code(error) == "BucketNotEmpty"
    assert error.value.response["Error"]["BucketName"] == name


def test_lists_of_buckets_have_pages(home, unique):
    _, s3 = home
    names = sorted(unique("bucket") for _ in range(5))
    for name in names:
        s3.create_bucket(Bucket=name)
    pages = list(s3.get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 2}))
    assert len(pages) == 3
    assert [b["Name"] for page in pages for b in page["Buckets"]] == names
    assert [b["Name"] for b in s3.list_buckets(Prefix=names[3])["Buckets"]] == [names[3]]


def test_settings_that_a_new_bucket_has(home, unique):
    _, s3 = home
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    rule = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    assert set(s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"].values()) == {True}
    assert s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"] == [
        {"ObjectOwnership": "BucketOwnerEnforced"}
    ]
    acl = s3.get_bucket_acl(Bucket=name)
    assert acl["Grants"] == [
        {"Grantee": {"ID": acl["Owner"]["ID"], "Type": "CanonicalUser"}, "Permission": "FULL_CONTROL"}
    ]
    assert "Status" not in s3.get_bucket_versioning(Bucket=name)
    with pytest.raises(ClientError) as error:
        s3.put_bucket_acl(Bucket=name, ACL="public-read")
    assert code(error) == "AccessControlListNotSupported"
    for operation, expected in [
        (s3.get_bucket_tagging, "NoSuchTagSet"),
        (s3.get_bucket_policy, "NoSuchBucketPolicy"),
    ]:
        with pytest.raises(ClientError) as error:
            operation(Bucket=name)
        assert code(error) == expected


def test_tags_of_a_bucket(home, unique):
    _, s3 = home
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    tags = [{"Key": "team", "Value": "blue"}, {"Key": "cost", "Value": "1"}]
    s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags})
    assert s3.get_bucket_tagging(Bucket=name)["TagSet"] == tags
    s3.delete_bucket_tagging(Bucket=name)
    with pytest.raises(ClientError):
        s3.get_bucket_tagging(Bucket=name)


def test_what_is_not_built_says_so(home, unique):
    _, s3 = home
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    with pytest.raises(ClientError) as error:
        s3.put_bucket_accelerate_configuration(Bucket=name, AccelerateConfiguration={"Status": "Enabled"})
    assert code(error) == "NotImplemented"
    assert "PutBucketAccelerateConfiguration" in str(error.value)


def statement(name, **more):
    return {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{name}/*",
        **more,
    }


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def test_a_policy_is_checked_kept_and_deleted(home, unique):
    creds, s3 = home
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    for bad in ["nonsense", policy(statement("other")), policy(statement(name, Action="sqs:SendMessage"))]:
        with pytest.raises(ClientError) as error:
            s3.put_bucket_policy(Bucket=name, Policy=bad)
        assert code(error) == "MalformedPolicy"
    good = policy(statement(name, Principal={"AWS": creds.account}))
    s3.put_bucket_policy(Bucket=name, Policy=good)
    assert json.loads(s3.get_bucket_policy(Bucket=name)["Policy"])["Statement"][0]["Action"] == "s3:GetObject"
    assert s3.get_bucket_policy_status(Bucket=name)["PolicyStatus"]["IsPublic"] is False
    s3.delete_bucket_policy(Bucket=name)
    with pytest.raises(ClientError):
        s3.get_bucket_policy(Bucket=name)


def test_public_policies_need_block_public_access_off(home, unique, endpoint):
    _, s3 = home
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="k", Body=b"for all")
    with pytest.raises(ClientError) as error:
        s3.put_bucket_policy(Bucket=name, Policy=policy(statement(name)))
    assert code(error) == "AccessDenied"
    assert "BlockPublicPolicy" in str(error.value)
    s3.delete_public_access_block(Bucket=name)
    s3.put_bucket_policy(Bucket=name, Policy=policy(statement(name)))
    assert s3.get_bucket_policy_status(Bucket=name)["PolicyStatus"]["IsPublic"] is True
    assert requests.get(f"{endpoint}/{name}/k", timeout=10).content == b"for all"
    assert requests.get(f"{endpoint}/{name}/missing", timeout=10).status_code == 403
    assert requests.put(f"{endpoint}/{name}/new", data=b"x", timeout=10).status_code == 403
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration={"RestrictPublicBuckets": True})
    assert requests.get(f"{endpoint}/{name}/k", timeout=10).status_code == 403


def test_the_expected_owner_is_checked(home, account, unique):
    creds, s3 = home
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    s3.head_bucket(Bucket=name, ExpectedBucketOwner=creds.account)
    with pytest.raises(ClientError) as error:
        s3.list_objects_v2(Bucket=name, ExpectedBucketOwner=account().account)
    assert code(error) == "AccessDenied"


def test_another_account_reads_what_both_sides_allow(home, account, client, iam_user, unique):
    _, s3 = home
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="shared/k", Body=b"x")
    s3.put_object(Bucket=name, Key="own/k", Body=b"x")
    other = account()
    user = iam_user(other, {"Effect": "Allow", "Action": "s3:*", "Resource": "*"})
    theirs = client("s3", user)
    with pytest.raises(ClientError) as error:
        theirs.get_object(Bucket=name, Key="shared/k")
    assert error.value.response["Error"]["Message"] == "Access Denied"
    s3.put_bucket_policy(
        Bucket=name,
        Policy=policy(
            statement(
                name,
                Principal={"AWS": user.arn},
                Action=["s3:GetObject", "s3:PutObject"],
                Resource=f"arn:aws:s3:::{name}/shared/*",
            )
        ),
    )
    assert theirs.get_object(Bucket=name, Key="shared/k")["Body"].read() == b"x"
    theirs.put_object(Bucket=name, Key="shared/new", Body=b"theirs")
    # The bucket's owner owns what others write.
    assert s3.get_object(Bucket=name, Key="shared/new")["Body"].read() == b"theirs"
    with pytest.raises(ClientError):
        theirs.get_object(Bucket=name, Key="own/k")
    mine = unique("bucket")
    theirs.create_bucket(Bucket=mine)
    theirs.copy_object(Bucket=mine, Key="copy", CopySource={"Bucket": name, "Key": "shared/k"})
    assert theirs.get_object(Bucket=mine, Key="copy")["Body"].read() == b"x"
    with pytest.raises(ClientError) as error:
        theirs.copy_object(Bucket=mine, Key="copy", CopySource={"Bucket": name, "Key": "own/k"})
    assert code(error) == "AccessDenied"


def test_missing_keys_are_hidden_from_those_who_may_not_list(home, client, iam_user, unique):
    root, s3 = home
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    reader = client("s3", iam_user(root, {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}))
    with pytest.raises(ClientError) as error:
        reader.get_object(Bucket=name, Key="missing")
    assert code(error) == "AccessDenied"
    message = error.value.response["Error"]["Message"]
    assert f's3:ListBucket on resource: "arn:aws:s3:::{name}"' in message
    assert message.endswith("because no identity-based policy allows the s3:ListBucket action")
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=name, Key="missing")
    assert code(error) == "NoSuchKey"
    assert error.value.response["Error"]["Key"] == "missing"


def test_conditions_look_at_tags_prefixes_and_headers(home, client, iam_user, unique):
    root, s3 = home
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="open", Body=b"x", Tagging="level=open")
    s3.put_object(Bucket=name, Key="closed", Body=b"x", Tagging="level=closed")
    user = client(
        "s3",
        iam_user(
            root,
            [
                {
                    "Effect": "Allow",
                    "Action": "s3:GetObject",
                    "Resource": "*",
                    "Condition": {"StringEquals": {"s3:ExistingObjectTag/level": "open"}},
                },
                {
                    "Effect": "Allow",
                    "Action": "s3:ListBucket",
                    "Resource": "*",
                    "Condition": {"StringLike": {"s3:prefix": "home/*"}},
                },
                {
                    "Effect": "Allow",
                    "Action": "s3:PutObject",
                    "Resource": "*",
                    "Condition": {"StringEquals": {"s3:x-amz-storage-class": "STANDARD_IA"}},
                },
            ],
        ),
    )
    user.get_object(Bucket=name, Key="open")
    user.list_objects_v2(Bucket=name, Prefix="home/me")
    user.put_object(Bucket=name, Key="k", Body=b"", StorageClass="STANDARD_IA")
    for call in [
        lambda: user.get_object(Bucket=name, Key="closed"),
        lambda: user.list_objects_v2(Bucket=name, Prefix="else"),
        lambda: user.list_objects_v2(Bucket=name),
        lambda: user.put_object(Bucket=name, Key="k", Body=b""),
    ]:
        with pytest.raises(ClientError) as error:
            call()
        assert code(error) == "AccessDenied"
