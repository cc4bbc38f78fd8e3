"""A bucket of one account, an object that a second wrote into it, a key of a third around it, and a reader of a fourth.

Each of the four has a say. A row takes one of the consents away, and says what S3 answers then.
"""

import json

import pytest
from botocore.exceptions import ClientError

BUCKET = ["bucket lets the writer write", "bucket lets the reader read"]
KEY = ["key lets the writer encrypt", "key lets the reader decrypt"]
OWN = ["writer may write", "writer may use the key", "reader may read", "reader may use the key"]
CONSENTS = [*BUCKET, *KEY, *OWN]

# Without which consent, at which step it fails, and what is told: S3 says nothing across accounts, KMS who wanted what.
ROWS = [
    (None, None, None),
    ("bucket lets the writer write", "put", "Access Denied"),
    ("writer may write", "put", "Access Denied"),
    ("key lets the writer encrypt", "put", "User: {writer} is not authorized to perform: kms:GenerateDataKey on resource: {key}"),
    ("writer may use the key", "put", "User: {writer} is not authorized to perform: kms:GenerateDataKey on resource: {key}"),
    ("bucket lets the reader read", "get", "Access Denied"),
    ("reader may read", "get", "Access Denied"),
    ("key lets the reader decrypt", "get", "User: {reader} is not authorized to perform: kms:Decrypt on resource: {key}"),
    ("reader may use the key", "get", "User: {reader} is not authorized to perform: kms:Decrypt on resource: {key}"),
]


def allow(action, resource, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


class Four:
    """The four accounts, with all consents but one."""

    def __init__(self, client, account, iam_user, unique, without=None, ownership="BucketOwnerEnforced"):
        has = set(CONSENTS) - {without}
        self.owner, holder = account(), account()
        self.bucket = unique("four")
        objects = f"arn:aws:s3:::{self.bucket}/*"
        kms = client("kms", holder)
        self.key = kms.create_key()["KeyMetadata"]["Arn"]
        use = ["kms:GenerateDataKey", "kms:Decrypt"]

        def person(kind, action):
            own = [allow(action, objects)] if f"{kind} may {action.split(':')[1][:3].replace('Put', 'write').replace('Get', 'read')}" in has else []
            return iam_user(account(), own + ([allow(use, self.key)] if f"{kind} may use the key" in has else []) or None)

        self.writer = person("writer", "s3:PutObject")
        self.reader = person("reader", "s3:GetObject")
        s3 = client("s3", self.owner)
        s3.create_bucket(Bucket=self.bucket, ObjectOwnership=ownership)
        grants = []
        if "bucket lets the writer write" in has:
            grants.append(allow("s3:PutObject", objects, Principal={"AWS": self.writer.arn}))
        if "bucket lets the reader read" in has:
            grants.append(allow("s3:GetObject", objects, Principal={"AWS": self.reader.arn}))
        s3.put_bucket_policy(Bucket=self.bucket, Policy=document(*grants))
        policy = json.loads(kms.get_key_policy(KeyId=self.key)["Policy"])
        if "key lets the writer encrypt" in has:
            policy["Statement"].append(allow("kms:GenerateDataKey", "*", Principal={"AWS": self.writer.arn}))
        if "key lets the reader decrypt" in has:
            policy["Statement"].append(allow("kms:Decrypt", "*", Principal={"AWS": self.reader.arn}))
        kms.put_key_policy(KeyId=self.key, Policy=json.dumps(policy))
        self.writing, self.reading = client("s3", self.writer), client("s3", self.reader)

    def put(self, **more):
        return self.writing.put_object(Bucket=self.bucket, Key="k", Body=b"content", ServerSideEncryption="aws:kms", SSEKMSKeyId=self.key, **more)

    def get(self):
        return self.reading.get_object(Bucket=self.bucket, Key="k")["Body"].read()


@pytest.mark.parametrize("without, step, message", ROWS, ids=[row[0] or "all agree" for row in ROWS])
def test_four_accounts(client, account, iam_user, unique, without, step, message):
    four = Four(client, account, iam_user, unique, without)
    for name in ("put", "get"):
        if name != step:
            getattr(four, name)()
            continue
        with pytest.raises(ClientError) as caught:
            getattr(four, name)()
        error = caught.value.response
        assert error["ResponseMetadata"]["HTTPStatusCode"] == 403
        assert error["Error"]["Code"] == "AccessDenied"
        assert error["Error"]["Message"] == message.format(writer=four.writer.arn, reader=four.reader.arn, key=four.key)
        return
    assert four.get() == b"content"


def test_an_object_that_stays_its_writers_is_not_the_buckets_to_give(client, account, iam_user, unique):
    """With ObjectWriter the bucket's policy has no say over what others wrote, until the writer gives it away."""
    four = Four(client, account, iam_user, unique, ownership="ObjectWriter")
    four.put()
    with pytest.raises(ClientError) as caught:
        four.get()
    assert caught.value.response["Error"]["Message"] == "Access Denied"
    client("s3", four.owner).put_bucket_ownership_controls(
        Bucket=four.bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
    assert four.get() == b"content"
