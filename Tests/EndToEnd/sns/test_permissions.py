"""Who may do what with a topic: identity policies, topic policies, other accounts, services, keys."""

import json

import pytest
import requests
from botocore.exceptions import ClientError


def refusal(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    response = caught.value.response
    return response["Error"]["Code"], response["Error"]["Message"], response["ResponseMetadata"]["HTTPStatusCode"]


@pytest.fixture
def topic(client, account, unique):
    creds = account()
    sns = client("sns", creds)
    return creds, sns, sns.create_topic(Name=unique("topic"))["TopicArn"]


def grant(sns, arn, principal, actions="sns:Publish", effect="Allow", **more):
    statement = {"Effect": effect, "Principal": principal, "Action": actions, "Resource": arn, **more}
    sns.set_topic_attributes(
        TopicArn=arn, AttributeName="Policy", AttributeValue=json.dumps({"Version": "2012-10-17", "Statement": statement}))


def test_a_user_needs_a_policy(topic, client, iam_user):
    creds, sns, arn = topic
    user = iam_user(creds)
    theirs = client("sns", user)
    assert refusal(theirs.publish, TopicArn=arn, Message="x") == (
        "AuthorizationError",
        f"User: {user.arn} is not authorized to perform: SNS:Publish on resource: {arn} "
        "because no identity-based policy allows the SNS:Publish action", 403)
    everything = f"arn:aws:sns:us-east-1:{creds.account}:*"
    assert refusal(theirs.list_topics) == (
        "AuthorizationError",
        f"User: {user.arn} is not authorized to perform: SNS:ListTopics on resource: {everything} "
        "because no identity-based policy allows the SNS:ListTopics action", 403)
    assert refusal(theirs.create_topic, Name="x")[0] == "AuthorizationError"
    allowed = client("sns", iam_user(creds, {"Effect": "Allow", "Action": "sns:Publish", "Resource": arn}))
    allowed.publish(TopicArn=arn, Message="x")
    allowed.publish_batch(TopicArn=arn, PublishBatchRequestEntries=[{"Id": "1", "Message": "x"}])
    assert refusal(allowed.publish, PhoneNumber="+15551234567", Message="x")[0] == "AuthorizationError"
    texts = client("sns", iam_user(creds, {"Effect": "Allow", "Action": "sns:Publish", "Resource": "*"}))
    assert texts.publish(PhoneNumber="+15551234567", Message="x")["MessageId"]


def test_another_account_needs_both_sides(topic, client, account, iam_user):
    creds, sns, arn = topic
    other = account()
    user = iam_user(other, {"Effect": "Allow", "Action": "sns:*", "Resource": "*"})
    theirs = client("sns", user)
    words = f"User: {user.arn} is not authorized to perform: SNS:Publish on resource: {arn}"
    assert refusal(theirs.publish, TopicArn=arn, Message="x") == ("AuthorizationError", words, 403)
    grant(sns, arn, {"AWS": other.account}, ["sns:Publish", "sns:GetTopicAttributes"])
    theirs.publish(TopicArn=arn, Message="x")
    assert theirs.get_topic_attributes(TopicArn=arn)["Attributes"]["Owner"] == creds.account
    assert refusal(client("sns", iam_user(other)).publish, TopicArn=arn, Message="x")[0] == "AuthorizationError"
    assert refusal(theirs.set_topic_attributes, TopicArn=arn, AttributeName="DisplayName", AttributeValue="x")[0] == "AuthorizationError"
    # Tags are the owner's, whatever a policy says.
    assert refusal(theirs.tag_resource, ResourceArn=arn, Tags=[{"Key": "a", "Value": "b"}])[0] == "AuthorizationError"


def test_a_topics_policy_grants_and_denies_within_the_account(topic, client, iam_user):
    creds, sns, arn = topic
    user = iam_user(creds)
    grant(sns, arn, {"AWS": user.arn})
    client("sns", user).publish(TopicArn=arn, Message="x")
    strong = iam_user(creds, {"Effect": "Allow", "Action": "*", "Resource": "*"})
    grant(sns, arn, {"AWS": strong.arn}, effect="Deny")
    _, message, _ = refusal(client("sns", strong).publish, TopicArn=arn, Message="x")
    assert message.endswith("with an explicit deny in a resource-based policy")


def test_principals_of_a_policy_are_persons_not_names(topic, client, iam_user):
    creds, sns, arn = topic
    user = iam_user(creds, name="ann")
    grant(sns, arn, {"AWS": user.arn})
    policy = json.loads(sns.get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"])
    assert policy["Statement"]["Principal"] == {"AWS": user.arn}
    iam = client("iam", creds)
    for key in iam.list_access_keys(UserName="ann")["AccessKeyMetadata"]:
        iam.delete_access_key(UserName="ann", AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName="ann")
    namesake = iam_user(creds, name="ann")
    assert refusal(client("sns", namesake).publish, TopicArn=arn, Message="x")[0] == "AuthorizationError"


def test_anybody_publishes_where_the_policy_says_so(topic, endpoint):
    _, sns, arn = topic
    form = {"Action": "Publish", "Version": "2010-03-31", "TopicArn": arn, "Message": "x"}
    answer = requests.post(endpoint, data=form, timeout=30)
    assert answer.status_code == 403 and "<Code>AuthorizationError</Code>" in answer.text
    grant(sns, arn, "*")
    answer = requests.post(endpoint, data=form, timeout=30)
    assert answer.status_code == 200 and "<MessageId>" in answer.text


def test_services_publish_for_a_resource(topic, endpoint):
    creds, sns, arn = topic
    bucket = "arn:aws:s3:::garden"

    def publish(source, principal="s3.amazonaws.com"):
        body = {"as": principal, "service": "sns", "operation": "Publish", "sourceArn": source, "sourceAccount": creds.account,
                "input": {"TopicArn": arn, "Message": "an object"}}
        return requests.post(endpoint + "/_hakoniwa/service-calls", json=body, timeout=30).status_code

    grant(sns, arn, {"Service": "s3.amazonaws.com"}, Condition={"ArnLike": {"aws:SourceArn": bucket}})
    assert publish(bucket) == 200 and publish(bucket + "s") == 403
    # As the policy that a topic has by itself: alarms have the older key, S3 hasn't.
    grant(sns, arn, {"AWS": "*"}, Condition={"StringEquals": {"AWS:SourceOwner": creds.account}})
    assert publish(bucket) == 403
    assert publish(f"arn:aws:cloudwatch:us-east-1:{creds.account}:alarm:hot", "cloudwatch.amazonaws.com") == 200


def test_an_encrypted_topic_needs_its_key(topic, client, iam_user, make_queue):
    creds, sns, arn = topic
    kms = client("kms", creds)
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    sns.set_topic_attributes(TopicArn=arn, AttributeName="KmsMasterKeyId", AttributeValue=key)
    queue = make_queue(creds, arn)
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)
    sns.publish(TopicArn=arn, Message="secret")
    assert queue.texts() == ["secret"]
    publish = {"Effect": "Allow", "Action": "sns:Publish", "Resource": arn}
    use = {"Effect": "Allow", "Action": ["kms:GenerateDataKey*", "kms:Decrypt"], "Resource": "*",
           "Condition": {"StringEquals": {"kms:ViaService": "sns.us-east-1.amazonaws.com"}}}
    without, half, full = (iam_user(creds, policy) for policy in (
        [publish], [publish, {**use, "Action": "kms:GenerateDataKey"}], [publish, use]))
    assert refusal(client("sns", without).publish, TopicArn=arn, Message="x")[0] == "KMSAccessDenied"
    assert refusal(client("sns", half).publish, TopicArn=arn, Message="x")[0] == "KMSAccessDenied"
    client("sns", full).publish(TopicArn=arn, Message="theirs")
    assert queue.texts() == ["theirs"]
    # The key that AWS manages lets everybody in the account use it through SNS, and nobody else.
    sns.set_topic_attributes(TopicArn=arn, AttributeName="KmsMasterKeyId", AttributeValue="alias/aws/sns")
    client("sns", without).publish(TopicArn=arn, Message="managed")
    assert queue.texts() == ["managed"]
    sns.set_topic_attributes(TopicArn=arn, AttributeName="KmsMasterKeyId", AttributeValue=key)
    kms.disable_key(KeyId=key)
    assert refusal(sns.publish, TopicArn=arn, Message="x")[0] == "KMSDisabled"
    sns.set_topic_attributes(TopicArn=arn, AttributeName="KmsMasterKeyId", AttributeValue="alias/nobody")
    assert refusal(sns.publish_batch, TopicArn=arn, PublishBatchRequestEntries=[{"Id": "1", "Message": "x"}])[0] == "KMSNotFound"
