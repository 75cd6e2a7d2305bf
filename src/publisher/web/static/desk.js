// Warns before a form with unsaved writing is left. Without it the forms work as they are.

let unsaved = false;

for (const form of document.querySelectorAll("form[data-guard]")) {
  form.addEventListener("input", () => {
    unsaved = true;
  });
  form.addEventListener("submit", () => {
    unsaved = false;
  });
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
