"""Versions and delete markers."""

import pytest
from botocore.exceptions import ClientError


def code(error):
    return error.value.response["Error"]["Code"]


@pytest.fixture
def bucket(account, client, unique):
    s3 = client("s3", account())
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="old", Body=b"before")
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return s3, name


def test_every_write_is_a_version(bucket):
    s3, name = bucket
    assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Enabled"
    ids = [s3.put_object(Bucket=name, Key="k", Body=str(i).encode())["VersionId"] for i in range(3)]
    assert len(set(ids)) == 3
    assert s3.get_object(Bucket=name, Key="k")["VersionId"] == ids[2]
    for i, version in enumerate(ids):
        assert s3.get_object(Bucket=name, Key="k", VersionId=version)["Body"].read() == str(i).encode()
    listed = s3.list_object_versions(Bucket=name, Prefix="k")["Versions"]
    assert [(v["VersionId"], v["IsLatest"]) for v in listed] == [(ids[2], True), (ids[1], False), (ids[0], False)]
    assert s3.get_object(Bucket=name, Key="old", VersionId="null")["Body"].read() == b"before"


def test_a_delete_is_a_marker_that_can_be_deleted(bucket):
    s3, name = bucket
    version = s3.put_object(Bucket=name, Key="k", Body=b"x")["VersionId"]
    deleted = s3.delete_object(Bucket=name, Key="k")
    assert deleted["DeleteMarker"] is True
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=name, Key="k")
    assert code(error) == "NoSuchKey"
    headers = error.value.response["ResponseMetadata"]["HTTPHeaders"]
    assert headers["x-amz-delete-marker"] == "true"
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=name, Key="k", VersionId=deleted["VersionId"])
    assert code(error) == "MethodNotAllowed"
    assert s3.list_objects_v2(Bucket=name, Prefix="k")["KeyCount"] == 0
    listed = s3.list_object_versions(Bucket=name, Prefix="k")
    assert [m["VersionId"] for m in listed["DeleteMarkers"]] == [deleted["VersionId"]]
    s3.delete_object(Bucket=name, Key="k", VersionId=deleted["VersionId"])
    assert s3.get_object(Bucket=name, Key="k")["VersionId"] == version
    s3.delete_object(Bucket=name, Key="k", VersionId=version)
    with pytest.raises(ClientError):
        s3.head_object(Bucket=name, Key="k")
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=name, Key="k", VersionId=version)
    assert code(error) == "NoSuchVersion"


def test_pages_go_through_the_middle_of_a_key(bucket):
    s3, name = bucket
    expected = []
    for key in ("a", "b", "c"):
        ids = [s3.put_object(Bucket=name, Key=key, Body=b"")["VersionId"] for _ in range(3)]
        expected += [(key, i) for i in reversed(ids)]
    expected.append(("old", "null"))
    for size in (1, 2, 4, 100):
        pages = s3.get_paginator("list_object_versions").paginate(Bucket=name, PaginationConfig={"PageSize": size})
        assert [(v["Key"], v["VersionId"]) for page in pages for v in page.get("Versions", [])] == expected


def test_a_bucket_with_versions_is_not_empty(bucket):
    s3, name = bucket
    s3.delete_object(Bucket=name, Key="old")
    with pytest.raises(ClientError) as error:
        s3.delete_bucket(Bucket=name)
    assert code(error) == "BucketNotEmpty"
    listed = s3.list_object_versions(Bucket=name)
    every = [{"Key": v["Key"], "VersionId": v["VersionId"]} for v in listed["Versions"] + listed["DeleteMarkers"]]
    assert "Errors" not in s3.delete_objects(Bucket=name, Delete={"Objects": every})
    s3.delete_bucket(Bucket=name)


def test_a_copy_may_name_a_version(bucket):
    s3, name = bucket
    first = s3.put_object(Bucket=name, Key="k", Body=b"one")["VersionId"]
    s3.put_object(Bucket=name, Key="k", Body=b"two")
    copied = s3.copy_object(Bucket=name, Key="copy", CopySource={"Bucket": name, "Key": "k", "VersionId": first})
    assert copied["CopySourceVersionId"] == first
    assert s3.get_object(Bucket=name, Key="copy")["Body"].read() == b"one"
