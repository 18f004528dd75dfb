"""How far the Chinese edition is: blocks without Chinese, Chinese without its block, and blocks that differ.

python -m book.chinese.status [PAGE ...]          pages such as 02/2-1-model-building; all by default
python -m book.chinese.status --draft PAGE        print the English blocks under their keys, to be rendered
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from book.chinese.blocks import Block, parse, rendered, translated
from book.chinese.edition import UNKNOWN
from book.chinese.parity import compare, phrase_faults
from book.chinese.phrases import site
from book.paths import CHAPTERS


def written(page: Path) -> dict[str, Block]:
    """Return the blocks of a chapter that hold words for the reader, by key."""
    blocks = parse(page.read_text(encoding="utf-8"))
    return {block.key: block for block in blocks if not block.shared}


def missing(page: Path) -> list[Block]:
    """Return the blocks of a chapter that nobody has rendered."""
    done = rendered(page)
    return [block for key, block in written(page).items() if key not in done]


def stale(page: Path) -> list[str]:
    """Return the Chinese blocks whose English has changed or is gone."""
    wanted = written(page)
    return [f"{key} {text[:40]!r}" for key, text in rendered(page).items() if key not in wanted]


def faults(page: Path) -> list[str]:
    """Say in what the Chinese of a chapter differs from it."""
    wanted = written(page)
    return [fault for key, text in rendered(page).items() if key in wanted for fault in compare(wanted[key], text)]


def report(pages: list[Path]) -> int:
    """Print a line a page and a line a fault; return 1 if there is any."""
    total = 0
    for page in pages:
        lacking, old, wrong = missing(page), stale(page), faults(page)
        total += len(lacking) + len(old) + len(wrong)
        name = page.relative_to(CHAPTERS).with_suffix("").as_posix()
        print(f"{name}: {len(written(page))} blocks, {len(lacking)} missing, {len(old)} stale, {len(wrong)} differ")
        print("".join(f"  missing {block.key} {block.text[:60]!r}\n" for block in lacking[:10] if old), end="")
        print("".join(f"  stale {one}\n" for one in old) + "".join(f"  {one}\n" for one in wrong), end="")
    return int(total > 0)


def report_phrases() -> int:
    """Print a line for all phrases and a line a fault; return 1 if there is any."""
    known = site().patterns
    wrong = [f"{english[:40]!r}: {fault}" for english in known for fault in phrase_faults(english, known[english])]
    print(f"{len(known)} phrases, {len(wrong)} differ", *wrong, sep="\n  ")
    unknown = list(json.loads(UNKNOWN.read_text(encoding="utf-8"))) if UNKNOWN.exists() else []
    print(f"{len(unknown)} texts of the built pages have no Chinese", *unknown[:20], sep="\n  ")
    return int(bool(wrong or unknown))


def draft(page: Path) -> str:
    """Return the English blocks of a chapter as its catalogue would hold them."""
    return "\n\n".join(f"% {block.key}\n{block.text}" for block in missing(page)) + "\n"


if __name__ == "__main__":
    names = [name for name in sys.argv[1:] if not name.startswith("-")]
    chosen = [CHAPTERS / f"{name}.md" for name in names] or translated()
    if "--draft" in sys.argv:
        print("\n".join(map(draft, chosen)), end="")
    else:
        sys.exit(report(chosen) | (0 if names else report_phrases()))
