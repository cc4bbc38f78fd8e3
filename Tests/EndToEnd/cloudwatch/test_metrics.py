"""PutMetricData, ListMetrics, GetMetricStatistics and GetMetricData, in the protocols that clients speak."""

import datetime
import time

import pytest
import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as Keys
from botocore.exceptions import ClientError


def minute(offset=0):
    """The beginning of the present minute, some minutes away."""
    now = int(time.time()) // 60 * 60
    return datetime.datetime.fromtimestamp(now + 60 * offset, datetime.timezone.utc)


def refused(call, **parameters):
    with pytest.raises(ClientError) as error:
        call(**parameters)
    return error.value.response["Error"]["Code"], error.value.response["Error"]["Message"]


@pytest.fixture
def root(account):
    return account()


@pytest.fixture
def cloudwatch(client, root):
    return client("cloudwatch", root)


def put(cloudwatch, *data, namespace="App"):
    cloudwatch.put_metric_data(Namespace=namespace, MetricData=list(data))


def test_values_counts_and_sets_come_together(cloudwatch):
    at = minute(-10)
    dimensions = [{"Name": "b", "Value": "2"}, {"Name": "a", "Value": "1"}]
    common = {"MetricName": "latency", "Dimensions": dimensions, "Timestamp": at, "Unit": "Milliseconds"}
    put(cloudwatch, {**common, "Value": 10.0}, {**common, "Values": [20.0, 30.0], "Counts": [2.0, 1.0]})
    put(cloudwatch, {**common, "Value": 100.0, "Timestamp": minute(-8)})
    answer = cloudwatch.get_metric_statistics(
        Namespace="App",
        MetricName="latency",
        Dimensions=list(reversed(dimensions)),
        StartTime=at,
        EndTime=minute(),
        Period=60,
        Statistics=["SampleCount", "Average", "Sum", "Minimum", "Maximum"],
    )
    first, second = sorted(answer["Datapoints"], key=lambda point: point["Timestamp"])
    assert first == {
        "Timestamp": at,
        "SampleCount": 4.0,
        "Average": 20.0,
        "Sum": 80.0,
        "Minimum": 10.0,
        "Maximum": 30.0,
        "Unit": "Milliseconds",
    }
    assert second["Sum"] == 100.0 and answer["Label"] == "latency"
    percentiles = cloudwatch.get_metric_statistics(
        Namespace="App", MetricName="latency", Dimensions=dimensions, StartTime=at, EndTime=minute(), Period=3600,
        ExtendedStatistics=["p50", "p100"],
    )["Datapoints"]
    assert percentiles[0]["ExtendedStatistics"] == {"p50": 20.0, "p100": 100.0}
    nothing = cloudwatch.get_metric_statistics(
        Namespace="App", MetricName="latency", StartTime=at, EndTime=minute(), Period=60, Statistics=["Sum"]
    )
    assert nothing["Datapoints"] == []


def test_high_resolution_and_sets(cloudwatch):
    base = minute(-5)
    for second in range(3):
        at = base + datetime.timedelta(seconds=second)
        put(cloudwatch, {"MetricName": "fast", "Timestamp": at, "Value": float(second), "StorageResolution": 1})
    fine = dict(Namespace="App", MetricName="fast", StartTime=base, EndTime=minute(), Statistics=["Sum"])
    assert len(cloudwatch.get_metric_statistics(Period=1, **fine)["Datapoints"]) == 3
    assert [p["Sum"] for p in cloudwatch.get_metric_statistics(Period=60, **fine)["Datapoints"]] == [3.0]
    sets = {"SampleCount": 2.0, "Sum": 5.0, "Minimum": 1.0, "Maximum": 4.0}
    put(cloudwatch, {"MetricName": "set", "Timestamp": base, "StatisticValues": sets})
    answer = cloudwatch.get_metric_statistics(
        Namespace="App", MetricName="set", StartTime=base, EndTime=minute(), Period=60, Statistics=["Average"],
        ExtendedStatistics=["p50"],
    )
    assert answer["Datapoints"][0]["Average"] == 2.5 and "p50" not in answer["Datapoints"][0]["ExtendedStatistics"]


def test_what_is_refused(cloudwatch):
    def fault(**datum):
        return refused(cloudwatch.put_metric_data, Namespace="App", MetricData=[{"MetricName": "m", **datum}])

    assert fault(Value=1.0, Values=[1.0])[0] == "InvalidParameterCombination"
    assert fault()[0] == "MissingParameter"
    assert fault(Value=float("nan"))[0] == "InvalidParameterValue"
    assert fault(Value=1.0, Timestamp=minute(-60 * 24 * 15))[0] == "InvalidParameterValue"
    assert fault(Value=1.0, Timestamp=minute(60 * 3))[0] == "InvalidParameterValue"
    reserved = refused(cloudwatch.put_metric_data, Namespace="AWS/EC2", MetricData=[{"MetricName": "m", "Value": 1.0}])
    assert reserved[0] == "InvalidParameterValue"
    many = dict(Namespace="App", MetricName="m", StartTime=minute(-60 * 48), EndTime=minute(), Statistics=["Sum"])
    assert refused(cloudwatch.get_metric_statistics, Period=60, **many)[0] == "InvalidParameterCombination"


def test_metrics_are_listed_by_name_and_dimension(cloudwatch):
    for number in range(3):
        put(cloudwatch, {"MetricName": f"m{number}", "Dimensions": [{"Name": "host", "Value": str(number)}], "Value": 1.0})
    put(cloudwatch, {"MetricName": "m0", "Value": 1.0}, namespace="Other")
    assert len(cloudwatch.list_metrics()["Metrics"]) == 4
    assert len(cloudwatch.list_metrics(Namespace="App")["Metrics"]) == 3
    assert len(cloudwatch.list_metrics(MetricName="m0")["Metrics"]) == 2
    (one,) = cloudwatch.list_metrics(Dimensions=[{"Name": "host", "Value": "2"}])["Metrics"]
    assert one == {"Namespace": "App", "MetricName": "m2", "Dimensions": [{"Name": "host", "Value": "2"}]}


def test_many_data_travel_compressed(cloudwatch):
    # The SDK compresses requests of 10 KB and more.
    data = [{"MetricName": f"metric-{n:04}", "Value": float(n)} for n in range(600)]
    put(cloudwatch, *data)
    pages = cloudwatch.get_paginator("list_metrics").paginate(Namespace="App")
    assert sum(len(page["Metrics"]) for page in pages) == 600


def test_metric_math(cloudwatch):
    start = minute(-10)  # once, for the next minute may begin meanwhile
    times = [start + datetime.timedelta(minutes=number) for number in range(4)]
    for offset, (requests_, errors) in enumerate([(100.0, 1.0), (200.0, 10.0), (50.0, None)]):
        put(cloudwatch, {"MetricName": "requests", "Timestamp": times[offset], "Value": requests_})
        if errors is not None:
            put(cloudwatch, {"MetricName": "errors", "Timestamp": times[offset], "Value": errors})

    def stat(id, name, returned=False):
        metric = {"Namespace": "App", "MetricName": name}
        return {"Id": id, "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}, "ReturnData": returned}

    queries = [
        stat("r", "requests", True),
        stat("e", "errors"),
        {"Id": "rate", "Expression": "100 * FILL(e, 0) / r", "Label": "error rate"},
        {"Id": "total", "Expression": "SUM(METRICS())"},
        {"Id": "alarm", "Expression": "IF(rate > 2, 1, 0)"},
    ]
    answer = cloudwatch.get_metric_data(
        MetricDataQueries=queries, StartTime=times[0], EndTime=times[3], ScanBy="TimestampAscending"
    )
    results = {result["Id"]: result for result in answer["MetricDataResults"]}
    assert list(results) == ["r", "rate", "total", "alarm"]
    assert results["r"]["Values"] == [100.0, 200.0, 50.0] and results["r"]["Label"] == "requests"
    assert results["rate"]["Values"] == [1.0, 5.0, 0.0] and results["rate"]["Label"] == "error rate"
    assert results["total"]["Values"] == [101.0, 210.0, 50.0]
    assert results["alarm"]["Values"] == [0.0, 1.0, 0.0]
    assert results["r"]["Timestamps"] == times[:3]
    newest = cloudwatch.get_metric_data(MetricDataQueries=queries[:1], StartTime=times[0], EndTime=times[3])
    assert newest["MetricDataResults"][0]["Values"] == [50.0, 200.0, 100.0]
    broken = [{"Id": "x", "Expression": "SEARCH('{App} m', 'Sum', 60)"}]
    assert "SEARCH" in refused(
        cloudwatch.get_metric_data, MetricDataQueries=broken, StartTime=minute(-10), EndTime=minute()
    )[1]


@pytest.mark.parametrize("protocol", ["query", "json"])
def test_the_older_protocols(endpoint, root, protocol):
    """As older SDKs sign and write them."""
    if protocol == "query":
        body = "Action=PutMetricData&Version=2010-08-01&Namespace=Old&MetricData.member.1.MetricName=m"
        body += "&MetricData.member.1.Value=4&MetricData.member.1.Dimensions.member.1.Name=d"
        body += "&MetricData.member.1.Dimensions.member.1.Value=v"
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
        listing = "Action=ListMetrics&Version=2010-08-01&Namespace=Old"
    else:
        body = '{"Namespace": "Old", "MetricData": [{"MetricName": "m", "Value": 4}]}'
        headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "GraniteServiceVersion20100801.PutMetricData"}
        listing = '{"Namespace": "Old"}'

    def send(data, **more):
        request = AWSRequest("POST", endpoint + "/", data=data.encode(), headers={**headers, **more})
        SigV4Auth(Keys(root.access_key, root.secret), "monitoring", "us-east-1").add_auth(request)
        return requests.post(endpoint + "/", data=data.encode(), headers=dict(request.headers), timeout=30)

    assert send(body).status_code == 200
    more = {} if protocol == "query" else {"X-Amz-Target": "GraniteServiceVersion20100801.ListMetrics"}
    shown = send(listing, **more)
    assert shown.status_code == 200 and "Old" in shown.text
    assert ("<ListMetricsResult>" in shown.text) == (protocol == "query")


def test_permissions_and_namespaces(client, root, iam_user):
    condition = {"StringEquals": {"cloudwatch:namespace": "Mine"}}
    user = iam_user(root, {"Effect": "Allow", "Action": "cloudwatch:PutMetricData", "Resource": "*", "Condition": condition})
    mine = client("cloudwatch", user)
    put(mine, {"MetricName": "m", "Value": 1.0}, namespace="Mine")
    code, message = refused(mine.put_metric_data, Namespace="Other", MetricData=[{"MetricName": "m", "Value": 1.0}])
    assert code == "AccessDenied" and "cloudwatch:PutMetricData" in message
    assert refused(mine.list_metrics)[0] == "AccessDenied"


def test_dashboards(client, cloudwatch):
    body = '{"widgets": []}'
    cloudwatch.put_dashboard(DashboardName="main", DashboardBody=body)
    shown = cloudwatch.get_dashboard(DashboardName="main")
    assert shown["DashboardBody"] == body and shown["DashboardArn"].endswith(":dashboard/main")
    assert [d["DashboardName"] for d in cloudwatch.list_dashboards(DashboardNamePrefix="m")["DashboardEntries"]] == ["main"]
    assert refused(cloudwatch.put_dashboard, DashboardName="bad", DashboardBody="nonsense")[0] == "InvalidParameterInput"
    cloudwatch.delete_dashboards(DashboardNames=["main"])
    assert refused(cloudwatch.get_dashboard, DashboardName="main")[0] == "ResourceNotFound"


def test_data_survive_a_kill(server, client, account):
    own, root = server(), account()
    put(client("cloudwatch", root, at=own.endpoint), {"MetricName": "m", "Value": 7.0, "Timestamp": minute(-2)})
    own.kill9()
    own.start()
    cloudwatch = client("cloudwatch", root, at=own.endpoint)
    answer = cloudwatch.get_metric_statistics(
        Namespace="App", MetricName="m", StartTime=minute(-5), EndTime=minute(), Period=60, Statistics=["Sum"]
    )
    assert [point["Sum"] for point in answer["Datapoints"]] == [7.0]


def test_the_cli(aws, root):
    aws("cloudwatch", "put-metric-data", "--namespace", "Cli", "--metric-name", "m", "--value", "3", creds=root)
    assert aws("cloudwatch", "list-metrics", creds=root).json["Metrics"][0]["Namespace"] == "Cli"
