"""kill -9 under load, again and again: nothing that was acknowledged is missing, nothing that was not is half there."""

import importlib.util
import os
import pathlib
import random
import time

import pytest

spec = importlib.util.spec_from_file_location("writers", pathlib.Path(__file__).with_name("writers.py"))
writers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(writers)


def blob_count(server):
    return sum(len(names) for _, _, names in os.walk(os.path.join(server.data, "blobs")))


@pytest.mark.timeout(3600)
def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(server, client, account, long, capsys):
    seed = int(os.environ.get("HAKONIWA_CRASH_SEED", random.SystemRandom().randrange(10**9)))
    rounds = 200 if long else 20
    chance = random.Random(seed)
    print(f"seed {seed}: HAKONIWA_CRASH_SEED={seed} repeats the choices")
    running, root = server(), account()
    settings = {"at": running.endpoint, "read_timeout": 10}
    s3, sqs, iam = (client(service, root, **settings) for service in ("s3", "sqs", "iam"))
    s3.create_bucket(Bucket="crash")
    objects = {name: writers.ObjectWriter(name, chance.random(), s3, "crash") for name in ("objects-1", "objects-2")}
    users = writers.IdentityWriter("users", chance.random(), iam)
    acknowledged, outcomes, slowest, queues = 0, {"before": 0, "after": 0}, 0.0, {}

    for number in range(rounds):
        # What is in buckets and IAM stays from round to round; queues are new in each.
        load = []
        for old in list(objects.values()):
            new = writers.ObjectWriter(old.name, chance.random(), s3, "crash")
            new.state, new.count = old.state, old.count
            objects[old.name] = new
            load.append(new)
        next_users = writers.IdentityWriter("users", chance.random(), iam)
        next_users.state, next_users.count = users.state, users.count
        users = next_users
        load.append(users)
        for kind in ("a", "b"):
            url = sqs.create_queue(QueueName=f"q-{number}-{kind}")["QueueUrl"]
            load.append(writers.QueueWriter(f"queue-{number}-{kind}", chance.random(), sqs, url))
        url = sqs.create_queue(QueueName=f"q-{number}.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
        load.append(writers.OrderedQueueWriter(f"ordered-{number}", chance.random(), sqs, url))

        for writer in load:
            writer.start()
        time.sleep(chance.uniform(0.02, 0.7))
        # On a busy machine clients need longer for as much as is asked for at the end.
        deadline = time.monotonic() + 60
        while acknowledged + sum(writer.acknowledged for writer in load) <= 20 * (number + 1) and time.monotonic() < deadline:
            time.sleep(0.005)
        running.kill9()
        for writer in load:
            writer.join(60)
            assert not writer.is_alive()

        started = time.monotonic()
        running.start()
        slowest = max(slowest, time.monotonic() - started)
        for writer in load:
            outcomes[writer.verify()] += 1
            acknowledged += writer.acknowledged
            if isinstance(writer, writers.QueueWriter):
                queues[writer.url] = len(writer.state)

    # Everything of all rounds, and no waste: as many bodies on disk as there are objects, and uploads never completed.
    for url, count in queues.items():
        attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        assert int(attributes["ApproximateNumberOfMessages"]) + int(attributes["ApproximateNumberOfMessagesNotVisible"]) == count
    for upload in s3.list_multipart_uploads(Bucket="crash").get("Uploads", []):
        s3.abort_multipart_upload(Bucket="crash", Key=upload["Key"], UploadId=upload["UploadId"])
    assert running.stop() == 0
    running.start()
    for writer in [*objects.values(), users]:
        writer.pending = None
        assert writer.verify() == "before"
    assert blob_count(running) <= sum(len(writer.state) for writer in objects.values()) + 1
    assert acknowledged > rounds * 20, "there was hardly any load"
    with capsys.disabled():
        print(f"\n  {rounds} kills, {acknowledged} acknowledged writes, all there; of the requests under way "
              f"{outcomes['after']} were there whole and the others not at all; slowest start {slowest * 1000:.0f} ms")


def test_a_server_killed_while_it_starts_starts_again(server, client, account):
    running, root = server(), account()
    s3 = client("s3", root, at=running.endpoint)
    s3.create_bucket(Bucket="bucket")
    s3.put_object(Bucket="bucket", Key="k", Body=b"x" * 300000)
    chance = random.Random(7)
    running.kill9()
    for _ in range(15):
        running.start(wait=False)
        time.sleep(chance.uniform(0, 0.06))
        running.kill9()
    running.start()
    assert s3.get_object(Bucket="bucket", Key="k")["Body"].read() == b"x" * 300000
    assert running.stop() == 0


def test_a_kill_during_a_long_upload_leaves_nothing(server, client, account):
    """The body of an upload that was never finished is removed at the next start."""
    import socket

    from harness import http

    running, root = server(), account()
    s3 = client("s3", root, at=running.endpoint)
    s3.create_bucket(Bucket="bucket")
    size = 8 << 20
    headers = http.signed(running.endpoint, "s3", root, "PUT", "/bucket/half", b"", {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD", "Host": f"127.0.0.1:{running.port}"})
    head = "PUT /bucket/half HTTP/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in headers.items()) + f"Content-Length: {size}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", running.port)) as connection:
        connection.sendall(head.encode() + bytes(size // 2))
        time.sleep(0.3)
        running.kill9()
    running.start()
    assert s3.list_objects_v2(Bucket="bucket").get("KeyCount", 0) == 0
    time.sleep(0.5)
    assert blob_count(running) <= 1
