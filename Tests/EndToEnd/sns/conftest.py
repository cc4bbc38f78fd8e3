"""What the tests of SNS share: queues that take from topics, and an endpoint that listens."""

import pytest

from sns.helpers import Queue, Receiver


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def make_queue(client, unique):
    """`make_queue(creds, topic_arn, …)`: a queue that takes from a topic."""

    def make(creds, topic_arn=None, name=None, at=None, region="us-east-1", **attributes):
        return Queue(client("sqs", creds, at=at, region=region), name or unique("queue"), topic_arn, **attributes)

    return make
