"""Listings: prefixes, delimiters, pages, encodings."""

import random

import pytest
from botocore.exceptions import ClientError


@pytest.fixture(scope="module")
def bucket(account, client, unique):
    s3 = client("s3", account())
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    for key in KEYS:
        s3.put_object(Bucket=name, Key=key, Body=b"")
    return s3, name


KEYS = ["a", "b/1", "b/2", "b/c/3", "b/c/4", "d e+f", "e/", "f//g", "f/h", "ü/x", "ü/y", "z&z"]
SORTED = sorted(KEYS, key=lambda k: k.encode())


def expected(prefix, delimiter):
    result = []
    for key in SORTED:
        if not key.startswith(prefix):
            continue
        rest = key[len(prefix) :]
        if delimiter and delimiter in rest:
            entry = prefix + rest[: rest.index(delimiter) + len(delimiter)] + "*"
        else:
            entry = key
        if entry not in result:
            result.append(entry)
    return result


def merged(pages):
    found = []
    for page in pages:
        entries = [o["Key"] for o in page.get("Contents", [])] + [p["Prefix"] + "*" for p in page.get("CommonPrefixes", [])]
        found += sorted(entries, key=lambda k: k.rstrip("*").encode())
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
@pytest.mark.parametrize("prefix, delimiter", [("", ""), ("", "/"), ("b/", "/"), ("b", "/"), ("ü/", ""), ("f/", "/"), ("nothing", "/")])
@pytest.mark.parametrize("operation", ["list_objects", "list_objects_v2", "list_object_versions"])
def test_pages_of_every_size_give_the_same(bucket, operation, prefix, delimiter, size):
    s3, name = bucket
    arguments = {"Bucket": name, "Prefix": prefix}
    if delimiter:
        arguments["Delimiter"] = delimiter
    pages = list(s3.get_paginator(operation).paginate(**arguments, PaginationConfig={"PageSize": size}))
    if operation == "list_object_versions":
        pages = [{**page, "Contents": page.get("Versions", [])} for page in pages]
    assert merged(pages) == expected(prefix, delimiter)


def test_what_a_page_says(bucket):
    s3, name = bucket
    page = s3.list_objects_v2(Bucket=name, MaxKeys=2, Delimiter="/", StartAfter="a", FetchOwner=True)
    assert page["KeyCount"] == 2 and page["IsTruncated"] and page["MaxKeys"] == 2
    assert page["StartAfter"] == "a"
    assert [p["Prefix"] for p in page["CommonPrefixes"]] == ["b/"]
    (entry,) = page["Contents"]
    assert entry["Key"] == "d e+f" and entry["Size"] == 0 and entry["StorageClass"] == "STANDARD"
    assert len(entry["Owner"]["ID"]) == 64
    with pytest.raises(ClientError) as error:
        s3.list_objects_v2(Bucket=name, ContinuationToken="nonsense")
    assert error.value.response["Error"]["Code"] == "InvalidArgument"
    assert s3.list_objects_v2(Bucket=name, MaxKeys=0)["KeyCount"] == 0
    first = s3.list_objects(Bucket=name, MaxKeys=1, Delimiter="/")
    assert first["NextMarker"] == "a"


def test_a_large_flat_bucket_with_deep_prefixes(account, client, unique):
    s3 = client("s3", account())
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    chosen = random.Random(1).sample(range(10_000), 300)
    for number in chosen:
        s3.put_object(Bucket=name, Key=f"{number % 7}/{number:05}", Body=b"")
    prefixes = s3.list_objects_v2(Bucket=name, Delimiter="/")["CommonPrefixes"]
    assert [p["Prefix"] for p in prefixes] == [f"{n}/" for n in range(7)]
    keys = [o["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=name, PaginationConfig={"PageSize": 77})
            for o in page["Contents"]]
    assert keys == sorted(f"{number % 7}/{number:05}" for number in chosen)
