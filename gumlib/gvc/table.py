"""An inter-country input-output table: labelled, checked, frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from gumlib.gvc import checks, frames, regroup

Array: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class IOTable:
    """Who sells what to whom, in one currency at basic prices.

    Rows are sellers, region by region and industry by industry within each.

    Parameters
    ----------
    intermediates : (n, n) sales to the industries that use them up, n = regions x industries
    final : (n, regions, categories) sales to final users; inventories may be negative
    regions, industries, categories : codes in the order of the arrays
    homes : the region that each region reports to, itself when left out; `reported` sets it

    Raises
    ------
    GumError : wrong shape, doubled code, number that is not finite, negative intermediate sale

    Output is the sum of a row, and value added is output less the purchases of the column. The arrays are copies.

    Source: [timmer2015] for the tables

    Examples
    --------
    >>> IOTable.from_arrays([[0, 2], [1, 0]], [[3, 0], [0, 4]], ["A", "B"], ["goods"]).output.tolist()
    [5.0, 5.0]
    """

    intermediates: Array
    final: Array
    regions: tuple[str, ...]
    industries: tuple[str, ...]
    categories: tuple[str, ...]
    homes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("regions", "industries", "categories"):
            object.__setattr__(self, name, checks.code_tuple(getattr(self, name), name))
        object.__setattr__(self, "homes", tuple(self.homes) or self.regions)
        checks.codes(self)
        for name in ("intermediates", "final"):
            array = np.array(checks.floats(getattr(self, name), name), order="C")
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        checks.shape(self)
        checks.refuse_bad_numbers(self)

    def __repr__(self) -> str:
        return f"IOTable of {self.size}"

    @classmethod
    def from_arrays(
        cls,
        intermediates: ArrayLike,
        final: ArrayLike,
        regions: Sequence[str],
        industries: Sequence[str],
        categories: Sequence[str] = ("final",),
    ) -> "IOTable":
        """Build a table from arrays or frames; the columns of `final` run over regions, then categories.

        Where a frame has labels, they decide: a label is a pair of codes or both in one text, in any order of rows
        and columns. Bare numbers must stand in the order of the codes, as labels beside them must then too.

        Raises
        ------
        GumError : the arrays or their labels do not fit the codes, what is no number, or totals among codes
        """
        codes = {"regions": regions, "industries": industries, "categories": categories}
        named = {name: checks.code_tuple(given, name) for name, given in codes.items()}
        sellers, users = (named["regions"], named["industries"]), (named["regions"], named["categories"])
        flows = frames.placed(intermediates, sellers, sellers, "intermediates")
        uses = frames.placed(final, sellers, users, "final")
        frames.same_rows(intermediates, final, sellers)
        rows, columns = (len(first) * len(second) for first, second in (sellers, users))
        checks.fits(flows, (rows, rows), "intermediates")
        checks.fits(uses, (rows, columns), "final")
        table = cls(flows, uses.reshape(rows, len(users[0]), len(users[1])), *named.values())
        checks.no_total_flows(table)
        return table

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, categories: Sequence[str] = ("final",)) -> "IOTable":
        """Build a table from a tidy frame: region, industry, to_region, to, value.

        `to` is the industry that buys, or a final category. Codes keep the order in which they first come, regions
        that only buy after those that sell; a pair that is absent is a flow of nought.

        Raises
        ------
        GumError : a column, code or value is missing, a value is no number, a flow stands twice, `to` is unknown or
            both an industry and a category, or a code names a row or column of totals

        Examples
        --------
        >>> row = {"region": "A", "industry": "goods", "to_region": "A", "to": "final", "value": 3.0}
        >>> IOTable.from_frame(pd.DataFrame([row])).output.tolist()
        [3.0]
        """
        named = checks.code_tuple(categories, "categories")
        flows, uses, regions, industries = frames.filled(frame, named)
        return cls.from_arrays(flows, uses, regions, industries, named)

    @classmethod
    def from_pymrio(cls, system: Any) -> "IOTable":
        """Build a table from a system of pymrio: its flows `Z` and final uses `Y`, labels as they stand there.

        A pair of region and sector, or of region and category, that is absent is a flow of nought.

        Raises
        ------
        GumError : the system holds no flows or final uses, or as `from_arrays`

        Examples
        --------
        >>> from types import SimpleNamespace
        >>> pairs = [pd.MultiIndex.from_tuples([("A", name)]) for name in ("goods", "households")]
        >>> system = SimpleNamespace(Z=pd.DataFrame([[1.0]], *pairs[:1] * 2), Y=pd.DataFrame([[3.0]], *pairs))
        >>> IOTable.from_pymrio(system).output.tolist()
        [4.0]
        """
        return cls.from_arrays(*frames.of_system(system))

    def to_frame(self) -> pd.DataFrame:
        """Return the flows as a tidy frame, the inverse of `from_frame` with the same categories.

        Flows of nought are left out, but for one in each row that sells nothing, so that no code is lost.
        """
        return frames.of_table(self)

    @property
    def size(self) -> str:
        """How many regions report and how many industries they have, in words."""
        regions, industries = len(self.reporters), len(self.industries)
        many = "1 industry" if industries == 1 else f"{industries} industries"
        return f"{regions} region{'s' * (regions > 1)} and {many}"

    @property
    def index(self) -> pd.MultiIndex:
        """Region and industry of each row."""
        return pd.MultiIndex.from_product([self.regions, self.industries], names=["region", "industry"])

    @property
    def reporters(self) -> tuple[str, ...]:
        """Regions that measures are given for: all, or those that others are parts of."""
        return tuple(dict.fromkeys(self.homes))

    @property
    def reporting_index(self) -> pd.MultiIndex:
        """Reporting region and industry of each measure."""
        return pd.MultiIndex.from_product([self.reporters, self.industries], names=["region", "industry"])

    @property
    def sales(self) -> Array:
        """All that each row sells, (n, n + regions x categories): to industries, then to final uses."""
        return np.hstack([self.intermediates, self.final.reshape(len(self.intermediates), -1)])

    @property
    def output(self) -> Array:
        """Output of each row: all it sells."""
        total: Array = self.intermediates.sum(axis=1) + self.final.sum(axis=(1, 2))
        return total

    @property
    def value_added(self) -> Array:
        """Value added of each row: output less what it buys."""
        difference: Array = self.output - self.intermediates.sum(axis=0)
        return difference

    def reported(self, homes: Mapping[str, str]) -> "IOTable":
        """Say which regions are parts of another that reports for them, such as CN1 and CN2 of CHN.

        The parts keep rows of their own, for they make things differently. Measures are those of the whole: sales
        between parts are no exports, and flows of the parts are added up before they are divided. Regions that are
        not named report for themselves. Parts are moved side by side; in a table that is aggregated by region, each
        region reports for itself again.

        Raises
        ------
        GumError : a code is not a region of the table

        Source: the extended regions of OECD's tables; [koopman2008] for why processing trade is kept apart

        Examples
        --------
        >>> from gumlib.gvc import exports
        >>> table = IOTable.from_arrays([[0, 2], [1, 0]], [[3, 0], [0, 4]], ["CN1", "CN2"], ["goods"])
        >>> exports(table.reported({"CN1": "CHN", "CN2": "CHN"}))["CHN"].tolist()
        [0.0]
        """
        known = checks.mapping(homes, self.regions, "homes")
        wanted = [known.get(region, region) for region in self.regions]
        order = sorted(range(len(wanted)), key=lambda place: wanted.index(wanted[place]))
        rows = np.arange(len(self.index)).reshape(len(order), -1)[order].ravel()
        regions, sorted_homes = (tuple(names[place] for place in order) for names in (self.regions, wanted))
        flows = self.intermediates[np.ix_(rows, rows)]
        return IOTable(flows, self.final[rows][:, order], regions, self.industries, self.categories, sorted_homes)

    def aggregate(
        self, regions: Mapping[str, str] | None = None, industries: Mapping[str, str] | None = None
    ) -> "IOTable":
        """Add up regions and industries by a mapping from old codes to new ones.

        Raises
        ------
        GumError : a code of the table is not in the mapping, or a code of the mapping not in the table

        Examples
        --------
        >>> table = IOTable.from_arrays([[0, 2], [1, 0]], [[3, 0], [0, 4]], ["A", "B"], ["goods"])
        >>> table.aggregate({"A": "world", "B": "world"}).output.tolist()
        [10.0]
        """
        by_region, new_regions = regroup.new_positions(self.regions, regions, "regions")
        by_industry, new_industries = regroup.new_positions(self.industries, industries, "industries")
        flows = self.intermediates.reshape(2 * (len(self.regions), len(self.industries)))
        for axis in (0, 2):
            flows = regroup.add_up(flows, by_region, axis)
            flows = regroup.add_up(flows, by_industry, axis + 1)
        uses = regroup.add_up(self.final.reshape(len(self.regions), -1, *self.final.shape[1:]), by_region, 0)
        uses = regroup.add_up(regroup.add_up(uses, by_industry, 1), by_region, 2)
        rows = len(new_regions) * len(new_industries)
        homes = self.homes if regions is None else ()
        final = uses.reshape(rows, *uses.shape[2:])
        return IOTable(flows.reshape(rows, rows), final, new_regions, new_industries, self.categories, homes)
