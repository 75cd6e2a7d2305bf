"""Who asks for the feeds: counted by the name of their software, and shown to the newsroom."""

import pytest
from desk_people import Person
from lxml import html

from publisher.bootstrap import Publisher
from publisher.state.polls import Asked, Count
from publisher.web import software
from publisher.web.polling import ROOM, Polling

NEWSBOAT = "Newsboat/2.30.1 (Linux x86_64)"
FEEDLY = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers; like FeedFetcher-Google)"


def ask(application: Polling, path: str, agent: str, status: str = "200 OK", times: int = 1) -> None:
    environ = {"PATH_INFO": path, "HTTP_USER_AGENT": agent, "status": status}
    for _ in range(times):
        assert b"".join(application(environ, lambda *_: None)) == b"answer"


@pytest.fixture
def polling(publisher: Publisher) -> Polling:
    """Before an application that answers as the environment says."""

    def answers(environ, start_response):  # type: ignore[no-untyped-def]
        start_response(environ["status"], [])
        return [b"answer"]

    return Polling(answers, publisher.polls, pause=3_600)


def counted(publisher: Publisher) -> dict[tuple[str, str], Count]:
    found = publisher.polls.since(publisher.polls.today())
    return {(asked.software, asked.feed): count for asked, count in found.items()}


def test_answers_of_feeds_are_counted(polling: Polling, publisher: Publisher) -> None:
    """Whole ones and those that said that nothing changed; pages and what is not there are not."""
    ask(polling, "/feed.atom", NEWSBOAT, times=3)
    ask(polling, "/feed.atom", NEWSBOAT, "304 NOT MODIFIED", times=2)
    ask(polling, "/topics/quays/feed.rss", FEEDLY)
    ask(polling, "/", NEWSBOAT)
    ask(polling, "/nowhere.atom", NEWSBOAT, "404 NOT FOUND")
    ask(polling, "/web/20261101000000/http://localhost/feed.atom", NEWSBOAT)
    ask(polling, "/api/openapi.json", NEWSBOAT)
    polling.store()
    assert counted(publisher) == {
        ("Newsboat", "/feed.atom"): Count(whole=3, unchanged=2),
        ("Feedly", "/topics/quays/feed.rss"): Count(whole=1, subscribers=12),
    }


def test_what_was_stored_is_not_counted_again(polling: Polling, publisher: Publisher) -> None:
    ask(polling, "/feed.atom", NEWSBOAT)
    polling.store()
    polling.store()
    ask(polling, "/feed.atom", NEWSBOAT)
    polling.store()
    assert counted(publisher) == {("Newsboat", "/feed.atom"): Count(whole=2)}


def test_nothing_that_a_client_says_of_itself_is_stored(polling: Polling, publisher: Publisher) -> None:
    """A stranger's words, which may name a person, become one line of others."""
    ask(polling, "/feed.atom", "Ada Brandt's own reader (ada@example.org)")
    ask(polling, "/feed.atom", "")
    polling.store()
    assert counted(publisher) == {("others", "/feed.atom"): Count(whole=2)}


def test_strangers_cannot_fill_the_memory(polling: Polling, publisher: Publisher) -> None:
    for number in range(ROOM + 5):
        ask(polling, "/feed.atom", f"Newsboat/{number}")
    polling.store()
    assert counted(publisher) == {("Newsboat", "/feed.atom"): Count(whole=ROOM)}


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (NEWSBOAT, "Newsboat"),
        (FEEDLY, "Feedly"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1)", software.SEARCH_ENGINES),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", software.BROWSERS),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0", "Thunderbird"),
        ("x" * 9_000, software.OTHERS),
    ],
)
def test_software_has_the_name_that_people_know(agent: str, name: str) -> None:
    assert software.named(agent) == name


def test_the_newsroom_sees_how_its_feeds_are_read(
    chief: Person, visitor: Person, publisher: Publisher
) -> None:
    today = publisher.polls.today()
    publisher.polls.add(
        {
            Asked(day=today, software="Newsboat", feed="/feed.atom"): Count(whole=10, unchanged=90),
            Asked(day=today, software="Feedly", feed="/feed.atom"): Count(whole=1, subscribers=7),
            Asked(day=today, software="Feedly", feed="/feed.rss"): Count(whole=1, subscribers=5),
        }
    )
    page = html.fromstring(chief.get("/desk/readers").text)
    by_software, by_feed = page.xpath("//table[@class='polls']/tbody")
    assert [[cell.text_content() for cell in row] for row in by_software] == [
        ["Newsboat", "100", "90 %", "–"],
        ["Feedly", "2", "0 %", "12"],
    ]
    assert [[cell.text_content() for cell in row] for row in by_feed] == [
        ["/feed.atom", "101", "89 %", "7"],
        ["/feed.rss", "1", "0 %", "5"],
    ]
    assert visitor.get("/desk/readers").status_code == 303


def test_a_newsroom_that_nobody_reads_says_so(chief: Person) -> None:
    assert "Nobody has asked for a feed in 30 days." in chief.get("/desk/readers").text
