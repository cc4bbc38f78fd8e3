"""IAM: domains as resources, SWF's own condition keys, and calls that are not allowed."""

import pytest
from botocore.exceptions import ClientError

from swf.helpers import ACTIVITY, WORKFLOW, child, complete, go_on, schedule

DENIED = ("AccessDeniedException", "OperationNotPermittedFault")


def allowed(call, **parameters):
    """Whether a call is allowed; other errors count as allowed, for permissions come first."""
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"] not in DENIED
    return True


@pytest.fixture
def as_user(client, iam_user):
    """`as_user(domain, *statements)`: an SWF client of a user who may do just that."""
    return lambda d, *statements: client("swf", iam_user(d.creds, list(statements)), read_timeout=30)


def may(action, resource="*", **condition):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **({"Condition": condition} if condition else {})}


def test_nobody_may_anything_without_being_told_so(domain, as_user):
    d = domain()
    user = as_user(d, may("sqs:*"))
    assert not allowed(user.list_domains, registrationStatus="REGISTERED")
    assert not allowed(user.start_workflow_execution, domain=d.name, workflowId="w", workflowType=WORKFLOW)
    assert not allowed(user.poll_for_decision_task, domain=d.name, taskList={"name": "d"})


def test_a_domain_is_the_resource(domain, as_user):
    d = domain()
    other = domain(creds=d.creds, name="other")
    user = as_user(d, may("swf:*", f"arn:aws:swf:us-east-1:{d.creds.account}:/domain/{d.name}"))
    assert allowed(user.start_workflow_execution, domain=d.name, workflowId="w", workflowType=WORKFLOW)
    assert allowed(user.describe_domain, name=d.name)
    assert not allowed(user.start_workflow_execution, domain=other.name, workflowId="w", workflowType=WORKFLOW)
    assert not allowed(user.describe_domain, name=other.name)
    assert not allowed(user.list_domains, registrationStatus="REGISTERED"), "listing is not of one domain"


def equals(**values):
    return {"StringEquals": {f"swf:{name}": value for name, value in values.items()}}


TASK_LIST = {"taskList": {"name": "mine"}}
CASES = [
    ("PollForActivityTask", {"taskList.name": "mine"}, {"taskList": {"name": "mine"}}, {"taskList": {"name": "yours"}}),
    ("PollForDecisionTask", {"taskList.name": "mine"}, {"taskList": {"name": "mine"}}, {"taskList": {"name": "yours"}}),
    ("CountPendingActivityTasks", {"taskList.name": "mine"}, {"taskList": {"name": "mine"}}, {"taskList": {"name": "yours"}}),
    ("CountPendingDecisionTasks", {"taskList.name": "mine"}, {"taskList": {"name": "mine"}}, {"taskList": {"name": "yours"}}),
    ("StartWorkflowExecution", {"taskList.name": "mine"}, TASK_LIST, {"taskList": {"name": "yours"}}),
    ("StartWorkflowExecution", {"workflowType.name": "w", "workflowType.version": "1"}, {}, {"workflowType": {"name": "x", "version": "1"}}),
    ("StartWorkflowExecution", {"tagList.member.0": "good"}, {"tagList": ["good"]}, {"tagList": ["bad"]}),
    ("StartWorkflowExecution", {"tagList.member.1": "good"}, {"tagList": ["x", "good"]}, {"tagList": ["good"]}),
    ("DescribeActivityType", {"activityType.name": "a"}, {"activityType": ACTIVITY}, {"activityType": {"name": "x", "version": "1"}}),
    ("DeprecateActivityType", {"activityType.version": "1"}, {"activityType": ACTIVITY}, {"activityType": {"name": "a", "version": "2"}}),
    ("DescribeWorkflowType", {"workflowType.name": "w"}, {"workflowType": WORKFLOW}, {"workflowType": {"name": "x", "version": "1"}}),
    ("DeprecateWorkflowType", {"workflowType.version": "1"}, {"workflowType": WORKFLOW}, {"workflowType": {"name": "w", "version": "2"}}),
    ("ListOpenWorkflowExecutions", {"tagFilter.tag": "t"}, {"tagFilter": {"tag": "t"}}, {"tagFilter": {"tag": "u"}}),
    ("CountOpenWorkflowExecutions", {"typeFilter.name": "w"}, {"typeFilter": {"name": "w"}}, {"typeFilter": {"name": "x"}}),
    ("RegisterActivityType", {"name": "b", "version": "1"}, {"name": "b", "version": "1"}, {"name": "c", "version": "1"}),
    ("RegisterWorkflowType", {"defaultTaskList.name": "mine"}, {"name": "b", "version": "1", "defaultTaskList": {"name": "mine"}},
     {"name": "b", "version": "2", "defaultTaskList": {"name": "yours"}}),
]


@pytest.mark.parametrize("operation, condition, good, bad", CASES, ids=[f"{case[0]}-{'+'.join(case[1])}" for case in CASES])
def test_the_condition_keys_of(operation, condition, good, bad, domain, as_user):
    d = domain()
    base = {"domain": d.name}
    if operation == "StartWorkflowExecution":
        base.update(workflowId="w", workflowType=WORKFLOW)
    if operation.endswith("OpenWorkflowExecutions"):
        base.update(startTimeFilter={"oldestDate": 0})
    if operation.startswith("PollFor"):
        d.start("waiting", taskList={"name": "mine"})
        if operation.endswith("ActivityTask"):
            d.decide(schedule(taskList={"name": "mine"}), queue="mine")
    user = as_user(d, may(f"swf:{operation}", "*", **equals(**condition)))
    call = getattr(user, "".join("_" + c.lower() if c.isupper() else c for c in operation)[1:])
    assert allowed(call, **{**base, **good})
    assert not allowed(call, **{**base, **bad})


@pytest.mark.parametrize("condition, good, bad", [
    ({"taskList.name": "mine"}, schedule("g", taskList={"name": "mine"}), schedule("b", taskList={"name": "yours"})),
    ({"activityType.name": "a"}, schedule("g"), schedule("b", activityType={"name": "x", "version": "1"})),
    ({"activityType.version": "1"}, schedule("g"), schedule("b", activityType={"name": "a", "version": "2"})),
], ids=["task list", "type", "version"])
def test_the_condition_keys_of_scheduling_an_activity(condition, good, bad, domain, as_user):
    d = domain()
    execution = d.start()
    user = as_user(d, may(["swf:PollForDecisionTask", "swf:RespondDecisionTaskCompleted"]), may("swf:ScheduleActivityTask", **equals(**condition)))
    task = user.poll_for_decision_task(domain=d.name, taskList={"name": "d"})
    user.respond_decision_task_completed(taskToken=task["taskToken"], decisions=[good, bad])
    kinds = execution.types()
    assert kinds.count("ActivityTaskScheduled") == 1
    failed = execution.last("ScheduleActivityTaskFailed")
    assert failed["cause"] == "OPERATION_NOT_PERMITTED" and failed["activityId"] == "b"


@pytest.mark.parametrize("condition, good, bad", [
    ({"workflowType.name": "w"}, child("g"), child("b", workflowType={"name": "x", "version": "1"})),
    ({"taskList.name": "cd"}, child("g"), child("b", taskList={"name": "other"})),
    ({"tagList.member.0": "t"}, child("g", tagList=["t"]), child("b", tagList=["u"])),
], ids=["type", "task list", "tag"])
def test_the_condition_keys_of_starting_a_child(condition, good, bad, domain, as_user):
    d = domain()
    execution = d.start()
    user = as_user(d, may(["swf:PollForDecisionTask", "swf:RespondDecisionTaskCompleted"]), may("swf:StartChildWorkflowExecution", **equals(**condition)))
    task = user.poll_for_decision_task(domain=d.name, taskList={"name": "d"})
    user.respond_decision_task_completed(taskToken=task["taskToken"], decisions=[good, bad])
    execution.wait("ChildWorkflowExecutionStarted")
    failed = execution.last("StartChildWorkflowExecutionFailed")
    assert failed["cause"] == "OPERATION_NOT_PERMITTED" and failed["workflowId"] == "b"


def test_the_version_of_a_new_run_is_a_condition(domain, as_user):
    d = domain()
    d.workflow_type("w", "2")
    execution = d.start()
    user = as_user(d, may(["swf:PollForDecisionTask", "swf:RespondDecisionTaskCompleted"]),
                   may("swf:ContinueAsNewWorkflowExecution", **equals(workflowTypeVersion="2")))
    task = user.poll_for_decision_task(domain=d.name, taskList={"name": "d"})
    user.respond_decision_task_completed(taskToken=task["taskToken"], decisions=[go_on(workflowTypeVersion="1")])
    assert execution.last("ContinueAsNewWorkflowExecutionFailed")["cause"] == "OPERATION_NOT_PERMITTED"
    task = user.poll_for_decision_task(domain=d.name, taskList={"name": "d"})
    user.respond_decision_task_completed(taskToken=task["taskToken"], decisions=[go_on(workflowTypeVersion="2")])
    assert execution.status() == "CONTINUED_AS_NEW"
    d.decide(complete())


def test_who_answers_a_task_is_judged_by_its_domain(domain, as_user):
    d = domain()
    execution = d.start()
    task = d.decision_task()
    other = as_user(d, may("swf:*", f"arn:aws:swf:us-east-1:{d.creds.account}:/domain/elsewhere"))
    assert not allowed(other.respond_decision_task_completed, taskToken=task.token)
    mine = as_user(d, may("swf:*", f"arn:aws:swf:us-east-1:{d.creds.account}:/domain/{d.name}"))
    assert allowed(mine.respond_decision_task_completed, taskToken=task.token, decisions=[complete()])
    assert execution.status() == "COMPLETED"


def test_another_account_s_token_is_worth_nothing(domain):
    d, other = domain(), domain()
    execution = d.start()
    task = d.decision_task()
    assert not succeeds(other.swf.respond_decision_task_completed, taskToken=task.token)
    task.decide(complete())
    assert execution.status() == "COMPLETED"


def succeeds(call, **parameters):
    try:
        call(**parameters)
    except ClientError:
        return False
    return True


def test_the_same_names_in_two_accounts_are_two_things(domain):
    first, second = domain(), domain()
    one, two = first.start(), second.start()
    assert one.run != two.run
    first.decide(complete())
    assert one.status() == "COMPLETED" and two.status() == "OPEN"
