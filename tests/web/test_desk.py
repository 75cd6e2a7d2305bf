"""The desk: from a draft to its end, what is refused, and what no reader sees of it."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from uuid import uuid4

import pytest
from desk_people import PASSWORD, TEXT, Person, fields_of, token_of
from flask import Flask

from movable_clock import MovableClock
from publisher.bootstrap import Publisher
from publisher.web import create_app

PATH = "/2026/05/ferry-timetable-for-the-summer"
PUBLIC = ("/", "/archive", "/feed.atom", "/feed.rss", "/search", "/feeds", "/2026/05/")


def problem(page: str, field: str) -> str:
    """What a page says is wrong with a field."""
    found = re.search(rf'<p class="wrong" id="{field}-wrong">(.*?)</p>', page, re.DOTALL)
    assert found, page
    return unescape(found[1])


# ---- signing in and out


def test_signing_in_opens_the_desk_and_signing_out_ends_the_session_on_the_server(
    chief: Person, app: Flask
) -> None:
    """The cookie of a session that ended opens nothing, also where a browser kept it."""
    assert chief.get("/desk/").status_code == 200
    kept = chief.client.get_cookie("session_id")
    assert kept is not None
    assert kept.http_only
    assert kept.same_site == "Lax"
    answer = chief.post("/desk/sign-out")
    assert answer.status_code == 303
    assert chief.client.get_cookie("session_id") is None
    other = app.test_client()
    other.set_cookie("session_id", kept.value)
    assert other.get("/desk/").headers["Location"].startswith("/desk/sign-in")


def test_a_wrong_password_is_refused_and_keeps_the_name(
    visitor: Person, account: Callable[..., str]
) -> None:
    """401, the name still in its field, the password not, and nobody signed in."""
    name = account("editor")
    answer = visitor.post("/desk/sign-in", name=name, password="not this one at all")
    assert answer.status_code == 401
    assert f'value="{name}"' in answer.text
    assert "not this one" not in answer.text
    assert "do not belong together" in problem(answer.text, "password")
    assert visitor.get("/desk/").status_code == 303


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(
    visitor: Person, account: Callable[..., str]
) -> None:
    """The address that was asked for is where signing in leads."""
    answer = visitor.get("/desk/?shelf=draft")
    assert answer.status_code == 303
    page = visitor.get(answer.headers["Location"]).text
    assert 'name="next" value="/desk/?shelf=draft"' in page
    there = visitor.post(
        "/desk/sign-in", name=account("editor"), password=PASSWORD, next="/desk/?shelf=draft"
    )
    assert there.headers["Location"] == "/desk/?shelf=draft"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/desk/",
        "/\\evil.example",
        "/desk/\\..",
        "desk/",
        "javascript:x",
    ],
)
def test_signing_in_leads_to_this_desk_only(
    visitor: Person, account: Callable[..., str], target: str
) -> None:
    """A foreign address to go on to is passed over, in the form and in what is sent."""
    page = visitor.client.get("/desk/sign-in", query_string={"next": target}).text
    assert 'name="next" value=""' in page
    answer = visitor.post("/desk/sign-in", name=account("editor"), password=PASSWORD, next=target)
    assert answer.headers["Location"] == "/desk/"


def test_a_session_is_over_when_it_was_not_used(chief: Person, clock: MovableClock) -> None:
    """Thirteen hours without a request sign out."""
    clock.move(hours=13)
    assert chief.get("/desk/").status_code == 303


def test_cookies_of_an_https_newsroom_are_bound_to_its_host(
    publisher: Publisher, account: Callable[..., str]
) -> None:
    """With an https address both cookies are secure and carry the `__Host-` prefix."""
    made = create_app(
        replace(publisher, config=replace(publisher.config, base_url="https://press.example"))
    )
    person = Person(client=made.test_client())
    address = "https://press.example/desk/sign-in"
    page = person.get(address)
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-form=")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    answer = person.client.post(
        address,
        data={"csrf_token": token_of(page.text), "name": account("editor"), "password": PASSWORD},
        headers={"Referer": address},
    )
    session = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-session="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(session.split("; "))


# ---- forged and repeated forms


def test_a_form_without_its_token_is_refused_and_stores_nothing(
    chief: Person, events: Callable[[], int]
) -> None:
    """400 for every form of the desk, signing in and out included."""
    publication = chief.draft()
    before = events()
    for address in ("new", publication, f"{publication}/publish", "masthead", "sign-in", "sign-out"):
        answer = chief.post(f"/desk/{address}", _token=False, **(TEXT | {"base": "1", "revision": "1"}))
        assert answer.status_code == 400
    assert events() == before
    assert chief.get("/desk/").status_code == 200


def test_a_token_of_another_browser_is_refused(chief: Person, signed_in: Callable[..., Person]) -> None:
    """A token holds for the browser that it was given to."""
    other = signed_in("chief")
    chief.token = other.token
    assert chief.post("/desk/new", **TEXT).status_code == 400


def test_a_form_that_is_sent_twice_is_stored_once(chief: Person, events: Callable[[], int]) -> None:
    """The same command id leads to the same result, and to no further event."""
    command = str(uuid4())
    first = chief.post("/desk/new", **TEXT, command_id=command)
    stored = events()
    second = chief.post("/desk/new", **TEXT, command_id=command)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert events() == stored
    publication = first.headers["Location"].rpartition("/")[2]
    again = str(uuid4())
    assert chief.publish(publication, command_id=again).status_code == 303
    stored = events()
    assert chief.publish(publication, command_id=again).status_code == 303
    assert events() == stored


# ---- the way of a publication


def test_a_refused_save_gives_back_what_was_typed(chief: Person, events: Callable[[], int]) -> None:
    """A form sent again from the browser's history, with another text, loses nothing."""
    command = str(uuid4())
    chief.post("/desk/new", **TEXT, command_id=command)
    stored = events()
    again = chief.post("/desk/new", **{**TEXT, "body": "Typed after going back."}, command_id=command)
    assert again.status_code == 409
    assert "Typed after going back." in again.text
    assert f'value="{command}"' not in again.text
    assert events() == stored


def test_a_publication_goes_the_whole_way(chief: Person, visitor: Person, clock: MovableClock) -> None:
    """Drafted, revised, published, corrected, scheduled, cancelled, moved, withdrawn, removed."""
    publication = chief.draft()
    assert visitor.get(PATH).status_code == 404
    revised = TEXT | {"title": "Ferry timetable for the summer", "body": "Ten boats a day.", "base": "1"}
    assert chief.post(f"/desk/{publication}", **revised).status_code == 303

    assert chief.publish(publication, revision="2").status_code == 303
    assert "Ten boats a day." in visitor.get(PATH).text
    assert "Ferry timetable" in visitor.get("/").text

    clock.move(minutes=1)
    chief.post(f"/desk/{publication}", **(revised | {"body": "Eleven boats a day.", "base": "2"}))
    assert "Eleven" not in visitor.get(PATH).text
    answer = chief.post(
        f"/desk/{publication}/amend",
        revision="3",
        significance="correction",
        note="The number of boats was wrong.",
        when="now",
    )
    assert answer.status_code == 303, answer.text
    page = visitor.get(PATH).text
    assert "Eleven boats a day." in page
    assert "The number of boats was wrong." in page

    clock.move(minutes=1)
    chief.post(f"/desk/{publication}", **(revised | {"body": "Twelve boats a day.", "base": "3"}))
    later = {"revision": "4", "significance": "major", "note": "One more.", "when": "later"}
    due = {"date": "2026-05-20", "time": "12:00"}
    assert chief.post(f"/desk/{publication}/amend", **later, **due).status_code == 303
    assert "Twelve" not in visitor.get(PATH).text
    assert "Wednesday 20 May 2026, 12:00" in chief.get("/desk/").text
    assert chief.post(f"/desk/{publication}/cancel", edition="3").status_code == 303
    clock.move(hours=4)
    assert "Twelve" not in visitor.get(PATH).text

    assert chief.post(f"/desk/{publication}/move", slug="summer-ferries").status_code == 303
    moved = visitor.get(PATH)
    assert moved.status_code == 301
    assert moved.headers["Location"].endswith("/2026/05/summer-ferries")

    clock.move(minutes=1)
    assert chief.post(f"/desk/{publication}/withdraw", reason="Under review.").status_code == 303
    page = visitor.get("/2026/05/summer-ferries")
    assert page.status_code == 200
    assert "Under review." in page.text
    clock.move(minutes=1)
    assert chief.post(f"/desk/{publication}/reinstate").status_code == 303
    assert "Under review." not in visitor.get("/2026/05/summer-ferries").text

    clock.move(minutes=1)
    told = {"explanation": "A court asked us.", "proof": PASSWORD}
    assert chief.post(f"/desk/{publication}/remove", **told).status_code == 303
    gone = visitor.get("/2026/05/summer-ferries")
    assert gone.status_code == 410
    assert "A court asked us." in gone.text
    assert "Eleven" not in gone.text


def test_what_is_scheduled_appears_at_its_instant_and_not_before(
    chief: Person, visitor: Person, clock: MovableClock
) -> None:
    """Nothing runs meanwhile: the clock alone makes it public, to the second."""
    publication = chief.draft()
    answer = chief.publish(publication, when="later", date="2026-05-20", time="11:00")
    assert answer.status_code == 303
    assert "Goes out on" in chief.get(f"/desk/{publication}").text
    clock.move(minutes=59, seconds=59)
    assert visitor.get(PATH).status_code == 404
    assert all("Ferry" not in visitor.get(address).text for address in PUBLIC)
    clock.move(seconds=1)
    assert visitor.get(PATH).status_code == 200
    assert "Ferry" in visitor.get("/feed.atom").text


def test_an_act_on_what_has_a_schedule_asks_before_it_cancels_it(
    chief: Person, visitor: Person, clock: MovableClock, events: Callable[[], int]
) -> None:
    """409 with the tick to confirm and the reason kept; with the tick it is done."""
    publication = chief.draft()
    chief.publish(publication)
    clock.move(minutes=1)
    chief.post(f"/desk/{publication}", **(TEXT | {"body": "Changed.", "base": "1"}))
    chief.post(
        f"/desk/{publication}/amend",
        revision="2",
        significance="minor",
        confirmed="yes",
        note="Changed.",
        when="later",
        date="2026-06-01",
        time="09:00",
    )
    before = events()
    asked = chief.post(f"/desk/{publication}/withdraw", reason="Sent too early.")
    assert asked.status_code == 409
    assert 'name="cancel" value="yes"' in asked.text
    assert "Sent too early." in asked.text
    assert events() == before
    done = chief.post(f"/desk/{publication}/withdraw", reason="Sent too early.", cancel="yes")
    assert done.status_code == 303
    assert "Sent too early." in visitor.get(PATH).text
    clock.move(days=20)
    assert "Changed." not in visitor.get(PATH).text


def test_a_pin_stands_until_it_is_taken_off(chief: Person, visitor: Person, clock: MovableClock) -> None:
    """The older message stands before the newer one while it is pinned."""
    older = chief.draft()
    chief.publish(older)
    clock.move(minutes=5)
    chief.publish(chief.draft(title="Harbour closed"))

    def first_is_ferry() -> bool:
        page = visitor.get("/").text
        return page.index("Ferry timetable") < page.index("Harbour closed")

    assert not first_is_ferry()
    assert chief.post(f"/desk/{older}/pin").status_code == 303
    assert first_is_ferry()
    clock.move(seconds=1)
    assert chief.post(f"/desk/{older}/unpin").status_code == 303
    assert not first_is_ferry()


def test_a_discarded_draft_leaves_the_list(chief: Person) -> None:
    """It is found under its own state only."""
    publication = chief.draft()
    assert chief.post(f"/desk/{publication}/discard").status_code == 303
    assert publication not in chief.get("/desk/").text
    assert publication in chief.get("/desk/?shelf=discarded").text


def test_the_list_shows_a_state_and_finds_words(chief: Person) -> None:
    """State and words of the title narrow it; upper and lower case are one."""
    draft, public = chief.draft(), chief.draft(title="Harbour closed")
    chief.publish(public)
    assert draft in chief.get("/desk/?shelf=draft").text
    assert public not in chief.get("/desk/?shelf=draft").text
    assert public in chief.get("/desk/?q=hARBOUR").text
    assert draft not in chief.get("/desk/?q=hARBOUR").text


# ---- what is typed wrong


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", " ", "empty"),
        ("title", "x" * 5000, "shorten"),
        ("kind", "!!!", "can't be used"),
        ("language", "english!", "BCP 47"),
        ("topics", "!!!", "can't be used"),
        ("speakers", "!!!", "can't have a page"),
        ("summary", "a\x07b", "take it out"),
        ("body", "a\x07b", "take it out"),
    ],
)
def test_a_bad_field_is_named_and_everything_typed_is_kept(
    chief: Person, events: Callable[[], int], field: str, value: str, says: str
) -> None:
    """422, the message beside its field, each other field as it was sent, and nothing stored."""
    before = events()
    answer = chief.post("/desk/new", **(TEXT | {field: value}))
    assert answer.status_code == 422
    assert says in problem(answer.text, field)
    assert f'aria-describedby="{field}-wrong' in answer.text
    shown = TEXT | {"kind": "Press release", "language": "English (United Kingdom)"}
    for name, text in shown.items():
        assert name == field or text in unescape(answer.text)
    assert events() == before


def test_markup_in_every_field_comes_back_as_text(chief: Person) -> None:
    """What looks like HTML is shown as it was typed, in a refused form and in a stored one."""
    attack = '"><script>alert(1)</script>'
    refused = chief.post("/desk/new", **dict.fromkeys(TEXT, attack))
    assert refused.status_code == 422
    assert "<script>alert" not in refused.text
    assert refused.text.count("&lt;script&gt;alert") >= len(TEXT)
    publication = chief.draft(
        title=attack, summary=attack, body=attack, speakers="A <script>alert</script>"
    )
    for address in (publication, "", f"{publication}/publish", f"{publication}/discard"):
        page = chief.get(f"/desk/{address}").text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_a_text_that_begins_with_a_line_break_keeps_it(chief: Person) -> None:
    """A browser drops the first line break in a text field: the form gives it one to drop."""
    page = chief.get(f"/desk/{chief.draft(body='First line')}").text
    assert re.search(r'<textarea id="body"[^>]*>\nFirst line</textarea>', page)


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"date": "2027-03-28", "time": "01:30"}, "time", "skip this time"),
        ({"date": "2026-10-25", "time": "01:30"}, "fold", "twice"),
        ({"date": "tomorrow", "time": "01:30"}, "date", "YYYY-MM-DD"),
        ({"date": "2026-10-25", "time": "noon"}, "time", "HH:MM"),
        ({"date": "", "time": ""}, "date", "empty"),
        ({"date": "9999-12-31", "time": "23:59", "slug": "No Slug"}, "slug", "can't be used"),
    ],
)
def test_a_time_that_does_not_exist_or_comes_twice_is_asked_again(
    chief: Person, events: Callable[[], int], fields: dict[str, str], field: str, says: str
) -> None:
    """422 beside the field, and the draft stays a draft."""
    publication = chief.draft()
    before = events()
    answer = chief.publish(publication, **({"when": "later"} | fields))
    assert answer.status_code == 422
    assert says in problem(answer.text, field)
    assert events() == before


@pytest.mark.parametrize(("fold", "utc"), [("first", "00:30"), ("second", "01:30")])
def test_of_a_time_that_comes_twice_the_chosen_one_is_taken(
    chief: Person, publisher: Publisher, fold: str, utc: str
) -> None:
    """01:30 in London on 25 October 2026 is first 00:30, then 01:30 UTC."""
    publication = chief.draft()
    chief.publish(publication, when="later", date="2026-10-25", time="01:30", fold=fold)
    chief.get("/desk/")
    row = publisher.library.desk_row(publisher.now(), publication)
    assert row is not None
    assert row.due is not None
    assert f"{row.due:%H:%M}" == utc


def test_an_instant_that_has_passed_is_refused(chief: Person) -> None:
    """409, with what was chosen still in the form."""
    answer = chief.publish(chief.draft(), when="later", date="2026-05-19", time="09:00")
    assert answer.status_code == 409
    assert "has passed" in answer.text
    assert 'value="2026-05-19"' in answer.text


def test_an_amendment_has_to_say_what_it_is(chief: Person) -> None:
    """Without a significance or a note it is refused, and the other one is kept."""
    publication = chief.draft()
    chief.publish(publication)
    chief.post(f"/desk/{publication}", **(TEXT | {"body": "Changed.", "base": "1"}))
    answer = chief.post(f"/desk/{publication}/amend", revision="2", note="Kept note")
    assert answer.status_code == 422
    assert problem(answer.text, "significance")
    assert "Kept note" in answer.text
    answer = chief.post(f"/desk/{publication}/amend", revision="2", significance="major", note=" ")
    assert answer.status_code == 422
    assert problem(answer.text, "note")
    assert re.search(r'value="major"[^>]* checked', answer.text)


def test_a_removal_leads_to_no_foreign_scheme(chief: Person, visitor: Person) -> None:
    """A target is a path of this site or an http(s) address."""
    publication = chief.draft()
    chief.publish(publication)
    for target in ("javascript:alert(1)", "//evil.example/", "data:text/html,x"):
        answer = chief.post(f"/desk/{publication}/remove", explanation="Moved.", redirect=target)
        assert answer.status_code == 422
        assert "https" in problem(answer.text, "redirect")
    answer = chief.post(f"/desk/{publication}/remove", explanation="Moved.", redirect="/archive")
    assert answer.status_code == 303
    assert visitor.get(PATH).headers["Location"].endswith("/archive")


def test_a_revision_upon_an_old_one_shows_both_texts_and_can_be_saved_on_top(
    chief: Person, signed_in: Callable[..., Person], events: Callable[[], int]
) -> None:
    """409 with what was typed and what was saved meanwhile; the page's own form then saves it."""
    publication = chief.draft()
    other = signed_in("contributor")
    other.post(f"/desk/{publication}", **(TEXT | {"body": "Theirs & first.", "base": "1"}))
    before = events()
    mine = TEXT | {"body": "Mine <b>typed</b>.", "topics": "mine", "base": "1"}
    answer = chief.post(f"/desk/{publication}", **mine)
    assert answer.status_code == 409
    assert "Theirs &amp; first." in answer.text
    assert "Mine &lt;b&gt;typed&lt;/b&gt;." in answer.text
    assert events() == before
    assert 'name="base" value="2"' in answer.text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.text))
    sent = {name: unescape(text) for name, text in fields.items()}
    sent = {name: sent[name] for name in TEXT}
    assert sent == {name: mine[name] for name in TEXT}
    assert chief.post(f"/desk/{publication}", **sent, base="2").status_code == 303
    assert "Mine &lt;b&gt;typed&lt;/b&gt;." in chief.get(f"/desk/{publication}").text


def test_what_is_not_there_is_not_found(chief: Person) -> None:
    """An unknown publication is 404 on every page of it."""
    for act in ("", "/publish", "/move", "/pin"):
        assert chief.get(f"/desk/{uuid4()}{act}").status_code == 404


# ---- roles

ALLOWED = {
    "contributor": {"list", "new", "revise", "discard"},
    "editor": {"list", "new", "revise", "discard", "publish", "amend", "cancel", "move"},
    "chief": {
        *("list", "new", "revise", "discard", "publish", "amend", "cancel", "move"),
        *("withdraw", "reinstate", "remove", "pin", "unpin", "masthead"),
    },
    "auditor": {"list"},
    "admin": set[str](),
}
"""What each role may do at the desk, written down apart from the policy."""
ACTS = ("publish", "amend", "cancel", "move", "withdraw", "reinstate", "remove", "discard", "pin", "unpin")


@pytest.mark.parametrize("role", ALLOWED)
def test_a_role_does_what_it_may_and_nothing_else(
    chief: Person, signed_in: Callable[..., Person], events: Callable[[], int], role: str
) -> None:
    """403 on the form and on the command, and no event; else never 403."""
    publication = chief.draft()
    person = signed_in(role)
    before = events()
    forms = {"new": "/desk/new", "masthead": "/desk/masthead"}
    forms |= {act: f"/desk/{publication}/{act}" for act in ACTS}
    for name, address in forms.items():
        wanted = 200 if name in ALLOWED[role] else 403
        assert (name, person.get(address).status_code) == (name, wanted)
        if wanted == 403:
            assert (name, person.post(address, **TEXT).status_code) == (name, 403)
    assert person.get("/desk/").status_code == (200 if "list" in ALLOWED[role] else 403)
    revised = person.post(f"/desk/{publication}", **(TEXT | {"body": "Changed.", "base": "1"}))
    assert revised.status_code == (303 if "revise" in ALLOWED[role] else 403)
    assert events() - before == ("revise" in ALLOWED[role])


def test_links_to_acts_are_offered_to_those_who_may(
    chief: Person, signed_in: Callable[..., Person]
) -> None:
    """An editor sees neither withdrawing nor the masthead, a chief both."""
    publication = chief.draft()
    chief.publish(publication)
    editor = signed_in("editor").get(f"/desk/{publication}").text
    mine = chief.get(f"/desk/{publication}").text
    for address in (f"/desk/{publication}/withdraw", f"/desk/{publication}/remove", "/desk/masthead"):
        assert f'href="{address}"' not in editor
        assert f'href="{address}"' in mine
    assert f'href="/desk/{publication}/move"' in editor


# ---- how a message stands


def test_the_editor_says_when_the_next_edition_goes_out(chief: Person) -> None:
    """A pending edition is named beside the public one, in the list too, and not as changes that wait."""
    publication = chief.draft()
    chief.publish(publication)
    chief.post(f"/desk/{publication}", **(TEXT | {"body": "Ten boats.", "base": "1"}))
    later = {"when": "later", "date": "2026-06-01", "time": "09:00"}
    amended = {"revision": "2", "significance": "major", "note": "One more boat."}
    assert chief.post(f"/desk/{publication}/amend", **amended, **later).status_code == 303
    editor = unescape(chief.get(f"/desk/{publication}").text)
    assert "Edition 1 is public. The next one goes out on Monday 1 June 2026, 09:00 (London)." in editor
    for page in (editor, chief.get("/desk/").text):
        assert "chip--scheduled" in page
        assert "Changes not public" not in page


def test_the_editor_of_a_withdrawn_message_asks_to_reinstate_it_first(chief: Person) -> None:
    """It does not say that the message can be published as it is."""
    publication = chief.draft()
    chief.publish(publication)
    chief.post(f"/desk/{publication}/withdraw", reason="It was too early.")
    editor = chief.get(f"/desk/{publication}").text
    assert "Edition 1 is withdrawn" in editor
    assert "Edition 1 is public" not in editor


# ---- the masthead


def test_saving_the_masthead_is_confirmed_once(chief: Person) -> None:
    """On the page that follows, and not on the one after it."""
    chief.post("/desk/masthead", name="Harbour Office", zone="Europe/London")
    said = [b"The masthead is saved" in chief.get("/desk/masthead").data for _ in range(2)]
    assert said == [True, False]


def test_the_masthead_shows_its_new_counters_on_the_site_at_once(chief: Person, visitor: Person) -> None:
    """What was saved stands on page and feed header; the form says it again."""
    fields = {
        "name": "Harbour Office <Nord>",
        "zone": "Europe/London",
        "counters-0-key": "storm",
        "counters-0-since": "2026-05-01",
        "counters-0-zone": "Europe/London",
        "counters-0-text": "{days} days since the storm",
        "clocks-0-label": "Moscow",
        "clocks-0-zone": "Europe/Moscow",
        "contacts-0-label": "Press line",
        "contacts-0-value": "+44 1632 960 412",
        "notices-0-level": "warning",
        "notices-0-text": "The quay is closed.",
    }
    assert chief.post("/desk/masthead", **fields).status_code == 303
    answer = visitor.get("/")
    assert 'data-counter="storm" data-days="19"' in answer.text
    assert "Harbour Office &lt;Nord&gt;" in answer.text
    assert "The quay is closed." in answer.text
    assert answer.headers["Day-Counters"] == "storm=19"
    given = fields_of(chief.get("/desk/masthead").text, "/desk/masthead")
    assert {name: given[name] for name in fields} == fields


# ---- what readers never see


def test_no_word_of_a_draft_is_on_a_public_page(chief: Person, visitor: Person) -> None:
    """Neither of a draft nor of a revision after the public one nor of what is scheduled."""
    public = chief.draft()
    chief.publish(public)
    chief.post(f"/desk/{public}", **(TEXT | {"body": "Zanzibar later.", "base": "1"}))
    chief.draft(title="Zanzibar draft", topics="zanzibar", speakers="Zed Zanzibar", kind="zanzibar-kind")
    later = chief.draft(title="Zanzibar tomorrow", topics="zanzibar")
    chief.publish(later, when="later", date="2026-05-21", time="09:00")
    for address in (*PUBLIC, PATH, f"{PATH}/history"):
        page = visitor.get(address)
        assert page.status_code == 200
        assert "zanzibar" not in page.text.lower(), address
    found = visitor.get("/search?q=Zanzibar").text
    assert not re.search("zanzibar (draft|tomorrow|later)", found.lower())
    assert "/2026/05/zanzibar" not in found
    for address in ("/topics/zanzibar", "/people/zed-zanzibar", "/kinds/zanzibar-kind"):
        assert visitor.get(address).status_code == 404
    assert visitor.get(f"/id/{later}").status_code == 404


def test_public_pages_set_no_cookie(chief: Person, visitor: Person) -> None:
    """Not to visitors, and none more to those who are signed in."""
    chief.publish(chief.draft())
    for person in (visitor, chief):
        for address in (*PUBLIC, PATH, "/nowhere", "/web/20260520090000/http://localhost/"):
            answer = person.get(address)
            assert "Set-Cookie" not in answer.headers
            assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_desk_is_not_reached_through_the_past(chief: Person) -> None:
    """A memento of the desk, of the record or of signing in is not found; nor does a form go there."""
    past = "/web/20260520085900/http://localhost"
    for address in ("/desk/", "/desk/sign-in", "/desk/new", "/audit/", "/desk/masthead"):
        assert chief.get(past + address).status_code == 404
    assert chief.post(past + "/desk/new", **TEXT).status_code == 404


def test_the_desk_is_kept_by_no_cache(chief: Person) -> None:
    """Its pages may not be stored, and search engines are told to stay away."""
    for address in ("/desk/", "/desk/new", "/desk/masthead", "/desk/sign-in"):
        answer = chief.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert '<meta name="robots" content="noindex">' in answer.text
