"""YAML front matter read as texts and lists of texts: nothing in it is executed, guessed or expanded."""

import re
from dataclasses import dataclass

import yaml

from .items import Unfit

LIMIT = 32 * 1024
"""The longest front matter, in characters."""

Value = str | list[str]

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TEXT, _LIST, _MAP = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Parted:
    """A file's front matter, without the fields that hold nothing, and the text under it."""

    fields: dict[str, Value]
    body: str


def parted(text: str) -> Parted:
    """The front matter between the lines `---` and the body after it. Raises Unfit."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith("+++"):
        raise Unfit("Its front matter is TOML: write it as YAML, between lines of ---.")
    opening = _OPENING.match(text)
    if not opening:
        raise Unfit(
            "It has no front matter: begin it with a line of ---, then title and date, then --- again."
        )
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        raise Unfit("Its front matter has no end: write a line of --- under it.")
    head = text[opening.end() : closing.start()]
    if len(head) > LIMIT:
        raise Unfit(f"Its front matter is longer than {LIMIT:,} characters: shorten it.")
    return Parted(fields=_fields(head), body=text[closing.end() :].lstrip("\n"))


def _fields(head: str) -> dict[str, Value]:
    try:
        node = yaml.compose(head, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as problem:
        line = f" at line {problem.problem_mark.line + 2}" if problem.problem_mark else ""
        raise Unfit(f"Its front matter is not YAML{line}: {problem.problem or 'it is cut off'}.") from None
    except (yaml.YAMLError, ValueError):
        raise Unfit(
            "Its front matter is not YAML: it holds a character that YAML does not admit."
        ) from None
    except RecursionError:
        raise Unfit("Its front matter is nested too deeply: write plain fields.") from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode) or node.tag != _MAP:
        raise Unfit("Its front matter is no list of fields: write each as `name: value`.")
    found: dict[str, Value] = {}
    for key, value in node.value:
        name = _text("Its front matter", key).strip()
        if name in found:
            raise Unfit(f"{name}: It stands twice in the front matter: keep one of them.")
        found[name] = _value(name, value)
    return {name: value for name, value in found.items() if value not in ("", [])}


def _value(name: str, node: yaml.Node) -> Value:
    if isinstance(node, yaml.SequenceNode) and node.tag == _LIST:
        return [_text(name, each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return f"{{{len(node.value)} fields}}"  # many generators keep menus so; none of ours is one
    return _text(name, node)


def _text(name: str, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or node.tag != _TEXT:
        raise Unfit(f"{name}: It is neither a text nor a list of texts.")
    return "" if node.style is None and node.value in _NOTHING else str(node.value)
