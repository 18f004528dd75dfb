"""Names and colours agree with each other, with the codebook and with the maps."""

from __future__ import annotations

from itertools import combinations

import pytest

from gumlib import data, terms
from gumlib.terms import CLUSTERS, FACTORS, TERMS, VARIABLES

OKABE_ITO = {"#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"}


def test_factors_have_distinct_colours_that_the_colour_blind_can_tell_apart():
    colours = [TERMS[code].colour for code in FACTORS]
    assert len(set(colours)) == len(FACTORS)
    assert set(colours) <= OKABE_ITO


def test_a_way_and_its_mechanism_share_the_colour_of_their_factor():
    for factor, way in terms.WAY_OF.items():
        assert TERMS[way].colour == TERMS[f"m{way}"].colour == TERMS[factor].colour


def test_names_are_those_of_the_codebook():
    book = data.read("codebook").drop_duplicates("variable").set_index("variable")
    assert list(book.index) == list(VARIABLES)
    for code in VARIABLES:
        said = book.loc[code, ["name_en", "name_zh", "group"]].tolist()
        assert [terms.sentence(code), TERMS[code].chinese, TERMS[code].group] == said


@pytest.mark.parametrize("field", ["code", "name", "chinese"])
def test_no_two_terms_are_called_alike(field):
    outcome = {"U", "O"}
    for one, other in combinations(TERMS.values(), 2):
        if {one.code, other.code} != outcome:
            assert getattr(one, field) != getattr(other, field)


@pytest.mark.parametrize("name", ["ledger", "scores_a", "scores_b"])
def test_data_know_no_other_cluster(name):
    assert set(data.read(name)["cluster"]) == set(CLUSTERS)


def test_epochs_are_those_that_were_scored():
    assert tuple(sorted(set(data.read("scores_a")["year"]))) == terms.EPOCHS


def test_every_cluster_is_on_the_map():
    points = {feature["properties"]["id"] for feature in data.features("clusters")}
    areas = {
        feature["properties"]["name_en"]
        for name in ("cluster-counties", "zhejiang-prefectures")
        for feature in data.features(name)
    }
    assert {cluster.point for cluster in CLUSTERS.values()} <= points
    assert {cluster.area for cluster in CLUSTERS.values()} <= areas


def test_a_short_name_fits_a_panel_and_is_unlike_the_others_of_its_group():
    for group in ((*FACTORS, "G"), terms.WAYS):
        named = [terms.short(code) for code in group]
        assert len(set(named)) == len(group)
        assert max(map(len, named)) <= 21


def test_sentence_raises_the_first_letter_only():
    assert terms.sentence("E") == "Insertion in the GVC"
    assert terms.sentence("ningbo") == "Ningbo"
