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
        ("上世纪九十年代末", "is a part of a decade", "write the years that are meant, within 1990 to 1999"),
        ("90年代", "is a decade without its century", "write 1990-1999 if the twentieth century is meant"),
        ("'90s", "is a decade without its century", "write 1990-1999 if"),
        ("late eighties", "is a decade without its century", "write the years that are meant, within 1980 to 1989 if"),
        ("FY1995", "is a fiscal year", "write the year in which most of it lies, such as 1995"),
        ("FY95", "is a fiscal year", "write the year in which most of it lies, with all four figures"),
        ("1995财年", "is a fiscal year", "write the year in which most of it lies, such as 1995"),
        ("FY 2010/11", "is a fiscal year", "write 2010-2011"),
        ("1999/00", "is no span as we read it", "write 1999-2000"),
        ("Q1 2010", "is a part of a year", "write the year alone: 2010"),
        ("2010H1", "is a part of a year", "write the year alone: 2010"),
        ("1995初", "is a part of a year", "write the year alone: 1995"),
        ("一九九五年", "is a year in Chinese figures", "write 1995"),
    ],
)
def test_a_cure_for_each_way_of_writing(text: str, said: str, cure: str) -> None:
    found = years.explain_year(SPAN, text)
    assert found is not None
    assert found[0] == f"{text!r} {said}"
    assert found[1].startswith(cure)


@pytest.mark.parametrize("text", ["1985?", "before 1985", "1985 and 1986", "民国74年", "90s", "FY2010/11", "1999/00"])
def test_one_year_is_asked_for_where_there_can_be_no_span(text: str) -> None:
    found = years.explain_year(YEAR, text)
    assert found is not None
    assert "c. " not in found[1]
    assert "-" not in found[1]
