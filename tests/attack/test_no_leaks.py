"""A stranger crawls the whole site, its past and its future, and finds no word that is not public."""

from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote, urldefrag, urljoin, urlsplit
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from lxml import etree, html

from file_samples import taken
from movable_clock import MovableClock
from publisher import accounts
from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.domain.content import Content, Translates
from publisher.domain.file import File
from publisher.domain.policy import Role
from publisher.domain.publication import Significance
from publisher.state.previews import PreviewRow

BASE = "http://localhost"
SECRETS = {
    "draft": "quokkadraft",
    "previewed": "quokkapreview",
    "taken back": "quokkataken",
    "note of a link": "quokkanote",
    "later revision": "quokkarevision",
    "in review": "quokkareview",
    "scheduled": "quokkaschedule",
    "scheduled amendment": "quokkaamendment",
    "cancelled": "quokkacancelled",
    "discarded": "quokkadiscarded",
    "removed": "quokkaremoved",
    "redacted": "quokkaredacted",
    "comment": "quokkacomment",
    "draft translation": "quokkafr",
    "scheduled translation": "quokkait",
}
"""A word in every field of a text of that kind and in its file, and nowhere else."""


def file(word: str) -> tuple[File, dict[str, bytes]]:
    return taken(f"{word}.txt", f"File {word}.".encode(), alt=f"Words {word}")


WORDS = (*SECRETS.values(), "public", "amended", *(f"of-what-is-hidden-{n}" for n in range(4)))
FILES = {sha256: data for word in WORDS for sha256, data in file(word)[1].items()}


def text(word: str) -> Content:
    return Content(
        kind="statement",
        language="en-GB",
        title=f"Title {word}",
        summary=f"Summary {word}",
        body=f"Body {word}.",
        topics=(word,),
        speakers=(f"Person {word}",),
        files=(file(word)[0],),
    )


@pytest.fixture
def secretive(besieged: Publisher, clock: MovableClock) -> Publisher:
    """A newsroom with one publication for each way of not being public, beside a public one."""
    room = besieged.newsroom

    def published(content: Content, slug: str | None = None, **due: float) -> UUID:
        """Out at once, or at so many days from now."""
        made = room.draft(content, By(), files=FILES).id
        room.publish(made, 1, By(), slug=slug, due=clock.now + timedelta(**due) if due else None)
        clock.move(minutes=1)
        return made

    def translation(word: str, language: str, original: UUID) -> Content:
        said = Translates(publication=str(original), edition=1)
        return text(word).changed(language=language, translates=said)

    room.draft(text(SECRETS["draft"]), By(), files=FILES)
    public = published(text("public"))
    room.draft(translation(SECRETS["draft translation"], "fr", public), By(), files=FILES)
    published(translation(SECRETS["scheduled translation"], "it", public), "later", days=3)
    room.revise(public, 1, text(SECRETS["later revision"]), By(), files=FILES)
    previewed(besieged, SECRETS["previewed"])
    for link in previewed(besieged, SECRETS["taken back"]):
        besieged.previews.revoke(link.publication, link.id)
    reviewed = room.draft(text(SECRETS["in review"]), By(), files=FILES).id
    room.submit(reviewed, 1, By())
    room.request_changes(reviewed, 1, SECRETS["comment"], By())
    scheduled = published(text(SECRETS["scheduled"]), "due", days=3)
    amended = published(text("amended"))
    room.revise(amended, 1, text(SECRETS["scheduled amendment"]), By(), files=FILES)
    room.amend(amended, 2, Significance.MAJOR, "Later.", By(), due=clock.now + timedelta(days=2))
    room.discard_draft(room.draft(text(SECRETS["discarded"]), By(), files=FILES).id, By())
    removed = published(text(SECRETS["removed"]), "gone")
    redacted = published(text(SECRETS["redacted"]), "black")
    cancelled = published(text(SECRETS["cancelled"]), "cancelled", days=1)
    for number, original in enumerate((cancelled, scheduled, removed, redacted)):
        published(translation(f"of-what-is-hidden-{number}", "de", original))
    room.cancel_schedule(cancelled, 1, By())
    room.remove(removed, "Unlawful.", By())
    room.redact(redacted, 1, "Article 17", By())
    besieged.projector.catch_up()
    return besieged


def previewed(publisher: Publisher, word: str) -> tuple[PreviewRow, ...]:
    """A draft that a link shows; the links to it."""
    maker = accounts.open_with_secret(publisher, f"maker {word}", "a long password", [Role.EDITOR])
    publisher.projector.catch_up()
    draft = publisher.newsroom.draft(text(word), By(), files=FILES).id
    publisher.previews.make(uuid4(), maker, draft, 1, days=30, note=SECRETS["note of a link"])
    return publisher.previews.of(draft)


def _links(page: bytes, kind: str, address: str) -> Iterator[str]:
    """Every address that the page or feed names, absolute."""
    if "xml" in kind:
        root = etree.fromstring(page)
        found = [*root.xpath("//@href"), *root.xpath("//link/text()")]
    else:
        root = html.fromstring(page)
        found = [*root.xpath("//@href"), *root.xpath("//@src"), *root.xpath("//form/@action")]
    for link in found:
        yield urldefrag(urljoin(address, link)).url


def _crawl(stranger: FlaskClient, starts: list[str]) -> Iterator[tuple[str, int, str]]:
    """Address, status, and headers with body, of every answer that can be reached from the starts."""
    waiting, seen = deque(starts), set(starts)
    while waiting:
        address = waiting.popleft()
        answer = stranger.get(address.removeprefix(BASE))
        assert answer.status_code < 500, address
        yield address, answer.status_code, f"{answer.headers}\n{answer.get_data(as_text=True)}"
        found = [urljoin(address, answer.headers["Location"])] if "Location" in answer.headers else []
        if answer.content_type.startswith(("text/html", "application/atom", "application/rss")):
            found += _links(answer.data, answer.content_type, address)
        for link in found:
            inside = link.startswith(BASE + "/") and not urlsplit(link).path.startswith(
                ("/desk", "/static")
            )
            if inside and link not in seen:
                seen.add(link)
                waiting.append(link)


def _starts(clock: MovableClock, publications: list[str]) -> list[str]:
    """The front pages of now, of each stage of the past and of the future, and what could be guessed."""
    days = [clock.now + timedelta(minutes=m) for m in (-15, -8, -4, -2, -1, 0)]
    days += [clock.now + timedelta(days=d) for d in (1, 2, 4, 4000)]
    guessed = ["/", "/sitemap.xml", "/feeds", "/api/", "/files/", "/counters/x", "/corrections"]
    guessed += ["/preview", "/preview/", "/preview/x", *(f"/preview/{word}" for word in SECRETS.values())]
    guessed += [f"/preview/{publication}" for publication in publications]
    guessed += [f"/2026/05/{slug}{rest}" for slug in SLUGS for rest in RESTS]
    guessed += [f"/id/{publication}" for publication in publications]
    guessed += [f"/{where}/{word}" for word in SECRETS.values() for where in ("topics", "kinds")]
    guessed += [
        f"/languages/{tag}/{feed}" for tag in ("fr", "it") for feed in ("", "feed.atom", "feed.rss")
    ]
    guessed += [f"/people/person-{word}" for word in SECRETS.values()]
    named = [file(word)[0] for word in (*SECRETS.values(), "public")]
    guessed += [f"/files/{each.sha256}/{each.name}" for each in named]
    present = [BASE + quote(path) for path in guessed]
    return present + [f"{BASE}/web/{day:%Y%m%d%H%M%S}/{page}" for day in days for page in present]


SLUGS = ("due", "cancelled", "gone", "black", "later")
RESTS = ("", "/history", "/editions/1", "/editions/2", "/diff/1..2", "/history.atom")


def test_a_stranger_finds_no_word_that_is_not_public(
    secretive: Publisher, stranger: FlaskClient, clock: MovableClock
) -> None:
    """On no page, in no feed, header or redirect, at no instant; public words are found."""
    everything = secretive.library.events(limit=1000)
    publications = sorted({e.subject.rpartition("/")[2] for e in everything if "publication" in e.subject})
    found = list(_crawl(stranger, _starts(clock, publications)))
    assert len(found) > 500
    assert any("Body public." in answer for _, _, answer in found)
    assert any("File public." in answer for _, _, answer in found)
    assert any("Unlawful." in answer for _, _, answer in found)
    leaks = {
        (kind, address)
        for address, status, answer in found
        for kind, word in SECRETS.items()
        if word in answer and (word not in address or status == 200)
    }
    assert leaks == set()


@pytest.mark.parametrize("kind", SECRETS)
def test_a_search_finds_no_word_that_is_not_public(
    secretive: Publisher, stranger: FlaskClient, clock: MovableClock, kind: str
) -> None:
    """Now and at every instant; a public word is found."""
    for before in ("", *(f"/web/{clock.now + timedelta(days=d):%Y%m%d%H%M%S}/{BASE}" for d in (0, 4))):
        answer = stranger.get(f"{before}/search?q={SECRETS[kind]}", follow_redirects=True)
        assert not html.fromstring(answer.data).xpath("//*[contains(@class, 'entry-title')]")
    answer = stranger.get("/search?q=public")
    assert html.fromstring(answer.data).xpath("//*[contains(@class, 'entry-title')]")
