"""Pages of the program's own, request ids, addresses, and what is not built."""

import re

import pytest
import requests
from botocore.exceptions import ClientError

from harness import http


def test_health_is_readable_by_people_and_by_scripts_of_other_emulators(endpoint):
    for path in ["/_hakoniwa/health", "/_localstack/health"]:
        page = requests.get(endpoint + path, timeout=10)
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("application/json")
        services = {name.lower(): state for name, state in page.json()["services"].items()}
        for service in ["s3", "sqs", "iam", "sts"]:
            assert services[service] in ("running", "available"), service
    assert requests.head(endpoint + "/_hakoniwa/health", timeout=10).status_code == 200


def test_version_is_a_version(endpoint):
    assert re.match(r"\d+\.\d+\.\d+", requests.get(endpoint + "/_hakoniwa/version", timeout=10).json()["version"])


def test_a_page_that_is_not_there_says_which_are(endpoint):
    page = requests.get(endpoint + "/_hakoniwa/nothing", timeout=10)
    assert page.status_code == 404
    assert "decisions" in page.json()["message"]


@pytest.mark.parametrize("path, body", [("clock", "{"), ("clock", "[]"), ("clock", '{"advance": "soon"}'), ("clock", '{"set": 5}'),
                                        ("clock", '{"scale": -1}'), ("clock", '{"auto": "yes"}'), ("reset", '{"account": "12"}'),
                                        ("reset", '{"account": 12}'), ("snapshots/save", "{}"), ("snapshots/load", '{"name": "none"}'),
                                        ("snapshots/save", '{"name": "../up"}'), ("snapshots/save", '{"name": "a/b"}')])
def test_wrong_words_to_its_pages_are_refused(endpoint, path, body):
    page = requests.post(f"{endpoint}/_hakoniwa/{path}", data=body, timeout=10)
    assert page.status_code == 400
    assert page.json()["message"]


def test_every_answer_carries_a_request_id(client, endpoint):
    seen = set()
    for service, call in [("sts", "get_caller_identity"), ("iam", "list_users"), ("sqs", "list_queues"), ("s3", "list_buckets")]:
        for _ in range(2):
            answer = getattr(client(service), call)()
            request_id = answer["ResponseMetadata"]["RequestId"]
            assert request_id
            seen.add(request_id)
    assert len(seen) == 8
    s3 = client("s3").list_buckets()["ResponseMetadata"]["HTTPHeaders"]
    assert s3["x-amz-request-id"] and s3["x-amz-id-2"]
    assert client("sqs").list_queues()["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
    with pytest.raises(ClientError) as error:
        client("s3").get_object(Bucket="no-such-bucket-anywhere", Key="k")
    assert error.value.response["ResponseMetadata"]["RequestId"]


@pytest.mark.parametrize("service, call, arguments", [
    ("dynamodb", "list_tables", {}),
    ("ec2", "describe_instances", {}),
    ("lambda", "list_functions", {}),
    ("apigateway", "get_rest_apis", {}),
    ("elasticbeanstalk", "describe_applications", {}),
    ("route53", "list_hosted_zones", {}),
    ("kinesis", "list_streams", {}),
])
def test_a_service_that_is_not_built_says_so(client, service, call, arguments):
    with pytest.raises(ClientError) as error:
        getattr(client(service), call)(**arguments)
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 404, 501)
    assert "not built" in error.value.response["Error"]["Message"] or "NotImplemented" in error.value.response["Error"]["Code"]


@pytest.mark.parametrize("service, call, arguments", [
    ("s3", "get_bucket_analytics_configuration", {"Bucket": "b", "Id": "i"}),
    ("s3", "get_bucket_inventory_configuration", {"Bucket": "b", "Id": "i"}),
    ("iam", "list_server_certificates", {}),
    ("sns", "list_platform_applications", {}),
])
def test_an_operation_that_is_not_built_says_so_and_names_itself(client, service, call, arguments):
    with pytest.raises(ClientError) as error:
        getattr(client(service), call)(**arguments)
    details = error.value.response
    name = "".join(word.capitalize() for word in call.split("_")).replace("Ssh", "SSH").replace("Mfa", "MFA")
    assert details["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert details["Error"]["Code"].startswith("NotImplemented")
    assert name in details["Error"]["Message"]


def test_an_operation_that_no_service_has_is_an_error_of_aws(endpoint, account):
    root = account()
    answer = http.query(endpoint, "sts", root, "MakeCoffee", "2011-06-15")
    assert answer.status_code == 400 and "InvalidAction" in answer.text
    answer = http.json10(endpoint, "sqs", root, "AmazonSQS.MakeCoffee", {})
    assert answer.status_code in (400, 404) and "UnknownOperation" in answer.text


def test_an_unknown_target_or_no_hint_at_all_is_an_error_not_a_page(endpoint):
    answer = requests.post(endpoint + "/", headers={"X-Amz-Target": "Nothing_20200101.Do"}, data="{}", timeout=10)
    assert 400 <= answer.status_code < 502
    answer = requests.post(endpoint + "/", data=b"\x00\x01", timeout=10)
    assert 400 <= answer.status_code < 500


def test_s3_is_found_by_virtual_host(endpoint, client, account, unique):
    root, name = account(), unique("vhost")
    client("s3", root).create_bucket(Bucket=name)
    port = endpoint.rsplit(":", 1)[1]
    for host in [f"{name}.s3.localhost:{port}", f"{name}.s3.amazonaws.com", f"{name}.s3.us-east-1.amazonaws.com",
                 f"{name}.s3.localhost.localstack.cloud:{port}"]:
        answer = http.send(endpoint, "s3", root, "PUT", "/a%20key", b"x", headers={"Host": host})
        assert answer.status_code == 200, f"{host}: {answer.text}"
    assert client("s3", root).get_object(Bucket=name, Key="a key")["Body"].read() == b"x"


def test_the_region_of_the_signature_is_where_things_are(client, account):
    root = account()
    here, there = client("sqs", root, region="eu-west-1"), client("sqs", root, region="ap-northeast-1")
    url = here.create_queue(QueueName="q")["QueueUrl"]
    assert ":eu-west-1:" in here.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    assert "QueueUrls" not in there.list_queues()


def test_accounts_do_not_see_each_other(client, account, unique):
    one, other = account(), account()
    client("sqs", one).create_queue(QueueName="q")
    client("iam", one).create_user(UserName="u")
    client("s3", one).create_bucket(Bucket=unique("mine"))
    assert "QueueUrls" not in client("sqs", other).list_queues()
    assert client("iam", other).list_users()["Users"] == []
    assert client("s3", other).list_buckets()["Buckets"] == []


def test_keep_alive_connections_carry_many_requests(endpoint, account):
    root = account()
    with requests.Session() as session:
        headers = http.signed(endpoint, "sts", root, body=b"Action=GetCallerIdentity&Version=2011-06-15",
                              headers={"Content-Type": "application/x-www-form-urlencoded"})
        for _ in range(50):
            assert session.post(endpoint, data=b"Action=GetCallerIdentity&Version=2011-06-15", headers=headers, timeout=10).status_code == 200


def test_a_client_that_expects_100_continue_gets_it(endpoint, account, client, unique):
    root, name = account(), unique("expect")
    client("s3", root).create_bucket(Bucket=name)
    port = int(endpoint.rsplit(":", 1)[1])
    body = b"y" * 1000
    headers = http.signed(endpoint, "s3", root, "PUT", f"/{name}/k", body, {"Host": f"127.0.0.1:{port}"})
    head = f"PUT /{name}/k HTTP/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in headers.items())
    head += f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
    import socket

    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head.encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 100")
        connection.sendall(body)
        assert connection.recv(10000).startswith(b"HTTP/1.1 200")
