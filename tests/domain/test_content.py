"""The content of a revision: its bytes, which are a promise, and its rules."""

import hashlib
import unicodedata
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.domain.content import BODY_LIMIT, Content, Translates
from publisher.domain.errors import BadText
from publisher.domain.file import File
from publisher.domain.texts import unprintable

EXAMPLE = Content(
    kind="statement",
    language="en-GB",
    title="Größe",
    summary="One\r\nline",
    body='A\rB\u2028“C”\U0001f642\t"\\/',
    topics=("b", "a", "b"),
    speakers=("Anna Müller",),
)
EXAMPLE_BYTES = (
    b'{"body":"A\\nB\xe2\x80\xa8\xe2\x80\x9cC\xe2\x80\x9d\xf0\x9f\x99\x82\\t\\"\\\\/",'
    b'"kind":"statement","language":"en-GB","markup":"commonmark",'
    b'"speakers":["Anna M\xc3\xbcller"],"summary":"One\\nline","title":"Gr\xc3\xb6\xc3\x9fe",'
    b'"topics":["b","a"],"v":1}'
)
EXAMPLE_SHA256 = "696ce3e9755239f9054621fbef601e7aebb1c3e682cbd4c51f6eeab343cb19a1"


def content(**fields: Any) -> Content:
    given: dict[str, Any] = {"kind": "statement", "language": "en", "title": "T", "summary": "", "body": ""}
    return Content(**given | fields)


def texts() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]))


# ---- bytes


def test_the_canonical_bytes_are_a_promise() -> None:
    """RFC 8785: keys in order, no blanks, no needless escapes, UTF-8."""
    assert EXAMPLE.canonical() == EXAMPLE_BYTES


def test_the_hash_is_a_promise() -> None:
    """Lowercase hex SHA-256 of the canonical bytes."""
    assert EXAMPLE.sha256 == EXAMPLE_SHA256
    assert hashlib.sha256(EXAMPLE_BYTES).hexdigest() == EXAMPLE_SHA256


def test_the_smallest_content_has_every_field() -> None:
    """Empty texts and lists are written too."""
    assert content().canonical() == (
        b'{"body":"","kind":"statement","language":"en","markup":"commonmark",'
        b'"speakers":[],"summary":"","title":"T","topics":[],"v":1}'
    )


def test_stored_bytes_are_read_back() -> None:
    """To an equal content."""
    assert Content.parse(EXAMPLE_BYTES) == EXAMPLE


@given(title=texts(), body=texts(), speakers=st.lists(texts()))
def test_any_content_survives_its_bytes(title: str, body: str, speakers: list[str]) -> None:
    """Reading what was written changes nothing, nor does writing it again."""
    made = content(title=title, body=body, speakers=tuple(speakers))
    read = Content.parse(made.canonical())
    assert (read, read.canonical()) == (made, made.canonical())


def test_a_newer_format_is_refused() -> None:
    """Its fields can't be known."""
    with pytest.raises(ValueError, match="newer format"):
        Content.parse(EXAMPLE_BYTES.replace(b'"v":1', b'"v":3'))


@pytest.mark.parametrize("field", ["title", "summary", "body"])
@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_newlines_become_lf(field: str, newline: str) -> None:
    """In every text, a page from any system gives the same bytes."""
    assert getattr(content(**{field: f"one{newline}{newline}two"}), field) == "one\n\ntwo"


def test_no_normal_form_is_imposed() -> None:
    """Composed and decomposed letters stay what they are, so the hashes differ."""
    composed, decomposed = content(title="\u00e9"), content(title="e\u0301")
    assert unicodedata.normalize("NFC", decomposed.title) == composed.title
    assert composed.sha256 != decomposed.sha256


def test_topics_and_speakers_keep_their_order_without_duplicates() -> None:
    """The first of equal ones stays."""
    made = content(topics=("z", "a", "z"), speakers=("Bo", "Al", "Bo"))
    assert (made.topics, made.speakers) == (("z", "a"), ("Bo", "Al"))


def test_a_changed_copy_keeps_the_rest() -> None:
    """And is put in form like any other."""
    changed = EXAMPLE.changed(body="New\r\nbody")
    assert (changed.body, changed.title, EXAMPLE.body[0]) == ("New\nbody", "Größe", "A")


def test_a_content_cant_be_changed_in_place() -> None:
    """Its hash would no longer be its own."""
    with pytest.raises(FrozenInstanceError):
        EXAMPLE.title = "Other"  # type: ignore[misc]


# ---- what no page can carry


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x08", "U+0008"),
        ("\x0b", "U+000B"),
        ("\x0c", "U+000C"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\x9f", "U+009F"),
        ("\ud800", "U+D800"),
        ("\udfff", "U+DFFF"),
        ("\ufdd0", "U+FDD0"),
        ("\ufdef", "U+FDEF"),
        ("\ufffe", "U+FFFE"),
        ("\uffff", "U+FFFF"),
        ("\U0001fffe", "U+1FFFE"),
        ("\U0001ffff", "U+1FFFF"),
        ("\U0010fffe", "U+10FFFE"),
        ("\U0010ffff", "U+10FFFF"),
    ],
)
def test_an_unprintable_character_is_found(character: str, name: str) -> None:
    """And named, wherever it stands."""
    assert unprintable(f"before{character}after") == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\t\n",
        " ~",
        "\xa0ÿ",
        "\ufdcf\ufdf0",
        "\ufffd",
        "\U0001fffd",
        "\U00020000",
        "\U0010fffd",
        "\u200f\u2028",
    ],
)
def test_what_a_page_can_carry_is_printable(text: str) -> None:
    """The neighbours of what is forbidden, too."""
    assert unprintable(text) is None


@pytest.mark.parametrize("field", ["title", "summary", "body", "speakers"])
@pytest.mark.parametrize("bad", ["\x00", "\ud800", "\U0001fffe"])
def test_an_unprintable_text_is_refused(field: str, bad: str) -> None:
    """By the name of its field, in a sentence that can be printed itself."""
    text = f"a{bad}"
    with pytest.raises(BadText, match="holds the character U") as caught:
        content(**{field: (text,) if field == "speakers" else text}).check()
    assert caught.value.field == field
    assert unprintable(str(caught.value)) is None


@pytest.mark.parametrize("field", ["kind", "language", "topics", "title"])
def test_a_lone_surrogate_is_refused_when_the_bytes_are_asked_for(field: str) -> None:
    """A hash may be wanted before the rules are."""
    with pytest.raises(BadText) as caught:
        _ = content(**{field: ("\ud800",) if field == "topics" else "\ud800"}).sha256
    assert caught.value.field == field
    assert str(caught.value).encode()


# ---- rules


def test_the_example_keeps_the_rules() -> None:
    """As does the smallest content."""
    EXAMPLE.check()
    content().check()


@pytest.mark.parametrize("kind", ["statement", "press-release", "a", "q2-", "x" * 80])
def test_a_kind_is_a_key(kind: str) -> None:
    """Letters, digits and hyphens, a letter first."""
    assert content(kind=kind).check() is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize("kind", ["", "2nd", "-a", "Press", "a b", "é", "a\n", "x" * 81])
def test_another_kind_is_refused(kind: str) -> None:
    """By its field."""
    with pytest.raises(BadText) as caught:
        content(kind=kind).check()
    assert caught.value.field == "kind"


@pytest.mark.parametrize("language", ["en", "en-GB", "sr-Latn-RS", "zh-Hant-TW", "yue", "es-419"])
def test_a_language_is_a_tag(language: str) -> None:
    """BCP 47."""
    assert content(language=language).check() is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize("language", ["", "e", "english", "en_GB", "en-", "12", "en-GB\n", "de-ä"])
def test_another_language_is_refused(language: str) -> None:
    """By its field."""
    with pytest.raises(BadText) as caught:
        content(language=language).check()
    assert caught.value.field == "language"


@pytest.mark.parametrize("markup", ["commonmark", "html"])
def test_a_markup_is_one_of_two(markup: str) -> None:
    """CommonMark, or HTML for imports."""
    assert content(markup=markup).check() is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("markup", "markdown"),
        ("title", ""),
        ("title", " \t\n"),
        ("title", "two\nlines"),
        ("title", "a\ttab"),
        ("title", "x" * 501),
        ("summary", "x" * 5_001),
        ("topics", ("Topic",)),
        ("topics", ("-a",)),
        ("topics", ("",)),
        ("topics", tuple(f"t{n}" for n in range(51))),
        ("speakers", ("",)),
        ("speakers", (" Anna",)),
        ("speakers", ("Anna ",)),
        ("speakers", ("An\nna",)),
        ("speakers", ("!!!",)),
        ("speakers", ("x" * 201,)),
        ("speakers", tuple(f"Speaker {n}" for n in range(51))),
    ],
)
def test_a_value_beyond_the_rules_is_refused(field: str, value: object) -> None:
    """By its field."""
    with pytest.raises(BadText) as caught:
        content(**{field: value}).check()
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 500),
        ("summary", "x" * 5_000),
        ("topics", ("2020", "a-b", "x" * 80)),
        ("topics", tuple(f"t{n}" for n in range(50))),
        ("speakers", ("Анна Иванова", "李小龍", "x" * 200)),
    ],
)
def test_a_value_at_the_limit_is_taken(field: str, value: object) -> None:
    """The limits themselves are allowed."""
    assert content(**{field: value}).check() is None  # type: ignore[func-returns-value]


def test_a_body_is_measured_in_bytes() -> None:
    """1 MiB of UTF-8, which fewer letters of most scripts fill."""
    content(body="ж" * (BODY_LIMIT // 2)).check()
    with pytest.raises(BadText, match="1,048,576 bytes") as caught:
        content(body="ж" * (BODY_LIMIT // 2) + "x").check()
    assert caught.value.field == "body"


# ---- files and translation

PICTURE = File(
    sha256="ab" * 32, name="gauge.jpg", media_type="image/jpeg", size=4, alt="A gauge", width=2, height=1
)
SHEET = File(sha256="cd" * 32, name="levels.2026.csv", media_type="text/csv", size=9, alt="Levels")
ORIGINAL = Translates(publication="d3b8178d-a81b-51f0-b4ed-9a9608026af3", edition=2)


def test_files_and_a_translation_make_the_second_format() -> None:
    """Every field of a file and of what is translated is in the bytes."""
    assert content(files=(PICTURE,), translates=ORIGINAL).canonical() == (
        b'{"body":"","files":[{"alt":"A gauge","height":1,"media_type":"image/jpeg","name":"gauge.jpg",'
        b'"sha256":"' + b"ab" * 32 + b'","size":4,"width":2}],"kind":"statement","language":"en",'
        b'"markup":"commonmark","speakers":[],"summary":"","title":"T","topics":[],'
        b'"translates":{"edition":2,"publication":"d3b8178d-a81b-51f0-b4ed-9a9608026af3"},"v":2}'
    )


@pytest.mark.parametrize(
    "said",
    [{"files": (PICTURE, SHEET)}, {"translates": ORIGINAL}, {"files": (SHEET,), "translates": ORIGINAL}],
)
def test_the_second_format_is_read_back(said: dict[str, Any]) -> None:
    whole = content(**said)
    whole.check()
    assert Content.parse(whole.canonical()) == whole


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "Gauge.jpg"}, "hyphens and dots"),
        ({"name": ".hidden"}, "hyphens and dots"),
        ({"name": "a/b.png"}, "hyphens and dots"),
        ({"name": "a..b"}, "hyphens and dots"),
        ({"name": "a" * 101}, "longer than 100"),
        ({"alt": " "}, "what gauge.jpg shows"),
        ({"alt": "a\nb"}, "on one line"),
        ({"alt": "a\0"}, r"U\+0000"),
        ({"media_type": "image/jpeg; x"}, "media type"),
        ({"sha256": "AB" * 32}, "SHA-256"),
        ({"size": 0}, "measures"),
        ({"width": None}, "measures"),
        ({"media_type": "text/csv"}, "measures"),
    ],
)
def test_a_file_that_can_not_be_shown_is_refused(changes: dict[str, Any], told: str) -> None:
    """In one sentence that names it."""
    with pytest.raises(BadText, match=told) as caught:
        content(files=(replace(PICTURE, **changes),)).check()
    assert caught.value.field == "files"


def test_two_files_of_one_name_are_refused() -> None:
    """A text names them."""
    with pytest.raises(BadText, match=r"two are named gauge\.jpg"):
        content(files=(PICTURE, replace(PICTURE, sha256="ef" * 32))).check()


@pytest.mark.parametrize(
    "bad",
    [
        replace(ORIGINAL, publication="x"),
        replace(ORIGINAL, publication="D3B8178D-A81B-51F0-B4ED-9A9608026AF3"),
        replace(ORIGINAL, edition=0),
    ],
)
def test_what_is_translated_is_named_by_id_and_edition(bad: Translates) -> None:
    with pytest.raises(BadText) as caught:
        content(translates=bad).check()
    assert caught.value.field == "translates"
