"""Every verdict can be explained, by its request id, to people and to programs."""

import json

import pytest
import requests
from botocore.exceptions import ClientError


@pytest.fixture
def denied(server, client, account, iam_user, unique):
    """A server, and a denial on it: the user may read from another prefix and with another condition."""
    running = server()
    root = account()
    bucket = unique("explained")
    client("s3", root, at=running.endpoint).create_bucket(Bucket=bucket)
    user = iam_user(root, [
        {"Sid": "OtherAction", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
        {"Sid": "OtherPrefix", "Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/public/*"},
        {"Sid": "FromOffice", "Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/private/*",
         "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}},
    ], at=running.endpoint)
    with pytest.raises(ClientError) as error:
        client("s3", user, at=running.endpoint).get_object(Bucket=bucket, Key="private/plan")
    return running, root, user, bucket, error.value.response["ResponseMetadata"]["RequestId"]


def test_explain_prints_every_layer_and_the_nearest_miss(denied):
    running, _, user, bucket, request_id = denied
    for name in [request_id, "last"]:
        done = running.hakoniwa("explain", name)
        assert done.returncode == 0, done.stderr
        text = done.stdout
        assert request_id in text
        assert user.arn in text
        assert "s3:GetObject" in text
        assert f"arn:aws:s3:::{bucket}/private/plan" in text
        assert "identity" in text.lower()
        # The nearest miss: everything fits but one condition, with what it wanted and what there was.
        assert "FromOffice" in text
        assert "aws:RequestedRegion" in text and "eu-west-1" in text and "us-east-1" in text


def test_explain_json_and_the_page_are_the_same(denied):
    running, _, user, bucket, request_id = denied
    page = running.get(f"/_hakoniwa/decisions/{request_id}").json()
    assert page["requestId"] == request_id
    [decision] = page["decisions"]
    assert "mplicit" in json.dumps(decision)
    assert "FromOffice" in json.dumps(decision)
    assert json.loads(running.hakoniwa("explain", "--json", request_id).stdout) == page
    assert running.get("/_hakoniwa/decisions/last").json() == page


def test_an_allowed_request_is_explained_by_the_statement_that_allowed_it(denied, client):
    running, _, user, bucket, _ = denied
    answer = client("s3", user, at=running.endpoint).put_object(Bucket=bucket, Key="new", Body=b"")
    text = running.hakoniwa("explain", answer["ResponseMetadata"]["RequestId"]).stdout
    assert "OtherAction" in text
    assert "allow" in text.lower()


def test_an_explicit_deny_is_explained_by_its_statement(denied, client):
    running, root, user, bucket, _ = denied
    policy = {"Version": "2012-10-17", "Statement": {"Sid": "NeverThese", "Effect": "Deny", "Principal": {"AWS": user.arn}, "Action": "s3:*",
                                                    "Resource": f"arn:aws:s3:::{bucket}/*"}}
    client("s3", root, at=running.endpoint).put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
    with pytest.raises(ClientError) as error:
        client("s3", user, at=running.endpoint).put_object(Bucket=bucket, Key="new", Body=b"")
    text = running.hakoniwa("explain", error.value.response["ResponseMetadata"]["RequestId"]).stdout
    assert "NeverThese" in text
    assert "resource" in text.lower() and "deny" in text.lower()


def test_the_root_user_is_explained_too(denied, client):
    running, root, *_ = denied
    answer = client("s3", root, at=running.endpoint).list_buckets()
    done = running.hakoniwa("explain", answer["ResponseMetadata"]["RequestId"])
    assert done.returncode == 0 and "root" in done.stdout


def test_a_denial_is_explained_after_a_restart(denied):
    running, *_, request_id = denied
    running.restart()
    assert "FromOffice" in running.hakoniwa("explain", request_id).stdout


def test_an_unknown_request_id_is_not_found(denied):
    running, *_ = denied
    assert running.get("/_hakoniwa/decisions/0000").status_code == 404
    done = running.hakoniwa("explain", "0000")
    assert done.returncode != 0
    assert "no decision" in done.stdout + done.stderr


def test_decode_authorization_message_tells_the_context_of_a_denial(denied, client, iam_user):
    running, root, user, bucket, request_id = denied
    sts = client("sts", root, at=running.endpoint)
    message = json.loads(sts.decode_authorization_message(EncodedMessage=request_id)["DecodedMessage"])
    assert message["allowed"] is False
    assert message["explicitDeny"] is False
    assert message["matchedStatements"]["items"] == []
    context = message["context"]
    assert context["principal"]["arn"] == user.arn
    assert context["principal"]["id"].startswith("AIDA")
    assert context["action"] == "s3:GetObject"
    assert context["resource"] == f"arn:aws:s3:::{bucket}/private/plan"
    keys = {item["key"]: [value["value"] for value in item["values"]["items"]] for item in context["conditions"]["items"]}
    assert keys["aws:RequestedRegion"] == ["us-east-1"]


def test_decode_authorization_message_needs_a_permission_and_a_real_message(denied, client):
    running, root, user, _, request_id = denied
    with pytest.raises(ClientError) as error:
        client("sts", user, at=running.endpoint).decode_authorization_message(EncodedMessage=request_id)
    assert error.value.response["Error"]["Code"] == "AccessDenied"
    with pytest.raises(ClientError) as error:
        client("sts", root, at=running.endpoint).decode_authorization_message(EncodedMessage="nonsense")
    assert error.value.response["Error"]["Code"] == "InvalidAuthorizationMessageException"


def test_policy_eval_judges_cases_offline(server, tmp_path):
    case = {"id": "one", "request": {"principal": "arn:aws:iam::111111111111:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k",
                                     "resourceAccount": "111111111111", "context": {}},
            "identityPolicies": [{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}]}
    other = dict(case, id="two", request=dict(case["request"], action="s3:PutObject"))
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(case) + "\n" + json.dumps(other) + "\n")
    done = server(start=False).hakoniwa("policy", "eval", "--cases", str(file))
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["id"], line["decision"]) for line in lines] == [("one", "allowed"), ("two", "implicitDeny")]
    assert all(line["layers"] for line in lines)
    file.write_text("not a case\n")
    done = server(start=False).hakoniwa("policy", "eval", "--cases", str(file))
    assert done.returncode != 0 and "1" in done.stderr
