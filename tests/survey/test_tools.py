"""What single tools do otherwise: headings in two rows, codes for nothing said, words for other, rows in doubt."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from test_exports import ASKED, CODES, FORM, ITEMS, SCALE, answers, headed, labels, saved, split

from gumlib.errors import GumError
from gumlib.survey import responses

PRODUCTS = tuple(zip(ASKED["B3"].codes, ASKED["B3"].english, strict=True))


def monkey(file: Path, *, words: bool) -> Path:
    """As SurveyMonkey exports: the question above its first answer, a block of sentences below one question."""
    top, below, columns = ["Respondent ID"], [""], [[str(n) for n in range(len(CODES))]]
    worded = labels("en", ",")
    for name in ASKED:
        if name == "B3":
            for code, label in PRODUCTS:
                own = words and code == "oth"
                below.append("Other (please specify)" if own else label)
                top.append("" if code != "suit" else ITEMS.loc["B3", "text_en"])
                columns.append([("hats" if own else label) * (code in text.split()) for text in CODES["B3"]])
        else:
            scale = name in SCALE
            top.append("How far do you agree?" * (name == SCALE[0]) if scale else ITEMS.loc[name, "text_en"])
            below.append(ITEMS.loc[name, "text_en"] if scale else "Response")
            columns.append(list(worded[name]))
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([top, below, *zip(*columns, strict=True)])
    return file


@pytest.mark.parametrize("words", [False, True])
def test_headings_in_two_rows_are_read_together_and_told(tmp_path: Path, words: bool) -> None:
    file = monkey(tmp_path / "a.csv", words=words)
    pd.testing.assert_frame_equal(answers(file), CODES)
    read = responses.read_export(file, FORM)
    assert read.notes["fault"].str.contains("headings stand in two rows").any()
    if words:
        assert set(read.frame["B3_other"].dropna()) == {"hats"}


@pytest.mark.parametrize("block", [False, True])
def test_names_of_a_tool_are_known_by_the_question_below(tmp_path: Path, block: bool) -> None:
    asked = [
        ("How far do you agree? - " if block and name in SCALE else "") + ITEMS.loc[name, "text_en"] for name in CODES
    ]
    table = CODES.set_axis([f"QID{n}" for n in range(len(ASKED))], axis=1)
    file = saved(tmp_path, table, (asked, [f'{{"ImportId":"QID{n}"}}' for n in range(len(ASKED))]))
    pd.testing.assert_frame_equal(answers(file), CODES)
    assert responses.read_export(file, FORM).notes["fault"].str.contains("known by the question below").any()


def test_a_heading_that_the_question_below_contradicts_is_refused(tmp_path: Path) -> None:
    asked = list(ITEMS.loc[list(ASKED), "text_en"])
    table = CODES.rename(columns={"L1": "L2", "L2": "L1"})
    with pytest.raises(GumError, match="is headed L2, and the question below is that of L1"):
        answers(saved(tmp_path, table, (asked,)))


@pytest.mark.parametrize(
    ("code", "columns"), [("-3", ["L1", "B5", "H1", "remark"]), ("-2", ["L2", "H4"]), ("(跳过)", ["remark"])]
)
def test_codes_of_wenjuanxing_for_nothing_said_are_told(tmp_path: Path, code: str, columns: list[str]) -> None:
    table, wanted = CODES.copy(), CODES.copy()
    for name in columns:
        table.loc[0, name], wanted.loc[0, name] = code, ""
    file = saved(tmp_path, table)
    pd.testing.assert_frame_equal(answers(file), wanted)
    told = responses.read_export(file, FORM).notes["fault"]
    assert told.str.contains(f"{code}' means no answer", regex=False).sum() == 1
    assert len(columns) == 1 or told.str.contains(f"in {len(columns)} cells of {len(columns)} columns").any()


@pytest.mark.parametrize("own", ["其他〖帽子、手套〗", "其他：帽子", "其他（帽子）"])
def test_words_beside_other_in_a_cell_are_told(tmp_path: Path, own: str) -> None:
    table, wanted = labels("zh", "┋"), CODES.copy()
    table["B3"] = [text.replace("其他", own) for text in table["B3"]]
    table.loc[0, "B5"], wanted.loc[0, "B5"] = own, "oth"
    pd.testing.assert_frame_equal(answers(saved(tmp_path, headed(table, "zh", "{n}、{text}"))), wanted)


def test_words_for_other_stand_for_it_where_it_has_no_column(tmp_path: Path) -> None:
    table = split("B3[{code}]", ("Y", "")).rename(columns={"B3[oth]": "B3[other]"})
    table["B3[other]"] = ["hats" * (cell == "Y") for cell in table["B3[other]"]]
    pd.testing.assert_frame_equal(answers(saved(tmp_path, table)), CODES)


def test_layouts_of_redcap_with_labels_and_of_limesurvey_for_statistics(tmp_path: Path) -> None:
    table = split("What are your main products? (choice={label})", ("Checked", "Unchecked"))
    pd.testing.assert_frame_equal(answers(saved(tmp_path, table, redcap_event_name="baseline_arm_1")), CODES)
    arrays = CODES.rename(columns={name: f"{ITEMS.loc[name, 'section']}_{name}" for name in SCALE})
    pd.testing.assert_frame_equal(answers(saved(tmp_path, arrays)), CODES)


@pytest.mark.parametrize(
    ("marks", "column", "out", "kept"),
    [
        ({"RecordedDate": "2024-05-01", "Progress": "100"}, "Status", "1", "0"),
        ({"RecordedDate": "2024-05-01", "Progress": "100"}, "Status", "8", "16"),
        ({}, "Complete?", "Incomplete", "Complete"),
        ({}, "Survey Timestamp", "[not completed]", "2024-05-01 10:00"),
    ],
)
def test_trials_and_what_is_not_finished_by_the_words_of_a_tool(
    tmp_path: Path, marks: dict[str, str], column: str, out: str, kept: str
) -> None:
    file = saved(tmp_path, CODES, (), **marks, **{column: [out, *[kept] * (len(CODES) - 1)]})
    read = responses.read_export(file, FORM)
    assert len(read.frame) == len(CODES) - 1
    assert read.notes["fault"].str.contains("left out: 2").any()


def test_a_number_of_another_tool_is_no_trial(tmp_path: Path) -> None:
    assert len(answers(saved(tmp_path, CODES, Status="1"))) == len(CODES)


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("_validation_status", "validation_status_on_hold", "1 row(s) on hold, kept: 2"),
        ("ReviewState", "hasIssues", "1 row(s) on hold, kept: 2"),
    ],
)
def test_rows_on_hold_are_kept_and_told(tmp_path: Path, column: str, cell: str, said: str) -> None:
    file = saved(tmp_path, CODES, (), **{column: [cell, *["approved"] * (len(CODES) - 1)]})
    read = responses.read_export(file, FORM)
    assert len(read.frame) == len(CODES)
    assert said in set(read.notes["fault"])


def test_rows_without_a_word_about_consent_are_told(tmp_path: Path) -> None:
    table = CODES.copy()
    table.loc[1, "consent"] = ""
    notes = responses.read_export(saved(tmp_path, table), FORM).notes
    assert "1 row(s) without an answer about consent, kept: 3" in set(notes["fault"])


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("01234", "as on a scale of 0 to 4, not 1 to 5; add 1"),
        (("-2", "-1", "0", "1", "2"), "as on a scale of -2 to 2, not 1 to 5; add 3"),
        ("13467", "as on a scale of 1 to 7"),
    ],
)
def test_another_scale_is_said_once_and_no_cell_is_to_be_emptied(tmp_path: Path, steps: str, said: str) -> None:
    other = dict(zip("12345", steps, strict=True))
    table = CODES.assign(**{name: CODES[name].map(other) for name in SCALE}).fillna("")
    with pytest.raises(GumError, match="1 fault") as raised:
        answers(saved(tmp_path, table))
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("item", "text", "cure"),
    [
        ("H4", "1.000", "write 1000 if the point parts thousands, else 1"),
        ("H4", "1.200", "write 1200 if the point parts thousands, else 1"),
        ("H1", "0.45", "write 45 if it is a share of 1"),
    ],
)
def test_a_number_of_two_meanings_is_asked_for(tmp_path: Path, item: str, text: str, cure: str) -> None:
    table = CODES.copy()
    table.loc[0, item] = text
    with pytest.raises(GumError, match=cure):
        answers(saved(tmp_path, table))


def test_a_year_of_another_calendar_is_no_date(tmp_path: Path) -> None:
    read = responses.read_export(saved(tmp_path, CODES, date="2567-05-13"), FORM)
    assert read.frame["date"].isna().all()
    assert read.notes["fault"].str.contains("no date").any()


@pytest.mark.parametrize("column", ["coder", "Rater", "编码员", "Coder ID"])
def test_rows_of_two_coders_are_no_further_interviews(tmp_path: Path, column: str) -> None:
    both = pd.concat([CODES.assign(**{column: one}) for one in ("a", "b")], ignore_index=True)
    both.loc[len(CODES) :, "L1"] = "3"
    with pytest.raises(GumError, match=r"of 2 coders \(a, b\), each would count as an interview"):
        answers(saved(tmp_path, both))
    pd.testing.assert_frame_equal(answers(saved(tmp_path, CODES, (), **{column: "a"})), CODES)


@pytest.mark.parametrize(
    ("column", "name"), [("id", "Mean"), ("Firm no.", "Total:"), ("序号", "合计"), ("编号", "平均值")]
)
def test_a_row_of_sums_or_means_is_no_respondent(tmp_path: Path, column: str, name: str) -> None:
    names = [*map(str, range(1, len(CODES))), name]
    with pytest.raises(GumError, match=f"row {len(CODES) + 1}.*{name}' stands beside the answers"):
        answers(saved(tmp_path, CODES, (), **{column: names}))


@pytest.mark.parametrize("way", ["{n} ({label})", "{n} - {label}", "{label} ({n})"])
def test_labels_at_the_ends_of_a_scale_are_read_where_their_code_stands_beside(tmp_path: Path, way: str) -> None:
    ends = {"1": way.format(n=1, label="Strongly disagree"), "5": way.format(n=5, label="strongly agree")}
    table = CODES.assign(**{name: CODES[name].replace(ends) for name in SCALE})
    pd.testing.assert_frame_equal(answers(saved(tmp_path, table)), CODES)
    table.loc[0, "L1"] = way.format(n=4, label="Strongly agree")
    with pytest.raises(GumError, match="beside the label of the answer"):
        answers(saved(tmp_path, table))


@pytest.mark.parametrize(
    ("language", "sign"), [("zh", "-"), ("zh", "~"), ("zh", "～"), ("zh", " 至 "), ("en", "-"), ("en", " – ")]
)
def test_ranges_are_read_with_any_sign_between_their_ends(tmp_path: Path, language: str, sign: str) -> None:
    table = labels(language, "┋" if language == "zh" else ";")
    for name in ("B1", "B2"):
        table[name] = [text.replace("至", sign).replace(" to ", sign).replace("人", " 人") for text in table[name]]
    pd.testing.assert_frame_equal(answers(saved(tmp_path, table)), CODES)


def test_words_for_other_in_a_column_of_one_answer_and_as_qualtrics_heads_them(tmp_path: Path) -> None:
    table = split("B3({label})", ("", ""))
    for code, label in PRODUCTS:
        shown = "Other: hats" if code == "oth" else label
        table[f"B3({label})"] = [shown * (code in text.split()) for text in CODES["B3"]]
    pd.testing.assert_frame_equal(answers(saved(tmp_path, table)), CODES)
    read = responses.read_export(saved(tmp_path, CODES, (), B3_8_TEXT="hats"), FORM)
    assert set(read.frame["B3_other"]) == {"hats"}
