"""Rows that are no answers, headings that say two things, ids twice, items that nobody answered."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from test_exports import CODES, FORM, ITEMS, SCALE, answers, run, saved

from gumlib.cli import main
from gumlib.errors import GumError
from gumlib.survey import levels, responses, simulation

OTHERS = len(CODES) - 1
LEARNING = ["L1", "L2", "L3", "L4"]


def notes(file: Path) -> str:
    return "; ".join(responses.read_export(file, FORM).notes["fault"])


def known_to(firms: int, of: int = 24) -> responses.Responses:
    """Answers of which only some firms answered E."""
    given = simulation.respondents(FORM, of, seed=4)
    given.frame.loc[given.frame.index[firms:], ["E1", "E2", "E3", "E4"]] = np.nan
    return given


@pytest.mark.parametrize("firms", [5, 6, 8])
def test_a_variable_that_few_firms_answered_has_an_interval_or_none_but_no_empty_one(firms: int) -> None:
    given = known_to(firms)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = levels.estimate_levels(given, seed=1).set_index("variable").loc["E"]
    assert 0 < found["low"] < found["level"] < found["high"] < 1
    answered = given.shares("E").mean(axis=1).dropna()
    assert found["sampling"] ** 2 + found["measurement"] ** 2 == pytest.approx(found["se"] ** 2)
    assert found["se"] == pytest.approx(answered.std() / np.sqrt(firms), rel=0.25)


def test_one_firm_of_each_stratum_tells_no_interval() -> None:
    given = known_to(5, of=10)
    given.frame["place"] = list("abcde") * 2
    found = levels.estimate_levels(given, seed=1, design=levels.Design(strata="place")).set_index("variable")
    assert found.loc["E", ["level", "low", "high", "se"]].isna().all()
    assert levels.unleveled(found.reset_index(), given) == {"no two firms of one stratum answered": ["E"]}


def test_the_reason_for_no_level_is_the_right_one(tmp_path: Path) -> None:
    table = CODES.assign(E2="", E3="", E4="", I1=["3"] + [""] * OTHERS, I2="", I3="", I4="")
    said = run("levels", "ningbo-firms", saved(tmp_path, table), "--out", tmp_path / "l.csv")[1]
    assert "No level for E, because too few firms answered half of the items or more" in said
    assert "No level for I, because too few firms answered for none to be known" in said


MARKS = [
    ("DistributionChannel", "preview", "anonymous"),
    ("status", "Disqualified", "Complete"),
    ("Response Status", "Disqualified", "Complete"),
    ("is_complete", "FALSE", "TRUE"),
    ("Progress", "35", "100"),
    ("来源", "测试", "微信"),
    ("_tags", "test", ""),
    ("review_status", "REJECTED", "APPROVED"),
    ("interview__status", "RejectedBySupervisor", "ApprovedByHeadquarters"),
    ("interview__status", "65", "120"),
    ("清洗数据结果", "无效", "有效"),
    ("是否有效", "否", "是"),
    ("答卷状态", "无效", "有效"),
    ("is_test", "1", "0"),
    ("deleted", "1", "0"),
    ("pilot", "yes", "no"),
    ("是否预调查", "是", "否"),
    ("submitdate", "NULL", "2024-05-01"),
    ("是否有效问卷", "否", "是"),
    ("完成状态", "部分完成", "完成"),
    ("审核", "不通过", "通过"),
    ("include", "0", "1"),
]


@pytest.mark.parametrize(("column", "out", "kept"), MARKS)
def test_a_mark_that_a_row_is_no_answer_counts_and_is_told(tmp_path: Path, column: str, out: str, kept: str) -> None:
    file = saved(tmp_path, CODES, (), **{column: [kept, out, *[kept] * (OTHERS - 1)]})
    read = responses.read_export(file, FORM)
    assert len(read.frame) == OTHERS
    assert read.notes["fault"].str.contains("left out: 3").any()
    assert not read.notes["fault"].str.contains("no state").any()
    assert len(answers(file, unfinished=True)) == len(CODES)


def test_a_state_that_is_not_known_is_named(tmp_path: Path) -> None:
    for column in ("status", "答卷状态", "review_status"):
        file = saved(tmp_path, CODES, (), **{column: ["gesperrt", *["Complete"] * OTHERS]})
        assert "'gesperrt' is no state of a row that is known; the rows are kept" in notes(file)


def test_a_column_that_ends_in_complete_counts_by_the_rule_of_redcap_in_its_files_only(tmp_path: Path) -> None:
    marks = ["0", *["1"] * OTHERS]
    file = saved(tmp_path, CODES, (), orders_complete=marks)
    assert len(answers(file)) == len(CODES)
    assert "'0' is no state of a row that is known" in notes(file)
    file = saved(tmp_path, CODES, (), record_id=CODES.index, orders_complete=["2", *["1"] * OTHERS])
    assert len(answers(file)) == 1


@pytest.mark.parametrize("words", ["reversed", "Recoded (6-x)", "comment", "zscore", "new", "反向"])
def test_words_behind_a_name_that_are_not_of_its_wording_are_asked_about(tmp_path: Path, words: str) -> None:
    with pytest.raises(GumError, match="it is not clear whether this is the item L4"):
        answers(saved(tmp_path, CODES.rename(columns={"L4": f"L4. {words}"})))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("end", [None, 30, 20])
def test_a_name_and_its_wording_or_a_part_of_it_are_read(tmp_path: Path, language: str, end: int | None) -> None:
    heads = {name: f"{name}. {ITEMS.loc[name, f'text_{language}'][:end]}" for name in SCALE}
    pd.testing.assert_frame_equal(answers(saved(tmp_path, CODES.rename(columns=heads))), CODES)


def test_a_name_before_the_wording_of_another_is_refused(tmp_path: Path) -> None:
    heads = {"L1": f"L1. {ITEMS.loc['L2', 'text_en']}", "L2": f"L2. {ITEMS.loc['L1', 'text_zh']}"}
    with pytest.raises(GumError, match="the column is named L1, and its words are those of L2"):
        answers(saved(tmp_path, CODES.rename(columns=heads)))


def test_the_wording_decides_over_the_place_that_limesurvey_names(tmp_path: Path) -> None:
    places = dict(zip(LEARNING, ("SQ002", "SQ001", "SQ004", "SQ003"), strict=True))
    heads = {name: f"learning[{at}]. How far? [{ITEMS.loc[name, 'text_en']}]" for name, at in places.items()}
    pd.testing.assert_frame_equal(answers(saved(tmp_path, CODES.rename(columns=heads))), CODES)
    heads["L1"] = "learning[SQ001]. How far? [Something of ours]"
    with pytest.raises(GumError, match="it is not clear whether this is the item L1"):
        answers(saved(tmp_path, CODES.rename(columns=heads)))


def test_a_row_whose_id_says_that_it_was_a_trial_is_left_out_and_told(tmp_path: Path) -> None:
    file = saved(tmp_path, CODES, (), respondent=["test 1", "测试2", "testa", "F1", "F2", "F3"])
    assert len(answers(file)) == OTHERS - 1
    assert "2 row(s) a trial or not finished, left out: 2, 3" in notes(file)


@pytest.mark.parametrize("column", ["city", "batch", "informant", "样本类型"])
def test_kinds_of_rows_in_a_column_that_is_left_out_are_told(tmp_path: Path, column: str) -> None:
    file = saved(tmp_path, CODES, (), **{column: ["a", "a", "a", "b", "b", "b"]})
    assert "left out; it tells rows apart that are taken together: 'a' (3), 'b' (3)" in notes(file)
    assert "tells rows apart" not in notes(saved(tmp_path, CODES, (), **{column: list("abcdef")}))


@pytest.mark.parametrize(("one", "other"), [("F01", "f01"), ("F 01", "F01"), ("1", "01")])
def test_ids_that_differ_in_nothing_a_reader_would_mean_are_named(tmp_path: Path, one: str, other: str) -> None:
    said = notes(saved(tmp_path, CODES, (), respondent=[one, other, "F2", "F3", "F4", "F5"]))
    assert f"the respondents {one!r} and {other!r} differ in blanks, case, signs or noughts only" in said


@pytest.mark.parametrize("column", ["firm", "Company", "企业", "企业代码", "单位编号", "样本号", "统一社会信用代码"])
def test_two_informants_of_a_firm_are_not_two_firms(tmp_path: Path, column: str) -> None:
    twice = saved(tmp_path, CODES, (), respondent=list("abcdef"), **{column: ["F1", "F1", "F2", "F2", "F3", "F3"]})
    with pytest.raises(GumError, match="the respondent 'F1' stands in an earlier row too"):
        answers(twice)


def test_a_column_of_kinds_of_firms_names_no_firm(tmp_path: Path) -> None:
    kinds = saved(tmp_path, pd.concat([CODES, CODES.assign(H4="7")]), (), 企业=["民营"] * 12)
    assert len(answers(kinds)) == 2 * len(CODES)


@pytest.mark.parametrize("heading", ["问卷编号", "firm_id", "participant_id"])
def test_an_id_of_any_name_names_the_respondents(tmp_path: Path, heading: str) -> None:
    read = responses.read_export(saved(tmp_path, CODES, (), **{heading: list("abcdef")}), FORM)
    assert (read.frame["respondent"].tolist(), len(read.notes)) == (list("abcdef"), 0)


@pytest.mark.parametrize("heading", ["日期", "填写日期", "访谈时间", "Interview date", "date_of_interview"])
def test_the_day_of_answers_is_found_under_any_name(tmp_path: Path, heading: str) -> None:
    read = responses.read_export(saved(tmp_path, CODES, (), **{heading: "2024/5/1"}), FORM)
    assert set(read.frame["date"]) == {"2024-05-01"}


def test_columns_of_two_versions_of_a_form_are_not_to_be_deleted(tmp_path: Path) -> None:
    old, new = CODES["L1"].where(CODES.index < 3, ""), CODES["L1"].where(CODES.index >= 3, "")
    with pytest.raises(GumError, match=r"no row holds an answer in both, .* put the answers together into one"):
        answers(saved(tmp_path, CODES.assign(L1=old), (), **{"sec_learning/L1": new}))
    with pytest.raises(GumError, match="delete the one that is not meant"):
        answers(saved(tmp_path, CODES, (), **{"sec_learning/L1": CODES["L1"]}))


IDS = ["firm_id", "Firm ID", "RespondentID", "participant_id", "submission_id", "uuid", "_uuid", "No."]


@pytest.mark.parametrize("column", [*IDS, "问卷编号", "企业编号", "ID号", "答题人ID"])
@pytest.mark.parametrize("beside", [True, False])
def test_an_id_twice_is_refused_under_any_name(tmp_path: Path, column: str, beside: bool) -> None:
    names = {"respondent": list("abcdef")} if beside else {}
    twice = saved(tmp_path, CODES, (), **names, **{column: ["F1", "F1", "F2", "F3", "F4", ""]})
    with pytest.raises(GumError, match=r"row 3, column .*: the respondent 'F1' stands in an earlier row too"):
        answers(twice)
    once = saved(tmp_path, CODES, (), **names, **{column: ["F1", "F2", "F3", "F4", "F5", "F6"]})
    pd.testing.assert_frame_equal(answers(once), CODES)


def test_an_item_that_nobody_answered_is_told_and_not_counted(tmp_path: Path) -> None:
    file = saved(tmp_path, CODES.assign(L4=""))
    assert "nobody answered L4: a level of L without it is another level" in notes(file)
    found = levels.estimate_levels(responses.read_export(file, FORM), seed=1).set_index("variable")
    assert found.loc[["L", "I"], "items"].tolist() == [3, 4]
    given = responses.read_export(file, FORM).shares("L")[["L1", "L2", "L3"]]
    assert found.loc["L", "wording"] == pytest.approx(given.mean().std() / np.sqrt(3))
    said = run("levels", "ningbo-firms", file, "--out", tmp_path / "l.csv")[1]
    assert "No reliability for L: nobody answers L4" in said


@pytest.mark.parametrize("text", [
    *("请联系(0574)87654321", "请联系（0574）87654321", "tel. 0574 8765 4321", "(021) 8765-4321"),
    *("微信同号 nbwang88", "加我微信：nbwang", "微信号 nbwang"),
])  # fmt: skip
def test_more_ways_to_find_a_person(tmp_path: Path, text: str) -> None:
    with pytest.raises(GumError, match="by which a person can be found"):
        answers(saved(tmp_path, CODES.assign(remark=text)))


@pytest.mark.parametrize(
    "text", ["加入微信群 groups help", "微信：customers write there", "(2008) 1200000 pieces", "2003 2008"]
)
def test_texts_like_them_are_kept(tmp_path: Path, text: str) -> None:
    assert answers(saved(tmp_path, CODES.assign(remark=text)))["remark"].tolist() == [text] * len(CODES)


def test_a_decimal_comma_of_a_whole_number_is_read_as_a_point_is(tmp_path: Path) -> None:
    table, wanted = CODES.copy(), CODES.copy()
    table.loc[[0, 1], "H1"], wanted.loc[[0, 1], "H1"] = ["30,0", "30.0"], "30"
    pd.testing.assert_frame_equal(answers(saved(tmp_path, table)), wanted)
    table.loc[0, "H4"] = "1,000"
    with pytest.raises(GumError, match="holds separators of thousands"):
        answers(saved(tmp_path, table))


def test_a_scale_without_a_middle_is_asked_about(tmp_path: Path) -> None:
    steps = {"1": "-2", "2": "-1", "3": "1", "4": "1", "5": "2"}
    with pytest.raises(GumError, match="run from -2 to 2 without 0, as on a scale without a middle, not 1 to 5"):
        answers(saved(tmp_path, CODES.assign(**{name: CODES[name].replace(steps) for name in SCALE})))
    table = CODES.copy()
    table.loc[0, LEARNING] = "-1"
    assert answers(saved(tmp_path, table)).loc[0, LEARNING].tolist() == [""] * 4


def test_messages_of_levels_are_said_in_chinese(tmp_path: Path) -> None:
    file = saved(tmp_path, CODES.assign(L4="", E2="", E3="", E4="", I2="", I3="", I4=""))
    words = ["--lang", "zh", "survey", "levels", "ningbo-firms", str(file), "--out", str(tmp_path / "l.csv")]
    said = CliRunner().invoke(main, words).output
    assert "没有人回答L4" in said
    assert "I, E没有水平：答了半数" in said
