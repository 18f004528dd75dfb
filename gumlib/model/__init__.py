"""The GUM model as a graph: factors, mechanisms, ways, and what joins them (C01-C09)."""

from gumlib.model.graph import diamond, factors, gum, influence_matrix, interactions, loops, routes

__all__ = ["diamond", "factors", "gum", "influence_matrix", "interactions", "loops", "routes"]
