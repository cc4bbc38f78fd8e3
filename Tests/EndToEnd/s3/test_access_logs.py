"""Server access logs."""

import json
import re

import pytest
from harness.events import eventually, refusal

LINE = re.compile(r'(?:[^\s"\[]+|"[^"]*"|\[[^\]]*\])')


@pytest.fixture
def home(server, client, account, unique, clock):
    one = server()
    creds = account()
    s3 = client("s3", creds, at=one.endpoint)
    name, target = unique("bucket"), unique("logs")
    s3.create_bucket(Bucket=name)
    s3.create_bucket(Bucket=target)
    return one, clock(one), creds, s3, name, target


def allow(s3, creds, name, target, **conditions):
    statement = {
        "Effect": "Allow", "Principal": {"Service": "logging.s3.amazonaws.com"}, "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{target}/*",
        "Condition": {
            "ArnLike": {"aws:SourceArn": f"arn:aws:s3:::{name}"},
            "StringEquals": {"aws:SourceAccount": creds.account},
        },
    }
    s3.put_bucket_policy(Bucket=target, Policy=json.dumps({"Version": "2012-10-17", "Statement": statement}))


def logs(s3, target):
    return [item["Key"] for item in s3.list_objects_v2(Bucket=target).get("Contents", [])]


def lines(s3, target, count=1):
    keys = eventually(lambda: (found := logs(s3, target)) and len(found) >= count and found)
    text = "".join(s3.get_object(Bucket=target, Key=key)["Body"].read().decode() for key in keys)
    return keys, [LINE.findall(line) for line in text.splitlines()]


def test_requests_are_written_down(home):
    one, clock, creds, s3, name, target = home
    allow(s3, creds, name, target)
    s3.put_bucket_logging(
        Bucket=name, BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": target, "TargetPrefix": "log/"}}
    )
    assert s3.get_bucket_logging(Bucket=name)["LoggingEnabled"] == {"TargetBucket": target, "TargetPrefix": "log/"}
    put = s3.put_object(Bucket=name, Key="a b", Body=b"hello")
    s3.get_object(Bucket=name, Key="a b")["Body"].read()
    refusal(s3.get_object, Bucket=name, Key="missing")
    one.kill9()
    one.start()
    clock.advance("6m")
    keys, found = lines(s3, target)
    assert re.fullmatch(r"log/\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-[0-9A-F]{16}", keys[0])
    by = {line[6]: line for line in found}
    first = by["REST.PUT.OBJECT"]
    assert len(first) == 26 and first[1] == name and first[3] == "127.0.0.1"
    assert first[5] == put["ResponseMetadata"]["RequestId"]
    assert first[7] == "a%2520b" and first[8] == f'"PUT /{name}/a%20b HTTP/1.1"' and first[9:11] == ["200", "-"]
    assert first[19] == "SigV4" and first[21] == "AuthHeader"
    reads = [line for line in found if line[6] == "REST.GET.OBJECT"]
    assert (reads[0][9], reads[0][11], reads[0][12]) == ("200", "5", "5")
    assert (reads[1][9], reads[1][10]) == ("404", "NoSuchKey")


def test_without_permission_nothing_is_delivered(home):
    one, clock, creds, s3, name, target = home
    status = {"LoggingEnabled": {
        "TargetBucket": target, "TargetPrefix": "",
        "TargetObjectKeyFormat": {"PartitionedPrefix": {"PartitionDateSource": "EventTime"}},
    }}
    s3.put_bucket_logging(Bucket=name, BucketLoggingStatus=status)
    assert s3.get_bucket_logging(Bucket=name)["LoggingEnabled"] == status["LoggingEnabled"]
    s3.put_object(Bucket=name, Key="lost", Body=b"x")
    clock.advance("6m")
    eventually(lambda: "can't be delivered" in one.output())
    assert logs(s3, target) == []
    allow(s3, creds, name, target)
    s3.put_object(Bucket=name, Key="kept", Body=b"x")
    clock.advance("6m")
    keys, found = lines(s3, target)
    assert re.fullmatch(
        rf"{creds.account}/us-east-1/{name}/\d{{4}}/\d\d/\d\d/\d{{4}}-\d\d-\d\d-00-00-00-[0-9A-F]{{16}}", keys[0]
    )
    assert [line[7] for line in found if line[6] == "REST.PUT.OBJECT"] == ["kept"]


def test_where_a_log_may_go(home, client, account, unique):
    one, _, _, s3, name, _ = home

    def put(target):
        return refusal(
            s3.put_bucket_logging, Bucket=name,
            BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": target, "TargetPrefix": ""}},
        )

    nowhere = put("no-such-bucket-anywhere")
    assert (nowhere["Code"], nowhere["Message"]) == (
        "InvalidTargetBucketForLogging", "The target bucket for logging does not exist"
    )
    foreign = unique("foreign")
    client("s3", account(), at=one.endpoint).create_bucket(Bucket=foreign)
    assert put(foreign)["Message"] == "The owner for the bucket to be logged and the target bucket must be the same."
    assert "LoggingEnabled" not in s3.get_bucket_logging(Bucket=name)
