"""Large bodies pass through without growing the server, and what was acknowledged survives the server's end."""

import hashlib

import pytest

MIB = 1 << 20


class Stream:
    """A body of a given size, made as it is read."""

    block = hashlib.sha256(b"block").digest() * (MIB // 32)

    def __init__(self, size):
        self.size, self.position = size, 0

    def read(self, amount=-1):
        left = self.size - self.position
        amount = left if amount is None or amount < 0 else min(amount, left)
        start = self.position % MIB
        data = (self.block[start:] + self.block * (amount // MIB + 1))[:amount]
        self.position += amount
        return data

    def tell(self):
        return self.position

    def seek(self, offset, whence=0):
        self.position = offset if whence == 0 else self.position + offset if whence == 1 else self.size + offset
        return self.position

    def __len__(self):
        return self.size


@pytest.mark.timeout(900)
def test_half_a_gibibyte_leaves_no_trace_in_memory(server, client, account, unique, long):
    size = (5 << 30) if long else 512 * MIB
    running = server()
    s3 = client("s3", account(), at=running.endpoint, request_checksum_calculation="when_required", read_timeout=300)
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="warm", Body=b"x" * MIB)
    before = running.memory()
    peak = before
    s3.put_object(Bucket=name, Key="big", Body=Stream(size))
    peak = max(peak, running.memory())
    assert s3.head_object(Bucket=name, Key="big")["ContentLength"] == size
    received = 0
    for chunk in s3.get_object(Bucket=name, Key="big")["Body"].iter_chunks(4 * MIB):
        received += len(chunk)
        if received % (64 * MIB) < 4 * MIB:
            peak = max(peak, running.memory())
    assert received == size
    s3.copy_object(Bucket=name, Key="copy", CopySource=f"{name}/big")
    peak = max(peak, running.memory())
    assert peak - before < 64, f"{before:.0f} MiB grew to {peak:.0f} MiB"


def test_objects_survive_kill_9(server, client, account, unique):
    running = server()
    creds = account()
    s3 = client("s3", creds, at=running.endpoint)
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    bodies = {f"k{i}": hashlib.sha256(b"%d" % i).digest() * (i * 100 + 1) for i in range(30)}
    for key, body in bodies.items():
        s3.put_object(Bucket=name, Key=key, Body=body, Metadata={"key": key})
    upload = s3.create_multipart_upload(Bucket=name, Key="parts")["UploadId"]
    part = s3.upload_part(Bucket=name, Key="parts", UploadId=upload, PartNumber=1, Body=b"p" * MIB)
    running.kill9()
    running.start()
    s3 = client("s3", creds, at=running.endpoint)
    for key, body in bodies.items():
        got = s3.get_object(Bucket=name, Key=key)
        assert got["Body"].read() == body and got["Metadata"] == {"key": key}
    s3.complete_multipart_upload(
        Bucket=name, Key="parts", UploadId=upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    assert s3.get_object(Bucket=name, Key="parts")["Body"].read() == b"p" * MIB
