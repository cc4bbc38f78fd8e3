// SWF: a domain's executions, open and closed, with the filters that SWF has.
import {
  address, ask, AWSError, call, callAll, chip, count, field, h, moment, open, parameter, put, setParameters,
  showError,
} from "./page.js";

const main = open("swf");
const error = h("div");
const domainChoice = h("select", { name: "domain", onchange: () => { setParameters({ domain: domainChoice.value }); load(); } });
const rows = h("tbody");
const total = h("span", { class: "soft small", role: "status" });
const more = h("button", { type: "button", hidden: true, onclick: () => loadPage(nextPage) }, "More");
const empty = h("div", { class: "empty", hidden: true });
const table = h("table", {},
  h("thead", {}, h("tr", {}, ["Workflow id", "Type", "Status", "Started", "Closed", "Tags"].map((name) => h("th", {}, name)))), rows);
let isOpen = parameter("state") !== "closed";
let nextPage;

const stateButtons = [["Open", true], ["Closed", false]].map(([name, value]) =>
  h("button", { type: "button", "aria-pressed": String(isOpen === value), onclick: () => setState(value) }, name));

const filterKind = h("select", { name: "filter", onchange: showFilter },
  [["", "all"], ["workflowId", "with the workflow id"], ["type", "of the type"], ["tag", "with the tag"], ["status", "that ended as"]]
    .map(([value, name]) => h("option", { value }, name)));
const filterText = h("input", { name: "text", autocomplete: "off", onchange: load });
const filterStatus = h("select", { name: "status", onchange: load },
  ["COMPLETED", "FAILED", "CANCELED", "TERMINATED", "CONTINUED_AS_NEW", "TIMED_OUT"].map((name) => h("option", { value: name }, name)));
const textField = field("Value", filterText);
const statusField = field("Close status", filterStatus);
const since = h("select", { name: "since", onchange: load },
  [["3650", "any time"], ["1", "a day"], ["7", "a week"], ["30", "a month"]].map(([value, name]) => h("option", { value }, name)));

function setState(value) {
  isOpen = value;
  for (const [index, button] of stateButtons.entries()) button.setAttribute("aria-pressed", String((index === 0) === isOpen));
  setParameters({ state: isOpen ? null : "closed" });
  showFilter();
}

function showFilter() {
  filterKind.querySelector('option[value="status"]').disabled = isOpen;
  if (isOpen && filterKind.value === "status") filterKind.value = "";
  textField.hidden = !["workflowId", "type", "tag"].includes(filterKind.value);
  statusField.hidden = filterKind.value !== "status";
  load();
}

function filters() {
  const text = filterText.value.trim();
  switch (filterKind.value) {
    case "workflowId": return text ? { executionFilter: { workflowId: text } } : {};
    case "type": {
      const [name, version] = text.split(":");
      return text ? { typeFilter: version ? { name, version } : { name } } : {};
    }
    case "tag": return text ? { tagFilter: { tag: text } } : {};
    case "status": return { closeStatusFilter: { status: filterStatus.value } };
    default: return {};
  }
}

function input() {
  const oldestDate = Math.max(0, Math.floor(Date.now() / 1000) - Number(since.value) * 86400);
  return { domain: domainChoice.value, startTimeFilter: { oldestDate }, ...filters() };
}

function row(item) {
  const { workflowId, runId } = item.execution;
  return h("tr", {},
    h("td", {}, h("a", { href: address("swf/execution", { domain: domainChoice.value, workflowId, runId }) }, workflowId)),
    h("td", {}, item.workflowType.name, " ", h("span", { class: "soft" }, item.workflowType.version)),
    h("td", {}, item.executionStatus === "OPEN" ? chip("open") : chip(item.closeStatus.toLowerCase().replaceAll("_", " ")),
      item.cancelRequested ? [" ", chip("cancel requested", "warn")] : null),
    h("td", { class: "time" }, moment(item.startTimestamp)),
    h("td", { class: "time" }, moment(item.closeTimestamp)),
    h("td", {}, (item.tagList ?? []).map((tag) => [h("code", {}, tag), " "])));
}

let latest = 0;

async function load() {
  put(rows);
  nextPage = undefined;
  if (!domainChoice.value) return;
  const ticket = ++latest;
  const numbers = call("swf", isOpen ? "CountOpenWorkflowExecutions" : "CountClosedWorkflowExecutions", input());
  await loadPage(undefined, ticket);
  try {
    const { count: number, truncated } = await numbers;
    if (ticket === latest) total.textContent = `${truncated ? "at least " : ""}${count(number, "execution")}`;
  } catch { total.textContent = ""; }
}

async function loadPage(token, ticket = latest) {
  try {
    const output = await call("swf", isOpen ? "ListOpenWorkflowExecutions" : "ListClosedWorkflowExecutions",
      { ...input(), maximumPageSize: 100, ...(token ? { nextPageToken: token } : {}) });
    if (ticket !== latest) return;
    rows.append(...output.executionInfos.map(row));
    nextPage = output.nextPageToken;
    showError(error, null);
  } catch (problem) {
    if (ticket === latest) showError(error, problem);
    nextPage = undefined;
  }
  more.hidden = !nextPage;
  const isEmpty = rows.children.length === 0;
  empty.hidden = !isEmpty;
  table.hidden = isEmpty;
  empty.textContent = isOpen ? "Nothing is open here." : "Nothing has closed here, or its retention is over.";
}

async function start() {
  // Whoever clicks before the domains are known means the first of them.
  await domainsKnown;
  const types = await callAll("swf", "ListWorkflowTypes", { domain: domainChoice.value, registrationStatus: "REGISTERED" }, "typeInfos",
    { token: ["nextPageToken", "nextPageToken"] }).catch(() => []);
  const type = h("select", { name: "type", required: true }, types.map(({ workflowType: { name, version } }) =>
    h("option", { value: JSON.stringify({ name, version }) }, `${name} ${version}`)));
  let started;
  const isSent = await ask("Start an execution", [
    field("Workflow type", type),
    field("Workflow id", h("input", { name: "workflowId", required: true, maxlength: 256, autocomplete: "off" })),
    field("Input", h("textarea", { name: "input" })),
    field("Task list", h("input", { name: "list", autocomplete: "off" }), "Empty for the type's default."),
  ], {
    action: "Start",
    send: async ({ type, workflowId, input, list }) => {
      if (!type) throw new AWSError({ code: "", message: "The domain has no workflow type." });
      const { runId } = await call("swf", "StartWorkflowExecution", {
        domain: domainChoice.value, workflowId, workflowType: JSON.parse(type), ...(input ? { input } : {}),
        ...(list ? { taskList: { name: list } } : {}),
      });
      started = { domain: domainChoice.value, workflowId, runId };
    },
  });
  if (isSent) location.href = address("swf/execution", started);
}

async function loadDomains() {
  try {
    const lists = await Promise.all(["REGISTERED", "DEPRECATED"].map((registrationStatus) =>
      callAll("swf", "ListDomains", { registrationStatus }, "domainInfos", { token: ["nextPageToken", "nextPageToken"] })));
    const domains = lists.flat();
    if (domains.length === 0) {
      put(main, h("div", { class: "heading" }, h("h1", {}, "Workflows")), h("div", { class: "card empty" },
        h("p", {}, "No SWF domain is registered in this account and Region."),
        h("p", {}, h("code", {}, "aws swf register-domain --name orders --workflow-execution-retention-period-in-days 7"))));
      return;
    }
    put(domainChoice, ...domains.map(({ name, status }) =>
      h("option", { value: name }, status === "DEPRECATED" ? `${name} (deprecated)` : name)));
    const wanted = parameter("domain");
    if (domains.some(({ name }) => name === wanted)) domainChoice.value = wanted;
    showFilter();
  } catch (problem) { showError(error, problem); }
}

put(main,
  h("div", { class: "heading" }, h("h1", {}, "Workflows"),
    h("div", { class: "buttons" }, h("button", { type: "button", onclick: start }, "Start an execution"))),
  error,
  h("section", { class: "card" },
    h("form", { class: "fields", onsubmit: (event) => { event.preventDefault(); load(); } },
      field("Domain", domainChoice, null, ""), field("Executions", filterKind, null, ""), textField, statusField,
      field("Started within", since, null, "narrow"), h("div", { class: "narrow" }, h("button", {}, "Show")))),
  h("section", { class: "card" },
    h("header", {}, h("div", { class: "choice", role: "group", "aria-label": "State" }, stateButtons), total),
    h("div", { class: "scroll" }, table, empty)),
  more);
textField.className = statusField.className = "";
const domainsKnown = loadDomains();
