"""Plain text, words and minutes."""

from publisher.domain.content import Content
from publisher.rendering import plain, reading_minutes, words


def content(body: str, markup: str = "commonmark") -> Content:
    return Content(kind="transcript", language="en", title="t", summary="", body=body, markup=markup)


def test_plain_text_is_a_block_a_line() -> None:
    """Borders between blocks part words, soft breaks do not part sentences."""
    body = "# Head\n\nOne *two*\nthree.\n\n- a\n- b\n\n|c|d|\n|-|-|\n|e|f|\n\nx  \ny ![alt](z.png)"
    assert plain(content(body)) == "Head\nOne two three.\na\nb\nc d\ne f\nx\ny alt"


def test_plain_text_keeps_a_transcripts_prefixes() -> None:
    """Who asked can be searched for."""
    assert plain(content("**Question (Radio Vell):** why?")) == "Question (Radio Vell): why?"


def test_plain_text_of_html_has_no_scripts() -> None:
    """What readers never see is not searched."""
    assert (
        plain(content("<p>a &lt; b</p><script>c()</script><style>d</style><!-- e -->", "html")) == "a < b"
    )


def test_words_hold_a_letter_or_digit() -> None:
    """A dash between spaces is no word."""
    assert words(content("Well – the *year* 2020 isn’t over.")) == 6


def test_each_ideograph_counts() -> None:
    """Languages without spaces have words too."""
    assert words(content("新闻 2020")) == 3


def test_reading_takes_at_least_a_minute() -> None:
    """Minutes are rounded up."""
    assert reading_minutes(content("")) == 1
    assert reading_minutes(content("word " * 220)) == 1
    assert reading_minutes(content("word " * 221)) == 2
    assert reading_minutes(content("新" * 900)) == 3
