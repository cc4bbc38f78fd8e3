"""Buckets as websites."""

import json

import pytest
import requests
from harness.events import refusal


@pytest.fixture
def site(account, client, unique, endpoint):
    s3 = client("s3", account())
    name = unique("site")
    s3.create_bucket(Bucket=name)
    s3.delete_public_access_block(Bucket=name)
    policy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{name}/*"
        },
    }
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))

    def get(path, host=None, method="GET", **headers):
        named = host or f"{name}.s3-website-us-east-1.amazonaws.com"
        return requests.request(
            method, endpoint + path, headers={"Host": named, **headers}, allow_redirects=False, timeout=30
        )

    return s3, name, get


def configure(s3, name, **more):
    s3.put_bucket_website(Bucket=name, WebsiteConfiguration={"IndexDocument": {"Suffix": "index.html"}, **more})


def test_pages_folders_and_errors(site):
    s3, name, get = site
    missing = get("/")
    assert missing.status_code == 404
    assert "<li>Code: NoSuchWebsiteConfiguration</li>" in missing.text
    assert missing.headers["Content-Type"].startswith("text/html")
    configure(s3, name)
    s3.put_object(Bucket=name, Key="index.html", Body=b"<h1>home</h1>", ContentType="text/html")
    s3.put_object(Bucket=name, Key="docs/index.html", Body=b"docs", ContentType="text/html")
    home = get("/")
    assert home.status_code == 200 and home.text == "<h1>home</h1>" and home.headers["Content-Type"] == "text/html"
    assert get("/docs/").text == "docs"
    folder = get("/docs")
    assert folder.status_code == 302 and folder.headers["Location"] == "/docs/"
    assert get("/", method="HEAD").headers["Content-Length"] == "13"
    assert get("/", **{"If-None-Match": home.headers["ETag"]}).status_code == 304
    part = get("/", Range="bytes=4-7")
    assert part.status_code == 206 and part.text == "home"
    # Without s3:ListBucket nobody learns what isn't there.
    nothing = get("/nothing")
    assert nothing.status_code == 403 and "<li>Code: AccessDenied</li>" in nothing.text
    assert nothing.text.startswith("<html>\n<head><title>403 Forbidden</title></head>")
    assert get("/", method="PUT").status_code == 405
    for host in [f"{name}.s3-website.localhost:4566", f"{name}.s3-website.us-east-1.localhost"]:
        assert get("/", host=host).status_code == 200
    assert "IncorrectEndpoint" in get("/", host=f"{name}.s3-website-eu-west-1.amazonaws.com").text
    assert get("/", host="no-such-site.s3-website.localhost").status_code == 404


def test_an_error_document(site):
    s3, name, get = site
    configure(s3, name, ErrorDocument={"Key": "sorry.html"})
    broken = get("/nothing")
    assert broken.status_code == 403
    assert "An Error Occurred While Attempting to Retrieve a Custom Error Document" in broken.text
    s3.put_object(Bucket=name, Key="sorry.html", Body=b"sorry", ContentType="text/html")
    sorry = get("/nothing")
    assert sorry.status_code == 403 and sorry.text == "sorry"


def test_redirects(site):
    s3, name, get = site
    configure(
        s3, name,
        RoutingRules=[
            {"Condition": {"KeyPrefixEquals": "old/"}, "Redirect": {"ReplaceKeyPrefixWith": "new/"}},
            {
                "Condition": {"HttpErrorCodeReturnedEquals": "403", "KeyPrefixEquals": "lost"},
                "Redirect": {
                    "HostName": "example.com", "Protocol": "https", "ReplaceKeyWith": "found", "HttpRedirectCode": "302",
                },
            },
        ],
    )
    host = f"{name}.s3-website-us-east-1.amazonaws.com"
    moved = get("/old/a%20b")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"http://{host}/new/a%20b")
    found = get("/lost/x")
    assert (found.status_code, found.headers["Location"]) == (302, "https://example.com/found")
    s3.put_object(Bucket=name, Key="elsewhere", Body=b"", WebsiteRedirectLocation="/index.html")
    there = get("/elsewhere")
    assert (there.status_code, there.headers["Location"]) == (301, "/index.html")
    s3.put_bucket_website(
        Bucket=name,
        WebsiteConfiguration={"RedirectAllRequestsTo": {"HostName": "www.example.com", "Protocol": "https"}},
    )
    all_of_it = get("/any/thing")
    assert (all_of_it.status_code, all_of_it.headers["Location"]) == (301, "https://www.example.com/any/thing")


def test_the_configuration(site):
    s3, name, _ = site
    assert refusal(s3.get_bucket_website, Bucket=name)["Code"] == "NoSuchWebsiteConfiguration"
    configure(s3, name, ErrorDocument={"Key": "e"})
    shown = s3.get_bucket_website(Bucket=name)
    assert shown["IndexDocument"] == {"Suffix": "index.html"} and shown["ErrorDocument"] == {"Key": "e"}
    s3.delete_bucket_website(Bucket=name)
    assert refusal(s3.get_bucket_website, Bucket=name)["Status"] == 404
    bad = [
        ({"IndexDocument": {"Suffix": "a/b"}}, "The IndexDocument Suffix is not well formed"),
        (
            {"IndexDocument": {"Suffix": "i"}, "RedirectAllRequestsTo": {"HostName": "h"}},
            "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
        ),
        (
            {
                "IndexDocument": {"Suffix": "i"},
                "RoutingRules": [{"Redirect": {"ReplaceKeyWith": "a", "ReplaceKeyPrefixWith": "b"}}],
            },
            "You can only define ReplaceKeyPrefix or ReplaceKey but not both.",
        ),
    ]
    for configuration, message in bad:
        assert refusal(s3.put_bucket_website, Bucket=name, WebsiteConfiguration=configuration)["Message"] == message
