"""Where a sheet holds what."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """Where a sheet holds what: `top` rows of labels over `left` columns of labels, and the numbers beside them.

    Parameters
    ----------
    region, code : row within the top and column within the left that hold them; where both are the same, they stand
        in one text with `between` between; where only the row is, so do those of columns
    mark, numbered : where codes tell layouts of one shape apart: those of columns are c1, c2, ..., the first row's so
    prefix : of the texts of columns
    """

    title: str
    top: int
    left: int
    region: tuple[int, int]
    code: tuple[int, int]
    unit: str = "not given"
    mark: tuple[int, int] | None = None
    numbered: str = ""
    between: str = "_"
    prefix: str = ""
