"""Columns of an export that are no item: those that survey tools add, and what is about a person rather than a firm.

Both are found by their names.
"""

import re

from gumlib.data.grid import tidy

RESPONDENT = (
    *("respondent", "_uuid", "instanceid", "meta/instanceid"),
    *("meta-instanceid", "key", "id", "responseid", "_id"),
)
DATE = (
    *("date", "submitdate", "_submission_time", "submissiondate", "endtime", "end", "today"),
    *("enddate", "recordeddate", "timestamp", "completion time", "submission date", "date submitted"),
    *("survey timestamp", "end date"),
    *("提交答卷时间", "结束答题时间", "提交时间", "完成时间", "时间戳记", "时间戳"),
)
ID = re.compile(
    r"(meta[/-])?_{0,2}((firm|company|enterprise|plant|factory|respondent|participant|subject|submission|response"
    r"|interview|case|record|questionnaire|instance)[ _.-]?(id|uuid|key|no\.?|number|code)|u?u?id|guid|key|no\.?)"
    r"|(id|code|no\.?|number) of (the )?(firm|company|respondent)|(问卷|企业|公司|单位|工?厂|答卷|样本)(代码|代号|号)"
    r"|(问卷|(被访)?企业|公司|单位|工?厂|答卷|答题人?|[受被]访者?|样本)?(编号|序号|id)号?",
    re.IGNORECASE,
)
"""Columns that tell rows apart, whatever names the respondents."""
FIRM = re.compile(
    r"(firm|company|enterprise|plant|factory|([被受]访)?企业|公司|单位|工?厂)([ _]?(name|名称?|全称))?"
    r"|(统一)?社会信用代码|组织机构代码", re.I)  # fmt: skip
"""Columns that name the firm: two rows of one are two informants of it."""
DATED = re.compile(
    r"(date|day|time)[ _](of[ _])?(the[ _])?(interview|survey|visit|completion)|datum|fecha"
    r"|(interview|survey|submit|submitted|visit)[ _]?(date|day|at|time)"
    r"|(填写|填表|填答|答题|作答|调查|访谈|访问|开始|结束)?(日期|时间)", re.I)  # fmt: skip
"""Further columns that say when somebody answered."""
OWN = re.compile(
    r"_.*|start|end|today|key|id|responseid|(meta[/-])?instance(id|name)|formhub.uuid|meta.*|submissiondate|submitdate"
    r"|lastpage|startlanguage|seed|startdate|datestamp|refurl|attachments(present|expected)|status|reviewstate"
    r"|edits|formversion|devicelanguage|interviewtime|grouptime.*|questiontime.*|(respondent|date)"
    r"|respondent[ _]id|response id|record_id|submission id|caseid|collector id|timestamp|(start|completion) time"
    r"|enddate|recordeddate|progress|duration.*|finished|distributionchannel|userlanguage|\w+_complete|total points"
    r"|\w+_timestamp|(start|end) date|survey timestamp|record id|complete\?|redcap_(event_name|repeat_\w+)|event name"
    r"|序号|编号|答卷编号|答题序号|提交(答卷)?时间|(开始|完成)时间|(开始|结束)答题时间|答题时长|用户类型|自定义字段"
    r"|时间戳记?|所用时间|来源(详情)?|总分",
    re.I,
)
"""Columns that the tools add themselves."""
PERSONAL = re.compile(
    r"(^|[_\W])(first|last|full|sur|user|respondent|contact|firm|company|submitter)?_?names?($|[_\W])|phone|(^|_)tel($|_)"
    r"|recipient|^nom$|pr[ée]nom|courriel|apellido|^nombre|telefon|t[ée]l[ée]phone|^来自ip$|^ip$|^名称$|联络|法人|身份证|qq号?$"
    r"|mobile|e_?-?mail|wechat|contact|address|ip_?addr|device_?id|subscriber_?id|sim_?(serial|id)|imei"
    r"|submitted_by|submitter|^token$|geo_?(point|location)|gps|latitude|longitude|altitude|location|audit"
    r"|姓名|名字|企业名|公司名|电话|手机|邮箱|邮件|微信|地址|身份证|联系|经度|纬度|位置",
    re.I,
)
"""Names of columns that tell who answered, or where."""
EVENT = re.compile(r"redcap_(event_name|repeat_instance)|event name|repeat instance", re.IGNORECASE)
"""Names of columns that tell no name of anybody, though they hold the word."""
IN_TEXT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
    r"|(?<!\d)(?:0\d{2,3}[- ]|[(（]0\d{2,3}[)）][- ]?)\d{3,4}[- ]?\d{4}(?!\d)"
    r"|\+\d{1,3}(?:[ ()./-]*\d){7,12}|(?<!\d)[1-9]\d{16}[\dXx](?!\d)"
    r"|(?:微信|wechat|weixin|whatsapp|telegram|qq)(?:号|同号|id)?\s*(?:是|为|is)?\s*[:：]?\s*(?=\w*\d)[A-Za-z0-9][-\w]{4,}"
    r"|(?:加我?(?:微信|qq)|(?:微信|qq)(?:号|同号))\s*(?:是|为)?\s*[:：]?\s*[A-Za-z][-\w]{4,}",
    re.IGNORECASE | re.ASCII,
)
"""An e-mail address, a telephone number, the number of an identity card, or a name at a messenger inside a text."""
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
    >>> tool_name("Date submitted"), tool_name("id. Antwort ID"), tool_name("_uuid")
    ('submitdate', 'id', '_uuid')
    """
    code, _, words = tidy(heading).casefold().partition(". ")
    return code if words and code in _WORDED.values() else _WORDED.get(code, tidy(heading).casefold())
