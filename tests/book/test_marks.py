"""Sentences that code writes end once, paragraphs are closed, and the Chinese ledger counts as Chinese does."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from gumbook import claims, edition, ids, ledger, numbering, sources

from book import marks
from book.chinese import finish
from gumlib import evidence

CHINESE = SimpleNamespace(config=SimpleNamespace(language="zh_CN"))
ENGLISH = SimpleNamespace(config=SimpleNamespace(language="en"))


@pytest.mark.parametrize(
    ("title", "said"),
    [("各种判定", "各种判定。"), ("Does it rise?", "Does it rise? "), ("The verdicts", "The verdicts. ")],
)
def test_the_title_of_a_card_ends_as_its_letters_do(title, said):
    assert numbering.title({"id": "tab-x", "title": title, "caption": ""})[1].astext() == said


@pytest.mark.parametrize(("asked", "said"), [("Does it rise?", "</a> Figure"), ("升级越多？", "？</a>图")])
def test_a_claim_tested_on_a_page_with_a_question_has_no_stop_behind_it(asked, said):
    parts = [f"Tested on <a>{asked}</a>", f"{said[-1] if said[-1] == '图' else 'Figure'}: x"]
    assert said in marks.paragraph(parts)
    assert not re.search("[?？](</a>)?[.。]", marks.paragraph(parts))


def test_the_links_below_a_claim_are_joined_in_chinese():
    parts = ["Tested on <a>升级越多？</a>", "Figure: <a>x</a>", "Code: <a>y</a>"]
    said, unknown = finish.finish("claims", f"<p>{marks.paragraph(parts)}</p>")
    assert (re.sub("</?[ap]>| ", "", said), unknown) == ("检验见升级越多？图：x。代码：y。", {})
    said, unknown = finish.finish("claims", f"<p>{marks.paragraph(['Tested on <a>价格</a>', *parts[1:]])}</p>")
    assert (re.sub("</?[ap]>| ", "", said), unknown) == ("检验见价格。图：x。代码：y。", {})


def test_the_list_of_claims_ends_no_question_twice(monkeypatch):
    page = f"chapters/{claims._table().loc['C06', 'page']}"
    env = SimpleNamespace(titles={page: SimpleNamespace(astext=lambda: "Does it rise?")})
    row = claims._table().loc["C06"].copy()
    row["figure"] = None
    monkeypatch.setattr(ids, "namers", lambda env: {})
    monkeypatch.setattr(ids, "to", lambda *where: "x.html")
    monkeypatch.setattr(claims, "_code", lambda *where: "y.html")
    said = claims._shown(SimpleNamespace(env=env), "chapters/back/claims", "C06", row)
    assert "rise?</a> Code: " in said


def test_an_entry_of_a_source_closes_its_paragraphs_and_doubles_no_mark(monkeypatch):
    monkeypatch.setattr(sources, "_told", lambda *about: [])
    entries = [sources._entry(ENGLISH, ids.REFERENCES, source) for source in sources._sources().itertuples()]
    assert [one for one in entries if one.count("<p>") != one.count("</p>")] == []
    assert [one for one in entries if "?. " in one] == []


def test_the_chinese_ledger_counts_millions_as_chinese_does():
    facts = evidence.ledger()
    measured = {key: ledger._measured(CHINESE, fact) for key, fact in zip(facts.index, facts.itertuples(), strict=True)}
    assert edition.chinese(CHINESE)
    assert [said for said in measured.values() if re.search(r"\d ?(?:</?span>)*[百十][万亿]", said)] == []
    million = facts[facts["unit"] == "USD million"].query("value == 40").index[0]
    assert "4000万美元" in measured[million]
    assert "40 <span>USD million</span>" in ledger._measured(ENGLISH, next(facts.loc[[million]].itertuples()))
