"""The mechanism: known answers, order, bounds, and the same numbers from three integrators.

All tests that need the compiled integrator stand here, so that one process compiles it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmarks import reference
from gumlib import dynamics
from gumlib.dynamics import MODELS, Parameters, Path, Rival, ensemble, equilibria, extremes, scalar, simulate
from gumlib.dynamics.__main__ import main
from gumlib.dynamics.parameters import edges
from gumlib.errors import GumError
from gumlib.terms import AUXILIARY, BASIC, FACTORS

SIX = len(FACTORS)
EVEN = Parameters.uniform()
COOPERATIVE = [name for name, rival in MODELS.items() if rival.cooperative]
levels = arrays(float, SIX, elements=st.floats(0, 1))
governances = st.floats(0, 1)
quick = settings(max_examples=25)


@st.composite
def parameter_sets(draw):
    weights = draw(arrays(float, (SIX, SIX), elements=st.floats(0, 0.3))) * edges()
    return Parameters(
        baseline=draw(arrays(float, SIX, elements=st.floats(0, 0.1))),
        weights=weights,
        decay=draw(arrays(float, SIX, elements=st.floats(0.05, 0.4))),
        exponent=draw(st.sampled_from([1.0, 2.0, 3.0, 2.5])),
        half_saturation=draw(st.floats(0.2, 0.8)),
        governance_floor=draw(st.floats(0, 0.5)),
        lag_rate=draw(st.floats(0.1, 1)),
        own_share=draw(st.floats(0, 1)),
    )


def end(parameters, x0, governance, years=30.0, **options):
    return simulate(parameters, x0, years, governance, every=years, dt=0.25, **options)


# Known answers


@pytest.mark.parametrize(
    ("governance", "least", "unstable", "greatest"),
    [
        (0.5, 0.1009, None, 0.1009),
        (0.6, 0.1040, 0.3147, 0.5000),
        (0.9, 0.1212, 0.1780, 0.6665),
        (1.0, 0.6959, None, 0.6959),
    ],
)
def test_equilibria_of_the_default_parameters(governance, least, unstable, greatest):
    table = equilibria(EVEN, governance)
    assert list(table.columns) == list(FACTORS)
    assert (table.loc["least"].round(4) == least).all()
    assert (table.loc["greatest"].round(4) == greatest).all()
    assert ("unstable" in table.index) == (unstable is not None)
    if unstable is not None:
        assert (table.loc["unstable"].round(4) == unstable).all()


@pytest.fixture(scope="module")
def edge() -> pd.Series:
    return dynamics.thresholds(EVEN).iloc[0]


@pytest.mark.no_cover
def test_folds_by_search_and_by_root_finding(edge):
    folds = scalar.diagonal(EVEN).folds()["governance"]
    assert edge["rise"] == pytest.approx(folds["rise"], abs=2e-6)
    assert edge["fall"] == pytest.approx(folds["fall"], abs=2e-6)
    assert (round(edge["rise"], 3), round(edge["fall"], 3)) == (0.975, 0.558)


@quick
@given(st.floats(0.45, 0.8), st.floats(0.01, 0.04), st.floats(0.15, 0.25), governances)
def test_the_diagonal_follows_the_scalar_equation(total, baseline, decay, governance):
    parameters = Parameters.uniform(total, baseline, decay)
    roots = scalar.diagonal(parameters).roots(governance)
    low, high = extremes(parameters, governance)
    if min(abs(np.diff(roots)), default=1) > 1e-3:
        assert low == pytest.approx(np.full(SIX, roots[0]), abs=1e-8)
        assert high == pytest.approx(np.full(SIX, roots[-1]), abs=1e-8)


def test_the_command_prints_the_table(capsys):
    main()
    assert "0.1040    0.3147    0.5000" in capsys.readouterr().out


def test_without_lock_in_there_are_no_thresholds():
    assert dynamics.thresholds(Parameters.uniform(total=0.1)).isna().all(axis=None)


@pytest.mark.no_cover
def test_a_floor_under_governance_moves_the_thresholds_as_it_must(edge):
    moved = dynamics.thresholds(EVEN.replace(governance_floor=0.4)).iloc[0]
    assert moved["rise"] == pytest.approx((edge["rise"] - 0.4) / 0.6, abs=1e-5)


# Order and bounds


@quick
@given(parameter_sets(), levels, governances, st.sampled_from(list(MODELS)))
def test_levels_and_ways_stay_between_zero_and_one(parameters, x0, governance, model):
    run = simulate(parameters, x0, 20, governance, model=model, dt=0.25)
    for values in (run.levels, run.ways, run.index):
        assert (values >= 0).all()
        assert (values <= 1 + 1e-12).all()


@quick
@given(parameter_sets(), levels, levels, governances, st.sampled_from(COOPERATIVE))
def test_a_higher_start_never_ends_lower(parameters, one, other, governance, model):
    low, high = np.minimum(one, other), np.maximum(one, other)
    ends = [end(parameters, x0, governance, model=model) for x0 in (low, high)]
    assert (ends[1].levels - ends[0].levels >= -1e-9).all()
    assert (ends[1].ways - ends[0].ways >= -1e-9).all()


@pytest.mark.no_cover
@quick
@given(parameter_sets(), levels, governances, st.sampled_from(FACTORS), st.floats(0, 0.3))
def test_more_push_more_growth_more_governance_never_lower_a_level(parameters, x0, governance, factor, more):
    base = end(parameters, x0, governance).levels
    at = FACTORS.index(factor)
    stronger = parameters.weights.copy()
    stronger[at] += more * edges()[at]
    raised = parameters.baseline + more * np.eye(SIX)[at]
    for higher in (
        end(parameters, x0, governance, policy={factor: more}),
        end(parameters.replace(baseline=raised), x0, governance),
        end(parameters.replace(weights=stronger), x0, governance),
        end(parameters, x0, min(1.0, governance + more)),
    ):
        assert (higher.levels - base >= -1e-9).all()


@quick
@given(parameter_sets(), levels, governances, st.sampled_from(FACTORS), st.floats(0, 0.3))
def test_more_decay_and_shocks_never_raise_a_level(parameters, x0, governance, factor, more):
    base = end(parameters, x0, governance).levels
    faster = parameters.decay + more * np.eye(SIX)[FACTORS.index(factor)]
    for lower in (
        end(parameters, x0, governance, shocks={factor: more}),
        end(parameters.replace(decay=faster), x0, governance),
    ):
        assert (lower.levels - base <= 1e-9).all()


@pytest.mark.no_cover
@quick
@given(parameter_sets(), levels, governances)
def test_every_run_ends_between_the_least_and_the_greatest_equilibrium(parameters, x0, governance):
    low, high = extremes(parameters, governance)
    last = end(parameters, x0, governance, years=400.0).levels[-1]
    assert (low <= high + 1e-12).all()
    assert (last >= low - 1e-3).all()
    assert (last <= high + 1e-3).all()


@quick
@given(parameter_sets(), levels, governances, st.permutations(range(4)), st.booleans())
def test_renaming_factors_within_their_group_renames_the_result(parameters, x0, governance, order, swap):
    order = [*order, *((5, 4) if swap else (4, 5))]
    renamed = parameters.replace(
        baseline=parameters.baseline[order],
        decay=parameters.decay[order],
        weights=parameters.weights[np.ix_(order, order)],
    )
    first, second = end(parameters, x0, governance), end(renamed, x0[order], governance)
    assert second.levels == pytest.approx(first.levels[:, order], abs=1e-12)
    assert second.ways == pytest.approx(first.ways[:, order[:4]], abs=1e-12)


# The integrators


@settings(max_examples=15)
@given(parameter_sets(), levels, governances, governances)
def test_the_engine_agrees_with_the_error_controlled_reference(parameters, x0, before, after):
    forces = {"policy": {"L": Path.pulse(0.1, 3.3, 4)}, "shocks": {"E": Path.pulse(0.2, 6, 2), "D": 0.05}}
    path = Path.step(before, after, at=5)
    exact = reference.solve(parameters, x0, 15, path, **forces)
    quick_run = simulate(parameters, x0, 15, path, **forces)
    assert quick_run.levels == pytest.approx(exact.levels, abs=1e-6)
    assert quick_run.ways == pytest.approx(exact.ways, abs=1e-6)


@settings(max_examples=15)
@given(parameter_sets(), levels, governances, st.sampled_from(list(MODELS)))
def test_the_compiled_engine_equals_the_default_one(parameters, x0, governance, model):
    forces = {"policy": {"L": Path.pulse(0.1, 3.3, 4)}, "shocks": {"E": 0.05}}
    runs = [
        simulate(parameters, x0, 20, governance, model=model, engine=engine, **forces) for engine in ("numpy", "fast")
    ]
    assert np.abs(runs[0].levels - runs[1].levels).max() < 1e-12
    assert np.abs(runs[0].ways - runs[1].ways).max() < 1e-12


def test_the_error_falls_with_the_fourth_power_of_the_step():
    parameters = Parameters.uniform(decay=[0.1, 0.2, 0.3, 0.2, 0.1, 0.2])
    path = pd.Series([0.2, 1.0, 0.4], index=[0, 4, 8])
    exact = simulate(parameters, 0.4, 8, path, every=8, dt=1 / 64).levels[-1]
    errors = [
        np.abs(simulate(parameters, 0.4, 8, path, every=8, dt=dt).levels[-1] - exact).max() for dt in (1, 0.5, 0.25)
    ]
    orders = np.log2(np.divide(errors[:-1], errors[1:]))
    assert (orders > 3.6).all()
    assert (orders < 4.6).all()


@pytest.mark.parametrize("engine", ["numpy", "fast"])
def test_a_draw_gives_the_same_bits_alone_and_in_any_company(engine):
    rng = np.random.default_rng(3)
    batch = Parameters.uniform(total=rng.uniform(0.4, 0.8, 1500), exponent=rng.uniform(2, 4, 1500))
    x0, governance = rng.random((1500, SIX)), rng.random(1500)
    whole = simulate(batch, x0, 3, governance, engine=engine)
    for draws in (slice(7, 8), slice(1020, 1031), slice(100, 1101)):
        part = simulate(batch.take(draws), x0[draws], 3, governance[draws], engine=engine)
        assert np.array_equal(part.levels, whole.levels[draws])
        assert np.array_equal(part.ways, whole.ways[draws])


@pytest.mark.slow
def test_no_bit_of_the_compiled_engine_depends_on_chunks():
    quick = {"years": 3, "dt": 0.25}
    study = ensemble.Study(512, seed=3, governance=0.7, engine="fast", **quick)
    fast = ensemble.run(study).values
    for chunk in (1 << 6, 129, 300):
        assert np.array_equal(ensemble.run(study, chunk=chunk).values, fast)
    numpy = ensemble.run(ensemble.Study(512, seed=3, governance=0.7, **quick)).values
    assert np.abs(fast - numpy).max() < 1e-12


def test_a_single_run_is_the_batch_of_one():
    single = simulate(EVEN, 0.3, 5, 0.8)
    batch = simulate(EVEN, np.full((3, SIX), 0.3), 5, 0.8)
    assert batch.levels.shape == (3, 6, SIX)
    assert np.array_equal(batch.levels[1], single.levels)


# The rivals


def test_on_the_diagonal_independent_growth_is_the_model_and_off_it_is_not():
    even = [end(EVEN, 0.3, 0.9, model=name).levels[-1] for name in ("gum", "independent")]
    assert even[0] == pytest.approx(even[1], abs=1e-12)
    uneven = dict(zip(FACTORS, (0.9, 0.1, 0.1, 0.1, 0.1, 0.1), strict=True))
    apart = [end(EVEN, uneven, 0.9, model=name).levels[-1] for name in ("gum", "independent")]
    assert np.abs(apart[0] - apart[1]).max() > 0.1


def test_without_governance_in_the_model_governance_does_nothing():
    runs = [end(EVEN, 0.3, governance, model="no governance").levels for governance in (0.0, 1.0)]
    assert np.array_equal(*runs)


def test_with_basic_factors_only_policy_and_enterprises_act_on_nothing():
    pushed = end(EVEN, 0.1, 0.9, model="basic only", policy=dict.fromkeys(AUXILIARY, 0.5)).levels[-1]
    alone = end(EVEN, 0.1, 0.9, model="basic only").levels[-1]
    assert np.array_equal(pushed[: len(BASIC)], alone[: len(BASIC)])
    assert (pushed[len(BASIC) :] > alone[len(BASIC) :]).all()


def test_linear_response_has_one_equilibrium():
    low, high = extremes(EVEN, np.linspace(0, 1, 11), model="linear")
    assert low == pytest.approx(high, abs=1e-9)


def test_crowded_social_capital_peaks_inside():
    from gumlib.dynamics.equations import System

    system = System.of(EVEN, MODELS["over-embedded"])
    grid = np.linspace(0, 1, 301)
    effect = system.effect(np.tile(grid, (SIX, 1)))[FACTORS.index("S")]
    assert grid[effect.argmax()] == pytest.approx(2 / 3, abs=1e-9)
    assert effect[-1] < effect.max()
    with pytest.raises(GumError, match="co-operative"):
        extremes(EVEN, 0.5, model="over-embedded")


@pytest.mark.parametrize("name", MODELS)
def test_no_rival_changes_the_total_weight_of_a_basic_factor(name):
    weights = MODELS[name].recast(EVEN.weights)
    assert weights.sum(axis=-1)[: len(BASIC)] == pytest.approx(np.full(len(BASIC), 0.6))


# Lock-in


def test_between_the_folds_a_push_is_needed_and_outside_none():
    assert dynamics.smallest_push(EVEN, 1.0)["height"] == 0
    assert dynamics.smallest_push(EVEN, 0.5)["height"] == 0
    easy, hard = (dynamics.smallest_push(EVEN, g)["height"] for g in (0.9, 0.7))
    assert 0 < easy < hard
    assert np.isinf(dynamics.smallest_push(EVEN, 0.7, ["P"], 1.0, most=0.05)["height"])


@pytest.mark.parametrize("share", [0.98, 1.02])
def test_the_smallest_push_is_the_smallest(share):
    height = dynamics.smallest_push(EVEN, 0.8)["height"]
    low, high = extremes(EVEN, 0.8)
    pulse = dict.fromkeys(FACTORS, Path.pulse(height * share, 0, 5))
    last = simulate(EVEN, low, 300, 0.8, policy=pulse, every=300).levels[-1]
    assert last == pytest.approx(high if share > 1 else low, abs=1e-3)


# What comes in and what comes out


def test_parameters_go_through_json_and_back():
    rng = np.random.default_rng(5)
    batch = Parameters.uniform(total=rng.random(4), baseline=rng.random((4, SIX)))
    assert Parameters.from_json(batch.to_json()) == batch
    assert batch != EVEN
    with pytest.raises(GumError, match="to_json"):
        Parameters.from_json("[]")


def test_a_frozen_parameter_set_cannot_be_changed_in_place():
    with pytest.raises(ValueError, match="read-only"):
        EVEN.weights[0, 1] = 3
    with pytest.raises(AttributeError):
        EVEN.decay = 3


def test_a_run_becomes_a_tidy_frame():
    frame = simulate(EVEN, np.full((2, SIX), 0.3), 2, 0.8).to_frame()
    assert list(frame.columns) == ["draw", "time", "variable", "level"]
    assert len(frame) == 2 * 3 * 13
    assert not frame.duplicated(["draw", "time", "variable"]).any()


def test_constant_inputs_in_every_form_give_the_same_run():
    forms = [
        0.1,
        np.full(SIX, 0.1),
        dict.fromkeys(FACTORS, 0.1),
        pd.DataFrame(0.1, index=[0, 5], columns=list(FACTORS)),
    ]
    runs = [
        simulate(EVEN, 0.3, 5, governance, policy=policy)
        for governance, policy in zip(
            [0.7, np.array(0.7), pd.Series({0: 0.7, 9: 0.7}), Path.constant(0.7)], forms, strict=True
        )
    ]
    for run in runs[1:]:
        assert run.levels == pytest.approx(runs[0].levels, abs=1e-12)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"baseline": np.nan}, r"baseline\] expected finite values"),
        ({"decay": -0.1}, r"decay\] expected finite values from 0"),
        ({"weights": -EVEN.weights}, r"weights\] expected finite values from 0"),
        ({"weights": np.ones((SIX, SIX))}, "zero where the model has no interaction"),
        ({"weights": np.zeros((3, 3))}, r"expected the shape \(6, 6\)"),
        ({"exponent": 0.5}, "from 1 to 50"),
        ({"own_share": 1.2}, "from 0 to 1"),
        ({"decay": {"L": 0.1}}, "expected a value for each of L I E S P D"),
        ({"exponent": [2.0, 3.0], "own_share": [0.1, 0.2, 0.3]}, "expected one number of draws, got 2, 3"),
        ({"speed": 1.0}, "got 'speed'"),
    ],
)
def test_wrong_parameters_are_refused(change, said):
    with pytest.raises(GumError, match=said):
        EVEN.replace(**change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"x0": 1.2}, "levels from 0 to 1"),
        ({"x0": np.nan}, "none missing"),
        ({"x0": [0.1, 0.2]}, "expected 6 levels"),
        ({"x0": {"L": 0.1}}, "a level for each of L I E S P D"),
        ({"governance": 1.1}, "governance from 0 to 1"),
        ({"governance": pd.Series([0.1, 0.2], index=[5, 1])}, "rising order; sort"),
        ({"governance": pd.Series([0.1, np.nan], index=[0, 1])}, "finite times and values"),
        ({"governance": pd.Series([0.1] * 3, index=[0, 0, 0])}, "at most twice"),
        ({"policy": {"Q": 0.1}}, "got 'Q'"),
        ({"policy": {"L": -0.1}}, "policy of zero or more"),
        ({"policy": np.ones(4)}, "one column for each of"),
        ({"policy": pd.DataFrame({"Z": [1.0]}, index=[0])}, "got 'Z'"),
        ({"shocks": 50.0}, "shorten dt"),
        ({"years": 0}, "above zero"),
        ({"years": np.nan}, "above zero"),
        ({"dt": -1}, "above zero"),
        ({"model": "magic"}, "got 'magic'"),
        ({"engine": "slow"}, "got 'slow'"),
        ({"x0": np.full((2, SIX), 0.1), "governance": np.full(3, 0.5)}, "2 in x0, 3 in governance"),
        ({"ways": [0.1, 0.2]}, "expected 4 levels"),
    ],
)
def test_wrong_inputs_are_refused(change, said):
    with pytest.raises(GumError, match=said):
        simulate(**({"parameters": EVEN, "x0": 0.3, "years": 5, "governance": 0.5} | change))


def test_what_needs_one_set_or_valid_numbers_says_so():
    batch = Parameters.uniform(total=[0.5, 0.6])
    for call in (
        lambda: equilibria(batch, 0.5),
        lambda: scalar.diagonal(batch),
        lambda: reference.solve(batch, 0.1, 1, 0.5),
        lambda: simulate(batch, 0.1, 1, 0.5).plot(),
        lambda: extremes(EVEN, 1.5),
        lambda: Rival("odd", "too crowded", crowding=2.0),
        lambda: Path(np.array([0.0, 1.0]), np.array([1.0])),
        lambda: dynamics.smallest_push(EVEN, 0.8, ["Q"]),
    ):
        with pytest.raises(GumError):
            call()
