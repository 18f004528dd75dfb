"""Folders as people send them: copies, spans, hedges and dates are read in the one way there is, or asked about."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from gumlib.cases import reports
from gumlib.data.faults import lines
from gumlib.data.messages import words_in
from gumlib.errors import GumError
from gumlib.own.cluster import folder, html, pieces, sections, template

S, B, L = "scores_a.csv", "scores_b.csv", "ledger.csv"


@pytest.fixture
def pipes(tmp_path: Path) -> Path:
    return template.write(tmp_path / "pipes", example=True)


def read(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def write(file: Path, rows: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    file.write_text(stream.getvalue(), encoding="utf-8", newline="")


def put(file: Path, row: int, column: str, value: str) -> None:
    """Write one cell; rows are counted as a spreadsheet does."""
    rows = read(file)
    rows[row - 1][rows[0].index(column)] = value
    write(file, rows)


def fact(base: Path, **cells: str) -> None:
    rows = read(base / L)
    known = {"cluster": "pipes", "direction": "0", "statement": "Told.", "source_key": "town_stats", "factor": "O"}
    write(base / L, [*rows, [(known | cells).get(name, "") for name in rows[0]]])


def told(base: Path) -> list[tuple[str, str, str]]:
    found = folder.faults(base)
    return list(found[["severity", "fault", "remedy"]].itertuples(index=False, name=None))


def written(base: Path) -> str:
    return html.written(*sections.outcomes(folder.read_cluster(base)))


# What is written into which cell, and the severity and words of the one fault that follows.
CELLS = {
    "a year typed into a date": (L, "year", "1905-06-10", "error", "is a date", "write 1988 if a year was typed"),
    "the same by day first": (L, "year", "03/06/1905", "error", "is a date", "write 1981 / 1892 if a year"),
    "a day": (L, "year", "1985-06-10", "error", "is a date", "write the year alone: 1985"),
    "two decades": (L, "year", "1950s/60s", "error", "several decades", "within 1950 to 1969"),
    "decades in full": (L, "year", "1960s-1970s", "error", "several decades", "within 1960 to 1979"),
    "over a century": (L, "year", "1990s to 00s", "error", "several decades", "within 1990 to 2009"),
    "one decade": (L, "year", "1990s", "error", "is a decade", "write 1990-1999"),
    "a wide hyphen": (L, "year", "1990－1995", "error", "no span as we read it", "write 1990-1995"),
    "Arabic year": (L, "year", "١٩٩٥", "error", "figures of another script", "write 1995"),
    "Arabic score": (S, "score", "٣", "error", "figures of another script", "write 3"),
    "a decimal comma in a score": (S, "score", "3,0", "warning", "read as '3'", "whole numbers"),
    "half a score": (S, "score", "3,5", "error", "no whole number", "no half scores"),
    "points": (S, "evidence_ids", "PI001..PI003", "error", "cannot be told apart", "PI001;PI002;PI003"),
    "a colon": (S, "evidence_ids", "PI001:PI003", "error", "cannot be told apart", "PI001;PI002;PI003"),
    "no year in scores": (S, "year", "NA", "warning", "read as an empty cell", "fill it in, or delete the row"),
}


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_is_read_or_asked_about(pipes: Path, case: str) -> None:
    file, column, value, *expected = CELLS[case]
    put(pipes / file, 2, column, value)
    found = [one for one in told(pipes) if one[0] == expected[0]]
    assert len(found) == 1, found
    assert expected[1] in found[0][1]
    assert expected[2] in found[0][2]


def test_a_span_of_ids_in_words_names_each(pipes: Path) -> None:
    put(pipes / S, 2, "evidence_ids", "PI001 to PI003")
    errors = [remedy for severity, _, remedy in told(pipes) if severity == "error"]
    assert errors == ["name each fact, parted by semicolons: PI001;PI002;PI003"]


@pytest.mark.parametrize("between", ["&", "and", "和", "+"])
def test_words_between_ids_part_them(pipes: Path, between: str) -> None:
    put(pipes / S, 2, "evidence_ids", f"PI001 {between} PI002")
    assert [severity for severity, _, _ in told(pipes)] == ["warning"]
    assert folder.read_cluster(pipes).scores["evidence_ids"].iloc[0] == "PI001;PI002"


@pytest.mark.parametrize("unit", ["firms（约）", "firms (About)", "firms(about)", "firms (approx.)", "firms (大约)"])
def test_a_hedge_is_understood_and_told(pipes: Path, unit: str) -> None:
    plain = reports.outcome_series(folder.read_cluster(pipes))
    put(pipes / L, 9, "unit", unit)
    assert [fault for _, fault, _ in told(pipes)] == [f"{unit!r} is read as 'firms (about)'"]
    pd.testing.assert_frame_equal(reports.outcome_series(folder.read_cluster(pipes)), plain)


def test_units_that_differ_before_a_hedge_are_named(pipes: Path) -> None:
    put(pipes / L, 9, "unit", "Firms (about)")
    assert ["'Firms' beside 'firms'" in fault for _, fault, _ in told(pipes)] == [True]


def test_values_stand_as_given(pipes: Path) -> None:
    put(pipes / L, 4, "value", "1234.5")
    put(pipes / L, 8, "value", "9999.6")
    page = written(pipes)
    assert ">1234.5<" in page
    assert ">9999.6<" in page
    assert "1e+04" not in page
    assert pieces.number(9999.6) == "9999.6"
    assert pieces.number(1234.5678) == "1235"


@pytest.mark.parametrize("name", ["scores_a-DESKTOP-1A2B3C.csv", "scores_a-Copy.csv", "scores_a2.csv"])
def test_a_version_of_a_pass_is_named(pipes: Path, name: str) -> None:
    rows = read(pipes / S)
    rows[1][3:] = ["4", "low", "PI001", "Thought again."]
    write(pipes / name, rows)
    found = folder.faults(pipes)
    assert found["file"].tolist() == [name]
    assert found["severity"].tolist() == ["warning"]
    assert "are those of scores_a.csv, for the same reasons" in found["fault"].iloc[0]


def test_a_coder_of_a_longer_name_is_no_version(pipes: Path) -> None:
    rows = [row[:6] + ["Ann's own reason."] * (len(row) > 6) for row in read(pipes / S)]
    rows[0] = read(pipes / S)[0]
    write(pipes / "scores_ann.csv", rows)
    assert told(pipes) == []


def test_coders_that_differ_in_capitals_alone_are_refused(pipes: Path) -> None:
    (pipes / "scores_B.csv").write_bytes((pipes / B).read_bytes())
    errors = [fault for severity, fault, _ in told(pipes) if severity == "error"]
    assert errors == ["its name differs from scores_B.csv in how letters are written only"]


def test_a_name_may_bear_marks_of_their_own(pipes: Path) -> None:
    name = unicodedata.normalize("NFD", "scores_José.csv")
    (pipes / B).rename(pipes / name)
    assert told(pipes) == []
    assert set(folder.read_cluster(pipes).scores["coder"]) == {"a", "José"}


def test_values_without_an_indicator_are_no_series(pipes: Path) -> None:
    for number, year in enumerate(("1990", "1995", "2000", "2005", "2010", "2011")):
        fact(pipes, id=f"Q{number}", year=year, value=str(10**number), unit="yuan")
    found = told(pipes)
    assert {(severity, fault) for severity, fault, _ in found} == {
        ("warning", "a value of an outcome without an indicator; it joins no series")
    }
    assert "yuan" not in set(reports.outcome_series(folder.read_cluster(pipes))["unit"])


def test_tables_of_disputes_say_that_they_are_cut(pipes: Path) -> None:
    assert "are shown" not in written(pipes)
    for number in range(10):
        year = str(1990 + number)
        fact(pipes, id=f"E{number}", year=year, conflict_with=f"F{number}", factor="S", indicator="event")
        fact(pipes, id=f"F{number}", year=year, conflict_with=f"E{number}", factor="S", indicator="event")
        fact(pipes, id=f"V{number}", year=year, conflict_with=f"W{number}", indicator="v", value="1", unit="kg")
        fact(pipes, id=f"W{number}", year=year, conflict_with=f"V{number}", indicator="v", value="2", unit="kg")
    page = written(pipes)
    assert "unlike counts. The first 4 of 10 are shown." in page
    assert "widest first. The first 8 of 11 are shown." in page


def test_a_third_fact_in_another_unit_is_told(pipes: Path) -> None:
    assert reports.beside_gaps(folder.read_cluster(pipes)).empty
    fact(pipes, id="D1", year="1995", indicator="firms_count", value="3", unit="hundred firms",
         statement="A third source says three hundred.", conflict_with="PI007")  # fmt: skip
    case = folder.read_cluster(pipes)
    assert reports.beside_gaps(case)["statement"].tolist() == ["A third source says three hundred."]
    assert "A third source says three hundred." in written(pipes)


@pytest.mark.parametrize("value", ["0", "-5"])
def test_no_ratio_is_given_to_nought(pipes: Path, value: str) -> None:
    put(pipes / L, 8, "value", value)
    gaps = reports.gaps(folder.read_cluster(pipes))
    assert gaps["lowest"].tolist() == [float(value)]
    assert gaps["times"].isna().all()


def test_a_row_pasted_twice_may_be_deleted(pipes: Path) -> None:
    rows = read(pipes / L)
    write(pipes / L, [*rows, rows[3]])
    said = "'PI003' stands in row 4 already, with the same in every cell"
    assert told(pipes) == [("error", said, "delete one of the two")]


def test_no_empty_cell_is_advised_where_none_is_taken(pipes: Path) -> None:
    write(pipes / "context.csv", [["year", "pressure"], ["1990", "0.1"], ["1991", "NA"], ["1992", "high"]])
    assert not [remedy for _, _, remedy in told(pipes) if "leave the cell empty" in remedy]


def test_marks_of_git_are_named(pipes: Path) -> None:
    lines = (pipes / L).read_text(encoding="utf-8-sig").splitlines()
    lines[3:5] = ["<<<<<<< HEAD", lines[3], "=======", lines[4], ">>>>>>> theirs"]
    (pipes / L).write_text("\n".join(lines) + "\n", encoding="utf-8")
    faults = [fault for _, fault, _ in told(pipes) if "git" in fault]
    assert faults == ["git left two versions of some rows here, parted by its marks in rows 4, 6, 8"]
    (pipes / L).write_text("\n".join(["<<<<<<< HEAD", lines[0], "=======", lines[0], ">>>>>>> theirs"]) + "\n")
    assert any("git left two versions" in fault for _, fault, _ in told(pipes))


def test_a_file_of_noughts_gets_one_sentence(pipes: Path) -> None:
    (pipes / L).write_bytes(b"\x00" * 4096)
    assert told(pipes) == [
        (
            "error",
            "the file holds nothing but bytes of nought: it was not written to the end",
            "export or save it again",
        )
    ]


@pytest.mark.parametrize(("file", "column"), [(L, "id"), ("sources.csv", "source_key")])
def test_a_fact_or_source_that_two_people_entered_is_named(pipes: Path, file: str, column: str) -> None:
    rows = read(pipes / file)
    write(pipes / file, [*rows, ["QX001", *rows[1][1:]]])
    ((severity, fault, cure),) = told(pipes)
    assert (severity, fault) == ("warning", f"'QX001' beside {rows[1][0]!r}")
    assert (
        cure
        == f"read as two, though all other cells are the same; keep one, and name it wherever the other {column} stands"
    )
    write(pipes / file, [*rows, *([f"QX00{n}", *rows[min(n, 3)][1:]] for n in range(1, 5))])
    ((_, fault, _),) = told(pipes)
    named = "、".join(f"'QX00{n}'与{rows[min(n, 3)][0]!r}（第{len(rows) + n}行）并存" for n in range(1, 5))
    assert words_in("zh")(f"{fault}; {cure}").startswith(f"{named}；读作两条，尽管其余单元格都相同；请只留一条，")


def test_rows_are_numbered_in_chinese() -> None:
    said = words_in("zh")("'a' beside 'b' (rows 2, 3 and 4), 'c' beside 'd' (rows 2, 3 and 12 more)")
    assert said == "'a'与'b'（第2、3、4行）并存、'c'与'd'（第2、3行及另外12行）并存"


@pytest.mark.parametrize("country", ["China (Zhejiang)", "Zhejiang, China", "中国浙江"])
def test_a_country_that_only_names_china_is_asked_about(pipes: Path, country: str) -> None:
    put(pipes / "cluster.csv", 9, "value", country)
    ((severity, fault, _),) = told(pipes)
    assert severity == "warning"
    assert "is not read as China, so that no series" in fault
    put(pipes / "cluster.csv", 9, "value", "P.R. China")
    assert told(pipes) == []


def test_a_folder_around_the_one_that_is_meant_says_so(pipes: Path) -> None:
    with pytest.raises(GumError, match=r"got one around it; write .*pipes$"):
        folder.faults(pipes.parent)
    write(pipes.parent / "scores_c.csv", read(pipes / S))
    assert "ledger.csv: the file is missing" in " ".join(lines(folder.faults(pipes.parent)))


def test_a_coder_in_two_files_is_told_of(pipes: Path) -> None:
    for file, late in ((S, False), (B, True)):
        header, *rows = read(pipes / file)
        write(pipes / file, [["coder", *header], *(["a", *row] for row in rows if (row[1] > "2000") == late)])
    assert told(pipes) == [
        (
            "warning",
            "the coder a stands in scores_a.csv too; read as one person",
            "name the other coder, if they are two",
        )
    ]


@pytest.mark.parametrize(("kept", "spread"), [("variable", "year"), ("year", "variable")])
def test_scores_side_by_side_are_asked_to_stand_below_each_other(pipes: Path, kept: str, spread: str) -> None:
    scores = pd.read_csv(pipes / S, dtype=str)
    scores.pivot(index=kept, columns=spread, values="score").reset_index().to_csv(pipes / S, index=False)
    ((_, fault, cure),) = told(pipes)
    assert fault.startswith(f"each {spread} has a column: ")
    assert cure == f"write a row for each {spread}, with the column {spread} to say which"


@pytest.mark.parametrize(("file", "column"), [(S, 0), (S, 6), (L, 0), (L, 8), ("sources.csv", 1)])
def test_a_note_in_a_row_of_its_own_gets_one_sentence(pipes: Path, file: str, column: int) -> None:
    rows = read(pipes / file)
    write(pipes / file, [*rows, ["Note" if at == column else "" for at in range(len(rows[0]))]])
    cure = "delete it if it is a note or a heading; else fill in the row"
    assert told(pipes) == [("error", "'Note' stands alone in its row", cure)]


def test_a_row_is_not_its_own_double(pipes: Path) -> None:
    rows = read(pipes / S)
    write(pipes / S, [*rows, ["pipes", "", "", "3", "low", "PI001", "Mean."]])
    said = [fault for _, fault, _ in told(pipes)]
    assert len([fault for fault in said if "the cell is empty" in fault]) == 2
    assert not any("already" in fault for fault in said)


def test_a_number_that_a_spreadsheet_shortened_is_told(pipes: Path) -> None:
    put(pipes / L, 4, "value", "1.23457E+11")
    assert any("1.23457E+11 is read as 123457000000" in fault for _, fault, _ in told(pipes))


@pytest.mark.parametrize(("one", "other"), [("li", "Li"), ("jose", "josé"), ("1", "01"), ("li wei", "liwei")])
def test_a_coder_of_nearly_one_name_in_two_files_is_asked_about(pipes: Path, one: str, other: str) -> None:
    for file, coder in ((S, one), (B, other)):
        rows = read(pipes / file)
        write(pipes / file, [[*rows[0], "coder"], *([*row, coder] for row in rows[1:])])
    said = f"the coder {other} stands in {S} as {one}; read as two persons"
    assert ("warning", said, "if they are one, write the name alike in both files") in told(pipes)
