"""The chapter about sharing: a bucket, a key and a reader of different accounts, and objects that nobody may delete."""

import datetime
import json
import os


def run(tour):
    tell, aws, check = tour.tell, tour.aws, tour.check
    tour.person("the gallery", "100000000001", "test")
    tour.person("the painter's root", "100000000002", "test")
    tour.person("the vault", "100000000003", "test")

    tour.chapter("A bucket, a key and a painter: three accounts")
    tell("""A gallery keeps pictures, a vault keeps keys, a painter brings pictures that are locked with the vault's key. Nobody is made
         anybody else's user or role: each resource says in its own policy whom it lets.""")
    painter = aws("iam", "create-user", "--user-name", "mokuan", who="the painter's root")["User"]["Arn"]
    key = aws("iam", "create-access-key", "--user-name", "mokuan", who="the painter's root")["AccessKey"]
    tour.person("the painter", key["AccessKeyId"], key["SecretAccessKey"])
    may = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject", "kms:GenerateDataKey", "kms:Decrypt"], "Resource": "*"}}
    aws("iam", "put-user-policy", "--user-name", "mokuan", "--policy-name", "brings", "--policy-document", json.dumps(may), who="the painter's root")

    aws("s3api", "create-bucket", "--bucket", "gallery", "--object-lock-enabled-for-bucket", who="the gallery")
    share = {"Version": "2012-10-17", "Statement": [
        {"Sid": "PainterBrings", "Effect": "Allow", "Principal": {"AWS": painter}, "Action": ["s3:PutObject", "s3:GetObject"], "Resource": "arn:aws:s3:::gallery/*"}]}
    aws("s3api", "put-bucket-policy", "--bucket", "gallery", "--policy", json.dumps(share), who="the gallery")
    lock = aws("kms", "create-key", "--description", "the vault's", "--query", "KeyMetadata.Arn", "--output", "text", who="the vault").strip()

    picture = os.path.join(tour.server._home, "sparrow.txt")
    with open(picture, "w") as file:
        file.write("a sparrow on a branch\n")
    put = ["s3api", "put-object", "--bucket", "gallery", "--key", "sparrow", "--body", picture,
           "--server-side-encryption", "aws:kms", "--ssekms-key-id", lock]
    tell("""The gallery says yes and the painter's own policy too. The vault has not been asked: S3 asks KMS in the painter's name.""")
    aws(*put, who="the painter", fails="is not authorized to perform: kms:GenerateDataKey")
    check("no resource-based policy allows the kms:GenerateDataKey" in tour.hakoniwa("explain", "last"), "the key's policy is not named")
    tell("""The vault lets the painter use the key, but only through S3.""")
    policy = {"Version": "2012-10-17", "Statement": [
        {"Sid": "Vault", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::100000000003:root"}, "Action": "kms:*", "Resource": "*"},
        {"Sid": "PainterThroughS3", "Effect": "Allow", "Principal": {"AWS": painter}, "Action": ["kms:GenerateDataKey", "kms:Decrypt"], "Resource": "*",
         "Condition": {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}}]}
    aws("kms", "put-key-policy", "--key-id", lock, "--policy-name", "default", "--policy", json.dumps(policy), who="the vault")
    version = aws(*put, who="the painter")["VersionId"]
    aws("kms", "generate-data-key", "--key-id", lock, "--key-spec", "AES_256", who="the painter", fails="is not authorized to perform: kms:GenerateDataKey")
    check("sparrow" in aws("s3", "cp", "s3://gallery/sparrow", "-", who="the painter"), "the object has another content")
    tell("""The gallery owns the object, and cannot read it: its key is the vault's. And who can, of all accounts?""")
    aws("s3", "cp", "s3://gallery/sparrow", "-", who="the gallery", fails="An error occurred")
    check("mokuan" in tour.hakoniwa("who-can", "s3:GetObject", "arn:aws:s3:::gallery/sparrow"), "the painter is not found")

    tour.chapter("What nobody may delete")
    tell("""The gallery keeps every picture for a month, whoever asks. Not even its root user shortens a retention in compliance mode;
         the clock ends it.""")
    until = json.loads(tour.server.get("/_hakoniwa/clock").text)["now"]
    retain = _days_later(until, 30)
    aws("s3api", "put-object-retention", "--bucket", "gallery", "--key", "sparrow", "--version-id", version, "--retention",
        json.dumps({"Mode": "COMPLIANCE", "RetainUntilDate": retain}), who="the gallery")
    gone = ["s3api", "delete-object", "--bucket", "gallery", "--key", "sparrow", "--version-id", version]
    aws(*gone, who="the gallery", fails="Access Denied because object protected by object lock")
    tour.hakoniwa("clock", "advance", "31d")
    aws(*gone, who="the gallery")


def _days_later(now, days):
    moment = datetime.datetime.fromisoformat(now.replace("Z", "+00:00")) + datetime.timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
