"""The desk in a real browser: two people take a text from the first word to its withdrawal."""

import re
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def people(request, chromium, sample_accounts):
    """An editor and a chief, each in a browser of their own, with scripts and without."""
    address, passwords = sample_accounts
    pages = {}
    for name, password in passwords.items():
        context = chromium.new_context(
            java_script_enabled=request.param, viewport={"width": 1280, "height": 900}
        )
        page = context.new_page()
        page.goto(f"{address}/desk/sign-in")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        pages[name] = page
    yield address, pages["demo-editor"], pages["demo"]
    for page in pages.values():
        page.context.close()


def test_a_text_goes_from_the_first_word_to_its_withdrawal(people):
    """Drafted, given back, approved by somebody else, scheduled, amended, withdrawn."""
    address, editor, chief = people
    title = f"Walk of {datetime.now(UTC):%H%M%S%f}"

    editor.goto(f"{address}/desk/new")
    editor.locator("#title").fill(title)
    editor.locator("#kind").fill("notice")
    editor.locator("#summary").fill("Boats.")
    editor.locator("#body").fill("Nine boats a day.")
    editor.get_by_role("button", name="Save and submit for review").click()
    text = editor.url
    assert "Nine boats a day." in editor.locator(".paper").inner_text()

    review(chief, address, title)
    chief.get_by_label("What has to change").fill("Until when?")
    chief.get_by_role("button", name="Ask for changes").click()

    editor.goto(f"{address}/desk/?shelf=waiting")
    editor.get_by_role("link", name=title, exact=True).click()
    assert "Until when?" in editor.locator("main").inner_text()
    write(editor, "Nine boats a day until autumn.", submit=True)
    approve(chief, address, title)

    editor.goto(text)
    editor.get_by_role("link", name="Publish …").click()
    tomorrow = datetime.now(UTC) + timedelta(days=2)
    editor.get_by_label("At a time I choose").check()
    editor.locator("#date").fill(f"{tomorrow:%Y-%m-%d}")
    editor.locator("#time").fill("09:30")
    editor.get_by_role("button", name="Publish", exact=True).click()
    assert "Goes out on" in editor.locator("main").inner_text()

    write(editor, "Ten boats a day until autumn.")
    assert "09:30" in editor.locator(".desk-head").inner_text()
    assert status(editor, address, text) == 404
    editor.get_by_role("link", name="Cancel the schedule").click()
    editor.get_by_role("button", name="Cancel the schedule").click()

    editor.get_by_role("button", name="Save and submit for review").click()
    approve(chief, address, title)
    editor.goto(text)
    editor.get_by_role("link", name="Publish …").click()
    editor.get_by_role("button", name="Publish", exact=True).click()
    assert status(editor, address, text) == 200

    write(editor, "Eleven boats a day until autumn.", submit=True)
    approve(chief, address, title)
    editor.goto(text)
    editor.get_by_role("link", name=re.compile("Publish as edition 2")).click()
    editor.get_by_label("Yes, what we said was wrong").check()
    editor.get_by_label("What changed, in one sentence for readers").fill("There are eleven boats.")
    editor.get_by_role("button", name="Publish edition 2").click()

    chief.goto(text)
    chief.get_by_role("link", name="Withdraw", exact=True).click()
    chief.get_by_label("Reason, for readers").fill("The boats are ferries.")
    chief.get_by_role("button", name="Withdraw").click()
    chief.get_by_role("link", name="View on the site").click()
    said = chief.locator("body").inner_text()
    assert "The boats are ferries." in said
    assert "Eleven boats a day until autumn." in said
    assert "There are eleven boats." in said


def test_the_desk_can_be_used_by_keyboard_alone(chromium, sample_accounts):
    """Sign in, write a message, submit it: nothing but keys."""
    address, passwords = sample_accounts
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{address}/desk/sign-in")
    to(page, "#name")
    page.keyboard.type("demo-editor")
    to(page, "#password")
    page.keyboard.type(passwords["demo-editor"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    to(page, "a[href='/desk/new']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/new")
    for field, typed in (("#title", "By keyboard"), ("#kind", "notice"), ("#body", "All of it.")):
        to(page, field)
        page.keyboard.type(typed)
    to(page, "button[name='then']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/desk/[0-9a-f-]{36}$"))
    assert "In review" in page.locator(".desk-head").inner_text()
    page.context.close()


def to(page, selector):
    """Press Tab until the element has the focus, which has to be seen."""
    for _ in range(120):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            width = page.evaluate("() => parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
            assert width >= 2, selector
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} can't be reached by Tab")


def review(page, address, title):
    """From the shelf of what waits for whoever looks."""
    page.goto(f"{address}/desk/?shelf=waiting")
    page.get_by_role("link", name=re.compile(f"Review ?: {title}")).click()


def write(page, body, *, submit=False):
    page.locator("#body").fill(body)
    page.get_by_role(
        "button", name="Save and submit for review" if submit else "Save revision", exact=True
    ).click()


def approve(page, address, title):
    review(page, address, title)
    page.get_by_role("button", name="Approve").click()


def status(page, address, text):
    """What readers find at the text's address by id."""
    return page.request.get(f"{address}/id/{text.rpartition('/')[2]}").status
