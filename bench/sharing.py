"""Rows of what is shared under protection: keys that encrypt, and objects that are encrypted with them."""

import json

ENCRYPTED = {"x-amz-server-side-encryption": "aws:kms"}
BUCKET = "bench-encrypted"


def kms(bench, server, operation, **members):
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"TrentService.{operation}"}
    return bench.sign(server, "kms", body=json.dumps(members).encode(), headers=headers)


def rows(bench, server, count, warm_up):
    """`count(n)` is how many requests of `n` this server is given."""
    key = json.loads(bench.send(server, kms(bench, server, "CreateKey")))["KeyMetadata"]["Arn"]
    encrypt = kms(bench, server, "Encrypt", KeyId=key, Plaintext="aGVsbG8=")
    bench.measure("KMS Encrypt", server, [encrypt], count(20000), warm_up=warm_up)
    secret = json.loads(bench.send(server, encrypt))["CiphertextBlob"]
    bench.measure("KMS Decrypt", server, [kms(bench, server, "Decrypt", CiphertextBlob=secret)], count(20000), warm_up=warm_up)

    bench.send(server, bench.sign(server, "s3", "PUT", f"/{BUCKET}"))
    headers = {"Content-Type": "application/octet-stream", **ENCRYPTED, "x-amz-server-side-encryption-aws-kms-key-id": key}
    names = [f"/{BUCKET}/object-{i:05d}" for i in range(min(2000, count(2000)))]
    small = b"k" * 1024
    bench.measure("S3 PUT 1 KiB, SSE-KMS", server, [bench.sign(server, "s3", "PUT", name, small, headers) for name in names], count(10000), warm_up=warm_up)
    bench.measure("S3 GET 1 KiB, SSE-KMS", server, [bench.sign(server, "s3", "GET", name) for name in names], count(10000), warm_up=warm_up)
    if server.name == "moto":
        bench.notes.append("moto answers 500 to uploads of 16 MiB from several clients: no ratio for them.")
        return
    large = b"m" * (16 << 20)
    plain = {"Content-Type": "application/octet-stream"}
    bench.measure("S3 PUT 16 MiB", server, [bench.sign(server, "s3", "PUT", f"/{BUCKET}/plain", large, plain)], count(200), warm_up=warm_up)
    bench.measure("S3 PUT 16 MiB, SSE-KMS", server, [bench.sign(server, "s3", "PUT", f"/{BUCKET}/large", large, headers)], count(200), warm_up=warm_up)
    bench.measure("S3 GET 16 MiB, SSE-KMS", server, [bench.sign(server, "s3", "GET", f"/{BUCKET}/large")], count(200), warm_up=warm_up)
