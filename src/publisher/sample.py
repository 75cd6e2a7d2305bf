"""Fills an empty newsroom with the demo's content, and opens accounts to look around with."""

import secrets
from uuid import UUID, uuid5

from . import intake
from .accounts import open_with_secret
from .application import By
from .bootstrap import Publisher
from .demo import PICTURE, TABLE, DemoActs, Illustration, Translation, demo_acts, demo_bundle, table_of
from .demo_chart import chart
from .domain.content import Content, Translates
from .domain.errors import NewsroomNotEmpty
from .domain.file import File
from .domain.policy import Role
from .domain.publication import Significance
from .interchange.importing import import_bundle
from .log import LogReader
from .state.accounts import NameTaken

CHIEF, EDITOR = "demo", "demo-editor"
PEOPLE = {CHIEF: (Role.CHIEF, Role.AUDITOR), EDITOR: (Role.EDITOR,)}
"""The accounts: two, since nobody approves their own text."""
CONTENTLESS = ("publisher.account.", "publisher.masthead.opened")
"""How the types of events begin that a newsroom without content may hold."""
BATCH = 500


def fill(publisher: Publisher) -> dict[str, str]:
    """The passwords of the accounts that were opened, by name. Raises NewsroomNotEmpty, NameTaken."""
    newsroom = publisher.newsroom
    if _has_content(newsroom.reader):
        raise NewsroomNotEmpty
    for name in PEOPLE:
        if publisher.accounts.id_of(name) is not None:
            raise NameTaken(name)
    now = publisher.now()
    import_bundle(newsroom, demo_bundle(now), By())
    passwords = {name: secrets.token_urlsafe(12) for name in PEOPLE}
    ids = {
        name: str(open_with_secret(publisher, name, passwords[name], roles))
        for name, roles in PEOPLE.items()
    }
    _act(publisher, demo_acts(now), chief=ids[CHIEF], editor=ids[EDITOR])
    return passwords


def _act(publisher: Publisher, acts: DemoActs, *, chief: str, editor: str) -> None:
    """What people do after the import: the editor writes, the chief reviews and the rest."""
    newsroom = publisher.newsroom
    newsroom.pin(_imported(publisher, acts.pinned), By(actor=chief))
    newsroom.move(_imported(publisher, acts.move.key), acts.move.slug, By(actor=chief))
    newsroom.withdraw(_imported(publisher, acts.withdrawal.key), acts.withdrawal.reason, By(actor=chief))
    _translate(publisher, acts.translation, chief=chief, editor=editor)
    _illustrate(publisher, acts.illustration, chief=chief, editor=editor)
    due = _approved(publisher, acts.schedule.content, chief=chief, editor=editor)
    newsroom.publish(due, 1, By(actor=chief), slug=acts.schedule.slug, due=acts.schedule.at)
    waiting = newsroom.draft(acts.in_review, By(actor=editor)).id
    newsroom.submit(waiting, 1, By(actor=editor))


def _approved(publisher: Publisher, content: Content, *, chief: str, editor: str) -> UUID:
    """A new publication, whose revision 1 was reviewed."""
    newsroom = publisher.newsroom
    drafted = newsroom.draft(content, By(actor=editor)).id
    newsroom.submit(drafted, 1, By(actor=editor))
    newsroom.approve(drafted, 1, By(actor=chief))
    return drafted


def _translate(publisher: Publisher, said: Translation, *, chief: str, editor: str) -> None:
    """A translation of the first edition, which falls behind with the next."""
    original = Translates(publication=str(_imported(publisher, said.key)), edition=1)
    content = said.content.changed(translates=original)
    drafted = _approved(publisher, content, chief=chief, editor=editor)
    publisher.newsroom.publish(drafted, 1, By(actor=chief), slug=said.slug)


def _illustrate(publisher: Publisher, said: Illustration, *, chief: str, editor: str) -> None:
    """An amendment that adds a picture and a table."""
    newsroom, publication = publisher.newsroom, _imported(publisher, said.key)
    sent = (
        (PICTURE, chart(), "Bars for twelve months: 58 thousand in January, 171 in July, 70 in December"),
        (TABLE, table_of(said.content).encode(), "The figures of the year as a table"),
    )
    taken = [(intake.take(name, data), words) for name, data, words in sent]
    content = said.content.changed(files=tuple(_file(found, words) for found, words in taken))
    files = {found.sha256: found.data for found, _ in taken}
    newsroom.revise(publication, 1, content, By(actor=editor), files=files)
    newsroom.submit(publication, 2, By(actor=editor))
    newsroom.approve(publication, 2, By(actor=chief))
    newsroom.amend(publication, 2, Significance.MINOR, said.note, By(actor=chief))


def _file(taken: intake.Taken, words: str) -> File:
    return File(
        sha256=taken.sha256,
        name=taken.name,
        media_type=taken.media_type,
        size=len(taken.data),
        alt=words,
        width=taken.width,
        height=taken.height,
    )


def _has_content(reader: LogReader) -> bool:
    """Whether anything was said or drafted: accounts alone are no content."""
    after = 0
    while batch := reader.stored(after, BATCH):
        if any(not event.topic.startswith(CONTENTLESS) for _, event in batch):
            return True
        after = batch[-1][0]
    return False


def _imported(publisher: Publisher, key: str) -> UUID:
    """The publication that a bundle calls `key`."""
    newsroom = publisher.newsroom_id()
    return uuid5(newsroom, str(uuid5(newsroom, f"import:{key}")))
