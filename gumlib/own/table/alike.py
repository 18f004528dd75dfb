"""Labels that differ in nothing a reader would mean: they are one region or industry, written in two ways."""

from typing import TYPE_CHECKING

from gumlib.data.twins import cure, normalised
from gumlib.errors import GumError

if TYPE_CHECKING:
    from gumlib.own.table.cells import Sales


def refuse_spellings(found: "Sales") -> None:
    """Refuse a table that writes a region or a code in two ways: it would count as two.

    Raises
    ------
    GumError : names both ways, and the rows or columns where they stand
    """
    for part in (0, 1):
        first: dict[str, tuple[str, str]] = {}
        places = [(f"row {place}", label) for place, label in found.rows]
        places += [(f"column {place}", label) for place, label in found.columns]
        for place, label in places:
            name, where = first.setdefault(normalised(label[part]), (label[part], place))
            if name != label[part]:
                ways = f"{name!r} ({where}) and {label[part]!r} ({place})"
                said = f"expected one way to write each label, got {ways}"
                raise GumError(f"{said}; {cure(name, label[part])}", "table", found.file)
