"""Log groups, streams, tags, retention, protection and policies."""

import json

import pytest
from botocore.exceptions import ClientError


def code(call, **parameters):
    with pytest.raises(ClientError) as refused:
        call(**parameters)
    return refused.value.response["Error"]["Code"], refused.value.response["Error"]["Message"]


@pytest.fixture
def root(account):
    return account()


@pytest.fixture
def logs(client, root):
    return client("logs", root)


def test_a_group_is_made_described_and_deleted(logs, root):
    logs.create_log_group(logGroupName="/app/web", tags={"team": "blue"}, logGroupClass="INFREQUENT_ACCESS")
    (group,) = logs.describe_log_groups()["logGroups"]
    arn = f"arn:aws:logs:us-east-1:{root.account}:log-group:/app/web"
    assert group["arn"] == arn + ":*" and group["logGroupArn"] == arn
    assert group["logGroupClass"] == "INFREQUENT_ACCESS" and group["storedBytes"] == 0 and group["metricFilterCount"] == 0
    assert group["deletionProtectionEnabled"] is False and "retentionInDays" not in group
    assert code(logs.create_log_group, logGroupName="/app/web") == (
        "ResourceAlreadyExistsException",
        "The specified log group already exists",
    )
    logs.delete_log_group(logGroupName="/app/web")
    assert code(logs.delete_log_group, logGroupName="/app/web") == (
        "ResourceNotFoundException",
        "The specified log group does not exist.",
    )


def test_names_are_checked_in_the_services_own_error(logs):
    assert code(logs.create_log_group, logGroupName="a b") == (
        "InvalidParameterException",
        "1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
    )
    assert code(logs.create_log_group, logGroupName="aws/mine")[1] == "Log groups starting with AWS/ are reserved for AWS."


def test_groups_are_listed_by_prefix_pattern_and_page(logs):
    for name in ["/b/one", "/a/two", "/b/three", "c"]:
        logs.create_log_group(logGroupName=name)
    names = [g["logGroupName"] for g in logs.describe_log_groups()["logGroups"]]
    assert names == ["/a/two", "/b/one", "/b/three", "c"]
    shown = logs.describe_log_groups(logGroupNamePrefix="/b")["logGroups"]
    assert [g["logGroupName"] for g in shown] == ["/b/one", "/b/three"]
    shown = logs.describe_log_groups(logGroupNamePattern="t")["logGroups"]
    assert [g["logGroupName"] for g in shown] == ["/a/two", "/b/three"]
    pages = logs.get_paginator("describe_log_groups").paginate(PaginationConfig={"PageSize": 3})
    assert [len(p["logGroups"]) for p in pages] == [3, 1]
    shown = logs.list_log_groups(logGroupNamePattern="^/b/|one")["logGroups"]
    assert [g["logGroupName"] for g in shown] == ["/b/one", "/b/three"]
    assert code(logs.describe_log_groups, logGroupNamePrefix="/b", logGroupNamePattern="t")[0] == "InvalidParameterException"


def test_streams_are_listed_by_name_and_by_last_event(logs):
    logs.create_log_group(logGroupName="g")
    # Minutes apart, for each is counted from the moment of its own request.
    for name, time in [("a", 0), ("b", -1_200_000), ("c", -600_000)]:
        logs.create_log_stream(logGroupName="g", logStreamName=name)
        put(logs, "g", name, time)
    logs.create_log_stream(logGroupName="g", logStreamName="empty")

    def names(**how):
        pages = logs.get_paginator("describe_log_streams").paginate(logGroupName="g", PaginationConfig={"PageSize": 2}, **how)
        return [s["logStreamName"] for page in pages for s in page["logStreams"]]

    assert names() == ["a", "b", "c", "empty"]
    assert names(descending=True) == ["empty", "c", "b", "a"]
    assert names(orderBy="LastEventTime", descending=True) == ["a", "c", "b", "empty"]
    assert names(orderBy="LastEventTime") == ["empty", "b", "c", "a"]
    assert names(logStreamNamePrefix="e") == ["empty"]
    assert code(logs.describe_log_streams, logGroupName="g", orderBy="LastEventTime", logStreamNamePrefix="a")[1] == (
        "Cannot order by LastEventTime with a logStreamNamePrefix."
    )
    stream = logs.describe_log_streams(logGroupName="g", logStreamNamePrefix="b")["logStreams"][0]
    assert stream["firstEventTimestamp"] == stream["lastEventTimestamp"] and stream["storedBytes"] == 0
    assert stream["arn"].endswith(":log-group:g:log-stream:b")
    assert code(logs.create_log_stream, logGroupName="g", logStreamName="a")[1] == "The specified log stream already exists"
    logs.delete_log_stream(logGroupName="g", logStreamName="a")
    assert code(logs.get_log_events, logGroupName="g", logStreamName="a")[1] == "The specified log stream does not exist."


def put(logs, group, stream, offset=0, message="m"):
    import time

    base = int(time.time() * 1000) - 10_000
    logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=[{"timestamp": base + offset, "message": message}])


def test_tags_by_the_old_and_the_new_operations(logs, root):
    logs.create_log_group(logGroupName="g", tags={"a": "1"})
    arn = f"arn:aws:logs:us-east-1:{root.account}:log-group:g"
    logs.tag_log_group(logGroupName="g", tags={"b": "2"})
    logs.tag_resource(resourceArn=arn, tags={"c": "3"})
    assert logs.list_tags_log_group(logGroupName="g")["tags"] == {"a": "1", "b": "2", "c": "3"}
    logs.untag_log_group(logGroupName="g", tags=["a"])
    logs.untag_resource(resourceArn=arn, tagKeys=["b"])
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"c": "3"}
    many = {f"k{i}": "v" for i in range(50)}
    assert code(logs.tag_resource, resourceArn=arn, tags=many)[0] == "TooManyTagsException"


def test_retention_takes_only_awss_numbers_and_events_expire_on_the_clock(server, client, account, clock):
    own = server(ephemeral=True)
    logs = client("logs", account(), at=own.endpoint)
    logs.create_log_group(logGroupName="g")
    logs.create_log_stream(logGroupName="g", logStreamName="s")
    refused = code(logs.put_retention_policy, logGroupName="g", retentionInDays=2)
    assert refused[0] == "InvalidParameterException" and "1, 3, 5, 7, 14" in refused[1]
    logs.put_retention_policy(logGroupName="g", retentionInDays=1)
    put(logs, "g", "s", message="first")
    assert logs.describe_log_groups()["logGroups"][0]["retentionInDays"] == 1
    assert logs.describe_log_groups()["logGroups"][0]["storedBytes"] == 31
    clock(own).advance("25h")
    assert logs.get_log_events(logGroupName="g", logStreamName="s")["events"] == []
    assert logs.filter_log_events(logGroupName="g")["events"] == []
    # The timer has removed them: without a retention they don't come back.
    assert logs.describe_log_groups()["logGroups"][0]["storedBytes"] == 0
    logs.delete_retention_policy(logGroupName="g")
    assert logs.filter_log_events(logGroupName="g")["events"] == []
    assert "retentionInDays" not in logs.describe_log_groups()["logGroups"][0]


def test_a_protected_group_is_not_deleted(logs):
    logs.create_log_group(logGroupName="g", deletionProtectionEnabled=True)
    assert code(logs.delete_log_group, logGroupName="g")[0] == "ValidationException"
    logs.put_log_group_deletion_protection(logGroupIdentifier="g", deletionProtectionEnabled=False)
    logs.delete_log_group(logGroupName="g")


def test_resource_policies_have_names_revisions_and_a_quota(logs, root):
    document = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "events.amazonaws.com"},
                    "Action": ["logs:PutLogEvents"],
                    "Resource": "*",
                }
            ],
        }
    )
    for number in range(10):
        logs.put_resource_policy(policyName=f"p{number}", policyDocument=document)
    assert code(logs.put_resource_policy, policyName="p10", policyDocument=document)[0] == "LimitExceededException"
    logs.delete_resource_policy(policyName="p3")
    assert len(logs.describe_resource_policies()["resourcePolicies"]) == 9
    logs.create_log_group(logGroupName="g")
    arn = f"arn:aws:logs:us-east-1:{root.account}:log-group:g"
    made = logs.put_resource_policy(resourceArn=arn, policyDocument=document)
    wrong = code(logs.put_resource_policy, resourceArn=arn, policyDocument=document, expectedRevisionId="x")
    assert wrong[0] == "InvalidParameterException"
    logs.put_resource_policy(resourceArn=arn, policyDocument=document, expectedRevisionId=made["revisionId"])
    (own,) = logs.describe_resource_policies(resourceArn=arn, policyScope="RESOURCE")["resourcePolicies"]
    assert own["policyScope"] == "RESOURCE" and own["resourceArn"] == arn
    assert code(logs.put_resource_policy, policyName="bad", policyDocument="{}")[0] == "InvalidParameterException"
    assert code(logs.delete_resource_policy, policyName="none") == (
        "ResourceNotFoundException",
        "Policy with name [none] does not exist",
    )
