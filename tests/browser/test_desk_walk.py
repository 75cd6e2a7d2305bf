"""The desk in a real browser: two people take a text from the first word to its removal."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hands import Keys, Pointer

pytestmark = pytest.mark.browser


@pytest.fixture(params=["scripts", "no scripts", "keys alone"])
def people(request, chromium, sample_accounts):
    """An editor and a chief, each in a browser of their own, and how they use it."""
    address, passwords = sample_accounts
    hands = Keys() if request.param == "keys alone" else Pointer()
    pages = {}
    for name, password in passwords.items():
        context = chromium.new_context(
            java_script_enabled=request.param != "no scripts", viewport={"width": 1280, "height": 900}
        )
        page = context.new_page()
        page.goto(f"{address}/desk/sign-in")
        hands.fill(page.get_by_label("Name"), name)
        hands.fill(page.get_by_label("Password"), password)
        hands.press(page.get_by_role("button", name="Sign in"))
        page.wait_for_url("**/desk/")
        pages[name] = page
    yield Walk(address, hands, passwords["demo"]), pages["demo-editor"], pages["demo"]
    for page in pages.values():
        page.context.close()


def test_a_text_goes_from_the_first_word_to_its_removal(people):
    """Drafted, given back, approved by somebody else, scheduled, amended, merged, withdrawn, removed."""
    walk, editor, chief = people
    title = f"Walk of {datetime.now(UTC):%H%M%S%f}"

    editor.goto(f"{walk.address}/desk/new")
    walk.fill(editor, "#title", title)
    walk.fill(editor, "#kind", "notice")
    walk.fill(editor, "#summary", "Boats.")
    walk.fill(editor, "#body", "Nine boats a day.")
    walk.button(editor, "Save and submit for review")
    editor.wait_for_url(re.compile(r"/desk/[0-9a-f-]{36}$"))
    text = editor.url
    assert "Nine boats a day." in editor.locator(".paper").inner_text()

    walk.review(chief, title)
    walk.fill(chief, "#comment", "Until when?")
    walk.button(chief, "Ask for changes")

    editor.goto(f"{walk.address}/desk/?shelf=waiting")
    walk.link(editor, title)
    assert "Until when?" in editor.locator("main").inner_text()
    walk.write(editor, "Nine boats a day until autumn.", submit=True)
    walk.approve(chief, title)

    editor.goto(text)
    walk.link(editor, "Publish …")
    due = datetime.now(UTC) + timedelta(days=2)
    walk.hands.choose(editor.get_by_label("At a time I choose"))
    editor.locator("#date").fill(f"{due:%Y-%m-%d}")  # a date's own keys depend on the browser's language
    editor.locator("#time").fill("09:30")
    walk.button(editor, "Publish")
    assert "Goes out on" in editor.locator("main").inner_text()

    walk.write(editor, "Ten boats a day until autumn.")
    assert "09:30" in editor.locator(".desk-head").inner_text()
    assert walk.status(editor, text) == 404
    walk.link(editor, "Cancel the schedule")
    walk.button(editor, "Cancel the schedule")

    walk.button(editor, "Save and submit for review")
    walk.approve(chief, title)
    editor.goto(text)
    walk.link(editor, "Publish …")
    walk.button(editor, "Publish")
    assert walk.status(editor, text) == 200

    walk.write(editor, "Eleven boats a day until autumn.", submit=True)
    walk.approve(chief, title)
    editor.goto(text)
    walk.link(editor, re.compile("Publish as edition 2"))
    walk.hands.choose(editor.get_by_label("Yes, what we said was wrong"))
    walk.fill(editor, "#note", "There are eleven boats.")
    walk.button(editor, "Publish edition 2")

    walk.both_save(editor, chief, text)
    assert "twelve boats" in chief.locator("#body").input_value()
    assert chief.locator("#summary").input_value() == "All boats."

    walk.link(chief, "Withdraw")
    walk.fill(chief, "#reason", "The boats are ferries.")
    walk.button(chief, "Withdraw")
    walk.link(chief, "View on the site")
    said = chief.locator("body").inner_text()
    assert "The boats are ferries." in said
    assert "Eleven boats a day until autumn." in said
    assert "There are eleven boats." in said

    chief.goto(text)
    walk.link(chief, "Remove for good")
    walk.fill(chief, "#explanation", "There never were any boats.")
    walk.button(chief, "Remove for good")
    if chief.locator("#proof").count():
        walk.fill(chief, "#proof", walk.password)
        walk.hands.press(chief.locator("main button").first)
    chief.goto(text)
    assert walk.status(chief, text) == 410


class Walk:
    """What both do on the way."""

    def __init__(self, address, hands, password):
        self.address, self.hands, self.password = address, hands, password

    def fill(self, page, selector, text):
        self.hands.fill(page.locator(selector), text)

    def button(self, page, name):
        self.hands.press(page.get_by_role("button", name=name, exact=True))

    def link(self, page, name):
        self.hands.press(page.get_by_role("link", name=name, exact=isinstance(name, str)))

    def review(self, page, title):
        """From the shelf of what waits for whoever looks."""
        page.goto(f"{self.address}/desk/?shelf=waiting")
        self.hands.press(page.get_by_role("link", name=re.compile(f"Review … ?: {title}")))

    def approve(self, page, title):
        self.review(page, title)
        self.button(page, "Approve")

    def write(self, page, body, *, submit=False):
        self.fill(page, "#body", body)
        self.button(page, "Save and submit for review" if submit else "Save revision")

    def both_save(self, editor, chief, text):
        """Both open one text; whoever saves second chooses between the words that both changed."""
        chief.goto(text)
        editor.goto(text)
        self.write(editor, "There were twelve boats a day until autumn.")
        self.fill(chief, "#summary", "All boats.")
        self.write(chief, "Thirteen boats a day until autumn.")
        assert "Saved by somebody else meanwhile" in chief.locator("h1").inner_text()
        self.hands.choose(chief.get_by_label("As demo-editor has it"))
        self.button(chief, "Save them together as the next revision")
        chief.wait_for_url(text)

    def status(self, page, text):
        """What readers find at the text's address by id."""
        return page.request.get(f"{self.address}/id/{text.rpartition('/')[2]}").status
