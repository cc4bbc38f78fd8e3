"""Multipart uploads."""

import base64
import hashlib
import zlib

import boto3.s3.transfer
import pytest
from botocore.exceptions import ClientError

MIB = 1 << 20


def code(error):
    return error.value.response["Error"]["Code"]


@pytest.fixture
def bucket(account, client, unique):
    s3 = client("s3", account())
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    return s3, name


def body(size, seed=0):
    return (hashlib.sha256(bytes([seed])).digest() * (size // 32 + 1))[:size]


def upload(s3, name, key, parts, **more):
    begun = s3.create_multipart_upload(Bucket=name, Key=key, **more)
    done = []
    for number, part in parts:
        extra = {"ChecksumAlgorithm": more["ChecksumAlgorithm"]} if "ChecksumAlgorithm" in more else {}
        answer = s3.upload_part(Bucket=name, Key=key, UploadId=begun["UploadId"], PartNumber=number, Body=part, **extra)
        done.append({"PartNumber": number, **{k: v for k, v in answer.items() if k == "ETag" or k.startswith("Checksum")}})
    return begun["UploadId"], done


def test_parts_make_an_object(bucket):
    s3, name = bucket
    parts = [(2, body(5 * MIB, 1)), (3, body(5 * MIB, 2)), (7, body(1000, 3))]
    identity, done = upload(s3, name, "k", parts, ContentType="text/x", Metadata={"m": "1"}, Tagging="t=1")
    uploads = s3.list_multipart_uploads(Bucket=name)["Uploads"]
    assert [(u["Key"], u["UploadId"]) for u in uploads] == [("k", identity)]
    listed = s3.list_parts(Bucket=name, Key="k", UploadId=identity)["Parts"]
    assert [(p["PartNumber"], p["Size"]) for p in listed] == [(2, 5 * MIB), (3, 5 * MIB), (7, 1000)]
    pages = list(s3.get_paginator("list_parts").paginate(
        Bucket=name, Key="k", UploadId=identity, PaginationConfig={"PageSize": 2}))
    assert [p["PartNumber"] for page in pages for p in page["Parts"]] == [2, 3, 7]
    whole = s3.complete_multipart_upload(Bucket=name, Key="k", UploadId=identity, MultipartUpload={"Parts": done})
    expected = hashlib.md5(b"".join(hashlib.md5(p).digest() for _, p in parts)).hexdigest() + "-3"
    assert whole["ETag"] == f'"{expected}"'
    data = b"".join(p for _, p in parts)
    got = s3.get_object(Bucket=name, Key="k")
    assert got["Body"].read() == data
    assert (got["ContentType"], got["Metadata"], got["TagCount"]) == ("text/x", {"m": "1"}, 1)
    start = 5 * MIB - 10
    assert s3.get_object(Bucket=name, Key="k", Range=f"bytes={start}-{start + 19}")["Body"].read() == data[start : start + 20]
    part = s3.get_object(Bucket=name, Key="k", PartNumber=3)
    assert part["Body"].read() == parts[2][1]
    assert part["PartsCount"] == 3 and part["ContentRange"] == f"bytes {10 * MIB}-{10 * MIB + 999}/{10 * MIB + 1000}"
    assert s3.head_object(Bucket=name, Key="k", PartNumber=1)["ContentLength"] == 5 * MIB
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=name, Key="k", PartNumber=4)
    assert code(error) == "InvalidPartNumber"
    with pytest.raises(ClientError) as error:
        s3.list_parts(Bucket=name, Key="k", UploadId=identity)
    assert code(error) == "NoSuchUpload"
    copied = s3.copy_object(Bucket=name, Key="copy", CopySource=f"{name}/k")["CopyObjectResult"]
    assert copied["ETag"] == f'"{hashlib.md5(data).hexdigest()}"'
    s3.delete_object(Bucket=name, Key="k")
    assert s3.get_object(Bucket=name, Key="copy")["Body"].read() == data


def test_what_is_wrong_with_a_list_of_parts(bucket):
    s3, name = bucket
    identity, done = upload(s3, name, "k", [(1, b"small"), (2, b"small too")])
    for parts, expected in [
        (done, "EntityTooSmall"),
        (done[::-1], "InvalidPartOrder"),
        ([{**done[0], "ETag": '"0"'}], "InvalidPart"),
        ([{**done[0], "PartNumber": 9}], "InvalidPart"),
        ([], "MalformedXML"),
    ]:
        with pytest.raises(ClientError) as error:
            s3.complete_multipart_upload(Bucket=name, Key="k", UploadId=identity, MultipartUpload={"Parts": parts})
        assert code(error) == expected
    s3.complete_multipart_upload(Bucket=name, Key="k", UploadId=identity, MultipartUpload={"Parts": done[1:]})
    assert s3.get_object(Bucket=name, Key="k")["Body"].read() == b"small too"


def test_an_upload_is_replaced_and_aborted(bucket):
    s3, name = bucket
    identity, _ = upload(s3, name, "k", [(1, b"one"), (1, b"again")])
    (part,) = s3.list_parts(Bucket=name, Key="k", UploadId=identity)["Parts"]
    assert part["Size"] == 5
    s3.abort_multipart_upload(Bucket=name, Key="k", UploadId=identity)
    for call in (
        lambda: s3.abort_multipart_upload(Bucket=name, Key="k", UploadId=identity),
        lambda: s3.upload_part(Bucket=name, Key="k", UploadId=identity, PartNumber=1, Body=b"x"),
    ):
        with pytest.raises(ClientError) as error:
            call()
        assert code(error) == "NoSuchUpload"
    identity, _ = upload(s3, name, "k", [])
    for number in (0, 10_001):
        with pytest.raises(ClientError) as error:
            s3.upload_part(Bucket=name, Key="k", UploadId=identity, PartNumber=number, Body=b"x")
        assert code(error) == "InvalidArgument"


def test_uploads_are_listed_in_pages(bucket):
    s3, name = bucket
    expected = []
    for key in ("a", "a", "b/1", "b/2", "c"):
        expected.append((key, s3.create_multipart_upload(Bucket=name, Key=key)["UploadId"]))
    for size in (1, 2, 3, 100):
        pages = s3.get_paginator("list_multipart_uploads").paginate(Bucket=name, PaginationConfig={"PageSize": size})
        assert [(u["Key"], u["UploadId"]) for page in pages for u in page.get("Uploads", [])] == expected
    rolled = s3.list_multipart_uploads(Bucket=name, Delimiter="/")
    assert [p["Prefix"] for p in rolled["CommonPrefixes"]] == ["b/"]
    assert [u["Key"] for u in rolled["Uploads"]] == ["a", "a", "c"]
    s3.delete_bucket(Bucket=name)


@pytest.mark.parametrize("algorithm, kind", [("CRC32", "COMPOSITE"), ("CRC32", "FULL_OBJECT"), ("SHA256", "COMPOSITE")])
def test_checksums_of_parts_and_whole(bucket, algorithm, kind):
    s3, name = bucket
    parts = [(1, body(5 * MIB, 1)), (2, body(77, 2))]
    identity, done = upload(s3, name, "k", parts, ChecksumAlgorithm=algorithm, ChecksumType=kind)
    whole = s3.complete_multipart_upload(
        Bucket=name, Key="k", UploadId=identity, MultipartUpload={"Parts": done}, ChecksumType=kind)
    digest = (lambda d: zlib.crc32(d).to_bytes(4, "big")) if algorithm == "CRC32" else (lambda d: hashlib.sha256(d).digest())
    if kind == "COMPOSITE":
        expected = base64.b64encode(digest(b"".join(digest(p) for _, p in parts))).decode() + "-2"
    else:
        expected = base64.b64encode(digest(b"".join(p for _, p in parts))).decode()
    assert whole[f"Checksum{algorithm}"] == expected
    assert whole["ChecksumType"] == kind
    got = s3.get_object(Bucket=name, Key="k", ChecksumMode="ENABLED")
    assert got[f"Checksum{algorithm}"] == expected
    assert len(got["Body"].read()) == 5 * MIB + 77
    attributes = s3.get_object_attributes(Bucket=name, Key="k", ObjectAttributes=["ObjectParts", "Checksum"])
    assert attributes["ObjectParts"]["TotalPartsCount"] == 2
    assert [p["Size"] for p in attributes["ObjectParts"]["Parts"]] == [5 * MIB, 77]


def test_parts_from_copies(bucket):
    s3, name = bucket
    data = body(6 * MIB, 5)
    s3.put_object(Bucket=name, Key="source", Body=data)
    identity, _ = upload(s3, name, "k", [])
    done = []
    for number, (first, last) in enumerate([(0, 5 * MIB - 1), (5 * MIB, 6 * MIB - 1)], 1):
        answer = s3.upload_part_copy(
            Bucket=name, Key="k", UploadId=identity, PartNumber=number, CopySource=f"{name}/source",
            CopySourceRange=f"bytes={first}-{last}",
        )
        assert answer["CopyPartResult"]["ETag"] == f'"{hashlib.md5(data[first:last + 1]).hexdigest()}"'
        done.append({"PartNumber": number, "ETag": answer["CopyPartResult"]["ETag"]})
    for bad in ("bytes=0-", "bytes=0-99999999", "0-5"):
        with pytest.raises(ClientError) as error:
            s3.upload_part_copy(
                Bucket=name, Key="k", UploadId=identity, PartNumber=3, CopySource=f"{name}/source", CopySourceRange=bad)
        assert code(error) == "InvalidArgument"
    s3.delete_object(Bucket=name, Key="source")
    s3.complete_multipart_upload(Bucket=name, Key="k", UploadId=identity, MultipartUpload={"Parts": done})
    assert s3.get_object(Bucket=name, Key="k")["Body"].read() == data


def test_conditional_completion(bucket):
    s3, name = bucket
    s3.put_object(Bucket=name, Key="k", Body=b"there")
    identity, done = upload(s3, name, "k", [(1, b"x")])
    with pytest.raises(ClientError) as error:
        s3.complete_multipart_upload(
            Bucket=name, Key="k", UploadId=identity, MultipartUpload={"Parts": done}, IfNoneMatch="*")
    assert code(error) == "PreconditionFailed"


def test_the_transfer_manager_with_parts_of_8_mib(bucket, tmp_path):
    s3, name = bucket
    path = tmp_path / "file"
    path.write_bytes(body(30 * MIB + 5, 9))
    config = boto3.s3.transfer.TransferConfig(multipart_threshold=8 * MIB, multipart_chunksize=8 * MIB)
    s3.upload_file(str(path), name, "big/file", Config=config)
    head = s3.head_object(Bucket=name, Key="big/file")
    assert head["ETag"].endswith('-4"') and head["ContentLength"] == 30 * MIB + 5
    s3.download_file(name, "big/file", str(tmp_path / "back"), Config=config)
    assert (tmp_path / "back").read_bytes() == path.read_bytes()
    s3.copy({"Bucket": name, "Key": "big/file"}, name, "big/copy", Config=config)
    assert s3.head_object(Bucket=name, Key="big/copy")["ContentLength"] == 30 * MIB + 5
