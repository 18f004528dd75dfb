"""Several answers of one question in columns of their own: joined, and held against those joined in one cell."""

from collections.abc import Iterator

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.survey import cells, vocabulary
from gumlib.survey.cells import Asked
from gumlib.survey.labels import code_of
from gumlib.survey.place import Content


def contradictions(grid: Grid, whole: int, parts: list[Content], item: Asked) -> Iterator[Fault]:
    """Name rows in which the answers joined in one cell are others than those in columns of their own.

    Where only some answers have a column, those without are not compared.
    """
    if grid.empty(whole):
        return
    raws = [row[whole] for row in grid.rows]
    how = cells.reading(item, raws) or "codes"
    apart = {place.part for place in parts}
    complete = apart >= set(item.codes)
    for at, raw in enumerate(raws):
        told = set(cells.read_answer(item, raw, how).value.split())
        if not complete and not told <= set(item.codes):
            continue  # refused as an answer
        marked = set(cells.read_answer(item, joined(grid, at, parts, item)).value.split())
        if (told if complete else told & apart) == marked:
            continue
        if how == "labels" and not told <= set(item.codes):
            problem, remedy, severity = f"{raw!r} cannot be read for sure", "nothing to do", "warning"
            problem += f"; the columns {grid.header[parts[0].column]!r} and so on are read in its stead"
        else:
            problem = f"{raw!r} is not what the columns {grid.header[parts[0].column]!r} and so on hold"
            remedy = "look it up in the original and correct one of them, or delete the columns of one kind"
            severity = "error"
        yield Fault(grid.file, grid.numbers[at], grid.header[whole], problem, remedy, severity)


def strays(grid: Grid, parts: list[Content], item: Asked) -> Iterator[Fault]:
    """Name what is neither a mark nor the answer of its column, such as a rank or the code of another answer.

    Each text is named once a column, where it first stands.
    """
    remedy = "write 1 where the answer was chosen and 0 where it was not; ranks and other codes have no place here"
    named = set()
    for at, number in enumerate(grid.numbers):
        for place, text in _ticks(grid, at, parts, item):
            if (place, text) not in named and not _chosen(item, place, text):
                named.add((place, text))
                problem = f"{text!r} is neither a mark nor the answer {place.part} of {item.item}"
                yield Fault(grid.file, number, grid.header[place.column], problem, remedy)


def words_for_other(where: list[Content], parts: list[Content], item: Asked) -> int | None:
    """Return the column with the words for "other", if that answer has no column of its own."""
    if "oth" not in item.codes or any(place.part == "oth" for place in parts):
        return None
    return next((place.column for place in where if (place.kind, place.item) == ("other", item.item)), None)


def joined(grid: Grid, row: int, parts: list[Content], item: Asked, words: int | None = None) -> str:
    """Join columns of 0 and 1, or of the answer and nothing, into codes; what is neither, `strays` names.

    Words for "other" stand for that answer where it has no column of its own.
    """
    if whole := _unanswered(grid, row, parts):
        return whole
    ticks = [place.part or "" for place, _ in _ticks(grid, row, parts, item)]
    return " ".join([*ticks, "oth"] if words is not None and vocabulary.says(grid.rows[row][words]) else ticks)


def _unanswered(grid: Grid, row: int, parts: list[Content]) -> str:
    """Return the code for no answer that all columns hold, or nothing."""
    texts = {tidy(grid.rows[row][place.column]) for place in parts}
    return texts.pop() if len(texts) == 1 and texts <= set(vocabulary.NO_ANSWER) else ""


def _ticks(grid: Grid, row: int, parts: list[Content], item: Asked) -> Iterator[tuple[Content, str]]:
    """Yield the columns that hold something, and what."""
    for place in () if _unanswered(grid, row, parts) else parts:
        text = tidy(grid.rows[row][place.column])
        small = text.casefold()
        own = place.part == code_of(item.listed, text)
        if small not in vocabulary.NO and (not vocabulary.says_nothing(text) or own):
            yield place, text


def _chosen(item: Asked, place: Content, text: str) -> bool:
    """Tell whether a text says that the answer of its column was chosen: a mark, its code, or its label."""
    known = (text, code_of(item.listed, text), cells.other(item, text))
    return text.casefold() in vocabulary.YES | vocabulary.MARKS or place.part in known
