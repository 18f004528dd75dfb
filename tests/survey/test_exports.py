"""Exports of survey tools in the layouts they come in: the answers are the same, or the file is refused."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from gumlib.cli import main
from gumlib.errors import GumError
from gumlib.survey import instrument, responses, simulation
from gumlib.survey.schema import asked

FORM = instrument("ningbo-firms")
ITEMS = FORM.items.set_index("item")
ASKED = asked(FORM)
GIVEN = simulation.respondents(FORM, 6, seed=3).frame
SCALE = [name for name, item in ASKED.items() if item.type == "likert5"]


def code(value: object) -> str:
    return "" if pd.isna(value) else str(int(value)) if isinstance(value, float) else str(value)


CODES = pd.DataFrame({name: [code(value) for value in GIVEN[name]] for name in ASKED})


def labels(language: str, joint: str) -> pd.DataFrame:
    """All answers by their labels; several of them in one cell, joined by something."""

    def worded(name: str, text: str) -> str:
        item = ASKED[name]
        names, named = item.english if language == "en" else item.chinese, item.codes and item.type != "integer"
        return joint.join(names[item.codes.index(one)] for one in text.split()) if named else text

    return pd.DataFrame({name: [worded(name, text) for text in CODES[name]] for name in CODES})


def headed(table: pd.DataFrame, language: str, form: str = "{text}") -> pd.DataFrame:
    """The same under the wordings of the items."""
    heads = [form.format(n=n, text=ITEMS.loc[name, f"text_{language}"]) for n, name in enumerate(table, start=1)]
    return table.set_axis(heads, axis=1)


def split(head: str, mark: tuple[str, str] = ("1", "0")) -> pd.DataFrame:
    """The products in columns of their own."""
    item, table = ASKED["B3"], CODES.drop(columns="B3")
    for one, label in zip(item.codes, item.english, strict=True):
        table[head.format(code=one, label=label)] = [mark[one not in text.split()] for text in CODES["B3"]]
    return table


def saved(base: Path, table: pd.DataFrame, below: tuple[list[str], ...] = (), **added: object) -> Path:
    whole = pd.concat([pd.DataFrame(added, index=table.index), table], axis=1).astype(str)
    with (base / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([list(whole), *below, *whole.to_numpy().tolist()])
    return base / "a.csv"


def answers(file: Path, **how: object) -> pd.DataFrame:
    frame = responses.read_export(file, FORM, **how).frame
    return pd.DataFrame({name: [code(value) for value in frame[name]] for name in ASKED})


LAYOUTS = {
    "KoBoToolbox, labels": headed(labels("en", " "), "en"),
    "KoBoToolbox, Chinese labels": headed(labels("zh", " "), "zh"),
    "Qualtrics, labels": labels("en", ","),
    "Google Forms": headed(labels("en", ", "), "en").assign(Timestamp="2024/05/01 10:00:00"),
    "Google Forms, Chinese": headed(labels("zh", ", "), "zh"),
    "Microsoft Forms": headed(labels("en", ";"), "en"),
    "Wenjuanxing": headed(labels("zh", "┋"), "zh", "{n}、{text}"),
    "Wenjuanxing, kinds of questions": headed(labels("zh", "┋"), "zh", "{n}、{text}[单选题]"),
    "numbers and a point": headed(labels("zh", "┋"), "zh", "{n}.{text}"),
    "questions in a block": headed(labels("en", ","), "en", "Please tell us - {text}"),
    "required": headed(labels("en", ","), "en", "Q{n}. {text} *"),
    "REDCap": split("b3___{code}"),
    "SurveyCTO": split("B3_{code}"),
    "R": split("B3.{code}", ("TRUE", "FALSE")),
    "ticked": split("B3 ({label})", ("x", "")),
    "Qualtrics, products apart": split(ITEMS.loc["B3", "text_en"] + " - Selected Choice - {label}"),
    "Chinese marks": split("B3/{code}", ("选中", "未选中")),
    "numbered names": CODES.rename(columns=lambda name: f"{CODES.columns.get_loc(name)}_{name}"),
    "labels in columns": split("B3 [{label}]", ("", "")),
}
for _one, _label in zip(ASKED["B3"].codes, ASKED["B3"].english, strict=True):
    LAYOUTS["labels in columns"][f"B3 [{_label}]"] = [_label * (_one in text.split()) for text in CODES["B3"]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read_as_it_was_answered(tmp_path: Path, layout: str) -> None:
    pd.testing.assert_frame_equal(answers(saved(tmp_path, LAYOUTS[layout])), CODES)


WAYS: dict[str, Callable[[str, str, str], str]] = {
    "a code before": lambda number, english, _: f"{number} - {english}",
    "a code and =": lambda number, english, _: f"{number}={english}",
    "a code behind": lambda number, english, _: f"{english} ({number})",
    "a number in Chinese": lambda number, _, chinese: f"{number}、{chinese}",
    "both languages": lambda _, english, chinese: f"{english} / {chinese}",
    "both languages joined": lambda _, english, chinese: f"{chinese}{english}",
    "a full stop": lambda _, english, __: f"{english}.",
    "underscores": lambda _, english, __: english.replace(" ", "_").lower(),
    "tags": lambda _, english, __: f"<p><b>{english}</b></p>",
    "blanks twice": lambda _, english, __: english.replace(" ", "  "),
    "a decimal comma": lambda number, _, __: f"{number},0",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_label_is_read_however_it_is_decorated(tmp_path: Path, way: str) -> None:
    table = CODES.copy()
    for name in SCALE:
        item = ASKED[name]
        spelt = {"": ""} | {
            one: WAYS[way](one, english, chinese)
            for one, english, chinese in zip(item.codes, item.english, item.chinese, strict=True)
        }
        table[name] = table[name].map(spelt)
    pd.testing.assert_frame_equal(answers(saved(tmp_path, table)), CODES)


def test_a_label_beside_another_code_is_refused(tmp_path: Path) -> None:
    english = dict(zip("12345", ASKED["L1"].english, strict=True))
    table = CODES.assign(L1=CODES["L1"].map(lambda one: f"{6 - int(one)} - {english[one]}" if one else ""))
    with pytest.raises(GumError, match="beside the label of the answer"):
        answers(saved(tmp_path, table.assign(L1=table["L1"].replace("3 - " + english["3"], "2 - " + english["3"]))))


@pytest.mark.parametrize("no_answer", ["-1", "-99", "88"])
def test_a_code_for_no_answer_among_ticks_is_refused_and_in_all_of_them_told(tmp_path: Path, no_answer: str) -> None:
    with pytest.raises(GumError, match=f"'{no_answer}' is neither a mark nor the answer [a-z]+ of B3"):
        answers(saved(tmp_path, split("B3/{code}", (no_answer, "0"))))
    table = split("B3/{code}")
    table.loc[0, [head for head in table if head.startswith("B3/")]] = no_answer
    file = saved(tmp_path, table)
    assert answers(file).loc[0, "B3"] == ""
    assert (
        f"'{no_answer}' means no answer; read as missing" in responses.read_export(file, FORM).notes["fault"].tolist()
    )


def test_the_sheet_that_holds_the_questions_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Survey of firms"])
    sheet = book.create_sheet("answers")
    for row in (list(CODES), *CODES.to_numpy().tolist()):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    pd.testing.assert_frame_equal(answers(tmp_path / "a.xlsx"), CODES)
    sheet.insert_rows(1)
    sheet["A1"] = "Export of May"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(GumError, match="stand in row 2, below something else"):
        answers(tmp_path / "a.xlsx", sheet="answers")


def test_what_was_asked_below_the_header_is_passed_over_and_told(tmp_path: Path) -> None:
    below = (["Response ID", *ITEMS.loc[list(ASKED), "text_en"]], [f'{{"ImportId":"Q{n}"}}' for n in range(60)])
    below = below[0], below[1][: len(CODES.columns) + 1]
    file = saved(tmp_path, CODES, below, ResponseId=[f"R{n}" for n in range(len(CODES))])
    pd.testing.assert_frame_equal(answers(file), CODES)
    notes = responses.read_export(file, FORM).notes
    assert (notes["fault"] == "the row holds what was asked, no answers; passed over").sum() == 2


def test_two_headers_of_which_one_column_has_no_name_are_refused(tmp_path: Path) -> None:
    file = saved(tmp_path, split("B3/{code}", ("1", "")).rename(columns={"B3/knit": "", "B3/suit": "B3"}))
    with pytest.raises(GumError, match="has no name and holds something"):
        answers(file)
    numbered = saved(tmp_path, CODES, (), **{"Unnamed: 0": range(len(CODES))})
    pd.testing.assert_frame_equal(answers(numbered), CODES)


@pytest.mark.parametrize(
    ("column", "out", "kept"),
    [
        ("Finished", "False", "True"),
        ("finished", "0", "1"),
        ("Status", "Survey Preview", "IP Address"),
        ("Response Status", "Partial", "Complete"),
        ("firms_complete", "0", "2"),
        ("firms_complete", "Unverified", "Complete"),
        ("ReviewState", "rejected", "approved"),
    ],
)
def test_what_is_not_finished_is_left_out_and_told(tmp_path: Path, column: str, out: str, kept: str) -> None:
    file = saved(tmp_path, CODES, (), record_id=CODES.index, **{column: [out, *[kept] * (len(CODES) - 1)]})
    read = responses.read_export(file, FORM)
    assert len(read.frame) == len(CODES) - 1
    assert read.notes["fault"].str.contains("left out: 2").any()
    assert len(answers(file, unfinished=True)) == len(CODES)


def test_rows_without_any_answer_are_left_out_and_told(tmp_path: Path) -> None:
    table = pd.concat([CODES, CODES.iloc[:1].map(lambda _: "")], ignore_index=True)
    read = responses.read_export(saved(tmp_path, table, (), respondent=[*"abcdef", "Total"]), FORM)
    assert read.frame["respondent"].tolist() == list("abcdef")
    assert "no question is answered; the row is left out" in read.notes["fault"].tolist()


@pytest.mark.parametrize("text", [
    *("call +49 170 1234567", "微信号 wangwu1985", "WeChat: li_88888", "330203198501011234", "QQ：12345678"),
    "138 1234 5678",
])  # fmt: skip
def test_a_text_by_which_a_person_can_be_found_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(GumError, match="by which a person can be found"):
        answers(saved(tmp_path, CODES.assign(remark=text)))


@pytest.mark.parametrize(
    "text", ["我们用微信群联系客户", "exports of 1200000 in 2008", "QQ groups help us", "on wechat daily"]
)
def test_an_honest_text_is_none(tmp_path: Path, text: str) -> None:
    assert answers(saved(tmp_path, CODES.assign(remark=text)))["remark"].tolist() == [text] * len(CODES)


@pytest.mark.parametrize("column", ["RecipientLastName", "来自IP", "联络人", "Nom", "Téléphone"])
def test_a_column_about_persons_is_refused(tmp_path: Path, column: str) -> None:
    with pytest.raises(GumError, match="may tell who answered"):
        answers(saved(tmp_path, CODES, (), **{column: "x"}))


@pytest.mark.parametrize("word", [".", "<NA>", "(空)", "(跳过)", "n.a.", "No response"])
def test_words_for_no_answer_are_told(tmp_path: Path, word: str) -> None:
    table = CODES.copy()
    table.loc[0, "L1"] = word
    assert answers(saved(tmp_path, table)).loc[0, "L1"] == ""


@pytest.mark.parametrize(("word", "kept"), [("1", 6), ("TRUE", 6), ("是", 6), ("Y", 6), ("N", 0), ("0", 0), ("否", 0)])
def test_yes_and_no_are_read_in_the_words_of_tools(tmp_path: Path, word: str, kept: int) -> None:
    assert len(answers(saved(tmp_path, CODES.assign(consent=word)))) == kept


@pytest.mark.parametrize(
    ("day", "read"), [("1.5.2024", "2024-05-01"), ("13. 5. 2024", "2024-05-13"), ("1/5/2024", "nan")]
)
def test_a_day_with_points_is_read_and_one_with_strokes_is_not(tmp_path: Path, day: str, read: str) -> None:
    assert str(responses.read_export(saved(tmp_path, CODES, (), date=day), FORM).frame["date"].iloc[0]) == read


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["survey", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_answers_are_not_written_over_and_a_table_ends_as_one(tmp_path: Path) -> None:
    file = saved(tmp_path, CODES)
    before = file.read_bytes()
    for command in ("read", "levels"):
        code, said = run(command, "ningbo-firms", file, "--out", file, "--replace")
        assert (code, file.read_bytes()) == (1, before)
        assert "expected another file than the answers" in said
        code, said = run(command, "ningbo-firms", file, "--out", tmp_path / "levels.xlsx")
        assert code == 1
        assert "ends in .csv" in said
        assert not (tmp_path / "levels.xlsx").exists()


@pytest.mark.parametrize("year", ["24", "0", "99999"])
def test_a_year_that_a_folder_cannot_hold_is_refused(tmp_path: Path, year: str) -> None:
    file = saved(tmp_path, CODES)
    code, said = run(
        "levels", "ningbo-firms", file, "--out", tmp_path / "l.csv", "--to", tmp_path / "c", "--year", year
    )
    assert code == 2
    assert "not in the range" in said
    assert not (tmp_path / "c").exists()


def test_an_item_of_the_form_is_no_mark_of_a_tool(tmp_path: Path) -> None:
    name = "orders_complete"
    form = replace(FORM, items=FORM.items.replace({"item": {SCALE[0]: name}}))
    table = CODES.rename(columns={SCALE[0]: name}).assign(**{name: "1"})
    found = responses.read_export(saved(tmp_path, table), form)
    assert found.frame[name].tolist() == [1] * len(table)
    assert not found.notes["fault"].str.contains("left out").any()
