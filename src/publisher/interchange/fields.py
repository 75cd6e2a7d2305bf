"""The fields, with their validators and messages, that bundles and the desk's forms share.

A message is one sentence that names what is wrong and what to do. Patterns and limits are the domain's.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from marshmallow import ValidationError, fields

from ..domain import content, errors, instants, texts, zones
from ..domain.masthead import LEVELS
from ..domain.publication import Significance

LABEL_LIMIT = 200
"""The longest name, label, value or counter's sentence, in characters."""
NOTE_LIMIT = 5_000
"""The longest note, reason or notice, in characters."""

COUNTER_KEY = re.compile(r"[a-z][a-z0-9-]{0,79}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MISSING = {"required": "It is missing: write one.", "null": "It is null: write a value."}
_TEXT_MESSAGES = _MISSING | {"invalid": "It is not a text: write it in quotation marks."}
_LIST_MESSAGES = _MISSING | {"invalid": "It is not a list: write it in square brackets."}


def quoted(text: str, limit: int = 60) -> str:
    """`text` in quotation marks, cut to `limit`, with what can't be printed escaped."""
    cut = text if len(text) <= limit else text[:limit] + "…"
    return f"“{''.join(c if c.isprintable() else f'U+{ord(c):04X}' for c in cut)}”"


class Text(fields.String):
    """A text on one or many lines, free of what no page or feed can carry.

    `limit` counts characters; `blank` admits a text of nothing but white space.
    """

    def __init__(self, *, limit: int | None = None, blank: bool = False, **options: Any) -> None:
        super().__init__(**{"error_messages": _TEXT_MESSAGES} | options)
        self.limit = limit
        self.blank = blank

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        self.check(text)
        return text

    def check(self, text: str) -> None:
        """Raises ValidationError."""
        bad = texts.unprintable(text)
        if bad:
            raise ValidationError(f"It holds the character {bad}, which can't be published: take it out.")
        if not self.blank and not text.strip():
            raise ValidationError("It is empty: write one.")
        if self.limit is not None and len(text) > self.limit:
            raise ValidationError(
                f"It has {len(text):,} characters, {self.limit:,} are allowed: shorten it."
            )


class Body(Text):
    """A text of any length, whose characters are left to Content.check(): that is dear enough once."""

    def check(self, text: str) -> None:
        pass


class Line(Text):
    """A text on one line."""

    def check(self, text: str) -> None:
        super().check(text)
        if any(c in text for c in "\n\r\t"):
            raise ValidationError("It holds a line break or a tab: write it on one line.")


class Patterned(Line):
    """A line that a pattern of the domain admits as a whole."""

    pattern: ClassVar[re.Pattern[str]]
    advice: ClassVar[str]

    def check(self, text: str) -> None:
        super().check(text)
        if not self.pattern.fullmatch(text):
            raise ValidationError(f"{quoted(text)} can't be used: {self.advice}.")


class Kind(Patterned):
    pattern = content.KIND
    advice = "write 1 to 80 of a to z, 0 to 9 and hyphens, a letter first, such as press-release"


class Language(Patterned):
    """A BCP 47 tag."""

    pattern = content.LANGUAGE
    advice = "write a BCP 47 tag such as en-GB"


class Slug(Patterned):
    pattern = content.SLUG
    advice = "write 1 to 80 of a to z, 0 to 9 and hyphens"


class Topic(Patterned):
    pattern = content.TOPIC
    advice = "write 1 to 80 of a to z, 0 to 9 and hyphens, a letter or a figure first"


class CounterKey(Patterned):
    pattern = COUNTER_KEY
    advice = "write 1 to 80 of a to z, 0 to 9 and hyphens, a letter first"


class Speaker(Line):
    """A display name from which a page's address can be made."""

    def __init__(self, **options: Any) -> None:
        super().__init__(limit=content.NAME_LIMIT, **options)

    def check(self, text: str) -> None:
        super().check(text)
        if text != text.strip():
            raise ValidationError(f"{quoted(text)} has white space around it: take that away.")
        if not content.slug_of(text):
            raise ValidationError(f"{quoted(text)} can't have a page: write a name with letters in it.")


class CounterText(Line):
    """A counter's sentence, with `{days}` where the number goes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(limit=LABEL_LIMIT * 2, **options)

    def check(self, text: str) -> None:
        super().check(text)
        found = text.count("{days}")
        if found != 1:
            raise ValidationError(f"It holds {{days}} {found} times: write it exactly once.")
        if any(brace in text.replace("{days}", "") for brace in "{}"):
            raise ValidationError("It holds another brace beside {days}: take it out.")


class Choice(Line):
    """One of a few words."""

    def __init__(self, words: tuple[str, ...], **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def check(self, text: str) -> None:
        super().check(text)
        if text not in self.words:
            raise ValidationError(f"{quoted(text)} is unknown here: write one of {', '.join(self.words)}.")


class Markup(Choice):
    def __init__(self, **options: Any) -> None:
        super().__init__(content.MARKUPS, **options)


class Level(Choice):
    """What a notice is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(LEVELS, **options)


class SignificanceField(Choice):
    """What an amendment means to readers, as a Significance."""

    def __init__(self, **options: Any) -> None:
        super().__init__(tuple(Significance), **options)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        return Significance(super()._deserialize(value, attr, data, **kwargs))


class Zone(Line):
    """A name of the tz database."""

    def check(self, text: str) -> None:
        super().check(text)
        if text not in zones.names():
            raise ValidationError(str(errors.UnknownZone(quoted(text)[1:-1])))


class Instant(Line):
    """RFC 3339 (section 5.6) with an offset, as an aware datetime in UTC; a naive one is refused."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        try:
            return instants.parse(text)
        except errors.BadInstant:
            raise ValidationError(str(errors.BadInstant(quoted(text)[1:-1]))) from None


class Day(Line):
    """A calendar day as YYYY-MM-DD, from year 1 on."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        try:
            if _DATE.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise ValidationError(f"{quoted(text)} is not a day: write YYYY-MM-DD, such as 2026-11-24.")


class Items(fields.List[Any]):
    """A list, empty where it is left out, of at most `limit`."""

    def __init__(self, item: fields.Field[Any], *, limit: int = content.LIST_LIMIT, **options: Any) -> None:
        defaults: dict[str, Any] = {"error_messages": _LIST_MESSAGES, "load_default": list}
        super().__init__(item, **defaults | options)
        self.limit = limit

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> list[Any]:
        if isinstance(value, list) and len(value) > self.limit:
            raise ValidationError(f"It has {len(value):,} entries, {self.limit:,} are allowed: shorten it.")
        return super()._deserialize(value, attr, data, **kwargs)
