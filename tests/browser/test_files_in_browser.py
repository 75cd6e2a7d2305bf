"""Files at the desk in a real browser: chosen, dropped, and without scripts."""

import base64

import pytest
from axe_playwright_python.sync_playwright import Axe

from file_samples import PDF, png

pytestmark = pytest.mark.browser

DROP = """([data, name]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type: "image/png" }));
  const body = document.getElementById("body");
  body.focus();
  body.setSelectionRange(body.value.length, body.value.length);
  body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""
IMAGE = {"name": "Lake levels.png", "mimeType": "image/png", "buffer": png()}
REPORT = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture
def open_form(chromium, sample_accounts):
    """A factory: a new text in the editor's browser, with or without scripts."""
    address, passwords = sample_accounts
    contexts = []

    def opened(**options):
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}/desk/sign-in")
        page.locator("#name").fill("demo-editor")
        page.locator("#password").fill(passwords["demo-editor"])
        page.locator("main form button").click()
        page.wait_for_url("**/desk/")
        page.goto(f"{address}/desk/new")
        page.locator("#title").fill("With files")
        page.locator("#kind").fill("statement")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_chosen_files_are_added_without_leaving_the_page(open_form):
    """What is typed stays, the next thing to write has the focus, and the preview shows the image."""
    page = open_form()
    page.locator("#body").fill("Words.")
    page.locator("#upload").set_input_files([IMAGE, REPORT])
    page.locator("#alt-2").wait_for()
    assert page.evaluate("document.activeElement.id") == "alt-1"
    assert page.locator("#body").input_value() == "Words."
    page.locator("#alt-1").fill("Levels through the year")
    page.locator('#preview-text figure img[alt="Levels through the year"]').wait_for()
    assert Axe().run(page, context="#files").response["violations"] == []
    page.get_by_role("button", name="Take out report.pdf").click()
    page.locator("#alt-2").wait_for(state="detached")
    assert page.locator("#alt-1").input_value() == "Levels through the year"
    page.locator("#kept", has_text="Kept at").wait_for()
    page.get_by_role("button", name="Save revision").click()
    page.wait_for_url(lambda url: not url.endswith("/new"))
    assert page.locator("#alt-1").input_value() == "Levels through the year"


def test_an_image_that_is_dropped_into_the_text_is_named_there(open_form):
    page = open_form()
    page.locator("#body").fill("Words.")
    page.evaluate(DROP, [base64.b64encode(png()).decode(), "Small.png"])
    page.locator("#alt-1").wait_for()
    assert page.locator("#body").input_value() == "Words.\n\n![](small.png)\n\n"


def test_a_file_that_can_not_be_taken_is_said_at_its_field(open_form):
    """Aloud too."""
    page = open_form()
    bad = {"name": "page.html", "mimeType": "text/html", "buffer": b"<p>"}
    page.locator("#upload").set_input_files(bad)
    page.locator("#upload-wrong", has_text="page.html is of no type").wait_for()
    assert "page.html" in page.locator("#files-said").text_content()


def test_files_are_added_and_taken_out_without_scripts(open_form):
    """By the buttons of the form, which comes back with all that was typed; Enter saves."""
    page = open_form(java_script_enabled=False)
    page.locator("#upload").set_input_files(IMAGE)
    page.get_by_role("button", name="Add the chosen files").click()
    assert page.locator("#title").input_value() == "With files"
    page.locator("#upload").set_input_files(REPORT)
    page.get_by_role("button", name="Add the chosen files").click()
    page.get_by_role("button", name="Take out lake-levels.png").click()
    page.locator("#alt-1").fill("The report")
    page.locator("#kind").press("Enter")
    page.wait_for_url(lambda url: not url.endswith(("/new", "/files")))
    assert page.locator("#alt-1").input_value() == "The report"
