"""Many runs: draws of parameters, runs in chunks, sensitivity."""

from gumlib.ensemble.draws import RANGES, sample

__all__ = ["RANGES", "sample"]
