"""Buckets, trails and what they deliver, for the tests of CloudTrail."""

import gzip
import json

import requests
from botocore.exceptions import ClientError

CLOUDTRAIL = "cloudtrail.amazonaws.com"


def acl_statement(bucket, arn):
    return {
        "Sid": "Acl", "Effect": "Allow", "Principal": {"Service": CLOUDTRAIL}, "Action": "s3:GetBucketAcl",
        "Resource": f"arn:aws:s3:::{bucket}", "Condition": {"StringEquals": {"aws:SourceArn": arn}},
    }  # fmt: skip


def write_statement(bucket, arn, folder, sid="Write"):
    """`folder`: an account's or an organization's id, with a prefix before AWSLogs if the trail has one."""
    return {
        "Sid": sid, "Effect": "Allow", "Principal": {"Service": CLOUDTRAIL}, "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{bucket}/{folder}/*",
        "Condition": {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": arn}},
    }  # fmt: skip


def statements(bucket, arn, account, organization=None, prefix=None):
    """The statements of AWS's own bucket policy for a trail."""
    before = f"{prefix}/" if prefix else ""
    all_of_them = [acl_statement(bucket, arn), write_statement(bucket, arn, f"{before}AWSLogs/{account}")]
    if organization:
        all_of_them.append(write_statement(bucket, arn, f"{before}AWSLogs/{organization}", "WriteOrganization"))
    return all_of_them


def put_policy(s3, bucket, policy):
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": policy}))


class Trail:
    """A trail with a bucket of its own, made as AWS's guide says."""

    def __init__(self, client, root, name="audit", region="us-east-1", organization=None, at=None, start=True, bucket=None,
                 prefix=None, endpoint=None, is_made=False, **settings):
        self.client, self.root, self.at, self.name = client, root, at, name
        self.endpoint = at or endpoint
        self.bucket = bucket or f"trail-{root.account}-{name.lower()}"
        self.arn = f"arn:aws:cloudtrail:{region}:{root.account}:trail/{name}"
        self.organization, self.prefix = organization, prefix
        self.s3 = client("s3", root, at=at)
        self.api = client("cloudtrail", root, region, at=at)
        if not is_made:
            self.s3.create_bucket(Bucket=self.bucket)
        put_policy(self.s3, self.bucket, statements(self.bucket, self.arn, root.account, organization, prefix))
        if prefix:
            settings["S3KeyPrefix"] = prefix
        if organization:
            settings["IsOrganizationTrail"] = True
        self.made = self.api.create_trail(Name=name, S3BucketName=self.bucket, **settings)
        if start:
            self.api.start_logging(Name=self.arn)

    def flush(self):
        answer = requests.post(self.endpoint + "/_hakoniwa/trail/flush", timeout=120)
        assert answer.status_code == 200, answer.text

    def keys(self, kind="CloudTrail"):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        return [entry["Key"] for page in pages for entry in page.get("Contents", []) if f"/{kind}/" in entry["Key"]]

    def read(self, key):
        answer = self.s3.get_object(Bucket=self.bucket, Key=key)
        return json.loads(gzip.decompress(answer["Body"].read()))

    def records(self, flush=True):
        """All records that were delivered, by account folder or not."""
        if flush:
            self.flush()
        return [record for key in self.keys() for record in self.read(key)["Records"]]

    def status(self):
        return self.api.get_trail_status(Name=self.arn)


def code(call, /, **parameters):
    """The code of the error that a call ends with; nothing if it succeeds."""
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def start_of(running):
    return running.get("/_hakoniwa/clock").json()["now"].split(".")[0].rstrip("Z") + "Z"


def check(aws, running, made, start, *more, region="us-east-1"):
    """What AWS's own tool says, on both streams, and its exit status. Digests of another Region are those of --region."""
    done = aws("cloudtrail", "validate-logs", "--trail-arn", made.arn, "--start-time", start, "--end-time", start_of(running),
               "--verbose", "--region", region, *more, creds=made.root, at=running.endpoint, check=False)
    done.stdout += done.stderr
    return done
