"""The evidence: ledger, codebook, coded scores and how far two codings agree; series of pressure; literature."""

from gumlib.evidence.coded import (
    RELIABLE,
    TOP_SCORE,
    agreement,
    codebook,
    conflicts,
    coverage,
    ledger,
    levels,
    paired,
    scores,
    sources,
)

__all__ = [
    "RELIABLE",
    "TOP_SCORE",
    "agreement",
    "codebook",
    "conflicts",
    "coverage",
    "ledger",
    "levels",
    "paired",
    "scores",
    "sources",
]
