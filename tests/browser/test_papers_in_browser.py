"""Autosave in a real browser: what was typed outlives the browser."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def browse(chromium, sample_accounts):
    """A factory: a page of a browser of its own, signed in as the editor."""
    address, passwords = sample_accounts

    def signed_in():
        page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(f"{address}/desk/sign-in")
        page.locator("#name").fill("demo-editor")
        page.locator("#password").fill(passwords["demo-editor"])
        page.locator("main form button").click()
        page.wait_for_url("**/desk/")
        return page

    return address, signed_in


def test_a_new_text_is_there_again_after_the_browser_crashed(browse):
    """Kept while typing, found on the desk, saved as a draft, and gone from the papers."""
    address, signed_in = browse
    page = signed_in()
    page.goto(f"{address}/desk/new")
    page.locator("#title").type("Crash of a browser")
    page.locator("#body").type("The first half of a sentence")
    page.locator("#kept", has_text="Kept at").wait_for()
    page.context.close()

    page = signed_in()
    page.get_by_role("link", name="Crash of a browser", exact=True).click()
    assert page.locator("#body").input_value() == "The first half of a sentence"
    page.locator("#kind").fill("notice")
    page.get_by_role("button", name="Save revision").click()
    page.wait_for_function("!document.location.pathname.endsWith('/new')")
    page.goto(f"{address}/desk/")
    left = page.get_by_role("link", name="Crash of a browser", exact=True).get_attribute("href")
    assert "paper=" not in left  # the draft's own page, and no paper beside it
    page.context.close()


def test_a_change_of_a_text_is_offered_again(browse):
    """It stands in the form, and can be thrown away."""
    address, signed_in = browse
    page = signed_in()
    page.goto(f"{address}/desk/?shelf=review")
    page.locator(".job-title a").first.click()
    was = page.locator("#body").input_value()
    page.locator("#body").press("End")
    page.locator("#body").type("And more.")
    page.locator("#kept", has_text="Kept at").wait_for()
    page.context.close()

    page = signed_in()
    page.goto(f"{address}/desk/?shelf=review")
    page.locator(".job-title a").first.click()
    assert "And more." in page.locator("#body").input_value()
    page.get_by_role("button", name="Throw it away").click()
    page.wait_for_load_state()
    assert page.locator("#body").input_value() == was
    page.context.close()


def test_two_people_see_each_other(chromium, sample_accounts, browse):
    """Whoever opens a text is told who has it open already."""
    address, signed_in = browse
    editor = signed_in()
    editor.goto(f"{address}/desk/?shelf=review")
    editor.locator(".job-title a").first.click()
    editor.wait_for_load_state("networkidle")
    chief = chromium.new_context().new_page()
    chief.goto(f"{address}/desk/sign-in")
    chief.locator("#name").fill("demo")
    chief.locator("#password").fill(sample_accounts[1]["demo"])
    chief.locator("main form button").click()
    chief.wait_for_url("**/desk/")
    chief.goto(editor.url)
    assert "demo-editor" in chief.locator("#others").inner_text()
    for page in (editor, chief):
        page.context.close()
