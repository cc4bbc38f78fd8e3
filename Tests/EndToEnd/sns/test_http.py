"""HTTP endpoints: confirmation, signatures, retries on the moved clock, rates, unsubscribing."""

import base64
import datetime
import json
import queue

import pytest
import requests
from botocore.exceptions import ClientError

from sns.helpers import until, verify


@pytest.fixture
def running(server):
    return server()


@pytest.fixture
def topic(running, client, account):
    creds = account()
    sns = client("sns", creds, at=running.endpoint)
    return creds, sns, sns.create_topic(Name="topic")["TopicArn"]


def confirm(sns, arn, receiver, url=None, **attributes):
    answer = sns.subscribe(TopicArn=arn, Protocol="http", Endpoint=url or receiver.url, Attributes=attributes)
    assert answer["SubscriptionArn"] == "pending confirmation"
    headers, body = receiver.next()
    request = json.loads(body)
    return headers, request


def confirmed(sns, arn, receiver, url=None, **attributes):
    _, request = confirm(sns, arn, receiver, url, **attributes)
    answer = requests.get(request["SubscribeURL"], timeout=30)
    assert answer.status_code == 200 and "<SubscriptionArn>" in answer.text
    return answer.text.split("<SubscriptionArn>")[1].split("<")[0]


def test_an_endpoint_confirms_and_is_notified(topic, receiver):
    creds, sns, arn = topic
    headers, request = confirm(sns, arn, receiver)
    assert headers["x-amz-sns-message-type"] == "SubscriptionConfirmation" and headers["x-amz-sns-topic-arn"] == arn
    assert headers["x-amz-sns-message-id"] == request["MessageId"] and headers["Content-Type"] == "text/plain; charset=UTF-8"
    assert headers["User-Agent"] == "Amazon Simple Notification Service Agent"
    assert list(request) == ["Type", "MessageId", "Token", "TopicArn", "Message", "SubscribeURL", "Timestamp", "SignatureVersion", "Signature", "SigningCertURL"]
    assert request["Message"] == (
        f"You have chosen to subscribe to the topic {arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.")
    verify(request)
    sns.publish(TopicArn=arn, Message="too early")
    assert requests.get(request["SubscribeURL"], timeout=30).status_code == 200
    (entry,) = sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
    attributes = sns.get_subscription_attributes(SubscriptionArn=entry["SubscriptionArn"])["Attributes"]
    assert attributes["ConfirmationWasAuthenticated"] == "false" and attributes["PendingConfirmation"] == "false"
    id = sns.publish(TopicArn=arn, Message="ding", Subject="bell", MessageAttributes={"a": {"DataType": "String", "StringValue": "x"}})["MessageId"]
    headers, body = receiver.next()
    message = json.loads(body)
    assert headers["x-amz-sns-message-type"] == "Notification" and headers["x-amz-sns-subscription-arn"] == entry["SubscriptionArn"]
    assert headers["x-amz-sns-message-id"] == id == message["MessageId"] and message["Message"] == "ding"
    verify(message)
    with pytest.raises(Exception):
        verify({**message, "Subject": "another"})
    # The link ends the subscription; the endpoint is told and can undo it.
    assert requests.get(message["UnsubscribeURL"], timeout=30).status_code == 200
    headers, body = receiver.next()
    farewell = json.loads(body)
    assert headers["x-amz-sns-message-type"] == farewell["Type"] == "UnsubscribeConfirmation"
    verify(farewell)
    assert sns.list_subscriptions()["Subscriptions"] == []
    assert requests.get(farewell["SubscribeURL"], timeout=30).status_code == 200
    assert sns.list_subscriptions()["Subscriptions"] == [entry]
    sns.unsubscribe(SubscriptionArn=entry["SubscriptionArn"])
    with pytest.raises(queue.Empty):
        receiver.next(seconds=0.3)


def test_subscribing_again_sends_another_token(topic, receiver):
    _, sns, arn = topic
    _, first = confirm(sns, arn, receiver)
    _, second = confirm(sns, arn, receiver)
    assert first["Token"] != second["Token"] and len(first["Token"]) == 288
    answer = sns.confirm_subscription(TopicArn=arn, Token=first["Token"])
    assert sns.confirm_subscription(TopicArn=arn, Token=second["Token"]) ["SubscriptionArn"] == answer["SubscriptionArn"]
    assert len(sns.list_subscriptions()["Subscriptions"]) == 1


def test_raw_endpoints_get_the_message_alone(topic, receiver):
    _, sns, arn = topic
    policy = json.dumps({"requestPolicy": {"headerContentType": "application/json"}})
    url = receiver.url.replace("http://", "http://me:secret@")
    confirmed(sns, arn, receiver, url, RawMessageDelivery="true", DeliveryPolicy=policy)
    sns.publish(TopicArn=arn, Message='{"bare": 1}')
    headers, body = receiver.next()
    assert body == '{"bare": 1}' and headers["x-amz-sns-rawdelivery"] == "true" and headers["Content-Type"] == "application/json"
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"me:secret").decode()


def quiet(receiver, seconds=0.3):
    """Nothing comes: what failed waits for its time."""
    with pytest.raises(queue.Empty):
        receiver.next(seconds)


def status(receiver):
    """How the next attempt was answered."""
    return receiver.requests.get(timeout=30)[3]


def pauses(receiver):
    """The cloud's seconds between the attempts, which are then forgotten."""
    times = [datetime.datetime.fromisoformat(time) for time in receiver.times]
    receiver.times.clear()
    return [(after - before).total_seconds() for before, after in zip(times, times[1:])]


def test_failures_are_tried_again_when_their_time_comes(topic, receiver, running, clock, make_queue):
    creds, sns, arn = topic
    dead = make_queue(creds, arn, at=running.endpoint)
    policy = {"healthyRetryPolicy": {"minDelayTarget": 10, "maxDelayTarget": 30, "numRetries": 4, "numNoDelayRetries": 1, "backoffFunction": "linear"}}
    confirmed(sns, arn, receiver, DeliveryPolicy=json.dumps(policy), RedrivePolicy=json.dumps({"deadLetterTargetArn": dead.arn}))
    receiver.clock = clock(running)
    receiver.clock.scale(0)
    receiver.answers = [500, 503, 429]
    sns.publish(TopicArn=arn, Message="patience")
    # The first, and at once the second. Then time must pass.
    assert [status(receiver), status(receiver)] == [500, 503]
    quiet(receiver)
    # It goes to the next retry when that is written down, however long this takes, and not a moment further.
    receiver.clock.auto()
    assert [status(receiver), status(receiver)] == [429, 200]
    assert pauses(receiver) == [0, 10, 20]
    assert dead.is_empty()
    # When all retries are used up, the message goes to the dead-letter queue.
    receiver.answers = [500] * 5
    sns.publish(TopicArn=arn, Message="in vain")
    assert [status(receiver) for _ in range(5)] == [500] * 5
    assert pauses(receiver) == [0, 10, 20, 30]
    assert dead.texts() == ["in vain"]
    assert receiver.requests.empty()


def test_what_is_refused_is_not_tried_again(topic, receiver, running, make_queue):
    creds, sns, arn = topic
    dead = make_queue(creds, arn, at=running.endpoint)
    confirmed(sns, arn, receiver, RedrivePolicy=json.dumps({"deadLetterTargetArn": dead.arn}))
    receiver.answers = [403]
    sns.publish(TopicArn=arn, Message="no")
    assert dead.texts() == ["no"]
    assert receiver.requests.get(timeout=30)[3] == 403 and receiver.requests.empty()


def test_nobody_at_the_door_is_a_failure(topic, receiver, running, clock, make_queue):
    creds, sns, arn = topic
    dead = make_queue(creds, arn, at=running.endpoint)
    policy = json.dumps({"healthyRetryPolicy": {"numRetries": 1}})
    confirmed(sns, arn, receiver, RedrivePolicy=json.dumps({"deadLetterTargetArn": dead.arn}), DeliveryPolicy=policy)
    receiver.close()
    sns.publish(TopicArn=arn, Message="hello?")

    def came():
        clock(running).advance("21s")
        return not dead.is_empty()

    until(came)
    assert dead.texts() == ["hello?"]


def test_a_rate_is_kept(topic, receiver, running, clock):
    _, sns, arn = topic
    confirmed(sns, arn, receiver, DeliveryPolicy=json.dumps({"throttlePolicy": {"maxReceivesPerSecond": 1}}))
    clock(running).scale(0)
    for number in range(3):
        sns.publish(TopicArn=arn, Message=str(number))
    assert receiver.next()
    with pytest.raises(queue.Empty):
        receiver.next(seconds=0.3)
    got = 1
    for _ in range(120):
        clock(running).advance("1s")
        try:
            receiver.next(seconds=0.5)
            got += 1
        except queue.Empty:
            pass
        if got == 3:
            break
    assert got == 3


def test_effective_policies_are_shown(topic, receiver):
    _, sns, arn = topic
    sns.set_topic_attributes(TopicArn=arn, AttributeName="DeliveryPolicy", AttributeValue=json.dumps(
        {"http": {"defaultHealthyRetryPolicy": {"numRetries": 7}, "defaultThrottlePolicy": {"maxReceivesPerSecond": 2}}}))
    subscription = confirmed(sns, arn, receiver, DeliveryPolicy=json.dumps({"throttlePolicy": {"maxReceivesPerSecond": 5}}))
    attributes = sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]
    effective = json.loads(attributes["EffectiveDeliveryPolicy"])
    assert effective["healthyRetryPolicy"]["numRetries"] == 7 and effective["throttlePolicy"] == {"maxReceivesPerSecond": 5}
    with pytest.raises(ClientError) as caught:
        sns.set_subscription_attributes(SubscriptionArn=subscription, AttributeName="DeliveryPolicy", AttributeValue='{"healthyRetryPolicy":{"numRetries":101}}')
    assert caught.value.response["Error"]["Message"] == (
        "Invalid parameter: DeliveryPolicy: healthyRetryPolicy.numRetries must be less than or equal to 100")
