"""Words for no answer, marks beside labels, days in either order, rounds of a survey, short names behind an id."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from test_exports import ASKED, CODES, FORM, ITEMS, answers, labels, run, saved

from gumlib.errors import GumError
from gumlib.survey import responses

N = len(CODES)
NOTHING = [
    *("Not applicable", "N/A", "Refused", "No answer", "说不清", "不适用", "拒绝回答", "不知道", "Don’t know."),
    *("not_applicable", "(refused)", "99 - Don't know", "Refused (88)", "Don't know / refused", "不知道或拒答"),
]


def told(file: Path, **how: object) -> list[str]:
    return responses.read_export(file, FORM, **how).notes["fault"].tolist()


@pytest.mark.parametrize("words", NOTHING)
def test_words_for_no_answer_are_missing_and_told_once(tmp_path: Path, words: str) -> None:
    table, wanted = labels("en", "; "), CODES.copy()
    for row, item in enumerate(["L1", "B1", "B3", "H1"]):
        table.loc[row, item], wanted.loc[row, item] = words, ""
    file = saved(tmp_path, table)
    pd.testing.assert_frame_equal(answers(file), wanted)
    assert [said for said in told(file) if "means no answer" in said] == [
        f"{words!r} means no answer; read as missing (in 4 cells of 4 columns, of which this is the first)"
    ]


@pytest.mark.parametrize("words", ["not sure", "不确定", "nil", "3 - Refused", "/"])
def test_words_of_a_middle_or_for_nought_or_beside_a_code_are_asked_about(tmp_path: Path, words: str) -> None:
    with pytest.raises(GumError, match="is no answer from 1 to 5"):
        answers(saved(tmp_path, labels("en", "; ").assign(L1=words)))


MARKED = {
    "letters": ("ABCDE", "{mark}. {label}", "en"),
    "numbers": ("12345", "{mark}) {label}", "en"),
    "circles": ("①②③④⑤", "{mark}{label}", "zh"),
    "numbers and a point": ("12345", "{mark}.{label}", "zh"),
    "letters alone": ("ABCDE", "{mark}{label}", "zh"),
    "numbers alone": ("12345", "{mark}{label}", "zh"),
    "letters and a mark": ("ABCDE", "{mark}、{label}", "zh"),
}


@pytest.mark.parametrize("way", MARKED)
def test_a_mark_beside_its_label_is_read_and_beside_another_is_named(tmp_path: Path, way: str) -> None:
    marks, form, language = MARKED[way]
    names = FORM.options("agree")[f"label_{language}"]
    spelt = {code: form.format(mark=marks[n], label=names[n]) for n, code in enumerate("12345")}
    table = labels(language, "; ").assign(L1=CODES["L1"].replace(spelt), I1=CODES["I1"].replace(spelt))
    pd.testing.assert_frame_equal(answers(saved(tmp_path, table)), CODES)
    table.loc[0, "L1"] = form.format(mark=marks[4], label=names[3])
    with pytest.raises(GumError, match="beside the label of the answer 4, as if they were two answers"):
        answers(saved(tmp_path, table))


@pytest.mark.parametrize("form", ["{n}. {label}", "{letter}、{label}"])
def test_a_mark_counts_the_answers_whose_codes_are_words(tmp_path: Path, form: str) -> None:
    roles = FORM.options("role")["label_en"]
    spelt = {
        code: form.format(n=n + 1, letter=chr(65 + n), label=roles[n])
        for n, code in enumerate(FORM.options("role")["code"])
    }
    table = labels("en", "; ").assign(B5=CODES["B5"].replace(spelt))
    pd.testing.assert_frame_equal(answers(saved(tmp_path, table)), CODES)


ONE = "2024-05-01"


@pytest.mark.parametrize(
    ("given", "order", "first"),
    [
        (["1/5/2024", "13/5/2024"], None, ONE),
        (["5/1/2024 10:30", "5/13/2024 09:00"], None, ONE),
        (["1-5-2024", "2-5-2024"], "day-first", ONE),
        (["5/1/2024", "5/2/2024"], "month-first", ONE),
        (["5/1/24 10:30:00", "5/2/24 10:30:00"], "month-first", ONE),
        (["1-May-2024", "2 May 2024"], None, ONE),
        (["May 1, 2024", "May 13, 2024"], None, ONE),
        (["5/1/2024", "5/2/2024"], None, ""),
        (["5/5/2024", "5/6/2024"], None, "2024-05-05"),
        (["13/5/2024", "5/13/2024"], None, ""),
        (["2024-05-01", "13/05/2024"], None, ""),
        (["2024-05-01", "13/05/2024"], "day-first", ONE),
    ],
)
def test_a_column_of_dates_has_one_order_or_is_asked_about(
    tmp_path: Path, given: list[str], order: str | None, first: str
) -> None:
    file = saved(tmp_path, CODES, (), date=[given[0], *[given[1]] * (N - 1)])
    read = responses.read_export(file, FORM, dates=order).frame["date"].fillna("")
    assert read.iloc[0] == first
    assert any("left out" in said for said in told(file, dates=order)) == (read == "").any()


def test_an_unknown_order_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GumError, match="day-first"):
        answers(saved(tmp_path, CODES), dates="year-first")


@pytest.mark.parametrize("heading", ["wave", "Round", "survey_year", "Year of survey", "波次", "调查年份", "第几轮"])
def test_rounds_are_not_taken_together(tmp_path: Path, heading: str) -> None:
    rounds = {heading: ["1", "1", "1", "2", "2", "2"]}
    with pytest.raises(GumError, match=r"of 2 rounds of a survey \(1, 2\), which would be taken together"):
        answers(saved(tmp_path, CODES, (), **rounds))
    with pytest.raises(GumError, match="of 2 rounds of a survey"):
        answers(saved(tmp_path, CODES, (), respondent=list("ABCABC"), **rounds))
    with pytest.raises(GumError, match="of 3 rounds of a survey"):
        answers(saved(tmp_path, CODES, (), **{heading: list("112233")}))
    pd.testing.assert_frame_equal(answers(saved(tmp_path, CODES, (), **{heading: "1"})), CODES)


@pytest.mark.parametrize("heading", ["cluster", "Industrial cluster", "集群", "产业集群名称"])
def test_clusters_are_not_taken_together(tmp_path: Path, heading: str) -> None:
    with pytest.raises(GumError, match=r"of 2 clusters \(Ningbo, Wenzhou\), which would be taken together"):
        answers(saved(tmp_path, CODES, (), **{heading: ["Ningbo"] * 3 + ["Wenzhou"] * 3}))
    pd.testing.assert_frame_equal(answers(saved(tmp_path, CODES, (), **{heading: "Ningbo"})), CODES)


def test_a_year_of_each_firm_is_no_round(tmp_path: Path) -> None:
    years = ["1985", "1991", "1999", "2003", "2004", "2003"]
    pd.testing.assert_frame_equal(answers(saved(tmp_path, CODES, (), year=years)), CODES)


def test_answers_of_two_times_are_told(tmp_path: Path) -> None:
    file = saved(tmp_path, CODES, (), date=["2019-05-03"] * 3 + ["2024-06-01"] * 3)
    assert "there is no answer between 2019-05-03 and 2024-06-01, as if these were two rounds of a survey" in told(file)


def test_another_download_of_the_answers_is_named(tmp_path: Path) -> None:
    file = saved(tmp_path, CODES)
    (tmp_path / "a (1).csv").write_bytes(file.read_bytes())
    (tmp_path / "answers.csv").write_bytes(b"")
    assert [said.split(" lies beside it")[0] for said in told(file)] == ["a (1).csv"]


@pytest.mark.parametrize("form", ["{}. {}", "{}: {}", "{} {}", "{} - {}", "{}_{}", "{}、{}", "{} ({})", "[{}] {}"])
def test_a_short_name_behind_an_id_is_read(tmp_path: Path, form: str) -> None:
    heads = {"B1": form.format("B1", "Size"), "L2": form.format("L2", "training"), "B6": form.format("B6", "Position")}
    file = saved(tmp_path, CODES.rename(columns=heads))
    pd.testing.assert_frame_equal(answers(file), CODES)
    short = "the name of an item, and words that are not its wording; read as that item"
    assert [said for said in told(file) if "wording" in said] == [f"{heads['B6']!r}: {short}"]


@pytest.mark.parametrize("form", ["{}. {}", "{}: {}", "{} {}", "{}_{}", "[{}] {}", "{}{}"])
@pytest.mark.parametrize("words", ["反向题", "reversed", "mean of answers", "contact name", "raw"])
def test_words_for_what_was_made_of_an_item_are_no_short_name(tmp_path: Path, form: str, words: str) -> None:
    with pytest.raises(GumError, match=r"not clear whether this is the item L4|no column for the item L4"):
        answers(saved(tmp_path, CODES.rename(columns={"L4": form.format("L4", words)})))
    file = saved(tmp_path, CODES.assign(**{form.format("L4", words): ""}))
    pd.testing.assert_frame_equal(answers(file), CODES)


def test_the_short_name_of_another_item_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GumError, match="the column is named B1, and its words are those of B2"):
        answers(saved(tmp_path, CODES.rename(columns={"B1": "B1. Age"})))
    with pytest.raises(GumError, match="it is not clear whether this is the item H1"):
        answers(saved(tmp_path, CODES.rename(columns={"H1": "H1 2023 sales"})))


@pytest.mark.parametrize("form", ["B3 {label}", "B3 - {label}", "B3/{n}. {label}", "3、{asked}({letter}.{chinese})"])
def test_an_answer_in_a_heading_is_found_behind_an_id_and_beside_its_mark(tmp_path: Path, form: str) -> None:
    products, table = ASKED["B3"], CODES.drop(columns="B3")
    for n, (code, label, chinese) in enumerate(zip(*products.listed, strict=True)):
        asked = ITEMS.loc["B3", "text_zh"]
        head = form.format(n=n + 1, letter=chr(65 + n), label=label, chinese=chinese, asked=asked)
        table[head] = [str(int(code in text.split())) for text in CODES["B3"]]
    pd.testing.assert_frame_equal(answers(saved(tmp_path, table)), CODES)


def test_marks_beside_several_labels_in_a_cell_are_read(tmp_path: Path) -> None:
    products = ASKED["B3"]
    marked = {code: f"{chr(65 + n)}.{products.chinese[n]}" for n, code in enumerate(products.codes)}
    told_apart = ["┋".join(marked[code] for code in text.split()) for text in CODES["B3"]]
    pd.testing.assert_frame_equal(answers(saved(tmp_path, labels("zh", "┋").assign(B3=told_apart))), CODES)


def test_what_is_told_of_many_cells_is_listed_whole_if_wanted(tmp_path: Path) -> None:
    file = saved(tmp_path, labels("en", "; ").assign(L1="Not applicable"), (), date="5/1/2024")
    words = ("levels", "ningbo-firms", file, "--out", tmp_path / "l.csv", "--replace")
    few, every = run(*words)[1], run(*words, "--all")[1]
    assert "'Not applicable' means no answer" in few
    assert "'5/1/2024' and 5 other dates: it is not clear which is the day and which the month" in few
    assert "more like it; --all lists them" in few
    assert "'Disagree' is read as 2" in every
    assert "more like it" not in every


@pytest.mark.parametrize("sign", ["┋", "；", ";", "|"])
def test_one_sign_parts_labels_that_hold_other_signs(tmp_path: Path, sign: str) -> None:
    products = ASKED["B3"]
    marked = {code: f"({n}){label}" for n, (code, label) in enumerate(zip(*products.listed[::2], strict=True), 1)}
    given = [sign.join(marked[code] for code in text.split()) for text in CODES["B3"]]
    pd.testing.assert_frame_equal(answers(saved(tmp_path, labels("zh", "┋").assign(B3=given))), CODES)


@pytest.mark.parametrize("form", ["{}分", "{} 分", "({})", "（{}）", "{}.", "{}、", "[{}]"])
def test_a_code_is_read_however_it_is_decorated(tmp_path: Path, form: str) -> None:
    file = saved(tmp_path, CODES.assign(L1=[text and form.format(text) for text in CODES["L1"]]))
    pd.testing.assert_frame_equal(answers(file), CODES)
    assert any("' is read as" in said for said in told(file))


@pytest.mark.parametrize("form", ["{code}分-{label}", "{label} {code}", "{label}（{code}分）"])
def test_a_number_beside_a_label_may_count_points_or_stand_behind(tmp_path: Path, form: str) -> None:
    chinese = dict(zip(ASKED["L1"].codes, ASKED["L1"].chinese, strict=True))
    spelt = {"": ""} | {code: form.format(code=code, label=label) for code, label in chinese.items()}
    pd.testing.assert_frame_equal(answers(saved(tmp_path, CODES.assign(L1=CODES["L1"].map(spelt)))), CODES)


def test_a_file_in_other_words_gets_one_sentence(tmp_path: Path) -> None:
    items = [name for name, item in ASKED.items() if item.type == "likert5"]
    file = saved(tmp_path, CODES.assign(**{name: [text and f"{text}/5" for text in CODES[name]] for name in items}))
    with pytest.raises(GumError, match=r"1 fault.*\n.*'1/5', '2/5', '3/5', are neither codes nor labels of the form"):
        answers(file)


def test_one_label_among_codes_of_a_scale_is_named_with_the_code_to_write(tmp_path: Path) -> None:
    table = CODES.copy()
    table.loc[2, "L1"] = "agree"
    with pytest.raises(
        GumError, match=r"1 fault.*\n.*row 4, column L1: 'agree' is a label in a column of codes; write 4"
    ):
        answers(saved(tmp_path, table))


@pytest.mark.parametrize("heading", ["L4R", "rL4", "R_L4", "L4.1", "L4*"])
def test_a_heading_that_resembles_a_missing_item_is_asked_about(tmp_path: Path, heading: str) -> None:
    with pytest.raises(GumError, match=f"column {re.escape(heading)}: it is not clear whether this is the item L4"):
        answers(saved(tmp_path, CODES.rename(columns={"L4": heading})))


def test_a_year_of_two_figures_is_read_once_it_is_said_what_stands_first(tmp_path: Path) -> None:
    file = saved(tmp_path, CODES).parent / "a.csv"
    table = pd.read_csv(file, dtype=str).assign(date=[f"{10 + n}/5/24" for n in range(N)])
    table.to_csv(file, index=False)
    assert responses.read_export(file, FORM).notes["remedy"].str.contains("--dates").any()
    assert responses.read_export(file, FORM, dates="day-first").frame["date"].iloc[0] == "2024-05-10"
