// Writes into a text field so that undoing takes it back, as far as the browser can.

/** Put `text` in place of what stands from `start` to `end`, and leave `from` to `to` of it selected. */
export function replace(field, start, end, text, from = text.length, to = from) {
  field.focus();
  field.setSelectionRange(start, end);
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done && (text || end > start)) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(start + from, start + to);
}
