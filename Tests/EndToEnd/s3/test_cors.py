"""Pages of other origins."""

import xml.etree.ElementTree as ElementTree

import pytest
import requests
from harness.events import refusal

VARY = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"
NOT_ALLOWED = (
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / "
    "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec."
)


@pytest.fixture
def home(account, client, unique, endpoint):
    s3 = client("s3", account())
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="k", Body=b"x")
    return s3, name, f"{endpoint}/{name}/k"


def rules(s3, name, *more):
    s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": list(more)})


def preflight(url, origin=None, method=None, headers=None):
    sent = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    return requests.options(url, headers={name: value for name, value in sent.items() if value}, timeout=30)


def error(answer):
    return {child.tag: child.text for child in ElementTree.fromstring(answer.text)} | {"Status": answer.status_code}


def cross_origin(headers):
    return {
        name.lower(): value for name, value in headers.items()
        if name.lower().startswith("access-control") or name.lower() == "vary"
    }


def test_without_configuration(home):
    s3, name, url = home
    none = refusal(s3.get_bucket_cors, Bucket=name)
    assert (none["Code"], none["Message"], none["Status"]) == (
        "NoSuchCORSConfiguration", "The CORS configuration does not exist", 404
    )
    blind = error(preflight(url))
    assert (blind["Status"], blind["Code"]) == (400, "BadRequest")
    assert blind["Message"] == "Insufficient information. Origin request header needed."
    off = error(preflight(url, "https://a.example", "PUT"))
    assert (off["Status"], off["Code"]) == (403, "AccessForbidden")
    assert off["Message"] == "CORSResponse: CORS is not enabled for this bucket."
    assert (off["Method"], off["ResourceType"]) == ("PUT", "BUCKET")
    gone = error(preflight(url.replace(name, name + "-no"), "https://a.example"))
    assert gone["Message"] == "CORSResponse: Bucket not found" and gone["Method"] == "OPTIONS"
    s3.delete_bucket_cors(Bucket=name)


def test_a_preflight_and_the_request_behind_it(home):
    s3, name, url = home
    rules(
        s3, name,
        {
            "AllowedOrigins": ["https://*.example"], "AllowedMethods": ["GET", "PUT"], "AllowedHeaders": ["x-AMZ-*"],
            "ExposeHeaders": ["ETag", "x-amz-request-id"], "MaxAgeSeconds": 3000,
        },
        {"AllowedOrigins": ["*"], "AllowedMethods": ["HEAD"]},
    )
    answer = preflight(url, "https://a.example", "PUT", "X-Amz-Date, x-amz-acl")
    assert answer.status_code == 200 and answer.content == b""
    common = {
        "access-control-allow-origin": "https://a.example", "access-control-allow-methods": "GET, PUT",
        "access-control-expose-headers": "ETag, x-amz-request-id", "access-control-max-age": "3000",
        "access-control-allow-credentials": "true", "vary": VARY,
    }
    assert cross_origin(answer.headers) == {"access-control-allow-headers": "x-amz-date, x-amz-acl", **common}
    signed = s3.generate_presigned_url("get_object", Params={"Bucket": name, "Key": "k"})
    assert cross_origin(requests.get(signed, headers={"Origin": "https://a.example"}, timeout=30).headers) == common
    # Refusals carry them, too, or a page could not read them.
    denied = requests.get(url, headers={"Origin": "https://a.example"}, timeout=30)
    assert denied.status_code == 403 and cross_origin(denied.headers) == common
    assert cross_origin(requests.get(signed, headers={"Origin": "https://other.org"}, timeout=30).headers) == {}
    everybody = preflight(url, "https://other.org", "HEAD")
    assert cross_origin(everybody.headers) == {
        "access-control-allow-origin": "*", "access-control-allow-methods": "HEAD", "vary": VARY
    }


@pytest.mark.parametrize(
    "origin, method, headers",
    [("https://b.org", "PUT", None), ("https://a.org", "DELETE", None), ("https://a.org", "PUT", "x-other")],
)
def test_what_no_rule_allows(home, origin, method, headers):
    s3, name, url = home
    rules(s3, name, {"AllowedOrigins": ["https://a.org"], "AllowedMethods": ["PUT"], "AllowedHeaders": ["x-one"]})
    refused = error(preflight(url, origin, method, headers))
    assert (refused["Status"], refused["Code"], refused["Message"]) == (403, "AccessForbidden", NOT_ALLOWED)
    assert (refused["Method"], refused["ResourceType"]) == (method, "OBJECT")


@pytest.mark.parametrize(
    "rule, message",
    [
        ({"AllowedMethods": ["PATCH"]}, "Found unsupported HTTP method in CORS config. Unsupported method is PATCH"),
        (
            {"AllowedOrigins": ["http://*.*.com"]},
            'AllowedOrigin "http://*.*.com" can not have more than one wildcard.',
        ),
        ({"AllowedHeaders": ["*-*"]}, 'AllowedHeader "*-*" can not have more than one wildcard.'),
        (
            {"ExposeHeaders": ["*"]},
            'ExposeHeader "*" contains wildcard. We currently do not support wildcard for ExposeHeader.',
        ),
    ],
)
def test_invalid_rules(home, rule, message):
    s3, name, _ = home
    whole = {"AllowedOrigins": ["*"], "AllowedMethods": ["GET"], **rule}
    refused = refusal(s3.put_bucket_cors, Bucket=name, CORSConfiguration={"CORSRules": [whole]})
    assert (refused["Code"], refused["Message"], refused["Status"]) == ("InvalidRequest", message, 400)


def test_rules_are_shown_and_deleted(home):
    s3, name, url = home
    rule = {"ID": "one", "AllowedOrigins": ["https://a.org"], "AllowedMethods": ["GET"], "MaxAgeSeconds": 5}
    rules(s3, name, rule)
    assert s3.get_bucket_cors(Bucket=name)["CORSRules"] == [rule]
    s3.delete_bucket_cors(Bucket=name)
    assert refusal(s3.get_bucket_cors, Bucket=name)["Code"] == "NoSuchCORSConfiguration"
    empty = refusal(s3.put_bucket_cors, Bucket=name, CORSConfiguration={"CORSRules": []})
    assert empty["Code"] == "MalformedXML"
