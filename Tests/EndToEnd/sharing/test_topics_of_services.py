"""What AWS services tell topics: S3 of its objects, CloudTrail of its files; and the policies of both, topic and queue, that let them."""

import json
import time

import pytest
from botocore.exceptions import ClientError


def document(principal, action, resource, **condition):
    statement = {"Effect": "Allow", "Principal": {"Service": principal}, "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement | ({"Condition": condition} if condition else {})]})


@pytest.fixture
def told(client, account, unique):
    """A topic that S3 or CloudTrail may publish to once `allow` has been called, and a queue behind it."""

    class Told:
        def __init__(self):
            self.creds = account()
            self.sns, self.sqs = client("sns", self.creds), client("sqs", self.creds)
            name = unique("told")
            self.topic = self.sns.create_topic(Name=name)["TopicArn"]
            self.url = self.sqs.create_queue(QueueName=name)["QueueUrl"]
            arn = f"arn:aws:sqs:us-east-1:{self.creds.account}:{name}"
            policy = document("sns.amazonaws.com", "sqs:SendMessage", arn, ArnEquals={"aws:SourceArn": self.topic})
            self.sqs.set_queue_attributes(QueueUrl=self.url, Attributes={"Policy": policy})
            self.sns.subscribe(TopicArn=self.topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})

        def allow(self, principal, **condition):
            policy = document(principal, "sns:Publish", self.topic, **condition)
            self.sns.set_topic_attributes(TopicArn=self.topic, AttributeName="Policy", AttributeValue=policy)

        def next(self):
            deadline = time.monotonic() + 60
            while not (messages := self.sqs.receive_message(QueueUrl=self.url, WaitTimeSeconds=10).get("Messages")):
                assert time.monotonic() < deadline, "nothing came"
            (message,) = messages
            self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
            return json.loads(message["Body"])

    return Told()


def test_s3_tells_a_topic_that_lets_it(client, told, unique):
    s3, bucket = client("s3", told.creds), unique("bucket")
    s3.create_bucket(Bucket=bucket)
    wish = {"TopicConfigurations": [{"TopicArn": told.topic, "Events": ["s3:ObjectCreated:*"]}]}
    told.allow("s3.amazonaws.com", ArnLike={"aws:SourceArn": "arn:aws:s3:::another"})
    with pytest.raises(ClientError) as caught:
        s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=wish)
    assert caught.value.response["Error"]["Message"] == "Unable to validate the following destination configurations"
    told.allow("s3.amazonaws.com", ArnLike={"aws:SourceArn": f"arn:aws:s3:::{bucket}"})
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=wish)
    assert told.next()["Event"] == "s3:TestEvent"
    s3.put_object(Bucket=bucket, Key="k", Body=b"1")
    assert told.next()["Records"][0]["s3"]["object"]["key"] == "k"


def test_cloudtrail_tells_a_topic_of_each_file(client, told, unique):
    s3, trails, bucket = client("s3", told.creds), client("cloudtrail", told.creds), unique("trail")
    number = told.creds.account
    source = {"StringEquals": {"aws:SourceArn": f"arn:aws:cloudtrail:us-east-1:{number}:trail/audit"}}
    s3.create_bucket(Bucket=bucket)
    statements = [
        ("s3:GetBucketAcl", f"arn:aws:s3:::{bucket}", source),
        ("s3:PutObject", f"arn:aws:s3:::{bucket}/AWSLogs/{number}/*",
         {"StringEquals": {**source["StringEquals"], "s3:x-amz-acl": "bucket-owner-full-control"}}),
    ]  # fmt: skip
    policy = [{"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": action, "Resource": on, "Condition": condition}
              for action, on, condition in statements]  # fmt: skip
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": policy}))
    wish = {"Name": "audit", "S3BucketName": bucket, "SnsTopicName": told.topic}
    with pytest.raises(ClientError) as caught:
        trails.create_trail(**wish)
    assert caught.value.response["Error"]["Code"] == "InsufficientSnsTopicPolicyException"
    told.allow("cloudtrail.amazonaws.com", **source)
    assert trails.create_trail(**wish)["SnsTopicARN"] == told.topic
    trails.start_logging(Name="audit")
    client("iam", told.creds).create_group(GroupName="seen")
    notice = told.next()
    assert notice["s3Bucket"] == bucket
    (key,) = notice["s3ObjectKey"]
    assert s3.head_object(Bucket=bucket, Key=key)["ContentEncoding"] == "gzip"
    assert "LatestNotificationError" not in trails.get_trail_status(Name="audit")
