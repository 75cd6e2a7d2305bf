// Offers topics and speakers that were used before, while they are typed. Without it they stand in a list.

import { replace } from "./insert.js";

const MOST = 6;
const BETWEEN = { topics: ", ", speakers: "\n" };

for (const used of document.querySelectorAll("[data-offers]")) offer(used);

function offer(used) {
  const name = used.dataset.offers;
  const field = document.getElementById(name);
  const entries = [...used.querySelectorAll("li")].map((item) => item.textContent.trim());
  const list = document.createElement("div");
  const said = document.createElement("p");
  list.className = "offers";
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", used.querySelector("summary").textContent);
  said.className = "unseen";
  said.setAttribute("role", "status");
  used.before(list, said);

  function refresh() {
    const typed = part(field).text.toLowerCase();
    const have = new Set(field.value.split(/[,\n]/).map((entry) => entry.trim()));
    const found = entries.filter((entry) => !have.has(entry) && matches(entry, typed)).slice(0, MOST);
    list.replaceChildren(...found.map((entry) => button(entry, () => take(entry))));
    const sentence = found.length ? `${used.dataset.said} ${found.join(", ")}` : "";
    if (said.textContent !== sentence) said.textContent = sentence;
  }

  function take(entry) {
    const { start, end } = part(field);
    replace(field, start, end, end < field.value.length ? entry : entry + BETWEEN[name]);
    refresh();
  }

  field.addEventListener("input", refresh);
  field.addEventListener("click", refresh); // the caret may stand in another entry now, which would be replaced
  field.addEventListener("keyup", (event) => {
    if (event.key !== "Escape") refresh();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") list.replaceChildren();
    if (event.key !== "ArrowDown" || !list.firstChild) return;
    event.preventDefault();
    list.firstChild.focus();
  });
  list.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: "nextSibling", ArrowRight: "nextSibling", ArrowUp: "previousSibling", ArrowLeft: "previousSibling" };
    if (event.key === "Escape") {
      list.replaceChildren();
      field.focus();
    } else if (steps[event.key]) {
      event.preventDefault();
      (document.activeElement[steps[event.key]] ?? field).focus();
    }
  });
  for (const item of used.querySelectorAll("li")) {
    const entry = item.textContent.trim();
    const add = button(entry, () => {
      const end = field.value.trimEnd().replace(/,$/, "").length;
      replace(field, end, field.value.length, (end ? BETWEEN[name] : "") + entry);
    });
    add.className = "linklike";
    item.replaceChildren(add);
  }
}

function button(entry, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = entry;
  made.addEventListener("click", act);
  return made;
}

/** The entry in which the caret stands: what is typed of it, and where it stands. */
function part(field) {
  const { value, selectionStart: caret } = field;
  const before = value.slice(0, caret).search(/[^,\n]*$/);
  const start = before + value.slice(before, caret).search(/\S|$/);
  const rest = value.slice(caret).search(/[,\n]|$/);
  return { text: value.slice(start, caret), start, end: caret + rest };
}

/** Whether each typed word begins a word of the entry, in their order. */
function matches(entry, typed) {
  if (!typed) return false;
  const text = entry.toLowerCase();
  return text.startsWith(typed) || text.split(/[\s-]+/).some((word) => word.startsWith(typed));
}
