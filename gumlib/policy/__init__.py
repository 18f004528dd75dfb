"""Instruments, portfolios, search, timing: what policy can do inside the formalised mechanism.

The excerpt names no instrument. Ours come from the ledger; what each acts on, its size and its cost
are assumptions of ours with ranges. A share of draws says how often a result holds in those ranges.
"""

from gumlib.policy.catalogue import documented, instruments
from gumlib.policy.evaluation import evaluate
from gumlib.policy.pairs import matrix, synergy
from gumlib.policy.portfolios import Portfolio, portfolio
from gumlib.policy.search import best, pareto
from gumlib.policy.timing import coordination, delays, sequence
from gumlib.policy.uncertainty import Worlds, fitted_worlds, worlds

__all__ = [
    "Portfolio",
    "Worlds",
    "best",
    "coordination",
    "delays",
    "documented",
    "evaluate",
    "fitted_worlds",
    "instruments",
    "matrix",
    "pareto",
    "portfolio",
    "sequence",
    "synergy",
    "worlds",
]
