"""Policy types, documents and attachments."""

import json

import pytest
from organizations.policy_trees import Tree, allow, refusal

MALFORMED = (
    "MalformedPolicyDocumentException",
    None,
    "The provided policy document does not meet the requirements of the specified policy type.",
)
TYPES = [
    "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY", "BACKUP_POLICY", "AISERVICES_OPT_OUT_POLICY",
    "CHATBOT_POLICY", "DECLARATIVE_POLICY_EC2", "UPGRADE_ROLLOUT_POLICY", "BEDROCK_POLICY", "S3_POLICY",
    "NETWORK_SECURITY_DIRECTOR_POLICY",
]
NEEDING_A_SERVICE = {
    "SECURITYHUB_POLICY": "securityhub.amazonaws.com",
    "SECURITYHUB_CSPM_POLICY": "securityhub.amazonaws.com",
    "INSPECTOR_POLICY": "inspector2.amazonaws.com",
    "GUARDDUTY_POLICY": "guardduty.amazonaws.com",
}
FULL, FULL_RCP = "p-FullAWSAccess", "p-RCPFullAWSAccess"
REGIONS = {"enable_in_regions": {"@@assign": ["us-east-1"]}, "disable_in_regions": {"@@assign": []}}
DOCUMENTS = {
    "SERVICE_CONTROL_POLICY": json.loads(allow("ec2:*", effect="Deny")),
    "RESOURCE_CONTROL_POLICY": {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}],
    },
    "TAG_POLICY": {"tags": {"CostCenter": {"tag_value": {"@@assign": ["a*", "b"]}}}},
    "BACKUP_POLICY": {"plans": {"daily": {"regions": {"@@assign": ["us-east-1"]}}}},
    "AISERVICES_OPT_OUT_POLICY": {"services": {"default": {"opt_out_policy": {"@@assign": "optOut"}}}},
    "CHATBOT_POLICY": {"chatbot": {"platforms": {"slack": {"client": {"@@assign": "disabled"}}}}},
    "DECLARATIVE_POLICY_EC2": {"ec2_attributes": {"serial_console_access": {"status": {"@@assign": "disabled"}}}},
    "SECURITYHUB_POLICY": {"securityhub": REGIONS},
    "SECURITYHUB_CSPM_POLICY": {"securityhub_cspm": REGIONS},
    "INSPECTOR_POLICY": {"inspector": {"enablement": {"ec2_scanning": REGIONS}}},
    "UPGRADE_ROLLOUT_POLICY": {"upgrade_rollout": {"default": {"patch_order": {"@@assign": "last"}}}},
    "BEDROCK_POLICY": {"bedrock": {"guardrail_inference": {"us-east-1": {"config_1": {"identifier": {"@@assign": "x"}}}}}},
    "S3_POLICY": {"s3_attributes": {"public_access_block_configuration": {"@@assign": "all"}}},
    "NETWORK_SECURITY_DIRECTOR_POLICY": {"network_security_director": {"enablement": {"network_security_scan": REGIONS}}},
    "GUARDDUTY_POLICY": {"guardduty": {"default": {"foundational": {"@@assign": "enabled"}}}},
}


@pytest.fixture(scope="module")
def tree(client, account):
    """An organization that has SCPs, shared by tests that leave it as it was."""
    return Tree(client, account).enable("SERVICE_CONTROL_POLICY")


@pytest.fixture
def fresh(client, account):
    """An organization of the test's own: `fresh("SERVICE_CONTROL_POLICY", features=…)`."""

    def make(*types, features="ALL"):
        return Tree(client, account, features).enable(*types)

    return make


# Types


@pytest.mark.parametrize("type", TYPES)
def test_a_policy_type_is_enabled_and_disabled_in_the_root(fresh, type):
    tree = fresh()
    root = tree.org.enable_policy_type(RootId=tree.root, PolicyType=type)["Root"]
    assert root["PolicyTypes"] == [{"Type": type, "Status": "ENABLED"}]
    assert tree.org.list_roots()["Roots"][0]["PolicyTypes"] == [{"Type": type, "Status": "ENABLED"}]
    assert refusal(tree.org.enable_policy_type, RootId=tree.root, PolicyType=type) == (
        "PolicyTypeAlreadyEnabledException", None, "The specified policy type is already enabled.")
    assert tree.org.disable_policy_type(RootId=tree.root, PolicyType=type)["Root"].get("PolicyTypes") == []
    assert refusal(tree.org.disable_policy_type, RootId=tree.root, PolicyType=type) == (
        "PolicyTypeNotEnabledException", None, "This operation can be performed only for enabled policy types.")


@pytest.mark.parametrize("type, service", NEEDING_A_SERVICE.items())
def test_some_types_need_a_trusted_service_and_hold_it(fresh, type, service):
    tree = fresh()
    code, reason, _ = refusal(tree.org.enable_policy_type, RootId=tree.root, PolicyType=type)
    assert (code, reason) == ("ConstraintViolationException", "SERVICE_ACCESS_NOT_ENABLED")
    tree.org.enable_aws_service_access(ServicePrincipal=service)
    tree.org.enable_policy_type(RootId=tree.root, PolicyType=type)
    code, reason, _ = refusal(tree.org.disable_aws_service_access, ServicePrincipal=service)
    assert (code, reason) == ("ConstraintViolationException", "POLICY_TYPE_ENABLED_FOR_THIS_SERVICE")
    tree.org.disable_policy_type(RootId=tree.root, PolicyType=type)
    tree.org.disable_aws_service_access(ServicePrincipal=service)


def test_enabling_scps_attaches_full_access_to_root_units_and_accounts(fresh):
    tree = fresh()
    unit, member = tree.unit(), tree.member()
    assert tree.attached(unit) == []
    tree.enable("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY")
    later_unit, later_member = tree.unit("later", unit), tree.member()
    for target in (tree.root, unit, later_unit, member.account, later_member.account, tree.management.account):
        assert tree.attached(target) == [FULL]
        assert tree.attached(target, "RESOURCE_CONTROL_POLICY") == [FULL_RCP]


def test_disabling_a_type_detaches_everything_for_good(fresh):
    tree = fresh("SERVICE_CONTROL_POLICY")
    policy = tree.policy(allow("s3:*"))
    unit = tree.unit()
    tree.attach(policy, unit, tree.root)
    tree.org.disable_policy_type(RootId=tree.root, PolicyType="SERVICE_CONTROL_POLICY")
    assert tree.attached(unit) == [] and tree.attached(tree.root) == []
    tree.enable("SERVICE_CONTROL_POLICY")
    assert tree.attached(unit) == [FULL] and tree.attached(tree.root) == [FULL]
    tree.org.delete_policy(PolicyId=policy)


def test_consolidated_billing_has_no_policies(fresh):
    tree = fresh(features="CONSOLIDATED_BILLING")
    assert refusal(tree.org.enable_policy_type, RootId=tree.root, PolicyType="TAG_POLICY")[0] == (
        "PolicyTypeNotAvailableForOrganizationException")
    assert refusal(
        tree.org.create_policy, Name="n", Description="", Type="SERVICE_CONTROL_POLICY", Content=allow()
    )[0] == "PolicyTypeNotAvailableForOrganizationException"
    for call in (tree.org.enable_aws_service_access, tree.org.disable_aws_service_access):
        assert refusal(call, ServicePrincipal="cloudtrail.amazonaws.com")[:2] == (
            "ConstraintViolationException", "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE")


def test_types_and_roots_must_exist(tree):
    assert refusal(tree.org.enable_policy_type, RootId="r-none", PolicyType="TAG_POLICY") == (
        "RootNotFoundException", None, "You specified a root that doesn't exist.")
    code, reason, _ = refusal(tree.org.enable_policy_type, RootId=tree.root, PolicyType="NO_POLICY")
    assert (code, reason.split(":")[0]) == ("InvalidInputException", "INVALID_ENUM_POLICY_TYPE")


# Documents


@pytest.mark.parametrize("type", DOCUMENTS)
def test_every_type_keeps_its_documents_as_they_were_sent(tree, type):
    content = json.dumps(DOCUMENTS[type], indent=2)
    made = tree.org.create_policy(
        Name=f"kept {type}", Description="as sent", Type=type, Content=content, Tags=[{"Key": "k", "Value": "v"}]
    )["Policy"]
    summary = made["PolicySummary"]
    assert made["Content"] == content
    assert summary == {
        "Id": summary["Id"],
        "Arn": f"arn:aws:organizations::{tree.management.account}:policy/{tree.id}/{type.lower()}/{summary['Id']}",
        "Name": f"kept {type}", "Description": "as sent", "Type": type, "AwsManaged": False,
    }
    assert tree.org.describe_policy(PolicyId=summary["Id"])["Policy"] == made
    assert summary in tree.org.list_policies(Filter=type)["Policies"]
    assert tree.org.list_tags_for_resource(ResourceId=summary["Id"])["Tags"] == [{"Key": "k", "Value": "v"}]
    tree.org.delete_policy(PolicyId=summary["Id"])
    assert refusal(tree.org.describe_policy, PolicyId=summary["Id"]) == (
        "PolicyNotFoundException", None, "You specified a policy that doesn't exist.")
    assert refusal(tree.org.list_tags_for_resource, ResourceId=summary["Id"])[0] == "TargetNotFoundException"


@pytest.mark.parametrize("type", [name for name in DOCUMENTS if not name.endswith("CONTROL_POLICY")])
@pytest.mark.parametrize("document", [
    "no json", "[]", "{}", '{"other": {}}', '{"Version": "2012-10-17", "Statement": []}',
])
def test_a_management_policy_has_its_types_member_at_the_top(tree, type, document):
    assert refusal(tree.org.create_policy, Name="n", Description="", Type=type, Content=document) == MALFORMED


@pytest.mark.parametrize("tags", [
    # What AWS was recorded to refuse …
    {"key": {"tag_value": {"@@assign": [{"x": "y"}]}}},
    {"key": {"tag_key": {"@@assign": 12}}},
    {"key": {"tag_key": {"@@assign": "other"}}},
    {"": {}},
    {"key": {"tag_value": {"@@assign": ["a*b*"]}}},
    {"key": {"enforced_for": {"@@assign": ["imaginary:thing"]}}},
    {"key": {"enforced_for": {"@@assign": ["iam:role"]}}},
    {"key": {"tag_key": "key"}},
    {"key": {"unknown": {"@@assign": "key"}}},
    {"key": {"tag_key": {"@@append": ["key"]}}},
    {"key": {"tag_key": {"@@operators_allowed_for_child_policies": ["@@wrong"]}}},
    {"@@operators_allowed_for_child_policies": ["@@none", "@@remove"]},
    {"@@operators_allowed_for_child_policies": ["@@assign", "@@assign"]},
    {"@@assign": ["value"]},
    {"key": {"tag_value": {"@@unknown": ["value"]}}},
    {"key": {"tag_value": {"@@append": "value"}}},
    {"key": {}, "KEY": {}},
])
def test_a_broken_tag_policy_is_refused(tree, tags):
    content = json.dumps({"tags": tags})
    assert refusal(tree.org.create_policy, Name="n", Description="", Type="TAG_POLICY", Content=content) == MALFORMED


@pytest.mark.parametrize("content", [
    # … and what it was recorded to take.
    {"tags": {}},
    {"tags": {"key": {}}},
    {"tags": {"key": {"tag_value": {"@@assign": [12, True, None]}}}},
    {"tags": {"key": {"tag_value": {"@@assign": ["a"], "@@append": ["b"]}}}},
    {"tags": {"@@operators_allowed_for_child_policies": ["@@none"], "key": {"tag_value": {"@@assign": ["red"]}}}},
    {"tags": {"@@operators_allowed_for_child_policies": ["@@all", "@@assign"]}},
    {"tags": {}, "@@assign": None},
    {"tags": {}, "@@append": "value"},
    {"tags": {"key": {"enforced_for": {"@@assign": ["sqs:queue", "iam:ALL_SUPPORTED"]}}}},
])
def test_a_tag_policy_within_the_rules_is_taken(tree, content):
    policy = tree.policy(content, "TAG_POLICY")
    tree.org.delete_policy(PolicyId=policy)


@pytest.mark.parametrize("type, content", [
    ("SERVICE_CONTROL_POLICY", {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*"}]}),
    ("SERVICE_CONTROL_POLICY", {"Statement": [{"Effect": "allow", "Action": "*", "Resource": "*"}]}),
    ("SERVICE_CONTROL_POLICY", {"Statement": [{"Effect": "Allow", "Resource": "*"}]}),
    ("SERVICE_CONTROL_POLICY", {"Statement": [{"Effect": "Allow", "Action": "*"}]}),
    ("RESOURCE_CONTROL_POLICY", {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}),
    ("RESOURCE_CONTROL_POLICY", {"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}]}),
    ("RESOURCE_CONTROL_POLICY", {"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "sns:*", "Resource": "*"}]}),
    ("RESOURCE_CONTROL_POLICY", {"Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}),
    ("RESOURCE_CONTROL_POLICY", {"Statement": [{"Effect": "Deny", "Principal": "*", "NotAction": "s3:*", "Resource": "*"}]}),
    ("AISERVICES_OPT_OUT_POLICY", {"services": {"default": {"opt_out_policy": {"@@assign": "maybe"}}}}),
    ("AISERVICES_OPT_OUT_POLICY", {"services": {"default": {"other": {"@@assign": "optIn"}}}}),
    ("S3_POLICY", {"s3_attributes": {"public_access_block_configuration": {"@@assign": "some"}}}),
    ("BACKUP_POLICY", {"plans": {"daily": {"regions": {"@@assign": "us-east-1"}}}}),
    ("BACKUP_POLICY", {"plans": {"daily": {"selections": {"tags": {"s": {"tag_value": {"@@append": []}}}}}}}),
    ("GUARDDUTY_POLICY", {"guardduty": {}}),
    ("CHATBOT_POLICY", {"chatbot": {"platforms": {"slack": {"client": {"@@assign": "on"}}}}}),
    ("DECLARATIVE_POLICY_EC2", {"ec2_attributes": {"vpc_block_public_access": {"state": {"@@assign": "disabled"}}}}),
])
def test_a_document_against_its_types_rules_is_refused(tree, type, content):
    content = json.dumps({"Version": "2012-10-17", **content} if "Statement" in content else content)
    assert refusal(tree.org.create_policy, Name="n", Description="", Type=type, Content=content) == MALFORMED


RCP = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}


@pytest.mark.parametrize("type, content", [
    ("SERVICE_CONTROL_POLICY", {"Statement": {"Effect": "Allow", "NotAction": ["iam:*"], "Resource": "*"}}),
    ("SERVICE_CONTROL_POLICY", {"Statement": [{"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::b/*"}]}),
    ("SERVICE_CONTROL_POLICY", {"Version": "2008-10-17", "Statement": [
        {"Sid": "a b", "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b",
         "Condition": {"Bool": {"aws:SecureTransport": True}}}]}),
    # Recorded from AWS.
    ("RESOURCE_CONTROL_POLICY", {"Statement": [RCP]}),
    ("RESOURCE_CONTROL_POLICY", {"Version": "2008-10-17", "Statement": RCP}),
    ("RESOURCE_CONTROL_POLICY", {"Statement": [{**RCP, "Principal": {"AWS": "*"}}]}),
    ("RESOURCE_CONTROL_POLICY", {"Statement": [{**RCP, "Action": ["S3:GetObject", "s3:NoSuchAction"]}]}),
    ("RESOURCE_CONTROL_POLICY", {"Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "NotResource": "arn:aws:sqs:*:*:public"}]}),
])
def test_authorization_policies_that_aws_takes(tree, type, content):
    tree.org.delete_policy(PolicyId=tree.policy(content, type))


@pytest.mark.parametrize("type, limit", [
    ("SERVICE_CONTROL_POLICY", 10_240), ("RESOURCE_CONTROL_POLICY", 5_120), ("TAG_POLICY", 10_000),
    ("AISERVICES_OPT_OUT_POLICY", 2_500), ("BACKUP_POLICY", 10_000),
])
def test_documents_have_a_longest_length_with_their_white_space(tree, type, limit):
    text = json.dumps(DOCUMENTS[type])
    policy = tree.policy(text + " " * (limit - len(text)), type)
    code, reason, _ = refusal(
        tree.org.create_policy, Name="n", Description="", Type=type, Content=text + " " * (limit + 1 - len(text)))
    assert (code, reason) == ("ConstraintViolationException", "POLICY_CONTENT_LIMIT_EXCEEDED")
    assert refusal(tree.org.update_policy, PolicyId=policy, Content="{}") == MALFORMED
    tree.org.delete_policy(PolicyId=policy)


def test_an_organization_has_a_thousand_tag_policies_at_most(fresh):
    tree = fresh()
    for number in range(1000):
        tree.policy('{"tags":{}}', "TAG_POLICY", f"tags {number}")
    code, reason, _ = refusal(
        tree.org.create_policy, Name="one more", Description="", Type="TAG_POLICY", Content='{"tags":{}}')
    assert (code, reason) == ("ConstraintViolationException", "POLICY_NUMBER_LIMIT_EXCEEDED")
    tree.policy(DOCUMENTS["S3_POLICY"], "S3_POLICY")
    pages = tree.org.get_paginator("list_policies").paginate(Filter="TAG_POLICY")
    assert len({policy["Id"] for page in pages for policy in page["Policies"]}) == 1000


def test_names_are_unique_within_a_type(tree):
    first, other = tree.policy(allow(), name="a name"), tree.policy(allow(), name="another")
    duplicate = ("DuplicatePolicyException", None, "A policy with the specified name and type already exists.")
    create = {"Description": "", "Type": "SERVICE_CONTROL_POLICY", "Content": allow()}
    assert refusal(tree.org.create_policy, Name="a name", **create) == duplicate
    assert refusal(tree.org.create_policy, Name="FullAWSAccess", **create) == duplicate
    assert refusal(tree.org.update_policy, PolicyId=other, Name="a name") == duplicate
    tree.org.update_policy(PolicyId=other, Name="another")
    tags = tree.policy(DOCUMENTS["TAG_POLICY"], "TAG_POLICY", "a name")
    for policy in (first, other, tags):
        tree.org.delete_policy(PolicyId=policy)


def test_an_update_answers_what_was_asked_and_ignores_an_empty_description(tree):
    policy = tree.policy(allow(), name="before")
    tree.org.update_policy(PolicyId=policy, Description="told")
    answer = tree.org.update_policy(PolicyId=policy, Name="after", Description="")["Policy"]
    assert (answer["PolicySummary"]["Name"], answer["PolicySummary"]["Description"]) == ("after", "")
    answer = tree.org.update_policy(PolicyId=policy, Content=allow("s3:*"))["Policy"]
    assert answer["Content"] == allow("s3:*") and "Name" not in answer["PolicySummary"]
    now = tree.org.describe_policy(PolicyId=policy)["Policy"]
    assert now["Content"] == allow("s3:*")
    assert (now["PolicySummary"]["Name"], now["PolicySummary"]["Description"]) == ("after", "told")
    tree.org.delete_policy(PolicyId=policy)


def test_the_policies_of_aws_are_shown_and_never_changed(tree):
    summary = {
        "Id": FULL, "Arn": f"arn:aws:organizations::aws:policy/service_control_policy/{FULL}", "Name": "FullAWSAccess",
        "Description": "Allows access to every operation", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": True,
    }
    described = tree.org.describe_policy(PolicyId=FULL)["Policy"]
    assert described["PolicySummary"] == summary
    assert described["Content"] == json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}, indent=2)
    assert summary in tree.org.list_policies(Filter="SERVICE_CONTROL_POLICY")["Policies"]
    rcps = tree.org.list_policies(Filter="RESOURCE_CONTROL_POLICY")["Policies"]
    assert [(rcp["Name"], rcp["AwsManaged"]) for rcp in rcps] == [("RCPFullAWSAccess", True)]
    for policy in (FULL, FULL_RCP):
        for call in (tree.org.update_policy, tree.org.delete_policy):
            assert refusal(call, PolicyId=policy)[:2] == ("InvalidInputException", "IMMUTABLE_POLICY")
        assert refusal(
            tree.org.tag_resource, ResourceId=policy, Tags=[{"Key": "k", "Value": "v"}])[0] == "TargetNotFoundException"


# Attachments


def test_a_policy_is_attached_listed_from_both_sides_and_detached(tree):
    unit, member = tree.unit("attached"), tree.member("the member")
    policy = tree.policy(allow("s3:*"))
    tree.attach(policy, tree.root, unit, member.account)
    targets = tree.org.list_targets_for_policy(PolicyId=policy)["Targets"]
    prefix = f"arn:aws:organizations::{tree.management.account}:"
    assert sorted(targets, key=lambda target: target["Type"]) == [
        {"TargetId": member.account, "Arn": f"{prefix}account/{tree.id}/{member.account}", "Name": "the member",
         "Type": "ACCOUNT"},
        {"TargetId": unit, "Arn": f"{prefix}ou/{tree.id}/{unit}", "Name": "attached", "Type": "ORGANIZATIONAL_UNIT"},
        {"TargetId": tree.root, "Arn": f"{prefix}root/{tree.id}/{tree.root}", "Name": "Root", "Type": "ROOT"},
    ]
    assert set(tree.attached(unit)) == {FULL, policy}
    assert refusal(tree.org.attach_policy, PolicyId=policy, TargetId=unit) == (
        "DuplicatePolicyAttachmentException", None, "A policy with the specified name and type already exists.")
    code, _, message = refusal(tree.org.delete_policy, PolicyId=policy)
    assert code == "PolicyInUseException" and message.startswith("The policy is attached to one or more entities.")
    for target in (tree.root, unit, member.account):
        tree.org.detach_policy(PolicyId=policy, TargetId=target)
    assert refusal(tree.org.detach_policy, PolicyId=policy, TargetId=unit)[0] == "PolicyNotAttachedException"
    assert tree.org.list_targets_for_policy(PolicyId=policy)["Targets"] == []
    tree.org.delete_policy(PolicyId=policy)


def test_pages_of_policies_and_targets(fresh):
    tree = fresh("TAG_POLICY")
    policy = tree.policy('{"tags":{}}', "TAG_POLICY")
    units = {tree.unit(f"unit {number}") for number in range(5)}
    tree.attach(policy, *units)
    pages = list(tree.org.get_paginator("list_targets_for_policy").paginate(PolicyId=policy, PaginationConfig={"PageSize": 2}))
    assert [len(page["Targets"]) for page in pages] == [2, 2, 1]
    assert {target["TargetId"] for page in pages for target in page["Targets"]} == units
    token = pages[0]["NextToken"]
    for bad in ("", "bad"):
        assert refusal(tree.org.list_targets_for_policy, PolicyId=policy, NextToken=bad)[:2] == (
            "InvalidInputException", "INVALID_NEXT_TOKEN")
    assert refusal(tree.org.list_policies, Filter="TAG_POLICY", NextToken=token)[1] == "INVALID_NEXT_TOKEN"


def test_a_type_must_be_enabled_before_its_policies_are_attached(fresh):
    tree = fresh()
    policy = tree.policy(allow())
    assert refusal(tree.org.attach_policy, PolicyId=policy, TargetId=tree.root) == (
        "PolicyTypeNotEnabledException", None, "This operation can be performed only for enabled policy types.")


def test_policies_and_targets_must_exist(tree):
    policy = tree.policy(allow())
    for call in (tree.org.attach_policy, tree.org.detach_policy):
        assert refusal(call, PolicyId="p-12345678", TargetId=tree.root)[0] == "PolicyNotFoundException"
        for target in ("r-none", "ou-none-12345678", "123456789012"):
            assert refusal(call, PolicyId=policy, TargetId=target) == (
                "TargetNotFoundException", None, "You specified a target that doesn't exist.")
    assert refusal(tree.org.list_targets_for_policy, PolicyId="p-12345678")[0] == "PolicyNotFoundException"
    assert refusal(
        tree.org.list_policies_for_target, TargetId="ou-none-12345678", Filter="TAG_POLICY")[0] == "TargetNotFoundException"
    code, reason, _ = refusal(tree.org.attach_policy, PolicyId=policy, TargetId="nonsense")
    assert (code, reason.split(":")[0]) == ("InvalidInputException", "INVALID_PATTERN_TARGET_ID")
    code, reason, _ = refusal(tree.org.describe_policy, PolicyId="nonsense")
    assert (code, reason.split(":")[0]) == ("InvalidInputException", "INVALID_PATTERN")
    tree.org.delete_policy(PolicyId=policy)


def test_everything_keeps_at_least_one_scp(fresh):
    tree = fresh("SERVICE_CONTROL_POLICY")
    unit, member = tree.unit(), tree.member()
    policy = tree.policy(allow("s3:*"))
    for target in (tree.root, unit, member.account):
        assert refusal(tree.org.detach_policy, PolicyId=FULL, TargetId=target) == (
            "ConstraintViolationException", "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
            "You cannot remove the last policy attached to the specified target. You must have at least one attached at "
            "all times.")
        tree.attach(policy, target)
        tree.org.detach_policy(PolicyId=FULL, TargetId=target)
        assert tree.attached(target) == [policy]
        assert refusal(tree.org.detach_policy, PolicyId=policy, TargetId=target)[1] == (
            "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED")


def test_full_access_for_resources_is_never_detached(fresh):
    tree = fresh("RESOURCE_CONTROL_POLICY")
    tree.attach(tree.policy(DOCUMENTS["RESOURCE_CONTROL_POLICY"], "RESOURCE_CONTROL_POLICY"), tree.root)
    assert refusal(tree.org.detach_policy, PolicyId=FULL_RCP, TargetId=tree.root)[:2] == (
        "InvalidInputException", "NON_DETACHABLE_POLICY")


@pytest.mark.parametrize("type, most", [
    ("SERVICE_CONTROL_POLICY", 10), ("RESOURCE_CONTROL_POLICY", 5), ("TAG_POLICY", 10), ("S3_POLICY", 5),
])
def test_so_many_policies_of_a_type_can_be_attached(fresh, type, most):
    tree = fresh(type)
    present = len(tree.attached(tree.root, type))
    for _ in range(most - present):
        tree.attach(tree.policy(DOCUMENTS[type], type), tree.root)
    policy = tree.policy(DOCUMENTS[type], type)
    assert refusal(tree.org.attach_policy, PolicyId=policy, TargetId=tree.root) == (
        "ConstraintViolationException", "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
        "You have attached the maximum number of policies to the specified target.")
    tree.attach(policy, tree.unit())


# Who may


def test_members_and_strangers_may_not_see_or_change_policies(tree, client, account):
    member = tree.of(tree.member())
    stranger = client("organizations", account())
    policy = tree.policy(allow())
    calls = [
        ("describe_policy", {"PolicyId": policy}), ("list_policies", {"Filter": "TAG_POLICY"}),
        ("attach_policy", {"PolicyId": policy, "TargetId": tree.root}), ("delete_policy", {"PolicyId": policy}),
        ("enable_policy_type", {"RootId": tree.root, "PolicyType": "TAG_POLICY"}),
        ("create_policy", {"Name": "n", "Description": "", "Type": "TAG_POLICY", "Content": '{"tags":{}}'}),
    ]
    for name, parameters in calls:
        assert refusal(getattr(member, name), **parameters) == (
            "AccessDeniedException", None, "You don't have permissions to access this resource.")
        assert refusal(getattr(stranger, name), **parameters)[0] == "AWSOrganizationsNotInUseException"
    tree.org.delete_policy(PolicyId=policy)


def test_a_user_needs_the_permission_and_conditions_on_the_type_hold(tree, client, iam_user):
    statement = {
        "Effect": "Allow", "Action": "organizations:*", "Resource": "*",
        "Condition": {"StringEquals": {"organizations:PolicyType": "TAG_POLICY"}},
    }
    org = client("organizations", iam_user(tree.management, statement))
    made = org.create_policy(Name="by the user", Description="", Type="TAG_POLICY", Content='{"tags":{}}')["Policy"]
    policy = made["PolicySummary"]["Id"]
    assert org.describe_policy(PolicyId=policy)["Policy"] == made
    assert refusal(org.describe_policy, PolicyId=FULL)[0] == "AccessDeniedException"
    code, _, message = refusal(
        org.create_policy, Name="n", Description="", Type="SERVICE_CONTROL_POLICY", Content=allow())
    assert code == "AccessDeniedException" and "organizations:CreatePolicy" in message
    org.delete_policy(PolicyId=policy)


def test_the_command_line_sees_the_same(tree, aws):
    answer = aws("organizations", "list-policies", "--filter", "SERVICE_CONTROL_POLICY", creds=tree.management)
    assert FULL in [policy["Id"] for policy in answer.json["Policies"]]


def test_policies_survive_a_restart(server, client, account):
    running = server()
    tree = Tree(client, account, at=running.endpoint).enable("SERVICE_CONTROL_POLICY", "TAG_POLICY")
    unit = tree.unit()
    policy = tree.policy(allow("s3:*"), Tags=[{"Key": "k", "Value": "v"}])
    tags = tree.policy(DOCUMENTS["TAG_POLICY"], "TAG_POLICY")
    tree.attach(policy, unit)
    tree.attach(tags, tree.root)
    tree.org.enable_aws_service_access(ServicePrincipal="cloudtrail.amazonaws.com")
    member = tree.member()
    tree.org.register_delegated_administrator(
        AccountId=member.account, ServicePrincipal="cloudtrail.amazonaws.com")
    tree.org.put_resource_policy(Content=json.dumps({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"AWS": member.account}, "Action": "organizations:ListPolicies", "Resource": "*"}]}))

    def state():
        org = client("organizations", tree.management, at=running.endpoint)
        effective = org.describe_effective_policy(PolicyType="TAG_POLICY", TargetId=member.account)["EffectivePolicy"]
        return [
            org.list_roots()["Roots"], org.list_policies_for_target(TargetId=unit, Filter="SERVICE_CONTROL_POLICY")["Policies"],
            org.list_tags_for_resource(ResourceId=policy)["Tags"], effective,
            org.list_delegated_administrators()["DelegatedAdministrators"],
            org.describe_resource_policy()["ResourcePolicy"],
            org.list_aws_service_access_for_organization()["EnabledServicePrincipals"],
        ]

    before = state()
    running.stop()
    running.start()
    assert state() == before
