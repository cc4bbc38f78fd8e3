"""Who may use what somebody else has shared: buckets, queues, keys and topics under policies of their own, call by call.

Two organizations and an account without one:

    one: management ─ owner (in unit Shared), sister        two: foreign        stranger

`owner` has the resources; the callers come from `owner` itself (same), from `sister`, `foreign` and `stranger`. Each row says
what the caller's own policy and the resource's policy say, and what comes back: success, or the layer that AWS names. Reasons
are told within an account and within an organization, and kept from everybody else.
"""

import json
import uuid
from dataclasses import dataclass

import botocore
import pytest
import requests
from botocore.exceptions import ClientError
from harness import Credentials

SERVICES = ("s3", "sqs", "kms", "sns")
HOMES = ("same", "sister", "foreign", "stranger")
TOLD = ("same", "sister")  # where AWS tells the reason
UNIT = "Shared"
VPC_ENDPOINT = "vpce-0123456789abcdef0"

REASONS = {
    "identity": "because no identity-based policy allows the {action} action",
    "resource": "because no resource-based policy allows the {action} action",
    "deny identity": "with an explicit deny in an identity-based policy",
    "deny resource": "with an explicit deny in a resource-based policy",
}


@dataclass(frozen=True)
class Use:
    """What is done to a service's resource, and how AWS words that it may not be done."""

    action: str
    said: str
    code: str
    status: int


USES = {
    "s3": Use("s3:GetObject", "s3:GetObject", "AccessDenied", 403),
    "sqs": Use("sqs:SendMessage", "sqs:sendmessage", "AccessDenied", 403),
    "kms": Use("kms:Encrypt", "kms:Encrypt", "AccessDeniedException", 400),
    "sns": Use("sns:Publish", "SNS:Publish", "AuthorizationError", 403),
}


class World:
    """The accounts, their callers, and one resource for each service."""

    def __init__(self, client, endpoint, account, iam_user, iam_role, assume):
        self.client, self.endpoint = client, endpoint
        management = account()
        one = client("organizations", management)
        self.organization = one.create_organization(FeatureSet="ALL")["Organization"]["Id"]
        root = one.list_roots()["Roots"][0]["Id"]
        unit = one.create_organizational_unit(ParentId=root, Name=UNIT)["OrganizationalUnit"]["Id"]
        self.path = f"{self.organization}/{root}/{unit}/"
        self.homes = {"same": account(), "sister": account(), "foreign": account(), "stranger": account()}
        self.owner = self.homes["same"]
        for name in ("same", "sister"):
            self.join(one, self.homes[name])
        one.move_account(AccountId=self.owner.account, SourceParentId=root, DestinationParentId=unit)
        client("organizations", self.homes["foreign"]).create_organization(FeatureSet="ALL")
        self.callers = {}
        for name, home in self.homes.items():
            self.people(name, home, iam_user, iam_role, assume)
        self.make_resources()

    def join(self, organization, member):
        invitation = organization.invite_account_to_organization(Target={"Type": "ACCOUNT", "Id": member.account})["Handshake"]
        self.client("organizations", member).accept_handshake(HandshakeId=invitation["Id"])

    def people(self, name, home, iam_user, iam_role, assume):
        every = [use.action for use in USES.values()]
        policies = {
            "able": {"Effect": "Allow", "Action": every, "Resource": "*"},
            "idle": None,
            "denied": {"Effect": "Deny", "Action": every, "Resource": "*"},
        }
        helper = iam_user(home, {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"})
        for kind, policy in policies.items():
            self.callers[name, "user", kind] = (iam_user(home, policy), None)
            role = iam_role(home, policy=policy)
            self.callers[name, "role", kind] = (assume(helper, role, session="shared"), role)
        tags = [{"Key": "team", "Value": "blue"}]
        self.callers[name, "user", "tagged"] = (iam_user(home, policies["able"], Tags=tags), None)

    def make_resources(self):
        name = f"shared-{uuid.uuid4().hex[:16]}"
        account = self.owner.account
        s3, sqs, kms, sns = (self.client(service, self.owner) for service in SERVICES)
        s3.create_bucket(Bucket=name)
        s3.delete_public_access_block(Bucket=name)
        s3.put_object(Bucket=name, Key="key", Body=b"content")
        self.bucket = name
        self.queue = sqs.create_queue(QueueName=name, tags={"open": "yes"})["QueueUrl"]
        self.key = kms.create_key(Tags=[{"TagKey": "open", "TagValue": "yes"}])["KeyMetadata"]["Arn"]
        self.topic = sns.create_topic(Name=name, Tags=[{"Key": "open", "Value": "yes"}])["TopicArn"]
        self.arns = {
            "s3": f"arn:aws:s3:::{name}/key",
            "sqs": f"arn:aws:sqs:us-east-1:{account}:{name}",
            "kms": self.key,
            "sns": self.topic,
        }

    def share(self, service, statements):
        """Gives a resource a policy; an empty one grants nobody anything."""
        arn = self.arns[service]
        whole = []
        for position, (effect, principal, condition) in enumerate(statements):
            statement = {"Sid": f"S{position}", "Effect": effect, "Principal": principal, "Action": USES[service].action, "Resource": arn}
            whole.append(statement | ({"Condition": condition} if condition else {}))
        text = json.dumps({"Version": "2012-10-17", "Statement": whole})
        if service == "s3":
            s3 = self.client("s3", self.owner)
            s3.put_bucket_policy(Bucket=self.bucket, Policy=text) if whole else s3.delete_bucket_policy(Bucket=self.bucket)
        elif service == "sqs":
            self.client("sqs", self.owner).set_queue_attributes(QueueUrl=self.queue, Attributes={"Policy": text if whole else ""})
        elif service == "kms":
            # The owner keeps the key in hand, and may not use it by that.
            keeping = {"Sid": "Keep", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{self.owner.account}:root"},
                       "Action": ["kms:PutKeyPolicy", "kms:DescribeKey"], "Resource": "*"}  # fmt: skip
            text = json.dumps({"Version": "2012-10-17", "Statement": [keeping, *whole]})
            self.client("kms", self.owner).put_key_policy(KeyId=self.key, PolicyName="default", Policy=text)
        else:
            keeping = {"Sid": "Keep", "Effect": "Allow", "Principal": {"AWS": self.owner.account}, "Action": "sns:SetTopicAttributes", "Resource": arn}
            text = json.dumps({"Version": "2012-10-17", "Statement": [keeping, *whole]})
            self.client("sns", self.owner).set_topic_attributes(TopicArn=self.topic, AttributeName="Policy", AttributeValue=text)

    def request(self, service):
        """The operation and its input."""
        return {
            "s3": ("GetObject", {"Bucket": self.bucket, "Key": "key"}),
            "sqs": ("SendMessage", {"QueueUrl": self.queue, "MessageBody": "hello"}),
            "kms": ("Encrypt", {"KeyId": self.key, "Plaintext": "aGVsbG8="}),
            "sns": ("Publish", {"TopicArn": self.topic, "Message": "hello"}),
        }[service]

    def use(self, service, creds):
        """Nothing if it works; else status, code and message."""
        settings = {"signature_version": botocore.UNSIGNED} if creds is None else {}
        client = self.client(service, creds, **settings)
        operation, members = self.request(service)
        try:
            client._make_api_call(operation, members)
        except ClientError as error:
            return error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"], error.response["Error"]["Message"]

    def use_as_service(self, service, principal, source):
        """The same by an AWS service that acts for a resource."""
        operation, members = self.request(service)
        question = {"as": principal, "service": service, "operation": operation, "input": members, **source}
        answer = requests.post(self.endpoint + "/_hakoniwa/service-calls", json=question, timeout=30)
        if answer.status_code != 200:
            # Inside the program an error has its model's name, which for SNS is longer than its code.
            code = answer.json()["code"]
            return answer.status_code, USES["sns"].code if code == "AuthorizationErrorException" else code, answer.json()["message"]

    def refusal(self, service, arn, reason=None):
        use = USES[service]
        if service == "s3" and not reason:
            return use.status, use.code, "Access Denied"
        resource = f'"{self.arns["s3"]}"' if service == "s3" else self.arns[service]
        text = f"User: {arn} is not authorized to perform: {use.said} on resource: {resource}"
        return use.status, use.code, f"{text} {REASONS[reason].format(action=use.said)}" if reason else text


@pytest.fixture(scope="module")
def world(client, endpoint, account, iam_user, iam_role, assume):
    return World(client, endpoint, account, iam_user, iam_role, assume)


# --- callers by account, kind and policy

# What the caller's own policy does, what the resource's policy does to the caller, and what that comes to within the account
# and between accounts: nothing for success.
SIDES = [
    ("able", ["Allow"], None, None),
    ("able", [], None, "resource"),
    ("idle", ["Allow"], None, "identity"),
    # Of two silences between accounts that of the resource is told. unverified: which one AWS tells.
    ("idle", [], "identity", "resource"),
    ("able", ["Allow", "Deny"], "deny resource", "deny resource"),
    ("denied", ["Allow"], "deny identity", "deny identity"),
]


def expected(service, home, kind, effects, within, between):
    # A key's policy must say yes itself, also within the account. AWS: KMS developer guide, "Key policies in AWS KMS".
    if service == "kms" and not effects:
        return "resource"
    return within if home == "same" else between


BY_NAME = [
    pytest.param(service, home, caller, *side, id=f"{service}: {caller} of {home}, {side[0]}, resource says {'+'.join(side[1]) or 'nothing'}")
    for service in SERVICES for home in HOMES for caller in ("user", "role") for side in SIDES
]  # fmt: skip


@pytest.mark.parametrize("service, home, caller, kind, effects, within, between", BY_NAME)
def test_named(world, service, home, caller, kind, effects, within, between):
    creds, role = world.callers[home, caller, kind]
    world.share(service, [(effect, {"AWS": role or creds.arn}, None) for effect in effects])
    reason = expected(service, home, kind, effects, within, between)
    wanted = world.refusal(service, creds.arn, reason if home in TOLD else None) if reason else None
    assert world.use(service, creds) == wanted


# --- conditions

# What the condition says; who calls, and which of them may.
CONDITIONS = [
    ("of the organization", {"StringEquals": {"aws:PrincipalOrgID": "{organization}"}}, "able", {"same", "sister"}),
    ("of another organization", {"StringEquals": {"aws:PrincipalOrgID": "o-aaaaaaaaaa"}}, "able", set()),
    ("not of the organization", {"StringNotEquals": {"aws:PrincipalOrgID": "{organization}"}}, "able", {"foreign", "stranger"}),
    ("in the unit", {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "{path}*"}}, "able", {"same"}),
    ("of the account", {"StringEquals": {"aws:PrincipalAccount": "{sister}"}}, "able", {"sister"}),
    ("with the tag", {"StringEquals": {"aws:PrincipalTag/team": "blue"}}, "tagged", set(HOMES)),
    ("without the tag", {"StringEquals": {"aws:PrincipalTag/team": "blue"}}, "able", set()),
    ("from this machine", {"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}, "able", set(HOMES)),
    ("from elsewhere", {"NotIpAddress": {"aws:SourceIp": "127.0.0.0/8"}}, "able", set()),
    ("through the endpoint", {"StringEquals": {"aws:SourceVpce": VPC_ENDPOINT}}, "able", set()),
    ("through the endpoint, if any", {"StringEqualsIfExists": {"aws:SourceVpce": VPC_ENDPOINT}}, "able", set(HOMES)),
    ("by a service", {"Bool": {"aws:PrincipalIsAWSService": "true"}}, "able", set()),
    ("for a resource", {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}, "able", set()),
    ("of an open resource", {"StringEquals": {"aws:ResourceTag/open": "yes"}}, "able", set(HOMES)),
    ("of the owner's organization", {"StringEquals": {"aws:ResourceOrgID": "{organization}"}}, "able", set(HOMES)),
]


def fill(value, words):
    if isinstance(value, dict):
        return {key: fill(item, words) for key, item in value.items()}
    return value.format(**words) if isinstance(value, str) else value


WITH_CONDITIONS = [
    pytest.param(service, home, *row, id=f"{service}: everybody {row[0]}, {row[2]} of {home}")
    for service in SERVICES for home in HOMES for row in CONDITIONS
    # A bucket's tags count only where attribute-based access control is turned on, and object tags are s3:ExistingObjectTag.
    if not (service == "s3" and "aws:ResourceTag/open" in str(row[1]))
]  # fmt: skip


@pytest.mark.parametrize("service, home, says, condition, kind, those", WITH_CONDITIONS)
def test_everybody_under_a_condition(world, service, home, says, condition, kind, those):
    words = {"organization": world.organization, "path": world.path, "sister": world.homes["sister"].account}
    world.share(service, [("Allow", {"AWS": "*"}, fill(condition, words))])
    creds, _ = world.callers[home, "user", kind]
    # Within the account the caller's own policy is enough, but for keys.
    if home in those or (home == "same" and service != "kms"):
        assert world.use(service, creds) is None
    else:
        assert world.use(service, creds) == world.refusal(service, creds.arn, "resource" if home in TOLD else None)


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("service", SERVICES)
def test_a_deny_outside_the_endpoint_binds_the_owner_too(world, service, home):
    """The guardrail of AWS's data perimeters: whoever does not come through the endpoint is refused, whatever else allows him."""
    creds, _ = world.callers[home, "user", "able"]
    away = {"StringNotEquals": {"aws:SourceVpce": VPC_ENDPOINT}}
    world.share(service, [("Allow", {"AWS": creds.arn}, None), ("Deny", {"AWS": "*"}, away)])
    assert world.use(service, creds) == world.refusal(service, creds.arn, "deny resource" if home in TOLD else None)


# --- services

PRINCIPAL = "events.amazonaws.com"
RULE = "arn:aws:events:us-east-1:{owner}:rule/nightly"
SERVICE_ROWS = [
    # Condition, what the service acts for, whether it may.
    ("named", None, {}, True),
    ("for the rule", {"ArnEquals": {"aws:SourceArn": RULE}}, {"sourceArn": RULE}, True),
    ("for another rule", {"ArnEquals": {"aws:SourceArn": RULE}}, {"sourceArn": RULE + "-2"}, False),
    ("for no rule", {"ArnEquals": {"aws:SourceArn": RULE}}, {}, False),
    ("for the account", {"StringEquals": {"aws:SourceAccount": "{owner}"}}, {"sourceAccount": "{owner}"}, True),
    ("for another account", {"StringEquals": {"aws:SourceAccount": "{owner}"}}, {"sourceAccount": "{stranger}"}, False),
    ("for the organization", {"StringEquals": {"aws:SourceOrgID": "{organization}"}}, {"sourceAccount": "{sister}"}, True),
    ("for another organization", {"StringEquals": {"aws:SourceOrgID": "{organization}"}}, {"sourceAccount": "{foreign}"}, False),
    ("for no organization", {"StringEquals": {"aws:SourceOrgID": "{organization}"}}, {"sourceAccount": "{stranger}"}, False),
]


@pytest.mark.parametrize("says, condition, source, may", SERVICE_ROWS, ids=[row[0] for row in SERVICE_ROWS])
@pytest.mark.parametrize("service", SERVICES)
def test_a_service(world, service, says, condition, source, may):
    words = {name: home.account for name, home in world.homes.items()} | {"owner": world.owner.account, "organization": world.organization}
    world.share(service, [("Allow", {"Service": PRINCIPAL}, fill(condition, words) if condition else None)])
    answer = world.use_as_service(service, PRINCIPAL, fill(source, words))
    assert answer == (None if may else world.refusal(service, PRINCIPAL))


@pytest.mark.parametrize("service", SERVICES)
def test_another_service_than_the_named_one(world, service):
    world.share(service, [("Allow", {"Service": "sns.amazonaws.com"}, None)])
    assert world.use_as_service(service, PRINCIPAL, {}) == world.refusal(service, PRINCIPAL)


@pytest.mark.parametrize("service", SERVICES)
def test_a_deny_that_exempts_services(world, service):
    """AWS: IAM user guide, "aws:PrincipalIsAWSService": how a perimeter lets services in."""
    perimeter = {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": world.organization}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}
    stranger, _ = world.callers["stranger", "user", "able"]
    world.share(
        service,
        [("Allow", {"Service": PRINCIPAL}, None), ("Allow", {"AWS": stranger.arn}, None), ("Deny", {"AWS": "*"}, perimeter)],
    )
    assert world.use_as_service(service, PRINCIPAL, {}) is None
    assert world.use(service, stranger) == world.refusal(service, stranger.arn)


# --- nobody

ANONYMOUS = [
    ("everybody", [("Allow", "*", None)], True),
    ("everybody of the organization", [("Allow", "*", {"StringEquals": {"aws:PrincipalOrgID": "{organization}"}})], False),
    ("everybody on this machine", [("Allow", "*", {"IpAddress": {"aws:SourceIp": "127.0.0.1/32"}})], True),
    ("the owner's account", [("Allow", {"AWS": "{owner}"}, None)], False),
    ("everybody, and nobody", [("Allow", "*", None), ("Deny", "*", {"Null": {"aws:PrincipalArn": "true"}})], False),
]  # fmt: skip


@pytest.mark.parametrize("says, statements, may", ANONYMOUS, ids=[row[0] for row in ANONYMOUS])
@pytest.mark.parametrize("service", ["s3", "sqs", "sns"])
def test_somebody_without_a_signature(world, service, says, statements, may):
    words = {"organization": world.organization, "owner": world.owner.account}
    world.share(service, [(effect, fill(principal, words), fill(condition, words)) for effect, principal, condition in statements])
    assert world.use(service, None) == (None if may else world.refusal(service, "anonymous"))


def test_a_key_is_never_used_without_a_signature(world):
    world.share("kms", [("Allow", "*", None)])
    status, code, _ = world.use("kms", None)
    assert (status, code) == (400, "MissingAuthenticationTokenException")


def test_the_owners_root_user(world):
    """The root user needs no grant, except of a key."""
    root = Credentials(world.owner.account, "test", account=world.owner.account)
    for service in ("s3", "sqs", "sns"):
        world.share(service, [])
        assert world.use(service, root) is None
    world.share("kms", [])
    assert world.use("kms", root) == world.refusal("kms", world.owner.arn, "resource")
