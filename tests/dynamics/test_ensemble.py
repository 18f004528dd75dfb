"""Many runs: the same bits in any chunks and on any workers, stores that survive a kill, known indices."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import numpy as np
import pandas as pd
import pytest

from gumlib import dynamics
from gumlib.dynamics import MODELS, Path, ensemble
from gumlib.dynamics.ensemble import COLUMNS, RANGES, VARIED, Study, draws, runs
from gumlib.dynamics.ensemble.sobol import saltelli
from gumlib.dynamics.ensemble.store import open_store
from gumlib.errors import GumError

QUICK = {"years": 3, "dt": 0.25}
STUDY = Study(64, seed=3, governance=0.7, **QUICK)
ISHIGAMI = dict.fromkeys(("x1", "x2", "x3"), (-np.pi, np.pi))


def ishigami(x):
    return (np.sin(x["x1"]) + 7 * np.sin(x["x2"]) ** 2 + 0.1 * x["x3"] ** 4 * np.sin(x["x1"])).to_numpy()


@pytest.fixture(scope="module")
def whole():
    return ensemble.run(STUDY)


@pytest.fixture(scope="module")
def client():
    from distributed import Client, LocalCluster

    options = {"n_workers": 2, "processes": True, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        yield client


@pytest.fixture
def chunks_run(monkeypatch):
    """Numbers of the chunks computed, in order."""
    numbers, compute = [], runs.run_chunk

    def counted(study, chunk, number):
        numbers.append(number)
        return compute(study, chunk, number)

    monkeypatch.setattr(runs, "run_chunk", counted)
    return numbers


# Draws


@pytest.mark.parametrize("chunk", [1, 3, 16, 31, 64])
def test_points_made_piece_by_piece_are_those_of_the_whole(chunk):
    parts = [(first, min(first + chunk, 64)) for first in range(0, 64, chunk)]
    assert np.array_equal(np.concatenate([draws.unit(64, 5, part) for part in parts]), draws.unit(64, 5))


def test_points_outside_the_draws_or_of_another_width_are_refused():
    with pytest.raises(GumError, match="expected a part of the 8 draws, got 4 to 9"):
        draws.unit(8, 1, part=(4, 9))
    with pytest.raises(GumError, match="expected 45 columns"):
        draws.table(np.zeros((2, 3)))


def test_a_parameter_left_out_stands_in_the_middle_and_is_common_to_all_draws():
    made = draws.parameters(pd.DataFrame({"decay_S": [0.1, 0.2]}), middle=True)
    assert made.draws == 2
    assert made.exponent == 3
    assert made.weights.shape == (6, 6)
    assert made.weights.sum(axis=1) == pytest.approx(np.full(6, 0.6))
    assert made.decay[:, 3].tolist() == [0.1, 0.2]


def test_a_table_with_a_column_too_few_or_too_many_is_refused():
    with pytest.raises(GumError, match="baseline_D is missing"):
        draws.parameters(pd.DataFrame({"total": [0.5]}))
    with pytest.raises(GumError, match="expected columns among RANGES, got 'luck'"):
        draws.parameters(pd.DataFrame({"luck": [0.5]}), middle=True)


# Runs


def test_outcomes_are_the_ends_of_the_runs(whole):
    run = dynamics.simulate(ensemble.sample(64, seed=3), 0.1, 3, 0.7, every=3, dt=0.25)
    assert np.array_equal(whole.levels, run.levels[:, -1])
    assert np.array_equal(whole.ways, run.ways[:, -1])
    for name in ("capability", "autonomy", "index"):
        assert np.array_equal(getattr(whole, name), getattr(run, name)[:, -1])
    assert list(whole.to_frame().columns) == list(COLUMNS)


@pytest.mark.parametrize("chunk", [1, 7, 32, 64, 1000])
def test_no_bit_depends_on_the_size_of_chunks(whole, chunk):
    assert np.array_equal(ensemble.run(STUDY, chunk=chunk).values, whole.values)


@pytest.mark.parametrize("model", list(MODELS))
def test_no_bit_of_a_rival_under_policy_and_shocks_depends_on_chunks(model):
    setting = {"policy": {"L": Path.pulse(0.1, 1, 1)}, "shocks": {"D": 0.05}, "x0": [0.3] * 6}
    study = Study(64, 1, pd.Series({0: 0.2, 2: 0.9}), model=model, **setting, **QUICK)
    assert np.array_equal(ensemble.run(study, chunk=13).values, ensemble.run(study).values)


@pytest.mark.parametrize("chunk", [5, 16, 64])
@pytest.mark.parametrize("stored", [False, True])
def test_two_workers_give_the_bits_of_one_process(whole, client, chunk, stored, tmp_path):
    store = tmp_path / "runs.zarr" if stored else None
    assert np.array_equal(ensemble.run(STUDY, chunk=chunk, client=client, store=store).values, whole.values)
    if stored:
        assert np.array_equal(ensemble.run(STUDY, store=store).values, whole.values)


def test_an_error_on_a_worker_reaches_the_caller(client):
    with pytest.raises(GumError, match="shorten dt"):
        ensemble.run(Study(64, 1, 0.7, years=60, dt=30), chunk=4, client=client)


def test_the_bar_is_shown_when_asked(whole, capsys):
    assert np.array_equal(ensemble.run(STUDY, progress=True).values, whole.values)
    shown = capsys.readouterr().err
    assert "64.0/64.0" in shown
    ensemble.run(STUDY)
    assert capsys.readouterr().err == ""


def test_runs_that_make_no_sense_are_refused():
    with pytest.raises(GumError, match="expected one draw or more in a chunk, got 0"):
        ensemble.run(STUDY, chunk=0)
    with pytest.raises(GumError, match=r"expected a dask.distributed.Client, got str"):
        ensemble.run(STUDY, client="localhost")


MEASURED = """
    from gumlib.dynamics.ensemble import Study, run
    def peak():
        lines = open("/proc/self/status").read().splitlines()
        return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    run(Study(64, 1, 0.7, years=0.5, dt=0.25))
    before = peak()
    outcomes = run(Study(1 << 20, 1, 0.7, years=0.5, dt=0.25))
    print((peak() - before) / outcomes.values.nbytes)
"""


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the peak from /proc")
def test_a_million_draws_need_little_more_memory_than_their_outcomes():
    command = [sys.executable, "-c", textwrap.dedent(MEASURED)]
    assert 1 <= float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) < 1.5


# Studies


def test_a_study_survives_json_and_its_fingerprint_sees_every_field():
    base = {"count": 8, "seed": 1, "governance": 0.5}
    changed = [
        {"count": 16},
        {"seed": 2},
        {"governance": 0.6},
        {"x0": 0.2},
        {"years": 10},
        {"policy": {"L": 0.1}},
        {"shocks": {"S": 0.1}},
        {"model": "linear"},
        {"dt": 0.1},
        {"engine": "fast"},
    ]
    assert {name for change in changed for name in change} == set(Study.__dataclass_fields__)
    studies = [Study(**base), *(Study(**base | change) for change in changed)]
    assert len({study.fingerprint for study in studies}) == len(studies)
    for study in studies:
        assert Study.from_json(study.to_json()) == study
        assert hash(Study.from_json(study.to_json())) == hash(study)
    assert studies[0] != "a study"


def test_the_fingerprint_sees_the_ranges(monkeypatch):
    before = STUDY.fingerprint
    monkeypatch.setitem(RANGES, "total", (0.3, 0.8))
    assert STUDY.fingerprint != before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"count": 60}, "power of two"),
        ({"count": 0}, "power of two"),
        ({"engine": "steam"}, "expected one of numpy, fast"),
        ({"model": "magic"}, "expected one of gum"),
        ({"governance": 1.2}, "governance from 0 to 1"),
        ({"governance": [0.1, 0.2]}, "expected governance common to all draws"),
        ({"x0": np.full((2, 6), 0.1)}, "expected x0 common to all draws"),
        ({"policy": np.full((2, 6), 0.1)}, "expected policy common to all draws"),
    ],
)
def test_a_study_that_makes_no_sense_is_refused(change, said):
    with pytest.raises(GumError, match=said):
        Study(**{"count": 64, "seed": 1, "governance": 0.5} | change)


def test_json_that_is_no_study_is_refused():
    with pytest.raises(GumError, match="write it with to_json"):
        Study.from_json(json.dumps({"count": 8}))


# Stores

KILLED = """
    import sys, time
    from gumlib.dynamics.ensemble import Study, run, runs
    compute = runs.run_chunk
    def slow(study, chunk, number):
        time.sleep(0.15)
        return compute(study, chunk, number)
    runs.run_chunk = slow
    run(Study.from_json(sys.argv[1]), chunk=4, store=sys.argv[2])
"""


def finished(store):
    """Numbers of the chunks marked as done."""
    return {int(file.name) for file in (store / "done" / "c").glob("*") if file.name.isdigit()}


def test_a_run_that_was_killed_goes_on_without_losing_or_repeating_a_chunk(tmp_path, whole, chunks_run):
    store = tmp_path / "runs.zarr"
    command = [sys.executable, "-c", textwrap.dedent(KILLED), STUDY.to_json(), str(store)]
    process = subprocess.Popen(command)
    deadline = time.monotonic() + 50
    while len(finished(store)) < 3 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    done = finished(store)
    assert 3 <= len(done) < 16
    assert np.array_equal(ensemble.run(STUDY, store=store).values, whole.values)
    assert sorted(chunks_run) == sorted(set(range(16)) - done)
    chunks_run.clear()
    assert np.array_equal(ensemble.run(STUDY, store=store).values, whole.values)
    assert chunks_run == []


@pytest.mark.parametrize("fault", ["unmarked", "cut short", "one bit", "gone", "mark cut short"])
def test_a_torn_chunk_is_run_again(tmp_path, whole, chunks_run, fault):
    store = tmp_path / "runs.zarr"
    ensemble.run(STUDY, chunk=20, store=store)
    chunks_run.clear()
    values, mark = store / "values" / "c" / "2" / "0", store / "done" / "c" / "2"
    bits = values.read_bytes()
    if fault == "unmarked":
        mark.unlink()
    elif fault == "mark cut short":
        mark.write_bytes(mark.read_bytes()[:3])
    elif fault == "gone":
        values.unlink()
    else:
        values.write_bytes(bits[:100] if fault == "cut short" else bits[:100] + bytes([bits[100] ^ 1]) + bits[101:])
    assert np.array_equal(ensemble.run(STUDY, store=store).values, whole.values)
    assert chunks_run == [2]
    assert values.read_bytes() == bits


def test_a_store_refuses_another_study(tmp_path, monkeypatch):
    store = tmp_path / "runs.zarr"
    ensemble.run(STUDY, store=store)
    other = Study(64, seed=3, governance=0.8, policy={"L": 0.1}, **QUICK)
    with pytest.raises(GumError, match=r"they differ in governance, policy; name another folder than runs\.zarr"):
        ensemble.run(other, store=store)
    monkeypatch.setitem(RANGES, "total", (0.3, 0.8))
    with pytest.raises(GumError, match="ranges or version of gumlib have changed"):
        ensemble.run(STUDY, store=store)


def test_a_store_keeps_its_chunks_and_a_folder_of_something_else_is_refused(tmp_path):
    store, other = tmp_path / "deep" / "runs.zarr", tmp_path / "letters"
    assert open_store(store, STUDY, 1000).chunk == 64
    assert open_store(store, STUDY, 7).chunk == 64
    other.mkdir()
    (other / "letter.txt").write_text("dear reader")
    with pytest.raises(GumError, match="expected a store of gumlib in"):
        ensemble.run(STUDY, store=other)
    assert [file.name for file in other.iterdir()] == ["letter.txt"]


def test_a_store_the_workers_cannot_see_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "_spread", lambda *_: iter([(0, None)]))
    with pytest.raises(GumError, match="let all workers see the folder"):
        ensemble.run(STUDY, store=tmp_path / "runs.zarr", client=type("Client", (), {"submit": None}))


def test_what_is_missing_is_named_with_the_extra_and_nothing_heavy_is_imported_early(monkeypatch, tmp_path):
    heavy = ("dask", "distributed", "zarr", "SALib", "tqdm", "numba", "matplotlib")
    code = f"import sys, gumlib.dynamics.ensemble; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
    monkeypatch.setitem(sys.modules, "zarr", None)
    with pytest.raises(GumError, match=r'expected zarr, .* pip install "gumlib\[ensemble\]"'):
        ensemble.run(STUDY, store=tmp_path / "runs.zarr")


# Sensitivity


def test_the_design_is_that_of_salib():
    from SALib.sample import sobol

    ranges, seen = {name: RANGES[name] for name in VARIED}, []

    def evaluate(values):
        seen.append(values.to_numpy())
        return values.sum(axis=1).to_numpy()

    ensemble.evaluations(evaluate, ranges, 32, seed=7, rows=300)
    problem = {"num_vars": len(ranges), "names": list(ranges), "bounds": [list(pair) for pair in ranges.values()]}
    theirs = sobol.sample(problem, 32, calc_second_order=False, seed=np.random.default_rng(7))
    assert len(seen) == 5
    assert np.array_equal(np.concatenate(seen), theirs)
    assert saltelli(np.arange(4.0)[None]).tolist() == [[0, 1], [2, 1], [0, 3], [2, 3]]


def test_indices_of_the_ishigami_function():
    found = ensemble.sobol_indices(ensemble.evaluations(ishigami, ISHIGAMI, 1 << 13, seed=1))
    table = found.pivot(index="parameter", columns="order", values="index")
    v1, v2, v13 = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 49 / 8, 0.01 * np.pi**8 * 8 / 225
    whole = v1 + v2 + v13
    assert table["first"].to_numpy() == pytest.approx(np.array([v1, v2, 0]) / whole, abs=0.02)
    assert table["total"].to_numpy() == pytest.approx(np.array([v1 + v13, v2, v13]) / whole, abs=0.02)
    assert ((found["low"] <= found["index"]) & (found["index"] <= found["high"])).all()


def test_an_index_below_zero_has_an_interval_that_holds_zero():
    found = ensemble.sobol_indices(ensemble.evaluations(ishigami, ISHIGAMI, 256, seed=1))
    nothing = found[(found["parameter"] == "x3") & (found["order"] == "first")].iloc[0]
    assert nothing["low"] < 0 < nothing["high"]


def test_too_few_base_points_are_flagged():
    few = ensemble.convergence(ensemble.evaluations(ishigami, ISHIGAMI, 64, seed=1))
    many = ensemble.convergence(ensemble.evaluations(ishigami, ISHIGAMI, 1 << 13, seed=1))
    assert not few["settled"].any()
    assert many["bases"].tolist() == [2048, 4096, 8192] * 2
    assert many.loc[many["bases"] == 8192, "settled"].all()
    assert dict(zip(many["order"], many["parameter"], strict=True)) == {"first": "x2", "total": "x1"}
    whole = ensemble.history(ensemble.evaluations(ishigami, ISHIGAMI, 64, seed=1))
    quarter = whole[whole["bases"] == 16].drop(columns="bases").reset_index(drop=True)
    assert quarter.equals(ensemble.sobol_indices(ensemble.evaluations(ishigami, ISHIGAMI, 16, seed=1)))


def test_indices_of_a_study_do_not_depend_on_pieces_and_name_what_matters():
    study = Study(128, seed=2, governance=0.8, years=10, dt=0.25)
    varied = ("total", "decay_S", "weight_PL")
    one = ensemble.study_evaluations(study, varied)
    values = draws.parameters(
        pd.DataFrame(
            saltelli(draws.sobol(6, 2, 0, 128)) * [RANGES[name][1] - RANGES[name][0] for name in varied]
            + [RANGES[name][0] for name in varied],
            columns=list(varied),
        ),
        middle=True,
    )
    assert np.array_equal(one.values.ravel(), study.end(values)[:, COLUMNS.index("U")])
    table = ensemble.sensitivity(study, varied)
    total = table[table["order"] == "total"].set_index("parameter")["index"]
    assert total.idxmin() == "weight_PL"
    assert total[["total", "decay_S"]].min() > 0.1


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ensemble.sensitivity(STUDY, ("luck",)), "expected one of total"),
        (lambda: ensemble.sensitivity(STUDY, output="GDP"), "expected one of L, I"),
        (lambda: ensemble.evaluations(ishigami, ISHIGAMI, 60, seed=1), "power of two"),
        (lambda: ensemble.evaluations(ishigami, {}, 64, seed=1), "one parameter or more"),
        (lambda: ensemble.evaluations(lambda x: x, ISHIGAMI, 8, seed=1), "a finite number for each of 40 rows"),
        (lambda: ensemble.evaluations(lambda x: x["x1"] * np.nan, ISHIGAMI, 8, seed=1), "a finite number"),
        (
            lambda: ensemble.sobol_indices(ensemble.evaluations(lambda x: np.ones(len(x)), ISHIGAMI, 8, seed=1)),
            "it is constant",
        ),
        (lambda: ensemble.convergence(ensemble.evaluations(ishigami, ISHIGAMI, 8, seed=1)), "16 base points or more"),
    ],
)
def test_a_sensitivity_that_makes_no_sense_is_refused(call, said):
    with pytest.raises(GumError, match=said):
        call()
