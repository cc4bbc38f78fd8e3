"""Rows about CloudTrail: what the recording of a call costs, without a trail and with one that delivers everything."""

import json

import boto3
from harness import new_account

# Processor time that recording may add to a request, in parts of what it takes without.
TARGET = 1.25
CALLS = 30_000


class Trail:
    def __init__(self, bench):
        self.bench = bench
        self.rows = {}

    def run(self, quick):
        count = CALLS // 10 if quick else CALLS
        for name, options, has_trail in [
            ("no recording", ["--journal", "0"], False), ("recorded", [], False), ("recorded and delivered", [], True),
        ]:  # fmt: skip
            server = self.bench.own_server("trail-" + name.replace(" ", "-"), *options)
            try:
                if has_trail:
                    self.start_trail(server)
                self.measure(name, server, count)
            finally:
                server.stop()

    def measure(self, name, server, count):
        url = json.loads(self.bench.send(server, self.bench.sqs(server, "CreateQueue", QueueName="bench-trail")))["QueueUrl"]
        send = self.bench.sqs(server, "SendMessage", QueueUrl=url, MessageBody="m" * 200)
        for row, request in [("SQS SendMessage", send), ("STS GetCallerIdentity", self.bench.caller_identity(server))]:
            result = self.bench.measure(f"{row}, {name}", server, [request], count)
            self.rows.setdefault(row, {})[name] = result["cpu_us"]

    @staticmethod
    def start_trail(server):
        """A trail of everything, queues' messages included, in an account and bucket of its own kind."""
        def client(service):
            return boto3.client(service, endpoint_url=f"http://127.0.0.1:{server.port}", region_name="us-east-1",
                                aws_access_key_id="test", aws_secret_access_key="test")

        bucket, arn = f"trail-{new_account().account}", "arn:aws:cloudtrail:us-east-1:000000000000:trail/bench"
        client("s3").create_bucket(Bucket=bucket)
        service = {"Service": "cloudtrail.amazonaws.com"}
        client("s3").put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": service, "Action": "s3:GetBucketAcl", "Resource": f"arn:aws:s3:::{bucket}"},
            {"Effect": "Allow", "Principal": service, "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{bucket}/AWSLogs/000000000000/*"}]}))
        trail = client("cloudtrail")
        trail.create_trail(Name="bench", S3BucketName=bucket)
        trail.put_event_selectors(TrailName=arn, AdvancedEventSelectors=[
            {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]},
            {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}, {"Field": "resources.type", "Equals": ["AWS::SQS::Queue"]}]}])
        trail.start_logging(Name=arn)

    def report(self):
        print("\nCloudTrail: processor time of a request, µs\n")
        names = ["no recording", "recorded", "recorded and delivered"]
        print(f"{'':28}" + "".join(f"{name:>26}" for name in names) + f"{'recording adds':>18}")
        for row, values in self.rows.items():
            added = values["recorded"] / values["no recording"] - 1
            verdict = "" if added <= TARGET - 1 else f"  (more than {TARGET - 1:.0%})"
            print(f"{row:28}" + "".join(f"{values[name]:26.0f}" for name in names) + f"{added:18.0%}{verdict}")
