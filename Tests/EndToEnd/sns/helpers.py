"""What the tests of SNS share: queues that take from topics, and an endpoint that listens."""

import base64
import http.server
import json
import queue
import threading
import time

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding


def allow(topic_arn, queue_arn):
    """A queue's policy that lets a topic send to it."""
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {
                "Effect": "Allow",
                "Principal": {"Service": "sns.amazonaws.com"},
                "Action": "sqs:SendMessage",
                "Resource": queue_arn,
                "Condition": {"ArnEquals": {"aws:SourceArn": topic_arn}},
            },
        }
    )


class Queue:
    """A queue of somebody's."""

    def __init__(self, sqs, name, topic_arn=None, **attributes):
        self.sqs = sqs
        self.url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        self.arn = self.attribute("QueueArn")
        if topic_arn:
            self.allow(topic_arn)

    def attribute(self, name):
        return self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=[name])["Attributes"][name]

    def allow(self, topic_arn):
        self.sqs.set_queue_attributes(QueueUrl=self.url, Attributes={"Policy": allow(topic_arn, self.arn)})

    def receive(self, count=1, seconds=30):
        """Waits for `count` messages, deletes them and answers with them in their order."""
        messages = []
        deadline = time.monotonic() + seconds
        while len(messages) < count and time.monotonic() < deadline:
            answer = self.sqs.receive_message(
                QueueUrl=self.url, WaitTimeSeconds=1, MaxNumberOfMessages=10, AttributeNames=["All"], MessageAttributeNames=["All"]
            )
            for message in answer.get("Messages", []):
                messages.append(message)
                self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        assert len(messages) == count, f"{len(messages)} of {count} messages came: {[m['Body'] for m in messages]}"
        return messages

    def notifications(self, count=1):
        return [json.loads(message["Body"]) for message in self.receive(count)]

    def texts(self, count=1):
        return [each["Message"] for each in self.notifications(count)]

    def is_empty(self):
        return self.attribute("ApproximateNumberOfMessages") == "0"


class Receiver:
    """An HTTP endpoint; `answers` are the statuses of the next answers, then 200.

    With a `clock`, `times` are those of the cloud at which requests came.
    """

    def __init__(self):
        self.requests = queue.Queue()
        self.answers, self.times = [], []
        self.clock = None
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length)
                if len(body) < length:
                    return  # the server was killed while it wrote
                if outer.clock:
                    outer.times.append(outer.clock.show()["now"])
                status = outer.answers.pop(0) if outer.answers else 200
                # Before the answer, which may bring the next request at once, in another thread.
                outer.requests.put((self.path, dict(self.headers), body.decode(), status))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/inbox"

    def next(self, seconds=30):
        """The next request's headers and body."""
        _, headers, body, _ = self.requests.get(timeout=seconds)
        return headers, body

    def close(self):
        self.server.shutdown()
        self.server.server_close()


FIELDS = {
    "Notification": ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
    "SubscriptionConfirmation": ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
}
FIELDS["UnsubscribeConfirmation"] = FIELDS["SubscriptionConfirmation"]


def verify(message):
    """Checks a message's signature as AWS's own validators do: raises if it is wrong."""
    assert message["SigningCertURL"].endswith(".pem") and "/SimpleNotificationService-" in message["SigningCertURL"]
    certificate = x509.load_pem_x509_certificate(requests.get(message["SigningCertURL"], timeout=30, verify=False).content)
    text = "".join(f"{name}\n{message[name]}\n" for name in FIELDS[message["Type"]] if name in message)
    algorithm = {"1": hashes.SHA1(), "2": hashes.SHA256()}[message["SignatureVersion"]]
    key = certificate.public_key()
    key.verify(base64.b64decode(message["Signature"]), text.encode(), padding.PKCS1v15(), algorithm)
    # The certificate is its own issuer.
    key.verify(certificate.signature, certificate.tbs_certificate_bytes, padding.PKCS1v15(), certificate.signature_hash_algorithm)


def until(holds, seconds=30):
    """Waits until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.01)
