"""An instrument as a page to read or print, in both languages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from gumlib.survey.questionnaire import LANGUAGES, Instrument

_TAGS = {"en": "en", "zh": "zh-Hans"}
_BOX = "\u2610"
_LINE = "_" * 12
_MANY = 3
"""Questions that share a list from which they are printed side by side."""
_PRINT = """
body { font: 10.5pt/1.4 "Noto Sans", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC",
  "Microsoft YaHei", sans-serif; margin: 16mm; color: #000; background: #fff; max-width: 190mm; }
h1 { font-size: 15pt; } h2 { font-size: 12pt; margin: 1.2em 0 .3em; break-after: avoid; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1em; }
tr { break-inside: avoid; } thead { display: table-header-group; }
th, td { border: .4pt solid #777; padding: .35em .5em; text-align: left; vertical-align: top; }
td.tick, th.tick { text-align: center; width: 3.6em; } .hint { font-size: 90%; }
@page { size: A4; margin: 14mm; } @media print { body { margin: 0; } }
"""


@dataclass(frozen=True)
class Printed:
    """An instrument to be shown in a notebook or printed.

    Examples
    --------
    >>> from gumlib.survey import instrument
    >>> print(Printed(instrument("ningbo-firms")))
    ningbo-firms: 62 items in 15 sections, English and Chinese
    """

    form: Instrument

    def __str__(self) -> str:
        """Sum up: name, items, sections."""
        count, sections = len(self.form.items), len(self.form.sections())
        return f"{self.form.name}: {count} items in {sections} sections, English and Chinese"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f'<div class="gum-form">{_sections(self.form, 3, boxes=False)}</div>'

    def page(self) -> bytes:
        """Return a whole HTML page that prints on A4; the bytes are the same on every run.

        Examples
        --------
        >>> from gumlib.survey import instrument
        >>> Printed(instrument("interview")).page()[:15]
        b'<!DOCTYPE html>'
        """
        title = f"{escape(self.form.title_en)} {escape(self.form.title_zh)}"
        head = f'<meta charset="utf-8"><title>{title}</title><style>{_PRINT}</style>'
        heading = f'<h1>{escape(self.form.title_en)} <span lang="zh-Hans">{escape(self.form.title_zh)}</span></h1>'
        body = f"{heading}{_sections(self.form, 2, boxes=True)}"
        text = f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body>{body}</body></html>\n'
        return text.encode("utf-8")


def printed(form: Instrument) -> Printed:
    """Return an instrument as an object that a notebook shows in full.

    Examples
    --------
    >>> from gumlib.survey import instrument
    >>> "五金企业" in printed(instrument("yongkang-firms"))._repr_html_()
    True
    """
    return Printed(form)


def _sections(form: Instrument, level: int, *, boxes: bool) -> str:
    """Return all sections: with boxes to tick, or shorter, to be read."""
    parts = []
    for section in form.sections().to_dict("records"):
        heading = _both(section, "label", inline=True)
        parts.append(f"<h{level}>{heading}</h{level}>")
        inside = form.items[form.items["section"] == section["code"]].to_dict("records")
        shared = Counter(item["choices"] for item in inside if item["type"] in ("likert5", "select_one"))
        for (kind, _), items in groupby(inside, key=lambda item: _layout(item, shared)):
            parts.append(_LAYOUTS[kind](form, list(items), boxes))
    return "".join(parts)


def _layout(item: dict[str, Any], shared: Counter[str]) -> tuple[str, str]:
    """Return how an item is laid out, and with which list: neighbours alike in both share a table."""
    if item["type"] == "likert5":
        return "scale", item["choices"]
    many = item["type"] == "select_one" and shared[item["choices"]] >= _MANY
    return ("sheet", item["choices"]) if many else ("others", "")


def _both(entry: dict[str, Any], what: str, *, inline: bool = False) -> str:
    """Return a text in both languages, each marked as what it is."""
    texts = {code: escape(entry[f"{what}_{code}"]) for code in LANGUAGES}
    gap = " / " if inline else "<br>"
    return gap.join(f'<span lang="{_TAGS[code]}">{text}</span>' for code, text in texts.items() if text)


def _scale(form: Instrument, items: list[dict[str, Any]], boxes: bool) -> str:
    """Return scale items that share a list as one grid; without boxes, (r) marks a reversed one."""
    options = form.options(items[0]["choices"]).to_dict("records")
    ticks = "".join(f'<th scope="col" class="tick">{_both(option, "label")}</th>' for option in options)
    cells = "".join(f'<td class="tick">{_BOX} {escape(option["code"])}</td>' for option in options)
    rows = "".join(
        f'<tr><th scope="row">{item["item"]}{" (r)" if item["reverse"] and not boxes else ""}</th>'
        f"<td>{_both(item, 'text')}{_hint(item)}</td>{cells if boxes else ''}</tr>"
        for item in items
    )
    return _table(_head("Sentence", "陈述") + (ticks if boxes else ""), rows)


def _sheet(form: Instrument, items: list[dict[str, Any]], boxes: bool) -> str:
    """Return questions that share a long list as one table: an answer a row, with boxes a question a column."""
    tick = f'<td class="tick">{_BOX}</td>'
    head = "".join(f'<th scope="col">{item["item"]}<br><small>{_both(item, "text")}</small></th>' for item in items)
    if not boxes:
        asked = "<br>".join(f"<strong>{item['item']}</strong> {_both(item, 'text', inline=True)}" for item in items)
        tick = head = ""
    rows = "".join(
        f'<tr><th scope="row">{escape(option["code"])}</th><td>{_both(option, "label")}</td>{tick * len(items)}</tr>'
        for option in form.options(items[0]["choices"]).to_dict("records")
    )
    table = _table(_head("Answer", "答案") + head, rows, _head("Code", "代码"))
    return table if boxes else f"<p>{asked}</p>{table}"


def _others(form: Instrument, items: list[dict[str, Any]], boxes: bool) -> str:
    """Return notes as paragraphs and questions as a table of question and answer."""
    parts = []
    for note, group in groupby(items, key=lambda item: item["type"] == "note"):
        entries = list(group)
        if note:
            parts += [f"<p>{_both(entry, 'text')}{_hint(entry)}</p>" for entry in entries]
            continue
        rows = "".join(
            f'<tr><th scope="row">{entry["item"]}</th><td>{_both(entry, "text")}{_hint(entry)}</td>'
            f"<td>{_answer(form, entry, boxes)}</td></tr>"
            for entry in entries
        )
        parts.append(_table(_head("Question", "问题") + _head("Answer", "答案"), rows))
    return "".join(parts)


def _head(english: str, chinese: str) -> str:
    return f'<th scope="col">{english} <span lang="zh-Hans">{chinese}</span></th>'


def _table(head: str, rows: str, first: str = "") -> str:
    first = first or _head("Item", "题号")
    return (
        f'<div class="pst-scrollable-table-container"><table class="table"><thead><tr>{first}{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _hint(entry: dict[str, Any]) -> str:
    return f'<br><small class="hint">{_both(entry, "hint")}</small>' if entry["hint_en"] else ""


def _answer(form: Instrument, entry: dict[str, Any], boxes: bool) -> str:
    if entry["type"] == "text":
        return "<br>".join([_LINE * 2] * 2) if boxes else _written("text")
    if entry["type"] == "integer":
        return _LINE if boxes else _written("integer")
    options = form.options(entry["choices"]).to_dict("records")
    scored = all(option["code"].isdecimal() for option in options)
    return "<br>".join(
        f"{_BOX} {option['code'] + ' ' if scored else ''}{_both(option, 'label', inline=True)}" for option in options
    )


def _written(kind: str) -> str:
    """Return what is to be written: a text or a number."""
    english, chinese = {"text": ("text", "文字"), "integer": ("number", "数字")}[kind]
    return f'{english} <span lang="zh-Hans">{chinese}</span>'


_LAYOUTS = {"scale": _scale, "sheet": _sheet, "others": _others}
