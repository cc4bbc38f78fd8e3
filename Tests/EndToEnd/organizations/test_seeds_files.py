"""Organizations from files and back: `hakoniwa seed`, `hakoniwa org export` and `import`."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import pytest
from botocore.exceptions import ClientError
from conftest import make_client
from harness import Credentials, Server

ROOT = Credentials("test", "test", account="000000000000")
DOCS = pathlib.Path(__file__).resolve().parents[3] / "docs"


@pytest.fixture(scope="module")
def planted():
    with Server(ephemeral=True) as server:
        done = server.hakoniwa("seed", "enterprise")
        assert done.returncode == 0, done.stderr
        server.first = done.stdout
        yield server


def accounts(server):
    org = make_client(server.endpoint, "organizations", ROOT)
    return {one["Name"]: one["Id"] for page in org.get_paginator("list_accounts").paginate() for one in page["Accounts"]}


def assumed(server, account, role):
    """A session of a member's role, for the management account's administrator."""
    iam = make_client(server.endpoint, "iam", ROOT)
    name = f"admin-{os.urandom(4).hex()}"
    iam.create_user(UserName=name)
    iam.attach_user_policy(UserName=name, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    key = iam.create_access_key(UserName=name)["AccessKey"]
    sts = make_client(server.endpoint, "sts", Credentials(key["AccessKeyId"], key["SecretAccessKey"], account=ROOT.account))
    return Credentials.of(sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/{role}", RoleSessionName="session"), account=account)


def refused(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Message"]


def without_head(text):
    return re.sub(r"o-[a-z0-9]{10}", "o-", text.split("\n", 1)[1])


def without_roles(server):
    """What an export says, but for the roles."""
    seed = json.loads(exported(server))

    def strip(unit):
        for account in unit.get("accounts", []):
            account.pop("roles", None)
        for inner in unit.get("units", []):
            strip(inner)

    strip(seed["root"])
    return seed


def exported(server):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "export.json"
        done = server.hakoniwa("org", "export", str(path))
        assert done.returncode == 0, done.stderr
        return path.read_text()


def test_the_enterprise_seed_builds_units_accounts_roles_and_guardrails(planted):
    names = accounts(planted)
    assert len(names) == 9
    assert len([line for line in planted.first.splitlines() if line.startswith("made  account ")]) == 8
    org = make_client(planted.endpoint, "organizations", ROOT)
    root = org.list_roots()["Roots"][0]
    assert {one["Type"] for one in root["PolicyTypes"]} == {"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"}
    units = org.list_organizational_units_for_parent(ParentId=root["Id"])["OrganizationalUnits"]
    assert {unit["Name"] for unit in units} == {"Security", "Log Archive", "Infrastructure", "Workloads", "Sandbox"}
    assert len(org.list_policies(Filter="SERVICE_CONTROL_POLICY")["Policies"]) == 8
    # The user that made the roles is gone.
    assert not make_client(planted.endpoint, "iam", ROOT).list_users()["Users"]


def test_the_guardrails_of_the_enterprise_seed_bite(planted):
    names = accounts(planted)
    deploy = assumed(planted, names["shop-production"], "deploy")
    make_client(planted.endpoint, "sqs", deploy, "us-east-1").list_queues()
    abroad = make_client(planted.endpoint, "sqs", deploy, "ap-southeast-2")
    assert "with an explicit deny in a service control policy" in refused(abroad.list_queues)
    owner = Credentials(names["shop-production"], "test", account=names["shop-production"])
    assert "service control policy" in refused(make_client(planted.endpoint, "sqs", owner).list_queues)
    developer = assumed(planted, names["sandbox-anna"], "developer")
    assert "not authorized" in refused(make_client(planted.endpoint, "iam", developer).create_user, UserName="x")
    reader = assumed(planted, names["log-archive"], "log-reader")
    make_client(planted.endpoint, "s3", reader).list_buckets()
    iam = make_client(planted.endpoint, "iam", deploy)
    assert "service control policy" in refused(iam.delete_role, RoleName="OrganizationAccountAccessRole")
    assert "service control policy" in refused(make_client(planted.endpoint, "organizations", deploy).leave_organization)


def test_a_seed_that_is_planted_again_makes_nothing(planted):
    again = planted.hakoniwa("seed", "enterprise")
    assert again.returncode == 0, again.stderr
    assert "0 things made" in again.stdout
    assert not [line for line in again.stdout.splitlines() if line.startswith("made")]


def test_a_seed_makes_what_is_missing_and_leaves_the_rest(planted, tmp_path):
    text = planted.hakoniwa("seed", "enterprise", "--show").stdout
    more = tmp_path / "more.yaml"
    more.write_text(text.replace("    - name: Sandbox\n", "    - name: New Ventures\n    - name: Sandbox\n"))
    done = planted.hakoniwa("seed", str(more))
    assert "1 things made" in done.stdout and "made  OU New Ventures" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_an_exported_organization_is_imported_the_same(planted, tmp_path, form):
    first = tmp_path / f"one.{form}"
    assert planted.hakoniwa("org", "export", str(first)).returncode == 0
    with Server(ephemeral=True) as other:
        done = other.hakoniwa("org", "import", str(first))
        assert done.returncode == 0, done.stderr
        assert accounts(other) == accounts(planted)
        printed = other.hakoniwa("org", "export", "-").stdout
        assert without_head(printed) == without_head(planted.hakoniwa("org", "export", "-").stdout)
        again = other.hakoniwa("org", "import", str(first)).stdout
        assert "0 things made" in again and "another text" not in again


def test_an_export_keeps_roles_and_its_policies_are_about_the_organization_that_it_becomes(planted, tmp_path):
    number = accounts(planted)["shop-production"]
    deploy = make_client(planted.endpoint, "iam", assumed(planted, number, "deploy"))
    own = deploy.create_policy(PolicyName="own", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}))["Policy"]["Arn"]  # fmt: skip
    trust = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{number}:role/deploy"}, "Action": "sts:AssumeRole"}}
    # It comes first by its name, and trusts one that comes later.
    deploy.create_role(RoleName="a-helper", AssumeRolePolicyDocument=json.dumps(trust))
    deploy.attach_role_policy(RoleName="a-helper", PolicyArn=own)
    org = make_client(planted.endpoint, "organizations", ROOT)
    id, root = org.describe_organization()["Organization"]["Id"], org.list_roots()["Roots"][0]["Id"]
    unit = next(one["Id"] for one in org.list_organizational_units_for_parent(ParentId=root)["OrganizationalUnits"] if one["Name"] == "Workloads")
    paths = {"Sid": "Paths", "Effect": "Deny", "Action": "sqs:DeleteQueue", "Resource": "*",
             "Condition": {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{id}/{root}/{unit}/*"}}}  # fmt: skip
    org.create_policy(Name="by-path", Description="", Type="SERVICE_CONTROL_POLICY", Content=json.dumps({"Version": "2012-10-17", "Statement": paths}))
    file = tmp_path / "export.yaml"
    done = planted.hakoniwa("org", "export", str(file))
    assert done.returncode == 0 and " roles, " in done.stdout, done.stderr
    text = file.read_text()
    assert id not in text.split("\n", 1)[1] and unit not in text and "<organization>/<root>/<unit Workloads>/*" in text
    with Server(ephemeral=True) as other:
        done = other.hakoniwa("org", "import", str(file))
        assert done.returncode == 0, done.stderr
        there = make_client(other.endpoint, "organizations", ROOT)
        root = there.list_roots()["Roots"][0]["Id"]
        unit = next(one["Id"] for one in there.list_organizational_units_for_parent(ParentId=root)["OrganizationalUnits"] if one["Name"] == "Workloads")
        policies = {one["Name"]: one["Id"] for one in there.list_policies(Filter="SERVICE_CONTROL_POLICY")["Policies"]}
        content = there.describe_policy(PolicyId=policies["by-path"])["Policy"]["Content"]
        assert f'"{there.describe_organization()["Organization"]["Id"]}/{root}/{unit}/*"' in content
        # The data perimeter lets the organization's own people in, and nobody else.
        people = assumed(other, number, "deploy")
        queue = make_client(other.endpoint, "sqs", people).create_queue(QueueName="q")["QueueUrl"]
        make_client(other.endpoint, "sqs", people).send_message(QueueUrl=queue, MessageBody="m")
        names = {role["Path"] + role["RoleName"] for role in make_client(other.endpoint, "iam", people).list_roles()["Roles"]}
        assert {"/deploy", "/app", "/a-helper", "/OrganizationAccountAccessRole"} <= names
        policy = make_client(other.endpoint, "iam", people).get_role_policy(RoleName="a-helper", PolicyName="own")["PolicyDocument"]
        assert policy["Statement"]["Action"] == "sqs:*"
    org.delete_policy(PolicyId=next(one["Id"] for one in org.list_policies(Filter="SERVICE_CONTROL_POLICY")["Policies"] if one["Name"] == "by-path"))
    deploy.detach_role_policy(RoleName="a-helper", PolicyArn=own)
    deploy.delete_role(RoleName="a-helper")
    deploy.delete_policy(PolicyArn=own)


@pytest.mark.timeout(900)
def test_what_the_aws_cli_tells_of_an_organization_is_imported(planted, tmp_path):
    """With the very lines that the documentation gives."""
    script = re.search(r"```sh\n(mkdir organization.*?)```", (DOCS / "seeds.md").read_text(), re.S).group(1)
    (tmp_path / "aws").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m awscli --endpoint-url {planted.endpoint} "$@"\n')
    (tmp_path / "aws").chmod(0o755)
    environment = {**os.environ, **ROOT.env, "PATH": f"{tmp_path}:{os.environ['PATH']}", "AWS_DEFAULT_REGION": "us-east-1"}
    done = subprocess.run(["bash", "-euc", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    with Server(ephemeral=True) as other:
        imported = other.hakoniwa("org", "import", str(tmp_path / "organization"))
        assert imported.returncode == 0, imported.stderr
        assert without_roles(other) == without_roles(planted)
        # The policies bite for the accounts with their own numbers.
        number = accounts(planted)["shop-production"]
        owner = Credentials(number, "test", account=number)
        assert "service control policy" in refused(make_client(other.endpoint, "sqs", owner).list_queues)


def test_a_seed_of_ones_own_is_planted_for_its_management_account(server, tmp_path):
    running = server(ephemeral=True)
    seed = tmp_path / "own.yaml"
    seed.write_text("""
management: {id: "123456789012"}
enable: [SCP]
policies:
  - name: no-queues
    type: SCP
    content: |
      {"Version": "2012-10-17",
       "Statement": {"Sid": "No", "Effect": "Deny", "Action": "sqs:*", "Resource": "*"}}
root:
  units:
    - name: Apps
      policies: [no-queues]
      accounts:
        - {id: "210987654321", name: shop, email: shop@example.org}
        - name: blog
          email: blog@example.org
          roles: [{name: writer, managed: ["arn:aws:iam::aws:policy/AdministratorAccess"]}]
""")
    done = running.hakoniwa("seed", str(seed))
    assert done.returncode == 0, done.stderr
    root = Credentials("123456789012", "test", account="123456789012")
    org = make_client(running.endpoint, "organizations", root)
    found = {one["Name"]: one for one in org.list_accounts()["Accounts"]}
    assert found["shop"]["Id"] == "210987654321" and found["shop"]["JoinedMethod"] == "INVITED"
    assert found["shop"]["Email"] == "shop@example.org"
    assert found["blog"]["JoinedMethod"] == "CREATED"
    owner = Credentials("210987654321", "test", account="210987654321")
    assert "service control policy" in refused(make_client(running.endpoint, "sqs", owner).list_queues)


@pytest.mark.parametrize(("text", "message"), [
    ("root: {accounts: [{name: a}]}", "root.accounts[0] needs email:"),
    ("root:\n\tunits: []", "line 2: tabs can't indent"),
    ("root: {}\nunits: []", "the file has no key units"),
    ("root: {policies: [x]}", "there is no policy x in the file"),
    ("{\"root\": {}, }", "line 1"),
])
def test_a_broken_seed_is_refused_before_anything_is_made(planted, tmp_path, text, message):
    seed = tmp_path / "broken.yaml"
    seed.write_text(text)
    done = planted.hakoniwa("seed", str(seed))
    assert done.returncode != 0 and message in done.stderr
    assert "made" not in done.stdout


def test_commands_say_what_they_lack(planted, tmp_path):
    run = planted.hakoniwa
    assert "cannot be read" in run("seed", "nowhere.yaml").stderr
    assert "There is no file" in run("org", "import", "nowhere").stderr
    assert "organization.json is missing" in run("org", "import", str(tmp_path)).stderr
    assert "AWSOrganizationsNotInUse" in run("org", "export", "-", "--account", "444455556666").stderr
    assert "twelve digits" in run("org", "export", "-", "--account", "4").stderr
    done = run("org", "export", str(tmp_path / "no" / "folder.yaml"))
    assert done.returncode != 0 and "cannot be written" in done.stderr
    document = json.loads((lambda path: run("org", "export", path) and open(path).read())(str(tmp_path / "o.json")))
    assert document["management"]["id"] == "000000000000"
