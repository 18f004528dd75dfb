"""Run the mechanism, once or for a batch of draws."""

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from gumlib.dynamics.equations import SIZE, System
from gumlib.dynamics.parameters import ByFactor, Floats, Parameters
from gumlib.dynamics.paths import ByFactorOverTime, OverTime, Path, factor_path, governance_path
from gumlib.dynamics.rivals import Rival, rival
from gumlib.dynamics.rk4 import Forcing, integrate, start_of_ways
from gumlib.dynamics.runs import Run
from gumlib.errors import GumError, one_of
from gumlib.terms import FACTORS, WAYS

TIME_STEP = 0.05
"""Default length of a time step, years."""
Engine: TypeAlias = Literal["numpy", "fast"]


def simulate(
    parameters: Parameters,
    x0: ByFactor,
    years: float | tuple[float, float],
    governance: OverTime,
    policy: ByFactorOverTime | None = None,
    shocks: ByFactorOverTime | None = None,
    *,
    model: str | Rival = "gum",
    ways: ArrayLike | None = None,
    every: float = 1.0,
    dt: float = TIME_STEP,
    engine: Engine = "numpy",
) -> Run:
    """Run the mechanism from given levels, once or for a batch of draws.

    A batch arises from any input with a leading axis of draws: parameters, starting levels,
    governance, policy, shocks.

    Parameters
    ----------
    x0 : starting levels in [0, 1]: one number, a mapping or Series by factor, (6,) or (draws, 6)
    years : length of the run, or (first, last) on the calendar of the paths
    governance : g in [0, 1]: a number, one a draw, a Series indexed by time, or a `Path`
    policy : p >= 0, 1/year, added to the baseline growth of a factor; see `factor_path`
    shocks : s >= 0, 1/year, added to the decay of a factor; see `factor_path`
    model : the model or a rival, see `MODELS`
    ways : starting ways (4,) or (draws, 4); by default what the starting levels sustain
    every : years between the times kept
    dt : longest time step, years; steps also end where a path bends or jumps
    engine : ``"numpy"``, or ``"fast"`` (needs the extra ``fast``), equal to 1e-12

    Raises
    ------
    GumError : levels outside [0, 1], wrong shapes, a time step too long for the rates

    Source: our formalisation of C01-C09 (dx/dt and du/dt on page 2.3).

    Examples
    --------
    >>> run = simulate(Parameters.uniform(), 0.3, years=30, governance=1.0)
    >>> run.levels[-1, 0].round(3), run.index[-1].round(3)
    (np.float64(0.696), np.float64(0.633))
    """
    chosen = rival(model)
    paths = (governance_path(governance), factor_path(policy, "policy"), factor_path(shocks, "shocks"))
    levels, first_ways = levels_of(x0, len(FACTORS), "x0"), None if ways is None else levels_of(ways, len(WAYS), "ways")
    draws = _draws(parameters, levels, first_ways, *paths)
    mesh, keep = _mesh(years, every, dt, paths)
    return _solve(System.of(parameters, chosen), Forcing.of(mesh, *paths), levels, first_ways, draws, keep, engine)


def _solve(
    system: System,
    forcing: Forcing,
    levels: Floats,
    ways: Floats | None,
    draws: int | None,
    keep: np.ndarray,
    engine: Engine,
) -> Run:
    """Integrate from the levels, and the ways if given; a run without draws has no axis for them."""
    _check_step(system, forcing, float(np.diff(forcing.mesh).max()))
    state = np.empty((SIZE + len(WAYS), draws or 1))
    state[:SIZE] = _columns(levels)
    opening = start_of_ways(system, state[:SIZE], forcing.governance[0, 0])
    state[SIZE:] = opening if ways is None else _columns(ways)
    states = _engine(engine)(system, state, forcing, keep)
    result = states[:, :, 0] if draws is None else np.moveaxis(states, 2, 0)
    return Run(forcing.mesh[keep], result[..., :SIZE], result[..., SIZE:])


def _engine(name: Engine) -> Callable[[System, Floats, Forcing, np.ndarray], Floats]:
    if one_of(name, ("numpy", "fast"), "dynamics", "engine") == "numpy":
        return integrate
    from gumlib.dynamics import rk4_numba

    return rk4_numba.integrate


def levels_of(value: Any, size: int, name: str) -> Floats:
    """Return levels as an array (size,) or (draws, size), after checking that they lie in [0, 1]."""
    codes = FACTORS if size == len(FACTORS) else WAYS
    if hasattr(value, "keys"):
        if sorted(value.keys()) != sorted(codes):
            raise GumError(f"expected a level for each of {' '.join(codes)}; add what is missing", "dynamics", name)
        value = [value[code] for code in codes]
    array = np.asarray(value, dtype=float)
    array = np.full(size, array) if array.ndim == 0 else array
    if array.shape not in ((size,), (array.shape[0], size)) or array.size == 0:
        raise GumError(f"expected {size} levels, or that for each draw, got {array.shape}", "dynamics", name)
    if not ((array >= 0) & (array <= 1)).all():
        raise GumError("expected levels from 0 to 1, none missing; divide scores by five", "dynamics", name)
    return array


def _draws(parameters: Parameters, levels: Floats, ways: Floats | None, *paths: Path | None) -> int | None:
    """Return the common number of draws, or None for a single run."""
    found = {"parameters": parameters.draws, "x0": len(levels) if levels.ndim == 2 else None}
    found["ways"] = len(ways) if ways is not None and ways.ndim == 2 else None
    for name, path, single in zip(("governance", "policy", "shocks"), paths, (1, 2, 2), strict=True):
        found[name] = path.values.shape[1] if path is not None and path.values.ndim > single else None
    sizes = {name: size for name, size in found.items() if size is not None}
    if len(set(sizes.values())) > 1:
        message = ", ".join(f"{size} in {name}" for name, size in sizes.items())
        raise GumError(f"expected one number of draws, got {message}; repeat or cut the shorter", "dynamics", "draws")
    return next(iter(sizes.values()), None)


def _columns(values: Floats) -> Floats:
    return values[:, None] if values.ndim == 1 else values.T


def _mesh(
    years: float | tuple[float, float], every: float, dt: float, paths: tuple[Path | None, ...]
) -> tuple[Floats, np.ndarray]:
    """Return the nodes of the time steps and the indices of those to keep."""
    start, end = (0.0, float(years)) if np.ndim(years) == 0 else (float(years[0]), float(years[1]))  # type: ignore[arg-type,index]
    for name, value in (("years", end - start), ("every", every), ("dt", dt)):
        if not (np.isfinite(value) and value > 0):
            raise GumError(f"expected a number above zero, got {value}", "dynamics", name)
    kept = start + every * np.arange(np.floor((end - start) / every + 1e-9) + 1)
    kept = kept if np.isclose(kept[-1], end, rtol=0, atol=1e-9) else np.append(kept, end)
    bends = [path.times[(path.times > start) & (path.times < end)] for path in paths if path is not None]
    nodes = np.unique(np.concatenate([kept, *bends]))
    counts = np.maximum(1, np.ceil(np.diff(nodes) / dt - 1e-9)).astype(int)
    parts = [np.linspace(a, b, n, endpoint=False) for a, b, n in zip(nodes[:-1], nodes[1:], counts, strict=True)]
    mesh = np.concatenate([*parts, nodes[-1:]])
    return mesh, np.searchsorted(mesh, kept)


def _check_step(system: System, forcing: Forcing, step: float) -> None:
    """Refuse a step that could carry a level out of [0, 1]."""
    rise = system.baseline + np.add.reduce(system.weights, axis=1)
    fastest = float(np.max(rise + system.decay)) + sum(
        float(np.max(part)) for part in (forcing.policy, forcing.shocks) if part is not None
    )
    fastest = max(fastest, float(np.max(system.lag)))
    if step * fastest > 1:
        raise GumError(
            f"expected a step below {1 / fastest:.3g} years, for rates up to {fastest:.3g} a year, got {step:.3g}; "
            "shorten dt",
            "dynamics",
            "dt",
        )
