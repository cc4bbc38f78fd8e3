"""Publishing: to queues, raw and not, filtered, in batches; the queue's policy; the dead-letter queue."""

import json
import uuid

import pytest
from botocore.exceptions import ClientError

from sns.helpers import allow, verify


def refusal(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


@pytest.fixture
def topic(client, account, unique):
    creds = account()
    sns = client("sns", creds)
    return creds, sns, sns.create_topic(Name=unique("topic"))["TopicArn"]


def text(value, kind="String"):
    return {"DataType": kind, "StringValue": value}


def test_a_message_reaches_every_queue(topic, make_queue):
    creds, sns, arn = topic
    queues = [make_queue(creds, arn) for _ in range(3)]
    subscriptions = [sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)["SubscriptionArn"] for queue in queues]
    attributes = {"kind": text("a"), "count": text("7", "Number"), "list": text('["x"]', "String.Array"), "bytes": {"DataType": "Binary", "BinaryValue": b"\0\xff"}}
    id = sns.publish(TopicArn=arn, Message="hellö \"world\"", Subject="Greeting", MessageAttributes=attributes)["MessageId"]
    for queue, subscription in zip(queues, subscriptions):
        (message,) = queue.notifications()
        verify(message)
        assert message["Type"] == "Notification" and message["MessageId"] == id and message["TopicArn"] == arn
        assert message["Message"] == "hellö \"world\"" and message["Subject"] == "Greeting" and message["SignatureVersion"] == "1"
        assert message["UnsubscribeURL"].endswith(f"/?Action=Unsubscribe&SubscriptionArn={subscription}")
        assert message["MessageAttributes"] == {
            "kind": {"Type": "String", "Value": "a"}, "count": {"Type": "Number", "Value": "7"},
            "list": {"Type": "String.Array", "Value": '["x"]'}, "bytes": {"Type": "Binary", "Value": "AP8="}}
        assert queue.is_empty()


def test_raw_messages_are_as_they_were_published(topic, make_queue):
    creds, sns, arn = topic
    queue = make_queue(creds, arn)
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn, Attributes={"RawMessageDelivery": "true"})
    sns.publish(TopicArn=arn, Message="bare", MessageAttributes={"a": text("x"), "b": {"DataType": "Binary", "BinaryValue": b"\1"}})
    (message,) = queue.receive()
    assert message["Body"] == "bare"
    assert message["MessageAttributes"] == {"a": {"StringValue": "x", "DataType": "String"}, "b": {"BinaryValue": b"\1", "DataType": "Binary"}}


def test_version_2_signs_with_sha256(topic, make_queue):
    creds, sns, arn = topic
    sns.set_topic_attributes(TopicArn=arn, AttributeName="SignatureVersion", AttributeValue="2")
    queue = make_queue(creds, arn)
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)
    sns.publish(TopicArn=arn, Message="signed")
    (message,) = queue.notifications()
    assert message["SignatureVersion"] == "2"
    verify(message)
    with pytest.raises(Exception):
        verify({**message, "Message": "forged"})


def test_a_message_has_texts_for_single_protocols(topic, make_queue):
    creds, sns, arn = topic
    queue = make_queue(creds, arn)
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)
    sns.publish(TopicArn=arn, MessageStructure="json", Message=json.dumps({"default": "d", "sqs": "for queues", "email": 5}))
    sns.publish(TopicArn=arn, MessageStructure="json", Message=json.dumps({"default": "d", "http": "h"}))
    assert sorted(queue.texts(2)) == ["d", "for queues"]
    assert refusal(sns.publish, TopicArn=arn, MessageStructure="json", Message="{}") == (
        "InvalidParameter", "Invalid parameter: Message Structure - No default entry in JSON message body")
    assert refusal(sns.publish, TopicArn=arn, MessageStructure="json", Message="{") == (
        "InvalidParameter", "Invalid parameter: Message Structure - JSON message body failed to parse")


@pytest.mark.parametrize("parameters, code, message", [
    ({"Message": ""}, "InvalidParameter", "Invalid parameter: Empty message"),
    ({"Message": "x", "Subject": ""}, "InvalidParameter", "Invalid parameter: Subject"),
    ({"Message": "x", "Subject": "a\nb"}, "InvalidParameter", "Invalid parameter: Subject"),
    ({"Message": "x", "Subject": "a" * 101}, "InvalidParameter", "Invalid parameter: Subject"),
    ({"Message": "x" * 262145}, "InvalidParameter", "Invalid parameter: Message too long"),
    ({"Message": "x" * 262144, "MessageAttributes": {"a": text("x")}}, "InvalidParameter", "Invalid parameter: Message too long"),
    ({"Message": "x", "MessageDeduplicationId": "d"}, "InvalidParameter",
     "Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type"),
    ({"Message": "x", "MessageAttributes": {"a": text("x", "Text")}}, "ParameterValueInvalid",
     "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."),
    ({"Message": "x", "MessageAttributes": {"a b": text("x")}}, "ParameterValueInvalid",
     "Invalid non-alphanumeric character '#x20' was found in the message attribute name. "
     "Can only include alphanumeric characters, hyphens, underscores, or dots.")])
def test_messages_are_checked(topic, parameters, code, message):
    _, sns, arn = topic
    assert refusal(sns.publish, TopicArn=arn, **parameters) == (code, message)


def test_a_target_is_needed(topic):
    _, sns, arn = topic
    assert refusal(sns.publish, Message="x") == ("InvalidParameter", "Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter")
    assert refusal(sns.publish, Message="x", TopicArn=arn + "x") == ("NotFound", "Topic does not exist")
    assert sns.publish(TargetArn=arn, Message="x")["MessageId"]
    assert sns.publish(TopicArn=arn, Message="x" * 262144)["MessageId"]


def test_filters_choose(topic, make_queue):
    creds, sns, arn = topic
    wanted = {
        "exact": ({"kind": ["a", "b"]}, ["a"]), "not": ({"kind": [{"anything-but": "a"}]}, ["c", "number"]),
        "number": ({"price": [{"numeric": [">", 5, "<=", 10]}]}, ["number"]), "none": ({"kind": [{"exists": False}]}, ["bare"]),
        "or": ({"$or": [{"kind": ["c"]}, {"price": [7]}]}, ["c", "number"]), "all": (None, ["a", "bare", "c", "number"])}
    queues = {}
    for name, (policy, _) in wanted.items():
        queues[name] = make_queue(creds, arn)
        attributes = {"FilterPolicy": json.dumps(policy)} if policy else {}
        sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queues[name].arn, Attributes=attributes)
    for message, attributes in [("a", {"kind": text("a")}), ("bare", {}), ("c", {"kind": text("c")}), ("number", {"kind": text("d"), "price": text("7", "Number")})]:
        sns.publish(TopicArn=arn, Message=message, MessageAttributes=attributes)
    for name, (_, messages) in wanted.items():
        assert sorted(queues[name].texts(len(messages))) == messages, name
    assert all(queue.is_empty() for queue in queues.values())


def test_filters_look_into_bodies(topic, make_queue):
    creds, sns, arn = topic
    queue = make_queue(creds, arn)
    policy = {"order": {"state": [{"prefix": "pa"}], "lines": {"price": [{"numeric": [">=", 100]}]}}}
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn, Attributes={
        "FilterPolicy": json.dumps(policy), "FilterPolicyScope": "MessageBody", "RawMessageDelivery": "true"})
    right = json.dumps({"order": {"state": "paid", "lines": [{"price": 1}, {"price": 100}]}})
    for body in ["no JSON", json.dumps({"order": {"state": "new", "lines": [{"price": 100}]}}), right, json.dumps({"order": {"state": "paid"}})]:
        sns.publish(TopicArn=arn, Message=body)
    assert [message["Body"] for message in queue.receive()] == [right] and queue.is_empty()


def test_a_changed_filter_counts_at_once(topic, make_queue):
    creds, sns, arn = topic
    queue, every = make_queue(creds, arn), make_queue(creds, arn)
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=every.arn)
    subscription = sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn, Attributes={"FilterPolicy": '{"k":["a"]}'})["SubscriptionArn"]
    sns.publish(TopicArn=arn, Message="1", MessageAttributes={"k": text("b")})
    # Filters are asked when a message is brought, after the answer: that one has been when the others have it.
    assert every.texts() == ["1"]
    sns.set_subscription_attributes(SubscriptionArn=subscription, AttributeName="FilterPolicy", AttributeValue='{"k":["b"]}')
    sns.publish(TopicArn=arn, Message="2", MessageAttributes={"k": text("b")})
    assert queue.texts() == ["2"] and every.texts() == ["2"]


def test_batches(topic, make_queue):
    creds, sns, arn = topic
    queue = make_queue(creds, arn)
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)
    answer = sns.publish_batch(TopicArn=arn, PublishBatchRequestEntries=[
        {"Id": "1", "Message": "one"}, {"Id": "2", "Message": "two", "Subject": "a\nb"}, {"Id": "3", "Message": "three", "Subject": "s"}])
    assert [each["Id"] for each in answer["Successful"]] == ["1", "3"]
    assert answer["Failed"] == [{"Id": "2", "Code": "InvalidParameter", "Message": "Invalid parameter: Subject", "SenderFault": True}]
    assert sorted(queue.texts(2)) == ["one", "three"]
    for entries, code in [
        ([], "EmptyBatchRequest"), ([{"Id": str(n), "Message": "x"} for n in range(11)], "TooManyEntriesInBatchRequest"),
        ([{"Id": "1", "Message": "x"}] * 2, "BatchEntryIdsNotDistinct"), ([{"Id": "a b", "Message": "x"}], "InvalidBatchEntryId"),
        ([{"Id": str(n), "Message": "x" * 200000} for n in range(2)], "BatchRequestTooLong"),
    ]:
        assert refusal(sns.publish_batch, TopicArn=arn, PublishBatchRequestEntries=entries)[0] == code


# ---- the queue's policy


def test_a_queue_that_does_not_allow_it_gets_nothing(topic, make_queue, client):
    creds, sns, arn = topic
    dead = make_queue(creds, arn)
    closed, open, other = make_queue(creds), make_queue(creds, arn), make_queue(creds, arn + "-other")
    for queue in (closed, open, other):
        sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn, Attributes={"RedrivePolicy": json.dumps({"deadLetterTargetArn": dead.arn})})
    id = sns.publish(TopicArn=arn, Message="knock")["MessageId"]
    assert open.texts() == ["knock"]
    # Both that refuse are told apart by their links.
    letters = dead.notifications(2)
    assert {letter["MessageId"] for letter in letters} == {id} and len({letter["UnsubscribeURL"] for letter in letters}) == 2
    assert closed.is_empty() and other.is_empty()
    closed.allow(arn)
    sns.publish(TopicArn=arn, Message="again")
    assert closed.texts() == ["again"] and open.texts() == ["again"] and len(dead.receive()) == 1


def test_a_stopped_delivery_can_be_explained(server, client, account, make_queue):
    running = server()
    creds = account()
    sns = client("sns", creds, at=running.endpoint)
    arn = sns.create_topic(Name="t")["TopicArn"]
    closed, open = make_queue(creds, at=running.endpoint), make_queue(creds, arn, at=running.endpoint)
    for queue in (closed, open):
        sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)
    id = sns.publish(TopicArn=arn, Message="x")["MessageId"]
    assert open.texts() == ["x"]
    decisions = running.get(f"/_hakoniwa/decisions/{id}").json()["decisions"]
    assert {json.dumps(each).count(closed.arn) > 0 for each in decisions} == {True, False}


def test_a_missing_queue_is_a_dead_letter(topic, make_queue):
    creds, sns, arn = topic
    dead = make_queue(creds, arn)
    missing = dead.arn + "-missing"
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=missing, Attributes={
        "RedrivePolicy": json.dumps({"deadLetterTargetArn": dead.arn}), "RawMessageDelivery": "true"})
    sns.publish(TopicArn=arn, Message="lost?", MessageAttributes={"a": text("x")})
    (letter,) = dead.receive()
    assert letter["Body"] == "lost?" and letter["MessageAttributes"]["a"]["StringValue"] == "x"


def test_a_dead_letter_queue_must_allow_it_too(topic, make_queue):
    creds, sns, arn = topic
    dead, open = make_queue(creds), make_queue(creds, arn)
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=dead.arn + "-missing", Attributes={"RedrivePolicy": json.dumps({"deadLetterTargetArn": dead.arn})})
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=open.arn)
    sns.publish(TopicArn=arn, Message="x")
    assert open.texts() == ["x"] and dead.is_empty()


def test_queues_of_other_regions_are_reached(topic, make_queue):
    creds, sns, arn = topic
    queue = make_queue(creds, arn, region="eu-central-1")
    assert ":eu-central-1:" in queue.arn
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue.arn)
    sns.publish(TopicArn=arn, Message="far")
    assert queue.texts() == ["far"]


def test_more_queues_than_one_transaction_serves(topic, client):
    creds, sns, arn = topic
    sqs = client("sqs", creds)
    urls = []
    for number in range(230):
        name = f"q{number}"
        queue_arn = f"arn:aws:sqs:us-east-1:{creds.account}:{name}"
        urls.append(sqs.create_queue(QueueName=name, Attributes={"Policy": allow(arn, queue_arn)})["QueueUrl"])
        sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue_arn, Attributes={"RawMessageDelivery": "true"})
    body = uuid.uuid4().hex
    sns.publish(TopicArn=arn, Message=body)
    for url in urls:
        (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"]
        assert message["Body"] == body
