"""Alarms on metrics, on math and on alarms; their history and their notices."""

import datetime
import json

import pytest
from botocore.exceptions import ClientError


class Cloud:
    """A server of the test's own, whose clock the test moves."""

    def __init__(self, server, client, account, clock):
        self.server = server(ephemeral=True)
        self.root = account()
        self.client = lambda service: client(service, self.root, at=self.server.endpoint)
        self.cloudwatch = self.client("cloudwatch")
        self.clock = clock(self.server)
        # To the beginning of a minute, so that what is put falls into the one that ends next.
        self.clock.scale(0)
        self.clock.set("2026-12-01T12:00:00Z")
        self.now = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.timezone.utc)

    def put(self, value, name="load"):
        self.cloudwatch.put_metric_data(
            Namespace="App", MetricData=[{"MetricName": name, "Value": float(value), "Timestamp": self.now}]
        )

    def pass_minutes(self, count=1):
        for _ in range(count):
            self.clock.advance("60s")
            self.now += datetime.timedelta(minutes=1)

    def alarm(self, name="high", **more):
        self.cloudwatch.put_metric_alarm(
            **{
                "AlarmName": name,
                "Namespace": "App",
                "MetricName": "load",
                "Statistic": "Average",
                "Period": 60,
                "EvaluationPeriods": 1,
                "Threshold": 5.0,
                "ComparisonOperator": "GreaterThanThreshold",
                **more,
            }
        )

    def state(self, name="high"):
        """The state, once the timers that are due have run."""
        alarms = self.cloudwatch.describe_alarms(AlarmNames=[name], AlarmTypes=["MetricAlarm", "CompositeAlarm"])
        (alarm,) = alarms["MetricAlarms"] + alarms["CompositeAlarms"]
        return alarm["StateValue"]


@pytest.fixture
def cloud(server, client, account, clock):
    return Cloud(server, client, account, clock)


def test_an_alarm_follows_its_metric_on_the_clock(cloud):
    cloud.alarm()
    assert cloud.state() == "INSUFFICIENT_DATA"
    cloud.put(9)
    cloud.pass_minutes()
    assert cloud.state() == "ALARM"
    (alarm,) = cloud.cloudwatch.describe_alarms()["MetricAlarms"]
    assert alarm["StateReason"] == (
        "Threshold Crossed: 1 datapoint [9.0 (01/12/26 12:00:00)] was greater than the threshold (5.0)."
    )
    assert json.loads(alarm["StateReasonData"])["recentDatapoints"] == [9]
    cloud.put(1)
    cloud.pass_minutes()
    assert cloud.state() == "OK"
    cloud.pass_minutes(4)
    assert cloud.state() == "INSUFFICIENT_DATA"
    history = cloud.cloudwatch.describe_alarm_history(AlarmName="high", HistoryItemType="StateUpdate")["AlarmHistoryItems"]
    assert [item["HistorySummary"] for item in history] == [
        "Alarm updated from OK to INSUFFICIENT_DATA",
        "Alarm updated from ALARM to OK",
        "Alarm updated from INSUFFICIENT_DATA to ALARM",
    ]


def test_two_out_of_three_and_missing_data(cloud):
    cloud.alarm(EvaluationPeriods=3, DatapointsToAlarm=2, TreatMissingData="notBreaching")
    cloud.alarm("strict", EvaluationPeriods=2, TreatMissingData="breaching")
    for value in [9, 1]:
        cloud.put(value)
        cloud.pass_minutes()
    assert cloud.state() == "OK" and cloud.state("strict") == "OK"
    cloud.put(9)
    cloud.pass_minutes()
    assert cloud.state() == "ALARM"
    cloud.pass_minutes(5)
    assert cloud.state() == "OK" and cloud.state("strict") == "ALARM"


def test_alarms_on_math_and_percentiles(cloud):
    cloud.cloudwatch.put_metric_alarm(
        AlarmName="ratio",
        EvaluationPeriods=1,
        Threshold=0.5,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        Metrics=[
            {"Id": "bad", "MetricStat": {"Metric": {"Namespace": "App", "MetricName": "bad"}, "Period": 60, "Stat": "Sum"}, "ReturnData": False},
            {"Id": "all", "MetricStat": {"Metric": {"Namespace": "App", "MetricName": "all"}, "Period": 60, "Stat": "Sum"}, "ReturnData": False},
            {"Id": "r", "Expression": "bad / all", "Label": "ratio"},
        ],
    )
    cloud.put(3, "bad")
    cloud.put(4, "all")
    cloud.pass_minutes()
    assert cloud.state("ratio") == "ALARM"
    (alarm,) = cloud.cloudwatch.describe_alarms()["MetricAlarms"]
    assert [query["Id"] for query in alarm["Metrics"]] == ["bad", "all", "r"] and "MetricName" not in alarm


def test_composite_alarms(cloud):
    for name in ["a", "b"]:
        cloud.alarm(name)
    cloud.cloudwatch.put_composite_alarm(AlarmName="both", AlarmRule='ALARM("a") AND ALARM(b)')
    cloud.cloudwatch.put_composite_alarm(AlarmName="above", AlarmRule="ALARM(both)")
    set_state = cloud.cloudwatch.set_alarm_state
    set_state(AlarmName="a", StateValue="ALARM", StateReason="test")
    assert cloud.state("both") == "OK"
    set_state(AlarmName="b", StateValue="ALARM", StateReason="test")
    assert cloud.state("both") == "ALARM" and cloud.state("above") == "ALARM"
    set_state(AlarmName="a", StateValue="OK", StateReason="test")
    assert cloud.state("both") == "OK" and cloud.state("above") == "OK"
    children = cloud.cloudwatch.describe_alarms(ChildrenOfAlarmName="both")["MetricAlarms"]
    assert [alarm["AlarmName"] for alarm in children] == ["a", "b"]
    with pytest.raises(ClientError) as refused:
        cloud.cloudwatch.delete_alarms(AlarmNames=["a"])
    assert refused.value.response["Error"]["Code"] == "ValidationError"
    with pytest.raises(ClientError):
        cloud.cloudwatch.put_composite_alarm(AlarmName="bad", AlarmRule="ALARM(none)")
    cloud.cloudwatch.delete_alarms(AlarmNames=["a", "b", "both", "above"])
    assert cloud.cloudwatch.describe_alarms()["MetricAlarms"] == []


def test_actions_can_be_disabled_and_failures_are_told(cloud):
    action = "arn:aws:automate:us-east-1:ec2:stop"
    cloud.alarm(AlarmActions=[action])
    cloud.cloudwatch.disable_alarm_actions(AlarmNames=["high"])
    cloud.cloudwatch.set_alarm_state(AlarmName="high", StateValue="ALARM", StateReason="test")

    def actions():
        history = cloud.cloudwatch.describe_alarm_history(AlarmName="high", HistoryItemType="Action")
        return [item["HistorySummary"] for item in history["AlarmHistoryItems"]]

    assert actions() == []
    cloud.cloudwatch.enable_alarm_actions(AlarmNames=["high"])
    cloud.cloudwatch.set_alarm_state(AlarmName="high", StateValue="OK", StateReason="test")
    cloud.cloudwatch.set_alarm_state(AlarmName="high", StateValue="ALARM", StateReason="test")
    assert len(actions()) == 1 and action in actions()[0]


def test_tags_and_permissions(cloud, client, iam_user):
    cloud.alarm(Tags=[{"Key": "team", "Value": "blue"}])
    arn = f"arn:aws:cloudwatch:us-east-1:{cloud.root.account}:alarm:high"
    cloud.cloudwatch.tag_resource(ResourceARN=arn, Tags=[{"Key": "x", "Value": "y"}])
    tags = cloud.cloudwatch.list_tags_for_resource(ResourceARN=arn)["Tags"]
    assert tags == [{"Key": "team", "Value": "blue"}, {"Key": "x", "Value": "y"}]
    cloud.cloudwatch.untag_resource(ResourceARN=arn, TagKeys=["x"])
    blue = {"StringEquals": {"aws:ResourceTag/team": "blue"}}
    user = iam_user(
        cloud.root, {"Effect": "Allow", "Action": "cloudwatch:SetAlarmState", "Resource": arn, "Condition": blue},
        at=cloud.server.endpoint,
    )
    mine = client("cloudwatch", user, at=cloud.server.endpoint)
    mine.set_alarm_state(AlarmName="high", StateValue="OK", StateReason="test")
    cloud.cloudwatch.untag_resource(ResourceARN=arn, TagKeys=["team"])
    with pytest.raises(ClientError) as refused:
        mine.set_alarm_state(AlarmName="high", StateValue="ALARM", StateReason="test")
    assert refused.value.response["Error"]["Code"] == "AccessDenied"
    with pytest.raises(ClientError) as unknown:
        cloud.cloudwatch.set_alarm_state(AlarmName="none", StateValue="OK", StateReason="x")
    assert unknown.value.response["Error"]["Code"] == "ResourceNotFound"


def test_metric_filters_of_logs_feed_metrics_and_alarms(cloud):
    logs = cloud.client("logs")
    logs.create_log_group(logGroupName="app")
    logs.create_log_stream(logGroupName="app", logStreamName="s")
    logs.put_metric_filter(
        logGroupName="app",
        filterName="errors",
        filterPattern="ERROR",
        metricTransformations=[{"metricName": "load", "metricNamespace": "App", "metricValue": "1", "defaultValue": 0.0}],
    )
    logs.put_metric_filter(
        logGroupName="app",
        filterName="latency",
        filterPattern="{ $.latency = * }",
        metricTransformations=[
            {"metricName": "latency", "metricNamespace": "App", "metricValue": "$.latency", "dimensions": {"path": "$.path"}, "unit": "Milliseconds"}
        ],
    )
    assert logs.describe_log_groups()["logGroups"][0]["metricFilterCount"] == 2
    cloud.alarm(Statistic="Sum", Threshold=1.0)
    at = int(cloud.now.timestamp() * 1000)
    lines = ["ERROR one", "ERROR two", '{"latency": 12.5, "path": "/a"}', '{"latency": 20, "path": "/b"}', "fine"]
    logs.put_log_events(
        logGroupName="app", logStreamName="s", logEvents=[{"timestamp": at, "message": line} for line in lines]
    )
    read = dict(Namespace="App", StartTime=cloud.now, EndTime=cloud.now + datetime.timedelta(minutes=1), Period=60, Statistics=["Sum"])

    def points(**what):
        return cloud.cloudwatch.get_metric_statistics(**read, **what)["Datapoints"]

    wait_until(lambda: points(MetricName="load") and points(MetricName="latency", Dimensions=[{"Name": "path", "Value": "/b"}]))
    assert points(MetricName="load")[0]["Sum"] == 2.0
    assert points(MetricName="latency", Dimensions=[{"Name": "path", "Value": "/a"}])[0]["Sum"] == 12.5
    cloud.pass_minutes()
    assert cloud.state() == "ALARM"
    found = logs.describe_metric_filters(metricName="latency", metricNamespace="App")["metricFilters"]
    assert [filter["filterName"] for filter in found] == ["latency"]
    logs.delete_metric_filter(logGroupName="app", filterName="latency")
    assert len(logs.describe_metric_filters(logGroupName="app")["metricFilters"]) == 1


def wait_until(condition, seconds=30):
    """Works are done after the answer: asks until they are."""
    import time

    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def has_sns(cloud):
    try:
        cloud.client("sns").list_topics()
    except ClientError as error:
        return error.response["Error"]["Code"] != "NotImplemented"
    return True


def test_a_topic_is_told(cloud):
    if not has_sns(cloud):
        pytest.skip("SNS is not built yet")
    sns, sqs = cloud.client("sns"), cloud.client("sqs")
    topic = sns.create_topic(Name="alarms")["TopicArn"]
    queue = sqs.create_queue(QueueName="alarms")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    allow = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn}
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": json.dumps({"Version": "2012-10-17", "Statement": [allow]})})
    publish = {
        "Effect": "Allow",
        "Principal": {"Service": "cloudwatch.amazonaws.com"},
        "Action": "sns:Publish",
        "Resource": topic,
        "Condition": {"StringEquals": {"aws:SourceAccount": cloud.root.account}},
    }
    sns.set_topic_attributes(
        TopicArn=topic, AttributeName="Policy", AttributeValue=json.dumps({"Version": "2012-10-17", "Statement": [publish]})
    )
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    cloud.alarm(AlarmActions=[topic], AlarmDescription="too much")
    cloud.put(9)
    cloud.pass_minutes()
    received = []
    wait_until(lambda: received.extend(sqs.receive_message(QueueUrl=queue).get("Messages", [])) or received)
    notice = json.loads(received[0]["Body"])
    assert notice["Subject"] == 'ALARM: "high" in US East (N. Virginia)'
    message = json.loads(notice["Message"])
    assert message["NewStateValue"] == "ALARM" and message["AlarmDescription"] == "too much"
    assert message["Trigger"]["MetricName"] == "load" and message["Trigger"]["Statistic"] == "AVERAGE"
    wait_until(
        lambda: [
            item["HistorySummary"]
            for item in cloud.cloudwatch.describe_alarm_history(AlarmName="high", HistoryItemType="Action")["AlarmHistoryItems"]
        ]
        == [f"Successfully executed action {topic}"]
    )


def test_changes_of_state_are_events(cloud):
    sqs, events = cloud.client("sqs"), cloud.client("events")
    url = sqs.create_queue(QueueName="told")["QueueUrl"]
    queue = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    pattern = {"source": ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"]}
    rule = events.put_rule(Name="alarms", EventPattern=json.dumps(pattern))["RuleArn"]
    statement = {
        "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": queue,
        "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
    }
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})})
    events.put_targets(Rule="alarms", Targets=[{"Id": "t", "Arn": queue}])

    def told():
        while True:
            for message in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20).get("Messages", []):
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                return json.loads(message["Body"])

    cloud.alarm(AlarmDescription="too much", Dimensions=[{"Name": "Host", "Value": "a"}], Unit="Count")
    cloud.cloudwatch.put_composite_alarm(AlarmName="both", AlarmRule='ALARM("high")')
    cloud.cloudwatch.set_alarm_state(AlarmName="high", StateValue="ALARM", StateReason="a test", StateReasonData='{"version":"1.0"}')
    found = {}
    while not {("high", "ALARM"), ("both", "ALARM")} <= found.keys():
        event = told()
        found[event["detail"]["alarmName"], event["detail"]["state"]["value"]] = event
    first, second = found["high", "ALARM"], found["both", "ALARM"]
    arn = f"arn:aws:cloudwatch:us-east-1:{cloud.root.account}:alarm:high"
    metric = first["detail"]["configuration"]["metrics"][0]
    assert metric.pop("id")
    del first["id"]
    assert first == {
        "version": "0", "detail-type": "CloudWatch Alarm State Change", "source": "aws.cloudwatch", "account": cloud.root.account,
        "time": "2026-12-01T12:00:00Z", "region": "us-east-1", "resources": [arn],
        "detail": {
            "alarmName": "high",
            "configuration": {
                "description": "too much",
                "metrics": [{
                    "metricStat": {
                        "metric": {"dimensions": {"Host": "a"}, "name": "load", "namespace": "App"}, "period": 60, "stat": "Average",
                        "unit": "Count",
                    },
                    "returnData": True,
                }],
            },
            "previousState": {
                "reason": "Unchecked: Initial alarm creation", "timestamp": "2026-12-01T12:00:00.000+0000", "value": "INSUFFICIENT_DATA",
            },
            "state": {
                "reason": "a test", "reasonData": '{"version":"1.0"}', "timestamp": "2026-12-01T12:00:00.000+0000", "value": "ALARM",
            },
        },
    }
    assert second["detail"]["configuration"] == {"alarmRule": 'ALARM("high")'}
    assert second["detail"]["previousState"]["value"] == "OK"
