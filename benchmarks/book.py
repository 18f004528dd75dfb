"""Seconds and bytes per page of this book, beside a stock Jupyter Book built in the same run.

    python -m benchmarks.book

Cold: no page is cached. Warm: one page is changed. Bytes: what a browser loads to show a page, not
compressed. The stock book holds the same number of pages, each with one matplotlib figure.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.weight import weights
from book.paths import BUILD, CHAPTERS, HTML, ROOT

_STOCK = """---
kernelspec: {{display_name: Python 3, language: python, name: python3}}
jupytext: {{text_representation: {{extension: .md, format_name: myst}}}}
---
# Page {number}

$x^2$

```{{code-cell}} python
import matplotlib.pyplot as plt
import pandas as pd
frame = pd.DataFrame({{"x": range({number}, 20)}})
frame.plot()
```
"""


def seconds(command: list[str], folder: Path) -> float:
    """Return the wall-clock seconds of a command that must succeed."""
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - began


def stock(folder: Path, pages: int) -> list[str]:
    """Write a Jupyter Book with default settings and return the command that builds it."""
    (folder / "_config.yml").write_text("title: Stock\nexecute: {execute_notebooks: cache}\n", encoding="utf-8")
    names = [f"page{number}" for number in range(1, pages + 1)]
    chapters = "".join(f"  - file: {name}\n" for name in names[1:])
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: {names[0]}\nchapters:\n{chapters}", encoding="utf-8")
    for number, name in enumerate(names, start=1):
        (folder / f"{name}.md").write_text(_STOCK.format(number=number), encoding="utf-8")
    return [str(Path(sys.executable).parent / "jupyter-book"), "build", str(folder)]


def _change(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("```{code-cell} python\n", "```{code-cell} python\n# changed\n", 1), encoding="utf-8")
    return text


def main() -> None:
    """Build both books cold, this one warm, and print a row for each measure."""
    build = [sys.executable, "-m", "book.build"]
    pages = len(list(CHAPTERS.rglob("*.md")))
    shutil.rmtree(BUILD, ignore_errors=True)
    cold = seconds(build, ROOT)
    page = CHAPTERS / "02" / "2-1-model-building.md"
    before = _change(page)
    try:
        warm = seconds(build, ROOT)
    finally:
        page.write_text(before, encoding="utf-8")
    seconds(build, ROOT)
    own = weights(HTML)
    with tempfile.TemporaryDirectory() as folder:
        command = stock(Path(folder), pages)
        stock_cold = seconds(command, Path(folder))
        stock_weights = weights(Path(folder) / "_build" / "html")
    print(f"pages                        {pages}")
    print(f"cold, seconds a page         {cold / pages:6.2f}   stock {stock_cold / pages:6.2f}")
    print(f"warm, one page changed       {warm:6.2f}")
    for label, pick in (("median", lambda v: sorted(v)[len(v) // 2]), ("largest", max)):
        ours, theirs = (pick(list(found.values())) / 1e6 for found in (own, stock_weights))
        print(f"megabytes a page, {label:8}   {ours:6.2f}   stock {theirs:6.2f}   ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
