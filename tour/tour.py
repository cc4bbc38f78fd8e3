"""A narrated walk through Hakoniwa, on a server of its own that keeps nothing.

Every command is shown as you would type it, run, and its answer shown. The tour checks what it tells: it ends with an error
if anything is not as it says.
"""

import argparse
import json
import os
import pathlib
import shlex
import subprocess
import sys
import textwrap
import threading
import time

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "Tests" / "EndToEnd"))

import organizations  # noqa: E402
import sharing  # noqa: E402
import sns  # noqa: E402
import swf  # noqa: E402
import trail  # noqa: E402
from harness import Server, new_account  # noqa: E402

parser = argparse.ArgumentParser(prog="hakoniwa tour", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--pause", action="store_true", help="wait for Enter after each chapter")
options = parser.parse_args()

COLOUR = sys.stdout.isatty()


def paint(text, code):
    return f"\033[{code}m{text}\033[0m" if COLOUR else text


class Tour:
    """Tells, runs, shows, checks."""

    def __init__(self, server):
        self.server = server
        self.people = {"you": {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}}
        self.chapters = 0

    def chapter(self, title):
        if options.pause and self.chapters:
            input(paint("\n— Enter goes on —", "2"))
        self.chapters += 1
        print("\n" + paint(f"{self.chapters}. {title}", "1;36") + "\n")

    def tell(self, text):
        print(textwrap.fill(" ".join(text.split()), 96) + "\n")

    def person(self, name, key, secret, token=None):
        self.people[name] = {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret}
        if token:
            self.people[name]["AWS_SESSION_TOKEN"] = token

    def environment(self, who):
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "HAKONIWA_"))}
        return {**clean, **self.people[who], "AWS_ENDPOINT_URL": self.server.endpoint, "AWS_DEFAULT_REGION": "us-east-1", "AWS_PAGER": "",
                "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1"}

    def show(self, who, words, answer):
        line = " ".join(shlex.quote(word) for word in words)
        print(paint(f"{who} $ ", "2") + paint(line, "1"))
        for row in answer.strip("\n").rstrip().splitlines()[:60]:
            for part in textwrap.wrap(row, 110, drop_whitespace=False, break_long_words=True) or [""]:
                print("    " + part)
        print()

    def command(self, words):
        """The AWS CLI of this Python. Version 1 has a fixed address for SQS and needs to be told."""
        return [sys.executable, "-m", "awscli", "--endpoint-url", self.server.endpoint, *words]

    def aws(self, *words, who="you", fails=False):
        """Runs the AWS CLI; `fails` is what its message must hold if it is to be refused."""
        done = subprocess.run(self.command(words), env=self.environment(who), capture_output=True, text=True, timeout=60)
        self.show(who, ["aws", *words], done.stdout + done.stderr)
        if fails:
            self.check(done.returncode != 0 and fails in done.stderr, f"this should have been refused with “{fails}”")
            return done.stderr
        self.check(done.returncode == 0, "this should have worked")
        try:
            return json.loads(done.stdout) if done.stdout.strip() else {}
        except ValueError:
            return done.stdout

    def hakoniwa(self, *words):
        done = self.server.hakoniwa(*words)
        self.show("you", ["./hakoniwa", *words], done.stdout + done.stderr)
        self.check(done.returncode == 0, "this should have worked")
        return done.stdout

    def check(self, holds, otherwise):
        if not holds:
            print(paint(f"The tour ends here: {otherwise}.", "1;31"), file=sys.stderr)
            print(self.server.output()[-2000:], file=sys.stderr)
            sys.exit(1)


def run(server):
    tour = Tour(server)
    tell, aws, check = tour.tell, tour.aws, tour.check
    started = time.monotonic()

    tour.chapter("Who am I?")
    tell("""The server is running; the AWS CLI finds it by AWS_ENDPOINT_URL. The key “test” with the secret “test” is the root user of
         account 000000000000. A key of twelve digits is the root user of the account with that number.""")
    check(aws("sts", "get-caller-identity")["Account"] == "000000000000", "this is another account")

    tell("Alice gets a user and a key. She may do nothing yet.")
    alice = aws("iam", "create-user", "--user-name", "alice")["User"]["Arn"]
    key = aws("iam", "create-access-key", "--user-name", "alice")["AccessKey"]
    tour.person("alice", key["AccessKeyId"], key["SecretAccessKey"])
    aws("s3", "mb", "s3://garden", who="alice", fails="because no identity-based policy allows the s3:CreateBucket action")

    tell("A policy lets her keep one bucket, and queues whose names begin with “alice-”.")
    policy = {"Version": "2012-10-17", "Statement": [
        {"Sid": "OneBucket", "Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::garden", "arn:aws:s3:::garden/*"]},
        {"Sid": "OwnQueues", "Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:*:*:alice-*"}]}
    aws("iam", "put-user-policy", "--user-name", "alice", "--policy-name", "garden", "--policy-document", json.dumps(policy))

    tour.chapter("A bucket")
    aws("s3", "mb", "s3://garden", who="alice")
    with open(os.path.join(server._home, "plan.txt"), "w") as plan:
        plan.write("a pond, two stones, a pine\n")
    aws("s3", "cp", plan.name, "s3://garden/plans/pond.txt", who="alice")
    check("pond.txt" in aws("s3", "ls", "s3://garden/plans/", who="alice"), "the object is not listed")
    check("two stones" in aws("s3", "cp", "s3://garden/plans/pond.txt", "-", who="alice"), "the object has another content")

    tour.chapter("A queue, and somebody who waits")
    tell("A long poll waits on the server until a message comes. It costs nothing meanwhile. (Version 1 of the AWS CLI ignores"
         " AWS_ENDPOINT_URL for SQS and needs --endpoint-url, which the tour leaves out of what it shows; version 2 does not.)")
    url = aws("sqs", "create-queue", "--queue-name", "alice-work", who="alice")["QueueUrl"]
    waiting = {}

    def poll():
        begin = time.monotonic()
        done = subprocess.run(tour.command(["sqs", "receive-message", "--queue-url", url, "--wait-time-seconds", "20"]),
                              env=tour.environment("alice"), capture_output=True, text=True)
        waiting.update(text=done.stdout + done.stderr, seconds=time.monotonic() - begin)

    thread = threading.Thread(target=poll)
    thread.start()
    time.sleep(2.5)
    check(thread.is_alive(), "the poll did not wait: " + waiting.get("text", ""))
    aws("sqs", "send-message", "--queue-url", url, "--message-body", "water the pine", who="alice")
    thread.join(25)
    tour.show("alice", ["aws", "sqs", "receive-message", "--queue-url", url, "--wait-time-seconds", "20"], waiting["text"])
    check("water the pine" in waiting["text"], "the message did not come")
    tell(f"The command that waited began before the message was sent, and ended with it, after {waiting['seconds']:.1f} s.")

    tour.chapter("Two accounts")
    other = new_account().account
    tell(f"""Bob lives in another account, {other}. Across accounts both sides must say yes: his own policy, and the policy of what
         he reaches for.""")
    tour.person("bob's root", other, "test")
    bob = aws("iam", "create-user", "--user-name", "bob", who="bob's root")["User"]["Arn"]
    key = aws("iam", "create-access-key", "--user-name", "bob", who="bob's root")["AccessKey"]
    tour.person("bob", key["AccessKeyId"], key["SecretAccessKey"])
    may = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:GetObject", "sqs:SendMessage"], "Resource": "*"}}
    aws("iam", "put-user-policy", "--user-name", "bob", "--policy-name", "outside", "--policy-document", json.dumps(may), who="bob's root")
    aws("s3", "cp", "s3://garden/plans/pond.txt", "-", who="bob", fails="403")
    tell("His side says yes, the bucket doesn't. To a stranger S3 says no more than that. Now the bucket and the queue say yes too.")
    share = {"Version": "2012-10-17", "Statement": {"Sid": "BobReads", "Effect": "Allow", "Principal": {"AWS": bob}, "Action": "s3:GetObject",
                                                   "Resource": "arn:aws:s3:::garden/plans/*"}}
    aws("s3api", "put-bucket-policy", "--bucket", "garden", "--policy", json.dumps(share), who="alice")
    queue = "arn:aws:sqs:us-east-1:000000000000:alice-work"
    share = {"Version": "2012-10-17", "Statement": {"Sid": "BobSends", "Effect": "Allow", "Principal": {"AWS": bob}, "Action": "sqs:SendMessage", "Resource": queue}}
    aws("sqs", "set-queue-attributes", "--queue-url", url, "--attributes", json.dumps({"Policy": json.dumps(share)}), who="alice")
    check("two stones" in aws("s3", "cp", "s3://garden/plans/pond.txt", "-", who="bob"), "the object has another content")
    aws("sqs", "send-message", "--queue-url", url, "--message-body", "how about a bridge?", who="bob")
    tell("He may send, and only that.")
    aws("sqs", "receive-message", "--queue-url", url, who="bob", fails="is not authorized to perform: sqs:receivemessage")

    tour.chapter("Why not?")
    tell("Every request's verdict is kept. A colleague may read plans when the request is made in Tokyo's Region, and wonders.")
    aws("iam", "create-user", "--user-name", "carol")
    key = aws("iam", "create-access-key", "--user-name", "carol")["AccessKey"]
    tour.person("carol", key["AccessKeyId"], key["SecretAccessKey"])
    policy = {"Version": "2012-10-17", "Statement": [
        {"Sid": "PlansFromTokyo", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::garden/plans/*",
         "Condition": {"StringEquals": {"aws:RequestedRegion": "ap-northeast-1"}}},
        {"Sid": "Letters", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::garden/letters/*"}]}
    aws("iam", "put-user-policy", "--user-name", "carol", "--policy-name", "reader", "--policy-document", json.dumps(policy))
    aws("s3api", "get-object", "--bucket", "garden", "--key", "plans/pond.txt", "/dev/null", who="carol", fails="is not authorized to perform: s3:GetObject")
    text = tour.hakoniwa("explain", "last")
    check("PlansFromTokyo" in text and "aws:RequestedRegion" in text, "the nearest miss is not named")

    tour.chapter("An hour passes")
    tell("The cloud has a clock of its own. A message delayed by ten minutes, and no time to wait:")
    aws("sqs", "purge-queue", "--queue-url", url, who="alice")
    aws("sqs", "send-message", "--queue-url", url, "--message-body", "prune the pine", "--delay-seconds", "600", who="alice")
    check(not aws("sqs", "receive-message", "--queue-url", url, who="alice"), "the message is there too early")
    tour.hakoniwa("clock", "advance", "10m")
    check("prune the pine" in json.dumps(aws("sqs", "receive-message", "--queue-url", url, who="alice")), "the message did not come")

    tell("Temporary credentials end too.")
    trust = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": alice}, "Action": "sts:AssumeRole"}}
    role = aws("iam", "create-role", "--role-name", "gardener", "--assume-role-policy-document", json.dumps(trust))["Role"]["Arn"]
    session = aws("sts", "assume-role", "--role-arn", role, "--role-session-name", "morning", "--duration-seconds", "900", who="alice")["Credentials"]
    tour.person("gardener", session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"])
    check(":assumed-role/gardener/morning" in aws("sts", "get-caller-identity", who="gardener")["Arn"], "this is somebody else")
    tour.hakoniwa("clock", "advance", "15m")
    aws("sts", "get-caller-identity", who="gardener", fails="ExpiredToken")

    sns.run(tour)
    swf.run(tour)
    sharing.run(tour)
    organizations.run(tour)
    trail.run(tour)

    tour.chapter("Back again")
    tell("The whole cloud can be saved under a name, and brought back.")
    tour.hakoniwa("snapshot", "save", "garden")
    aws("s3", "rm", "s3://garden/plans/pond.txt", who="alice")
    aws("iam", "delete-user-policy", "--user-name", "alice", "--policy-name", "garden")
    aws("s3", "ls", "s3://garden/plans/", who="alice", fails="AccessDenied")
    tour.hakoniwa("snapshot", "load", "garden")
    check("pond.txt" in aws("s3", "ls", "s3://garden/plans/", who="alice"), "the snapshot did not bring it back")

    print(paint(f"That was the tour: {tour.chapters} chapters in {time.monotonic() - started:.0f} s. Start your own: ./hakoniwa serve", "1;32"))


with Server(ephemeral=True) as server:
    run(server)
