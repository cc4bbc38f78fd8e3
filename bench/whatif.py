"""Rows about what-if: how fast CloudTrail logs are read and judged, a million records of them, on an organization with
guardrails; and the same of the program's own history, where all that was evaluated is kept.
"""

import gzip
import json
import os
import random
import shutil
import subprocess

from harness import Credentials, http

TARGET = 200_000
RECORDS = 1_000_000
ACCOUNTS = [f"{number:012}" for number in range(200_000_000_000, 200_000_000_008)]
MANAGEMENT = "100000000000"
CALLS = [
    ("s3", "GetObject", {"bucketName": "data-{a}", "key": "year=2026/part-{n}.parquet"}), ("s3", "PutObject", {"bucketName": "data-{a}", "key": "in/{n}"}),
    ("ec2", "DescribeInstances", {}), ("ec2", "RunInstances", {"instanceType": "m7g.large"}), ("iam", "GetRole", {"roleName": "role-{n}"}),
    ("kms", "Decrypt", {"keyId": "arn:aws:kms:eu-central-1:{a}:key/11111111-2222-3333-4444-{a}"}), ("sts", "AssumeRole", {"roleArn": "arn:aws:iam::{a}:role/deploy"}),
    ("lambda", "Invoke", {"functionName": "worker-{n}"}), ("sqs", "ReceiveMessage", {"queueUrl": "https://sqs.eu-central-1.amazonaws.com/{a}/jobs"}),
    ("dynamodb", "Query", {"tableName": "orders"}), ("logs", "CreateLogStream", {"logGroupName": "/aws/lambda/worker-{n}"}),
]


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


class WhatIf:
    def __init__(self, bench, binary):
        self.bench, self.binary = bench, binary
        self.folder = os.path.join(bench.folder, "what-if")
        self.rows = {}

    def run(self, quick):
        count = RECORDS // 20 if quick else RECORDS
        organization, logs = os.path.join(self.folder, "organization"), os.path.join(self.folder, "logs")
        self.write_organization(organization)
        self.write_logs(logs, count)
        everywhere = policy({"Sid": "Regions", "Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*",
                             "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-central-1", "us-east-1"]}}})
        tags = policy({"Sid": "Teams", "Effect": "Deny", "Action": ["s3:*", "sqs:*", "ec2:*"], "Resource": "*",
                       "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "data"}}})
        narrow = policy({"Sid": "Tables", "Effect": "Deny", "Action": "dynamodb:DeleteTable", "Resource": "*"})
        for name, text in [("a Region restriction at the root", everywhere), ("tags that no record tells, at the root", tags), ("an action that nobody uses", narrow)]:
            self.rows[name] = self.what_if(organization, logs, text)
            assert self.rows[name]["records"] == count, self.rows[name]
        if hasattr(self.bench, "own_server"):
            self.history(quick, everywhere)
        shutil.rmtree(self.folder)

    def history(self, quick, text):
        """Calls of a member account, recorded and tried."""
        server = self.bench.own_server("history")
        seed, path, member = os.path.join(self.folder, "seed.json"), os.path.join(self.folder, "policy.json"), ACCOUNTS[0]
        with open(seed, "w") as file:
            json.dump({"enable": ["SCP"], "root": {"units": [{"name": "Apps", "accounts": [{"id": member, "name": "app", "email": "app@example.com"}]}]}}, file)
        with open(path, "w") as file:
            file.write(text)
        subprocess.run([self.binary, "seed", seed, "--port", str(server.port)], capture_output=True, check=True)
        credentials, endpoint = Credentials(member, "test", account=member), f"http://127.0.0.1:{server.port}"

        def sqs(operation, **members):
            body = json.dumps(members).encode()
            headers = {"Host": f"127.0.0.1:{server.port}", "Content-Length": str(len(body)), "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"AmazonSQS.{operation}"}
            headers = http.signed(endpoint, "sqs", credentials, "POST", "/", body, headers)
            return ("POST / HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n").encode() + body

        url = json.loads(self.bench.send(server, sqs("CreateQueue", QueueName="q")))["QueueUrl"]
        row = "own history"
        self.bench.measure(row, server, [sqs("SendMessage", QueueUrl=url, MessageBody="m")], 5000 if quick else 100_000)
        self.bench.results.pop(row)
        command = [self.binary, "org", "what-if", "--attach", path, "--to", "Root", "--format", "json", "--port", str(server.port)]
        self.rows[row + ", a Region restriction"] = self.figures(subprocess.run(command, capture_output=True, text=True, check=True))
        server.stop()

    def what_if(self, organization, logs, text):
        path = os.path.join(self.folder, "policy.json")
        with open(path, "w") as file:
            file.write(text)
        command = [self.binary, "org", "what-if", "--attach", path, "--to", "Root", "--trail-logs", logs, "--organization", organization, "--format", "json"]
        return self.figures(subprocess.run(command, capture_output=True, text=True, check=True))

    def figures(self, done):
        report = json.loads(done.stdout)
        speed, counts = report["speed"], report["counts"]
        return {
            "records": speed["records"], "read": speed["records"] / speed["readingSeconds"], "MB/s": speed["bytes"] / speed["readingSeconds"] / 1e6,
            "judged": speed["records"] / speed["judgingSeconds"], "denied": counts["newlyDenied"], "unknown": counts["unknown"],
        }  # fmt: skip

    def write_organization(self, folder):
        """Two levels of units, FullAWSAccess everywhere, three guardrails."""
        os.makedirs(folder)
        files = {
            "organization": {"Organization": {"Id": "o-benchmark0", "MasterAccountId": MANAGEMENT, "FeatureSet": "ALL"}},
            "roots": {"Roots": [{"Id": "r-root", "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]}]},
            "units-r-root": {"OrganizationalUnits": [{"Id": "ou-a", "Name": "Workloads"}]},
            "accounts-r-root": {"Accounts": [{"Id": MANAGEMENT, "Name": "management", "Email": "m@example.com"}]},
            "units-ou-a": {"OrganizationalUnits": [{"Id": "ou-b", "Name": "Production"}]}, "accounts-ou-a": {"Accounts": []}, "units-ou-b": {},
            "accounts-ou-b": {"Accounts": [{"Id": number, "Name": f"a{number}", "Email": f"{number}@example.com"} for number in ACCOUNTS]},
        }  # fmt: skip
        full = policy({"Effect": "Allow", "Action": "*", "Resource": "*"})
        leaving = policy({"Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"})
        trail = policy({"Effect": "Deny", "Action": ["cloudtrail:Stop*", "cloudtrail:Delete*"], "Resource": "*",
                        "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/security/*"}}})
        root_user = policy({"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}})
        everywhere = ["r-root", "ou-a", "ou-b", MANAGEMENT, *ACCOUNTS]
        for name, text, targets in [("FullAWSAccess", full, everywhere), ("leaving", leaving, ["r-root"]), ("trail", trail, ["r-root"]), ("root", root_user, ["ou-a"])]:
            files[f"policy-p-{name}"] = {"Policy": {"PolicySummary": {"Id": f"p-{name}", "Name": name, "Type": "SERVICE_CONTROL_POLICY"}, "Content": text}}
            files[f"targets-p-{name}"] = {"Targets": [{"TargetId": target} for target in targets]}
        for name, answer in files.items():
            with open(os.path.join(folder, f"{name}.json"), "w") as file:
                json.dump(answer, file)

    def write_logs(self, folder, count):
        """As CloudTrail packs them; a few different files, each many times over."""
        os.makedirs(folder)
        chance = random.Random(1)
        # Sessions make many calls each.
        self.sessions = [self.session(chance) for _ in range(3000)]
        each = min(count, 12_500)
        for index in range(min(4, count // each)):
            records = [self.record(chance, number) for number in range(each)]
            with gzip.open(os.path.join(folder, f"{index}-0.json.gz"), "wt", compresslevel=6) as file:
                json.dump({"Records": records}, file, separators=(",", ":"))
        for number in range(4, count // each):
            os.link(os.path.join(folder, f"{number % 4}-0.json.gz"), os.path.join(folder, f"{number % 4}-{number}.json.gz"))

    def session(self, chance):
        account, session = chance.choice(ACCOUNTS), f"i-{chance.randrange(400):017x}"
        role = chance.choice(["deploy", "app", "reader", "aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"])
        return account, {
            "type": "AssumedRole", "principalId": f"AROAEXAMPLEEXAMPLE123:{session}", "accountId": account, "accessKeyId": f"ASIA{chance.randrange(10**16):016}",
            "arn": f"arn:aws:sts::{account}:assumed-role/{role.split('/')[-1]}/{session}",
            "sessionContext": {
                "sessionIssuer": {"type": "Role", "principalId": "AROAEXAMPLEEXAMPLE123", "arn": f"arn:aws:iam::{account}:role/{role}",
                                  "accountId": account, "userName": role.split("/")[-1]},
                "attributes": {"creationDate": f"2026-11-25T{chance.randrange(24):02}:00:00Z", "mfaAuthenticated": "false"}},
        }  # fmt: skip

    def record(self, chance, number):
        (account, identity), region = chance.choice(self.sessions), chance.choice(["eu-central-1"] * 8 + ["us-east-1", "eu-west-3"])
        source, name, parameters = chance.choice(CALLS)
        numbers = {"a": account, "n": chance.randrange(5000)}
        identifier = f"{chance.getrandbits(128):032x}"
        return {
            "eventVersion": "1.11", "userIdentity": identity,
            "eventTime": f"2026-11-25T{number % 24:02}:{number % 60:02}:{number % 59:02}Z", "eventSource": f"{source}.amazonaws.com", "eventName": name,
            "awsRegion": region, "sourceIPAddress": f"10.{chance.randrange(4)}.{chance.randrange(256)}.7",
            "userAgent": "aws-sdk-java/2.31.0 md/io#sync md/http#Apache ua/2.1 os/Linux#6.1 lang/java#21.0.5 md/OpenJDK_64-Bit_Server_VM m/D,N",
            "requestParameters": {key: value.format(**numbers) for key, value in parameters.items()} or None,
            "responseElements": None, "additionalEventData": {"SignatureVersion": "SigV4", "CipherSuite": "TLS_AES_128_GCM_SHA256", "bytesTransferredOut": 1024},
            "requestID": f"{identifier[:8]}-{identifier[8:12]}-{identifier[12:16]}-{identifier[16:20]}-{identifier[20:]}", "eventID": identifier,
            "readOnly": True, "eventType": "AwsApiCall", "managementEvent": True, "recipientAccountId": account, "eventCategory": "Management",
            "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256", "clientProvidedHostHeader": f"{source}.{region}.amazonaws.com"},
        }  # fmt: skip

    def report(self):
        print(f"\n{'what if':40}{'records':>10}{'read/s':>10}{'MB/s':>7}{'judged/s':>11}{'denied':>9}{'unknown':>9}   a core")
        for name, row in self.rows.items():
            mark = "✓" if row["judged"] >= TARGET else "✗"
            print(f"{name:40}{row['records']:>10}{row['read']:10.0f}{row['MB/s']:7.0f}{row['judged']:11.0f}{row['denied']:9}{row['unknown']:9}   judged ≥ {TARGET} {mark}")

