// The human-task inbox: polls a task list for a person, keeps the heartbeat of what was taken, and sends the answer.
import {
  address, call, callAll, count, duration, field, h, keep, moment, notice, open, parameter, place, pretty, put,
  remembered, root, setParameters, showError, timeOfDay,
} from "./page.js";

const main = open("swf/inbox");
const error = h("div");
const domain = h("select", { name: "domain", required: true, onchange: () => { setParameters({ domain: domain.value }); loadLists(); } });
const list = h("input", { name: "list", required: true, autocomplete: "off", list: "task-lists", value: parameter("list") ?? "", onchange: () => markList() });
const identity = h("input", { name: "identity", autocomplete: "name", maxlength: 256, value: remembered("identity", "") });
const known = h("datalist", { id: "task-lists" });
const pending = h("div", { class: "lists", role: "group", "aria-label": "Known task lists" });
const status = h("div", { role: "status" });
const tasks = h("div");
const takeButton = h("button", { class: "main", type: "submit" }, "Wait for a task");
const stopButton = h("button", { type: "button", hidden: true, onclick: stop }, "Stop waiting");

/** Half-finished answers and taken tasks outlive a reload of the page, in this tab. */
const shelf = `hakoniwa.tasks.${place.account}.${place.region}`;
let taken = [];
try { taken = JSON.parse(sessionStorage.getItem(shelf) ?? "[]"); } catch { taken = []; }
const store = () => { try { sessionStorage.setItem(shelf, JSON.stringify(taken)); } catch { /* a private window keeps nothing */ } };

// MARK: Waiting for a task

let poll;

async function take(event) {
  event.preventDefault();
  if (poll) return;
  keep("identity", identity.value);
  setParameters({ domain: domain.value, list: list.value });
  const from = { domain: domain.value, list: list.value };
  poll = new AbortController();
  showError(error, null);
  takeButton.hidden = true;
  stopButton.hidden = false;
  const began = Date.now();
  const show = () => put(status, notice("good", h("span", { class: "pulse" }), "Waiting for a task on ", h("code", {}, from.list),
    Date.now() - began > 5000 ? ` for ${duration(Date.now() - began)}` : "", " …"));
  show();
  const ticking = setInterval(show, 1000);
  try {
    // A poll that ends empty after a minute is asked again, as a worker does.
    for (;;) {
      const output = await call("swf", "PollForActivityTask",
        { domain: from.domain, taskList: { name: from.list }, ...(identity.value ? { identity: identity.value } : {}) }, { signal: poll.signal });
      if (!output.taskToken) continue;
      const task = { ...output, ...from, taken: Date.now(), answer: {} };
      taken.unshift(task);
      store();
      tasks.prepend(card(task));
      break;
    }
  } catch (problem) {
    if (problem.name !== "AbortError") showError(error, problem);
  } finally {
    clearInterval(ticking);
    poll = null;
    put(status);
    takeButton.hidden = false;
    stopButton.hidden = true;
    takeButton.textContent = taken.length ? "Wait for another task" : "Wait for a task";
    loadLists();
  }
}

/** The server notices that nobody waits any more, and gives the next task to somebody else. */
function stop() { poll?.abort(); }
addEventListener("pagehide", stop);

// MARK: A task that was taken

function card(task) {
  const { workflowId, runId } = task.workflowExecution;
  const problem = h("div");
  const news = h("div");
  const beat = h("span", { class: "beat", role: "status" });
  const control = (tag, name, attributes = {}) => h(tag, {
    name, ".value": task.answer[name] ?? "", ...attributes,
    oninput: (event) => { task.answer[name] = event.target.value; store(); },
  });
  const forms = {
    Complete: { operation: "RespondActivityTaskCompleted", kind: "main", fields: () => [field("Result", control("textarea", "result", { maxlength: 32768 }), "JSON or plain text; the decider reads it.")] },
    Fail: { operation: "RespondActivityTaskFailed", kind: "bad", fields: () => [field("Reason", control("input", "reason", { maxlength: 256 })), field("Details", control("textarea", "details", { maxlength: 32768 }))] },
    Cancel: { operation: "RespondActivityTaskCanceled", kind: "", fields: () => [field("Details", control("textarea", "details", { maxlength: 32768 }))] },
  };
  const place = h("div");
  const choices = Object.keys(forms).map((name) => h("button", { type: "button", "aria-pressed": "false", onclick: () => choose(name) }, name));

  function choose(name) {
    task.form = name;
    store();
    for (const button of choices) button.setAttribute("aria-pressed", String(button.textContent === name));
    const { operation, kind, fields } = forms[name];
    const send = h("button", { class: kind, type: "submit" }, { Complete: "Complete the task", Fail: "Fail the task", Cancel: "Cancel the task" }[name]);
    const form = h("form", {
      onsubmit: async (event) => {
        event.preventDefault();
        send.disabled = true;
        const values = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
        try {
          await call("swf", operation, { taskToken: task.taskToken, ...values });
          finish(notice("good", { Complete: "Completed: ", Fail: "Failed: ", Cancel: "Canceled: " }[name], h("b", {}, task.activityType.name), ` (${task.activityId}) of `, executionLink()));
        } catch (fault) {
          showError(problem, fault);
          send.disabled = false;
        }
      },
    }, fields(), send);
    put(place, form);
  }

  const executionLink = () => h("a", { href: address("swf/execution", { domain: task.domain, workflowId, runId }) }, workflowId);

  function finish(message) {
    beats.terminate();
    taken = taken.filter((other) => other !== task);
    store();
    element.replaceWith(h("div", {}, message));
    takeButton.textContent = taken.length ? "Wait for another task" : "Wait for a task";
    loadLists();
  }

  // MARK: Heartbeat

  const beats = new Worker(`${root}/js/beat.js`);
  let last = task.taken;

  async function sendBeat() {
    try {
      const { cancelRequested } = await call("swf", "RecordActivityTaskHeartbeat", { taskToken: task.taskToken });
      last = Date.now();
      beat.textContent = `Heartbeat sent at ${timeOfDay(last)} UTC`;
      if (cancelRequested && !news.hasChildNodes()) {
        put(news, notice("warn", "The workflow has asked to cancel this task."));
        choose("Cancel");
      }
    } catch (fault) {
      if (fault.code === "UnknownResourceFault") {
        finish(notice("warn", h("b", {}, task.activityType.name), ` (${task.activityId}) is no longer yours: it timed out, or its workflow has closed.`));
      } else {
        beat.textContent = `The heartbeat could not be sent: ${fault.message}`;
      }
    }
  }

  /** Three beats within the time that the task allows between two. */
  async function startBeats() {
    let seconds = 10;
    try {
      const history = await callAll("swf", "GetWorkflowExecutionHistory",
        { domain: task.domain, execution: task.workflowExecution, reverseOrder: true }, "events", { token: ["nextPageToken", "nextPageToken"], limit: 5000 });
      const started = history.find(({ eventId }) => eventId === task.startedEventId)?.activityTaskStartedEventAttributes;
      const scheduled = history.find(({ eventId }) => eventId === started?.scheduledEventId)?.activityTaskScheduledEventAttributes;
      const limit = Number(scheduled?.heartbeatTimeout);
      if (limit > 0) seconds = Math.min(Math.max(limit / 3, 0.5), 10);
      facts.append(...Object.entries({
        "Time for the work": scheduled?.startToCloseTimeout, "Heartbeat every": scheduled?.heartbeatTimeout,
      }).filter(([, value]) => value).flatMap(([name, value]) =>
        [h("dt", {}, name), h("dd", {}, value === "NONE" ? "no limit" : duration(Number(value) * 1000))]));
    } catch { /* the workflow may have closed; the first heartbeat tells */ }
    beats.postMessage(seconds);
    sendBeat();
  }

  beats.onmessage = sendBeat;
  const facts = h("dl", { class: "facts" },
    h("dt", {}, "Activity id"), h("dd", {}, h("code", {}, task.activityId)),
    h("dt", {}, "Workflow"), h("dd", {}, executionLink()),
    h("dt", {}, "Task list"), h("dd", {}, h("code", {}, task.list)),
    h("dt", {}, "Taken"), h("dd", {}, moment(task.taken / 1000), " UTC"));
  const input = pretty(task.input);
  const element = h("section", { class: "card task", "aria-label": `Task ${task.activityId}` },
    h("header", {}, h("h2", {}, task.activityType.name, " ", h("span", { class: "soft" }, task.activityType.version)), beat),
    news,
    h("div", { class: "columns" },
      h("div", {}, h("h2", {}, "Input"), input ? h("pre", { tabindex: 0 }, input) : h("p", { class: "soft" }, "The task has no input.")),
      facts),
    h("div", { class: "answer" }, h("div", { class: "field" }, h("div", { class: "choice", role: "group", "aria-label": "How it ends" }, choices)), problem, place));
  choose(task.form ?? "Complete");
  startBeats();
  return element;
}

// MARK: Task lists

const recent = () => { try { return JSON.parse(remembered("lists", "[]")); } catch { return []; } };
let types = {};

/** The lists that the domain's activity types name as their default, and those used here before. */
async function loadLists() {
  const chosen = domain.value;
  if (!chosen) return;
  try {
    if (!types[chosen]) {
      const found = await callAll("swf", "ListActivityTypes", { domain: chosen, registrationStatus: "REGISTERED" }, "typeInfos",
        { token: ["nextPageToken", "nextPageToken"], limit: 60 });
      const described = await Promise.all(found.slice(0, 60).map(({ activityType }) => call("swf", "DescribeActivityType", { domain: chosen, activityType })));
      types[chosen] = described.map(({ configuration }) => configuration.defaultTaskList?.name).filter(Boolean);
    }
    const lists = [...new Set([...types[chosen], ...recent(), ...taken.map((task) => task.list)])].slice(0, 20);
    if (list.value) keep("lists", JSON.stringify([...new Set([list.value, ...recent()])].slice(0, 10)));
    const counts = await Promise.all(lists.map((name) =>
      call("swf", "CountPendingActivityTasks", { domain: chosen, taskList: { name } }).then(({ count }) => count, () => 0)));
    put(known, ...lists.map((name) => h("option", { value: name })));
    put(pending, ...lists.map((name, index) => h("button", {
      type: "button", "data-list": name, onclick: () => { list.value = name; markList(); },
    }, name, counts[index] ? ` · ${count(counts[index], "task")}` : "")));
    markList();
  } catch (problem) { showError(error, problem); }
}

function markList() {
  for (const button of pending.children) button.setAttribute("aria-pressed", String(button.dataset.list === list.value));
}

async function loadDomains() {
  try {
    const domains = await callAll("swf", "ListDomains", { registrationStatus: "REGISTERED" }, "domainInfos", { token: ["nextPageToken", "nextPageToken"] });
    put(domain, ...domains.map(({ name }) => h("option", { value: name }, name)));
    if (domains.some(({ name }) => name === parameter("domain"))) domain.value = parameter("domain");
    if (domains.length === 0) put(status, notice("", "No SWF domain is registered in this account and Region."));
    takeButton.disabled = domains.length === 0;
    await loadLists();
  } catch (problem) { showError(error, problem); }
}

put(main,
  h("div", { class: "heading" }, h("div", {}, h("h1", {}, "Human tasks"),
    h("p", { class: "about" }, "Take activity tasks of a workflow and answer them yourself, as a worker would."))),
  error,
  h("form", { class: "card", onsubmit: take },
    h("div", { class: "fields" }, field("Domain", domain, null, ""), field("Task list", list, null, ""), known,
      field("Your name", identity, null, ""), h("div", { class: "narrow buttons" }, takeButton, stopButton)),
    pending),
  status, tasks);
tasks.append(...taken.map(card));
if (taken.length) takeButton.textContent = "Wait for another task";
loadDomains();
setInterval(() => { if (!document.hidden && !poll) loadLists(); }, 5000);
