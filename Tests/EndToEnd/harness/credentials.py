"""Who makes a request."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Credentials:
    """An access key, and what is known of its owner."""

    access_key: str
    secret: str
    token: str | None = None
    account: str | None = None
    arn: str | None = None
    name: str | None = None

    @property
    def boto(self):
        """Arguments of a boto3 client."""
        return {
            "aws_access_key_id": self.access_key,
            "aws_secret_access_key": self.secret,
            "aws_session_token": self.token,
        }

    @property
    def env(self):
        """Environment variables of the AWS tools."""
        env = {"AWS_ACCESS_KEY_ID": self.access_key, "AWS_SECRET_ACCESS_KEY": self.secret}
        if self.token:
            env["AWS_SESSION_TOKEN"] = self.token
        return env

    @classmethod
    def of(cls, answer, account=None):
        """From the answer of AssumeRole, GetSessionToken and their like."""
        keys = answer["Credentials"]
        who = answer.get("AssumedRoleUser") or answer.get("FederatedUser") or {}
        return cls(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], account, who.get("Arn"))


def new_account():
    """Root credentials of an account that no other test has."""
    number = str(random.SystemRandom().randrange(10**11, 10**12))
    return Credentials(number, "test", account=number, arn=f"arn:aws:iam::{number}:root")
