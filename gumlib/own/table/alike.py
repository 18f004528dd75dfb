"""Labels that differ in nothing a reader would mean: they are one region or industry, written in two ways."""

from gumlib.errors import GumError
from gumlib.own.table.cells import Cells
from gumlib.own.table.spelling import bare


def check(found: Cells) -> None:
    """Refuse a table that writes a region or a code in two ways: it would count as two.

    Raises
    ------
    GumError : names both ways, and the rows or columns where they stand
    """
    for part in (0, 1):
        first: dict[str, tuple[str, str]] = {}
        for place, label in [*found.rows, *found.columns]:
            name, where = first.setdefault(bare(label[part]), (label[part], place))
            if name != label[part]:
                said = f"expected one way to write each label, got {name!r} at {where} and {label[part]!r} at {place}"
                raise GumError(f"{said}; write both alike", "table", found.file)
