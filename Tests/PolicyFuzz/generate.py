"""Makes random policy cases, one JSON line each, in the form that `hakoniwa policy eval --cases` reads.

usage: python3 generate.py SEED COUNT > cases.jsonl

The words are few, so that patterns often match, and every part of the language appears: operators with quantifiers, negation
and IfExists; variables and defaults; principals of all kinds; cross-account requests; boundaries, sessions, SCP and RCP levels,
endpoint policies; NotAction, NotResource, NotPrincipal; values that can't be read. Left out is what only one reader of the
language defines: characters outside of the basic plane under `?`, addresses with leading zeroes, netmasks instead of prefixes,
digits with underscores, empty resource patterns.
"""
import json
import random
import sys

ACCOUNTS = ["111122223333", "444455556666"]
ACTIONS = [
    "s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:ListAllMyBuckets", "sqs:SendMessage", "iam:GetUser",
    "iam:DeletePolicy", "iam:PassRole", "kms:Decrypt", "kms:DeleteAlias", "sts:AssumeRole", "sts:GetCallerIdentity",
    "sts:AssumeRoleWithWebIdentity", "dynamodb:PutItem",
]
RESOURCES = {
    "s3": ["arn:aws:s3:::bkt/k", "arn:aws:s3:::bkt", "arn:aws:s3:::bkt/home/ann/x:y", "arn:aws:s3:::other/a*b", "*"],
    "sqs": ["arn:aws:sqs:us-east-1:{a}:q", "arn:aws:sqs:eu-west-1:{a}:q-2"],
    "iam": ["arn:aws:iam::{a}:user/ann", "arn:aws:iam::aws:policy/ReadOnly", "arn:aws:iam::{a}:role/aws-reserved/sso/x", "*"],
    "kms": ["arn:aws:kms:us-east-1:{a}:key/k1", "arn:aws:kms:us-east-1:{a}:alias/aws/s3", "arn:aws:kms:us-east-1:{a}:alias/mine"],
    "sts": ["arn:aws:iam::{a}:role/x", "arn:aws:iam::{a}:role/team/x"],
    "dynamodb": ["arn:aws:dynamodb:us-east-1:{a}:table/t", "arn:aws:dynamodb:us-east-1:{a}:table/t/index/i"],
}
ACTION_PATTERNS = [
    "*", "s3:*", "s3:Get*", "S3:getobject", "s3:*Object", "s3:?etObject", "s3:List*", "sqs:*", "sqs:Send?essage", "iam:*",
    "iam:*User", "kms:*", "kms:D*t", "sts:*", "sts:AssumeRole", "sts:AssumeRole*", "dynamodb:*", "*:*", "*:Put*", "s3*", "?3:*",
    "s3:GetObject ", "iam:P*R*e", "d*:*tem",
]
RESOURCE_PATTERNS = [
    "*", "**", "arn:*", "arn:aws:*", "arn:aws:s3", "arn:aws:s3:::*", "arn:aws:s3:::bkt", "arn:aws:s3:::bkt/*", "arn:aws:s3:::bkt*",
    "arn:aws:s3:::BKT/*", "arn:aws:s3:::b?t/k", "arn:aws:s3*:::bkt/k", "arn:aws:s?:::bkt/k", "arn:*:s3:::bkt/*", "arn:a*s:s3:::bkt/k",
    "arn:aws:s3:::*/home/${aws:username}/*", "arn:aws:s3:::bkt/home/${aws:username, 'ann'}/x*", "arn:aws:s3:::other/a${*}b",
    "arn:aws:s3:::other/a${?}b", "arn:aws:s3:::${test:k}/k", "arn:aws:s3:::bkt/${test:k,'k'}", "arn:aws:sqs:*:*:q*",
    "arn:aws:sqs:us-*:111122223333:q", "arn:aws:sqs:*-1:*:q", "arn:aws:sqs:u*1:1*3:q", "arn:aws:sqs:??-east-1:*:?",
    "arn:aws:sqs", "arn:aws:sqs:us-east-1", "arn:aws:sqs:*:q", "arn:aws:*:*:*:*", "arn:aws:*:us-east-1:*:*", "arn:aws:iam::*:user/*",
    "arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:*", "arn:aws:iam::aws:policy/*", "arn:aws:kms:*:*:key/*", "arn:aws:kms:*:*:*",
    "arn:aws:dynamodb:*:*:table/t", "arn:aws:dynamodb:*:*:table/*/index/?", "a*", "*k", "arn:aws:s3:::bkt/home/*:y", "arn:aws*:y", "arn",
    "arn:aws:s3:*:*:bkt/k", "arn:aws:s3::*:bkt/k", "arn:aws:sqs:us*east*1:*:q", "arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:q",
]
KEYS = ["test:k", "TEST:K", "aws:SourceIp", "aws:username", "aws:PrincipalTag/team", "test:many", "aws:SourceArn", "test:absent"]
STRINGS = ["a", "A", "ab", "abc", "ann", "", "a*", "*", "?", "a?c", "b", "x y", "é", "É", "ab\nc", "straße"]
STRING_PATTERNS = STRINGS + ["a*c", "*b*", "??", "${aws:username}", "${test:k}", "${test:absent}", "${test:absent, 'a'}", "${*}", "a${?}c",
                             "${aws:PrincipalTag/team}*", "${unclosed", "$", "${test:many}", "${ TEST:K }", "${$}", "pre${aws:username}post"]
NUMBERS = ["1", "01", "+1", "1.0", "1e0", "2", "-3", "1.5", "10", "9.5", "NaN", "Infinity", "", "x", "1e999", " 1 ", ".5", "5.", "1e", "0x10", "--1"]
DATES = ["2024-01-01T00:00:00Z", "2024-01-01T09:00:00+09:00", "2024-01-01", "1704067200", "2024", "2024-01", "2023-12-31T23:59:59Z", "2024-01-01T00:00:00.500Z",
         "2024-01-01T00:00:00", "2024-01-01T00:00", "2024-02-30", "2024-13-01", "not-a-date", "", "2024-01-01T24:00:00Z", "1704067200.5", "-1", "2024-1-1",
         "2024-01-01T00:00:00+0000", "2024-01-01T00:00:00-05:30", "2024-01-01T00:00Z", "2024-01-01T00:00:00z", "2024-01-01t00:00:00Z", "2024-02-29", "2023-02-29",
         "2024-01-01T00:00:60Z", "2024-01-01T00:00:00.1234567Z", "20240101", "0000", "9999-12-31T23:59:59Z"]
BOOLS = ["true", "false", "True", "FALSE", "yes", "", "garbage", "${test:k}"]
BINARY = ["QUJD", "QUJD\n", "QUI=", "QUI", "QQ==", "QQ=", "", "QU!JD", "é", "====", "QUJDRA=="]
ADDRESSES = ["10.1.1.1", "10.0.0.5", "203.0.113.9", "::1", "2001:db8::5", "2001:DB8:1234:5678::1", "::ffff:10.1.1.1", "nope", "", "10.1.1", "1.2.3.256", "::ffff:0:0",
             "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:8", "::2:3:4:5:6:7:8", ":::", "1::2::3", "12345::", "fe80::", "::1.2.3.4", "10.0.0.0/8", "1.2.3.4.5", ":1:2:3:4:5:6:7", "g::"]
NETWORKS = ["10.0.0.0/8", "10.0.0.5/8", "203.0.113.9", "203.0.113.0/24", "0.0.0.0/0", "::/0", "2001:db8::/32", "2001:db8::5/64", "2001:db8::4/127", "2001:db8::4/126",
            "2001:DB8:1234:5678::/64", "::ffff:10.0.0.0/104", "10.0.0.0/33", "10.0.0.0/", "nope", "", "10.1.1.1/32", "::1/128", "10.0.0.0/8/8", "::1", "1:2:3:4:5:6:7:8/127"]
ARNS = ["arn:aws:sns:us-east-1:111122223333:t", "arn:aws:s3:::bkt/k", "arn:aws:iam::111122223333:role/abc", "arn:aws:x:us-east-2:1:a:b:c", "nope", "", "a:b:c:d:e:f", ":::::", "arn:aws:sns:us-east-1"]
ARN_PATTERNS = ["arn:aws:sns:*:111122223333:*", "arn:aws:s3:::bkt/*", "arn:aws:iam::*:role/a*", "arn:*", "*", "arn:aws:*:*:*:*", "*:*:*:*:*:*", "arn:aws:x:*:1:a:*:c",
                "arn:aws:iam::*:role/${aws:username}", "arn:aws:s3:::${test:k}/*", ":::::", "arn:aws:sns:us?east?1:*:t", "nope", "${aws:SourceArn}"]
OPERATORS = {
    "string": ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike"],
    "number": ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals"],
    "date": ["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"],
    "bool": ["Bool"], "binary": ["BinaryEquals"], "ip": ["IpAddress", "NotIpAddress"],
    "arn": ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"], "null": ["Null"],
}
HAD = {"string": STRINGS, "number": NUMBERS, "date": DATES, "bool": BOOLS[:7], "binary": BINARY, "ip": ADDRESSES, "arn": ARNS, "null": STRINGS}
WANTED = {"string": STRING_PATTERNS, "number": NUMBERS, "date": DATES, "bool": BOOLS, "binary": BINARY, "ip": NETWORKS, "arn": ARN_PATTERNS, "null": ["true", "false", "True", "x"]}


class Cases:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def chance(self, p):
        return self.r.random() < p

    def some(self, words, most=3):
        """One bare word or a list."""
        if self.chance(0.6):
            return self.r.choice(words)
        return [self.r.choice(words) for _ in range(self.r.randint(1, most))]

    def condition(self, kind):
        """A condition over the kind that the case's test keys hold, mostly."""
        out = {}
        for _ in range(1 if self.chance(0.8) else 2):
            k = kind if self.chance(0.75) else self.r.choice(list(OPERATORS))
            op = self.r.choice(OPERATORS[k])
            if self.chance(0.15):
                op += "IfExists"
            key = self.r.choice(KEYS)
            if self.chance(0.45 if key == "test:many" else 0.12):
                op = self.r.choice(["ForAllValues:", "ForAnyValue:"]) + op
            if self.chance(0.02):
                op = self.r.choice(["StringEqual", "Like", "ForSomeValues:StringEquals", "IfExists"])
            if self.chance(0.05):
                op = self.r.choice([op.lower(), op.upper()])
            value = self.some(WANTED[k])
            if k in ("bool", "null") and self.chance(0.3):
                value = self.chance(0.5)
            if k == "number" and self.chance(0.3):
                value = self.r.choice([1, 2, 10, -3])
            out.setdefault(op, {})[key] = value
        return out

    def principal_values(self):
        a = self.r.choice(ACCOUNTS)
        return self.r.choice([
            "*", a, f"arn:aws:iam::{a}:root", f"arn:aws:iam::{a}:user/ann", f"arn:aws:iam::{a}:user/bob", f"arn:aws:iam::{a}:role/app",
            f"arn:aws:iam::{a}:role/team/app", f"arn:aws:sts::{a}:assumed-role/app/s1", f"arn:aws:sts::{a}:assumed-role/app/s2",
            f"arn:aws:sts::{a}:federated-user/bob", f"arn:aws-cn:iam::{a}:root", "arn:aws:iam::111122223333:user/*",
        ])

    def principal(self, broad=False):
        if self.chance(0.15):
            return "*"
        out = {}
        if self.chance(0.85):
            out["AWS"] = self.principal_values() if self.chance(0.6) else [self.principal_values() for _ in range(4 if broad else 2)]
        if not out or self.chance(0.2):
            out["Service"] = self.some(["sns.amazonaws.com", "cloudtrail.amazonaws.com"], 2)
        if self.chance(0.1):
            out["Federated"] = self.some(["accounts.google.com", "arn:aws:iam::111122223333:saml-provider/p"], 2)
        if self.chance(0.05):
            out["CanonicalUser"] = self.r.choice(["cafe", ""])
        return out

    def spared(self, who):
        """A NotPrincipal that nearly or really spares a caller."""
        if not who or not who.startswith("arn:"):
            return {"AWS": "*"} if self.chance(0.2) else {"AWS": ["111122223333"], "Service": [who or "x"]}
        account = who.split(":")[4]
        names = [who, f"arn:aws:iam::{account}:root", account, f"arn:aws:iam::{account}:role/app", f"arn:aws:iam::{account}:role/team/app"]
        return {"AWS": [n for n in names if self.chance(0.75)] or [who]}

    def statement(self, kind, action, who=None, principal=None, effect=None):
        st = {"Effect": effect or ("Deny" if self.chance(0.2) else "Allow")}
        if self.chance(0.4):
            st["Sid"] = "S" + str(self.r.randint(1, 9))
        if principal:
            if self.chance(0.12):
                st["NotPrincipal"] = self.spared(who) if self.chance(0.6) else self.principal(broad=True)
            elif self.chance(0.97):
                st["Principal"] = self.principal()
        service = action.split(":")[0]
        near = [p for p in ACTION_PATTERNS if p.lower().startswith(service[:1])] + [action, "*"]
        words = near if self.chance(0.8) else ACTION_PATTERNS
        st["NotAction" if self.chance(0.1) else "Action"] = self.some(words)
        if not principal or self.chance(0.8):
            near = [p for p in RESOURCE_PATTERNS if f":{service}" in p] + ["*", "arn:aws:*"]
            words = near if self.chance(0.75) else RESOURCE_PATTERNS
            st["NotResource" if self.chance(0.1) else "Resource"] = "*" if self.chance(0.3) else self.some(words)
        if self.chance(0.35):
            st["Condition"] = self.condition(kind)
        return st

    def policy(self, kind, action, who=None, principal=False, broad=0.0, statements=3):
        doc = {}
        if self.chance(0.9):
            doc["Version"] = "2012-10-17" if self.chance(0.9) else "2008-10-17"
        sts = [self.statement(kind, action, who, principal) for _ in range(self.r.randint(1, statements))]
        if self.chance(broad):
            sts.insert(self.r.randint(0, len(sts)), {"Effect": "Allow", "Action": "*", "Resource": "*"})
        doc["Statement"] = sts[0] if len(sts) == 1 and self.chance(0.4) else sts
        return doc

    def caller(self):
        a = ACCOUNTS[0] if self.chance(0.85) else ACCOUNTS[1]
        return self.r.choice([
            f"arn:aws:iam::{a}:user/ann", f"arn:aws:iam::{a}:user/ann", f"arn:aws:iam::{a}:user/bob", f"arn:aws:iam::{a}:root",
            f"arn:aws:sts::{a}:assumed-role/app/s1", f"arn:aws:sts::{a}:assumed-role/app/s1", f"arn:aws:iam::{a}:role/app",
            f"arn:aws:sts::{a}:federated-user/bob", "sns.amazonaws.com", None,
        ])

    def context(self, kind, who):
        ctx = {}
        had = HAD[kind]
        if self.chance(0.85):
            ctx[self.r.choice(["test:k", "Test:K"])] = self.r.choice(had)
        if self.chance(0.7):
            ctx["test:many"] = [self.r.choice(had) for _ in range(self.r.randint(0, 3))]
        if self.chance(0.5):
            ctx["aws:SourceIp"] = self.r.choice(ADDRESSES)
        if who and ":user/" in who or self.chance(0.1):
            ctx["aws:username"] = self.r.choice(["ann", "bob", "a*", "ann"])
        if self.chance(0.4):
            ctx["aws:principaltag/TEAM"] = self.r.choice(STRINGS)
        if self.chance(0.3):
            ctx["aws:SourceArn"] = self.r.choice(ARNS)
        if self.chance(0.3) and who and who.startswith("arn:"):
            ctx["aws:PrincipalAccount"] = who.split(":")[4]
        if who and ":assumed-role/" in who and self.chance(0.5):
            account = who.split(":")[4]
            ctx["aws:PrincipalArn"] = self.r.choice([
                f"arn:aws:iam::{account}:role/app", f"arn:aws:iam::{account}:role/team/app", f"arn:aws:iam::{account}:role/aws-service-role/x.amazonaws.com/app"])
        if self.chance(0.08):
            ctx["aws:FederatedProvider"] = "accounts.google.com"
        if self.chance(0.05):
            ctx["canonicaluser"] = "cafe"
        return ctx

    def one_condition(self, kind, action):
        """All hangs on one condition."""
        st = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": self.condition(kind)}
        if self.chance(0.3):
            return {"resourcePolicy": {"Version": "2012-10-17", "Statement": st | {"Principal": "*"}}}
        return {"identityPolicies": [{"Version": "2012-10-17" if self.chance(0.9) else "2008-10-17", "Statement": [st]}]}

    def one_pattern(self, resource):
        """All hangs on one resource pattern, often made from the resource itself."""
        pattern = self.r.choice(RESOURCE_PATTERNS)
        if self.chance(0.7):
            letters = list(resource)
            for _ in range(self.r.randint(1, 3)):
                at = self.r.randrange(len(letters))
                end = min(len(letters), at + self.r.choice([1, 1, 2, 5]))
                letters[at:end] = [self.r.choice(["*", "?", "*", "", ":", "x"])]
            pattern = "".join(letters) or "*"
        st = {"Effect": "Allow", "Action": "*", "NotResource" if self.chance(0.1) else "Resource": pattern}
        return {"identityPolicies": [{"Version": "2012-10-17", "Statement": [st]}]}

    def case(self, number):
        kind = self.r.choice(list(OPERATORS))
        who = self.caller()
        action = self.r.choice(ACTIONS)
        owner = ACCOUNTS[0] if self.chance(0.7) else ACCOUNTS[1]
        resource = self.r.choice(RESOURCES[action.split(":")[0]]).replace("{a}", owner)
        if self.chance(0.05):
            action = action.upper() if self.chance(0.5) else action.lower()
        request = {"principal": who, "action": action, "resource": resource, "context": self.context(kind, who)}
        if self.chance(0.9):
            request["resourceAccount"] = owner
        if self.chance(0.03):
            request["serviceLinkedRole"] = True
        if self.chance(0.05):
            request["noResourcePolicy"] = True
        case = {"id": f"fuzz#{number}", "request": request}
        focus = self.r.random()
        if focus < 0.3:
            return case | self.one_condition(kind, action)
        if focus < 0.45:
            return case | self.one_pattern(resource)
        one = lambda broad=0.0: self.policy(kind, action, who, broad=broad)
        if self.chance(0.85):
            case["identityPolicies"] = [one(0.3) for _ in range(self.r.randint(0, 3))]
        if self.chance(0.2):
            case["boundaries"] = [one(0.6)]
        if self.chance(0.2):
            case["sessionPolicy"] = one(0.6)
        if self.chance(0.25):
            case["scps"] = [[one(0.9) for _ in range(0 if self.chance(0.05) else self.r.randint(1, 2))] for _ in range(self.r.randint(1, 4))]
        if self.chance(0.15):
            case["rcps"] = [[self.policy(kind, action, who, principal=True)] for _ in range(self.r.randint(1, 3))]
        if self.chance(0.55):
            case["resourcePolicy"] = self.policy(kind, action, who, principal=True)
        if self.chance(0.08):
            case["vpcePolicies"] = [self.policy(kind, action, who, principal=self.chance(0.5), broad=0.7)]
        if self.chance(0.08):
            case["principalInManagementAccount"] = True
        if self.chance(0.05):
            case["resourceInManagementAccount"] = True
        return case


if __name__ == "__main__":
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    cases = Cases(seed)
    for number in range(count):
        print(json.dumps(cases.case(number), ensure_ascii=False))
