"""Let napoleon read prose: what a function returns is one paragraph, and each error one item with its reason.

Of the section Returns, napoleon makes a bullet of every line; of the section Raises it takes a whole line for the name
of the error; of a constant or property it takes what stands before a colon for its type. The sections are therefore
written as fields of reStructuredText before napoleon sees them, and such a description begins with an empty comment.
"""

from __future__ import annotations

import re

from sphinx.application import Sphinx

_SECTION = re.compile(r"^(Returns|Raises)\n-+\n((?:.+\n)+)", re.MULTILINE)


def setup(app: Sphinx) -> None:
    """Act before napoleon, which has the default priority of 500."""
    app.connect("autodoc-process-docstring", _with_fields, priority=400)


def _with_fields(_app: Sphinx, what: str, _name: str, _thing: object, _options: object, lines: list[str]) -> None:
    lines[:] = _SECTION.sub(_field, "\n".join([*lines, ""])).splitlines()
    if what in ("attribute", "data", "property"):
        lines[:0] = ["..", ""]


def _field(section: re.Match[str]) -> str:
    """Write a section as fields; two blank lines end the section before it."""
    heading, body = section.groups()
    items = [body] if heading == "Returns" else re.split(r"\n(?=\w+ : )", body)
    fields = (
        re.sub(r"^(\w+) : ", r":raises \1: ", item) if heading == "Raises" else f":returns: {item}" for item in items
    )
    return "\n\n" + "\n".join(" ".join(field.split()) for field in fields) + "\n"
