"""What the interface takes: the desk's shapes with a command's id, and the queries of its lists."""

from marshmallow import missing
from marshmallow.fields import Nested

from ...domain.content import FILES_LIMIT
from ...domain.file import ALT_LIMIT
from ...domain.texts import TEXT_LIMIT
from ...interchange import fields as f
from ...interchange.shapes import MastheadShape as BundledMastheadShape
from ...interchange.shapes import Shape
from ...readmodel.desking import SHELVES
from ..schemas import AmendShape, CommentShape, PublicationShape, ReasonShape
from .fields import Due, FileName, Flag, Id, Number, Sha256

PAGE_LIMIT = 200
"""The longest page of a list."""


class Commanded(Shape):
    command_id = Id(metadata={"description": "A UUID: sent again, the command is carried out once."})


class NothingShape(Commanded):
    pass


class FileNamedShape(Shape):
    sha256 = Sha256(required=True, metadata={"description": "As the upload gave it."})
    name = FileName(metadata={"description": "As the text names it; the upload's where it is left out."})
    alt = f.Line(
        required=True, limit=ALT_LIMIT, metadata={"description": "In words, what it shows or holds."}
    )


class TranslatesNamedShape(Shape):
    publication = Id(
        required=True,
        metadata={"description": "The id of the original, as the list of publications gives it."},
    )
    edition = Number(required=True, metadata={"description": "The edition of it that is translated."})


class DraftShape(PublicationShape, Commanded):
    files = f.Items(Nested(FileNamedShape), limit=FILES_LIMIT)
    translates = Nested(
        TranslatesNamedShape,
        allow_none=True,
        load_default=None,
        metadata={"description": "What the text says in another language; null: it is an original."},
    )


class ReviseShape(PublicationShape, Commanded):
    files = f.Items(
        Nested(FileNamedShape),
        limit=FILES_LIMIT,
        load_default=missing,
        metadata={"description": "Left out, they stay as they were."},
    )
    translates = Nested(
        TranslatesNamedShape,
        allow_none=True,
        load_default=missing,
        metadata={"description": "Left out, it stays as it was; null: the text is an original."},
    )
    base = Number(
        required=True, metadata={"description": "The revision that it is made upon, the newest one."}
    )


class RevisionNamedShape(Commanded):
    revision = Number(required=True)


class ChangesShape(CommentShape, RevisionNamedShape):
    pass


class RestoreShape(RevisionNamedShape):
    base = Number(required=True)


class DueShape(RevisionNamedShape):
    due = Due(allow_none=True, load_default=None, metadata={"description": "Null: at once."})
    expedite = f.Text(
        allow_none=True,
        load_default=None,
        limit=TEXT_LIMIT,
        metadata={"description": "Why it goes past review, which a chief can do."},
    )


class CancellingShape(Commanded):
    cancel = Flag(
        load_default=False, metadata={"description": "Whether an edition that is due may be cancelled."}
    )


class PublishShape(DueShape):
    slug = f.Slug(allow_none=True, load_default=None)


class AmendingShape(AmendShape, DueShape, CancellingShape):
    confirmed = Flag(
        load_default=False,
        metadata={
            "description": (
                "That readers need not be told of a minor change that touches a number, a name, "
                "a negation or somebody's own words."
            )
        },
    )


class EditionNamedShape(Commanded):
    edition = Number(required=True)


class MoveShape(CancellingShape):
    slug = f.Slug(required=True)


class WithdrawShape(ReasonShape, CancellingShape):
    pass


class RemovingShape(CancellingShape):
    explanation = f.Text(required=True, limit=TEXT_LIMIT)
    redirect = f.Line(allow_none=True, load_default=None, limit=2000)


class MastheadReplacedShape(BundledMastheadShape, Commanded):
    class Meta(BundledMastheadShape.Meta):
        exclude = ("at",)

    stop_reason = f.Text(
        limit=TEXT_LIMIT, metadata={"description": "Why a counter stops, where one is left out."}
    )


class UploadShape(Shape):
    name = f.Line(required=True, limit=200, metadata={"description": "The file's name, such as map.png."})


class ListShape(Shape):
    shelf = f.Choice(tuple(SHELVES))
    kind = f.Kind()
    q = f.Line(blank=True, limit=500, metadata={"description": "Words of the title."})
    page = Number(text=True, load_default=1)
    limit = Number(text=True, limit=PAGE_LIMIT, load_default=50)


class EventsShape(Shape):
    type = f.Line(limit=200)
    actor = f.Line(limit=200)
    subject = f.Line(limit=200)
    command = f.Line(limit=200)
    before = Number(text=True, limit=10**15, metadata={"description": "Only what is older."})
    limit = Number(text=True, limit=PAGE_LIMIT, load_default=50)
