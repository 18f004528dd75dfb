"""An instrument as a page to read or print, in both languages or in Chinese alone."""

from collections import Counter
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from gumlib.survey.questionnaire import LANGUAGE_NAMES, Instrument

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
class _How:
    """How a form is written: with boxes to tick or shorter, to be read; in which languages."""

    boxes: bool
    languages: tuple[str, ...] = tuple(LANGUAGE_NAMES)


@dataclass(frozen=True)
class Printed:
    """An instrument to be shown in a notebook or printed."""

    form: Instrument

    def __str__(self) -> str:
        """Sum up: name, items, sections."""
        count, sections = len(self.form.items), len(self.form.sections())
        return f"{self.form.name}: {count} items in {sections} sections, English and Chinese"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f'<div class="gum-form">{_sections(self.form, 3, _How(boxes=False))}</div>'

    def page(self, languages: tuple[str, ...] = tuple(LANGUAGE_NAMES)) -> bytes:
        """Return a whole HTML page that prints on A4, in some languages; the bytes are the same on every run."""
        titles = {"en": self.form.title_en, "zh": self.form.title_zh}
        title = " ".join(escape(titles[code]) for code in languages)
        head = f'<meta charset="utf-8"><title>{title}</title><style>{_PRINT}</style>'
        heading = " ".join(f'<span lang="{_TAGS[code]}">{escape(titles[code])}</span>' for code in languages)
        body = f"<h1>{heading}</h1>{_sections(self.form, 2, _How(True, languages))}"
        text = f'<!DOCTYPE html>\n<html lang="{_TAGS[languages[0]]}"><head>{head}</head>\n<body>{body}</body></html>\n'
        return text.encode("utf-8")


def printed(form: Instrument) -> Printed:
    """Return an instrument as an object that a notebook shows in full."""
    return Printed(form)


def _sections(form: Instrument, level: int, how: _How) -> str:
    parts = []
    for section in form.sections().to_dict("records"):
        heading = _both(section, "label", how, inline=True)
        parts.append(f"<h{level}>{heading}</h{level}>")
        inside = form.items[form.items["section"] == section["code"]].to_dict("records")
        shared = Counter(item["choices"] for item in inside if item["type"] in ("likert5", "select_one"))
        for (kind, _), items in groupby(inside, key=lambda item: _layout(item, shared)):
            parts.append(_LAYOUTS[kind](form, list(items), how))
    return "".join(parts)


def _layout(item: dict[str, Any], shared: Counter[str]) -> tuple[str, str]:
    """Return how an item is laid out, and with which list: neighbours alike in both share a table."""
    if item["type"] == "likert5":
        return "scale", item["choices"]
    many = item["type"] == "select_one" and shared[item["choices"]] >= _MANY
    return ("sheet", item["choices"]) if many else ("others", "")


def _both(entry: dict[str, Any], what: str, how: _How, *, inline: bool = False) -> str:
    """Return a text in its languages, each marked as what it is."""
    texts = {code: escape(entry[f"{what}_{code}"]) for code in how.languages}
    gap = " / " if inline else "<br>"
    return gap.join(f'<span lang="{_TAGS[code]}">{text}</span>' for code, text in texts.items() if text)


def _scale(form: Instrument, items: list[dict[str, Any]], how: _How) -> str:
    """Return scale items that share a list as one grid; without boxes, (r) marks a reversed one."""
    options = form.options(items[0]["choices"]).to_dict("records")
    ticks = "".join(f'<th scope="col" class="tick">{_both(option, "label", how)}</th>' for option in options)
    cells = "".join(f'<td class="tick">{_BOX} {escape(option["code"])}</td>' for option in options)
    rows = "".join(
        f'<tr><th scope="row">{item["item"]}{" (r)" if item["reverse"] and not how.boxes else ""}</th>'
        f"<td>{_both(item, 'text', how)}{_hint(item, how)}</td>{cells if how.boxes else ''}</tr>"
        for item in items
    )
    return _table(_head("Sentence", "陈述", how) + (ticks if how.boxes else ""), rows, _head("Item", "题号", how))


def _sheet(form: Instrument, items: list[dict[str, Any]], how: _How) -> str:
    """Return questions that share a long list as one table: an answer a row, with boxes a question a column."""
    tick = f'<td class="tick">{_BOX}</td>'
    head = "".join(
        f'<th scope="col">{item["item"]}<br><small>{_both(item, "text", how)}</small></th>' for item in items
    )
    if not how.boxes:
        asked = "<br>".join(
            f"<strong>{item['item']}</strong> {_both(item, 'text', how, inline=True)}" for item in items
        )
        tick = head = ""
    rows = "".join(
        f'<tr><th scope="row">{escape(option["code"])}</th><td>{_both(option, "label", how)}</td>'
        f"{tick * len(items)}</tr>"
        for option in form.options(items[0]["choices"]).to_dict("records")
    )
    table = _table(_head("Answer", "答案", how) + head, rows, _head("Code", "代码", how))
    return table if how.boxes else f"<p>{asked}</p>{table}"


def _others(form: Instrument, items: list[dict[str, Any]], how: _How) -> str:
    """Return notes as paragraphs and questions as a table of question and answer."""
    parts = []
    for note, group in groupby(items, key=lambda item: item["type"] == "note"):
        entries = list(group)
        if note:
            parts += [f"<p>{_both(entry, 'text', how)}{_hint(entry, how)}</p>" for entry in entries]
            continue
        rows = "".join(
            f'<tr><th scope="row">{entry["item"]}</th><td>{_both(entry, "text", how)}{_hint(entry, how)}</td>'
            f"<td>{_answer(form, entry, how)}</td></tr>"
            for entry in entries
        )
        parts.append(
            _table(_head("Question", "问题", how) + _head("Answer", "答案", how), rows, _head("Item", "题号", how))
        )
    return "".join(parts)


def _words(english: str, chinese: str, how: _How) -> str:
    return _both({"_en": english, "_zh": chinese}, "", how, inline=True)


def _head(english: str, chinese: str, how: _How) -> str:
    return f'<th scope="col">{_words(english, chinese, how)}</th>'


def _table(head: str, rows: str, first: str) -> str:
    return (
        f'<div class="pst-scrollable-table-container"><table class="table"><thead><tr>{first}{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _hint(entry: dict[str, Any], how: _How) -> str:
    return f'<br><small class="hint">{_both(entry, "hint", how)}</small>' if entry["hint_zh"] else ""


def _answer(form: Instrument, entry: dict[str, Any], how: _How) -> str:
    if entry["type"] == "text":
        return "<br>".join([_LINE * 2] * 2) if how.boxes else _written("text", how)
    if entry["type"] == "integer":
        return _LINE if how.boxes else _written("integer", how)
    options = form.options(entry["choices"]).to_dict("records")
    scored = all(option["code"].isdecimal() for option in options)
    return "<br>".join(
        f"{_BOX} {option['code'] + ' ' if scored else ''}{_both(option, 'label', how, inline=True)}"
        for option in options
    )


def _written(kind: str, how: _How) -> str:
    """Return what is to be written: a text or a number."""
    return _words(*{"text": ("text", "文字"), "integer": ("number", "数字")}[kind], how)


_LAYOUTS = {"scale": _scale, "sheet": _sheet, "others": _others}
