"""What-if on Hakoniwa's own history says what really happens when the change is made and the calls are repeated."""

import json
import time

import pytest
from botocore.exceptions import ClientError
from conftest import make_client
from harness import Credentials, Server
from harness.events import within

# SQS hides queues of other accounts from those who may not find them.
DENIALS = {"AccessDenied", "AccessDeniedException", "AuthorizationError", "403", "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"}
REGIONS = ("us-east-1", "eu-central-1", "eu-west-1")


def statement(effect="Deny", **parts):
    return {"Version": "2012-10-17", "Statement": [{"Sid": "Tried", "Effect": effect, "Resource": "*", **parts}]}


class Enterprise:
    """The enterprise seed with people who work in it."""

    def __init__(self, server):
        self.server = server
        done = server.hakoniwa("seed", "enterprise")
        assert done.returncode == 0, done.stderr
        self.root = Credentials("test", "test", account="000000000000")
        self.org = self.client("organizations", self.root)
        self.accounts = {a["Name"]: a["Id"] for page in self.org.get_paginator("list_accounts").paginate() for a in page["Accounts"]}
        self.units = {}
        self._walk(self.org.list_roots()["Roots"][0]["Id"], "Root")
        self.people()
        self.things()

    def _walk(self, parent, name):
        self.units[name] = parent
        for unit in self.org.list_organizational_units_for_parent(ParentId=parent)["OrganizationalUnits"]:
            self._walk(unit["Id"], unit["Name"])

    def client(self, service, creds, region="us-east-1"):
        return make_client(self.server.endpoint, service, creds, region)

    def session(self, creds, account, role, path=""):
        answer = self.client("sts", creds).assume_role(RoleArn=f"arn:aws:iam::{self.accounts[account]}:role/{path}{role}", RoleSessionName="session")
        return Credentials.of(answer, account=self.accounts[account])

    def people(self):
        iam = self.client("iam", self.root)
        iam.create_user(UserName="admin")
        iam.attach_user_policy(UserName="admin", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
        key = iam.create_access_key(UserName="admin")["AccessKey"]
        admin = Credentials(key["AccessKeyId"], key["SecretAccessKey"], account="000000000000")
        self.who = {"management admin": admin, "management root": self.root}
        for account, role in [
            ("shop-production", "deploy"), ("billing-production", "deploy"), ("shop-staging", "deploy"), ("shop-staging", "developer"),
            ("sandbox-anna", "developer"), ("sandbox-ben", "developer"), ("network", "network-admin"), ("log-archive", "log-reader"),
        ]:
            self.who[f"{account} {role}"] = self.session(admin, account, role)
        self.who["security audit"] = self.session(admin, "security-tooling", "security-audit", "security/")
        for account in ("shop-production", "sandbox-anna"):
            self.who[f"{account} root"] = Credentials(self.accounts[account], "test", account=self.accounts[account])
        # The role of an instance is had as EC2 has it.
        answer = self.server.post("/_hakoniwa/service-calls", {
            "as": "ec2.amazonaws.com", "service": "sts", "operation": "AssumeRole",
            "input": {"RoleArn": f"arn:aws:iam::{self.accounts['shop-production']}:role/app", "RoleSessionName": "i-0123456789abcdef0"}})
        assert answer.status_code == 200, answer.text
        given = answer.json()["output"]["Credentials"]
        self.who["shop-production instance"] = Credentials(
            given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"], account=self.accounts["shop-production"])

    def things(self):
        """A bucket that other accounts may read, and a queue that they may send to."""
        staging = self.accounts["shop-staging"]
        s3 = self.client("s3", self.who["shop-staging deploy"])
        self.bucket = f"shared-{staging}"
        s3.create_bucket(Bucket=self.bucket)
        s3.put_object(Bucket=self.bucket, Key="k", Body=b"x")
        everybody = {"Effect": "Allow", "Principal": {"AWS": list(self.accounts.values()) + ["999988887777"]}}
        s3.put_bucket_policy(Bucket=self.bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
            {**everybody, "Action": "s3:*", "Resource": [f"arn:aws:s3:::{self.bucket}", f"arn:aws:s3:::{self.bucket}/*"]}]}))
        sqs = self.client("sqs", self.who["shop-staging deploy"])
        self.queue = sqs.create_queue(QueueName="shared")["QueueUrl"]
        sqs.set_queue_attributes(QueueUrl=self.queue, Attributes={"Policy": json.dumps({"Version": "2012-10-17", "Statement": [
            {**everybody, "Action": ["sqs:SendMessage", "sqs:GetQueueUrl"], "Resource": f"arn:aws:sqs:us-east-1:{staging}:shared"}]})})
        kms = self.client("kms", self.who["shop-staging deploy"])
        key = kms.create_key(Policy=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": staging}, "Action": "kms:*", "Resource": "*"},
            {**everybody, "Action": "kms:Decrypt", "Resource": "*"}]}))["KeyMetadata"]["Arn"]  # fmt: skip
        self.sealed = kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
        self.who["a stranger"] = Credentials("999988887777", "test", account="999988887777")

    def calls(self):
        """Who calls what: (name, operation to run). All can be repeated."""
        for name, creds in self.who.items():
            for region in REGIONS:
                sqs = self.client("sqs", creds, region)
                yield f"{name} lists queues in {region}", sqs.list_queues, {}
                yield f"{name} makes a queue in {region}", sqs.create_queue, {"QueueName": "own"}
            s3 = self.client("s3", creds)
            yield f"{name} lists buckets", s3.list_buckets, {}
            yield f"{name} reads the shared object", s3.get_object, {"Bucket": self.bucket, "Key": "k"}
            yield f"{name} writes a shared object", s3.put_object, {"Bucket": self.bucket, "Key": "k", "Body": b"x"}
            yield f"{name} sends to the shared queue", self.client("sqs", creds).send_message, {"QueueUrl": self.queue, "MessageBody": "m"}
            sqs = self.client("sqs", creds)
            yield f"{name} finds the shared queue", sqs.get_queue_url, {"QueueName": "shared", "QueueOwnerAWSAccountId": self.accounts["shop-staging"]}
            yield f"{name} opens what is sealed", self.client("kms", creds).decrypt, {"CiphertextBlob": self.sealed}
            iam = self.client("iam", creds)
            yield f"{name} lists roles", iam.list_roles, {}
            yield f"{name} looks at a role", iam.get_role, {"RoleName": "OrganizationAccountAccessRole"}
            yield f"{name} changes a role", iam.update_role, {"RoleName": "OrganizationAccountAccessRole", "Description": "x"}
            yield f"{name} looks who he is", self.client("sts", creds).get_caller_identity, {}
            yield f"{name} reads the organization", self.client("organizations", creds).describe_organization, {}

    def work(self):
        """Makes all calls: name → (request id, refusal or nothing)."""
        results = {}
        for name, operation, parameters in self.calls():
            try:
                answer, refusal = operation(**parameters), None
            except ClientError as error:
                answer = error.response
                refusal = answer["Error"]["Message"] if answer["Error"]["Code"] in DENIALS else None
            assert name not in results
            results[name] = (answer["ResponseMetadata"]["RequestId"], refusal)
        return results

    def what_if(self, *arguments, since):
        done = self.server.hakoniwa("org", "what-if", *arguments, "--since", since, "--format", "json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def mark(self):
        """A moment before which the calls so far lie."""
        return self.server.post("/_hakoniwa/clock", {"advance": "2s"}).json()["now"]


@pytest.fixture(scope="module")
def enterprise():
    with Server(ephemeral=True) as server:
        yield Enterprise(server)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("policies")

    def write(name, document):
        path = folder / f"{name}.json"
        path.write_text(json.dumps(document))
        return str(path)

    return write


POLICIES = {
    "no-frankfurt": ("Workloads", "SERVICE_CONTROL_POLICY", statement(
        Action=["sqs:*", "s3:*"], Condition={"StringEquals": {"aws:RequestedRegion": "eu-central-1"}})),
    "only-instances-send": ("Production", "SERVICE_CONTROL_POLICY", statement(
        Action="sqs:SendMessage", Condition={"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/app"}})),
    "named-teams-only": ("Root", "SERVICE_CONTROL_POLICY", statement(
        Action="iam:*", Condition={"Null": {"aws:PrincipalTag/team": "true"}, "StringNotEquals": {"aws:PrincipalType": "Account"}})),
    "same-branch": ("Workloads", "RESOURCE_CONTROL_POLICY", {"Version": "2012-10-17", "Statement": [{
        "Sid": "Tried", "Effect": "Deny", "Principal": "*", "Action": ["s3:GetObject", "sqs:SendMessage", "sqs:GetQueueUrl", "kms:Decrypt"], "Resource": "*",
        "Condition": {"ForAllValues:StringNotLike": {"aws:PrincipalOrgPaths": "<organization>/<root>/<workloads>/*"}}}]}),
    "sealed-objects": ("shop-staging", "RESOURCE_CONTROL_POLICY", {"Version": "2012-10-17", "Statement": [{
        "Sid": "Tried", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::shared-*/*",
        "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "<staging>"}}}]}),
}


def compare(enterprise, before, report, after):
    """Holds the report's request ids against what changed, and answers with both sets."""
    names = {identifier: name for name, (identifier, _) in before.items()}
    told = {"newlyDenied": set(), "newlyAllowed": set(), "unknown": set()}
    for finding in report["findings"]:
        assert finding["count"] <= 5, "more calls of a kind than ids are listed"
        told[finding["outcome"]] |= {names[identifier] for identifier in finding["requestIDs"]}
    denied = {name for name in before if before[name][1] is None and after[name][1] is not None}
    allowed = {name for name in before if before[name][1] is not None and after[name][1] is None}
    assert told["newlyDenied"] == denied
    assert told["newlyAllowed"] == allowed
    assert not told["unknown"]
    assert report["counts"]["calls"] >= len(before)
    return denied, allowed


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_that_is_attached_denies_exactly_what_was_foretold(enterprise, files, name):
    target, kind, document = POLICIES[name]
    org = enterprise.org
    marks = {"organization": org.describe_organization()["Organization"]["Id"], "root": enterprise.units["Root"],
             "workloads": enterprise.units["Workloads"], "staging": enterprise.accounts["shop-staging"]}
    text = json.dumps(document)
    for mark, value in marks.items():
        text = text.replace(f"<{mark}>", value)
    since = enterprise.mark()
    before = enterprise.work()
    report = enterprise.what_if("--attach", files(name, json.loads(text)), "--to", target, since=since)
    policy = org.create_policy(Name=name, Type=kind, Description="", Content=text)["Policy"]["PolicySummary"]
    target_id = enterprise.units.get(target) or enterprise.accounts[target]
    org.attach_policy(PolicyId=policy["Id"], TargetId=target_id)
    try:
        after = enterprise.work()
    finally:
        org.detach_policy(PolicyId=policy["Id"], TargetId=target_id)
        org.delete_policy(PolicyId=policy["Id"])
    denied, allowed = compare(enterprise, before, report, after)
    assert denied and not allowed
    # The statement that was foretold is the one that AWS's message names.
    assert {finding["statement"] for finding in report["findings"]} == {"Tried"}
    named = [after[one][1] for one in denied if "control policy" in after[one][1]]
    assert all(policy["Arn"] in message for message in named)
    enterprise.mark()
    assert {one: refusal is None for one, (_, refusal) in enterprise.work().items()} == {
        one: refusal is None for one, (_, refusal) in before.items()}


def test_an_allow_list_in_place_of_full_access_denies_the_rest(enterprise, files):
    org = enterprise.org
    document = statement("Allow", Action=["s3:*", "sts:*"])
    sandbox = enterprise.units["Sandbox"]
    since = enterprise.mark()
    before = enterprise.work()
    report = enterprise.what_if(
        "--attach", files("allow-list", document), "--to", "Sandbox", "--detach", "FullAWSAccess", "--from", "Sandbox", since=since)
    policy = org.create_policy(Name="allow-list", Type="SERVICE_CONTROL_POLICY", Description="", Content=json.dumps(document))
    policy = policy["Policy"]["PolicySummary"]["Id"]
    org.attach_policy(PolicyId=policy, TargetId=sandbox)
    org.detach_policy(PolicyId="p-FullAWSAccess", TargetId=sandbox)
    try:
        after = enterprise.work()
    finally:
        org.attach_policy(PolicyId="p-FullAWSAccess", TargetId=sandbox)
        org.detach_policy(PolicyId=policy, TargetId=sandbox)
        org.delete_policy(PolicyId=policy)
    denied, allowed = compare(enterprise, before, report, after)
    assert "sandbox-anna developer lists queues in us-east-1" in denied and not allowed
    assert {finding.get("policy") for finding in report["findings"]} == {None}
    assert {finding["levelName"] for finding in report["findings"]} == {"OU Sandbox"}


def test_a_move_takes_the_policies_of_the_new_place(enterprise):
    org, account = enterprise.org, enterprise.accounts["shop-staging"]
    since = enterprise.mark()
    before = enterprise.work()
    report = enterprise.what_if("--move", "shop-staging", "--to", "Sandbox", since=since)
    places = {"SourceParentId": enterprise.units["Staging"], "DestinationParentId": enterprise.units["Sandbox"]}
    org.move_account(AccountId=account, **places)
    try:
        after = enterprise.work()
    finally:
        org.move_account(AccountId=account, SourceParentId=places["DestinationParentId"], DestinationParentId=places["SourceParentId"])
    denied, allowed = compare(enterprise, before, report, after)
    assert "shop-staging deploy lists queues in eu-west-1" in allowed
    assert "shop-staging deploy reads the organization" in denied


def test_policies_that_go_or_change_allow_what_was_foretold(enterprise, files):
    org = enterprise.org
    policies = {one["Name"]: one["Id"] for one in org.list_policies(Filter="SERVICE_CONTROL_POLICY")["Policies"]}
    old = org.describe_policy(PolicyId=policies["allowed-regions"])["Policy"]["Content"]
    new = json.loads(old)
    new["Statement"][0]["Condition"]["StringNotEquals"]["aws:RequestedRegion"] = ["us-east-1", "eu-west-1"]
    since = enterprise.mark()
    before = enterprise.work()
    report = enterprise.what_if(
        "--update", "allowed-regions", "--with", files("regions", new), "--detach", "deny-root-user", "--from", "Workloads", since=since)
    org.update_policy(PolicyId=policies["allowed-regions"], Content=json.dumps(new))
    org.detach_policy(PolicyId=policies["deny-root-user"], TargetId=enterprise.units["Workloads"])
    try:
        after = enterprise.work()
    finally:
        org.update_policy(PolicyId=policies["allowed-regions"], Content=old)
        org.attach_policy(PolicyId=policies["deny-root-user"], TargetId=enterprise.units["Workloads"])
    denied, allowed = compare(enterprise, before, report, after)
    assert "shop-production deploy lists queues in eu-central-1" in denied
    assert "shop-production deploy lists queues in eu-west-1" in allowed
    assert "shop-production root lists buckets" in allowed


def test_a_policy_type_that_is_disabled_allows_what_its_policies_denied(enterprise):
    org, root = enterprise.org, enterprise.units["Root"]
    since = enterprise.mark()
    before = enterprise.work()
    report = enterprise.what_if("--disable", "SCP", since=since)
    # Disabling a type detaches its policies, so a snapshot brings them back.
    assert enterprise.server.hakoniwa("snapshot", "save", "with-scps").returncode == 0
    org.disable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
    try:
        after = enterprise.work()
    finally:
        assert enterprise.server.hakoniwa("snapshot", "load", "with-scps").returncode == 0
    denied, allowed = compare(enterprise, before, report, after)
    assert allowed and not denied


def test_a_policy_type_is_enabled_with_a_first_policy(enterprise, files):
    """From an organization without SCPs, as many are when they ask."""
    org, root = enterprise.org, enterprise.units["Root"]
    document = statement(Action="sqs:*", Condition={"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}})
    path = files("first", document)
    assert enterprise.server.hakoniwa("snapshot", "save", "before").returncode == 0
    org.disable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
    try:
        since = enterprise.mark()
        before = enterprise.work()
        done = enterprise.server.hakoniwa("org", "what-if", "--attach", path, "--to", "Workloads")
        assert done.returncode != 0 and "SCPs are not enabled" in done.stderr
        report = enterprise.what_if("--enable", "SCP", "--attach", path, "--to", "Workloads", since=since)
        org.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
        policy = org.create_policy(Name="first", Type="SERVICE_CONTROL_POLICY", Description="", Content=json.dumps(document))
        org.attach_policy(PolicyId=policy["Policy"]["PolicySummary"]["Id"], TargetId=enterprise.units["Workloads"])
        after = enterprise.work()
    finally:
        assert enterprise.server.hakoniwa("snapshot", "load", "before").returncode == 0
    denied, allowed = compare(enterprise, before, report, after)
    assert "shop-production deploy lists queues in eu-west-1" in denied and not allowed


def test_the_command_can_stop_a_build_and_says_what_is_wrong(enterprise, files):
    enterprise.work()
    path = files("no-queues", statement(Action="sqs:*"))
    run = enterprise.server.hakoniwa
    broken = run("org", "what-if", "--attach", path, "--to", "Production", "--fail-on-break")
    assert broken.returncode == 1
    assert "NEWLY DENIED" in broken.stdout and "SCP no-queues#Tried at OU Production" in broken.stdout
    assert f"arn:aws:iam::{enterprise.accounts['shop-production']}:role/app" in broken.stdout
    assert "judged at" in broken.stderr and "█" not in broken.stderr
    harmless = files("nothing", statement(Action="braket:*"))
    assert run("org", "what-if", "--attach", harmless, "--to", "Root", "--fail-on-break").returncode == 0
    for arguments, message in [
        (["--attach", path, "--to", "Nowhere"], "There is no root, organizational unit or account named Nowhere"),
        (["--attach", path], "needs --to"),
        (["--to", "Root"], "has no change before it"),
        ([], "Say what would change"),
        (["--attach", "no-such-file", "--to", "Root"], "neither a file nor a policy"),
        (["--detach", "allowed-regions", "--from", "Sandbox"], "is not attached to OU Sandbox"),
        (["--detach", "FullAWSAccess", "--from", "Production"], "is the last SCP on OU Production"),
        (["--detach", "RCPFullAWSAccess", "--from", "Root"], "can't be detached from anything"),
        (["--enable", "SCP"], "SCPs are enabled"),
        (["--move", "shop-staging", "--to", "Staging"], "is in OU Staging already"),
        (["--attach", files("allows", {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}),
          "--to", "Root"], "AWS does not take allows as RCP: RCPs only deny"),
        (["--attach", files("broken", [1]), "--to", "Root"], "is not a policy"),
        (["--disable", "SCP", "--since", "yesterday"], "how long ago"),
        (["--disable", "SCP", "--account", "555566667777"], "has no organization"),
    ]:
        done = run("org", "what-if", *arguments)
        assert done.returncode not in (0, None) and message in done.stderr, (arguments, done.stderr)


def test_calls_are_answered_while_a_long_history_is_replayed(enterprise):
    """The store's thread has no part in it."""
    import concurrent.futures

    sts = enterprise.client("sts", enterprise.root)

    def slowest():
        """The longest of the calls beside three replays."""
        with concurrent.futures.ThreadPoolExecutor() as pool:
            asked = [pool.submit(enterprise.server.hakoniwa, "org", "what-if", "--disable", "SCP") for _ in range(3)]
            longest = 0
            while not all(one.done() for one in asked):
                start = time.monotonic()
                sts.get_caller_identity()
                longest = max(longest, time.monotonic() - start)
            assert all(one.result().returncode == 0 for one in asked)
        return longest

    # A busy machine may hold up one call or another; who waits for a replay does so each time.
    within(2, slowest, tries=4)
