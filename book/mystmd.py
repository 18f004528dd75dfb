"""Read every chapter with mystmd, the engine of Jupyter Book 2, in both languages, and name what it does not know.

    python -m book.mystmd    `myst` must be installed: npm or PyPI, mystmd

Writes a project for mystmd, and its first page as JATS, into `_build/mystmd`, a folder a language. `mystmd.mjs` beside
this file defines the roles and directives that are the book's own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from book.chinese import pages
from book.paths import BUILD, ROOT
from book.publication import book

TARGET = BUILD / "mystmd"
PLUGIN = Path(__file__).with_suffix(".mjs")
SOURCES = {"en": ROOT, "zh": pages.SOURCE}
"""Where chapters and their table of contents lie, by language."""
FIRST = "chapters/index.md"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_READ = re.compile(r"Built (\S+\.md) in")
_UNKNOWN = re.compile(r"\S+\.md\S* unknown (?:directive|role): .*|.*no stored notebook.*")


def lay_out(source: Path, target: Path) -> None:
    """Write a project for mystmd from the folder that holds `chapters` and `_toc.yml`."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source / "chapters", target / "chapters")
    shutil.copyfile(source / "_toc.yml", target / "_toc.yml")
    shutil.copyfile(ROOT / "data" / "references.bib", target / "references.bib")
    project = {"title": book().title, "bibliography": ["references.bib"], "plugins": [str(PLUGIN)]}
    (target / "myst.yml").write_text(yaml.safe_dump({"version": 1, "project": project}), encoding="utf-8")


def unknown(project: Path) -> list[str]:
    """Let mystmd read all pages of a project and write the first as JATS; return what it says it does not know."""
    command = ["myst", "build", "--xml", "--force", FIRST]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False)
    said, pages = _COLOUR.sub("", done.stdout + done.stderr), set((project / "chapters").rglob("*.md"))
    read = {project / name for name in _READ.findall(said)}
    lost = [f"{page.relative_to(project)} was not read" for page in sorted(pages - read)]
    return lost + _UNKNOWN.findall(said)


def main() -> int:
    """Read both languages; return 1 if anything is unknown."""
    pages.write()
    faults = []
    for language, source in SOURCES.items():
        lay_out(source, TARGET / language)
        faults += [f"{language}: {fault}" for fault in unknown(TARGET / language)]
    print("\n".join(faults) or f"mystmd knows every role and directive: {TARGET.relative_to(ROOT)}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
