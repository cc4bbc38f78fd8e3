"""Managed, inline and attached policies, boundaries, and what they do to calls."""

import json

import pytest

from iam.helpers import DOCUMENT, document, refused, trust


@pytest.fixture
def root(account):
    return account()


@pytest.fixture
def iam(client, root):
    return client("iam", root)


def test_a_managed_policy_has_at_most_five_versions(iam):
    policy = iam.create_policy(PolicyName="p", PolicyDocument=DOCUMENT, Description="d")["Policy"]
    arn = policy["Arn"]
    assert (policy["DefaultVersionId"], policy["AttachmentCount"]) == ("v1", 0)
    for number in range(2, 6):
        assert iam.create_policy_version(PolicyArn=arn, PolicyDocument=DOCUMENT)["PolicyVersion"]["VersionId"] == f"v{number}"
    refused(
        "LimitExceeded", "A managed policy can have up to 5 versions", iam.create_policy_version, PolicyArn=arn,
        PolicyDocument=DOCUMENT,
    )
    refused("DeleteConflict", "Cannot delete the default version of a policy.", iam.delete_policy_version, PolicyArn=arn, VersionId="v1")
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v3")
    iam.delete_policy_version(PolicyArn=arn, VersionId="v1")
    assert [v["VersionId"] for v in iam.list_policy_versions(PolicyArn=arn)["Versions"]] == ["v5", "v4", "v3", "v2"]
    # A number is never used again.
    assert iam.create_policy_version(PolicyArn=arn, PolicyDocument=DOCUMENT)["PolicyVersion"]["VersionId"] == "v6"
    refused("DeleteConflict", "This policy has more than one version.", iam.delete_policy, PolicyArn=arn)


def test_a_document_reads_back_as_it_was_written(iam):
    text = '{ "Version": "2012-10-17",\n  "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/ä +%"} }'
    arn = iam.create_policy(PolicyName="p", PolicyDocument=text)["Policy"]["Arn"]
    assert iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]["Document"] == json.loads(text)


@pytest.mark.parametrize(
    "text, message",
    [
        ("{", "Syntax errors in policy."),
        (document({"Effect": "Allow", "Resource": "*"}), "Policy statement must contain actions."),
        (document({"Effect": "Allow", "Action": "sqs:*"}), "Policy statement must contain resources."),
        (document({"Effect": "Allow", "Action": "sqs", "Resource": "*"}), "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
        (document({"Effect": "Allow", "Action": "sqs:*", "Resource": "bucket"}), 'Resource bucket must be in ARN format or "*".'),
    ],
)
def test_bad_documents_are_refused_in_aws_words(iam, text, message):
    refused("MalformedPolicyDocument", message, iam.create_policy, PolicyName="p", PolicyDocument=text)


def test_attaching_counts_and_protects(iam, root):
    arn = iam.create_policy(PolicyName="p", PolicyDocument=DOCUMENT)["Policy"]["Arn"]
    iam.create_user(UserName="u")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}))
    iam.attach_user_policy(UserName="u", PolicyArn=arn)
    iam.attach_role_policy(RoleName="r", PolicyArn=arn)
    assert iam.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"] == 2
    entities = iam.list_entities_for_policy(PolicyArn=arn)
    assert [u["UserName"] for u in entities["PolicyUsers"]] == ["u"]
    assert [r["RoleName"] for r in entities["PolicyRoles"]] == ["r"]
    refused("DeleteConflict", "Cannot delete a policy attached to entities.", iam.delete_policy, PolicyArn=arn)
    missing = f"arn:aws:iam::{root.account}:policy/none"
    refused("NoSuchEntity", f"Policy {missing} does not exist or is not attachable.", iam.attach_user_policy, UserName="u", PolicyArn=missing)
    refused("NoSuchEntity", f"Policy {missing} was not found.", iam.detach_user_policy, UserName="u", PolicyArn=missing)


def test_ten_policies_can_be_attached(iam):
    iam.create_user(UserName="u")
    for number in range(11):
        arn = iam.create_policy(PolicyName=f"p{number}", PolicyDocument=DOCUMENT)["Policy"]["Arn"]
        if number < 10:
            iam.attach_user_policy(UserName="u", PolicyArn=arn)
    refused("LimitExceeded", "Cannot exceed quota for PoliciesPerUser: 10", iam.attach_user_policy, UserName="u", PolicyArn=arn)


def test_inline_policies_have_a_size_together(iam):
    iam.create_user(UserName="u")
    long = document({"Effect": "Allow", "Action": "sqs:*", "Resource": [f"arn:aws:sqs:*:*:{'q' * 50}{n}" for n in range(20)]})
    iam.put_user_policy(UserName="u", PolicyName="a", PolicyDocument=long)
    refused(
        "LimitExceeded", "Maximum policy size of 2048 bytes exceeded for user u", iam.put_user_policy, UserName="u",
        PolicyName="b", PolicyDocument=long,
    )
    assert iam.list_user_policies(UserName="u")["PolicyNames"] == ["a"]
    assert iam.get_user_policy(UserName="u", PolicyName="a")["PolicyDocument"] == json.loads(long)
    iam.delete_user_policy(UserName="u", PolicyName="a")
    refused("NoSuchEntity", "The user policy with name a cannot be found.", iam.get_user_policy, UserName="u", PolicyName="a")


def test_awss_own_policies_are_there_and_are_awss(iam):
    arn = "arn:aws:iam::aws:policy/AdministratorAccess"
    version = iam.get_policy_version(PolicyArn=arn, VersionId=iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"])
    assert version["PolicyVersion"]["Document"]["Statement"][0]["Action"] == "*"
    names = {p["PolicyName"] for page in iam.get_paginator("list_policies").paginate(Scope="AWS") for p in page["Policies"]}
    assert {"ReadOnlyAccess", "PowerUserAccess", "AWSLambdaBasicExecutionRole", "AmazonS3FullAccess"} <= names
    refused("AccessDenied", "is not authorized to perform: iam:DeletePolicy", iam.delete_policy, PolicyArn=arn)


def test_a_group_gives_its_permissions_to_its_users(iam, client, root, iam_user):
    user = iam_user(root, name="u")
    own = client("iam", user)
    message = (
        f"User: {user.arn} is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::{root.account}:user/ "
        "because no identity-based policy allows the iam:ListUsers action"
    )
    refused("AccessDenied", message, own.list_users)
    iam.create_group(GroupName="g")
    iam.attach_group_policy(GroupName="g", PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
    iam.add_user_to_group(GroupName="g", UserName="u")
    assert [u["UserName"] for u in own.list_users()["Users"]] == ["u"]
    iam.remove_user_from_group(GroupName="g", UserName="u")
    refused("AccessDenied", "", own.list_users)


def test_a_boundary_limits(iam, client, root, iam_user):
    user = iam_user(root, {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}, name="u")
    boundary = iam.create_policy(
        PolicyName="b", PolicyDocument=document({"Effect": "Allow", "Action": "iam:List*", "Resource": "*"})
    )["Policy"]["Arn"]
    iam.put_user_permissions_boundary(UserName="u", PermissionsBoundary=boundary)
    own = client("iam", user)
    own.list_users()
    refused("AccessDenied", "because no permissions boundary allows the iam:GetUser action", own.get_user)
    assert iam.get_user(UserName="u")["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary
    assert iam.get_policy(PolicyArn=boundary)["Policy"]["PermissionsBoundaryUsageCount"] == 1
    iam.delete_user_permissions_boundary(UserName="u")
    own.get_user()


def test_conditions_of_iams_own_keys(iam, client, root, iam_user):
    allowed = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"
    user = iam_user(
        root,
        [
            {"Effect": "Allow", "Action": "iam:AttachUserPolicy", "Resource": "*", "Condition": {"ArnEquals": {"iam:PolicyARN": allowed}}},
            {"Effect": "Allow", "Action": "iam:CreateUser", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestTag/team": "red"}}},
            {"Effect": "Allow", "Action": "iam:DeleteUser", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/team": "red"}}},
        ],
        name="u",
    )
    own = client("iam", user)
    own.attach_user_policy(UserName="u", PolicyArn=allowed)
    refused("AccessDenied", "", own.attach_user_policy, UserName="u", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    refused("AccessDenied", "", own.create_user, UserName="x", Tags=[{"Key": "team", "Value": "blue"}])
    own.create_user(UserName="x", Tags=[{"Key": "team", "Value": "red"}])
    own.delete_user(UserName="x")
    iam.create_user(UserName="y")
    refused("AccessDenied", "", own.delete_user, UserName="y")


def test_simulating_policies(iam, root):
    answer = iam.simulate_custom_policy(
        PolicyInputList=[DOCUMENT], ActionNames=["sqs:SendMessage", "s3:GetObject"]
    )["EvaluationResults"]
    assert [(r["EvalActionName"], r["EvalDecision"]) for r in answer] == [("sqs:SendMessage", "allowed"), ("s3:GetObject", "implicitDeny")]
    iam.create_user(UserName="u")
    iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=document({"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}))
    arn = f"arn:aws:iam::{root.account}:user/u"
    answer = iam.simulate_principal_policy(PolicySourceArn=arn, PolicyInputList=[DOCUMENT], ActionNames=["sqs:SendMessage"])
    assert answer["EvaluationResults"][0]["EvalDecision"] == "explicitDeny"
    assert answer["EvaluationResults"][0]["MatchedStatements"][0]["SourcePolicyId"] == "user_u_p"
    keys = iam.get_context_keys_for_custom_policy(
        PolicyInputList=[document({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}})]
    )
    assert keys["ContextKeyNames"] == ["aws:SecureTransport"]
