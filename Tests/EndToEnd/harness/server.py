"""One run of the built program."""

import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import requests


def binary():
    """The program under test: $HAKONIWA_BINARY, else the newest build in the repository."""
    named = os.environ.get("HAKONIWA_BINARY")
    if named:
        return named
    root = pathlib.Path(__file__).resolve().parents[3]
    builds = [root / ".build" / kind / "hakoniwa" for kind in ("release", "debug")]
    builds = [build for build in builds if build.exists()]
    if not builds:
        raise RuntimeError("no build of hakoniwa: run ./hakoniwa build, or set HAKONIWA_BINARY")
    return str(max(builds, key=lambda build: build.stat().st_mtime))


_taken = {}


def free_port():
    """A port that nobody uses, and that no other test worker of this machine is given until it is given back.

    It is below those that the system hands out itself, so that a server that was killed finds it free again.
    """
    while True:
        port = random.SystemRandom().randrange(10_000, 32_000)
        mark = socket.socket(socket.AF_UNIX)
        try:
            # A name without a file, which ends with this process.
            mark.bind(f"\0hakoniwa-test-port-{port}")
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            mark.close()
            continue
        _taken[port] = mark
        return port


def give_back(port):
    if port in _taken:
        _taken.pop(port).close()


class Server:
    """A server process with its own data folder and port; a context manager.

    `restart()` and `kill9()` keep the folder and the port.
    """

    def __init__(self, *options, data=None, env=None, ephemeral=False, region=None):
        self.options = list(options)
        self.port = self._own_port = free_port()
        self.ephemeral = ephemeral
        self._home = tempfile.mkdtemp(prefix="hakoniwa-test-")
        self.data = str(data or os.path.join(self._home, "data"))
        self.log = os.path.join(self._home, "log")
        self.env = dict(os.environ, **(env or {}))
        if region:
            self.options += ["--region", region]
        self.process = None

    @property
    def scheme(self):
        return "https" if "--tls" in self.options or "--tls-certificate" in self.options else "http"

    @property
    def endpoint(self):
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def command(self):
        keep = ["--ephemeral"] if self.ephemeral else ["--data", self.data]
        return [binary(), "serve", "--port", str(self.port), *keep, *self.options]

    def start(self, wait=True, seconds=60):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=self.env, cwd=self._home
            )
        if wait:
            self.wait(seconds)
        return self

    def wait(self, seconds=60):
        """Waits until the port takes connections."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                pass
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.output()}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.output()}")
            time.sleep(0.003)

    def kill9(self):
        """As a power cut for the process: no handler of its runs."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, how=signal.SIGINT, seconds=30):
        """Ends the server as Ctrl-C does and answers with its exit status."""
        if self.process is None or self.process.poll() is not None:
            return self.process.returncode if self.process else None
        self.process.send_signal(how)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise RuntimeError(f"the server did not end within {seconds} s:\n{self.output()}") from None

    def restart(self):
        self.stop()
        return self.start()

    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def output(self):
        """What it printed, on both streams."""
        with open(self.log, errors="replace") as log:
            return log.read()[-8000:]

    def memory(self):
        """Resident memory in MiB."""
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) / 1024
        raise RuntimeError("no VmRSS")

    def cpu(self):
        """Seconds of processor time used so far, user and system."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def connections(self):
        """How many sockets it has open, the listening one among them."""
        folder, count = f"/proc/{self.process.pid}/fd", 0
        for name in os.listdir(folder):
            try:
                count += os.readlink(f"{folder}/{name}").startswith("socket:")
            except FileNotFoundError:
                pass  # closed meanwhile
        return count

    def parked(self, count, seconds=60):
        """Waits until just so many long polls are parked."""
        deadline = time.monotonic() + seconds
        while (waiting := self.get("/_hakoniwa/clock").json()["waiting"]) != count:
            assert time.monotonic() < deadline, f"{waiting} polls are parked, not {count}"
            time.sleep(0.01)

    def threads(self):
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def get(self, path):
        return requests.get(self.endpoint + path, timeout=30, verify=False)

    def post(self, path, body):
        return requests.post(self.endpoint + path, json=body, timeout=30, verify=False)

    def hakoniwa(self, *arguments, env=None, timeout=120):
        """Runs another command of the program against this server."""
        settings = {"HAKONIWA_PORT": str(self.port)}
        if self.scheme == "https":
            settings["HAKONIWA_TLS"] = "self-signed"
        return subprocess.run(
            [binary(), *arguments], capture_output=True, text=True, timeout=timeout, env={**self.env, **settings, **(env or {})}
        )

    def remove(self):
        """Ends it in any way and removes what it kept."""
        if self.is_alive():
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self._home, ignore_errors=True)
        give_back(self._own_port)

    def __enter__(self):
        return self if self.process else self.start()

    def __exit__(self, *_):
        self.remove()
