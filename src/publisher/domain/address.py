"""One path has one owner: the index aggregate that keeps public addresses unique."""

from datetime import datetime
from typing import Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate

from .errors import AddressTaken
from .recorded import Act, Effective, Marked, Recorded, registered


@registered
class Address(Recorded, Aggregate):
    """A path and the publication that claims it. A path once public is never released."""

    TOPIC = "publisher.address"

    class Event(Marked, Aggregate.Event):
        pass

    Created = None  # type: ignore[assignment]  # the created event has a name of its own

    class Opened(Event, Aggregate.Created):
        TOPIC = "publisher.address.opened"
        path: str

        def assign(self, address: "Address") -> None:
            address.path = self.path

    class Claimed(Effective, Event):
        TOPIC = "publisher.address.claimed"
        publication: str

        def assign(self, address: "Address") -> None:
            address.publication = self.publication

    class Released(Effective, Event):
        TOPIC = "publisher.address.released"
        publication: str

        def assign(self, address: "Address") -> None:
            address.publication = None
            address.released_at = self.effective_at

    def __init__(self) -> None:
        super().__init__()
        self.path = ""
        self.publication: str | None = None
        self.released_at: datetime | None = None

    @staticmethod
    def id_of(path: str) -> UUID:
        """uuid5(NAMESPACE_URL, path)."""
        return uuid5(NAMESPACE_URL, path)

    @classmethod
    def open(cls, path: str, act: Act) -> Self:
        return cls._create(cls.Opened, id=cls.id_of(path), path=path, **act.marks())

    def is_taken(self, instant: datetime) -> bool:
        """Whether nobody else can claim it for `instant`."""
        return bool(self.publication or (self.released_at and instant < self.released_at))

    def claim(self, publication: UUID, effective_at: datetime, act: Act) -> None:
        """Raises AddressTaken, also for an instant at which the path was still taken."""
        owner = str(publication)
        if self.publication == owner:
            return
        if self.is_taken(effective_at):
            raise AddressTaken(self.path)
        self.act(self.Claimed, act, publication=owner, effective_at=effective_at)

    def release(self, act: Act) -> None:
        """Only for a path that was never public: its claim was for an instant still to come."""
        self.act(self.Released, act, publication=self.publication, effective_at=act.at)
