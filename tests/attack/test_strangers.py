"""What strangers may send: odd headers, hosts and addresses are answered, and lead nowhere else."""

import pytest
from flask.testing import FlaskClient

PAGES = ("/", "/feed.atom", "/static/style.css")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("header", ["If-Modified-Since", "If-Unmodified-Since", "If-Range"])
@pytest.mark.parametrize(
    "date",
    [
        "Mon, 01 Jan 2020 00:00:00 +99999999999999",
        "Fri, 31 Dec 9999 23:59:59 -1400",
        "Mon, 01 Jan 0001 00:00:00 +1400",
    ],
)
def test_a_date_beyond_the_calendar_counts_as_not_sent(
    stranger: FlaskClient, page: str, header: str, date: str
) -> None:
    """RFC 9110, section 13.1.3: a date that is none is passed over."""
    asked = {header: date} | ({"Range": "bytes=0-9"} if header == "If-Range" else {})
    with stranger.get(page, headers=asked) as answer:
        assert answer.status_code in (200, 206)


@pytest.mark.parametrize("host", ["..", ".", "a..b", "a" * 64 + ".org", "x" * 5000])
@pytest.mark.parametrize("page", [*PAGES, "/no-such", "/desk/"])
def test_a_host_that_can_be_no_name_is_refused(stranger: FlaskClient, page: str, host: str) -> None:
    """400 and a sentence, whatever was asked for."""
    answer = stranger.get(page, headers={"Host": host})
    assert (answer.status_code, answer.text) == (400, "The header Host names no host.\n")


def test_an_address_without_its_slash_leads_to_no_other_host(stranger: FlaskClient) -> None:
    """The Location is a path, with the query, in a memento too."""
    for asked, led in (
        ("/2025?page=2", "/2025/?page=2"),
        ("/desk", "/desk/"),
        ("/web/20260101000000/http://evil.example/2025", "/web/20260101000000/http://evil.example/2025/"),
    ):
        answer = stranger.get(asked, headers={"Host": "evil.example"})
        assert (answer.status_code, answer.headers["Location"]) == (308, led)


def test_line_breaks_in_a_future_address_stay_encoded(stranger: FlaskClient) -> None:
    """The redirect to now quotes the path anew."""
    answer = stranger.get("/web/20990101000000/http://localhost/a%3Fb%0d%0aX:y?q=%0d%0a")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/web/20260520090000/http://localhost/a%3Fb%0D%0AX%3Ay?q=%0d%0a"


def test_any_entity_tag_will_do_where_there_is_a_page(stranger: FlaskClient) -> None:
    """`If-None-Match: *` is 304 of what is there (RFC 9110, section 13.1.2), 404 of what is not."""
    asked = {"If-None-Match": "*"}
    found = stranger.get("/", headers=asked)
    assert (found.status_code, found.data) == (304, b"")
    assert found.headers["ETag"] == stranger.get("/").headers["ETag"]
    assert stranger.get("/topics/none", headers=asked).status_code == 404
