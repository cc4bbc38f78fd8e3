"""`hakoniwa policy from-use`: the smallest policy that allows what somebody did."""

import json
import subprocess

import pytest
from botocore.exceptions import ClientError
from harness.server import binary


def from_use(endpoint, principal, *options, check=True):
    port = endpoint.rsplit(":", 1)[1]
    done = subprocess.run(
        [binary(), "policy", "from-use", "--principal", principal, "--port", port, *options], capture_output=True, text=True, timeout=60
    )
    assert not check or done.returncode == 0, done.stderr
    return done


@pytest.fixture
def used(endpoint, client, account, iam_user, iam_role, assume):
    """A role that may do anything, and what a session of it did."""
    root = account()
    role = iam_role(root, policy={"Effect": "Allow", "Action": "*", "Resource": "*"})
    session = assume(iam_user(root, {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}), role)
    s3, sqs = client("s3", session), client("sqs", session)
    bucket = f"from-use-{root.account}"
    s3.create_bucket(Bucket=bucket)
    for key in ("a", "b*c"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
        s3.get_object(Bucket=bucket, Key=key)
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="x")
    return root, role, bucket, url


def test_the_policy_is_enough_and_no_more(endpoint, client, used, iam_user):
    root, role, bucket, url = used
    done = from_use(endpoint, role)
    assert "neighbours tried and refused" in done.stderr
    policy = json.loads(done.stdout)
    allowed = {
        (action, resource)
        for statement in policy["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
        for resource in ([statement["Resource"]] if isinstance(statement["Resource"], str) else statement["Resource"])
    }
    objects = [f"arn:aws:s3:::{bucket}/a", f"arn:aws:s3:::{bucket}/b${{*}}c"]
    queue = f"arn:aws:sqs:us-east-1:{root.account}:orders"
    assert allowed == {
        ("s3:CreateBucket", f"arn:aws:s3:::{bucket}"), ("sqs:CreateQueue", queue), ("sqs:SendMessage", queue),
        *[(action, object_) for object_ in objects for action in ("s3:PutObject", "s3:GetObject")],
    }  # fmt: skip
    # A user with this policy alone can do it all again, and nothing beside it.
    narrow = iam_user(root, policy)
    s3, sqs = client("s3", narrow), client("sqs", narrow)
    for key in ("a", "b*c"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    sqs.send_message(QueueUrl=url, MessageBody="x")
    for call in (
        lambda: s3.put_object(Bucket=bucket, Key="bXc", Body=b"x"),
        lambda: s3.delete_object(Bucket=bucket, Key="a"),
        lambda: sqs.receive_message(QueueUrl=url),
    ):
        with pytest.raises(ClientError) as caught:
            call()
        assert caught.value.response["Error"]["Code"] == "AccessDenied"


def test_what_was_denied_is_not_in_it(endpoint, client, account, iam_user):
    root = account()
    user = iam_user(root, {"Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*"})
    sqs = client("sqs", user)
    sqs.list_queues()
    with pytest.raises(ClientError):
        sqs.create_queue(QueueName="q")
    done = from_use(endpoint, user.arn)
    assert [statement["Action"] for statement in json.loads(done.stdout)["Statement"]] == ["sqs:ListQueues"]
    assert "Denied then, and left out: 1." in done.stderr


def test_of_a_call_that_was_denied_no_part_was_done(endpoint, client, account, iam_user):
    root = account()
    bucket = f"copies-{root.account}"
    s3 = client("s3", root)
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="a", Body=b"x")
    user = iam_user(root, {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*"})
    s3 = client("s3", user)
    s3.list_objects_v2(Bucket=bucket)
    with pytest.raises(ClientError):
        s3.copy_object(Bucket=bucket, Key="b", CopySource=f"{bucket}/a")
    statements = json.loads(from_use(endpoint, user.arn).stdout)["Statement"]
    assert [statement["Action"] for statement in statements] == ["s3:ListBucket"]


def test_a_decider_needs_what_its_decisions_need(endpoint, client, account, iam_user):
    """SWF judges each decision as if it were a call, and a decision that may not be made does not fail the call."""
    root = account()
    swf = client("swf", root)
    swf.register_domain(name="work", workflowExecutionRetentionPeriodInDays="1")
    swf.register_workflow_type(domain="work", name="order", version="1", defaultChildPolicy="TERMINATE", defaultTaskList={"name": "l"},
                               defaultExecutionStartToCloseTimeout="60", defaultTaskStartToCloseTimeout="60")  # fmt: skip
    swf.start_workflow_execution(domain="work", workflowId="w", workflowType={"name": "order", "version": "1"})
    polling = {"Effect": "Allow", "Action": ["swf:PollForDecisionTask", "swf:RespondDecisionTaskCompleted"], "Resource": "*"}
    user = iam_user(root, [polling, {"Effect": "Allow", "Action": "swf:RecordMarker", "Resource": "*"}])
    swf = client("swf", user)
    token = swf.poll_for_decision_task(domain="work", taskList={"name": "l"})["taskToken"]
    swf.respond_decision_task_completed(taskToken=token, decisions=[
        {"decisionType": "RecordMarker", "recordMarkerDecisionAttributes": {"markerName": "m"}},
        {"decisionType": "CompleteWorkflowExecution", "completeWorkflowExecutionDecisionAttributes": {"result": "r"}}])  # fmt: skip
    done = from_use(endpoint, user.arn)
    statements = json.loads(done.stdout)["Statement"]
    actions = {action for one in statements for action in ([one["Action"]] if isinstance(one["Action"], str) else one["Action"])}
    assert actions == {"swf:PollForDecisionTask", "swf:RespondDecisionTaskCompleted", "swf:RecordMarker"}
    assert "left out: 1" in done.stderr


def test_nothing_recorded_is_said_and_fails(endpoint, account):
    done = from_use(endpoint, f"arn:aws:iam::{account().account}:user/nobody", check=False)
    assert done.returncode == 1 and "0 calls recorded" in done.stderr
    done = from_use(endpoint, "nobody", check=False)
    assert done.returncode != 0 and "the ARN of a user" in done.stderr
