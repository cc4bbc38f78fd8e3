"""Replication: copies in other buckets and accounts, made as a role."""

import json

import pytest
from harness.events import eventually, queue_for, receive, records, refusal


@pytest.fixture
def home(account, client, unique, iam_role):
    creds = account()
    s3 = client("s3", creds)
    source = unique("source")
    s3.create_bucket(Bucket=source)
    versioned(s3, source)
    role = iam_role(
        creds,
        {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"},
        [
            {
                "Effect": "Allow", "Action": ["s3:GetReplicationConfiguration", "s3:ListBucket"],
                "Resource": f"arn:aws:s3:::{source}",
            },
            {"Effect": "Allow", "Action": "s3:GetObjectVersion*", "Resource": f"arn:aws:s3:::{source}/*"},
            {"Effect": "Allow", "Action": "s3:Replicate*", "Resource": "*"},
        ],
    )
    return creds, s3, source, role


def versioned(s3, name):
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})


def rule(target, **more):
    return {
        "ID": "all", "Priority": 1, "Status": "Enabled", "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Disabled"}, "Destination": {"Bucket": f"arn:aws:s3:::{target}"}, **more,
    }


def configure(s3, source, role, *rules):
    s3.put_bucket_replication(
        Bucket=source, ReplicationConfiguration={"Role": role, "Rules": list(rules)}
    )


def status(s3, name, key, **more):
    return s3.head_object(Bucket=name, Key=key, **more).get("ReplicationStatus")


def test_copies_keep_version_metadata_and_tags(home, unique):
    _, s3, source, role = home
    target = unique("target")
    s3.create_bucket(Bucket=target)
    versioned(s3, target)
    configure(
        s3, source, role,
        rule(
            target, Filter={"Prefix": "in/"}, DeleteMarkerReplication={"Status": "Enabled"},
            Destination={"Bucket": f"arn:aws:s3:::{target}", "StorageClass": "STANDARD_IA"},
        ),
    )
    shown = s3.get_bucket_replication(Bucket=source)["ReplicationConfiguration"]
    assert shown["Role"] == role and shown["Rules"][0]["Filter"] == {"Prefix": "in/"}
    put = s3.put_object(
        Bucket=source, Key="in/a", Body=b"x" * 100_000, Metadata={"m": "1"}, Tagging="a=b", ContentType="text/x"
    )
    s3.put_object(Bucket=source, Key="out/a", Body=b"x")
    eventually(lambda: status(s3, source, "in/a") == "COMPLETED")
    copy = s3.get_object(Bucket=target, Key="in/a")
    assert copy["VersionId"] == put["VersionId"] and copy["ETag"] == put["ETag"]
    assert copy["ReplicationStatus"] == "REPLICA" and copy["StorageClass"] == "STANDARD_IA"
    assert copy["Metadata"] == {"m": "1"} and copy["ContentType"] == "text/x"
    assert copy["Body"].read() == b"x" * 100_000
    assert copy["LastModified"] == s3.head_object(Bucket=source, Key="in/a")["LastModified"]
    assert s3.get_object_tagging(Bucket=target, Key="in/a")["TagSet"] == [{"Key": "a", "Value": "b"}]
    assert status(s3, source, "out/a") is None
    assert [v["Key"] for v in s3.list_object_versions(Bucket=target)["Versions"]] == ["in/a"]
    s3.put_object_tagging(Bucket=source, Key="in/a", Tagging={"TagSet": [{"Key": "new", "Value": "1"}]})
    eventually(lambda: s3.get_object_tagging(Bucket=target, Key="in/a")["TagSet"] == [{"Key": "new", "Value": "1"}])
    marker = s3.delete_object(Bucket=source, Key="in/a")["VersionId"]
    eventually(lambda: s3.list_object_versions(Bucket=target).get("DeleteMarkers"))
    assert s3.list_object_versions(Bucket=target)["DeleteMarkers"][0]["VersionId"] == marker
    # A version that is deleted for good stays where it was copied to.
    s3.delete_object(Bucket=source, Key="in/a", VersionId=put["VersionId"])
    assert s3.get_object(Bucket=target, Key="in/a", VersionId=put["VersionId"])["Body"].read()


def test_to_another_account(home, account, client, unique):
    creds, s3, source, role = home
    other = account()
    far = client("s3", other)
    target = unique("far")
    far.create_bucket(Bucket=target)
    versioned(far, target)
    configure(s3, source, role, rule(target))
    s3.put_object(Bucket=source, Key="before", Body=b"x")
    # The target's policy doesn't name the role yet.
    eventually(lambda: status(s3, source, "before") == "FAILED")
    statement = {
        "Effect": "Allow", "Principal": {"AWS": role}, "Action": ["s3:ReplicateObject", "s3:ReplicateTags"],
        "Resource": f"arn:aws:s3:::{target}/*",
    }
    far.put_bucket_policy(
        Bucket=target, Policy=json.dumps({"Version": "2012-10-17", "Statement": statement})
    )
    s3.put_object(Bucket=source, Key="after", Body=b"y" * 50_000)
    eventually(lambda: status(s3, source, "after") == "COMPLETED")
    assert far.get_object(Bucket=target, Key="after")["Body"].read() == b"y" * 50_000
    assert [v["Key"] for v in far.list_object_versions(Bucket=target)["Versions"]] == ["after"]
    s3.delete_object(Bucket=source, Key="after", VersionId=s3.head_object(Bucket=source, Key="after")["VersionId"])
    assert far.get_object(Bucket=target, Key="after")["Body"].read() == b"y" * 50_000


def test_failures_are_told(home, client, unique, iam_role):
    creds, s3, source, _ = home
    role = iam_role(
        creds, {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}
    )
    target = unique("target")
    s3.create_bucket(Bucket=target)
    versioned(s3, target)
    sqs = client("sqs", creds)
    url, arn = queue_for(sqs, creds.account, source, unique("queue"))
    s3.put_bucket_notification_configuration(
        Bucket=source,
        NotificationConfiguration={"QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:Replication:*"]}]},
    )
    receive(sqs, url, 1)
    configure(s3, source, role, rule(target))
    s3.put_object(Bucket=source, Key="k", Body=b"x")
    (record,) = records(sqs, url, 1)
    assert record["eventName"] == "Replication:OperationFailedReplication" and record["eventVersion"] == "2.2"
    data = record["replicationEventData"]
    assert data["replicationRuleId"] == "all" and data["destinationBucket"] == f"arn:aws:s3:::{target}"
    assert status(s3, source, "k") == "FAILED"


def test_what_is_refused(home, unique):
    _, s3, source, role = home
    assert refusal(s3.get_bucket_replication, Bucket=source)["Code"] == "ReplicationConfigurationNotFoundError"
    plain = unique("plain")
    s3.create_bucket(Bucket=plain)

    def put(bucket, *rules, as_role=role):
        return refusal(
            s3.put_bucket_replication, Bucket=bucket,
            ReplicationConfiguration={"Role": as_role, "Rules": list(rules)},
        )

    assert put(plain, rule(source))["Message"] == (
        "Versioning must be 'Enabled' on the bucket to apply a replication configuration"
    )
    assert put(source, rule(plain))["Message"] == "Destination bucket must have versioning enabled."
    assert put(source, rule(plain + "-no"))["Message"] == "Destination bucket must exist."
    assert put(source, rule(plain), as_role="nonsense")["Code"] == "InvalidArgument"
    incomplete = rule(plain)
    del incomplete["Priority"]
    assert put(source, incomplete)["Message"].startswith("Priority must be specified for this version")
    unbuilt = put(source, rule(plain, ExistingObjectReplication={"Status": "Enabled"}))
    assert unbuilt["Code"] == "NotImplemented" and "existing objects" in unbuilt["Message"]
