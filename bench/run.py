"""Measures the program beside moto server and a bare SwiftNIO HTTP server, all on this machine, one after the other.

What counts is processor time of the server for each request (/proc/PID/stat): it does not depend on the load generator.
Requests are signed beforehand and sent over 16 keep-alive connections by `load.c`. Nothing is written into the repository.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "Tests" / "EndToEnd"))

from harness import Credentials, http  # noqa: E402
from harness.server import binary, free_port  # noqa: E402
from eventbridge import EventBridge  # noqa: E402
from fanout import FanOut  # noqa: E402
from logs import Logs  # noqa: E402
from organizations import Organizations  # noqa: E402
import sharing  # noqa: E402
from trail import Trail  # noqa: E402
from whatif import WhatIf  # noqa: E402
from workflows import SWF  # noqa: E402

CREDENTIALS = Credentials("test", "test", account="000000000000")
CONNECTIONS = 16
# 5 SCP levels, an identity policy of 20 statements, a resource policy.
DECISION = "a decision, CPU µs"
TICK = os.sysconf("SC_CLK_TCK")

# Row: most microseconds of processor time a request may take.
TARGETS = {"STS GetCallerIdentity": 80, "SQS SendMessage": 120, "SQS ReceiveMessage": 150, "S3 PUT 1 KiB": 150, "S3 GET 1 KiB": 150}


class Process:
    """A server and what it has used."""

    def __init__(self, name, command, port, environment=None, log=None):
        self.name, self.command, self.port, self.environment, self.log = name, command, port, environment, log
        self.process = None

    def start(self, seconds=60):
        output = open(self.log, "ab") if self.log else subprocess.DEVNULL
        self.process = subprocess.Popen(self.command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **(self.environment or {})})
        deadline = time.monotonic() + seconds
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"{self.name} did not start" + (f":\n{pathlib.Path(self.log).read_text()[-2000:]}" if self.log else ""))
                time.sleep(0.005)

    def cpu(self):
        """Seconds, user and system."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self):
        """Resident MiB."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(text.split("VmRSS:")[1].split()[0]) / 1024

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Bench:
    def __init__(self, options):
        self.options = options
        self.folder = tempfile.mkdtemp(prefix="hakoniwa-bench-")
        self.load = os.path.join(self.folder, "load")
        self.compile("load.c", self.load)
        self.results = {}
        self.figures = {}
        self.organizations = None
        self.what_if = None
        self.trail = None
        self.notes = []
        self.events = EventBridge(self)
        self.fan_out = FanOut(self)
        self.swf = SWF(self)
        self.logs = Logs(self)

    def compile(self, source, program):
        """Compiles a load generator of this folder."""
        compiler = next((name for name in ("cc", "clang", "gcc") if shutil.which(name)), None)
        if not compiler:
            sys.exit("a C compiler is needed for the load generator: apt-get install gcc")
        subprocess.run([compiler, "-O2", "-o", program, str(here / source)], check=True)

    # --- requests

    def sign(self, server, service, method="POST", path="/", body=b"", headers=None):
        """The bytes of one signed request."""
        endpoint = f"http://127.0.0.1:{server.port}"
        headers = {"Host": f"127.0.0.1:{server.port}", "Content-Length": str(len(body)), **(headers or {})}
        if service:
            headers = http.signed(endpoint, service, CREDENTIALS, method, path, body, headers)
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body

    def caller_identity(self, server):
        return self.sign(server, "sts", body=b"Action=GetCallerIdentity&Version=2011-06-15", headers={"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"})

    def sqs(self, server, operation, **members):
        headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"AmazonSQS.{operation}"}
        return self.sign(server, "sqs", body=json.dumps(members).encode(), headers=headers)

    def send(self, server, data):
        """One request now; its answer's body."""
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
            connection.sendall(data)
            answer = b""
            while not http.complete(answer):
                part = connection.recv(1 << 16)
                if not part:
                    break
                answer += part
        status = http.status_of(answer)
        if status is None or status >= 300:
            sys.exit(f"{server.name}: {answer[:500].decode(errors='replace')}")
        return answer.partition(b"\r\n\r\n")[2]

    # --- measuring

    def measure(self, row, server, requests, count, connections=CONNECTIONS, warm_up=True):
        """Sends `count` requests, those of `requests` in turn, and notes what they cost the server."""
        file = os.path.join(self.folder, "requests")
        with open(file, "wb") as out:
            for data in requests:
                out.write(b"%d\n" % len(data) + data)
        if warm_up:
            self.run_load(server, connections, max(connections, min(count // 10, 2000)), file, row)
        before = server.cpu()
        answer = self.run_load(server, connections, count, file, row)
        used = server.cpu() - before
        result = {
            "cpu_us": used / count * 1e6,
            "per_second": count / answer["seconds"],
            "mib_per_second": answer["bytes"] / answer["seconds"] / (1 << 20),
            "p50_ms": answer["p50"] * 1000,
            "p99_ms": answer["p99"] * 1000,
        }
        self.results.setdefault(row, {})[server.name] = result
        self.progress(f"{row}, {server.name}: {result['cpu_us']:.0f} µs of CPU a request, {result['per_second']:.0f} requests/s")
        return result

    def run_load(self, server, connections, count, file, row):
        done = subprocess.run([self.load, str(server.port), str(connections), str(count), file], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{row} on {server.name}: {done.stderr}")
        answer = json.loads(done.stdout)
        if answer["errors"]:
            sys.exit(f"{row} on {server.name}: {answer['errors']} errors, the first {answer['firstError']}: {answer['firstErrorText']}")
        return answer

    def progress(self, text):
        if not self.options.json:
            print(f"  {text}", flush=True)

    def aws_rows(self, server, factor, depth, warm_up=True):
        """The rows that a server of AWS's APIs can do. `factor` and `depth` make slow peers bearable."""
        def count(full):
            return max(CONNECTIONS, int(full * factor))

        self.measure("STS GetCallerIdentity", server, [self.caller_identity(server)], count(40000), warm_up=warm_up)

        url = json.loads(self.send(server, self.sqs(server, "CreateQueue", QueueName="bench-send")))["QueueUrl"]
        body = "m" * 200
        self.measure("SQS SendMessage", server, [self.sqs(server, "SendMessage", QueueUrl=url, MessageBody=body)], count(30000),
                     warm_up=warm_up)

        url = json.loads(self.send(server, self.sqs(server, "CreateQueue", QueueName="bench-receive")))["QueueUrl"]
        entries = [{"Id": str(i), "MessageBody": body} for i in range(10)]
        file = os.path.join(self.folder, "fill")
        data = self.sqs(server, "SendMessageBatch", QueueUrl=url, Entries=entries)
        with open(file, "wb") as out:
            out.write(b"%d\n" % len(data) + data)
        self.run_load(server, CONNECTIONS, depth // 10, file, "filling the queue")
        # Messages stay invisible for a while, as with a consumer that takes its time; the queue keeps its depth.
        self.measure("SQS ReceiveMessage", server, [self.sqs(server, "ReceiveMessage", QueueUrl=url, MaxNumberOfMessages=1, VisibilityTimeout=600)],
                     min(count(20000), depth // 2), warm_up=warm_up)

        self.send(server, self.sign(server, "s3", "PUT", "/bench"))
        small = b"k" * 1024
        headers = {"Content-Type": "application/octet-stream"}
        names = [f"/bench/object-{i:05d}" for i in range(min(2000, count(2000)))]
        self.measure("S3 PUT 1 KiB", server, [self.sign(server, "s3", "PUT", name, small, headers) for name in names], count(20000),
                     warm_up=warm_up)
        self.measure("S3 GET 1 KiB", server, [self.sign(server, "s3", "GET", name) for name in names], count(20000), warm_up=warm_up)
        self.send(server, self.sign(server, "s3", "PUT", "/bench/large", b"m" * (16 << 20), headers))
        self.measure("S3 GET 16 MiB", server, [self.sign(server, "s3", "GET", "/bench/large")], count(400), warm_up=warm_up)
        sharing.rows(self, server, count, warm_up)

    def first_call(self, server, times):
        """Seconds from the start of the process to the first signed call that succeeds, with data that is there."""
        best = []
        for _ in range(times):
            server.stop()
            data = self.caller_identity(server)
            started = time.monotonic()
            output = open(server.log, "ab")
            server.process = subprocess.Popen(server.command, stdout=output, stderr=output, env={**os.environ, **(server.environment or {})})
            while True:
                try:
                    with socket.create_connection(("127.0.0.1", server.port), 1) as connection:
                        connection.sendall(data)
                        answer = connection.recv(9999)
                    if answer.startswith(b"HTTP/1.1 200"):
                        break
                except OSError:
                    pass
                if server.process.poll() is not None or time.monotonic() - started > 60:
                    sys.exit(f"{server.name} did not start again")
                time.sleep(0.001)
            best.append(time.monotonic() - started)
            time.sleep(0.2)
        return sorted(best)[len(best) // 2]

    def log(self, name):
        return os.path.join(self.folder, f"{name}.log")

    def decision(self, repeats):
        """Processor time of one decision over many policies, by the program's own offline judge."""
        def policy(*statements):
            return {"Version": "2012-10-17", "Statement": list(statements)}

        def allow(action, resource, **more):
            return {"Effect": "Allow", "Action": action, "Resource": resource, **more}

        level = [policy(allow("*", "*")), policy({"Effect": "Deny", "Action": ["organizations:LeaveOrganization", "cloudtrail:Stop*"], "Resource": "*"})]
        condition = {"StringEquals": {"aws:RequestedRegion": ["us-east-1", "eu-west-1"]}, "IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
        identity = [allow([f"s3:Get*{n}", f"sqs:Send*{n}"], f"arn:aws:s3:::bucket-{n}/*") for n in range(19)]
        identity.append(allow("s3:GetObject", "arn:aws:s3:::photos/${aws:username}/*", Condition=condition))
        principal = {"AWS": "arn:aws:iam::111122223333:user/ann"}
        case = {
            "id": "bench",
            "request": {
                "principal": "arn:aws:iam::111122223333:user/ann", "action": "s3:GetObject", "resource": "arn:aws:s3:::photos/ann/cat.jpg",
                "resourceAccount": "444455556666",
                "context": {"aws:username": "ann", "aws:RequestedRegion": "eu-west-1", "aws:SourceIp": "10.1.2.3"},
            },
            "identityPolicies": [policy(*identity)], "scps": [level] * 5,
            "resourcePolicy": policy({**allow("s3:Get*", "arn:aws:s3:::photos/*"), "Principal": principal}),
        }
        command = [binary(), "policy", "eval", "--cases", "-", "--repeats", str(repeats)]
        done = subprocess.run(command, input=json.dumps(case) + "\n", capture_output=True, text=True, check=True)
        if '"decision":"allowed"' not in done.stdout.replace(" ", ""):
            sys.exit(f"the benchmark's case was not allowed: {done.stdout}")
        return float(done.stderr.split(":")[1].split()[0])

    def own_server(self, name, *options):
        """A new server of ours with a folder of its own."""
        port = free_port()
        keep = [] if "--ephemeral" in options else ["--data", os.path.join(self.folder, name)]
        return Process("hakoniwa", [binary(), "serve", "--port", str(port), *keep, *options], port, log=self.log(name)).start()

    def moto_server(self):
        """moto server, started; nothing if it is not to be had."""
        if self.options.no_peers:
            return None
        moto = shutil.which("moto_server", path=os.path.join(os.environ.get("HAKONIWA_PEERS", "/"), "bin") + os.pathsep + os.environ["PATH"])
        if not moto:
            self.notes.append("moto server is not installed: no ratio to it.")
            return None
        port = free_port()
        return Process("moto", [moto, "-H", "127.0.0.1", "-p", str(port)], port, log=self.log("moto")).start()

    def run(self):
        only = self.options.only
        if only in (None, "calls"):
            self.run_calls()
        if only in (None, "organizations"):
            self.organizations = Organizations(self, binary())
            self.organizations.run(self.options.quick)
            self.what_if = WhatIf(self, binary())
            self.what_if.run(self.options.quick)
        if only in (None, "events"):
            self.events.run(self.options.quick)
        if only in (None, "fan-out"):
            self.run_fan_out()
        if only in (None, "logs"):
            own = self.own_server("logs")
            self.logs.run(own, 100 if self.options.quick else 1000)
            self.logs.scan(own)
            own.stop()
            peer = self.moto_server()
            if peer:
                time.sleep(2)
                self.logs.run(peer, 20, warm_up=False)
                peer.stop()
        if only in (None, "trail"):
            self.trail = Trail(self)
            self.trail.run(self.options.quick)
        if only in (None, "swf"):
            self.swf.own(self.own_server, self.options.quick)
            peer = self.moto_server()
            if peer:
                time.sleep(2)
                self.swf.moto(peer)
                peer.stop()

    def run_fan_out(self):
        """The row of SNS."""
        own = self.own_server("fan-out")
        for raw in (True, False):
            self.fan_out.run(own, 200 if self.options.quick else 2000, raw)
        own.stop()
        peer = self.moto_server()
        if peer:
            time.sleep(2)
            for raw in (True, False):
                self.fan_out.run(peer, 20, raw)
            peer.stop()

    def run_calls(self):
        """The rows of single calls."""
        quick = self.options.quick
        factor = 0.1 if quick else 1
        own = self.own_server("data")
        time.sleep(2)
        figures = {"idle MiB, new": own.memory()}
        self.aws_rows(own, factor, self.options.depth)
        figures["MiB after the load"] = own.memory()
        figures["start to first signed call, ms"] = self.first_call(own, 3 if quick else 7) * 1000
        time.sleep(3)
        figures["idle MiB, with this data"] = own.memory()
        own.stop()
        figures[DECISION] = self.decision(200_000 if not quick else 20_000)

        raw_binary = os.environ.get("HAKONIWA_RAW_NIO")
        if raw_binary and os.path.exists(raw_binary):
            port = free_port()
            raw = Process("raw NIO", [raw_binary, str(port)], port, log=self.log("raw")).start()
            def plain(path, method="GET", body=b""):
                return [self.sign(raw, None, method, path, body)]

            self.measure("bare HTTP, 13 bytes", raw, plain("/"), int(60000 * factor))
            self.measure("bare HTTP, 1 KiB", raw, plain("/1k"), int(60000 * factor))
            self.measure("S3 GET 16 MiB", raw, plain("/16m"), max(CONNECTIONS, int(400 * factor)))
            raw.stop()
        else:
            self.notes.append("The bare HTTP server was not built: no ratio to it.")

        peer = self.moto_server()
        if peer:
            time.sleep(2)
            figures["moto: idle MiB"] = peer.memory()
            # Its queues cost the more the more is in them: 100,000 messages would take hours.
            self.aws_rows(peer, 0.025, 1000, warm_up=False)
            self.notes.append("moto's queue held 1,000 messages for ReceiveMessage, and each row had a fortieth of the requests.")
            figures["moto: MiB after its load"] = peer.memory()
            figures["moto: start to first signed call, ms"] = self.first_call(peer, 3) * 1000
            peer.stop()
        self.figures = figures

    def report(self):
        if self.options.json:
            print(json.dumps({"rows": self.results, "figures": self.figures, "events": self.events.rows, "fan-out": self.fan_out.rows, "logs": {**self.logs.rows, "query": self.logs.query}, "swf": self.swf.rows, "organizations": self.organizations and self.organizations.rows, "what if": self.what_if and self.what_if.rows, "trail": self.trail and self.trail.rows, "notes": self.notes + self.swf.notes}, indent=2))
            return
        if "STS GetCallerIdentity" in self.results:
            self.report_calls()
        for note in self.notes:
            print(note)
        if self.organizations:
            self.organizations.report()
            self.what_if.report()
        if self.events.rows:
            self.events.report()
        if self.fan_out.rows:
            self.fan_out.report()
        self.logs.report()
        if self.trail:
            self.trail.report()
        if self.swf.rows:
            self.swf.report()

    def report_calls(self):
        print(f"\n{'':24}{'CPU µs/request':>16}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'target':>9}{'moto CPU':>14}")
        for row, servers in self.results.items():
            own = servers.get("hakoniwa") or servers.get("raw NIO")
            moto = servers.get("moto")
            target = TARGETS.get(row) if "hakoniwa" in servers else None
            mark = "" if target is None else f"≤ {target} {'✓' if own['cpu_us'] <= target else '✗'}"
            ratio = f"× {moto['cpu_us'] / own['cpu_us']:.0f}" if moto and own["cpu_us"] else ""
            print(f"{row:24}{own['cpu_us']:16.0f}{own['per_second']:12.0f}{own['p50_ms']:9.2f}{own['p99_ms']:9.2f}{mark:>9}{ratio:>14}")
        large = self.results.get("S3 GET 16 MiB", {})
        if "raw NIO" in large and "hakoniwa" in large:
            own, raw = large["hakoniwa"], large["raw NIO"]
            share = own["mib_per_second"] / raw["mib_per_second"]
            print(f"\nS3 GET 16 MiB: {own['mib_per_second']:.0f} MiB/s, the bare HTTP server {raw['mib_per_second']:.0f} MiB/s: "
                  f"{share:.0%} (target ≥ 60 % {'✓' if share >= 0.6 else '✗'}); CPU × {own['cpu_us'] / max(raw['cpu_us'], 1):.2f}")
        print()
        for name, value in self.figures.items():
            target = {"start to first signed call, ms": 100, "idle MiB, new": 40, DECISION: 10}.get(name)
            print(f"{name:40}{value:9.1f}" + ("" if target is None else f"   ≤ {target} {'✓' if value <= target else '✗'}"))

    def clean(self):
        shutil.rmtree(self.folder, ignore_errors=True)


parser = argparse.ArgumentParser(prog="hakoniwa bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--quick", action="store_true", help="a tenth of the requests")
parser.add_argument("--json", action="store_true", help="print JSON only")
parser.add_argument("--no-peers", action="store_true", help="leave out moto server")
parser.add_argument("--only", choices=["calls", "events", "fan-out", "logs", "organizations", "swf", "trail"],
                    help="single calls of STS, SQS and S3, EventBridge, SNS to a hundred queues, CloudWatch Logs, decisions under many SCPs and "
                    "the journal, or SWF's workflows")
parser.add_argument("--depth", type=int, default=100_000, help="messages queued for ReceiveMessage (100000)")
bench = Bench(parser.parse_args())
try:
    bench.run()
    bench.report()
finally:
    bench.clean()
