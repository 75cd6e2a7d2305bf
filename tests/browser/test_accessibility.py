"""WCAG 2.2 AA by axe, with our own content security policy in force: readers' pages and the desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

LOOKS = [("light", 1440), ("dark", 360)]
OPEN = [
    "/",
    "/archive",
    "/kinds/transcript",
    "/languages/de/",
    "/topics/flood",
    "/people/mara-tellin",
    "/search",
    "/counters/flood-mark",
    "/search?q=lake",
    "/feeds",
    "/corrections",
    "/ns/counters/1",
    "/api/docs",
    "/desk/sign-in",
]
NOT_THERE = ["/nowhere", "/archive?page=x"]
DESK = [
    "/desk/",
    "/desk/?shelf=review",
    "/desk/?shelf=behind",
    "/desk/new",
    "/desk/masthead",
    "/desk/readers",
    "/desk/me",
    "/desk/me/second-factor",
    "/desk/tokens",
    "/audit/",
    "/audit/events/5",
]
ACTS = [
    "",
    "/publish",
    "/submit",
    "/review",
    "/discard",
    "/revisions/1",
    "/restore?revision=1",
    "/previews",
]
"""After the address of the text that waits for a reviewer in the sample newsroom."""
ACTS_IN_PUBLIC = ["", "/amend", "/move", "/withdraw", "/remove", "/pin", "/revisions/1"]


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def signed_in(request, chromium, sample):
    """A page of a chief's browser in the look, and the newsroom's address."""
    address, password = sample
    scheme, width = request.param
    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/desk/sign-in")
    page.fill("#name", "demo")
    page.fill("#password", password)
    page.locator("main form button").click()
    yield page, address
    context.close()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
@pytest.mark.parametrize(
    ("path", "status"), [*((path, 200) for path in OPEN), *((path, 404) for path in NOT_THERE)]
)
def test_a_readers_page_is_accessible(chromium, sample, path, status, look):
    """Pages, and what is said where there is none."""
    page = chromium.new_page(color_scheme=look[0], viewport={"width": look[1], "height": 900})
    answer = page.goto(sample[0] + path)
    assert answer.status == status
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def test_a_translation_that_fell_behind_is_accessible(chromium, sample, look):
    page = chromium.new_page(color_scheme=look[0], viewport={"width": look[1], "height": 900})
    page.goto(sample[0] + "/languages/de/")
    page.get_by_role("link", name="Das Jahr auf dem See in Zahlen").first.click()
    page.locator(".prose").wait_for()
    assert page.locator(".tongues a[href$='/diff/1..2']").count() == 1
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
@pytest.mark.parametrize("rest", ["", "/history", "/editions/1", "/diff/1..2"])
def test_a_publication_is_accessible(chromium, sample, rest, look):
    """One that was corrected, with its history; and as it was."""
    page = chromium.new_page(color_scheme=look[0], viewport={"width": look[1], "height": 900})
    page.goto(sample[0] + "/")
    path = page.locator(".aside a[href^='/2']").first.get_attribute("href")
    base = path.split("#")[0].partition("/diff/")[0]
    answer = page.goto(sample[0] + base + rest)
    assert answer.status == 200
    assert violations(page) == []
    page.close()


def test_the_look_ahead_and_a_row_that_is_wrong_are_accessible(signed_in):
    page, address = signed_in
    page.goto(address + "/desk/masthead")
    page.get_by_role("button", name="Look ahead").click()
    page.locator("#ahead .nameplate").wait_for()
    assert violations(page) == []
    page.fill("#clocks-0-zone", "Nowhere")
    page.get_by_role("button", name="Look ahead").click()
    page.locator("#clocks-0-zone-wrong").wait_for()
    assert violations(page) == []


def test_a_preview_and_the_page_that_shows_its_link_are_accessible(signed_in):
    """And what is left once it was taken back."""
    page, address = signed_in
    page.goto(f"{address}/desk/?shelf=review")
    links = address + page.locator(".job-title a").first.get_attribute("href") + "/previews"
    page.goto(links)
    page.locator("main form .button--main").click()
    link = page.locator("#link").input_value()
    assert violations(page) == []
    page.goto(link.replace(link.partition("/preview/")[0], address))
    assert page.locator("#this-preview").count() == 1
    assert violations(page) == []
    over = page.url
    page.goto(links)
    page.locator("form[action$='/revoke'] button").first.click()
    page.goto(over)
    assert page.locator(".prose").inner_text().startswith("The link’s time has passed")
    assert violations(page) == []


def test_a_change_called_minor_that_touches_a_number_is_told_accessibly(signed_in):
    page, address = signed_in
    page.goto(f"{address}/desk/?shelf=published")
    page.locator(".job-title a", has_text="The year on the lake in figures").click()
    at = page.url
    body = page.locator("#body").input_value()
    page.fill("#body", body + f"\n\nA boat holds {len(body)} people, and not 7.")
    with page.expect_navigation():
        page.locator(".actions").get_by_role("button", name="Save revision").click()
    page.goto(at.partition("?")[0].partition("#")[0] + "/amend")
    page.locator("input[name=significance][value=minor]").check()
    page.fill("#note", "A detail.")
    if page.locator("#expedite").count():
        page.fill("#expedite", "Nobody else is in.")
    page.locator("main form .button--main").last.click()
    page.locator("input[name=confirmed]").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("path", DESK)
def test_a_page_of_the_desk_is_accessible(signed_in, path):
    page, address = signed_in
    answer = page.goto(address + path)
    assert answer.status == 200
    assert violations(page) == []


@pytest.mark.parametrize(
    ("shelf", "rest"), [*(("review", act) for act in ACTS), *(("published", act) for act in ACTS_IN_PUBLIC)]
)
def test_a_page_about_a_text_is_accessible(signed_in, shelf, rest):
    page, address = signed_in
    page.goto(f"{address}/desk/?shelf={shelf}")
    answer = page.goto(address + page.locator(".job-title a").first.get_attribute("href") + rest)
    assert answer.status == 200
    assert violations(page) == []


def violations(page):
    """What axe finds wrong, each as its rule and the elements; the page must not scroll sideways."""
    assert page.locator("h1").count() == 1, page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]
