// Adds files to a text without leaving its page: chosen, dropped or pasted. Without it the buttons do the same.

const form = document.getElementById("text");
const body = document.getElementById("body");

if (form && document.getElementById("files")) {
  ready();
  form.addEventListener("click", (event) => {
    const button = event.target.closest("#files button");
    if (!button) return;
    event.preventDefault();
    if (button.name === "remove") change({ remove: button.value });
    else change({ files: [...document.getElementById("upload").files] });
  });
  form.addEventListener("change", (event) => {
    if (event.target.id === "upload" && event.target.files.length) change({ files: [...event.target.files] });
  });
  form.addEventListener("dragover", (event) => {
    if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
  });
  form.addEventListener("drop", (event) => take(event, event.dataTransfer));
  form.addEventListener("paste", (event) => take(event, event.clipboardData));
}

function ready() {
  document.getElementById("drop").hidden = false;
}

// Text that comes along with an image, as from a word processor, is what was meant.
function take(event, transfer) {
  const files = [...transfer.files];
  if (!files.length || transfer.types.includes("text/plain")) return;
  event.preventDefault();
  change({ files, name: event.target === body });
}

// Sends the form as its buttons would, and puts the part about files in place of the one that is there.
async function change({ files = [], remove = "", name = false }) {
  const part = document.getElementById("files");
  const sent = new FormData(form);
  sent.delete("upload");
  for (const file of files) sent.append("upload", file, file.name || "image");
  if (remove) sent.set("remove", remove);
  part.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(part.dataset.at, { method: "POST", body: sent });
    if (answer.status === 401) return say(part.dataset.ended, true);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const anew = page.getElementById("files");
    if (!anew) return say(part.dataset.failed, true);
    keepTyped(part, anew);
    show(part, anew, name);
  } catch {
    say(part.dataset.failed, true);
  } finally {
    part.removeAttribute("aria-busy");
  }
}

// Words that were typed while the files were on their way.
function keepTyped(part, anew) {
  for (const row of part.querySelectorAll(".file")) {
    const same = anew.querySelector(`.file[data-name="${row.dataset.name}"] input[type="text"]`);
    if (same) same.value = row.querySelector('input[type="text"]').value;
  }
}

function show(part, anew, name) {
  const before = new Set([...part.querySelectorAll(".file")].map((row) => row.dataset.name));
  part.replaceWith(document.adoptNode(anew));
  ready();
  const added = [...anew.querySelectorAll(".file")].filter((row) => !before.has(row.dataset.name));
  if (name) {
    for (const row of added) insert(`${row.dataset.image ? "!" : ""}[](${row.dataset.name})`);
  }
  const wrong = anew.querySelector(".wrong");
  const next = added[0]?.querySelector('input[type="text"]');
  if (wrong) say(wrong.textContent);
  else if (next) say(anew.querySelector(`label[for="${next.id}"]`).textContent);
  if (!name) (next ?? document.getElementById("upload")).focus();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function insert(text) {
  const at = body.selectionStart;
  const line = at === 0 || body.value[at - 1] === "\n" ? text : `\n\n${text}`;
  body.setRangeText(`${line}\n\n`, at, body.selectionEnd, "end");
}

// Aloud; what failed for all to see.
function say(sentence, failed = false) {
  const said = document.getElementById("files-said");
  said.textContent = sentence;
  said.className = failed ? "wrong" : "unseen";
}
