"""Rows about organizations: what a decision costs with many policies at many levels, what recording each call costs, and how
fast the journal is read again."""

import json
import os
import subprocess
import time
import urllib.request

LEVELS = 7
# Recording may add this much to what a request costs.
SHARE = 0.25
READ_TARGET = 200_000


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def guardrails(count):
    """So many different SCPs as organizations have them: denials that do not concern the request."""
    services = ["ec2", "rds", "iam", "kms", "cloudtrail", "config", "guardduty", "lambda", "sns", "dynamodb"]
    return [
        policy(
            {"Sid": "Protect", "Effect": "Deny", "Action": [f"{service}:Delete*", f"{service}:Stop*", f"{service}:Update*"], "Resource": "*",
             "Condition": {"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/security-*", "arn:aws:iam::*:role/admin"]}}},
            {"Sid": "Regions", "Effect": "Deny", "NotAction": ["iam:*", "sts:*", "organizations:*", "support:*"], "Resource": "*",
             "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["us-east-1", "eu-west-1", "eu-central-1"]}}},
        )
        for service in services[:count]
    ]  # fmt: skip


class Organizations:
    def __init__(self, bench, binary):
        self.bench, self.binary = bench, binary
        self.decisions, self.journal, self.figures = [], {}, {}

    def run(self, quick):
        for count in range(0, 11, 5 if quick else 1):
            self.decisions.append((count, self.decision(count, 2000 if quick else 50_000)))
        self.recording(quick)

    def decision(self, count, repeats):
        """Microseconds of one decision with FullAWSAccess and `count` SCPs at each level; without levels for 0."""
        level = [policy({"Effect": "Allow", "Action": "*", "Resource": "*"}), *guardrails(count)][:10]
        case = {
            "id": "bench",
            "request": {
                "principal": "arn:aws:iam::111122223333:user/ann", "action": "s3:GetObject", "resource": "arn:aws:s3:::photos/ann/cat.jpg",
                "resourceAccount": "111122223333",
                "context": {"aws:PrincipalArn": "arn:aws:iam::111122223333:user/ann", "aws:RequestedRegion": "eu-west-1"},
            },
            "identityPolicies": [policy({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})], "scps": [level] * LEVELS if count else [],
        }  # fmt: skip
        command = [self.binary, "policy", "eval", "--cases", "-", "--repeats", str(repeats)]
        done = subprocess.run(command, input=json.dumps(case) + "\n", capture_output=True, text=True, check=True)
        assert '"decision":"allowed"' in done.stdout.replace(" ", ""), done.stdout
        return float(done.stderr.split(":")[1].split()[0])

    def recording(self, quick):
        """The same requests with and without a journal, in turn, so that what else the machine does hits both."""
        factor = 0.1 if quick else 1
        costs = {}
        for turn in range(1 if quick else 3):
            for name, options in [("with", []), ("without", ["--journal", "0"])]:
                server = self.bench.own_server(f"journal-{turn}-{name}", *options)
                url = json.loads(self.bench.send(server, self.bench.sqs(server, "CreateQueue", QueueName="q")))["QueueUrl"]
                self.bench.send(server, self.bench.sign(server, "s3", "PUT", "/bench"))
                self.bench.send(server, self.bench.sign(server, "s3", "PUT", "/bench/k", b"k" * 1024))
                for row, request, count in [
                    ("STS GetCallerIdentity", self.bench.caller_identity(server), 40_000),
                    ("SQS SendMessage", self.bench.sqs(server, "SendMessage", QueueUrl=url, MessageBody="m" * 200), 20_000),
                    ("S3 GET 1 KiB", self.bench.sign(server, "s3", "GET", "/bench/k"), 20_000),
                ]:
                    key = f"{row}, {name} journal"
                    result = self.bench.measure(key, server, [request], int(count * factor))
                    costs.setdefault(row, {}).setdefault(name, []).append(result["cpu_us"])
                    self.bench.results.pop(key)
                if name == "with" and turn == 0:
                    self.reading(server)
                server.stop()
        self.journal = {row: {name: min(values) for name, values in both.items()} for row, both in costs.items()}

    def reading(self, server):
        """How many entries a second are read and taken apart, on one core: the page reads all to show the last one."""
        used = server.cpu()
        endpoint = f"http://127.0.0.1:{server.port}/_hakoniwa/journal"
        urllib.request.urlopen(endpoint + "?last=1").read()
        used = server.cpu() - used
        files = os.path.join(self.bench.folder, "journal-0-with", "journal")
        size = sum(os.path.getsize(os.path.join(files, name)) for name in os.listdir(files))
        count = sum(1 for _ in urllib.request.urlopen(endpoint + "?context=false"))
        self.figures = {"entries": count, "bytes an entry": size / count, "entries read, /s and core": count / max(used, 0.01)}

    @property
    def rows(self):
        return {"decisions": dict(self.decisions), "journal": self.journal, "figures": self.figures}

    def report(self):
        print(f"\nA decision with SCPs at {LEVELS} levels, CPU µs")
        print("".join(f"{'none' if count == 0 else count:>8}" for count, _ in self.decisions) + "   policies at each, FullAWSAccess among them at 10")
        print("".join(f"{cost:8.2f}" for _, cost in self.decisions))
        print(f"\n{'':24}{'with journal':>16}{'without':>12}{'more':>9}")
        for row, cost in self.journal.items():
            more = cost["with"] / max(cost["without"], 0.01) - 1
            print(f"{row:24}{cost['with']:16.1f}{cost['without']:12.1f}{more:9.0%}   ≤ {SHARE:.0%} {'✓' if more <= SHARE else '✗'}")
        for name, value in self.figures.items():
            mark = f"   ≥ {READ_TARGET} {'✓' if value >= READ_TARGET else '✗'}" if "read" in name else ""
            print(f"{name:40}{value:12.0f}{mark}")
