"""Canonical JSON is what the reference library writes."""

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from publisher.domain.canonical import canonical

_text = st.text(st.characters(codec="utf-8"))
_scalars = st.one_of(
    _text,
    st.booleans(),
    st.none(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(allow_nan=False, width=32),
)
_values = st.recursive(
    _scalars, lambda inner: st.one_of(st.lists(inner), st.dictionaries(_text, inner)), max_leaves=20
)


@given(_values)
def test_any_value_is_written_as_rfc_8785_says(value: Any) -> None:
    """Byte for byte, as another implementation writes it."""
    try:
        expected = rfc8785.dumps(value)
    except rfc8785.CanonicalizationError:
        with pytest.raises(rfc8785.CanonicalizationError):
            canonical(value)
    else:
        assert canonical(value) == expected


def test_keys_are_sorted_and_controls_escaped() -> None:
    """The short escapes, lowercase hex, nothing else; lists and tuples alike."""
    value = {"b": ('\x00\x1f\x7f\b\f\n\r\t"\\/', "é\U0001f600"), "a": [True, None, -7], "C": {}}
    assert canonical(value) == (
        b'{"C":{},"a":[true,null,-7],"b":["\\u0000\\u001f\x7f\\b\\f\\n\\r\\t\\"\\\\/",'
        + '"é\U0001f600"]}'.encode()
    )


@pytest.mark.parametrize("value", ["\ud800", {"a": ["\udfff"]}, 2**53, [float("nan")]])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    """Lone surrogates, integers that not every reader can hold, numbers that JSON doesn't know."""
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical(value)
