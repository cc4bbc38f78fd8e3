"""Clients that write until the server dies, and know what it had acknowledged.

Each writer owns what it writes, so what must be there afterwards is exactly what was acknowledged, or that and the one
request that was under way, whole.
"""

import hashlib
import json
import random
import threading

from botocore.exceptions import ConnectionError as BotoConnectionError
from botocore.exceptions import HTTPClientError


class Writer(threading.Thread):
    """One client in a thread. `state` is what was acknowledged, `pending` the request under way."""

    def __init__(self, name, seed):
        super().__init__(name=name, daemon=True)
        self.random = random.Random(seed)
        self.pending = None
        self.acknowledged = 0
        self.failure = None

    def run(self):
        try:
            while True:
                operation = self.choose()
                self.pending = operation
                self.perform(operation)
                self.apply(operation)
                self.pending = None
                self.acknowledged += 1
        except (BotoConnectionError, HTTPClientError):
            pass  # the server died
        except Exception as error:
            self.failure = error

    def verify(self):
        """Compares what is there with what may be there, and goes on from what is there."""
        if self.failure:
            raise self.failure
        found = self.observe()
        if found == self.view():
            return "before"
        if self.pending is None:
            raise AssertionError(f"{self.name}: {self.difference(found)}")
        before = self.difference(found)
        self.apply(self.pending)
        if found != self.view():
            raise AssertionError(
                f"{self.name}: a request under way is half there, or an acknowledged one is missing\n"
                f"under way: {str(self.pending)[:300]}\nwithout it: {before}\nwith it: {self.difference(found)}"
            )
        return "after"

    def difference(self, found):
        wanted = self.view()
        if isinstance(wanted, dict):
            missing = {key: wanted[key] for key in wanted if found.get(key) != wanted[key]}
            surplus = {key: found[key] for key in found if wanted.get(key) != found[key]}
        else:
            missing = [item for item in wanted if item not in found]
            surplus = [item for item in found if item not in wanted]
        return f"missing {str(missing)[:600]}, surplus {str(surplus)[:600]}"


class QueueWriter(Writer):
    """Sends, sends batches, deletes."""

    def __init__(self, name, seed, sqs, url):
        super().__init__(name, seed)
        self.sqs, self.url, self.state, self.count = sqs, url, set(), 0

    def choose(self):
        kind = self.random.choice(["send", "send", "batch", "delete"])
        if kind == "delete":
            messages = self.sqs.receive_message(QueueUrl=self.url, VisibilityTimeout=0).get("Messages", [])
            if messages:
                return "delete", messages[0]["Body"], messages[0]["ReceiptHandle"]
        self.count += 10
        size = 10 if kind == "batch" else 1
        return "send", [f"{self.name}/{self.count + i}/{'x' * self.random.choice([0, 10, 2000])}" for i in range(size)]

    def perform(self, operation):
        if operation[0] == "delete":
            self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=operation[2])
        elif len(operation[1]) == 1:
            self.sqs.send_message(QueueUrl=self.url, MessageBody=operation[1][0])
        else:
            entries = [{"Id": str(i), "MessageBody": body} for i, body in enumerate(operation[1])]
            answer = self.sqs.send_message_batch(QueueUrl=self.url, Entries=entries)
            assert len(answer["Successful"]) == len(entries)

    def apply(self, operation):
        if operation[0] == "delete":
            self.state.discard(operation[1])
        else:
            self.state.update(operation[1])

    def view(self):
        return sorted(self.state)

    def observe(self):
        found = []
        while True:
            messages = self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10, VisibilityTimeout=3600).get("Messages", [])
            if not messages:
                return sorted(found)
            found += [message["Body"] for message in messages]


class OrderedQueueWriter(Writer):
    """Sends to a FIFO queue; after the crash the request under way is sent again, and is there once."""

    def __init__(self, name, seed, sqs, url):
        super().__init__(name, seed)
        self.sqs, self.url, self.state, self.count = sqs, url, [], 0

    def choose(self):
        size = self.random.choice([1, 1, 5])
        first, self.count = self.count, self.count + size
        return [f"{self.name}/{first + i}" for i in range(size)]

    def perform(self, bodies):
        entries = [{"Id": str(i), "MessageBody": body, "MessageGroupId": "g", "MessageDeduplicationId": body.replace("/", "-")}
                   for i, body in enumerate(bodies)]
        if len(entries) == 1:
            entries[0].pop("Id")
            self.sqs.send_message(QueueUrl=self.url, **entries[0])
        else:
            self.sqs.send_message_batch(QueueUrl=self.url, Entries=entries)

    def apply(self, bodies):
        self.state += bodies

    def view(self):
        return self.state

    def verify(self):
        if self.failure:
            raise self.failure
        if self.pending:
            self.perform(self.pending)
            self.apply(self.pending)
            self.pending = None
        return super().verify()

    def observe(self):
        found = []
        while True:
            messages = self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10).get("Messages", [])
            if not messages:
                return found
            found += [message["Body"] for message in messages]
            entries = [{"Id": str(i), "ReceiptHandle": message["ReceiptHandle"]} for i, message in enumerate(messages)]
            self.sqs.delete_message_batch(QueueUrl=self.url, Entries=entries)


class ObjectWriter(Writer):
    """Puts, overwrites, copies, uploads in parts and deletes objects, small and large."""

    sizes = [0, 10, 5000, 70000, 400000]

    def __init__(self, name, seed, s3, bucket):
        super().__init__(name, seed)
        self.s3, self.bucket, self.state, self.count = s3, bucket, {}, 0

    def choose(self):
        kind = self.random.choice(["put", "put", "put", "copy", "parts", "delete", "delete many"])
        keys = sorted(self.state)
        if kind == "delete" and keys:
            return kind, [self.random.choice(keys)]
        if kind == "delete many" and len(keys) > 4:
            return kind, self.random.sample(keys, 3)
        if kind == "copy" and keys:
            return kind, self.random.choice(keys), f"{self.name}/{self.random.randrange(30)}"
        self.count += 1
        body = self.random.randbytes(self.random.choice(self.sizes))
        return ("parts" if kind == "parts" else "put"), f"{self.name}/{self.random.randrange(30)}", body, str(self.count)

    def perform(self, operation):
        kind = operation[0]
        if kind == "put":
            self.s3.put_object(Bucket=self.bucket, Key=operation[1], Body=operation[2], Metadata={"n": operation[3]})
        elif kind == "parts":
            upload = self.s3.create_multipart_upload(Bucket=self.bucket, Key=operation[1], Metadata={"n": operation[3]})["UploadId"]
            part = self.s3.upload_part(Bucket=self.bucket, Key=operation[1], UploadId=upload, PartNumber=1, Body=operation[2])
            parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
            self.s3.complete_multipart_upload(Bucket=self.bucket, Key=operation[1], UploadId=upload, MultipartUpload=parts)
        elif kind == "copy":
            self.s3.copy_object(Bucket=self.bucket, Key=operation[2], CopySource={"Bucket": self.bucket, "Key": operation[1]},
                                MetadataDirective="REPLACE", Metadata={"n": "copy"})
        elif kind == "delete":
            self.s3.delete_object(Bucket=self.bucket, Key=operation[1][0])
        else:
            self.s3.delete_objects(Bucket=self.bucket, Delete={"Objects": [{"Key": key} for key in operation[1]]})

    def apply(self, operation):
        kind = operation[0]
        if kind in ("put", "parts"):
            self.state[operation[1]] = (hashlib.sha256(operation[2]).hexdigest(), len(operation[2]), operation[3])
        elif kind == "copy":
            self.state[operation[2]] = (*self.state[operation[1]][:2], "copy")
        else:
            for key in operation[1]:
                self.state.pop(key, None)

    def view(self):
        return self.state

    def observe(self):
        found = {}
        for item in self.s3.list_objects_v2(Bucket=self.bucket, Prefix=f"{self.name}/").get("Contents", []):
            answer = self.s3.get_object(Bucket=self.bucket, Key=item["Key"])
            body = answer["Body"].read()
            assert item["Size"] == len(body)
            found[item["Key"]] = (hashlib.sha256(body).hexdigest(), len(body), answer["Metadata"]["n"])
        return found


class IdentityWriter(Writer):
    """Creates users with tags, policies, keys and groups, and deletes them."""

    def __init__(self, name, seed, iam):
        super().__init__(name, seed)
        self.iam, self.state, self.count = iam, {}, 0

    def choose(self):
        kind = self.random.choice(["create", "policy", "policy", "tag", "delete"])
        users = sorted(self.state)
        if kind == "create" or not users:
            self.count += 1
            return "create", f"{self.name}-{self.count}", {f"tag{i}": str(self.random.random()) for i in range(5)}
        user = self.random.choice(users)
        if kind == "policy":
            text = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": f"arn:aws:s3:::b{self.random.random()}"}]}
            return kind, user, f"p{self.random.randrange(2)}", json.dumps(text)
        if kind == "tag":
            return kind, user, {f"tag{i}": str(self.random.random()) for i in range(5)}
        empty = [name for name in users if not self.state[name][1]]
        return ("delete", self.random.choice(empty)) if empty else ("tag", user, {"tag0": "x", "tag1": "x"})

    def perform(self, operation):
        kind, user = operation[:2]
        if kind == "create":
            self.iam.create_user(UserName=user, Tags=[{"Key": key, "Value": value} for key, value in operation[2].items()])
        elif kind == "policy":
            self.iam.put_user_policy(UserName=user, PolicyName=operation[2], PolicyDocument=operation[3])
        elif kind == "tag":
            self.iam.tag_user(UserName=user, Tags=[{"Key": key, "Value": value} for key, value in operation[2].items()])
        else:
            self.iam.delete_user(UserName=user)

    def apply(self, operation):
        kind, user = operation[:2]
        if kind == "create":
            self.state[user] = (operation[2], {})
        elif kind == "policy":
            tags, policies = self.state[user]
            self.state[user] = (tags, {**policies, operation[2]: json.loads(operation[3])})
        elif kind == "tag":
            tags, policies = self.state[user]
            self.state[user] = ({**tags, **operation[2]}, policies)
        else:
            del self.state[user]

    def view(self):
        return self.state

    def observe(self):
        found = {}
        for page in self.iam.get_paginator("get_account_authorization_details").paginate(Filter=["User"]):
            for user in page["UserDetailList"]:
                if user["UserName"].startswith(f"{self.name}-"):
                    tags = {tag["Key"]: tag["Value"] for tag in user.get("Tags", [])}
                    policies = {policy["PolicyName"]: policy["PolicyDocument"] for policy in user.get("UserPolicyList", [])}
                    found[user["UserName"]] = (tags, policies)
        return found
