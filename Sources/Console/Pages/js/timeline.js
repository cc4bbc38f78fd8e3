// Draws a history's bars in swim lanes. What the bars are is decided by the server; here is only where they lie.
import { duration, h, put, s, timeOfDay } from "./page.js";

const rowHeight = 26;
const barHeight = 18;
const lanePadding = 5;
const axisHeight = 26;
const titleWidth = 208;
/** More bars than this are not drawn at once: the latest are. */
const largest = 4000;

const kindNames = {
  execution: "", decision: "decision tasks", activity: "activity", lambda: "Lambda", child: "child workflow", timer: "timers",
  signal: "signals", external: "to other executions", marker: "markers", refusal: "refused decisions",
};
const badEnds = ["failed", "timed out", "terminated", "refused"];

// Histories have more events than a call may have arguments.
const least = (numbers) => numbers.reduce((left, right) => Math.min(left, right), Infinity);
const greatest = (numbers) => numbers.reduce((left, right) => Math.max(left, right), -Infinity);

/** Where moments lie: by time, or a step for each event, so that what took no time can be seen too. */
class Scale {
  constructor(bars, now, isOpen, mode, zoom, width) {
    this.mode = mode;
    const times = bars.flatMap(({ begun, started, ended }) => [begun, started, ended]).filter(Boolean);
    this.firstEvent = least(times.map(([event]) => event));
    this.lastEvent = greatest(times.map(([event]) => event));
    this.start = least(times.map(([, time]) => time));
    this.end = Math.max(isOpen ? now : 0, greatest(times.map(([, time]) => time)), this.start + 1);
    this.left = 14;
    this.right = 60;
    const room = width - this.left - this.right;
    if (mode === "steps") {
      this.step = Math.max(room / (this.lastEvent - this.firstEvent + 1), 15) * zoom;
      this.width = this.left + this.right + this.step * (this.lastEvent - this.firstEvent + 1);
    } else {
      this.perMillisecond = (room * zoom) / (this.end - this.start);
      this.width = this.left + this.right + room * zoom;
    }
  }

  /** What began before the first bar that is drawn begins at the picture's edge. */
  x([event, time]) {
    const x = this.mode === "steps" ? (event - this.firstEvent) * this.step : (time - this.start) * this.perMillisecond;
    return this.left + Math.max(x, -8);
  }

  get now() {
    return this.mode === "steps" ? this.left + (this.lastEvent - this.firstEvent + 1) * this.step : this.left + (this.end - this.start) * this.perMillisecond;
  }
}

/** By time, unless most bars would be too thin to see. */
export function betterMode(bars, now, isOpen, width) {
  const ended = bars.filter(({ kind, ended, begun }) => kind !== "execution" && ended && ended[0] !== begun[0]);
  if (ended.length === 0) return "steps";
  const end = Math.max(isOpen ? now : 0, greatest(bars.map(({ begun, ended }) => (ended ?? begun)[1])));
  const span = end - least(bars.map(({ begun }) => begun[1]));
  const thin = ended.filter(({ begun, ended }) => ((ended[1] - begun[1]) * width) / Math.max(span, 1) < 6).length;
  return thin * 2 > ended.length ? "steps" : "time";
}

/** What a bar says when it is pointed at. */
export function describe(bar, now) {
  const lines = [];
  const end = bar.ended?.[1] ?? now;
  if (bar.started && bar.started[0] !== bar.begun[0]) {
    lines.push(`waited ${duration(bar.started[1] - bar.begun[1])}, then ${duration(end - bar.started[1])}`);
  } else if (!bar.ended || bar.ended[0] !== bar.begun[0]) {
    lines.push(duration(end - bar.begun[1]));
  }
  if (bar.detail) lines.push(bar.detail);
  if (bar.list) lines.push(`list ${bar.list}`);
  if (bar.identity) lines.push(`by ${bar.identity}`);
  if (bar.cancelRequested) lines.push("asked to cancel");
  lines.push(`at ${timeOfDay(bar.begun[1])}, event${bar.events.length > 1 ? "s" : ""} ${bar.events.join(", ")}`);
  return lines;
}

/** The picture: an element, and functions to choose a bar. */
export class Picture {
  /** @param chosen is called with a bar that was chosen, or with nothing. */
  constructor(chosen) {
    this.chosen = chosen;
    this.mode = null;
    this.zoom = 1;
    this.titles = h("div", { class: "titles", "aria-hidden": "true" });
    this.canvas = h("div", { class: "canvas" });
    this.picture = h("div", { class: "timeline" }, this.titles, this.canvas);
    this.note = h("p", { class: "soft small", hidden: true });
    this.element = h("div", {}, this.note, this.picture);
    this.tip = h("div", { class: "tip", hidden: true, role: "presentation" });
    document.body.append(this.tip);
    this.selected = null;
    this.resizing = new ResizeObserver(() => this.draw());
    this.resizing.observe(this.element);
  }

  show({ lanes, bars }, now, isOpen) {
    this.lanes = lanes;
    this.bars = bars;
    this.now = now;
    this.isOpen = isOpen;
    this.draw();
  }

  draw() {
    if (!this.bars?.length) return;
    const width = Math.max(this.canvas.clientWidth, 320);
    const scale = new Scale(this.chosenBars(), this.now, this.isOpen, this.mode ?? betterMode(this.bars, this.now, this.isOpen, width), this.zoom, width);
    const wasAtEnd = this.canvas.scrollLeft + this.canvas.clientWidth >= this.canvas.scrollWidth - 4;
    const tops = [];
    let height = axisHeight;
    for (const lane of this.lanes) {
      tops.push(height);
      height += lane.rows * rowHeight + 2 * lanePadding;
    }
    const bands = this.lanes.map((lane, index) => [index, tops[index], lane.rows * rowHeight + 2 * lanePadding]);
    put(this.titles, s("svg", { width: titleWidth, height, "aria-hidden": "true" },
      bands.map(([index, top, tall]) => [
        s("rect", { class: `band ${index % 2 ? "odd" : ""}`, x: 0, y: top, width: titleWidth, height: tall }),
        ...this.title(this.lanes[index], top + lanePadding + rowHeight / 2),
      ])));
    const drawn = this.drawn(scale);
    const focused = document.activeElement?.closest?.(".bar")?.getAttribute("data-event");
    const svg = s("svg", { width: scale.width, height, role: "group", "aria-label": `Timeline of ${this.bars.length} bars; arrow keys go from one to the next` },
      bands.map(([index, top, tall]) => s("rect", { class: `band ${index % 2 ? "odd" : ""}`, x: 0, y: top, width: scale.width, height: tall })),
      this.axis(scale, height));
    this.marks = drawn.map(([bar, room]) => this.mark(bar, scale, tops[bar.lane] + lanePadding + bar.row * rowHeight, room));
    svg.append(...this.marks);
    if (this.isOpen) svg.append(s("line", { class: "now", x1: scale.now, x2: scale.now, y1: axisHeight - 6, y2: height }));
    this.note.hidden = this.bars.length <= largest;
    this.note.textContent = `The latest ${largest} of ${this.bars.length} bars are drawn, and all that are open.`;
    const scroll = this.canvas.scrollLeft;
    put(this.canvas, svg);
    this.canvas.scrollLeft = wasAtEnd && this.isOpen ? this.canvas.scrollWidth : scroll;
    this.rove();
    this.pointAgain();
    if (focused) this.marks.find((mark) => mark.getAttribute("data-event") === focused)?.focus({ preventScroll: true });
  }

  /** The execution, what is open, and the latest of the others. */
  chosenBars() {
    if (this.bars.length <= largest) return this.bars;
    const first = this.bars.length - largest;
    return this.bars.filter((bar, index) => index >= first || (!bar.ended && bar.kind !== "execution"));
  }

  /** The bars to draw, each with the room for words beside it: up to the next bar of its row. */
  drawn(scale) {
    const next = new Map();
    const bars = this.chosenBars();
    const result = bars.map(() => null);
    for (let index = bars.length - 1; index >= 0; index -= 1) {
      const row = `${bars[index].lane}/${bars[index].row}`;
      const x = scale.x(bars[index].begun);
      result[index] = [bars[index], (next.get(row) ?? scale.width) - x];
      next.set(row, x);
    }
    if (bars[0] !== this.bars[0]) result.unshift([this.bars[0], 0]);
    return result;
  }

  title(lane, y) {
    const cut = lane.title.length > 24 ? lane.title.slice(0, 23) + "…" : lane.title;
    const kind = ["activity", "child", "lambda"].includes(lane.kind) ? kindNames[lane.kind] : "";
    const words = s("text", { x: 12, y: y + (kind ? -1 : 4) }, cut, s("title", {}, lane.title));
    return kind ? [words, s("text", { class: "kind", x: 12, y: y + 11 }, kind)] : [words];
  }

  axis(scale, height) {
    const group = s("g", { class: "axis", "aria-hidden": "true" });
    const tick = (x, text) => group.append(
      s("line", { class: "grid", x1: x, x2: x, y1: axisHeight - 5, y2: height }), s("text", { x: x + 4, y: 16 }, text));
    if (scale.mode === "steps") {
      const times = new Map(this.chosenBars().flatMap(({ begun, started, ended }) => [begun, started, ended]).filter(Boolean));
      const every = Math.max(1, Math.ceil((scale.lastEvent > 9999 ? 116 : 84) / scale.step));
      for (let event = scale.firstEvent; event <= scale.lastEvent; event += every) {
        const known = times.get(event);
        tick(scale.x([event]), known === undefined ? `#${event}` : `#${event}  +${duration(known - scale.start)}`);
      }
    } else {
      const span = scale.end - scale.start;
      const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 3e4, 6e4, 12e4, 3e5, 6e5, 18e5, 36e5, 72e5, 216e5, 432e5, 864e5,
        1728e5, 6048e5, 2592e6, 7776e6, 31536e6];
      const step = steps.find((size) => size * scale.perMillisecond >= 84) ?? span;
      for (let passed = 0; passed <= span; passed += step) {
        tick(scale.left + passed * scale.perMillisecond, passed === 0 ? timeOfDay(scale.start) : "+" + duration(passed));
      }
    }
    return group;
  }

  mark(bar, scale, y, roomToNext) {
    const top = y + (rowHeight - barHeight) / 2;
    const isPoint = bar.ended && bar.ended[0] === bar.begun[0];
    const isOpen = !bar.ended;
    const classes = ["bar", bar.kind, bar.outcome.replaceAll(" ", "-"), isOpen ? "open" : "", badEnds.includes(bar.outcome) ? "bad-end" : ""];
    const begun = scale.x(bar.begun);
    const end = bar.ended ? scale.x(bar.ended) : scale.now;
    const parts = [];
    let room;
    let textAt;
    if (isPoint) {
      const middle = top + barHeight / 2;
      parts.push(bar.kind === "marker"
        ? s("rect", { class: "point", x: begun - 5, y: middle - 5, width: 10, height: 10, rx: 2 })
        : s("path", { class: "point", d: `M${begun} ${middle - 7}l7 7-7 7-7-7z` }));
      room = 0;
      textAt = begun + 11;
    } else {
      const started = bar.started ? scale.x(bar.started) : null;
      const visible = (width) => Math.max(width, 3);
      if (started === null) {
        parts.push(s("rect", { class: bar.ended && bar.outcome !== "abandoned" ? "work" : "queued", x: begun, y: top, width: visible(end - begun), height: barHeight, rx: 4 }));
        classes.push("on-pale");
      } else {
        if (started - begun >= 2) parts.push(s("rect", { class: "queued", x: begun, y: top + 4, width: started - begun, height: barHeight - 8, rx: 3 }));
        parts.push(s("rect", { class: "work", x: started, y: top, width: visible(end - started), height: barHeight, rx: 4 }));
        if (bar.outcome === "canceled" || bar.outcome === "abandoned") classes.push("on-pale");
      }
      if (isOpen) parts.push(s("path", { class: "open-end", d: `M${end} ${top}l6 ${barHeight / 2}-6 ${barHeight / 2}z` }));
      const from = started ?? begun;
      room = end - from;
      textAt = from + 6;
    }
    const words = this.words(bar);
    const needed = words.length * 6.3 + 10;
    if (words && room >= needed) {
      parts.push(s("text", { x: textAt, y: top + 13 }, words));
    } else if (words && isPoint) {
      const cut = Math.floor((Math.min(roomToNext, 190) - 26) / 6.3);
      if (cut >= Math.min(words.length, 5)) {
        parts.push(s("text", { class: "outside", x: textAt, y: top + 13 }, words.length > cut ? words.slice(0, cut - 1) + "…" : words));
      }
    }
    parts.push(s("rect", { class: "ring", x: (isPoint ? begun - 8 : begun) - 2, y: top - 2, width: (isPoint ? 16 : Math.max(end - begun, 3)) + 4, height: barHeight + 4, rx: 6 }));
    const name = `${kindNames[bar.kind] || "workflow"} ${this.lanes[bar.lane].title} ${bar.label}, ${bar.outcome}`;
    const mark = s("g", {
      class: classes.join(" "), tabindex: -1, role: "button", "aria-label": `${name}; ${describe(bar, this.now).join(", ")}`,
      "data-event": bar.begun[0], "data-kind": bar.kind, "data-label": bar.label, "data-outcome": bar.outcome,
      onclick: () => this.choose(bar),
      onkeydown: (event) => this.key(event, bar),
      onpointerenter: (event) => this.point(bar, event.clientX, event.clientY),
      onpointermove: (event) => this.point(bar, event.clientX, event.clientY),
      onpointerleave: () => { this.tip.hidden = true; },
      onfocus: (event) => {
        if (!event.target.matches(":focus-visible")) return;
        const box = event.target.getBoundingClientRect();
        this.point(bar, Math.min(box.left, innerWidth - 260), box.bottom - 8);
      },
      onblur: () => { this.tip.hidden = true; },
    }, parts);
    if (this.selected === bar.begun[0]) mark.classList.add("chosen");
    return mark;
  }

  words(bar) {
    switch (bar.kind) {
      case "decision": return "";
      case "execution": return bar.outcome;
      default: return bar.label;
    }
  }

  /** One bar can be reached by the tabulator, the others from it by arrows. */
  rove(mark) {
    const here = mark ?? this.marks.find((item) => item.classList.contains("chosen")) ?? this.marks[0];
    for (const item of this.marks) item.setAttribute("tabindex", item === here ? 0 : -1);
  }

  key(event, bar) {
    const index = this.marks.indexOf(event.currentTarget);
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -index, End: this.marks.length - 1 - index };
    if (event.key === "Enter" || event.key === " ") {
      this.choose(bar);
    } else if (event.key === "Escape") {
      this.choose(null);
    } else if (event.key in steps) {
      const next = this.marks[Math.min(Math.max(index + steps[event.key], 0), this.marks.length - 1)];
      this.rove(next);
      next.focus();
    } else return;
    event.preventDefault();
  }

  choose(bar) {
    this.selected = bar && this.selected === bar.begun[0] ? null : bar?.begun[0] ?? null;
    for (const mark of this.marks ?? []) mark.classList.toggle("chosen", mark.getAttribute("data-event") === String(this.selected));
    this.chosen(this.selected === null ? null : bar);
  }

  /** After a drawing the bar under the pointer is a new one, or none. */
  pointAgain() {
    if (this.tip.hidden) return;
    const mark = document.elementFromPoint(...this.pointed)?.closest(".bar");
    const bar = mark && this.bars.find(({ begun }) => String(begun[0]) === mark.dataset.event);
    if (bar && this.canvas.contains(mark)) this.point(bar, ...this.pointed); else this.tip.hidden = true;
  }

  point(bar, x, y) {
    this.pointed = [x, y];
    const title = bar.kind === "decision" ? "Decision task" : bar.kind === "execution" ? bar.label : `${bar.label}`;
    put(this.tip, h("b", {}, `${title} – ${bar.outcome}`), ...describe(bar, this.now).map((line) => h("div", {}, line)));
    this.tip.hidden = false;
    const box = this.tip.getBoundingClientRect();
    this.tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - box.width - 8))}px`;
    this.tip.style.top = `${y + 18 + box.height > innerHeight ? y - box.height - 10 : y + 18}px`;
  }
}

/** What the drawing's shapes mean. */
export function legend() {
  const sample = (name, ...shapes) => h("span", {}, s("svg", { viewBox: "0 0 26 12", "aria-hidden": "true" }, shapes), name);
  const group = (classes, ...shapes) => s("g", { class: "bar " + classes }, shapes);
  return h("div", { class: "legend" },
    sample("queued, then worked on", group("activity", s("rect", { class: "queued", x: 1, y: 3, width: 9, height: 6, rx: 2 }), s("rect", { class: "work", x: 10, y: 0, width: 15, height: 12, rx: 3 }))),
    sample("going on", group("activity open", s("rect", { class: "work", x: 1, y: 0, width: 18, height: 12, rx: 3 }), s("path", { class: "open-end", d: "M19 0l6 6-6 6z" }))),
    sample("ended badly", group("activity bad-end", s("rect", { class: "work", x: 1, y: 0, width: 22, height: 12, rx: 3 }))),
    sample("canceled, or open when the execution closed", group("activity canceled", s("rect", { class: "work", x: 1, y: .5, width: 22, height: 11, rx: 3 }))),
    sample("signal", group("signal", s("path", { class: "point", d: "M12 0l6 6-6 6-6-6z" }))));
}
