import pytest
from cloudtrail.trails import Trail


@pytest.fixture
def trail(client, endpoint):
    """`trail(root, …)`: a trail that logs, with a bucket of its own; see `trails.Trail`."""
    return lambda root, **more: Trail(client, root, endpoint=endpoint, **more)


@pytest.fixture
def lookup(client):
    """`lookup(root, EventName="…")`: all events of the history that have an attribute."""

    def find(root, region="us-east-1", at=None, **attribute):
        api = client("cloudtrail", root, region, at=at)
        wanted = [{"AttributeKey": key, "AttributeValue": value} for key, value in attribute.items()]
        pages = api.get_paginator("lookup_events").paginate(LookupAttributes=wanted)
        return [event for page in pages for event in page["Events"]]

    return find
