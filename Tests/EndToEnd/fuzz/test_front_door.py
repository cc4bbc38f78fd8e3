"""What no client would send: the front door answers in clean errors or closes, stays alive, and does not grow.

Seeded, so a failure can be repeated: HAKONIWA_FUZZ_SEED.
"""

import json
import os
import random
import re
import socket
import time

import cbor2
import pytest

from harness import Server, http, new_account
from harness.events import eventually, within

SEED = int(os.environ.get("HAKONIWA_FUZZ_SEED", "20261125"))


@pytest.fixture(scope="module")
def victim():
    """A server of this file's own, used by all its tests, checked after each."""
    with Server("--log-level", "warning") as running:
        running.root = new_account()
        running.growth = []
        yield running


@pytest.fixture(autouse=True)
def still_standing(victim):
    """After every test: alive, answering, no bigger than it should be, without a crash in its log."""
    yield
    assert victim.is_alive(), victim.output()
    page = victim.get("/_hakoniwa/health")
    assert page.status_code == 200
    victim.growth.append(victim.memory())
    assert victim.memory() < 300, f"MiB after each test: {victim.growth}"
    assert not re.search("Fatal error|SIGSEGV|crashed", victim.output())


@pytest.fixture
def chance(request):
    return random.Random(f"{SEED}/{request.node.name}")


def clean(answer, statuses=range(400, 600)):
    """Whether raw bytes are no answer at all (a closed connection) or an error that says what is wrong."""
    if answer == b"":
        return
    status = http.status_of(answer)
    assert status in statuses, answer[:500]
    assert status != 500, f"an internal failure: {answer[:1000]}"


def request(method="POST", path="/", headers=None, body=b"", length=True, version="HTTP/1.1"):
    lines = [f"{method} {path} {version}".encode()]
    headers = {"Host": "127.0.0.1", **(headers or {})}
    if length and "Content-Length" not in headers:
        headers["Content-Length"] = str(len(body))
    for name, value in headers.items():
        lines.append(name.encode("latin-1") + b": " + (value if isinstance(value, bytes) else value.encode("latin-1")))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def signed(victim, service, body=b"", method="POST", path="/", headers=None):
    """Raw bytes of a request with a good signature, so that the body is read by those behind the door."""
    made = http.signed(victim.endpoint, service, victim.root, method, path, body, {"Host": f"127.0.0.1:{victim.port}", **(headers or {})})
    return request(method, path, made, body)


VALID = (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
         b"Content-Length: 43\r\n\r\nAction=GetCallerIdentity&Version=2011-06-15")


def test_random_bytes(victim, chance):
    for _ in range(150):
        clean(http.raw(victim.port, chance.randbytes(chance.choice([1, 10, 100, 1000, 20000])), 0.5, close_writing=True))


def test_requests_with_bytes_changed(victim, chance):
    base = signed(victim, "sts", b"Action=GetCallerIdentity&Version=2011-06-15", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert http.status_of(http.raw(victim.port, base)) == 200
    for _ in range(300):
        data = bytearray(base)
        for _ in range(chance.randint(1, 6)):
            kind, place = chance.randrange(3), chance.randrange(len(data))
            if kind == 0:
                data[place] = chance.randrange(256)
            elif kind == 1:
                del data[place : place + chance.randint(1, 8)]
            else:
                data[place:place] = chance.randbytes(chance.randint(1, 8))
        answer = http.raw(victim.port, bytes(data), 1, close_writing=True)
        clean(answer, [200, *range(400, 600)])


def test_truncated_requests(victim, chance):
    for end in chance.sample(range(len(VALID)), 60):
        clean(http.raw(victim.port, VALID[:end], 0.4, close_writing=True))


def test_clients_that_stop_in_the_middle_and_leave(victim, chance):
    before = victim.memory()
    for _ in range(300):
        with socket.create_connection(("127.0.0.1", victim.port)) as connection:
            connection.sendall(VALID[: chance.randrange(len(VALID))])
    eventually(lambda: victim.memory() - before < 30)


def test_a_thousand_header_lines(victim):
    many = request(headers={f"X-Header-{i}": "value" for i in range(1000)})
    answer = http.raw(victim.port, many)
    clean(answer)
    same = b"GET / HTTP/1.1\r\nHost: h\r\n" + b"X-Same: value\r\n" * 1000 + b"\r\n"
    clean(http.raw(victim.port, same))
    assert http.status_of(answer) in (None, 400, 403, 404, 413, 431)


@pytest.mark.parametrize("size", [10_000, 100_000, 1_000_000, 20_000_000])
def test_a_header_of_any_size(victim, size):
    clean(http.raw(victim.port, request(headers={"X-Long": "a" * size}), 3))
    clean(http.raw(victim.port, request(path="/" + "a" * size), 3))
    clean(http.raw(victim.port, request(method="A" * size), 3))
    clean(http.raw(victim.port, b"a" * size, 1, close_writing=True))


@pytest.mark.parametrize("value", ["-1", "abc", "99999999999999999999", "1, 2", "+5", "0x10", "", "4.5", "1\x00"])
def test_a_wrong_content_length(victim, value):
    clean(http.raw(victim.port, request(headers={"Content-Length": value}, body=b"Action=X"), 1))


def test_lengths_that_contradict(victim):
    for head in [b"Content-Length: 5\r\nContent-Length: 6\r\n", b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                 b"Transfer-Encoding: chunked, chunked\r\n", b"Transfer-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"]:
        clean(http.raw(victim.port, b"POST / HTTP/1.1\r\nHost: h\r\n" + head + b"\r\n0\r\n\r\n", 1))


def test_a_length_that_is_never_reached(victim):
    clean(http.raw(victim.port, request(headers={"Content-Length": "1000"}, body=b"short"), 0.5, close_writing=True))
    clean(http.raw(victim.port, request("PUT", "/bucket/key", {"Content-Length": "1000000"}, b"short"), 0.5, close_writing=True))


@pytest.mark.parametrize("chunks", [b"zz\r\nhello\r\n0\r\n\r\n", b"5\r\nhelloXX0\r\n\r\n", b"ffffffffffffffffff\r\n", b"-5\r\nhello\r\n", b"5;" + b"x" * 100000 + b"\r\nhello\r\n0\r\n\r\n",
                                    b"5\r\nhel", b"\r\n\r\n", b"0\r\n" + b"A: b\r\n" * 2000 + b"\r\n", b"5\nhello\n0\n\n"])
def test_bad_http_chunks(victim, chunks):
    clean(http.raw(victim.port, request(headers={"Transfer-Encoding": "chunked", "Content-Type": "application/x-www-form-urlencoded"}, body=chunks, length=False), 1, close_writing=True))


def test_bodies_that_are_too_large_for_an_operation(victim):
    body = b"Action=GetCallerIdentity&Version=2011-06-15&x=" + b"a" * (30 << 20)
    before = victim.memory()
    answer = http.raw(victim.port, request(headers={"Content-Type": "application/x-www-form-urlencoded"}, body=body), 10)
    clean(answer)
    assert victim.memory() - before < 100
    # The same without saying so beforehand.
    chunk = b"10000\r\n" + b"a" * 65536 + b"\r\n"
    answer = http.raw(victim.port, request(headers={"Transfer-Encoding": "chunked", "X-Amz-Target": "AmazonSQS.SendMessage", "Content-Type": "application/x-amz-json-1.0"},
                                           body=chunk * 500 + b"0\r\n\r\n", length=False), 10)
    clean(answer)
    assert victim.memory() - before < 100


PATHS = ["/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "//", "/%", "/%zz", "/%00", "/bucket/%00", "/bucket/../other/key", "/bucket/..",
         "/.", "/..", "/bucket//", "/bucket/%ff%fe", "*", "http://other/", "/_hakoniwa/../x", "/_hakoniwa/decisions/%2e%2e%2f", "/_hakoniwa/decisions/" + "a" * 5000,
         "/?X-Amz-Signature=", "/?" + "a=b&" * 5000, "/?%", "/?=&=&&&", "/b/k?partNumber=99999999999999999999&uploadId=x", "/b?max-keys=-1", "/b?list-type=9", "/\\", "/a b", "/\u00e4"]


@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST"])
def test_path_tricks(victim, method, path):
    answer = http.raw(victim.port, request(method, path), 1)
    clean(answer)
    assert b"root:" not in answer


def test_path_tricks_with_a_good_signature_stay_in_the_bucket(victim):
    assert http.send(victim.endpoint, "s3", victim.root, "PUT", "/tricks").status_code == 200
    port = victim.port
    for key in ["../up", "../../../../tmp/hakoniwa-up", "a/../../b", "%2e%2e/c", "..", ".", "/", "//x", "a//b", "\u0001", "x" * 1024]:
        answer = http.send(victim.endpoint, "s3", victim.root, "GET", "/tricks")
        assert answer.status_code == 200
        import boto3
        import botocore.config

        s3 = boto3.client("s3", endpoint_url=victim.endpoint, region_name="us-east-1", config=botocore.config.Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}), **victim.root.boto)
        try:
            s3.put_object(Bucket="tricks", Key=key, Body=key.encode())
            assert s3.get_object(Bucket="tricks", Key=key)["Body"].read() == key.encode()
        except s3.exceptions.ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 403, 404)
    assert not os.path.exists("/tmp/hakoniwa-up")


@pytest.mark.parametrize("body", [
    "", "{", "[]", "null", "1", '"text"', "{}x", '{"QueueName": 5}', '{"QueueName": null}', '{"QueueName": {"a": 1}}', '{"QueueName": "\\ud800"}', '{"QueueName": "\\u12"}',
    '{"QueueName": "q", "QueueName": "r"}', '{"Attributes": []}', '{"Attributes": {"a": {"b": 1}}}', '{"QueueName": "' + "a" * 300000 + '"}', "[" * 100000, '{"a":' * 50000,
    '{"QueueName": 1e999}', '{"QueueName": NaN}', "\x00", "\ufeff{}", '{"QueueName": "q",}', "{'QueueName': 'q'}", '{"tags": ' + "9" * 10000 + "}"])
def test_bad_json(victim, body):
    data = body.encode("utf-8", "surrogatepass")
    answer = http.raw(victim.port, signed(victim, "sqs", data, headers={"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.CreateQueue"}))
    clean(answer, [200, *range(400, 500)])
    if http.status_of(answer) == 400:
        assert b"__type" in answer and b"x-amzn-requestid" in answer.lower()


def test_json_that_is_not_utf8(victim, chance):
    for _ in range(50):
        body = b'{"QueueName": "' + chance.randbytes(20) + b'"}'
        clean(http.raw(victim.port, signed(victim, "sqs", body, headers={"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.CreateQueue"}), 3), [200, *range(400, 500)])


def test_random_json_of_the_right_kind(victim, chance):
    def value(depth=0):
        kind = chance.randrange(8 if depth < 4 else 6)
        return [None, True, -1, 10**30, "x" * chance.randrange(50), 1.5][kind] if kind < 6 else (
            [value(depth + 1) for _ in range(chance.randrange(4))] if kind == 6 else {str(chance.randrange(5)): value(depth + 1) for _ in range(chance.randrange(4))})

    for operation, members in [("CreateQueue", ["QueueName", "Attributes", "tags"]), ("SendMessage", ["QueueUrl", "MessageBody", "DelaySeconds", "MessageAttributes"]),
                               ("ReceiveMessage", ["QueueUrl", "MaxNumberOfMessages", "AttributeNames"]), ("SendMessageBatch", ["QueueUrl", "Entries"]),
                               ("SetQueueAttributes", ["QueueUrl", "Attributes"]), ("ListQueues", ["MaxResults", "NextToken"])]:
        for _ in range(40):
            body = json.dumps({name: value() for name in members if chance.random() < 0.8}).encode()
            answer = http.raw(victim.port, signed(victim, "sqs", body, headers={"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"AmazonSQS.{operation}"}))
            clean(answer, [200, *range(400, 500)])
            assert answer != b""


BAD_XML = [b"", b"<", b"<a>", b"<Delete>", b"<Delete/>", b"<Delete></Delete>", b"<Delete><Object></Object></Delete>", b"<Delete><Object><Key>k</Object></Delete>", b"text", b"\x00",
           b"<?xml version='1.0' encoding='UTF-16'?><Delete/>", b"<Delete>" + b"<Object><Key>k</Key></Object>" * 1001 + b"</Delete>", b"<x>" * 100000, b"<Delete a='" + b"b" * 100000 + b"'/>",
           b"<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><Delete><Object><Key>&c;</Key></Object></Delete>",
           b"<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Delete><Object><Key>&x;</Key></Object></Delete>", b"<Delete><Object><Key>&undefined;</Key></Object></Delete>",
           b"<Delete><Object><Key>&#0;</Key></Object></Delete>", b"<Delete><Object><Key>&#xffffffff;</Key></Object></Delete>", b"<Delete><![CDATA[", b"<Delete><!--", b"<Delete/><Delete/>", b"\xff\xfe<\x00"]


@pytest.mark.parametrize("body", BAD_XML, ids=range(len(BAD_XML)))
def test_bad_xml(victim, body):
    import base64
    import hashlib

    http.send(victim.endpoint, "s3", victim.root, "PUT", "/xml-bucket")
    headers = {"Content-MD5": base64.b64encode(hashlib.md5(body).digest()).decode()}
    for path, method in [("/xml-bucket?delete=", "POST"), ("/xml-bucket?tagging=", "PUT"), ("/xml-bucket/k?tagging=", "PUT"), ("/xml-bucket/k?uploadId=none", "POST"), ("/new-xml-bucket", "PUT")]:
        answer = http.raw(victim.port, signed(victim, "s3", body, method, path, headers))
        clean(answer, [200, 204, *range(400, 502)])
        assert answer != b"" and b"root:" not in answer


def test_bad_cbor(victim, chance):
    bodies = [b"", b"\xff", b"\x9f", b"\xbf", b"\x5f", b"\xa1", b"\x1b" + b"\xff" * 8, b"\x9b" + b"\xff" * 8, b"\xbb" + b"\xff" * 8, b"\x7b" + b"\xff" * 8, b"\x81" * 100000, b"\xa1\x61a" * 30000,
              cbor2.dumps({"QueueName": 5}), cbor2.dumps([1]), cbor2.dumps("text"), b"\xa1\x61\xff\x01", b"\xf8\x18", b"\xfb\x7f\xf0", b"\xc1\x61x"]
    bodies += [chance.randbytes(chance.randrange(1, 60)) for _ in range(100)]
    good = cbor2.dumps({"QueueName": "q", "Attributes": {"VisibilityTimeout": "5"}})
    for _ in range(100):
        data = bytearray(good)
        data[chance.randrange(len(data))] = chance.randrange(256)
        bodies.append(bytes(data))
    for body in bodies:
        answer = http.raw(victim.port, signed(victim, "sqs", body, path="/service/AmazonSQS/operation/CreateQueue",
                                              headers={"Content-Type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}))
        clean(answer, [200, *range(400, 502)])
        assert answer != b""


BAD_FORMS = ["", "Action", "Action=", "Action=GetCallerIdentity", "Action=GetCallerIdentity&Version=1", "Action=A&Action=B&Version=2011-06-15", "&&&&", "=", "%", "Action=%zz&Version=%",
             "Action=AssumeRole&Version=2011-06-15&DurationSeconds=abc&RoleArn=x&RoleSessionName=y", "Action=AssumeRole&Version=2011-06-15&Tags.member.99999999.Key=a",
             "Action=AssumeRole&Version=2011-06-15&Tags.member.-1.Key=a&Tags.member.0.Key=b", "Action=AssumeRole&Version=2011-06-15&Tags.member.1.Key.x.y.z=a",
             "Action=AssumeRole&Version=2011-06-15" + "".join(f"&Tags.member.{i}.Key=k" for i in range(3000)), "Action=AssumeRole&Version=2011-06-15&RoleArn=" + "a" * 100000 + "&RoleSessionName=x",
             "Action=GetCallerIdentity&Version=2011-06-15&" + "a" * 300000]


@pytest.mark.parametrize("body", BAD_FORMS, ids=range(len(BAD_FORMS)))
def test_bad_forms(victim, body):
    answer = http.raw(victim.port, signed(victim, "sts", body.encode(), headers={"Content-Type": "application/x-www-form-urlencoded"}))
    clean(answer, [200, *range(400, 502)])
    assert answer != b""


AWS_CHUNKS = [b"", b"zz;chunk-signature=00\r\nhello\r\n", b"5\r\nhello\r\n0\r\n\r\n", b"5;chunk-signature=" + b"0" * 64 + b"\r\nhello\r\n0;chunk-signature=" + b"0" * 64 + b"\r\n\r\n",
              b"ffffffffffffffff;chunk-signature=" + b"0" * 64 + b"\r\nhello", b"-1;chunk-signature=00\r\n", b"5;chunk-signature=" + b"x" * 100000, b"5;" * 1000 + b"\r\n", b"\r\n" * 1000, b"0" * 10000]


@pytest.mark.parametrize("body", AWS_CHUNKS, ids=range(len(AWS_CHUNKS)))
@pytest.mark.parametrize("kind", ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-NONSENSE"])
def test_bad_aws_chunks(victim, body, kind):
    http.send(victim.endpoint, "s3", victim.root, "PUT", "/chunk-bucket")
    headers = {"X-Amz-Content-SHA256": kind, "X-Amz-Decoded-Content-Length": "5", "Content-Encoding": "aws-chunked", "X-Amz-Trailer": "x-amz-checksum-crc32"}
    answer = http.raw(victim.port, signed(victim, "s3", body, "PUT", "/chunk-bucket/k", headers), 3, close_writing=True)
    if kind == "STREAMING-UNSIGNED-PAYLOAD-TRAILER":
        # One of these bodies is a good one but for the trailer it promised.
        clean(answer, [200, *range(400, 502)])
    else:
        clean(answer, range(400, 502))


ODD_HEADERS = [("Authorization", "AWS4-HMAC-SHA256 " + "a" * 20000), ("Authorization", b"\xff\xfe"), ("X-Amz-Date", "99999999T999999Z"), ("X-Amz-Date", ""), ("Content-Type", "application/" + "x" * 10000),
               ("X-Amz-Target", "." * 1000), ("X-Amz-Target", "AmazonSQS."), ("Host", ""), ("Host", "[::1"), ("Host", "a" * 5000), ("Host", "..s3.amazonaws.com"), ("Host", "%.s3.localhost"), ("Range", "bytes=-"),
               ("Expect", "nonsense"), ("Connection", "upgrade"), ("Upgrade", "h2c"), ("X-Amz-Security-Token", "a" * 100000), ("X-Amz-Content-SHA256", "not a hash")]


@pytest.mark.parametrize("name, value", ODD_HEADERS, ids=range(len(ODD_HEADERS)))
def test_odd_headers(victim, name, value):
    for base in [{}, {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=" + "0" * 64, "X-Amz-Date": "20260101T000000Z"}]:
        clean(http.raw(victim.port, request("GET", "/bucket/key", {**base, name: value}), 1))


@pytest.mark.parametrize("version", ["HTTP/0.9", "HTTP/1.0", "HTTP/2.0", "HTTP/3.7", "HTTP/x", "XTTP/1.1", ""])
def test_odd_versions(victim, version):
    clean(http.raw(victim.port, request(version=version), 1, close_writing=True))


def test_tls_and_http2_on_a_plain_port(victim):
    clean(http.raw(victim.port, bytes.fromhex("16030100c8010000c40303") + bytes(200), 1, close_writing=True))
    clean(http.raw(victim.port, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(100), 1, close_writing=True))


def test_pipelined_requests_are_answered_in_order(victim):
    one = signed(victim, "sts", b"Action=GetCallerIdentity&Version=2011-06-15", headers={"Content-Type": "application/x-www-form-urlencoded"})
    with socket.create_connection(("127.0.0.1", victim.port), timeout=30) as connection:
        connection.sendall(one * 20)
        answer = b""
        while answer.count(b"GetCallerIdentityResult>") < 40:
            part = connection.recv(1 << 16)
            assert part, answer[-300:]
            answer += part
    assert answer.count(b"HTTP/1.1 200") == 20


def test_slow_clients_do_not_stop_others(victim):
    slow = [socket.create_connection(("127.0.0.1", victim.port)) for _ in range(200)]
    try:
        for connection in slow:
            connection.sendall(VALID[:30])
        def asked():
            assert victim.get("/_hakoniwa/health").status_code == 200

        within(2, asked)
    finally:
        for connection in slow:
            connection.close()


def test_clients_that_do_not_read_their_answers(victim):
    import boto3
    import botocore.config

    s3 = boto3.client("s3", endpoint_url=victim.endpoint, region_name="us-east-1", config=botocore.config.Config(s3={"addressing_style": "path"}), **victim.root.boto)
    s3.create_bucket(Bucket="unread")
    s3.put_object(Bucket="unread", Key="large", Body=bytes(64 << 20))
    before = victim.memory()
    data = signed(victim, "s3", b"", "GET", "/unread/large")
    connections = []
    for _ in range(20):
        connection = socket.create_connection(("127.0.0.1", victim.port))
        connection.sendall(data)
        connections.append(connection)
    time.sleep(1)
    assert victim.memory() - before < 120, "unread answers are not kept in memory"
    for connection in connections:
        connection.close()


def test_it_did_not_grow(victim, chance):
    """The same mix again and again settles: the last rounds add next to nothing."""
    def mix():
        for _ in range(200):
            data = bytearray(VALID)
            data[chance.randrange(len(data))] = chance.randrange(256)
            http.raw(victim.port, bytes(data), 0.3, close_writing=True)

    mix()
    grown = []
    while len(grown) < 4 and (not grown or grown[-1] >= 12):
        before = victim.memory()
        for _ in range(3):
            mix()
        grown.append(victim.memory() - before)
    assert grown[-1] < 12, grown
