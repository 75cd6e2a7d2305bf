"""The masthead's rows in a browser: in place where scripts run, else by a new page."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def desk(request, chromium, sample):
    """The masthead's page, and whether scripts run."""
    address, password = sample
    context = chromium.new_context(java_script_enabled=request.param)
    page = context.new_page()
    page.goto(f"{address}/desk/sign-in")
    page.fill("#name", "demo")
    page.fill("#password", password)
    page.locator("main form button").click()
    page.goto(f"{address}/desk/masthead")
    yield page, request.param
    context.close()


def button(page, what, whose):
    """A row's button, by the words that are seen and those that are heard after them."""
    return page.get_by_role("button", name=re.compile(rf"^{what}\s*: {whose}$"))


def test_a_row_is_added_filled_in_moved_and_taken_out(desk):
    """What was typed elsewhere is kept; where scripts run the page stays, the new row has the focus."""
    page, scripts = desk
    loads = []
    page.on("load", lambda _: loads.append(page.url))
    rows = page.locator("#clocks .row-item")
    before = rows.count()
    page.fill("#name", "Typed and not saved")
    page.locator("#add-clocks").click()
    expect(rows).to_have_count(before + 1)
    label = page.locator(f"#clocks-{before}-label")
    if scripts:
        expect(label).to_be_focused()
    label.fill("Lima")
    page.fill(f"#clocks-{before}-zone", "America/Lima")
    button(page, "Move up", f"clock {before + 1}").click()
    expect(page.locator(f"#clocks-{before - 1}-label")).to_have_value("Lima")
    button(page, "Take out", f"clock {before + 1}").click()
    expect(rows).to_have_count(before)
    expect(page.locator("#name")).to_have_value("Typed and not saved")
    assert bool(loads) is not scripts


def test_the_look_ahead_stands_below_the_form(desk):
    """A problem is named at its row instead, until it is mended."""
    page, _ = desk
    page.fill("#counters-0-zone", "Nowhere")
    page.get_by_role("button", name="Look ahead").click()
    expect(page.locator("#counters-0-zone-wrong")).to_contain_text("Nowhere")
    expect(page.locator("#ahead")).to_have_count(0)
    page.fill("#counters-0-zone", "Europe/Moscow")
    page.get_by_role("button", name="Look ahead").click()
    expect(page.locator("#ahead .nameplate")).to_have_count(1)
    expect(page.locator("#ahead .look-when").first).to_contain_text("Moscow time")
    expect(page.locator("#counters-0-zone-wrong")).to_have_count(0)


def test_the_return_key_saves_and_a_reason_is_asked_for(desk):
    """Where a counter was taken out."""
    page, _ = desk
    button(page, "Take out", "counter 1").click()
    reason = page.locator("#stop_reason")
    expect(reason).to_be_visible()
    reason.press("Enter")
    expect(page.locator("#stop_reason-wrong")).to_contain_text("Say why it stops")
