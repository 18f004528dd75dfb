"""Answers: read from every export, faults at their cells, known reliabilities, levels recovered."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from gumlib import cases
from gumlib.cli import main
from gumlib.errors import GumError
from gumlib.own.cluster import folder
from gumlib.survey import (
    Instrument,
    careless,
    covariance,
    export,
    factors,
    instrument,
    interviews,
    levels,
    reliability,
    responses,
    sample_size,
    simulation,
    to_case,
)

ATTITUDE = {
    "rating": "43 63 71 61 81 43 58 71 72 67 64 67 69 68 77 81 74 65 65 50 50 64 53 40 63 66 78 48 85 82",
    "complaints": "51 64 70 63 78 55 67 75 82 61 53 60 62 83 77 90 85 60 70 58 40 61 66 37 54 77 75 57 85 82",
    "privileges": "30 51 68 45 56 49 42 50 72 45 53 47 57 83 54 50 64 65 46 68 33 52 52 42 42 66 58 44 71 39",
    "learning": "39 54 69 47 66 44 56 55 67 47 58 39 42 45 72 72 69 75 57 54 34 62 50 58 48 63 74 45 71 59",
    "raises": "61 63 76 54 71 54 66 70 71 62 58 59 55 59 79 60 79 55 75 64 43 66 63 50 66 88 80 51 77 64",
    "critical": "92 73 86 84 83 49 68 66 83 80 67 74 63 77 77 54 79 80 85 78 64 80 80 57 75 76 78 83 74 78",
    "advance": "45 47 48 35 47 34 35 41 31 41 34 41 25 35 46 36 63 60 46 52 33 41 37 49 33 72 49 38 55 39",
}
"""Chatterjee and Price (1977), data set `attitude` of R: 30 departments, seven items.

Its reliabilities are printed in Winter, ESCP 8082 R Labs, chapter 5, computed with the R packages psych and MBESS:
https://winterstat.github.io/escp8082_rlabs/reliability.html
"""
WITHOUT = [0.8097602, 0.7969175, 0.8278478, 0.8030310, 0.7953866, 0.8638723, 0.8404649]
LIKERT = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]


@pytest.fixture(scope="module")
def attitude() -> pd.DataFrame:
    return pd.DataFrame({name: list(map(float, text.split())) for name, text in ATTITUDE.items()})


@pytest.fixture(scope="module")
def form() -> Instrument:
    """A small instrument, invented here: two variables, two reverse items, one question of each other type."""
    rows = [("consent", "start", "", "select_one", "consent", 0), ("B1", "firm", "", "select_one", "size", 0)]
    rows += [("B2", "firm", "", "select_multiple", "goods", 0), ("B3", "firm", "", "integer", "percent", 0)]
    for code in "LS":
        rows += [(f"{code}{n}", "learning", code, "likert5", "agree", int(n == 4)) for n in range(1, 5)]
    rows += [("remark", "end", "", "text", "", 0)]
    items = pd.DataFrame(rows, columns=["item", "section", "variable", "type", "choices", "reverse"])
    items = items.assign(construct="", source_key="", required=0, hint_en="", hint_zh="")
    items["text_en"], items["text_zh"] = "Question " + items["item"], "问题" + items["item"]
    lists = {"consent": ["yes", "no"], "size": ["1", "2"], "goods": ["cap", "hat", "oth"], "percent": ["0", "100"]}
    lists |= {"agree": list("12345")}
    labels = {"agree": LIKERT, "goods": ["Caps", "Hats", "Other"]}
    table = [
        (name, code, labels.get(name, codes)[n], f"{name}{code}")
        for name, codes in lists.items()
        for n, code in enumerate(codes)
    ]
    return Instrument(
        "small", "Small", "小", items, pd.DataFrame(table, columns=["list", "code", "label_en", "label_zh"])
    )


@pytest.fixture(scope="module")
def given(form: Instrument) -> responses.Responses:
    return simulation.respondents(form, 40, seed=5)


def same(one: responses.Responses, other: responses.Responses) -> bool:
    columns = [column for column in one.frame if column not in ("respondent", "date")]
    left, right = (part.frame[columns].astype(object).fillna("") for part in (one, other))
    return bool((left.to_numpy() == right.to_numpy()).all())


@pytest.mark.parametrize("tool", ["kobo", "odk", "limesurvey"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_a_tool_exports_is_read_back(tmp_path, form, given, tool, kind):
    file = export.write_responses(given, tmp_path / f"a.{kind}", tool)
    assert same(responses.read_export(file, form), given)
    assert responses.read_export(file, form).frame["respondent"].is_unique
    assert responses.read_export(file, form).frame["date"].tolist() == given.frame["date"].tolist()


def rewritten(file: Path, change: Callable[[list[list[str]]], None], mark: str = ",", encoding: str = "utf-8") -> Path:
    """Let a test change the cells of a file; rows and columns are counted from 0."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    change(rows)
    with file.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=mark).writerows(rows)
    return file


@pytest.fixture
def plain(tmp_path: Path, given: responses.Responses) -> Path:
    """A table with the items as headings, commas, and answers as codes."""
    return Path(export.write_responses(given, tmp_path / "plain.csv", "limesurvey"))


def put(header: str, row: int, text: str) -> Callable[[list[list[str]]], None]:
    """Write into the cell under a heading, in the row that a spreadsheet shows."""

    def change(rows: list[list[str]]) -> None:
        rows[row - 1][rows[0].index(header)] = text

    return change


def test_arrays_with_lettered_answers_are_read_and_told(plain, form, given):
    def change(rows):
        block = [item for item in rows[0] if item[0] in "LS" and len(item) == 2]
        for number, item in enumerate(block, start=1):
            at = rows[0].index(item)
            rows[0][at] = f"learning[SQ00{number}]"
            for row in rows[1:]:
                row[at] = row[at] and f"A{row[at]}"

    answers = responses.read_export(rewritten(plain, change, ";", "utf-8-sig"), form)
    assert same(answers, given)
    assert answers.notes["fault"].str.contains("A1, A2").sum() == 1


def test_labels_and_wordings_are_read(plain, form, given):
    def change(rows):
        at = rows[0].index("L2")
        rows[0][at] = "Question L2"
        for row in rows[1:]:
            row[at] = LIKERT[int(row[at]) - 1] if row[at] else ""

    assert same(responses.read_export(rewritten(plain, change), form), given)


@pytest.mark.parametrize(
    ("item", "text", "said"),
    [
        ("L1", "7", "'7' is no answer from 1 to 5"),
        ("L1", "3.5", "'3.5' is no whole answer"),
        ("L1", "rather", "'rather' is no answer from 1 to 5"),
        ("S4", "=A1", "'=A1' is a formula or an error of the spreadsheet"),
        ("B1", "9", "'9' is no answer of B1"),
        ("B3", "120", "120 lies outside 0 to 100"),
        ("B3", "40%", "'40%' holds a percent sign"),
        ("B3", "half", "'half' is no number"),
        ("B3", "12.5", "'12.5' is no whole number"),
        ("B2[cap]", "maybe", "'maybe' is neither a mark nor the answer cap of B2"),
        (
            "remark",
            "write to li@example.org",
            "the text holds an address, a number or a name by which a person can be found",
        ),
    ],
)
def test_a_planted_fault_is_named_at_its_cell(plain, form, item, text, said):
    found = responses.response_faults(rewritten(plain, put(item, 9, text)), form)
    wrong = found[found["severity"] == "error"]
    assert wrong[["row", "column", "fault"]].to_numpy().tolist() == [[9, item, said]]
    assert wrong["remedy"].str.len().gt(10).all()
    with pytest.raises(GumError, match="row 9"):
        responses.read_export(plain, form)


def test_the_row_is_the_one_the_spreadsheet_shows_past_empty_rows_and_long_texts(plain, form):
    def change(rows):
        put("remark", 3, "two\nlines, and more")(rows)
        put("L1", 20, "8")(rows)
        rows.insert(5, [""] * len(rows[0]))

    found = responses.response_faults(rewritten(plain, change), form)
    assert found.loc[found["severity"] == "error", "row"].tolist() == [21]


def test_a_fault_in_a_workbook_is_named_at_its_cell(tmp_path, form, given):
    file = tmp_path / "a.xlsx"
    export.write_responses(given, file, "kobo")
    book = openpyxl.load_workbook(file)
    heads = [cell.value for cell in book.active[1]]
    book.active.cell(row=7, column=heads.index("sec_learning/S2") + 1).value = 6
    book.save(file)
    found = responses.response_faults(file, form)
    assert found[["row", "column"]].to_numpy().tolist() == [[7, "sec_learning/S2"]]


def test_the_same_submission_twice_is_named(tmp_path, form, given):
    file = tmp_path / "odk.csv"
    export.write_responses(given, file, "odk")
    rewritten(file, lambda rows: rows.append(rows[4]))
    found = responses.response_faults(file, form)
    assert found["row"].tolist() == [42]
    assert "earlier row" in found["fault"].iloc[0]


def test_missing_stays_missing_and_codes_for_it_are_told(plain, form):
    def change(rows):
        for row, text in ((3, ""), (4, "N/A"), (5, "99"), (6, "88")):
            put("L1", row, text)(rows)
        put("B3", 5, "99")(rows)

    answers = responses.read_export(rewritten(plain, change), form)
    assert answers.frame.loc[3:6, "L1"].isna().all()
    assert answers.frame.loc[5, "B3"] == 99
    told = answers.notes[answers.notes["column"] == "L1"]
    assert told["row"].tolist() == [4, 5, 6]


def test_who_does_not_consent_is_left_out_and_told(plain, form):
    answers = responses.read_export(rewritten(plain, put("consent", 6, "no")), form)
    assert 6 not in answers.frame.index
    assert "no consent; the row is left out" in answers.notes["fault"].tolist()


@pytest.mark.parametrize(
    "heading",
    ["phone", "username", "E-mail", "deviceid", "_geolocation", "_submitted_by", "姓名", "ipaddr", "contact/name"],
)
def test_columns_about_persons_are_refused_unless_dropped_on_purpose(plain, form, heading):
    def change(rows):
        for number, row in enumerate(rows):
            row.append("x" if number else heading)

    rewritten(plain, change)
    with pytest.raises(GumError, match="may tell who answered"):
        responses.read_export(plain, form)
    answers = responses.read_export(plain, form, drop_personal=True)
    assert heading not in answers.frame
    assert answers.notes["fault"].str.contains("left out").any()


def test_a_number_in_a_text_is_left_out_only_on_purpose(plain, form):
    rewritten(plain, put("remark", 4, "call 13812345678"))
    assert pd.isna(responses.read_export(plain, form, drop_personal=True).frame.loc[4, "remark"])


def test_headers_that_do_not_fit_are_refused(plain, form):
    rewritten(plain, put("L1", 1, "L9"))
    found = responses.response_faults(plain, form)
    assert found[["column", "severity"]].to_numpy().tolist() == [["L1", "error"], ["L9", "warning"]]
    rewritten(plain, put("L9", 1, "L2"))
    assert "both hold L2" in responses.response_faults(plain, form)["fault"].iloc[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"L1,L2\n", "no answers below the header"),
        ("L1,备注\n4,宁波服装业的情况很好\n".encode("gbk"), "GBK"),
        (b"\xd0\xcf\x11\xe0", "old workbook"),
    ],
)
def test_files_that_cannot_be_read_say_why(tmp_path, form, content, said):
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    assert said in responses.response_faults(file, form)["fault"].iloc[0]


def test_a_sheet_that_is_not_there_and_a_file_that_is_not_there(tmp_path, form, given):
    file = export.write_responses(given, tmp_path / "a.xlsx", "kobo")
    assert "no sheet 'x'" in responses.response_faults(file, form, sheet="x")["fault"].iloc[0]
    with pytest.raises(GumError, match="check the path"):
        responses.read_export(tmp_path / "none.csv", form)


def test_reverse_items_are_turned_once_and_recorded(given):
    turned = responses.turn(given)
    assert turned.turned == ("L4", "S4")
    assert ((turned.frame["L4"] + given.frame["L4"]).dropna() == 6).all()
    assert turned.frame["L1"].equals(given.frame["L1"])
    assert turned.shares().equals(given.shares())
    with pytest.raises(GumError, match="turned already"):
        responses.turn(turned)


def test_alpha_and_its_interval_match_the_published_example(attitude):
    assert reliability.cronbach_alpha(attitude) == pytest.approx(0.8431428, abs=5e-8)
    assert reliability.feldt(reliability.cronbach_alpha(attitude), 30, 7) == pytest.approx(
        (0.7393757, 0.9157731), abs=5e-8
    )
    dropped = [reliability.cronbach_alpha(attitude.drop(columns=item)) for item in attitude]
    assert dropped == pytest.approx(WITHOUT, abs=5e-8)


def test_omega_matches_the_published_example(attitude):
    first, last = attitude.iloc[:, :4], attitude.iloc[:, 4:]
    found = [reliability.omega(part) for part in (attitude, first, last)]
    assert found == pytest.approx([0.8563268, 0.8615586, 0.7097988], abs=2e-5)


def test_covariances_are_those_of_pandas_with_missing_answers(attitude):
    holed = attitude.mask(np.random.default_rng(1).random(attitude.shape) < 0.2)
    drawn = np.random.default_rng(2).integers(0, len(holed), (5, len(holed)))
    times = np.array([np.bincount(row, minlength=len(holed)) for row in drawn])
    expected = np.array([holed.iloc[row].cov(min_periods=3).to_numpy() for row in drawn])
    assert np.allclose(covariance.resampled(holed.to_numpy(), times), expected)


def test_a_resample_of_one_firm_has_no_covariance():
    """It is 0 and not what rounding leaves, which would make a correlation."""
    answers = np.random.default_rng(3).random((40, 3))
    assert (covariance.resampled(answers, 7 * np.eye(40)) == 0).all()


def test_reliability_is_undefined_where_there_is_nothing_to_tell(attitude):
    assert np.isnan(reliability.omega(attitude.iloc[:, :2]))
    assert np.isnan(reliability.cronbach_alpha(attitude * 0))
    assert all(np.isnan(reliability.feldt(float("nan"), 30, 7)))


def test_items_know_their_own_weakness(form, given):
    spoilt = given.frame.copy()
    spoilt["S1"] = np.random.default_rng(2).integers(1, 6, len(spoilt)).astype(float)
    found = reliability.items(responses.Responses(form, spoilt, given.notes)).set_index("item")
    assert found["item_rest"].idxmin() == "S1"
    assert found.loc["S1", "alpha_without"] > reliability.cronbach_alpha(given.shares("S")) - 0.1
    assert found.loc["L4", "turned"]


def test_intervals_of_reliability_hold_their_value_and_are_repeated(given):
    one, other = (reliability.alpha_and_omega(given, seed=3, draws=40) for _ in range(2))
    pd.testing.assert_frame_equal(one, other)
    assert ((one["omega_low"] < one["omega"]) & (one["omega"] < one["omega_high"])).all()


def test_factors_of_a_perfect_structure_are_recovered():
    """Two factors that correlate by .3, each item on one: principal axes and the rotation give the pattern back."""
    pattern = np.array([[0.8, 0], [0.7, 0], [0.6, 0], [0, 0.9], [0, 0.5], [0, 0.6]])
    correlation = pattern @ np.array([[1, 0.3], [0.3, 1]]) @ pattern.T
    np.fill_diagonal(correlation, 1)
    axes = factors._axes(correlation, 2)
    assert (axes @ axes.T)[~np.eye(6, dtype=bool)] == pytest.approx(correlation[~np.eye(6, dtype=bool)], abs=1e-8)
    found = np.abs(factors._rotated(axes))
    assert found[:, np.argsort(-found[0])] == pytest.approx(pattern, abs=1e-6)


def test_items_load_where_they_belong():
    answers = simulation.respondents(instrument("ningbo-firms"), 250, seed=2)
    found = factors.places(answers, variables=["L", "S", "P"])
    assert found["placed"].all()
    assert factors.scree(answers, seed=1, draws=40, variables=["L", "S", "P"])["kept"].sum() == 3


def test_factors_ask_for_enough_firms(form):
    few = simulation.respondents(form, 7, seed=3, levels={"L": 0.5, "S": 0.5}, assumed=simulation.Assumed(missing=0))
    with pytest.raises(GumError, match="more firms than items"):
        factors.loadings(few)
    alike = responses.Responses(form, few.frame.assign(L1=3.0), few.notes)
    with pytest.raises(GumError, match="all are alike for L1"):
        factors.loadings(alike)


@pytest.mark.no_cover
@pytest.mark.parametrize("tool", ["kobo", "limesurvey"])
def test_planted_levels_are_recovered_from_exports(tmp_path, tool):
    """From the instrument to a simulated export to levels: 95 % intervals hold what was planted 95 times of 100."""
    questions = instrument("ningbo-firms")
    hits = []
    for seed in range(6):
        file = export.write_responses(simulation.respondents(questions, 60, seed=seed), tmp_path / f"{seed}.csv", tool)
        found = levels.estimate_levels(responses.read_export(file, questions), seed=seed, draws=300).set_index(
            "variable"
        )
        planted = simulation.planted(questions, seed)
        hits.append(((found["low"] <= planted) & (planted <= found["high"])).mean())
        assert (found["level"] - planted).abs().max() < 0.12
    assert np.mean(hits) > 0.85


@pytest.mark.no_cover
@pytest.mark.parametrize("firms", [15, 60])
def test_coverage_is_near_nominal(form, firms):
    hits = []
    for seed in range(150):
        found = levels.estimate_levels(simulation.respondents(form, firms, seed=seed), seed=seed, draws=200).set_index(
            "variable"
        )
        planted = simulation.planted(form, seed)
        hits.append(((found["low"] <= planted) & (planted <= found["high"])).mean())
    assert 0.91 <= np.mean(hits) <= 0.985


def test_levels_are_the_same_on_every_run(given):
    pd.testing.assert_frame_equal(levels.estimate_levels(given, seed=1), levels.estimate_levels(given, seed=1))
    again = simulation.respondents(given.instrument, 40, seed=5)
    pd.testing.assert_frame_equal(again.frame, given.frame)


def test_asking_all_firms_leaves_the_error_of_measurement(given):
    sample = levels.estimate_levels(given, seed=1)
    census = levels.estimate_levels(given, seed=1, design=levels.Design(population=40))
    assert census["sampling"].max() == pytest.approx(0, abs=1e-9)
    assert np.allclose(census["measurement"], sample["measurement"])
    assert (census["se"] < sample["se"]).all()
    assert np.allclose(sample["se"] ** 2, sample["sampling"] ** 2 + sample["measurement"] ** 2)


def test_strata_are_weighted_by_their_firms(given):
    design = levels.Design(strata="B1", population={"1": 900, "2": 100})
    found = levels.estimate_levels(given, seed=1, design=design).set_index("variable")["level"]
    by = given.shares("L").mean(axis=1).groupby(given.frame["B1"]).mean()
    assert found["L"] == pytest.approx(0.9 * by["1"] + 0.1 * by["2"])


def test_the_error_is_that_of_the_mean(given):
    found = levels.estimate_levels(given, seed=1, draws=4000).set_index("variable")
    own = given.shares("L").mean(axis=1)
    assert found.loc["L", "se"] == pytest.approx(own.std() / np.sqrt(len(own)), rel=0.05)


@pytest.mark.parametrize(
    ("design", "said"),
    [
        (levels.Design(population=10), "no smaller than the answers"),
        (levels.Design(strata="B1", population=100), "for each stratum"),
        (levels.Design(strata="B1", population={"1": 90}), "none for '2'"),
        (levels.Design(strata="B9"), "got 'B9'"),
        (levels.Design(strata="respondent"), "two firms in each stratum"),
    ],
)
def test_designs_that_do_not_fit_are_refused(given, design, said):
    with pytest.raises(GumError, match=said):
        levels.estimate_levels(given, seed=1, design=design)


def test_weights_must_be_positive(form, given):
    weighted = responses.Responses(form, given.frame.assign(weight=[0.0] + [1.0] * 39), given.notes)
    with pytest.raises(GumError, match="positive weights"):
        levels.estimate_levels(weighted, seed=1, design=levels.Design(weights="weight"))


def test_careless_firms_are_named_and_bias_the_levels():
    questions = instrument("ningbo-firms")
    spoilt = simulation.Assumed(careless=0.1, missing=0)
    named = wrong = 0
    for seed in range(3):
        clean = simulation.respondents(questions, 60, seed=seed, assumed=simulation.Assumed(missing=0))
        given = simulation.respondents(questions, 60, seed=seed, assumed=spoilt)
        true = (clean.shares() != given.shares()).mean(axis=1) > 0.3
        found = careless.flags(given)["careless"]
        named, wrong = named + (found & true).sum() / true.sum() / 3, wrong + (found & ~true).sum()
        assert len(careless.attentive(given).frame) == 60 - found.sum()
    assert named > 0.9
    assert wrong <= 2


def test_agreement_with_the_ledger_names_epoch_and_difference(given):
    found = levels.beside_coded(levels.estimate_levels(given, seed=1), "ningbo", 2004)
    assert found["epoch"].tolist() == [2005, 2005]
    assert np.allclose(found["difference"], found["survey"] - found["ledger"])


def test_levels_become_a_case(tmp_path):
    found = levels.estimate_levels(simulation.respondents(instrument("yongkang-firms"), 40, seed=1), seed=1)
    made = to_case.case(found, "yongkang-survey", 2010, "Simulated survey", simulated=True)
    assert isinstance(made, cases.Case)
    assert (made.table.loc[2010] - found.set_index("variable")["level"]).abs().max() <= 0.1 + 1e-9
    assert made.ledger["statement"].str.startswith("Simulated").all()
    parts = to_case.tables(found, "yongkang-survey", 2010, "Simulated survey", simulated=True)
    target = to_case.write_case(tmp_path / "case", parts)
    assert (folder.faults(target)["severity"] == "warning").all()
    assert folder.read_cluster(target).table.equals(made.table)


def test_no_level_is_no_case():
    empty = pd.DataFrame({"variable": ["L"], "level": [np.nan]})
    with pytest.raises(GumError, match="all are missing"):
        to_case.tables(empty, "x", 2010, "x")


def test_how_many_firms(form):
    found = sample_size.survey_widths(form, seed=1, grid=(10, 20, 40, 80), repeats=20)
    assert (found["half_width"] / found["formula"]).iloc[-1] == pytest.approx(1, abs=0.05)
    assert sample_size.needed(found) <= sample_size.needed(found, 0.06)
    assert sample_size.formula(0.2, 0.1, effect=2) == 31
    with pytest.raises(GumError, match="positive"):
        sample_size.formula(0.0, 0.1)


@pytest.mark.parametrize(
    "wrong", [{"loading": (0.9, 0.2)}, {"missing": 1.0}, {"careless": -0.1}, {"together": 2.0}], ids=str
)
def test_assumptions_out_of_range_are_refused(wrong):
    with pytest.raises(GumError, match="expected"):
        simulation.Assumed(**wrong)


def test_simulations_need_firms_levels_and_scale_items(form):
    with pytest.raises(GumError, match="at least one firm"):
        simulation.respondents(form, 0, seed=1)
    with pytest.raises(GumError, match="for S"):
        simulation.respondents(form, 5, seed=1, levels={"L": 0.5})
    with pytest.raises(GumError, match="scale items"):
        simulation.respondents(instrument("interview"), 5, seed=1)
    with pytest.raises(GumError, match="anchors"):
        interviews.anchors(form)


@pytest.mark.no_cover
def test_planted_levels_of_interviews_are_recovered(tmp_path):
    guide = instrument("interview")
    hits = []
    for seed in range(10):
        given = interviews.simulated(guide, 15, seed=seed)
        planted = interviews.planted(guide, seed)["level"]
        found = interviews.interview_levels(given)
        hits.append(((found["low"] <= planted) & (planted <= found["high"])).mean())
    assert 0.9 <= np.mean(hits) <= 1
    file = export.write_responses(given, tmp_path / "a.csv", "kobo")
    pd.testing.assert_frame_equal(interviews.interview_levels(responses.read_export(file, guide)), found)


def test_comments_of_limesurvey_and_words_for_other_are_no_answers(plain, form, given):
    def change(rows):
        for number, row in enumerate(rows):
            row += ["x" if number else name for name in ("B2[other]", "B1_other", "B9[SQ001]", "[", "learning[SQ099]")]

    rewritten(plain, change)
    assert same(given, responses.read_export(plain, form))
    strange = responses.response_faults(plain, form)
    assert strange.loc[strange["row"] == 1, "column"].tolist() == ["B9[SQ001]", "[", "learning[SQ099]"]


def test_several_answers_as_numbered_columns_and_as_labels(plain, form, given):
    def change(rows):
        heads = rows[0]
        for number, code in enumerate(("cap", "hat", "oth"), start=1):
            heads[heads.index(f"B2[{code}]")] = f"B2[SQ00{number}]"

    assert same(responses.read_export(rewritten(plain, change), form), given)


def test_a_mark_for_the_separator_and_cells_of_other_kinds(tmp_path, form, given):
    file = tmp_path / "a.csv"
    export.write_responses(given, file, "limesurvey")
    file.write_text("sep=,\n" + file.read_text(encoding="utf-8-sig"), encoding="utf-8")
    assert same(responses.read_export(file, form), given)
    assert responses.read_export(file, form).frame.index[0] == 3


def test_cells_of_a_workbook_are_read_as_they_are_seen(tmp_path, form, given):
    file = tmp_path / "a.xlsx"
    export.write_responses(given, file, "kobo")
    book = openpyxl.load_workbook(file)
    heads = [cell.value for cell in book.active[1]]
    book.active.cell(row=2, column=heads.index("_submission_time") + 1).value = pd.Timestamp("2012-05-01 10:00")
    book.active.cell(row=2, column=heads.index("sec_firm/B3") + 1).value = 12.0
    book.create_sheet("repeat")
    book.save(file)
    answers = responses.read_export(file, form)
    assert answers.frame.loc[2, ["date", "B3"]].tolist() == ["2012-05-01", 12.0]
    assert "2 sheets" in answers.notes["fault"].iloc[0]


def test_thousands_and_formulas_in_counts_are_explained(plain, form):
    found = responses.response_faults(rewritten(plain, put("B3", 4, "1,200")), form)
    assert found.loc[found["severity"] == "error", "remedy"].tolist() == ["write 1200"]


def test_too_few_answers_give_no_level(form, given):
    few = responses.Responses(form, given.frame.iloc[:2], given.notes)
    for ask in (
        lambda: levels.estimate_levels(few, seed=1),
        lambda: reliability.alpha_and_omega(few, seed=1, draws=2),
    ):
        with pytest.raises(GumError, match="three firms or more"):
            ask()
    holed = given.frame.copy()
    holed.loc[holed.index[2] :, ["L1", "L2", "L3", "L4"]] = np.nan
    found = levels.estimate_levels(responses.Responses(form, holed, given.notes), seed=1).set_index("variable")
    assert np.isnan(found.loc["L", "level"])
    assert found.loc["L", "firms"] <= 2
    hollow = given.frame.copy()
    hollow.loc[hollow.index[0], "B1"] = np.nan
    with pytest.raises(GumError, match="none in row 2"):
        levels.estimate_levels(
            responses.Responses(form, hollow, given.notes), seed=1, design=levels.Design(strata="B1")
        )


def test_an_item_without_error_still_gives_an_omega():
    """A sample in which one item is the factor itself; the value is that of scipy's L-BFGS-B, bounded at 0."""
    rng = np.random.default_rng(4)
    factor = rng.standard_normal(60)
    answers = pd.DataFrame({"a": factor} | {name: factor * 0.5 + rng.standard_normal(60) for name in "bcd"})
    assert reliability.omega(answers) == pytest.approx(0.6916693, abs=5e-8)


def test_interviews_need_three_and_levels_that_can_be(form):
    guide = instrument("interview")
    two = interviews.simulated(guide, 2, seed=1)
    with pytest.raises(GumError, match="three interviews"):
        interviews.alpha_between(two)
    assert interviews.interview_levels(two)["level"].isna().all()
    with pytest.raises(GumError, match="between 0 and 1"):
        interviews.simulated(guide, 3, seed=1, levels=interviews.planted(guide, 1).assign(level=1.0))


# --- nothing is changed silently ---


def steps(form: Instrument) -> Instrument:
    """The form with the labels -2 to 2 on the codes 1 to 5, and options that are words for no answer elsewhere."""
    choices = form.choices.copy()
    agree = choices["list"] == "agree"
    choices.loc[agree, "label_en"] = ["-2", "-1", "0", "1", "2"]
    choices.loc[choices["list"] == "size", "label_en"] = ["None", "Don't know"]
    choices.loc[choices["list"] == "size", "label_zh"] = ["没有", "不知道"]
    return Instrument(form.name, form.title_en, form.title_zh, form.items, choices)


def column(head: str, texts: list[str]) -> Callable[[list[list[str]]], None]:
    def change(rows: list[list[str]]) -> None:
        for row, text in zip(rows[1:], texts * len(rows), strict=False):
            row[rows[0].index(head)] = text

    return change


def test_a_column_is_codes_or_labels_as_a_whole(plain, form):
    other = steps(form)
    answers = responses.read_export(rewritten(plain, column("L1", ["-2", "1", "\u22121", "2"])), other)
    assert answers.frame["L1"].tolist()[:4] == [1, 4, 2, 5]
    answers = responses.read_export(rewritten(plain, column("L1", ["1", "2", "5"])), other)
    assert answers.frame["L1"].tolist()[:3] == [1, 2, 5]
    rewritten(plain, column("L1", ["1", "2"]))
    found = responses.response_faults(plain, other)
    assert found.loc[found["severity"] == "error", "column"].tolist() == ["L1"]
    assert "--values" in found.loc[found["severity"] == "error", "remedy"].iloc[0]
    assert responses.read_export(plain, other, values="codes").frame["L1"].tolist()[:2] == [1, 2]
    found = responses.response_faults(rewritten(plain, column("L1", ["-2", "-1", "0", "5"])), other)
    assert found.loc[found["severity"] == "error", "row"].tolist() == [*range(5, 42, 4)]
    assert found.loc[found["severity"] == "error", "fault"].iloc[0] == "'5' is a code in a column of labels"


@pytest.mark.parametrize("word", ["None", "Don't know", "没有", "不知道"])
def test_an_option_of_the_item_is_an_answer(plain, form, word):
    answers = responses.read_export(rewritten(plain, column("B1", [word])), steps(form))
    assert answers.frame["B1"].tolist() == ["1" if word in ("None", "没有") else "2"] * 40


@pytest.mark.parametrize(
    ("heading", "text", "sound", "said"),
    [
        ("_validation_status", "Not Approved", "Approved", "rejected"),
        ("_validation_status", "validation_status_not_approved", "", "rejected"),
        ("ReviewState", "rejected", "approved", "rejected"),
        ("Status", "notDecrypted", "", "not decrypted"),
        ("submitdate", "", "1980-01-01 00:00:00", "not finished"),
    ],
)
def test_rows_that_are_no_answers_are_left_out_and_told(plain, form, heading, text, sound, said):
    def change(rows):
        if heading in rows[0]:
            rows[0][rows[0].index(heading)] = "lastpage"
        for number, row in enumerate(rows):
            row.append(heading if number == 0 else text if number in (4, 9) else sound)

    rewritten(plain, change)
    answers = responses.read_export(plain, form)
    assert not {5, 10} & set(answers.frame.index)
    assert len(answers.frame) == 38
    assert f"2 row(s) {said}, left out: 5, 10" in answers.notes["fault"].tolist()
    assert len(responses.read_export(plain, form, unfinished=True).frame) == 40


def test_ids_that_are_empty_and_answers_under_two_ids(plain, form):
    def change(rows):
        at = rows[0].index("id")
        rows[3] = [*rows[7]]
        rows[3][at], rows[5][at] = "another", ""

    found = responses.response_faults(rewritten(plain, change), form)
    assert (found["severity"] == "warning").all()
    assert "the number of the row stands for it" in found.set_index("row").loc[6, "fault"]
    assert "all answers are those of row 4" in found.set_index("row").loc[8, "fault"]


def test_what_is_read_otherwise_is_told_once_a_wording(plain, form):
    rewritten(plain, column("L1", ["Agree", "Disagree"]))
    notes = responses.read_export(plain, form).notes
    assert notes["fault"].tolist() == [
        "'Agree' is read as 4 (in 20 rows, the first of them 2)",
        "'Disagree' is read as 2 (in 20 rows, the first of them 3)",
    ]


def test_an_item_missing_beside_an_unknown_column_that_is_full_is_an_error(plain, form):
    rewritten(plain, put("B1", 1, "size of the firm"))
    found = responses.response_faults(plain, form)
    assert found.loc[found["severity"] == "error", "column"].tolist() == ["B1"]


def test_levels_of_few_firms_are_withheld_unless_asked_for(form, given):
    few = responses.Responses(form, given.frame.iloc[:4], given.notes)
    assert levels.estimate_levels(few, seed=1, draws=20)["level"].isna().all()
    assert levels.estimate_levels(few, seed=1, draws=20, few=True)["level"].notna().any()


def test_from_an_export_to_levels_without_python(tmp_path):
    given = simulation.respondents(instrument("ningbo-firms"), 30, seed=2)
    file = export.write_responses(given, tmp_path / "kobo.csv", "kobo")

    def run(*words):
        return CliRunner().invoke(main, ["survey", *map(str, words)])

    done = run("read", "ningbo-firms", file, "--out", tmp_path / "answers.csv")
    assert done.exit_code == 0, done.output
    assert same(responses.read_export(tmp_path / "answers.csv", instrument("ningbo-firms")), given)
    done = run("levels", "ningbo-firms", file, "--out", tmp_path / "levels.csv", "--to", tmp_path / "mine")
    assert done.exit_code == 0, done.output
    expected = levels.estimate_levels(given, seed=1)["level"]
    assert np.allclose(pd.read_csv(tmp_path / "levels.csv")["level"], expected)
    assert not (folder.faults(tmp_path / "mine")["severity"] == "error").any()
    assert run("read", "ningbo-firms", file, "--out", tmp_path / "none" / "a.csv").exit_code == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["answers.csv", "kobo.csv", "levels.csv", "mine"]


def test_half_rows_are_refused_with_their_row(plain, form):
    rewritten(plain, lambda rows: rows[6].__delitem__(slice(5, None)))
    assert responses.response_faults(plain, form)["row"].tolist() == [7]


def test_answers_split_by_label_joined_otherwise_or_half_lost(tmp_path, form, given):
    def file(change):
        export.write_responses(given, tmp_path / "k.csv", "kobo")
        with (tmp_path / "k.csv").open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream, delimiter=";"))
        frame = change(pd.DataFrame(rows[1:], columns=rows[0]))
        frame.to_csv(tmp_path / "k.csv", index=False)
        return tmp_path / "k.csv"

    alone = "sec_firm/B2"
    labels = {f"{alone}/cap": "Question B2 [Caps]", f"{alone}/hat": f"{alone}/Hats", f"{alone}/oth": f"{alone}/Other"}
    assert same(
        responses.read_export(file(lambda table: table.drop(columns=alone).rename(columns=labels)), form), given
    )
    assert same(responses.read_export(file(lambda table: table.drop(columns=f"{alone}/hat")), form), given)
    lost = responses.response_faults(file(lambda table: table.drop(columns=[alone, f"{alone}/hat"])), form)
    assert "there is no column for the answer hat" in lost["fault"].iloc[0]
    other = responses.response_faults(file(lambda table: table.assign(**{f"{alone}/cap": "0"})), form)
    assert other["fault"].str.contains("is not what the columns").all()
    assert len(other)


def test_words_for_other_are_kept(plain, form):
    def change(rows):
        for number, row in enumerate(rows):
            row.append("scarves" if number == 3 else "" if number else "B2[other]")

    answers = responses.read_export(rewritten(plain, change), form)
    assert answers.frame["B2_other"].dropna().to_dict() == {4: "scarves"}


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024/5/1 10:00", "2024-05-01"), ("20240501", "2024-05-01"), ("1/5/2024", ""), ("45413", ""), ("2024-13-45", "")],
)
def test_days_that_can_be_read_in_two_ways_are_left_out_and_told(tmp_path, form, given, text, day):
    export.write_responses(given, tmp_path / "o.csv", "odk")
    answers = responses.read_export(rewritten(tmp_path / "o.csv", put("SubmissionDate", 5, text)), form)
    assert (answers.frame.loc[5, "date"] if day else "") == day
    assert answers.frame.loc[5:5, "date"].isna().all() == (day == "")
    assert answers.notes["fault"].str.contains("left out").any() == (day == "")


def test_limesurvey_heads_its_own_columns_with_words(plain, form):
    rewritten(plain, put("submitdate", 7, ""))
    rewritten(plain, put("submitdate", 1, "Date submitted"))
    assert 7 not in responses.read_export(plain, form).frame.index
