// What happens, as it happens: CloudTrail's records of the account, or of the whole organization that it manages.
import { chip, field, h, helper, notice, open, parameter, place, put, root, setParameters, showError } from "./page.js";

const main = open("events");
const error = h("div");
const rows = h("tbody");
const status = h("span", { class: "soft small", role: "status" });
const detail = h("section", { class: "card", "aria-label": "The chosen event", hidden: true });
const limit = 500;
let stream;
let chosen;

const member = h("input", { name: "member", value: parameter("member") ?? "", pattern: "[0-9]{12}", placeholder: "all", autocomplete: "off" });
const principal = h("input", { name: "principal", value: parameter("principal") ?? "", placeholder: "part of the ARN", autocomplete: "off" });
const action = h("input", { name: "action", value: parameter("action") ?? "", placeholder: "s3:CreateBucket", autocomplete: "off" });
const denied = h("input", { type: "checkbox", name: "denied", class: "check", ".checked": parameter("denied") === "true" });

function filter() {
  return {
    member: member.value.trim(), principal: principal.value.trim(), action: action.value.trim(), denied: denied.checked ? "true" : "",
  };
}

function listen() {
  stream?.close();
  setParameters(filter());
  put(rows);
  put(status, "Listening…");
  const query = new URLSearchParams({ account: place.account, region: place.region, ...filter() });
  stream = new EventSource(`${root}/events/stream?${query}`);
  stream.onopen = () => { showError(error, null); put(status, "Live"); };
  stream.onerror = () => put(status, "The server does not answer; trying again…");
  stream.onmessage = ({ data }) => add(JSON.parse(data));
}

function add(event) {
  const row = h("tr", { "data-id": event.id, class: event.isDenied ? "denied" : null },
    h("td", { class: "mono small" }, event.time.slice(11, 19)),
    h("td", { class: "mono small" }, event.account), h("td", { class: "small" }, event.region),
    h("td", {}, h("button", { type: "button", class: "quiet", onclick: () => choose(event, row) }, `${event.source}:${event.name}`)),
    h("td", { class: "small principal" }, event.principal),
    h("td", {}, event.errorCode ? chip(event.errorCode, event.isDenied ? "bad" : "warn") : null));
  rows.prepend(row);
  while (rows.children.length > limit) rows.lastChild.remove();
}

async function choose(event, row) {
  chosen?.removeAttribute("aria-selected");
  chosen = row;
  row.setAttribute("aria-selected", "true");
  const explanation = h("div", { class: "explanation" }, h("p", { class: "soft" }, "Asking why…"));
  put(detail, h("header", {}, h("h2", {}, `${event.source}:${event.name}`), h("span", { class: "soft small" }, event.time)),
    h("h3", {}, "Why"), explanation, h("h3", {}, "Record"), h("pre", { tabindex: 0, class: "record" }, JSON.stringify(event.record, null, 2)));
  detail.hidden = false;
  try {
    const { decisions } = await helper("decisions/" + encodeURIComponent(event.requestID));
    put(explanation, ...decisions.map(({ text }) => h("pre", { tabindex: 0 }, text)));
  } catch (problem) {
    put(explanation, notice("warn", problem.message));
  }
}

const form = h("form", { class: "fields", onsubmit: (event) => { event.preventDefault(); listen(); } },
  field("Account", member, null, "narrow"), field("Principal", principal, null, ""), field("Action", action, null, ""),
  field("Denied only", denied, null, "narrow"), h("button", { class: "main" }, "Show"));
for (const control of [member, principal, action, denied]) control.addEventListener("change", () => form.requestSubmit());

put(main, h("div", { class: "heading" }, h("h1", {}, "Events"), status), error,
  h("section", { class: "card" }, form),
  detail,
  h("section", { class: "card", "aria-label": "Events" }, h("div", { class: "scroll" }, h("table", {},
    h("thead", {}, h("tr", {}, ["Time", "Account", "Region", "Action", "Principal", ""].map((name) => h("th", { scope: "col" }, name)))), rows))));
listen();
