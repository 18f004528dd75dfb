"""Verdicts are computed: another graph or other scores give another verdict."""

from __future__ import annotations

import re
from itertools import permutations

import networkx as nx
import pandas as pd
import pytest

from book.paths import CHAPTERS
from gumlib import claims, data, evidence, model
from gumlib.claims import coding, shares, structure
from gumlib.claims.ensemble import CAN
from gumlib.claims.verdict import EDGE, NO_STATE, VERDICTS, Verdict
from gumlib.dynamics.rivals import VARIANTS, elements
from gumlib.errors import GumError
from gumlib.figures import s5_1_verdicts
from gumlib.model import definitions
from gumlib.terms import AUXILIARY, BASIC

GUM = model.gum


def plant(monkeypatch: pytest.MonkeyPatch, change) -> None:
    """Let the model return its graph with one change."""

    def changed() -> nx.DiGraph:
        graph = GUM()
        change(graph)
        return graph

    for home in (model, model.graph):
        monkeypatch.setattr(home, "gum", changed)


@pytest.fixture(scope="module")
def table():
    return claims.claims()


@pytest.fixture(scope="module")
def numbers():
    return data.read("verdict-numbers")


def test_the_41_claims_are_there_with_verdicts_of_the_vocabulary(table):
    assert len(table) == 41
    assert set(table["verdict"]) <= set(VERDICTS)
    assert set(table.index) == set(claims.TESTS)


def test_rivals_of_a_claim_lack_its_cause(table):
    assert table["rivals"].map(bool).sum() > 0
    for row in table.itertuples():
        for name in filter(None, row.rivals.split(", ")):
            assert row.cause not in elements(VARIANTS[name])


def refuted_though_possible(table: pd.DataFrame, numbers: pd.DataFrame) -> list[str]:
    """Return the claims on what can happen that are refuted while a share, in either reading, is surely above 1 %."""
    can = table[(table["modality"] == "can") & (table["verdict"] == "not supported")]
    lows = numbers.query("reading != 'data'").groupby("claim_id")["low"].max()
    return [claim for claim in can.index if lows[claim] > CAN]


def test_what_can_happen_is_not_refuted_while_it_is_shown_possible(table, numbers):
    assert refuted_though_possible(table, numbers) == []


def test_a_claim_that_is_refuted_though_possible_is_caught(table, numbers):
    can, refuted = table.index[table["modality"] == "can"], table.assign(verdict="not supported")
    assert refuted_though_possible(refuted, numbers) == list(can)
    assert refuted_though_possible(refuted, numbers.assign(low=0.008)) == []


def test_the_numbers_beside_a_verdict_are_those_of_its_words(table, numbers):
    for reading, column in (("ranges", "over_ranges"), ("fitted", "as_fitted")):
        chosen = numbers[numbers["reading"] == reading]
        said = chosen["name"] + " " + [shares.spoken(*row) for row in chosen[["value", "low", "high"]].to_numpy()]
        assert said.groupby(chosen["claim_id"]).agg(", ".join).to_dict() == table[column].dropna().to_dict()


def test_the_share_that_decides_is_among_the_numbers(table, numbers):
    told = numbers.set_index(["claim_id", "reading", "name"])["value"]
    words = {"over our ranges": "ranges", "as fitted": "fitted"}
    for claim, row in table.dropna(subset=["decides"]).iterrows():
        name, reading = row["decides"].rsplit(", ", 1)
        assert told[claim, words[reading], name] == pytest.approx(row["share"], abs=1e-4)


def test_numbers_of_a_claim_without_any_are_refused():
    assert claims.verdict_numbers("C20").loc[("fitted", "stay low"), "value"] == 0
    with pytest.raises(GumError, match=r"expected one of C08.*; got 'C01'"):
        claims.verdict_numbers("C01")


def test_no_page_takes_numbers_out_of_the_words_of_a_verdict():
    """What is read from words breaks when they are written better; numbers are stored beside them."""
    words, taking = r"(?:finding|over_ranges|as_fitted|said\[.C\d\d.)\W+", r"(?:split|removeprefix|str)\b"
    taken = re.compile(rf"{words}{taking}|\bre\.find.*finding")
    assert [page.name for page in CHAPTERS.rglob("*.md") if taken.search(page.read_text(encoding="utf-8"))] == []


def test_the_share_that_decides_is_on_the_side_of_its_verdict(table):
    """What can happen is shown possible by a share above its bound; where it is not, no share is above it."""
    tested = table[(table["modality"] == "can") & table["decides"].notna()]
    assert set(tested.index) == {"C24", "C28"}
    assert ((tested["low"] > tested["bound"]) == (tested["verdict"] == "partly")).all()


def test_without_a_state_no_verdict(table):
    none = table[table["state"] == "none"]
    assert len(none) >= 3
    assert set(none["verdict"]) == {"not testable here"}
    assert none["notes"].str.contains(NO_STATE).all()


def test_a_verdict_lies_between_its_floor_and_its_ceiling(table):
    order = {verdict: rank for rank, verdict in enumerate(VERDICTS)}
    rank = table["verdict"].map(order)
    assert (rank >= table["ceiling"].map(order)).all()
    graded = table["verdict"].isin(VERDICTS[:3])
    assert (rank <= table["floor"].map(order))[graded].all()


def test_one_possible_end_decides_nothing(table):
    fixed = table[table["ceiling"] == table["floor"]]
    assert set(fixed["verdict"]) == {"not testable here"}


def test_edge_marks_agree_with_the_stored_intervals(table):
    within = (table["low"] <= table["bound"]) & (table["bound"] <= table["high"])
    edge = within | (table["seeds_apart"] > 0) | (table["bounds_apart"] > 0) | table["without"].notna()
    assert edge.any()
    assert edge.eq(table["notes"].fillna("").str.contains(EDGE)).all()


def test_finding_and_verdict_are_told(table):
    assert table["finding"].str.strip().ne("").all()


def test_a_claim_without_a_test_has_no_verdict(table, monkeypatch):
    monkeypatch.setattr(claims.register, "TESTS", {"C01": structure.four_basic_factors})
    assert claims.decide()["claim_id"].tolist() == ["C01"]


@pytest.mark.parametrize("claim", claims.TESTS)
def test_a_test_states_its_rule_and_its_claim(claim):
    rule = claims.TESTS[claim].__doc__
    assert claim in rule.split(".")[0]
    assert any(word in rule.lower() for word in VERDICTS)
    assert claim in set(data.read("claims")["claim_id"])


def test_a_verdict_outside_the_vocabulary_is_refused():
    with pytest.raises(GumError, match=r"expected one of supported, partly.*; got 'likely'"):
        Verdict("likely", "so it seems")


@pytest.mark.parametrize("claim", ["C01", "C02", "C03", "C04"])
def test_the_graph_states_the_structure(claim):
    assert claims.TESTS[claim]().verdict == "supported"


@pytest.mark.parametrize("pair", list(permutations(BASIC, 2)))
def test_without_any_edge_among_basic_factors_c03_fails(pair, monkeypatch):
    plant(monkeypatch, lambda graph: graph.remove_edge(*pair))
    assert structure.basic_factors_interact().verdict == "not supported"
    assert structure.auxiliary_factors_interact().verdict == "supported"


@pytest.mark.parametrize("pair", [("P", "L"), ("S", "D")])
def test_without_an_edge_to_or_from_an_auxiliary_factor_c04_fails(pair, monkeypatch):
    plant(monkeypatch, lambda graph: graph.remove_edge(*pair))
    assert structure.auxiliary_factors_interact().verdict == "not supported"
    assert structure.basic_factors_interact().verdict == "supported"


def test_an_edge_between_the_auxiliary_factors_is_not_supported(monkeypatch):
    plant(monkeypatch, lambda graph: graph.add_edge("P", "D", group="auxiliary-auxiliary"))
    assert structure.auxiliary_factors_interact().verdict == "not supported"
    assert structure.basic_factors_interact().verdict == "supported"


@pytest.mark.parametrize(
    ("claim", "code", "group"),
    [("C01", "Q", "basic factor"), ("C02", "Q", "auxiliary factor"), ("C02", "G", "auxiliary factor")],
)
def test_a_factor_too_many_is_not_supported(claim, code, group, monkeypatch):
    plant(monkeypatch, lambda graph: graph.add_node(code, group=group))
    assert claims.TESTS[claim]().verdict == "not supported"


@pytest.mark.parametrize(("claim", "code"), [("C01", "S"), ("C02", "D")])
def test_a_factor_too_few_is_not_supported(claim, code, monkeypatch):
    plant(monkeypatch, lambda graph: graph.remove_node(code))
    assert claims.TESTS[claim]().verdict == "not supported"


def test_what_is_borrowed_may_be_added_to():
    verdict = structure.follows_the_diamond()
    assert verdict.verdict == "supported"
    assert "8 interactions more" in verdict.finding


def test_the_diamond_itself_supports_c05(monkeypatch):
    back = [(basic, auxiliary) for basic in BASIC for auxiliary in AUXILIARY]
    plant(monkeypatch, lambda graph: graph.remove_edges_from(back))
    assert structure.follows_the_diamond().verdict == "supported"


def test_a_broken_diamond_does_not_support_c05(monkeypatch):
    plant(monkeypatch, lambda graph: graph.remove_edge("L", "I"))
    assert structure.follows_the_diamond().verdict == "not supported"


@pytest.mark.parametrize(
    ("pairs", "verdict"),
    [
        (dict(zip(zip("TNXK", definitions.KINDS, strict=True), "same", strict=True)), "supported"),
        ({("T", "process"): "same", ("N", "process"): "same"}, "partly"),
        ({}, "not supported"),
    ],
)
def test_c11_follows_the_crosswalk(pairs, verdict, monkeypatch):
    monkeypatch.setattr(definitions, "_CROSSWALK", pairs)
    assert structure.four_kinds_of_upgrading().verdict == verdict


def test_c18_fails_where_the_passes_do_not_agree(monkeypatch):
    weak = evidence.agreement(draws=2).assign(low=evidence.RELIABLE)
    monkeypatch.setattr(evidence, "agreement", lambda: weak)
    assert coding.framework_applies().verdict == "not supported"


def test_c18_fails_where_a_variable_could_never_be_scored(monkeypatch):
    cells = evidence.paired()
    place = (cells.index.get_level_values("cluster") == "yongkang") & (cells.index.get_level_values("variable") == "S")
    strong = evidence.agreement(draws=2).assign(low=evidence.RELIABLE + 0.01)
    monkeypatch.setattr(evidence, "agreement", lambda: strong)
    monkeypatch.setattr(evidence, "paired", lambda: cells[~place].reindex(cells.index))
    verdict = coding.framework_applies()
    assert verdict.verdict == "not supported"
    assert verdict.finding.startswith("43 of the 44")


def test_what_the_tests_could_return_adds_up_to_all_claims():
    every = claims.claims()
    best, found = re.sub(r"\bone\b", "1", s5_1_verdicts.counted(every)).split(" The verdict is ")
    full, total, *parts = map(int, re.findall(r"\d+", best))
    assert full + sum(parts) == total == len(every)
    assert sum(map(int, re.findall(r"\d+", found))) == total


@pytest.mark.parametrize("count", range(4))
def test_a_count_of_verdicts_is_a_sentence_for_few_claims_as_well(count):
    said = s5_1_verdicts.counted(claims.claims().iloc[: count + 1])
    assert re.fullmatch(r"Tests could have supported .+ in full.*\. The verdict is .+\.", said)
    assert not re.search(r"\b[01]\b", said)
