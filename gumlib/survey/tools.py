"""Columns of an export that are no item: those that survey tools add, and what is about a person rather than a firm.

Both are found by their names.
"""

import re

from gumlib.data.grid import tidy

RESPONDENT = (
    *("respondent", "_uuid", "instanceid", "meta/instanceid", "meta-instanceid", "key", "id", "responseid", "_id"),
)
DATE = ("date", "submitdate", "_submission_time", "submissiondate", "endtime", "end", "today")
OWN = re.compile(
    r"_.*|start|end|today|key|id|responseid|(meta[/-])?instance(id|name)|formhub.uuid|meta.*|submissiondate|submitdate"
    r"|lastpage|startlanguage|seed|startdate|datestamp|refurl|attachments(present|expected)|status|reviewstate"
    r"|edits|formversion|devicelanguage|interviewtime|grouptime.*|questiontime.*|(respondent|date)",
    re.I,
)
"""Columns that the tools add themselves."""
PERSONAL = re.compile(
    r"(^|[_\W])(first|last|full|sur|user|respondent|contact|firm|company|submitter)?_?names?($|[_\W])|phone|(^|_)tel($|_)"
    r"|mobile|e_?-?mail|wechat|contact|address|ip_?addr|device_?id|subscriber_?id|sim_?(serial|id)|imei"
    r"|submitted_by|submitter|^token$|geo_?(point|location)|gps|latitude|longitude|altitude|location|audit"
    r"|姓名|名字|企业名|公司名|电话|手机|邮箱|邮件|微信|地址|身份证|联系|经度|纬度|位置",
    re.I,
)
"""Names of columns that tell who answered, or where."""
IN_TEXT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)")
"""An e-mail address or a Chinese telephone number inside a text."""
_WORDED = {
    **{"response id": "id", "date submitted": "submitdate", "last page": "lastpage", "start language": "startlanguage"},
    **{"date started": "startdate", "date last action": "datestamp", "ip address": "ipaddr", "access code": "token"},
    **{"referrer url": "refurl", "答复id": "id", "提交日期": "submitdate"},
}
"""Columns of LimeSurvey by the words it heads them with."""


def tool_name(heading: str) -> str:
    """Return the name of a column that a tool adds, from `submitdate. Date submitted` or its words alone.

    Examples
    --------
    >>> tool_name("Date submitted"), tool_name("id. Response ID"), tool_name("_uuid")
    ('submitdate', 'id', '_uuid')
    """
    code, _, words = tidy(heading).casefold().partition(". ")
    return code if words and _WORDED.get(words) == code else _WORDED.get(code, tidy(heading).casefold())
