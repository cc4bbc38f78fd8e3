"""Lifecycle rules and restores, on a clock that is moved."""

import datetime

import pytest
from harness.events import eventually, queue_for, receive, records, refusal


@pytest.fixture
def home(server, client, account, unique, clock):
    one = server()
    creds = account()
    s3 = client("s3", creds, at=one.endpoint)
    name = unique("bucket")
    # At noon, so that no test begins on one day and goes on on the next.
    tomorrow = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
    clock(one).set(tomorrow.strftime("%Y-%m-%dT12:00:00Z"))
    s3.create_bucket(Bucket=name)
    return one, clock(one), creds, s3, name


def configure(s3, name, *rules, **more):
    whole = [{"Status": "Enabled", "Filter": {}, **rule} for rule in rules]
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": whole}, **more)


def keys(s3, name):
    return [item["Key"] for item in s3.list_objects_v2(Bucket=name).get("Contents", [])]


def versions(s3, name):
    listed = s3.list_object_versions(Bucket=name)
    return listed.get("Versions", []), listed.get("DeleteMarkers", [])


def happens(look):
    """Waits for what a run does, and for the run's end.

    A run goes in parts, one behind the other, and a clock that is moved between two of them moves the next day's run as well.
    Whatever is due is done before a request is answered.
    """
    eventually(look)
    for _ in range(4):
        look()


def midnight(time, days):
    end = time + datetime.timedelta(days=days)
    return end.replace(hour=0, minute=0, second=0, microsecond=0) + datetime.timedelta(days=1)


def test_objects_expire_at_the_midnight_behind_their_days(home, client):
    one, clock, creds, s3, name = home
    sqs = client("sqs", creds, at=one.endpoint)
    url, arn = queue_for(sqs, creds.account, name, "events")
    s3.put_bucket_notification_configuration(
        Bucket=name,
        NotificationConfiguration={"QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:LifecycleExpiration:*"]}]},
    )
    receive(sqs, url, 1)
    configure(
        s3, name,
        {"ID": "old logs", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 3}},
        {"ID": "tagged", "Filter": {"Tag": {"Key": "keep", "Value": "no"}}, "Expiration": {"Days": 1}},
        {
            "ID": "large", "Expiration": {"Days": 2},
            "Filter": {"And": {"Prefix": "data/", "ObjectSizeGreaterThan": 10}},
        },
        {"ID": "off", "Status": "Disabled", "Expiration": {"Days": 1}},
    )
    put = s3.put_object(Bucket=name, Key="logs/a", Body=b"x")
    now = s3.head_object(Bucket=name, Key="logs/a")["LastModified"]
    expected = midnight(now, 3).strftime('expiry-date="%a, %d %b %Y 00:00:00 GMT", rule-id="old%%20logs"')
    assert put["Expiration"] == expected
    assert s3.get_object(Bucket=name, Key="logs/a")["Expiration"] == expected
    s3.put_object(Bucket=name, Key="t", Body=b"x", Tagging="keep=no")
    s3.put_object(Bucket=name, Key="data/large", Body=b"x" * 11)
    s3.put_object(Bucket=name, Key="data/small", Body=b"x" * 10)
    assert "Expiration" not in s3.put_object(Bucket=name, Key="stays", Body=b"x")
    clock.set((midnight(now, 1) - datetime.timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert len(keys(s3, name)) == 5
    clock.advance("2m")
    happens(lambda: keys(s3, name) == ["data/large", "data/small", "logs/a", "stays"])
    got = records(sqs, url, 1)
    clock.advance("1d")
    happens(lambda: keys(s3, name) == ["data/small", "logs/a", "stays"])
    got += records(sqs, url, 1)
    clock.advance("30d")
    eventually(lambda: keys(s3, name) == ["data/small", "stays"])
    got += records(sqs, url, 1)
    assert {record["eventName"] for record in got} == {"LifecycleExpiration:Delete"}
    assert {record["s3"]["object"]["key"] for record in got} == {"t", "data/large", "logs/a"}
    assert got[0]["userIdentity"] == {"principalId": "s3.amazonaws.com"} and got[0]["eventVersion"] == "2.3"


def test_versions_and_markers(home):
    one, clock, creds, s3, name = home
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    configure(
        s3, name,
        {"NoncurrentVersionExpiration": {"NoncurrentDays": 2, "NewerNoncurrentVersions": 1}},
        {"Filter": {"Prefix": "gone"}, "Expiration": {"Days": 1}},
        {"Filter": {"Prefix": "marked"}, "Expiration": {"ExpiredObjectDeleteMarker": True}},
    )
    ids = [s3.put_object(Bucket=name, Key="k", Body=b"x")["VersionId"] for _ in range(4)]
    s3.put_object(Bucket=name, Key="gone", Body=b"x")
    s3.delete_object(Bucket=name, Key="marked")
    s3.delete_object(Bucket=name, Key="other")
    clock.advance("2d")
    happens(lambda: [marker["Key"] for marker in versions(s3, name)[1]] == ["gone", "other"])
    assert len([v for v in versions(s3, name)[0] if v["Key"] == "k"]) == 4
    clock.advance("2d")
    # Of three replaced versions the newest is kept.
    eventually(lambda: [v["VersionId"] for v in versions(s3, name)[0] if v["Key"] == "k"] == [ids[3], ids[2]])


def test_transitions_and_uploads_without_an_end(home):
    one, clock, creds, s3, name = home
    configure(
        s3, name,
        {
            "Transitions": [
                {"Days": 30, "StorageClass": "STANDARD_IA"}, {"Days": 60, "StorageClass": "GLACIER"},
            ]
        },
        {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}},
    )
    s3.put_object(Bucket=name, Key="large", Body=b"x" * (128 << 10))
    s3.put_object(Bucket=name, Key="small", Body=b"x")
    upload = s3.create_multipart_upload(Bucket=name, Key="never")["UploadId"]
    s3.upload_part(Bucket=name, Key="never", UploadId=upload, PartNumber=1, Body=b"x")

    def storage_class(key):
        return s3.head_object(Bucket=name, Key=key).get("StorageClass", "STANDARD")

    clock.advance("9d")
    happens(lambda: "Uploads" not in s3.list_multipart_uploads(Bucket=name))
    clock.advance("22d")
    happens(lambda: storage_class("large") == "STANDARD_IA")
    clock.advance("31d")
    happens(lambda: storage_class("large") == "GLACIER")
    assert storage_class("small") == "STANDARD"
    configure(
        s3, name, {"Transitions": [{"Days": 0, "StorageClass": "GLACIER"}]},
        TransitionDefaultMinimumObjectSize="varies_by_storage_class",
    )
    clock.advance("1d")
    eventually(lambda: storage_class("small") == "GLACIER")


def test_a_restored_object_can_be_read_for_its_days(home, client):
    one, clock, creds, s3, name = home
    sqs = client("sqs", creds, at=one.endpoint)
    url, arn = queue_for(sqs, creds.account, name, "events")
    s3.put_bucket_notification_configuration(
        Bucket=name,
        NotificationConfiguration={"QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectRestore:*"]}]},
    )
    receive(sqs, url, 1)
    s3.put_object(Bucket=name, Key="k", Body=b"cold", StorageClass="GLACIER")
    assert refusal(s3.get_object, Bucket=name, Key="k")["Code"] == "InvalidObjectState"
    wanted = {"Days": 2, "GlacierJobParameters": {"Tier": "Standard"}}
    begun = s3.restore_object(Bucket=name, Key="k", RestoreRequest=wanted)
    assert begun["ResponseMetadata"]["HTTPStatusCode"] == 202
    assert s3.head_object(Bucket=name, Key="k")["Restore"] == 'ongoing-request="true"'
    again = refusal(s3.restore_object, Bucket=name, Key="k", RestoreRequest=wanted)
    assert (again["Code"], again["Status"]) == ("RestoreAlreadyInProgress", 409)
    clock.advance("4h")
    assert refusal(s3.get_object, Bucket=name, Key="k")["Code"] == "InvalidObjectState"
    clock.advance("2h")
    eventually(lambda: "expiry-date" in s3.head_object(Bucket=name, Key="k")["Restore"])
    warmed = s3.get_object(Bucket=name, Key="k")
    assert warmed["Body"].read() == b"cold" and warmed["StorageClass"] == "GLACIER"
    longer = s3.restore_object(Bucket=name, Key="k", RestoreRequest={**wanted, "Days": 5})
    assert longer["ResponseMetadata"]["HTTPStatusCode"] == 200
    got = records(sqs, url, 2)
    clock.advance("7d")
    eventually(lambda: "Restore" not in s3.head_object(Bucket=name, Key="k"))
    assert refusal(s3.get_object, Bucket=name, Key="k")["Code"] == "InvalidObjectState"
    got += records(sqs, url, 1)
    assert [record["eventName"] for record in got] == [
        "ObjectRestore:Post", "ObjectRestore:Completed", "ObjectRestore:Delete"
    ]
    assert got[1]["glacierEventData"]["restoreEventData"]["lifecycleRestoreStorageClass"] == "GLACIER"
    s3.put_object(Bucket=name, Key="warm", Body=b"x")
    warm = refusal(s3.restore_object, Bucket=name, Key="warm", RestoreRequest=wanted)
    assert (warm["Code"], warm["Status"]) == ("InvalidObjectState", 403)


def test_rules_are_shown_as_they_were_given(home):
    _, _, _, s3, name = home
    assert refusal(s3.get_bucket_lifecycle_configuration, Bucket=name)["Code"] == "NoSuchLifecycleConfiguration"
    rules = [
        {"ID": "a", "Status": "Enabled", "Prefix": "old/", "Expiration": {"Days": 1}},
        {
            "ID": "b", "Status": "Disabled",
            "Filter": {"And": {"Prefix": "p", "Tags": [{"Key": "a", "Value": "b"}], "ObjectSizeLessThan": 7}},
            "Transitions": [{"Days": 0, "StorageClass": "GLACIER_IR"}],
            "NoncurrentVersionTransitions": [
                {"NoncurrentDays": 30, "StorageClass": "STANDARD_IA", "NewerNoncurrentVersions": 2}
            ],
        },
        {
            "ID": "c", "Status": "Enabled", "Filter": {"Prefix": ""},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 3},
        },
    ]
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": rules})
    shown = s3.get_bucket_lifecycle_configuration(Bucket=name)
    assert shown["Rules"] == rules
    assert shown["TransitionDefaultMinimumObjectSize"] == "all_storage_classes_128K"
    s3.delete_bucket_lifecycle(Bucket=name)
    assert refusal(s3.get_bucket_lifecycle_configuration, Bucket=name)["Status"] == 404


INVALID = [
    ({}, "InvalidRequest", "At least one action needs to be specified in a rule"),
    ({"Status": "On", "Expiration": {"Days": 1}}, "MalformedXML", None),
    ({"Expiration": {"Days": 0}}, "InvalidArgument", "'Days' for Expiration action must be a positive integer"),
    (
        {"Expiration": {"Date": "2030-01-01T01:00:00Z"}}, "InvalidArgument", "'Date' must be at midnight GMT",
    ),
    (
        {"Transitions": [{"Days": 29, "StorageClass": "STANDARD_IA"}]}, "InvalidArgument",
        "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'",
    ),
    (
        {"Transitions": [{"Days": 10, "StorageClass": "GLACIER"}], "Expiration": {"Days": 10}}, "InvalidArgument",
        "'Days' in the Expiration action for filter '(prefix=)' must be greater than 'Days' in the Transition action",
    ),
    (
        {
            "Filter": {"Tag": {"Key": "a", "Value": "b"}},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
        },
        "InvalidRequest", "AbortIncompleteMultipartUpload cannot be specified with Tags.",
    ),
    ({"Filter": {"And": {"Prefix": "a"}}, "Expiration": {"Days": 1}}, "MalformedXML", None),
]


@pytest.mark.parametrize("rule, code, message", INVALID)
def test_invalid_rules(account, client, unique, rule, code, message):
    s3 = client("s3", account())
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    refused = refusal(
        s3.put_bucket_lifecycle_configuration, Bucket=name,
        LifecycleConfiguration={"Rules": [{"Status": "Enabled", "Filter": {}, **rule}]},
    )
    assert (refused["Code"], refused["Status"]) == (code, 400)
    if message:
        assert refused["Message"] == message


def test_rules_go_on_after_kill_9(home):
    one, clock, creds, s3, name = home
    configure(s3, name, {"Expiration": {"Days": 1}})
    for index in range(450):
        s3.put_object(Bucket=name, Key=f"k{index:03}", Body=b"x")
    clock.advance("3d")
    one.kill9()
    one.start()
    eventually(lambda: keys(s3, name) == [])
