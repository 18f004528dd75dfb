"""A model written for other programs says the same there: each file is read back and solved."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from gumlib.cli import main
from gumlib.dynamics import Parameters, export, simulate
from gumlib.errors import GumError
from gumlib.terms import FACTORS

YEARS = (5, 10, 30)
STEP = 0.05
UNEVEN = Parameters.uniform(
    0.7, np.linspace(0.01, 0.04, 6), np.linspace(0.1, 0.25, 6), exponent=2.5, governance_floor=0.2, own_share=0.4
)
PAGE = (0.5, 0.3, 0.4, 0.4, 0.3, 0.2)
CASES = {
    "even": (Parameters.uniform(), 0.3, 1.0),
    "page 2.3": (Parameters.uniform(total=0.6, baseline=0.02, decay=0.2), dict(zip(FACTORS, PAGE, strict=True)), 0.8),
    "uneven": (UNEVEN, dict(zip(FACTORS, np.linspace(0.1, 0.9, 6), strict=True)), 0.65),
}
XMILE = "{http://docs.oasis-open.org/xmile/ns/XMILE/v1.0}"


def from_table(frame: pd.DataFrame) -> tuple[dict, dict, dict]:
    """Return constants and formulas in order, rates, and starts."""
    formulas = {one.name: one.equation for one in frame[frame["kind"] != "stock"].itertuples()}
    stocks = list(frame[frame["kind"] == "stock"].itertuples())
    return formulas, {one.name: one.equation for one in stocks}, {one.name: one.start for one in stocks}


def from_xmile(text: str) -> tuple[dict, dict, dict]:
    """Read stocks, flows and auxiliaries as their specification says."""
    root = ElementTree.fromstring(text)
    assert (root.tag, root.find(f"{XMILE}sim_specs").get("method")) == (f"{XMILE}xmile", "RK4")
    parts = root.find(f"{XMILE}model/{XMILE}variables")
    equation = {one.get("name"): one.findtext(f"{XMILE}eqn") for one in parts}
    flows = {one.get("name"): one.findtext(f"{XMILE}inflow") for one in parts.findall(f"{XMILE}stock")}
    formulas = {one.get("name"): equation[one.get("name")] for one in parts.findall(f"{XMILE}aux")}
    rates = {stock: equation[flow] for stock, flow in flows.items()}
    return formulas, rates, {stock: float(equation[stock]) for stock in flows}


def from_sympy(text: str) -> tuple[dict, dict, dict]:
    """Run the module with names in place of symbols, each of which writes what is done with it."""

    class Said(str):
        def __hash__(self):
            return str.__hash__(self)

        __eq__ = str.__eq__

    for sign in ("add", "sub", "mul", "truediv", "pow"):
        written = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "pow": "^"}[sign]
        setattr(Said, f"__{sign}__", lambda one, two, by=written: Said(f"({one}{by}{two})"))
        setattr(Said, f"__r{sign}__", lambda one, two, by=written: Said(f"({two}{by}{one})"))
    held: dict = {}
    stand_in = SimpleNamespace(symbols=lambda names: [Said(name) for name in names.split()])
    kept, sys.modules["sympy"] = sys.modules.get("sympy"), stand_in
    try:
        exec(text, held)
    finally:
        sys.modules.pop("sympy") if kept is None else sys.modules.update(sympy=kept)
    as_text = {str(name): repr(value) for name, value in held["values"].items()}
    plain = [{str(name): one for name, one in held[part].items()} for part in ("rates", "start")]
    return as_text, {name: str(rate) for name, rate in plain[0].items()}, plain[1]


READERS = {
    "xmile": from_xmile,
    "csv": lambda text: from_table(pd.read_csv(io.StringIO(text), dtype={"equation": str})),
    "json": lambda text: from_table(pd.DataFrame(json.loads(text)["quantities"])),
    "sympy": from_sympy,
}


def solved(formulas: dict, rates: dict, start: dict, method: str = "RK4") -> dict[int, np.ndarray]:
    """Solve what was read by the classical Runge-Kutta method, or Euler's; return the stocks at each of the years."""
    lines = [f"{name} = {text}" for name, text in formulas.items()]
    lines += [f"rates = [{', '.join(rates.values())}]"]
    code = compile("\n".join(lines).replace("^", "**"), "model", "exec")

    def rate(stocks: np.ndarray) -> np.ndarray:
        room = dict(zip(start, stocks, strict=True))
        exec(code, {}, room)
        return np.array(room["rates"])

    now, kept = np.array(list(start.values())), {}
    for step in range(1, round(YEARS[-1] / STEP) + 1):
        first = rate(now)
        second = rate(now + STEP / 2 * first)
        third = rate(now + STEP / 2 * second)
        fourth = rate(now + STEP * third)
        slope = first if method == "Euler" else (first + 2 * second + 2 * third + fourth) / 6
        now = now + STEP * slope
        if round(step * STEP, 6) in YEARS:
            kept[round(step * STEP)] = now
    return kept


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("form", export.FORMATS)
def test_what_is_written_runs_to_the_same_levels(form, case):
    parameters, x0, governance = CASES[case]
    text = export.FORMATS[form][0](export.quantities(parameters, x0, governance), YEARS[-1])
    run = simulate(parameters, x0, YEARS[-1], governance, dt=STEP)
    found = solved(*READERS[form](text))
    for year in YEARS:
        expected = np.concatenate([run.levels[year], run.ways[year]])
        np.testing.assert_allclose(found[year], expected, rtol=0, atol=1e-9)


def by_pysd(file: Path) -> pd.DataFrame:
    """Return the stocks by year as PySD runs the file."""
    pysd = pytest.importorskip("pysd", reason="needs PySD")
    return pysd.read_xmile(str(file)).run(return_timestamps=YEARS)


def by_simlin(file: Path) -> pd.DataFrame:
    """Return the stocks by year as Simlin runs the file."""
    simlin = pytest.importorskip("simlin", reason="needs pysimlin")
    found = simlin.load(file).run().results
    return found.set_axis(found.index.to_numpy().round(6))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("program", "method"), [(by_pysd, "Euler"), (by_simlin, "RK4")], ids=["PySD", "Simlin"])
def test_a_program_that_reads_xmile_runs_to_the_same_levels(tmp_path, program, method, case):
    """PySD has no method but Euler's, so it is held to what that method gives."""
    told, file = export.quantities(*CASES[case]), tmp_path / "gum-mechanism.xmile"
    file.write_text(export.xmile(told, YEARS[-1]), encoding="utf-8")
    expected, found = solved(*from_xmile(file.read_text(encoding="utf-8")), method), program(file)
    found.columns = [re.sub(r"\W", "_", name.lower()) for name in found.columns]
    for year in YEARS:
        stocks = found.loc[year, [one.name for one in told if one.kind == "stock"]].astype(float)
        np.testing.assert_allclose(stocks, expected[year], rtol=0, atol=1e-8)


def test_a_page_offers_the_mechanism_in_every_format_and_the_same_bytes_each_time():
    first, again = (export.downloads(*CASES["page 2.3"], 20) for _ in range(2))
    assert first.files() == again.files()
    assert first.files()["gum-mechanism.xmile"].decode() == export.xmile(export.quantities(*CASES["page 2.3"]), 20)


def test_a_changed_constant_would_be_noticed():
    parameters, x0, governance = CASES["uneven"]
    text = export.xmile(export.quantities(parameters, x0, governance), 30).replace(">0.4<", ">0.41<")
    last = simulate(parameters, x0, 30, governance, dt=STEP).ways[30]
    assert np.abs(solved(*from_xmile(text))[30][6:] - last).max() > 1e-4


def test_every_quantity_has_a_unit_a_note_and_a_name_of_its_own():
    told = export.quantities(*CASES["uneven"])
    assert len({one.name for one in told}) == len(told)
    assert {one.unit for one in told} == {"1", "1/year"}
    assert all(one.note for one in told)
    assert sum(one.kind == "stock" for one in told) == 10


def test_a_batch_is_refused():
    with pytest.raises(GumError, match="expected one parameter set, got a batch"):
        export.quantities(Parameters.uniform(np.array([0.5, 0.6])), 0.3, 1.0)


def test_the_command_writes_the_file_it_is_asked_for(tmp_path):
    asked = ["model", "export", "--to", "xmile", "--out", str(tmp_path / "a.xmile"), "--governance", "0.7"]
    ended = CliRunner().invoke(main, asked)
    assert (ended.exit_code, ended.output) == (0, f"{tmp_path / 'a.xmile'}\n")
    written = (tmp_path / "a.xmile").read_text(encoding="utf-8")
    assert written == export.xmile(export.quantities(Parameters.uniform(), 0.3, 0.7), 30)
    refused = CliRunner().invoke(main, ["model", "export", "--to", "csv", "--governance", "1.7"])
    assert refused.exit_code == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--years 0", "expected a number from more than 0 to 1000, got 0; correct --years"),
        ("--years -5", "got -5; correct --years"),
        ("--years nan", "got nan; correct --years"),
        ("--years inf", "got inf; correct --years"),
        ("--governance nan", "expected a number from 0 to 1, got nan; correct --governance"),
        ("--start 1.5", "expected a number from 0 to 1, got 1.5; correct --start"),
        ("--out a.xlsx", "expected a file that ends in .xmile or .stmx or .xml, got 'a.xlsx'; correct --out or --to"),
    ],
)
def test_a_run_that_cannot_be_and_a_file_of_another_kind_are_refused(tmp_path, monkeypatch, options, said):
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(main, ["model", "export", "--to", "XMILE", *options.split()])
    assert (ended.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert said in ended.output
