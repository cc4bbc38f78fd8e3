"""Delivery: as the service principal through everybody's permissions, and complete whatever ends the process."""

import json
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from cloudtrail.trails import Trail, acl_statement, check, code, put_policy, start_of, statements


def test_files_are_where_and_what_aws_says(client, account, trail):
    root = account()
    made = trail(root, prefix="audit")
    client("kms", root).create_key()
    made.flush()
    keys = made.keys()
    assert keys
    for key in keys:
        assert re.fullmatch(
            rf"audit/AWSLogs/{root.account}/CloudTrail/us-east-1/\d{{4}}/\d\d/\d\d/{root.account}_CloudTrail_us-east-1_"
            r"\d{8}T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz", key)
        head = made.s3.head_object(Bucket=made.bucket, Key=key)
        assert head["ContentType"] == "application/json" and head["ContentEncoding"] == "gzip"
        assert head["ServerSideEncryption"] == "AES256"
    status = made.status()
    assert "LatestDeliveryError" not in status and status["LatestDeliveryTime"] and status["LatestDeliveryAttemptSucceeded"]


def test_files_are_encrypted_with_the_trails_key_and_its_policy_decides(client, account, trail):
    root = account()
    made = trail(root, start=False)
    kms = client("kms", root)
    key = kms.create_key()["KeyMetadata"]
    own = {"Effect": "Allow", "Principal": {"AWS": root.arn}, "Action": "kms:*", "Resource": "*"}
    encrypt = {
        "Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "kms:GenerateDataKey*", "Resource": "*",
        "Condition": {"StringEquals": {"aws:SourceArn": made.arn},
                      "StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": f"arn:aws:cloudtrail:*:{root.account}:trail/*"}}}  # fmt: skip

    def put(*statements):
        policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
        kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=policy)

    put(own, encrypt)
    made.api.update_trail(Name="audit", KmsKeyId=key["Arn"])
    made.api.start_logging(Name="audit")
    client("iam", root).create_group(GroupName="sealed")
    made.flush()
    for name in made.keys():
        head = made.s3.head_object(Bucket=made.bucket, Key=name)
        assert head["ServerSideEncryption"] == "aws:kms" and head["SSEKMSKeyId"] == key["Arn"]
    assert "sealed" in json.dumps(made.records(flush=False))
    put(own)
    client("iam", root).create_group(GroupName="waiting")
    made.flush()
    assert made.status()["LatestDeliveryError"]
    assert "waiting" not in json.dumps(made.records(flush=False))
    put(own, encrypt)
    assert json.dumps(made.records()).count('"groupName": "waiting"') >= 1


def test_a_bucket_with_object_lock_takes_files_that_nobody_can_delete(client, account, trail):
    root = account()
    s3, bucket = client("s3", root), f"locked-{root.account}"
    s3.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    rule = {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 1}}
    s3.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule})
    arn = f"arn:aws:cloudtrail:us-east-1:{root.account}:trail/audit"
    put_policy(s3, bucket, statements(bucket, arn, root.account))
    made = trail(root, bucket=bucket, is_made=True)
    client("iam", root).create_group(GroupName="kept")
    made.flush()
    (key, *_) = made.keys()
    head = s3.head_object(Bucket=bucket, Key=key)
    assert head["ObjectLockMode"] == "COMPLIANCE"
    assert code(s3.delete_object, Bucket=bucket, Key=key, VersionId=head["VersionId"]) == "AccessDenied"
    assert "LatestDeliveryError" not in made.status()


def test_delivery_comes_by_itself(client, account, trail):
    root = account()
    made = trail(root)
    client("kms", root).create_key()
    # Perhaps not in the first file, if its time came between the trail and the key.
    deadline = time.monotonic() + 60
    while "CreateKey" not in [record["eventName"] for record in made.records(flush=False)]:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_a_trail_records_from_its_start_to_its_stop(client, account, server):
    # All in one file: those of one minute have names without an order.
    running, root = server("--trail-interval", "600"), account()
    made = Trail(client, root, at=running.endpoint, start=False)
    iam = client("iam", root, at=running.endpoint)
    iam.create_group(GroupName="before")
    made.api.start_logging(Name="audit")
    iam.create_group(GroupName="during")
    made.api.stop_logging(Name="audit")
    iam.create_group(GroupName="between")
    made.api.start_logging(Name="audit")
    iam.create_group(GroupName="again")
    records = made.records()
    assert [r["requestParameters"]["groupName"] for r in records if r["eventName"] == "CreateGroup"] == ["during", "again"]
    assert [r["eventName"] for r in records if r["eventName"] in ("StartLogging", "StopLogging")] == [
        "StartLogging", "StopLogging", "StartLogging"]


def test_a_broken_bucket_policy_stops_delivery_and_nothing_is_lost(client, account, trail):
    root = account()
    made = trail(root)
    made.flush()
    put_policy(made.s3, made.bucket, [acl_statement(made.bucket, made.arn)])
    client("kms", root).create_key()
    made.flush()
    status = made.status()
    assert status["LatestDeliveryError"] == "AccessDenied" and status["LatestDeliveryAttemptSucceeded"] == ""
    assert "CreateKey" not in [record["eventName"] for record in made.records(flush=False)]
    put_policy(made.s3, made.bucket, statements(made.bucket, made.arn, root.account))
    names = [record["eventName"] for record in made.records()]
    assert names.count("CreateKey") == 1
    assert "LatestDeliveryError" not in made.status()


def test_a_bucket_that_is_gone_is_told(client, account, server):
    running = server("--trail-interval", "600")
    made = Trail(client, account(), at=running.endpoint)
    made.flush()
    for key in made.keys():
        made.s3.delete_object(Bucket=made.bucket, Key=key)
    made.s3.delete_bucket(Bucket=made.bucket)
    made.flush()
    assert made.status()["LatestDeliveryError"] == "NoSuchBucket"


@pytest.mark.timeout(1800)
def test_every_call_is_recorded_and_delivered(client, account, server, long):
    running, root = server("--trail-interval", "0.5"), account()
    made = Trail(client, root, at=running.endpoint)
    count, clients = (50_000, 16) if long else (1500, 8)
    apis = [client("iam", root, at=running.endpoint) for _ in range(clients)]
    began = time.monotonic()

    def call(number):
        apis[number % clients].list_groups(PathPrefix=f"/{number}/")

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(call, range(count)))
    print(f"{count} calls in {time.monotonic() - began:.1f} s")
    seen = [r["requestParameters"]["pathPrefix"] for r in made.records() if r["eventName"] == "ListGroups"]
    assert len(seen) == count and len(set(seen)) == count


@pytest.mark.timeout(1800)
def test_kill_9_during_delivery_loses_no_record(client, account, server, clock, aws, long):
    seed = random.SystemRandom().randrange(10**9)
    chance, rounds = random.Random(seed), 50 if long else 4
    print(f"seed {seed}")
    running, root = server("--trail-interval", "0.05"), account()
    start = start_of(running)
    made = Trail(client, root, at=running.endpoint, EnableLogFileValidation=True)
    iam = client("iam", root, at=running.endpoint)
    acknowledged = set()
    for number in range(rounds):
        until = time.monotonic() + chance.uniform(0.05, 0.6)
        while time.monotonic() < until:
            name = f"{number}-{len(acknowledged)}"
            iam.list_groups(PathPrefix=f"/{name}/")
            acknowledged.add(f"/{name}/")
        running.kill9()
        running.start()
    made.flush()
    records = [r for r in made.records() if r["eventName"] == "ListGroups"]
    paths = [r["requestParameters"]["pathPrefix"] for r in records]
    assert set(paths) >= acknowledged
    by_path = {}
    for record in records:
        by_path.setdefault(record["requestParameters"]["pathPrefix"], set()).add(record["eventID"])
    # Twice delivered is the same record in another whole file.
    assert all(len(ids) == 1 for ids in by_path.values())
    clock(running).advance("1h")
    made.flush()
    done = check(aws, running, made, start)
    assert done.returncode == 0 and " INVALID" not in done.stdout, done.stdout


def test_a_log_group_gets_every_record_by_the_trails_role(client, account, iam_role, trail):
    root = account()
    made = trail(root, start=False)
    logs = client("logs", root)
    logs.create_log_group(logGroupName="trail")
    group = f"arn:aws:logs:us-east-1:{root.account}:log-group:trail:*"
    trust = {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "sts:AssumeRole"}
    write = {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
             "Resource": f"arn:aws:logs:us-east-1:{root.account}:log-group:trail:log-stream:{root.account}_CloudTrail_us-east-1*"}  # fmt: skip
    closed = iam_role(root, {"Version": "2012-10-17", "Statement": [trust]}, {**write, "Effect": "Deny"})
    role = iam_role(root, {"Version": "2012-10-17", "Statement": [trust]}, write)
    update = {"Name": "audit", "CloudWatchLogsLogGroupArn": group}
    assert code(made.api.update_trail, **update, CloudWatchLogsRoleArn=closed) == "InvalidCloudWatchLogsLogGroupArnException"
    missing = {**update, "CloudWatchLogsLogGroupArn": group.replace("trail:*", "none:*")}
    assert code(made.api.update_trail, **missing, CloudWatchLogsRoleArn=role) == "InvalidCloudWatchLogsLogGroupArnException"
    made.api.update_trail(**update, CloudWatchLogsRoleArn=role)
    made.api.start_logging(Name="audit")
    client("iam", root).create_group(GroupName="seen")
    made.flush()
    (stream,) = logs.describe_log_streams(logGroupName="trail")["logStreams"]
    assert stream["logStreamName"] == f"{root.account}_CloudTrail_us-east-1"
    events = logs.filter_log_events(logGroupName="trail", filterPattern="{ $.eventName = CreateGroup }")["events"]
    assert [json.loads(event["message"])["requestParameters"]["groupName"] for event in events] == ["seen"]
    assert "LatestCloudWatchLogsDeliveryError" not in made.status() and made.status()["LatestCloudWatchLogsDeliveryTime"]
    logs.delete_log_group(logGroupName="trail")
    client("iam", root).create_group(GroupName="unseen")
    made.flush()
    assert made.status()["LatestCloudWatchLogsDeliveryError"] == "ResourceNotFoundException"
    assert "unseen" in json.dumps(made.records(flush=False))


def test_eventbridge_gets_what_a_trail_records(client, account, trail):
    root = account()
    made = trail(root)
    events, sqs = client("events", root), client("sqs", root)
    url = sqs.create_queue(QueueName="events")["QueueUrl"]
    arn = f"arn:aws:sqs:us-east-1:{root.account}:events"
    policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn}]}
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
    pattern = {"source": ["aws.iam"], "detail-type": ["AWS API Call via CloudTrail"], "detail": {"eventName": ["CreateGroup"]}}
    events.put_rule(Name="groups", EventPattern=json.dumps(pattern))
    events.put_targets(Rule="groups", Targets=[{"Id": "1", "Arn": arn}])
    client("iam", root).create_group(GroupName="told")
    made.flush()
    (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"]
    event = json.loads(message["Body"])
    assert event["account"] == root.account and event["detail"]["requestParameters"] == {"groupName": "told"}


def test_an_emptied_account_is_not_delivered(client, account, server):
    running, root = server("--trail-interval", "600"), account()
    made = Trail(client, root, at=running.endpoint)
    client("iam", root, at=running.endpoint).create_group(GroupName="gone")
    assert running.post("/_hakoniwa/reset", {"account": root.account}).status_code == 200
    again = Trail(client, root, at=running.endpoint)
    again.flush()
    assert "gone" not in json.dumps(again.records(flush=False))
    assert code(made.api.get_trail, Name="audit") is None


def test_without_a_journal_there_is_no_history_and_no_delivery(client, account, server):
    running, root = server("--journal", "0"), account()
    made = Trail(client, root, at=running.endpoint)
    made.flush()
    assert made.keys() == [] and made.api.lookup_events()["Events"] == [] and made.status()["IsLogging"] is True


def test_the_flush_command(client, account, server):
    running, root = server("--trail-interval", "600"), account()
    made = Trail(client, root, at=running.endpoint)
    client("iam", root, at=running.endpoint).create_group(GroupName="group")
    assert made.keys() == []
    done = running.hakoniwa("trail", "flush")
    assert done.returncode == 0 and done.stdout == "Delivered.\n", done.stderr
    assert "CreateGroup" in [record["eventName"] for record in made.records(flush=False)]
