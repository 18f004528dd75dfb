"""An inter-country input-output table: labelled, checked, frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from gumlib.errors import GumError
from gumlib.gvc import checks

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class IOTable:
    """Who sells what to whom, in one currency at basic prices.

    Rows are sellers, region by region and industry by industry within each.

    Parameters
    ----------
    intermediates : (n, n) sales to the industries that use them up, n = regions x industries
    final : (n, regions, categories) sales to final users; inventories may be negative
    regions, industries, categories : codes in the order of the arrays

    Raises
    ------
    GumError : wrong shape, doubled code, number that is not finite, negative intermediate sale

    Output is the sum of a row, and value added is output less the purchases of the column.

    Source: [timmer2015] for the tables

    Examples
    --------
    >>> IOTable.from_arrays([[0, 2], [1, 0]], [[3, 0], [0, 4]], ["A", "B"], ["goods"]).output.tolist()
    [5.0, 5.0]
    """

    intermediates: Floats
    final: Floats
    regions: tuple[str, ...]
    industries: tuple[str, ...]
    categories: tuple[str, ...]
    kept: dict[str, Any] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        checks.codes(self)
        checks.numbers(self)
        for array in (self.intermediates, self.final):
            array.setflags(write=False)

    def __repr__(self) -> str:
        return f"IOTable of {len(self.regions)} regions and {len(self.industries)} industries"

    @classmethod
    def from_arrays(
        cls,
        intermediates: ArrayLike,
        final: ArrayLike,
        regions: Sequence[str],
        industries: Sequence[str],
        categories: Sequence[str] = ("final",),
    ) -> IOTable:
        """Build a table from arrays; the columns of `final` run over regions, then categories.

        Raises
        ------
        GumError : the arrays do not fit the codes

        Examples
        --------
        >>> IOTable.from_arrays([[0]], [[3, 2]], ["A"], ["goods"], ["households", "stocks"]).final.shape
        (1, 1, 2)
        """
        flows = np.array(intermediates, dtype=np.float64)
        uses = np.array(final, dtype=np.float64)
        rows, columns = len(regions) * len(industries), len(regions) * len(categories)
        for name, array, shape in (("intermediates", flows, (rows, rows)), ("final", uses, (rows, columns))):
            if array.shape != shape:
                raise GumError(f"expected the shape {shape}, got {array.shape}; fit it to the codes", "gvc", name)
        shaped = uses.reshape(rows, len(regions), len(categories))
        return cls(flows, shaped, tuple(regions), tuple(industries), tuple(categories))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, categories: Sequence[str] = ("final",)) -> IOTable:
        """Build a table from a tidy frame: region, industry, to_region, to, value.

        `to` is the industry that buys, or a final category. Codes keep the order in which they first come;
        a pair that is absent is a flow of nought.

        Raises
        ------
        GumError : a column is missing, a flow stands twice, a value is missing, a code is unknown

        Examples
        --------
        >>> row = {"region": "A", "industry": "goods", "to_region": "A", "to": "final", "value": 3.0}
        >>> IOTable.from_frame(pd.DataFrame([row])).output.tolist()
        [3.0]
        """
        checks.flows(frame, categories)
        regions, industries = (list(dict.fromkeys(frame[name])) for name in ("region", "industry"))
        rows = pd.MultiIndex.from_product([regions, industries])
        wide = frame.set_index(list(checks.KEYS))["value"].unstack(["to_region", "to"], fill_value=0.0)
        use = pd.MultiIndex.from_product([regions, categories])
        full = wide.reindex(rows, fill_value=0.0)
        return cls.from_arrays(
            full.reindex(columns=rows, fill_value=0.0),
            full.reindex(columns=use, fill_value=0.0),
            regions,
            industries,
            categories,
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the flows that are not nought as a tidy frame, the inverse of `from_frame`.

        Examples
        --------
        >>> IOTable.from_arrays([[0]], [[3]], ["A"], ["goods"]).to_frame().values.tolist()
        [['A', 'goods', 'A', 'final', 3.0]]
        """
        columns = [*self.index, *((region, use) for region in self.regions for use in self.categories)]
        values = np.hstack([self.intermediates, self.final.reshape(len(self.index), -1)])
        seller, buyer = np.nonzero(values)
        rows = [(*self.index[i], *columns[j]) for i, j in zip(seller, buyer, strict=True)]
        return pd.DataFrame(rows, columns=checks.KEYS).assign(value=values[seller, buyer])

    @property
    def index(self) -> pd.MultiIndex:
        """Region and industry of each row.

        Examples
        --------
        >>> IOTable.from_arrays([[0]], [[3]], ["A"], ["goods"]).index.tolist()
        [('A', 'goods')]
        """
        return pd.MultiIndex.from_product([self.regions, self.industries], names=["region", "industry"])

    @property
    def output(self) -> Floats:
        """Output of each row: all it sells.

        Examples
        --------
        >>> IOTable.from_arrays([[1]], [[3]], ["A"], ["goods"]).output.tolist()
        [4.0]
        """
        total: Floats = self.intermediates.sum(axis=1) + self.final.sum(axis=(1, 2))
        return total

    @property
    def value_added(self) -> Floats:
        """Value added of each row: output less what it buys.

        Examples
        --------
        >>> IOTable.from_arrays([[1]], [[3]], ["A"], ["goods"]).value_added.tolist()
        [3.0]
        """
        difference: Floats = self.output - self.intermediates.sum(axis=0)
        return difference

    def aggregate(
        self, regions: Mapping[str, str] | None = None, industries: Mapping[str, str] | None = None
    ) -> IOTable:
        """Add up regions and industries by a mapping from old codes to new ones.

        Raises
        ------
        GumError : a code of the table is not in the mapping

        Examples
        --------
        >>> table = IOTable.from_arrays([[0, 2], [1, 0]], [[3, 0], [0, 4]], ["A", "B"], ["goods"])
        >>> table.aggregate({"A": "world", "B": "world"}).output.tolist()
        [10.0]
        """
        by_region, new_regions = _grouping(self.regions, regions, "regions")
        by_industry, new_industries = _grouping(self.industries, industries, "industries")
        rows = np.kron(by_region, by_industry)
        final = np.einsum("ai,irc,br->abc", rows, self.final, by_region)
        flows: Floats = rows @ self.intermediates @ rows.T
        return IOTable(flows, final, new_regions, new_industries, self.categories)


def _grouping(codes: tuple[str, ...], mapping: Mapping[str, str] | None, name: str) -> tuple[Floats, tuple[str, ...]]:
    """Return the matrix of noughts and ones that adds up old codes, and the new codes."""
    if mapping is None:
        return np.eye(len(codes)), codes
    missing = [code for code in codes if code not in mapping]
    if missing:
        raise GumError(f"expected a group for each code, got none for {', '.join(missing)}; add them", "gvc", name)
    groups = tuple(dict.fromkeys(mapping[code] for code in codes))
    return np.array([[float(mapping[code] == group) for code in codes] for group in groups]), groups
