// Keeps what is typed, and warns before writing that is not kept is left. Without it the forms work as they are.

const WAIT = 1500; // after the last key, in milliseconds
const BEAT = 45000; // between two signs that somebody is here

let unsaved = false;

for (const form of document.querySelectorAll("form[data-guard]")) {
  form.addEventListener("input", () => {
    unsaved = true;
  });
  form.addEventListener("submit", () => {
    unsaved = false;
  });
}

for (const form of document.querySelectorAll("form[data-paper]")) keepPaper(form);

function keepPaper(form) {
  const kept = document.getElementById("kept");
  const others = document.getElementById("others");
  let typed = false;
  let timer = 0;
  let over = false;

  async function send(leaving = false) {
    clearTimeout(timer);
    const fields = new URLSearchParams(new FormData(form));
    fields.set("typed", typed ? "yes" : "no");
    const was = typed;
    typed = false;
    try {
      const answer = await fetch(form.dataset.paper, { method: "POST", body: fields, keepalive: leaving });
      if (answer.status === 401) throw new Error(form.dataset.ended);
      if (answer.status === 410) {
        over = true; // nothing that is typed here may be kept any more
        kept.textContent = (await answer.json()).refused;
        return;
      }
      if (!answer.ok) throw new Error(form.dataset.failed);
      const said = await answer.json();
      others.textContent = said.others;
      if (said.saved) {
        kept.textContent = said.saved;
        if (!typed) unsaved = false;
      }
    } catch (error) {
      typed ||= was;
      if (typed) kept.textContent = error instanceof TypeError ? form.dataset.failed : error.message;
    }
  }

  form.addEventListener("input", () => {
    typed = true;
    clearTimeout(timer);
    timer = setTimeout(send, WAIT);
  });
  form.addEventListener("submit", () => {
    over = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && typed && !over) send(true);
  });
  setInterval(() => {
    if (document.visibilityState === "visible" && !over) send();
  }, BEAT);
  send();
}

// A date or a time that somebody fills in means "later".
const later = document.getElementById("later");
for (const id of ["date", "time"]) {
  document.getElementById(id)?.addEventListener("input", () => {
    if (later) later.checked = true;
  });
}

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
