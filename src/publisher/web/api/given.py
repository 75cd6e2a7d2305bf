"""What the interface gives: the views' rows, as JSON that is described."""

from marshmallow import INCLUDE, Schema, fields, validate

from ...domain import content
from ...interchange.shapes import ClockShape, ContactShape, CounterShape, NoticeShape
from .fields import InstantGiven


class FieldProblemShape(Schema):
    field = fields.String(required=True)
    detail = fields.String(required=True)
    pointer = fields.String(metadata={"description": "Into the body (RFC 6901)."})


class ProblemShape(Schema):
    """RFC 9457; further members belong to the kind of problem."""

    class Meta:
        unknown = INCLUDE

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldProblemShape))


class WhoShape(Schema):
    account = fields.UUID(required=True)
    name = fields.String(required=True, allow_none=True)
    role = fields.String(required=True)
    label = fields.String(required=True)
    ends_at = InstantGiven(required=True)
    may = fields.List(fields.String(), required=True)


class ReceiptShape(Schema):
    publication = fields.UUID(required=True, attribute="id")
    revision = fields.Integer(required=True, allow_none=True)
    edition = fields.Integer(required=True, allow_none=True)
    path = fields.String(required=True, allow_none=True)
    effective_at = InstantGiven(required=True, allow_none=True)


class FileGivenShape(Schema):
    sha256 = fields.String(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    alt = fields.String(required=True)
    width = fields.Integer(required=True, allow_none=True)
    height = fields.Integer(required=True, allow_none=True)


class UploadedShape(Schema):
    sha256 = fields.String(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    width = fields.Integer(required=True, allow_none=True)
    height = fields.Integer(required=True, allow_none=True)


class TranslatesGivenShape(Schema):
    publication = fields.String(required=True)
    edition = fields.Integer(required=True)


class ContentShape(Schema):
    kind = fields.String(required=True)
    language = fields.String(required=True)
    title = fields.String(required=True)
    summary = fields.String(required=True)
    body = fields.String(required=True)
    markup = fields.String(required=True, validate=validate.OneOf(content.MARKUPS))
    topics = fields.List(fields.String(), required=True)
    speakers = fields.List(fields.String(), required=True)
    files = fields.List(fields.Nested(FileGivenShape), required=True)
    translates = fields.Nested(TranslatesGivenShape, required=True, allow_none=True)


class ListedShape(Schema):
    publication = fields.String(required=True)
    title = fields.String(required=True)
    kind = fields.String(required=True)
    language = fields.String(required=True)
    state = fields.String(required=True)
    revision = fields.Integer(required=True)
    live_revision = fields.Integer(required=True, allow_none=True)
    edition = fields.Integer(required=True, allow_none=True)
    path = fields.String(required=True, allow_none=True)
    due = InstantGiven(required=True, allow_none=True)
    saved_at = InstantGiven(required=True)
    saved_by = fields.String(required=True)
    review = fields.String(required=True, allow_none=True)
    fresh = fields.Boolean(required=True)
    unreviewed = fields.Boolean(required=True)
    original = fields.String(required=True, allow_none=True)
    translated = fields.Integer(required=True, allow_none=True)
    behind = fields.Integer(required=True, allow_none=True)


class PublicationsShape(Schema):
    publications = fields.List(fields.Nested(ListedShape), required=True)
    next_page = fields.Integer(required=True, allow_none=True)


class RevisionShape(Schema):
    number = fields.Integer(required=True)
    content_sha256 = fields.String(required=True)
    recorded_at = InstantGiven(required=True)
    actor = fields.String(required=True)


class ReviewStepShape(Schema):
    kind = fields.String(required=True)
    revision = fields.Integer(required=True)
    actor = fields.String(required=True)
    recorded_at = InstantGiven(required=True)
    text = fields.String(required=True, allow_none=True)


class EditionShape(Schema):
    number = fields.Integer(required=True)
    revision = fields.Integer(required=True)
    content_sha256 = fields.String(required=True)
    effective_at = InstantGiven(required=True)
    recorded_at = InstantGiven(required=True)
    title = fields.String(required=True)
    significance = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    redacted = fields.String(required=True, allow_none=True)


class StandingShape(Schema):
    status = fields.String(required=True)
    path = fields.String(required=True)
    since = InstantGiven(required=True)
    published = InstantGiven(required=True)
    edition = fields.Nested(EditionShape, required=True)
    reason = fields.String(required=True, allow_none=True)
    redirect = fields.String(required=True, allow_none=True)


class PublicationGivenShape(ListedShape):
    content = fields.Nested(ContentShape, required=True, allow_none=True)
    revisions = fields.List(fields.Nested(RevisionShape), required=True)
    reviews = fields.List(fields.Nested(ReviewStepShape), required=True)
    standing = fields.Nested(StandingShape, required=True, allow_none=True)


class RevisionGivenShape(RevisionShape):
    content = fields.Nested(ContentShape, required=True, allow_none=True)


class MastheadGivenShape(Schema):
    name = fields.String(required=True, allow_none=True)
    zone = fields.String(required=True)
    clocks = fields.List(fields.Nested(ClockShape), required=True)
    contacts = fields.List(fields.Nested(ContactShape), required=True)
    counters = fields.List(fields.Nested(CounterShape), required=True)
    notices = fields.List(fields.Nested(NoticeShape), required=True)
    pinned = fields.List(fields.String(), required=True)


class EventShape(Schema):
    """CloudEvents 1.0."""

    specversion = fields.String(required=True)
    id = fields.String(required=True)
    source = fields.String(required=True)
    type = fields.String(required=True)
    subject = fields.String(required=True)
    time = fields.String(required=True, metadata={"format": "date-time"})
    datacontenttype = fields.String(required=True)
    data = fields.Dict(required=True)


class EventsGivenShape(Schema):
    events = fields.List(fields.Nested(EventShape), required=True)
    before = fields.Integer(required=True, allow_none=True)
