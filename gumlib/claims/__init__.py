"""The claims of the book and what our tests say of each: one function a claim, one module for each kind of evidence."""

from gumlib.claims.register import TESTS, claims, decide, measure, verdict_numbers

__all__ = ["TESTS", "claims", "decide", "measure", "verdict_numbers"]
