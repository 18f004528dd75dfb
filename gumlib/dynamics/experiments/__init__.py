"""Experiments on the mechanism, one a file: what a push, a shock, a chain or its governance does to a cluster."""
