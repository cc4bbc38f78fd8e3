"""What isn't built says so, by name, and changes nothing."""

import pytest
from harness.events import refusal

UNBUILT = [
    ("get_bucket_accelerate_configuration", {}),
    ("put_bucket_accelerate_configuration", {"AccelerateConfiguration": {"Status": "Enabled"}}),
    ("list_bucket_inventory_configurations", {}),
    ("list_bucket_analytics_configurations", {}),
    ("list_bucket_metrics_configurations", {}),
    ("list_bucket_intelligent_tiering_configurations", {}),
    ("get_bucket_metadata_table_configuration", {}),
    ("get_bucket_metadata_configuration", {}),
    ("get_object_torrent", {"Key": "k"}),
    (
        "select_object_content",
        {
            "Key": "k", "Expression": "SELECT * FROM s3object", "ExpressionType": "SQL",
            "InputSerialization": {"JSON": {"Type": "LINES"}}, "OutputSerialization": {"JSON": {}},
        },
    ),
]


@pytest.mark.parametrize("operation, parameters", UNBUILT, ids=[name for name, _ in UNBUILT])
def test_an_unbuilt_operation_names_itself(account, client, unique, operation, parameters):
    s3 = client("s3", account())
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    error = refusal(getattr(s3, operation), Bucket=name, **parameters)
    assert (error["Code"], error["Status"]) == ("NotImplemented", 501)
    assert operation.replace("_", "") in error["Message"].lower()


def test_requesters_do_not_pay(account, client, unique):
    s3 = client("s3", account())
    name = unique("bucket")
    s3.create_bucket(Bucket=name)
    assert s3.get_bucket_request_payment(Bucket=name)["Payer"] == "BucketOwner"
    s3.put_bucket_request_payment(Bucket=name, RequestPaymentConfiguration={"Payer": "BucketOwner"})
    error = refusal(s3.put_bucket_request_payment, Bucket=name, RequestPaymentConfiguration={"Payer": "Requester"})
    assert (error["Code"], error["Status"]) == ("NotImplemented", 501)
