"""The API pages read prose as prose: one paragraph of what comes back, a list of errors, no text taken for a type."""

from __future__ import annotations

import pytest
from gumbook import docstrings
from sphinx.ext.napoleon import NumpyDocstring

RETURNS = """Return a frame.

Parameters
----------
cluster : its name

Returns
-------
Frame with level
in [0, 1] and spread.

Raises
------
GumError : unknown cluster,
 or none
OSError : no file

Source: ours.
"""


def rendered(text: str, what: str) -> list[str]:
    """Return what napoleon makes of a docstring after it has been prepared."""
    lines = text.splitlines()
    docstrings._with_fields(None, what, "name", None, None, lines)
    return str(NumpyDocstring(lines, what=what, name="name")).splitlines()


def test_what_returns_is_one_paragraph_and_each_error_an_item():
    lines = rendered(RETURNS, "function")
    assert ":returns: Frame with level in [0, 1] and spread." in lines
    assert ":raises GumError: unknown cluster, or none" in lines
    assert ":raises OSError: no file" in lines
    assert "Source: ours." in lines


@pytest.mark.parametrize("what", ["data", "attribute", "property"])
def test_a_colon_in_the_description_of_a_value_parts_no_type(what):
    assert not [line for line in rendered("Years: those coded.", what) if line.startswith(":type:")]
    assert "Years: those coded." in rendered("Years: those coded.", what)
