"""The sample newsroom in a real browser: nothing sticks out, nothing is blocked, clocks run."""

import pytest

pytestmark = pytest.mark.browser

PAGES = ["/", "/archive", "/kinds/transcript", "/search?q=lake", "/feeds", "/nowhere"]


def _open(chromium, address, path, width, scheme="light"):
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    troubles = []
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(address + path)
    return page, [trouble for trouble in troubles if "404" not in trouble]


@pytest.mark.parametrize("width", [360, 820, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_window(chromium, sample, path, width):
    """Nobody has to scroll sideways, and the policy blocks nothing of our own."""
    page, troubles = _open(chromium, sample[0], path, width)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert troubles == []
    page.close()


def test_dark_and_light_are_two_palettes(chromium, sample):
    """The reader's system decides."""
    colours = set()
    for scheme in ("light", "dark"):
        page, _ = _open(chromium, sample[0], "/", 1440, scheme)
        colours.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        page.close()
    assert len(colours) == 2


def test_a_transcripts_questions_can_be_reached(chromium, sample):
    """A question of the contents list leads to its turn."""
    page, _ = _open(chromium, sample[0], "/kinds/transcript", 1440)
    page.locator(".entry-title a").first.click()
    page.locator(".toc a").nth(2).click()
    assert page.url.endswith("#q3")
    assert page.locator("#q3").is_visible()
    page.close()


def test_the_past_is_reached_by_date_and_links_stay_in_it(chromium, sample):
    """The form on the front page leads to a memento, and its links do not leave it."""
    page, _ = _open(chromium, sample[0], "/", 1440)
    page.locator("#m-date").evaluate(
        "field => field.value = new Date(Date.now() - 2e10).toISOString().slice(0, 10)"
    )
    page.get_by_role("button", name="Show").click()
    assert "/web/" in page.url
    page.locator(".entry-title a").first.click()
    assert "/web/" in page.url
    page.close()


def test_search_stands_beside_the_navigation(chromium, sample):
    """Where there is room for it, it never falls into a row of its own."""
    for width in (1100, 1440):
        page, _ = _open(chromium, sample[0], "/", width)
        lists, search = (page.locator(f".nav > {part}").bounding_box() for part in ("ul", "form"))
        assert search["y"] < lists["y"] + lists["height"]
        assert search["x"] >= lists["x"] + lists["width"]
        page.close()


def test_numbers_of_a_table_stand_under_each_other(chromium, sample):
    """What the text aligns to the right is not put to the left by the stylesheet."""
    page, _ = _open(chromium, sample[0], "/search?q=figures", 1440)
    page.get_by_role("link", name="The year on the lake in figures").first.click()
    aligned = page.locator("td[align=right]").first
    assert aligned.evaluate("cell => getComputedStyle(cell).textAlign").endswith("right")
    page.close()


def test_paper_is_white_also_for_a_dark_system(chromium, sample):
    """Black ink, no navigation, no column beside the text."""
    page, _ = _open(chromium, sample[0], "/", 1440, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    ink, paper = page.evaluate(
        "(s => [s.color, s.backgroundColor])(getComputedStyle(document.documentElement))"
    )
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    assert not page.locator(".nav").is_visible()
    assert not page.locator("aside").first.is_visible()
    page.close()
