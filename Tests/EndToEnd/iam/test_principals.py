"""Users, groups, roles and instance profiles, as boto3 sees them."""

import pytest

from iam.helpers import DOCUMENT, refused, trust


@pytest.fixture
def root(account):
    return account()


@pytest.fixture
def iam(client, root):
    return client("iam", root)


def test_a_user_has_what_it_was_made_with(iam, root):
    user = iam.create_user(UserName="Ann", Path="/staff/", Tags=[{"Key": "team", "Value": "red"}])["User"]
    assert user["Arn"] == f"arn:aws:iam::{root.account}:user/staff/Ann"
    assert user["UserId"].startswith("AIDA") and len(user["UserId"]) == 21
    again = iam.get_user(UserName="Ann")["User"]
    assert again["Tags"] == [{"Key": "team", "Value": "red"}]
    assert again["UserId"] == user["UserId"]


def test_names_are_unique_whatever_their_case(iam):
    iam.create_user(UserName="ann")
    response = refused("EntityAlreadyExists", "User with name ANN already exists.", iam.create_user, UserName="ANN")
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 409


def test_what_is_not_there_cannot_be_found(iam):
    response = refused("NoSuchEntity", "The user with name nobody cannot be found.", iam.get_user, UserName="nobody")
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 404
    refused("NoSuchEntity", "The role with name none cannot be found.", iam.get_role, RoleName="none")
    refused("NoSuchEntity", "The group with name none cannot be found.", iam.get_group, GroupName="none")
    refused("NoSuchEntity", "Instance Profile none cannot be found.", iam.get_instance_profile, InstanceProfileName="none")


def test_users_are_listed_in_pages(iam):
    for number in range(7):
        iam.create_user(UserName=f"user-{number}", Path="/a/" if number % 2 else "/b/")
    pages = list(iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 3}))
    assert [len(page["Users"]) for page in pages] == [3, 3, 1]
    assert [page["IsTruncated"] for page in pages] == [True, True, False]
    assert [user["UserName"] for user in iam.list_users(PathPrefix="/a/")["Users"]] == ["user-1", "user-3", "user-5"]


def test_a_renamed_user_keeps_keys_groups_and_id(iam, client, root, iam_user):
    user = iam_user(root, {"Effect": "Allow", "Action": "iam:ListGroupsForUser", "Resource": "*"}, name="old")
    iam.create_group(GroupName="g")
    iam.add_user_to_group(GroupName="g", UserName="old")
    iam.update_user(UserName="old", NewUserName="new", NewPath="/p/")
    assert client("sts", user).get_caller_identity()["Arn"] == f"arn:aws:iam::{root.account}:user/p/new"
    assert [u["UserName"] for u in iam.get_group(GroupName="g")["Users"]] == ["new"]
    assert [g["GroupName"] for g in client("iam", user).list_groups_for_user(UserName="new")["Groups"]] == ["g"]


def test_a_user_goes_only_when_nothing_hangs_on_it(iam):
    iam.create_user(UserName="u")
    iam.create_group(GroupName="g")
    iam.add_user_to_group(GroupName="g", UserName="u")
    key = iam.create_access_key(UserName="u")["AccessKey"]["AccessKeyId"]
    iam.attach_user_policy(UserName="u", PolicyArn="arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess")
    iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=DOCUMENT)
    iam.create_login_profile(UserName="u", Password="Correct-Horse-1")
    for message, cleanup in [
        ("must remove users from group first", lambda: iam.remove_user_from_group(GroupName="g", UserName="u")),
        (
            "must detach all policies first",
            lambda: iam.detach_user_policy(UserName="u", PolicyArn="arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"),
        ),
        ("must delete policies first", lambda: iam.delete_user_policy(UserName="u", PolicyName="p")),
        ("must delete access keys first", lambda: iam.delete_access_key(UserName="u", AccessKeyId=key)),
        ("must delete login profile first", lambda: iam.delete_login_profile(UserName="u")),
    ]:
        refused("DeleteConflict", "Cannot delete entity, " + message, iam.delete_user, UserName="u")
        cleanup()
    iam.delete_user(UserName="u")
    refused("NoSuchEntity", "", iam.get_user, UserName="u")


def test_a_role_reads_back_as_it_was_written(iam, root):
    role = iam.create_role(
        RoleName="r", Path="/svc/", AssumeRolePolicyDocument=trust({"Service": "lambda.amazonaws.com"}), Description="d",
        MaxSessionDuration=7200, Tags=[{"Key": "k", "Value": "v"}],
    )["Role"]
    assert role["Arn"] == f"arn:aws:iam::{root.account}:role/svc/r"
    assert role["RoleId"].startswith("AROA")
    got = iam.get_role(RoleName="r")["Role"]
    assert got["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert (got["MaxSessionDuration"], got["Description"], got["RoleLastUsed"]) == (7200, "d", {})


def test_principals_are_pinned_to_ids(iam, root):
    arn = iam.create_user(UserName="pinned")["User"]["Arn"]
    first = iam.get_user(UserName="pinned")["User"]["UserId"]
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust({"AWS": arn}))

    def principal():
        return iam.get_role(RoleName="r")["Role"]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["AWS"]

    assert principal() == arn
    iam.update_user(UserName="pinned", NewUserName="renamed")
    assert principal() == arn.replace("pinned", "renamed")
    iam.delete_user(UserName="renamed")
    assert principal() == first
    iam.create_user(UserName="renamed")
    assert principal() == first


def test_an_account_number_becomes_its_root_user(iam, root):
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust({"AWS": root.account}))
    principal = iam.get_role(RoleName="r")["Role"]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]
    assert principal == {"AWS": f"arn:aws:iam::{root.account}:root"}


def test_a_trust_policy_cannot_name_who_is_not_there(iam, root):
    arn = f"arn:aws:iam::{root.account}:user/nobody"
    refused(
        "MalformedPolicyDocument", f'Invalid principal in policy: "AWS":"{arn}"', iam.create_role, RoleName="r",
        AssumeRolePolicyDocument=trust({"AWS": arn}),
    )


def test_a_service_linked_role_belongs_to_its_service(iam, root):
    role = iam.create_service_linked_role(AWSServiceName="elasticbeanstalk.amazonaws.com")["Role"]
    assert role["Arn"] == (
        f"arn:aws:iam::{root.account}:role/aws-service-role/elasticbeanstalk.amazonaws.com/AWSServiceRoleForElasticBeanstalk"
    )
    name = role["RoleName"]
    refused("UnmodifiableEntity", "only modifiable by AWS", iam.delete_role, RoleName=name)
    refused(
        "UnmodifiableEntity", "only modifiable by AWS", iam.attach_role_policy, RoleName=name,
        PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess",
    )
    refused(
        "InvalidInput", "has been taken in this account", iam.create_service_linked_role,
        AWSServiceName="elasticbeanstalk.amazonaws.com",
    )
    task = iam.delete_service_linked_role(RoleName=name)["DeletionTaskId"]
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"
    refused("NoSuchEntity", "", iam.get_role, RoleName=name)


def test_an_instance_profile_holds_one_role(iam):
    iam.create_instance_profile(InstanceProfileName="p")
    for name in ("a", "b"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}))
    iam.add_role_to_instance_profile(InstanceProfileName="p", RoleName="a")
    refused(
        "LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1", iam.add_role_to_instance_profile,
        InstanceProfileName="p", RoleName="b",
    )
    assert [p["InstanceProfileName"] for p in iam.list_instance_profiles_for_role(RoleName="a")["InstanceProfiles"]] == ["p"]
    refused("DeleteConflict", "must remove roles from instance profile first", iam.delete_role, RoleName="a")
    refused("DeleteConflict", "must remove roles from instance profile first", iam.delete_instance_profile, InstanceProfileName="p")
    iam.remove_role_from_instance_profile(InstanceProfileName="p", RoleName="a")
    iam.delete_instance_profile(InstanceProfileName="p")


def test_tags_are_added_replaced_and_removed(iam):
    iam.create_user(UserName="u", Tags=[{"Key": "a", "Value": "1"}])
    iam.tag_user(UserName="u", Tags=[{"Key": "A", "Value": "2"}, {"Key": "b", "Value": "3"}])
    assert iam.list_user_tags(UserName="u")["Tags"] == [{"Key": "A", "Value": "2"}, {"Key": "b", "Value": "3"}]
    iam.untag_user(UserName="u", TagKeys=["a"])
    assert iam.list_user_tags(UserName="u")["Tags"] == [{"Key": "b", "Value": "3"}]
    refused(
        "InvalidInput", "Duplicate tag keys found", iam.tag_user, UserName="u",
        Tags=[{"Key": "x", "Value": "1"}, {"Key": "X", "Value": "2"}],
    )


def test_constraints_of_the_model_are_told_as_aws_does(iam):
    refused("ValidationError", "1 validation error detected", iam.list_users, MaxItems=5000)


def test_accounts_do_not_see_each_other(client, account):
    one, two = client("iam", account()), client("iam", account())
    one.create_user(UserName="u")
    assert two.list_users()["Users"] == []
