"""The journal: every call that was answered is in it, with what the judge was asked."""

import json
import os
import random
import threading
import time

import botocore.exceptions
import pytest
import requests
from harness import Credentials, http

READ = {"Effect": "Allow", "Action": ["sqs:ListQueues", "s3:ListAllMyBuckets"], "Resource": "*"}


@pytest.fixture(scope="module")
def journal(endpoint):
    """`journal(account=…, …)`: the entries that a server has."""

    def read(at=None, **query):
        answer = requests.get((at or endpoint) + "/_hakoniwa/journal", params=query, timeout=60)
        assert answer.status_code == 200, answer.text
        return [json.loads(line) for line in answer.text.splitlines()]

    return read


def test_a_call_has_its_caller_its_error_and_what_the_judge_was_asked(client, account, iam_user, journal):
    root = account()
    ann = iam_user(root, READ)
    client("sqs", ann).list_queues()
    with pytest.raises(botocore.exceptions.ClientError) as failure:
        client("sqs", ann, "eu-west-1").create_queue(QueueName="orders")
    created, listed, denied = [entry for entry in journal(account=root.account) if entry["operation"] in ("CreateUser", "ListQueues", "CreateQueue")]
    assert created["caller"]["type"] == "Root" and created["service"] == "iam" and created["region"] == "us-east-1"
    assert listed["caller"] == {
        "type": "IAMUser", "userName": ann.name, "arn": ann.arn, "account": root.account,
        "principalId": listed["caller"]["principalId"], "accessKeyId": ann.access_key,
    }  # fmt: skip
    assert listed["caller"]["principalId"].startswith("AIDA")
    (check,) = listed["checks"]
    assert (check["action"], check["outcome"], check["decidedBy"], check["policy"]) == ("sqs:ListQueues", "allowed", "identity", "inline")
    assert check["context"]["aws:username"] == ann.name and check["context"]["aws:PrincipalArn"] == ann.arn
    assert check["context"]["aws:CurrentTime"] == listed["time"]
    assert "errorCode" not in listed
    assert denied["errorCode"] == "AccessDenied" and denied["errorMessage"] == failure.value.response["Error"]["Message"]
    assert denied["requestID"] == failure.value.response["ResponseMetadata"]["RequestId"]
    assert denied["region"] == "eu-west-1" and denied["checks"][0]["outcome"] == "implicitDeny"
    assert denied["userAgent"].startswith("Boto3/") and denied["sourceIP"] == "127.0.0.1"


def test_calls_that_fail_for_other_reasons_are_there_too(client, account, journal):
    root = account()
    sqs = client("sqs", root)
    for call, code in [
        (lambda: sqs.get_queue_url(QueueName="none"), "AWS.SimpleQueueService.NonExistentQueue"),
        (lambda: client("s3", root).get_object(Bucket="never-made-" + root.account, Key="k"), "NoSuchBucket"),
        (lambda: client("iam", root).get_user(UserName="nobody"), "NoSuchEntity"),
    ]:
        with pytest.raises(botocore.exceptions.ClientError) as failure:
            call()
        assert failure.value.response["Error"]["Code"] == code
    entries = journal(account=root.account)
    assert [entry["operation"] for entry in entries] == ["GetQueueUrl", "GetObject", "GetUser"]
    assert all("errorCode" in entry for entry in entries)


def test_a_call_across_accounts_concerns_both(client, account, iam_role, assume, journal):
    root, other = account(), account()
    role = iam_role(other, root.arn, READ)
    user_policy = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": role}
    iam = client("iam", root)
    iam.create_user(UserName="ann")
    iam.put_user_policy(UserName="ann", PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": user_policy}))
    key = iam.create_access_key(UserName="ann")["AccessKey"]
    assume(Credentials(key["AccessKeyId"], key["SecretAccessKey"], account=root.account), role)
    for number in (root.account, other.account):
        (entry,) = [entry for entry in journal(account=number) if entry["operation"] == "AssumeRole"]
        assert entry["recipients"] == [root.account, other.account]
        assert entry["caller"]["account"] == root.account


def test_a_call_that_a_service_makes_is_there(client, account, iam_role, journal, endpoint):
    root = account()
    role = iam_role(root, {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"})
    call = {"as": "ec2.amazonaws.com", "service": "sts", "operation": "AssumeRole", "input": {"RoleArn": role, "RoleSessionName": "i-1"}}
    assert requests.post(endpoint + "/_hakoniwa/service-calls", json=call, timeout=10).status_code == 200
    call["as"] = "lambda.amazonaws.com"
    assert requests.post(endpoint + "/_hakoniwa/service-calls", json=call, timeout=10).status_code == 403
    made, refused = [entry for entry in journal(account=root.account) if entry["operation"] == "AssumeRole"]
    assert made["caller"] == {"type": "AWSService", "service": "ec2.amazonaws.com", "arn": "ec2.amazonaws.com", "principalId": "ec2.amazonaws.com"}
    assert made["recipients"] == [root.account] and made["sourceIP"] == made["userAgent"] == "ec2.amazonaws.com"
    assert made["checks"][0]["traits"] == ["enforced", "exemptFromSCPs", "subjectToRCPs"]
    assert refused["errorCode"] == "AccessDenied" and refused["checks"][0]["outcome"] == "implicitDeny"


def test_a_signature_that_is_wrong_makes_no_entry(client, account, journal):
    root = account()
    with pytest.raises(botocore.exceptions.ClientError):
        client("sqs", Credentials(root.access_key, "wrong", account=root.account)).list_queues()
    assert journal(account=root.account) == []


def test_a_long_poll_is_one_entry_at_its_end(server, client, account, journal):
    running, root = server(), account()
    sqs = client("sqs", root, at=running.endpoint)
    url = sqs.create_queue(QueueName="poll")["QueueUrl"]
    waiting = threading.Thread(target=lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20))
    waiting.start()
    running.parked(1)
    assert [entry["operation"] for entry in journal(at=running.endpoint, account=root.account)] == ["CreateQueue"]
    sqs.send_message(QueueUrl=url, MessageBody="m")
    waiting.join()
    entries = journal(at=running.endpoint, account=root.account)
    assert sorted(entry["operation"] for entry in entries) == ["CreateQueue", "ReceiveMessage", "SendMessage"]
    assert [len(entry["checks"]) for entry in entries] == [1, 1, 1]


def test_a_large_upload_is_one_entry_also_when_it_is_refused(client, account, iam_user, journal):
    root = account()
    ann = iam_user(root, READ)
    bucket = f"large-{root.account}"
    client("s3", root).create_bucket(Bucket=bucket)
    client("s3", root).put_object(Bucket=bucket, Key="k", Body=b"x" * (1 << 20))
    with pytest.raises(botocore.exceptions.ClientError):
        client("s3", ann).put_object(Bucket=bucket, Key="k", Body=b"x" * (1 << 20))
    entries = [entry for entry in journal(account=root.account) if entry["operation"] == "PutObject"]
    assert [entry.get("errorCode") for entry in entries] == [None, "AccessDenied"]
    assert [[check["outcome"] for check in entry["checks"]] for entry in entries] == [["allowed"], ["implicitDeny"]]


def test_the_page_can_be_asked_for_a_part(client, account, iam_user, journal, endpoint):
    root = account()
    ann = iam_user(root, READ)
    sqs = client("sqs", ann)
    for _ in range(3):
        sqs.list_queues()
    with pytest.raises(botocore.exceptions.ClientError):
        sqs.create_queue(QueueName="q")
    of = root.account
    assert len(journal(account=of, service="sqs")) == 4
    assert [entry["operation"] for entry in journal(account=of, denied="true")] == ["CreateQueue"]
    assert len(journal(account=of, limit="2")) == 2
    assert [entry["operation"] for entry in journal(account=of, last="2")] == ["ListQueues", "CreateQueue"]
    assert journal(account=of, until="1h") == [] and len(journal(account=of, since="1h", service="sqs")) == 4
    assert "context" not in journal(account=of, context="false", last="1")[0]["checks"][0]
    assert requests.get(endpoint + "/_hakoniwa/journal?since=yesterday", timeout=5).status_code == 400
    assert requests.get(endpoint + "/_hakoniwa/journal?account=1", timeout=5).status_code == 400


def test_where_nothing_is_enforced_calls_are_recorded_unjudged_and_in_audit_mode_with_the_verdict(server, client, account, iam_user, journal):
    running, root = server(), account()
    ann = iam_user(root, READ, at=running.endpoint)
    for mode, outcome, traits in [("off", "notJudged", []), ("audit", "implicitDeny", [])]:
        assert requests.put(running.endpoint + "/_hakoniwa/enforcement", json={"account": root.account, "mode": mode}, timeout=5).ok
        client("iam", ann, at=running.endpoint).list_users()
        entry = journal(at=running.endpoint, last="1")[0]
        (check,) = entry["checks"]
        assert (entry["operation"], check["outcome"], check["traits"]) == ("ListUsers", outcome, traits)
        assert entry["recipients"] == [root.account] and "errorCode" not in entry


def ask(sqs, stop, answered):
    """Calls until the server is gone; notes the ids of all answers."""
    while not stop.is_set():
        try:
            answer = sqs.list_queues() if len(answered) % 3 else sqs.create_queue(QueueName=f"q-{random.randrange(10**9)}")
            answered.append(answer["ResponseMetadata"]["RequestId"])
        except botocore.exceptions.ClientError as error:
            answered.append(error.response["ResponseMetadata"]["RequestId"])
        except (botocore.exceptions.HTTPClientError, botocore.exceptions.ConnectionError):
            return


@pytest.mark.timeout(1800)
def test_every_answered_call_is_there_after_kill_9(server, client, account, iam_user, long, journal):
    seed = int(os.environ.get("HAKONIWA_CRASH_SEED", random.SystemRandom().randrange(10**9)))
    print(f"seed {seed}: HAKONIWA_CRASH_SEED={seed} repeats the choices")
    chance = random.Random(seed)
    running, root = server(), account()
    denied = iam_user(root, READ, at=running.endpoint)
    answered = [[] for _ in range(4)]
    for _ in range(50 if long else 6):
        stop = threading.Event()
        # One of them is refused two calls in three, and that is recorded just so.
        clients = [client("sqs", denied if number == 0 else root, at=running.endpoint) for number in range(len(answered))]
        threads = [threading.Thread(target=ask, args=(sqs, stop, ids)) for sqs, ids in zip(clients, answered)]
        before = [len(ids) for ids in answered]
        for thread in threads:
            thread.start()
        time.sleep(chance.uniform(0.05, 0.5))
        # On a busy machine clients need longer to get going.
        deadline = time.monotonic() + 60
        while any(len(ids) < count + 2 for ids, count in zip(answered, before)) and time.monotonic() < deadline:
            time.sleep(0.01)
        running.kill9()
        stop.set()
        for thread in threads:
            thread.join(60)
        running.start()
        seen = {entry["requestID"] for entry in journal(at=running.endpoint, context="false")}
        lost = [request for ids in answered for request in ids if request not in seen]
        assert not lost, f"{len(lost)} of {sum(map(len, answered))} answered calls are not in the journal"
    assert all(len(ids) > 10 for ids in answered)
    events = [entry["eventID"] for entry in journal(at=running.endpoint, context="false")]
    assert len(events) == len(set(events))


def test_reset_empties_it_of_one_account_or_of_all(server, client, account, journal):
    running = server()
    one, other = account(), account()
    for root in (one, other):
        client("sqs", root, at=running.endpoint).list_queues()
    running.post("/_hakoniwa/reset", {"account": one.account})
    assert [entry["recipients"] for entry in journal(at=running.endpoint)] == [[other.account]]
    running.restart()
    assert [entry["recipients"] for entry in journal(at=running.endpoint)] == [[other.account]]
    client("sqs", one, at=running.endpoint).list_queues()
    assert len(journal(at=running.endpoint)) == 2
    running.post("/_hakoniwa/reset", {})
    assert journal(at=running.endpoint) == []
    client("sqs", one, at=running.endpoint).list_queues()
    assert len(journal(at=running.endpoint)) == 1


@pytest.mark.parametrize("ephemeral", [False, True])
def test_a_snapshot_has_the_journal_of_its_time(server, client, account, journal, ephemeral, tmp_path):
    running = server(ephemeral=ephemeral, env={"HAKONIWA_DATA": str(tmp_path)} if ephemeral else None)
    root = account()
    sqs = client("sqs", root, at=running.endpoint)
    sqs.list_queues()
    assert running.post("/_hakoniwa/snapshots/save", {"name": "one"}).ok
    sqs.create_queue(QueueName="later")
    assert [entry["operation"] for entry in journal(at=running.endpoint)] == ["ListQueues", "CreateQueue"]
    assert running.post("/_hakoniwa/snapshots/load", {"name": "one"}).ok
    assert [entry["operation"] for entry in journal(at=running.endpoint)] == ["ListQueues"]
    client("sts", root, at=running.endpoint).get_caller_identity()
    assert [entry["operation"] for entry in journal(at=running.endpoint)] == ["ListQueues", "GetCallerIdentity"]


def test_entries_go_after_ninety_days_of_the_clouds_time(server, client, account, clock, journal):
    running = server()
    sqs = client("sqs", account(), at=running.endpoint)
    sqs.list_queues()
    clock(running).advance("91d")
    # The old segment goes when a new one begins.
    running.restart()
    sqs.list_queues()
    assert len(journal(at=running.endpoint)) == 1


@pytest.mark.timeout(900)
def test_a_small_journal_keeps_the_newest_and_one_of_nothing_keeps_nothing(server, client, account, journal):
    running, root = server("--journal", "1", "--durability", "power"), account()
    form = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    for number in range(1500):
        # A kilobyte that never comes again, so that all together don't fit.
        headers = {**form, "User-Agent": f"{number:04d}" + "x" * 1000}
        http.send(running.endpoint, "sts", root, body="Action=GetCallerIdentity&Version=2011-06-15", headers=headers)
    entries = journal(at=running.endpoint)
    numbers = [int(entry["userAgent"][:4]) for entry in entries]
    assert numbers == list(range(numbers[0], 1500)) and 0 < numbers[0] < 1000
    folder = os.path.join(running.data, "journal")
    assert sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder)) <= 1 << 20
    running.stop()
    running.options = ["--journal", "0"]
    running.start()
    client("sts", root, at=running.endpoint).get_caller_identity()
    assert running.get("/_hakoniwa/journal").status_code == 400
