"""Rows about EventBridge: what PutEvents costs with one rule to a queue, and with many rules beside it, and how fast it all arrives."""

import json
import time

RULES = 300
TARGET = 5000


class EventBridge:
    def __init__(self, bench):
        self.bench = bench
        self.rows = {}

    def call(self, server, operation, **members):
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"AWSEvents.{operation}"}
        return self.bench.sign(server, "events", body=json.dumps(members).encode(), headers=headers)

    def run(self, quick):
        server = self.bench.own_server("events")
        arn = "arn:aws:sqs:us-east-1:000000000000:events"
        policy = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn}]}  # fmt: skip
        made = self.bench.send(server, self.bench.sqs(server, "CreateQueue", QueueName="events", Attributes={"Policy": json.dumps(policy)}))
        url = json.loads(made)["QueueUrl"]
        self.bench.send(server, self.call(server, "PutRule", Name="r", EventPattern=json.dumps({"source": ["bench"], "detail": {"n": [{"numeric": [">", 0]}]}})))
        self.bench.send(server, self.call(server, "PutTargets", Rule="r", Targets=[{"Id": "t", "Arn": arn}]))
        calls = 300 if quick else 3000
        self.measure("one rule", server, url, calls)
        for number in range(1, RULES):
            pattern = json.dumps({"source": [f"other-{number}"], "detail": {"n": [{"numeric": [">", number]}]}})
            self.bench.send(server, self.call(server, "PutRule", Name=f"r{number}", EventPattern=pattern))
        self.measure(f"{RULES} rules", server, url, calls)
        server.stop()

    def depth(self, server, url):
        answer = self.bench.send(server, self.bench.sqs(server, "GetQueueAttributes", QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"]))
        return int(json.loads(answer)["Attributes"]["ApproximateNumberOfMessages"])

    def measure(self, name, server, url, calls):
        """Puts ten entries a call, and waits until all have arrived."""
        entry = {"Source": "bench", "DetailType": "order", "Detail": json.dumps({"n": 1, "text": "x" * 200})}
        before, cpu, started = self.depth(server, url), server.cpu(), time.monotonic()
        row = f"PutEvents × 10, {name}"
        put = self.bench.measure(row, server, [self.call(server, "PutEvents", Entries=[entry] * 10)], calls, warm_up=False)
        while self.depth(server, url) - before < calls * 10:
            time.sleep(0.02)
        seconds = time.monotonic() - started
        self.rows[name] = {
            "entries_per_second": put["per_second"] * 10,
            "delivered_per_second": calls * 10 / seconds,
            "cpu_us_per_delivered_event": (server.cpu() - cpu) / (calls * 10) * 1e6,
        }

    def report(self):
        print(f"\n{'EventBridge, to one queue':32}{'put/s':>10}{'delivered/s':>13}{'CPU µs/event':>14}")
        for name, row in self.rows.items():
            mark = "✓" if row["delivered_per_second"] >= TARGET else "✗"
            print(f"{name:32}{row['entries_per_second']:10.0f}{row['delivered_per_second']:13.0f}{row['cpu_us_per_delivered_event']:14.0f}"
                  f"   ≥ {TARGET} {mark}")
