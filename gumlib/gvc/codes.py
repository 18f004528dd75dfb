"""Codes of the World Input-Output Tables of 2013, in the order of their rows and columns.

Their names, English and Chinese, stand in the data files `wiod-regions`, `wiod-industries`
and `wiod-final-demand`.
"""

REGIONS = (
    *("AUS", "AUT", "BEL", "BGR", "BRA", "CAN", "CHN", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN"),
    *("FRA", "GBR", "GRC", "HUN", "IDN", "IND", "IRL", "ITA", "JPN", "KOR", "LTU", "LUX", "LVA", "MEX"),
    *("MLT", "NLD", "POL", "PRT", "ROM", "RUS", "SVK", "SVN", "SWE", "TUR", "TWN", "USA", "RoW"),
)
INDUSTRIES = tuple(f"c{number}" for number in range(1, 36))
MANUFACTURES = INDUSTRIES[2:16]
FINAL = tuple(f"f{number}" for number in range(1, 6))
TABLE_YEARS = tuple(range(1995, 2012))
CONDENSED = (
    *("c1-2", "c3", "c4", "c5", "c6-7", "c8-9", "c10-11", "c12", "c13+15", "c14", "c16"),
    *("c17-18", "c19-27", "c28-35"),
)
"""Industries of the aggregated tables."""
CONDENSED_MANUFACTURES = CONDENSED[1:11]
