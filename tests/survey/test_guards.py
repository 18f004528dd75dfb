"""What a stranger's files showed: a value that was changed without a word, a cure that would have lost real firms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from test_exports import CODES, FORM, answers, labels, saved, split

from gumlib.cli import main
from gumlib.errors import GumError
from gumlib.survey import responses

PRODUCTS = FORM.options("products")["code"].tolist()


def numbered() -> tuple[object, pd.DataFrame]:
    """The form with figures for the codes of its products, and answers to it in columns of 1 and 0."""
    products = FORM.choices["list"] == "products"
    choices = FORM.choices.copy()
    choices.loc[products, "code"] = [str(n) for n in range(1, len(PRODUCTS) + 1)]
    given = split("B3/{code}")
    heads = {f"B3/{code}": f"B3/{n}" for n, code in enumerate(PRODUCTS, start=1)}
    return replace(FORM, choices=choices), given.rename(columns=heads)


@pytest.mark.parametrize("coding", [{"0": "2"}, {"1": "2", "0": "1"}, {"1": "3", "0": ""}])
def test_what_is_no_mark_in_a_column_of_one_answer_is_no_answer_of_another(tmp_path: Path, coding: dict) -> None:
    form, table = numbered()
    parts = [head for head in table if head.startswith("B3/")]
    table[parts] = table[parts].replace(coding)
    with pytest.raises(GumError, match=r"column B3/\d: '\d' is neither a mark nor the answer \d of B3"):
        responses.read_export(saved(tmp_path, table), form)


def test_codes_one_after_another_under_the_answers_are_refused(tmp_path: Path) -> None:
    rows = [(text.split() + [""] * len(PRODUCTS))[: len(PRODUCTS)] for text in CODES["B3"]]
    shifted = pd.DataFrame(rows, columns=[f"B3/{code}" for code in PRODUCTS])
    with pytest.raises(GumError, match="is neither a mark nor the answer suit of B3"):
        answers(saved(tmp_path, pd.concat([CODES.drop(columns="B3"), shifted], axis=1)))


@pytest.mark.parametrize("change", [lambda text: f"{text} bag", lambda text: text[:-1], lambda text: ""])
def test_answers_joined_in_a_cell_that_the_columns_lack_are_refused(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    table = split("B3/{code}").assign(B3=CODES["B3"])
    table.loc[2, "B3"] = change(table.loc[2, "B3"])
    with pytest.raises(GumError, match=r"row 4, column B3: .*is not what the columns 'B3/suit' and so on hold"):
        answers(saved(tmp_path, table))


@pytest.mark.parametrize("kept", [1, 2, len(PRODUCTS) - 1])
@pytest.mark.parametrize("change", ["more", "fewer"])
def test_answers_in_a_cell_are_held_against_the_columns_that_stand_beside_it(
    tmp_path: Path, kept: int, change: str
) -> None:
    parts = [f"B3/{code}" for code in PRODUCTS]
    table = split("B3/{code}").assign(B3=CODES["B3"]).drop(columns=parts[kept:])
    pd.testing.assert_frame_equal(answers(saved(tmp_path, table)), CODES)
    row = next(n for n, cell in enumerate(table[parts[0]]) if cell == ("0" if change == "more" else "1"))
    table.loc[row, parts[0]] = "1" if change == "more" else "0"
    with pytest.raises(GumError, match=rf"row {row + 2}, column B3: .*is not what the columns 'B3/{PRODUCTS[0]}' and"):
        answers(saved(tmp_path, table))


def test_ranks_in_some_columns_beside_a_cell_are_refused(tmp_path: Path) -> None:
    parts = [f"B3/{code}" for code in PRODUCTS]
    table = split("B3/{code}").assign(B3=CODES["B3"]).drop(columns=parts[2:])
    table[parts[0]] = table[parts[0]].replace({"1": "3"})
    with pytest.raises(GumError, match=f"column {parts[0]}: '3' is neither a mark nor the answer {PRODUCTS[0]}"):
        answers(saved(tmp_path, table))


def test_columns_of_some_answers_are_read_where_the_cell_is_empty_throughout(tmp_path: Path) -> None:
    table = split("B3/{code}").drop(columns=f"B3/{PRODUCTS[-1]}").assign(B3="")
    given = [" ".join(code for code in text.split() if code != PRODUCTS[-1]) for text in CODES["B3"]]
    assert answers(saved(tmp_path, table))["B3"].tolist() == given


@pytest.mark.parametrize("whole", ["-99", ""])
def test_no_answer_in_a_cell_and_in_the_columns_is_no_contradiction(tmp_path: Path, whole: str) -> None:
    table, wanted = split("B3/{code}").assign(B3=CODES["B3"]), CODES.copy()
    table.loc[2, [f"B3/{code}" for code in PRODUCTS]] = "-99"
    table.loc[2, "B3"], wanted.loc[2, "B3"] = whole, ""
    pd.testing.assert_frame_equal(answers(saved(tmp_path, table)), wanted)


@pytest.mark.parametrize(
    ("item", "text", "said"),
    [
        ("L1", "0_5", "'0_5' is no answer from 1 to 5"),
        ("H1", "1_0", "'1_0' is no number"),
        ("H4", "1_200", "'1_200' is no number"),
        ("H1", "٤٠", "'٤٠' is written in figures of another script"),
    ],
)
def test_figures_that_python_alone_reads_are_refused(tmp_path: Path, item: str, text: str, said: str) -> None:
    table = CODES.copy()
    table.loc[1, item] = text
    with pytest.raises(GumError, match=f"row 3, column {item}: {said}"):
        answers(saved(tmp_path, table))


@pytest.mark.parametrize("words", ["Datum Abgeschickt", "Date de soumission", "Fecha de envío"])
def test_limesurvey_in_any_language_is_known_by_its_codes(tmp_path: Path, words: str) -> None:
    days = ["", *["2025-05-01 10:00:00"] * (len(CODES) - 1)]
    read = responses.read_export(saved(tmp_path, CODES, (), **{f"submitdate. {words}": days}), FORM)
    assert len(read.frame) == len(CODES) - 1
    assert "1 row(s) not finished, left out: 2" in set(read.notes["fault"])


@pytest.mark.parametrize("words", ["无", "没有", "/", "nil", "Nothing", "—", "不清楚", "N/A"])
def test_words_that_name_nothing_are_not_the_answer_other_and_words_that_do_are_told(
    tmp_path: Path, words: str
) -> None:
    table = split("B3[{code}]", ("Y", "")).rename(columns={"B3[oth]": "B3[other]"})
    table["B3[other]"] = ["hats" if cell == "Y" else words for cell in table["B3[other]"]]
    file = saved(tmp_path, table)
    pd.testing.assert_frame_equal(answers(file), CODES)
    said = responses.read_export(file, FORM).notes["fault"]
    assert said.str.contains("the words are taken for the answer oth of B3").any()
    assert said.str.contains(f"'{words}' names no answer").any()


@pytest.mark.parametrize("word", ["refused", "拒答", "Declined"])
def test_who_refused_is_left_out_and_told(tmp_path: Path, word: str) -> None:
    table = CODES.copy()
    table.loc[1, "consent"] = word
    read = responses.read_export(saved(tmp_path, table), FORM)
    assert len(read.frame) == len(CODES) - 1
    assert "no consent; the row is left out" in set(read.notes["fault"])


@pytest.mark.parametrize(("label", "code"), [("None", "0"), ("没有", "0"), ("All", "100"), ("全部", "100")])
def test_a_label_of_a_number_is_an_answer(tmp_path: Path, label: str, code: str) -> None:
    table, wanted = CODES.copy(), CODES.copy()
    table.loc[1, "H1"], wanted.loc[1, "H1"] = label, code
    file = saved(tmp_path, table)
    pd.testing.assert_frame_equal(answers(file), wanted)
    assert f"'{label}' is read as {code}" in set(responses.read_export(file, FORM).notes["fault"])


def test_the_year_is_asked_for_where_dates_are_missing(tmp_path: Path) -> None:
    dates = ["2025-05-01", *["45657"] * (len(CODES) - 1)]
    file = saved(tmp_path, CODES, (), date=dates)
    words = [
        "survey",
        "levels",
        "ningbo-firms",
        str(file),
        "--out",
        str(tmp_path / "l.csv"),
        "--to",
        str(tmp_path / "f"),
    ]
    run = CliRunner().invoke(main, words)
    assert run.exit_code
    assert f"got 2025 and {len(CODES) - 1} answers without a date; name it with --year" in run.output
    assert not (tmp_path / "f").exists()


def test_ids_that_a_spreadsheet_shortened_are_not_rows_sent_twice(tmp_path: Path) -> None:
    with pytest.raises(GumError, match=r"its answers are not those of row 2: .*export the ids as text") as refused:
        answers(saved(tmp_path, CODES, (), respondent="1.14568E+11"))
    assert "delete the row" not in str(refused.value)


def test_firms_in_several_events_are_told_by_the_column_of_events(tmp_path: Path) -> None:
    half = [f"r{n % 3}" for n in range(len(CODES))]
    events = ["baseline_arm_1" if n < 3 else "followup_arm_1" for n in range(len(CODES))]
    with pytest.raises(GumError, match="the same firms stand in 2 events") as refused:
        answers(saved(tmp_path, CODES, (), record_id=half, redcap_event_name=events))
    assert "sent twice" not in str(refused.value)


def test_one_label_among_codes_is_named_with_its_row(tmp_path: Path) -> None:
    table = CODES.copy()
    table.loc[3, "consent"] = "不同意"
    with pytest.raises(GumError, match="row 5, column consent: '不同意' is a label in a column of codes; write no"):
        answers(saved(tmp_path, table))


@pytest.mark.parametrize("heading", ["mean.L1", "Importance[L1]", "reversed/L1", "2_L1"])
def test_a_heading_with_more_than_its_neighbours_is_asked_about(tmp_path: Path, heading: str) -> None:
    with pytest.raises(GumError, match="it is not clear whether this is the item L1"):
        answers(saved(tmp_path, CODES.rename(columns={"L1": heading})))


def test_the_second_scale_of_an_array_is_no_item(tmp_path: Path) -> None:
    with pytest.raises(GumError, match="it is not clear whether this is the item L4"):
        answers(saved(tmp_path, CODES.rename(columns={"L4": "learning[L4][1]"})))


@pytest.mark.parametrize("group", ["part1/{}", "sec_learning_{}", "7_{}"])
def test_a_group_of_any_name_is_none_of_these(tmp_path: Path, group: str) -> None:
    names = {name: group.format(name) for name in CODES if name in ("L1", "L2", "L3", "L4")}
    pd.testing.assert_frame_equal(answers(saved(tmp_path, CODES.rename(columns=names))), CODES)


def told(base: Path, table: pd.DataFrame, **added: object) -> str:
    return "; ".join(responses.read_export(saved(base, table, **added), FORM).notes["fault"])


def test_a_code_for_no_answer_among_counts_is_named_where_it_is_none_elsewhere(tmp_path: Path) -> None:
    table = CODES.copy()
    table.loc[1, "H4"] = "999"
    assert "and no answer in" not in told(tmp_path, table)
    table.loc[2, "L1"] = "999"
    assert "999 is a number here (row 3), and no answer in L1" in told(tmp_path, table)
    table.loc[2, "L1"], table.loc[1, "H4"], table.loc[2, "H1"] = "None", "3", "None"
    assert "'None' is a number here (row 4), and no answer in L1" in told(tmp_path, table)


@pytest.mark.parametrize(("code", "doubt"), [("999", True), ("99999", True), ("998", True), ("500", False)])
def test_a_code_for_no_answer_far_above_all_other_counts_is_named(tmp_path: Path, code: str, doubt: bool) -> None:
    said = told(tmp_path, CODES.assign(H4=["3", code, "0", "12", "", "20"]))
    assert (f"{code} is a number here (row 3), far above all others" in said) == doubt


def test_shares_where_percentages_were_asked_for_are_named(tmp_path: Path) -> None:
    table = CODES.assign(H1=["1", "0", "1", "0", "1", "0"])
    assert "all answers are 0 or 1, and a percentage was asked for" in told(tmp_path, table)


def test_a_state_of_rows_in_another_language_is_named(tmp_path: Path) -> None:
    state = ["Non approuvé", "Approved", "", "On hold", "Not approved", ""]
    assert "'Non approuvé' is no state of a row that is known; the rows are kept" in told(
        tmp_path, CODES, _validation_status=state
    )
    assert "no state" not in told(tmp_path, CODES, _validation_status=["Approved", "", "On hold", "", "Received", ""])


@pytest.mark.parametrize("word", ["-9", "-999", "-98", "9999", "-99.0", "DK", "Prefer not to say", "无回答", "(null)"])
def test_codes_and_words_of_other_surveys_for_no_answer_are_told(tmp_path: Path, word: str) -> None:
    table = CODES.copy()
    table.loc[0, "L1"] = word
    assert "means no answer; read as missing" in told(tmp_path, table)


@pytest.mark.parametrize("joint", [" and ", "·", ";#", " ¶ "])
def test_answers_are_parted_by_more_signs(tmp_path: Path, joint: str) -> None:
    pd.testing.assert_frame_equal(answers(saved(tmp_path, CODES.assign(B3=labels("en", joint)["B3"]))), CODES)


def test_bent_marks_in_labels_and_blanks_around_groups_change_nothing(tmp_path: Path) -> None:
    bent = labels("en", "; ").map(lambda text: text.replace("'", "’"))
    pd.testing.assert_frame_equal(answers(saved(tmp_path, bent)), CODES)
    grouped = CODES.rename(columns=lambda name: f"Part A / {name}")
    pd.testing.assert_frame_equal(answers(saved(tmp_path, grouped)), CODES)


@pytest.mark.parametrize("marks", [("Quoted", "Not quoted"), ("有", "无"), ("genannt", "nicht genannt")])
def test_words_for_chosen_and_not_chosen(tmp_path: Path, marks: tuple[str, str]) -> None:
    pd.testing.assert_frame_equal(answers(saved(tmp_path, split("B3/{code}", marks)))[[*CODES]], CODES)
