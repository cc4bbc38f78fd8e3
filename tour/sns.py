"""The chapter about notifications: one topic, two queues, a filter, and a queue that keeps its door shut."""

import json
import time


def allow(topic, queue):
    """The policy of a queue that takes from a topic."""
    return json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": queue,
        "Condition": {"ArnEquals": {"aws:SourceArn": topic}}}})


def run(tour):
    """Tells the chapter."""
    tell, aws, check = tour.tell, tour.aws, tour.check
    tour.chapter("News for those who want it")
    tell("""A topic brings each message to all its subscriptions. Both queues below let it; the second one wants only what concerns trees,
         which its filter says.""")
    topic = aws("sns", "create-topic", "--name", "garden-news")["TopicArn"]

    def queue(name, policy=None, **attributes):
        arn = f"arn:aws:sqs:us-east-1:000000000000:{name}"
        words = ["--attributes", json.dumps({"Policy": policy(topic, arn)})] if policy else []
        url = aws("sqs", "create-queue", "--queue-name", name, *words)["QueueUrl"]
        more = ["--attributes", json.dumps({"RawMessageDelivery": "true", **attributes})]
        aws("sns", "subscribe", "--topic-arn", topic, "--protocol", "sqs", "--notification-endpoint", arn, *more)
        return url

    everything = queue("everything", allow)
    trees = queue("trees", allow, FilterPolicy=json.dumps({"about": ["tree", {"prefix": "pine"}]}))
    about = {"about": {"DataType": "String", "StringValue": "pond"}}
    aws("sns", "publish", "--topic-arn", topic, "--message", "The pond is full.", "--message-attributes", json.dumps(about))
    about["about"]["StringValue"] = "pine-tree"
    aws("sns", "publish", "--topic-arn", topic, "--message", "The pine is pruned.", "--message-attributes", json.dumps(about))

    def texts(url, count):
        got = []
        deadline = time.monotonic() + 10
        while len(got) < count and time.monotonic() < deadline:
            answer = aws("sqs", "receive-message", "--queue-url", url, "--wait-time-seconds", "2", "--max-number-of-messages", "10") or {}
            got += [message["Body"] for message in answer.get("Messages", [])]
        return sorted(got)

    check(texts(everything, 2) == ["The pine is pruned.", "The pond is full."], "not both messages came")
    check(texts(trees, 1) == ["The pine is pruned."], "the filter let through something else")

    tell("""A third queue is subscribed, but its policy lets nobody in. SNS knocks as the service principal sns.amazonaws.com, and the queue's
         policy decides: as in AWS the message is lost, and nobody is told. Here the judge tells, under the id of the message.""")
    queue("shut")
    message = aws("sns", "publish", "--topic-arn", topic, "--message", "Is anybody there?")["MessageId"]
    check(texts(everything, 1) == ["Is anybody there?"], "the open queue got nothing")
    text = tour.hakoniwa("explain", message)
    check("sqs:SendMessage" in text and "shut" in text, "the decision is not explained")
