"""The outbox: e-mail and text messages, and who wants none."""

import json
import pathlib

import pytest
import requests
from botocore.exceptions import ClientError

from sns.helpers import until, verify


@pytest.fixture
def running(server):
    return server()


@pytest.fixture
def sns(running, client, account):
    return client("sns", account(), at=running.endpoint)


def outbox(running):
    return running.get("/_hakoniwa/sns/outbox").json()["messages"]


def test_email_is_confirmed_by_its_link(running, sns):
    arn = sns.create_topic(Name="t")["TopicArn"]
    for protocol in ("email", "email-json"):
        sns.subscribe(TopicArn=arn, Protocol=protocol, Endpoint="me@example.com")
    until(lambda: len(outbox(running)) == 2)
    letters = {letter["protocol"]: letter for letter in outbox(running)}
    assert letters["email"]["subject"] == "AWS Notification - Subscription Confirmation" and letters["email"]["to"] == "me@example.com"
    verify(json.loads(letters["email-json"]["body"]))
    page = requests.get(running.endpoint + "/_hakoniwa/sns/outbox", headers={"Accept": "text/html"}, timeout=30)
    assert page.headers["Content-Type"].startswith("text/html") and "Confirm the subscription" in page.text
    for letter in letters.values():
        assert requests.get(letter["confirm"], timeout=30).status_code == 200
    sns.publish(TopicArn=arn, Message="<b>news</b>", Subject="Hear")
    until(lambda: len(outbox(running)) == 4)
    latest = {letter["protocol"]: letter for letter in outbox(running)[:2]}
    assert latest["email"]["subject"] == "Hear" and latest["email"]["body"].startswith("<b>news</b>\n\n--\nIf you wish to stop")
    notification = json.loads(latest["email-json"]["body"])
    assert notification["Message"] == "<b>news</b>"
    verify(notification)
    assert "&lt;b&gt;news" in requests.get(running.endpoint + "/_hakoniwa/sns/outbox", headers={"Accept": "text/html"}, timeout=30).text
    file = pathlib.Path(running.data) / "outbox.jsonl"
    until(lambda: file.exists() and file.read_text().count("\n") == 4)
    assert {json.loads(line)["to"] for line in file.read_text().splitlines()} == {"me@example.com"}


def test_text_messages(running, sns):
    arn = sns.create_topic(Name="t")["TopicArn"]
    sns.set_sms_attributes(attributes={"DefaultSenderID": "Garden", "DefaultSMSType": "Transactional"})
    assert sns.get_sms_attributes(attributes=["DefaultSenderID"])["attributes"] == {"DefaultSenderID": "Garden"}
    assert sns.get_sms_attributes()["attributes"]["MonthlySpendLimit"] == "1"
    sns.subscribe(TopicArn=arn, Protocol="sms", Endpoint="+15550000001")
    id = sns.publish(PhoneNumber="+15550000002", Message="direct", MessageAttributes={"AWS.SNS.SMS.SenderID": {"DataType": "String", "StringValue": "Me"}})["MessageId"]
    sns.publish(TopicArn=arn, Message=json.dumps({"default": "d", "sms": "short"}), MessageStructure="json")
    until(lambda: len(outbox(running)) == 2)
    second, first = outbox(running)
    assert (first["to"], first["from"], first["body"], first["messageId"]) == ("+15550000002", "Me", "direct", id)
    assert (second["to"], second["from"], second["body"], second["topicArn"]) == ("+15550000001", "Garden", "short", arn)
    for parameters, message in [({"PhoneNumber": "12", "Message": "x"}, "Invalid parameter: PhoneNumber Reason: 12 is not valid to publish to"),
                                ({"PhoneNumber": "+15550000001", "Message": "x" * 1601}, "Invalid parameter: Message too long")]:
        with pytest.raises(ClientError) as caught:
            sns.publish(**parameters)
        assert caught.value.response["Error"]["Message"] == message
    assert sns.get_sms_sandbox_account_status()["IsInSandbox"] is False


def test_who_opted_out_gets_nothing(running, sns, clock):
    number = "+15550000003"
    account = sns.create_topic(Name="t")["TopicArn"].split(":")[4]

    def opt_out():
        answer = running.post("/_hakoniwa/sns/opt-out", {"account": account, "phoneNumber": number})
        assert answer.status_code == 200, answer.text

    assert sns.check_if_phone_number_is_opted_out(phoneNumber=number)["isOptedOut"] is False
    opt_out()
    assert sns.check_if_phone_number_is_opted_out(phoneNumber=number)["isOptedOut"] is True
    assert sns.list_phone_numbers_opted_out()["phoneNumbers"] == [number]
    assert sns.publish(PhoneNumber=number, Message="x")["MessageId"]
    until(lambda: outbox(running))
    assert outbox(running)[0]["withheld"]
    sns.opt_in_phone_number(phoneNumber=number)
    assert sns.list_phone_numbers_opted_out()["phoneNumbers"] == []
    opt_out()
    with pytest.raises(ClientError):
        sns.opt_in_phone_number(phoneNumber=number)
    clock(running).advance("30d")
    sns.opt_in_phone_number(phoneNumber=number)
