"""Numbers for the prose: computed in a cell, set in the text, never typed."""

from gumlib.errors import extra


def tell(**values: object) -> None:
    """Hand computed values to the text, where ``{glue:text}`` sets them by name: a text as it is, 0.40 included."""
    display = extra("IPython.display", "book").display
    for name, value in values.items():
        written = repr(str(value)) if isinstance(value, str) else str(value)
        bundle = {"application/papermill.record/text/plain": written}
        metadata = {"scrapbook": {"name": name, "mime_prefix": "application/papermill.record/"}}
        display(bundle, raw=True, metadata=metadata)
