"""API destinations and their connections, against an endpoint of the test's own."""

import base64
import http.server
import json
import queue
import threading
import time

import pytest
from botocore.exceptions import ClientError

TRUST = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}
API_KEY = {"ApiKeyAuthParameters": {"ApiKeyName": "x-key", "ApiKeyValue": "secret"}}


class Endpoint:
    """An HTTP endpoint that keeps what it is asked, and answers what it is told."""

    def __init__(self):
        self.requests, self.answers = queue.Queue(), queue.Queue()
        endpoint = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                endpoint.requests.put((self.command, self.path, headers, body))
                status, text = (200, "{}") if endpoint.answers.empty() else endpoint.answers.get()
                self.send_response(status)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            do_GET = do_POST = do_PUT = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def request(self):
        return self.requests.get(timeout=30)


@pytest.fixture
def endpoint_of_test():
    made = Endpoint()
    yield made
    made.server.shutdown()


@pytest.fixture
def destination(client, account, iam_role, inbox, endpoint_of_test):
    """`destination(kind, parameters, …)`: a rule for source `app` whose target is an API destination."""

    class Made:
        root = account()
        endpoint = endpoint_of_test

        def __init__(self):
            self.events, self.dead = client("events", self.root), inbox(self.root)

        def __call__(self, kind="API_KEY", parameters=API_KEY, path="/hook", method="POST", allowed=True, **more):
            connection = self.events.create_connection(Name="c", AuthorizationType=kind, AuthParameters=parameters)
            self.arn = self.events.create_api_destination(
                Name="d", ConnectionArn=connection["ConnectionArn"], InvocationEndpoint=self.endpoint.url + path,
                HttpMethod=method)["ApiDestinationArn"]
            policy = {"Effect": "Allow", "Action": "events:InvokeApiDestination", "Resource": self.arn}
            role = iam_role(self.root, {"Version": "2012-10-17", "Statement": [TRUST]}, policy if allowed else None)
            self.events.put_rule(Name="r", EventPattern='{"source":["app"]}')
            target = {"Id": "t", "Arn": self.arn, "RoleArn": role, "DeadLetterConfig": {"Arn": self.dead.arn}, **more}
            self.events.put_targets(Rule="r", Targets=[target])
            return connection

    return Made()


def test_a_call_with_an_api_key(destination, put):
    parameters = {
        **API_KEY,
        "InvocationHttpParameters": {
            "HeaderParameters": [{"Key": "x-more", "Value": "1"}],
            "QueryStringParameters": [{"Key": "q", "Value": "a b"}],
            "BodyParameters": [{"Key": "token", "Value": "t"}],
        },
    }
    http_parameters = {
        "PathParameterValues": ["fixed", "$.detail.id"], "HeaderParameters": {"x-id": "$.detail.id"},
        "QueryStringParameters": {"kind": "$.detail-type"},
    }
    destination(parameters=parameters, path="/a/*/b/*", method="PUT", HttpParameters=http_parameters, InputPath="$.detail")
    put(destination.events, detail={"id": "x/1"})
    method, path, headers, body = destination.endpoint.request()
    assert (method, path) == ("PUT", "/a/fixed/b/x%2F1?kind=t&q=a%20b")
    assert json.loads(body) == {"id": "x/1", "token": "t"}
    assert (headers["x-key"], headers["x-more"], headers["x-id"]) == ("secret", "1", "x/1")
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["user-agent"] == "Amazon/EventBridge/ApiDestinations"


def test_user_and_password(destination, put):
    destination("BASIC", {"BasicAuthParameters": {"Username": "ann", "Password": "pw"}})
    put(destination.events, detail={"n": 1})
    headers = destination.endpoint.request()[2]
    assert headers["authorization"] == "Basic " + base64.b64encode(b"ann:pw").decode()


def test_oauth(destination, put):
    destination.endpoint.answers.put((200, json.dumps({"access_token": "token-1", "expires_in": 3600})))
    parameters = {
        "OAuthParameters": {
            "ClientParameters": {"ClientID": "me", "ClientSecret": "s&cret"},
            "AuthorizationEndpoint": destination.endpoint.url + "/token", "HttpMethod": "POST",
            "OAuthHttpParameters": {"BodyParameters": [{"Key": "audience", "Value": "api", "IsValueSecret": False}]},
        }
    }
    destination("OAUTH_CLIENT_CREDENTIALS", parameters)
    method, path, headers, body = destination.endpoint.request()
    assert (method, path) == ("POST", "/token")
    assert body == "audience=api&grant_type=client_credentials&client_id=me&client_secret=s%26cret"
    # The token is kept after it came; an event before that would fetch one more.
    deadline = time.monotonic() + 30
    while (described := destination.events.describe_connection(Name="c"))["ConnectionState"] != "AUTHORIZED":
        assert time.monotonic() < deadline, described
        time.sleep(0.02)
    put(destination.events, detail={"n": 1})
    assert destination.endpoint.request()[2]["authorization"] == "Bearer token-1"
    assert described["AuthParameters"]["OAuthParameters"]["ClientParameters"] == {"ClientID": "me"}


@pytest.mark.parametrize("status", [400, 404])
def test_what_is_refused_is_dead(destination, put, status):
    destination()
    destination.endpoint.answers.put((status, ""))
    put(destination.events)
    told = destination.dead.messages(1)[0]["MessageAttributes"]
    assert told["ERROR_CODE"]["StringValue"] == "ERROR_FROM_TARGET"
    assert told["RETRY_ATTEMPTS"]["StringValue"] == "0"


def test_what_fails_is_tried_again(destination, put):
    destination(RetryPolicy={"MaximumRetryAttempts": 1})
    for _ in range(3):
        destination.endpoint.answers.put((503, ""))
    put(destination.events)
    told = destination.dead.messages(1)[0]["MessageAttributes"]
    assert {name: told[name]["StringValue"] for name in ("RETRY_ATTEMPTS", "EXHAUSTED_RETRY_CONDITION")} == {
        "RETRY_ATTEMPTS": "1", "EXHAUSTED_RETRY_CONDITION": "MaximumRetryAttempts"}
    assert destination.endpoint.requests.qsize() == 2


def test_the_role_must_be_allowed_to_call(destination, put):
    destination(allowed=False)
    put(destination.events)
    told = destination.dead.messages(1)[0]["MessageAttributes"]
    assert told["ERROR_CODE"]["StringValue"] == "NO_PERMISSIONS"
    assert "events:InvokeApiDestination" in told["ERROR_MESSAGE"]["StringValue"]
    assert destination.endpoint.requests.empty()


def test_connections_and_destinations_are_kept(client, account):
    root = account()
    events = client("events", root)
    made = events.create_connection(Name="c", AuthorizationType="API_KEY", AuthParameters=API_KEY, Description="d")
    assert made["ConnectionState"] == "AUTHORIZED"
    assert made["ConnectionArn"].startswith(f"arn:aws:events:us-east-1:{root.account}:connection/c/")
    described = events.describe_connection(Name="c")
    assert described["AuthParameters"] == {"ApiKeyAuthParameters": {"ApiKeyName": "x-key"}}
    assert described["SecretArn"].startswith(f"arn:aws:secretsmanager:us-east-1:{root.account}:secret:events!connection/c/")
    with pytest.raises(ClientError, match="Connection c already exists."):
        events.create_connection(Name="c", AuthorizationType="API_KEY", AuthParameters=API_KEY)
    with pytest.raises(ClientError, match="Connection 'x' does not exist."):
        events.describe_connection(Name="x")
    with pytest.raises(ClientError, match="ValidationException"):
        events.create_connection(Name="y", AuthorizationType="BASIC", AuthParameters=API_KEY)
    arn = events.create_api_destination(
        Name="d", ConnectionArn=made["ConnectionArn"], InvocationEndpoint="https://example.com/*", HttpMethod="POST")
    described = events.describe_api_destination(Name="d")
    assert (described["ApiDestinationState"], described["InvocationRateLimitPerSecond"]) == ("ACTIVE", 300)
    with pytest.raises(ClientError, match="An api-destination 'd' already exists."):
        events.create_api_destination(
            Name="d", ConnectionArn=made["ConnectionArn"], InvocationEndpoint="https://example.com", HttpMethod="POST")
    assert events.update_api_destination(Name="d", HttpMethod="PUT")["ApiDestinationArn"] == arn["ApiDestinationArn"]
    events.update_connection(Name="c", AuthParameters={"ApiKeyAuthParameters": {"ApiKeyName": "x-new"}})
    assert events.describe_connection(Name="c")["AuthParameters"] == {"ApiKeyAuthParameters": {"ApiKeyName": "x-new"}}
    assert events.deauthorize_connection(Name="c")["ConnectionState"] == "DEAUTHORIZED"
    assert events.list_api_destinations()["ApiDestinations"][0]["ApiDestinationState"] == "INACTIVE"
    assert [connection["Name"] for connection in events.list_connections(NamePrefix="c")["Connections"]] == ["c"]
    events.delete_api_destination(Name="d")
    assert events.delete_connection(Name="c")["ConnectionState"] == "DELETING"
    assert events.list_connections()["Connections"] == []
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        events.create_api_destination(
            Name="e", ConnectionArn=made["ConnectionArn"], InvocationEndpoint="https://example.com", HttpMethod="POST")
