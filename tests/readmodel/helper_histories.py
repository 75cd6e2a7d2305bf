"""Random histories: steps that the desk could take on a log, in any order."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from helper_log import MINUTE, Log, publication_id, text
from hypothesis import strategies as st

from publisher.domain.content import Content, Translates
from publisher.domain.errors import Refused
from publisher.domain.file import File
from publisher.domain.masthead import Contact, Counter, MastheadText, Notice
from publisher.domain.publication import Publication, Significance

Step = Callable[[Log], None]

_pick = st.integers(0, 3)


def _file(number: int) -> File:
    sha256 = f"{number:064x}"
    return File(sha256=sha256, name=f"f{number}.pdf", media_type="application/pdf", size=9, alt="Words")


_title = st.sampled_from(["Alpha", "Beta", "Gamma", "Delta"])
_content = st.builds(
    lambda title, kind, speaker, n, language, translates: text(
        f"{title} {n}",
        kind=kind,
        topics=(title.lower(),),
        speakers=(speaker,),
        files=tuple(_file(i) for i in range(n % 3)),
        language=language,
        translates=translates,
    ),
    _title,
    st.sampled_from(["statement", "interview"]),
    st.sampled_from(["Anna Ray", "Ánna Ray", "Bo"]),
    st.integers(0, 5),
    st.sampled_from(["en-GB", "de", "DE"]),
    st.one_of(
        st.none(),
        st.builds(
            lambda number, edition: Translates(publication=str(publication_id(number)), edition=edition),
            st.integers(0, 2),
            st.integers(1, 3),
        ),
    ),
)
_due = st.one_of(st.none(), st.integers(1, 90).map(lambda minutes: minutes * MINUTE))


def _on(log: Log, pick: int) -> Publication | None:
    return log.publications[pick % len(log.publications)] if log.publications else None


def _with(pick: int, change: Callable[[Log, Publication], None]) -> Step:
    def step(log: Log) -> None:
        pub = _on(log, pick)
        if pub is not None:
            change(log, pub)
            log.save(pub)

    return step


def _publish(content: Content, due: timedelta | None) -> Step:
    return lambda log: void(log.publish(content, due=log.now + 2 * MINUTE + due if due else None))


def _amend(pick: int, content: Content, significance: str, due: timedelta | None) -> Step:
    def change(log: Log, pub: Publication) -> None:
        log.amend(pub, content, significance, due=log.now + 2 * MINUTE + due if due else None)

    return _with(pick, change)


def _say(name: str, number: int) -> Step:
    since = date(2026, 1, 1 + number % 3 // 2)
    counter = Counter(key="c", since=since, zone="Asia/Tokyo", text=f"{{days}} days, {number}")
    said = MastheadText(
        name=name,
        zone="Europe/Moscow" if number % 2 else None,
        contacts=(Contact(label="Press", value=str(number)),) if number % 3 else (),
        counters=(counter,) if number % 4 else (),
        notices=(Notice(level="warning", text=name),) if number % 5 else (),
    )
    return lambda log: log.say(said)


def void(_: Any) -> None:
    return None


def _cancel(log: Log, pub: Publication) -> None:
    pub.cancel_schedule(pub.stack[-1].edition if pub.stack else 1, log.act())


def _note(log: Log, pub: Publication) -> None:
    edition = max(pub.notes, default=1)
    pub.amend_note(edition, pub.notes.get(edition, ("", log.now))[0], f"Note {len(log.events)}", log.act())


def _move(log: Log, pub: Publication) -> None:
    pub.move(f"/2026/03/m{len(log.events)}", log.act(), cancel=True)


def _review(pick: int, who: str) -> Step:
    """Whatever is next for its newest revision: saved anew, submitted, answered, made public."""

    def change(log: Log, pub: Publication) -> None:
        act, newest = log.act(actor=who), pub.revision
        if pub.review.submitted == newest and newest % 3 == 0:
            pub.request_changes(newest, "Why?", act)
        elif pub.review.submitted == newest:
            pub.approve(newest, act)
        elif newest % 2:
            pub.revise(newest, log.keep(text(f"Reviewed {newest}")), act)
        elif pub.revisions[-1] in pub.review.approved:
            pub.amend(newest, Significance.MINOR, "Read twice.", act, cancel=True)
        elif newest % 4 == 0:
            pub.amend(newest, Significance.MAJOR, "At once.", act, cancel=True, expedite="Flood.")
        else:
            pub.submit(newest, act)

    return _with(pick, change)


def _redact(pick: int, edition: int) -> Step:
    def step(log: Log) -> None:
        pub = _on(log, pick)
        others = {sha for p in log.publications if p is not pub for sha in p.revisions}
        if pub is None or others & set(pub.revisions):
            return  # the application refuses it while another publication uses the text
        log.redact(pub, edition)

    return step


def _wait(minutes: int) -> Step:
    def step(log: Log) -> None:
        log.now += minutes * MINUTE

    return step


_LASTING = (
    st.builds(_publish, _content, _due),
    st.builds(_publish, _content, _due),
    st.builds(_amend, _pick, _content, st.sampled_from(["minor", "major", "correction"]), _due),
    st.builds(_amend, _pick, _content, st.sampled_from(["minor", "major", "correction"]), _due),
    st.builds(_with, _pick, st.just(_cancel)),
    st.builds(_with, _pick, st.just(_note)),
    st.builds(
        _with, _pick, st.just(lambda log, p: p.move(f"/2026/03/m{len(log.events)}", log.act(), cancel=True))
    ),
    st.builds(_with, _pick, st.just(lambda log, p: p.withdraw("Doubt.", log.act(), cancel=True))),
    st.builds(_with, _pick, st.just(lambda log, p: p.reinstate(log.act()))),
    st.builds(_with, _pick, st.just(lambda log, p: p.discard_draft(log.act()))),
    st.builds(_review, _pick, st.sampled_from(["ann", "bob"])),
    st.builds(_review, _pick, st.sampled_from(["ann", "bob"])),
    st.builds(_say, st.sampled_from(["Embassy", "Court"]), st.integers(0, 20)),
    st.builds(_wait, st.integers(1, 60)),
)
_SUPPRESSING = (
    st.builds(_with, _pick, st.just(lambda log, p: p.remove("Unlawful.", log.act(), cancel=True))),
    st.builds(_redact, _pick, st.integers(1, 3)),
)

LASTING: st.SearchStrategy[Step] = st.one_of(*_LASTING)
"""Steps that leave what was served as it was."""
STEP: st.SearchStrategy[Step] = st.one_of(*_LASTING, *_SUPPRESSING)
"""Any step: a removal or redaction changes the past too."""


def played(log: Log, steps: Iterable[Step]) -> Iterator[None]:
    """Take the steps one by one; what the rules refuse changes nothing."""
    for step in steps:
        with suppress(Refused):
            step(log)
        yield
