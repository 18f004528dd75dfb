"""All that commands and reports say has Chinese: texts of the modules, help, errors, and what a run shows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import networkx as nx
import own_tables
import pandas as pd
import pytest
import spoken
from click.testing import CliRunner

import gumlib
from book.chinese.parity import phrase_faults
from gumlib import data
from gumlib.cli import main
from gumlib.data import faults as faulty
from gumlib.data import messages
from gumlib.data.lineage.imports import imports
from gumlib.data.messages import Words, words_in
from gumlib.data.phrases import drawn
from gumlib.figures.card import Figure
from gumlib.figures.chinese import drawn_in
from gumlib.own.cluster import html, report
from gumlib.own.cluster.folder import faults
from gumlib.own.table import read_table
from gumlib.own.table import report as tables
from gumlib.survey import to_case

ROOT = Path(gumlib.__file__).parent
SPEAKING = (
    *("errors.py", "cli", "own", "survey", "cases/case.py", "cases/fitting/unfitted.py"),
    *("gvc/accounts.py", "gvc/checks.py", "gvc/fetch.py", "gvc/frames.py", "gvc/groups.py", "gvc/raw.py"),
    *(
        "gvc/regroup.py",
        "gvc/table.py",
        "data/check.py",
        "data/encodings.py",
        "data/faults.py",
        "data/grid.py",
        "data/layout.py",
    ),
    *("data/package.py", "data/quoting.py", "data/spreadsheet.py", "data/workbook.py", "data/writing.py"),
    *("figures/own_forward.py", "figures/own_table.py", "figures/s4_ledger.py", "figures/s4_outcomes.py"),
)
"""Modules whose texts a command can show."""
SILENT = {"html.py", "docx.py", "drawings.py", "printed.py", "xlsform.py", "limesurvey.py", "formats.py"}
SILENT |= {"vocabulary.py"}
"""Mark-up, forms that hold both languages, and words that readers write."""
PARTS = {
    *("more than", "less than", "respondent id", "submission id", "completion time", "submission date"),
    *("record id", "survey timestamp", "end date"),
    *("(invented example)", "In {} {}", "the {} level{}, {} of 1, {} of {}", "Warning:"),
    *("of sums, taxes or value added left out", "without any cell passed over", "{}: scores of {}", "and {} others"),
    *("did you mean {}? codes: {}", "name fewer: {} by {} is in the file of measures", "two outcomes"),
    *("{} stands in the ledger only. codes: {}", ", and", "is that", "are those", "{} to {}", "pairs of", "groups of"),
    *("{} is a way: the ledger takes factors, the scores take ways too. codes: {}", "{} {}es", "{} sha256 {}", "no {}"),
    *(
        "already here",
        "{} confidence",
        "{} (simulated)",
        "that of the checkout",
        "three outcomes",
        "four outcomes",
        "Textiles in county GDP",
    ),
}
"""Words that a longer message takes in; the message is held here in each of its forms."""
NAMES = re.compile(
    r"^(Timmer|Stadler|Lenzen|P\. and others|An illustrated|An anatomy|Review of Int|GGDC|Journal of|Building Eora"
    r"|Economic Systems|Implementing the|Nature Sust|EXIOBASE|OECD ICIO|ADB MRIO|GBK|Mac Roman|gumlib|FIRST LAST"
    r"|@misc|gum (case|data)|p\.r\. china|people's rep|response id|date (submitted|started|last)|last page"
    r"|start language|ip address|access code|referrer url|%\(prog\)s)"
)
"""Works, programs, keys, commands and headings of LimeSurvey, which are named alike in both languages."""
CODE = re.compile(r"==|>=|\\|[|]|<\w|\.\*|^[\w.{}/-]+$|\{\}\.csv|industry in @|size > 1|outside upper")
"""Queries, patterns, mark-up, names of files."""


def modules() -> Iterator[Path]:
    for one in SPEAKING:
        path = ROOT / one
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def lacking(texts: dict[str, int]) -> list[str]:
    """Return the clauses of some texts without Chinese, but for what is no message."""
    known = messages.messages()
    clauses = dict.fromkeys(clause for text in texts for clause in spoken.clauses(text))
    return [
        clause
        for clause in clauses
        if clause not in PARTS
        and not NAMES.match(clause)
        and not CODE.search(clause)
        and not any(known.chinese(form, whole=True) for form in _forms(clause))
        and drawn().chinese(clause.replace("{}", "7")) is None
    ]


def _forms(clause: str) -> Iterator[str]:
    """Yield a clause as it may come to be said; three full stops leave it, and a heading is looked up as one."""
    plain = clause.replace("{}", "7")
    yield from (plain, f"{plain}...", f"{plain.rstrip()} ...", f"{plain} (heading)")


@pytest.mark.parametrize("module", [one for one in modules() if one.name not in SILENT], ids=lambda path: path.stem)
def test_every_text_of_a_module_has_chinese(module: Path) -> None:
    short = lacking(spoken.texts(module))
    assert not short, "\n".join(short)


def test_a_text_without_chinese_is_named(tmp_path: Path) -> None:
    module = tmp_path / "frogs.py"
    module.write_text(
        "def kiss(frog):\n    said = f'expected a prince, got {frog}'\n    raise GumError(f'{said}; kiss it again')\n"
    )
    assert lacking(spoken.errors(module)) == ["expected a prince, got {}", "kiss it again"]
    assert lacking(spoken.texts(module)) == ["expected a prince, got {}", "kiss it again"]


def test_every_row_of_the_table_keeps_blanks_numbers_and_terms() -> None:
    table = data.read("messages")
    found = [
        (english, fault)
        for english, chinese in table.itertuples(index=False)
        for fault in phrase_faults(english, chinese)
    ]
    assert not found, found
    for english, chinese in table.itertuples(index=False):
        marks = [f"<{number}>" for number in range(english.count("{}"))]
        assert sorted(re.findall(r"<\d+>", chinese.format(*marks))) == sorted(marks), english


def test_every_error_that_a_command_can_meet_has_chinese() -> None:
    links = imports()
    net = nx.from_pandas_edgelist(links[links["when"] != "never"], "source", "target", create_using=nx.DiGraph)
    met = {"gumlib.cli"} | nx.descendants(net, "gumlib.cli")
    assert {"gumlib.dynamics.paths", "gumlib.policy.levers", "gumlib.cases.building", "gumlib.evidence.breaks"} <= met
    files = [file for file in sorted(ROOT.rglob("*.py")) if dotted(file) in met]
    assert len(files) == len(met)
    short = [f"{dotted(file)}: {text}" for file in files for text in lacking(spoken.errors(file))]
    assert not short, "\n".join(short)


def dotted(file: Path) -> str:
    return ".".join(("gumlib", *file.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")


@pytest.fixture
def unknown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gather every text that is said in Chinese and has none, or has it in part."""
    seen: list[str] = []
    plain = Words.__call__

    def spy(say: Words, text: str) -> str:
        lacks = re.search("[A-Za-z]{2}", text) and messages.messages().chinese(text, whole=True) is None
        seen.extend([text] * bool(say.language == "zh" and lacks))
        return plain(say, text)

    monkeypatch.setattr(Words, "__call__", spy)
    return seen


def run(*arguments: object, charset: str = "utf-8", **environment: str) -> tuple[int, str]:
    made = CliRunner(charset=charset).invoke(main, list(map(str, arguments)), env=environment)
    assert "Traceback" not in made.output
    return made.exit_code, made.output


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in group.commands.items():
        yield from commands(command, *path, name) if isinstance(command, click.Group) else [(*path, name)]


def test_help_of_every_command_has_chinese_and_is_english_without_it(unknown: list[str]) -> None:
    every = list(commands(main))
    assert len(every) > 15
    for path in every:
        code, said = run("--lang", "zh", *path, "--help")
        assert (code, "用法：" in said, "选项：" in said) == (0, True, True)
        assert "Usage:" in run(*path, "--help", LANG="zh_CN.UTF-8")[1]
    assert unknown == []


def test_lines_of_help_are_no_wider_than_the_console() -> None:
    for line in run("--lang", "zh", "gvc", "report", "--help")[1].splitlines():
        assert sum(2 if ord(letter) > 0x2E80 else 1 for letter in line) <= 80


def test_the_language_is_that_of_the_option_then_of_the_environment(tmp_path: Path) -> None:
    assert "缺少文件夹" in run("case", "check", tmp_path / "none", GUM_LANG="zh")[1]
    assert "is missing" in run("--lang", "en", "case", "check", tmp_path / "none", GUM_LANG="zh")[1]
    assert run("--lang", "zh", "case", "nosuch") == (2, "用法：main case [OPTIONS] COMMAND [ARGS]...\n"
        "帮助见：main case --help。\n\n错误：没有命令'nosuch'。\n")  # fmt: skip


@pytest.mark.parametrize("named", [("--lang", "zh"), ("--lang=zh",), ()])
def test_what_is_wrong_before_the_language_is_read_is_said_in_it(named: tuple[str, ...]) -> None:
    code, said = run(*named, "--nosuch", GUM_LANG="zh" if not named else "")
    assert (code, said.splitlines()[-1]) == (2, "错误：没有选项'--nosuch'。")
    assert "No such option" in run("--lang", "zh", "--lang", "en", "--nosuch")[1]


@pytest.mark.parametrize(("charset", "said"), [("cp437", "is missing"), ("ascii", "is missing"), ("gbk", "缺少文件夹")])
def test_a_console_without_chinese_letters_is_spoken_to_in_english(tmp_path: Path, charset: str, said: str) -> None:
    code, shown = run("--lang", "zh", "case", "check", tmp_path / "none", charset=charset)
    assert (code, said in shown) == (1, True)


def spoil(base: Path) -> None:
    """Plant a fault of many kinds in a folder."""
    cells = {
        "ledger.csv": [("year", "Mar 1988"), ("year", "1990-85"), ("factor", "Q"), ("factor", "T"), ("value", "1,200")],
        "scores_a.csv": [("score", "7"), ("score", "3.5"), ("score", "three"), ("confidence", "sure"), ("year", "90")],
        "sources.csv": [("year", "ca. 2009"), ("title", ""), ("kind", "book")],
        "cluster.csv": [("value", "my pipes"), ("key", "colour")],
    }
    for file, changes in cells.items():
        table = pd.read_csv(base / file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        for row, (column, text) in enumerate(changes):
            table.loc[row, column] = text
        table.to_csv(base / file, index=False)
    (base / "context.csv").write_text("year;pressure\n1990;0,1\n1991;\n", encoding="utf-8")


def test_a_spoilt_folder_is_told_of_in_chinese_alone(pipes: Path, unknown: list[str]) -> None:
    spoil(pipes)
    code, said = run("--lang", "zh", "case", "check", pipes, "--all")
    assert (code, said.count("错误：") + said.count("警告：")) == (1, len(faults(pipes)))
    assert "错误：scores_a.csv，第3行，score列：'3.5'不是整数；没有半分" in said
    assert [text for text in unknown if not text.startswith(str(pipes))] == []


def test_a_new_folder_and_its_report_are_chinese(pipes: Path, unknown: list[str], monkeypatch) -> None:
    shutil.rmtree(pipes)
    assert "请读" in run("--lang", "zh", "case", "new", pipes.name, "--folder", pipes.parent, "--example")[1]
    assert "- `year`：事实所说的年份" in (pipes / "README.md").read_text(encoding="utf-8")
    about = (pipes / "cluster.csv").read_text(encoding="utf-8-sig")
    (pipes / "cluster.csv").write_text(about.replace("title_zh,", "title_zh,米兰德尔陶管"), encoding="utf-8-sig")
    monkeypatch.setitem(
        html._WRITERS, Figure, lambda figure, say: say(f"{figure.title}. {figure.caption} {figure.alt}")
    )
    page = html.page(report.report(pipes, language="zh"), words_in("zh"))
    assert '<html lang="zh-Hans">' in page
    assert '<h1>米兰德尔陶管 <span lang="en">Mirandel clay pipes' in page
    assert unknown == ["A. Inventor: 米兰德尔陶管."]


def test_figures_are_drawn_in_chinese_with_words_of_the_reader_as_they_are(pipes: Path) -> None:
    figure = next(
        one for one in report.sections.ledger(report.assemble(report.examine_folder(pipes))) if isinstance(one, Figure)
    )
    with drawn_in("zh"):
        words_drawn = list(figure._words())
    assert {"集群治理G", "2010：最后评分"} <= set(words_drawn)


def test_a_report_on_a_table_is_chinese(tmp_path: Path, unknown: list[str]) -> None:
    file = own_tables.save(own_tables.plain(own_tables.invented()), tmp_path / "a.csv")
    page, _ = tables.write(read_table(file), tmp_path / "r.html", language="zh")
    assert "一单位产出付给谁" in page.read_text(encoding="utf-8")
    plain = re.compile(r"kww_\d|a\.csv|sha256|[0-9a-f]{64}|gumlib [\d.]+")
    assert [text for text in unknown if not plain.fullmatch(text)] == []


def test_a_cluster_folder_of_a_survey_has_chinese_statements() -> None:
    level = {"variable": ["L"], "level": [0.43], "low": [0.37], "high": [0.49], "se": [0.03], "firms": [60]}
    parts = to_case.tables(pd.DataFrame(level), "mine", 2010, "Answers to 问卷", say=words_in("zh"))
    assert parts["ledger.csv"]["statement"][0] == "集群学习为0.430（0.370至0.490，刻度0至1），据60家企业。"
    assert parts["sources.csv"]["title"][0] == "问卷答卷：问卷"


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("Warning: a.csv, column How many?: '1000 or more' is read as 5; nothing to do",
         "警告：a.csv，How many?列：'1000 or more'读作5；无须处理"),
        ("Error: a.csv, row 2, column Tell us: how many, and when?: 'most of the time' is no number; write one",
         "错误：a.csv，第2行，Tell us: how many, and when?列：'most of the time'不是数"),
        ("a.csv, row 2, column score: '3 or 4' is a text, not a number; leave the cell empty",
         "a.csv，第2行，score列：'3 or 4'是文字，不是数；让单元格空着"),
    ],
)  # fmt: skip
def test_what_is_cited_of_a_file_is_kept_whole_in_chinese(text: str, chinese: str) -> None:
    head, _, rest = text.partition(", column ")
    column, mark, fault = rest.partition(": '")
    told = f"{head}, column {faulty.whole(column)}{mark}{fault}"
    assert words_in("zh")(told).replace("\u00a0", " ").startswith(chinese)
