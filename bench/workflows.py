"""The rows of Amazon SWF: whole round trips through deciders and workers, signals into open executions, long histories.

`swf.c` plays the clients; every figure is the median of the runs. The same load goes to moto server, as far as it can bear it.
"""

import json
import os
import statistics
import subprocess
import time

# Row: (what is best, its limit, unit).
TARGETS = {
    "B1 activity round trips": ("≥", 2000, "/s"),
    "B1 activity round trips, --ephemeral": ("≥", 5000, "/s"),
    "B1 decision → activity, unloaded p99": ("≤", 2, "ms"),
    "B2 signals into 1,000 open executions": ("≥", 10_000, "/s"),
    "B2 CPU of 1,000 parked polls": ("≤", 1, "%"),
    "B3 page of 1,000 events, p50": ("≤", 2, "ms"),
    "B3 append cost, last 1,000 : first 1,000": ("≤", 1.5, ""),
}

# The answers of polls keep connections, but for those of clients that may fork, such as Python's.
PYTHON = "Boto3/1.43.11"


class SWF:
    """Measures one server after the other; `bench` compiles and names folders."""

    def __init__(self, bench):
        self.bench, self.rows, self.notes = bench, {}, []
        self.load = os.path.join(bench.folder, "swf-load")
        bench.compile("swf.c", self.load)

    def note(self, row, server, value):
        self.rows.setdefault(row, {})[server] = value
        self.bench.progress(f"SWF {row}, {server}: {value:,.2f}")

    def run(self, server, mode, *words, check=True, seconds=600):
        done = subprocess.run([self.load, mode, str(server.port), *map(str, words)], capture_output=True, text=True, timeout=seconds)
        if done.returncode != 0:
            raise RuntimeError(f"swf {mode} on {server.name}: {done.stderr}")
        answer = json.loads(done.stdout)
        if answer["errors"] and check:
            raise RuntimeError(f"swf {mode} on {server.name}: {answer['errors']} errors, the first: {answer['firstError']}")
        return answer

    def median(self, server, times, key, mode, *words):
        answers = [self.run(server, mode, *words) for _ in range(times)]
        return statistics.median(answer[key] for answer in answers), answers[-1]

    def own(self, make, quick):
        """`make(*options)` starts a new server of ours."""
        times, size = (1, 200) if quick else (3, 1000)
        name = "hakoniwa"
        server = make("swf")
        self.run(server, "rt", "-n", 50)  # warm
        before = server.cpu()
        value, last = self.median(server, times, "perSecond", "rt", "-n", size, "-k", 5, "-m", 50, "-d", 4, "-w", 4)
        self.note("B1 activity round trips", name, value)
        self.note("B1 CPU of a round trip, µs", name, (server.cpu() - before) / times / last["roundTrips"] * 1e6)
        value, _ = self.median(server, times, "perSecond", "rt", "-n", size, "-k", 5, "-m", 50, "-d", 4, "-w", 4, "-a", PYTHON)
        self.note("B1 with Python's clients, a connection a poll", name, value)
        value, last = self.median(server, times, "activity99", "rt", "-n", size // 5, "-k", 5, "-m", 1, "-d", 1, "-w", 1)
        self.note("B1 decision → activity, unloaded p99", name, value)
        self.note("B1 decision → activity, unloaded p50", name, last["activity50"])
        self.note("B1 result → decision, unloaded p99", name, last["decision99"])
        value, last = self.median(server, times, "signalsPerSecond", "open", "-n", 1000, "-s", 3000 if quick else 20_000, "-c", 8, "-d", 4)
        self.note("B2 signals into 1,000 open executions", name, value)
        self.note("B2 starts", name, last["startsPerSecond"])
        self.note("B2 signal call, p99 ms", name, last["signal99"])
        before = server.cpu()
        last = self.run(server, "open", "-n", 1000, "-s", 20_000, "-c", 8, "-d", 0)
        self.note("B2 signals, nobody deciding", name, last["signalsPerSecond"])
        self.note("B2 CPU of a call, nobody deciding, µs", name, (server.cpu() - before) / last["requests"] * 1e6)
        server.stop()

        server = make("swf-idle")
        self.note("B2 CPU of 1,000 parked polls", name, self.idle(server, 1000, 5))
        value, last = self.median(server, times, "page50", "hist", "-n", 5000 if quick else 24_000)
        self.note("B3 page of 1,000 events, p50", name, value)
        self.note("B3 append cost, last 1,000 : first 1,000", name, last["lastMicroseconds"] / last["firstMicroseconds"])
        self.note("B3 append of an event, µs", name, last["lastMicroseconds"])
        self.note("B3 latest 100 events, p50 ms", name, last["reverse100"])
        server.stop()

        server = make("swf-ephemeral", "--ephemeral")
        self.run(server, "rt", "-n", 50)
        value, _ = self.median(server, times, "perSecond", "rt", "-n", size, "-k", 5, "-m", 50, "-d", 4, "-w", 4)
        self.note("B1 activity round trips, --ephemeral", name, value)
        value, _ = self.median(server, times, "perSecond", "rt", "-n", size, "-k", 5, "-m", 50, "-d", 4, "-w", 4, "-a", PYTHON)
        self.note("B1 with Python's clients, --ephemeral", name, value)
        server.stop()

        many = 10_000 if quick else 100_000
        server = make("swf-memory")
        time.sleep(2)
        before = server.memory()
        self.run(server, "open", "-n", many, "-s", 0, "-d", 0, "-c", 16)
        time.sleep(2)
        self.note(f"MiB at {many:,} open executions", name, server.memory())
        self.note("KiB of each beyond the idle server", name, (server.memory() - before) * 1024 / many)
        server.stop()

    def idle(self, server, polls, seconds):
        """Percent of a processor that parked polls cost."""
        time.sleep(2)
        process = subprocess.Popen([self.load, "idle", str(server.port), "-n", str(polls), "-t", str(seconds)], stdout=subprocess.PIPE, text=True)
        if process.stdout.readline() != "parked\n":
            raise RuntimeError(f"{server.name}: the polls did not park")
        before, begun = server.cpu(), time.monotonic()
        time.sleep(seconds - 0.2)
        share = (server.cpu() - before) / (time.monotonic() - begun) * 100
        answer = json.loads(process.stdout.read())
        process.wait()
        if answer["answers"] or answer["errors"]:
            raise RuntimeError(f"parked polls were answered: {answer}")
        return share

    def moto(self, server):
        """A fiftieth of the load: it answers polls without waiting, and gives some tasks to two."""
        for row, key, words in (("B1 activity round trips", "perSecond", ("rt", "-n", 20, "-k", 5, "-m", 20, "-d", 4, "-w", 4)),
                                ("B1 decision → activity, unloaded p99", "activity99", ("rt", "-n", 2, "-k", 5, "-m", 1, "-d", 1, "-w", 1)),
                                ("B2 signals into 1,000 open executions", "signalsPerSecond", ("open", "-n", 50, "-s", 50, "-c", 8, "-d", 4)),
                                ("B3 page of 1,000 events, p50", "page50", ("hist", "-n", 1000))):
            try:
                answer = self.run(server, *words, check=False, seconds=120)
            except (RuntimeError, subprocess.TimeoutExpired) as error:
                self.notes.append(f"moto did not do “{row}”: {str(error)[:200]}")
                continue
            self.note(row, "moto", answer[key])
            if answer["errors"]:
                self.notes.append(f"moto, {row}: {answer['errors']} errors, the first: {answer['firstError'][:150]}")
        self.notes.append("moto had 20 workflows for B1, 50 open executions and 50 signals for B2, 1,000 events for B3.")

    def report(self):
        load = os.getloadavg()[0]
        print(f"\n{'Amazon SWF':52}{'hakoniwa':>12}{'target':>14}{'moto':>12}{'ratio':>9}   (load average {load:.1f})")
        for row, servers in self.rows.items():
            own, moto = servers.get("hakoniwa"), servers.get("moto")
            sign, limit, unit = TARGETS.get(row, (None, None, ""))
            met = own is not None and sign and (own >= limit if sign == "≥" else own <= limit)
            target = f"{sign} {limit:,} {unit} {'✓' if met else '✗'}" if sign and own is not None else ""
            ratio = ""
            if own and moto:
                ratio = f"× {max(own / moto, moto / own):,.0f}"
            print(f"{row:52}{'' if own is None else f'{own:,.2f}':>12}{target:>14}{'' if moto is None else f'{moto:,.2f}':>12}{ratio:>9}")
        for note in self.notes:
            print(note)
