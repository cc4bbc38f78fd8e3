"""Organizations for the tests of policies and administration."""

import json
import time
import uuid

import pytest
from botocore.exceptions import ClientError
from harness import Credentials


def refusal(call, /, **parameters):
    """(code, reason, message) of the error that a call ends with; the reason is None where the error has none."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    answer = caught.value.response
    return answer["Error"]["Code"], answer.get("Reason"), answer["Error"]["Message"]


def root_of(number):
    """Credentials of an account's root user."""
    return Credentials(number, "test", account=number, arn=f"arn:aws:iam::{number}:root")


def allow(action="*", resource="*", effect="Allow", **more):
    """A service control policy of one statement."""
    statement = {"Effect": effect, "Action": action, "Resource": resource, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


class Tree:
    """A new organization, with the management account's client."""

    def __init__(self, client, account, features="ALL", at=None):
        self.client, self.at = client, at
        self.management = account()
        self.org = client("organizations", self.management, at=at)
        self.id = self.org.create_organization(FeatureSet=features)["Organization"]["Id"]
        self.root = self.org.list_roots()["Roots"][0]["Id"]

    def enable(self, *types):
        for name in types:
            self.org.enable_policy_type(RootId=self.root, PolicyType=name)
        return self

    def member(self, name="member"):
        """Root credentials of a new member account."""
        email = f"{uuid.uuid4().hex[:12]}@example.com"
        status = self.org.create_account(AccountName=name, Email=email)["CreateAccountStatus"]
        deadline = time.monotonic() + 60
        while status["State"] == "IN_PROGRESS":
            assert time.monotonic() < deadline
            time.sleep(0.05)
            status = self.org.describe_create_account_status(CreateAccountRequestId=status["Id"])["CreateAccountStatus"]
        assert status["State"] == "SUCCEEDED", status
        return root_of(status["AccountId"])

    def unit(self, name="unit", parent=None):
        answer = self.org.create_organizational_unit(ParentId=parent or self.root, Name=name)
        return answer["OrganizationalUnit"]["Id"]

    def move(self, member, unit):
        self.org.move_account(AccountId=member.account, SourceParentId=self.root, DestinationParentId=unit)

    def policy(self, content, type="SERVICE_CONTROL_POLICY", name=None, **more):
        content = content if isinstance(content, str) else json.dumps(content)
        name = name or f"policy-{uuid.uuid4().hex[:8]}"
        answer = self.org.create_policy(Name=name, Description="", Type=type, Content=content, **more)
        return answer["Policy"]["PolicySummary"]["Id"]

    def attach(self, policy, *targets):
        for target in targets:
            self.org.attach_policy(PolicyId=policy, TargetId=target)

    def attached(self, target, type="SERVICE_CONTROL_POLICY"):
        answer = self.org.list_policies_for_target(TargetId=target, Filter=type)
        return [summary["Id"] for summary in answer["Policies"]]

    def of(self, member):
        """The client of a member account."""
        return self.client("organizations", member, at=self.at)
