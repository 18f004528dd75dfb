"""The policy desk: a setting of its sliders, its address, and what the model makes of it."""

from gumlib.policy.desk.outcome import draws, forces, governance, parameters, run, summary
from gumlib.policy.desk.settings import (
    AIMS,
    PARAMETERS,
    PUSHES,
    SLIDERS,
    Setting,
    Slider,
    address,
    examples,
    first,
    numbers,
    read,
)

__all__ = [
    "AIMS",
    "PARAMETERS",
    "PUSHES",
    "SLIDERS",
    "Setting",
    "Slider",
    "address",
    "draws",
    "examples",
    "first",
    "forces",
    "governance",
    "numbers",
    "parameters",
    "read",
    "run",
    "summary",
]
