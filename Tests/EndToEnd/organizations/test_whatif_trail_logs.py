"""What-if on CloudTrail logs as AWS exports them: what a record does not tell is unknown, never allowed."""

import gzip
import json
import os
import pty
import subprocess

import pytest
from conftest import make_client
from harness import Credentials, Server
from harness.server import binary

ROOT = Credentials("test", "test", account="000000000000")
APP = "222222222222"


def record(number, source, name, account=APP, role="deploy", region="us-east-1", parameters=None, **more):
    session = role.split("/")[-1]
    return {
        "eventVersion": "1.11", "eventTime": f"2026-11-01T00:{number % 60:02}:00Z", "eventSource": f"{source}.amazonaws.com", "eventName": name,
        "awsRegion": region, "sourceIPAddress": "192.0.2.9", "userAgent": "aws-cli/2.31", "requestParameters": parameters,
        "responseElements": None, "requestID": f"request-{number}", "eventID": f"event-{number}", "readOnly": True, "eventType": "AwsApiCall",
        "managementEvent": True, "recipientAccountId": account, "eventCategory": "Management",
        "userIdentity": {
            "type": "AssumedRole", "principalId": "AROAEXAMPLE:s", "arn": f"arn:aws:sts::{account}:assumed-role/{session}/s",
            "accountId": account, "accessKeyId": "ASIAEXAMPLE",
            "sessionContext": {
                "sessionIssuer": {"type": "Role", "principalId": "AROAEXAMPLE", "arn": f"arn:aws:iam::{account}:role/{role}", "accountId": account},
                "attributes": {"creationDate": "2026-11-01T00:00:00Z", "mfaAuthenticated": "false"}}},
        **more,
    }


RECORDS = [
    record(0, "ec2", "DescribeInstances", region="eu-west-1"),
    record(1, "ec2", "DescribeInstances", region="eu-west-1"),
    record(2, "ec2", "DescribeInstances"),
    record(3, "iam", "ListRoles", region="us-east-1"),
    record(4, "lambda", "CreateFunction20150331", region="eu-west-1", parameters={"functionName": "f"}),
    record(5, "sqs", "DeleteQueue", parameters={"queueUrl": f"https://sqs.us-east-1.amazonaws.com/{APP}/jobs"}),
    record(6, "ec2", "DescribeInstances", region="eu-west-1", role="aws-service-role/x.amazonaws.com/AWSServiceRoleForX"),
    record(7, "ec2", "DescribeInstances", region="eu-west-1", account="000000000000"),
    record(8, "ec2", "RunInstances", region="eu-west-1", errorCode="Client.UnauthorizedOperation", errorMessage="You are not authorized"),
    record(9, "s3", "GetObject", region="eu-west-1", parameters={"bucketName": "b", "key": "k"}, errorCode="NoSuchKey", errorMessage="x",
           resources=[{"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::b/k"}, {"accountId": APP, "type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::b"}]),
    {**record(10, "signin", "ConsoleLogin"), "eventType": "AwsConsoleSignIn"},
]

REGIONS = {"Version": "2012-10-17", "Statement": [{
    "Sid": "Regions", "Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*",
    "Condition": {"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}}}]}
TEAMS = {"Version": "2012-10-17", "Statement": [{
    "Sid": "Teams", "Effect": "Deny", "Action": "sqs:Delete*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "jobs"}}}]}


@pytest.fixture(scope="module")
def cloud(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cloud")
    seed = folder / "seed.yaml"
    seed.write_text(f"""
enable: [SCP, RCP]
root:
  units:
    - name: Apps
      accounts: [{{id: "{APP}", name: app, email: app@example.org}}]
""")
    with Server(ephemeral=True) as server:
        assert server.hakoniwa("seed", str(seed)).returncode == 0
        server.folder = folder
        yield server


@pytest.fixture(scope="module")
def logs(cloud):
    """As AWS lays them out: packed and plain, by account, Region and day, with digests beside them."""
    folder = cloud.folder / "trail"
    day = folder / "AWSLogs" / "o-exampleorg" / APP / "CloudTrail" / "eu-west-1" / "2026" / "11" / "01"
    day.mkdir(parents=True)
    (day / f"{APP}_CloudTrail_eu-west-1_20261101T0005Z_abcdefghijklmnop.json.gz").write_bytes(gzip.compress(json.dumps({"Records": RECORDS[:4]}).encode()))
    (day / f"{APP}_CloudTrail_eu-west-1_20261101T0010Z_abcdefghijklmnop.json").write_text(json.dumps({"Records": RECORDS[4:]}, indent=1))
    digest = folder / "AWSLogs" / "o-exampleorg" / APP / "CloudTrail-Digest"
    digest.mkdir()
    (digest / "digest.json.gz").write_bytes(b"not even packed")
    return folder


def what_if(cloud, policy, *arguments):
    path = cloud.folder / "policy.json"
    path.write_text(json.dumps(policy))
    return cloud.hakoniwa("org", "what-if", "--attach", str(path), "--to", "Apps", *arguments)


def report(cloud, policy, *arguments):
    done = what_if(cloud, policy, *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_records_are_judged_by_caller_action_resource_and_region(cloud, logs):
    found = report(cloud, REGIONS, "--trail-logs", str(logs))
    assert found["grade"] == "threeValued"
    assert found["counts"] == {
        "calls": 9, "newlyDenied": 4, "newlyAllowed": 0, "unknown": 0, "unchanged": 5,
        "skipped": {"calls that were denied by other policies": 1, "events that are no API calls": 1}}
    kinds = {(one["action"], one["resource"], one["count"]) for one in found["findings"]}
    assert kinds == {
        ("ec2:DescribeInstances", "*", 2), ("lambda:CreateFunction", f"arn:aws:lambda:eu-west-1:{APP}:function:f", 1),
        ("s3:GetObject", "arn:aws:s3:::b/k", 1)}
    one = next(one for one in found["findings"] if one["action"].startswith("ec2"))
    assert one["principal"] == f"arn:aws:iam::{APP}:role/deploy" and one["region"] == "eu-west-1"
    assert (one["layer"], one["levelName"], one["policyName"], one["statement"]) == ("scp", "OU Apps", "policy", "Regions")
    assert (one["first"], one["last"]) == ("2026-11-01T00:00:00Z", "2026-11-01T00:01:00Z")
    assert one["requestIDs"] == ["request-0", "request-1"]


def test_a_key_that_a_record_lacks_makes_it_unknown(cloud, logs):
    found = report(cloud, TEAMS, "--trail-logs", str(logs))
    assert (found["counts"]["unknown"], found["counts"]["newlyDenied"]) == (1, 0)
    assert found["findings"][0]["missing"] == ["aws:PrincipalTag/team"]
    table = what_if(cloud, TEAMS, "--trail-logs", str(logs), "--fail-on-break")
    assert table.returncode == 0
    assert "UNKNOWN" in table.stdout and "not in the record: aws:PrincipalTag/team" in table.stdout
    assert "read at" in table.stderr and "judged at" in table.stderr


def test_a_break_ends_with_status_1_only_when_asked(cloud, logs):
    assert what_if(cloud, REGIONS, "--trail-logs", str(logs)).returncode == 0
    assert what_if(cloud, REGIONS, "--trail-logs", str(logs), "--fail-on-break").returncode == 1


def test_logs_are_read_from_a_bucket_of_the_server(cloud, logs):
    s3 = make_client(cloud.endpoint, "s3", ROOT)
    s3.create_bucket(Bucket="trail-logs")
    for path in logs.rglob("*.json*"):
        s3.upload_file(str(path), "trail-logs", f"org trail/{path.relative_to(logs)}")
    from_bucket = report(cloud, REGIONS, "--trail-logs", "s3://trail-logs/org trail/")
    from_files = report(cloud, REGIONS, "--trail-logs", str(logs))
    assert from_bucket["findings"] == from_files["findings"] and from_bucket["counts"] == from_files["counts"]
    done = what_if(cloud, REGIONS, "--trail-logs", "s3://no-such-bucket/")
    assert done.returncode != 0 and "NoSuchBucket" in done.stderr


def test_without_a_server_the_organization_comes_from_files(cloud, logs, tmp_path):
    org = make_client(cloud.endpoint, "organizations", ROOT)
    root = org.list_roots()["Roots"][0]["Id"]

    def keep(name, answer):
        answer.pop("ResponseMetadata", None)
        (tmp_path / f"{name}.json").write_text(json.dumps(answer, default=str))

    def walk(parent):
        units = org.list_organizational_units_for_parent(ParentId=parent)
        keep(f"units-{parent}", units)
        keep(f"accounts-{parent}", org.list_accounts_for_parent(ParentId=parent))
        for unit in units["OrganizationalUnits"]:
            walk(unit["Id"])

    keep("organization", org.describe_organization())
    keep("roots", org.list_roots())
    walk(root)
    for policy in org.list_policies(Filter="SERVICE_CONTROL_POLICY")["Policies"]:
        keep(f"policy-{policy['Id']}", org.describe_policy(PolicyId=policy["Id"]))
        keep(f"targets-{policy['Id']}", org.list_targets_for_policy(PolicyId=policy["Id"]))
    offline = report(cloud, REGIONS, "--trail-logs", str(logs), "--organization", str(tmp_path), "--port", "9")
    assert offline["counts"]["newlyDenied"] == 4


def test_a_terminal_shows_how_far_it_is(cloud, tmp_path):
    """Though the workers take every core."""
    log = tmp_path / "logs" / "0.json.gz"
    log.parent.mkdir()
    log.write_bytes(gzip.compress(json.dumps({"Records": [record(n, "sqs", "DeleteQueue", region=f"r-{n % 50}") for n in range(1500)]}).encode()))
    for number in range(1, 40):
        os.link(log, log.parent / f"{number}.json.gz")
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps(TEAMS))
    ours, theirs = pty.openpty()
    command = [binary(), "org", "what-if", "--attach", str(policy), "--to", "Apps", "--trail-logs", str(log.parent), "--port", str(cloud.port)]
    done = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    seen = b""
    while True:
        try:
            seen += os.read(ours, 4096)
        except OSError:
            break
    assert done.wait(120) == 0
    shown = [int(part.split(b" %")[0].split()[-1]) for part in seen.split(b"\r") if b" %  " in part]
    assert any(5 <= percent <= 90 for percent in shown), shown


def test_what_cannot_be_read_is_said(cloud, logs, tmp_path):
    def message(*arguments):
        done = what_if(cloud, REGIONS, *arguments)
        assert done.returncode not in (0, 1) or done.stderr
        return done.stderr

    assert "There is no file or folder" in message("--trail-logs", str(tmp_path / "none"))
    assert "There are no logs" in message("--trail-logs", str(tmp_path))
    whole = gzip.compress(json.dumps({"Records": RECORDS}).encode())
    (tmp_path / "cut.json.gz").write_bytes(whole[: len(whole) // 2])
    assert "ends in the middle" in message("--trail-logs", str(tmp_path))
    (tmp_path / "cut.json.gz").unlink()
    (tmp_path / "words.json").write_text("hello")
    assert "not JSON as CloudTrail writes it" in message("--trail-logs", str(tmp_path))
    assert "--organization goes with --trail-logs" in message("--organization", str(tmp_path))
    assert "A time is written" in message("--since", "yesterday", "--trail-logs", str(logs))


def test_a_part_of_the_logs_is_asked_for_by_time(cloud, logs):
    late = report(cloud, REGIONS, "--trail-logs", str(logs), "--since", "2026-11-01T00:01:00Z")
    # All but the record of midnight; the two that are never judged are late as well.
    assert late["counts"]["calls"] == 8 and late["counts"]["newlyDenied"] == 3
    assert late["counts"]["skipped"]["records from before"] == 1
    assert next(one for one in late["findings"] if one["action"].startswith("ec2"))["first"] == "2026-11-01T00:01:00Z"
    ago = report(cloud, REGIONS, "--trail-logs", str(logs), "--since", "36500d")
    assert ago["counts"]["calls"] == 9 and "records from before" not in ago["counts"]["skipped"]
