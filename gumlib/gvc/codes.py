"""Codes of the World Input-Output Tables of 2013, in the order of their rows and columns.

Their names, English and Chinese, stand in the data files `wiod-regions`, `wiod-industries`
and `wiod-final-demand`.
"""

from __future__ import annotations

REGIONS = (
    *("AUS", "AUT", "BEL", "BGR", "BRA", "CAN", "CHN", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN"),
    *("FRA", "GBR", "GRC", "HUN", "IDN", "IND", "IRL", "ITA", "JPN", "KOR", "LTU", "LUX", "LVA", "MEX"),
    *("MLT", "NLD", "POL", "PRT", "ROM", "RUS", "SVK", "SVN", "SWE", "TUR", "TWN", "USA", "RoW"),
)
INDUSTRIES = tuple(f"c{number}" for number in range(1, 36))
MANUFACTURES = INDUSTRIES[2:16]
FINAL = tuple(f"f{number}" for number in range(1, 6))
YEARS = tuple(range(1995, 2012))
