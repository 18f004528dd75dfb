"""Accounts on an inter-country input-output table: who adds value to what, and where it ends.

Each measure is one function of a table; `indicators` returns all of them. Measures of an industry in a
region, never of one cluster.
"""

from gumlib.gvc.advantage import balassa, rca_gross, rca_va
from gumlib.gvc.checks import check_balance, imbalance
from gumlib.gvc.koopman import nine_terms
from gumlib.gvc.measures import (
    dc_share,
    downstreamness,
    dva_share,
    exports,
    fc_share,
    fvas,
    gvc_backward,
    gvc_forward,
    gvc_income,
    gvc_share,
    leontief,
    upstreamness,
    va_go,
    value_added_multipliers,
    vax,
    vax_ratio,
    vs1_share,
    vs_share,
)
from gumlib.gvc.release import condensed, read_indicators, wiod
from gumlib.gvc.summary import indicators, wide_indicators
from gumlib.gvc.table import IOTable
from gumlib.gvc.toy_economy import toy

__all__ = [
    "IOTable",
    "balassa",
    "check_balance",
    "condensed",
    "dc_share",
    "downstreamness",
    "dva_share",
    "exports",
    "fc_share",
    "fvas",
    "gvc_backward",
    "gvc_forward",
    "gvc_income",
    "gvc_share",
    "imbalance",
    "indicators",
    "leontief",
    "nine_terms",
    "rca_gross",
    "rca_va",
    "read_indicators",
    "toy",
    "upstreamness",
    "va_go",
    "value_added_multipliers",
    "vax",
    "vax_ratio",
    "vs1_share",
    "vs_share",
    "wide_indicators",
    "wiod",
]
