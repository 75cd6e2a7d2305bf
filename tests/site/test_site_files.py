"""Files at their own address: to readers where a public text names them, to nobody else."""

from datetime import timedelta
from uuid import UUID

import pytest
from helper_site import HOST, Site, content

from file_samples import PDF, png, taken
from publisher.application import By
from publisher.domain.file import File
from publisher.domain.publication import Significance

MAP, MAP_BYTES = taken("map.png", png())
REPORT, REPORT_BYTES = taken("report.pdf", PDF)
TABLE, TABLE_BYTES = taken("table.csv", b"a;b\n1;2\n")
BYTES = MAP_BYTES | REPORT_BYTES | TABLE_BYTES


def address(file: File) -> str:
    return f"/files/{file.sha256}/{file.name}"


def drafted(site: Site, title: str, *files: File, body: str = "Text.") -> UUID:
    text = content(title, files=files, body=body)
    return site.publisher.newsroom.draft(text, By(), files=BYTES).id


def published(site: Site, title: str, *files: File, body: str = "Text.") -> UUID:
    made = drafted(site, title, *files, body=body)
    site.publisher.newsroom.publish(made, 1, By(), slug=title.lower())
    return made


def test_a_public_file_is_served_with_the_headers_of_its_type(site: Site) -> None:
    """Images and PDF to look at, all else to save; nothing in any of them may run."""
    published(site, "A", MAP, REPORT, TABLE)
    for file, kind, shown in (
        (MAP, "image/png", "inline"),
        (REPORT, "application/pdf", "inline"),
        (TABLE, "text/csv; charset=utf-8", "attachment"),
    ):
        answer = site.get(address(file))
        assert answer.status_code == 200
        assert answer.data == BYTES[file.sha256]
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Disposition"] == f"{shown}; filename={file.name}"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none';")
        assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "sandbox" in site.get(address(MAP)).headers["Content-Security-Policy"]


def test_a_client_that_has_it_gets_304_and_a_range_its_part(site: Site) -> None:
    """By the strong tag that is the hash; HEAD tells the length."""
    published(site, "A", MAP)
    tag = f'"{MAP.sha256}"'
    assert site.get(address(MAP)).headers["ETag"] == tag
    assert site.get(address(MAP), headers={"If-None-Match": tag}).status_code == 304
    part = site.get(address(MAP), headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.data) == (206, BYTES[MAP.sha256][1:4])
    assert part.headers["Content-Range"] == f"bytes 1-3/{MAP.size}"
    assert site.get(address(MAP), headers={"Range": "bytes=99999-"}).status_code == 416
    assert site.head(address(MAP)).headers["Content-Length"] == str(MAP.size)


@pytest.mark.parametrize(
    "asked", ["lines=1-2", "bytes=0-0,2-3", "bytes=5-2", "bytes=x", "", "bytes=0-,0-,0-"]
)
def test_a_range_that_is_not_one_run_of_bytes_is_passed_over(site: Site, asked: str) -> None:
    """As RFC 9110, section 14.2, has it for units and ranges that a server does not know."""
    published(site, "A", MAP)
    answer = site.get(address(MAP), headers={"Range": asked})
    assert (answer.status_code, answer.data) == (200, BYTES[MAP.sha256])


def test_a_file_is_public_from_the_instant_of_an_edition_that_names_it(site: Site) -> None:
    """Not while it is a draft or scheduled, and at no instant before; under its own name alone."""
    made = drafted(site, "A", MAP)
    assert site.get(address(MAP)).status_code == 404
    due = site.clock.now + timedelta(days=1)
    site.publisher.newsroom.publish(made, 1, By(), slug="a", due=due)
    assert site.get(address(MAP)).status_code == 404
    assert site.at(due, address(MAP)).status_code == 302
    assert site.get(site.at(due, address(MAP)).headers["Location"]).status_code == 404
    site.clock.now = due + timedelta(minutes=1)
    assert site.get(address(MAP)).status_code == 200
    assert site.at(due, address(MAP)).status_code == 200
    assert site.at(due - timedelta(minutes=1), address(MAP)).status_code == 404
    assert site.get(f"/files/{MAP.sha256}/other.png").status_code == 404


def test_an_older_editions_file_stays_with_it(site: Site) -> None:
    """The edition keeps its text for ever, so its image too; withdrawn texts stay readable as well."""
    made = published(site, "A", MAP)
    site.amend(made, "A", body="Without.")
    site.publisher.newsroom.withdraw(made, "Wrong.", By())
    assert site.get(address(MAP)).status_code == 200


def test_what_was_removed_or_redacted_is_served_at_no_instant(site: Site) -> None:
    """Under its hash or in the past."""
    removed, redacted = published(site, "A", MAP), published(site, "B", REPORT)
    site.clock.move(minutes=5)
    before = site.clock.now - timedelta(minutes=1)
    site.publisher.newsroom.remove(removed, "Unlawful.", By())
    room = site.publisher.newsroom
    room.revise(redacted, 1, content("B", body="Without."), By())
    room.amend(redacted, 2, Significance.CORRECTION, "Without.", By())
    room.redact(redacted, 1, "Article 17", By())
    for file in (MAP, REPORT):
        assert site.get(address(file)).status_code == 404
        assert site.at(before, address(file)).status_code == 404


def test_a_file_that_two_texts_show_is_public_while_one_of_them_is(site: Site) -> None:
    """A removal takes away its own."""
    removed = published(site, "A", MAP)
    published(site, "B", MAP)
    site.publisher.newsroom.remove(removed, "Unlawful.", By())
    assert site.get(address(MAP)).status_code == 200


@pytest.mark.parametrize("path", ["/files/", f"/files/{'0' * 64}/map.png", "/files/xyz/map.png"])
def test_an_address_of_nothing_is_404(site: Site, path: str) -> None:
    published(site, "A", MAP)
    assert site.get(path).status_code == 404


def test_a_texts_own_hash_is_no_files_address(site: Site) -> None:
    """Texts lie in the same table."""
    text = content("A", files=(MAP,))
    published(site, "A", MAP)
    assert site.publisher.newsroom.reader.content(text.sha256)
    assert site.get(f"/files/{text.sha256}/map.png").status_code == 404


def test_the_page_shows_images_and_lists_the_rest(site: Site) -> None:
    """With type and size; in the past below the instant."""
    published(site, "A", MAP, REPORT, body="![The coast](map.png)")
    page = site.page(f"/{site.clock.now:%Y/%m}/a")
    assert page.xpath('//div[@class="prose"]//figure/img/@src') == [address(MAP)]
    (item,) = page.xpath('//section[@class="attached"]//li')
    assert " ".join(item.text_content().split()) == "What report.pdf shows PDF, 1 kB"
    assert item.xpath("a/@href") == [address(REPORT)]
    site.clock.move(minutes=1)
    instant = f"/web/{site.clock.now:%Y%m%d%H%M%S}/{HOST}"
    past = site.page(f"{instant}/{site.clock.now:%Y/%m}/a")
    assert past.xpath("//figure/img/@src") == [instant + address(MAP)]
    assert site.get(instant + address(MAP)).headers["Memento-Datetime"]


def test_feeds_bring_the_files_with_absolute_addresses(site: Site) -> None:
    """In the text, after it, and as enclosures; a removed message brings none."""
    made = published(site, "A", MAP, REPORT, body="![The coast](map.png)")
    for fmt in ("atom", "rss"):
        feed = site.get(f"/feed.{fmt}").text
        assert feed.count(f"{HOST}{address(MAP)}") >= 3
        assert f"{HOST}{address(REPORT)}&quot;&gt;" in feed or f'{HOST}{address(REPORT)}"&gt;' in feed
        assert f'length="{MAP.size}"' in feed
    site.clock.move(minutes=1)
    site.publisher.newsroom.remove(made, "Unlawful.", By())
    for fmt in ("atom", "rss"):
        assert "/files/" not in site.get(f"/feed.{fmt}").text
