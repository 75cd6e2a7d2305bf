"""Newsroom bundles: what is read, and every refusal with its whole sentence."""

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from publisher.domain.content import Content
from publisher.domain.errors import Refused
from publisher.domain.masthead import Clock, Contact, Counter, MastheadText, Notice
from publisher.domain.publication import Significance
from publisher.interchange.bundle import (
    LINE_LIMIT,
    AmendmentLine,
    BadLine,
    Bundle,
    EmptyBundle,
    MastheadLine,
    PublicationLine,
    arguments,
    read_bundle,
)


def publication(**changes: Any) -> dict[str, Any]:
    fields = {
        "key": "first",
        "kind": "statement",
        "language": "en-GB",
        "title": "Ferry times",
        "summary": "Boats leave earlier.",
        "body": "Boats leave at seven.",
        "topics": ["ferries"],
        "speakers": ["Ada Holm"],
        "published_at": "2024-05-01T09:00:00Z",
        "amendments": [],
    } | changes
    return {"publication": {name: value for name, value in fields.items() if value is not ...}}


def masthead(**changes: Any) -> dict[str, Any]:
    fields = {
        "at": "2024-01-01T00:00:00+01:00",
        "name": "Lake Office",
        "zone": "Europe/Zurich",
        "clocks": [{"label": "Lima", "zone": "America/Lima"}],
        "contacts": [{"label": "Press", "value": "+44 1632 960001"}],
        "counters": [
            {"key": "dry", "since": "2023-12-01", "zone": "Europe/Zurich", "text": "{days} days dry"}
        ],
        "notices": [{"level": "warning", "text": "The pier is shut."}],
    } | changes
    return {"masthead": {name: value for name, value in fields.items() if value is not ...}}


def amendment(**changes: Any) -> dict[str, Any]:
    fields = {
        "at": "2024-05-02T09:00:00Z",
        "significance": "minor",
        "note": "Corrected a typing error.",
        "title": "Ferry hours",
    } | changes
    return {name: value for name, value in fields.items() if value is not ...}


def written(*lines: Any) -> bytes:
    return b"".join((x if isinstance(x, bytes) else json.dumps(x).encode()) + b"\n" for x in lines)


def read(*lines: Any) -> Bundle:
    return read_bundle(io.BytesIO(written(*lines)))


CONTENT = Content(
    kind="statement",
    language="en-GB",
    title="Ferry times",
    summary="Boats leave earlier.",
    body="Boats leave at seven.",
    topics=("ferries",),
    speakers=("Ada Holm",),
)


def test_masthead_is_read_whole() -> None:
    """Every field of a masthead arrives, its instant in UTC."""
    assert read(masthead()).mastheads == (
        MastheadLine(
            number=1,
            at=datetime(2023, 12, 31, 23, tzinfo=UTC),
            text=MastheadText(
                name="Lake Office",
                zone="Europe/Zurich",
                clocks=(Clock(label="Lima", zone="America/Lima"),),
                contacts=(Contact(label="Press", value="+44 1632 960001"),),
                counters=(
                    Counter(
                        key="dry", since=date(2023, 12, 1), zone="Europe/Zurich", text="{days} days dry"
                    ),
                ),
                notices=(Notice(level="warning", text="The pier is shut."),),
            ),
        ),
    )


def test_masthead_lists_and_zone_may_be_left_out() -> None:
    """A masthead needs its instant and its name only."""
    line = read({"masthead": {"at": "2024-01-01T00:00:00Z", "name": "Lake Office"}}).mastheads[0]
    assert line.text == MastheadText(name="Lake Office")


def test_publication_is_read_whole() -> None:
    """A publication arrives with its line, key, slug, instant and content."""
    assert read(masthead(), publication(slug="boats", markup="html")).publications == (
        PublicationLine(
            number=2,
            key="first",
            slug="boats",
            published_at=datetime(2024, 5, 1, 9, tzinfo=UTC),
            content=CONTENT.changed(markup="html"),
        ),
    )


def test_markup_slug_and_lists_have_defaults() -> None:
    """Left out, the markup is commonmark, the slug open, the lists empty."""
    line = read(publication(topics=..., speakers=..., amendments=...)).publications[0]
    assert (line.slug, line.content.markup, line.content.topics, line.amendments) == (
        None,
        "commonmark",
        (),
        (),
    )


def test_amendments_lay_their_changes_on_the_edition_before() -> None:
    """Each amendment holds the whole content: its own fields over those before."""
    second = amendment(at="2024-05-03T09:00:00Z", significance="correction", title=..., topics=[])
    assert read(publication(amendments=[amendment(), second])).publications[0].amendments == (
        AmendmentLine(
            at=datetime(2024, 5, 2, 9, tzinfo=UTC),
            significance=Significance.MINOR,
            note="Corrected a typing error.",
            content=CONTENT.changed(title="Ferry hours"),
        ),
        AmendmentLine(
            at=datetime(2024, 5, 3, 9, tzinfo=UTC),
            significance=Significance.CORRECTION,
            note="Corrected a typing error.",
            content=CONTENT.changed(title="Ferry hours", topics=()),
        ),
    )


def test_last_line_needs_no_end_and_blank_lines_may_follow() -> None:
    """Files of common editors are read: no final newline, CRLF, blank lines at the end."""
    line = json.dumps(publication()).encode()
    for ending in (b"", b"\n", b"\r\n", b"\n\n \t\r\n\n"):
        assert len(read_bundle(io.BytesIO(line + ending)).publications) == 1


def test_newlines_become_lf() -> None:
    """Line ends of other systems are brought to LF in what is published."""
    assert read(publication(body="a\r\nb\rc")).publications[0].content.body == "a\nb\nc"


def test_empty_bundle_is_refused() -> None:
    """A file without a line is more likely a mistake than a wish."""
    for nothing in (b"", b"\n\n"):
        with pytest.raises(EmptyBundle) as refusal:
            read_bundle(io.BytesIO(nothing))
        assert str(refusal.value) == (
            "The bundle is empty: give a file with at least one masthead or publication."
        )


BAD_FILES = {
    "not UTF-8": (b'{"masthead": "\xff"}', "line 1: Its byte 15 is not UTF-8: save the file as UTF-8."),
    "overlong UTF-8": (b'"\xc0\xaf"', "line 1: Its byte 2 is not UTF-8: save the file as UTF-8."),
    "byte order mark": (
        b"\xef\xbb\xbf{}",
        "line 1: It begins with a byte order mark: save the file as UTF-8 without one.",
    ),
    "not JSON": (b"{]\n", "line 1: It is not JSON at character 2: write one JSON object a line."),
    "two objects on a line": (
        b"{} {}\n",
        "line 1: It is not JSON at character 4: write one JSON object a line.",
    ),
    "cut off": (
        written(publication()) + json.dumps(publication(key="second")).encode()[:-9],
        "line 2: It is not JSON and has no end of line, so the file seems cut off: get the whole file.",
    ),
    "cut off within a text": (
        b'{"publication": {"key": "bud',
        "line 1: It is not JSON and has no end of line, so the file seems cut off: get the whole file.",
    ),
    "not JSON, in a last line that is whole": (
        b"{'publication': {}}",
        "line 1: It is not JSON at character 2: write one JSON object a line.",
    ),
    "a control character in a last line that is whole": (
        b'{"publication": {"key": "a\x01b"}}',
        "line 1: It is not JSON at character 27: write one JSON object a line.",
    ),
    "a list": (b"[]\n", "line 1: It is not an object: write one JSON object a line."),
    "a number": (b"1\n", "line 1: It is not an object: write one JSON object a line."),
    "NaN": (b'{"masthead": NaN}\n', "line 1: It holds NaN, which is not JSON: take it out."),
    "infinity": (
        b'{"masthead": -Infinity}\n',
        "line 1: It holds -Infinity, which is not JSON: take it out.",
    ),
    "endless number": (b"9" * 9_000 + b"\n", "line 1: It holds a number that is too long: shorten it."),
    "nested lists": (
        b'{"masthead": ' + b"[" * 100_000 + b"\n",
        "line 1: It is nested too deeply: write a plain object.",
    ),
    "nested objects": (
        b'{"a":' * 100_000 + b"\n",
        "line 1: It is nested too deeply: write a plain object.",
    ),
    "same key twice": (
        b'{"masthead": {"name": "a", "name": "b"}}\n',
        "line 1: It names “name” twice in one object: keep one of them.",
    ),
    "same key twice, escaped": (
        b'{"masthead": {}, "m\\u0061sthead": {}}\n',
        "line 1: It names “masthead” twice in one object: keep one of them.",
    ),
    "blank line between": (
        b"\n" + written(publication()),
        "line 1: It is blank: blank lines may stand at the end only.",
    ),
    "too long": (
        b" " * (LINE_LIMIT + 1),
        "line 1: It is longer than 8,388,608 bytes: shorten it.",
    ),
    "neither key": (
        written({"article": {}}),
        "line 1: It must hold one key: write either masthead or publication.",
    ),
    "both keys": (
        written(masthead() | publication()),
        "line 1: It must hold one key: write either masthead or publication.",
    ),
    "no key": (b"{}\n", "line 1: It must hold one key: write either masthead or publication."),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_file_is_refused(name: str) -> None:
    """What is not a line of JSON in UTF-8 is refused with its number and the reason."""
    file, message = BAD_FILES[name]
    with pytest.raises(BadLine) as refusal:
        read_bundle(io.BytesIO(file))
    assert str(refusal.value) == message


def counters(**changes: Any) -> list[dict[str, Any]]:
    fields = {"key": "dry", "since": "2023-12-01", "zone": "Europe/Zurich", "text": "{days} days"}
    return [fields | changes]


BAD_LINES = {
    "masthead not an object": (
        {"masthead": []},
        "line 1: It is not an object: write one in curly braces.",
    ),
    "publication null": ({"publication": None}, "line 1: It is not an object: write one in curly braces."),
    "unknown field": (masthead(nmae="x"), "line 1: nmae: There is no such field here: take it out."),
    "unknown before missing": (
        publication(title=..., titel="x"),
        "line 1: titel: There is no such field here: take it out.",
    ),
    "unknown field with a strange name": (
        publication(**{"\ud800 \n": 1}),
        "line 1: “U+D800 U+000A”: There is no such field here: take it out.",
    ),
    "unknown field of an amendment": (
        publication(amendments=[amendment(slug="x")]),
        "line 1: amendments[0].slug: There is no such field here: take it out.",
    ),
    "no name": (masthead(name=...), "line 1: name: It is missing: write one."),
    "blank name": (masthead(name=" "), "line 1: name: It is empty: write one."),
    "name null": (masthead(name=None), "line 1: name: It is null: write a value."),
    "name a number": (masthead(name=1), "line 1: name: It is not a text: write it in quotation marks."),
    "name on two lines": (
        masthead(name="a\nb"),
        "line 1: name: It holds a line break or a tab: write it on one line.",
    ),
    "name too long": (
        masthead(name="a" * 201),
        "line 1: name: It has 201 characters, 200 are allowed: shorten it.",
    ),
    "control character": (
        masthead(name="a\x00"),
        "line 1: name: It holds the character U+0000, which can't be published: take it out.",
    ),
    "lone surrogate": (
        masthead(name="a\udfff"),
        "line 1: name: It holds the character U+DFFF, which can't be published: take it out.",
    ),
    "noncharacter": (
        masthead(name="a\U0001ffff"),
        "line 1: name: It holds the character U+1FFFF, which can't be published: take it out.",
    ),
    "naive instant": (
        masthead(at="2024-01-01T00:00:00"),
        (
            "line 1: at: “2024-01-01T00:00:00” is not an instant: write RFC 3339 with an offset, "
            "such as 2026-11-24T09:00:00Z or 2026-11-24T09:00:00+01:00."
        ),
    ),
    "unknown zone": (
        masthead(zone="../etc/passwd"),
        "line 1: zone: “../etc/passwd” is not a time zone: use a tz database name such as Europe/London.",
    ),
    "clocks not a list": (
        masthead(clocks={}),
        "line 1: clocks: It is not a list: write it in square brackets.",
    ),
    "too many clocks": (
        masthead(clocks=[{}] * 51),
        "line 1: clocks: It has 51 entries, 50 are allowed: shorten it.",
    ),
    "clock not an object": (
        masthead(clocks=["x"]),
        "line 1: clocks[0]: It is not an object: write one in curly braces.",
    ),
    "clock null": (masthead(clocks=[None]), "line 1: clocks[0]: It is null: write an object."),
    "clock twice": (
        masthead(clocks=[{"label": "a", "zone": "America/Lima"}, {"label": "b", "zone": "America/Lima"}]),
        "line 1: clocks: “America/Lima” stands there twice: keep one of them.",
    ),
    "contact twice": (
        masthead(contacts=[{"label": "Press", "value": "1"}, {"label": "Press", "value": "2"}]),
        "line 1: contacts: “Press” stands there twice: keep one of them.",
    ),
    "contact without value": (
        masthead(contacts=[{"label": "Press"}]),
        "line 1: contacts[0].value: It is missing: write one.",
    ),
    "counter twice": (
        masthead(counters=counters() * 2),
        "line 1: counters: “dry” stands there twice: keep one of them.",
    ),
    "counter key": (
        masthead(counters=counters(key="1dry")),
        (
            "line 1: counters[0].key: “1dry” can't be used: write 1 to 80 of a to z, 0 to 9 and hyphens, "
            "a letter first."
        ),
    ),
    "no such day": (
        masthead(counters=counters(since="2023-02-29")),
        "line 1: counters[0].since: “2023-02-29” is not a day: write YYYY-MM-DD, such as 2026-11-24.",
    ),
    "year 0": (
        masthead(counters=counters(since="0000-01-01")),
        "line 1: counters[0].since: “0000-01-01” is not a day: write YYYY-MM-DD, such as 2026-11-24.",
    ),
    "week date": (
        masthead(counters=counters(since="2023-W01-1")),
        "line 1: counters[0].since: “2023-W01-1” is not a day: write YYYY-MM-DD, such as 2026-11-24.",
    ),
    "no {days}": (
        masthead(counters=counters(text="days")),
        "line 1: counters[0].text: It holds {days} 0 times: write it exactly once.",
    ),
    "{days} twice": (
        masthead(counters=counters(text="{days} {days}")),
        "line 1: counters[0].text: It holds {days} 2 times: write it exactly once.",
    ),
    "another brace": (
        masthead(counters=counters(text="{days} {")),
        "line 1: counters[0].text: It holds another brace beside {days}: take it out.",
    ),
    "notice level": (
        masthead(notices=[{"level": "alarm", "text": "x"}]),
        "line 1: notices[0].level: “alarm” is unknown here: write one of information, warning.",
    ),
    "notice twice": (
        masthead(notices=[{"level": "warning", "text": "x"}] * 2),
        "line 1: notices: “warning: x” stands there twice: keep one of them.",
    ),
    "publication without key": (publication(key=...), "line 1: key: It is missing: write one."),
    "kind": (
        publication(kind="Press release"),
        (
            "line 1: kind: “Press release” can't be used: write 1 to 80 of a to z, 0 to 9 and hyphens, "
            "a letter first, such as press-release."
        ),
    ),
    "language": (
        publication(language="en_GB"),
        "line 1: language: “en_GB” can't be used: write a BCP 47 tag such as en-GB.",
    ),
    "slug": (
        publication(slug="Ä"),
        "line 1: slug: “Ä” can't be used: write 1 to 80 of a to z, 0 to 9 and hyphens.",
    ),
    "long slug": (
        publication(slug="a" * 81),
        f"line 1: slug: “{'a' * 60}…” can't be used: write 1 to 80 of a to z, 0 to 9 and hyphens.",
    ),
    "title too long": (
        publication(title="a" * 501),
        "line 1: title: It has 501 characters, 500 are allowed: shorten it.",
    ),
    "title with a carriage return": (
        publication(title="a\rb"),
        "line 1: title: It holds a line break or a tab: write it on one line.",
    ),
    "no summary": (publication(summary=...), "line 1: summary: It is missing: write one."),
    "body null": (publication(body=None), "line 1: body: It is null: write a value."),
    "body too long": (
        publication(body="é" * 524_289),
        "line 1: body: It is longer than 1,048,576 bytes: split it or shorten it.",
    ),
    "body with a control character": (
        publication(body="a\x1b"),
        "line 1: body: It holds the character U+001B, which can't be published: take it out.",
    ),
    "body with a lone surrogate": (
        publication(body="a\ud800"),
        "line 1: body: It holds the character U+D800, which can't be published: take it out.",
    ),
    "markup": (
        publication(markup="rst"),
        "line 1: markup: “rst” is unknown here: write one of commonmark, html.",
    ),
    "topic": (
        publication(topics=["ok", "Not Ok"]),
        (
            "line 1: topics[1]: “Not Ok” can't be used: write 1 to 80 of a to z, 0 to 9 and hyphens, "
            "a letter or a figure first."
        ),
    ),
    "too many topics": (
        publication(topics=["a"] * 51),
        "line 1: topics: It has 51 entries, 50 are allowed: shorten it.",
    ),
    "speaker without letters": (
        publication(speakers=["!"]),
        "line 1: speakers[0]: “!” can't have a page: write a name with letters in it.",
    ),
    "speaker with white space": (
        publication(speakers=[" Ada Holm"]),
        "line 1: speakers[0]: “ Ada Holm” has white space around it: take that away.",
    ),
    "published_at a number": (
        publication(published_at=1714554000),
        "line 1: published_at: It is not a text: write it in quotation marks.",
    ),
    "amendment before publication": (
        publication(amendments=[amendment(at="2024-05-01T11:00:00+02:00")]),
        "line 1: amendments[0].at: It is not later than published_at: put acts in order.",
    ),
    "amendments out of order": (
        publication(amendments=[amendment(), amendment(title="x")]),
        "line 1: amendments[1].at: It is not later than amendments[0].at: put acts in order.",
    ),
    "amendment without note": (
        publication(amendments=[amendment(note=" ")]),
        "line 1: amendments[0].note: It is empty: write one.",
    ),
    "significance": (
        publication(amendments=[amendment(significance="huge")]),
        (
            "line 1: amendments[0].significance: “huge” is unknown here: "
            "write one of minor, major, correction."
        ),
    ),
    "amendment without change": (
        publication(amendments=[amendment(title="Ferry times")]),
        "line 1: amendments[0]: It changes nothing: write the fields that change.",
    ),
    "amended body": (
        publication(amendments=[amendment(body="\ufffe")]),
        "line 1: amendments[0].body: It holds the character U+FFFE, which can't be published: take it out.",
    ),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_bad_line_is_refused(name: str) -> None:
    """What a field can't be is refused with the line, the field and what to do."""
    line, message = BAD_LINES[name]
    with pytest.raises(BadLine) as refusal:
        read(line)
    assert str(refusal.value) == message


def test_bad_line_has_its_number_and_reason() -> None:
    """A refusal can be shown in a table of lines."""
    with pytest.raises(BadLine) as refusal:
        read(masthead(), publication(), publication(key="second", kind=...))
    assert (refusal.value.number, refusal.value.reason) == (3, "kind: It is missing: write one.")


def test_publication_twice_is_refused() -> None:
    """A key names one publication for ever, so one bundle can't hold it twice."""
    with pytest.raises(BadLine) as refusal:
        read(publication(), masthead(), publication(title="Other"))
    assert str(refusal.value) == (
        "line 3: key: “first” stands in line 1 already: write each publication once."
    )


@pytest.mark.parametrize("at", ["2023-12-31T23:00:00Z", "2023-01-01T00:00:00Z"])
def test_mastheads_out_of_order_are_refused(at: str) -> None:
    """A masthead holds from its instant on, so the next must be later."""
    with pytest.raises(BadLine) as refusal:
        read(masthead(), masthead(at=at))
    assert str(refusal.value) == (
        "line 2: at: It is not later than the masthead of line 1: put mastheads in order."
    )


def test_arguments_of_a_masthead_are_json() -> None:
    """A masthead's arguments are its whole text, days and instants written out."""
    line = read(masthead()).mastheads[0]
    assert arguments(line) == masthead(at="2023-12-31T23:00:00.000000Z")["masthead"]
    assert json.loads(rfc8785.dumps(arguments(line))) == arguments(line)


def test_arguments_of_a_publication_leave_its_amendments_out() -> None:
    """The same publication with a further amendment is the same command."""
    short, long = (read(publication(amendments=a)).publications[0] for a in ([], [amendment()]))
    assert arguments(short) == arguments(long)
    assert arguments(long) == {
        "key": "first",
        "slug": None,
        "published_at": "2024-05-01T09:00:00.000000Z",
        "content": {
            "kind": "statement",
            "language": "en-GB",
            "title": "Ferry times",
            "summary": "Boats leave earlier.",
            "body": "Boats leave at seven.",
            "markup": "commonmark",
            "topics": ["ferries"],
            "speakers": ["Ada Holm"],
        },
    }


def test_arguments_of_an_amendment_hold_the_whole_content() -> None:
    """An amendment's arguments say its instant, meaning, note and text."""
    line = read(publication(amendments=[amendment()])).publications[0].amendments[0]
    said = arguments(line)
    assert said["content"]["body"] == "Boats leave at seven."
    assert {name: said[name] for name in ("at", "significance", "note")} == {
        "at": "2024-05-02T09:00:00.000000Z",
        "significance": "minor",
        "note": "Corrected a typing error.",
    }


def refused(file: bytes) -> Refused | None:
    try:
        read_bundle(io.BytesIO(file))
    except Refused as refusal:
        return refusal
    return None


@given(st.binary())
def test_any_bytes_are_read_or_refused(file: bytes) -> None:
    """No bytes raise anything but a refusal, and its sentence can be printed."""
    assert str(refused(file)).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters()), inner, max_size=4)
    ),
)


@given(
    st.sampled_from([publication, masthead]),
    st.sampled_from(
        [*publication()["publication"], *masthead()["masthead"], "slug", "markup", "other", "_schema"]
    ),
    JSON,
)
def test_any_value_of_any_field_is_read_or_refused(line: Any, name: str, value: Any) -> None:
    """No JSON in place of a field raises anything but a refusal that can be printed."""
    assert str(refused(written(line(**{name: value})))).encode()
