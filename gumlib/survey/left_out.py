"""Rows of an export that are no answers: rejected, not finished, not decrypted, trials, and the questions once more."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.survey import tools
from gumlib.survey.labels import plain_label

_YES = "1|true|yes|y|是"
_NO = "0|false|no|n|否"
_PILOT = "pilot|pre[ -]?test|test|测试|试填|试测|试调查|预调查|预测试"
_OPEN = "not finished"
_TRIAL = "a trial or not finished"
_INVALID = "not valid"
_STATE = "status|状态|(response|survey|答卷|问卷|数据|完成)[ _]?(type|status|状态)"
_REVIEW = "reviewstate|review[ _](state|status)|(审核|质检)(状态|结果)?"
_VALID = "(数据)?清洗(数据)?结果|(答卷|数据)?(是否)?有效(性|[问答]卷)?|(is_?)?(valid|usable)([ _]response)?|included?"
_LEFT = (
    ("_?_validation_status", r".*not[ _]approved.*|未批准|不批准", "rejected"),
    (_REVIEW, "rejected|(审核)?[不未]通过|不合格|驳回|退回", "rejected"),
    ("interview__status", r"rejected ?by ?\w+|65|125", "rejected"),
    ("interview__status", r"\w+assigned|re(started|stored)|created|readyforinterview|senttocapi|-?\d\d?", _OPEN),
    ("status", "not ?decrypted|missing ?encrypted.*", "not decrypted"),
    ("submitdate", r"(N/A|null|nan|none|-|0000-00-00.*)?", _OPEN),
    (r"(is_?)?(finished|completed?)\??|q_finished|是否完成", f"{_NO}|未完成|incomplete|unverified", _OPEN),
    (r"progress|完成进度|答题进度", r"\d{1,2}([.,]\d+)?\s*%?", _OPEN),
    (r"(survey |\w+_)timestamp", r"\[not completed\]", _OPEN),
    (r"\w+_complete", "incomplete|unverified", _OPEN),
    (_STATE, rf"(survey )?(preview|test)|{_PILOT}|(survey )?spam.*|draft", _TRIAL),
    (_STATE, "(in|not ) ?complete|partial|(部分|未)完成", _TRIAL),
    (r"distribution_?channel|channel|来源(详情)?", "preview|test|测试|预览", _TRIAL),
    ("_?tags?|标签", r"(.*[\s,;，；])?(test|测试)([\s,;，；].*)?", _TRIAL),
    (rf"is_?(preview|trial)|(is[ _]?|是否)?({_PILOT})", f"{_YES}|{_PILOT}", _TRIAL),
    (rf"{tools.ID.pattern}|respondent", rf"({_PILOT})[ _-]?\d*", _TRIAL),
    (_STATE, "(dis|un)qualified|invalid|deleted|screen(ed)? ?out|(over ?)?quota( ?full)?|无效|作废|已删除", _INVALID),
    (_VALID, f"{_NO}|无效|invalid", _INVALID),
    ("(is_?)?(deleted|disqualified|invalid|excluded?|dropped)|(是否|已)(删除|作废)", f"{_YES}|已删除|作废", _INVALID),
)  # fmt: skip
"""Columns of KoBoToolbox, ODK Central, LimeSurvey, Qualtrics, REDCap, ... that tell what is no answer, and how."""
_QUALTRICS = ("status", "1|2|8|9|12|17", _TRIAL)
"""Numbers of Qualtrics for previews, tests and spam; elsewhere such a number may mean the contrary."""
_REDCAP = (r"(?!is_)\w+_complete", "0|1", _OPEN)
"""Numbers of REDCap for incomplete and unverified; elsewhere 1 may mean that all is there."""
_KEPT = {_QUALTRICS: "0|4|16", _REDCAP: "2"}
"""Numbers of the same tools for rows that count."""
_OF_REDCAP = r"record[_ ]id|redcap_\w+|event name|\w+___\w+|survey timestamp|\w+_timestamp"
"""Headings that only REDCap writes."""
_STATUS = (
    rf"_?_validation_status|interview__status|\w+_complete|{_REVIEW}|{_STATE}|{_VALID}",
    r"(validation_status_)?((not[ _])?approved|on[ _]hold)|has ?issues|received|edited|rejected"
    r"|.*['\"]validation_status_\w+['\"].*|\{\}|未批准|不批准|已?批准|待定|"
    r"|none|approved ?by ?\w+|1[0-3]\d|completed?|合格|(审核)?通过|[待未]审核|已?完成|已提交|submitted"
    rf"|finali[sz]ed|sent|ip address|imported|anonymous|offline.*|new|active|qualified|valid|有效|正常|{_YES}",
)
"""The columns whose words tell the state of a row, and those that keep it, or that are told apart above."""
_HELD = ("_?_validation_status|reviewstate", "(validation_status_)?on[ _]hold|has ?issues")
"""Where KoBoToolbox and ODK Central say that a row is still looked into."""
_FIRST = 2
"""Rows below the header that may say once more what was asked."""
_TOLD = re.compile(r'\{"importid".*|(open-ended )?response', re.IGNORECASE)
"""What Qualtrics and SurveyMonkey write below the questions."""


def finished(grid: Grid, asked: Collection[int]) -> tuple[Grid, list[Fault]]:
    """Return a grid without rows that were rejected, not finished or not decrypted, and what was left out.

    Parameters
    ----------
    asked : columns that hold answers of the form; they tell nothing of the row, whatever they are called
    """
    left: dict[int, str] = {}
    known = {tools.tool_name(heading) for heading in grid.header}
    numbers = _numbers(known)
    for names, words, reason in (*_LEFT, *numbers):
        left |= dict.fromkeys(_marked(grid, asked, names, words), reason)
    faults = _held(grid, [n for n in _marked(grid, asked, *_HELD) if n not in left])
    faults += _unknown(grid, asked, left, [_KEPT[rule] for rule in numbers])
    for reason in dict.fromkeys(left.values()):
        rows = [grid.numbers[n] for n, why in left.items() if why == reason]
        problem = f"{len(rows)} row(s) {reason}, left out: {', '.join(map(str, rows))}"
        remedy = "nothing to do, or keep them (unfinished=True, --unfinished)"
        faults.append(Fault(grid.file, None, None, problem, remedy, "warning"))
    return without_rows(grid, left), faults


def _numbers(known: Collection[str]) -> list[tuple[str, str, str]]:
    """Return the rules about numbers that mean something in the files of one tool only."""
    qualtrics = {"recordeddate", "progress"} <= set(known)
    redcap = any(re.fullmatch(_OF_REDCAP, name) for name in known)
    return [*([_QUALTRICS] if qualtrics else []), *([_REDCAP] if redcap else [])]


def _marked(grid: Grid, asked: Collection[int], names: str, words: str) -> list[int]:
    """Return the rows that hold such words in a column of such a name, which is none of the form."""
    places = [place for place in range(len(grid.header)) if place not in asked]
    told = [place for place in places if re.fullmatch(names, tools.tool_name(grid.header[place]), re.IGNORECASE)]
    return [
        n for place in told for n, row in enumerate(grid.rows) if re.fullmatch(words, tidy(row[place]), re.IGNORECASE)
    ]


def _unknown(grid: Grid, asked: Collection[int], left: Collection[int], kept: list[str]) -> list[Fault]:
    """Name words about the state of rows that are kept and that we do not know: they may say that one was rejected."""
    names, known = _STATUS[0], "|".join([_STATUS[1], *kept])
    faults = []
    for place, heading in enumerate(grid.header):
        if place in asked or not re.fullmatch(names, tools.tool_name(heading), re.IGNORECASE):
            continue
        said = sorted({tidy(row[place]) for n, row in enumerate(grid.rows) if n not in left})
        if strange := [text for text in said if not re.fullmatch(known, text, re.IGNORECASE)]:
            problem = f"{', '.join(map(repr, strange[:3]))} is no state of a row that is known; the rows are kept"
            cure = "delete the rows that were rejected, or export the states in English"
            faults.append(Fault(grid.file, None, heading, problem, cure, "warning"))
    return faults


def _held(grid: Grid, held: list[int]) -> list[Fault]:
    """Say which rows are kept though somebody put them on hold."""
    rows = ", ".join(str(grid.numbers[n]) for n in held)
    said = f"{len(held)} row(s) on hold, kept: {rows}"
    cure = "decide on them in the tool and export again, or delete them"
    return [Fault(grid.file, None, None, said, cure, "warning")] if held else []


def without_questions(grid: Grid, asked: Mapping[int, set[str]]) -> tuple[Grid, list[Fault]]:
    """Return a grid without rows that hold the questions, where a tool writes them below the header, and name these.

    Parameters
    ----------
    asked : wordings of the question by column, as `columns.questions` returns them
    """
    again = [n for n, row in enumerate(grid.rows[:_FIRST]) if _restates(row, asked)]
    return without_rows(grid, again), [asked_again(grid, n) for n in again]


def asked_again(grid: Grid, row: int) -> Fault:
    """Say of a row that it holds the questions."""
    said, cure = "the row holds what was asked, no answers; passed over", "nothing to do, or delete the row"
    return Fault(grid.file, grid.numbers[row], None, said, cure, "warning")


def _restates(row: list[str], asked: Mapping[int, set[str]]) -> bool:
    """Tell whether most filled cells of a row are wordings of their columns."""
    filled = [column for column in asked if tidy(row[column])]
    same = [
        column
        for column in filled
        if plain_label(tidy(row[column])) in asked[column] or _TOLD.fullmatch(tidy(row[column]))
    ]
    return len(same) > len(filled) / 2


def without_rows(grid: Grid, left: Iterable[int]) -> Grid:
    """Return a grid without some of its rows."""
    kept = sorted(set(range(len(grid.rows))) - set(left))
    return replace(grid, rows=[grid.rows[n] for n in kept], numbers=[grid.numbers[n] for n in kept])
