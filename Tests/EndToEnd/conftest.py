"""Fixtures of the end-to-end tests: real clients against the built program.

One server runs for each test worker, and each test takes accounts of its own; a test that stops servers, kills them or
moves their clock starts its own with `server`. With HAKONIWA_ENDPOINT the tests run against a server that is there.
"""

import json
import os
import subprocess
import sys
import threading
import uuid

import boto3
import botocore.config
import pytest
import requests
import urllib3

from harness import Credentials, Server, new_account

urllib3.disable_warnings()

# The developer's own AWS settings have no part in this.
for variable in list(os.environ):
    kept = ("HAKONIWA_BINARY", "HAKONIWA_ENDPOINT", "HAKONIWA_NO_BROWSER")
    if variable.startswith(("AWS_", "HAKONIWA_")) and variable not in kept:
        del os.environ[variable]
os.environ.update(
    AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null", AWS_EC2_METADATA_DISABLED="true", AWS_PAGER=""
)

DEFAULT = Credentials("test", "test", account="000000000000", arn="arn:aws:iam::000000000000:root")


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="run the tests that take minutes, and the long form of others")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="only with --long"))


@pytest.fixture(scope="session")
def long(request):
    """Whether the long form was asked for."""
    return request.config.getoption("--long")


@pytest.fixture(scope="session")
def shared_server():
    """The worker's server, or nothing when HAKONIWA_ENDPOINT names one."""
    if os.environ.get("HAKONIWA_ENDPOINT"):
        yield None
        return
    with Server() as running:
        yield running
        assert running.is_alive(), f"the server died during the tests:\n{running.output()}"
        assert running.stop() == 0, running.output()


@pytest.fixture(scope="session")
def endpoint(shared_server):
    """The URL of the server under test."""
    return shared_server.endpoint if shared_server else os.environ["HAKONIWA_ENDPOINT"]


_sessions = threading.local()


def make_client(endpoint, service, creds=DEFAULT, region="us-east-1", **settings):
    """A boto3 client without retries; `settings` are those of botocore's Config."""
    session = getattr(_sessions, "session", None)
    if session is None:
        session = _sessions.session = boto3.Session(region_name="us-east-1")
    s3 = {"addressing_style": "path", **settings.pop("s3", {})}
    config = botocore.config.Config(
        **{
            "retries": {"total_max_attempts": 1},
            "connect_timeout": 30,
            "read_timeout": 60,
            "max_pool_connections": 64,
            "s3": s3,
            **settings,
        }
    )
    verify = False if endpoint.startswith("https:") else None
    return session.client(service, endpoint_url=endpoint, region_name=region, config=config, verify=verify, **creds.boto)


@pytest.fixture(scope="session")
def client(endpoint):
    """`client(service, creds=…, region=…, at=endpoint, **config)`: a boto3 client; the default is the root user of 000000000000."""

    def make(service, creds=DEFAULT, region="us-east-1", at=None, **settings):
        return make_client(at or endpoint, service, creds or DEFAULT, region, **settings)

    return make


@pytest.fixture(scope="session")
def account():
    """`account()`: root credentials of a fresh account, whose number is `.account`."""
    return new_account


@pytest.fixture(scope="session")
def unique():
    """`unique("bucket")`: a name nobody else has, of lower-case letters, digits and hyphens."""
    return lambda prefix="x": f"{prefix}-{uuid.uuid4().hex[:16]}"


def document(statements, version="2012-10-17"):
    """A policy document's text, of one statement or several; text passes as it is."""
    if isinstance(statements, str):
        return statements
    if isinstance(statements, dict) and "Statement" in statements:
        return json.dumps(statements)
    return json.dumps({"Version": version, "Statement": statements})


@pytest.fixture(scope="session")
def iam_user(client):
    """`iam_user(root, policy=None, name=…)`: a new user with a key; `policy` is a statement, several, or a document."""

    def make(root, policy=None, name=None, at=None, **more):
        iam = client("iam", root, at=at)
        name = name or f"user-{uuid.uuid4().hex[:12]}"
        user = iam.create_user(UserName=name, **more)["User"]
        if policy is not None:
            iam.put_user_policy(UserName=name, PolicyName="inline", PolicyDocument=document(policy))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return Credentials(key["AccessKeyId"], key["SecretAccessKey"], account=root.account, arn=user["Arn"], name=name)

    return make


@pytest.fixture(scope="session")
def iam_role(client):
    """`iam_role(root, trust, policy=None, name=…)`: a new role's ARN; `trust` is a principal's ARN or a whole document."""

    def make(root, trust=None, policy=None, name=None, at=None, **more):
        iam = client("iam", root, at=at)
        name = name or f"role-{uuid.uuid4().hex[:12]}"
        if trust is None:
            trust = f"arn:aws:iam::{root.account}:root"
        if isinstance(trust, str) and trust.startswith("arn:"):
            trust = {"Effect": "Allow", "Principal": {"AWS": trust}, "Action": "sts:AssumeRole"}
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust), **more)["Role"]
        if policy is not None:
            iam.put_role_policy(RoleName=name, PolicyName="inline", PolicyDocument=document(policy))
        return role["Arn"]

    return make


@pytest.fixture(scope="session")
def assume(client):
    """`assume(creds, role_arn, session="session", **parameters)`: credentials of a role session."""

    def make(creds, role_arn, session="session", at=None, **parameters):
        sts = client("sts", creds, at=at)
        answer = sts.assume_role(RoleArn=role_arn, RoleSessionName=session, **parameters)
        return Credentials.of(answer, account=role_arn.split(":")[4])

    return make


@pytest.fixture(scope="session")
def aws(endpoint):
    """`aws("s3", "ls", creds=…)`: runs the AWS CLI; `.json` is its answer. `check=False` lets it fail."""

    def run(*arguments, creds=DEFAULT, region="us-east-1", at=None, check=True, input=None, cwd=None, timeout=120, env=None):
        settings = {"AWS_ENDPOINT_URL": at or endpoint, "AWS_DEFAULT_REGION": region, "AWS_MAX_ATTEMPTS": "1"}
        done = subprocess.run(
            # Version 1 of the CLI has a fixed address for SQS, whatever AWS_ENDPOINT_URL says.
            [sys.executable, "-m", "awscli", "--endpoint-url", at or endpoint, *arguments],
            env={**os.environ, **settings, **(creds or DEFAULT).env, **(env or {})},
            input=input,
            capture_output=True,
            text=True,
            timeout=timeout,
            cwd=cwd,
        )
        if check and done.returncode != 0:
            raise AssertionError(f"aws {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
        try:
            done.json = json.loads(done.stdout) if done.stdout.strip() else None
        except ValueError:
            done.json = None
        return done

    return run


@pytest.fixture
def server():
    """`server(*options, …)`: a server of the test's own, started; see `harness.Server`. All end with the test."""
    servers = []

    def make(*options, start=True, **more):
        made = Server(*options, **more)
        servers.append(made)
        return made.start() if start else made

    yield make
    for made in servers:
        made.remove()


class Clock:
    """The clock of a server, through its own page."""

    def __init__(self, endpoint):
        self.page = endpoint + "/_hakoniwa/clock"

    def _post(self, **body):
        answer = requests.post(self.page, json=body, timeout=30, verify=False)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def show(self):
        return requests.get(self.page, timeout=30, verify=False).json()

    def advance(self, duration):
        """`90s`, `15m`, `2h`, `30d`."""
        return self._post(advance=duration)

    def set(self, time):
        return self._post(set=time)

    def scale(self, factor):
        return self._post(scale=factor)

    def auto(self, is_on=True):
        return self._post(auto=is_on)


@pytest.fixture
def clock():
    """`clock(server)`: moves the clock of a server of the test's own."""
    return lambda server: Clock(server.endpoint)
