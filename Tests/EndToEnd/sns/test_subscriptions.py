"""Subscriptions: confirming, attributes, lists, other accounts."""

import json

import pytest
import requests
from botocore.exceptions import ClientError

from sns.helpers import until


def refusal(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


@pytest.fixture
def topic(client, account, unique):
    creds = account()
    sns = client("sns", creds)
    return creds, sns, sns.create_topic(Name=unique("topic"))["TopicArn"]


def test_a_queue_of_ones_own_is_subscribed_at_once(topic, make_queue, iam_user):
    creds, sns, arn = topic
    queue = make_queue(creds)
    subscription = sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)["SubscriptionArn"]
    assert subscription.startswith(arn + ":")
    assert sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)["SubscriptionArn"] == subscription
    attributes = sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]
    assert attributes == {
        "SubscriptionArn": subscription, "TopicArn": arn, "Owner": creds.account, "Protocol": "sqs", "Endpoint": queue.arn,
        "PendingConfirmation": "false", "ConfirmationWasAuthenticated": "true", "RawMessageDelivery": "false",
        "SubscriptionPrincipal": creds.arn or f"arn:aws:iam::{creds.account}:root"}
    entry = {"SubscriptionArn": subscription, "Owner": creds.account, "Protocol": "sqs", "Endpoint": queue.arn, "TopicArn": arn}
    assert sns.list_subscriptions()["Subscriptions"] == [entry]
    assert sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"] == [entry]
    sns.unsubscribe(SubscriptionArn=subscription)
    sns.unsubscribe(SubscriptionArn=subscription)
    assert sns.list_subscriptions()["Subscriptions"] == []
    assert refusal(sns.get_subscription_attributes, SubscriptionArn=subscription) == ("NotFound", "Subscription does not exist")
    assert sns.get_topic_attributes(TopicArn=arn)["Attributes"]["SubscriptionsDeleted"] == "1"


@pytest.mark.parametrize("parameters, message", [
    ({"Protocol": "pigeon", "Endpoint": "x"}, "Invalid parameter: Amazon SNS does not support this protocol string: pigeon"),
    ({"Protocol": "http", "Endpoint": "https://x"}, "Invalid parameter: Endpoint must match the specified protocol"),
    ({"Protocol": "sqs", "Endpoint": "queue"}, "Invalid parameter: SQS endpoint ARN"),
    ({"Protocol": "sms", "Endpoint": "12"}, "Invalid parameter: Invalid SMS endpoint: 12"),
    ({"Protocol": "email", "Endpoint": "nobody"}, "Invalid parameter: Email address"),
    ({"Protocol": "sqs", "Endpoint": "arn:aws:sqs:us-east-1:000000000000:q.fifo"},
     "Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics"),
    ({"Protocol": "sqs", "Endpoint": "arn:aws:sqs:us-east-1:000000000000:q", "Attributes": {"Foo": "x"}},
     "Invalid parameter: Attributes Reason: AttributeName"),
    ({"Protocol": "sqs", "Endpoint": "arn:aws:sqs:us-east-1:000000000000:q", "Attributes": {"RawMessageDelivery": "x"}},
     "Invalid parameter: Attributes Reason: RawMessageDelivery: Invalid value [x]. Must be true or false."),
    ({"Protocol": "sqs", "Endpoint": "arn:aws:sqs:us-east-1:000000000000:q", "Attributes": {"RedrivePolicy": "{\"deadLetterTargetArn\":\"x\"}"}},
     "Invalid parameter: Attributes Reason: RedrivePolicy: deadLetterTargetArn is an invalid arn"),
    ({"Protocol": "sqs", "Endpoint": "arn:aws:sqs:us-east-1:000000000000:q", "Attributes": {"FilterPolicyScope": "x"}},
     "Invalid parameter: Attributes Reason: FilterPolicyScope: Invalid value [x]. Please use either MessageBody or MessageAttributes"),
    ({"Protocol": "sqs", "Endpoint": "arn:aws:sqs:us-east-1:000000000000:q", "Attributes": {"FilterPolicy": "{\"a\":\"b\"}"}},
     "Invalid parameter: Attributes Reason: FilterPolicy: \"a\" must be an object or an array\n"
     " at [Source: (String)\"{\"a\":\"b\"}\"; line: 1, column: 7]")])
def test_subscribing_is_checked(topic, parameters, message):
    _, sns, arn = topic
    assert refusal(sns.subscribe, TopicArn=arn, **parameters) == ("InvalidParameter", message)


@pytest.mark.parametrize("protocol, target", [
    ("lambda", "arn:aws:lambda:us-east-1:000000000000:function:f"), ("application", "arn:aws:sns:us-east-1:000000000000:endpoint/GCM/a/b"),
    ("firehose", "arn:aws:firehose:us-east-1:000000000000:deliverystream/s")])
def test_protocols_that_are_not_built_say_so(topic, protocol, target):
    _, sns, arn = topic
    role = {"SubscriptionRoleArn": "arn:aws:iam::000000000000:role/r"}
    assert refusal(sns.subscribe, TopicArn=arn, Protocol=protocol, Endpoint=target, Attributes=role)[0] == "NotImplemented"


def test_attributes_of_a_subscription(topic, make_queue):
    creds, sns, arn = topic
    queue = make_queue(creds)
    subscription = sns.subscribe(
        TopicArn=arn, Protocol="sqs", Endpoint=queue.arn, Attributes={"RawMessageDelivery": "True", "FilterPolicy": "{\"a\":[\"b\"]}"}
    )["SubscriptionArn"]

    def attributes():
        return sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]

    assert attributes()["RawMessageDelivery"] == "true"
    assert attributes()["FilterPolicy"] == "{\"a\":[\"b\"]}" and attributes()["FilterPolicyScope"] == "MessageAttributes"
    assert refusal(sns.subscribe, TopicArn=arn, Protocol="sqs", Endpoint=queue.arn, Attributes={"RawMessageDelivery": "false"}) == (
        "InvalidParameter", "Invalid parameter: Attributes Reason: Subscription already exists with different attributes")

    def set(name, value):
        sns.set_subscription_attributes(SubscriptionArn=subscription, AttributeName=name, AttributeValue=value)

    assert refusal(sns.set_subscription_attributes, SubscriptionArn=subscription, AttributeName="FilterPolicy", AttributeValue='{"a":{"b":["c"]}}') == (
        "InvalidParameter", "Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy")
    set("FilterPolicyScope", "MessageBody")
    set("FilterPolicy", '{"a":{"b":["c"]}}')
    assert attributes()["FilterPolicyScope"] == "MessageBody"
    set("FilterPolicy", "")
    assert "FilterPolicy" not in attributes() and "FilterPolicyScope" not in attributes()
    dead = json.dumps({"deadLetterTargetArn": queue.arn})
    set("RedrivePolicy", dead)
    assert attributes()["RedrivePolicy"] == dead
    assert refusal(sns.set_subscription_attributes, SubscriptionArn=subscription, AttributeName="Foo", AttributeValue="x") == (
        "InvalidParameter", "Invalid parameter: AttributeName")
    assert refusal(sns.set_subscription_attributes, SubscriptionArn=arn, AttributeName="Foo", AttributeValue="x")[0] == "InvalidParameter"


def test_a_queue_of_another_account_must_confirm(client, account, topic, make_queue):
    creds, sns, arn = topic
    other = account()
    queue = make_queue(other, arn)
    answer = sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn, ReturnSubscriptionArn=True)
    subscription = answer["SubscriptionArn"]
    assert sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"][0]["SubscriptionArn"] == "PendingConfirmation"
    assert sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]["PendingConfirmation"] == "true"
    (request,) = queue.notifications()
    assert request["Type"] == "SubscriptionConfirmation" and request["TopicArn"] == arn
    sns.publish(TopicArn=arn, Message="too early")
    assert refusal(sns.confirm_subscription, TopicArn=arn, Token="wrong") == ("InvalidParameter", "Invalid parameter: Token")
    confirmed = client("sns", other).confirm_subscription(TopicArn=arn, Token=request["Token"], AuthenticateOnUnsubscribe="true")
    assert confirmed["SubscriptionArn"] == subscription
    sns.publish(TopicArn=arn, Message="now")
    assert queue.texts() == ["now"] and queue.is_empty()
    # Now only a signature ends it.
    answer = requests.get(f"{sns.meta.endpoint_url}/?Action=Unsubscribe&SubscriptionArn={subscription}", timeout=30)
    assert answer.status_code == 403 and "AuthorizationError" in answer.text


def test_a_subscriber_of_another_account_needs_the_topics_policy(client, account, topic, make_queue):
    creds, sns, arn = topic
    other = account()
    theirs = client("sns", other)
    queue = make_queue(other, arn)
    code, message = refusal(theirs.subscribe, TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)
    assert code == "AuthorizationError"
    assert message == f"User: arn:aws:iam::{other.account}:root is not authorized to perform: SNS:Subscribe on resource: {arn}"
    statement = {
        "Effect": "Allow", "Principal": {"AWS": other.account}, "Action": "sns:Subscribe", "Resource": arn,
        "Condition": {"StringEquals": {"sns:Protocol": "sqs"}, "StringLike": {"sns:Endpoint": queue.arn}}}
    sns.set_topic_attributes(
        TopicArn=arn, AttributeName="Policy", AttributeValue=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    assert refusal(theirs.subscribe, TopicArn=arn, Protocol="email", Endpoint="me@example.com")[0] == "AuthorizationError"
    # What the queue's own account subscribes needs no confirmation, and is its own.
    subscription = theirs.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)["SubscriptionArn"]
    assert subscription.startswith(arn)
    sns.publish(TopicArn=arn, Message="across")
    assert queue.texts() == ["across"]
    (entry,) = theirs.list_subscriptions()["Subscriptions"]
    assert entry["Owner"] == other.account and entry["SubscriptionArn"] == subscription
    assert sns.list_subscriptions()["Subscriptions"] == []
    assert sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"] == [entry]
    theirs.set_subscription_attributes(SubscriptionArn=subscription, AttributeName="RawMessageDelivery", AttributeValue="true")
    stranger = client("sns", account())
    assert refusal(stranger.unsubscribe, SubscriptionArn=subscription)[0] == "AuthorizationError"
    assert refusal(stranger.get_subscription_attributes, SubscriptionArn=subscription)[0] == "AuthorizationError"
    theirs.unsubscribe(SubscriptionArn=subscription)


def test_lists_of_subscriptions_have_pages_of_a_hundred(topic):
    _, sns, arn = topic
    for number in range(103):
        sns.subscribe(TopicArn=arn, Protocol="sms", Endpoint=f"+1555{number:07}")
    for operation, parameters in [("list_subscriptions", {}), ("list_subscriptions_by_topic", {"TopicArn": arn})]:
        first = getattr(sns, operation)(**parameters)
        rest = getattr(sns, operation)(NextToken=first["NextToken"], **parameters)
        assert len(first["Subscriptions"]) == 100 and len(rest["Subscriptions"]) == 3 and "NextToken" not in rest
        assert len({each["Endpoint"] for each in first["Subscriptions"] + rest["Subscriptions"]}) == 103
    assert sns.get_topic_attributes(TopicArn=arn)["Attributes"]["SubscriptionsConfirmed"] == "103"
    sns.delete_topic(TopicArn=arn)


def test_a_deleted_topic_takes_its_subscriptions_along(topic, make_queue):
    creds, sns, arn = topic
    queue = make_queue(creds, arn)
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)
    sns.delete_topic(TopicArn=arn)
    assert sns.create_topic(Name=arn.split(":")[-1])["TopicArn"] == arn
    assert sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"] == []
    sns.publish(TopicArn=arn, Message="nobody")
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)
    sns.publish(TopicArn=arn, Message="somebody")
    assert queue.texts() == ["somebody"]


def test_pending_subscriptions_end_after_two_days(client, server, clock, account):
    running = server()
    sns = client("sns", account(), at=running.endpoint)
    arn = sns.create_topic(Name="t")["TopicArn"]
    sns.subscribe(TopicArn=arn, Protocol="email", Endpoint="me@example.com")
    letters = []
    until(lambda: letters.extend(running.get("/_hakoniwa/sns/outbox").json()["messages"]) or letters)
    clock(running).advance("47h")
    assert len(sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]) == 1
    clock(running).advance("2h")
    until(lambda: not sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"])
    for letter in letters:
        assert requests.get(letter["confirm"], timeout=30).status_code == 400
