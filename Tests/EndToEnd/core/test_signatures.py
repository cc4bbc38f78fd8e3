"""Who may not come in, in the words of each protocol."""

import time
import urllib.parse
import re

import botocore
import pytest
import requests
from botocore.exceptions import ClientError

from harness import Credentials, http

# For each service: an operation anyone in the account may call, and the codes AWS uses.
# SQS is JSON with the query protocol's codes beside it (x-amzn-query-error), so the SDK may show either.
CALLS = {
    "sts": lambda client: client.get_caller_identity(),
    "iam": lambda client: client.list_users(),
    "sqs": lambda client: client.list_queues(),
    "s3": lambda client: client.list_buckets(),
}
UNKNOWN_KEY = {"sts": {"InvalidClientTokenId"}, "iam": {"InvalidClientTokenId"}, "s3": {"InvalidAccessKeyId"},
               "sqs": {"InvalidClientTokenId", "UnrecognizedClientException"}}
WRONG_SIGNATURE = {"sts": {"SignatureDoesNotMatch"}, "iam": {"SignatureDoesNotMatch"}, "s3": {"SignatureDoesNotMatch"},
                   "sqs": {"SignatureDoesNotMatch", "InvalidSignatureException"}}
EXPIRED = {"sts": {"ExpiredToken"}, "iam": {"ExpiredToken"}, "s3": {"ExpiredToken"}, "sqs": {"ExpiredToken", "ExpiredTokenException"}}
SERVICES = list(CALLS)


def refused(call):
    with pytest.raises(ClientError) as error:
        call()
    details = error.value.response
    return details["Error"]["Code"], details["Error"]["Message"], details["ResponseMetadata"]["HTTPStatusCode"]


@pytest.mark.parametrize("service", SERVICES)
def test_an_unknown_access_key_is_refused(client, service):
    code, message, status = refused(lambda: CALLS[service](client(service, Credentials("AKIAIOSFODNN7EXAMPLE", "x"))))
    assert code in UNKNOWN_KEY[service]
    assert status == 403 or (service == "sqs" and status == 400)
    if service == "s3":
        assert message == "The AWS Access Key Id you provided does not exist in our records."
    else:
        assert message == "The security token included in the request is invalid."


@pytest.mark.parametrize("service", SERVICES)
def test_a_wrong_secret_is_refused(client, account, iam_user, service):
    user = iam_user(account(), {"Effect": "Allow", "Action": "*", "Resource": "*"})
    CALLS[service](client(service, user))
    code, message, status = refused(lambda: CALLS[service](client(service, Credentials(user.access_key, "not the secret"))))
    assert code in WRONG_SIGNATURE[service]
    assert status == 403 or (service == "sqs" and status == 400)
    assert message.startswith("The request signature we calculated does not match the signature you provided.")


@pytest.mark.parametrize("service", SERVICES)
def test_the_root_key_has_its_secret_too(client, account, service):
    code, _, _ = refused(lambda: CALLS[service](client(service, Credentials(account().access_key, "guess"))))
    assert code in WRONG_SIGNATURE[service]


@pytest.mark.parametrize("service", SERVICES)
def test_a_session_token_that_was_changed_or_left_out_is_refused(client, account, iam_role, iam_user, assume, service):
    root = account()
    user = iam_user(root, {"Effect": "Allow", "Action": "*", "Resource": "*"})
    session = assume(user, iam_role(root, policy={"Effect": "Allow", "Action": "*", "Resource": "*"}))
    CALLS[service](client(service, session))
    for token in [None, "nonsense", session.token[:-6] + "AAAAAA"]:
        code, _, status = refused(lambda: CALLS[service](client(service, Credentials(session.access_key, session.secret, token))))
        assert code in UNKNOWN_KEY[service] | {"InvalidToken", "InvalidClientTokenId"}, token
        assert status in (400, 403)


@pytest.mark.parametrize("service", SERVICES)
def test_an_inactive_or_deleted_key_is_refused(client, account, iam_user, service):
    root = account()
    user = iam_user(root, {"Effect": "Allow", "Action": "*", "Resource": "*"})
    iam = client("iam", root)
    iam.update_access_key(UserName=user.name, AccessKeyId=user.access_key, Status="Inactive")
    assert refused(lambda: CALLS[service](client(service, user)))[0] in UNKNOWN_KEY[service]
    iam.update_access_key(UserName=user.name, AccessKeyId=user.access_key, Status="Active")
    CALLS[service](client(service, user))
    iam.delete_access_key(UserName=user.name, AccessKeyId=user.access_key)
    assert refused(lambda: CALLS[service](client(service, user)))[0] in UNKNOWN_KEY[service]


def simple(endpoint, service, root, **more):
    """A signed request of each protocol."""
    if service in ("sts", "iam"):
        action, version = {"sts": ("GetCallerIdentity", "2011-06-15"), "iam": ("ListUsers", "2010-05-08")}[service]
        return http.query(endpoint, service, root, action, version, **more)
    if service == "sqs":
        return http.json10(endpoint, service, root, "AmazonSQS.ListQueues", {}, **more)
    return http.send(endpoint, "s3", root, "GET", "/", **more)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("skew", [-3600, 3600])
def test_a_clock_an_hour_off_is_refused(endpoint, account, service, skew):
    root = account()
    assert simple(endpoint, service, root).status_code == 200
    assert simple(endpoint, service, root, skew=skew // 30).status_code == 200, "two minutes are nothing"
    answer = simple(endpoint, service, root, skew=skew)
    if service == "s3":
        assert answer.status_code == 403
        assert "<Code>RequestTimeTooSkewed</Code>" in answer.text
        assert "The difference between the request time and the current time is too large." in answer.text
    elif service == "sqs":
        assert answer.status_code in (400, 403)
        assert "InvalidSignatureException" in answer.text or "SignatureDoesNotMatch" in answer.text
        assert ("Signature expired: " if skew < 0 else "Signature not yet current: ") in answer.text
    else:
        assert answer.status_code == 403
        assert "<Code>SignatureDoesNotMatch</Code>" in answer.text
        assert ("Signature expired: " if skew < 0 else "Signature not yet current: ") in answer.text


@pytest.mark.parametrize("service", SERVICES)
def test_a_request_without_a_signature_is_refused(endpoint, account, service):
    answer = simple(endpoint, service, account(), change=lambda headers: headers.pop("Authorization"))
    if service == "s3":
        assert answer.status_code == 403 and "AccessDenied" in answer.text
    elif service == "sqs":
        assert answer.status_code in (400, 403)
        assert "MissingAuthenticationToken" in answer.text or "AccessDenied" in answer.text
    else:
        assert answer.status_code == 403 and "MissingAuthenticationToken" in answer.text


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("value", ["AWS4-HMAC-SHA256 Credential=", "AWS4-HMAC-SHA256 nonsense", "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host",
                                   "AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/SERVICE/aws4_request, SignedHeaders=, Signature=00", "AWS4-HMAC-SHA256"])
def test_a_malformed_authorization_header_is_refused(endpoint, account, service, value):
    answer = simple(endpoint, service, account(), change=lambda headers: headers.update(Authorization=value.replace("SERVICE", service)))
    assert answer.status_code in (400, 403)
    assert re.search("IncompleteSignature|AuthorizationHeaderMalformed|InvalidSignature|SignatureDoesNotMatch|MissingAuthenticationToken"
                     "|InvalidArgument|AccessDenied|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient|InvalidRequest", answer.text), answer.text


def test_sigv4a_is_refused_clearly(endpoint, account):
    value = "AWS4-ECDSA-P256-SHA256 Credential=test/20260101/s3/aws4_request, SignedHeaders=host, Signature=00"
    answer = simple(endpoint, "s3", account(), change=lambda headers: headers.update(Authorization=value))
    assert answer.status_code in (400, 501)
    assert "Please use AWS4-HMAC-SHA256" in answer.text


@pytest.mark.parametrize("service", SERVICES)
def test_a_body_changed_after_signing_is_refused(endpoint, account, service):
    root = account()
    body = {"sts": b"Action=GetCallerIdentity&Version=2011-06-15", "iam": b"Action=ListUsers&Version=2010-05-08", "sqs": b"{}", "s3": b""}[service]
    headers = {"sqs": {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.ListQueues"}, "s3": {}}.get(
        service, {"Content-Type": "application/x-www-form-urlencoded"})
    method, path = ("PUT", "/some-bucket-name/key") if service == "s3" else ("POST", "/")
    signed = http.signed(endpoint, service, root, method, path, body, headers)
    answer = requests.request(method, endpoint + path, data=body + b" ", headers=signed, timeout=10)
    assert answer.status_code in (400, 403)
    assert re.search("SignatureDoesNotMatch|InvalidSignatureException|XAmzContentSHA256Mismatch", answer.text), answer.text


@pytest.mark.parametrize("service", SERVICES)
def test_a_path_or_query_changed_after_signing_is_refused(endpoint, account, service):
    root = account()
    call = {"sts": "Action=GetCallerIdentity&Version=2011-06-15&", "iam": "Action=ListUsers&Version=2010-05-08&",
            "sqs": "Action=ListQueues&Version=2012-11-05&", "s3": ""}[service]
    signed = http.signed(endpoint, service, root, "GET", f"/?{call}a=1")
    assert requests.get(f"{endpoint}/?{call}a=1", headers=signed, timeout=10).status_code == 200
    answer = requests.get(f"{endpoint}/?{call}a=2", headers=signed, timeout=10)
    assert answer.status_code in (400, 403)
    assert "ignature" in answer.text


def test_an_expired_session_is_refused_by_every_service(server, client, clock, iam_role, iam_user, assume, account):
    running = server()
    root = account()
    user = iam_user(root, {"Effect": "Allow", "Action": "*", "Resource": "*"}, at=running.endpoint)
    role = iam_role(root, policy={"Effect": "Allow", "Action": "*", "Resource": "*"}, at=running.endpoint)
    session = assume(user, role, DurationSeconds=900, at=running.endpoint)
    for service, call in CALLS.items():
        call(client(service, session, at=running.endpoint))
    clock(running).advance("16m")
    for service, call in CALLS.items():
        code, message, status = refused(lambda: call(client(service, session, at=running.endpoint)))
        assert code in EXPIRED[service]
        assert "expired" in message
        assert status in (400, 403)
        call(client(service, root, at=running.endpoint))


# --- presigned URLs


@pytest.fixture
def bucket(client, account, unique):
    root, name = account(), unique("presigned")
    s3 = client("s3", root)
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="dir/ä key+1", Body=b"presigned content")
    return s3, name, root


def test_a_presigned_get_works_for_anyone_who_has_it(client, bucket):
    s3, name, root = bucket
    url = client("s3", root, signature_version="s3v4").generate_presigned_url("get_object", {"Bucket": name, "Key": "dir/ä key+1"}, ExpiresIn=60)
    assert "X-Amz-Signature" in url
    answer = requests.get(url, timeout=10)
    assert (answer.status_code, answer.content) == (200, b"presigned content")
    answer = requests.get(url, headers={"Range": "bytes=0-2"}, timeout=10)
    assert (answer.status_code, answer.content) == (206, b"pre")


def test_a_presigned_put_works_and_its_headers_are_bound(client, bucket):
    s3, name, root = bucket
    signer = client("s3", root, signature_version="s3v4")
    url = signer.generate_presigned_url("put_object", {"Bucket": name, "Key": "new", "ContentType": "text/x-own"}, ExpiresIn=60)
    assert requests.put(url, data=b"new", headers={"Content-Type": "text/plain"}, timeout=10).status_code == 403
    assert requests.put(url, data=b"new", headers={"Content-Type": "text/x-own"}, timeout=10).status_code == 200
    found = s3.get_object(Bucket=name, Key="new")
    assert (found["Body"].read(), found["ContentType"]) == (b"new", "text/x-own")


def test_a_presigned_url_is_good_for_its_method_and_key_only(client, bucket):
    s3, name, root = bucket
    url = client("s3", root, signature_version="s3v4").generate_presigned_url("get_object", {"Bucket": name, "Key": "dir/ä key+1"}, ExpiresIn=60)
    for changed in [requests.put(url, data=b"x", timeout=10), requests.delete(url, timeout=10), requests.get(url.replace("key%2B1", "key%2B2"), timeout=10),
                    requests.get(url.replace("X-Amz-Expires=60", "X-Amz-Expires=600"), timeout=10), requests.get(url + "&versionId=x", timeout=10)]:
        assert changed.status_code == 403
        assert "SignatureDoesNotMatch" in changed.text


def test_a_presigned_url_expires(client, bucket):
    s3, name, root = bucket
    url = client("s3", root, signature_version="s3v4").generate_presigned_url("get_object", {"Bucket": name, "Key": "dir/ä key+1"}, ExpiresIn=1)
    time.sleep(2.2)
    answer = requests.get(url, timeout=10)
    assert answer.status_code == 403
    assert "<Code>AccessDenied</Code>" in answer.text and "<Message>Request has expired</Message>" in answer.text


def test_a_presigned_url_cannot_live_longer_than_a_week(client, bucket):
    s3, name, root = bucket
    url = client("s3", root, signature_version="s3v4").generate_presigned_url("get_object", {"Bucket": name, "Key": "k"}, ExpiresIn=604801)
    answer = requests.get(url, timeout=10)
    assert answer.status_code == 400
    assert "AuthorizationQueryParametersError" in answer.text


def test_a_presigned_url_can_do_what_its_signer_may(client, bucket, iam_user):
    s3, name, root = bucket
    reader = iam_user(root, {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{name}/dir/*"})
    signer = client("s3", reader, signature_version="s3v4")
    assert requests.get(signer.generate_presigned_url("get_object", {"Bucket": name, "Key": "dir/ä key+1"}), timeout=10).status_code == 200
    answer = requests.put(signer.generate_presigned_url("put_object", {"Bucket": name, "Key": "dir/x"}), data=b"", timeout=10)
    assert answer.status_code == 403 and "s3:PutObject" in answer.text
    client("iam", root).delete_user_policy(UserName=reader.name, PolicyName="inline")
    assert requests.get(signer.generate_presigned_url("get_object", {"Bucket": name, "Key": "dir/ä key+1"}), timeout=10).status_code == 403


def test_a_presigned_url_of_a_session_carries_its_token(client, bucket, iam_role, iam_user, assume):
    s3, name, root = bucket
    user = iam_user(root, {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"})
    session = assume(user, iam_role(root, policy={"Effect": "Allow", "Action": "s3:*", "Resource": "*"}))
    url = client("s3", session, signature_version="s3v4").generate_presigned_url("get_object", {"Bucket": name, "Key": "dir/ä key+1"})
    assert "X-Amz-Security-Token" in url
    assert requests.get(url, timeout=10).status_code == 200
    parts = urllib.parse.urlsplit(url)
    kept = [pair for pair in urllib.parse.parse_qsl(parts.query) if pair[0] != "X-Amz-Security-Token"]
    assert requests.get(parts._replace(query=urllib.parse.urlencode(kept)).geturl(), timeout=10).status_code in (400, 403)


def test_a_presigned_get_caller_identity_proves_who_one_is(client, account, endpoint):
    root = account()
    url = client("sts", root).generate_presigned_url("get_caller_identity", ExpiresIn=60, HttpMethod="GET")
    answer = requests.get(url, timeout=10)
    assert answer.status_code == 200
    assert root.account in answer.text


def test_a_presigned_url_with_missing_or_odd_parameters_is_refused(client, bucket):
    s3, name, root = bucket
    url = client("s3", root, signature_version="s3v4").generate_presigned_url("get_object", {"Bucket": name, "Key": "k"})
    parts = urllib.parse.urlsplit(url)
    pairs = urllib.parse.parse_qsl(parts.query)
    for leave_out in ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature"]:
        query = urllib.parse.urlencode([pair for pair in pairs if pair[0] != leave_out])
        answer = requests.get(parts._replace(query=query).geturl(), timeout=10)
        assert answer.status_code in (400, 403), leave_out
    for name_, value in [("X-Amz-Expires", "-5"), ("X-Amz-Expires", "soon"), ("X-Amz-Date", "yesterday"), ("X-Amz-Credential", "a/b/c")]:
        query = urllib.parse.urlencode([(key, value if key == name_ else old) for key, old in pairs])
        assert requests.get(parts._replace(query=query).geturl(), timeout=10).status_code in (400, 403)


def test_an_unsigned_call_gets_nothing(client, account):
    anonymous = client("s3", account(), signature_version=botocore.UNSIGNED)
    code, message, status = refused(lambda: anonymous.list_buckets())
    assert (code, status) == ("AccessDenied", 403)
