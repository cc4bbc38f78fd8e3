"""S3 under many clients at once, and with many keys: no error, and nothing lost."""

import concurrent.futures
import hashlib
import os
import random
import threading

import pytest


@pytest.mark.timeout(900)
def test_sixty_four_clients_at_once(server, client, account, unique, long):
    """Every client writes, reads, copies, lists and deletes; afterwards exactly what was left is there."""
    one = server()
    creds = account()
    name = unique("bucket")
    client("s3", creds, at=one.endpoint).create_bucket(Bucket=name)
    seed = int(os.environ.get("HAKONIWA_LOAD_SEED", random.randrange(1 << 30)))
    print("seed", seed)
    rounds = 200 if long else 15
    left, guard = {}, threading.Lock()

    def body(chance):
        size = chance.choice([0, 10, 1000, 20_000, 300_000])
        return chance.randbytes(size)

    def work(number):
        s3 = client("s3", creds, at=one.endpoint, read_timeout=300)
        chance = random.Random(seed + number)
        mine = {}
        for step in range(rounds):
            key = f"client {number}/{chance.randrange(20)}"
            action = chance.choice(["put", "put", "put", "get", "head", "copy", "list", "delete", "multipart", "shared"])
            if action == "put":
                mine[key] = body(chance)
                s3.put_object(Bucket=name, Key=key, Body=mine[key])
            elif action == "multipart":
                mine[key] = body(chance)
                upload = s3.create_multipart_upload(Bucket=name, Key=key)["UploadId"]
                part = s3.upload_part(Bucket=name, Key=key, UploadId=upload, PartNumber=1, Body=mine[key])
                parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
                s3.complete_multipart_upload(Bucket=name, Key=key, UploadId=upload, MultipartUpload=parts)
            elif action in ("get", "head") and key in mine:
                if action == "get":
                    assert s3.get_object(Bucket=name, Key=key)["Body"].read() == mine[key]
                else:
                    assert s3.head_object(Bucket=name, Key=key)["ContentLength"] == len(mine[key])
            elif action == "copy" and key in mine:
                s3.copy_object(Bucket=name, Key=key + "c", CopySource={"Bucket": name, "Key": key})
                mine[key + "c"] = mine[key]
            elif action == "list":
                listed = s3.list_objects_v2(Bucket=name, Prefix=f"client {number}/").get("Contents", [])
                assert {item["Key"]: item["Size"] for item in listed} == {k: len(v) for k, v in mine.items()}
            elif action == "delete":
                s3.delete_object(Bucket=name, Key=key)
                mine.pop(key, None)
            elif action == "shared":
                # All write to the same keys; whoever reads sees one of the whole bodies.
                text = f"{number} {step} ".encode() * 500
                s3.put_object(Bucket=name, Key="shared", Body=text)
                read = s3.get_object(Bucket=name, Key="shared")["Body"].read()
                first = read.split(b" ", 2)
                assert read == b"%s %s " % (first[0], first[1]) * 500
        with guard:
            left.update(mine)

    with concurrent.futures.ThreadPoolExecutor(64) as pool:
        for done in [pool.submit(work, number) for number in range(64)]:
            done.result()
    one.kill9()
    one.start()
    s3 = client("s3", creds, at=one.endpoint)
    listed = {}
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=name, Prefix="client "):
        listed.update({item["Key"]: item["ETag"] for item in page.get("Contents", [])})
    assert set(listed) == set(left)
    for key in random.Random(seed).sample(sorted(left), min(200, len(left))):
        assert s3.get_object(Bucket=name, Key=key)["Body"].read() == left[key]
    for key, etag in listed.items():
        if "-" not in etag:
            assert etag == f'"{hashlib.md5(left[key]).hexdigest()}"'


@pytest.mark.timeout(900)
def test_ten_thousand_keys(client, account, unique):
    creds = account()
    s3 = client("s3", creds, read_timeout=300)
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    keys = [f"folder {i % 100:02}/{i:05}" for i in range(10_000)]
    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        list(pool.map(lambda key: s3.put_object(Bucket=name, Key=key, Body=b"x"), keys))
    listed = [
        item["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=name) for item in page["Contents"]
    ]
    assert listed == sorted(keys)
    folders = s3.list_objects_v2(Bucket=name, Delimiter="/")
    assert len(folders["CommonPrefixes"]) == 100 and "Contents" not in folders
    for start in range(0, len(keys), 1000):
        batch = [{"Key": key} for key in keys[start : start + 1000]]
        answer = s3.delete_objects(Bucket=name, Delete={"Objects": batch, "Quiet": True})
        assert "Errors" not in answer
    assert s3.list_objects_v2(Bucket=name)["KeyCount"] == 0
    s3.delete_bucket(Bucket=name)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_five_gibibytes_in_parts(server, client, account, unique):
    one = server()
    s3 = client("s3", account(), at=one.endpoint, read_timeout=300)
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    upload = s3.create_multipart_upload(Bucket=name, Key="huge")["UploadId"]
    part = os.urandom(1 << 20) * 64
    parts = []
    for number in range(1, 81):
        etag = s3.upload_part(Bucket=name, Key="huge", UploadId=upload, PartNumber=number, Body=part)["ETag"]
        parts.append({"PartNumber": number, "ETag": etag})
    done = s3.complete_multipart_upload(Bucket=name, Key="huge", UploadId=upload, MultipartUpload={"Parts": parts})
    digest = hashlib.md5(hashlib.md5(part).digest() * 80).hexdigest()
    assert done["ETag"] == f'"{digest}-80"'
    assert s3.head_object(Bucket=name, Key="huge")["ContentLength"] == 5 << 30
    tail = s3.get_object(Bucket=name, Key="huge", Range=f"bytes={(5 << 30) - 100}-")["Body"].read()
    assert tail == part[-100:]
    body = s3.get_object(Bucket=name, Key="huge")["Body"]
    size = sum(len(chunk) for chunk in body.iter_chunks(1 << 20))
    assert size == 5 << 30
