// One workflow execution: what it waits for, its timeline, its raw events, its family, and buttons to act on it.
import {
  address, ask, call, chip, count, duration, field, h, helper, keep, moment, notice, open, parameter, pretty, prose, put,
  read, remembered, showError,
} from "./page.js";
import { Picture, legend } from "./timeline.js";

const main = open("swf");
const name = { domain: parameter("domain"), workflowId: parameter("workflowId"), runId: parameter("runId") };
const target = { domain: name.domain, workflowId: name.workflowId, runId: name.runId };
document.title = `${name.workflowId} · Hakoniwa`;

const refreshSeconds = 1.5;
const pieceSize = 100;
const error = h("div");
const about = h("div", { class: "about" });
const status = h("span");
const actions = h("div", { class: "buttons" });
const waiting = h("section", { class: "card awaiting", "aria-label": "What it waits for" });
const facts = h("dl", { class: "facts" });
const family = h("div");
const eventList = h("ol", { class: "events", "aria-label": "Events" });
const eventCount = h("span", { class: "soft small" });
const moreEvents = h("button", { type: "button", hidden: true, onclick: () => loadEvents(loaded.length + pieceSize) }, "More events");
const clearChoice = h("button", { type: "button", class: "quiet", hidden: true, onclick: () => picture.choose(null) }, "Clear the choice");
const picture = new Picture(chosen);

let lastEvent = 0;
let isOpen = true;
let startTime = 0;
let loaded = [];
let linked = new Set();
let timer;
let familySize = -1;

// MARK: The history

async function refresh() {
  clearTimeout(timer);
  try {
    const page = await read("swf/history", { ...target, after: lastEvent });
    show(page);
    showError(error, null);
  } catch (problem) {
    showError(error, problem);
    if (problem.code) isOpen = false;
  }
  if (isOpen) timer = setTimeout(() => (document.hidden ? wait() : refresh()), refreshSeconds * 1000);
}

/** A page that nobody looks at asks for nothing. */
function wait() {
  document.addEventListener("visibilitychange", refresh, { once: true });
}

function show(page) {
  const info = page.execution.executionInfo;
  isOpen = info.executionStatus === "OPEN";
  startTime = info.startTimestamp * 1000;
  put(status, isOpen ? chip("open") : chip(info.closeStatus.toLowerCase().replaceAll("_", " ")));
  put(about,
    h("span", {}, `${info.workflowType.name} ${info.workflowType.version}`),
    h("span", {}, "run ", h("code", {}, name.runId)),
    h("span", {}, `started ${moment(info.startTimestamp)} UTC`),
    info.closeTimestamp && h("span", {}, `took ${duration((info.closeTimestamp - info.startTimestamp) * 1000)}`));
  showWaiting(page.waiting, page.now);
  for (const button of actions.children) button.disabled = !isOpen;
  showFacts(page);
  if (page.bars) {
    lastEvent = page.lastEvent;
    picture.show(page, page.now, isOpen);
    eventCount.textContent = `${lastEvent} in all`;
    loadEvents(Math.max(loaded.length, pieceSize));
    const children = page.bars.filter(({ kind, runId, outcome }) => kind === "child" && (runId || outcome)).map(({ outcome }) => outcome).join();
    if (familySize !== children) { familySize = children; loadFamily(); }
  } else if (isOpen) {
    picture.now = page.now;
    picture.draw();
  }
}

function showWaiting({ sentence, mood, notes, deadline }, now) {
  waiting.className = "card awaiting " + mood;
  const seconds = deadline ? Math.ceil((deadline - now) / 1000) : 0;
  const text = [h("p", { class: "sentence" }, prose(sentence)), ...notes.map((note) => h("p", { class: "note" }, prose(note)))];
  const key = JSON.stringify([sentence, mood, notes]);
  if (waiting.dataset.key === key) return;
  waiting.dataset.key = key;
  put(waiting, h("div", {}, text), isOpen && seconds > 0 && h("button", {
    type: "button", title: "Moves the whole cloud's clock to the next moment at which something happens here by itself",
    onclick: async () => {
      try { await helper("clock", { advance: String(seconds) }); refresh(); } catch (problem) { showError(error, problem); }
    },
  }, `Move the clock ${duration(seconds * 1000)} ahead`));
}

function showFacts({ execution, previousRun, nextRun }) {
  const { executionInfo: info, executionConfiguration: settings, openCounts: open, latestExecutionContext } = execution;
  const seconds = (text) => (text === "NONE" ? "none" : duration(Number(text) * 1000));
  const run = (runId) => h("a", { href: address("swf/execution", { ...name, runId }) }, h("code", {}, runId));
  const list = [
    ["Task list", h("code", {}, settings.taskList.name)],
    ["Time limit", seconds(settings.executionStartToCloseTimeout)],
    ["Decision time limit", seconds(settings.taskStartToCloseTimeout)],
    ["Child policy", settings.childPolicy],
    settings.taskPriority && ["Task priority", settings.taskPriority],
    settings.lambdaRole && ["Lambda role", h("code", {}, settings.lambdaRole)],
    ["Open", [[open.openActivityTasks, "activity", "activities"], [open.openDecisionTasks, "decision task"], [open.openTimers, "timer"],
      [open.openChildWorkflowExecutions, "child", "children"], [open.openLambdaFunctions, "Lambda function"]]
      .filter(([number]) => number > 0).map((words) => count(...words)).join(", ") || "nothing"],
    info.tagList?.length && ["Tags", info.tagList.map((tag) => [h("code", {}, tag), " "])],
    info.cancelRequested && ["Cancel", "requested"],
    info.parent && ["Parent", h("a", { href: address("swf/execution", { domain: name.domain, ...info.parent }) }, info.parent.workflowId)],
    previousRun && ["Previous run", run(previousRun)],
    nextRun && ["Next run", run(nextRun)],
    latestExecutionContext && ["Execution context", h("pre", {}, pretty(latestExecutionContext))],
  ].filter(Boolean);
  put(facts, ...list.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]));
}

// MARK: Events

let loading = Promise.resolve();

/** Loads raw events until `wanted` are there, one piece after the other. */
function loadEvents(wanted) {
  loading = loading.then(async () => {
    while (loaded.length < Math.min(wanted, lastEvent)) {
      const piece = await read("swf/events", { ...target, after: loaded.length, count: Math.min(500, wanted - loaded.length) });
      if (piece.events.length === 0) break;
      eventList.append(...piece.events.map(eventItem));
      loaded.push(...piece.events);
    }
    moreEvents.hidden = loaded.length >= lastEvent;
  }).catch((problem) => showError(error, problem));
  return loading;
}

function attributes(event) {
  return Object.entries(event).find(([key]) => key.endsWith("EventAttributes"))?.[1] ?? {};
}

function eventItem(event) {
  const body = h("pre", { hidden: true, tabindex: 0 });
  const button = h("button", {
    type: "button", "aria-expanded": "false",
    onclick: () => {
      body.hidden = !body.hidden;
      button.setAttribute("aria-expanded", String(!body.hidden));
      if (!body.hidden) body.textContent = JSON.stringify(event, null, 2);
    },
  }, h("span", { class: "id" }, event.eventId), h("span", {}, event.eventType, h("span", { class: "soft" }, hint(event))),
  h("span", { class: "when" }, "+" + duration(event.eventTimestamp * 1000 - startTime)));
  return h("li", { "data-event": event.eventId, class: linked.has(event.eventId) ? "linked" : "" }, button, body);
}

function hint(event) {
  const found = attributes(event);
  const text = found.activityId ?? found.timerId ?? found.signalName ?? found.markerName ?? found.cause ?? found.timeoutType ?? found.workflowId
    ?? found.workflowExecution?.workflowId;
  return text ? `  ${text}` : "";
}

/** A bar was chosen: its events come into view and open. */
async function chosen(bar) {
  linked = new Set(bar?.events ?? []);
  clearChoice.hidden = !bar;
  if (bar) await loadEvents(Math.max(...bar.events));
  let first;
  for (const item of eventList.children) {
    const isLinked = linked.has(Number(item.dataset.event));
    item.classList.toggle("linked", isLinked);
    const button = item.firstElementChild;
    if ((button.getAttribute("aria-expanded") === "true") !== isLinked) button.click();
    if (isLinked) first ??= item;
  }
  if (first) eventList.scrollTo({ top: first.offsetTop - eventList.offsetTop, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

// MARK: The family

function familyNode(node) {
  const isHere = node.runId === name.runId;
  const link = node.runId
    ? h("a", { href: address("swf/execution", { domain: name.domain, workflowId: node.workflowId, runId: node.runId }), class: isHere ? "here" : "", "aria-current": isHere ? "true" : null }, node.workflowId)
    : h("span", {}, node.workflowId);
  return h("li", {}, h("span", { class: "node" }, link, h("span", { class: "soft small" }, node.type ?? ""), chip(node.status)),
    node.children.length ? h("ul", {}, node.children.map(familyNode)) : null);
}

async function loadFamily() {
  try {
    const { root, isWhole } = await read("swf/family", target);
    put(family, root.children.length || root.runId !== name.runId
      ? h("ul", { class: "tree" }, familyNode(root)) : h("p", { class: "soft" }, "It has neither parent nor children."),
    isWhole ? "" : notice("warn", "The family is larger; only a part of it is shown."));
  } catch (problem) { showError(family, problem); }
}

// MARK: Acting

const signal = () => ask("Send a signal", [
  field("Name", h("input", { name: "signalName", required: true, maxlength: 256, autocomplete: "off" })),
  field("Input", h("textarea", { name: "input", maxlength: 32768 })),
], {
  action: "Send",
  send: ({ signalName, input }) => call("swf", "SignalWorkflowExecution", { ...target, signalName, ...(input ? { input } : {}) }),
});

const cancel = () => ask("Ask to cancel", [], {
  action: "Ask to cancel", send: () => call("swf", "RequestCancelWorkflowExecution", target),
  text: "The decider is told and decides what to do; nothing ends by itself.",
});

const terminate = () => ask("Terminate", [
  field("Reason", h("input", { name: "reason", maxlength: 256, autocomplete: "off" })),
  field("Details", h("textarea", { name: "details", maxlength: 32768 })),
  field("Open children", h("select", { name: "childPolicy" },
    [["", "as their policy says"], ["TERMINATE", "terminate them"], ["REQUEST_CANCEL", "ask them to cancel"], ["ABANDON", "leave them alone"]]
      .map(([value, text]) => h("option", { value }, text)))),
], {
  action: "Terminate", kind: "bad", text: "It ends at once; its decider is not asked.",
  send: (values) => call("swf", "TerminateWorkflowExecution",
    { ...target, ...Object.fromEntries(Object.entries(values).filter(([, value]) => value)) }),
});

for (const [text, kind, action] of [["Signal", "", signal], ["Cancel", "", cancel], ["Terminate", "bad", terminate]]) {
  actions.append(h("button", { type: "button", class: kind, onclick: async () => { if (await action()) refresh(); } }, text));
}

// MARK: How it is drawn

const modes = [["Best", ""], ["By time", "time"], ["By event", "steps"]].map(([text, mode]) => h("button", {
  type: "button", "data-mode": mode, onclick: () => { setMode(mode); picture.draw(); },
}, text));

/** By time, a step for each event, or whichever shows more. */
function setMode(mode) {
  picture.mode = mode || null;
  keep("timeline", mode);
  for (const button of modes) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
}

setMode(remembered("timeline", ""));
const zoom = (factor) => { picture.zoom = Math.min(Math.max(picture.zoom * factor, 1), 256); picture.draw(); };

put(main,
  h("nav", { class: "crumbs", "aria-label": "Where this is" }, h("a", { href: address("swf") }, "Workflows"), "›",
    h("a", { href: address("swf", { domain: name.domain ?? "" }) }, name.domain ?? "")),
  h("div", { class: "heading" }, h("div", {}, h("h1", {}, name.workflowId ?? "Execution", " ", status), about), actions),
  error, waiting,
  h("section", { class: "card" },
    h("header", {}, h("h2", {}, "Timeline"),
      h("div", { class: "buttons" },
        h("div", { class: "choice", role: "group", "aria-label": "Width of the bars" }, modes),
        h("div", { class: "choice", role: "group", "aria-label": "Zoom" },
          h("button", { type: "button", onclick: () => zoom(0.5), "aria-label": "Zoom out" }, "−"),
          h("button", { type: "button", onclick: () => zoom(2), "aria-label": "Zoom in" }, "+")))),
    picture.element, legend()),
  h("div", { class: "columns" },
    h("section", { class: "card" },
      h("header", {}, h("h2", {}, "Events"), h("div", { class: "buttons" }, clearChoice, eventCount)),
      eventList, h("p", {}), moreEvents),
    h("div", {},
      h("section", { class: "card" }, h("header", {}, h("h2", {}, "Family")), family),
      h("section", { class: "card" }, h("header", {}, h("h2", {}, "Settings")), facts))));

if (Object.values(name).every(Boolean)) refresh();
else showError(error, new Error("The address names no execution: choose one from the list of workflows."));
