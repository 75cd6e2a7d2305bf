"""What people call the software that reads a feed, from what it says of itself (RFC 9110, 10.1.5)."""

import re

from .browsers import named as browser

KNOWN = (
    ("Feedly", "Feedly"),
    ("Inoreader", "Inoreader"),
    ("NewsBlur", "NewsBlur"),
    ("Feedbin", "Feedbin"),
    ("theoldreader", "The Old Reader"),
    ("BazQux", "BazQux"),
    ("Feeder.co", "Feeder"),
    ("Miniflux", "Miniflux"),
    ("FreshRSS", "FreshRSS"),
    ("Tiny Tiny RSS", "Tiny Tiny RSS"),
    ("CommaFeed", "CommaFeed"),
    ("Nextcloud-News", "Nextcloud News"),
    ("newsboat", "Newsboat"),
    ("NetNewsWire", "NetNewsWire"),
    ("Reeder", "Reeder"),
    ("Thunderbird", "Thunderbird"),
    ("Akregator", "Akregator"),
    ("Liferea", "Liferea"),
    ("RSSGuard", "RSS Guard"),
    ("RSS Guard", "RSS Guard"),
    ("QuiteRSS", "QuiteRSS"),
    ("Fluent Reader", "Fluent Reader"),
    ("Vienna", "Vienna"),
    ("rss2email", "rss2email"),
    ("python-reader", "reader"),
    ("feedparser", "feedparser"),
    ("SimplePie", "SimplePie"),
    ("Superfeedr", "Superfeedr"),
    ("FeedFetcher-Google", "Google FeedFetcher"),
    ("Flipboard", "Flipboard"),
    ("Slackbot", "Slack"),
    ("Mastodon", "Mastodon"),
    ("WordPress", "WordPress"),
    ("curl/", "curl"),
    ("Wget", "Wget"),
    ("python-requests", "Python requests"),
    ("Go-http-client", "Go"),
)
"""By a mark of each, in any case; the first that is found decides."""
SEARCH = re.compile(r"googlebot|bingbot|applebot|duckduckbot|yandexbot|baiduspider", re.IGNORECASE)
SEARCH_ENGINES, BROWSERS, OTHERS = "search engines", "browsers", "others"
"""What stands for many; others are not told apart, since what they send may name a person."""
_SUBSCRIBERS = re.compile(r"\b([0-9]{1,9}) (?:subscribers?|readers?|feed subscribers?)\b", re.IGNORECASE)


def named(agent: str) -> str:
    """A name of KNOWN, or one of those that stand for many."""
    lower = agent.lower()
    found = next((name for mark, name in KNOWN if mark.lower() in lower), None)
    if found:
        return found
    if SEARCH.search(agent):
        return SEARCH_ENGINES
    return BROWSERS if browser(agent) else OTHERS


def subscribers(agent: str) -> int | None:
    """For how many people a service asks, where it says so."""
    found = _SUBSCRIBERS.search(agent)
    return int(found[1]) if found else None
