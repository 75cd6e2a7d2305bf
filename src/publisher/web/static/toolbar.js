// The toolbar above the text, which writes Markdown. Without it people write that by hand.

import { replace } from "./insert.js";

const bar = document.getElementById("toolbar");
const field = document.getElementById("body");
const KEYS = { b: "bold", i: "italic", k: "link" };

const TOOLS = {
  bold: () => around("**"),
  italic: () => around("*"),
  link,
  heading: () => before(() => "## ", /^#{1,6} /),
  quote: () => before(() => "> ", /^> ?/),
  list: () => before(() => "- ", /^[-*+] /),
  numbers: () => before((line) => `${line + 1}. `, /^\d+[.)] /),
  question: () => before(question, null, true),
};

if (bar && field) {
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    make(button, false);
    TOOLS[button.dataset.tool]();
  });
  bar.addEventListener("keydown", walk);
  field.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const tool = KEYS[event.key.toLowerCase()];
    if (!tool) return;
    event.preventDefault();
    TOOLS[tool]();
  });
}

/** One stop of the tab key for the whole bar; arrows walk in it (WAI-ARIA, toolbar pattern). */
function walk(event) {
  const buttons = [...bar.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const back = document.dir === "rtl" || getComputedStyle(bar).direction === "rtl" ? 1 : -1;
  const there = { ArrowLeft: at + back, ArrowRight: at - back, Home: 0, End: buttons.length - 1 }[event.key];
  if (there === undefined) return;
  event.preventDefault();
  make(buttons[(there + buttons.length) % buttons.length], true);
}

function make(current, focus) {
  for (const button of bar.querySelectorAll("button")) button.tabIndex = button === current ? 0 : -1;
  if (focus) current.focus();
}

/** Put a mark around the words that are selected, or take it away. */
function around(mark) {
  const { value } = field;
  let { selectionStart: start, selectionEnd: end } = field;
  while (start < end && /\s/.test(value[start])) start += 1;
  while (end > start && /\s/.test(value[end - 1])) end -= 1;
  const text = value.slice(start, end);
  const length = mark.length;
  const outside = value.slice(start - length, start) === mark && value.slice(end, end + length) === mark;
  // The single mark of italics is no part of the double one of bold.
  const alone = length > 1 || !(value[start - 2] === mark && value[start - 3] !== mark);
  if (outside && alone) replace(field, start - length, end + length, text, 0, text.length);
  else replace(field, start, end, mark + text + mark, length, length + text.length);
}

function link() {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const text = value.slice(start, end);
  if (/^(https?:\/\/|\/)\S+$/.test(text)) return replace(field, start, end, `[](${text})`, 1);
  const made = `[${text}](https://)`;
  return text ? replace(field, start, end, made, text.length + 3, made.length - 1) : replace(field, start, end, made, 1);
}

/** Put a mark before each line that is selected, or take it away where all of them have it. */
function before(mark, old, single = false) {
  const { value } = field;
  const start = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const stop = value.indexOf("\n", Math.max(field.selectionEnd - 1, start));
  const end = stop < 0 ? value.length : stop;
  const lines = value.slice(start, end).split("\n");
  const pattern = old ?? new RegExp(`^${mark(0).trimEnd()} ?`);
  const concerned = single ? 1 : lines.length;
  const marked = lines.slice(0, concerned).every((line) => pattern.test(line));
  const made = lines.map((line, at) => {
    if (at >= concerned) return line;
    if (marked) return line.replace(pattern, "");
    return mark(at) + (old ? line.replace(old, "") : line);
  });
  replace(field, start, end, made.join("\n"));
}

function question() {
  return `${document.getElementById("question-word")?.textContent.trim() || "Question"}: `;
}
