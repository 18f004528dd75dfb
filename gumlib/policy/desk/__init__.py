"""The policy desk: a setting of its sliders, its address, and what the model makes of it."""

from gumlib.policy.desk.outcome import draws, forces, governance_over_time, parameter_set, run_setting, summary
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
    read_as,
    read_setting,
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
    "governance_over_time",
    "numbers",
    "parameter_set",
    "read_as",
    "read_setting",
    "run_setting",
    "summary",
]
