// Does in place what the masthead's buttons do by showing the page anew. Without it they do just that.

const form = document.getElementById("masthead");
const parts = ["said", "looked"].map((id) => document.getElementById(id));

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name !== "do" || form.dataset.plain) return;
  event.preventDefault();
  show(button);
});

async function show(button) {
  const typed = new URLSearchParams(new FormData(form));
  typed.set("do", button.value);
  let page = null;
  try {
    const answer = await fetch(form.action, { method: "POST", body: typed });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // The newsroom can't be reached: the browser says so once the form is sent as it is.
  }
  const fresh = page?.getElementById("masthead");
  if (!fresh) {
    form.dataset.plain = "yes";
    form.requestSubmit(button);
    return;
  }
  form.replaceChildren(...fresh.childNodes);
  for (const part of parts) part.replaceChildren(...page.getElementById(part.id).childNodes);
  document.getElementById(fresh.dataset.focus)?.focus();
  form.dispatchEvent(new Event("input"));
}
