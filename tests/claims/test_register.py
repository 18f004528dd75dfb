"""The register: every claim is read before it is tested, in our own words, at a place that exists."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from book import own_words
from gumlib import data
from gumlib.claims import TESTS
from gumlib.claims.verdict import VERDICTS
from gumlib.dynamics import rivals

EXCERPT = Path(__file__).parents[3] / "shared" / "book" / "excerpt.txt"
AT_HAND = pytest.mark.skipif(not EXCERPT.exists(), reason="the excerpt is under copyright and not shipped")
WORDS = {
    "C05": "钻石模型", "C16": "制度保证", "C17": "三个层面", "C19": "制造环节", "C20": "自然而然", "C21": "历史偶然",
    "C22": "封闭系统",
    "C23": "旧俗", "C24": "周期风险", "C25": "认知锁定", "C26": "劳动密集型", "C27": "品牌环节", "C28": "技术生命周期",
    "C29": "底特律",
    "C30": "2004年", "C31": "2005年", "C32": "2006年", "C33": "2007年", "C34": "2008年", "C35": "鞋业协会",
    "C36": "块状经济",
    "C37": "很艰难",
    "C38": "两成至四成", "C39": "高能耗", "C40": "技术前沿", "C41": "21世纪",
}  # fmt: skip
"""A word of each claim by which its paragraph is known; the others are in the long paragraph of the abstract."""


def places(place: str) -> list[tuple[str, int]]:
    """Return section and paragraph for each half of a place such as ``p. 1, 1.1.1 (1), ¶ 1``."""
    whole = re.sub(r"^pp?\. \d(-\d)?, ", "", place)
    if whole.startswith("abstract"):
        found = re.findall(r"¶ (\d) \((zh|en)\)", whole)
        return [(f"abstract {language}", int(number)) for number, language in found]
    section, number = re.fullmatch(r"(chapter 1|1\.1\.1 \(\d\)|footnote)(?:, ¶)? (\d)", whole).groups()
    return [(section, int(number))]


def paragraphs() -> dict[str, list[str]]:
    """Return the paragraphs of the excerpt by section; one that a page break cut is one."""
    heads = {
        "## A 摘 要": "abstract zh",
        "## ABSTRACT": "abstract en",
        "# C 目 录": "contents",
        "# 01 絮论": "chapter 1",
    }
    found: dict[str, list[str]] = {}
    section, broken = "front", False
    for block in re.split(r"\n\s*\n", EXCERPT.read_text(encoding="utf-8")):
        text = " ".join(block.split())
        part = re.match(r"#* ?\((\d)\)", text)
        known = next((name for head, name in heads.items() if text.startswith(head)), None)
        if known or part:
            section, broken = known or f"1.1.1 ({part[1]})", False
        elif text.startswith("<sup>"):
            found.setdefault("footnote", []).append(text)
        elif text and text[0] not in "#*-" and not text.startswith("<"):
            own = found.setdefault(section, [])
            own[-1:] = [own[-1] + text] if broken else [*own[-1:], text]
            broken = text[-1] not in "。.:,)" if section != "abstract en" else text[-1] not in "."
    return found


@pytest.fixture(scope="module")
def register():
    return data.read("claims").set_index("claim_id")


@AT_HAND
def test_each_place_is_one_of_the_excerpt(register):
    known = paragraphs()
    wrong = [
        (claim, place)
        for claim, text in register["place"].items()
        for place in (places(text) or ["none"])
        if place == "none" or place[1] > len(known.get(place[0], []))
    ]
    assert wrong == []


@AT_HAND
@pytest.mark.parametrize("claim", WORDS)
def test_the_sentence_is_at_its_place(claim, register):
    section, number = places(register.loc[claim, "place"])[0]
    assert WORDS[claim] in re.sub(r"\s", "", paragraphs()[section][number - 1])


@AT_HAND
def test_a_sentence_that_a_page_break_cuts_has_both_pages(register):
    """The one break of a page inside a paragraph cuts the sentence on old industrial areas."""
    assert "拖垮整个区域经济,变\n\n成难以复苏" in EXCERPT.read_text(encoding="utf-8")
    assert register.loc["C24", "place"].startswith("pp. 1-2, ")


def test_advice_is_said_to_be_advice(register):
    """The excerpt proposes measures: the register does not say that they ought to be taken, nor is advice tested."""
    advice = register[register["modality"] == "ought"]
    assert list(advice.index) == ["C17"]
    assert advice["claim"].str.contains("proposed").all()
    assert set(advice["state"]) == {"none"}
    assert set(advice["ceiling"]) == set(advice["floor"]) == {"not testable here"}


def test_the_sentence_on_pressure_is_whole_and_its_end_is_said_to_be_untested(register):
    """Five claims are clauses of one sentence, which ends with what all these changes do to clusters on the coast."""
    clauses = register.loc["C30":"C34"]
    assert clauses["restated_en"].str.contains("bear on how clusters on the coast").all()
    assert clauses["restated_zh"].str.contains("影响沿海集群").all()
    assert clauses["rule"].str.contains("on the coast is not tested").all()


@pytest.mark.parametrize(
    ("claim", "author"), [("C20", "Zhang Hui"), ("C30", "Chen Yao"), ("C35", "Li Qihong"), ("C36", "Pan Haiping")]
)
def test_a_claim_taken_from_others_names_them(claim, author, register):
    assert author in register.loc[claim, "restated_en"]


@AT_HAND
def test_the_hashes_are_those_of_the_excerpt():
    assert set(data.read("excerpt-runs")["sha256"]) == own_words.hashed_runs(EXCERPT.read_text(encoding="utf-8"))


@pytest.mark.parametrize("column", ["claim", "restated_en", "restated_zh", "rule", "why"])
def test_nothing_is_copied(column, register):
    assert [claim for claim, text in register[column].items() if own_words.copied(text)] == []


@AT_HAND
@pytest.mark.parametrize(("section", "length"), [("1.1.1 (3)", 40), ("abstract en", 200)])
def test_a_copied_run_is_caught(section, length):
    start = paragraphs()[section][0].find("劳动力") if section != "abstract en" else 0
    assert own_words.copied(paragraphs()[section][0][start : start + length])


def test_terms_and_titles_are_no_copies():
    assert own_words.copied("全球价值链视角下地方产业集群升级机理研究:产业集群升级为导向的公共政策") == set()


def test_both_languages_hold_the_whole_sentence(register):
    assert (register["restated_zh"].str.count(r"[\u4e00-\u9fff]") >= 8).all()
    assert (register["restated_en"].str.split().str.len() >= 7).all()


def test_the_best_verdict_is_no_worse_than_the_worst(register):
    order = {verdict: rank for rank, verdict in enumerate(VERDICTS)}
    assert (register["ceiling"].map(order) <= register["floor"].map(order)).all()


@pytest.mark.parametrize(
    ("cause", "found"),
    [
        ("none", ()),
        ("interaction", ("independent", "no feedback")),
        ("threshold", ("linear",)),
        ("governance", ("no governance",)),
        ("policy", ()),
        ("dominant enterprises", ()),
        ("social capital's excess", ("gum",)),
        ("order", ()),
    ],
)
def test_rivals_follow_from_causes(cause, found):
    assert rivals.lacking(cause) == found
    assert all(cause not in rivals.elements(rivals.VARIANTS[name]) for name in found)


def test_the_figure_is_one_of_the_page(register):
    shown = register["figure"].dropna()
    pages = register.loc[shown.index, "page"]
    apart = [claim for claim, name in shown.items() if f"/{name[4:7]}-" not in pages[claim]]
    assert apart == []


def test_the_page_exists(register):
    root = Path(__file__).parents[2] / "chapters"
    assert [page for page in register["page"] if not (root / f"{page}.md").exists()] == []


@pytest.mark.parametrize("module", sorted({test.__module__ for test in TESTS.values()}))
def test_a_module_of_verdicts_opens_with_the_ids_that_it_decides(module):
    opening = (sys.modules[module].__doc__ or "").split("\n")[0].rsplit(": ", 1)[1].rstrip(".")
    spans = [re.findall(r"\d\d", part) for part in opening.split(", ")]
    named = [f"C{number:02}" for first, *last in spans for number in range(int(first), int((last or [first])[0]) + 1)]
    assert named == [claim for claim, test in TESTS.items() if test.__module__ == module]
