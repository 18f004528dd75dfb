"""The chart of prime implicants, solved exactly: every smallest choice that covers all positive rows."""

from collections.abc import Iterator, Mapping, Sequence

from gumlib.cases.qca.expressions import Cube
from gumlib.errors import GumError

MOST_CHOICES = 5000
"""Smallest choices listed at most."""
MOST_TRIED = 30_000
"""Choices tried at most: a few seconds."""

Chart = Mapping[Cube, frozenset[int]]
Through = Mapping[int, Sequence[tuple[Cube, frozenset[int]]]]
"""The implicants that cover each row, rows that fewest cover first."""


def covers(chart: Chart, positive: frozenset[int]) -> tuple[tuple[Cube, ...], ...]:
    """Return every choice of the fewest prime implicants that together cover all positive rows.

    Ties are kept: two choices of one length are both solutions, and the data cannot tell them apart.
    Length is counted in combinations, not in conditions, as in the R package QCA.

    Parameters
    ----------
    chart : prime implicants with the positive rows each covers
    positive : rows to cover; none gives no choice

    Returns
    -------
    Choices in a fixed order, the combinations of each in a fixed order.

    Raises
    ------
    GumError : a row is covered by no implicant, or there are more than 5000 choices or 30000 steps

    Examples
    --------
    >>> covers({(1, -1): frozenset({3, 4}), (-1, 1): frozenset({2, 4})}, frozenset({2, 3, 4}))
    (((1, -1), (-1, 1)),)
    """
    if not positive:
        return ()
    if lost := positive - frozenset().union(*chart.values()):
        raise GumError(f"expected every positive row to be covered, got none for {sorted(lost)}", "qca", "chart")
    through = {row: [(cube, rows) for cube, rows in chart.items() if row in rows] for row in sorted(positive)}
    through = dict(sorted(through.items(), key=lambda item: len(item[1])))
    steps = iter(range(MOST_TRIED))
    for size in range(1, len(positive) + 1):
        if found := _found(chart, through, positive, size, steps):
            ordered = [tuple(sorted(choice, key=_order)) for choice in found]
            return tuple(sorted(ordered, key=lambda choice: [_order(cube) for cube in choice]))
    raise AssertionError("one implicant a row always covers")


def _found(
    chart: Chart, through: Through, positive: frozenset[int], size: int, steps: Iterator[int]
) -> set[frozenset[Cube]]:
    found = set()
    for choice in _search(chart, through, positive, size, frozenset(), steps):
        found.add(choice)
        if len(found) > MOST_CHOICES:
            message = f"expected at most {MOST_CHOICES} solutions, got {len(found)} or more"
            raise GumError(f"{message}; use fewer conditions or higher cuts", "qca", "chart")
    return found


def _search(
    chart: Chart, through: Through, left: frozenset[int], size: int, chosen: frozenset[Cube], steps: Iterator[int]
) -> Iterator[frozenset[Cube]]:
    if next(steps, None) is None:
        said = f"expected a chart solved in {MOST_TRIED} steps, got {len(chart)} implicants that tie in too many ways"
        raise GumError(f"{said}; use fewer conditions or higher cuts", "qca", "chart")
    if not left:
        yield chosen
        return
    if size == 0 or size * max(len(rows & left) for rows in chart.values()) < len(left):
        return
    row = next(row for row in through if row in left)
    for cube, rows in through[row]:
        yield from _search(chart, through, left - rows, size - 1, chosen | {cube}, steps)


def _order(cube: Cube) -> tuple[int, ...]:
    """Present before absent before either, from the first condition on."""
    return tuple({1: 0, 0: 1, -1: 2}[bit] for bit in cube)
