"""The policy desk: a setting of its sliders, its address, and what the model makes of it."""

from gumlib.policy.desk.outcome import draws, forces, governance, parameters, run, summary
from gumlib.policy.desk.settings import (
    PARAMETERS,
    PUSH_KEYS,
    PUSH_TARGETS,
    READINGS,
    SLIDERS,
    WORDS,
    Setting,
    Slider,
    address,
    examples,
    first,
    numbers,
    read,
    read_as,
)

__all__ = [
    "PARAMETERS",
    "PUSH_KEYS",
    "PUSH_TARGETS",
    "READINGS",
    "SLIDERS",
    "WORDS",
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
    "read_as",
    "run",
    "summary",
]
