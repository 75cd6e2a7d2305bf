"""Reading what a request sends: strict JSON in its body, and the fields of its query."""

import json
from typing import Any, NoReturn

from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from ...interchange.jsonlines import BadJson, no_constant, unique_object
from .problems import FieldProblem, Unacceptable, located

MEDIA_TYPE = "application/json"
NO_JSON = "The body is not JSON: send it with the content type application/json."


class Parser(FlaskParser):
    """webargs, with bodies that mean the same to every reader, and refusals in our own words."""

    def __init__(self) -> None:
        super().__init__()
        # A query too names known fields only.
        self.DEFAULT_UNKNOWN_BY_LOCATION = self.DEFAULT_UNKNOWN_BY_LOCATION | {"query": None}

    def load_json(self, req: Any, schema: Schema) -> Any:  # noqa: ARG002 - webargs names it
        """The object in the body, `{}` where there is none. Raises BadRequest, UnsupportedMediaType."""
        sent: bytes = req.get_data()
        if not sent:
            return {}
        if req.mimetype != MEDIA_TYPE:
            raise UnsupportedMediaType(NO_JSON)
        return _parsed(sent)

    def load_querystring(self, req: Any, schema: Schema) -> dict[str, str]:  # noqa: ARG002
        """The query's fields. Raises Unacceptable for one that is given twice."""
        args: MultiDict[str, str] = req.args
        for name in args:
            if len(args.getlist(name)) > 1:
                raise Unacceptable((FieldProblem(field=name, detail="It is given twice: give it once."),))
        return args.to_dict()

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> NoReturn:
        """Raises Unacceptable."""
        location, messages = next(iter(error.messages.items()))  # type: ignore[union-attr]
        raise Unacceptable(located(messages, location)) from None


def _parsed(sent: bytes) -> Any:
    try:
        return json.loads(sent.decode("utf-8"), object_pairs_hook=unique_object, parse_constant=no_constant)
    except UnicodeDecodeError:
        raise BadRequest("The body is not text in UTF-8.") from None
    except BadJson as problem:
        raise BadRequest(f"The body can't be used. {problem}") from None
    except json.JSONDecodeError as problem:
        raise BadRequest(f"The body is not JSON at character {problem.pos + 1}.") from None
    except ValueError:
        raise BadRequest("The body holds a number that is too long: shorten it.") from None
    except RecursionError:
        raise BadRequest("The body is nested too deeply: write a plain object.") from None
