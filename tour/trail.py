"""The chapter about CloudTrail: one trail for every account, which its members cannot touch and nobody can forge."""

import gzip
import json
import subprocess
import time

import boto3


def run(tour):
    tell, aws, check, server = tour.tell, tour.aws, tour.check, tour.server
    bucket, name = "audit-of-everything", "everything"

    def client(service, who="you"):
        """For what needs no telling."""
        keys = tour.people[who]
        return boto3.client(service, endpoint_url=server.endpoint, region_name="us-east-1", aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
                            aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"], aws_session_token=keys.get("AWS_SESSION_TOKEN"))

    tour.chapter("A trail of every account")
    tell("""Every call is recorded, allowed or denied, and everybody has the history of his own account without asking for it.""")
    aws("cloudtrail", "lookup-events", "--max-results", "2", "--query", "Events[].[EventName,Username,EventSource]")
    organization = client("organizations").describe_organization()["Organization"]["Id"]
    account = "000000000000"
    arn = f"arn:aws:cloudtrail:us-east-1:{account}:trail/{name}"
    tell("""A trail puts the history of all accounts of an organization into one bucket. CloudTrail gets there as anybody else does: by the
         bucket's policy. So first there is a refusal.""")
    aws("cloudtrail", "create-trail", "--name", name, "--s3-bucket-name", bucket, "--is-organization-trail", fails="does not exist!")
    client("organizations").enable_aws_service_access(ServicePrincipal="cloudtrail.amazonaws.com")
    aws("s3", "mb", f"s3://{bucket}")
    aws("cloudtrail", "create-trail", "--name", name, "--s3-bucket-name", bucket, "--is-organization-trail",
        fails=f"Incorrect S3 bucket policy is detected for bucket: {bucket}")
    service = {"Service": "cloudtrail.amazonaws.com"}
    policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": service, "Action": "s3:GetBucketAcl", "Resource": f"arn:aws:s3:::{bucket}",
         "Condition": {"StringEquals": {"aws:SourceArn": arn}}},
        {"Effect": "Allow", "Principal": service, "Action": "s3:PutObject",
         "Resource": [f"arn:aws:s3:::{bucket}/AWSLogs/{account}/*", f"arn:aws:s3:::{bucket}/AWSLogs/{organization}/*"],
         "Condition": {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": arn}}}]}
    client("s3").put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
    tell("With AWS's own bucket policy it is made, for all Regions, with digests that prove what the files were.")
    aws("cloudtrail", "create-trail", "--name", name, "--s3-bucket-name", bucket, "--is-organization-trail", "--is-multi-region-trail",
        "--enable-log-file-validation", "--query", "TrailARN")
    aws("cloudtrail", "start-logging", "--name", name)

    tour.chapter("The members act, and cannot hide it")
    tell("An account that joins the organization has the trail from its first moment. Nothing needs to be done in it.")
    asked = client("organizations").create_account(AccountName="newcomer", Email="newcomer@example.com")["CreateAccountStatus"]["Id"]
    while (status := client("organizations").describe_create_account_status(CreateAccountRequestId=asked)["CreateAccountStatus"])["State"] == "IN_PROGRESS":
        time.sleep(0.1)
    member = status["AccountId"]
    tour.person("a member", member, "test")
    start = server.get("/_hakoniwa/clock").json()["now"]
    aws("sqs", "create-queue", "--queue-name", "quiet", "--region", "eu-central-1", who="a member")
    tell("The member sees the trail under its name. A guardrail of the chapter before forbids to stop it; and where none does, it is not his to change.")
    aws("cloudtrail", "get-trail-status", "--name", arn, "--query", "IsLogging", who="a member")
    aws("cloudtrail", "stop-logging", "--name", arn, who="a member", fails="with an explicit deny in a service control policy")
    aws("cloudtrail", "start-logging", "--name", arn, who="a member", fails="NotOrganizationMasterAccountException")
    tell("Files come every five seconds here, and every five minutes in AWS; and at once, when asked for. An hour later there is a digest of each account.")
    tour.hakoniwa("trail", "flush")
    tour.hakoniwa("clock", "advance", "1h")
    tour.hakoniwa("trail", "flush")
    keys = [entry["Key"] for page in client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket) for entry in page.get("Contents", [])]
    logs = [key for key in keys if f"/{member}/CloudTrail/" in key]
    check(logs and any("CloudTrail-Digest" in key for key in keys), "no files were delivered")
    aws("s3", "ls", f"s3://{bucket}/AWSLogs/{organization}/{member}/", "--recursive")
    found = [record for key in logs for record in json.loads(gzip.decompress(client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()))["Records"]]
    check({"CreateQueue", "StopLogging"} <= {record["eventName"] for record in found}, "the member's calls are not in the files")

    tour.chapter("Nobody forges it")
    end = server.get("/_hakoniwa/clock").json()["now"]
    validate = ["cloudtrail", "validate-logs", "--trail-arn", arn, "--start-time", start, "--end-time", end, "--account-id", member]
    tell("AWS's own tool reads the digests, checks their signatures with the Region's public key, and every file against its digest.")
    regions = {key.split("/CloudTrail/")[1].split("/")[0] for key in logs}
    region = sorted(regions)[0]
    said = aws(*validate, "--region", region)
    check("INVALID" not in said and "files valid" in said, "the files are not valid")
    tell("Now somebody who may write to the bucket removes a file.")
    victim = next(key for key in logs if f"/CloudTrail/{region}/" in key)
    aws("s3", "rm", f"s3://{bucket}/{victim}")
    words = [*validate, "--region", region]
    done = subprocess.run(tour.command(words), env=tour.environment("you"), capture_output=True, text=True, timeout=60)
    tour.show("you", ["aws", *words], done.stdout + done.stderr)
    check(done.returncode == 1 and "INVALID: not found" in done.stdout + done.stderr, "nobody noticed that a file is gone")
