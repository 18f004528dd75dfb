"""Measurements beside a named peer, made in one run."""
