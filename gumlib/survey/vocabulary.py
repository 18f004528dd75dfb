"""Words and codes for yes, no and no answer, as exports and people write them."""

import re

from gumlib.data.grid import tidy
from gumlib.survey.labels import plain_label

_MISSING = {
    *("n/a", "n.a", "n.a.", "na", "nan", "null", "none", "<na>", "-", "--", "–", "—", "——", ".", "nsp", "ns/nc", "k.a"),
    *("not applicable", "does not apply", "doesn't apply", "not answered", "not asked", "skipped", "missing"),
    *("no reply", "hard to say", "prefer not to say", "prefer not to answer"),
    *("no answer", "no response", "don't know", "do not know", "dont know", "dk", "can't say", "cannot say", "unknown"),
    *("refused", "refusal", "rf", "refused to answer", "refuse to answer", "declined", "declined to answer"),
    *("空", "跳过", "不适用", "未作答", "未回答", "未填", "未填写", "缺失", "无回答", "不知道", "不清楚", "不了解"),
    *("说不清", "说不清楚", "不好说", "难说", "拒答", "拒绝回答", "拒绝作答", "拒绝"),
    *("不愿回答", "不愿意回答", "不想回答"),
    *("keine angabe", "weiß nicht", "no sabe", "no contesta", "ne sait pas", "não sabe"),
}
"""Words for no answer, written plainly.

Words that stand in the middle of many scales, such as not sure and 不确定, are none, nor are those for nought, as 无.
"""
NO_ANSWER = (
    *("88", "99", "888", "999", "77", "97", "98", "777", "997", "998", "9999", "99999"),
    *("-1", "-2", "-3", "-7", "-8", "-9", "-66", "-77", "-88", "-97", "-98", "-99", "-777", "-888", "-999", "-9999"),
)
"""Codes for no answer where an item has none such among its own; in a count or a percentage only those below nought."""
UNSAID = {"-2", "-3", "(空)", "（空）", "(跳过)", "（跳过）"}
"""What Wenjuanxing writes for a question passed over, in a text too."""
_NOTHING = {"nil", "nothing", "unknown", "无", "没有", "不清楚", "不详", "未知", "无其他", "没有其他"}
"""Words in a column for "other" that name nothing."""
REFUSED = {"refused", "declined", "拒答", "拒绝"}
"""Words for no consent, where other questions have no answer."""
YES = {*("1", "1.0", "y", "yes", "true", "是", "checked", "selected", "选中", "已选"),
       *("oui", "ja", "si", "sí", "sim", "wahr", "vrai", "verdadero"),
       *("quoted", "mentioned", "ticked", "genannt", "cité", "mencionado", "有", "勾选", "已选中")}  # fmt: skip
MARKS = {"x", "✓", "✔", "√", "☑", "●"}
"""Marks of an answer in a column of its own."""
NO = {*("", "0", "0.0", "n", "no", "false", "否", "not checked", "unchecked", "not selected", "未选中", "未选"),
      *("non", "nein", "não", "falsch", "faux", "falso"),
      *("not quoted", "not mentioned", "not ticked", "unticked", "nicht genannt", "non cité", "no mencionado"),
      *("无", "未勾选", "没选")}  # fmt: skip


def says_nothing(text: str) -> bool:
    """Tell whether a text says that there is no answer, also in brackets, or in two words for it.

    Examples
    --------
    >>> [says_nothing(text) for text in ("N/A", "Don’t know.", "(空)", "不知道/说不清", "Not applicable", "not sure")]
    [True, True, True, True, True, False]
    """
    plain = plain_label(text).strip("()（）[]【】<> ")
    return {plain, text.casefold()} & _MISSING != set() or all(
        part.strip() in _MISSING for part in re.split("[/／、]| or |或", plain)
    )


def says(raw: str) -> bool:
    """Tell whether words for "other" name something: they hold a letter or a figure, and are no word for nothing.

    Examples
    --------
    >>> [says(raw) for raw in ("hats", "无", "/", "N/A", "没有。")]
    [True, False, False, False, False]
    """
    words = plain_label(tidy(raw))
    return bool(re.search(r"\w", words)) and not says_nothing(words) and words not in NO | UNSAID | _NOTHING
