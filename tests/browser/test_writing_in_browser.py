"""The form of a text in a real browser: what its scripts add to it."""

import re

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium, sample_accounts):
    """A new text in the editor's browser."""
    address, passwords = sample_accounts
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/desk/sign-in")
    page.locator("#name").fill("demo-editor")
    page.locator("#password").fill(passwords["demo-editor"])
    page.locator("main form button").click()
    page.wait_for_url("**/desk/")
    page.goto(f"{address}/desk/new")
    yield page
    context.close()


def test_the_preview_follows_the_writing(page):
    """Text, length and address, without a button."""
    assert page.get_by_role("button", name="Preview").count() == 0
    page.locator("#title").fill("Low water")
    page.locator("#kind").fill("transcript")
    page.locator("#body").type("Question: When?")
    page.locator("#preview-text .turn--question", has_text="When?").wait_for()
    assert page.locator("#preview-text .pub-title").inner_text() == "Low water"
    assert page.locator("#measured").inner_text() == "2 words, 1 minute to read"
    assert re.search(r"/\d{4}/\d\d/low-water$", page.locator("#address").inner_text())


def test_the_length_is_said_once_the_text_is_left(page):
    page.locator("#body").type("Nine boats a day.")
    page.locator("#preview-text", has_text="Nine boats").wait_for()
    assert page.locator("#measured-said").text_content() == ""
    page.locator("#summary").focus()
    assert page.locator("#measured-said").text_content() == "4 words, 1 minute to read"


def test_the_last_preview_stands_when_the_newsroom_cannot_be_reached(page):
    """And it says that it does not follow any more, until it does again."""
    page.locator("#body").type("Nine boats.")
    page.locator("#preview-text", has_text="Nine boats.").wait_for()
    page.route("**/desk/preview", lambda route: route.abort())
    page.locator("#body").type(" Ten.")
    page.locator("#preview-state", has_text="can’t be reached").wait_for()
    assert page.locator("#preview-text .prose").inner_text() == "Nine boats."
    page.unroute("**/desk/preview")
    page.locator("#body").type(" Eleven.")
    page.locator("#preview-text", has_text="Eleven.").wait_for()
    assert page.locator("#preview-state").inner_text() == ""


def test_both_are_scrolled_together(page):
    """At the end of the text its end is shown."""
    page.locator("#body").fill("\n\n".join(f"Paragraph {n}." for n in range(200)))
    page.locator("#preview-text", has_text="Paragraph 199.").wait_for()
    page.evaluate("document.getElementById('body').scrollTop = 1e6")
    page.wait_for_function(
        "() => { const p = document.getElementById('preview');"
        " return p.scrollTop > 0 && p.scrollTop + p.clientHeight > p.scrollHeight - 4; }"
    )
