"""The Chinese edition, laid out beside the English one and put into its folder `zh`.

python -m book.chinese.edition
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import yaml

from book import digest
from book.chinese import pages
from book.chinese.finish import finish
from book.layout import lay_out
from book.paths import BUILD, ROOT, prepare_kernels
from book.publication import CHINESE_TITLE
from book.search import fit

FOLDER = BUILD / "zh"
UNKNOWN = FOLDER / "unknown.json"
"""What the pages say that no phrase renders, with how often."""
_RAW, _DONE = FOLDER / "html", FOLDER / "finished"
_KNOWN = FOLDER / "known"
"""Pages as finished, and what no phrase renders in them, by a hash of what they were made from."""


def begin() -> subprocess.Popen[bytes]:
    """Write the Chinese sources, and begin to lay them out and to finish them in a process of their own."""
    pages.write()
    shutil.rmtree(_RAW / "_static", ignore_errors=True)  # filled by every build, so that none sees what the last left
    (_RAW / "chapters" / "index.html").unlink(missing_ok=True)  # Sphinx fills it if there is a page to write
    return subprocess.Popen([sys.executable, "-m", "book.chinese.edition"], cwd=ROOT)


def end(process: subprocess.Popen[bytes], html: Path) -> bool:
    """Wait for the pages, and put them into the folder `zh` of the book; tell whether all are sound."""
    if process.wait() != 0:
        return False
    shutil.rmtree(html / "zh", ignore_errors=True)
    shutil.move(_DONE, html / "zh")
    return True


def _finish() -> None:
    """Finish a copy of the pages: Sphinx goes on from what it has written itself."""
    shutil.rmtree(_DONE, ignore_errors=True)
    shutil.copytree(_RAW, _DONE)
    _KNOWN.mkdir(exist_ok=True)
    used, unknown, words = set(), Counter[str](), digest.words()
    for page in sorted(file for file in _DONE.rglob("*.html") if "_static" not in file.parts):
        known = _finished(page.stem, page.read_text(encoding="utf-8"), words)
        text, unsaid = json.loads(known.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8")
        unknown.update(unsaid)
        used.add(known)
    fit(_DONE)
    for stray in set(_KNOWN.iterdir()) - used:
        stray.unlink()
    UNKNOWN.write_text(json.dumps(dict(unknown.most_common()), ensure_ascii=False, indent=1), encoding="utf-8")


def _finished(name: str, raw: str, words: str) -> Path:
    """Return the file that holds a page as finished; a page that was finished before is taken as it was."""
    known = _KNOWN / hashlib.sha256(f"{words} {name} {raw}".encode()).hexdigest()
    if not known.exists():
        known.write_text(json.dumps(finish(name, raw)), encoding="utf-8")
    return known


def _settings() -> dict[str, object]:
    """Return what differs from the English edition, and where its files lie as seen from the Chinese sources."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"]
    return {
        "external_toc_path": str(pages.SOURCE / "_toc.yml"),
        "language": "zh_CN",
        "project": CHINESE_TITLE,
        "html_title": CHINESE_TITLE,
        "html_search_language": "en",  # Han characters are searched by parts: see gumbook.search
        "html_static_path": [str(ROOT / path) for path in config["html_static_path"]],
        "templates_path": [str(ROOT / path) for path in config["templates_path"]],
        "html_favicon": str(ROOT / config["html_favicon"]),
        "html_search_scorer": str(ROOT / config["html_search_scorer"]),
        "bibtex_bibfiles": [str(ROOT / "data" / "references.bib")],
    }


if __name__ == "__main__":
    os.chdir(ROOT)
    prepare_kernels()
    sound = lay_out(pages.SOURCE, _RAW, _settings())
    if sound:
        _finish()
    sys.exit(not sound)
