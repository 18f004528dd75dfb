"""The default integrator: classical fourth-order Runge-Kutta in numpy, in blocks of draws."""

from dataclasses import dataclass

import numpy as np

from gumlib.dynamics.equations import SIZE, System
from gumlib.dynamics.parameters import Floats
from gumlib.dynamics.paths import Path

_BLOCK = 8192
"""Draws computed together; results do not depend on it."""


@dataclass(frozen=True, eq=False)
class Forcing:
    """What drives a run from outside, on a mesh of times, with draws on the last axis.

    `governance` is g at the beginning and end of each step, (2, steps, draws or 1); `policy` and
    `shocks` are (2, steps, 6, draws or 1), or None. What never changes has one step for all.
    """

    mesh: Floats
    governance: Floats
    policy: Floats | None
    shocks: Floats | None

    @classmethod
    def of(cls, mesh: Floats, governance: Path, policy: Path | None, shocks: Path | None) -> "Forcing":
        """Evaluate the paths on a mesh that holds every time at which one of them bends or jumps."""
        ends = _ends(mesh, governance)
        return cls(mesh, ends.reshape((*ends.shape[:2], -1)), _on(mesh, policy), _on(mesh, shocks))

    def block(self, draws: slice) -> "Forcing":
        """Return some of the draws; what has one column for all draws stays as it is."""
        parts = (self.governance, self.policy, self.shocks)
        return Forcing(self.mesh, *(p if p is None or p.shape[-1] == 1 else p[..., draws] for p in parts))  # type: ignore[arg-type]


def _on(mesh: Floats, path: Path | None) -> Floats | None:
    if path is None:
        return None
    ends = _ends(mesh, path)
    return ends[..., None] if ends.ndim == 3 else np.moveaxis(ends, 2, 3)


def _ends(mesh: Floats, path: Path) -> Floats:
    return np.stack(path.over(mesh[:2] if len(path.times) == 1 else mesh))


def integrate(system: System, state: Floats, forcing: Forcing, keep: np.ndarray) -> Floats:
    """Integrate a block of draws and return the states at the nodes to keep.

    Parameters
    ----------
    state : (10, draws), at the first node of the mesh
    keep : indices of nodes, rising, the first of them 0

    Returns
    -------
    (kept nodes, 10, draws)
    """
    result = np.empty((len(keep), *state.shape))
    for first in range(0, state.shape[1], _BLOCK):
        part = slice(first, first + _BLOCK)
        _integrate(system.block(part), state[:, part].copy(), forcing.block(part), keep, result[:, :, part])
    return result


def _integrate(system: System, state: Floats, forcing: Forcing, keep: np.ndarray, result: Floats) -> None:
    result[0] = state
    row = 1
    for step, width in enumerate(np.diff(forcing.mesh)):
        state = _runge_kutta(system, state, float(width), *_stages(system, forcing, step))
        if row < len(keep) and keep[row] == step + 1:
            result[row] = state
            row += 1


def _stages(system: System, forcing: Forcing, step: int) -> tuple[list[Floats], list[Floats], list[Floats]]:
    """Return γ, b + p and δ + s at the beginning, in the middle and at the end of a step."""
    strength = [system.strength(value) for value in _three(forcing.governance, step)]
    growth, decay = system.baseline, system.decay
    rise = [growth] * 3 if forcing.policy is None else [growth + value for value in _three(forcing.policy, step)]
    fall = [decay] * 3 if forcing.shocks is None else [decay + value for value in _three(forcing.shocks, step)]
    return strength, rise, fall


def _three(ends: Floats, step: int) -> tuple[Floats, Floats, Floats]:
    first, last = ends[:, min(step, ends.shape[1] - 1)]
    return first, 0.5 * (first + last), last


def _runge_kutta(
    system: System, state: Floats, width: float, strength: list[Floats], rise: list[Floats], fall: list[Floats]
) -> Floats:
    half = 0.5 * width
    slope = system.rates(state, strength[0], rise[0], fall[0])
    total = slope.copy()
    for reach in (half, half):
        slope *= reach
        slope += state
        slope = system.rates(slope, strength[1], rise[1], fall[1])
        total += slope
        total += slope
    slope *= width
    slope += state
    slope = system.rates(slope, strength[2], rise[2], fall[2])
    total += slope
    total *= width / 6
    total += state
    return total


def start_of_ways(system: System, levels: Floats, governance: Floats) -> Floats:
    """Return the ways that the levels sustain: u = γ m."""
    ways: Floats = system.strength(governance) * system.mechanisms(levels, system.effect(levels))
    return ways


__all__ = ["SIZE", "Forcing", "integrate", "start_of_ways"]
