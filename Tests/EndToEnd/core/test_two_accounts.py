"""Who may reach whose bucket or queue: a table of the rules, each row tried with real calls.

The caller has an identity policy, the resource a policy of its own; across accounts both must say yes, within one account
one is enough. Messages are AWS's, word for word: S3 tells strangers nothing, SQS names action and queue.
"""

import json
import uuid
from dataclasses import dataclass, field

import botocore
import pytest
from botocore.exceptions import ClientError


@dataclass
class Row:
    """One rule. `{…}` in principals stand for the caller's user or role, its session, its account, another user."""

    says: str
    caller: str  # user, role, root, anonymous
    home: str  # the caller's account: "same" as the resource's, or "other"
    identity: str | None  # what its own policy does to the action: allow, deny, other (allows something else), none
    resource: list = field(default_factory=list)  # statements of the resource's policy: (effect, principal, extra)
    boundary: str | None = None
    session: str | None = None
    reason: str | None = None  # None: it is allowed; else the reason AWS gives within the account
    only: str | None = None  # for one service only


NO_IDENTITY = "because no identity-based policy allows the {action} action"
NO_BOUNDARY = "because no permissions boundary allows the {action} action"
NO_SESSION = "because no session policy allows the {action} action"
DENY_IDENTITY = "with an explicit deny in an identity-based policy"
DENY_RESOURCE = "with an explicit deny in a resource-based policy"
DENY_SESSION = "with an explicit deny in a session policy"
QUIET = ""

allow = "Allow"
deny = "Deny"

ROWS = [
    # Across accounts: both sides.
    Row("both sides name each other", "user", "other", "allow", [(allow, "{caller}", {})]),
    Row("the resource names the caller's account as root", "user", "other", "allow", [(allow, "arn:aws:iam::{account}:root", {})]),
    Row("the resource names the caller's account by number", "user", "other", "allow", [(allow, "{account}", {})]),
    Row("the resource says nothing", "user", "other", "allow", [], reason=QUIET),
    Row("the caller's own policy says nothing", "user", "other", "none", [(allow, "{caller}", {})], reason=QUIET),
    Row("the caller's own policy allows something else", "user", "other", "other", [(allow, "{caller}", {})], reason=QUIET),
    Row("the resource names another user", "user", "other", "allow", [(allow, "{stranger}", {})], reason=QUIET),
    Row("the resource names its own account", "user", "other", "allow", [(allow, "{owner}", {})], reason=QUIET),
    Row("the resource also denies", "user", "other", "allow", [(allow, "{caller}", {}), (deny, "{caller}", {})], reason=QUIET),
    Row("the caller's own policy denies", "user", "other", "deny", [(allow, "{caller}", {})], reason=QUIET),
    Row("the resource allows another action", "user", "other", "allow", [(allow, "{caller}", {"Action": "{otherAction}"})], reason=QUIET),
    Row("the condition holds", "user", "other", "allow",
        [(allow, "{caller}", {"Condition": {"StringEquals": {"aws:PrincipalAccount": "{account}"}}})]),
    Row("the condition does not hold", "user", "other", "allow",
        [(allow, "{caller}", {"Condition": {"StringEquals": {"aws:PrincipalAccount": "{owner}"}}})], reason=QUIET),
    Row("a boundary of the caller's does not allow", "user", "other", "allow", [(allow, "{caller}", {})], boundary="other", reason=QUIET),
    Row("everyone is allowed and the caller's policy too", "user", "other", "allow", [(allow, "*", {})], only="sqs"),
    Row("everyone is allowed but the caller's policy is silent", "user", "other", "none", [(allow, "*", {})], only="sqs", reason=QUIET),
    Row("the role is named", "role", "other", "allow", [(allow, "{caller}", {})]),
    Row("the session is named", "role", "other", "allow", [(allow, "{session}", {})]),
    Row("the role's account is named", "role", "other", "allow", [(allow, "{account}", {})]),
    Row("the role is named but may nothing itself", "role", "other", "none", [(allow, "{caller}", {})], reason=QUIET),
    Row("the session policy does not allow", "role", "other", "allow", [(allow, "{caller}", {})], session="other", reason=QUIET),
    Row("the other account's root user, named", "root", "other", None, [(allow, "{account}", {})]),
    Row("the other account's root user, not named", "root", "other", None, [], reason=QUIET),
    # Within the account: one side is enough.
    Row("its own policy", "user", "same", "allow"),
    Row("nobody says yes", "user", "same", "none", reason=NO_IDENTITY),
    Row("its own policy allows something else", "user", "same", "other", reason=NO_IDENTITY),
    Row("only the resource, by name", "user", "same", "none", [(allow, "{caller}", {})]),
    Row("only the resource, by account: that leaves it to the identity", "user", "same", "none", [(allow, "{account}", {})], reason=NO_IDENTITY),
    Row("the resource names another user", "user", "same", "none", [(allow, "{stranger}", {})], reason=NO_IDENTITY),
    Row("its own policy denies", "user", "same", "deny", [(allow, "{caller}", {})], reason=DENY_IDENTITY),
    Row("the resource denies", "user", "same", "allow", [(deny, "{caller}", {})], reason=DENY_RESOURCE),
    Row("the boundary does not allow what its policy allows", "user", "same", "allow", boundary="other", reason=NO_BOUNDARY),
    Row("the boundary does not limit what the resource grants by name", "user", "same", "none", [(allow, "{caller}", {})], boundary="other"),
    Row("boundary and policy allow", "user", "same", "allow", boundary="allow"),
    Row("a boundary alone grants nothing", "user", "same", "none", boundary="allow", reason=NO_IDENTITY),
    Row("the role's policy", "role", "same", "allow"),
    Row("only the resource, naming the role", "role", "same", "none", [(allow, "{caller}", {})]),
    Row("the session policy limits the role's policy", "role", "same", "allow", session="other", reason=NO_SESSION),
    Row("the session policy limits what the resource grants the role", "role", "same", "none", [(allow, "{caller}", {})], session="other", reason=NO_SESSION),
    Row("the session policy does not limit what the resource grants the session", "role", "same", "none", [(allow, "{session}", {})], session="other"),
    Row("the session policy denies", "role", "same", "allow", session="deny", reason=DENY_SESSION),
    Row("the root user of the owner", "root", "same", None),
    Row("nobody at all", "anonymous", "other", None, [], only="s3", reason=QUIET),
]


class Thing:
    """A bucket with an object, or a queue, of the account `owner`."""

    def __init__(self, service, owner, client):
        self.service, self.owner, self.client = service, owner, client
        name = f"two-accounts-{uuid.uuid4().hex[:16]}"
        if service == "s3":
            self.arn, self.action, self.other_action = f"arn:aws:s3:::{name}/key", "s3:GetObject", "s3:PutObject"
            self.bucket = name
            client("s3", owner).create_bucket(Bucket=name)
            client("s3", owner).put_object(Bucket=name, Key="key", Body=b"content")
        else:
            self.arn, self.action, self.other_action = f"arn:aws:sqs:us-east-1:{owner.account}:{name}", "sqs:SendMessage", "sqs:PurgeQueue"
            self.url = client("sqs", owner).create_queue(QueueName=name)["QueueUrl"]

    def set_policy(self, statements):
        if not statements:
            return
        text = json.dumps({"Version": "2012-10-17", "Statement": statements})
        if self.service == "s3":
            self.client("s3", self.owner).put_bucket_policy(Bucket=self.bucket, Policy=text)
        else:
            self.client("sqs", self.owner).set_queue_attributes(QueueUrl=self.url, Attributes={"Policy": text})

    def use(self, creds):
        if creds is None:
            return self.client("s3", self.owner, signature_version=botocore.UNSIGNED).get_object(Bucket=self.bucket, Key="key")
        if self.service == "s3":
            return self.client("s3", creds).get_object(Bucket=self.bucket, Key="key")
        return self.client("sqs", creds).send_message(QueueUrl=self.url, MessageBody="hello")

    def expected(self, caller_arn, row):
        if self.service == "s3":
            if row.home == "other":
                return "Access Denied"
            return f'User: {caller_arn} is not authorized to perform: s3:GetObject on resource: "{self.arn}" ' + row.reason.format(action="s3:GetObject")
        text = f"User: {caller_arn} is not authorized to perform: sqs:sendmessage on resource: {self.arn}"
        return text if row.home == "other" else f"{text} " + row.reason.format(action="sqs:sendmessage")


def statement(kind, thing):
    if kind == "none":
        return None
    if kind == "other":
        return {"Effect": "Allow", "Action": thing.other_action, "Resource": "*"}
    return {"Effect": kind.capitalize(), "Action": thing.action, "Resource": thing.arn}


def fill(value, words):
    if isinstance(value, dict):
        return {key: fill(item, words) for key, item in value.items()}
    return value.format(**words) if isinstance(value, str) else value


CASES = [pytest.param(service, row, id=f"{service}: {row.home} account, {row.caller}: {row.says}")
         for row in ROWS for service in ("s3", "sqs") if row.only in (None, service)]


@pytest.mark.parametrize("service, row", CASES)
def test_rule(client, account, iam_user, iam_role, assume, service, row):
    owner = account()
    home = owner if row.home == "same" else account()
    thing = Thing(service, owner, client)
    words = {"account": home.account, "owner": owner.account, "otherAction": thing.other_action}
    creds, caller_arn = None, ""
    own = statement(row.identity, thing) if row.identity else None
    extra = {}
    if row.boundary:
        document = json.dumps({"Version": "2012-10-17", "Statement": statement(row.boundary, thing)})
        extra["PermissionsBoundary"] = client("iam", home).create_policy(PolicyName="boundary", PolicyDocument=document)["Policy"]["Arn"]
    if row.caller == "user":
        creds = iam_user(home, own, **extra)
        caller_arn = words["caller"] = creds.arn
    elif row.caller == "role":
        helper = iam_user(home, {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"})
        words["caller"] = iam_role(home, policy=own, **extra)
        more = {}
        if row.session:
            more["Policy"] = json.dumps({"Version": "2012-10-17", "Statement": statement(row.session, thing)})
        creds = assume(helper, words["caller"], session="my-session", **more)
        caller_arn = words["session"] = creds.arn
        assert caller_arn == words["caller"].replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/my-session"
    elif row.caller == "root":
        creds, caller_arn = home, home.arn
    if any("{stranger}" in str(principal) for _, principal, _ in row.resource):
        words["stranger"] = iam_user(home).arn
    statements = []
    for effect, principal, more in row.resource:
        principal = fill(principal, words)
        base = {"Effect": effect, "Principal": "*" if principal == "*" else {"AWS": principal}, "Action": thing.action, "Resource": thing.arn}
        statements.append(base | fill(more, words))
    for position, item in enumerate(statements):
        item["Sid"] = f"S{position}"
        if item["Action"] == "s3:PutObject" or item["Action"] == "s3:GetObject":
            item["Resource"] = thing.arn
    thing.set_policy(statements)

    if row.reason is None:
        assert thing.use(creds)["ResponseMetadata"]["HTTPStatusCode"] == 200
        return
    with pytest.raises(ClientError) as error:
        thing.use(creds)
    details = error.value.response
    assert details["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert details["Error"]["Code"] == ("AccessDenied" if service == "s3" else details["Error"]["Code"])
    if service == "sqs":
        assert details["Error"]["Code"] in ("AccessDenied", "AccessDeniedException")
    assert details["Error"]["Message"] == thing.expected(caller_arn, row)


# --- trust policies


TRUST = [
    # says, caller's account, caller's own policy allows, principal of the trust policy, condition, parameters, allowed
    ("both sides", "other", True, "{caller}", {}, {}, True),
    ("the trust policy names the account", "other", True, "{account}", {}, {}, True),
    ("the trust policy names somebody else", "other", True, "{stranger}", {}, {}, False),
    ("the caller's own policy is silent", "other", False, "{caller}", {}, {}, False),
    ("within the account the trust policy by name is enough", "same", False, "{caller}", {}, {}, True),
    ("within the account the account's name leaves it to the caller's policy", "same", False, "{account}", {}, {}, False),
    ("within the account both", "same", True, "{account}", {}, {}, True),
    ("within the account the caller's policy alone is not enough", "same", True, "{stranger}", {}, {}, False),
    ("the external id fits", "other", True, "{caller}", {"StringEquals": {"sts:ExternalId": "secret"}}, {"ExternalId": "secret"}, True),
    ("the external id does not fit", "other", True, "{caller}", {"StringEquals": {"sts:ExternalId": "secret"}}, {"ExternalId": "guess"}, False),
    ("the external id is missing", "other", True, "{caller}", {"StringEquals": {"sts:ExternalId": "secret"}}, {}, False),
    ("the session's name fits", "other", True, "{caller}", {"StringLike": {"sts:RoleSessionName": "ses*"}}, {}, True),
]


@pytest.mark.parametrize("case", TRUST, ids=[case[0] for case in TRUST])
def test_trust(client, account, iam_user, iam_role, assume, case):
    _, where, may, principal, condition, parameters, allowed = case
    owner = account()
    home = owner if where == "same" else account()
    user = iam_user(home, {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"} if may else None)
    words = {"caller": user.arn, "account": f"arn:aws:iam::{home.account}:root", "stranger": iam_user(home).arn}
    trust = {"Effect": "Allow", "Principal": {"AWS": principal.format(**words)}, "Action": "sts:AssumeRole"}
    if condition:
        trust["Condition"] = condition
    role = iam_role(owner, trust)
    if allowed:
        session = assume(user, role, **parameters)
        assert client("sts", session).get_caller_identity()["Account"] == owner.account
        return
    with pytest.raises(ClientError) as error:
        assume(user, role, **parameters)
    details = error.value.response
    assert details["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert details["Error"]["Code"] == "AccessDenied"
    assert details["Error"]["Message"] == f"User: {user.arn} is not authorized to perform: sts:AssumeRole on resource: {role}"


def test_a_root_user_cannot_assume_roles(account, iam_role, assume):
    root = account()
    role = iam_role(root)
    with pytest.raises(ClientError) as error:
        assume(root, role)
    assert error.value.response["Error"]["Code"] == "AccessDenied"
    assert error.value.response["Error"]["Message"] == "Roles may not be assumed by root accounts."


def test_iam_words_a_denial_with_the_whole_arn(client, account, iam_user):
    user = iam_user(account())
    with pytest.raises(ClientError) as error:
        client("iam", user).create_user(UserName="bob")
    details = error.value.response["Error"]
    assert details["Code"] == "AccessDenied"
    assert details["Message"] == (f"User: {user.arn} is not authorized to perform: iam:CreateUser on resource: "
                                  f"arn:aws:iam::{user.account}:user/bob because no identity-based policy allows the iam:CreateUser action")


def test_an_explicit_deny_in_a_managed_policy_is_named(client, account, iam_user):
    root = account()
    user = iam_user(root, {"Effect": "Allow", "Action": "*", "Resource": "*"})
    iam = client("iam", root)
    document = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*"}})
    arn = iam.create_policy(PolicyName="no-users", PolicyDocument=document)["Policy"]["Arn"]
    iam.attach_user_policy(UserName=user.name, PolicyArn=arn)
    with pytest.raises(ClientError) as error:
        client("iam", user).create_user(UserName="bob")
    assert error.value.response["Error"]["Message"].endswith(f"with an explicit deny in an identity-based policy: {arn}")


def test_get_caller_identity_needs_no_permission(client, account, iam_user):
    user = iam_user(account(), {"Effect": "Deny", "Action": "*", "Resource": "*"})
    assert client("sts", user).get_caller_identity()["Arn"] == user.arn


def test_a_grant_dies_with_the_user_it_named(client, account, iam_user):
    """A principal is kept by its id: a new user of the same name is somebody else."""
    owner, home = account(), account()
    may_read = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    user = iam_user(home, may_read, name="alice")
    thing = Thing("s3", owner, client)
    thing.set_policy([{"Effect": "Allow", "Principal": {"AWS": user.arn}, "Action": "s3:GetObject", "Resource": thing.arn}])
    thing.use(user)
    iam = client("iam", home)
    iam.delete_access_key(UserName="alice", AccessKeyId=user.access_key)
    iam.delete_user_policy(UserName="alice", PolicyName="inline")
    iam.delete_user(UserName="alice")
    again = iam_user(home, may_read, name="alice")
    with pytest.raises(ClientError):
        thing.use(again)
    shown = json.loads(client("s3", owner).get_bucket_policy(Bucket=thing.bucket)["Policy"])
    assert shown["Statement"][0]["Principal"]["AWS"].startswith("AIDA")


@pytest.mark.parametrize("service", ["s3", "sqs"])
def test_a_policy_for_a_user_who_is_not_there_is_refused(client, account, service):
    owner = account()
    thing = Thing(service, owner, client)
    with pytest.raises(ClientError) as error:
        thing.set_policy([{"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{owner.account}:user/nobody"}, "Action": thing.action, "Resource": thing.arn}])
    if service == "s3":
        assert error.value.response["Error"]["Code"] == "MalformedPolicy"
        assert error.value.response["Error"]["Message"] == "Invalid principal in policy"


def test_an_account_that_owns_a_queue_keeps_its_settings_to_itself(client, account, iam_user):
    """A queue's policy cannot give strangers the operations that only the owner's account has."""
    owner, home = account(), account()
    user = iam_user(home, {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"})
    thing = Thing("sqs", owner, client)
    thing.set_policy([{"Effect": "Allow", "Principal": {"AWS": user.arn}, "Action": "sqs:*", "Resource": thing.arn}])
    assert client("sqs", user).send_message(QueueUrl=thing.url, MessageBody="yes")
    with pytest.raises(ClientError) as error:
        client("sqs", user).set_queue_attributes(QueueUrl=thing.url, Attributes={"VisibilityTimeout": "1"})
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 403)
