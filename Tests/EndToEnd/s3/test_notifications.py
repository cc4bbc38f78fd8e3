"""Event notifications: who is told what, and who must allow it."""

import concurrent.futures
import json

import pytest

from harness.events import queue_for, receive, records, refusal


@pytest.fixture
def home(account, client, unique):
    creds = account()
    s3, sqs = client("s3", creds), client("sqs", creds)
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    url, arn = queue_for(sqs, creds.account, name, unique("queue"))
    return creds, s3, sqs, name, url, arn


def configure(s3, name, arn, events, rules=None, **more):
    queue = {"QueueArn": arn, "Events": events, **more}
    if rules:
        queue["Filter"] = {"Key": {"FilterRules": [{"Name": n, "Value": v} for n, v in rules]}}
    s3.put_bucket_notification_configuration(
        Bucket=name, NotificationConfiguration={"QueueConfigurations": [queue]}
    )


def test_a_destination_gets_a_test_message_and_then_the_events(home):
    creds, s3, sqs, name, url, arn = home
    configure(s3, name, arn, ["s3:ObjectCreated:*"], Id="mine")
    (test,) = receive(sqs, url, 1)
    assert test["Service"] == "Amazon S3" and test["Event"] == "s3:TestEvent" and test["Bucket"] == name
    assert set(test) == {"Service", "Event", "Time", "Bucket", "RequestId", "HostId"}
    put = s3.put_object(Bucket=name, Key="a b/ü+@.txt", Body=b"hello")
    (record,) = records(sqs, url, 1)
    assert record["eventVersion"] == "2.1" and record["eventSource"] == "aws:s3"
    assert record["awsRegion"] == "us-east-1" and record["eventName"] == "ObjectCreated:Put"
    assert record["userIdentity"] == {"principalId": f"AWS:{creds.account}"}
    assert record["requestParameters"] == {"sourceIPAddress": "127.0.0.1"}
    assert record["responseElements"]["x-amz-request-id"] == put["ResponseMetadata"]["RequestId"]
    assert record["responseElements"]["x-amz-id-2"] == put["ResponseMetadata"]["HostId"]
    s3_part = record["s3"]
    assert s3_part["s3SchemaVersion"] == "1.0" and s3_part["configurationId"] == "mine"
    assert s3_part["bucket"]["name"] == name and s3_part["bucket"]["arn"] == f"arn:aws:s3:::{name}"
    thing = s3_part["object"]
    assert thing["key"] == "a+b/%C3%BC%2B%40.txt"
    assert thing["size"] == 5 and f'"{thing["eTag"]}"' == put["ETag"]
    assert set(thing) == {"key", "size", "eTag", "sequencer"}


def test_every_event_that_requests_cause(home):
    _, s3, sqs, name, url, arn = home
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    configure(
        s3, name, arn, ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*"]
    )
    receive(sqs, url, 1)
    first = s3.put_object(Bucket=name, Key="k", Body=b"x")["VersionId"]
    s3.copy_object(Bucket=name, Key="k", CopySource=f"{name}/k", MetadataDirective="REPLACE")
    upload = s3.create_multipart_upload(Bucket=name, Key="k")["UploadId"]
    part = s3.upload_part(Bucket=name, Key="k", UploadId=upload, PartNumber=1, Body=b"part")
    s3.complete_multipart_upload(
        Bucket=name, Key="k", UploadId=upload,
        MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]},
    )
    s3.put_object_tagging(Bucket=name, Key="k", Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    s3.delete_object_tagging(Bucket=name, Key="k")
    marker = s3.delete_object(Bucket=name, Key="k")["VersionId"]
    s3.delete_objects(Bucket=name, Delete={"Objects": [{"Key": "k", "VersionId": first}]})
    got = records(sqs, url, 7)
    assert [record["eventName"] for record in got] == [
        "ObjectCreated:Put", "ObjectCreated:Copy", "ObjectCreated:CompleteMultipartUpload", "ObjectTagging:Put",
        "ObjectTagging:Delete", "ObjectRemoved:DeleteMarkerCreated", "ObjectRemoved:Delete",
    ]
    objects = [record["s3"]["object"] for record in got]
    assert objects[0]["versionId"] == first
    assert "sequencer" not in objects[3] and got[3]["eventVersion"] == "2.3"
    assert objects[5]["versionId"] == marker
    assert objects[6]["versionId"] == first and "eTag" not in objects[6] and "size" not in objects[6]
    order = [thing["sequencer"] for thing in objects if "sequencer" in thing]
    assert order == sorted(order) and len(set(order)) == len(order)


def test_filters_by_prefix_and_suffix(home):
    _, s3, sqs, name, url, arn = home
    configure(s3, name, arn, ["s3:ObjectCreated:Put"], [("PREFIX", "in/"), ("suffix", ".jpg")])
    shown = s3.get_bucket_notification_configuration(Bucket=name)["QueueConfigurations"][0]
    assert shown["Filter"]["Key"]["FilterRules"] == [
        {"Name": "Prefix", "Value": "in/"}, {"Name": "Suffix", "Value": ".jpg"}
    ]
    receive(sqs, url, 1)
    for key in ["in/a.png", "out/a.jpg", "in/a.jpg"]:
        s3.put_object(Bucket=name, Key=key, Body=b"x")
    s3.copy_object(Bucket=name, Key="in/b.jpg", CopySource=f"{name}/in/a.jpg")
    s3.put_object(Bucket=name, Key="in/c.jpg", Body=b"x")
    assert sorted(record["s3"]["object"]["key"] for record in records(sqs, url, 2)) == ["in/a.jpg", "in/c.jpg"]


def test_an_empty_configuration_ends_it(home):
    _, s3, sqs, name, url, arn = home
    configure(s3, name, arn, ["s3:ObjectCreated:*"])
    receive(sqs, url, 1)
    s3.put_bucket_notification_configuration(Bucket=name, NotificationConfiguration={})
    assert "QueueConfigurations" not in s3.get_bucket_notification_configuration(Bucket=name)
    s3.put_object(Bucket=name, Key="k", Body=b"x")
    assert "Messages" not in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1)


def test_the_queue_must_be_there_and_allow_it(home, client, account, unique):
    creds, s3, sqs, name, url, arn = home
    put = s3.put_bucket_notification_configuration
    missing = arn.rsplit(":", 1)[0] + ":missing"
    wrong = {"QueueConfigurations": [{"QueueArn": missing, "Events": ["s3:ObjectCreated:*"]}]}
    error = refusal(put, Bucket=name, NotificationConfiguration=wrong)
    assert error["Code"] == "InvalidArgument" and error["Status"] == 400
    assert error["Message"] == "Unable to validate the following destination configurations"
    assert error["ArgumentName1"] == missing
    assert error["ArgumentValue1"] == "The destination queue does not exist"
    put(Bucket=name, NotificationConfiguration=wrong, SkipDestinationValidation=True)
    # A policy that names another bucket's account.
    closed, closed_arn = queue_for(sqs, creds.account, name, unique("queue"), owner="111122223333")
    error = refusal(
        put, Bucket=name,
        NotificationConfiguration={"QueueConfigurations": [{"QueueArn": closed_arn, "Events": ["s3:ObjectCreated:*"]}]},
    )
    assert error["ArgumentValue1"] == (
        "Permissions on the destination queue do not allow S3 to publish notifications from this bucket"
    )
    assert "Messages" not in sqs.receive_message(QueueUrl=closed)
    # Another account's queue, whose policy names this bucket.
    other = account()
    other_sqs = client("sqs", other)
    far, far_arn = queue_for(other_sqs, creds.account, name, unique("queue"))
    configure(s3, name, far_arn, ["s3:ObjectCreated:*"])
    receive(other_sqs, far, 1)
    s3.put_object(Bucket=name, Key="k", Body=b"x")
    assert records(other_sqs, far, 1)[0]["s3"]["object"]["key"] == "k"


INVALID = [
    ({"QueueArn": "nonsense"}, "The ARN could not be parsed"),
    ({"Events": ["s3:ObjectMelted"]}, "The event is not supported for notifications"),
    (
        {"Filter": {"Key": {"FilterRules": [{"Name": "INVALID", "Value": "x"}]}}},
        "filter rule name must be either prefix or suffix",
    ),
    (
        {"Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "x"}, {"Name": "Prefix", "Value": "y"}]}}},
        "Cannot specify more than one prefix rule in a filter.",
    ),
]


@pytest.mark.parametrize("change, message", INVALID)
def test_invalid_configurations(home, change, message):
    _, s3, _, name, _, arn = home
    queue = {"QueueArn": arn, "Events": ["s3:ObjectCreated:*"], **change}
    error = refusal(
        s3.put_bucket_notification_configuration, Bucket=name,
        NotificationConfiguration={"QueueConfigurations": [queue]},
    )
    assert (error["Code"], error["Message"], error["Status"]) == ("InvalidArgument", message, 400)


def test_configurations_may_not_overlap(home):
    _, s3, _, name, _, arn = home

    def both(one, other):
        return {"QueueConfigurations": [{"QueueArn": arn, **one}, {"QueueArn": arn, **other}]}

    def with_filter(event, prefix, suffix):
        rules = [{"Name": "prefix", "Value": prefix}, {"Name": "suffix", "Value": suffix}]
        return {"Events": [event], "Filter": {"Key": {"FilterRules": rules}}}

    put = s3.put_bucket_notification_configuration
    error = refusal(
        put, Bucket=name,
        NotificationConfiguration=both({"Events": ["s3:ObjectCreated:*"]}, {"Events": ["s3:ObjectCreated:Put"]}),
    )
    assert error["Message"] == (
        "Configurations overlap. Configurations on the same bucket cannot share a common event type."
    )
    error = refusal(
        put, Bucket=name,
        NotificationConfiguration=both(
            with_filter("s3:ObjectCreated:*", "a", ".jpg"), with_filter("s3:ObjectCreated:*", "a/b", ".jpg")
        ),
    )
    assert error["Message"] == (
        "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are "
        "overlapping for the same event type."
    )
    put(
        Bucket=name,
        NotificationConfiguration=both(
            with_filter("s3:ObjectCreated:*", "a", ".jpg"), with_filter("s3:ObjectCreated:*", "b", ".jpg")
        ),
    )


def test_functions_are_refused_as_long_as_there_are_none(home):
    creds, s3, _, name, _, _ = home
    function = f"arn:aws:lambda:us-east-1:{creds.account}:function:f"
    error = refusal(
        s3.put_bucket_notification_configuration, Bucket=name,
        NotificationConfiguration={
            "LambdaFunctionConfigurations": [{"LambdaFunctionArn": function, "Events": ["s3:ObjectCreated:*"]}]
        },
    )
    assert error["Message"] == "Unable to validate the following destination configurations"
    assert error["ArgumentName1"] == function


def test_the_event_bus_can_be_told_of_everything(home, client):
    creds, s3, sqs, name, url, arn = home
    events = client("events", creds)
    pattern = {"source": ["aws.s3"], "detail": {"bucket": {"name": [name]}}}
    rule = events.put_rule(Name=name, EventPattern=json.dumps(pattern))["RuleArn"]
    policy = {
        "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
        "Resource": arn, "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
    }
    sqs.set_queue_attributes(
        QueueUrl=url, Attributes={"Policy": json.dumps({"Version": "2012-10-17", "Statement": policy})}
    )
    events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": arn}])
    s3.put_bucket_notification_configuration(
        Bucket=name, NotificationConfiguration={"EventBridgeConfiguration": {}}
    )
    assert s3.get_bucket_notification_configuration(Bucket=name)["EventBridgeConfiguration"] == {}
    put = s3.put_object(Bucket=name, Key="a b", Body=b"x")
    s3.delete_object(Bucket=name, Key="a b")
    got = {event["detail-type"]: event for event in receive(sqs, url, 2)}
    created, deleted = got["Object Created"], got["Object Deleted"]
    assert created["account"] == creds.account and created["region"] == "us-east-1"
    assert created["resources"] == [f"arn:aws:s3:::{name}"]
    detail = created["detail"]
    assert detail.pop("object").keys() == {"key", "size", "etag", "sequencer"}
    assert detail == {
        "version": "0", "bucket": {"name": name}, "request-id": put["ResponseMetadata"]["RequestId"],
        "requester": creds.account, "source-ip-address": "127.0.0.1", "reason": "PutObject",
    }
    assert deleted["detail"]["deletion-type"] == "Permanently Deleted" and deleted["detail"]["object"]["key"] == "a b"


@pytest.mark.timeout(600)
def test_pending_events_survive_kill_9(server, client, account, unique, clock):
    """What was acknowledged is told, though the server was killed and the queue could not be reached at first."""
    one = server()
    creds = account()
    s3, sqs = client("s3", creds, at=one.endpoint), client("sqs", creds, at=one.endpoint)
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    url, arn = queue_for(sqs, creds.account, name, "events")
    configure(s3, name, arn, ["s3:ObjectCreated:*"])
    receive(sqs, url, 1)
    policy = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]["Policy"]
    # Nobody may send now, so that every event has to be tried again.
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": ""})
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: s3.put_object(Bucket=name, Key=f"k{i}", Body=b"x"), range(40)))
    one.kill9()
    one.start()
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    seen = set()
    clock(one).scale(30)
    while seen < {f"k{i}" for i in range(40)}:
        # At least once: what was under way when the server was killed may come twice.
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5).get("Messages", []):
            seen.add(json.loads(message["Body"])["Records"][0]["s3"]["object"]["key"])
    assert seen == {f"k{i}" for i in range(40)}
