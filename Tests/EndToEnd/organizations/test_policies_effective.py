"""Effective policies: what is attached from the root down to an account, merged by the inheritance operators."""

import json

import pytest
from organizations.policy_trees import Tree, refusal

NOT_ENABLED = (
    "EffectivePolicyNotFoundException", None,
    "The specified policy type is not enabled. Enable that policy type on your organization root and then retry.",
)


@pytest.fixture
def tree(client, account):
    return Tree(client, account)


def effective(org, type="TAG_POLICY", **parameters):
    answer = org.describe_effective_policy(PolicyType=type, **parameters)["EffectivePolicy"]
    return json.loads(answer["PolicyContent"])


def values(tree, member, key):
    """The values and the key's spelling that a member's effective tag policy has for a tag."""
    rule = effective(tree.org, TargetId=member.account)["tags"].get(key)
    return rule and (rule["tag_value"], rule["tag_key"])


def test_an_account_sees_its_own_and_delegates_see_all(tree):
    member, other = tree.member(), tree.member()
    assert refusal(tree.of(member).describe_effective_policy, PolicyType="TAG_POLICY") == NOT_ENABLED
    tree.enable("TAG_POLICY")
    own = tree.of(member).describe_effective_policy(PolicyType="TAG_POLICY")["EffectivePolicy"]
    assert (own["PolicyContent"], own["TargetId"], own["PolicyType"]) == ("{}", member.account, "TAG_POLICY")
    assert effective(tree.org) == {} and effective(tree.org, TargetId=other.account) == {}
    assert refusal(
        tree.of(member).describe_effective_policy, PolicyType="TAG_POLICY", TargetId=other.account
    ) == ("AccessDeniedException", None, "You don't have permissions to access this resource.")
    tree.org.enable_aws_service_access(ServicePrincipal="tagpolicies.tag.amazonaws.com")
    tree.org.register_delegated_administrator(
        AccountId=member.account, ServicePrincipal="tagpolicies.tag.amazonaws.com")
    assert effective(tree.of(member), TargetId=other.account) == {}


def test_only_accounts_have_effective_policies_and_only_of_management_types(tree):
    assert refusal(tree.org.describe_effective_policy, PolicyType="TAG_POLICY", TargetId=tree.root) == (
        "InvalidInputException", "TARGET_NOT_SUPPORTED", "You specified a target that is not currently supported.")
    assert refusal(tree.org.describe_effective_policy, PolicyType="TAG_POLICY", TargetId="123456789012") == (
        "TargetNotFoundException", None, "You specified a target that doesn't exist.")
    code, reason, _ = refusal(tree.org.describe_effective_policy, PolicyType="SERVICE_CONTROL_POLICY")
    assert (code, reason.split(":")[0]) == ("InvalidInputException", "INVALID_ENUM_POLICY_TYPE")


def test_the_levels_are_merged_from_the_root_to_the_account(tree):
    tree.enable("TAG_POLICY")
    unit, member, outside = tree.unit(), tree.member(), tree.member()
    tree.move(member, unit)
    tree.attach(tree.policy({"tags": {"CostCenter": {
        "tag_key": {"@@assign": "CostCenter"}, "tag_value": {"@@assign": ["Development", "Support"]}}}}, "TAG_POLICY"), tree.root)
    assert values(tree, member, "costcenter") == (["Development", "Support"], "CostCenter")
    tree.attach(tree.policy({"tags": {"CostCenter": {"tag_value": {"@@append": ["Marketing"]}}}}, "TAG_POLICY"), unit)
    assert values(tree, member, "costcenter") == (["Development", "Support", "Marketing"], "CostCenter")
    own = tree.policy({"tags": {"COSTCENTER": {"tag_value": {"@@remove": ["Development"]}}}}, "TAG_POLICY")
    tree.attach(own, member.account)
    assert values(tree, member, "costcenter") == (["Support", "Marketing"], "CostCenter")
    assert values(tree, outside, "costcenter") == (["Development", "Support"], "CostCenter")
    tree.org.update_policy(PolicyId=own, Content=json.dumps(
        {"tags": {"costcenter": {"tag_key": {"@@assign": "costCenter"}, "tag_value": {"@@assign": ["None"]}}}}))
    assert values(tree, member, "costcenter") == (["None"], "costCenter")
    tree.org.detach_policy(PolicyId=own, TargetId=member.account)
    assert values(tree, member, "costcenter") == (["Development", "Support", "Marketing"], "CostCenter")


def test_what_a_parent_locks_stays_locked(tree):
    tree.enable("TAG_POLICY")
    member = tree.member()
    tree.attach(tree.policy({"tags": {
        "project": {
            "tag_key": {"@@operators_allowed_for_child_policies": ["@@none"], "@@assign": "PROJECT"},
            "tag_value": {"@@operators_allowed_for_child_policies": ["@@append"], "@@assign": ["Maintenance"]}},
        "locked": {"tag_value": {"@@operators_allowed_for_child_policies": ["@@none"], "@@assign": ["red"]}}}},
        "TAG_POLICY"), tree.root)
    tree.attach(tree.policy({"tags": {
        "Project": {
            "tag_key": {"@@assign": "Project"},
            "tag_value": {"@@append": ["Escalations"], "@@operators_allowed_for_child_policies": ["@@all"]}},
        "locked": {"tag_value": {"@@assign": ["blue"], "@@append": ["green"]}}}}, "TAG_POLICY"), member.account)
    assert values(tree, member, "project") == (["Maintenance", "Escalations"], "PROJECT")
    assert values(tree, member, "locked") == (["red"], "locked")


def test_on_one_level_the_policy_attached_first_assigns(tree):
    tree.enable("TAG_POLICY")
    member = tree.member()
    assign = [tree.policy({"tags": {"k": {"tag_value": {"@@assign": [color]}}}}, "TAG_POLICY") for color in ("red", "blue")]
    tree.attach(assign[1], tree.root)
    tree.attach(assign[0], tree.root)
    assert values(tree, member, "k") == (["blue"], "k")
    tree.org.detach_policy(PolicyId=assign[1], TargetId=tree.root)
    tree.attach(assign[1], tree.root)
    assert values(tree, member, "k") == (["red"], "k")


def test_moving_an_account_changes_what_it_inherits(tree):
    tree.enable("TAG_POLICY")
    unit, member = tree.unit(), tree.member()
    tree.attach(tree.policy({"tags": {"k": {}}}, "TAG_POLICY"), unit)
    assert effective(tree.org, TargetId=member.account) == {}
    tree.move(member, unit)
    assert values(tree, member, "k") == (["*"], "k")


def test_the_time_is_that_of_the_last_change(tree):
    tree.enable("TAG_POLICY")
    member = tree.member()

    def updated():
        answer = tree.org.describe_effective_policy(PolicyType="TAG_POLICY", TargetId=member.account)
        return answer["EffectivePolicy"]["LastUpdatedTimestamp"]

    first = updated()
    assert updated() == first
    tree.attach(tree.policy({"tags": {"k": {}}}, "TAG_POLICY"), tree.root)
    assert updated() > first


@pytest.mark.parametrize("type, parent, child, merged", [
    ("AISERVICES_OPT_OUT_POLICY",
     {"services": {"default": {"opt_out_policy": {"@@assign": "optOut"}}}},
     {"services": {"lex": {"opt_out_policy": {"@@assign": "optIn"}}}},
     {"services": {"default": {"opt_out_policy": "optOut"}, "lex": {"opt_out_policy": "optIn"}}}),
    ("AISERVICES_OPT_OUT_POLICY",
     {"services": {"@@operators_allowed_for_child_policies": ["@@none"], "default": {
         "@@operators_allowed_for_child_policies": ["@@none"],
         "opt_out_policy": {"@@operators_allowed_for_child_policies": ["@@none"], "@@assign": "optOut"}}}},
     {"services": {"default": {"opt_out_policy": {"@@assign": "optIn"}}, "lex": {"opt_out_policy": {"@@assign": "optIn"}}}},
     {"services": {"default": {"opt_out_policy": "optOut"}}}),
    ("S3_POLICY",
     {"s3_attributes": {"public_access_block_configuration": {"@@assign": "all"}}},
     {"s3_attributes": {"public_access_block_configuration": {"@@assign": "none"}}},
     {"s3_attributes": {"public_access_block_configuration": "none"}}),
    ("DECLARATIVE_POLICY_EC2",
     {"ec2_attributes": {"serial_console_access": {"status": {"@@assign": "disabled"}}}},
     {"ec2_attributes": {"image_block_public_access": {"state": {"@@assign": "block_new_sharing"}}}},
     {"ec2_attributes": {"serial_console_access": {"status": "disabled"},
                         "image_block_public_access": {"state": "block_new_sharing"}}}),
])
def test_other_management_types_are_merged_alike(tree, type, parent, child, merged):
    tree.enable(type)
    member = tree.member()
    tree.attach(tree.policy(parent, type), tree.root)
    tree.attach(tree.policy(child, type), member.account)
    assert effective(tree.org, type, TargetId=member.account) == merged


# Invalid ones


def problems(tree, member, type):
    answer = tree.org.list_effective_policy_validation_errors(AccountId=member.account, PolicyType=type)
    return answer["EffectivePolicyValidationErrors"]


def test_a_backup_plan_must_be_complete_where_it_arrives(tree):
    type = "BACKUP_POLICY"
    member = tree.member()
    assert refusal(
        tree.org.list_effective_policy_validation_errors, AccountId=member.account, PolicyType=type) == NOT_ENABLED
    assert refusal(tree.org.list_accounts_with_invalid_effective_policy, PolicyType=type) == NOT_ENABLED
    tree.enable(type)
    rules = tree.policy({"plans": {"daily": {"rules": {"daily": {"start_backup_window_minutes": {"@@assign": "60"}}}}}}, type)
    tree.attach(rules, tree.root)
    missing = [
        ("KEY_REQUIRED", "'regions' is missing", "plans/daily", [rules]),
        ("KEY_REQUIRED", "'selections' is missing", "plans/daily", [rules]),
        ("KEY_REQUIRED", "'target_backup_vault_name' is missing", "plans/daily/rules/daily", [rules]),
    ]
    answer = tree.org.list_effective_policy_validation_errors(AccountId=member.account, PolicyType=type)
    found = [
        (error["ErrorCode"], error["ErrorMessage"], error["PathToError"], error["ContributingPolicies"])
        for error in answer["EffectivePolicyValidationErrors"]
    ]
    assert found == missing
    assert answer["Path"] == f"{tree.id}/{tree.root}/{member.account}/" and "EvaluationTimestamp" in answer
    assert effective(tree.org, type, TargetId=member.account) == {}
    invalid = tree.org.list_accounts_with_invalid_effective_policy(PolicyType=type)
    assert {account["Id"] for account in invalid["Accounts"]} == {member.account, tree.management.account}
    pages = list(tree.org.get_paginator("list_effective_policy_validation_errors").paginate(
        AccountId=member.account, PolicyType=type, PaginationConfig={"PageSize": 2}))
    assert [len(page["EffectivePolicyValidationErrors"]) for page in pages] == [2, 1]

    rest = tree.policy({"plans": {"daily": {
        "regions": {"@@assign": ["us-east-1"]},
        "rules": {"daily": {"target_backup_vault_name": {"@@assign": "vault"}}},
        "selections": {"tags": {"all": {
            "iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/backup"}, "tag_key": {"@@assign": "backup"},
            "tag_value": {"@@assign": ["yes"]}}}}}}}, type)
    tree.attach(rest, member.account)
    answer = tree.org.list_effective_policy_validation_errors(AccountId=member.account, PolicyType=type)
    assert answer["EffectivePolicyValidationErrors"] == [] and "Path" not in answer
    complete = effective(tree.org, type, TargetId=member.account)
    assert complete["plans"]["daily"]["rules"]["daily"] == {
        "start_backup_window_minutes": "60", "target_backup_vault_name": "vault"}
    # While what is attached comes to something invalid, the last valid policy stays.
    tree.org.detach_policy(PolicyId=rest, TargetId=member.account)
    assert len(problems(tree, member, type)) == 3
    assert effective(tree.org, type, TargetId=member.account) == complete


def test_fifty_tags_can_be_required_for_a_resource_type(tree):
    tree.enable("TAG_POLICY")
    member = tree.member()

    def required(first, count):
        tags = {f"key-{number:02}": {"report_required_tag_for": {"@@assign": ["ec2:instance"]}} for number in range(first, first + count)}
        return tree.policy({"tags": tags}, "TAG_POLICY")

    policies = [required(0, 30), required(30, 25)]
    tree.attach(policies[0], tree.root)
    assert problems(tree, member, "TAG_POLICY") == []
    tree.attach(policies[1], member.account)
    assert problems(tree, member, "TAG_POLICY") == [{
        "ErrorCode": "ELEMENTS_TOO_MANY", "PathToError": "tags", "ContributingPolicies": sorted(policies),
        "ErrorMessage": "Resource type 'ec2:instance' has 55 tags for 'report_required_tag_for', which exceeds the maximum "
        "limit of 50. Contributing tag keys include: key-00, key-01, key-02, key-03, key-04 and 50 more"}]
    assert len(effective(tree.org, TargetId=member.account)["tags"]) == 30
    invalid = tree.org.list_accounts_with_invalid_effective_policy(PolicyType="TAG_POLICY")["Accounts"]
    assert [account["Id"] for account in invalid] == [member.account]


def test_validation_errors_need_an_account_of_the_organization(tree):
    tree.enable("TAG_POLICY")
    assert refusal(
        tree.org.list_effective_policy_validation_errors, AccountId="999999999999", PolicyType="TAG_POLICY"
    ) == ("AccountNotFoundException", None, "You specified an account that doesn't exist.")
