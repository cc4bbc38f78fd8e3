"""Checksums: all algorithms, in headers and in trailers, right and wrong."""

import base64
import hashlib
import zlib

import pytest
from botocore.exceptions import ClientError

BODY = b"The quick brown fox jumps over the lazy dog" * 1000


def code(error):
    return error.value.response["Error"]["Code"]


@pytest.fixture
def bucket(account, client, unique):
    s3 = client("s3", account())
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    return s3, name


def b64(raw):
    return base64.b64encode(raw).decode()


KNOWN = {
    "CRC32": b64(zlib.crc32(BODY).to_bytes(4, "big")),
    "SHA1": b64(hashlib.sha1(BODY).digest()),
    "SHA256": b64(hashlib.sha256(BODY).digest()),
}


@pytest.mark.parametrize("algorithm", ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"])
def test_a_checksum_is_verified_kept_and_shown(bucket, algorithm):
    s3, name = bucket
    try:
        put = s3.put_object(Bucket=name, Key="k", Body=BODY, ChecksumAlgorithm=algorithm)
    except Exception as error:  # CRC32C and CRC64NVME need the awscrt package on the client's side.
        if "awscrt" in str(error) or "CRT" in str(error) or type(error).__name__ == "MissingDependencyException":
            pytest.skip("the client cannot compute it")
        raise
    value = put[f"Checksum{algorithm}"]
    if algorithm in KNOWN:
        assert value == KNOWN[algorithm]
    assert put["ChecksumType"] == "FULL_OBJECT"
    got = s3.get_object(Bucket=name, Key="k", ChecksumMode="ENABLED")
    assert got[f"Checksum{algorithm}"] == value
    assert got["Body"].read() == BODY
    assert s3.head_object(Bucket=name, Key="k", ChecksumMode="ENABLED")[f"Checksum{algorithm}"] == value
    part = s3.get_object(Bucket=name, Key="k", Range="bytes=0-9", ChecksumMode="ENABLED")
    assert f"Checksum{algorithm}" not in part
    assert part["Body"].read() == BODY[:10]


def test_without_a_checksum_there_is_crc64nvme(bucket, client):
    s3, name = bucket
    import requests

    from harness import Credentials

    key = s3._request_signer._credentials.access_key
    s3 = client("s3", Credentials(key, "test", account=key), signature_version="s3v4")
    url = s3.generate_presigned_url("put_object", {"Bucket": name, "Key": "k"})
    requests.put(url, data=b"123456789", timeout=10).raise_for_status()
    head = s3.head_object(Bucket=name, Key="k", ChecksumMode="ENABLED")
    assert base64.b64decode(head["ChecksumCRC64NVME"]).hex() == "ae8b14860a799888"


@pytest.mark.parametrize("algorithm, size", [("CRC32", 4), ("CRC32C", 4), ("CRC64NVME", 8), ("SHA1", 20), ("SHA256", 32)])
def test_a_wrong_checksum_is_refused(bucket, algorithm, size):
    s3, name = bucket
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=name, Key="k", Body=BODY, **{f"Checksum{algorithm}": b64(bytes(size))})
    assert code(error) == "BadDigest"
    assert f"The {algorithm} you specified did not match" in str(error.value)
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=name, Key="k", Body=BODY, **{f"Checksum{algorithm}": "AA=="})
    assert code(error) == "InvalidRequest"
    assert s3.list_objects_v2(Bucket=name)["KeyCount"] == 0


def test_content_md5(bucket, client, account, unique):
    s3, name = bucket
    s3.put_object(Bucket=name, Key="k", Body=BODY, ContentMD5=b64(hashlib.md5(BODY).digest()))
    for value, expected in [(b64(bytes(16)), "BadDigest"), ("short", "InvalidDigest")]:
        with pytest.raises(ClientError) as error:
            s3.put_object(Bucket=name, Key="k2", Body=BODY, ContentMD5=value)
        assert code(error) == expected


def test_trailers_of_a_stream_of_unknown_length(bucket):
    """A body that can't be rewound goes out in chunks with its checksum behind it."""
    s3, name = bucket
    import io

    put = s3.put_object(Bucket=name, Key="k", Body=io.BytesIO(BODY), ChecksumAlgorithm="SHA256")
    assert put["ChecksumSHA256"] == KNOWN["SHA256"]
    got = s3.get_object(Bucket=name, Key="k")
    assert got["Body"].read() == BODY
    assert "ContentEncoding" not in got


def test_a_copy_keeps_or_changes_the_algorithm(bucket):
    s3, name = bucket
    s3.put_object(Bucket=name, Key="k", Body=BODY, ChecksumAlgorithm="SHA1")
    kept = s3.copy_object(Bucket=name, Key="kept", CopySource=f"{name}/k")["CopyObjectResult"]
    assert kept["ChecksumSHA1"] == KNOWN["SHA1"]
    changed = s3.copy_object(Bucket=name, Key="changed", CopySource=f"{name}/k", ChecksumAlgorithm="SHA256")
    assert changed["CopyObjectResult"]["ChecksumSHA256"] == KNOWN["SHA256"]
