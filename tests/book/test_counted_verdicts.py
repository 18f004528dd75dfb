"""No built page counts verdicts without what their tests could have returned: in no caption, table or sentence."""

from __future__ import annotations

import html
import re

import pytest

from book.execution import executable
from book.paths import CHAPTERS, HTML
from gumlib.claims import claims
from gumlib.claims.verdict import VERDICTS
from gumlib.figures import s5_1_verdicts

WORDS = "|".join(VERDICTS)
CARD = re.compile(r'<figure class="gum-card[^"]*" id="([^"]+)">(.*?)</figure>', re.DOTALL)
BLOCK = re.compile(r"<(p|li|figcaption|caption)\b[^>]*>(.*?)</\1>", re.DOTALL)
COUNTED = re.compile(rf"\b(?:{WORDS}) (?:for )?(?:\d+|one|none)\b")
BESIDE = re.compile("[Tt]ests could have (?:supported|returned)")
"""How a sentence or a title says what tests could have returned."""


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", "", text)).split())


def bare(page: str) -> list[str]:
    """Return the texts of a page that count verdicts, and the tables that do so by column, without what could be."""
    texts = [plain(inside) for _, inside in BLOCK.findall(page)]
    found = [text for text in texts if len(COUNTED.findall(text)) > 0 and not BESIDE.search(text)]
    for card, inside in CARD.findall(page):
        heads = {plain(head) for _, head in re.findall(r"<(th)\b[^>]*>(.*?)</th>", inside, re.DOTALL)}
        if len(heads & set(VERDICTS)) > 1 and not BESIDE.search(plain(inside)):
            found.append(card)
    return found


@pytest.mark.parametrize("page", executable(), ids=lambda page: page.stem)
def test_no_built_page_counts_verdicts_without_their_ceilings(page):
    file = (HTML / "chapters" / page.relative_to(CHAPTERS)).with_suffix(".html")
    assert bare(file.read_text(encoding="utf-8")) == []


def unmarked(page: str) -> list[str]:
    """Return the cards of a page that give the verdicts of claims by row, and no notes beside them."""
    found = []
    for card, inside in CARD.findall(page):
        heads = [plain(head) for _, head in re.findall(r"<(th)\b[^>]*>(.*?)</th>", inside, re.DOTALL)]
        claimed = any(re.fullmatch(r"C\d\d", head) for head in heads)
        found += [card] * (claimed and "verdict" in heads and "notes" not in heads)
    return found


@pytest.mark.parametrize("page", executable(), ids=lambda page: page.stem)
def test_no_table_gives_verdicts_without_their_notes(page):
    file = (HTML / "chapters" / page.relative_to(CHAPTERS)).with_suffix(".html")
    assert unmarked(file.read_text(encoding="utf-8")) == []


def test_a_table_without_notes_is_caught():
    table = '<figure class="gum-card" id="tab-0-0-x"><th></th><th>verdict</th>{}<th><a>C19</a></th></figure>'
    assert unmarked(table.format("")) == ["tab-0-0-x"]
    assert unmarked(table.format("<th>notes</th>")) == []


def test_the_claims_behind_the_map_stand_with_their_notes():
    page = (HTML / "chapters" / "index.html").read_text(encoding="utf-8")
    behind = page[page.index('class="map-claims"') :]
    for claim, row in claims().dropna(subset="notes").iterrows():
        if entry := re.search(rf">{claim}</a>.*?</li>", behind[: behind.index("</ul>")], re.DOTALL):
            assert row["notes"] in plain(entry[0]), claim


def test_a_bare_count_is_caught_and_a_whole_one_is_not():
    counted = s5_1_verdicts.counted(claims())
    alone = counted[counted.index("The verdict is") :]
    assert bare(f"<figcaption>Each verdict. <em>{alone}</em></figcaption>") == [f"Each verdict. {alone}"]
    assert bare(f"<p>{counted}</p>") == []


def test_a_table_with_a_column_a_verdict_is_caught():
    table = '<figure class="gum-card gum-table" id="tab-0-0-x">{}<th>partly</th><th>not supported</th></figure>'
    assert bare(table.format("")) == ["tab-0-0-x"]
    assert bare(table.format("Tests could have supported all 3 in full.")) == []
