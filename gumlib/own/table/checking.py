"""From labelled sales to a table in which nothing is counted twice, or as another: all that is refused or asked."""

from gumlib.gvc.table import IOTable
from gumlib.own.table import aggregates, alike, lost, memo, respelt, subtotals, trade, units
from gumlib.own.table.assembly import assembled
from gumlib.own.table.cells import Sales
from gumlib.own.table.namesakes import without_namesakes
from gumlib.own.table.totals import without_sums


def checked_table(found: Sales, file: str, tolerance: float) -> tuple[IOTable, list[str], list[str]]:
    """Return the table of labelled sales, what is to be said, and what is to be asked.

    Raises
    ------
    GumError : something would be counted twice or as another; output that is printed does not fit
    """
    found = without_namesakes(found)
    respelt.refuse_dates(found)
    alike.refuse_spellings(found)
    found = without_sums(found)
    trade.refuse_trade(found)
    memo.refuse_total_exports(found)
    table, more = assembled(found)
    lost.refuse_lost(found)
    aggregates.refuse_aggregates(table, file)
    subtotals.refuse_subtotals(table, file)
    compared = [units.against_printed(table, told, place, file, tolerance) for place, told in found.printed.items()]
    return (
        table,
        [*found.notes, *more, *compared],
        [
            *respelt.shortened(found),
            *lost.oddities(found),
            *aggregates.pasted(table),
            *units.value_added_apart(table, found.earned),
            *(found.doubts or subtotals.oddities(table)),
        ],
    )
