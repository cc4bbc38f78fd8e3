"""The clock moves, the cloud goes back, everything can be emptied."""

import datetime
import os
import time

import pytest
import requests
from botocore.exceptions import ClientError


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def now():
    return datetime.datetime.now(datetime.timezone.utc)


@pytest.fixture
def queue(server, client, account):
    """A server, its address, SQS and a queue in a fresh account."""
    running = server()
    sqs = client("sqs", account(), at=running.endpoint)
    return running, sqs, sqs.create_queue(QueueName="q")["QueueUrl"]


def bodies(answer):
    return [message["Body"] for message in answer.get("Messages", [])]


def test_the_clock_shows_the_time(server, clock):
    running = server()
    second = datetime.timedelta(seconds=1)
    before = now()
    shown = moment(clock(running).show()["now"])
    assert before - second < shown < now() + second
    before = now()
    done = running.hakoniwa("clock")
    assert done.returncode == 0
    assert before - second < moment(done.stdout.split()[0]) < now() + second


def test_advancing_ends_a_delay(queue):
    running, sqs, url = queue
    sqs.send_message(QueueUrl=url, MessageBody="late", DelaySeconds=600)
    assert bodies(sqs.receive_message(QueueUrl=url)) == []
    assert running.hakoniwa("clock", "advance", "9m").returncode == 0
    assert bodies(sqs.receive_message(QueueUrl=url)) == []
    assert running.hakoniwa("clock", "advance", "61s").returncode == 0
    assert bodies(sqs.receive_message(QueueUrl=url)) == ["late"]


def test_advancing_wakes_a_parked_poll(queue, clock):
    import threading

    running, sqs, url = queue
    sqs.send_message(QueueUrl=url, MessageBody="late", DelaySeconds=600)
    got = []
    thread = threading.Thread(target=lambda: got.append((bodies(sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)), time.monotonic())))
    thread.start()
    running.parked(1)
    started = time.monotonic()
    clock(running).scale(0)
    clock(running).advance("599s")
    time.sleep(0.3)
    clock(running).advance("2s")
    thread.join(60)
    # The poll's own twenty seconds are over too: what counts is that it answers at once.
    assert got and got[0][1] - started < 5


def test_messages_expire_when_their_retention_is_over(queue, clock):
    running, sqs, url = queue
    sqs.send_message(QueueUrl=url, MessageBody="old")
    clock(running).advance("4d")
    time.sleep(0.3)
    sqs.send_message(QueueUrl=url, MessageBody="new")
    assert bodies(sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)) == ["new"]


def test_signatures_are_judged_by_the_machine_s_time_not_the_cloud_s(queue, clock):
    """Otherwise no SDK could speak to a cloud whose clock was moved."""
    running, sqs, url = queue
    clock(running).advance("30d")
    sqs.send_message(QueueUrl=url, MessageBody="works")
    clock(running).set("2020-01-01T00:00:00Z")
    sqs.send_message(QueueUrl=url, MessageBody="works")


def test_automatic_time_jumps_to_the_next_deadline(queue, clock):
    running, sqs, url = queue
    clock(running).auto(True)
    assert clock(running).show()["auto"] is True
    sqs.send_message(QueueUrl=url, MessageBody="late", DelaySeconds=600)
    before = moment(clock(running).show()["now"])
    started = time.monotonic()
    assert bodies(sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)) == ["late"]
    assert time.monotonic() - started < 5
    assert (moment(clock(running).show()["now"]) - before).total_seconds() >= 599
    assert running.hakoniwa("clock", "auto", "off").returncode == 0
    assert clock(running).show()["auto"] is False


def test_scaled_time_runs_faster_and_a_set_clock_stays_set_over_a_restart(queue, clock):
    running, sqs, url = queue
    running.hakoniwa("clock", "scale", "100")
    outer = time.monotonic()
    before = moment(clock(running).show()["now"])
    inner = time.monotonic()
    time.sleep(0.5)
    inner = time.monotonic() - inner
    passed = (moment(clock(running).show()["now"]) - before).total_seconds()
    outer = time.monotonic() - outer
    assert 90 * inner < passed < 110 * outer
    clock(running).scale(1)
    done = running.hakoniwa("clock", "set", "2031-05-06T07:08:09Z")
    assert done.stdout.startswith("2031-05-06T07:08:")
    running.restart()
    assert clock(running).show()["now"].startswith("2031-05-06T07:")


@pytest.mark.parametrize("words", [["advance", "soon"], ["advance", "-5s"], ["set", "someday"], ["auto", "maybe"], ["scale", "fast"]])
def test_wrong_words_to_the_clock_fail(server, words):
    assert server().hakoniwa("clock", *words).returncode != 0


def test_a_snapshot_brings_everything_back(queue, client, account):
    running, sqs, url = queue
    root = account()
    s3, iam = client("s3", root, at=running.endpoint), client("iam", root, at=running.endpoint)
    s3.create_bucket(Bucket="snap")
    s3.put_object(Bucket="snap", Key="k", Body=b"first" * 100000)
    iam.create_user(UserName="first")
    sqs.send_message(QueueUrl=url, MessageBody="first")
    assert running.hakoniwa("snapshot", "save", "before").returncode == 0

    s3.put_object(Bucket="snap", Key="k", Body=b"second")
    s3.put_object(Bucket="snap", Key="k2", Body=b"second")
    iam.delete_user(UserName="first")
    iam.create_user(UserName="second")
    sqs.purge_queue(QueueUrl=url)

    assert "before" in running.hakoniwa("snapshot", "list").stdout
    assert [item["name"] for item in running.get("/_hakoniwa/snapshots").json()["snapshots"]] == ["before"]
    assert running.hakoniwa("snapshot", "load", "before").returncode == 0

    def check():
        assert s3.get_object(Bucket="snap", Key="k")["Body"].read() == b"first" * 100000
        assert [item["Key"] for item in s3.list_objects_v2(Bucket="snap")["Contents"]] == ["k"]
        assert [user["UserName"] for user in iam.list_users()["Users"]] == ["first"]

    check()
    assert bodies(sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)) == ["first"]
    running.restart()
    check()
    # It can be loaded again, and a name can be used again.
    s3.delete_object(Bucket="snap", Key="k")
    running.hakoniwa("snapshot", "load", "before")
    check()
    s3.put_object(Bucket="snap", Key="k", Body=b"third")
    running.hakoniwa("snapshot", "save", "before")
    s3.delete_object(Bucket="snap", Key="k")
    running.hakoniwa("snapshot", "load", "before")
    assert s3.get_object(Bucket="snap", Key="k")["Body"].read() == b"third"


def test_a_snapshot_that_is_not_there_is_named(server):
    done = server().hakoniwa("snapshot", "load", "nothing")
    assert done.returncode != 0
    assert "nothing" in done.stdout + done.stderr


def test_reset_empties_one_account_or_all(queue, client, account):
    running, sqs, url = queue
    one, other = account(), account()
    for number, root in enumerate([one, other]):
        client("s3", root, at=running.endpoint).create_bucket(Bucket=f"bucket-{number}")
        client("s3", root, at=running.endpoint).put_object(Bucket=f"bucket-{number}", Key="k", Body=b"x" * 100000)
        client("iam", root, at=running.endpoint).create_user(UserName="u")
        client("sqs", root, at=running.endpoint).create_queue(QueueName="q2")
    key = client("iam", one, at=running.endpoint).create_access_key(UserName="u")["AccessKey"]
    done = running.hakoniwa("reset", "--account", one.account)
    assert done.returncode == 0, done.stderr
    assert client("s3", one, at=running.endpoint).list_buckets()["Buckets"] == []
    assert client("iam", one, at=running.endpoint).list_users()["Users"] == []
    assert "QueueUrls" not in client("sqs", one, at=running.endpoint).list_queues()
    assert len(client("s3", other, at=running.endpoint).list_buckets()["Buckets"]) == 1
    assert client("s3", other, at=running.endpoint).get_object(Bucket="bucket-1", Key="k")["Body"].read() == b"x" * 100000
    assert client("iam", other, at=running.endpoint).list_users()["Users"]
    # The name of the bucket is free for others, and the key of the user is gone.
    client("s3", other, at=running.endpoint).create_bucket(Bucket="bucket-0")
    import boto3

    gone = boto3.client("sts", endpoint_url=running.endpoint, region_name="us-east-1", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])
    with pytest.raises(ClientError):
        gone.get_caller_identity()

    assert running.hakoniwa("reset").returncode == 0
    assert client("s3", other, at=running.endpoint).list_buckets()["Buckets"] == []
    with pytest.raises(ClientError):
        sqs.get_queue_attributes(QueueUrl=url)
    sqs.create_queue(QueueName="q")
    blobs = [name for folder, _, names in os.walk(os.path.join(running.data, "blobs")) for name in names]
    assert len(blobs) <= 1, "the bodies are gone too"


def test_enforcement_can_be_set_for_an_account(server, client, account, iam_user):
    running = server()
    one, other = account(), account()
    user, stranger = iam_user(one, at=running.endpoint), iam_user(other, at=running.endpoint)
    sqs, elsewhere = client("sqs", user, at=running.endpoint), client("sqs", stranger, at=running.endpoint)

    def denied(call):
        with pytest.raises(ClientError) as error:
            call()
        assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403

    denied(lambda: sqs.create_queue(QueueName="q"))
    for mode in ["audit", "off"]:
        assert running.hakoniwa("enforcement", one.account, mode).returncode == 0
        answer = sqs.create_queue(QueueName=f"q-{mode}")
        denied(lambda: elsewhere.create_queue(QueueName="q"))
        if mode == "audit":
            # It was allowed, and the verdict says that it would have been denied.
            done = running.hakoniwa("explain", answer["ResponseMetadata"]["RequestId"])
            assert "sqs:CreateQueue" in done.stdout and "audit" in done.stdout.lower() + "audit" * ("not enforced" in done.stdout.lower())
    assert one.account in running.get("/_hakoniwa/enforcement").text
    running.restart()
    sqs.create_queue(QueueName="after-restart")
    assert running.hakoniwa("enforcement", one.account, "enforce").returncode == 0
    denied(lambda: sqs.create_queue(QueueName="q"))
    assert running.hakoniwa("enforcement", one.account, "perhaps").returncode != 0
    assert running.hakoniwa("enforcement", "12", "off").returncode != 0


@pytest.mark.parametrize("mode, allowed", [("enforce", False), ("audit", True), ("off", True)])
def test_enforcement_has_a_default(server, client, account, iam_user, mode, allowed):
    running = server("--enforcement", mode)
    user = iam_user(account(), at=running.endpoint)
    if allowed:
        client("sqs", user, at=running.endpoint).create_queue(QueueName="q")
    else:
        with pytest.raises(ClientError):
            client("sqs", user, at=running.endpoint).create_queue(QueueName="q")


def test_a_wrong_signature_is_refused_even_when_permissions_do_not_count(server, client, account):
    from harness import Credentials

    running = server("--enforcement", "off")
    with pytest.raises(ClientError):
        client("sts", Credentials(account().access_key, "wrong"), at=running.endpoint).get_caller_identity()


def test_a_web_page_from_elsewhere_cannot_empty_the_cloud(queue):
    running, sqs, url = queue
    page = running.endpoint + "/_hakoniwa/reset"
    refused = requests.post(page, data="{}", headers={"Origin": "https://example.org"}, timeout=10)
    assert refused.status_code == 403
    assert sqs.list_queues()["QueueUrls"] == [url]
    assert requests.post(page, data="{}", headers={"Origin": running.endpoint}, timeout=10).status_code == 200
    assert "QueueUrls" not in sqs.list_queues()
