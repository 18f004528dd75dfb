"""Several answers of one question in columns of their own: joined, and held against those joined in one cell."""

from collections.abc import Iterator

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.survey import cells
from gumlib.survey.cells import Asked
from gumlib.survey.labels import code_of
from gumlib.survey.place import Place


def contradictions(grid: Grid, whole: int, parts: list[Place], item: Asked) -> Iterator[Fault]:
    """Name rows in which the answers joined in one cell are others than those in columns of their own."""
    raws = [row[whole] for row in grid.rows]
    how = cells.reading(item, raws) or "codes"
    split = {place.part for place in parts}
    for at, raw in enumerate(raws):
        told = set(cells.read(item, raw, how).value.split())
        if tidy(raw) and told <= set(item.codes) and told & split != set(joined(grid, at, parts, item).split()):
            problem = f"{raw!r} is not what the columns {grid.header[parts[0].column]!r} and so on hold"
            remedy = "look it up in the original and correct one of them, or delete the columns of one kind"
            yield Fault(grid.file, grid.numbers[at], grid.header[whole], problem, remedy)


def words_for_other(where: list[Place], parts: list[Place], item: Asked) -> int | None:
    """Return the column with the words for "other", if that answer has no column of its own."""
    if "oth" not in item.codes or any(place.part == "oth" for place in parts):
        return None
    return next((place.column for place in where if (place.kind, place.item) == ("other", item.item)), None)


def joined(grid: Grid, row: int, parts: list[Place], item: Asked, words: int | None = None) -> str:
    """Join columns of 0 and 1, or of the answer and nothing, into codes; what is neither stays, to be refused.

    Words for "other" stand for that answer where it has no column of its own.
    """
    cells_of = {place.part or "": tidy(grid.rows[row][place.column]) for place in parts}
    if len(set(cells_of.values())) == 1 and (whole := next(iter(cells_of.values()))) in cells.NO_ANSWER:
        return whole
    ticks = {
        code: text
        for code, text in cells_of.items()
        if text.casefold() not in cells.NO
        and (text.casefold() not in cells.MISSING or code == code_of(item.listed, text))
    }
    marks = cells.YES | cells.MARKS
    for code, text in ticks.items():
        if text.casefold() not in marks and code not in (text, code_of(item.listed, text), cells.other(item, text)):
            return f"{code}={text}" if text in cells.NO_ANSWER else text
    own = tidy(grid.rows[row][words]).casefold() if words is not None else ""
    return " ".join([*ticks, "oth"] if own and own not in cells.MISSING | cells.NO | cells.UNSAID else ticks)
