"""A row about SNS: messages published to a topic with a hundred queues, until the last queue has the last of them."""

import json
import os
import sys
import time
import urllib.parse

QUEUES = 100
CONNECTIONS = 8
# Deliveries a second, on two cores.
TARGET = 10_000


class FanOut:
    def __init__(self, bench):
        self.bench = bench
        self.rows = {}

    def run(self, server, messages, raw=True):
        """Publishes so many messages and waits until all are delivered."""
        name = "raw" if raw else "signed"
        topic, urls = self.prepare(server, name, raw)
        request = self.sns(server, Action="Publish", TopicArn=topic, Message="x" * 256)
        self.bench.send(server, request)
        self.wait(server, urls, 1)
        file = os.path.join(self.bench.folder, "publish")
        with open(file, "wb") as out:
            out.write(b"%d\n" % len(request) + request)
        cpu, began = server.cpu(), time.monotonic()
        self.bench.run_load(server, CONNECTIONS, messages, file, "SNS Publish")
        published = time.monotonic() - began
        self.wait(server, urls, messages + 1)
        seconds, used = time.monotonic() - began, server.cpu() - cpu
        deliveries = messages * QUEUES
        self.rows.setdefault(name, {})[server.name] = {
            "messages_per_second": messages / seconds, "deliveries_per_second": deliveries / seconds,
            "publish_per_second": messages / published, "cpu_us_per_delivery": used / deliveries * 1e6,
        }
        self.bench.progress(f"SNS to {QUEUES} queues, {name}, {server.name}: {messages / seconds:.0f} messages/s, {deliveries / seconds:.0f} deliveries/s")

    def sns(self, server, **members):
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
        return self.bench.sign(server, "sns", body=urllib.parse.urlencode({"Version": "2010-03-31", **members}).encode(), headers=headers)

    def prepare(self, server, name, raw):
        def created(answer):
            return answer.decode().split("<TopicArn>")[1].split("<")[0]

        topic = created(self.bench.send(server, self.sns(server, Action="CreateTopic", Name=f"bench-{name}")))
        urls = []
        for number in range(QUEUES):
            queue = f"arn:aws:sqs:us-east-1:000000000000:bench-{name}-{number}"
            policy = {"Version": "2012-10-17", "Statement": {
                "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": queue,
                "Condition": {"ArnEquals": {"aws:SourceArn": topic}}}}
            answer = self.bench.send(server, self.bench.sqs(
                server, "CreateQueue", QueueName=f"bench-{name}-{number}", Attributes={"Policy": json.dumps(policy)}))
            urls.append(json.loads(answer)["QueueUrl"])
            attributes = {"Attributes.entry.1.key": "RawMessageDelivery", "Attributes.entry.1.value": "true"} if raw else {}
            self.bench.send(server, self.sns(server, Action="Subscribe", TopicArn=topic, Protocol="sqs", Endpoint=queue, **attributes))
        return topic, urls

    def wait(self, server, urls, count, seconds=600):
        """Until every queue has so many messages."""
        deadline = time.monotonic() + seconds
        for url in urls:
            ask = self.bench.sqs(server, "GetQueueAttributes", QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
            while int(json.loads(self.bench.send(server, ask))["Attributes"]["ApproximateNumberOfMessages"]) < count:
                if time.monotonic() > deadline:
                    sys.exit(f"{server.name} did not deliver all messages within {seconds} s")
                time.sleep(0.01)

    def report(self):
        print(f"\nSNS, one topic to {QUEUES} queues{'':8}{'messages/s':>12}{'deliveries/s':>14}{'CPU µs each':>13}{'target':>12}{'moto':>12}")
        for name, servers in self.rows.items():
            own, moto = servers.get("hakoniwa"), servers.get("moto")
            if not own:
                continue
            mark = f"≥ {TARGET} {'✓' if own['deliveries_per_second'] >= TARGET else '✗'}"
            ratio = f"× {own['messages_per_second'] / moto['messages_per_second']:.0f}" if moto else ""
            print(f"{name:36}{own['messages_per_second']:12.0f}{own['deliveries_per_second']:14.0f}{own['cpu_us_per_delivery']:13.0f}{mark:>12}{ratio:>12}")
