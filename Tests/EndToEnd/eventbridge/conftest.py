"""What the tests of EventBridge share."""

import json
import time

import pytest


def queue_policy(arn, rule=None, principal="events.amazonaws.com"):
    """A queue policy that lets EventBridge send, for one rule or for all."""
    statement = {"Effect": "Allow", "Principal": {"Service": principal}, "Action": "sqs:SendMessage", "Resource": arn}
    if rule:
        statement["Condition"] = {"ArnEquals": {"aws:SourceArn": rule}}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


class Inbox:
    """A queue that EventBridge may send to."""

    def __init__(self, sqs, name, policy=True, **attributes):
        self.sqs = sqs
        if name.endswith(".fifo"):
            attributes = {"FifoQueue": "true", "ContentBasedDeduplication": "true", **attributes}
        self.url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        self.arn = sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        if policy:
            self.allow(None if policy is True else policy)

    def allow(self, rule=None):
        self.sqs.set_queue_attributes(QueueUrl=self.url, Attributes={"Policy": queue_policy(self.arn, rule)})

    def messages(self, count, seconds=30):
        """So many messages, as they come."""
        found, deadline = [], time.monotonic() + seconds
        while len(found) < count:
            assert time.monotonic() < deadline, f"{len(found)} of {count} messages came: {[m['Body'] for m in found]}"
            # Without a wait, for with a clock that stands still a wait has no end.
            answer = self.sqs.receive_message(
                QueueUrl=self.url, MaxNumberOfMessages=10, MessageAttributeNames=["All"],
                MessageSystemAttributeNames=["All"])
            if not answer.get("Messages"):
                # Longer than the quiet moment without which automatic time doesn't jump.
                time.sleep(0.05)
            for message in answer.get("Messages", []):
                self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
                found.append(message)
        return found

    def events(self, count=1, seconds=30):
        return [json.loads(message["Body"]) for message in self.messages(count, seconds)]

    def event(self, seconds=30):
        return self.events(1, seconds)[0]

    def is_empty(self):
        """Whether nothing is there now."""
        answer = self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10, WaitTimeSeconds=0)
        return not answer.get("Messages")


@pytest.fixture
def inbox(client, unique):
    """`inbox(root, region=…, at=…, policy=…)`: a queue that EventBridge may send to."""

    def make(root, region="us-east-1", at=None, name=None, **more):
        return Inbox(client("sqs", root, region, at=at), name or unique("inbox"), **more)

    return make


@pytest.fixture
def rule():
    """`rule(events, pattern, target, …)`: a rule with one target; its ARN."""

    def make(events, pattern, target, name="r", bus="default", target_id="t", **more):
        if isinstance(target, Inbox):
            target = target.arn
        arn = events.put_rule(Name=name, EventPattern=json.dumps(pattern), EventBusName=bus)["RuleArn"]
        answer = events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": target_id, "Arn": target, **more}])
        assert answer["FailedEntryCount"] == 0, answer
        return arn

    return make


@pytest.fixture
def put():
    """`put(events, source, detail, …)`: puts one event; its id."""

    def make(events, source="app", detail=None, detail_type="t", **more):
        entry = {"Source": source, "DetailType": detail_type, "Detail": json.dumps(detail or {}), **more}
        answer = events.put_events(Entries=[entry])
        assert answer["FailedEntryCount"] == 0, answer
        return answer["Entries"][0]["EventId"]

    return make


@pytest.fixture
def service_call(endpoint):
    """`service_call(principal, service, operation, input, account)`: a call as an AWS service makes it; its output."""
    import requests

    def call(principal, service, operation, input, account, region="us-east-1", at=None):
        body = {
            "as": principal, "service": service, "operation": operation, "input": input, "sourceAccount": account,
            "region": region,
        }
        answer = requests.post((at or endpoint) + "/_hakoniwa/service-calls", json=body, timeout=30, verify=False)
        assert answer.status_code == 200, answer.text
        return answer.json()["output"]

    return call
