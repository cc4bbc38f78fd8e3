"""kill -9 while messages are sent, received and deleted: what was acknowledged stays as it was."""

import random
import threading
import time

import pytest
from harness.events import eventually


class Traffic(threading.Thread):
    """Sends to a queue, and receives and deletes from it, keeping book of what was acknowledged."""

    def __init__(self, name, sqs, url):
        super().__init__(daemon=True)
        self.tag, self.sqs, self.url = name, sqs, url
        self.sent, self.deleted, self.uncertain = set(), set(), set()

    def run(self):
        number = 0
        while True:
            body = f"{self.tag}-{number}"
            number += 1
            try:
                self.uncertain = {body}
                self.sqs.send_message(QueueUrl=self.url, MessageBody=body)
                self.sent.add(body)
                if number % 3 == 0:
                    for message in self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=2).get("Messages", []):
                        self.uncertain = {message["Body"]}
                        self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
                        self.deleted.add(message["Body"])
                self.uncertain = set()
            except Exception:
                return


@pytest.mark.parametrize("round", range(3))
def test_nothing_acknowledged_is_gone(server, clock, client, account, round):
    running, root = server(), account()
    sqs = client("sqs", root, at=running.endpoint, read_timeout=10)
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    threads = [Traffic(str(number), client("sqs", root, at=running.endpoint, read_timeout=10), url) for number in range(4)]
    for thread in threads:
        thread.start()
    # On a busy machine clients need longer to get going.
    eventually(lambda: any(thread.sent for thread in threads))
    time.sleep(random.uniform(0.3, 1.0))
    running.kill9()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    running.start()
    clock(running).advance("31s")
    sent, deleted, uncertain = (set().union(*(getattr(t, name) for t in threads)) for name in ("sent", "deleted", "uncertain"))
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    counted = int(attributes["ApproximateNumberOfMessages"])
    left = set()
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=600).get("Messages"):
        bodies = {message["Body"] for message in messages}
        assert not bodies & left
        left |= bodies
    assert sent, "the load must have begun"
    assert sent - deleted - uncertain <= left
    assert not deleted & left
    assert left <= sent | uncertain
    assert counted == len(left)
