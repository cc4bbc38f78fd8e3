"""Server-side encryption: bucket defaults, KMS keys as KMS judges them, and customers' keys."""

import base64
import glob
import hashlib
import json
import os

import pytest
import requests
from botocore.exceptions import ClientError

KEY, OTHER = b"k" * 32, b"o" * 32
LARGE = os.urandom(5 << 20)
C = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}
WRONG = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": OTHER}
SOURCE = {"CopySourceSSECustomerAlgorithm": "AES256", "CopySourceSSECustomerKey": KEY}


def allow_customer_keys(s3, bucket):
    s3.put_bucket_encryption(
        Bucket=bucket,
        ServerSideEncryptionConfiguration={"Rules": [{"BlockedEncryptionTypes": {"EncryptionType": ["NONE"]}}]},
    )


def default_key(s3, bucket, key, algorithm="aws:kms", **rule):
    apply = {"SSEAlgorithm": algorithm, **({"KMSMasterKeyID": key} if key else {})}
    s3.put_bucket_encryption(
        Bucket=bucket,
        ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": apply, **rule}]},
    )


@pytest.fixture
def place(account, client, unique):
    """A root user, an S3 client, a KMS client, a bucket that takes customers' keys, and a KMS key's ARN."""
    root, bucket = account(), unique("sse")
    s3, kms = client("s3", root), client("kms", root)
    s3.create_bucket(Bucket=bucket)
    allow_customer_keys(s3, bucket)
    return root, s3, kms, bucket, kms.create_key()["KeyMetadata"]["Arn"]


def refusal(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    error = caught.value.response
    return error["ResponseMetadata"]["HTTPStatusCode"], error["Error"]["Code"], error["Error"].get("Message", "")


# What a bucket does by itself


def test_a_new_bucket_encrypts_with_s3s_keys_and_takes_no_customers_keys(account, client, unique):
    root, bucket = account(), unique("sse")
    s3 = client("s3", root)
    s3.create_bucket(Bucket=bucket)
    rule = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule == [{
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False,
        "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]},
    }]
    status, code, message = refusal(s3.put_object, Bucket=bucket, Key="k", Body=b"1", **C)
    assert (status, code) == (403, "AccessDenied")
    assert message == (
        f'User: {root.arn} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::{bucket}/k" because this '
        "bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). "
        "Please specify a different server-side encryption type"
    )


def test_the_default_applies_to_puts_copies_and_uploads(place):
    _, s3, kms, bucket, key = place
    default_key(s3, bucket, key.split("/")[1], BucketKeyEnabled=True)
    rule = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"] == key.split("/")[1]
    assert rule["BlockedEncryptionTypes"] == {"EncryptionType": ["NONE"]}
    made = s3.put_object(Bucket=bucket, Key="a", Body=b"hello")
    expected = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key, "BucketKeyEnabled": True}
    for answer in [
        made, s3.get_object(Bucket=bucket, Key="a"), s3.head_object(Bucket=bucket, Key="a"),
        s3.copy_object(Bucket=bucket, Key="b", CopySource=f"{bucket}/a"),
        s3.create_multipart_upload(Bucket=bucket, Key="c"),
    ]:
        assert {name: answer.get(name) for name in expected} == expected
    assert made["ETag"].strip('"') != hashlib.md5(b"hello").hexdigest()
    assert s3.get_object(Bucket=bucket, Key="b")["Body"].read() == b"hello"
    # What the request says counts more.
    assert s3.put_object(Bucket=bucket, Key="d", Body=b"1", ServerSideEncryption="AES256")["ServerSideEncryption"] == "AES256"
    s3.delete_bucket_encryption(Bucket=bucket)
    assert s3.put_object(Bucket=bucket, Key="e", Body=b"1")["ServerSideEncryption"] == "AES256"


@pytest.mark.parametrize(
    "rules, code",
    [
        ([], "MalformedXML"),
        ([{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}] * 2, "MalformedXML"),
        ([{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES512"}}], "MalformedXML"),
        ([{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256", "KMSMasterKeyID": "x"}}], "InvalidArgument"),
    ],
)
def test_a_wrong_default_is_refused(place, rules, code):
    _, s3, _, bucket, _ = place
    answer = refusal(
        s3.put_bucket_encryption, Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": rules})
    assert answer[:2] == (400, code)


# KMS


@pytest.mark.parametrize("body", [b"", b"small", LARGE[:100_000], LARGE[:1_200_000]], ids=["empty", "small", "middle", "large"])
@pytest.mark.parametrize("how", ["aws:kms", "aws:kms:dsse"])
def test_ranges_of_encrypted_bytes(place, body, how):
    _, s3, _, bucket, key = place
    s3.put_object(Bucket=bucket, Key="k", Body=body, ServerSideEncryption=how, SSEKMSKeyId=key)
    answer = s3.get_object(Bucket=bucket, Key="k")
    assert answer["Body"].read() == body and answer["ServerSideEncryption"] == how
    assert answer["ContentLength"] == len(body)
    for first, last in [(0, 0), (65_535, 65_536), (65_536, 131_072), (99_990, 99_999), (500_001, 1_000_003)]:
        if last < len(body):
            part = s3.get_object(Bucket=bucket, Key="k", Range=f"bytes={first}-{last}")
            assert part["Body"].read() == body[first : last + 1]


def test_a_disabled_key_stops_reads_and_writes_until_it_is_enabled(place):
    _, s3, kms, bucket, key = place
    put = dict(Bucket=bucket, Key="k", Body=b"1", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    s3.put_object(**put)
    kms.disable_key(KeyId=key)
    for call, arguments in [(s3.get_object, dict(Bucket=bucket, Key="k")), (s3.put_object, put)]:
        assert refusal(call, **arguments) == (400, "KMS.DisabledException", f"{key} is disabled.")
    assert refusal(s3.copy_object, Bucket=bucket, Key="x", CopySource=f"{bucket}/k")[1] == "KMS.DisabledException"
    assert s3.head_object(Bucket=bucket, Key="k")["SSEKMSKeyId"] == key
    kms.enable_key(KeyId=key)
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"1"
    kms.schedule_key_deletion(KeyId=key)
    status, code, message = refusal(s3.get_object, Bucket=bucket, Key="k")
    assert (status, code, message) == (400, "KMS.KMSInvalidStateException", f"{key} is pending deletion.")


@pytest.mark.parametrize(
    "key, message",
    [
        ("no-such-key", "Invalid keyId 'no-such-key'"),
        ("134f2428-0000-4000-8000-000000000000", "Key 'arn:aws:kms:us-east-1:{}:key/134f2428-0000-4000-8000-000000000000' does not exist"),
        ("arn:aws:kms:us-west-2:{}:key/134f2428-0000-4000-8000-000000000000", "Invalid arn us-west-2"),
        ("alias/none", "Alias arn:aws:kms:us-east-1:{}:alias/none is not found."),
    ],
)
def test_keys_that_are_not_there(place, key, message):
    root, s3, _, bucket, _ = place
    for call in (s3.put_object, s3.create_multipart_upload):
        answer = refusal(
            call, Bucket=bucket, Key="k", ServerSideEncryption="aws:kms", SSEKMSKeyId=key.format(root.account))
        assert answer == (400, "KMS.NotFoundException", message.format(root.account))


@pytest.mark.parametrize(
    "parameters, code, message",
    [
        (dict(ServerSideEncryption="aes:kms"), "InvalidArgument", "The encryption method specified is not supported"),
        (dict(SSEKMSKeyId="x"), "InvalidArgument", "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms"),
        (dict(ServerSideEncryption="AES256", SSEKMSKeyId="x"), "InvalidArgument", "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms"),
        (dict(ServerSideEncryption="AES256", **C), "InvalidArgument", "Server Side Encryption with Customer provided key is incompatible with the encryption method specified"),
        (dict(ServerSideEncryption="aws:kms", SSEKMSEncryptionContext="!"), "InvalidArgument", "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map"),
        (dict(SSECustomerAlgorithm="AES128", SSECustomerKey=KEY), "InvalidEncryptionAlgorithmError", "The Encryption request you specified is not valid. Supported value: AES256."),
        (dict(SSECustomerKey=KEY), "InvalidArgument", "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm."),
        (dict(SSECustomerAlgorithm="AES256"), "InvalidArgument", "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key."),
        (dict(SSECustomerAlgorithm="AES256", SSECustomerKey=b"short"), "InvalidArgument", "The secret key was invalid for the specified algorithm."),
        (dict(SSECustomerAlgorithm="AES256", SSECustomerKey=base64.b64encode(KEY).decode(), SSECustomerKeyMD5="AAAAAAAAAAAAAAAAAAAAAA=="), "InvalidArgument", "The calculated MD5 hash of the key did not match the hash that was provided."),
    ],
)
def test_encryption_that_cannot_be(place, parameters, code, message):
    _, s3, _, bucket, _ = place
    for call in (s3.put_object, s3.create_multipart_upload):
        assert refusal(call, Bucket=bucket, Key="k", **parameters) == (400, code, message)


def test_the_callers_own_permission_on_the_key_counts(place, iam_user, client):
    root, s3, _, bucket, key = place
    s3.put_object(Bucket=bucket, Key="k", Body=b"1", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    s3.put_object(Bucket=bucket, Key="plain", Body=b"1")
    everything = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    user = iam_user(root, [everything])
    theirs = client("s3", user)
    assert theirs.get_object(Bucket=bucket, Key="plain")["Body"].read() == b"1"
    for call, action, arguments in [
        (theirs.get_object, "Decrypt", {}),
        (theirs.put_object, "GenerateDataKey", dict(ServerSideEncryption="aws:kms", SSEKMSKeyId=key)),
    ]:
        assert refusal(call, Bucket=bucket, Key="k", **arguments) == (
            403, "AccessDenied",
            f"User: {user.arn} is not authorized to perform: kms:{action} on resource: {key} because no identity-based "
            f"policy allows the kms:{action} action")
    # Metadata needs no key.
    assert theirs.head_object(Bucket=bucket, Key="k")["SSEKMSKeyId"] == key


@pytest.mark.parametrize(
    "condition, allows",
    [
        ({"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::{bucket}/k"}, True),
        ({"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::{bucket}"}, False),
        ({"kms:EncryptionContext:team": "blue"}, True),
        ({"kms:ViaService": "s3.us-east-1.amazonaws.com"}, True),
        ({"kms:ViaService": "sqs.us-east-1.amazonaws.com"}, False),
        ({"aws:CalledViaFirst": "s3.amazonaws.com"}, True),
    ],
)
@pytest.mark.parametrize("bucket_key", [False, True])
def test_what_key_policies_see_of_s3(place, iam_user, client, condition, allows, bucket_key):
    root, s3, _, bucket, key = place
    (name, value), = condition.items()
    if name.endswith("s3:arn"):
        allows = allows != bucket_key
    condition = {"StringEquals": {name: value.format(bucket=bucket)}}
    user = iam_user(root, [
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
        {"Effect": "Allow", "Action": "kms:*", "Resource": key, "Condition": condition},
    ])
    theirs = client("s3", user)
    put = dict(
        Bucket=bucket, Key="k", Body=b"1", ServerSideEncryption="aws:kms", SSEKMSKeyId=key, BucketKeyEnabled=bucket_key,
        SSEKMSEncryptionContext=base64.b64encode(json.dumps({"team": "blue"}).encode()).decode())
    if not allows:
        assert refusal(theirs.put_object, **put)[:2] == (403, "AccessDenied")
        return
    answer = theirs.put_object(**put)
    assert answer["SSEKMSEncryptionContext"] == put["SSEKMSEncryptionContext"]
    assert theirs.get_object(Bucket=bucket, Key="k")["Body"].read() == b"1"


def test_the_key_that_kms_keeps_for_s3(place, iam_user, client):
    root, s3, kms, bucket, _ = place
    arn = s3.put_object(Bucket=bucket, Key="k", Body=b"1", ServerSideEncryption="aws:kms")["SSEKMSKeyId"]
    facts = kms.describe_key(KeyId="alias/aws/s3")["KeyMetadata"]
    assert (facts["Arn"], facts["KeyManager"]) == (arn, "AWS")
    assert facts["Description"] == "Default key that protects my S3 objects when no other key is defined"
    # Whoever may read the object may use it, but only through S3; nobody can change it.
    user = iam_user(root, {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"})
    assert client("s3", user).get_object(Bucket=bucket, Key="k")["Body"].read() == b"1"
    assert refusal(client("kms", user).generate_data_key, KeyId=arn, KeySpec="AES_256")[1] == "AccessDeniedException"
    assert refusal(kms.disable_key, KeyId=arn)[1] == "AccessDeniedException"


def test_a_key_of_a_third_account(account, client, unique, place):
    """The bucket is one account's, the writer's another, the key a third's: all must agree."""
    _, s3, _, bucket, _ = place
    writer, holder = account(), account()
    kms = client("kms", holder)
    key = kms.create_key()["KeyMetadata"]["Arn"]
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": writer.account}, "Action": "s3:*", "Resource": f"arn:aws:s3:::{bucket}/*"}}))
    put = dict(Bucket=bucket, Key="k", Body=b"1", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    theirs = client("s3", writer)
    assert refusal(theirs.put_object, **put)[:2] == (403, "AccessDenied")
    policy = json.loads(kms.get_key_policy(KeyId=key)["Policy"])
    policy["Statement"].append({
        "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{writer.account}:root"},
        "Action": ["kms:GenerateDataKey", "kms:Decrypt"], "Resource": "*"})
    kms.put_key_policy(KeyId=key, Policy=json.dumps(policy))
    theirs.put_object(**put)
    assert theirs.get_object(Bucket=bucket, Key="k")["Body"].read() == b"1"
    # The bucket's owner owns the object, and cannot read it.
    assert refusal(s3.get_object, Bucket=bucket, Key="k")[:2] == (403, "AccessDenied")


def test_unsigned_requests_cannot_use_kms_keys(place, endpoint):
    _, s3, _, bucket, key = place
    s3.put_object(Bucket=bucket, Key="k", Body=b"1", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}}))
    answer = requests.get(f"{endpoint}/{bucket}/k", timeout=10)
    assert answer.status_code == 400
    assert "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4." in answer.text


def test_a_form_can_ask_for_a_kms_key(place):
    _, s3, _, bucket, key = place
    fields = {"x-amz-server-side-encryption": "aws:kms", "x-amz-server-side-encryption-aws-kms-key-id": key}
    form = s3.generate_presigned_post(
        bucket, "form", Fields=dict(fields), Conditions=[{name: value} for name, value in fields.items()])
    answer = requests.post(form["url"], data=form["fields"], files={"file": LARGE[:300_000]}, timeout=30)
    assert answer.status_code == 204, answer.text
    stored = s3.get_object(Bucket=bucket, Key="form")
    assert stored["SSEKMSKeyId"] == key and stored["Body"].read() == LARGE[:300_000]


# Customers' keys


def test_a_customers_key_is_needed_again(place):
    _, s3, _, bucket, _ = place
    made = s3.put_object(Bucket=bucket, Key="k", Body=b"secret", **C)
    md5 = base64.b64encode(hashlib.md5(KEY).digest()).decode()
    assert (made["SSECustomerAlgorithm"], made["SSECustomerKeyMD5"]) == ("AES256", md5)
    assert "ServerSideEncryption" not in made
    for call in (s3.get_object, s3.head_object):
        assert call(Bucket=bucket, Key="k", **C)["SSECustomerKeyMD5"] == md5
    assert s3.get_object(Bucket=bucket, Key="k", Range="bytes=1-3", **C)["Body"].read() == b"ecr"
    assert refusal(s3.get_object, Bucket=bucket, Key="k") == (
        400, "InvalidRequest",
        "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve "
        "the object.")
    assert refusal(s3.get_object, Bucket=bucket, Key="k", **WRONG) == (
        403, "AccessDenied",
        "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.")
    assert refusal(s3.head_object, Bucket=bucket, Key="k")[0] == 400
    assert refusal(s3.head_object, Bucket=bucket, Key="k", **WRONG)[0] == 403
    s3.put_object(Bucket=bucket, Key="plain", Body=b"1")
    assert refusal(s3.get_object, Bucket=bucket, Key="plain", **C) == (
        400, "InvalidRequest", "The encryption parameters are not applicable to this object.")
    s3.delete_object(Bucket=bucket, Key="k")


def test_parts_with_a_customers_key(place):
    _, s3, _, bucket, _ = place
    upload = dict(Bucket=bucket, Key="k", UploadId=s3.create_multipart_upload(Bucket=bucket, Key="k", **C)["UploadId"])
    message = (
        "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate "
        "encryption parameters.")
    assert refusal(s3.upload_part, PartNumber=1, Body=LARGE, **upload) == (400, "InvalidRequest", message)
    assert refusal(s3.upload_part, PartNumber=1, Body=LARGE, **upload, **WRONG) == (
        400, "InvalidRequest", "The provided encryption parameters did not match the ones used originally.")
    parts = []
    for number, body in enumerate([LARGE, b"tail"], 1):
        made = s3.upload_part(PartNumber=number, Body=body, **upload, **C)
        parts.append({"PartNumber": number, "ETag": made["ETag"]})
    s3.put_object(Bucket=bucket, Key="source", Body=b"copied", **C)
    made = s3.upload_part_copy(
        PartNumber=2, CopySource=f"{bucket}/source", CopySourceRange="bytes=1-4", **upload, **C, **SOURCE)
    parts[1]["ETag"] = made["CopyPartResult"]["ETag"]
    s3.complete_multipart_upload(MultipartUpload={"Parts": parts}, **upload, **C)
    answer = s3.get_object(Bucket=bucket, Key="k", **C)
    assert answer["Body"].read() == LARGE + b"opie"
    plain = dict(Bucket=bucket, Key="p", UploadId=s3.create_multipart_upload(Bucket=bucket, Key="p")["UploadId"])
    assert refusal(s3.upload_part, PartNumber=1, Body=b"1", **plain, **C) == (400, "InvalidRequest", message)


KINDS = {
    "s3": ({}, {}, {}),
    "kms": ({"ServerSideEncryption": "aws:kms"}, {}, {}),
    "customer": (C, C, SOURCE),
}


@pytest.mark.parametrize("size", [10, 200_000, 500_000])
@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
def test_copies_are_encrypted_anew(place, source, target, size):
    _, s3, _, bucket, _ = place
    body = LARGE[:size]
    s3.put_object(Bucket=bucket, Key="a", Body=body, **KINDS[source][0])
    s3.copy_object(Bucket=bucket, Key="b", CopySource=f"{bucket}/a", **KINDS[target][0], **KINDS[source][2])
    s3.delete_object(Bucket=bucket, Key="a")
    answer = s3.get_object(Bucket=bucket, Key="b", **KINDS[target][1])
    assert answer["Body"].read() == body
    assert answer.get("ServerSideEncryption") == {"s3": "AES256", "kms": "aws:kms"}.get(target)
    if target == "s3":
        assert answer["ETag"].strip('"') == hashlib.md5(body).hexdigest()


def test_a_copy_of_a_customers_object_needs_its_key(place):
    _, s3, _, bucket, _ = place
    s3.put_object(Bucket=bucket, Key="a", Body=b"1", **C)
    assert refusal(s3.copy_object, Bucket=bucket, Key="b", CopySource=f"{bucket}/a")[:2] == (400, "InvalidRequest")


# Policies


@pytest.mark.parametrize(
    "key, value, good, bad",
    [
        ("s3:x-amz-server-side-encryption", "aws:kms", dict(ServerSideEncryption="aws:kms"), dict(ServerSideEncryption="AES256")),
        ("s3:x-amz-server-side-encryption-aws-kms-key-id", "{key}", dict(ServerSideEncryption="aws:kms", SSEKMSKeyId="{id}"), dict(ServerSideEncryption="aws:kms", SSEKMSKeyId="alias/aws/s3")),
        ("s3:x-amz-server-side-encryption-customer-algorithm", "AES256", C, {}),
    ],
)
def test_policies_can_demand_encryption(place, iam_user, client, key, value, good, bad):
    root, s3, _, bucket, arn = place
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{bucket}/*",
        "Condition": {"StringNotEquals": {key: value.format(key=arn)}}}}))
    user = client("s3", iam_user(root, {"Effect": "Allow", "Action": ["s3:*", "kms:*"], "Resource": "*"}))
    filled = {n: v.format(id=arn.split("/")[1]) if isinstance(v, str) else v for n, v in good.items()}
    user.put_object(Bucket=bucket, Key="k", Body=b"1", **filled)
    assert refusal(user.put_object, Bucket=bucket, Key="k", Body=b"1", **bad)[:2] == (403, "AccessDenied")


# On disk


def test_bytes_on_disk_are_encrypted_and_survive_kill9(server, client, account):
    running = server()
    root = account()
    s3, kms = client("s3", root, at=running.endpoint), client("kms", root, at=running.endpoint)
    s3.create_bucket(Bucket="disk")
    allow_customer_keys(s3, "disk")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    marks = {}
    for name, how in [("kms", dict(ServerSideEncryption="aws:kms", SSEKMSKeyId=key)), ("customer", C), ("plain", {})]:
        for size in (1_000, 100_000, 1_000_000):
            mark = f"mark-of-{name}-{size}-".encode()
            marks[name, size] = (mark * (size // len(mark) + 1))[:size]
            s3.put_object(Bucket="disk", Key=f"{name}-{size}", Body=marks[name, size], **how)
    upload = s3.create_multipart_upload(Bucket="disk", Key="parts", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    part = s3.upload_part(Bucket="disk", Key="parts", UploadId=upload["UploadId"], PartNumber=1, Body=b"mark-of-kms-part" * 9000)
    running.kill9()
    found = {}
    for path in glob.glob(running.data + "/**/*", recursive=True):
        if os.path.isfile(path):
            data = open(path, "rb").read()
            for name in ("kms", "customer", "plain"):
                found[name] = found.get(name, 0) + data.count(f"mark-of-{name}-".encode())
    assert found["kms"] == 0 and found["customer"] == 0 and found["plain"] > 1000
    running.start()
    s3 = client("s3", root, at=running.endpoint)
    for (name, size), body in marks.items():
        more = C if name == "customer" else {}
        assert s3.get_object(Bucket="disk", Key=f"{name}-{size}", **more)["Body"].read() == body
    s3.complete_multipart_upload(
        Bucket="disk", Key="parts", UploadId=upload["UploadId"],
        MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    assert s3.get_object(Bucket="disk", Key="parts")["Body"].read() == b"mark-of-kms-part" * 9000


def test_the_aws_cli(aws, place, tmp_path):
    root, _, _, bucket, key = place
    path = tmp_path / "large"
    path.write_bytes(LARGE * 3)
    aws("s3", "cp", str(path), f"s3://{bucket}/large", "--sse", "aws:kms", "--sse-kms-key-id", key, creds=root)
    aws("s3", "cp", f"s3://{bucket}/large", str(tmp_path / "back"), creds=root)
    assert (tmp_path / "back").read_bytes() == LARGE * 3
    secret = tmp_path / "secret"
    secret.write_bytes(KEY)
    customer = ["--sse-c", "AES256", "--sse-c-key", f"fileb://{secret}"]
    aws("s3", "cp", str(path), f"s3://{bucket}/c", *customer, creds=root)
    aws("s3", "cp", f"s3://{bucket}/c", str(tmp_path / "c"), *customer, creds=root)
    assert (tmp_path / "c").read_bytes() == LARGE * 3
    assert aws("s3", "cp", f"s3://{bucket}/c", "-", creds=root, check=False).returncode != 0
