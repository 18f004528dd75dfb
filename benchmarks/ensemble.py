"""A global sensitivity analysis beside SALib's own analysis step, and the memory of a million draws.

    python -m benchmarks.ensemble

Sobol indices of first and total order with intervals, 40 parameters, 2^13 base points: 344,064 runs
of 30 years by the compiled engine on all cores. The peer is SALib's analysis of the same outputs.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from SALib.analyze import sobol

from benchmarks.dynamics import seconds
from gumlib.dynamics.ensemble import Study, run, sensitivity, study_evaluations
from gumlib.dynamics.ensemble.sobol import VARIED

DRAWS = 1 << 20


def peak() -> float:
    """Return the largest memory this process has had, bytes."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return 1024.0 * int(status.split("VmHWM:")[1].split()[0])


def memory() -> float:
    """Return the peak memory of a million draws above that of a few, over the size of the outcomes."""
    run(Study(1 << 13, seed=1, governance=0.7, years=1, dt=0.25, engine="fast"))
    before = peak()
    outcomes = run(Study(DRAWS, seed=1, governance=0.7, years=1, dt=0.25, engine="fast"))
    return (peak() - before) / outcomes.values.nbytes


def main() -> None:
    """Print the ratios."""
    study = Study(1 << 13, seed=2010, governance=0.7, engine="fast")
    sensitivity(Study(8, seed=1, governance=0.7, engine="fast"))
    found = study_evaluations(study)
    problem = {"num_vars": len(VARIED), "names": list(VARIED), "bounds": [[0.0, 1.0]] * len(VARIED)}
    flat = np.ascontiguousarray(found.values.ravel())
    step = seconds(lambda: sobol.analyze(problem, flat, calc_second_order=False, seed=1))
    whole = seconds(lambda: sensitivity(study), repeats=2)
    print(f"SALib's analysis alone {step:6.2f} s; draws, runs, indices, intervals {whole:6.2f} s")
    print(f"whole to analysis      {whole / step:6.2f}   (to reach: 3 or less)")
    command = [sys.executable, "-c", "from benchmarks.ensemble import memory; print(memory())"]
    share = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    print(f"memory of a million draws to their outcomes {share:.2f}   (to reach: 1.5 or less)")


if __name__ == "__main__":
    main()
