// Keeps the preview beside the text in step with the writing. Without it a button of the form shows it.

const WAIT = 500; // after the last key, in milliseconds

const form = document.getElementById("text");
const preview = document.getElementById("preview");
const body = document.getElementById("body");

if (form && preview?.dataset.from) follow();

function follow() {
  document.getElementById("preview-button")?.remove();
  let timer = 0;
  let asked = null; // what stops the request that is under way

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    preview.setAttribute("aria-busy", "true");
    try {
      const fields = new URLSearchParams(new FormData(form));
      const answer = await fetch(preview.dataset.from, { method: "POST", body: fields, signal });
      if (answer.status !== 422 && !answer.ok) {
        throw new Error(answer.status === 401 ? preview.dataset.ended : preview.dataset.failed);
      }
      show(await answer.text());
    } catch (error) {
      if (error.name === "AbortError") return;
      fail(error instanceof TypeError ? preview.dataset.failed : error.message);
    }
    preview.removeAttribute("aria-busy");
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  // Said once the field is left, not at every key.
  body.addEventListener("change", () => {
    document.getElementById("measured-said").textContent = document.getElementById("measured").textContent;
  });
  body.addEventListener("scroll", level);
}

/** Put every part of the answer in the place of the same id. */
function show(html) {
  const parts = new DOMParser().parseFromString(html, "text/html").querySelectorAll("body > [id]");
  const whole = [...parts].some((part) => part.id === "preview-text");
  const top = preview.scrollTop;
  for (const part of parts) {
    const there = document.getElementById(part.id);
    // What is the same stays: its button may have the focus.
    if (there && there.innerHTML.trim() !== part.innerHTML.trim()) there.replaceChildren(...part.childNodes);
  }
  for (const link of preview.querySelectorAll("a[href]:not([href^='#'])")) {
    link.target = "_blank"; // the form stays open
    link.rel = "noopener";
  }
  preview.scrollTop = top;
  preview.classList.toggle("is-behind", !whole);
  if (document.activeElement === body) level();
}

function fail(sentence) {
  document.getElementById("preview-state").textContent = sentence;
  preview.classList.add("is-behind");
}

/** Both are scrolled down by the same share, where both can be. */
function level() {
  const room = body.scrollHeight - body.clientHeight;
  const there = preview.scrollHeight - preview.clientHeight;
  if (room > 0 && there > 0) preview.scrollTop = (body.scrollTop / room) * there;
}
