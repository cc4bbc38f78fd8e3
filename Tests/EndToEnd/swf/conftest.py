"""Domains for the tests of SWF; every execution that a test leaves is held against the rules of histories."""

import pytest
import requests
from botocore.exceptions import EndpointConnectionError

from harness import Server
from swf import rules
from swf.helpers import Domain


class StillServer(Server):
    """A server whose clock stands until it is advanced: what happens, happens at exactly its time."""

    def start(self, **more):
        super().start(**more)
        self.clock(scale=0)
        return self

    def clock(self, **change):
        answer = requests.post(self.endpoint + "/_hakoniwa/clock", json=change, timeout=30)
        assert answer.status_code == 200, answer.text

    def advance(self, seconds):
        self.clock(advance=f"{seconds}s")


@pytest.fixture(scope="module")
def still():
    """The file's own server, on which time stands still; `.advance(seconds)`."""
    with StillServer(ephemeral=True) as running:
        yield running


@pytest.fixture
def domain(client, account, server):
    """`domain(at=server, …)`: a domain in an account of its own; a poll that gets nothing fails after `seconds`."""
    made = []

    def make(at=None, creds=None, name="domain", seconds=30, **more):
        creds = creds or account()
        swf = client("swf", creds, at=at.endpoint if at else None, read_timeout=seconds)
        new = Domain(swf, creds, name, **more)
        made.append(new)
        return new

    yield make
    for each in made:
        try:
            for execution in each.executions()[:50]:
                rules.check_execution(execution)
        except EndpointConnectionError:
            pass  # the test ended its server
