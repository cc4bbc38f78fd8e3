"""Presigned URLs of Signature Version 2, digests of bodies that aren't streamed, and whose account the bytes are in."""

import base64
import hashlib
import json

import pytest
import requests
from botocore.exceptions import ClientError
from harness import Credentials
from harness.http import send

LARGE = b"x" * 200_000


def test_what_boto3_presigns_unless_told_otherwise(account, client, unique):
    root, name = account(), unique("old")
    client("s3", root).create_bucket(Bucket=name)
    s3 = client("s3", root, signature_version="s3")
    put = s3.generate_presigned_url("put_object", {"Bucket": name, "Key": "a b/ü", "ContentType": "text/plain"})
    assert "AWSAccessKeyId=" in put
    assert requests.put(put, data=b"hello", headers={"Content-Type": "text/plain"}, timeout=10).status_code == 200
    get = s3.generate_presigned_url(
        "get_object", {"Bucket": name, "Key": "a b/ü", "ResponseContentType": "text/html"})
    answer = requests.get(get, timeout=10)
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"hello", "text/html")


def test_an_old_url_that_was_changed_or_has_run_out_is_refused(account, client, unique):
    root, name = account(), unique("old")
    client("s3", root).create_bucket(Bucket=name)
    client("s3", root).put_object(Bucket=name, Key="k", Body=b"1")
    s3 = client("s3", root, signature_version="s3")
    url = s3.generate_presigned_url("get_object", {"Bucket": name, "Key": "k"})
    changed = requests.get(url.replace("/k?", "/other?"), timeout=10)
    assert changed.status_code == 403 and "<Code>SignatureDoesNotMatch</Code>" in changed.text
    old = s3.generate_presigned_url("get_object", {"Bucket": name, "Key": "k"}, ExpiresIn=-10)
    ended = requests.get(old, timeout=10)
    assert ended.status_code == 403 and "Request has expired" in ended.text


def test_an_old_url_made_with_a_session(account, client, unique):
    root, name = account(), unique("old")
    client("s3", root).create_bucket(Bucket=name)
    client("s3", root).put_object(Bucket=name, Key="k", Body=b"1")
    session = Credentials.of(client("sts", root).get_session_token(), root.account)
    url = client("s3", session, signature_version="s3").generate_presigned_url("get_object", {"Bucket": name, "Key": "k"})
    assert requests.get(url, timeout=10).content == b"1"


@pytest.mark.parametrize("header", ["Content-MD5", "x-amz-checksum-sha256"])
def test_a_list_of_deletions_that_was_damaged_is_refused(endpoint, account, client, unique, header):
    root, name = account(), unique("md5")
    s3 = client("s3", root)
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="k", Body=b"1")
    body = b"<Delete><Object><Key>k</Key></Object></Delete>"
    digest = {"Content-MD5": hashlib.md5, "x-amz-checksum-sha256": hashlib.sha256}[header]
    wrong = base64.b64encode(digest(b"other").digest()).decode()
    answer = send(endpoint, "s3", root, path=f"/{name}?delete=", body=body, headers={header: wrong})
    assert answer.status_code == 400 and "<Code>BadDigest</Code>" in answer.text
    assert s3.get_object(Bucket=name, Key="k")["Body"].read() == b"1"
    none = send(endpoint, "s3", root, path=f"/{name}?delete=", body=body)
    assert none.status_code == 400 and "Content-MD5 OR x-amz-checksum-" in none.text


def test_what_a_stranger_wrote_stays_when_the_strangers_account_is_emptied(server, client, account):
    running = server()
    owner, stranger = account(), account()
    s3 = client("s3", owner, at=running.endpoint)
    s3.create_bucket(Bucket="shared-bucket")
    s3.put_bucket_policy(
        Bucket="shared-bucket",
        Policy=json.dumps({
            "Version": "2012-10-17",
            "Statement": {
                "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{stranger.account}:root"},
                "Action": "s3:PutObject", "Resource": "arn:aws:s3:::shared-bucket/*"}}))
    writer = client("s3", stranger, at=running.endpoint)
    for key, body in [("small", b"1"), ("large", LARGE)]:
        writer.put_object(Bucket="shared-bucket", Key=key, Body=body)
    assert requests.post(running.endpoint + "/_hakoniwa/reset", json={"account": stranger.account}, timeout=10).ok
    running.kill9()
    running.start()
    s3 = client("s3", owner, at=running.endpoint)
    assert s3.get_object(Bucket="shared-bucket", Key="small")["Body"].read() == b"1"
    assert s3.get_object(Bucket="shared-bucket", Key="large")["Body"].read() == LARGE
    with pytest.raises(ClientError):
        writer = client("s3", stranger, at=running.endpoint)
        writer.get_object(Bucket="shared-bucket", Key="small")
