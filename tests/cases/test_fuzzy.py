"""Fuzzy sets: what the R package QCA prints, tables solved by hand, and exhaustive search."""

from __future__ import annotations

import contextlib
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

from gumlib import data, evidence
from gumlib.cases import qca
from gumlib.cases.compare import configuration_checks, configurations
from gumlib.cases.compare.configurations import BASE, Choices
from gumlib.cases.qca import Anchors
from gumlib.cases.qca.cover import covers
from gumlib.cases.qca.expressions import expression, membership
from gumlib.cases.qca.implicants import contained_rows, primes
from gumlib.cases.qca.solutions import minimise
from gumlib.errors import GumError

CONDITIONS = ("DEV", "URB", "LIT", "IND", "STB")
LIPSET = pd.read_csv(data.folder() / "qca" / "lipset.csv", index_col="case")
CRISP = (LIPSET > 0.5).astype(float)


def terms(formula):
    """The combinations of a formula as sets of literals: order does not count."""
    return frozenset(frozenset(term.split("*")) for term in formula.split(" + "))


def formulas(solved, kind):
    return {terms(formula) for formula in solved.formulas(kind)}


def coded(codes):
    return pd.DataFrame({"code": list(codes)}, index=range(1, len(codes) + 1))


# --- calibration: QCA 3.25 under R 4.5.1, calibrate(..., idm = 0.95), as recorded in setqca's fixtures ---------------

R_VALUES = [0, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100]
R_MEMBERSHIP = [
    0.00733745807066141,
    0.01934249769983508,
    0.05,
    0.07916845804317633,
    0.1231471380298757,
    0.2725982855090026,
    0.5,
    0.7274017144909974,
    0.8768528619701244,
    0.9208315419568237,
    0.95,
    0.9806575023001649,
    0.9926625419293386,
]


def test_the_direct_method_gives_the_memberships_of_the_r_package():
    ours = qca.direct(pd.Series(R_VALUES, dtype=float), Anchors(20, 50, 80), odds=np.log(19))
    assert ours.to_numpy() == pytest.approx(R_MEMBERSHIP, abs=1e-12)
    falling = qca.direct(pd.Series(R_VALUES, dtype=float), Anchors(80, 50, 20), odds=np.log(19))
    assert falling.to_numpy() == pytest.approx(1 - np.array(R_MEMBERSHIP), abs=1e-12)


def test_anchors_stand_at_log_odds_of_three_and_missing_stays_missing():
    ours = qca.direct(pd.Series([0.2, 0.5, 0.8, np.nan]), Anchors(0.2, 0.5, 0.8))
    assert np.log(ours / (1 - ours)).to_numpy() == pytest.approx([-3, 0, 3, np.nan], nan_ok=True)
    assert ours[1] == 0.5


@pytest.mark.parametrize("three", [(0.2, 0.2, 0.8), (0.2, 0.9, 0.8), (0.5, 0.2, 0.8)])
def test_anchors_out_of_order_are_refused(three):
    with pytest.raises(GumError, match="rise or fall"):
        Anchors(*three)


# --- fit: the same source, function pof on the fuzzy Lipset data ------------------------------------------------------

SUFFICIENT = {
    "DEV*URB": (0.8133874239350914, 0.7761557177615573, 0.4706572769953052),
    "DEV*~URB": (0.7449799196787148, 0.6856435643564355, 0.4354460093896713),
    "DEV": (0.7746170678336981, 0.7431421446384042, 0.8309859154929577),
}
NECESSARY = {
    "DEV": (0.8309859154929577, 0.7746170678336981, 0.8113553113553114),
    "URB": (0.5387323943661972, 0.7714285714285715, 0.8985831469052944),
    "LIT": (0.9906103286384976, 0.6428027418126427, 0.5094142259414226),
    "IND": (0.6690140845070423, 0.6842737094837934, 0.786178861788618),
    "STB": (0.9201877934272301, 0.7069431920649235, 0.6801181102362206),
    "~DEV": (0.2852112676056338, 0.2742663656884876, 0.5870263326910725),
    "~URB": (0.5680751173708919, 0.4016597510373444, 0.452127659574468),
    "~LIT": (0.09624413145539908, 0.1683778234086242, 0.7642607683352737),
    "~IND": (0.4166666666666667, 0.3671147880041365, 0.5764705882352942),
    "~STB": (0.2183098591549296, 0.2691751085383502, 0.6871127633209418),
}
EITHER = {
    "DEV + URB": (0.8990610328638499, 0.7539370078740159, 0.7582205029013538),
    "LIT + STB": (0.995305164319249, 0.5897079276773296, 0.3802521008403361),
    "~DEV + ~URB": (0.6185446009389671, 0.4032134659525631, 0.387274155538099),
}


@pytest.mark.parametrize("formula", SUFFICIENT)
def test_sufficiency_is_that_of_the_r_package(formula):
    fit = qca.sufficiency(membership(formula, LIPSET), LIPSET["SURV"])
    assert tuple(fit[name] for name in ("consistency", "pri", "coverage")) == pytest.approx(
        SUFFICIENT[formula], abs=1e-12
    )


def test_necessity_is_that_of_the_r_package():
    ours = qca.necessary(LIPSET, "SURV", CONDITIONS)
    theirs = pd.DataFrame.from_dict(NECESSARY, orient="index", columns=["consistency", "coverage", "relevance"])
    pd.testing.assert_frame_equal(ours, theirs, check_names=False, atol=1e-12, rtol=0)


@pytest.mark.parametrize("formula", EITHER)
def test_necessity_of_alternatives_is_that_of_the_r_package(formula):
    fit = qca.necessity(membership(formula, LIPSET), LIPSET["SURV"])
    assert tuple(fit.values()) == pytest.approx(EITHER[formula], abs=1e-12)


# --- Lipset crisp: printed in the documentation of QCA 3.22; Rihoux and De Meur 2009, pp. 57-61 -----------------------


def test_the_crisp_truth_table_is_the_published_one():
    table = qca.truth_table(CRISP, "SURV", CONDITIONS)
    seen = table[table["cases"] > 0]
    assert seen["cases"].to_dict() == {1: 3, 2: 2, 5: 2, 6: 1, 22: 2, 23: 1, 24: 2, 31: 1, 32: 4}
    assert seen["code"].to_dict() == dict(zip(seen.index, "000010101", strict=True))
    assert seen["members"][32] == "BE; CZ; NL; UK"
    assert not seen["contradicting"].any()


def test_crisp_solutions_are_the_published_ones():
    solved = qca.solve(CRISP, "SURV", CONDITIONS, consistency=1.0)
    assert formulas(solved, "conservative") == {terms("DEV*~URB*LIT*STB + DEV*LIT*IND*STB")}
    assert formulas(solved, "parsimonious") == {terms("DEV*STB")}
    assert solved.assumed["parsimonious"] == {18, 20, 26, 28, 30}
    fit = solved.terms().set_index(["solution", "term"])[["coverage", "unique"]]
    assert fit.loc[("conservative", "DEV*~URB*LIT*STB")].tolist() == [0.5, 0.25]
    assert fit.loc[("conservative", "DEV*LIT*IND*STB")].tolist() == [0.75, 0.5]


def test_crisp_solutions_of_breakdown_are_the_published_ones():
    sets = CRISP.assign(SURV=1 - CRISP["SURV"])
    solved = qca.solve(sets, "SURV", CONDITIONS, consistency=1.0)
    assert formulas(solved, "conservative") == {terms("~DEV*~URB*~IND + DEV*LIT*IND*~STB")}
    assert formulas(solved, "parsimonious") == {terms("~DEV + ~STB")}
    assert len(solved.assumed["parsimonious"]) == 18
    fit = solved.terms().query("solution == 'parsimonious'").set_index("term")
    assert fit["coverage"].to_dict() == pytest.approx({"~DEV": 0.8, "~STB": 0.7})
    assert fit["unique"].to_dict() == pytest.approx({"~DEV": 0.3, "~STB": 0.2})


# --- Lipset fuzzy: the same documentation (Ragin 2009, p. 112), to three digits; table rows from setqca's fixtures ----

FUZZY_ROWS = {
    1: (3, 0.215976331360947, 0.0, "0"),
    2: (2, 0.278026905829596, 0.0, "0"),
    5: (2, 0.520900321543409, 0.113095238095238, "0"),
    6: (1, 0.528571428571429, 0.228070175438597, "0"),
    22: (2, 0.804270462633452, 0.719387755102041, "1"),
    23: (1, 0.378205128205128, 0.0396039603960395, "0"),
    24: (2, 0.7087719298245621, 0.634361233480176, "0"),
    31: (1, 0.445255474452555, 0.0499999999999999, "0"),
    32: (4, 0.904205607476635, 0.885793871866295, "1"),
}
FUZZY_TERMS = {
    ("conservative", "DEV*URB*LIT*IND*STB"): (0.904, 0.886, 0.454, 0.393),
    ("conservative", "DEV*~URB*LIT*~IND*STB"): (0.804, 0.719, 0.265, 0.204),
    ("intermediate", "DEV*URB*LIT*STB"): (0.901, 0.879, 0.468, 0.378),
    ("intermediate", "DEV*LIT*~IND*STB"): (0.814, 0.721, 0.282, 0.191),
    ("parsimonious", "DEV*~IND"): (0.815, 0.721, 0.284, 0.194),
    ("parsimonious", "URB*STB"): (0.874, 0.845, 0.520, 0.430),
}
FUZZY_MODELS = {
    "conservative": (0.870, 0.843, 0.658),
    "intermediate": (0.866, 0.839, 0.660),
    "parsimonious": (0.850, 0.819, 0.714),
}


def test_the_fuzzy_truth_table_is_that_of_the_r_package():
    table = qca.truth_table(LIPSET, "SURV", CONDITIONS, consistency=0.8)
    seen = table.loc[table["cases"] > 0, ["cases", "consistency", "pri", "code"]]
    theirs = pd.DataFrame.from_dict(FUZZY_ROWS, orient="index", columns=seen.columns)
    pd.testing.assert_frame_equal(seen, theirs, check_names=False, check_index_type=False, atol=1e-12, rtol=0)
    assert (table.loc[table["cases"] == 0, "code"] == "?").all()


def test_fuzzy_solutions_are_those_of_the_r_package():
    solved = qca.solve(LIPSET, "SURV", CONDITIONS, consistency=0.8)
    measures = ["consistency", "pri", "coverage"]
    ours = solved.terms().set_index(["solution", "term"])[[*measures, "unique"]]
    assert set(ours.index) == set(FUZZY_TERMS)
    for place, fit in FUZZY_TERMS.items():
        assert tuple(ours.loc[place].round(3)) == fit
    models = solved.fits().set_index("solution")[measures].round(3)
    assert {kind: tuple(row) for kind, row in models.iterrows()} == FUZZY_MODELS


@pytest.mark.parametrize("industry", [1, 0])
def test_easy_counterfactuals_are_those_of_the_r_package(industry):
    expected = dict.fromkeys(CONDITIONS, 1) | {"IND": industry}
    solved = qca.solve(LIPSET, "SURV", CONDITIONS, expectations=expected)
    assert formulas(solved, "intermediate") == {terms("DEV*URB*LIT*STB + DEV*LIT*~IND*STB")}
    assert solved.assumed["intermediate"] == {30}
    assert solved.assumed["parsimonious"] == {10, 12, 14, 16, 17, 18, 21, 25, 26, 28, 29, 30}


def test_three_conditions_give_the_solutions_of_the_r_package():
    solved = qca.solve(LIPSET, "SURV", ("DEV", "LIT", "STB"), consistency=0.8)
    assert [formulas(solved, kind) for kind in qca.SOLUTION_KINDS] == [
        {terms("DEV*LIT*STB")},
        {terms("DEV*LIT*STB")},
        {terms("DEV*STB")},
    ]


def test_ties_are_kept_as_for_the_protest_data():
    """Rows of Cebotari and Vink's data and the four tied models, as printed in the documentation of QCA 3.22."""
    names = ("DEMOC", "ETHFRACT", "GEOCON", "POLDIS", "NATPRIDE")
    positive, negative = {5, 15, 16, 24, 27, 29, 30, 31, 32}, {2, 6, 8, 10, 14, 20, 22, 28}
    codes = "".join("1" if row in positive else "0" if row in negative else "?" for row in range(1, 33))
    models, _ = qca.minimise(coded(codes), names)
    found = {terms(" + ".join(expression(cube, names) for cube in model)) for model in models["parsimonious"]}
    always = "~NATPRIDE + DEMOC*GEOCON*POLDIS + "
    assert found == {
        terms(always + pair)
        for pair in (
            "~DEMOC*ETHFRACT*POLDIS + DEMOC*ETHFRACT*GEOCON",
            "~DEMOC*ETHFRACT*POLDIS + DEMOC*ETHFRACT*~POLDIS",
            "DEMOC*ETHFRACT*GEOCON + ETHFRACT*GEOCON*POLDIS",
            "DEMOC*ETHFRACT*~POLDIS + ETHFRACT*GEOCON*POLDIS",
        )
    }
    chart = primes(5, frozenset(positive), frozenset(negative))
    assert len(chart) == 6
    assert chart[(-1, -1, -1, -1, 0)] == {5, 15, 27, 29, 31}


# --- solved by hand --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "conservative", "intermediate", "parsimonious"),
    [
        ("0001", {"A*B"}, {"A*B"}, {"A*B"}),
        ("0111", {"A + B"}, {"A + B"}, {"A + B"}),
        ("0110", {"A*~B + ~A*B"}, {"A*~B + ~A*B"}, {"A*~B + ~A*B"}),
        ("0??1", {"A*B"}, {"A*B"}, {"A", "B"}),
        ("0?1?", {"A*~B"}, {"A"}, {"A"}),
        ("????", set(), set(), set()),
        ("00?0", set(), set(), set()),
        ("1111", {"1"}, {"1"}, {"1"}),
        ("1???", {"~A*~B"}, {"1"}, {"1"}),
    ],
)
def test_two_conditions_solved_on_paper(codes, conservative, intermediate, parsimonious):
    models, _ = qca.minimise(coded(codes), ("A", "B"))
    for kind, wanted in zip(qca.SOLUTION_KINDS, (conservative, intermediate, parsimonious), strict=True):
        found = {terms(" + ".join(expression(cube, ("A", "B")) for cube in model)) for model in models[kind]}
        assert found == {terms(formula) for formula in wanted}, kind


def test_the_cyclic_chart_has_two_solutions():
    """The textbook ring of three variables: all but 000 and 111, two ways with three terms each."""
    models, _ = qca.minimise(coded("01111110"), ("A", "B", "C"))
    assert len(models["conservative"]) == 2
    assert {len(model) for model in models["conservative"]} == {3}


def test_expectations_decide_what_is_easy():
    """One positive row, W*B*S; as the R package gives it: B*S if W's absence is expected, S if all absence is."""
    codes = "".join({8: "1"}.get(row, "0" if row in (1, 3, 5, 7) else "?") for row in range(1, 9))
    names = ("W", "B", "S")

    def middle(expected):
        models, _ = qca.minimise(coded(codes), names, expected)
        return {expression(cube, names) for model in models["intermediate"] for cube in model}

    assert middle({"W": 0, "B": 1, "S": 1}) == {"B*S"}
    assert middle({"W": 0, "B": 0, "S": 0}) == {"S"}
    assert middle({}) == middle(None) == {"W*B*S"}


def test_what_is_easy_depends_on_the_other_positive_rows():
    """Row 011 beside 111, absence expected: easy if 111 stands alone, difficult beside 001 and 110.

    So reported of the R package (validation notes of openQCA); a rule that looks only at pairs of rows fails here.
    Which rows were negative is our reading of the formulas given there.
    """
    names = ("W", "B", "S")
    absent = dict.fromkeys(names, 0)
    assert 4 in qca.minimise(coded("0?0?0?01"), names, absent)[1]["intermediate"]
    models, assumed = qca.minimise(coded("010?0?11"), names, absent)
    assert {expression(cube, names) for cube in models["parsimonious"][0]} == {"W*B", "S"}
    assert assumed["intermediate"] == frozenset()


def test_a_case_at_the_crossover_stands_in_no_row_and_is_named():
    sets = pd.DataFrame({"A": [0.5, 0.9, 0.2], "Y": [0.9, 0.8, 0.1]}, index=["x", "y", "z"])
    table = qca.truth_table(sets, "Y", ("A",))
    assert table["cases"].tolist() == [1, 1]
    assert qca.undecided(sets, ("A",)).to_dict() == {"x": "A"}
    assert table["consistency"].tolist() == pytest.approx([(0.5 + 0.1 + 0.1) / 1.4, (0.5 + 0.8 + 0.1) / 1.6])
    assert qca.undecided(sets.drop(index="x"), ("A",)).empty


def test_contradicting_cases_are_named():
    sets = pd.DataFrame({"A": [1.0, 1.0, 1.0, 0.0, 0.0], "Y": [1.0, 1.0, 0.0, 0.0, 1.0]}, index=list("abcde"))
    table = qca.truth_table(sets, "Y", ("A",), consistency=0.6)
    assert table["code"].tolist() == ["0", "1"]
    assert table["contradicting"].tolist() == ["e", "c"]


def test_cuts_change_the_codes():
    def codes(**cuts):
        table = qca.truth_table(LIPSET, "SURV", CONDITIONS, **cuts)
        return {code: int((table["code"] == code).sum()) for code in "10?"}

    assert codes(consistency=0.9) == {"1": 1, "0": 8, "?": 23}
    assert codes(pri=0.75) == {"1": 1, "0": 8, "?": 23}
    assert codes(frequency=2) == {"1": 2, "0": 4, "?": 26}


# --- against exhaustive search, and against the merging of Quine and McCluskey ---------------------------------------


def contains(cube, corner):
    return all(bit in (-1, state) for bit, state in zip(cube, corner, strict=True))


def exhaustive(size, positive, negative):
    """Every cover with the fewest combinations among all prime ones, tried one after the other."""
    corners = dict(enumerate(product((0, 1), repeat=size), start=1))
    fits = [
        cube
        for cube in product((0, 1, -1), repeat=size)
        if not any(contains(cube, corners[row]) for row in negative)
        and any(contains(cube, corners[row]) for row in positive)
    ]
    prime = [
        cube
        for cube in fits
        if not any(
            other != cube and all(wide in (-1, bit) for wide, bit in zip(other, cube, strict=True)) for other in fits
        )
    ]
    for number in range(1, len(positive) + 1):
        found = {
            frozenset(choice)
            for choice in combinations(prime, number)
            if all(any(contains(cube, corners[row]) for cube in choice) for row in positive)
        }
        if found:
            return set(prime), found
    return set(prime), set()


def merged(size, allowed):
    """Prime implicants of a set of rows by merging pairs that differ in one place."""
    corners = dict(enumerate(product((0, 1), repeat=size), start=1))
    level, prime = {corners[row] for row in allowed}, set()
    while level:
        used, above = set(), set()
        for one, two in combinations(sorted(level), 2):
            differing = [n for n in range(size) if one[n] != two[n]]
            if len(differing) == 1 and -1 not in (one[differing[0]], two[differing[0]]):
                above.add((*one[: differing[0]], -1, *one[differing[0] + 1 :]))
                used |= {one, two}
        prime |= level - used
        level = above
    return prime


@pytest.mark.parametrize("seed", range(60))
def test_random_tables_agree_with_exhaustive_search(seed):
    rng = np.random.default_rng(seed)
    size = 3 if seed % 2 else 4
    codes = rng.choice(list("10?"), size=2**size, p=[0.3, 0.35, 0.35])
    positive, negative = (frozenset(np.flatnonzero(codes == code) + 1) for code in "10")
    chart = primes(size, positive, negative)
    prime, found = exhaustive(size, positive, negative)
    assert set(chart) == prime
    assert {frozenset(choice) for choice in covers(chart, positive)} == found
    everywhere = merged(size, frozenset(range(1, 2**size + 1)) - negative)
    assert set(chart) == {cube for cube in everywhere if positive & set(contained_rows(cube))}


@pytest.mark.parametrize("seed", range(20))
def test_solutions_nest_and_cover(seed):
    rng = np.random.default_rng(1000 + seed)
    names = ("A", "B", "C", "D")
    table = coded(rng.choice(list("10?"), size=16, p=[0.25, 0.25, 0.5]))
    positive = set(table.index[table["code"] == "1"])
    negative = set(table.index[table["code"] == "0"])
    expected = {name: int(rng.integers(0, 2)) for name in names if rng.random() < 0.8}
    models, assumed = qca.minimise(table, names, expected)
    for kind in qca.SOLUTION_KINDS:
        for model in models[kind]:
            inside = {row for cube in model for row in contained_rows(cube)}
            assert positive <= inside
            assert not inside & negative
    assert not assumed["conservative"]
    assert assumed["intermediate"] <= assumed["parsimonious"]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_cases_does_not_matter(seed):
    shuffled = LIPSET.sample(frac=1, random_state=seed)
    one, two = (qca.solve(sets, "SURV", CONDITIONS) for sets in (LIPSET, shuffled))
    assert one.models == two.models
    pd.testing.assert_frame_equal(one.fits(), two.fits(), atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_conditions_does_not_matter(seed):
    mixed = tuple(np.random.default_rng(seed).permutation(CONDITIONS))
    for kind in qca.SOLUTION_KINDS:
        assert formulas(qca.solve(LIPSET, "SURV", mixed), kind) == formulas(qca.solve(LIPSET, "SURV", CONDITIONS), kind)


# --- errors for the reader --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda: qca.truth_table(LIPSET.assign(URB=np.nan), "SURV", CONDITIONS), "URB.*missing"),
        (lambda: qca.truth_table(LIPSET * 5, "SURV", CONDITIONS), "calibrate first"),
        (lambda: qca.truth_table(LIPSET, "SURV", ()), "1 to 10 conditions"),
        (lambda: qca.truth_table(LIPSET, "SURV", ("DEVELOPED",)), "DEVELOPED"),
        (lambda: qca.membership("DEV*TOWN", LIPSET), "TOWN"),
        (lambda: qca.solve(LIPSET, "SURV", CONDITIONS, expectations={"DEV": 2}), "present"),
        (lambda: qca.solve(LIPSET, "SURV", CONDITIONS, expectations={"GNP": 1}), "GNP"),
        (lambda: qca.solve(LIPSET, "SURV", CONDITIONS).formulas("complex"), "conservative"),
        (lambda: primes(2, frozenset({1}), frozenset({1})), "positive and negative"),
        (lambda: covers({}, frozenset({3})), "to be covered"),
        (lambda: configurations.sets("Q"), "Q"),
        (lambda: configurations.sets("U", Choices(conditions=("Z",))), "Z"),
        (lambda: configurations.sets("U", BASE, _only_missing()), "without missing levels"),
    ],
)
def test_mistakes_are_told(act, told):
    with pytest.raises(GumError, match=told):
        act()


def _only_missing():
    return evidence.wide().iloc[:1] * np.nan


def test_too_many_tied_solutions_are_refused(monkeypatch):
    monkeypatch.setattr("gumlib.cases.qca.cover.MOST_CHOICES", 1)
    with pytest.raises(GumError, match="at most 1 solutions, got 2"):
        qca.minimise(coded("01111110"), ("A", "B", "C"))


def test_nothing_to_divide_by_gives_a_missing_value():
    nothing, something = pd.Series([0.0, 0.0]), pd.Series([0.2, 0.9])
    assert np.isnan(qca.sufficiency(nothing, something)["consistency"])
    assert np.isnan(qca.necessity(something, nothing)["consistency"])


# --- the four cases ---------------------------------------------------------------------------------------------------


def test_case_epochs_are_counted_whole_or_named_as_lacking():
    whole, lacking = configurations.sets(), configurations.missing()
    assert len(whole) + len(lacking) == len(configurations.case_epochs()) == 24
    assert (lacking["lacking"] != "").all()


def test_the_solution_of_the_index_is_checked_by_hand():
    """Conservative: every observed high row, joined; nothing assumed."""
    solved = configurations.solve()
    table = solved.table
    high = set(table.index[table["code"] == "1"])
    for model in solved.models["conservative"]:
        assert {row for cube in model for row in contained_rows(cube)} == high
    count = configurations.diversity(solved)
    assert count["rows"] == 64
    assert count["placed"] + count["undecided"] == count["cases"]
    assert count["positive"] + count["negative"] == count["observed"]


def test_a_readers_own_cluster_goes_the_same_way():
    levels = evidence.wide()
    own = levels.loc[["ningbo"]].rename({"ningbo": "my-cluster"}, level="cluster")
    joined = configurations.sets(levels=pd.concat([levels, own]))
    assert (
        len(joined) == len(configurations.sets()) + (configurations.sets().index.get_level_values(0) == "ningbo").sum()
    )


def test_variants_begin_with_the_base_and_say_whether_it_holds():
    frame = configuration_checks.variants()
    assert frame["same"].iloc[0]
    assert 0 < frame["same"].mean() < 1
    assert set(frame[list("LIESPD")].to_numpy().ravel()) <= {"every", "some", "none", "absent"}


def test_exchanging_outcomes_tries_every_assignment_once():
    frame = configuration_checks.exchanged()
    assert frame["outcomes"].nunique() == 24
    true = frame[frame["true"]].iloc[0]
    assert true["consistency"] == pytest.approx(configurations.solve().fits()["consistency"].iloc[0])
    assert true["own_consistency"] == pytest.approx(true["consistency"])


# --- nothing is taken for what it is not ---


def test_what_is_missing_stays_missing_and_a_contradiction_is_the_minimum():
    sets = pd.DataFrame({"A": [0.3, np.nan, 0.8], "B": [0.9, 0.4, np.nan]})
    assert membership("A*~A", sets).round(9).tolist()[::2] == [0.3, 0.2]
    for formula in ("A", "A*B", "A + B", "~A*B + B"):
        missing = sets[[name for name in "AB" if name in formula]].isna().any(axis=1)
        assert membership(formula, sets).isna().tolist() == missing.tolist()
    with pytest.raises(GumError, match="from 0 to 1"):
        membership("A", pd.DataFrame({"A": [1.2]}))


@pytest.mark.parametrize("measure", [qca.sufficiency, qca.necessity])
def test_sets_of_other_cases_are_refused(measure):
    one = pd.Series([0.2, 0.6], index=["x", "y"])
    for index in (["y", "x"], ["x", "z"]):
        with pytest.raises(GumError, match="same cases"):
            measure(one, pd.Series([0.4, 0.5], index=index))


@pytest.mark.parametrize(
    ("conditions", "cuts", "said"),
    [
        (("A", "Y"), {}, "other than the outcome"),
        (("A", "A"), {}, "twice"),
        (("A", "1"), {}, "a formula can hold"),
        (("A", "A*B"), {}, "a formula can hold"),
        (("A", "members"), {}, "that the table does not add"),
        (("cases",), {}, "that the table does not add"),
        (("A",), {"consistency": 1.5}, "a cut from 0 to 1"),
        (("A",), {"consistency": float("nan")}, "a cut from 0 to 1"),
        (("A",), {"pri": -0.1}, "a cut from 0 to 1"),
        (("A",), {"frequency": 1.5}, "whole number"),
    ],
)
def test_conditions_and_cuts_that_cannot_be_are_refused(conditions, cuts, said):
    sets = pd.DataFrame({name: [0.9, 0.2] for name in ("A", "B", "1", "A*B", "cases", "members", "Y")})
    with pytest.raises(GumError, match=said):
        qca.solve(sets, "Y", conditions, **cuts)


def test_cases_at_the_crossover_are_named_by_the_solution():
    sets = pd.DataFrame({"A": [0.9, 0.5, 0.1], "Y": [0.9, 0.7, 0.1]}, index=["x", "y", "z"])
    assert qca.solve(sets, "Y", ("A",)).undecided.to_dict() == {"y": "A"}
    with pytest.raises(GumError, match="a list of conditions"):
        qca.undecided(sets, "AY")


def test_a_case_at_the_crossover_but_for_rounding_is_covered_by_no_combination():
    sets = pd.DataFrame({"A": [0.9, np.nextafter(0.5, 1), 0.1], "Y": [0.9, 0.7, 0.1]}, index=["x", "y", "z"])
    solved = qca.solve(sets, "Y", ("A",))
    assert solved.undecided.to_dict() == {"y": "A"}
    assert set(solved.terms()["cases"]) == {"x"}


@pytest.mark.no_cover
@pytest.mark.parametrize(("implicants", "wanted", "size"), [(60, 8, 2), (200, 30, 2), (300, 40, 3)])
def test_a_chart_that_explodes_is_solved_or_refused(implicants, wanted, size):
    rng = np.random.default_rng(1)
    cubes = list(product((0, 1, -1), repeat=6))[:implicants]
    chart = {cube: frozenset(rng.choice(wanted, size, replace=False).tolist()) for cube in cubes}
    with contextlib.suppress(GumError):
        assert covers(chart, frozenset(range(wanted)))


def test_a_chart_of_too_many_steps_says_so(monkeypatch):
    monkeypatch.setattr("gumlib.cases.qca.cover.MOST_TRIED", 3)
    with pytest.raises(GumError, match="3 steps"):
        covers({(1, -1): frozenset({3}), (-1, 1): frozenset({2}), (0, 0): frozenset({1})}, frozenset({1, 2, 3}))


SETS = pd.DataFrame({"A": [0.9, 0.8, 0.1], "B": [0.8, 0.3, 0.2], "Y": [0.9, 0.9, 0.1]})


@pytest.mark.parametrize(
    ("sets", "conditions", "cuts", "said"),
    [
        (SETS.assign(A="0.9"), ("A",), {}, "memberships as numbers"),
        (pd.concat([SETS, SETS[["A"]]], axis=1), ("A",), {}, "one column 'A'"),
        (SETS.rename(columns={"A": 7}), (7,), {}, "names that a formula can hold"),
        (SETS.rename(columns={"A": " A"}), (" A",), {}, "names that a formula can hold"),
        (SETS, ("A",), {"frequency": float("nan")}, "whole number of cases"),
        (SETS, ("A",), {"frequency": float("inf")}, "whole number of cases"),
        (SETS, ("A",), {"consistency": "0.8"}, "a cut from 0 to 1"),
        (SETS, ("A",), {"pri": None}, "a cut from 0 to 1"),
    ],
)
def test_tables_that_are_none_get_a_sentence(sets, conditions, cuts, said):
    with pytest.raises(GumError, match=said):
        qca.solve(sets, "Y", conditions, **cuts)


def test_memberships_are_numbers_of_named_cases():
    with pytest.raises(GumError, match="memberships as numbers"):
        membership("A", SETS.assign(A="0.9"))
    with pytest.raises(GumError, match="two series"):
        qca.sufficiency(SETS["A"].to_numpy(), SETS["Y"].to_numpy())
    with pytest.raises(GumError, match="log odds above 0"):
        qca.direct(SETS["A"], Anchors(0.2, 0.5, 0.8), -1)
    with pytest.raises(GumError, match="write Anchors"):
        qca.direct(SETS["A"], (0.2, 0.5, 0.8))


@pytest.mark.parametrize("kind", [bool, "boolean", int, "Int64", "Float64"])
def test_crisp_sets_are_read_in_any_type(kind):
    sets = CRISP.astype(kind)
    assert membership("DEV*~URB + STB", sets).tolist() == membership("DEV*~URB + STB", CRISP).tolist()
    ours, theirs = (qca.solve(one, "SURV", CONDITIONS, consistency=1.0).terms() for one in (sets, CRISP))
    pd.testing.assert_frame_equal(ours, theirs)
    if kind == "boolean":
        assert membership("DEV", sets.mask(sets.index.to_series() == "AU")).isna().sum() == 1


def test_a_set_named_as_the_combination_that_asks_for_nothing_is_refused():
    for named in ("1", 1):
        with pytest.raises(GumError, match="no set named 1"):
            membership("1", SETS.rename(columns={"A": named}))


SMALL = pd.DataFrame({"A": [0.9, 0.2, 0.7], "B": [0.6, 0.4, 0.1], "Y": [0.8, 0.1, 0.3]}, index=["x", "y", "z"])


@pytest.mark.parametrize("conditions", ["AB", "A", {"A", "B"}, None, 2])
def test_conditions_without_order_or_in_one_text_are_refused(conditions):
    with pytest.raises(GumError, match="expected a list of conditions"):
        qca.solve(SMALL, "Y", conditions)


@pytest.mark.parametrize("conditions", [["A", "B"], pd.Index(["A", "B"]), pd.Series(["A", "B"])])
def test_conditions_may_come_in_any_list(conditions):
    assert qca.solve(SMALL, "Y", conditions).formulas("conservative") == ("A*B",)


@pytest.mark.parametrize("expected", [["A"], "A", 1])
def test_expectations_that_name_no_states_are_refused(expected):
    with pytest.raises(GumError, match="expectations"):
        qca.solve(SMALL, "Y", ("A", "B"), expectations=expected)


@pytest.mark.parametrize("codes", [[0, 1, 1, 0], list("0C11"), [True, False, True, False]])
def test_codes_that_would_be_read_as_no_row_are_refused(codes):
    with pytest.raises(GumError, match="expected the codes"):
        minimise(pd.DataFrame({"code": codes}, index=[1, 2, 3, 4]), ("A", "B"))
    with pytest.raises(GumError, match="expected rows numbered from 1 to 4"):
        minimise(pd.DataFrame({"code": list("0111")}), ("A", "B"))


@pytest.mark.parametrize("anchors", [("a", 0.5, 0.8), (None, 0.5, 1), (0, 0.5, np.inf), (np.nan, 0.5, 1)])
def test_anchors_that_are_no_numbers_are_refused(anchors):
    with pytest.raises(GumError, match="expected anchors"):
        Anchors(*anchors)


@pytest.mark.parametrize("unit", [1e-12, 1e-9, 1e-3, 1.0, 1e6])
def test_a_calibration_is_the_same_in_any_unit(unit):
    levels = pd.Series([0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 5e6])
    ours = qca.direct(levels * unit, Anchors(0.2 * unit, 0.5 * unit, 0.8 * unit))
    assert ours.to_numpy() == pytest.approx(qca.direct(levels, Anchors(0.2, 0.5, 0.8)).to_numpy(), abs=1e-7)
    assert ours[3] == 0.5


@pytest.mark.parametrize("levels", [[0.1, 0.5], pd.Series(["0.1"]), None, np.array([0.1])])
def test_levels_that_are_no_series_of_numbers_are_refused(levels):
    with pytest.raises(GumError, match="series of numbers"):
        qca.direct(levels, Anchors(0.2, 0.5, 0.8))


def test_numbers_with_a_missing_value_of_their_own_stay_missing():
    ours = qca.direct(pd.Series(pd.array([1, pd.NA, 3], dtype="Int64")), Anchors(1, 2, 3))
    assert ours.round(3).tolist() == pytest.approx([0.047, np.nan, 0.953], nan_ok=True)


def test_a_formula_of_no_text_and_a_column_twice_are_refused():
    with pytest.raises(GumError, match="a formula as a text"):
        qca.membership(None, SMALL)
    with pytest.raises(GumError, match="expected one column 'A'"):
        qca.membership("A*B", pd.concat([SMALL, SMALL[["A"]]], axis=1))


def test_a_chart_of_many_cases_stops():
    rng = np.random.default_rng(1)
    many = pd.DataFrame(rng.uniform(size=(200, 9)), columns=[*"ABCDEFGH", "Y"])
    with pytest.raises(GumError, match="tie in too many ways"):
        qca.solve(many.gt(0.5).astype(float), "Y", tuple("ABCDEFGH"))


@pytest.mark.parametrize("formula", ["A * ~ B", "A＊～B", "A∗∼B", "A·¬B", "~B*A"])
def test_a_formula_is_read_in_the_signs_of_any_keyboard(formula):
    assert membership(formula, SETS).tolist() == membership("A*~B", SETS).tolist()
    named = SETS.rename(columns={"B": "A·¬B"})
    assert membership("A·¬B", named).tolist() == SETS["B"].tolist()


@pytest.mark.parametrize("formula", ["a*B", "A*(B + Y)", "A AND B", "A*", ""])
def test_a_formula_of_another_language_gets_ours_told(formula):
    with pytest.raises(GumError, match=r"got '.*'; write names as in the table, \* for and, \+ for or, ~ before"):
        membership(formula, SETS)


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        (("A", "Y"), "other than the outcome"),
        (("A", "A"), "twice"),
        (("A", "~A"), "a formula can hold"),
        ({"A", "B"}, "a list of conditions"),
        (None, "a list of conditions"),
    ],
)
def test_conditions_that_necessity_would_lose_are_refused(conditions, said):
    sets = SETS.assign(**{"~A": 0.5})
    with pytest.raises(GumError, match=said):
        qca.necessary(sets, "Y", conditions)


@pytest.mark.parametrize(
    ("sets", "outcome", "said"),
    [
        (SETS.set_axis(["x", "x", "y"]), "Y", "each case once, got 'x' twice"),
        (SETS.set_axis(["x", "x ", "y"]), "Y", "each case once, got 'x ' twice"),
        (SETS.iloc[:0], "Y", "a row for each case, got no row"),
        (SETS, "~Y", "what is absent gets a column of its own"),
        (SETS.assign(**{"~A": 1 - SETS["A"]}), "~A", "conditions other than the outcome"),
        (SETS, ["Y"], "the name of one column"),
        (SETS.to_dict("list"), "Y", "sets as a frame"),
    ],
)
def test_cases_that_cannot_be_told_apart_and_what_is_no_table_are_refused(sets, outcome, said):
    with pytest.raises(GumError, match=said):
        qca.solve(sets, outcome, ("A", "B"))


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: qca.direct(pd.Series([0.2, np.inf]), Anchors(0.2, 0.5, 0.8)), "expected finite levels"),
        (lambda: qca.direct(pd.Series([0.2 + 1j]), Anchors(0.2, 0.5, 0.8)), "a series of numbers"),
        (lambda: qca.solve(SETS.assign(A=SETS["A"] + 0.1j), "Y", ("A", "B")), "memberships as numbers"),
        (lambda: qca.solve(SETS.assign(A=[0.2, 1.5, 0.3]), "Y", ("A", "B")), "from 0 to 1, got 1.5 for 1"),
        (lambda: membership("A", SETS.assign(A=[0.2, 1.5, 0.3])), "from 0 to 1, got 1.5 for 1"),
        (lambda: qca.truth_table(SETS, "Y", ("A",), consistency="0.8"), "got '0.8'; take a number such as 0.8"),
    ],
)
def test_numbers_that_are_no_memberships_are_refused_and_placed(ask, said):
    with pytest.raises(GumError, match=said):
        ask()


def test_rows_left_out_of_a_table_are_remainders():
    whole = coded("01??")
    assert minimise(whole.loc[[1, 2]], ("A", "B")) == minimise(whole, ("A", "B"))
    whole = coded("?1?0")
    assert minimise(whole.loc[[2, 4]], ("A", "B")) == minimise(whole, ("A", "B"))


@pytest.mark.parametrize("conditions", [("B", "A"), ("B", "Q"), ("A",), ("A", "B", "C")])
def test_conditions_are_those_of_the_table_in_its_order(conditions):
    table = qca.truth_table(SMALL, "Y", ("A", "B"))
    with pytest.raises(GumError, match="expected the conditions of the table in its order"):
        minimise(table, conditions)
    kept = table[table["cases"] > 0]
    assert minimise(kept, ("A", "B")) == minimise(table, ("A", "B"))
    with pytest.raises(GumError, match="expected rows numbered"):
        minimise(table.set_axis(table.index[::-1]), ("A", "B"))
    for none in (pd.concat([table, table.assign(code="0")]), table.rename(columns={"code": "OUT"})):
        with pytest.raises(GumError, match="a column code and each row once"):
            minimise(none, ("A", "B"))


@pytest.mark.parametrize(
    "order", [["code", "B", "A"], ["code", "A", "B"], ["B", "code", "A"], ["B", "A", "code", "cases"]]
)
def test_rows_are_told_by_the_conditions_wherever_their_columns_stand(order):
    table = qca.truth_table(SMALL, "Y", ("A", "B"))
    for moved in (table[order], table[order].astype({"A": str, "B": str}), table[order].assign(note="seen")):
        assert minimise(moved, ("A", "B")) == minimise(table, ("A", "B"))
        with pytest.raises(GumError, match=r"expected the conditions of the table in its order|numbered"):
            minimise(moved, ("B", "A"))
    with pytest.raises(GumError, match=r"1 \(present\) or 0 \(absent\) in every row, got something else in A"):
        minimise(table[order].assign(A="-"), ("A", "B"))
    with pytest.raises(GumError, match="each row once"):
        minimise(pd.concat([table[order], table[["A"]]], axis=1), ("A", "B"))
