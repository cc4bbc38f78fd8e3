// The first page: which accounts there are, what runs, and the cloud's clock.
import { address, chip, count, h, helper, open, place, put, read, showError } from "./page.js";

const main = open("");
const error = h("div");
const accounts = h("tbody");
const services = h("tbody");
const clock = h("dl", { class: "facts" });

function accountRow({ id, name }) {
  const here = { account: id };
  return h("tr", {},
    h("td", {}, h("a", { href: address("", here), class: "mono" }, id), " ", id === place.account ? chip("chosen", "good") : null),
    h("td", {}, name ?? h("span", { class: "soft" }, "–")),
    h("td", {}, h("a", { href: address("swf", here) }, "Workflows"), " · ", h("a", { href: address("organization", here) }, "Organization")));
}

function showClock({ now, scale, auto, waiting }) {
  const fact = (name, value) => [h("dt", {}, name), h("dd", {}, value)];
  put(clock, ...[
    fact("Now", now.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC")),
    fact("Speed", scale === 1 ? "as this machine's" : scale === 0 ? "stands still" : `${scale} times`),
    fact("Jumps ahead", auto ? "yes, when nothing else can happen" : "no"),
    fact("Waiting calls", String(waiting)),
  ].flat());
}

async function advance(by) {
  try { showClock(await helper("clock", { advance: by })); showError(error, null); } catch (problem) { showError(error, problem); }
}

put(main,
  h("div", { class: "heading" }, h("h1", {}, "A local AWS that behaves"),
    h("p", { class: "about" }, "You look at it as the root user of the account chosen above.")),
  error,
  h("div", { class: "columns" },
    h("section", { class: "card" }, h("header", {}, h("h2", {}, "Accounts"), h("span", { class: "soft small" }, "that hold something")),
      h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, h("th", {}, "Account"), h("th", {}, "Name"), h("th", {}, "Rooms"))), accounts))),
    h("div", {},
      h("section", { class: "card" }, h("header", {}, h("h2", {}, "The cloud's clock")), clock, h("p", {}),
        h("div", { class: "buttons", role: "group", "aria-label": "Move the clock ahead" }, h("span", { class: "soft" }, "Move ahead"),
          ...[["1m", "1 min"], ["1h", "1 h"], ["1d", "1 day"]].map(([by, name]) =>
            h("button", { type: "button", onclick: () => advance(by) }, name)))),
      h("section", { class: "card" }, h("header", {}, h("h2", {}, "Services")),
        h("div", { class: "scroll" }, h("table", { "aria-label": "Services" }, services))))));

async function load() {
  try {
    const [known, built, time] = await Promise.all([read("accounts"), read("services"), helper("clock")]);
    put(accounts, ...known.accounts.map(accountRow));
    put(services, ...built.map(({ id, operations }) =>
      h("tr", {}, h("td", {}, id), h("td", { class: "number soft" }, count(operations, "operation")))));
    showClock(time);
    showError(error, null);
  } catch (problem) { showError(error, problem); }
}

load();
setInterval(() => { if (!document.hidden) helper("clock").then(showClock).catch(() => {}); }, 5000);
