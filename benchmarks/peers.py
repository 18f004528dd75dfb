"""The peers of the mechanism's engines: a loop over scipy, a C program, PySD."""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks import reference
from gumlib.dynamics import MODELS, Parameters
from gumlib.dynamics.equations import System
from gumlib.dynamics.parameters import edges
from gumlib.terms import BASIC, FACTORS, WAY_OF

YEARS, STEP = 30, 0.05
_SOURCE = Path(__file__).with_name("dynamics.c")


def scipy_seconds(parameters: Parameters, starts: np.ndarray, governance: np.ndarray, runs: int) -> float:
    """Return the seconds of a run, by `solve_ivp` (RK45, rtol 1e-8) in a loop over draws."""
    began = time.perf_counter()
    for draw in range(runs):
        one = Parameters(**{name: _first(value, draw, name) for name, value in vars(parameters).items()})
        reference.solve(one, starts[draw], YEARS, governance[draw], every=YEARS)
    return (time.perf_counter() - began) / runs


def _first(value: np.ndarray, draw: int, name: str) -> np.ndarray:
    batched = value.ndim > {"weights": 2, "baseline": 1, "decay": 1}.get(name, 0)
    return value[draw] if batched else value


class Compiled:
    """The C program, built by gcc -O3 -march=native, on one thread."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp())
        library = folder / "dynamics.so"
        subprocess.run(
            ["gcc", "-O3", "-march=native", "-shared", "-fPIC", "-o", str(library), str(_SOURCE)], check=True
        )
        self._integrate = ctypes.CDLL(str(library)).integrate

    def run(self, parameters: Parameters, states: np.ndarray, governance: np.ndarray) -> np.ndarray:
        """Return the last states, (10, draws), from the first; the number of draws is a multiple of 32."""
        system, draws = System.of(parameters, MODELS["gum"]), states.shape[1]
        rows = (system.saturation, system.ease, system.lag, system.own, system.strength(governance))
        arrays = [
            np.ascontiguousarray(system.weights.reshape(36, draws)),
            np.broadcast_to(system.baseline, (6, draws)).copy(),
            np.broadcast_to(system.decay, (6, draws)).copy(),
            np.stack([np.broadcast_to(row, draws) for row in rows]),
            states.copy(),
        ]
        pointers = [array.ctypes.data_as(ctypes.POINTER(ctypes.c_double)) for array in arrays]
        self._integrate(ctypes.c_size_t(draws), *pointers, ctypes.c_double(STEP), round(YEARS / STEP))
        return arrays[-1]


def stock_and_flow() -> str:
    """Return the model in Vensim's language, with the default parameters and g = 0.9."""
    rows = {"governance": "0.9", "own": "0.5", "lag": "0.5", "FINAL TIME": str(YEARS), "INITIAL TIME": "0"}
    rows |= {"TIME STEP": str(STEP), "SAVEPER": str(YEARS)}
    shares = edges() / edges().sum(axis=1, keepdims=True)
    for i, code in enumerate(FACTORS):
        givers = [(FACTORS[j], 0.6 * shares[i, j]) for j in range(len(FACTORS)) if edges()[i, j]]
        pull = " + ".join(f"{float(weight)!r} * effect {giver}" for giver, weight in givers)
        rows[f"effect {code}"] = f"level {code}^3 / (0.125 + level {code}^3)"
        rows[f"level {code}"] = f"INTEG((0.02 + governance * ({pull})) * (1 - level {code}) - 0.2 * level {code}, 0.3)"
    for code, way in WAY_OF.items():
        others = " + ".join(f"effect {other}" for other in BASIC if other != code)
        goal = f"governance * level {code} * (own + (1 - own) * 1.125 * ({others}) / 3)"
        rows[f"way {way}"] = f"INTEG(lag * ({goal} - way {way}), 0)"
    return "{UTF-8}\n" + "\n".join(f"{name} = {text} ~ ~ |" for name, text in rows.items())


def pysd_seconds(runs: int) -> tuple[float, float]:
    """Return the seconds of a run by PySD (Euler), and the last level of learning."""
    import pysd

    file = Path(tempfile.mkdtemp()) / "gum.mdl"
    file.write_text(stock_and_flow(), encoding="utf-8")
    model = pysd.read_vensim(str(file))
    columns = [f"level {code}" for code in FACTORS]
    model.run(return_columns=columns)
    began = time.perf_counter()
    for _ in range(runs):
        last = model.run(return_columns=columns)
    return (time.perf_counter() - began) / runs, float(last["level L"].iloc[-1])
