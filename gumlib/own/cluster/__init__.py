"""A cluster of the reader's own: a folder to fill, checked cell by cell, and one page on what it holds."""

from gumlib.own.cluster.folder import faults, read_cluster

__all__ = ["faults", "read_cluster"]
