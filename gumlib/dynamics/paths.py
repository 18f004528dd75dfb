"""What changes over time: governance, policy and shocks as piecewise linear paths."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from gumlib.dynamics.parameters import Floats
from gumlib.errors import GumError
from gumlib.terms import FACTORS


@dataclass(frozen=True, eq=False)
class Path:
    """A value over time: straight lines between the points, constant before the first and after the last.

    A time that stands twice marks a jump: the first value holds up to it, the second from it on.

    Parameters
    ----------
    times : (points,), in years, in rising order
    values : (points, ...): a number for each point, or one for each draw, factor, or both

    Raises
    ------
    GumError : times unsorted or thrice the same, values not finite or of another length

    Examples
    --------
    >>> Path.pulse(0.1, start=5, length=2).at(np.array([4.0, 5.0, 6.0, 7.0])).tolist()
    [0.0, 0.1, 0.1, 0.0]
    """

    times: Floats
    values: Floats

    def __post_init__(self) -> None:
        times, values = np.array(self.times, dtype=float), np.array(self.values, dtype=float)
        if times.ndim != 1 or len(times) == 0 or values.shape[:1] != times.shape:
            raise GumError(
                f"expected a value for each time, got {times.shape} times and {values.shape} values", "dynamics", "path"
            )
        if not (np.isfinite(times).all() and np.isfinite(values).all()):
            raise GumError("expected finite times and values; fill or drop the missing ones", "dynamics", "path")
        if (np.diff(times) < 0).any():
            raise GumError("expected times in rising order; sort the path by time", "dynamics", "path")
        if len(times) > 2 and (times[2:] == times[:-2]).any():
            raise GumError("expected a time at most twice (a jump); drop the surplus points", "dynamics", "path")
        for name, array in (("times", times), ("values", values)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    @classmethod
    def constant(cls, value: ArrayLike) -> "Path":
        """Return a path that never changes."""
        return cls(np.zeros(1), np.asarray(value, dtype=float)[None])

    @classmethod
    def pulse(cls, height: ArrayLike, start: float, length: float) -> "Path":
        """Return a path that is zero but for `length` years from `start`, where it is `height`."""
        top = np.asarray(height, dtype=float)
        times = np.array([start, start, start + length, start + length])
        return cls(times, np.stack([np.zeros_like(top), top, top, np.zeros_like(top)]))

    @classmethod
    def step(cls, before: ArrayLike, after: ArrayLike, at: float) -> "Path":
        """Return a path that jumps from one value to another."""
        return cls(np.array([at, at]), np.stack([np.asarray(value, dtype=float) for value in (before, after)]))

    def at(self, times: Floats) -> Floats:
        """Return the value at each time; at a jump, the value from it on.

        Examples
        --------
        >>> Path(np.array([0.0, 2.0]), np.array([0.0, 1.0])).at(np.array([1.0, 5.0])).tolist()
        [0.5, 1.0]
        """
        piece = np.searchsorted(self.times, times, side="right") - 1
        return self._line(piece, times)

    def over(self, mesh: Floats) -> tuple[Floats, Floats]:
        """Return the values at the beginning and at the end of each step of a mesh.

        Every time of the path that lies inside the mesh must be one of its nodes.

        Examples
        --------
        >>> [ends.tolist() for ends in Path.step(0, 1, at=1).over(np.array([0.0, 1.0, 2.0]))]
        [[0.0, 1.0], [0.0, 1.0]]
        """
        piece = np.searchsorted(self.times, (mesh[:-1] + mesh[1:]) / 2, side="right") - 1
        return self._line(piece, mesh[:-1]), self._line(piece, mesh[1:])

    def _line(self, piece: np.ndarray, times: Floats) -> Floats:
        last = len(self.times) - 1
        left, right = np.clip(piece, 0, last), np.clip(piece + 1, 0, last)
        span = self.times[right] - self.times[left]
        share = np.where(span > 0, (times - self.times[left]) / np.where(span > 0, span, 1.0), 0.0)
        share = share.reshape(share.shape + (1,) * (self.values.ndim - 1))
        line: Floats = self.values[left] * (1 - share) + self.values[right] * share
        return line


OverTime: TypeAlias = ArrayLike | pd.Series | Path
ByFactorOverTime: TypeAlias = ArrayLike | Mapping[str, "float | Path"] | pd.Series | pd.DataFrame | Path


def governance_path(value: OverTime) -> Path:
    """Return governance as a path: a number, one number a draw, a Series indexed by time, or a path.

    Raises
    ------
    GumError : a value outside [0, 1]

    Examples
    --------
    >>> governance_path(pd.Series({0: 0.2, 10: 0.8})).at(np.array([5.0])).tolist()
    [0.5]
    """
    if isinstance(value, Path):
        path = value
    elif isinstance(value, pd.Series):
        path = Path(value.index.to_numpy(dtype=float), value.to_numpy(dtype=float))
    else:
        path = Path.constant(value)
    if ((path.values < 0) | (path.values > 1)).any():
        raise GumError("expected governance from 0 to 1; divide scores by five", "dynamics", "governance")
    return path


def factor_path(value: ByFactorOverTime | None, name: str) -> Path | None:
    """Return policy or shocks as a path with one column a factor (last axis), or None where there is none.

    Takes one number for all factors, an array (6,) or (draws, 6), a mapping from codes to numbers
    or paths (factors not named get nothing), a frame indexed by time with a column a factor, or a path.

    Raises
    ------
    GumError : an unknown factor, a negative value, a shape without one column a factor

    Examples
    --------
    >>> factor_path({"L": 0.1}, "policy").at(np.zeros(1)).tolist()
    [[0.1, 0.0, 0.0, 0.0, 0.0, 0.0]]
    """
    if value is None:
        return None
    if isinstance(value, pd.DataFrame):
        _known(list(value.columns), name)
        columns = value.reindex(columns=list(FACTORS), fill_value=0.0)
        path = Path(value.index.to_numpy(dtype=float), columns.to_numpy(dtype=float))
    elif isinstance(value, Mapping | pd.Series):
        path = _side_by_side(dict(value.items()), name)
    elif isinstance(value, Path):
        path = value
    else:
        path = Path.constant(np.broadcast_to(value, (len(FACTORS),)) if np.ndim(value) == 0 else value)
    if path.values.shape[-1] != len(FACTORS) or path.values.ndim < 2:
        raise GumError(f"expected one column for each of {' '.join(FACTORS)}; name the factors", "dynamics", name)
    if (path.values < 0).any():
        raise GumError(f"expected {name} of zero or more, 1/year; correct the values", "dynamics", name)
    return path


def _known(codes: list[str], name: str) -> None:
    unknown = sorted(set(codes) - set(FACTORS))
    if unknown:
        raise GumError(f"expected factors among {' '.join(FACTORS)}, got {unknown[0]!r}", "dynamics", name)


def _side_by_side(parts: dict[str, float | Path], name: str) -> Path:
    """Join one path a factor into one path; a time that is a jump in any of them stays a jump."""
    _known(list(parts), name)
    paths = {code: part if isinstance(part, Path) else Path.constant(part) for code, part in parts.items()}
    nodes = np.unique(np.concatenate([path.times for path in paths.values()] + [np.zeros(1)]))
    mesh = np.concatenate([nodes[:1] - 1, nodes, nodes[-1:] + 1])
    ends = {code: path.over(mesh) for code, path in paths.items()}
    shape = np.broadcast_shapes(*(path.values.shape[1:] for path in paths.values()))
    columns = []
    for code in FACTORS:
        first, last = ends.get(code, (np.zeros(len(mesh) - 1),) * 2)
        sides = np.stack([last[:-1], first[1:]], axis=1).reshape((2 * len(nodes), *first.shape[1:]))
        columns.append(
            np.broadcast_to(sides.reshape(sides.shape + (1,) * (len(shape) + 1 - sides.ndim)), (2 * len(nodes), *shape))
        )
    return Path(np.repeat(nodes, 2), np.stack(columns, axis=-1))
