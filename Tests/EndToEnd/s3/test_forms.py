"""Uploads by HTML forms with a signed policy."""

import base64
import datetime
import json
import xml.etree.ElementTree as ElementTree

import pytest
import requests
from harness.events import queue_for, receive, records


@pytest.fixture
def home(account, client, unique):
    creds = account()
    s3 = client("s3", creds)
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    return creds, s3, name


def error(answer):
    root = ElementTree.fromstring(answer.text)
    return {child.tag: child.text for child in root} | {"Status": answer.status_code}


def send(form, body=b"hello", fields=None, filename="file.txt"):
    data = dict(form["fields"])
    data.update(fields or {})
    return requests.post(form["url"], data=data, files={"file": (filename, body)}, allow_redirects=False, timeout=60)


@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_a_form_uploads_a_file(home, client, version):
    creds, s3, name = home
    form = client("s3", creds, signature_version=version).generate_presigned_post(
        name, "in/${filename}", Fields={"x-amz-meta-who": "me", "Content-Type": "text/plain"},
        Conditions=[{"x-amz-meta-who": "me"}, ["starts-with", "$Content-Type", "text/"]],
    )
    assert ("x-amz-signature" in form["fields"]) == (version == "s3v4")
    answer = send(form, b"hello")
    assert answer.status_code == 204 and answer.content == b"", answer.text
    assert answer.headers["ETag"] == '"5d41402abc4b2a76b9719d911017c592"'
    assert answer.headers["Location"].endswith(f"/{name}/in/file.txt")
    got = s3.get_object(Bucket=name, Key="in/file.txt")
    assert got["Body"].read() == b"hello"
    assert got["ContentType"] == "text/plain" and got["Metadata"] == {"who": "me"}


def test_a_large_file_streams(home):
    _, s3, name = home
    body = bytes(range(256)) * (20 << 12) + b"\r\n--not the end"
    form = s3.generate_presigned_post(name, "big")
    assert send(form, body).status_code == 204
    assert s3.get_object(Bucket=name, Key="big")["Body"].read() == body


def test_what_the_form_asks_to_be_answered(home):
    _, s3, name = home
    fields = {"success_action_status": "201"}
    form = s3.generate_presigned_post(name, "k&1", Fields=fields, Conditions=[fields])
    answer = send(form)
    root = ElementTree.fromstring(answer.text)
    assert answer.status_code == 201 and root.tag == "PostResponse"
    assert root.find("Bucket").text == name and root.find("Key").text == "k&1"
    assert root.find("ETag").text == answer.headers["ETag"]
    assert answer.headers["Content-Type"] == "application/xml"
    fields = {"success_action_status": "200"}
    assert send(s3.generate_presigned_post(name, "k", Fields=fields, Conditions=[fields])).status_code == 200
    fields = {"success_action_redirect": "http://example.com/done?a=b"}
    answer = send(s3.generate_presigned_post(name, "k", Fields=fields, Conditions=[fields]))
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"http://example.com/done?a=b&bucket={name}&key=k&etag=%22")


def test_what_the_policy_does_not_allow(home):
    _, s3, name = home
    form = s3.generate_presigned_post(name, "fixed")
    changed = error(send(form, fields={"key": "other"}))
    assert changed["Status"] == 403 and changed["Code"] == "AccessDenied"
    assert changed["Message"] == 'Invalid according to Policy: Policy Condition failed: ["eq", "$key", "fixed"]'
    extra = error(send(form, fields={"x-amz-meta-more": "1"}))
    assert extra["Message"] == "Invalid according to Policy: Extra input fields: x-amz-meta-more"
    assert send(form, fields={"x-ignore-this": "1"}).status_code == 204
    form = s3.generate_presigned_post(name, "users/${filename}")
    assert send(form, fields={"key": "users/x"}).status_code == 204
    assert error(send(form, fields={"key": "user/x"}))["Message"].startswith(
        'Invalid according to Policy: Policy Condition failed: ["starts-with", "$key"'
    )


def test_the_size_may_be_limited(home):
    _, s3, name = home
    form = s3.generate_presigned_post(name, "k", Conditions=[["content-length-range", 3, 5]])
    assert send(form, b"1234").status_code == 204
    small = error(send(form, b"12"))
    assert (small["Code"], small["ProposedSize"], small["MinSizeAllowed"]) == ("EntityTooSmall", "2", "3")
    assert small["Status"] == 400
    large = error(send(form, b"123456"))
    assert (large["Code"], large["ProposedSize"], large["MaxSizeAllowed"]) == ("EntityTooLarge", "6", "5")


def test_a_policy_ends(home, client):
    creds, s3, name = home
    s3 = client("s3", creds, signature_version="s3v4")
    form = s3.generate_presigned_post(name, "k", ExpiresIn=-10)
    late = error(send(form))
    assert (late["Status"], late["Code"]) == (403, "AccessDenied")
    assert late["Message"] == "Invalid according to Policy: Policy expired."


def test_a_wrong_signature(home, client):
    creds, _, name = home
    for version, field in [("s3v4", "x-amz-signature"), ("s3", "signature")]:
        form = client("s3", creds, signature_version=version).generate_presigned_post(name, "k")
        form["fields"][field] = "0" * 64
        wrong = error(send(form))
        assert (wrong["Status"], wrong["Code"]) == (403, "SignatureDoesNotMatch")
        changed = client("s3", creds, signature_version=version).generate_presigned_post(name, "k")
        policy = json.loads(base64.b64decode(changed["fields"]["policy"]))
        policy["expiration"] = "2099-01-01T00:00:00Z"
        changed["fields"]["policy"] = base64.b64encode(json.dumps(policy).encode()).decode()
        assert error(send(changed))["Code"] == "SignatureDoesNotMatch"


def test_the_signer_needs_the_permission(home, iam_user, client):
    creds, s3, name = home
    user = iam_user(creds, {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})
    form = client("s3", user, signature_version="s3v4").generate_presigned_post(name, "k")
    denied = error(send(form))
    assert denied["Status"] == 403 and "is not authorized to perform: s3:PutObject" in denied["Message"]
    # And whoever signs nothing is nobody.
    nobody = requests.post(form["url"], data={"key": "k"}, files={"file": b"x"}, timeout=30)
    assert error(nobody)["Code"] == "AccessDenied"


def test_malformed_forms(home):
    _, s3, name = home
    form = s3.generate_presigned_post(name, "k")
    nothing = requests.post(form["url"], data=b"x", headers={"Content-Type": "multipart/form-data"}, timeout=30)
    assert error(nothing)["Status"] == 400
    no_file = requests.post(form["url"], files={"key": (None, "k")}, timeout=30)
    assert error(no_file)["Message"] == "POST requires exactly one file upload per request."
    no_key = requests.post(form["url"], files={"file": b"x"}, timeout=30)
    assert error(no_key)["ArgumentName"] == "key"
    form["fields"]["policy"] = base64.b64encode(b"{").decode()
    assert error(send(form))["Code"] == "InvalidPolicyDocument"
    much = requests.post(form["url"], data={"key": "k" * 30_000}, files={"file": b"x"}, timeout=30)
    assert error(much)["Code"] == "MaxPostPreDataLengthExceeded"


def test_a_form_is_an_event_of_its_own(home, client, unique):
    creds, s3, name = home
    sqs = client("sqs", creds)
    url, arn = queue_for(sqs, creds.account, name, unique("queue"))
    s3.put_bucket_notification_configuration(
        Bucket=name,
        NotificationConfiguration={"QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:Post"]}]},
    )
    receive(sqs, url, 1)
    s3.put_object(Bucket=name, Key="put", Body=b"x")
    send(s3.generate_presigned_post(name, "posted"))
    (record,) = records(sqs, url, 1)
    assert record["eventName"] == "ObjectCreated:Post" and record["s3"]["object"]["key"] == "posted"
    assert datetime.datetime.fromisoformat(record["eventTime"])
