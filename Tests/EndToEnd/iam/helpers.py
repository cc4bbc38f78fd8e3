"""What the tests of IAM and STS share."""

import json

import pytest
from botocore.exceptions import ClientError


def document(*statements):
    """A policy document's text."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(principal):
    """A trust policy's text."""
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})


DOCUMENT = document({"Effect": "Allow", "Action": "sqs:*", "Resource": "*"})


def refused(code, message, call, **parameters):
    """Calls, and expects an error with this code and these words; answers with the whole response."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    assert caught.value.response["Error"]["Code"] == code, caught.value
    assert message in caught.value.response["Error"]["Message"], caught.value
    return caught.value.response
