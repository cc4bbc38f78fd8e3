"""Objects: writing and reading, ranges, conditions, metadata, copies, tags, deletes."""

import datetime

import pytest
import requests
from botocore.exceptions import ClientError

from harness import Credentials


def root_of(s3):
    """The credentials of a client that belongs to a root user."""
    key = s3._request_signer._credentials.access_key
    return Credentials(key, "test", account=key)


def code(error):
    return error.value.response["Error"]["Code"]


@pytest.fixture
def bucket(account, client, unique):
    """A client and its bucket."""
    creds = account()
    s3 = client("s3", creds)
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    return s3, name


KEYS = [
    "a", "a/b/c", "/leading", "trailing/", "dots/../../etc/passwd", "./x", "a b+c&d=e?f#g%20", "käse/🧀", "e\u0301", "\u00e9",
    "a//b", "'\"<>&`{}[]|\\^~", "x" * 1024, "new\nline" , "%2F", "..",
]


@pytest.mark.parametrize("key", KEYS)
def test_any_key_is_just_a_key(bucket, key):
    s3, name = bucket
    s3.put_object(Bucket=name, Key=key, Body=key.encode())
    assert s3.get_object(Bucket=name, Key=key)["Body"].read() == key.encode()
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=name)["Contents"]] == [key]
    s3.delete_object(Bucket=name, Key=key)
    assert s3.list_objects_v2(Bucket=name)["KeyCount"] == 0


def test_a_key_may_be_1024_bytes_long_and_no_longer(bucket):
    s3, name = bucket
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=name, Key="ü" * 513, Body=b"")
    assert code(error) == "KeyTooLongError"


@pytest.mark.parametrize("size", [0, 1, 1000, 70_000, 300_000, 5_000_000])
def test_bodies_come_back_as_they_were(bucket, size):
    s3, name = bucket
    body = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    put = s3.put_object(Bucket=name, Key="k", Body=body)
    got = s3.get_object(Bucket=name, Key="k")
    assert got["Body"].read() == body
    assert got["ContentLength"] == size
    assert got["ETag"] == put["ETag"]
    head = s3.head_object(Bucket=name, Key="k")
    assert head["ContentLength"] == size
    assert head["ServerSideEncryption"] == "AES256"
    assert head["AcceptRanges"] == "bytes"


def test_headers_and_metadata_are_kept(bucket):
    s3, name = bucket
    expires = datetime.datetime(2030, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    s3.put_object(
        Bucket=name,
        Key="k",
        Body=b"x",
        CacheControl="max-age=60",
        ContentDisposition='attachment; filename="x"',
        ContentEncoding="gzip",
        ContentLanguage="de",
        ContentType="text/plain; charset=utf-8",
        Expires=expires,
        WebsiteRedirectLocation="/other",
        StorageClass="STANDARD_IA",
        Metadata={"Colour": "blue", "empty": ""},
    )
    for answer in (s3.get_object(Bucket=name, Key="k"), s3.head_object(Bucket=name, Key="k")):
        assert answer["CacheControl"] == "max-age=60"
        assert answer["ContentDisposition"] == 'attachment; filename="x"'
        assert answer["ContentEncoding"] == "gzip"
        assert answer["ContentLanguage"] == "de"
        assert answer["ContentType"] == "text/plain; charset=utf-8"
        assert answer["ExpiresString"] == "Wed, 02 Jan 2030 03:04:05 GMT"
        assert answer["WebsiteRedirectLocation"] == "/other"
        assert answer["StorageClass"] == "STANDARD_IA"
        assert answer["Metadata"]["colour"] == "blue"
    s3.put_object(Bucket=name, Key="plain", Body=b"x")
    plain = s3.head_object(Bucket=name, Key="plain")
    assert plain["ContentType"] == "binary/octet-stream"
    assert "StorageClass" not in plain
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=name, Key="k", Body=b"", Metadata={"big": "x" * 2048})
    assert code(error) == "MetadataTooLarge"
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=name, Key="k", Body=b"", StorageClass="MARBLE")
    assert code(error) == "InvalidStorageClass"


@pytest.mark.parametrize(
    "header, expected, shown",
    [
        ("bytes=0-4", b"01234", "bytes 0-4/10"),
        ("bytes=5-", b"56789", "bytes 5-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=8-100", b"89", "bytes 8-9/10"),
        ("bytes=0-1,4-5", b"0123456789", None),
        ("lines=1-2", b"0123456789", None),
    ],
)
def test_ranges(bucket, header, expected, shown):
    s3, name = bucket
    s3.put_object(Bucket=name, Key="k", Body=b"0123456789")
    got = s3.get_object(Bucket=name, Key="k", Range=header)
    assert got["Body"].read() == expected
    assert got.get("ContentRange") == shown
    assert got["ResponseMetadata"]["HTTPStatusCode"] == (206 if shown else 200)
    assert s3.head_object(Bucket=name, Key="k", Range=header)["ContentLength"] == len(expected)


def test_a_range_behind_the_end_is_416(bucket):
    s3, name = bucket
    s3.put_object(Bucket=name, Key="k", Body=b"0123456789")
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=name, Key="k", Range="bytes=10-")
    assert code(error) == "InvalidRange"
    assert error.value.response["Error"]["ActualObjectSize"] == "10"


def test_conditional_reads(bucket):
    s3, name = bucket
    etag = s3.put_object(Bucket=name, Key="k", Body=b"x")["ETag"]
    modified = s3.head_object(Bucket=name, Key="k")["LastModified"]
    before = modified - datetime.timedelta(seconds=60)
    s3.get_object(Bucket=name, Key="k", IfMatch=etag, IfUnmodifiedSince=before)
    s3.get_object(Bucket=name, Key="k", IfNoneMatch='"other"', IfModifiedSince=modified)
    for conditions, expected in [
        ({"IfMatch": '"other"'}, "PreconditionFailed"),
        ({"IfUnmodifiedSince": before}, "PreconditionFailed"),
        ({"IfNoneMatch": etag}, "304"),
        ({"IfModifiedSince": modified}, "304"),
    ]:
        with pytest.raises(ClientError) as error:
            s3.get_object(Bucket=name, Key="k", **conditions)
        assert code(error) == expected
        with pytest.raises(ClientError) as error:
            s3.head_object(Bucket=name, Key="k", **conditions)
        assert code(error) == ("412" if expected == "PreconditionFailed" else "304")


def test_conditional_writes(bucket):
    s3, name = bucket
    etag = s3.put_object(Bucket=name, Key="k", Body=b"1", IfNoneMatch="*")["ETag"]
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=name, Key="k", Body=b"2", IfNoneMatch="*")
    assert code(error) == "PreconditionFailed"
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=name, Key="k", Body=b"2", IfMatch='"other"')
    assert code(error) == "PreconditionFailed"
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=name, Key="missing", Body=b"2", IfMatch=etag)
    assert code(error) == "NoSuchKey"
    s3.put_object(Bucket=name, Key="k", Body=b"2", IfMatch=etag)
    with pytest.raises(ClientError) as error:
        s3.delete_object(Bucket=name, Key="k", IfMatch=etag)
    assert code(error) == "PreconditionFailed"
    assert s3.get_object(Bucket=name, Key="k")["Body"].read() == b"2"


def test_presigned_urls(bucket, client):
    plain, name = bucket
    s3 = client("s3", root_of(plain), signature_version="s3v4")
    put = s3.generate_presigned_url("put_object", {"Bucket": name, "Key": "a b/ü"})
    assert requests.put(put, data=b"signed", timeout=10).status_code == 200
    get = s3.generate_presigned_url(
        "get_object",
        {
            "Bucket": name,
            "Key": "a b/ü",
            "ResponseContentType": "text/html",
            "ResponseContentDisposition": "attachment",
            "ResponseCacheControl": "no-store",
        },
    )
    answer = requests.get(get, timeout=10)
    assert answer.content == b"signed"
    assert answer.headers["Content-Type"] == "text/html"
    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["Cache-Control"] == "no-store"
    assert requests.get(get.replace("attachment", "inline"), timeout=10).status_code == 403


def test_virtual_hosts_and_paths_are_the_same(bucket, endpoint):
    s3, name = bucket
    s3.put_object(Bucket=name, Key="a/b", Body=b"x")
    port = endpoint.rsplit(":", 1)[1]
    import boto3
    import botocore.config

    virtual = boto3.client(
        "s3",
        endpoint_url=f"http://s3.localhost:{port}",
        region_name="us-east-1",
        aws_access_key_id=s3._request_signer._credentials.access_key,
        aws_secret_access_key="test",
        config=botocore.config.Config(s3={"addressing_style": "virtual"}, signature_version="s3v4"),
    )
    virtual_url = virtual.generate_presigned_url("get_object", {"Bucket": name, "Key": "a/b"})
    assert virtual_url.startswith(f"http://{name}.s3.localhost:{port}/a/b?")
    host = f"{name}.s3.localhost:{port}"
    answer = requests.get(virtual_url.replace(f"http://{host}", endpoint), headers={"Host": host}, timeout=10)
    assert answer.content == b"x"


def test_copies(bucket, unique):
    s3, name = bucket
    s3.put_object(Bucket=name, Key="a b/ü+", Body=b"source", ContentType="text/plain", Metadata={"m": "1"}, Tagging="t=1")
    source = {"Bucket": name, "Key": "a b/ü+"}
    copied = s3.copy_object(Bucket=name, Key="copy", CopySource=source)
    assert copied["CopyObjectResult"]["ETag"] == s3.head_object(Bucket=name, Key="a b/ü+")["ETag"]
    head = s3.get_object(Bucket=name, Key="copy")
    assert (head["ContentType"], head["Metadata"], head["TagCount"]) == ("text/plain", {"m": "1"}, 1)
    s3.copy_object(
        Bucket=name, Key="copy2", CopySource=source, MetadataDirective="REPLACE", Metadata={"n": "2"},
        TaggingDirective="REPLACE", Tagging="u=2", StorageClass="STANDARD_IA",
    )
    head = s3.head_object(Bucket=name, Key="copy2")
    assert (head["ContentType"], head["Metadata"], head["StorageClass"]) == ("binary/octet-stream", {"n": "2"}, "STANDARD_IA")
    assert s3.get_object_tagging(Bucket=name, Key="copy2")["TagSet"] == [{"Key": "u", "Value": "2"}]
    s3.delete_object(Bucket=name, Key="a b/ü+")
    assert s3.get_object(Bucket=name, Key="copy")["Body"].read() == b"source"
    s3.delete_object(Bucket=name, Key="copy")
    assert s3.get_object(Bucket=name, Key="copy2")["Body"].read() == b"source"
    with pytest.raises(ClientError) as error:
        s3.copy_object(Bucket=name, Key="copy2", CopySource={"Bucket": name, "Key": "copy2"})
    assert code(error) == "InvalidRequest"
    s3.copy_object(
        Bucket=name, Key="copy2", CopySource={"Bucket": name, "Key": "copy2"}, MetadataDirective="REPLACE", Metadata={"k": "v"}
    )
    assert s3.get_object(Bucket=name, Key="copy2")["Body"].read() == b"source"
    with pytest.raises(ClientError) as error:
        s3.copy_object(Bucket=name, Key="x", CopySource={"Bucket": name, "Key": "missing"})
    assert code(error) == "NoSuchKey"
    with pytest.raises(ClientError) as error:
        s3.copy_object(Bucket=name, Key="x", CopySource={"Bucket": name, "Key": "copy2"}, CopySourceIfMatch='"no"')
    assert code(error) == "PreconditionFailed"


def test_tags(bucket):
    s3, name = bucket
    s3.put_object(Bucket=name, Key="k", Body=b"", Tagging="a=1&b=x%20y")
    assert s3.get_object_tagging(Bucket=name, Key="k")["TagSet"] == [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "x y"}]
    assert s3.get_object(Bucket=name, Key="k")["TagCount"] == 2
    s3.put_object_tagging(Bucket=name, Key="k", Tagging={"TagSet": [{"Key": "c", "Value": ""}]})
    assert s3.get_object_tagging(Bucket=name, Key="k")["TagSet"] == [{"Key": "c", "Value": ""}]
    for tags, expected in [
        ([{"Key": f"k{i}", "Value": ""} for i in range(11)], "BadRequest"),
        ([{"Key": "aws:x", "Value": ""}], "InvalidTag"),
        ([{"Key": "a", "Value": ""}, {"Key": "a", "Value": ""}], "InvalidTag"),
    ]:
        with pytest.raises(ClientError) as error:
            s3.put_object_tagging(Bucket=name, Key="k", Tagging={"TagSet": tags})
        assert code(error) == expected
    s3.delete_object_tagging(Bucket=name, Key="k")
    assert s3.get_object_tagging(Bucket=name, Key="k")["TagSet"] == []


def test_many_are_deleted_at_once(bucket, client, iam_user):
    s3, name = bucket
    for index in range(20):
        s3.put_object(Bucket=name, Key=f"k{index}", Body=b"x")
    keys = [{"Key": f"k{index}"} for index in range(10)] + [{"Key": "missing"}]
    answer = s3.delete_objects(Bucket=name, Delete={"Objects": keys})
    assert [d["Key"] for d in answer["Deleted"]] == [k["Key"] for k in keys]
    answer = s3.delete_objects(Bucket=name, Delete={"Objects": [{"Key": "k10"}], "Quiet": True})
    assert "Deleted" not in answer
    assert s3.list_objects_v2(Bucket=name)["KeyCount"] == 9
    with pytest.raises(ClientError) as error:
        s3.delete_objects(Bucket=name, Delete={"Objects": [{"Key": str(i)} for i in range(1001)]})
    assert code(error) == "MalformedXML"


def test_each_key_of_many_is_judged(bucket, client, iam_user, account):
    s3, name = bucket
    root = root_of(s3)
    for key in ("mine/a", "other/a"):
        s3.put_object(Bucket=name, Key=key, Body=b"x")
    user = client(
        "s3", iam_user(root, {"Effect": "Allow", "Action": "s3:DeleteObject", "Resource": f"arn:aws:s3:::{name}/mine/*"})
    )
    answer = user.delete_objects(Bucket=name, Delete={"Objects": [{"Key": "mine/a"}, {"Key": "other/a"}]})
    assert [d["Key"] for d in answer["Deleted"]] == ["mine/a"]
    assert [(e["Key"], e["Code"]) for e in answer["Errors"]] == [("other/a", "AccessDenied")]
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=name)["Contents"]] == ["other/a"]


def test_attributes(bucket):
    s3, name = bucket
    put = s3.put_object(Bucket=name, Key="k", Body=b"hello", ChecksumAlgorithm="SHA256")
    wanted = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"]
    got = s3.get_object_attributes(Bucket=name, Key="k", ObjectAttributes=wanted)
    assert got["ETag"] == put["ETag"].strip('"')
    assert got["Checksum"]["ChecksumSHA256"] == put["ChecksumSHA256"]
    assert (got["StorageClass"], got["ObjectSize"]) == ("STANDARD", 5)
    assert "ObjectParts" not in got


def test_acls_are_off(bucket):
    s3, name = bucket
    s3.put_object(Bucket=name, Key="k", Body=b"", ACL="bucket-owner-full-control")
    acl = s3.get_object_acl(Bucket=name, Key="k")
    assert [g["Permission"] for g in acl["Grants"]] == ["FULL_CONTROL"]
    for call in (
        lambda: s3.put_object(Bucket=name, Key="k", Body=b"", ACL="public-read"),
        lambda: s3.put_object_acl(Bucket=name, Key="k", ACL="public-read"),
    ):
        with pytest.raises(ClientError) as error:
            call()
        assert code(error) == "AccessControlListNotSupported"


def test_archived_objects_cannot_be_read(bucket):
    s3, name = bucket
    s3.put_object(Bucket=name, Key="k", Body=b"x", StorageClass="GLACIER")
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=name, Key="k")
    assert code(error) == "InvalidObjectState"
