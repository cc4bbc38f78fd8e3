"""Digests: chained, signed, and accepted by AWS's own `aws cloudtrail validate-logs` until somebody tampers."""

import gzip
import json

import pytest
from cloudtrail.trails import CLOUDTRAIL, Trail, check, start_of
from organizations.policy_trees import Tree


def hours(running, clock, made, count, act):
    """So many hours, with something in each."""
    for number in range(count):
        act(number)
        made.flush()
        clock(running).advance("1h")
        made.flush()


@pytest.fixture
def logged(server, client, account, clock):
    """A trail with three digests, and the time before them."""
    running, root = server("--trail-interval", "600"), account()
    start = start_of(running)
    made = Trail(client, root, at=running.endpoint, EnableLogFileValidation=True)
    iam = client("iam", root, at=running.endpoint)
    hours(running, clock, made, 3, lambda number: iam.create_group(GroupName=f"group-{number}"))
    return running, made, start


def test_digests_are_chained_and_signed_and_the_cli_believes_them(logged, aws):
    running, made, start = logged
    digests = [(key, made.read(key)) for key in made.keys("CloudTrail-Digest")]
    assert len(digests) == 4
    first = digests[0][1]
    assert first["previousDigestSignature"] is None and first["logFiles"] == [] and first["digestS3Object"] == digests[0][0]
    for (_, before), (key, digest) in zip(digests, digests[1:]):
        head = made.s3.head_object(Bucket=made.bucket, Key=before["digestS3Object"])
        assert digest["previousDigestSignature"] == head["Metadata"]["signature"]
        assert head["Metadata"]["signature-algorithm"] == "SHA256withRSA"
        assert digest["digestStartTime"] == before["digestEndTime"] and digest["digestS3Object"] == key
    assert sum(len(digest["logFiles"]) for _, digest in digests) == len(made.keys())
    done = check(aws, running, made, start)
    assert done.returncode == 0, done.stdout
    assert "4/4 digest files valid" in done.stdout, done.stdout
    assert f"{len(made.keys())}/{len(made.keys())} log files valid" in done.stdout, done.stdout


def test_a_changed_log_file_is_found(logged, aws):
    running, made, start = logged
    key = made.keys()[0]
    content = made.read(key)
    content["Records"][0]["eventName"] = "Harmless"
    made.s3.put_object(Bucket=made.bucket, Key=key, Body=gzip.compress(json.dumps(content).encode()))
    done = check(aws, running, made, start)
    assert done.returncode == 1 and "INVALID: hash value doesn't match" in done.stdout, done.stdout


def test_a_deleted_log_file_is_found(logged, aws):
    running, made, start = logged
    made.s3.delete_object(Bucket=made.bucket, Key=made.keys()[0])
    done = check(aws, running, made, start)
    assert done.returncode == 1 and "INVALID: not found" in done.stdout, done.stdout


def test_a_moved_digest_is_found(logged, aws):
    running, made, start = logged
    key = made.keys("CloudTrail-Digest")[2]
    head = made.s3.head_object(Bucket=made.bucket, Key=key)
    other = key.replace("00Z.json.gz", "01Z.json.gz") if key.endswith("00Z.json.gz") else key[:-9] + "0Z.json.gz"
    made.s3.copy_object(Bucket=made.bucket, Key=other, CopySource={"Bucket": made.bucket, "Key": key}, Metadata=head["Metadata"],
                        MetadataDirective="REPLACE")
    if other != key:
        made.s3.delete_object(Bucket=made.bucket, Key=key)
    done = check(aws, running, made, start)
    assert done.returncode == 1 and "INVALID" in done.stdout, done.stdout


def test_a_changed_digest_is_found(logged, aws):
    running, made, start = logged
    key = made.keys("CloudTrail-Digest")[1]
    head = made.s3.head_object(Bucket=made.bucket, Key=key)
    content = made.read(key)
    content["logFiles"] = []
    made.s3.put_object(Bucket=made.bucket, Key=key, Body=gzip.compress(json.dumps(content).encode()), Metadata=head["Metadata"])
    done = check(aws, running, made, start)
    assert done.returncode == 1 and "INVALID" in done.stdout, done.stdout


def test_stopping_ends_the_chain_and_starting_begins_another(logged, clock, client, aws):
    running, made, start = logged
    made.api.stop_logging(Name="audit")
    made.flush()
    last = made.read(made.keys("CloudTrail-Digest")[-1])
    names = [r["eventName"] for entry in last["logFiles"] for r in made.read(entry["s3Object"])["Records"]]
    assert "StopLogging" in names and last["previousDigestSignature"]
    clock(running).advance("3h")
    made.flush()
    assert made.read(made.keys("CloudTrail-Digest")[-1]) == last
    made.api.start_logging(Name="audit")
    made.flush()
    first = made.read(made.keys("CloudTrail-Digest")[-1])
    assert first["previousDigestSignature"] is None
    clock(running).advance("1h")
    made.flush()
    done = check(aws, running, made, start)
    assert "INVALID" not in done.stdout, done.stdout


@pytest.mark.timeout(600)
def test_every_account_of_an_organization_validates(server, client, account, clock, aws):
    running = server("--trail-interval", "600")
    at = running.endpoint
    tree = Tree(client, account, at=at)
    tree.org.enable_aws_service_access(ServicePrincipal=CLOUDTRAIL)
    members = [tree.member(f"m{number}") for number in range(3)]
    start = start_of(running)
    made = Trail(client, tree.management, organization=tree.id, at=at, IsMultiRegionTrail=True, EnableLogFileValidation=True)
    everybody = [tree.management, *members]
    hours(running, clock, made, 2, lambda number: [
        client("kms", who, region, at=at).create_key() for who in everybody for region in ("us-east-1", "eu-west-1")])
    for who in everybody:
        for region in ("us-east-1", "eu-west-1"):
            done = check(aws, running, made, start, "--account-id", who.account, region=region)
            assert done.returncode == 0 and "INVALID" not in done.stdout, done.stdout
            assert "log files valid" in done.stdout, done.stdout
    victim = next(key for key in made.keys() if f"/{members[1].account}/" in key)
    made.s3.delete_object(Bucket=made.bucket, Key=victim)
    region = victim.split("/CloudTrail/")[1].split("/")[0]
    results = {
        who.account: check(aws, running, made, start, "--account-id", who.account, region=region).returncode for who in everybody
    }
    assert results == {who.account: int(who is members[1]) for who in everybody}
