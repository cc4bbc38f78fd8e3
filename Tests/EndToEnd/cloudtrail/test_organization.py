"""A trail of an organization: made once, seen everywhere, touched by nobody else."""

import json

import pytest
from botocore.exceptions import ClientError
from cloudtrail.trails import CLOUDTRAIL, Trail, code, put_policy, statements
from organizations.policy_trees import Tree


@pytest.fixture
def tree(client, account):
    tree = Tree(client, account)
    tree.org.enable_aws_service_access(ServicePrincipal=CLOUDTRAIL)
    return tree


@pytest.fixture
def organization_trail(client, endpoint):
    return lambda tree, **more: Trail(
        client, tree.management, organization=tree.id, IsMultiRegionTrail=True, endpoint=endpoint, **more)


def test_what_must_be_before_comes_in_aws_order(client, account):
    root = account()
    api, s3, bucket = client("cloudtrail", root), client("s3", root), f"bucket-{root.account}"
    create = {"Name": "audit", "S3BucketName": bucket, "IsOrganizationTrail": True}
    assert code(api.create_trail, **create) == "S3BucketDoesNotExistException"
    s3.create_bucket(Bucket=bucket)
    assert code(api.create_trail, **create) == "OrganizationsNotInUseException"
    bills = Tree(client, account, features="CONSOLIDATED_BILLING")
    s3 = client("s3", bills.management)
    s3.create_bucket(Bucket=f"bills-{bills.management.account}")
    create["S3BucketName"] = f"bills-{bills.management.account}"
    assert code(client("cloudtrail", bills.management).create_trail, **create) == "OrganizationNotInAllFeaturesModeException"
    tree = Tree(client, account)
    member, bucket = tree.member(), f"bucket-{tree.management.account}"
    create["S3BucketName"] = bucket
    s3 = client("s3", tree.management)
    s3.create_bucket(Bucket=bucket)
    assert code(client("cloudtrail", member).create_trail, **create) == "NotOrganizationMasterAccountException"
    api = client("cloudtrail", tree.management)
    assert code(api.create_trail, **create) == "CloudTrailAccessNotEnabledException"
    tree.org.enable_aws_service_access(ServicePrincipal=CLOUDTRAIL)
    assert code(api.create_trail, **create) == "InsufficientS3BucketPolicyException"
    arn = f"arn:aws:cloudtrail:us-east-1:{tree.management.account}:trail/audit"
    policy = statements(bucket, arn, tree.management.account, tree.id)
    put_policy(s3, bucket, policy[:2])
    assert code(api.create_trail, **create) == "InsufficientS3BucketPolicyException"
    put_policy(s3, bucket, [policy[0], policy[2]])
    assert code(api.create_trail, **create) == "InsufficientS3BucketPolicyException"
    put_policy(s3, bucket, policy)
    assert api.create_trail(**create)["IsOrganizationTrail"] is True


def test_one_trail_records_every_account_and_members_see_it_and_cannot_touch_it(client, tree, organization_trail):
    members = [tree.member(f"member{number}") for number in range(3)]
    made = organization_trail(tree)
    for who in [tree.management, *members]:
        client("kms", who).create_key()
        client("kms", who, "eu-west-1").create_key()
        client("iam", who).create_group(GroupName="group")
    made.flush()
    keys = made.keys()
    for who in [tree.management, *members]:
        for region in ("us-east-1", "eu-west-1"):
            own = [key for key in keys if key.startswith(f"AWSLogs/{tree.id}/{who.account}/CloudTrail/{region}/")]
            names = [record["eventName"] for key in own for record in made.read(key)["Records"]]
            assert names.count("CreateKey") == 1, (who.account, region)
            for key in own:
                assert all(record["recipientAccountId"] == who.account for record in made.read(key)["Records"])
    member = members[0]
    for region in ("us-east-1", "eu-west-1"):
        api = client("cloudtrail", member, region)
        (shown,) = api.describe_trails()["trailList"]
        assert shown["TrailARN"] == made.arn and shown["Name"] == "audit" and shown["IsOrganizationTrail"] is True
        assert api.get_trail(Name=made.arn)["Trail"]["S3BucketName"] == made.bucket
        assert api.get_trail_status(Name=made.arn)["IsLogging"] is True
        assert api.get_event_selectors(TrailName=made.arn)["EventSelectors"]
        assert api.list_trails()["Trails"][0]["TrailARN"] == made.arn
    api = client("cloudtrail", member)
    assert code(api.get_trail_status, Name="audit") == "TrailNotFoundException"
    selectors = [{"ReadWriteType": "ReadOnly", "IncludeManagementEvents": True}]
    for call, more in [
        (api.stop_logging, {"Name": made.arn}), (api.start_logging, {"Name": made.arn}), (api.delete_trail, {"Name": made.arn}),
        (api.update_trail, {"Name": made.arn, "S3KeyPrefix": "x"}),
        (api.put_event_selectors, {"TrailName": made.arn, "EventSelectors": selectors}),
        (api.add_tags, {"ResourceId": made.arn, "TagsList": [{"Key": "a", "Value": "b"}]}),
    ]:  # fmt: skip
        assert code(call, **more) == "NotOrganizationMasterAccountException", call
    assert code(api.stop_logging, Name="audit") == "TrailNotFoundException"
    assert made.status()["IsLogging"] is True
    # The attempts are recorded, too.
    attempts = [r for r in made.records() if r["eventName"] == "StopLogging" and r["recipientAccountId"] == member.account]
    # Files of one minute have names without an order, so neither have these.
    assert sorted(attempt["errorCode"] for attempt in attempts) == [
        "NotOrganizationMasterAccountException", "TrailNotFoundException"]


def test_members_need_permission_to_see_it(client, tree, organization_trail, iam_user):
    member = tree.member()
    made = organization_trail(tree)
    ann = iam_user(member)
    assert code(client("cloudtrail", ann).get_trail_status, Name=made.arn) == "AccessDeniedException"
    bob = iam_user(member, {"Effect": "Allow", "Action": "cloudtrail:GetTrailStatus", "Resource": made.arn})
    assert client("cloudtrail", bob).get_trail_status(Name=made.arn)["IsLogging"] is True


def test_the_trail_joins_and_leaves_with_accounts(client, account, tree, organization_trail):
    made = organization_trail(tree)
    role = "AWSServiceRoleForCloudTrail"
    client("iam", tree.management).get_role(RoleName=role)
    stranger = account()
    client("organizations", stranger)
    handshake = tree.org.invite_account_to_organization(Target={"Id": stranger.account, "Type": "ACCOUNT"})["Handshake"]["Id"]
    api = client("cloudtrail", stranger)
    assert api.describe_trails()["trailList"] == []
    client("organizations", stranger).accept_handshake(HandshakeId=handshake)
    assert [t["Name"] for t in api.describe_trails()["trailList"]] == ["audit"]
    made.flush()
    assert client("iam", stranger).get_role(RoleName=role)["Role"]["Path"] == f"/aws-service-role/{CLOUDTRAIL}/"
    client("kms", stranger).create_key()
    of_stranger = lambda: [  # noqa: E731
        r for r in made.records() if r["recipientAccountId"] == stranger.account and r["eventName"] == "CreateKey"]
    assert len(of_stranger()) == 1
    client("organizations", stranger).leave_organization()
    assert api.describe_trails()["trailList"] == []
    assert code(api.get_trail_status, Name=made.arn) == "TrailNotFoundException"
    made.flush()
    client("kms", stranger).create_key()
    assert len(of_stranger()) == 1
    with pytest.raises(ClientError):
        client("iam", stranger).get_role(RoleName=role)


def test_a_delegated_administrator_manages_trails_of_the_management_account(client, tree, endpoint):
    member, plain = tree.member("delegate"), tree.member()
    api = client("cloudtrail", tree.management)
    assert code(client("cloudtrail", member).register_organization_delegated_admin, MemberAccountId=plain.account) == (
        "NotOrganizationManagementAccountException")
    assert code(api.register_organization_delegated_admin, MemberAccountId=tree.management.account) == (
        "CannotDelegateManagementAccountException")
    api.register_organization_delegated_admin(MemberAccountId=member.account)
    assert code(api.register_organization_delegated_admin, MemberAccountId=member.account) == "AccountRegisteredException"
    bucket, arn = f"bucket-{member.account}", f"arn:aws:cloudtrail:us-east-1:{tree.management.account}:trail/delegated"
    s3 = client("s3", member)
    s3.create_bucket(Bucket=bucket)
    put_policy(s3, bucket, statements(bucket, arn, tree.management.account, tree.id))
    delegate = client("cloudtrail", member)
    made = delegate.create_trail(Name="delegated", S3BucketName=bucket, IsOrganizationTrail=True, IsMultiRegionTrail=True)
    assert made["TrailARN"] == arn
    delegate.start_logging(Name=arn)
    assert api.get_trail_status(Name="delegated")["IsLogging"] is True
    delegate.stop_logging(Name=arn)
    assert code(client("cloudtrail", plain).start_logging, Name=arn) == "NotOrganizationMasterAccountException"
    api.deregister_organization_delegated_admin(DelegatedAdminAccountId=member.account)
    assert code(api.deregister_organization_delegated_admin, DelegatedAdminAccountId=member.account) == "AccountNotRegisteredException"
    assert code(delegate.start_logging, Name=arn) == "NotOrganizationMasterAccountException"
    api.delete_trail(Name="delegated")


def test_a_members_history_stays_its_own(client, tree, organization_trail, lookup):
    member = tree.member()
    organization_trail(tree)
    client("kms", member).create_key()
    assert [e["EventName"] for e in lookup(member, EventName="CreateKey")] == ["CreateKey"]
    assert lookup(tree.management, EventName="CreateKey") == []


def test_a_trail_becomes_its_organizations_and_its_own_again(client, tree, endpoint):
    member = tree.member()
    made = Trail(client, tree.management, endpoint=endpoint)
    api = client("cloudtrail", member)
    assert api.describe_trails()["trailList"] == []
    put_policy(made.s3, made.bucket, statements(made.bucket, made.arn, tree.management.account, tree.id))
    made.api.update_trail(Name="audit", IsOrganizationTrail=True)
    assert len(api.describe_trails()["trailList"]) == 1
    made.api.update_trail(Name="audit", IsOrganizationTrail=False)
    assert api.describe_trails()["trailList"] == []
    assert json.dumps(made.status()["IsLogging"]) == "true"
