"""Object Lock: default retention, governance, compliance, legal holds, and the clock that ends them."""

import datetime
import json
import time

import pytest
from botocore.exceptions import ClientError
from harness.http import send

LOCKED = (403, "AccessDenied", "Access Denied because object protected by object lock.")
MISSING = (400, "InvalidRequest", "Bucket is missing Object Lock Configuration")


def later(**delta):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**delta)).replace(microsecond=0)


def refusal(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    error = caught.value.response
    return error["ResponseMetadata"]["HTTPStatusCode"], error["Error"]["Code"], error["Error"].get("Message", "")


@pytest.fixture
def vault(account, client, unique):
    """A root user, an S3 client and a bucket with Object Lock."""
    root, bucket = account(), unique("lock")
    s3 = client("s3", root)
    s3.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    return root, s3, bucket


def put(s3, bucket, key="k", mode=None, hold=None, until=None, **more):
    if mode:
        more.update(ObjectLockMode=mode, ObjectLockRetainUntilDate=until or later(days=1))
    if hold:
        more["ObjectLockLegalHoldStatus"] = hold
    return s3.put_object(Bucket=bucket, Key=key, Body=b"1", **more)["VersionId"]


# Buckets


def test_a_bucket_with_lock_has_versions_for_ever(vault):
    _, s3, bucket = vault
    assert s3.get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"] == {"ObjectLockEnabled": "Enabled"}
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    assert refusal(s3.put_bucket_versioning, Bucket=bucket, VersioningConfiguration={"Status": "Suspended"}) == (
        409, "InvalidBucketState",
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.")


def test_lock_comes_to_a_bucket_with_versions(account, client, unique):
    bucket, s3 = unique("lock"), client("s3", account())
    s3.create_bucket(Bucket=bucket)
    wanted = {"ObjectLockEnabled": "Enabled"}
    assert refusal(s3.get_object_lock_configuration, Bucket=bucket) == (
        404, "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket")
    assert refusal(s3.put_object_lock_configuration, Bucket=bucket, ObjectLockConfiguration=wanted) == (
        409, "InvalidBucketState",
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration")
    s3.put_object(Bucket=bucket, Key="k", Body=b"1")
    retention = {"Mode": "GOVERNANCE", "RetainUntilDate": later(days=1)}
    for call, more in [
        (s3.get_object_retention, {}), (s3.get_object_legal_hold, {}),
        (s3.put_object_retention, {"Retention": retention}), (s3.put_object_legal_hold, {"LegalHold": {"Status": "ON"}}),
        (s3.put_object, {"ObjectLockLegalHoldStatus": "ON"}),
    ]:
        assert refusal(call, Bucket=bucket, Key="k", **more) == MISSING
    assert refusal(s3.delete_object, Bucket=bucket, Key="k", BypassGovernanceRetention=True)[:2] == (400, "InvalidArgument")
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration=wanted)
    version = put(s3, bucket, mode="COMPLIANCE")
    assert refusal(s3.delete_object, Bucket=bucket, Key="k", VersionId=version) == LOCKED


@pytest.mark.parametrize(
    "configuration, code",
    [
        ({}, "MalformedXML"),
        ({"ObjectLockEnabled": "Enabled", "Rule": {}}, "MalformedXML"),
        ({"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE"}}}, "MalformedXML"),
        ({"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Days": 1}}}, "MalformedXML"),
        ({"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "X", "Days": 1}}}, "MalformedXML"),
        ({"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1, "Years": 1}}}, "MalformedXML"),
        ({"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 0}}}, "InvalidArgument"),
        ({"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Years": 101}}}, "InvalidArgument"),
    ],
)
def test_a_wrong_configuration_is_refused(vault, configuration, code):
    _, s3, bucket = vault
    assert refusal(s3.put_object_lock_configuration, Bucket=bucket, ObjectLockConfiguration=configuration)[:2] == (400, code)


def test_the_default_retention(vault):
    _, s3, bucket = vault
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 3}}
    s3.put_object_lock_configuration(
        Bucket=bucket, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule})
    assert s3.get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"]["Rule"] == rule
    put(s3, bucket, "a")
    s3.copy_object(Bucket=bucket, Key="b", CopySource=f"{bucket}/a")
    upload = s3.create_multipart_upload(Bucket=bucket, Key="c")["UploadId"]
    part = s3.upload_part(Bucket=bucket, Key="c", UploadId=upload, PartNumber=1, Body=b"1")
    s3.complete_multipart_upload(
        Bucket=bucket, Key="c", UploadId=upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    for key in "abc":
        head = s3.head_object(Bucket=bucket, Key=key)
        assert head["ObjectLockMode"] == "GOVERNANCE"
        assert abs(head["ObjectLockRetainUntilDate"] - later(days=3)) < datetime.timedelta(minutes=2)
    # What the request says counts more.
    put(s3, bucket, "d", mode="COMPLIANCE", until=later(hours=1))
    assert s3.head_object(Bucket=bucket, Key="d")["ObjectLockMode"] == "COMPLIANCE"


# Objects


@pytest.mark.parametrize(
    "mode, hold, bypass, deletes",
    [
        (None, None, False, True),
        (None, "OFF", False, True),
        (None, "ON", False, False),
        (None, "ON", True, False),
        ("GOVERNANCE", None, False, False),
        ("GOVERNANCE", None, True, True),
        ("GOVERNANCE", "ON", True, False),
        ("COMPLIANCE", None, False, False),
        ("COMPLIANCE", None, True, False),
    ],
)
@pytest.mark.parametrize("many", [False, True])
def test_deletions(vault, mode, hold, bypass, deletes, many):
    _, s3, bucket = vault
    version = put(s3, bucket, mode=mode, hold=hold)
    more = {"BypassGovernanceRetention": True} if bypass else {}
    if many:
        answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "k", "VersionId": version}]}, **more)
        errors = [(403, error["Code"], error["Message"]) for error in answer.get("Errors", [])]
        assert errors == ([] if deletes else [LOCKED])
    elif deletes:
        s3.delete_object(Bucket=bucket, Key="k", VersionId=version, **more)
    else:
        assert refusal(s3.delete_object, Bucket=bucket, Key="k", VersionId=version, **more) == LOCKED
    found = s3.list_object_versions(Bucket=bucket).get("Versions", [])
    assert len(found) == (0 if deletes else 1)


def test_a_marker_and_new_versions_go_over_a_locked_one(vault):
    _, s3, bucket = vault
    version = put(s3, bucket, mode="COMPLIANCE")
    put(s3, bucket)
    marker = s3.delete_object(Bucket=bucket, Key="k")
    assert marker["DeleteMarker"]
    s3.delete_object(Bucket=bucket, Key="k", VersionId=marker["VersionId"])
    assert s3.get_object(Bucket=bucket, Key="k", VersionId=version)["Body"].read() == b"1"
    assert refusal(s3.delete_bucket, Bucket=bucket)[1] == "BucketNotEmpty"


DAY, WEEK = dict(days=1), dict(days=7)


@pytest.mark.parametrize(
    "old, new, bypass, allowed",
    [
        (("GOVERNANCE", DAY), ("GOVERNANCE", WEEK), False, True),
        (("GOVERNANCE", WEEK), ("GOVERNANCE", DAY), False, False),
        (("GOVERNANCE", WEEK), ("GOVERNANCE", DAY), True, True),
        (("GOVERNANCE", DAY), None, False, False),
        (("GOVERNANCE", DAY), None, True, True),
        (("GOVERNANCE", DAY), ("COMPLIANCE", DAY), False, True),
        (("COMPLIANCE", DAY), ("COMPLIANCE", WEEK), False, True),
        (("COMPLIANCE", WEEK), ("COMPLIANCE", DAY), True, False),
        (("COMPLIANCE", DAY), ("GOVERNANCE", WEEK), True, False),
        (("COMPLIANCE", DAY), None, True, False),
    ],
)
def test_changes_of_a_retention(vault, old, new, bypass, allowed):
    _, s3, bucket = vault
    moments = {"days=1": later(**DAY), "days=7": later(**WEEK)}
    moment = lambda delta: moments[f"days={delta['days']}"]
    put(s3, bucket, mode=old[0], until=moment(old[1]))
    retention = {"Mode": new[0], "RetainUntilDate": moment(new[1])} if new else {}
    change = dict(Bucket=bucket, Key="k", Retention=retention)
    if bypass:
        change["BypassGovernanceRetention"] = True
    if not allowed:
        assert refusal(s3.put_object_retention, **change) == LOCKED
        return
    s3.put_object_retention(**change)
    if new:
        assert s3.get_object_retention(Bucket=bucket, Key="k")["Retention"] == retention
    else:
        assert refusal(s3.get_object_retention, Bucket=bucket, Key="k") == (
            404, "NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration")


@pytest.mark.parametrize(
    "headers, message",
    [
        (dict(ObjectLockMode="GOVERNANCE"), "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied"),
        (dict(ObjectLockRetainUntilDate=later(days=1)), "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied"),
        (dict(ObjectLockMode="X", ObjectLockRetainUntilDate=later(days=1)), "Unknown wormMode directive."),
        (dict(ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=later(days=-1)), "The retain until date must be in the future!"),
        (dict(ObjectLockLegalHoldStatus="MAYBE"), "Legal Hold must be either of 'ON' or 'OFF'"),
    ],
)
def test_wrong_headers(vault, headers, message):
    _, s3, bucket = vault
    for call in (s3.put_object, s3.create_multipart_upload):
        assert refusal(call, Bucket=bucket, Key="k", **headers) == (400, "InvalidArgument", message)


def test_a_locked_upload_must_bring_a_digest(vault, endpoint):
    root, _, bucket = vault
    headers = {"x-amz-object-lock-legal-hold": "ON"}
    answer = send(endpoint, "s3", root, method="PUT", path=f"/{bucket}/k", body=b"1", headers=headers)
    assert answer.status_code == 400
    assert "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters" in answer.text


def test_a_legal_hold_comes_and_goes(vault):
    _, s3, bucket = vault
    version = put(s3, bucket)
    assert refusal(s3.get_object_legal_hold, Bucket=bucket, Key="k")[:2] == (404, "NoSuchObjectLockConfiguration")
    s3.put_object_legal_hold(Bucket=bucket, Key="k", LegalHold={"Status": "ON"})
    assert s3.head_object(Bucket=bucket, Key="k")["ObjectLockLegalHoldStatus"] == "ON"
    assert refusal(s3.delete_object, Bucket=bucket, Key="k", VersionId=version) == LOCKED
    s3.put_object_legal_hold(Bucket=bucket, Key="k", LegalHold={"Status": "OFF"}, VersionId=version)
    assert s3.get_object_legal_hold(Bucket=bucket, Key="k")["LegalHold"] == {"Status": "OFF"}
    s3.delete_object(Bucket=bucket, Key="k", VersionId=version)


# Permissions


def test_who_may_lock_and_who_may_break_locks(vault, iam_user, client):
    root, s3, bucket = vault
    user = iam_user(root, {
        "Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject", "s3:DeleteObjectVersion"], "Resource": "*"})
    theirs = client("s3", user)
    version = put(s3, bucket, mode="GOVERNANCE", hold="OFF")
    for more, action in [({"mode": "GOVERNANCE"}, "PutObjectRetention"), ({"hold": "ON"}, "PutObjectLegalHold")]:
        status, code, message = refusal(lambda **_: put(theirs, bucket, **more))
        assert (status, code) == (403, "AccessDenied") and f"perform: s3:{action}" in message
    head = theirs.head_object(Bucket=bucket, Key="k")
    assert "ObjectLockMode" not in head and "ObjectLockLegalHoldStatus" not in head
    delete = dict(Bucket=bucket, Key="k", VersionId=version, BypassGovernanceRetention=True)
    status, code, message = refusal(theirs.delete_object, **delete)
    assert (status, code) == (403, "AccessDenied") and "perform: s3:BypassGovernanceRetention" in message
    client("iam", root).put_user_policy(UserName=user.name, PolicyName="more", PolicyDocument=json.dumps({
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "s3:BypassGovernanceRetention", "Resource": "*"}}))
    theirs.delete_object(**delete)


@pytest.mark.parametrize(
    "operator, key, value, good, bad",
    [
        ("StringEquals", "s3:object-lock-mode", "COMPLIANCE", dict(mode="COMPLIANCE"), dict(mode="GOVERNANCE")),
        ("NumericLessThan", "s3:object-lock-remaining-retention-days", "10", dict(mode="GOVERNANCE"), dict(mode="GOVERNANCE", until=later(days=30))),
        ("DateLessThan", "s3:object-lock-retain-until-date", later(days=10).strftime("%Y-%m-%dT%H:%M:%SZ"), dict(mode="GOVERNANCE"), dict(mode="GOVERNANCE", until=later(days=30))),
        ("StringEquals", "s3:object-lock-legal-hold", "OFF", dict(hold="OFF"), dict(hold="ON")),
    ],
    ids=["mode", "days", "date", "hold"],
)
def test_conditions_on_locks(vault, iam_user, client, operator, key, value, good, bad):
    root, _, bucket = vault
    user = client("s3", iam_user(root, [
        {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
        {"Effect": "Allow", "Action": ["s3:PutObjectRetention", "s3:PutObjectLegalHold"], "Resource": "*", "Condition": {operator: {key: value}}},
    ]))
    put(user, bucket, **good)
    assert refusal(lambda **_: put(user, bucket, **bad))[:2] == (403, "AccessDenied")
    if "mode" in good:
        retention = lambda given: {"Mode": given["mode"], "RetainUntilDate": given.get("until") or later(days=2)}
        user.put_object_retention(Bucket=bucket, Key="k", Retention=retention(good))
        assert refusal(user.put_object_retention, Bucket=bucket, Key="k", Retention=retention(bad))[:2] == (403, "AccessDenied")


# Time and crashes


def test_the_moved_clock_ends_a_retention_and_kill9_does_not(server, clock, client, account):
    running = server()
    root, hands = account(), clock(running)
    s3 = client("s3", root, at=running.endpoint)
    s3.create_bucket(Bucket="vault", ObjectLockEnabledForBucket=True)
    short = put(s3, "vault", "short", mode="COMPLIANCE", until=later(days=2))
    long = put(s3, "vault", "long", mode="COMPLIANCE", until=later(days=20))
    held = put(s3, "vault", "held", mode="GOVERNANCE", until=later(days=2), hold="ON")
    running.kill9()
    running.start()
    s3 = client("s3", root, at=running.endpoint)
    for key, version in [("short", short), ("long", long), ("held", held)]:
        assert refusal(s3.delete_object, Bucket="vault", Key=key, VersionId=version) == LOCKED
    hands.advance("3d")
    s3.delete_object(Bucket="vault", Key="short", VersionId=short)
    assert refusal(s3.delete_object, Bucket="vault", Key="long", VersionId=long) == LOCKED
    assert refusal(s3.delete_object, Bucket="vault", Key="held", VersionId=held) == LOCKED
    assert s3.head_object(Bucket="vault", Key="long")["ObjectLockMode"] == "COMPLIANCE"


def test_lifecycle_rules_pass_over_locked_versions(server, clock, client, account):
    running = server()
    s3 = client("s3", account(), at=running.endpoint)
    s3.create_bucket(Bucket="rules", ObjectLockEnabledForBucket=True)
    s3.put_bucket_lifecycle_configuration(Bucket="rules", LifecycleConfiguration={"Rules": [{
        "ID": "old", "Status": "Enabled", "Filter": {}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}]})
    locked = {put(s3, "rules", key, mode=mode, hold=hold, until=later(days=90))
              for key, mode, hold in [("a", "COMPLIANCE", None), ("b", "GOVERNANCE", None), ("c", None, "ON")]}
    put(s3, "rules", "free")
    newest = {put(s3, "rules", key) for key in ("a", "b", "c", "free")}
    clock(running).advance("5d")
    deadline = time.monotonic() + 60
    while True:
        left = {version["VersionId"] for version in s3.list_object_versions(Bucket="rules")["Versions"]}
        if left == locked | newest:
            break
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


def test_the_aws_cli(aws, vault):
    root, _, bucket = vault
    aws("s3api", "put-object-lock-configuration", "--bucket", bucket, "--object-lock-configuration",
        '{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"GOVERNANCE","Days":1}}}', creds=root)
    made = aws("s3api", "put-object", "--bucket", bucket, "--key", "k", creds=root).json
    shown = aws("s3api", "get-object-retention", "--bucket", bucket, "--key", "k", creds=root).json
    assert shown["Retention"]["Mode"] == "GOVERNANCE"
    delete = ["s3api", "delete-object", "--bucket", bucket, "--key", "k", "--version-id", made["VersionId"]]
    assert "object protected by object lock" in aws(*delete, creds=root, check=False).stderr
    aws(*delete, "--bypass-governance-retention", creds=root)
