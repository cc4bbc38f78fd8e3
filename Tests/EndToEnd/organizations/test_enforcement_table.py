"""What an organization's policies forbid and leave, call by call, through real APIs over a tree of three levels.

    Root ── Security (audit)                    management account
         ├─ Workloads ── Prod (prod)            audit, prod, dev, sandbox: members
         │            └─ Dev  (dev)             outside: no member
         └─ (sandbox)

A row says in which state of the tree who calls what, and what comes back: nothing for success, else status, code and the
whole message. The tree is brought into a row's state by attaching, detaching, moving and enabling, so any row can run alone.
"""

import json
import time

import botocore.exceptions
import pytest
import requests
from harness import Credentials

SCP, RCP = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"
FULL = {SCP: "p-FullAWSAccess", RCP: "p-RCPFullAWSAccess"}


def deny(action, resource="*", **more):
    return {"Sid": "No", "Effect": "Deny", "Action": action, "Resource": resource, **more}


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def everyone(statement):
    return {**statement, "Principal": "*"}


# Name: type, and a function of the world to a statement.
POLICIES = {
    "no-sqs": (SCP, lambda world: deny("sqs:*")),
    "no-s3": (SCP, lambda world: deny("s3:*")),
    "no-root": (SCP, lambda world: deny("*", Condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}})),
    "europe": (SCP, lambda world: {"Effect": "Deny", "NotAction": ["iam:*", "sts:*", "organizations:*"], "Resource": "*",
                                   "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}),
    "team-tag": (SCP, lambda world: deny("sqs:CreateQueue", Condition={"Null": {"aws:RequestTag/team": "true"}})),
    "no-users": (SCP, lambda world: deny(["iam:CreateUser", "iam:CreateAccessKey"])),
    "no-assume": (SCP, lambda world: deny("sts:AssumeRole")),
    "no-leave": (SCP, lambda world: deny("organizations:LeaveOrganization")),
    "only-sqs": (SCP, lambda world: allow("sqs:*")),
    "only-s3-and-iam": (SCP, lambda world: allow(["s3:*", "iam:Get*"])),
    "all-but-sqs": (SCP, lambda world: {"Effect": "Allow", "NotAction": "sqs:*", "Resource": "*"}),
    "own-buckets": (SCP, lambda world: deny("s3:*", Condition={"StringNotEquals": {"aws:ResourceOrgID": world.organization}})),
    "not-in-prod": (SCP, lambda world: deny("sqs:*", Condition={
        "ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{world.organization}/*/{world.ids['Prod']}/*"}})),
    "break-glass": (SCP, lambda world: deny("sqs:*", Condition={"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/glass"}})),
    "org-id-allow": (SCP, lambda world: allow("*", Condition={"StringEquals": {"aws:PrincipalOrgID": world.organization}})),
    "rcp-org-s3": (RCP, lambda world: everyone(deny("s3:*", Condition={
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": world.organization}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}))),
    "rcp-no-send": (RCP, lambda world: everyone(deny("sqs:SendMessage"))),
    "rcp-org-sts": (RCP, lambda world: everyone(deny("sts:AssumeRole", Condition={
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": world.organization}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}))),
    "rcp-paths": (RCP, lambda world: everyone(deny("s3:GetObject", Condition={
        "ForAllValues:StringNotLike": {"aws:PrincipalOrgPaths": f"{world.organization}/*/{world.ids['Workloads']}/*"}}))),
    "rcp-deputy": (RCP, lambda world: everyone(deny("sqs:*", Condition={
        "StringNotEqualsIfExists": {"aws:SourceOrgID": world.organization}, "Null": {"aws:SourceAccount": "false"},
        "Bool": {"aws:PrincipalIsAWSService": "true"}}))),
    "rcp-all": (RCP, lambda world: everyone(deny(["s3:*", "sqs:*", "sts:*"]))),
    "no-kms": (SCP, lambda world: deny("kms:*")),
    "no-swf": (SCP, lambda world: deny("swf:*")),
    "rcp-kms": (RCP, lambda world: everyone(deny("kms:*"))),
    "no-logs": (SCP, lambda world: deny(["logs:*", "events:*"])),
    "rcp-logs": (RCP, lambda world: everyone(deny(["logs:*", "events:*"]))),
    "rcp-swf": (RCP, lambda world: everyone(deny("swf:*"))),
    "rcp-source-paths": (RCP, lambda world: everyone(deny("sqs:*", Condition={
        "ForAllValues:StringNotLike": {"aws:SourceOrgPaths": f"{world.organization}/*/{world.ids['Workloads']}/*"},
        "Bool": {"aws:PrincipalIsAWSService": "true"}}))),
}  # fmt: skip

# State: policies by target, beside FullAWSAccess; `instead` lists targets whose SCP is only what is listed.
# `prod_in` moves the prod account, `off` disables a policy type.
STATES = {
    "plain": {},
    "sqs at root": {"root": ["no-sqs"]},
    "sqs at Workloads": {"Workloads": ["no-sqs"]},
    "sqs at prod": {"prod": ["no-sqs"]},
    "sqs at root and account": {"root": ["no-sqs"], "prod": ["no-s3"]},
    "moved to Dev": {"Prod": ["no-sqs"], "prod_in": "Dev"},
    "moved to root": {"Workloads": ["no-sqs"], "prod_in": "root"},
    "moved to Security": {"Security": ["no-s3"], "prod_in": "Security"},
    "SCPs off": {"root": ["no-sqs"], "off": SCP},
    "RCPs off": {"root": ["rcp-all", "no-s3"], "off": RCP},
    "no root users": {"root": ["no-root"]},
    "europe": {"Workloads": ["europe"]},
    "team tag": {"Prod": ["team-tag"]},
    "no users": {"root": ["no-users"]},
    "no assuming": {"Dev": ["no-assume"]},
    "no leaving": {"root": ["no-leave"]},
    "allow list at Prod": {"Prod": ["only-sqs"], "instead": ["Prod"]},
    "allow list at account": {"prod": ["only-s3-and-iam"], "instead": ["prod"]},
    "two allow lists": {"Workloads": ["only-sqs"], "prod": ["only-s3-and-iam"], "instead": ["Workloads", "prod"]},
    "allow all but": {"root": ["all-but-sqs"], "instead": ["root"]},
    "allow list beside full access": {"Prod": ["only-sqs"]},
    "allow with condition": {"Prod": ["org-id-allow"], "instead": ["Prod"]},
    "own buckets": {"root": ["own-buckets"]},
    "not in prod": {"root": ["not-in-prod"]},
    "not in prod, moved": {"root": ["not-in-prod"], "prod_in": "Dev"},
    "break glass": {"prod": ["break-glass"]},
    "RCP for S3": {"root": ["rcp-org-s3"]},
    "RCP for S3 at Dev": {"Dev": ["rcp-org-s3"]},
    "RCP against sending": {"Prod": ["rcp-no-send"]},
    "RCP for STS": {"prod": ["rcp-org-sts"]},
    "RCP with paths": {"Prod": ["rcp-paths"]},
    "RCP for deputies": {"root": ["rcp-deputy"]},
    "RCP for everything": {"Prod": ["rcp-all"]},
    "SCP and RCP": {"root": ["no-sqs"], "Prod": ["rcp-no-send"]},
    "no keys": {"Prod": ["no-kms"]},
    "no workflows": {"Prod": ["no-swf"]},
    "RCP for keys": {"Prod": ["rcp-kms"]},
    "no logs": {"Prod": ["no-logs"]},
    "RCP for logs": {"Prod": ["rcp-logs"]},
    "RCP for workflows": {"Prod": ["rcp-swf"]},
    "RCP for deputies by path": {"root": ["rcp-source-paths"]},
}


class World:
    """An organization on a server, with users, roles, a bucket and a queue in its members."""

    def __init__(self, client, account, iam_user, iam_role, assume, endpoint):
        self.endpoint, self.make_client = endpoint, client
        self.management, self.outside = account(), account()
        organizations = self.organizations = client("organizations", self.management)
        self.organization = organizations.create_organization(FeatureSet="ALL")["Organization"]["Id"]
        root = organizations.list_roots()["Roots"][0]["Id"]
        self.ids = {"root": root}
        for name, parent in [("Security", "root"), ("Workloads", "root"), ("Prod", "Workloads"), ("Dev", "Workloads")]:
            unit = organizations.create_organizational_unit(ParentId=self.ids[parent], Name=name)
            self.ids[name] = unit["OrganizationalUnit"]["Id"]
        self.parents = {"audit": "Security", "prod": "Prod", "dev": "Dev", "sandbox": "root"}
        for name, parent in self.parents.items():
            self.ids[name] = self.new_account(name)
            if parent != "root":
                organizations.move_account(AccountId=self.ids[name], SourceParentId=root, DestinationParentId=self.ids[parent])
        enabled = {policy["Type"] for policy in organizations.list_roots()["Roots"][0]["PolicyTypes"]}
        for kind in {SCP, RCP} - enabled:
            organizations.enable_policy_type(RootId=root, PolicyType=kind)
        self.off = None
        self.policies = {}
        for name, (kind, statement) in POLICIES.items():
            content = json.dumps({"Version": "2012-10-17", "Statement": [statement(self)]})
            policy = organizations.create_policy(Content=content, Description=name, Name=name, Type=kind)["Policy"]["PolicySummary"]
            self.policies[name] = policy["Id"]
        self.people(iam_user, iam_role, assume)

    def new_account(self, name):
        """As AWS makes them, in the background."""
        organizations = self.organizations
        status = organizations.create_account(Email=f"{name}-{self.management.account}@example.com", AccountName=name)["CreateAccountStatus"]
        deadline = time.monotonic() + 60
        while status["State"] == "IN_PROGRESS" and time.monotonic() < deadline:
            status = organizations.describe_create_account_status(CreateAccountRequestId=status["Id"])["CreateAccountStatus"]
        assert status["State"] == "SUCCEEDED", status
        return status["AccountId"]

    def people(self, iam_user, iam_role, assume):
        everything = allow("*")
        self.who = {}
        for name in ("prod", "dev", "audit", "sandbox"):
            self.who[f"{name} root"] = Credentials(self.ids[name], "test", account=self.ids[name], arn=f"arn:aws:iam::{self.ids[name]}:root")
        self.who["management root"], self.who["outside root"] = self.management, self.outside
        for name in ("prod", "dev", "sandbox", "management", "outside"):
            self.who[f"{name} user"] = iam_user(self.who[f"{name} root"], everything, name=f"{name}-user")
        prod, number = self.who["prod root"], self.ids["prod"]
        self.who["prod poor user"] = iam_user(prod, allow("iam:GetUser"), name="poor")
        own = iam_role(prod, prod.arn, everything, name="own")
        glass = iam_role(prod, prod.arn, everything, name="glass")
        guests = [self.who[f"{name} root"].arn for name in ("dev", "management", "outside", "sandbox")]
        self.guest = iam_role(prod, {"Effect": "Allow", "Principal": {"AWS": guests}, "Action": "sts:AssumeRole"}, everything, name="guest")
        instance = iam_role(prod, {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}, everything, name="instance")
        iam = self.make_client("iam", prod)
        iam.create_instance_profile(InstanceProfileName="web")
        iam.add_role_to_instance_profile(InstanceProfileName="web", RoleName="instance")
        self.who["prod role"] = assume(self.who["prod user"], own, "work")
        self.who["glass role"] = assume(self.who["prod user"], glass, "work")
        self.who["dev user in prod"] = assume(self.who["dev user"], self.guest, "dev")
        self.who["management user in prod"] = assume(self.who["management user"], self.guest, "mgmt")
        access = f"arn:aws:iam::{number}:role/OrganizationAccountAccessRole"
        self.who["administrator from management"] = assume(self.who["management user"], access, "admin")
        self.who["instance"] = self.as_service("ec2.amazonaws.com", instance, "i-0123456789abcdef0")
        linked = f"arn:aws:iam::{number}:role/aws-service-role/organizations.amazonaws.com/AWSServiceRoleForOrganizations"
        self.who["linked role"] = self.as_service("organizations.amazonaws.com", linked, "org")
        token = self.make_client("sts", self.who["prod user"]).get_federation_token(
            Name="fed", Policy=json.dumps({"Version": "2012-10-17", "Statement": everything}))  # fmt: skip
        self.who["federated user"] = Credentials.of(token, number)
        sessions = self.make_client("sts", self.who["prod user"]).get_session_token()
        keys = sessions["Credentials"]
        self.who["session token"] = Credentials(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], number, self.who["prod user"].arn)
        # What is there to be called: a bucket and a queue in prod, open to named accounts.
        self.bucket, self.dev_bucket = f"prod-{number}", f"dev-{self.ids['dev']}"
        others = [f"arn:aws:iam::{self.who[f'{name} root'].account}:root" for name in ("dev", "management", "outside", "sandbox", "audit")]
        for name, owner in ((self.bucket, prod), (self.dev_bucket, self.who["dev root"])):
            s3 = self.make_client("s3", owner)
            s3.create_bucket(Bucket=name)
            s3.put_object(Bucket=name, Key="k", Body=b"v")
            statement = allow(["s3:GetObject", "s3:PutObject", "s3:ListBucket"], [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"],
                              Principal={"AWS": [*others, f"arn:aws:iam::{number}:root"]})  # fmt: skip
            s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": statement}))
        outer = self.make_client("s3", self.outside)
        self.outer_bucket = f"outer-{self.outside.account}"
        outer.create_bucket(Bucket=self.outer_bucket)
        outer.put_object(Bucket=self.outer_bucket, Key="k", Body=b"v")
        statement = allow("s3:GetObject", f"arn:aws:s3:::{self.outer_bucket}/*", Principal={"AWS": f"arn:aws:iam::{number}:root"})
        outer.put_bucket_policy(Bucket=self.outer_bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": statement}))
        key = [allow("kms:*", Principal={"AWS": prod.arn}), allow(["kms:Encrypt", "kms:CreateGrant"], Principal={"AWS": others})]
        kms = self.make_client("kms", prod)
        self.key = kms.create_key(Policy=json.dumps({"Version": "2012-10-17", "Statement": key}))["KeyMetadata"]["Arn"]
        user = self.who["prod user"].arn
        self.grant = kms.create_grant(KeyId=self.key, GranteePrincipal=user, RetiringPrincipal=user, Operations=["Encrypt"])["GrantId"]
        self.make_client("logs", prod).create_log_group(logGroupName="app")
        self.make_client("events", prod).put_rule(Name="app", EventPattern=json.dumps({"source": ["shop"]}))
        self.make_client("swf", prod).register_domain(name="work", workflowExecutionRetentionPeriodInDays="1")
        sqs = self.make_client("sqs", prod)
        self.queue = sqs.create_queue(QueueName="orders")["QueueUrl"]
        self.queue_arn = f"arn:aws:sqs:us-east-1:{number}:orders"
        statements = [
            allow(["sqs:SendMessage", "sqs:ReceiveMessage"], self.queue_arn, Principal={"AWS": others}),
            allow("sqs:SendMessage", self.queue_arn, Principal={"Service": "sns.amazonaws.com"}),
        ]
        sqs.set_queue_attributes(QueueUrl=self.queue, Attributes={"Policy": json.dumps({"Version": "2012-10-17", "Statement": statements})})

    def as_service(self, principal, role, session):
        """Credentials as an AWS service gets them for a role that trusts it."""
        answer = self.service_call(principal, "sts", "AssumeRole", {"RoleArn": role, "RoleSessionName": session})
        assert "output" in answer, answer
        keys = answer["output"]["Credentials"]
        return Credentials(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], role.split(":")[4], answer["output"]["AssumedRoleUser"]["Arn"])

    def service_call(self, principal, service, operation, input, **more):
        body = {"as": principal, "service": service, "operation": operation, "input": input, **more}
        answer = requests.post(self.endpoint + "/_hakoniwa/service-calls", json=body, timeout=30)
        return {"status": answer.status_code, **answer.json()}

    # --- states

    def become(self, name):
        """Brings the tree into a state, by as few calls as it takes."""
        state = STATES[name]
        organizations, root = self.organizations, self.ids["root"]
        if self.off:
            organizations.enable_policy_type(RootId=root, PolicyType=self.off)
            self.off = None
        parent = state.get("prod_in", "Prod")
        if self.parents["prod"] != parent:
            organizations.move_account(AccountId=self.ids["prod"], SourceParentId=self.ids[self.parents["prod"]], DestinationParentId=self.ids[parent])
            self.parents["prod"] = parent
        for target, id in self.ids.items():
            wanted = {self.policies[policy] for policy in state.get(target, [])}
            for kind in (SCP, RCP):
                mine = {self.policies[policy] for policy in POLICIES if POLICIES[policy][0] == kind} & wanted
                if kind == RCP or target not in state.get("instead", []):
                    mine.add(FULL[kind])
                present = {policy["Id"] for policy in organizations.list_policies_for_target(TargetId=id, Filter=kind)["Policies"]}
                for policy in mine - present:
                    organizations.attach_policy(PolicyId=policy, TargetId=id)
                for policy in present - mine:
                    organizations.detach_policy(PolicyId=policy, TargetId=id)
        if state.get("off"):
            organizations.disable_policy_type(RootId=root, PolicyType=state["off"])
            self.off = state["off"]

    def arn(self, policy):
        kind = POLICIES[policy][0].lower()
        return f"arn:aws:organizations::{self.management.account}:policy/{self.organization}/{kind}/{self.policies[policy]}"

    def client(self, service, who, region="us-east-1"):
        return self.make_client(service, self.who[who], region)


@pytest.fixture(scope="module")
def world(client, account, iam_user, iam_role, assume, endpoint):
    return World(client, account, iam_user, iam_role, assume, endpoint)


# --- calls: what is called, and how its service words a denial


def sqs_words(world, who, action, resource, reason):
    return 403, "AccessDenied", f"User: {who} is not authorized to perform: {action.lower()} on resource: {resource} {reason.replace(action, action.lower())}"


def s3_words(world, who, action, resource, reason):
    if reason == "":
        return 403, "AccessDenied", "Access Denied"
    on = f' on resource: "{resource}"' if resource != "*" else ""
    return 403, "AccessDenied", f"User: {who} is not authorized to perform: {action}{on} {reason}"


def query_words(world, who, action, resource, reason):
    return 403, "AccessDenied", f"User: {who} is not authorized to perform: {action} on resource: {resource} {reason}".strip()


def json_words(world, who, action, resource, reason):
    return 400, "AccessDeniedException", f"User: {who} is not authorized to perform: {action} on resource: {resource} {reason}"


def swf_words(world, who, action, resource, reason):
    _, _, message = json_words(world, who, action, resource, reason)
    return 400, "OperationNotPermittedFault", message


# Name: words, action, resource, call.
CALLS = {
    "list queues": (sqs_words, "sqs:ListQueues", lambda w, a: "*", lambda w, c: c("sqs").list_queues()),
    "create queue": (sqs_words, "sqs:CreateQueue", lambda w, a: f"arn:aws:sqs:us-east-1:{a}:new", lambda w, c: c("sqs").create_queue(QueueName="new")),
    "create tagged queue": (sqs_words, "sqs:CreateQueue", lambda w, a: f"arn:aws:sqs:us-east-1:{a}:tagged",
                            lambda w, c: c("sqs").create_queue(QueueName="tagged", tags={"team": "blue"})),
    "list queues in eu-west-1": (sqs_words, "sqs:ListQueues", lambda w, a: "*", lambda w, c: c("sqs", "eu-west-1").list_queues()),
    "send": (sqs_words, "sqs:SendMessage", lambda w, a: w.queue_arn, lambda w, c: c("sqs").send_message(QueueUrl=w.queue, MessageBody="m")),
    "receive": (sqs_words, "sqs:ReceiveMessage", lambda w, a: w.queue_arn, lambda w, c: c("sqs").receive_message(QueueUrl=w.queue)),
    "get object": (s3_words, "s3:GetObject", lambda w, a: f"arn:aws:s3:::{w.bucket}/k", lambda w, c: c("s3").get_object(Bucket=w.bucket, Key="k")),
    "put object": (s3_words, "s3:PutObject", lambda w, a: f"arn:aws:s3:::{w.bucket}/new", lambda w, c: c("s3").put_object(Bucket=w.bucket, Key="new", Body=b"v")),
    "get dev object": (s3_words, "s3:GetObject", lambda w, a: f"arn:aws:s3:::{w.dev_bucket}/k", lambda w, c: c("s3").get_object(Bucket=w.dev_bucket, Key="k")),
    "get outer object": (s3_words, "s3:GetObject", lambda w, a: f"arn:aws:s3:::{w.outer_bucket}/k", lambda w, c: c("s3").get_object(Bucket=w.outer_bucket, Key="k")),
    "list buckets": (s3_words, "s3:ListAllMyBuckets", lambda w, a: "*", lambda w, c: c("s3").list_buckets()),
    "create user": (query_words, "iam:CreateUser", lambda w, a: f"arn:aws:iam::{a}:user/eve", lambda w, c: (c("iam").create_user(UserName="eve"), c("iam").delete_user(UserName="eve"))),
    "list users": (query_words, "iam:ListUsers", lambda w, a: f"arn:aws:iam::{a}:user/", lambda w, c: c("iam").list_users()),
    "get role": (query_words, "iam:GetRole", lambda w, a: f"arn:aws:iam::{a}:role/own", lambda w, c: c("iam").get_role(RoleName="own")),
    "who am I": (query_words, "sts:GetCallerIdentity", lambda w, a: "*", lambda w, c: c("sts").get_caller_identity()),
    "assume guest": (query_words, "sts:AssumeRole", lambda w, a: w.guest, lambda w, c: c("sts").assume_role(RoleArn=w.guest, RoleSessionName="guest")),
    "encrypt": (json_words, "kms:Encrypt", lambda w, a: w.key, lambda w, c: c("kms").encrypt(KeyId=w.key, Plaintext=b"p")),
    "list keys": (json_words, "kms:ListKeys", lambda w, a: "*", lambda w, c: c("kms").list_keys()),
    "create key": (json_words, "kms:CreateKey", lambda w, a: "*", lambda w, c: c("kms").create_key()),
    "retire grant": (json_words, "kms:RetireGrant", lambda w, a: w.key, lambda w, c: c("kms").retire_grant(KeyId=w.key, GrantId=w.grant)),
    "describe domain": (swf_words, "swf:DescribeDomain", lambda w, a: f"arn:aws:swf:us-east-1:{a}:/domain/work", lambda w, c: c("swf").describe_domain(name="work")),
    "list domains": (swf_words, "swf:ListDomains", lambda w, a: "*", lambda w, c: c("swf").list_domains(registrationStatus="REGISTERED")),
    "tag log group": (json_words, "logs:TagResource", lambda w, a: f"arn:aws:logs:us-east-1:{a}:log-group:app",
                      lambda w, c: c("logs").tag_resource(resourceArn=f"arn:aws:logs:us-east-1:{w.ids['prod']}:log-group:app", tags={"a": "b"})),
    "describe rule": (json_words, "events:DescribeRule", lambda w, a: f"arn:aws:events:us-east-1:{a}:rule/app", lambda w, c: c("events").describe_rule(Name="app")),
    "leave": (json_words, "organizations:LeaveOrganization", lambda w, a: "*", lambda w, c: c("organizations").leave_organization()),
    "describe organization": (json_words, "organizations:DescribeOrganization", lambda w, a: "*", lambda w, c: c("organizations").describe_organization()),
}  # fmt: skip


def by(policy):
    """An explicit denial by a policy, which is named."""
    return policy


NOT_ALLOWED = "no SCP allows"
NO_IDENTITY = "no identity-based policy allows"
NO_RESOURCE = "no resource-based policy allows"
SILENT = "without a reason"

ROWS = [
    # Without anything but full access, an organization changes nothing.
    ("plain", "prod root", "list queues", None),
    ("plain", "prod user", "get object", None),
    ("plain", "dev user in prod", "send", None),
    ("plain", "outside user", "get object", None),
    ("plain", "outside user", "assume guest", None),
    ("plain", "prod poor user", "list queues", NO_IDENTITY),
    ("plain", "prod user", "describe organization", None),
    # A denial at the root bites every member, whoever calls, and nobody else.
    ("sqs at root", "prod root", "list queues", by("no-sqs")),
    ("sqs at root", "prod user", "list queues", by("no-sqs")),
    ("sqs at root", "prod poor user", "list queues", by("no-sqs")),
    ("sqs at root", "prod role", "list queues", by("no-sqs")),
    ("sqs at root", "session token", "list queues", by("no-sqs")),
    ("sqs at root", "federated user", "list queues", by("no-sqs")),
    ("sqs at root", "instance", "list queues", by("no-sqs")),
    ("sqs at root", "dev user in prod", "list queues", by("no-sqs")),
    ("sqs at root", "management user in prod", "list queues", by("no-sqs")),
    ("sqs at root", "administrator from management", "list queues", by("no-sqs")),
    ("sqs at root", "sandbox root", "list queues", by("no-sqs")),
    ("sqs at root", "audit root", "list queues", by("no-sqs")),
    ("sqs at root", "management root", "list queues", None),
    ("sqs at root", "management user", "list queues", None),
    ("sqs at root", "outside root", "list queues", None),
    ("sqs at root", "prod user", "get object", None),
    ("sqs at root", "prod user", "who am I", None),
    # Service-linked roles are exempt (here nothing but their own policy stands in the way).
    ("sqs at root", "linked role", "list queues", NO_IDENTITY),
    ("plain", "linked role", "list queues", NO_IDENTITY),
    # An SCP is about its own accounts' principals, not about their resources.
    ("sqs at prod", "management user", "send", None),
    ("sqs at prod", "outside user", "send", None),
    ("sqs at prod", "dev user", "send", None),
    ("sqs at prod", "dev user in prod", "send", by("no-sqs")),
    ("sqs at prod", "prod user", "send", by("no-sqs")),
    # At a unit it bites below, not beside.
    ("sqs at Workloads", "prod user", "list queues", by("no-sqs")),
    ("sqs at Workloads", "dev user", "list queues", by("no-sqs")),
    ("sqs at Workloads", "sandbox user", "list queues", None),
    ("sqs at Workloads", "audit root", "list queues", None),
    ("sqs at root and account", "prod user", "list queues", by("no-sqs")),
    ("sqs at root and account", "prod user", "list buckets", by("no-s3")),
    ("sqs at root and account", "dev user", "list buckets", None),
    # A move takes an account out of some policies and into others, with the next request.
    ("moved to Dev", "prod user", "list queues", None),
    ("moved to root", "prod user", "list queues", None),
    ("moved to root", "dev user", "list queues", by("no-sqs")),
    ("moved to Security", "prod user", "list queues", None),
    ("moved to Security", "prod user", "get object", by("no-s3")),
    ("moved to Security", "audit root", "list buckets", by("no-s3")),
    # Disabling a type takes its policies away, and only its own.
    ("SCPs off", "prod user", "list queues", None),
    ("RCPs off", "outside user", "get object", None),
    ("RCPs off", "prod user", "get object", by("no-s3")),
    # Conditions.
    ("no root users", "prod root", "list queues", by("no-root")),
    ("no root users", "prod root", "list buckets", by("no-root")),
    ("no root users", "prod root", "who am I", None),
    ("no root users", "prod user", "list queues", None),
    ("no root users", "management root", "list queues", None),
    ("europe", "prod user", "list queues", by("europe")),
    ("europe", "prod user", "list queues in eu-west-1", None),
    ("europe", "prod user", "list users", None),
    ("europe", "sandbox user", "list queues", None),
    ("team tag", "prod user", "create queue", by("team-tag")),
    ("team tag", "prod user", "create tagged queue", None),
    ("no users", "prod root", "create user", by("no-users")),
    ("no users", "administrator from management", "create user", by("no-users")),
    ("no users", "management root", "create user", None),
    ("no assuming", "dev user", "assume guest", SILENT),
    ("no assuming", "sandbox user", "assume guest", None),
    ("no leaving", "prod root", "leave", by("no-leave")),
    ("break glass", "prod role", "list queues", by("break-glass")),
    ("break glass", "glass role", "list queues", None),
    ("own buckets", "prod user", "get outer object", SILENT),
    ("own buckets", "prod user", "get dev object", None),
    ("own buckets", "prod user", "get object", None),
    ("plain", "prod user", "get outer object", None),
    ("not in prod", "prod user", "list queues", by("not-in-prod")),
    ("not in prod", "dev user", "list queues", None),
    ("not in prod, moved", "prod user", "list queues", None),
    # Allow lists: every level must allow, and FullAWSAccess beside one undoes it.
    ("allow list at Prod", "prod user", "list queues", None),
    ("allow list at Prod", "prod user", "get object", NOT_ALLOWED),
    ("allow list at Prod", "prod root", "list users", NOT_ALLOWED),
    ("allow list at Prod", "instance", "list buckets", NOT_ALLOWED),
    ("allow list at Prod", "linked role", "list buckets", NO_IDENTITY),
    ("allow list at Prod", "dev user", "list buckets", None),
    ("allow list at account", "prod user", "get object", None),
    ("allow list at account", "prod user", "get role", None),
    ("allow list at account", "prod user", "list users", NOT_ALLOWED),
    ("allow list at account", "prod user", "list queues", NOT_ALLOWED),
    ("two allow lists", "prod user", "list queues", NOT_ALLOWED),
    ("two allow lists", "prod user", "get object", NOT_ALLOWED),
    ("two allow lists", "dev user", "list queues", None),
    ("allow all but", "prod user", "list queues", NOT_ALLOWED),
    ("allow all but", "prod user", "list buckets", None),
    ("allow all but", "management user", "list queues", None),
    ("allow list beside full access", "prod user", "get object", None),
    ("allow with condition", "prod user", "list queues", None),
    # RCPs are about the resources, whoever calls.
    ("RCP for S3", "outside user", "get object", SILENT),
    ("RCP for S3", "outside root", "put object", SILENT),
    ("RCP for S3", "prod user", "get object", None),
    ("RCP for S3", "dev user", "get object", None),
    ("RCP for S3", "management user", "get object", None),
    ("RCP for S3", "outside user", "list buckets", None),
    ("RCP for S3 at Dev", "outside user", "get dev object", SILENT),
    ("RCP for S3 at Dev", "outside user", "get object", None),
    ("RCP against sending", "prod root", "send", by("rcp-no-send")),
    ("RCP against sending", "prod user", "send", by("rcp-no-send")),
    ("RCP against sending", "management user", "send", by("rcp-no-send")),
    ("RCP against sending", "dev user", "send", by("rcp-no-send")),
    ("RCP against sending", "outside user", "send", SILENT),
    ("RCP against sending", "prod user", "receive", None),
    ("RCP for STS", "outside user", "assume guest", SILENT),
    ("RCP for STS", "dev user", "assume guest", None),
    ("RCP for STS", "management user", "assume guest", None),
    ("RCP with paths", "dev user", "get object", None),
    ("RCP with paths", "management user", "get object", by("rcp-paths")),
    ("RCP with paths", "sandbox user", "get object", by("rcp-paths")),
    ("RCP with paths", "outside user", "get object", SILENT),
    ("RCP for everything", "prod user", "list users", None),
    ("RCP for everything", "prod user", "list queues", None),
    ("RCP for everything", "prod user", "get object", by("rcp-all")),
    ("RCP for everything", "prod root", "receive", by("rcp-all")),
    ("RCP for everything", "management user", "assume guest", SILENT),
    ("RCP for everything", "dev user", "get dev object", None),
    # Every service asks the same judge.
    ("no keys", "prod root", "encrypt", by("no-kms")),
    ("no keys", "prod user", "encrypt", by("no-kms")),
    ("no keys", "instance", "list keys", by("no-kms")),
    ("no keys", "prod user", "create key", by("no-kms")),
    ("no keys", "prod user", "retire grant", by("no-kms")),  # Though the grant names him.
    ("no keys", "dev user", "encrypt", None),
    ("no keys", "management user", "encrypt", None),
    ("no keys", "outside user", "encrypt", None),
    ("no workflows", "prod root", "describe domain", by("no-swf")),
    ("no workflows", "dev user in prod", "list domains", by("no-swf")),
    ("no workflows", "management user", "list domains", None),
    ("RCP for keys", "prod root", "encrypt", by("rcp-kms")),
    ("RCP for keys", "dev user", "encrypt", by("rcp-kms")),
    ("RCP for keys", "management user", "encrypt", by("rcp-kms")),
    ("RCP for keys", "outside user", "encrypt", SILENT),
    ("RCP for keys", "prod user", "list keys", None),
    ("RCP for keys", "prod user", "create key", None),
    ("RCP for keys", "prod user", "retire grant", None),  # The one action on a key that RCPs don't touch.
    ("RCP for workflows", "prod user", "describe domain", by("rcp-swf")),
    ("RCP for workflows", "prod user", "list domains", None),
    ("no logs", "prod root", "tag log group", by("no-logs")),
    ("no logs", "prod role", "describe rule", by("no-logs")),
    ("RCP for logs", "prod user", "tag log group", by("rcp-logs")),
    ("RCP for logs", "prod root", "describe rule", by("rcp-logs")),
    ("plain", "prod user", "describe rule", None),
    ("plain", "prod user", "tag log group", None),
    # Of two denials the SCP is told.
    ("SCP and RCP", "prod user", "send", by("no-sqs")),
    ("SCP and RCP", "management user", "send", by("rcp-no-send")),
]


def expected(world, who, call, outcome):
    words, action, resource, _ = CALLS[call]
    if outcome is None:
        return None
    creds = world.who[who]
    if outcome in POLICIES:
        kind = "service" if POLICIES[outcome][0] == SCP else "resource"
        reason = f"with an explicit deny in a {kind} control policy: {world.arn(outcome)}"
    elif outcome == SILENT:
        reason = ""
    else:
        kind = {NOT_ALLOWED: "service control", NO_IDENTITY: "identity-based", NO_RESOURCE: "resource-based"}[outcome]
        reason = f"because no {kind} policy allows the {action} action"
    status, code, message = words(world, creds.arn, action, resource(world, creds.account), reason)
    return status, code, message.strip()


@pytest.mark.parametrize("state, who, call, outcome", ROWS, ids=[f"{state} / {who} / {call}" for state, who, call, _ in ROWS])
def test_the_tree_decides(world, state, who, call, outcome):
    world.become(state)
    got = None
    try:
        CALLS[call][3](world, lambda service, region="us-east-1": world.client(service, who, region))
    except botocore.exceptions.ClientError as error:
        answer = error.response
        got = answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"], answer["Error"]["Message"]
    assert got == expected(world, who, call, outcome)


@pytest.mark.parametrize(
    "state, source, status",
    [
        ("plain", "outside", 200),
        ("sqs at root", "prod", 200),  # No SCP limits a service.
        ("RCP for deputies", "prod", 200),
        ("RCP for deputies", "management", 200),
        ("RCP for deputies", "outside", 403),
        ("RCP against sending", "prod", 403),  # An RCP does.
        ("RCP for deputies by path", "dev", 200),
        ("RCP for deputies by path", "sandbox", 403),
        ("RCP for deputies by path", "outside", 403),
        ("RCP for S3", "outside", 200),
    ],
)
def test_a_service_that_acts_for_somebody_is_limited_by_rcps_alone(world, state, source, status):
    world.become(state)
    account = world.ids.get(source) or world.who[f"{source} root"].account
    topic = f"arn:aws:sns:us-east-1:{account}:topic"
    answer = world.service_call(
        "sns.amazonaws.com", "sqs", "SendMessage", {"QueueUrl": world.queue, "MessageBody": "m"}, sourceArn=topic, sourceAccount=account
    )
    assert answer["status"] == status, answer
    if status == 403:
        assert answer["code"] == "AccessDenied"
        assert answer["message"] == f"User: sns.amazonaws.com is not authorized to perform: sqs:sendmessage on resource: {world.queue_arn}"


def test_nobody_but_a_trusted_service_gets_an_instances_credentials(world):
    world.become("plain")
    role = f"arn:aws:iam::{world.ids['prod']}:role/instance"
    answer = world.service_call("lambda.amazonaws.com", "sts", "AssumeRole", {"RoleArn": role, "RoleSessionName": "guest"})
    assert (answer["status"], answer["code"]) == (403, "AccessDenied")


@pytest.mark.parametrize(
    "state, who, arguments, words",
    [
        ("sqs at root", "prod user", ["sqs", "list-queues"], "no-sqs"),
        ("sqs at root", "management user", ["sqs", "list-queues"], None),
        ("sqs at root", "instance", ["sqs", "list-queues"], "no-sqs"),
        ("sqs at root and account", "prod root", ["s3api", "list-buckets"], "no-s3"),
        ("no users", "prod root", ["iam", "create-user", "--user-name", "eve"], "no-users"),
        ("europe", "prod user", ["sqs", "list-queues", "--region", "eu-west-1"], None),
    ],
)
def test_the_aws_cli_shows_the_same(world, aws, state, who, arguments, words):
    world.become(state)
    done = aws(*arguments, creds=world.who[who], check=False)
    if words is None:
        assert done.returncode == 0, done.stderr
    else:
        assert done.returncode != 0
        assert done.stderr.strip().endswith(f"with an explicit deny in a service control policy: {world.arn(words)}")
        assert "(AccessDenied)" in done.stderr


def test_rcps_do_not_touch_the_keys_that_aws_manages(world):
    world.become("RCP for keys")
    s3 = world.client("s3", "prod user")
    s3.put_object(Bucket=world.bucket, Key="sealed", Body=b"x", ServerSideEncryption="aws:kms")
    assert s3.get_object(Bucket=world.bucket, Key="sealed")["Body"].read() == b"x"
    with pytest.raises(botocore.exceptions.ClientError) as failure:
        s3.put_object(Bucket=world.bucket, Key="sealed", Body=b"x", ServerSideEncryption="aws:kms", SSEKMSKeyId=world.key)
    message = failure.value.response["Error"]["Message"]
    assert "kms:GenerateDataKey" in message and message.endswith(f"with an explicit deny in a resource control policy: {world.arn('rcp-kms')}")


def test_an_explanation_names_every_level(world):
    world.become("sqs at Workloads")
    with pytest.raises(botocore.exceptions.ClientError) as failure:
        world.client("sqs", "prod user").list_queues()
    request = failure.value.response["ResponseMetadata"]["RequestId"]
    page = requests.get(f"{world.endpoint}/_hakoniwa/decisions/{request}", timeout=10).json()
    layers = page["decisions"][0]["explanation"]["layers"]
    levels = [(layer["entity"], layer["verdict"], layer.get("decidedBy")) for layer in layers if layer["layer"] == "scp"]
    assert levels == [
        ("Root", "allow", "FullAWSAccess#0"),
        ("OU Workloads", "explicitDeny", "no-sqs#No"),
        ("OU Prod", "allow", "FullAWSAccess#0"),
        (f"account {world.ids['prod']}", "allow", "FullAWSAccess#0"),
    ]
    world.become("sqs at root")
    request = world.client("sqs", "management user").list_queues()["ResponseMetadata"]["RequestId"]
    page = requests.get(f"{world.endpoint}/_hakoniwa/decisions/{request}", timeout=10).json()
    (layer,) = [layer for layer in page["decisions"][0]["explanation"]["layers"] if layer["layer"] == "scp" and layer["verdict"] != "allow"][:1]
    assert (layer["verdict"], layer["note"]) == ("n/a", "the management account is exempt")


def test_simulations_know_the_accounts_scps(world):
    world.become("sqs at root")
    user = world.who["prod user"].arn
    iam = world.client("iam", "prod root")
    for action, decision, allowed in [("sqs:ListQueues", "explicitDeny", False), ("s3:ListAllMyBuckets", "allowed", True)]:
        result = iam.simulate_principal_policy(PolicySourceArn=user, ActionNames=[action])["EvaluationResults"][0]
        assert (result["EvalDecision"], result["OrganizationsDecisionDetail"]["AllowedByOrganizations"]) == (decision, allowed)
    world.become("SCPs off")
    result = iam.simulate_principal_policy(PolicySourceArn=user, ActionNames=["sqs:ListQueues"])["EvaluationResults"][0]
    assert result["EvalDecision"] == "allowed" and "OrganizationsDecisionDetail" not in result


def test_the_journal_tells_what_would_be_without_the_organizations_policies(world):
    world.become("sqs at root")
    with pytest.raises(botocore.exceptions.ClientError):
        world.client("sqs", "prod user").list_queues()
    answer = requests.get(f"{world.endpoint}/_hakoniwa/journal", params={"account": world.ids["prod"], "last": "1"}, timeout=30)
    (check,) = json.loads(answer.text)["checks"]
    assert (check["outcome"], check["outcomeWithoutOrganization"], check["decidedBy"]) == ("explicitDeny", "allowed", "scp")
    assert check["policy"] == world.arn("no-sqs") and check["traits"] == ["enforced"]
    assert check["context"]["aws:PrincipalOrgID"] == world.organization
    path = f"{world.organization}/{world.ids['root']}/{world.ids['Workloads']}/{world.ids['Prod']}/"
    assert check["context"]["aws:PrincipalOrgPaths"] == [path] == check["context"]["aws:ResourceOrgPaths"]


def test_a_member_that_leaves_is_free_and_without_organization_keys(world, client, account):
    """Of an organization of its own, for it is gone afterwards."""
    management = account()
    organizations = client("organizations", management)
    organizations.create_organization(FeatureSet="ALL")
    root = organizations.list_roots()["Roots"][0]["Id"]
    if not organizations.list_roots()["Roots"][0]["PolicyTypes"]:
        organizations.enable_policy_type(RootId=root, PolicyType=SCP)
    invited = account()
    shake = organizations.invite_account_to_organization(Target={"Id": invited.account, "Type": "ACCOUNT"})["Handshake"]["Id"]
    client("organizations", invited).accept_handshake(HandshakeId=shake)
    content = json.dumps({"Version": "2012-10-17", "Statement": deny("sqs:*")})
    policy = organizations.create_policy(Content=content, Description="", Name="no", Type=SCP)["Policy"]["PolicySummary"]["Id"]
    organizations.attach_policy(PolicyId=policy, TargetId=root)
    sqs = client("sqs", invited)
    with pytest.raises(botocore.exceptions.ClientError):
        sqs.list_queues()
    organizations.remove_account_from_organization(AccountId=invited.account)
    sqs.list_queues()
    answer = requests.get(f"{world.endpoint}/_hakoniwa/journal", params={"account": invited.account, "last": "1"}, timeout=30)
    context = json.loads(answer.text)["checks"][0]["context"]
    assert not [key for key in context if "Org" in key]


def test_a_closed_accounts_credentials_stop_and_nothing_of_it_can_be_reached(server, client, account, iam_user, iam_role, assume, clock):
    """On a server of its own, for closing takes time on the clock."""
    running, management = server(), account()
    at = running.endpoint
    organizations = client("organizations", management, at=at)
    organizations.create_organization(FeatureSet="ALL")
    status = organizations.create_account(Email="shop@example.com", AccountName="shop")["CreateAccountStatus"]
    while status["State"] == "IN_PROGRESS":
        status = organizations.describe_create_account_status(CreateAccountRequestId=status["Id"])["CreateAccountStatus"]
    shop = Credentials(status["AccountId"], "test", account=status["AccountId"])
    user = iam_user(shop, allow("*"), at=at)
    role = iam_role(shop, management.arn, allow("*"), at=at)
    caller = iam_user(management, allow("sts:AssumeRole"), at=at)
    session = assume(caller, role, at=at)
    everyone = (shop, user, session)
    for creds in everyone:
        client("sts", creds, at=at).get_caller_identity()
    organizations.close_account(AccountId=shop.account)
    clock(running).advance("1h")
    for advance in (None, "100d"):
        # For ninety days it is in the organization as closed, and then no more.
        if advance:
            clock(running).advance(advance)
        for creds in everyone:
            with pytest.raises(botocore.exceptions.ClientError) as failure:
                client("sts", creds, at=at).get_caller_identity()
            answer = failure.value.response
            assert (answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"]) == (403, "InvalidClientTokenId")
        with pytest.raises(botocore.exceptions.ClientError) as failure:
            assume(caller, role, at=at)
        assert failure.value.response["Error"]["Code"] == "AccessDenied"
