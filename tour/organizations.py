"""The chapter about organizations: guardrails that bite, whom they spare, and how to see that before they do."""

import json
import os

import boto3


def run(tour):
    tell, aws, check, server = tour.tell, tour.aws, tour.check, tour.server

    def client(service, who):
        """For what needs no telling."""
        keys = tour.people[who]
        return boto3.client(service, endpoint_url=server.endpoint, region_name="us-east-1", aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
                            aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"], aws_session_token=keys.get("AWS_SESSION_TOKEN"))

    def as_service(who, service, role, name):
        """A role's credentials as an AWS service has them."""
        wish = {"as": service, "service": "sts", "operation": "AssumeRole", "input": {"RoleArn": role, "RoleSessionName": name}}
        answer = server.post("/_hakoniwa/service-calls", wish)
        check(answer.status_code == 200, answer.text)
        given = answer.json()["output"]["Credentials"]
        tour.person(who, given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])

    tour.chapter("An organization, and what it forbids")
    tell("""One command builds what larger companies have: units for security, logs, workloads and sandboxes, eight accounts, guardrails and roles.""")
    planted = server.hakoniwa("seed", "enterprise")
    check(planted.returncode == 0, planted.stderr)
    lines = planted.stdout.splitlines()
    tour.show("you", ["./hakoniwa", "seed", "enterprise"], "\n".join([*lines[:6], "…", *lines[-4:]]))
    accounts = {line.split()[3]: line.split()[2] for line in lines if line.startswith("made  account")}
    shop, sandbox = accounts["shop-production"], accounts["sandbox-anna"]
    policies = {line.split()[2]: line.split()[3] for line in lines if line.startswith("made  policy ") and not line.startswith("made  policy type")}
    units = {line[9:].rsplit("  ", 1)[0]: line.rsplit("  ", 1)[1] for line in lines if line.startswith("made  OU ")}

    def become(who, account, role):
        given = client("sts", "the administrator").assume_role(RoleArn=f"arn:aws:iam::{account}:role/{role}", RoleSessionName="tour")["Credentials"]
        tour.person(who, given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])

    # Root users can't assume roles, so the management account has an administrator.
    iam = client("iam", "you")
    iam.create_user(UserName="administrator")
    iam.attach_user_policy(UserName="administrator", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    key = iam.create_access_key(UserName="administrator")["AccessKey"]
    tour.person("the administrator", key["AccessKeyId"], key["SecretAccessKey"])
    become("the shop's pipeline", shop, "deploy")
    become("anna", sandbox, "developer")

    tell("""The pipeline of the shop is administrator of its account. Yet it works only where the organization lets it, and the denial names the
         policy. The management account is under the same root, and exempt: SCPs never limit it.""")
    aws("sqs", "list-queues", "--region", "ap-southeast-2", who="the shop's pipeline",
        fails="with an explicit deny in a service control policy: arn:aws:organizations::000000000000:policy/")
    aws("sqs", "list-queues", "--region", "ap-southeast-2", who="the administrator")

    tour.chapter("What if? Before the guardrail, not after")
    tell("""The shop has a queue, and an instance that sends to it; its role's credentials are had as EC2 has them.""")
    url = aws("sqs", "create-queue", "--queue-name", "orders", who="the shop's pipeline")["QueueUrl"]
    as_service("the shop's instance", "ec2.amazonaws.com", f"arn:aws:iam::{shop}:role/app", "i-0123456789abcdef0")
    aws("sqs", "send-message", "--queue-url", url, "--message-body", "three stones", who="the shop's instance")
    path = os.path.join(server._home, "no-queues.json")
    with open(path, "w") as file:
        file.write(json.dumps({"Version": "2012-10-17", "Statement": [{
        "Sid": "NoQueues", "Effect": "Deny", "Action": ["sqs:SendMessage", "iam:CreateServiceLinkedRole"], "Resource": "*"}]}))
    tell("""Somebody wants queues gone from production. Every call is in the journal with all that was weighed, so the change can be tried on
         what really happened, before it is made. In a build, --fail-on-break would stop here.""")
    text = tour.hakoniwa("org", "what-if", "--attach", path, "--to", "Workloads/Production")
    check("role/app" in text and "SCP no-queues#NoQueues at OU Production" in text, "the instance is not foretold to break")

    tell("""They do it all the same. It comes as foretold: the role of an instance is an ordinary role and not exempt, whatever one reads.""")
    policy = aws("organizations", "create-policy", "--name", "no-queues", "--type", "SERVICE_CONTROL_POLICY", "--description", "no queues",
                 "--content", f"file://{path}")["Policy"]["PolicySummary"]["Id"]
    aws("organizations", "attach-policy", "--policy-id", policy, "--target-id", units["Production"])
    aws("sqs", "send-message", "--queue-url", url, "--message-body", "a pine", who="the shop's instance", fails="with an explicit deny in a service control policy")

    tell("""Exempt are service-linked roles, so that services which AWS runs for you do not break: the role of AWS Organizations in the shop's account
         may still do what the same policy forbids the pipeline.""")
    linked = f"arn:aws:iam::{shop}:role/aws-service-role/organizations.amazonaws.com/AWSServiceRoleForOrganizations"
    as_service("the service-linked role", "organizations.amazonaws.com", linked, "tour")
    words = ["iam", "create-service-linked-role", "--aws-service-name", "rds.amazonaws.com"]
    aws(*words, who="the shop's pipeline", fails="service control policy")
    aws(*words, "--query", "Role.Arn", who="the service-linked role")
    check("service-linked roles are exempt" in tour.hakoniwa("explain", "last"), "the exemption is not told")

    tour.chapter("The pitfall of the allow list")
    tell("""SCPs allow nothing by themselves, but every level has to allow: FullAWSAccess does that everywhere. Detach it from one unit, and everything
         below is denied, not by a policy but for want of one.""")
    aws("sqs", "list-queues", who="anna")
    text = tour.hakoniwa("org", "what-if", "--detach", "FullAWSAccess", "--from", "Sandbox")
    check("no SCP at OU Sandbox allows it" in text, "what is denied is not foretold")
    aws("organizations", "detach-policy", "--policy-id", "p-FullAWSAccess", "--target-id", units["Sandbox"])
    aws("sqs", "list-queues", who="anna", fails="because no service control policy allows the sqs:listqueues action")
    tell("""An allow list in its place lets through what it names, and only that. The log archive of this organization lives with one.""")
    aws("organizations", "attach-policy", "--policy-id", policies["log-archive-only"], "--target-id", units["Sandbox"])
    aws("sqs", "list-queues", who="anna")
    aws("swf", "list-domains", "--registration-status", "REGISTERED", who="anna", fails="because no service control policy allows")
