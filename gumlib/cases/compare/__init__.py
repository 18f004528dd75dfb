"""Comparing clusters: profiles, stages, pairings of mechanisms with ways, configurations of conditions."""
