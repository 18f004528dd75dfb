"""Build the book into _build/html: strictly, and anew only what has changed.

python -m book.build
python -m book.build --stored    with the outputs of the stored notebooks, when `pytest --nbval` has just compared them

A build that ends with a fault leaves nothing behind that a later one could take for sound: no page, no
state of Sphinx. So a fault is told as often as the build is repeated, until it is mended.
"""

from __future__ import annotations

import os
import shutil
import sys
import time

from book import digest
from book.chinese import edition
from book.layout import lay_out
from book.paths import BUILD, HTML, ROOT, prepare_kernels

_STAMP = BUILD / "built.txt"
"""What the pages at hand were built from, and their names, sizes and times."""
_STATE = BUILD / ".doctrees"
"""What Sphinx remembers of the pages it has read."""
_LAYOUT = _STATE / "layout.txt"
_RENEWED = ("_static", "_images", "cite", "figures", "forms", "tables", "zh")
"""Folders that every build fills from nothing, so that a rebuilt page equals a fresh one to the byte."""


def build() -> int:
    """Bring the book up to date; return 0, or 1 with every fault told on stderr."""
    began, sources = time.perf_counter(), digest.inputs()
    if _STAMP.exists() and _STAMP.read_text(encoding="utf-8") == _stamp(sources):
        print(f"nothing has changed: {HTML.relative_to(ROOT)}/index.html")
        return 0
    _STAMP.unlink(missing_ok=True)
    sound = False
    try:
        sound = _execute() and _still(sources) and _write() and _still(sources)
    finally:
        if not sound:
            for folder in (HTML, _STATE, edition.FOLDER):
                shutil.rmtree(folder, ignore_errors=True)
    if not sound:
        print("the book was not built: mend what is told above", file=sys.stderr)
        return 1
    _LAYOUT.write_text(digest.layout(), encoding="utf-8")
    _STAMP.write_text(_stamp(sources), encoding="utf-8")
    pages = sum(1 for _ in (HTML / "chapters").rglob("*.html"))
    print(f"{pages} pages in {time.perf_counter() - began:.1f} s: {HTML.relative_to(ROOT)}/index.html")
    return 0


def _still(sources: str) -> bool:
    """Tell whether the sources are those that the build began with; pages that ran other code are not kept."""
    if digest.inputs() == sources:
        return True
    if digest.outputs.__wrapped__() != digest.outputs():
        shutil.rmtree(digest.cache(), ignore_errors=True)
    print("a source was changed while the book was built: build it again", file=sys.stderr)
    return False


def _stamp(sources: str) -> str:
    """Return what tells whether the pages at hand are those of some sources."""
    files = sorted(file for file in HTML.rglob("*") if file.is_file())
    facts = [(file, file.stat()) for file in files]
    lines = [f"{file.relative_to(HTML).as_posix()} {stat.st_size} {stat.st_mtime_ns}" for file, stat in facts]
    return "\n".join([sources, *lines])


def _take_stored() -> None:
    """Keep the stored notebooks as the last runs of their chapters; what they drew must be drawn already."""
    import nbformat

    from book.execution import executable, restore
    from book.notebooks import twin

    for page in executable():
        restore(page, nbformat.read(twin(page), as_version=4))


def _execute() -> bool:
    """Run the chapters that have changed; tell whether all are sound, and on stderr what is not."""
    from book.execution import run_changed

    for folder in digest.cache().parent.glob("*"):
        if folder != digest.cache():
            shutil.rmtree(folder)
    faults = run_changed()
    print("\n\n".join(faults), file=sys.stderr, end="\n" * bool(faults))
    return not faults


def _write() -> bool:
    """Run Jupyter Book with every warning an error; tell whether there was none."""
    kept = _LAYOUT.exists() and _LAYOUT.read_text(encoding="utf-8") == digest.layout()
    for folder in [HTML / name for name in _RENEWED] if kept else [HTML, _STATE, edition.FOLDER]:
        shutil.rmtree(folder, ignore_errors=True)
    (HTML / "chapters" / "index.html").unlink(missing_ok=True)  # Sphinx fills the folders if there is a page to write
    print("laying out the pages in two languages", flush=True)
    chinese = edition.begin()
    sound = lay_out(ROOT, HTML, {"external_toc_path": str(ROOT / "_toc.yml")})
    return edition.end(chinese, HTML) and sound


if __name__ == "__main__":
    os.chdir(ROOT)
    prepare_kernels()
    if "--stored" in sys.argv:
        _take_stored()
    sys.exit(build())
