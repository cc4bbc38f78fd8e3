"""The rows of CloudWatch Logs: batches of 1,000 events into one stream, and a query over them.

Requests are signed beforehand and sent by `load.c` like those of the other rows; moto server gets the same ones, fewer of them.
"""

import json
import time

ROW = "PutLogEvents, 1,000 events of 100 bytes"
# Events a second that the program should take in, in release mode.
TARGET = 100_000
EVENTS = 1000


class Logs:
    """Measures one server after the other; `bench` signs, sends and counts."""

    def __init__(self, bench):
        self.bench, self.rows, self.query = bench, {}, None

    def call(self, server, operation, **members):
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"Logs_20140328.{operation}"}
        return self.bench.sign(server, "logs", body=json.dumps(members).encode(), headers=headers)

    def run(self, server, count, warm_up=True):
        """Puts `count` batches and notes how many events that were a second, and what one cost."""
        group = "bench"
        self.bench.send(server, self.call(server, "CreateLogGroup", logGroupName=group))
        self.bench.send(server, self.call(server, "CreateLogStream", logGroupName=group, logStreamName="s"))
        base = int(time.time() * 1000)
        line = "a line of the log of an application that has something to say, and says it at some length: request "
        requests = []
        for batch in range(20):
            events = [{"timestamp": base + batch * EVENTS + i, "message": f"{line}{i:04}"[:100]} for i in range(EVENTS)]
            requests.append(self.call(server, "PutLogEvents", logGroupName=group, logStreamName="s", logEvents=events))
        result = self.bench.measure(ROW, server, requests, count, connections=4, warm_up=warm_up)
        self.rows[server.name] = {"events_per_second": result["per_second"] * EVENTS, "cpu_us_per_event": result["cpu_us"] / EVENTS}
        del self.bench.results[ROW]
        return count * EVENTS

    def scan(self, server):
        """Events a second that a query over all of them looks at."""
        now = int(time.time())
        text = "filter @message like /0042/ | stats count(*)"
        start = self.call(server, "StartQuery", logGroupName="bench", startTime=now - 3600, endTime=now + 3600, queryString=text)
        began = time.monotonic()
        query = json.loads(self.bench.send(server, start))["queryId"]
        while True:
            answer = json.loads(self.bench.send(server, self.call(server, "GetQueryResults", queryId=query)))
            if answer["status"] == "Complete":
                break
            time.sleep(0.02)
        self.query = answer["statistics"]["recordsScanned"] / (time.monotonic() - began)

    def report(self):
        own, moto = self.rows.get("hakoniwa"), self.rows.get("moto")
        if not own:
            return
        mark = "✓" if own["events_per_second"] >= TARGET else "✗"
        ratio = f", moto {moto['events_per_second']:,.0f}" if moto else ""
        print(f"\n{ROW}: {own['events_per_second']:,.0f} events/s (target ≥ {TARGET:,} {mark}){ratio}; "
              f"{own['cpu_us_per_event']:.2f} µs of CPU an event")
        if self.query:
            print(f"Logs Insights, a regular expression over all of them: {self.query:,.0f} events/s")
