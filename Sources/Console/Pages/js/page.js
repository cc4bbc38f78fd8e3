// What every page stands on: the bar on top, the account and Region, calls, and small helpers to build elements.

export const root = "/_hakoniwa/console";
const parameters = new URLSearchParams(location.search);

function kept(name, fallback) {
  try { return localStorage.getItem("hakoniwa." + name) ?? fallback; } catch { return fallback; }
}

export function keep(name, value) {
  try { localStorage.setItem("hakoniwa." + name, value); } catch { /* a private window keeps nothing */ }
}

/** The account and Region that the pages are about: from the address, else the last ones used. */
export const place = {
  account: parameters.get("account") ?? kept("account", "000000000000"),
  region: parameters.get("region") ?? kept("region", "us-east-1"),
};

export const remembered = kept;

/** A parameter of this page's address. */
export const parameter = (name) => parameters.get(name);

/** The address of one of the console's pages, in the same account and Region. */
export function address(path, more = {}) {
  const query = new URLSearchParams({ account: place.account, region: place.region, ...more });
  return `${root}/${path}?${query}`;
}

/** Puts parameters into this page's address without loading it again; null takes one out. */
export function setParameters(changes) {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") parameters.delete(name); else parameters.set(name, value);
  }
  parameters.set("account", place.account);
  parameters.set("region", place.region);
  history.replaceState(null, "", `${location.pathname}?${parameters}`);
}

// MARK: Elements

/** An element with attributes, listeners (`onclick`), properties (`.value`) and children; null children are left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same of SVG. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith(".")) element[name.slice(1)] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...present(children));
  return element;
}

const present = (children) => children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);

/** Puts children into an element in place of those it has; null ones are left out. */
export function put(element, ...children) { element.replaceChildren(...present(children)); }

/** Text whose words in backquotes are set as code. */
export function prose(text) {
  return text.split("`").map((part, index) => (index % 2 ? h("code", {}, part) : part));
}

let lastID = 0;

/** A labelled control. */
export function field(label, control, hint = null, className = "field") {
  control.id ||= `control-${++lastID}`;
  const id = control.id;
  if (hint) control.setAttribute("aria-describedby", id + "-hint");
  return h("div", { class: className }, h("label", { for: id }, label), control,
    hint && h("div", { class: "hint", id: id + "-hint" }, hint));
}

export const chip = (text, kind = text) =>
  h("span", { class: "chip " + kind.toLowerCase().replaceAll(/[ _]/g, "-") }, text);

export const notice = (kind, ...content) => h("div", { class: "notice " + kind, role: kind === "bad" ? "alert" : "status" }, ...content);

/** Shows what went wrong in `box`, or takes it away. */
export function showError(box, error) {
  put(box, error && notice("bad", error.code && h("b", {}, error.code + ": "), error.message));
}

/** A form in a dialog; `send` gets its values and may throw, which the form then shows. Resolves to whether it was sent. */
export function ask(title, fields, { send, action, kind = "main", text = null }) {
  return new Promise((resolve) => {
    const error = h("div");
    const button = h("button", { class: kind, type: "submit" }, action);
    let isSent = false;
    const form = h("form", {
      method: "dialog",
      onsubmit: async (event) => {
        event.preventDefault();
        button.disabled = true;
        showError(error, null);
        try {
          await send(Object.fromEntries(new FormData(form)));
          isSent = true;
          dialog.close();
        } catch (problem) {
          showError(error, problem);
          button.disabled = false;
        }
      },
    }, h("h2", { id: "dialog-title" }, title), text && h("p", { class: "soft" }, text), fields, error,
    h("div", { class: "buttons" }, h("button", { type: "button", onclick: () => dialog.close() }, "Close"), button));
    const dialog = h("dialog", { "aria-labelledby": "dialog-title", onclose: () => { dialog.remove(); resolve(isSent); } }, form);
    document.body.append(dialog);
    dialog.showModal();
  });
}

// MARK: Calls

/** An error as AWS gives it. */
export class AWSError extends Error {
  constructor({ code, message, status }) {
    super(message || code);
    this.code = code;
    this.status = status;
  }
}

async function answer(response) {
  const body = await response.json().catch(() => ({ message: `The server answered ${response.status}.` }));
  if (body.error) throw new AWSError(body.error);
  if (!response.ok) throw new Error(body.message ?? `The server answered ${response.status}.`);
  return body;
}

/** Calls an AWS operation as the root user of the account. */
export async function call(service, operation, input = {}, { signal } = {}) {
  const response = await fetch(root + "/call", {
    method: "POST",
    headers: { "content-type": "application/json", "x-hakoniwa-console": "1" },
    body: JSON.stringify({ ...place, service, operation, input }),
    signal,
  });
  return (await answer(response)).output;
}

/** Asks all pages of a list. */
export async function callAll(service, operation, input, list, { token = ["NextToken", "NextToken"], limit = 1000 } = {}) {
  const items = [];
  let next;
  do {
    const output = await call(service, operation, next ? { ...input, [token[0]]: next } : input);
    items.push(...(output[list] ?? []));
    next = output[token[1]];
  } while (next && items.length < limit);
  return items;
}

/** One of the console's own pages of JSON. */
export async function read(path, more = {}) {
  return answer(await fetch(address(path, more)));
}

/** One of the program's helper pages (`clock`). */
export async function helper(path, body) {
  const settings = body ? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {};
  return answer(await fetch("/_hakoniwa/" + path, settings));
}

// MARK: Words

const moments = new Intl.DateTimeFormat("en-GB", {
  year: "numeric", month: "short", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "UTC",
});
const clocks = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "UTC" });

/** A moment in UTC, from seconds since 1970. */
export const moment = (seconds) => (seconds === undefined ? "" : moments.format(new Date(seconds * 1000)));
export const timeOfDay = (milliseconds) => clocks.format(new Date(milliseconds));

/** A duration as people say it, from milliseconds. */
export function duration(milliseconds) {
  const value = Math.max(0, milliseconds);
  if (value < 1000) return `${Math.round(value)} ms`;
  const seconds = value / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const parts = [[Math.floor(whole / 86400), "d"], [Math.floor(whole / 3600) % 24, "h"], [Math.floor(whole / 60) % 60, "min"], [whole % 60, "s"]];
  const first = parts.findIndex(([number]) => number > 0);
  return parts.slice(first, first + 2).filter(([number]) => number > 0).map(([number, unit]) => `${number} ${unit}`).join(" ");
}

/** Text for people: JSON is indented, everything else stays. */
export function pretty(text) {
  if (text === undefined || text === null) return "";
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? JSON.stringify(value, null, 2) : text;
  } catch { return text; }
}

export const count = (number, noun, plural = noun + "s") => `${number} ${number === 1 ? noun : plural}`;

// MARK: The bar on top

const rooms = [["", "Overview"], ["swf", "Workflows"], ["swf/inbox", "Human tasks"], ["organization", "Organization"], ["events", "Events"]];

function mark() {
  return s("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" },
    s("rect", { x: 2, y: 2, width: 20, height: 20, rx: 4, fill: "#2f6b4a" }),
    s("path", { d: "M5 17c2.5-3 4.5-3 7-1s4.500 2 7-1v3.500H5z", fill: "#e9dfc3" }),
    s("circle", { cx: 9, cy: 9, r: 3.2, fill: "#9cc9a9" }), s("rect", { x: 8.5, y: 11.5, width: 1, height: 4, fill: "#e9dfc3" }),
    s("circle", { cx: 16.5, cy: 7, r: 1.6, fill: "#f3c969" }));
}

/** Builds the bar; `room` is the path of the page's entry in it. */
export function open(room) {
  keep("account", place.account);
  keep("region", place.region);
  const links = rooms.map(([path, name]) =>
    h("a", { href: address(path), "aria-current": path === room ? "page" : null }, name));
  const accounts = h("datalist", { id: "accounts" });
  const regions = h("datalist", { id: "regions" });
  const account = h("input", { name: "account", list: "accounts", value: place.account, pattern: "[0-9]{12}", required: true, autocomplete: "off", title: "Twelve digits" });
  const region = h("input", { name: "region", list: "regions", value: place.region, pattern: "[a-z0-9\\-]+", required: true, autocomplete: "off" });
  const form = h("form", {
    class: "place",
    onsubmit: (event) => { event.preventDefault(); move(account.value, region.value); },
  }, h("label", {}, "Account", account, accounts), h("label", {}, "Region", region, regions), h("button", { hidden: true }, "Go"));
  for (const control of [account, region]) control.addEventListener("change", () => form.requestSubmit());
  put(document.getElementById("top"),
    h("a", { class: "brand", href: address("") }, mark(), "Hakoniwa"), h("nav", { "aria-label": "Pages" }, links), form);
  read("accounts").then((known) => {
    put(accounts, ...known.accounts.map(({ id, name }) => h("option", { value: id }, name ?? "")));
    put(regions, ...known.regions.map((name) => h("option", { value: name })));
  }).catch(() => {});
  return document.getElementById("main");
}

/** Goes to the same page in another account or Region; what belongs to the old one is left behind. */
export function move(account, region) {
  if (account === place.account && region === place.region) return;
  location.href = `${location.pathname.replace(/\/execution$/, "")}?${new URLSearchParams({ account, region })}`;
}
