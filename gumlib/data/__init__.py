"""Data files: a registry with checksums, checks of tables, one way to sort; in `lineage`, what rests on what."""

from gumlib.data.package import features, folder, forget, path, read, registry, remedy

__all__ = ["features", "folder", "forget", "path", "read", "registry", "remedy"]
