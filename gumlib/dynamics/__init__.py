"""The mechanism as a dynamical system: parameters, runs, equilibria, lock-in.

Our formalisation of C01-C09. Levels x in [0, 1] of six factors, u in [0, 1] of four ways, time in
years; the book gives neither equations nor magnitudes.

    dx_i/dt = [b_i + p_i + γ Σ_j w_ij φ(x_j)] (1 - x_i) - (δ_i + s_i) x_i,  φ(x) = x^n / (κ^n + x^n)
    γ = γ0 + (1 - γ0) g,   du_k/dt = η [γ m_k(x) - u_k]
"""

from gumlib.dynamics.basins import smallest_push
from gumlib.dynamics.equilibrium import equilibria, extremes, regime, thresholds
from gumlib.dynamics.parameters import Parameters
from gumlib.dynamics.paths import Path
from gumlib.dynamics.rivals import MODELS, Rival
from gumlib.dynamics.runs import Run
from gumlib.dynamics.simulation import simulate

__all__ = [
    "MODELS",
    "Parameters",
    "Path",
    "Rival",
    "Run",
    "equilibria",
    "extremes",
    "regime",
    "simulate",
    "smallest_push",
    "thresholds",
]
