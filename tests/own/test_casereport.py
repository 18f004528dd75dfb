"""The page of a reader's own cluster: its figures stand whatever is left blank, and it says what is so."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.axes import Axes

from gumlib.cases import reports
from gumlib.cases.fitting.unfitted import forward
from gumlib.data.messages import words_in
from gumlib.figures import own_forward as courses
from gumlib.figures import s4_ledger as coded
from gumlib.figures import s4_outcomes
from gumlib.figures.card import Figure
from gumlib.own.cluster import findings, folder, html, modelled, report, sections
from gumlib.terms import CLUSTERS

SCORES = ("scores_a.csv", "scores_b.csv")


def change(base: Path, edit: Callable[[pd.DataFrame], pd.DataFrame], *names: str) -> Path:
    for name in names:
        edit(pd.read_csv(base / name, dtype=str, keep_default_na=False)).to_csv(base / name, index=False)
    return base


def scored(base: Path, query: str) -> Path:
    """Keep the rows of the scores for which the query holds."""
    return change(base, lambda table: table.astype({"year": int}).query(query), *SCORES)


def blank(base: Path, query: str) -> Path:
    """Blank the scores of the rows for which the query holds; the rows stay."""

    def edit(table: pd.DataFrame) -> pd.DataFrame:
        rows = table.astype({"year": int}).query(query).index
        table.loc[rows, ["score", "confidence", "evidence_ids"]] = ""
        return table

    return change(base, edit, *SCORES)


def axes_of(figure: Figure) -> list[Axes]:
    return figure._canvas.axes


def panel(figure: Figure, code: str) -> Axes:
    return next(axes for axes in axes_of(figure) if axes.get_title("left").startswith(f"{code} "))


def written(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def plain(content: str) -> str:
    """Return a page, or a part of one, as text without drawings and tables to unfold."""
    bare = re.sub(r"<(style|svg|details)\b.*?</\1>", "", content, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare))


@pytest.fixture
def undrawn(monkeypatch) -> None:
    """Leave the figures of a page out, where only its words are looked at."""
    monkeypatch.setitem(html._WRITERS, Figure, lambda figure, say: "")


@pytest.fixture
def scores_of(undrawn) -> Callable[[Path], str]:
    """Return a function that says what the page says of scores and passes."""

    def said(base: Path) -> str:
        case = folder.read_cluster(base)
        return plain(html.written(sections.coded(case)[0], sections.agreement(case)[0]))

    return said


@pytest.fixture
def told(undrawn) -> Callable[[Path], str]:
    """Return a function that says what the page says above the figure of the model."""
    return lambda base: html.written(modelled.model(folder.read_cluster(base))[0])


# Figures


@pytest.mark.parametrize(("gone", "lacking"), [("L", "L"), ("D", "D"), ("N", "U"), ("X", "U")])
def test_the_run_of_the_model_keeps_its_panels_where_a_variable_was_never_scored(pipes, gone, lacking):
    case = folder.read_cluster(scored(pipes, f"variable != '{gone}'"))
    figure = courses.course(case, forward(case, count=8))
    boxes = [axes.get_position() for axes in axes_of(figure)]
    assert min(box.width for box in boxes) > 0.18
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert [axes.get_title("left")[0] for axes in axes_of(figure) if "not coded" in written(axes)] == [lacking]
    assert figure.caption.endswith(f"on: {lacking}.")


def test_the_run_of_the_model_says_nothing_of_gaps_where_there_are_none(pipes):
    case = folder.read_cluster(pipes)
    figure = courses.course(case, forward(case, count=8))
    assert not any("not coded" in written(axes) for axes in axes_of(figure))
    assert "Not coded" not in figure.caption


@pytest.mark.parametrize("last", [1990, 1995, 2000, 2005, 2010])
def test_words_above_a_chronology_do_not_meet(pipes, last):
    figure = coded.chronology(folder.read_cluster(scored(pipes, f"year <= {last}")))
    (strip,) = axes_of(figure)
    assert f"{last}: last scores" in written(strip)
    boxes = [text.get_window_extent() for text in strip.texts]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_years_without_a_score_are_no_last_scores(pipes):
    assert "2005: last scores" in written(*axes_of(coded.chronology(folder.read_cluster(blank(pipes, "year > 2005")))))
    case = folder.read_cluster(blank(pipes, "year > 0"))
    figure = coded.chronology(case)
    assert not any("scores" in text for text in written(*axes_of(figure)))
    assert reports.overview(case)["after"] == 0
    assert " 0 later" in figure.alt


def quarrel(base: Path, *values: float) -> Figure:
    """Outcomes of the example, with other values for the two facts in dispute."""

    def edit(table: pd.DataFrame) -> pd.DataFrame:
        table.loc[table["conflict_with"] != "", "value"] = list(map(str, values))
        return table

    return s4_outcomes.outcomes(folder.read_cluster(change(base, edit, "ledger.csv")))


def test_a_dispute_is_a_span_and_no_growth(pipes):
    figure = quarrel(pipes, 20, 120)
    assert "Open marks are the 2 values in dispute" in figure.caption
    assert "is no growth" in figure.caption
    drawn = [line for axes in figure.draw(figure.data).axes for line in axes.lines if line.get_linestyle() != "None"]
    assert [sorted(line.get_ydata()) for line in drawn] == [[20, 120]]
    assert [len(set(line.get_xdata())) for line in drawn] == [1]


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_dashes_that_are_named_show_in_the_drawing(cluster):
    figure = s4_outcomes.outcomes(cluster)
    room = []
    for axes, (_, own) in zip(axes_of(figure), figure.data.groupby(["panel", "unit"], sort=False), strict=False):
        for line in axes.lines:
            if line.is_dashed():
                ends = axes.transData.transform(line.get_xydata()) * 72 / figure._canvas.dpi
                room += [float(((one - two) ** 2).sum() ** 0.5) - 6.4 for one, two in pairwise(ends)]
        assert own["value"].max() < axes.get_ylim()[1]
    said = "dashes join those of one dispute"
    assert (said in figure.caption) == any(gap > 4 for gap in room)
    assert (f"{said} that stand apart" in figure.caption) == (0 < sum(gap > 4 for gap in room) < len(room))


def test_values_below_zero_lie_within_their_panel(pipes):
    axes = axes_of(quarrel(pipes, -30, 120))[0]
    low, high = axes.get_ylim()
    assert low < -30 < 120 < high


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_the_years_stand_below_each_column_of_the_coded_levels(cluster):
    figure = coded.profile(cluster)
    shown = [code for code in "LIESPDGTNXK" if panel(figure, code).xaxis.get_tick_params()["labelbottom"]]
    assert shown == list("TNXK")


# Statements


def test_a_page_is_made_without_a_warning_where_scores_of_a_variable_do_not_vary(pipes):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "Krippendorff" in report.html(scored(pipes, "year == 2005"))


def test_passes_without_a_score_are_not_called_one_pass(pipes, scores_of):
    two = scores_of(pipes)
    assert "Only one pass" not in two
    assert "No cell of any pass is scored" in scores_of(blank(pipes, "year > 0"))


def test_a_second_pass_without_a_score_is_not_called_a_pass(pipes, scores_of):
    change(pipes, lambda table: table.assign(score="", confidence="", evidence_ids=""), "scores_b.csv")
    said = scores_of(pipes)
    assert "Only one pass holds scores" in said
    assert "a level is its score over five" in said


def test_governance_is_said_to_be_filled_in_as_it_is(pipes, told):
    said = told(pipes)
    assert "between coded epochs in a straight line." in said
    assert "nothing is known of cluster innovation: such a factor may start at any level." in said
    said = told(blank(pipes, "variable == 'G' and year in (1990, 2010)"))
    assert "in a straight line, before 1995 it stands as in 1995, after 2005 it stands as in 2005." in said
    assert "cluster innovation and cluster governance: such a factor" in said
    assert "any level, and governance is filled in as just said." in said
    said = told(blank(pipes, "variable == 'G' and year != 2000"))
    assert "Governance is coded in 2000 only; it stays at that level throughout." in said
    assert "straight" not in said
    assert "governance G in at least one epoch" in told(blank(pipes, "variable == 'G'"))


def test_only_governance_blank_at_the_start_is_named_too(pipes, told):
    change(
        pipes,
        lambda table: table.assign(score=table["score"].where(table["variable"] != "I", "1"), confidence="low"),
        *SCORES,
    )
    said = told(blank(pipes, "variable == 'G' and year == 1990"))
    assert "At the start nothing is known of cluster governance: governance is filled in as just said." in said


@pytest.mark.parametrize("keys", [["author"], ["title_en"], ["longitude", "latitude"]], ids=" ".join)
def test_what_cluster_csv_says_is_in_the_checksum(pipes, keys):
    first = checksum(pipes)
    change(pipes, lambda table: table.assign(value=table["value"].mask(table["key"].isin(keys), "12")), "cluster.csv")
    assert checksum(pipes) != first


def checksum(base: Path) -> str:
    return report.digest(folder.examine_folder(base))


def test_a_warning_is_in_the_checksum(pipes):
    first = checksum(pipes)
    text = (pipes / "ledger.csv").read_text(encoding="utf-8-sig")
    (pipes / "ledger.csv").write_text(text.replace(",", "\t"), encoding="utf-8")
    assert checksum(pipes) != first


def test_the_same_folder_elsewhere_gives_the_same_page(pipes, example):
    assert f"warnings: {checksum(pipes)}." in example
    assert report.html(pipes) == example


def test_the_page_says_once_whose_model_and_whose_cluster_it_is(example):
    said = plain(example)
    assert said.count("Wang Chuanbao (2010)") == 1
    assert "GVC (global value chain) perspective on the upgrading mechanism of local industrial clusters" in said
    assert "not one of the four of these books: its facts and scores are those of the author of the folder" in said
    assert not re.search(r"\b(ours|our|we|compendium)\b", said, flags=re.IGNORECASE)


def test_a_folder_with_the_name_of_a_shipped_cluster_is_not_said_to_be_another(pipes):
    change(pipes, lambda table: table.assign(value=table["value"].replace("pipes", "wenzhou")), "cluster.csv")
    change(pipes, lambda table: table.assign(cluster="wenzhou"), "ledger.csv", *SCORES)
    said = html.written(*report._lead(folder.read_cluster(pipes), folder.examine_folder(pipes).name, "en"))
    assert "bears the name of one of the four" in said
    assert "is not one of the four" not in said


def test_levels_that_several_variables_share_are_those_of_all(pipes, scores_of):
    assert "the highest level, 0.8 of 1, is that of social-capital upgrading;" in scores_of(
        blank(pipes, "year == 2010 and variable in ('S', 'P', 'G')")
    )


def test_ties_are_told_in_the_plural(pipes, scores_of):
    said = scores_of(pipes)
    assert "the highest levels, 0.8 of 1, are those of social capital, " in said
    assert " and social-capital upgrading;" in said


def given(base: Path, coder: str, scores: dict[tuple[int, str], str]) -> None:
    """Write a pass that gives these scores and no others."""

    def edit(table: pd.DataFrame) -> pd.DataFrame:
        cells = zip(table["year"].astype(int), table["variable"], strict=True)
        return table.assign(score=[scores.get(cell, "") for cell in cells], confidence="")

    (base / f"scores_{coder}.csv").write_bytes((base / "scores_a.csv").read_bytes())
    change(base, edit, f"scores_{coder}.csv")


@pytest.mark.parametrize(
    ("passes", "said"),
    [
        (("23", "43"), "In 2010 all coded levels are 0.6 of 1"),
        (("13", "22", "31"), "In 2010 all coded levels are 0.4 of 1"),
        (("34", "34", "43"), "level, 0.73 of 1, is that of cluster innovation; the lowest level, 0.67 of 1,"),
    ],
)
def test_levels_are_equal_whichever_scores_they_are_the_mean_of(pipes, passes, said):
    for coder, scores in zip("abc", passes, strict=False):
        given(pipes, coder, {(2010, code): score for code, score in zip("LIE", scores, strict=False)})
    assert said in sections.highest_and_lowest(folder.read_cluster(pipes))


def test_a_mean_that_only_rounding_moves_has_not_changed(pipes):
    for coder in "ab":
        ends = {1990: zip("LIE", "123", strict=True), 2010: zip("LIE", "321", strict=True)}
        given(pipes, coder, {(year, code): score for year, pairs in ends.items() for code, score in pairs})
    told = findings._rise(folder.read_cluster(pipes))
    assert "at both ends did not change, from 0.40 in 1990 to 0.40 in 2010" in told
    assert "2010年仍为0.40" in words_in("zh")(told)


def test_the_emptiest_row_of_a_chronology_holds_no_fact(pipes):
    change(pipes, lambda table: table[table["factor"] != "Z"], "ledger.csv")
    assert "the emptiest external pressure with 0." in coded.chronology(folder.read_cluster(pipes)).alt


# Sources


def addressed(base: Path, address: str, copies: int = 1) -> str:
    """Return the section on the sources after adding some with this address, each with a fact."""

    def more(table: pd.DataFrame) -> pd.DataFrame:
        rows = [table.iloc[[0]].assign(source_key=f"more{n}", url=address) for n in range(copies)]
        return pd.concat([table, *rows])

    def use(table: pd.DataFrame) -> pd.DataFrame:
        keys = [f"more{n}" for n in range(copies)]
        return table.assign(source_key=[*keys, *table["source_key"].iloc[copies:]])

    change(base, more, "sources.csv")
    change(base, use, "ledger.csv")
    return html.written(*sections.sources(folder.read_cluster(base)))


def test_an_address_on_the_web_is_a_link_and_any_other_is_text(pipes):
    content = addressed(pipes, 'https://example.org/a?b=1&c="x')
    assert "<a " not in content
    assert "example.org/a?b=1&amp;c=&quot;x" in content
    assert html.link("https://example.org/?a=1&b=2").startswith('<a href="https://example.org/?a=1&amp;b=2" ')
    assert html.link("HTTP://example.org/中") == '<a href="HTTP://example.org/中" rel="noreferrer">example.org/中</a>'
    for address in (
        "javascript:alert(1)",
        "ftp://example.org",
        "www.example.org",
        "https://a b",
        " https://a",
        "https://<x>",
    ):
        assert "<a" not in html.link(address)


def test_the_page_links_the_address_of_a_source(pipes):
    content = addressed(pipes, "https://example.org/a")
    assert '<td><a href="https://example.org/a" rel="noreferrer">example.org/a</a></td>' in content
    assert "<td>–</td></tr>" in content


def test_the_table_of_sources_says_how_many_there_are(pipes):
    assert "All sources" in html.written(*sections.sources(folder.read_cluster(pipes)))
    content = addressed(pipes, "", copies=8)
    assert "The 10 of 12 sources on which most facts rest." in content


def test_the_entry_is_dated_by_the_latest_source_and_its_key_is_ascii(pipes):
    entry = html.written(report.cite(folder.read_cluster(pipes), "A & B {x}", "00")[1])
    assert "@misc{gum-case-pipes,\n" in entry
    assert "year = {2012}" in entry
    assert r"A \&amp; B x" in entry
    change(pipes, lambda table: table.assign(year=""), "sources.csv")
    change(pipes, lambda table: table.assign(cluster="大唐"), "ledger.csv", *SCORES)
    change(pipes, lambda table: table[table["key"] != "name"], "cluster.csv")
    entry = html.written(report.cite(folder.read_cluster(pipes), "", "0123")[1])
    assert "@misc{gum-case-0123,\n" in entry
    assert "year =" not in entry
    assert "no source is dated" in entry


# Words and looks


def test_units_in_the_names_of_indicators_are_readable():
    assert reports.gaps("shaoxing")["about"].iloc[0] == "market area (m²)"
    for cluster in CLUSTERS:
        assert not reports.gaps(cluster)["about"].str.contains(r"\b(?:pct|m2|usd|cny)\b|_").any()
    assert reports.in_words("exports_usd_one_january") == "exports (USD) one january"
    assert reports.in_words("pctile_usda") == "pctile usda"


def test_a_figure_that_scrolls_shows_the_shade_of_the_book():
    def shade(text: str) -> list[str]:
        plain = re.sub(r"var\(--(?:ground|paper)\)", "GROUND", text).replace(" .7rem", " 0.7rem")
        found = re.findall(r"linear-gradient\(to (?:right|left), .*?(?:local|scroll)\b", plain)
        return [line for line in found if "rem" in line]

    root = Path(__file__).parents[2]
    book = shade((root / "book" / "assets" / "gum.css").read_text(encoding="utf-8"))
    own = (root / "gumlib" / "own" / "cluster" / "report.html").read_text(encoding="utf-8")
    assert len(book) == 4
    assert shade(own) == book
    assert ".pic, .wide { overflow-x: auto" in own
