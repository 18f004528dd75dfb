"""The one reader of tables: a spoilt copy of a sound table reads the same, or is refused; nothing changes silently."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumlib.data import encodings
from gumlib.data.grid import Grid, open_grid, tidy
from gumlib.data.spreadsheet import open_sheet

HEADER = ["id", "year", "statement", "source_key", "note"]
CELL = st.text(alphabet="ab1 ,;\n\"'é宁", max_size=8).map(str.strip)
ROW = st.tuples(st.sampled_from(["X1", "X2", "X3"]), *[CELL] * (len(HEADER) - 1)).map(list)
EXAMPLES = int(os.environ.get("GUM_EXAMPLES", "300"))
"""Spoilt tables tried; 10,000 were once."""


def written(rows: list[list[str]], quoting: int = csv.QUOTE_MINIMAL) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n", quoting=quoting).writerows([HEADER, *rows])
    return stream.getvalue()


def opened(base: Path, content: bytes, name: str = "a.csv", encoding: str | None = None) -> tuple[Grid | None, str]:
    """Return the grid, None if it is refused, and all that was said."""
    (base / name).write_bytes(content)
    grid, faults = open_grid(base / name, encoding=encoding)
    wrong = any(fault.severity == "error" for fault in faults)
    return None if wrong else grid, "\n".join(f"{fault.row}: {fault.fault}; {fault.remedy}" for fault in faults)


@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data(), st.lists(ROW, min_size=2, max_size=6), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_a_spoilt_table_is_the_same_or_refused(tmp_path: Path, data, rows, quoting) -> None:
    """Marks, separators and line ends are put in or lost: no row vanishes, and no cell moves to another column."""
    spoilt, cut = written(rows, quoting), False
    edits = data.draw(st.integers(1, 2))
    for _ in range(edits):
        place = data.draw(st.integers(spoilt.index("\n") + 1, len(spoilt)))
        sign = data.draw(st.sampled_from(['"', ",", "\n", "", "cut"]))
        gone = data.draw(st.integers(0, 1)) if sign else 1
        cut |= sign == "cut"
        spoilt = spoilt[:place] if sign == "cut" else spoilt[:place] + sign + spoilt[place + gone :]
    grid, said = opened(tmp_path, spoilt.encode())
    if grid is None:
        assert said.strip()
        return
    assert len(grid.rows) == len(rows) or (cut and len(grid.rows) < len(rows)), spoilt
    changed = [sum(map(str.__ne__, *pair)) for pair in zip(grid.rows, rows, strict=False)]
    assert sum(changed) <= (1 if edits == 1 else len(HEADER)), spoilt


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@settings(max_examples=EXAMPLES // 3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, min_size=1, max_size=6))
def test_a_sound_table_is_read_as_it_is(tmp_path: Path, quoting, rows) -> None:
    """Honest texts over several lines, with commas and marks, are no open quotation marks."""
    grid, said = opened(tmp_path, written(rows, quoting).encode())
    assert grid is not None, said
    assert grid.rows == rows


@settings(max_examples=EXAMPLES // 3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.integers(1, 5), st.integers(1, 5))
def test_a_mark_opened_in_one_row_and_closed_in_another_is_named(tmp_path: Path, data, first, further) -> None:
    rows = [[f"X{n}", str(1980 + n), "a text", "key", "none"] for n in range(12)]
    column, last = data.draw(st.integers(0, 4)), first + further
    lines = written(rows).splitlines()
    cells = lines[first].split(",")
    cells[column] = '"' + cells[column]
    lines[first] = ",".join(cells)
    closing = lines[last].split(",")
    closing[data.draw(st.integers(0, 4))] += '"'
    lines[last] = ",".join(closing)
    grid, said = opened(tmp_path, "\n".join([*lines, ""]).encode())
    assert grid is None
    assert said.startswith(f"{first + 1}: ")


def test_the_line_is_named_where_a_mark_opens(tmp_path: Path) -> None:
    text = 'id,statement\n1,"honest\ntext"\n2,"open\n3,x\n4,y\n'
    grid, said = opened(tmp_path, text.encode())
    assert grid is None
    assert "3: a quotation mark is opened in line 4 of the file and not closed" in said
    inner = opened(tmp_path, b'id,statement\n1,"the "good" one"\n')[1]
    assert "2: a quotation mark in line 2 of the file begins or ends no cell" in inner


def test_a_comma_lost_before_a_mark_is_refused_with_its_row(tmp_path: Path) -> None:
    grid, said = opened(tmp_path, b'id,statement,note\n1,a,b\n2"x, y",z\n')
    assert grid is None
    assert "3: in line 3 of the file two cells hold a lone quotation mark" in said
    grid, said = opened(tmp_path, b'id,statement,note\n1,a 5" pipe,b\n2,the "good" one,z\n3,"x, ""y"", z",""\n')
    assert grid is not None, said
    assert grid.rows[0][1] == 'a 5" pipe'


@pytest.mark.parametrize("change", [lambda row: [*row, ""], lambda row: row[:-1], lambda row: [*row, "x"]])
def test_a_row_of_another_length_is_refused(tmp_path: Path, change) -> None:
    rows = [["X1", "1990", "a", "k", ""]] * 3
    for place in (0, 2):
        spoilt = [change(row) if n == place else row for n, row in enumerate(rows)]
        grid, said = opened(tmp_path, written(spoilt).encode())
        assert grid is None
        assert f"{place + 2}: the row has" in said
        assert ("cut off" in said) == (place == 2 and len(spoilt[2]) < 5)


NAMES = ("id", "year", "statement")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("My facts\nid,year,statement\n1,1990,x\n2,1991,y\n", "stand in row 2, below something else"),
        ("My facts,,\n,,\nid,year,statement\n1,1990,x\n", "stand in row 3, below something else"),
        ("# a comment\nid,year,statement\n1,1990,x\n", "stand in row 2, below something else"),
        ("id,1,2\nyear,1990,1991\nstatement,x,y\n", "below one another, in the first column"),
        ('"id,year,statement"\n"1,1990,x"\n', "all columns stand in one cell"),
        ("id:year:statement\n1:1990:x\n", "all columns stand in one cell"),
        ("id year statement\n1 1990 x\n", "all columns stand in one cell"),
        ("sep=;\nid,year,statement\n1,1990,x\n", "all columns stand in one cell"),
        ('id,year,statement\n"1,1990,x"\n', "part its cells as those of the header are"),
        ("id,year,statement\n1;1990;x\n", "part its cells as those of the header are"),
        ("id,year,statement\n1,1990,x,\n", "delete the empty cells at its end"),
        ("id,year,statement\n1,1990,x\n\x1a", "nothing but the control character"),
    ],
)
def test_column_names_and_rows_that_lie_otherwise_are_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    grid, faults = open_grid(tmp_path / "a.csv", known=NAMES)
    assert grid is None
    wrong = [fault for fault in faults if fault.severity == "error"]
    assert said in f"{wrong[0].fault}; {wrong[0].remedy}"
    assert wrong[0].row is not None


def test_a_title_above_a_table_of_unknown_columns_is_named(tmp_path: Path) -> None:
    assert "as if it were a title" in opened(tmp_path, b"Export of May\na,b\n1,2\n3,4\n")[1]


def test_the_header_that_comes_again_is_passed_over_and_told(tmp_path: Path) -> None:
    text = written([["X1", "1990", "a", "k", ""]]) + written([["X2", "1991", "b", "k", ""]])
    grid, said = opened(tmp_path, text.encode())
    assert [row[0] for row in grid.rows] == ["X1", "X2"]
    assert grid.numbers == [2, 4]
    assert "3: the column names stand here again; passed over" in said


@pytest.mark.parametrize("mark", ["sep=;", "SEP=;", '"sep=;"'])
def test_the_mark_for_the_separator_is_read_however_it_is_written(tmp_path: Path, mark: str) -> None:
    grid, _ = opened(tmp_path, f"{mark}\nid;year\n1;1990\n".encode())
    assert grid.header == ["id", "year"]


@pytest.mark.parametrize("encoding", ["undefined", "unicode_escape", "punycode", "rot13", "base64", "idna"])
def test_what_is_no_encoding_of_files_is_refused(tmp_path: Path, encoding: str) -> None:
    assert "no encoding is called" in opened(tmp_path, FRENCH.encode("cp1252"), encoding=encoding)[1]


@pytest.mark.parametrize(
    ("text", "read"),
    [("R&amp;D", "R&D"), ("&#23425;&#27874;", "宁波"), ("\\u5b81\\u6ce2", "宁波"), ("&quot;x&quot;", '"x"')],
)
def test_letters_that_stand_as_numbers_are_named(text: str, read: str) -> None:
    assert encodings.mangled(text) == read
    assert encodings.mangled(read) is None


CHINESE = written([["X1", "1990", "宁波的服装企业开始为外国客户加工衬衫，产量增加", "k", "政府支持"]])
TAIWAN = written([["X1", "1990", "台灣的服裝企業開始為外國客戶加工襯衫，產量增加", "k", "政府支持"]])
FRENCH = written([["X1", "1990", "four à chaleur doublée", "k", "été"]])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gb18030"),
        (TAIWAN, "big5"),
        (CHINESE, "utf-16"),
        (FRENCH, "utf-16"),
        (CHINESE, "utf-32"),
    ],
)
def test_encodings_that_can_be_told_are_read_and_told(tmp_path: Path, text: str, encoding: str) -> None:
    grid, said = opened(tmp_path, text.encode(encoding))
    assert grid is not None, said
    assert written(grid.rows) == text
    assert "read so" in said


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp1254", "utf-16-le"])
def test_encodings_that_cannot_be_told_are_asked_for(tmp_path: Path, encoding: str) -> None:
    grid, said = opened(tmp_path, FRENCH.encode(encoding))
    assert grid is None
    assert "--encoding" in said
    grid, said = opened(tmp_path, FRENCH.encode(encoding), encoding=encoding)
    assert grid is not None, said
    assert written(grid.rows) == FRENCH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("ราคาลดลง", "tis-620"),
        ("стоимость растёт", "koi8-r"),
        ("한국 의류 산업 집적지", "euc-kr"),
        ("日本語のテキスト", "shift-jis"),
        ("ÄÖ", "cp1252"),
    ],
)
def test_other_scripts_are_not_taken_for_chinese(tmp_path: Path, text: str, encoding: str) -> None:
    assert opened(tmp_path, f"id,statement\n1,{text}\n".encode(encoding))[0] is None


def test_a_wrong_name_and_a_wrong_choice_of_encoding_are_refused(tmp_path: Path) -> None:
    assert "no encoding is called" in opened(tmp_path, FRENCH.encode("cp1252"), encoding="latin9000")[1]
    assert "2: a letter in this row is not in ascii" in opened(tmp_path, FRENCH.encode("cp1252"), encoding="ascii")[1]
    assert opened(tmp_path, CHINESE.encode(), encoding="gb18030")[0].rows[0][2].startswith("宁波")


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "mac-roman"])
@pytest.mark.parametrize("text", ["Fonderée", "宁波服装企业"])
def test_texts_once_read_in_a_wrong_encoding_are_named(wrong: str, text: str) -> None:
    content = text.encode()
    try:
        spoilt = content.decode(wrong)
    except UnicodeDecodeError:
        return
    assert encodings.mangled(spoilt) == text
    assert encodings.mangled(text) is None


@pytest.mark.parametrize(
    "text", ["naïve été", "Größe", "señor", "«x» – y", "Łódź", "联通", "São Paulo", "宁波", "what??"]
)
def test_honest_letters_are_not_called_lost(text: str) -> None:
    assert encodings.mangled(text) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [("１２００", "1200"), ("\u22125", "-5"), ("1200²", "1200²"), ("½", "½"), ("①", "①"), ("㎡", "㎡"), ("Ⅳ", "Ⅳ")],
)
def test_only_figures_blanks_and_the_minus_are_folded(text: str, read: str) -> None:
    assert tidy(f"\u3000{text}\u00a0") == read


@pytest.mark.parametrize(
    "error", ["#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#SPILL!", "####", "#WERT!"]
)
@pytest.mark.parametrize("column", range(5))
def test_an_error_of_the_spreadsheet_is_one_in_any_column(tmp_path: Path, error: str, column: int) -> None:
    row = ["X1", "1990", "a", "k", "n"]
    row[column] = error
    grid, said = opened(tmp_path, written([row]).encode())
    assert grid is None
    assert f"2: '{error}' is an error of the spreadsheet" in said


def book(file: Path, cells: dict[str, object], merged: str = "") -> bytes:
    made = openpyxl.Workbook()
    for place, value in cells.items():
        made.active[place] = value
    if merged:
        made.active.merge_cells(merged)
    made.save(file)
    return file.read_bytes()


def test_what_a_workbook_does_not_show_is_refused(tmp_path: Path) -> None:
    sound = {"A1": "id", "B1": "score", "A2": "X1", "B2": 3.0, "A3": "X2", "B3": True}
    grid, said = opened(tmp_path, book(tmp_path / "b.xlsx", sound), "a.xlsx")
    assert (grid.rows, said) == ([["X1", "3"], ["X2", "TRUE"]], "")
    assert opened(tmp_path, book(tmp_path / "b.xlsx", sound), "a.csv")[0].rows == grid.rows
    said = opened(tmp_path, book(tmp_path / "b.xlsx", sound | {"B3": "=B2+1"}), "a.xlsx")[1]
    assert "3: cell B3 holds a formula without a stored value" in said
    assert "A2:A3 are merged" in opened(tmp_path, book(tmp_path / "b.xlsx", sound, "A2:A3"), "a.xlsx")[1]
    titled = {"A1": "Scores", "A2": "id", "B2": "score", "A3": "X1", "B3": 3}
    book(tmp_path / "t.xlsx", titled, "A1:B1")
    above = open_grid(tmp_path / "t.xlsx", known=("id", "score"))[1]
    assert [fault.remedy for fault in above] == ["delete what stands above them"]
    assert "the row has 3 cells" in opened(tmp_path, book(tmp_path / "b.xlsx", sound | {"C3": 1}), "a.xlsx")[1]
    beside = opened(tmp_path, book(tmp_path / "b.xlsx", sound | {"F3": "ask Li"}), "a.xlsx")[1]
    assert "3: the row has 6 cells, the header 2; delete what stands beside the table" in beside
    returned = opened(tmp_path, book(tmp_path / "b.xlsx", sound | {"A2": "a_x000D_\nb"}), "a.xlsx")[0]
    assert returned.rows[0][0] == "a\nb"
    share = openpyxl.Workbook()
    share.active.append(["share"])
    share.active.append([0.025])
    share.active["A2"].number_format = "0.0%"
    share.save(tmp_path / "b.xlsx")
    assert open_grid(tmp_path / "b.xlsx")[0].rows == [["2.5%"]]


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        for name, content in files.items():
            parts.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "damaged"),
        (zipped({"xl/workbook.xml": b"<rest"}), "damaged"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument"),
        (zipped({"xl/workbook.bin": b""}), "a binary workbook (.xlsb)"),
        (zipped({"word/document.xml": b"<w/>"}), "a text document (.docx)"),
        (zipped({"Index/Document.iwa": b""}), "a document of Numbers"),
        (b"$FL2@(#) SPSS", "export a CSV or XLSX file from the program that made it"),
        (b'[{"id": "1"}]\n', "export a CSV or XLSX file from the program that made it"),
        (zipped({"a.csv": b"id\n1\n", "b.csv": b"id\n2\n"}), "a zip of 2 files"),
        (b"\xd0\xcf\x11\xe0rest", "old workbook (.xls), or one with a password"),
        (b"", "empty"),
        (b",,\n", "empty"),
    ],
)
def test_files_that_are_no_tables_get_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    for name in ("a.csv", "a.xlsx"):
        grid, told = opened(tmp_path, content, name)
        assert grid is None
        assert said in told


def test_damage_to_any_byte_of_a_workbook_is_the_same_or_refused(tmp_path: Path) -> None:
    sound = book(tmp_path / "b.xlsx", {"A1": "id", "B1": "score", "A2": "X1", "B2": 3})
    for place in range(0, len(sound), 61):
        spoilt = sound[:place] + bytes([sound[place] ^ 0xFF]) + sound[place + 1 :]
        grid, said = opened(tmp_path, spoilt, "a.xlsx")
        assert said or grid.rows == [["X1", "3"]], place
    assert opened(tmp_path, sound[: len(sound) // 2], "a.xlsx")[0] is None


def test_the_zip_of_a_form_is_opened(tmp_path: Path) -> None:
    content = zipped({"form.csv": b"id\n1\n", "form-repeat.csv": b"id\n2\n", "media/a.csv": b"x"})
    grid, said = opened(tmp_path, content, "form.csv.zip")
    assert (grid.rows, "form.csv in it is read" in said) == ([["1"]], True)


def test_a_file_that_cannot_be_read_gets_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.csv").write_text("id\n1\n", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", locked)
    assert "Permission denied" in open_grid(tmp_path / "a.csv")[1][0].fault


@pytest.mark.parametrize("heading", ["value (number)", "Values of it", "how much"])
def test_a_known_column_missing_beside_an_unknown_one_that_is_full_is_an_error(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"id,{heading}\nX1,5\n", encoding="utf-8")
    faults = open_sheet(file, ("id", "value"), ("id",))[1]
    assert [fault.severity for fault in faults] == ["error"]
    assert "value" in faults[0].remedy
    file.write_text("id,value,own\nX1,5,x\n", encoding="utf-8")
    assert [fault.severity for fault in open_sheet(file, ("id", "value"), ("id",))[1]] == ["warning"]


@pytest.mark.parametrize("sign", ["\x00", "\x1a", "\x1b", "\x07"])
def test_a_control_character_is_named(tmp_path: Path, sign: str) -> None:
    assert (
        f"2: the cell holds the control character {sign!r}" in opened(tmp_path, f"id,note\nX1,a{sign}b\n".encode())[1]
    )


@pytest.mark.parametrize("error", ["#¡VALOR!", "#VALEUR !", "#ИМЯ?", "#Н/Д", "#RIF!", "#DIEL/0!", "Err:502", "#YOK"])
def test_errors_of_spreadsheets_in_other_languages(tmp_path: Path, error: str) -> None:
    assert "is an error of the spreadsheet" in opened(tmp_path, f"id,note\nX1,{error}\n".encode())[1]
    assert opened(tmp_path, b"id,note\nX1,#metoo!\nX2,#5\nX3,Errors\n")[1] == ""


@pytest.mark.parametrize(
    "start", [b"%PDF-1.7\n", b"\x89PNG\r\n", b"\x1f\x8b\x08", b"PK\x05\x06", b"<html>\n", b"\x09\x08"]
)
def test_what_is_no_table_is_said_to_be_none(tmp_path: Path, start: bytes) -> None:
    assert "the file is no table" in opened(tmp_path, start + b"\x00" * 40)[1]


def test_a_file_cut_off_is_named(tmp_path: Path) -> None:
    assert "3: the last row does not end with a line break" in opened(tmp_path, b"id,note\nX1,a\nX2,Inven")[1]
    assert "3: the last row ends in the middle of a letter" in opened(tmp_path, "id\nX1\n宁".encode()[:-1])[1]


@pytest.mark.parametrize(("text", "encoding"), [("żółty piec", "iso8859-2"), ("宁波", "gb18030"), ("Łódź", "cp1250")])
def test_a_few_letters_do_not_decide_an_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    assert "its encoding cannot be decided" in opened(tmp_path, f"id,note\nX1,{text}\n".encode(encoding))[1]


@pytest.mark.parametrize("wrong", ["cp1250", "cp1251", "cp437", "cp850", "gb18030"])
def test_accents_read_by_consoles_and_by_chinese_programs_are_named(wrong: str) -> None:
    assert encodings.mangled("Fonderée à été".encode().decode(wrong)) == "Fonderée à été"
    assert encodings.mangled("茅台酒厂") is None
    assert encodings.mangled("卡拉OK厅") is None


def test_sheets_are_chosen_by_their_columns_and_hidden_rows_told(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["About this file"])
    for title in ("data", "more"):
        made.create_sheet(title).append(["id", "score"])
        made[title].append(["X1", 0.1 + 0.2])
    made.save(tmp_path / "a.xlsx")
    assert (
        "'data' and 'more' hold the same columns" in open_grid(tmp_path / "a.xlsx", known=("id", "score"))[1][0].fault
    )
    made["more"].sheet_state = "hidden"
    made["data"].row_dimensions[2].hidden = True
    made.save(tmp_path / "a.xlsx")
    grid, faults = open_grid(tmp_path / "a.xlsx", known=("id", "score"))
    assert grid.rows == [["X1", "0.3"]]
    assert ["hidden row" in fault.fault for fault in faults] == [True, False]


@pytest.mark.parametrize(
    ("value", "shown", "read"),
    [
        (40, '0"万"', "40万"),
        (40, '0"%"', "40%"),
        (40, "0\\%", "40%"),
        (40, "0万", "40万"),
        (0.4, "0%", "40%"),
        (-40, '0;-0"千"', "-40千"),
        (40, '"$"#,##0.00', "40"),
        (40, "[$¥-804]#,##0", "40"),
        (400000, '0!.0,"万"', "400000"),
        (12.5, "_-* #,##0.00_-", "12.5"),
    ],
)
def test_a_number_is_read_with_the_words_that_its_format_shows(
    tmp_path: Path, value: float, shown: str, read: str
) -> None:
    made = openpyxl.Workbook()
    for content in ("value", value):
        made.active.append([content])
    made.active["A2"].number_format = shown
    made.save(tmp_path / "a.xlsx")
    assert open_grid(tmp_path / "a.xlsx")[0].rows == [[read]]


def test_a_strict_workbook_gets_a_sentence_and_no_warning_of_the_library(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    content = book(tmp_path / "b.xlsx", {"A1": "id", "A2": "X1"})
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    of_all, strict = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006",
        b"http://purl.oclc.org/ooxml/spreadsheetml",
    )
    said = opened(tmp_path, zipped({name: one.replace(of_all, strict) for name, one in held.items()}), "a.xlsx")[1]
    assert (
        "this is a Strict Open XML workbook, which is not read; save it as Excel Workbook (.xlsx), not as Strict"
        in said
    )
    assert not recwarn.list


def test_a_last_row_cut_off_is_to_be_exported_again(tmp_path: Path) -> None:
    said = opened(tmp_path, b"id,year,note\nX1,1990,a\nX2,19")[1]
    assert "3: the row has 2 cells, the header 3 (it is the last one: the file may be cut off); export" in said
    assert "quotation" not in said


def test_a_word_of_big5_is_no_thai(tmp_path: Path) -> None:
    assert opened(tmp_path, "id,note\nX1,價格下跌\n".encode("big5"))[0].rows == [["X1", "價格下跌"]]


def test_files_put_together_with_their_marks_are_one(tmp_path: Path) -> None:
    one = "\ufeffid,note\r\nX1,a\r\n".encode()
    grid, said = opened(tmp_path, one + one)
    assert grid.rows == [["X1", "a"], ["X1", "a"]]
    assert "the column names stand here again" in said
