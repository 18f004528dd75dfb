"""What a page on a reader's own cluster adds to its tables: findings, reasons, neighbours, levers, files."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from gumlib.cases import squeeze
from gumlib.cases.fitting.likelihood import pose
from gumlib.cases.fitting.projection import misses
from gumlib.cases.fitting.unfitted import forward
from gumlib.errors import GumError
from gumlib.figures.card import Figure
from gumlib.own.cluster import advice, compared, folder, html, inputs, modelled, report
from gumlib.own.cluster.case import Own
from gumlib.own.cluster.drawings import figure_files
from gumlib.own.cluster.pieces import Document, Section
from gumlib.policy import Worlds, desk, levers
from gumlib.terms import CLUSTERS, FACTORS, name

TABLES = ("ledger.csv", "scores_a.csv", "scores_b.csv")


def edit(base: Path, file: str, *pairs: tuple[str, str]) -> Path:
    text = (base / file).read_text(encoding="utf-8-sig")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (base / file).write_text(text, encoding="utf-8")
    return base


def context(base: Path, *rows: str) -> Path:
    (base / "context.csv").write_text("\n".join(["year,pressure", *rows, ""]), encoding="utf-8")
    return base


# A folder and what ships


@pytest.fixture
def namesake(pipes: Path) -> Path:
    """The invented cluster under the name of a shipped one."""
    edit(pipes, "cluster.csv", ("name,pipes", "name,wenzhou"))
    for file in TABLES:
        edit(pipes, file, ("pipes,", "wenzhou,"))
    return pipes


def test_a_folder_named_like_a_shipped_cluster_meets_no_stored_fit(namesake: Path) -> None:
    case = folder.read_cluster(namesake)
    assert case.name not in CLUSTERS
    with pytest.raises(GumError, match="wenzhou-own"):
        misses(case)


def test_series_of_china_serve_clusters_of_china_alone(pipes: Path) -> None:
    edit(pipes, "cluster.csv", ("industry,", "industry,c4"))
    assert folder.read_cluster(pipes).pressure.isna().all()
    assert folder.read_cluster(pipes).context.empty
    assert not pose([folder.read_cluster(pipes)]).squeeze.any()
    edit(pipes, "cluster.csv", ("country,", "country,Italy"))
    assert folder.read_cluster(pipes).pressure.isna().all()
    assert "The country is Italy, so no series" in html.written(modelled.model(folder.read_cluster(pipes))[0])
    edit(pipes, "cluster.csv", ("country,Italy", "country,China"))
    pd.testing.assert_series_equal(folder.read_cluster(pipes).pressure, squeeze.squeeze_path())
    assert len(folder.read_cluster(pipes).context)
    assert "measured for China, 1985 to 2010" in html.written(modelled.model(folder.read_cluster(pipes))[0])


def test_pressure_of_the_reader_comes_before_that_of_china(pipes: Path) -> None:
    edit(context(pipes, "2002,0.3", "2000,0.1"), "cluster.csv", ("country,", "country,China"))
    assert folder.faults(pipes).empty
    assert folder.read_cluster(pipes).pressure.dropna().to_dict() == {2000: 0.1, 2002: 0.3}
    assert pose([folder.read_cluster(pipes)]).squeeze.max() == 0.3
    assert "from context.csv, 2000 to 2002" in html.written(modelled.model(folder.read_cluster(pipes))[0])


@pytest.mark.parametrize(
    ("row", "said"),
    [("2000,much", "is a text"), ("85,1", "two figures"), ("2001,1\n2001,2", "row 2 already"), ("2001,", "empty")],
)
def test_a_context_that_is_none_is_named(pipes: Path, row: str, said: str) -> None:
    found = folder.faults(context(pipes, row))
    assert found.loc[found["severity"] == "error", "file"].tolist() == ["context.csv"]
    assert said in found["fault"].iloc[0]
    assert folder.faults(context(pipes))["severity"].tolist() == ["warning"]


# The page


def test_findings_come_first_and_say_what_the_sections_say(example: str) -> None:
    first = re.findall(r'<section id="(\w+)"', example)[0]
    assert first == "findings"
    found = re.search(r'<section id="findings".*?</section>', example, re.DOTALL)[0]
    assert "mean level of the 5 factors coded at both ends rose from 0.22 in 1990 to 0.66 in 2010" in found
    assert re.search(r"Of the 28 later levels .* of factors, and the upgrading index U in \d of 4 epochs", found)
    assert found.count("<li>") == 7


def test_the_verdict_adds_the_index_to_the_factors(pipes: Path) -> None:
    told = forward(folder.read_cluster(pipes), count=8)
    rows, last = told.frame, (told.frame["variable"] == "U") & (told.frame["year"] == 2010)
    middle = rows.loc[last & (rows["series"] == "gum"), "level"].item()
    moved = replace(told, frame=rows.assign(level=rows["level"].mask(last & (rows["series"] == "coded"), middle)))
    factors = round(told.misses.loc["gum", "inside"] * 24)
    assert f"coded, {factors + told.index[0]} (" in modelled.verdict(told)
    assert f"coded, {factors + told.index[0] + 1} (" in modelled.verdict(moved)
    assert f"the upgrading index U in {told.index[0] + 1} of 4 epochs" in modelled.verdict(moved)


def test_facts_without_a_year_and_reasons_are_shown(pipes: Path) -> None:
    edit(pipes, "ledger.csv", ("PI001,pipes,1988", "PI001,pipes,"))
    edit(pipes, "scores_a.csv", ("low,PI001,Invented.", "low,PI001,Kilns were <few>."))
    case = folder.read_cluster(pipes)
    shown, *others = (html.written(piece) for piece in inputs.facts(case))
    assert "One fact without a year" in shown
    assert "Journeymen carry the double kiln" in shown
    assert "Journeymen" not in "".join(others)
    reasons = html.written(*inputs.scores(case))
    assert "Kilns were &lt;few&gt;." in reasons
    links = set(re.findall(r'href="#(fact-\d+)"', reasons))
    assert links <= set(re.findall(r'id="(fact-\d+)"', shown + "".join(others)))
    assert len(links) > 15


def test_the_nearest_of_the_four_to_a_shipped_cluster_is_itself(shipped_folder: Path) -> None:
    said = compared.nearest(folder.read_cluster(shipped_folder))
    assert f"{name(shipped_folder.name)} in 2010 is nearest to this one in 2010" in said
    assert "differ by 0.00" in said


@pytest.fixture(params=["ningbo", "shaoxing"])
def shipped_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with the tables of a shipped cluster."""
    from gumlib import data

    base = tmp_path / request.param
    base.mkdir()
    for file in (*TABLES, "sources.csv"):
        table = pd.read_csv(data.folder() / "evidence" / file, dtype=str, keep_default_na=False)
        if "cluster" in table:
            table = table[table["cluster"] == request.param]
        table.to_csv(base / file, index=False)
    return base


def test_the_desk_opens_with_the_levels_of_the_cluster(pipes: Path) -> None:
    case = folder.read_cluster(pipes)
    row = case.table.loc[2010]
    for reading in advice.READINGS_OF_BOOK:
        found = desk.read_setting(desk.address(advice.setting(case, 2010, reading)))
        assert found["x"] == tuple(round(row[code], 2) for code in FACTORS)
        assert found["g"][0] == row["G"]
        assert found["r"] == (reading,)
    bare = html.written(*advice.advice(case))
    assert "<a " not in bare
    assert "<code>#g=0.8," in bare
    assert 'href="https://book.org/chapters/05/policy-desk.html#g=0.8,' in html.written(
        *advice.advice(case, "https://book.org/")
    )
    assert f'href="{pipes.as_uri()}/chapters' in html.written(*advice.advice(case, str(pipes)))


def test_levers_stand_in_both_readings_and_begin_where_governance_is_coded(pipes: Path) -> None:
    for file in TABLES[1:]:
        edit(pipes, file, ("pipes,2010,G,4,high", "pipes,2010,G,,"))
    case = folder.read_cluster(pipes)
    assert advice.start_year(case) == 2005
    table = advice.ranked_levers(case)
    assert {"fitted", "ranges"} <= set(table)
    assert "Joint trade defence" not in set(table["lever"])
    assert set(table["lever"].head(2)) == {"Covenant of the trade association", "Joint conference of public bodies"}
    edit(pipes, "cluster.csv", ("country,", "country,China"))
    assert "Joint trade defence" in set(advice.ranked_levers(folder.read_cluster(pipes))["lever"])


def test_pressure_of_china_acts_on_levers_in_china_alone(pipes: Path, monkeypatch) -> None:
    met: list[bool] = []

    def rank_levers(cases: list[Own], drawn: Worlds, *, start: int) -> pd.DataFrame:
        met.append(bool(drawn.theta.any()))
        return levers.rank_levers(cases, drawn, start=start)

    monkeypatch.setattr(advice, "levers", SimpleNamespace(rank_levers=rank_levers, YEARS=levers.YEARS))
    monkeypatch.setattr(advice, "_DRAWS", 2)
    for country in ("Italy", "China"):
        edit(pipes, "cluster.csv", ("country,", f"country,{country}"))
        advice.ranked_levers(folder.read_cluster(pipes))
        edit(pipes, "cluster.csv", (f"country,{country}", "country,"))
    assert met == [False, False, True, True]


def test_levers_say_that_pressure_of_the_reader_does_not_act_on_them(pipes: Path) -> None:
    edit(context(pipes, "2000,0.1", "2002,0.3"), "cluster.csv", ("country,", "country,China"))
    said = html.written(*advice.advice(folder.read_cluster(pipes)))
    assert "The pressure that context.csv gives for 2000 to 2002 does not act on them." in said
    assert "No pressure from outside is in these runs" in said


def test_figures_lie_beside_the_page_and_name_no_author_but_the_readers(pipes: Path, monkeypatch) -> None:
    case = folder.read_cluster(pipes)
    drawn = modelled.model(case)[1]
    page = Document("a page", "", (), (Section("model", "", (drawn,)),), ("", ""))
    monkeypatch.setattr(report, "report", lambda *_, **__: page)
    laid_out, lay_out = [], Figure._laid_out
    monkeypatch.setattr(Figure, "_laid_out", lambda figure: laid_out.append(figure.id) or lay_out(figure))
    report.write(pipes, pipes / "page.html")
    assert laid_out == [drawn.id]  # once for the page and for all files
    made = sorted((pipes / "page-figures").iterdir())
    assert [file.suffix for file in made] == [".csv", ".png", ".svg"]
    assert not any(b"compendium" in file.read_bytes() for file in made)
    assert len(pd.read_csv(made[0])) == len(drawn.data)


def test_the_lead_names_the_industry_and_the_place_of_a_cluster_abroad(pipes: Path) -> None:
    spots = ("longitude,", "longitude,-51.1"), ("latitude,", "latitude,-29.7")
    edit(pipes, "cluster.csv", ("industry,", "industry,c5"), ("country,", "country,Brazil"), *spots)
    case = folder.read_cluster(pipes)
    said = html.written(*report._lead(case, "pipes", "en"))
    assert "Its industry in the World Input-Output Tables is c5 (Leather, Leather and Footwear)." in said
    assert "It lies at 29.7° S, 51.1° W." in said
    assert "c5 (皮革" in html.written(*report._lead(case, "pipes", "zh"))


def test_a_letter_our_fonts_lack_stays_text_in_page_and_file(pipes: Path) -> None:
    edit(pipes, "cluster.csv", ("(invented example)", "세라믹"))
    edit(pipes, "ledger.csv", (",firms_count,", ",기업,"))
    figure = next(piece for piece in report.sections.outcomes(folder.read_cluster(pipes)) if isinstance(piece, Figure))
    assert "기업" in re.sub("<title.*?</desc>", "", html.svg(figure))
    assert "기업" in re.sub("<title.*?</desc>", "", figure_files(figure)[f"{figure.id}.svg"].decode())
