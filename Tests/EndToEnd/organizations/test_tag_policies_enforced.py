"""Tag policies that are enforced: tagging operations of all services are held against them."""

import json

import pytest
from botocore.exceptions import ClientError
from organizations.policy_trees import Tree


def refused(call, /, **parameters):
    """The code of the error by which a call's tags are refused; its message is checked."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    assert error["Message"].startswith("The tag policy does not allow the specified value for the following tag key: '")
    return error["Code"], caught.value.response.get("Reason")


@pytest.fixture(scope="module")
def tree(client, account):
    """A member whose tag CostCenter must be Dev-something or Support on the resources below."""
    tree = Tree(client, account).enable("TAG_POLICY")
    tree.unit_id, tree.bound, tree.free = tree.unit(), tree.member(), tree.member()
    tree.move(tree.bound, tree.unit_id)
    tree.policy_id = tree.policy({"tags": {
        "CostCenter": {
            "tag_key": {"@@assign": "CostCenter"}, "tag_value": {"@@assign": ["Dev-*", "Support"]},
            "enforced_for": {"@@assign": ["sqs:queue", "s3:bucket", "iam:policy", "organizations:ALL_SUPPORTED"]}},
        "Reported": {"tag_value": {"@@assign": ["yes"]}}}}, "TAG_POLICY")
    tree.attach(tree.policy_id, tree.unit_id)
    return tree


GOOD = [{"CostCenter": "Dev-1"}, {"CostCenter": "Dev-"}, {"CostCenter": "Support"}, {"other": "x"}, {"Reported": "no"}, {}]
BAD = [{"CostCenter": "Sales"}, {"CostCenter": "dev-1"}, {"CostCenter": "support"}, {"costcenter": "Support"},
       {"COSTCENTER": "Dev-1"}, {"CostCenter": ""}]


def listed(tags):
    return [{"Key": key, "Value": value} for key, value in tags.items()]


@pytest.mark.parametrize("tags", GOOD)
def test_compliant_tags_and_tags_that_are_not_enforced_pass(tree, client, unique, tags):
    sqs = client("sqs", tree.bound)
    url = sqs.create_queue(QueueName=unique("queue"), tags=tags)["QueueUrl"]
    assert sqs.list_queue_tags(QueueUrl=url).get("Tags", {}) == tags


@pytest.mark.parametrize("tags", BAD)
def test_a_queue_gets_no_tags_against_the_policy(tree, client, unique, tags):
    sqs = client("sqs", tree.bound)
    assert refused(sqs.create_queue, QueueName=unique("queue"), tags=tags)[0] == "InvalidParameterValue"
    url = sqs.create_queue(QueueName=unique("queue"))["QueueUrl"]
    assert refused(sqs.tag_queue, QueueUrl=url, Tags=tags)[0] == "InvalidParameterValue"
    assert "Tags" not in sqs.list_queue_tags(QueueUrl=url)


def test_accounts_elsewhere_in_the_tree_are_free(tree, client, unique):
    for creds in (tree.free, tree.management):
        client("sqs", creds).create_queue(QueueName=unique("queue"), tags={"CostCenter": "Sales"})


def test_buckets_answer_as_s3_does(tree, client, unique):
    s3, name = client("s3", tree.bound), unique("bucket")
    s3.create_bucket(Bucket=name)
    assert refused(s3.put_bucket_tagging, Bucket=name, Tagging={"TagSet": listed({"CostCenter": "Sales"})})[0] == (
        "TagPolicyException")
    s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": listed({"CostCenter": "Dev-9"})})
    # Objects are not among the types on which tag policies can be enforced.
    s3.put_object(Bucket=name, Key="k", Tagging="CostCenter=Sales")


def test_iam_policies_are_bound_and_users_and_roles_are_not(tree, client, unique, iam_user, iam_role):
    iam = client("iam", tree.bound)
    document = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
    assert refused(
        iam.create_policy, PolicyName=unique("p"), PolicyDocument=document, Tags=listed({"CostCenter": "Sales"}))[0] == "InvalidInput"
    arn = iam.create_policy(PolicyName=unique("p"), PolicyDocument=document)["Policy"]["Arn"]
    assert refused(iam.tag_policy, PolicyArn=arn, Tags=listed({"costcenter": "Support"}))[0] == "InvalidInput"
    iam.tag_policy(PolicyArn=arn, Tags=listed({"CostCenter": "Support"}))
    # AWS can't enforce tag policies on these.
    iam.create_user(UserName=unique("user"), Tags=listed({"CostCenter": "Sales"}))
    iam_role(tree.bound, Tags=listed({"CostCenter": "Sales"}))


def test_the_management_account_is_bound_too_and_organizations_names_the_reason(client, account):
    tree = Tree(client, account).enable("TAG_POLICY")
    member, unit = tree.member(), tree.unit()
    tree.attach(tree.policy({"tags": {"team": {
        "tag_value": {"@@assign": ["a"]}, "enforced_for": {"@@assign": ["organizations:ALL_SUPPORTED"]}}}}, "TAG_POLICY"), tree.root)
    violation = ("ConstraintViolationException", "TAG_POLICY_VIOLATION")
    bad, good = listed({"team": "b"}), listed({"team": "a"})
    for resource in (tree.root, unit, member.account):
        assert refused(tree.org.tag_resource, ResourceId=resource, Tags=bad) == violation
        tree.org.tag_resource(ResourceId=resource, Tags=good)
    assert refused(tree.org.create_organizational_unit, ParentId=tree.root, Name="other", Tags=bad) == violation
    assert refused(
        tree.org.create_policy, Name="n", Description="", Type="TAG_POLICY", Content='{"tags":{}}', Tags=bad) == violation
    assert refused(
        tree.org.create_account, AccountName="n", Email=f"{member.account}@example.org", Tags=bad) == violation
    tree.org.create_organizational_unit(ParentId=tree.root, Name="other", Tags=good)
    tree.org.untag_resource(ResourceId=unit, TagKeys=["team"])


def test_enforcement_follows_the_tree_with_the_next_request(client, account, unique):
    tree = Tree(client, account).enable("TAG_POLICY")
    member, unit = tree.member(), tree.unit()
    sqs = client("sqs", member)

    def tag():
        sqs.create_queue(QueueName=unique("queue"), tags={"k": "other"})

    def is_refused():
        return refused(sqs.create_queue, QueueName=unique("queue"), tags={"k": "other"})[0] == "InvalidParameterValue"

    policy = tree.policy(
        {"tags": {"k": {"tag_value": {"@@assign": ["a"]}, "enforced_for": {"@@assign": ["sqs:ALL_SUPPORTED"]}}}}, "TAG_POLICY")
    tree.attach(policy, unit)
    tag()
    tree.move(member, unit)
    assert is_refused()
    tree.org.update_policy(PolicyId=policy, Content='{"tags":{"k":{"tag_value":{"@@assign":["a"]}}}}')
    tag()
    child = tree.policy({"tags": {"k": {"enforced_for": {"@@append": ["sqs:queue"]}}}}, "TAG_POLICY")
    tree.attach(child, member.account)
    assert is_refused()
    tree.org.detach_policy(PolicyId=child, TargetId=member.account)
    tag()
    tree.attach(child, member.account)
    tree.org.disable_policy_type(RootId=tree.root, PolicyType="TAG_POLICY")
    tag()


def test_the_permission_is_asked_first(tree, client, iam_user, unique):
    user = client("sqs", iam_user(tree.bound))
    with pytest.raises(ClientError) as caught:
        user.create_queue(QueueName=unique("queue"), tags={"CostCenter": "Sales"})
    assert caught.value.response["Error"]["Code"] == "AccessDenied"


def test_keys_and_providers_are_bound(client, account, unique):
    tree = Tree(client, account).enable("TAG_POLICY")
    tree.attach(tree.policy({"tags": {"k": {
        "tag_value": {"@@assign": ["a"]},
        "enforced_for": {"@@assign": ["kms:key", "iam:instance-profile", "iam:oidc-provider"]}}}}, "TAG_POLICY"), tree.root)
    kms, iam = client("kms", tree.management), client("iam", tree.management)
    assert refused(kms.create_key, Tags=[{"TagKey": "k", "TagValue": "b"}])[0] == "TagException"
    key = kms.create_key(Tags=[{"TagKey": "k", "TagValue": "a"}])["KeyMetadata"]["KeyId"]
    assert refused(kms.tag_resource, KeyId=key, Tags=[{"TagKey": "K", "TagValue": "a"}])[0] == "TagException"
    name = unique("profile")
    assert refused(iam.create_instance_profile, InstanceProfileName=name, Tags=listed({"k": "b"}))[0] == "InvalidInput"
    iam.create_instance_profile(InstanceProfileName=name, Tags=listed({"k": "a"}))
    assert refused(iam.tag_instance_profile, InstanceProfileName=name, Tags=listed({"k": "b"}))[0] == "InvalidInput"
    assert refused(
        iam.create_open_id_connect_provider, Url="https://example.com", ThumbprintList=["0" * 40], Tags=listed({"k": "b"})
    )[0] == "InvalidInput"


def test_groups_of_logs_and_what_events_has_are_bound(client, account, unique):
    tree = Tree(client, account).enable("TAG_POLICY")
    tree.attach(tree.policy({"tags": {"k": {
        "tag_value": {"@@assign": ["a"]},
        "enforced_for": {"@@assign": ["logs:log-group", "events:rule", "events:event-bus"]}}}}, "TAG_POLICY"), tree.root)
    logs, events, number = client("logs", tree.management), client("events", tree.management), tree.management.account
    assert refused(logs.create_log_group, logGroupName="g", tags={"k": "b"})[0] == "TagPolicyException"
    logs.create_log_group(logGroupName="g", tags={"k": "a"})
    arn = f"arn:aws:logs:us-east-1:{number}:log-group:g"
    assert refused(logs.tag_resource, resourceArn=arn, tags={"K": "a"})[0] == "TagPolicyException"
    assert refused(events.create_event_bus, Name="b", Tags=listed({"k": "b"}))[0] == "TagPolicyException"
    pattern = json.dumps({"source": ["shop"]})
    assert refused(events.put_rule, Name="r", EventPattern=pattern, Tags=listed({"k": "b"}))[0] == "TagPolicyException"
    rule = events.put_rule(Name="r", EventPattern=pattern, Tags=listed({"k": "a"}))["RuleArn"]
    assert refused(events.tag_resource, ResourceARN=rule, Tags=listed({"k": "b"}))[0] == "TagPolicyException"
