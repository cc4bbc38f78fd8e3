"""Domains and types from their registration to their end, and the names they may have."""

import pytest

from swf.helpers import ACTIVITY_DEFAULTS, WORKFLOW, WORKFLOW_DEFAULTS, complete, marker, refused, timer

RETENTION = "workflowExecutionRetentionPeriodInDays"
KINDS = [("workflow", "WorkflowType"), ("activity", "ActivityType")]


def named(d, kind, operation, name="w", version="1", **more):
    """The operation on a type of this kind (`deprecate`, `describe`, …)."""
    type = {f"{kind}Type": {"name": name, "version": version}}
    return getattr(d.swf, f"{operation}_{kind}_type")(domain=d.name, **type, **more)


def register(d, kind, name, version="1", **more):
    return getattr(d.swf, f"register_{kind}_type")(domain=d.name, name=name, version=version, **more)


def listed(d, kind, status="REGISTERED", **more):
    answer = getattr(d.swf, f"list_{kind}_types")(domain=d.name, registrationStatus=status, **more)
    return [(info[f"{kind}Type"]["name"], info[f"{kind}Type"]["version"]) for info in answer["typeInfos"]]


# --- domains


def test_a_domain_is_described_as_it_was_registered(client, account):
    creds = account()
    swf = client("swf", creds)
    swf.register_domain(name="orders", description="what people buy", **{RETENTION: "90"})
    swf.register_domain(name="short", **{RETENTION: "NONE"})
    answer = swf.describe_domain(name="orders")
    assert answer["domainInfo"] == {
        "name": "orders", "status": "REGISTERED", "description": "what people buy",
        "arn": f"arn:aws:swf:us-east-1:{creds.account}:/domain/orders",
    }
    assert answer["configuration"] == {RETENTION: "90"}
    answer = swf.describe_domain(name="short")
    assert "description" not in answer["domainInfo"]
    assert answer["configuration"] == {RETENTION: "NONE"}


def test_a_domain_s_name_is_taken_for_ever(domain):
    d = domain()
    again = {"name": d.name, RETENTION: "1"}
    refused("DomainAlreadyExistsFault", d.name, d.swf.register_domain, **again)
    d.swf.deprecate_domain(name=d.name)
    refused("DomainAlreadyExistsFault", d.name, d.swf.register_domain, **again)


def test_deprecating_a_domain_deprecates_its_types_and_undeprecating_it_does_not_bring_them_back(domain):
    d = domain()
    d.swf.deprecate_domain(name=d.name)
    assert d.swf.describe_domain(name=d.name)["domainInfo"]["status"] == "DEPRECATED"
    refused("DomainDeprecatedFault", d.name, d.swf.deprecate_domain, name=d.name)
    assert listed(d, "workflow") == [] and listed(d, "workflow", "DEPRECATED") == [("w", "1")]
    assert listed(d, "activity") == [] and listed(d, "activity", "DEPRECATED") == [("a", "1")]
    d.swf.undeprecate_domain(name=d.name)
    refused("DomainAlreadyExistsFault", d.name, d.swf.undeprecate_domain, name=d.name)
    assert listed(d, "workflow") == []
    named(d, "workflow", "undeprecate")
    assert listed(d, "workflow") == [("w", "1")]


def test_nothing_begins_in_a_deprecated_domain_and_what_runs_goes_on(domain):
    d = domain()
    execution = d.start()
    d.swf.deprecate_domain(name=d.name)
    refused("DomainDeprecatedFault", d.name, register, d=d, kind="workflow", name="new")
    refused("DomainDeprecatedFault", d.name, register, d=d, kind="activity", name="new")
    refused("DomainDeprecatedFault", d.name, d.start, name="other")
    d.decide(complete())
    assert execution.status() == "COMPLETED"


def test_domains_are_listed_by_name_and_status(client, account):
    swf = client("swf", account())
    for name in ("b", "a", "c", "B"):
        swf.register_domain(name=name, **{RETENTION: "0"})
    swf.deprecate_domain(name="a")

    def names(**more):
        return [info["name"] for info in swf.list_domains(**{"registrationStatus": "REGISTERED", **more})["domainInfos"]]

    assert names() == ["B", "b", "c"]
    assert names(reverseOrder=True) == ["c", "b", "B"]
    assert names(registrationStatus="DEPRECATED") == ["a"]
    page = swf.list_domains(registrationStatus="REGISTERED", maximumPageSize=2)
    assert [info["name"] for info in page["domainInfos"]] == ["B", "b"]
    rest = swf.list_domains(registrationStatus="REGISTERED", maximumPageSize=2, nextPageToken=page["nextPageToken"])
    assert [info["name"] for info in rest["domainInfos"]] == ["c"] and "nextPageToken" not in rest
    assert "nextPageToken" not in swf.list_domains(registrationStatus="REGISTERED", maximumPageSize=3)


@pytest.mark.parametrize("days", ["91", "-1", "never", "1.5", ""])
def test_a_retention_is_at_most_ninety_days(days, client, account):
    swf = client("swf", account(), parameter_validation=False)
    refused("ValidationException", None, swf.register_domain, name="d", **{RETENTION: days})


# --- types


def test_a_workflow_type_shows_every_default_that_it_was_given(domain):
    d = domain()
    defaults = {**WORKFLOW_DEFAULTS, "defaultTaskPriority": "0", "defaultLambdaRole": "arn:aws:iam::111122223333:role/r"}
    register(d, "workflow", "whole", description="all of it", **defaults)
    register(d, "workflow", "bare")
    whole = d.call("describe_workflow_type", workflowType={"name": "whole", "version": "1"})
    assert whole["configuration"] == defaults
    assert whole["typeInfo"]["description"] == "all of it" and whole["typeInfo"]["status"] == "REGISTERED"
    assert "deprecationDate" not in whole["typeInfo"]
    bare = d.call("describe_workflow_type", workflowType={"name": "bare", "version": "1"})
    assert bare["configuration"] == {} and "description" not in bare["typeInfo"]


def test_an_activity_type_shows_every_default_that_it_was_given(domain):
    d = domain()
    defaults = {**ACTIVITY_DEFAULTS, "defaultTaskPriority": "-5", "defaultTaskStartToCloseTimeout": "60"}
    register(d, "activity", "whole", **defaults)
    answer = d.call("describe_activity_type", activityType={"name": "whole", "version": "1"})
    assert answer["configuration"] == defaults


@pytest.mark.parametrize("kind, word", KINDS)
def test_a_type_s_life(kind, word, domain):
    d = domain(types=False)
    register(d, kind, "w")
    text = f"{word}=[name=w, version=1]"
    refused("TypeAlreadyExistsFault", text, register, d=d, kind=kind, name="w")
    refused("TypeAlreadyExistsFault", text, named, d=d, kind=kind, operation="undeprecate")
    refused("TypeNotDeprecatedFault", None, named, d=d, kind=kind, operation="delete")
    named(d, kind, "deprecate")
    info = named(d, kind, "describe")["typeInfo"]
    assert info["status"] == "DEPRECATED" and info["deprecationDate"] >= info["creationDate"]
    refused("TypeDeprecatedFault", text, named, d=d, kind=kind, operation="deprecate")
    refused("TypeAlreadyExistsFault", text, register, d=d, kind=kind, name="w")
    named(d, kind, "undeprecate")
    assert "deprecationDate" not in named(d, kind, "describe")["typeInfo"]
    named(d, kind, "deprecate")
    named(d, kind, "delete")
    for operation in ("describe", "deprecate", "undeprecate", "delete"):
        refused("UnknownResourceFault", f"Unknown type: {text}", named, d=d, kind=kind, operation=operation)
    register(d, kind, "w")
    assert listed(d, kind) == [("w", "1")]


@pytest.mark.parametrize("kind, word", KINDS)
def test_types_are_listed_by_name_in_pages(kind, word, domain):
    d = domain(types=False)
    for number in (3, 1, 2):
        for version in ("1", "2"):
            register(d, kind, f"t{number}", version)
    everything = [(f"t{number}", version) for number in (1, 2, 3) for version in ("1", "2")]
    assert listed(d, kind) == everything
    assert listed(d, kind, reverseOrder=True) == everything[::-1]
    assert listed(d, kind, name="t2") == [("t2", "1"), ("t2", "2")]
    assert listed(d, kind, name="t") == []
    for more in ({}, {"reverseOrder": True}):
        found, token = [], {}
        while True:
            page = getattr(d.swf, f"list_{kind}_types")(domain=d.name, registrationStatus="REGISTERED", maximumPageSize=4, **more, **token)
            found += [(info[f"{kind}Type"]["name"], info[f"{kind}Type"]["version"]) for info in page["typeInfos"]]
            if "nextPageToken" not in page:
                break
            token = {"nextPageToken": page["nextPageToken"]}
        assert found == (everything[::-1] if more else everything)


def test_a_token_of_another_list_is_none(domain):
    d = domain()
    register(d, "workflow", "x")
    token = d.call("list_workflow_types", registrationStatus="REGISTERED", maximumPageSize=1)["nextPageToken"]
    for wrong in (token, "garbage"):
        refused("ValidationException", "Invalid token", d.call, operation="list_activity_types", registrationStatus="REGISTERED", nextPageToken=wrong)


def test_what_is_unknown_is_named(domain):
    d = domain()
    refused("UnknownResourceFault", "Unknown domain: none", d.swf.list_workflow_types, domain="none", registrationStatus="REGISTERED")
    refused("UnknownResourceFault", "Unknown domain: none", d.swf.describe_domain, name="none")
    refused("UnknownResourceFault", "Unknown domain: none", d.swf.register_activity_type, domain="none", name="a", version="1")
    refused("UnknownResourceFault", "Unknown domain: none", d.swf.describe_workflow_type, domain="none", workflowType=WORKFLOW)


# --- names


@pytest.mark.parametrize("character", [":", "/", "|", *(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)))], ids=lambda c: f"U+{ord(c):04X}")
def test_characters_that_no_name_has(character, client, account):
    swf = client("swf", account())
    refused("ValidationException", None, swf.register_domain, name=f"a{character}b", **{RETENTION: "1"})


@pytest.mark.parametrize("name", ["arn", " a", "a ", "\u3000a", "a\u2003"])
def test_names_that_nothing_has(name, domain):
    d = domain()
    refused("ValidationException", None, register, d=d, kind="workflow", name=name)
    refused("ValidationException", None, register, d=d, kind="activity", name="x", version=name)
    refused("ValidationException", None, d.swf.register_domain, name=name, **{RETENTION: "1"})


@pytest.mark.parametrize("name", ["a", "my-arn", "arn2", "a b", "名前", "x" * 256, "語" * 256, "%", "a\\b"])
def test_names_that_types_and_domains_have(name, domain):
    d = domain()
    register(d, "workflow", name, name[:64])
    assert (name, name[:64]) in listed(d, "workflow")
    d.swf.register_domain(name=name, **{RETENTION: "1"})
    assert d.swf.describe_domain(name=name)["domainInfo"]["name"] == name


def test_lengths_of_names(domain, client):
    d = domain()
    lax = client("swf", d.creds, parameter_validation=False)
    for name, version in (("", "1"), ("x" * 257, "1"), ("x", ""), ("x", "1" * 65)):
        refused("ValidationException", None, lax.register_workflow_type, domain=d.name, name=name, version=version)


def test_several_mistakes_are_told_at_once(domain):
    d = domain()
    error = refused("ValidationException", None, register, d=d, kind="workflow", name="a:b", version="1|2", defaultTaskStartToCloseTimeout="soon")
    text = error["Error"]["Message"]
    assert text.startswith("3 validation errors detected: Value 'a:b' at 'name' failed to satisfy constraint: ")
    assert "; Value '1|2' at 'version'" in text and "; Value 'soon' at 'defaultTaskStartToCloseTimeout'" in text


# --- tags


def test_a_domain_s_tags(client, account):
    creds = account()
    swf = client("swf", creds)
    swf.register_domain(name="d", tags=[{"key": "team", "value": "blue"}, {"key": "bare"}], **{RETENTION: "1"})
    arn = f"arn:aws:swf:us-east-1:{creds.account}:/domain/d"

    def tags():
        return {tag["key"]: tag["value"] for tag in swf.list_tags_for_resource(resourceArn=arn)["tags"]}

    assert tags() == {"team": "blue", "bare": ""}
    swf.tag_resource(resourceArn=arn, tags=[{"key": "team", "value": "red"}, {"key": "new", "value": "1"}])
    swf.untag_resource(resourceArn=arn, tagKeys=["bare", "absent"])
    assert tags() == {"team": "red", "new": "1"}
    refused("UnknownResourceFault", "Unknown domain: other", swf.list_tags_for_resource, resourceArn=arn[:-1] + "other")
    refused("UnknownResourceFault", None, swf.list_tags_for_resource, resourceArn="arn:aws:sqs:us-east-1:1:q")
    for tag in ({"key": "aws:x", "value": ""}, {"key": "a", "value": "<"}):
        refused("ValidationException", None, swf.tag_resource, resourceArn=arn, tags=[tag])
    swf.tag_resource(resourceArn=arn, tags=[{"key": f"k{number}", "value": ""} for number in range(48)])
    refused("TooManyTagsFault", None, swf.tag_resource, resourceArn=arn, tags=[{"key": "one too many", "value": ""}])
    assert len(tags()) == 50


def test_tags_are_conditions(client, account, iam_user):
    root = account()
    swf = client("swf", root)
    for team in ("blue", "red"):
        swf.register_domain(name=team, tags=[{"key": "team", "value": team}], **{RETENTION: "1"})
    policy = {"Effect": "Allow", "Action": "swf:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/team": "blue"}}}
    theirs = client("swf", iam_user(root, policy))
    theirs.describe_domain(name="blue")
    refused("OperationNotPermittedFault", None, theirs.describe_domain, name="red")


def test_a_decision_is_not_judged_by_where_it_comes_from(domain, client, iam_user):
    d = domain()
    address = {"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}
    policy = [
        {"Effect": "Allow", "Action": ["swf:Poll*", "swf:Respond*"], "Resource": "*", "Condition": address},
        {"Effect": "Allow", "Action": "swf:StartTimer", "Resource": "*"},
        {"Effect": "Allow", "Action": "swf:RecordMarker", "Resource": "*", "Condition": address},
    ]
    execution = d.start()
    d.swf = client("swf", iam_user(d.creds, policy))
    d.decide(marker("denied"), timer("allowed"))
    d.swf = client("swf", d.creds)
    assert execution.last("RecordMarkerFailed")["cause"] == "OPERATION_NOT_PERMITTED"
    assert execution.last("TimerStarted")["timerId"] == "allowed"
    execution.terminate()
