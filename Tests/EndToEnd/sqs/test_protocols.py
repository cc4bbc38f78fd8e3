"""The query protocol, which older SDKs speak, and the AWS CLI."""

import xml.etree.ElementTree as ElementTree

import pytest
import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as Keys

NAMESPACE = "{http://queue.amazonaws.com/doc/2012-11-05/}"


@pytest.fixture
def query(endpoint, account):
    root = account()

    def call(action, at=None, **parameters):
        form = {"Action": action, "Version": "2012-11-05", **parameters}
        request = AWSRequest("POST", at or endpoint + "/", data=form)
        SigV4Auth(Keys(root.access_key, root.secret), "sqs", "us-east-1").add_auth(request)
        prepared = request.prepare()
        answer = requests.post(prepared.url, data=prepared.body, headers=dict(prepared.headers), timeout=30)
        return answer.status_code, ElementTree.fromstring(answer.content)

    call.root = root
    return call


def text(element, *path):
    found = element.find("/".join(NAMESPACE + name for name in path))
    return None if found is None else found.text


def test_a_message_goes_round_in_forms_and_xml(query, endpoint):
    status, answer = query("CreateQueue", QueueName="q", **{"Attribute.1.Name": "VisibilityTimeout", "Attribute.1.Value": "40"})
    url = text(answer, "CreateQueueResult", "QueueUrl")
    assert (status, url) == (200, f"{endpoint}/{query.root.account}/q")
    _, sent = query(
        "SendMessage",
        at=url,
        MessageBody="<&>",
        QueueUrl=url,
        **{
            "MessageAttribute.1.Name": "Hello",
            "MessageAttribute.1.Value.DataType": "String",
            "MessageAttribute.1.Value.StringValue": "World",
        },
    )
    assert text(sent, "SendMessageResult", "MD5OfMessageAttributes") == "7db7fb1ba7f41366a8ea5eb18220b26d"
    _, got = query("ReceiveMessage", QueueUrl=url, **{"AttributeName.1": "All", "MessageAttributeName.1": "All"})
    assert text(got, "ReceiveMessageResult", "Message", "Body") == "<&>"
    assert text(got, "ReceiveMessageResult", "Message", "MessageAttribute", "Value", "StringValue") == "World"
    names = [entry.findtext(NAMESPACE + "Name") for entry in got.iter(NAMESPACE + "Attribute")]
    assert "SentTimestamp" in names
    handle = text(got, "ReceiveMessageResult", "Message", "ReceiptHandle")
    assert query("DeleteMessage", QueueUrl=url, ReceiptHandle=handle)[0] == 200
    _, attributes = query("GetQueueAttributes", QueueUrl=url, **{"AttributeName.1": "VisibilityTimeout"})
    assert text(attributes, "GetQueueAttributesResult", "Attribute", "Value") == "40"


def test_batches_in_forms(query):
    _, answer = query("CreateQueue", QueueName="q")
    url = text(answer, "CreateQueueResult", "QueueUrl")
    entries = {}
    for number in (1, 2):
        entries[f"SendMessageBatchRequestEntry.{number}.Id"] = f"id{number}"
        entries[f"SendMessageBatchRequestEntry.{number}.MessageBody"] = f"body{number}"
    _, answer = query("SendMessageBatch", QueueUrl=url, **entries)
    found = [entry.findtext(NAMESPACE + "Id") for entry in answer.iter(NAMESPACE + "SendMessageBatchResultEntry")]
    assert found == ["id1", "id2"]


def test_errors_in_xml_have_the_older_codes(query, endpoint):
    status, answer = query("GetQueueUrl", QueueName="missing")
    assert status == 400
    assert text(answer, "Error", "Code") == "AWS.SimpleQueueService.NonExistentQueue"
    assert text(answer, "Error", "Type") == "Sender"
    query("CreateQueue", QueueName="q")
    url = f"{endpoint}/{query.root.account}/q"
    status, answer = query("ReceiveMessage", QueueUrl=url, MaxNumberOfMessages="11")
    assert (status, text(answer, "Error", "Code")) == (400, "InvalidParameterValue")


def test_the_cli(aws, account, endpoint):
    root = account()

    # Version 1 of the CLI has a fixed endpoint for SQS and ignores AWS_ENDPOINT_URL there.
    def sqs(*arguments, **more):
        return aws("sqs", *arguments, "--endpoint-url", endpoint, creds=root, **more)

    url = sqs("create-queue", "--queue-name", "cli").json["QueueUrl"]
    sent = sqs("send-message", "--queue-url", url, "--message-body", "from the CLI").json
    got = sqs("receive-message", "--queue-url", url, "--attribute-names", "All").json["Messages"][0]
    assert (got["Body"], got["MessageId"]) == ("from the CLI", sent["MessageId"])
    sqs("delete-message", "--queue-url", url, "--receipt-handle", got["ReceiptHandle"])
    assert sqs("receive-message", "--queue-url", url).json is None
    assert sqs("list-queues").json["QueueUrls"] == [url]
    failed = sqs("get-queue-url", "--queue-name", "none", check=False)
    assert "(AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation" in failed.stderr
    sqs("delete-queue", "--queue-url", url)
