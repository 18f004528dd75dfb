"""An input-output table of the reader's own: read in any layout we know, checked, and told on one page."""

from gumlib.own.table.reading import TABLE_FORMATS, Reading, read_table

__all__ = ["TABLE_FORMATS", "Reading", "read_table"]
