"""Trails: names, Regions, selectors, tags, quotas, and the checks of their destinations."""

import json

import pytest
from cloudtrail.trails import acl_statement, code, put_policy, statements, write_statement
from harness import Credentials


def message(call, /, **parameters):
    with pytest.raises(Exception) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Message"]


def test_a_trail_is_made_shown_changed_and_deleted(client, account, trail):
    root = account()
    made = trail(root, start=False)
    assert made.made["TrailARN"] == made.arn and made.made["IncludeGlobalServiceEvents"] is True
    assert made.made["IsMultiRegionTrail"] is False and made.made["LogFileValidationEnabled"] is False
    (shown,) = made.api.describe_trails()["trailList"]
    assert shown == made.api.get_trail(Name="audit")["Trail"]
    assert shown["HomeRegion"] == "us-east-1" and shown["S3BucketName"] == made.bucket
    assert shown["HasCustomEventSelectors"] is False and shown["IsOrganizationTrail"] is False
    assert made.api.list_trails()["Trails"] == [{"TrailARN": made.arn, "Name": "audit", "HomeRegion": "us-east-1"}]
    status = made.status()
    assert status["IsLogging"] is False and "LatestDeliveryTime" not in status
    made.api.update_trail(Name="audit", EnableLogFileValidation=True, IsMultiRegionTrail=True)
    assert made.api.get_trail(Name=made.arn)["Trail"]["LogFileValidationEnabled"] is True
    assert code(made.api.create_trail, Name="audit", S3BucketName=made.bucket) == "TrailAlreadyExistsException"
    made.api.start_logging(Name="audit")
    assert made.status()["IsLogging"] is True and made.status()["TimeLoggingStarted"]
    made.api.stop_logging(Name="audit")
    assert made.status()["IsLogging"] is False and made.status()["TimeLoggingStopped"]
    made.api.delete_trail(Name="audit")
    assert made.api.describe_trails()["trailList"] == []
    assert code(made.api.get_trail, Name="audit") == "TrailNotFoundException"
    assert message(made.api.get_trail_status, Name="audit") == f"Unknown trail: {made.arn} for the user: {root.account}"


def test_each_missing_statement_of_the_bucket_policy_is_missed(client, account):
    root = account()
    s3, api, bucket = client("s3", root), client("cloudtrail", root), f"bucket-{root.account}"
    arn = f"arn:aws:cloudtrail:us-east-1:{root.account}:trail/audit"
    create = {"Name": "audit", "S3BucketName": bucket}
    assert code(api.create_trail, **create) == "S3BucketDoesNotExistException"
    assert message(api.create_trail, **create) == f"S3 bucket {bucket} does not exist!"
    s3.create_bucket(Bucket=bucket)
    assert code(api.create_trail, **create) == "InsufficientS3BucketPolicyException"
    acl, write = statements(bucket, arn, root.account)
    other = f"arn:aws:cloudtrail:us-east-1:{root.account}:trail/other"
    wrong_acl = json.loads(json.dumps(write).replace("bucket-owner-full-control", "private"))
    for policy in (
        [write], [acl], [acl, write_statement(bucket, arn, "AWSLogs/111111111111")], [acl, wrong_acl],
        [acl_statement(bucket, other), write], [acl, write_statement(bucket, other, f"AWSLogs/{root.account}")],
        [acl, write, {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{bucket}/*"}],
    ):  # fmt: skip
        put_policy(s3, bucket, policy)
        assert message(api.create_trail, **create) == f"Incorrect S3 bucket policy is detected for bucket: {bucket}", policy
    put_policy(s3, bucket, [acl, write])
    assert code(api.create_trail, **create, S3KeyPrefix="logs") == "InsufficientS3BucketPolicyException"
    api.create_trail(**create)
    put_policy(s3, bucket, [acl])
    assert code(api.update_trail, Name="audit", EnableLogFileValidation=True) == "InsufficientS3BucketPolicyException"


def test_a_bucket_of_another_account_may_take_the_logs(client, account):
    root, other = account(), account()
    s3, bucket = client("s3", other), f"bucket-{other.account}"
    s3.create_bucket(Bucket=bucket)
    put_policy(s3, bucket, statements(bucket, f"arn:aws:cloudtrail:us-east-1:{root.account}:trail/audit", root.account))
    client("cloudtrail", root).create_trail(Name="audit", S3BucketName=bucket)


def test_names_that_cannot_be(client, account):
    api = client("cloudtrail", account())
    for name, words in [
        ("ab", "Trail name too short. Minimum allowed length: 3 characters. Specified name length: 2 characters."),
        ("a" * 129, "Trail name too long. Maximum allowed length: 128 characters. Specified name length: 129 characters."),
        ("-abc", "Trail name must starts with a letter or number."), ("abc-", "Trail name must ends with a letter or number."),
    ]:  # fmt: skip
        assert code(api.create_trail, Name=name, S3BucketName="bucket") == "InvalidTrailNameException"
        assert message(api.create_trail, Name=name, S3BucketName="bucket") == words
    assert code(api.get_trail, Name="arn:aws:sqs:us-east-1:111111111111:x") == "CloudTrailARNInvalidException"
    assert code(api.create_trail, Name="abc", S3BucketName="Bucket_UPPER") == "InvalidS3BucketNameException"


def test_five_trails_of_a_region_and_no_more(client, account, trail):
    root = account()
    first = trail(root, name="trail0", start=False)
    for number in range(1, 5):
        trail(root, name=f"trail{number}", start=False)
    arn = f"arn:aws:cloudtrail:us-east-1:{root.account}:trail/trail5"
    put_policy(first.s3, first.bucket, statements(first.bucket, arn, root.account))
    assert message(first.api.create_trail, Name="trail5", S3BucketName=first.bucket) == (
        f"User: {root.account} already has 5 trails in us-east-1.")


def test_trails_of_all_regions_stand_in_each(client, account, trail):
    root = account()
    one, everywhere = trail(root, name="one"), trail(root, name="everywhere", IsMultiRegionTrail=True)
    there = client("cloudtrail", root, "eu-west-1")
    assert [t["Name"] for t in there.describe_trails()["trailList"]] == ["everywhere"]
    assert there.describe_trails(includeShadowTrails=False)["trailList"] == []
    assert len(there.list_trails()["Trails"]) == 2
    assert there.get_trail_status(Name=everywhere.arn)["IsLogging"] is True
    assert code(there.get_trail_status, Name="everywhere") == "TrailNotFoundException"
    assert code(there.get_trail, Name=one.arn) == "TrailNotFoundException"
    for call, more in [
        (there.stop_logging, {}), (there.start_logging, {}), (there.delete_trail, {}), (there.update_trail, {"S3KeyPrefix": "a"}),
    ]:  # fmt: skip
        assert code(call, Name=everywhere.arn, **more) == "InvalidHomeRegionException"
    client("kms", root, "eu-west-1").create_key()
    client("iam", root).create_group(GroupName="group")
    names = lambda made: {record["eventName"] for record in made.records()}  # noqa: E731
    assert "CreateKey" in names(everywhere) and "CreateKey" not in names(one)
    assert any(f"/{root.account}/CloudTrail/eu-west-1/" in key for key in everywhere.keys())
    assert "CreateGroup" in names(one)
    assert code(one.api.update_trail, Name="one", IsMultiRegionTrail=True, IncludeGlobalServiceEvents=False) == (
        "InvalidParameterCombinationException")
    one.api.update_trail(Name="one", IncludeGlobalServiceEvents=False)
    client("iam", root).create_group(GroupName="second")
    assert [r["requestParameters"]["groupName"] for r in one.records() if r["eventName"] == "CreateGroup"] == ["group"]


def test_selectors_are_kept_and_checked(client, account, trail):
    made = trail(account(), start=False)
    default = {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [], "ExcludeManagementEventSources": []}
    assert made.api.get_event_selectors(TrailName="audit")["EventSelectors"] == [default]
    advanced = [{"Name": "all", "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}, {"Field": "readOnly", "Equals": ["false"]}]}]
    put = made.api.put_event_selectors(TrailName="audit", AdvancedEventSelectors=advanced)
    assert put["AdvancedEventSelectors"] == advanced and "EventSelectors" not in put
    assert made.api.get_event_selectors(TrailName=made.arn)["AdvancedEventSelectors"] == advanced
    assert made.api.get_trail(Name="audit")["Trail"]["HasCustomEventSelectors"] is True
    for wrong in (
        {}, {"EventSelectors": [default], "AdvancedEventSelectors": advanced}, {"EventSelectors": [default] * 6},
        {"EventSelectors": [{**default, "DataResources": [{"Type": "AWS::S3::Object", "Values": ["bucket/"]}]}]},
        {"EventSelectors": [{**default, "DataResources": [{"Type": "AWS::SQS::Queue", "Values": ["arn:aws:sqs"]}]}]},
        {"EventSelectors": [{**default, "ExcludeManagementEventSources": ["iam.amazonaws.com"]}]},
        {"AdvancedEventSelectors": [{"FieldSelectors": [{"Field": "readOnly", "Equals": ["true"]}]}]},
    ):  # fmt: skip
        assert code(made.api.put_event_selectors, TrailName="audit", **wrong) == "InvalidEventSelectorsException", wrong
    assert code(made.api.get_insight_selectors, TrailName="audit") == "InsightNotEnabledException"
    made.api.put_insight_selectors(TrailName="audit", InsightSelectors=[{"InsightType": "ApiCallRateInsight"}])
    assert made.api.get_insight_selectors(TrailName="audit")["InsightSelectors"] == [{"InsightType": "ApiCallRateInsight"}]
    assert made.api.get_trail(Name="audit")["Trail"]["HasInsightSelectors"] is True


def test_tags(client, account, trail):
    root = account()
    made = trail(root, start=False, TagsList=[{"Key": "team", "Value": "audit"}])
    made.api.add_tags(ResourceId=made.arn, TagsList=[{"Key": "cost", "Value": "1"}, {"Key": "team", "Value": "sec"}])
    listed = lambda: made.api.list_tags(ResourceIdList=[made.arn])["ResourceTagList"][0]["TagsList"]  # noqa: E731
    assert listed() == [{"Key": "cost", "Value": "1"}, {"Key": "team", "Value": "sec"}]
    made.api.remove_tags(ResourceId=made.arn, TagsList=[{"Key": "cost"}])
    assert listed() == [{"Key": "team", "Value": "sec"}]
    assert code(made.api.add_tags, ResourceId="audit", TagsList=[]) == "CloudTrailARNInvalidException"
    assert code(made.api.list_tags, ResourceIdList=[made.arn + "x"]) == "ResourceNotFoundException"


def test_permissions_are_asked_on_the_trail(client, account, iam_user, trail):
    root = account()
    made = trail(root)
    ann = iam_user(root, {"Effect": "Allow", "Action": "cloudtrail:StopLogging", "Resource": made.arn + "x"})
    assert code(client("cloudtrail", ann).stop_logging, Name="audit") == "AccessDeniedException"
    bob = iam_user(root, {"Effect": "Allow", "Action": "cloudtrail:*", "Resource": made.arn})
    client("cloudtrail", bob).stop_logging(Name="audit")
    assert code(client("cloudtrail", bob).describe_trails) == "AccessDeniedException"


def test_a_key_must_let_cloudtrail_encrypt(client, account, trail):
    root = account()
    made = trail(root, start=False)
    kms = client("kms", root)
    key = kms.create_key()["KeyMetadata"]
    update = lambda **more: code(made.api.update_trail, Name="audit", **more)  # noqa: E731
    assert update(KmsKeyId="alias/none") == "KmsKeyNotFoundException"
    assert update(KmsKeyId=key["Arn"].replace("us-east-1", "eu-west-1")) == "KmsKeyNotFoundException"
    assert update(KmsKeyId=key["KeyId"]) == "InsufficientEncryptionPolicyException"
    policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": root.arn}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "kms:GenerateDataKey*", "Resource": "*",
         "Condition": {"StringEquals": {"aws:SourceArn": made.arn},
                       "StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": f"arn:aws:cloudtrail:*:{root.account}:trail/*"}}}]}  # fmt: skip
    kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=json.dumps(policy))
    kms.create_alias(AliasName="alias/trail", TargetKeyId=key["KeyId"])
    assert made.api.update_trail(Name="audit", KmsKeyId="alias/trail")["KmsKeyId"] == key["Arn"]
    kms.disable_key(KeyId=key["KeyId"])
    assert update(KmsKeyId=key["Arn"]) == "KmsException"
    made.api.update_trail(Name="audit", KmsKeyId="")
    assert "KmsKeyId" not in made.api.get_trail(Name="audit")["Trail"]


def test_log_group_and_role_go_together(client, account, trail):
    root = account()
    made = trail(root, start=False)
    group = f"arn:aws:logs:us-east-1:{root.account}:log-group:trail:*"
    assert code(made.api.update_trail, Name="audit", CloudWatchLogsLogGroupArn=group) == "InvalidParameterCombinationException"
    role = f"arn:aws:iam::{root.account}:role/none"
    assert code(made.api.update_trail, Name="audit", CloudWatchLogsLogGroupArn=group, CloudWatchLogsRoleArn=role) == (
        "InvalidCloudWatchLogsRoleArnException")
    assert code(made.api.update_trail, Name="audit", CloudWatchLogsLogGroupArn="arn:aws:s3:::x", CloudWatchLogsRoleArn=role) == (
        "InvalidCloudWatchLogsLogGroupArnException")


def test_strangers_see_nothing(client, account, trail):
    made = trail(account())
    other = client("cloudtrail", account())
    assert other.describe_trails(trailNameList=[made.arn])["trailList"] == []
    assert code(other.get_trail_status, Name=made.arn) == "TrailNotFoundException"
    assert code(other.stop_logging, Name=made.arn) == "TrailNotFoundException"
    assert isinstance(made.root, Credentials)
