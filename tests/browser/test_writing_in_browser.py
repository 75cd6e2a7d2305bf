"""The form of a text in a real browser: what its scripts add to it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium, sample_accounts):
    """A new text in the browser of the chief, whose working papers no other test looks at."""
    address, passwords = sample_accounts
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/desk/sign-in")
    page.locator("#name").fill("demo")
    page.locator("#password").fill(passwords["demo"])
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


def test_the_toolbar_writes_markdown_by_keys_alone(page):
    """One stop of the tab key, arrows in it, and back in the text afterwards."""
    body = page.locator("#body")
    body.type("boats")
    page.keyboard.press("Control+a")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Bold"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Italic"
    page.keyboard.press("Enter")
    assert body.input_value() == "*boats*"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Italic"
    page.keyboard.press("End")
    assert focused(page) == "Question"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Bold"


@pytest.mark.parametrize(
    ("typed", "keys", "written"),
    [
        ("boats", ["Control+a", "Control+b"], "**boats**"),
        ("boats", ["Control+a", "Control+b", "Control+b"], "boats"),
        ("boats", ["Control+a", "Control+b", "Control+i", "Control+i"], "**boats**"),
        ("boats", ["Control+a", "Control+k"], "[boats](https://)"),
        ("", ["Control+i", "x"], "*x*"),
    ],
)
def test_shortcuts_write_markdown(page, typed, keys, written):
    body = page.locator("#body")
    body.type(typed)
    for key in keys:
        page.keyboard.press(key)
    assert body.input_value() == written


@pytest.mark.parametrize(
    ("tool", "written"),
    [
        ("Heading", "## One\n## Two"),
        ("Quotation", "> One\n> Two"),
        ("List", "- One\n- Two"),
        ("Numbered list", "1. One\n2. Two"),
        ("Question", "Question: One\nTwo"),
    ],
)
def test_a_tool_marks_the_lines_and_takes_the_mark_away(page, tool, written):
    body = page.locator("#body")
    body.fill("One\nTwo")
    body.press("Control+a")
    page.get_by_role("button", name=tool, exact=True).click()
    assert body.input_value() == written
    body.press("Control+z")
    assert body.input_value() == "One\nTwo"
    body.press("Control+a")
    page.get_by_role("button", name=tool, exact=True).click()
    body.press("Control+a")
    page.get_by_role("button", name=tool, exact=True).click()
    assert body.input_value() == "One\nTwo"


def test_a_question_is_one_in_the_language_of_the_text(page):
    page.locator("#language").fill("de")
    page.locator("#title").type("Fragen")
    page.locator("#preview-text", has_text="Fragen").wait_for()
    page.get_by_role("button", name="Question", exact=True).click()
    assert page.locator("#body").input_value() == "Frage: "


def test_topics_and_speakers_of_other_texts_are_offered(page):
    """While they are typed, by keys alone; and from the list of all."""
    topics = page.locator("#topics")
    topics.type("harbour, navi")
    page.locator(".offers button", has_text="navigation").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert topics.input_value() == "harbour, navigation, "
    assert page.locator(".offers button").count() == 0
    page.locator("[data-offers=speakers] summary").click()
    speaker = page.locator("[data-offers=speakers] li").first
    speaker.get_by_role("button").click()
    assert page.locator("#speakers").input_value() == speaker.inner_text()


def test_an_offer_takes_the_place_of_the_entry_in_which_the_caret_stands(page):
    """Its group has a name; Escape takes it away; a caret that moves on gets offers of its own."""
    topics = page.locator("#topics")
    topics.type("navi, harbour")
    assert page.locator(".offers button", has_text="navigation").count() == 0
    page.keyboard.press("Home")
    for _ in "navi":
        page.keyboard.press("ArrowRight")
    page.get_by_role("group", name="Topics used before").get_by_role("button").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".offers button").count() == 0
    topics.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert topics.input_value() == "navigation, harbour"


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def test_a_transcript_is_split_by_keys_alone(page):
    """From the text to its turns and back, and the form's other fields with it."""
    page.locator("#title").fill("After the meeting")
    page.locator("#body").fill("Q: When?\n\nADA BRANDT: On Monday.\n\nINES HALL: Or later.")
    page.get_by_role("button", name="Split a transcript …").press("Enter")
    page.get_by_role("button", name="Split into turns").press("Enter")
    assert page.get_by_label("Speaker, or who asks").nth(1).input_value() == "Ada Brandt"
    page.get_by_label("Belongs to the turn before it").nth(1).press("Space")
    page.get_by_role("button", name="Use these turns").first.press("Enter")
    page.locator("#preview-text .turn--question").wait_for()
    assert page.locator("#title").input_value() == "After the meeting"
    assert page.locator("#body").input_value() == "Question: When?\n\nAda Brandt: On Monday.\n\nOr later."
    assert page.locator("#speakers").input_value() == "Ada Brandt"


def test_the_pages_of_a_transcript_are_accessible(page):
    page.locator("#body").fill("Q: When?\n\nADA BRANDT: On Monday.\n\nA: Yes.")
    page.get_by_role("button", name="Split a transcript …").click()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Split into turns").click()
    page.locator("#turn-1-who").fill("")
    page.get_by_role("button", name="Use these turns").first.click()
    page.locator(".wrong").first.wait_for()
    assert Axe().run(page).response["violations"] == []


def test_enter_in_a_field_of_one_line_saves(page):
    """And does not do what some button further down would."""
    page.locator("#title").fill("Low water")
    page.locator("#kind").fill("notice")
    page.locator("#kind").press("Enter")
    page.wait_for_function("!document.location.pathname.endsWith('/new')")
    assert page.get_by_role("heading", level=1).inner_text() == "Low water"


def test_without_scripts_a_button_shows_the_preview(chromium, sample_accounts):
    """And no tool is shown that would do nothing."""
    address, passwords = sample_accounts
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/desk/sign-in")
    page.locator("#name").fill("demo")
    page.locator("#password").fill(passwords["demo"])
    page.locator("main form button").click()
    page.goto(f"{address}/desk/new")
    assert not page.locator("#toolbar").is_visible()
    page.locator("#title").fill("Low water")
    page.locator("#body").fill("Nine **boats** a day.")
    page.get_by_role("button", name="Preview", exact=True).click()
    assert page.url.endswith("#preview")
    assert page.locator("#preview-text strong").inner_text() == "boats"
    assert page.locator("#body").input_value() == "Nine **boats** a day."
    assert "4 words" in page.locator("#measured").inner_text()
    context.close()
