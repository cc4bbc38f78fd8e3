"""Topics: creating, attributes, tags, lists."""

import json

import pytest
from botocore.exceptions import ClientError


def refusal(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


def test_a_topic_is_created_once(client, account, unique):
    sns = client("sns", account())
    name = unique("topic")
    tags = [{"Key": "team", "Value": "a"}]
    arn = sns.create_topic(Name=name, Attributes={"DisplayName": "x"}, Tags=tags)["TopicArn"]
    assert sns.create_topic(Name=name)["TopicArn"] == arn
    assert sns.create_topic(Name=name, Attributes={"DisplayName": "x"}, Tags=tags)["TopicArn"] == arn
    assert refusal(sns.create_topic, Name=name, Attributes={"DisplayName": "y"}) == (
        "InvalidParameter", "Invalid parameter: Attributes Reason: Topic already exists with different attributes")
    assert refusal(sns.create_topic, Name=name, Tags=[{"Key": "team", "Value": "b"}]) == (
        "InvalidParameter", "Invalid parameter: Tags Reason: Topic already exists with different tags")
    sns.delete_topic(TopicArn=arn)
    sns.delete_topic(TopicArn=arn)
    assert refusal(sns.get_topic_attributes, TopicArn=arn) == ("NotFound", "Topic does not exist")


@pytest.mark.parametrize("name, attributes", [
    ("a b", {}), ("", {}), ("x" * 257, {}), ("x.fifo", {}), ("x", {"FifoTopic": "true"}), ("x.y.fifo", {"FifoTopic": "true"})])
def test_names_are_checked(client, account, name, attributes):
    code, message = refusal(client("sns", account()).create_topic, Name=name, Attributes=attributes)
    assert code == "InvalidParameter" and message.startswith("Invalid parameter: Topic Name")


def test_a_new_topic_has_the_attributes_of_aws(client, account, unique):
    creds = account()
    sns = client("sns", creds)
    arn = sns.create_topic(Name=unique("topic"))["TopicArn"]
    attributes = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
    assert json.loads(attributes.pop("Policy")) == {
        "Version": "2008-10-17", "Id": "__default_policy_ID",
        "Statement": [{
            "Sid": "__default_statement_ID", "Effect": "Allow", "Principal": {"AWS": "*"},
            "Action": ["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:AddPermission", "SNS:RemovePermission",
                       "SNS:DeleteTopic", "SNS:Subscribe", "SNS:ListSubscriptionsByTopic", "SNS:Publish"],
            "Resource": arn, "Condition": {"StringEquals": {"AWS:SourceOwner": creds.account}}}]}
    assert json.loads(attributes.pop("EffectiveDeliveryPolicy")) == {"http": {
        "defaultHealthyRetryPolicy": {
            "minDelayTarget": 20, "maxDelayTarget": 20, "numRetries": 3, "numMaxDelayRetries": 0, "numNoDelayRetries": 0,
            "numMinDelayRetries": 0, "backoffFunction": "linear"},
        "disableSubscriptionOverrides": False, "defaultRequestPolicy": {"headerContentType": "text/plain; charset=UTF-8"}}}
    assert attributes == {
        "TopicArn": arn, "Owner": creds.account, "DisplayName": "", "SubscriptionsPending": "0", "SubscriptionsConfirmed": "0",
        "SubscriptionsDeleted": "0"}


def test_attributes_are_set_and_checked(client, account, unique):
    sns = client("sns", account())
    arn = sns.create_topic(Name=unique("topic"))["TopicArn"]
    policy = json.dumps({"http": {"defaultHealthyRetryPolicy": {"numRetries": 5}}})
    for name, value in [("DisplayName", "Bell"), ("SignatureVersion", "2"), ("TracingConfig", "PassThrough"), ("DeliveryPolicy", policy),
                        ("SQSSuccessFeedbackSampleRate", "100"), ("KmsMasterKeyId", "alias/aws/sns")]:
        sns.set_topic_attributes(TopicArn=arn, AttributeName=name, AttributeValue=value)
        assert sns.get_topic_attributes(TopicArn=arn)["Attributes"][name] == value
    effective = json.loads(sns.get_topic_attributes(TopicArn=arn)["Attributes"]["EffectiveDeliveryPolicy"])
    assert effective["http"]["defaultHealthyRetryPolicy"]["numRetries"] == 5
    for name, value, message in [
        ("Nothing", "x", "Invalid parameter: AttributeName"), ("FifoTopic", "true", "Invalid parameter: AttributeName"),
        ("SignatureVersion", "3", "Invalid parameter: SignatureVersion"),
        ("DisplayName", "x" * 101, "Invalid parameter: DisplayName"),
        ("DeliveryPolicy", "{\"x\": 1}", "Invalid parameter: DeliveryPolicy: Unexpected JSON member: x"),
        ("ContentBasedDeduplication", "true", "Invalid parameter: ContentBasedDeduplication"),
    ]:
        assert refusal(sns.set_topic_attributes, TopicArn=arn, AttributeName=name, AttributeValue=value) == ("InvalidParameter", message)
    for name in ("ArchivePolicy",):
        assert refusal(sns.set_topic_attributes, TopicArn=arn, AttributeName=name, AttributeValue="{}")[0] == "NotImplemented"
    assert refusal(sns.create_topic, Name=unique("topic"), Attributes={"Foo": "x"}) == (
        "InvalidParameter", "Invalid parameter: Attributes Reason: Unknown attribute: Foo")


def test_arns_are_checked(client, account):
    sns = client("sns", account())
    assert refusal(sns.get_topic_attributes, TopicArn="x:y") == (
        "InvalidParameter", "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 2")
    assert refusal(sns.get_topic_attributes, TopicArn="arn:aws:sns:eu-west-1:000000000000:t") == (
        "InvalidParameter", "Invalid parameter: TopicArn")


def test_tags(client, account, unique):
    sns = client("sns", account())
    arn = sns.create_topic(Name=unique("topic"), Tags=[{"Key": "a", "Value": "1"}])["TopicArn"]
    sns.tag_resource(ResourceArn=arn, Tags=[{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "3"}])
    assert sns.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "a", "Value": "3"}, {"Key": "b", "Value": "2"}]
    sns.untag_resource(ResourceArn=arn, TagKeys=["a"])
    assert sns.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "b", "Value": "2"}]
    twice = [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]
    assert refusal(sns.tag_resource, ResourceArn=arn, Tags=twice) == (
        "InvalidParameter", "Invalid parameter: Duplicated keys are not allowed.")
    many = [{"Key": f"k{number}", "Value": ""} for number in range(50)]
    assert refusal(sns.tag_resource, ResourceArn=arn, Tags=many)[0] == "TagLimitExceeded"
    assert refusal(sns.list_tags_for_resource, ResourceArn=arn + "x") == ("ResourceNotFound", "Resource does not exist")


def test_lists_have_pages_of_a_hundred(client, account):
    sns = client("sns", account())
    arns = {sns.create_topic(Name=f"t{number}")["TopicArn"] for number in range(105)}
    first = sns.list_topics()
    assert len(first["Topics"]) == 100
    rest = sns.list_topics(NextToken=first["NextToken"])
    assert "NextToken" not in rest
    assert {topic["TopicArn"] for topic in first["Topics"] + rest["Topics"]} == arns
    assert client("sns", account()).list_topics()["Topics"] == []
    assert refusal(sns.list_topics, NextToken="%%%")[0] == "InvalidParameter"


def test_permissions_write_the_policy(client, account, unique):
    creds, other = account(), account()
    sns = client("sns", creds)
    arn = sns.create_topic(Name=unique("topic"))["TopicArn"]
    sns.add_permission(TopicArn=arn, Label="them", AWSAccountId=[other.account], ActionName=["Publish", "Subscribe"])
    statements = json.loads(sns.get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"])["Statement"]
    assert statements[1] == {
        "Sid": "them", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{other.account}:root"},
        "Action": ["SNS:Publish", "SNS:Subscribe"], "Resource": arn}
    assert refusal(sns.add_permission, TopicArn=arn, Label="them", AWSAccountId=[other.account], ActionName=["Publish"]) == (
        "InvalidParameter", "Invalid parameter: Statement already exists")
    assert refusal(sns.add_permission, TopicArn=arn, Label="x", AWSAccountId=[other.account], ActionName=["CreateTopic"]) == (
        "InvalidParameter", "Invalid parameter: Policy statement action out of service scope!")
    sns.remove_permission(TopicArn=arn, Label="them")
    assert len(json.loads(sns.get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"])["Statement"]) == 1


@pytest.mark.parametrize("change, message", [
    ({"Action": "sns:CreateTopic"}, "Policy statement action out of service scope!"),
    ({"Action": ["sns:Publish", "sqs:SendMessage"]}, "Policy statement action out of service scope!"),
    ({"Principal": {"AWS": "arn:aws:iam::000000000000:user/nobody"}}, "Policy Error: PrincipalNotFound"),
    ({"Resource": ["a", "b"]}, "Policy statement must apply to a single resource!"),
    ({"Effect": "Perhaps"}, "Policy Error: null")])
def test_policies_are_checked(client, account, unique, change, message):
    sns = client("sns", account())
    arn = sns.create_topic(Name=unique("topic"))["TopicArn"]
    statement = {"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": arn, **change}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    assert refusal(sns.set_topic_attributes, TopicArn=arn, AttributeName="Policy", AttributeValue=policy) == (
        "InvalidParameter", f"Invalid parameter: {message}")


def test_the_cli_speaks_to_topics(aws, account, unique):
    creds = account()
    arn = aws("sns", "create-topic", "--name", unique("topic"), creds=creds).json["TopicArn"]
    assert aws("sns", "list-topics", creds=creds).json == {"Topics": [{"TopicArn": arn}]}
    assert aws("sns", "publish", "--topic-arn", arn, "--message", "hello", creds=creds).json["MessageId"]


@pytest.mark.parametrize("operation, parameters", [
    ("list_platform_applications", {}), ("create_platform_application", {"Name": "x", "Platform": "GCM", "Attributes": {}}),
    ("get_data_protection_policy", {"ResourceArn": "arn:aws:sns:us-east-1:000000000000:t"}), ("list_sms_sandbox_phone_numbers", {})])
def test_what_is_not_built_says_so(client, account, operation, parameters):
    code, message = refusal(getattr(client("sns", account()), operation), **parameters)
    assert code == "NotImplemented" and "is not built in Hakoniwa" in message
