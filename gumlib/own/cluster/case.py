"""The case of a reader's folder: what presses on it from outside is its own, or China's for a cluster of China."""

import re
from dataclasses import dataclass

import pandas as pd

from gumlib.cases.case import Case

_CHINA = re.compile(
    "(the)?(china|cn|chn|prc|prchina|chinaprc|mainlandchina|peoplesrepublicofchina)|中国(大陆)?|中國(大陸)?|中华人民共和国"
)


def is_china(country: str) -> bool:
    """Tell whether the name of a country is China's."""
    return _CHINA.fullmatch(re.sub(r"[\W_]", "", country.casefold())) is not None


@dataclass(frozen=True, eq=False, repr=False)
class Own(Case):
    """One cluster of a reader's, with two things more than a `Case`.

    Parameters
    ----------
    country : as cluster.csv names it, may be empty
    outside : pressure by year, as context.csv gives it, or None
    """

    country: str = ""
    outside: pd.Series | None = None

    @property
    def chinese(self) -> bool:
        """Whether the cluster lies in China by what cluster.csv says."""
        return is_china(self.country)

    @property
    def pressure(self) -> pd.Series:
        """External pressure by year: of context.csv, else China's for a cluster of China, else missing in each year."""
        if self.outside is not None:
            return self.outside
        return super().pressure if self.chinese else super().pressure * float("nan")

    @property
    def context(self) -> pd.DataFrame:
        """Measures of the chain for the industry in China, as `Case.context` has them; no rows outside China."""
        return super().context if self.chinese else super().context.iloc[:0]


def pressure_by_year(table: pd.DataFrame) -> pd.Series:
    """Return the pressure of context.csv by year, missing in years between that it leaves out.

    Examples
    --------
    >>> pressure_by_year(pd.DataFrame({"year": ["2001", "2003"], "pressure": [0.1, 0.3]})).tolist()
    [0.1, nan, 0.3]
    """
    known = pd.Series(table["pressure"].to_numpy(), index=table["year"].astype(int)).sort_index()
    years = pd.RangeIndex(known.index[0], known.index[-1] + 1, name="year")
    return known.reindex(years).rename("squeeze")
