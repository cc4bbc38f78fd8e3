"""The chapter about workflows: an order with parallel steps, a child workflow, a signal from outside and a person's approval.

The decider and the worker below are all the code such an order needs: they keep nothing between two tasks, for everything is in
the history that comes with each.
"""

import json
import threading
import time
import urllib.parse

import boto3
import botocore.config

DOMAIN = "shop"
DECIDERS, WORKERS, PEOPLE = ({"name": name} for name in ("deciders", "workers", "people"))


def decision(kind, **attributes):
    return {"decisionType": kind, kind[0].lower() + kind[1:] + "DecisionAttributes": attributes}


def activity(name, queue=WORKERS, text=""):
    return decision("ScheduleActivityTask", activityId=name, activityType={"name": name, "version": "1"}, taskList=queue, input=text)


def decide(workflow, events):
    """What is to be done next, from the history alone."""
    def values(kind):
        return [event[kind[0].lower() + kind[1:] + "EventAttributes"] for event in events if event["eventType"] == kind]

    begun = {each["activityId"] for each in values("ActivityTaskScheduled")}
    names = {event["eventId"]: event["activityTaskScheduledEventAttributes"]["activityId"] for event in events if event["eventType"] == "ActivityTaskScheduled"}
    done = {names[each["scheduledEventId"]]: each.get("result") for each in values("ActivityTaskCompleted")}
    if workflow == "parcel":
        if "wrap" in done:
            return [decision("CompleteWorkflowExecution", result=done["wrap"])]
        return [] if begun else [activity("wrap")]
    if not begun:
        return [activity("pick"), activity("invoice")]
    if {"pick", "invoice"} <= set(done) and not values("StartChildWorkflowExecutionInitiated"):
        return [decision("StartChildWorkflowExecution", workflowId="parcel-42", workflowType={"name": "parcel", "version": "1"}, taskList=DECIDERS)]
    paid = any(each["signalName"] == "paid" for each in values("WorkflowExecutionSignaled"))
    parcels = values("ChildWorkflowExecutionCompleted")
    if paid and parcels and "approve" not in begun:
        return [activity("approve", PEOPLE, f"May {parcels[0]['result']} leave the house?"),
                decision("StartTimer", timerId="reminder", startToFireTimeout=str(3 * 86400))]
    if values("TimerFired") and not values("MarkerRecorded") and "approve" not in done:
        return [decision("RecordMarker", markerName="reminded", details="three days without an answer")]
    if "approve" in done:
        return [decision("CompleteWorkflowExecution", result=f"{parcels[0]['result']}, {done['approve']}")]
    return []


class Shop:
    """The decider and two workers, each in a thread that polls."""

    def __init__(self, endpoint):
        config = botocore.config.Config(retries={"total_max_attempts": 1}, read_timeout=70)
        self.swf = boto3.client("swf", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test", config=config)
        self.failure = None
        for work in (self.decides, self.works, self.works):
            threading.Thread(target=self.guard, args=(work,), daemon=True).start()

    def guard(self, work):
        try:
            while True:
                work()
        except botocore.exceptions.ConnectionError:
            pass  # the tour is over
        except Exception as error:
            self.failure = error

    def decides(self):
        task = self.swf.poll_for_decision_task(domain=DOMAIN, taskList=DECIDERS, identity="the tour's decider")
        if task.get("taskToken"):
            decisions = decide(task["workflowType"]["name"], task["events"])
            self.swf.respond_decision_task_completed(taskToken=task["taskToken"], decisions=decisions)

    def works(self):
        task = self.swf.poll_for_activity_task(domain=DOMAIN, taskList=WORKERS, identity="the tour's worker")
        if task.get("taskToken"):
            result = {"pick": "three stones", "invoice": "no. 7", "wrap": "a parcel of three stones"}[task["activityId"]]
            self.swf.respond_activity_task_completed(taskToken=task["taskToken"], result=result)


def run(tour):
    """Tells the chapter."""
    tell, aws, check = tour.tell, tour.aws, tour.check

    def swf(*words):
        return aws("swf", *words)

    tour.chapter("A workflow that waits for people")
    tell("""Amazon SWF keeps the state of long work and hands out tasks; what happens next is decided by programs of your own. An order:
         stones are picked and an invoice is written side by side, a child workflow wraps a parcel, the money comes from outside as a signal,
         and a person says that the parcel may go. First the domain and the types are registered.""")
    swf("register-domain", "--name", DOMAIN, "--workflow-execution-retention-period-in-days", "30")
    swf("register-workflow-type", "--domain", DOMAIN, "--name", "order", "--workflow-version", "1", "--default-task-list", "name=deciders",
        "--default-task-start-to-close-timeout", "60", "--default-execution-start-to-close-timeout", "2592000", "--default-child-policy", "TERMINATE")
    client = boto3.client("swf", endpoint_url=tour.server.endpoint, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    client.register_workflow_type(domain=DOMAIN, name="parcel", version="1", defaultTaskList=DECIDERS, defaultTaskStartToCloseTimeout="60",
                                  defaultExecutionStartToCloseTimeout="2592000", defaultChildPolicy="TERMINATE")
    for name in ("pick", "invoice", "wrap", "approve"):
        client.register_activity_type(
            domain=DOMAIN, name=name, version="1", defaultTaskList=WORKERS, defaultTaskHeartbeatTimeout="NONE", defaultTaskScheduleToStartTimeout="NONE",
            defaultTaskScheduleToCloseTimeout="NONE", defaultTaskStartToCloseTimeout="NONE")
    tell("Likewise the type “parcel” and four types of activity. A decider and two workers poll now; they are the ninety lines of tour/swf.py.")
    shop = Shop(tour.server.endpoint)

    started = swf("start-workflow-execution", "--domain", DOMAIN, "--workflow-id", "order-42", "--workflow-type", "name=order,version=1")
    run_id = started["runId"]
    names = f"workflowId=order-42,runId={run_id}"

    def history():
        return client.get_workflow_execution_history(domain=DOMAIN, execution={"workflowId": "order-42", "runId": run_id})["events"]

    def until(holds, otherwise, seconds=10):
        deadline = time.monotonic() + seconds
        while not holds():
            check(not shop.failure, f"the shop failed: {shop.failure}")
            check(time.monotonic() < deadline, otherwise)
            time.sleep(0.02)

    def happened(kind):
        return any(event["eventType"] == kind for event in history())

    until(lambda: happened("ChildWorkflowExecutionCompleted"), "the child did not end")
    tell("""By now both steps are done, and the child workflow has returned its result to the order. Each event names those that it follows from,
         and every change of state schedules one decision task, never two.""")
    swf("get-workflow-execution-history", "--domain", DOMAIN, "--execution", names, "--query", "events[].[eventId,eventType]", "--output", "text")

    tell("The order waits for its money. The signal can come from anywhere.")
    swf("signal-workflow-execution", "--domain", DOMAIN, "--workflow-id", "order-42", "--signal-name", "paid", "--input", "30 coins")
    until(lambda: client.count_pending_activity_tasks(domain=DOMAIN, taskList=PEOPLE)["count"] == 1, "nobody was asked")

    tell("""Now a person is asked, by a task on the list “people”. Nobody looks at it for three days; the decider has set itself a timer for that.
         Three days take no time here.""")
    tour.hakoniwa("clock", "advance", "3d")
    until(lambda: happened("MarkerRecorded"), "the reminder did not come")
    check(any(event.get("markerRecordedEventAttributes", {}).get("markerName") == "reminded" for event in history()), "another marker was left")

    tell("The person takes the task and answers; on the console's page “Human tasks” a form does the same.")
    task = swf("poll-for-activity-task", "--domain", DOMAIN, "--task-list", "name=people", "--identity", "you")
    check(task["input"] == "May a parcel of three stones leave the house?", "another question was asked")
    swf("respond-activity-task-completed", "--task-token", task["taskToken"], "--result", "with my blessing")
    until(lambda: happened("WorkflowExecutionCompleted"), "the order did not end")
    closed = swf("list-closed-workflow-executions", "--domain", DOMAIN, "--start-time-filter", "oldestDate=0",
                 "--query", "executionInfos[].[execution.workflowId,workflowType.name,closeStatus]", "--output", "text")
    check("order-42\torder\tCOMPLETED" in closed and "parcel-42\tparcel\tCOMPLETED" in closed, "not both are completed")
    result = history()[-1]["workflowExecutionCompletedEventAttributes"]["result"]
    check(result == "a parcel of three stones, with my blessing", f"the result is {json.dumps(result)}")
    page = urllib.parse.urlencode({"account": "000000000000", "region": "us-east-1", "domain": DOMAIN, "workflowId": "order-42", "runId": run_id})
    tell(f"""The order's result: “{result}”. The console shows the whole of it as a picture: bars for decisions, activities, timers and the child, and
         while it runs a sentence on what it waits for. While this server lives, the page is""")
    print(f"    {tour.server.endpoint}/_hakoniwa/console/swf/execution?{page}\n")
    tell("""And with “hakoniwa clock auto on” time jumps by itself whenever nothing else can happen: a workflow of a year is tested in a second.""")
