"""AWS's quotas and token buckets, which --aws-limits switches on."""

import collections

import pytest
from botocore.exceptions import ClientError

from swf.conftest import StillServer
from swf.helpers import call_lambda, cancel_other, cancel_timer, child, complete, schedule, signal_other, timer, types


@pytest.fixture(scope="module")
def limited():
    """A server with AWS's limits, on which time stands still: buckets fill when it is advanced."""
    with StillServer("--aws-limits", ephemeral=True) as running:
        yield running


def causes(execution, event):
    found = collections.Counter()
    for each in execution.history():
        if each["eventType"] == event:
            found[each[event[0].lower() + event[1:] + "EventAttributes"]["cause"]] += 1
    return found


def test_a_thousand_open_activities_and_no_more(domain, limited):
    d = domain(at=limited, seconds=60)
    execution = d.start()
    d.decide(*(schedule(f"a{i}") for i in range(1000)))
    limited.advance(10)
    execution.signal()
    d.decide(schedule("one too many"))
    assert causes(execution, "ScheduleActivityTaskFailed") == {"OPEN_ACTIVITIES_LIMIT_EXCEEDED": 1}
    assert execution.open_counts()["openActivityTasks"] == 1000
    execution.terminate()


def test_activities_come_at_a_rate(domain, limited):
    d = domain(at=limited, seconds=60)
    d.start("other", taskList={"name": "o"})
    execution = d.start()
    d.decide(*(schedule(f"a{i}") for i in range(1000)))
    other = d.decide(schedule("over the rate"), queue="o")
    assert causes(other, "ScheduleActivityTaskFailed") == {"ACTIVITY_CREATION_RATE_EXCEEDED": 1}
    execution.terminate()


def test_a_thousand_open_timers_and_no_more(domain, limited):
    d = domain(at=limited, seconds=60)
    execution = d.start()
    d.decide(*(timer(f"t{i}", 86000) for i in range(1001)))
    assert causes(execution, "StartTimerFailed") == {"OPEN_TIMERS_LIMIT_EXCEEDED": 1}
    execution.terminate()


def test_timers_come_at_a_rate(domain, limited):
    d = domain(at=limited, seconds=60)
    execution = d.start()
    d.decide(*(each for i in range(2000) for each in (timer(f"t{i}", 86000), cancel_timer(f"t{i}"))))
    assert causes(execution, "StartTimerFailed") == {}
    execution.signal()
    d.decide(timer("over the rate"))
    assert causes(execution, "StartTimerFailed") == {"TIMER_CREATION_RATE_EXCEEDED": 1}
    limited.advance(1)
    d.decide(timer("after a second"))
    assert execution.types()[-1] == "TimerStarted"


@pytest.mark.parametrize("make, event, cause", [
    (signal_other, "SignalExternalWorkflowExecutionFailed", "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_RATE_EXCEEDED"),
    (cancel_other, "RequestCancelExternalWorkflowExecutionFailed", "REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_RATE_EXCEEDED"),
], ids=["signals", "cancel requests"])
def test_what_goes_to_other_workflows_goes_at_a_rate(make, event, cause, domain, limited):
    d = domain(at=limited, seconds=60)
    d.start("target", taskList={"name": "t"})
    execution = d.start()
    d.decide(*[make("target")] * 1201)
    execution.wait(event)
    assert causes(execution, event)[cause] == 1
    execution.terminate()


def test_children_come_at_a_rate(domain, limited):
    d = domain(at=limited, seconds=60)
    execution = d.start()
    d.decide(*(child(f"c{i}") for i in range(501)))
    execution.wait("StartChildWorkflowExecutionFailed")
    assert causes(execution, "StartChildWorkflowExecutionFailed") == {"CHILD_CREATION_RATE_EXCEEDED": 1}
    execution.terminate()


def test_a_thousand_open_children_and_no_more(domain, limited):
    d = domain(at=limited, seconds=60)
    execution = d.start()
    for part in range(2):
        d.decide(*(child(f"c{part}-{i}") for i in range(500)))
        execution.wait("ChildWorkflowExecutionStarted", 500 * (part + 1))
        limited.advance(60)
    d.decide(child("one too many"))
    execution.wait("StartChildWorkflowExecutionFailed")
    assert causes(execution, "StartChildWorkflowExecutionFailed") == {"OPEN_CHILDREN_LIMIT_EXCEEDED": 1}
    execution.terminate()


def test_a_thousand_open_functions_and_no_more(domain, limited):
    d = domain(at=limited, seconds=60)
    execution = d.start()
    d.decide(*(call_lambda(f"l{i}") for i in range(1001)))
    assert causes(execution, "ScheduleLambdaFunctionFailed") == {"OPEN_LAMBDA_FUNCTIONS_LIMIT_EXCEEDED": 1}
    assert execution.types().count("StartLambdaFunctionFailed") == 1000
    execution.terminate()


def test_signals_over_the_rate_are_throttled(domain, limited):
    d = domain(at=limited, seconds=60)
    execution = d.start()
    with pytest.raises(ClientError) as caught:
        for _ in range(1100):
            execution.signal()  # per workflow: 1,000, and 1,000 more a second
    assert "hrottl" in caught.value.response["Error"]["Code"] or caught.value.response["Error"]["Code"] == "LimitExceededFault"
    limited.advance(2)
    execution.signal()
    execution.terminate()


def test_the_hundred_and_first_domain_is_refused(domain, limited):
    d = domain(at=limited, seconds=60)
    for number in range(99):
        d.swf.register_domain(name=f"more-{number}", workflowExecutionRetentionPeriodInDays="NONE")
        limited.advance(1)
    with pytest.raises(d.swf.exceptions.LimitExceededFault):
        d.swf.register_domain(name="one-too-many", workflowExecutionRetentionPeriodInDays="NONE")


def test_out_of_the_box_there_are_no_such_limits(domain):
    d = domain(seconds=60)
    execution = d.start()
    d.decide(*(timer(f"t{i}", 86000) for i in range(1200)))
    assert execution.open_counts()["openTimers"] == 1200
    assert types(execution.history()).count("StartTimerFailed") == 0
    execution.signal()
    d.decide(complete())


@pytest.mark.parametrize("limits", [False, pytest.param(True, marks=pytest.mark.long)])
def test_the_twenty_five_thousandth_event_is_the_last(limits, domain, limited):
    """Without the other limits too: a history cannot grow for ever."""
    d = domain(at=limited if limits else None, seconds=60)
    execution = d.start()
    while True:
        try:
            execution.signal()
            d.decide(*({"decisionType": "RecordMarker", "recordMarkerDecisionAttributes": {"markerName": "m"}} for _ in range(6000)))
        except (ClientError, AssertionError):
            break
        if limits:
            limited.advance(10)
        if execution.status() != "OPEN":
            break
    assert execution.last() == {"childPolicy": "TERMINATE", "cause": "EVENT_LIMIT_EXCEEDED"}
    assert len(execution.history()) <= 25001
