"""The evidence: ledger, codebook, coded scores and how far two codings agree; series of pressure; literature."""

from gumlib.evidence.coded import TOP_SCORE, codebook, conflicts, ledger, levels, paired, scores, sources, wide
from gumlib.evidence.intercoder import RELIABLE, agreement, between, coverage

__all__ = [
    "RELIABLE",
    "TOP_SCORE",
    "agreement",
    "between",
    "codebook",
    "conflicts",
    "coverage",
    "ledger",
    "levels",
    "paired",
    "scores",
    "sources",
    "wide",
]
