"""What an ensemble computes, written down so that two people can tell whether they mean the same."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from gumlib import __version__
from gumlib.dynamics import Parameters, Path, Rival, simulate
from gumlib.dynamics.ensemble.draws import check_count
from gumlib.dynamics.ensemble.outcomes import last_state
from gumlib.dynamics.parameters import RANGES, ByFactor, Floats
from gumlib.dynamics.paths import ByFactorOverTime, OverTime, factor_path, governance_path
from gumlib.dynamics.rivals import rival
from gumlib.dynamics.simulation import TIME_STEP, Engine, levels_of
from gumlib.errors import GumError, one_of
from gumlib.terms import FACTORS


@dataclass(frozen=True, eq=False)
class Study:
    """Draws of parameters, and the one setting in which all of them are run.

    Parameters
    ----------
    count : number of draws, a power of two
    seed : seed of the draws
    governance, policy, shocks, x0, years, model, dt, engine : as for `simulate`, the same for all draws

    Raises
    ------
    GumError : a count that does not fit, values out of range, a path with a value for each draw
    """

    count: int
    seed: int
    governance: OverTime
    x0: ByFactor = 0.1
    years: float | tuple[float, float] = 30.0
    policy: ByFactorOverTime | None = None
    shocks: ByFactorOverTime | None = None
    model: str | Rival = "gum"
    dt: float = TIME_STEP
    engine: Engine = "numpy"

    def __post_init__(self) -> None:
        check_count(self.count)
        one_of(self.engine, ("numpy", "fast"), "dynamics", "engine")
        governance = governance_path(self.governance)
        paths = {name: factor_path(getattr(self, name), name) for name in ("policy", "shocks")}
        levels = levels_of(self.x0, len(FACTORS), "x0")
        start, end = self.years if isinstance(self.years, tuple | list) else (0.0, self.years)
        batched = {"x0": levels.ndim > 1, "governance": governance.values.ndim > 1}
        batched |= {name: path is not None and path.values.ndim > 2 for name, path in paths.items()}
        for name in (name for name, many in batched.items() if many):
            raise GumError(f"expected {name} common to all draws, got a batch; run a study each", "ensemble", name)
        settled = {"governance": governance, "x0": tuple(levels.tolist()), "years": (float(start), float(end))}
        for name, value in {**settled, **paths, "model": rival(self.model)}.items():
            object.__setattr__(self, name, value)

    def to_json(self) -> str:
        """Return the study as JSON; `from_json` gives back the same study."""
        return json.dumps({field.name: _plain(getattr(self, field.name)) for field in fields(self)}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Study":
        """Return the study written by `to_json`."""
        read = json.loads(text)
        if not isinstance(read, dict) or set(read) != {field.name for field in fields(cls)}:
            raise GumError("expected a study; write it with to_json", "ensemble", "json")
        read["model"] = Rival(**read["model"])
        for name in ("governance", "policy", "shocks"):
            read[name] = None if read[name] is None else Path(**read[name])
        return cls(**read | {"years": tuple(read["years"])})

    @property
    def fingerprint(self) -> str:
        """Sha256 of the study, the ranges of the draws and the version of gumlib."""
        content = json.dumps([self.to_json(), RANGES, __version__])
        return hashlib.sha256(content.encode()).hexdigest()

    def end(self, parameters: Parameters) -> Floats:
        """Run a batch of parameter sets in this setting; return the last states, rows of `COLUMNS`."""
        start, end = self.years  # type: ignore[misc]
        common: dict[str, Any] = {"model": self.model, "dt": self.dt, "engine": self.engine}
        setting = (self.x0, (start, end), self.governance, self.policy, self.shocks)
        return last_state(simulate(parameters, *setting, every=end - start, **common))

    def __eq__(self, other: object) -> bool:
        return self.to_json() == other.to_json() if isinstance(other, Study) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.to_json())


def _plain(value: Any) -> Any:
    """Return a field as what JSON can hold."""
    if isinstance(value, Rival):
        return asdict(value)
    if isinstance(value, Path):
        return {"times": value.times.tolist(), "values": value.values.tolist()}
    return value.item() if isinstance(value, np.generic) else value
