"""A bare application that renders every template with the samples."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from flask import render_template
from look_application import ACTS, WEB, application
from look_desk import (
    AUDIT,
    COMPARED,
    DESK_COUNTS,
    DESK_KINDS,
    DESK_ROWS,
    EDIT_FORM,
    EVENTS,
    FINDINGS,
    LINES,
    LIVE,
    LIVE_EMPTY,
    MASTHEAD_FORM,
    OPERATION,
    PAPER,
    PREVIEWS,
    READERS,
    TRANSCRIPT,
    USED,
    VERDICT,
    act_page,
    ahead,
    desk,
    desk_row,
    factor_page,
    masthead_page,
    preview_page,
    review_page,
    second_page,
)
from look_samples import (
    ACCOUNTS,
    ADMIN,
    CLAIM_STEPS,
    CONTENT,
    DIFFERENCE,
    DIFFERENCE_PAGE,
    EDITIONS,
    FACTOR,
    FRONT,
    ID,
    NAMES,
    NO_PAGE,
    NOW,
    OTHERS,
    PAST,
    PATH,
    PUBLICATION,
    REDACTED,
    REMOVED,
    SECRET,
    SESSIONS,
    SHA,
    STANDING,
    TOKENS,
    WITHDRAWN,
    archive_page,
    corrected,
    counter_page,
    facet_page,
    feeds_frame,
    frame,
    page_of,
    search_page,
)

from publisher.domain.policy import Role
from publisher.interchange.turns import split
from publisher.readmodel.rows import (
    MastheadRow,
)
from publisher.web.desk import factors, masthead_rows
from publisher.web.desk.live import Live
from publisher.web.desk.originals import Original

PAGES: dict[str, Callable[[str], tuple[str, dict[str, Any]]]] = {
    "front": lambda lang: ("front.html", frame(lang, **FRONT)),
    "front-empty": lambda lang: (
        "front.html",
        frame(
            lang,
            rows=[],
            total=0,
            years=[],
            masthead=MastheadRow(name=None, zone=None),
            counters=[],
            kinds=[],
        ),
    ),
    "past": lambda lang: ("front.html", frame(lang, past=PAST, **FRONT)),
    "rehearsal": lambda lang: ("front.html", frame(lang, rehearsal=NOW, **FRONT)),
    "publication": lambda lang: ("publication.html", frame(lang, **PUBLICATION)),
    "withdrawn": lambda lang: ("publication.html", frame(lang, **PUBLICATION | {"standing": WITHDRAWN})),
    "redacted": lambda lang: (
        "publication.html",
        frame(lang, **PUBLICATION | {"standing": REDACTED, "text_html": None, "questions": []}),
    ),
    "edition": lambda lang: (
        "edition.html",
        frame(lang, edition=EDITIONS[1], content=CONTENT, **PUBLICATION),
    ),
    "history": lambda lang: (
        "history.html",
        frame(lang, standing=STANDING, editions=EDITIONS, compared={}),
    ),
    "history-withdrawn": lambda lang: (
        "history.html",
        frame(lang, standing=WITHDRAWN, editions=EDITIONS, compared={2: "/a-difference"}),
    ),
    "difference": lambda lang: ("difference.html", frame(lang, **DIFFERENCE_PAGE)),
    "difference-redacted": lambda lang: (
        "difference.html",
        frame(
            lang, **DIFFERENCE_PAGE | {"standing": WITHDRAWN, "after": REDACTED.edition, "difference": None}
        ),
    ),
    "archive": lambda lang: ("archive.html", frame(lang, **archive_page("site.archive", None, None))),
    "year": lambda lang: ("archive.html", frame(lang, **archive_page("site.year", "2020", None))),
    "month": lambda lang: ("archive.html", frame(lang, **archive_page("site.month", "2020", "11"))),
    "kind": lambda lang: (
        "facet.html",
        frame(lang, **facet_page("kind", "kinds", "transcript", "transcript")),
    ),
    "language": lambda lang: (
        "facet.html",
        frame(lang, **facet_page("language", "languages", "de", "Deutsch") | {"args": {"tag": "de"}}),
    ),
    "topic": lambda lang: (
        "facet.html",
        frame(lang, **facet_page("topic", "topics", "archive", "Archive")),
    ),
    "person": lambda lang: (
        "facet.html",
        frame(lang, **facet_page("person", "people", "ilse-dravik", "Ilse Dravik")),
    ),
    "search": lambda lang: ("search.html", frame(lang, **search_page("reading room", page_of(1)))),
    "search-empty": lambda lang: ("search.html", frame(lang, **search_page("", NO_PAGE))),
    "search-nothing": lambda lang: (
        "search.html",
        frame(lang, **search_page("a “quoted” <b> 100%", NO_PAGE)),
    ),
    "corrections": lambda lang: (
        "corrections.html",
        frame(lang) | {"rows": corrected(), "newer": 1, "older": 3},
    ),
    "corrections-empty": lambda lang: (
        "corrections.html",
        frame(lang) | {"rows": [], "newer": None, "older": None},
    ),
    "counters-namespace": lambda lang: (
        "counters-namespace.html",
        frame(lang) | {"namespace": "https://news.example/ns/counters/1"},
    ),
    "feeds": lambda lang: (
        "feeds.html",
        feeds_frame(lang),
    ),
    "api": lambda lang: (
        "api.html",
        frame(
            lang,
            groups={"publications": (OPERATION,)},
            kinds_of_problem=[("stale-revision", "409 Conflict"), ("unknown-revision", "404 Not Found")],
        ),
    ),
    "gone": lambda lang: ("gone.html", frame(lang, standing=REMOVED)),
    "error-400": lambda lang: ("error.html", frame(lang, code=400, message="Give a date as YYYY-MM-DD.")),
    "error-404": lambda lang: ("error.html", frame(lang, code=404, message=None)),
    "error-404-past": lambda lang: ("error.html", frame(lang, code=404, message=None, past=PAST)),
    "error-409": lambda lang: ("error.html", frame(lang, code=409, message="Somebody else was faster.")),
    "error-500": lambda lang: ("error.html", frame(lang, code=500, message=None)),
    "error-418": lambda lang: ("error.html", frame(lang, code=418, message=None)),
    "desk-sign-in": lambda lang: (
        "desk/sign-in.html",
        desk(lang, who=None, form={"name": "ines"}, problems={"password": "They do not belong."}, next=""),
    ),
    "desk-confirm": lambda lang: (
        "desk/confirm.html",
        desk(
            lang,
            there=f"/desk/{ID}/remove",
            coded=True,
            typed=[("explanation", "It named a person who had not agreed.")],
            problems={"proof": "That is not your password."},
        ),
    ),
    "desk-accounts": lambda lang: (
        "desk/accounts.html",
        desk(
            lang,
            who=ADMIN,
            rows=ACCOUNTS,
            roles=list(Role),
            form={"name": "Jonas Weir", "role-editor": "yes"},
            problems={"name": "There is an account “Jonas Weir” already: choose another name."},
        ),
    ),
    "desk-account": lambda lang: (
        "desk/account.html",
        desk(lang, who=ADMIN, row=ACCOUNTS[1], roles=list(Role), sessions=2),
    ),
    "desk-account-own": lambda lang: (
        "desk/account.html",
        desk(lang, who=ADMIN, row=ACCOUNTS[0], roles=list(Role), sessions=1),
    ),
    "desk-account-closed": lambda lang: (
        "desk/account.html",
        desk(
            lang,
            who=ADMIN,
            row=ACCOUNTS[3],
            roles=list(Role),
            sessions=0,
            refusal="This account is closed.",
        ),
    ),
    "desk-own": lambda lang: (
        "desk/own.html",
        desk(lang, rows=SESSIONS, current=SESSIONS[0].key, factor=FACTOR, reset_at=None, tokens=2),
    ),
    "desk-own-wrong": lambda lang: (
        "desk/own.html",
        desk(
            lang,
            rows=SESSIONS[:1],
            current=SESSIONS[0].key,
            factor=None,
            reset_at=NOW,
            tokens=0,
            problems={"again": "The two do not say the same: type the new password twice."},
        ),
    ),
    "desk-code": lambda lang: (
        "desk/code.html",
        desk(
            lang,
            who=None,
            challenge="invented",
            kept={"title": "Half a thought"},
            next="/desk/",
            problems={"code": "That code is not right, or was used already: wait for the next one."},
        ),
    ),
    "desk-factor-off": lambda lang: factor_page(lang, reset_at=NOW),
    "desk-factor-waiting": lambda lang: factor_page(
        lang, secret=SECRET, picture=factors.picture_of(SECRET, "Ines Halloran", "Norland")
    ),
    "desk-factor-codes": lambda lang: factor_page(
        lang, row=FACTOR, codes=[f"{n}bcdefg-hjkmnpq-rstuvwx-yz23456" for n in range(10)]
    ),
    "desk-factor": lambda lang: factor_page(
        lang, row=FACTOR, problems={"proof_code": "Type the code that your authenticator shows."}
    ),
    "desk-tokens": lambda lang: (
        "desk/tokens.html",
        desk(
            lang,
            own=TOKENS[:1],
            others=TOKENS[1:],
            names=NAMES,
            limit=365,
            form={"label": "", "role": "chief", "days": "400"},
            problems={"days": "A token lasts from 1 to 365 days: write a whole number of them."},
        ),
    ),
    "desk-tokens-none": lambda lang: (
        "desk/tokens.html",
        desk(lang, who=ADMIN, own=(), others=(), names={}, limit=365, form={"days": "90"}),
    ),
    "desk-token": lambda lang: (
        "desk/token.html",
        desk(lang, row=TOKENS[0], secret="publisher_" + SHA[:43]),
    ),
    "desk-invited": lambda lang: (
        "desk/invited.html",
        desk(lang, who=ADMIN, whose="Jonas Weir", link=f"https://press.norland.example/desk/welcome/{SHA}"),
    ),
    "desk-welcome": lambda lang: (
        "desk/welcome.html",
        desk(
            lang,
            who=None,
            whose="Jonas Weir",
            token=SHA,
            problems={"password": "The password is too short: use at least 12 characters."},
        ),
    ),
    "desk-list": lambda lang: (
        "desk/list.html",
        desk(
            lang,
            rows=DESK_ROWS,
            waiting=DESK_ROWS[-4:-2],
            papers=[PAPER],
            counts=DESK_COUNTS,
            shelf="",
            query="",
            kind="",
            kinds=DESK_KINDS,
            names=NAMES,
            rehearsal=NOW,
        ),
    ),
    "desk-list-empty": lambda lang: (
        "desk/list.html",
        desk(
            lang,
            rows=[],
            waiting=(),
            papers=(),
            counts=DESK_COUNTS,
            shelf="draft",
            query="nothing",
            kind="statement",
            kinds=DESK_KINDS,
            names={},
        ),
    ),
    "desk-review": lambda lang: review_page(desk_row(review="submitted"), lang),
    "desk-review-change": lambda lang: review_page(
        desk_row("published", revision=6, unreviewed=True), lang, difference=DIFFERENCE
    ),
    "desk-review-wrong": lambda lang: review_page(
        desk_row(revision=6, review="submitted"),
        lang,
        content=None,
        text=None,
        problems={"comment": "It is empty: write one."},
    ),
    "desk-new": lambda lang: (
        "desk/edit.html",
        desk(lang, row=None, form={"language": "en"}, kinds=DESK_KINDS, live=LIVE_EMPTY, used=USED),
    ),
    "desk-edit": lambda lang: (
        "desk/edit.html",
        desk(
            lang,
            row=desk_row("published", revision=6),
            form=EDIT_FORM,
            kinds=DESK_KINDS,
            live=LIVE,
            lines=LINES,
            used=USED,
        ),
    ),
    "desk-translation": lambda lang: (
        "desk/edit.html",
        desk(
            lang,
            row=desk_row("published", revision=6, original=ID, translated=2, behind=3),
            form=EDIT_FORM | {"translates": PATH, "translated": "2"},
            original=Original(row=desk_row("published"), edition=2, behind=3, twin=OTHERS[0]),
            used=USED,
            kinds=DESK_KINDS,
            live=LIVE,
            lines=LINES,
        ),
    ),
    "desk-transcript": lambda lang: ("desk/transcript.html", desk(lang, **TRANSCRIPT)),
    "desk-transcript-turns": lambda lang: (
        "desk/transcript.html",
        desk(
            lang,
            **TRANSCRIPT
            | {
                "turns": split("Good morning.\nQ (Post): When?\nADA BRANDT: Now.\nINES HALL: Or later."),
                "people": ["Ada Brandt", "Ines Hall"],
                "title": CONTENT.title,
                "problems": {"turn-2-who": "Write who speaks here."},
            },
        ),
    ),
    "desk-edit-wrong": lambda lang: (
        "desk/edit.html",
        desk(
            lang,
            row=desk_row(due=NOW),
            paper=PAPER,
            others="Also open here: Ada.",
            form=EDIT_FORM | {"title": ""},
            lines=LINES,
            problems={
                "alt-1": "say in words what map.png shows",
                "title": "Write one.",
                "form": "It is the same as before.",
            },
            kinds=DESK_KINDS,
            used={"topics": [], "speakers": [], "languages": []},
            live=Live(content=CONTENT, problem="it is longer than 1,048,576 bytes"),
        ),
    ),
    "desk-compare": lambda lang: (
        "desk/compare.html",
        desk(lang, row=desk_row("published", revision=6), **COMPARED),
    ),
    "desk-compare-redacted": lambda lang: (
        "desk/compare.html",
        desk(lang, row=desk_row(), **COMPARED | {"difference": None, "readable": (False, True)}),
    ),
    "counter": lambda lang: counter_page(lang, CLAIM_STEPS[:3]),
    "counter-stopped": lambda lang: counter_page(lang, CLAIM_STEPS),
    "preview": lambda lang: preview_page(lang, row=desk_row(revision=6)),
    "preview-scheduled": lambda lang: preview_page(
        lang, row=replace(desk_row(due=NOW + timedelta(days=3)), path=PATH), standing=STANDING
    ),
    "preview-public": lambda lang: preview_page(
        lang, row=replace(desk_row("published"), live_revision=5, path=PATH), standing=STANDING
    ),
    "preview-over": lambda lang: ("preview-over.html", frame(lang)),
    "desk-readers": lambda lang: ("desk/readers.html", desk(lang, **READERS)),
    "desk-readers-none": lambda lang: (
        "desk/readers.html",
        desk(lang, days=30, since=None, software=[], feeds=[]),
    ),
    "desk-previews": lambda lang: (
        "desk/previews.html",
        desk(lang, row=desk_row("published", revision=6), **PREVIEWS),
    ),
    "desk-previews-made": lambda lang: (
        "desk/previews.html",
        desk(
            lang,
            row=desk_row(),
            **PREVIEWS | {"links": (), "link": f"https://press.norland.example/preview/{SHA}"},
        ),
    ),
    "desk-previews-wrong": lambda lang: (
        "desk/previews.html",
        desk(
            lang,
            row=desk_row(),
            form={"revision": "2", "days": "30", "note": "Somebody"},
            problems={
                "revision": "There is no such revision: choose one of the list.",
                "days": "A preview link holds for 1, 7 or 30 days: choose one of them.",
                "note": "The note is too long or can't be shown: use up to 200 characters.",
            },
            **PREVIEWS,
        ),
    ),
    "desk-publish": lambda lang: ("desk/publish.html", desk(lang, row=desk_row(), act="publish")),
    "desk-amend": lambda lang: (
        "desk/publish.html",
        desk(
            lang,
            row=desk_row("published", revision=6, due=datetime(2020, 11, 27, 9, 0, tzinfo=UTC)),
            act="amend",
            findings=FINDINGS,
            form={"significance": "correction", "when": "later", "date": "2020-10-25", "time": "01:30"},
            problems={"note": "Write it.", "fold": "The clocks show this time twice: choose."},
        ),
    ),
    **{f"desk-{act}": partial(act_page, act) for act in ACTS},
    "desk-stale": lambda lang: (
        "desk/stale.html",
        desk(
            lang, row=desk_row(), **second_page(picked={"title": "theirs"}, problems={"body-1": "Choose."})
        ),
    ),
    "desk-stale-settled": lambda lang: (
        "desk/stale.html",
        desk(lang, row=desk_row(), **second_page(mine=CONTENT.changed(summary="Shorter."), open=())),
    ),
    "desk-masthead": lambda lang: masthead_page(lang),
    "desk-masthead-ahead": lambda lang: masthead_page(lang, ahead=ahead(), focus="ahead", pins=()),
    "desk-masthead-wrong": lambda lang: masthead_page(
        lang,
        form=MASTHEAD_FORM | {"clocks-1-zone": "Nowhere", "notices-0-level": "loud"},
        stopping=["archive"],
        problems={
            "clocks-1-zone": "“Nowhere” is not a time zone: use a tz database name such as Europe/London.",
            "stop_reason": "Say why it stops: its page shows the reason to readers.",
            "contacts": "It has 101 entries, 100 are allowed: shorten it.",
        },
    ),
    "desk-masthead-empty": lambda lang: masthead_page(
        lang,
        form={"name": "", "zone": "Europe/London", "stop_reason": ""},
        counts=dict.fromkeys(masthead_rows.COLUMNS, 0),
        pins=[],
        refusal="Somebody else was faster.",
    ),
    "audit-list": lambda lang: ("audit/list.html", desk(lang, verdict=VERDICT, total=12_345, **AUDIT)),
    "audit-list-broken": lambda lang: (
        "audit/list.html",
        desk(lang, verdict=VERDICT | {"sound": False, "reason": "Position 12 was rewritten."}, **AUDIT),
    ),
    "audit-list-empty": lambda lang: (
        "audit/list.html",
        desk(lang, rows=[], types=[], names={}, chosen={}, older=None),
    ),
    "audit-event": lambda lang: (
        "audit/event.html",
        desk(
            lang,
            row=EVENTS[2],
            data={"edition": "3", "note": "The meeting lasted 40 minutes.", "content_sha256": SHA},
            names=NAMES,
            newer=12_344,
            older=None,
        ),
    ),
}


@cache
def render(name: str, language: str = "en") -> str:
    """The page `name` of PAGES, in a language."""
    app = application()
    with app.test_request_context("/"):
        template, values = PAGES[name](language)
        return render_template(template, **values)


def write(folder: str) -> None:
    """Every page as a file beside its stylesheet, to be looked at in a browser."""
    target = Path(folder)
    for name in PAGES:
        html = render(name).replace("/static/", f"file://{WEB}/static/")
        (target / f"{name}.html").write_text(html, "utf-8")


if __name__ == "__main__":
    import sys

    write(sys.argv[1])
