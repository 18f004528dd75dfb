"""Years that are not written as years: what is said of them tells what to write."""

from __future__ import annotations

import pytest

from gumlib.own.cluster import years

SPAN, YEAR = {"name": "year", "type": "string"}, {"name": "year", "type": "integer"}


@pytest.mark.parametrize(
    ("text", "said", "cure"),
    [
        ("300 BCE", "lies before our era", "years run from 1000 to 2099"),
        ("公元前300年", "lies before our era", "years run from 1000 to 2099"),
        ("民国74年", "counts the years of an era", "write 1985"),
        ("昭和60", "counts the years of an era", "write 1985"),
        ("平成元年", "counts the years of an era", "write 1989"),
        ("1985 or 1986", "are two years", "write 1985-1986, or a row for each"),
        ("1985、1988", "are two years", "write 1985-1988, or a row for each"),
        ("since 1985", "is open at one end", "write the first and the last year"),
        ("1985年以前", "is open at one end", "write the first and the last year"),
        ("~1985", "is a year that is not sure", "write c. 1985"),
        ("1985?", "is a year that is not sure", "write c. 1985"),
        ("1985 (est.)", "is a year that is not sure", "write c. 1985"),
        ("20世纪80年代", "is a decade", "write 1980-1989"),
    ],
)
def test_a_cure_for_each_way_of_writing(text: str, said: str, cure: str) -> None:
    found = years.explain_year(SPAN, text)
    assert found is not None
    assert found[0] == f"{text!r} {said}"
    assert found[1].startswith(cure)


@pytest.mark.parametrize("text", ["1985?", "before 1985", "1985 and 1986", "民国74年"])
def test_one_year_is_asked_for_where_there_can_be_no_span(text: str) -> None:
    found = years.explain_year(YEAR, text)
    assert found is not None
    assert "c. " not in found[1]
    assert "-" not in found[1]
