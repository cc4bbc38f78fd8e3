"""Names that IAM does not take, and lists that are always empty."""

import pytest
from botocore.exceptions import ClientError


def test_a_name_with_characters_that_names_cannot_have(client, account):
    iam = client("iam", account())
    with pytest.raises(ClientError) as refused:
        iam.create_user(UserName="no spaces")
    assert refused.value.response["Error"]["Code"] == "ValidationError"
    assert refused.value.response["Error"]["Message"] == (
        "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-")


def test_a_name_that_is_too_long_is_told_by_its_length(client, account):
    iam = client("iam", account())
    with pytest.raises(ClientError) as refused:
        iam.create_user(UserName="x" * 65)
    assert "Member must have length less than or equal to 64" in refused.value.response["Error"]["Message"]


def test_the_lists_that_tools_ask_for_before_they_delete_a_user_are_empty(client, account):
    iam = client("iam", account())
    iam.create_user(UserName="ann")
    assert iam.list_ssh_public_keys(UserName="ann")["SSHPublicKeys"] == []
    assert iam.list_signing_certificates(UserName="ann")["Certificates"] == []
    assert iam.list_service_specific_credentials(UserName="ann")["ServiceSpecificCredentials"] == []
    with pytest.raises(ClientError) as refused:
        iam.list_ssh_public_keys(UserName="nobody")
    assert refused.value.response["Error"]["Code"] == "NoSuchEntity"
