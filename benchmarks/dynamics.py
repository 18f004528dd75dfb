"""Trajectories a second of the mechanism's engines, beside their peers in the same run.

    python -m benchmarks.dynamics

Work: 30 years by the classical Runge-Kutta method with steps of 0.05 years, a batch of 8192 draws
with weights of their own. Every line is a ratio of two times measured one after the other.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numba
import numpy as np

from benchmarks.peers import STEP, YEARS, Compiled, pysd_seconds, scipy_seconds
from gumlib.dynamics import Parameters, simulate

DRAWS = 8192


def seconds(work: Callable[[], object], repeats: int = 3) -> float:
    """Return the shortest of some repeats."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> None:
    """Print trajectories a second and ratios to the peers."""
    rng = np.random.default_rng(2010)
    shape = (DRAWS, 6)
    parameters = Parameters.uniform(
        rng.uniform(0.4, 0.8, DRAWS), rng.uniform(0.01, 0.03, shape), rng.uniform(0.1, 0.3, shape)
    )
    starts, governance = rng.random(shape), rng.random(DRAWS)

    def run(engine: str) -> object:
        return simulate(parameters, starts, YEARS, governance, every=YEARS, dt=STEP, engine=engine)

    numba.set_num_threads(1)
    first = run("fast")
    states = np.concatenate([first.levels[:, 0], first.ways[:, 0]], axis=1).T
    compiled = Compiled()
    gap = np.abs(compiled.run(parameters, states, governance)[:6].T - first.levels[:, -1]).max()
    default, fast = seconds(lambda: run("numpy")), seconds(lambda: run("fast"))
    native = seconds(lambda: compiled.run(parameters, states, governance))
    loop, (stock, level) = scipy_seconds(parameters, starts, governance, 40), pysd_seconds(20)
    for name, took in (("numpy", default), ("fast, one thread", fast), ("C, one thread", native)):
        print(f"{name:20} {DRAWS / took:10,.0f} trajectories a second")
    print(f"{'solve_ivp':20} {1 / loop:10,.0f}\n{'PySD, Euler':20} {1 / stock:10,.0f}")
    print(f"numpy to solve_ivp   {loop * DRAWS / default:10.1f}   (to reach: 70)")
    print(f"numpy to PySD        {stock * DRAWS / default:10.1f}")
    print(f"fast to PySD         {stock * DRAWS / fast:10.1f}   (to reach: 150)")
    print(f"fast to C            {native / fast:10.2f}   (to reach: 0.7)")
    print(f"largest difference between fast and C {gap:.1e}; PySD ends at L = {level:.4f}")


if __name__ == "__main__":
    main()
