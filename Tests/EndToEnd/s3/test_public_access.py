"""Block Public Access of buckets and accounts, what counts as public, and the remaining condition keys."""

import json

import pytest
import requests
from botocore.exceptions import ClientError

NONE = dict(BlockPublicAcls=False, IgnorePublicAcls=False, BlockPublicPolicy=False, RestrictPublicBuckets=False)


def refusal(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    error = caught.value.response
    return error["ResponseMetadata"]["HTTPStatusCode"], error["Error"]["Code"], error["Error"].get("Message", "")


def control_client(client, creds, endpoint):
    """S3 Control, whose client puts the account in front of the host: it goes to the same address here."""
    made = client("s3control", creds, at=endpoint.replace("127.0.0.1", "localhost"))

    def send(request, **_):
        # The name need not resolve on this machine; it is signed all the same.
        host = f"{creds.account}.localhost"
        request.headers["Host"] = request.url.split("/")[2]
        request.url = request.url.replace(host, "127.0.0.1")

    made.meta.events.register("before-send.s3-control", send)
    return made


@pytest.fixture
def control(client, endpoint):
    return lambda creds: control_client(client, creds, endpoint)


def policy(bucket, *statements):
    whole = [{"Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"], "Effect": "Allow", "Action": "s3:*", **s} for s in statements]
    return json.dumps({"Version": "2012-10-17", "Statement": whole})


@pytest.fixture
def place(account, client, unique):
    """An account, its S3 client, and a bucket with lists where nothing is blocked."""
    root, bucket = account(), unique("public")
    s3 = client("s3", root)
    s3.create_bucket(Bucket=bucket, ObjectOwnership="ObjectWriter")
    s3.delete_public_access_block(Bucket=bucket)
    return root, s3, bucket


@pytest.fixture(params=["bucket", "account"])
def block(request, place, control):
    """Sets the switches, on the bucket or on the account."""
    root, s3, bucket = place

    def turn(**switches):
        wanted = {**NONE, **switches}
        if request.param == "bucket":
            s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=wanted)
        else:
            control(root).put_public_access_block(AccountId=root.account, PublicAccessBlockConfiguration=wanted)

    return turn


def test_an_accounts_block(control, account, client, iam_user):
    root, other = account(), account()
    mine = control(root)
    assert refusal(mine.get_public_access_block, AccountId=root.account) == (
        404, "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")
    wanted = {**NONE, "IgnorePublicAcls": True}
    mine.put_public_access_block(AccountId=root.account, PublicAccessBlockConfiguration=wanted)
    assert mine.get_public_access_block(AccountId=root.account)["PublicAccessBlockConfiguration"] == wanted
    user = iam_user(root, {"Effect": "Allow", "Action": "s3:GetAccountPublicAccessBlock", "Resource": "*"})
    control(user).get_public_access_block(AccountId=root.account)
    status, code, message = refusal(control(user).delete_public_access_block, AccountId=root.account)
    assert (status, code) == (403, "AccessDenied") and "s3:PutAccountPublicAccessBlock" in message
    mine.delete_public_access_block(AccountId=root.account)
    assert refusal(mine.get_public_access_block, AccountId=root.account)[1] == "NoSuchPublicAccessBlockConfiguration"


def test_block_public_acls(place, block):
    root, s3, bucket = place
    s3.put_object(Bucket=bucket, Key="old", ACL="public-read")
    block(BlockPublicAcls=True)
    for call, action, more in [
        (s3.put_object, "PutObject", {"Key": "k"}), (s3.put_object_acl, "PutObjectAcl", {"Key": "old"}),
        (s3.copy_object, "CopyObject", {"Key": "k", "CopySource": f"{bucket}/old"}),
        (s3.create_multipart_upload, "PutObject", {"Key": "k"}), (s3.put_bucket_acl, "PutBucketAcl", {}),
    ]:
        arn = f"arn:aws:s3:::{bucket}" + (f"/{more['Key']}" if more else "")
        assert refusal(call, Bucket=bucket, ACL="public-read", **more) == (
            403, "AccessDenied",
            f'User: {root.arn} is not authorized to perform: s3:{action} on resource: "{arn}" because public ACLs are '
            "prevented by the BlockPublicAcls setting in S3 Block Public Access.")
    s3.put_object(Bucket=bucket, Key="k", ACL="private")


def test_ignore_public_acls(place, block, endpoint):
    _, s3, bucket = place
    s3.put_object(Bucket=bucket, Key="k", ACL="public-read")
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read")
    urls = [f"{endpoint}/{bucket}/k", f"{endpoint}/{bucket}"]
    assert [requests.get(url, timeout=10).status_code for url in urls] == [200, 200]
    block(IgnorePublicAcls=True)
    assert [requests.get(url, timeout=10).status_code for url in urls] == [403, 403]
    s3.put_object(Bucket=bucket, Key="l", ACL="public-read")
    block()
    assert [requests.get(url, timeout=10).status_code for url in urls] == [200, 200]


def test_block_public_policy(place, block):
    root, s3, bucket = place
    block(BlockPublicPolicy=True)
    assert refusal(s3.put_bucket_policy, Bucket=bucket, Policy=policy(bucket, {"Principal": "*"})) == (
        403, "AccessDenied",
        f'User: {root.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::{bucket}" because '
        "public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.")
    s3.put_bucket_policy(Bucket=bucket, Policy=policy(bucket, {"Principal": {"AWS": root.account}}))


def test_restrict_public_buckets(place, block, endpoint, account, client, iam_user):
    root, s3, bucket = place
    stranger = client("s3", account())
    s3.put_object(Bucket=bucket, Key="k", Body=b"1")
    s3.put_bucket_policy(Bucket=bucket, Policy=policy(bucket, {"Principal": "*"}))
    assert requests.get(f"{endpoint}/{bucket}/k", timeout=10).status_code == 200
    stranger.get_object(Bucket=bucket, Key="k")
    block(RestrictPublicBuckets=True)
    assert requests.get(f"{endpoint}/{bucket}/k", timeout=10).status_code == 403
    assert refusal(stranger.get_object, Bucket=bucket, Key="k")[:2] == (403, "AccessDenied")
    client("s3", iam_user(root)).get_object(Bucket=bucket, Key="k")
    assert s3.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"] == {"IsPublic": True}


@pytest.mark.parametrize(
    "statement, is_public",
    [
        ({"Principal": "*"}, True),
        ({"Principal": {"AWS": "*"}}, True),
        ({"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}, False),
        ({"Principal": {"Service": "cloudtrail.amazonaws.com"}}, False),
        ({"Principal": "*", "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-91237329"}}}, False),
        ({"Principal": "*", "Condition": {"StringLike": {"aws:SourceVpc": "vpc-*"}}}, True),
        ({"Principal": "*", "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}, False),
        ({"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-abc"}}}, False),
        ({"Principal": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:topic"}}}, False),
        ({"Principal": "*", "Condition": {"StringLike": {"aws:userid": "AROAEXAMPLE:*"}}}, False),
        ({"Principal": "*", "Condition": {"StringLike": {"aws:userid": "*"}}}, True),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}, False),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}}}, True),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "2001:db8::/32"}}}, False),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "2001:db8::/16"}}}, True),
        ({"Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}, True),
        ({"Principal": "*", "Condition": {"StringNotEquals": {"aws:SourceVpc": "vpc-91237329"}}}, True),
        ({"Effect": "Deny", "Action": "s3:DeleteObject", "Principal": "*"}, False),
    ],
)
def test_what_counts_as_public(place, statement, is_public):
    _, s3, bucket = place
    s3.put_bucket_policy(Bucket=bucket, Policy=policy(bucket, statement))
    root_reads = s3.get_bucket_policy_status(Bucket=bucket)
    assert root_reads["PolicyStatus"] == {"IsPublic": is_public}


def test_without_a_policy_there_is_no_status(place):
    _, s3, bucket = place
    assert refusal(s3.get_bucket_policy_status, Bucket=bucket)[:2] == (404, "NoSuchBucketPolicy")


# Condition keys


@pytest.mark.parametrize(
    "condition, allowed",
    [
        ({"NumericGreaterThanEquals": {"s3:TlsVersion": "1.2"}}, True),
        ({"NumericLessThan": {"s3:TlsVersion": "1.2"}}, False),
        ({"StringEquals": {"s3:ResourceAccount": "{account}"}}, True),
        ({"StringEquals": {"s3:ResourceAccount": "111122223333"}}, False),
        ({"StringEquals": {"s3:signatureversion": "AWS4-HMAC-SHA256"}}, True),
        ({"StringEquals": {"s3:authType": "REST-HEADER"}}, True),
        ({"StringEquals": {"s3:authType": "REST-QUERY-STRING"}}, False),
        ({"StringEquals": {"s3:x-amz-storage-class": "STANDARD_IA"}}, True),
        ({"Null": {"s3:if-none-match": "false"}}, True),
        ({"StringEquals": {"s3:if-none-match": "*"}}, True),
        ({"StringEquals": {"s3:x-amz-website-redirect-location": "/there"}}, True),
    ],
)
def test_condition_keys_of_a_write(place, iam_user, client, condition, allowed):
    root, _, bucket = place
    text = json.loads(json.dumps(condition).replace("{account}", root.account))
    user = client("s3", iam_user(root, {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*", "Condition": text}))
    put = dict(Bucket=bucket, Key="k", StorageClass="STANDARD_IA", IfNoneMatch="*", WebsiteRedirectLocation="/there")
    if allowed:
        user.put_object(**put)
    else:
        assert refusal(user.put_object, **put)[:2] == (403, "AccessDenied")


@pytest.mark.parametrize("version, expected", [("s3v4", "AWS4-HMAC-SHA256"), ("s3", "AWS")])
def test_the_version_of_a_presigned_signature(place, iam_user, client, version, expected):
    root, s3, bucket = place
    s3.put_object(Bucket=bucket, Key="k", Body=b"1")
    for wanted, status in [(expected, 200), ("other", 403)]:
        user = iam_user(root, {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {
            "StringEquals": {"s3:signatureversion": wanted, "s3:authType": "REST-QUERY-STRING"}}})
        url = client("s3", user, signature_version=version).generate_presigned_url("get_object", {"Bucket": bucket, "Key": "k"})
        assert requests.get(url, timeout=10).status_code == status


def test_making_a_bucket_needs_what_it_is_made_with(account, client, iam_user, unique):
    user = client("s3", iam_user(account(), {"Effect": "Allow", "Action": "s3:CreateBucket", "Resource": "*"}))
    for parameters, action in [
        (dict(ObjectLockEnabledForBucket=True), "PutBucketObjectLockConfiguration"),
        (dict(ObjectOwnership="ObjectWriter"), "PutBucketOwnershipControls"), (dict(ACL="private"), "PutBucketAcl"),
    ]:
        status, code, message = refusal(user.create_bucket, Bucket=unique("made"), **parameters)
        assert (status, code) == (403, "AccessDenied") and f"perform: s3:{action}" in message
    user.create_bucket(Bucket=unique("made"))


def test_blocks_survive_kill9(server, client, account):
    running = server()
    root = account()
    s3 = client("s3", root, at=running.endpoint)
    s3.create_bucket(Bucket="blocked")
    s3.delete_public_access_block(Bucket="blocked")
    control_client(client, root, running.endpoint).put_public_access_block(
        AccountId=root.account, PublicAccessBlockConfiguration={**NONE, "BlockPublicPolicy": True})
    running.kill9()
    running.start()
    assert refusal(
        client("s3", root, at=running.endpoint).put_bucket_policy, Bucket="blocked",
        Policy=policy("blocked", {"Principal": "*"}))[:2] == (403, "AccessDenied")
