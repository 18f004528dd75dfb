"""What the commands say in Chinese holds no English but codes, for sound and for spoilt input."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import own_tables
import pytest
from click.testing import CliRunner
from test_own_cluster import MISTAKES

from gumlib.cli import main

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|“[^”]*”")
_COMMAND = re.compile(
    r"gum (?:case|data|figure|gvc|model|survey)\b[^；。\n]*|^用法：.*$|^帮助见：.*$|/\S+|\[[^]:]+: [^]]*\] ",
    re.MULTILINE,
)
_ENGLISH = re.compile(
    r"(?<![\w/.-])[a-z]{2,}(?:[,:;]? [a-z]{2,})+(?![\w/.-])|(?<![\w/.'-])(?:Choose|Did|Usage|Error)\b", re.ASCII
)
"""Two words or more, which no code has, or one that only click says."""


def english(said: str, *known: str) -> list[str]:
    """Return the runs of English words in a text, but for what is quoted, commands, paths, and the reader's words."""
    for word in sorted(known, key=len, reverse=True):
        said = said.replace(word, "")
    return _ENGLISH.findall(_COMMAND.sub("", _QUOTED.sub("", said)))


def run(*arguments: object) -> str:
    made = CliRunner().invoke(main, ["--lang", "zh", *map(str, arguments)])
    assert "Traceback" not in made.output
    return made.output


def test_a_run_of_words_is_found_and_a_code_is_not() -> None:
    assert english("1 error, no处警告") == ["error, no"]
    assert english("应为low、medium或high；'no such thing'；gum case report a b；/tmp/own folder/x") == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_of_in_chinese(pipes: Path, mistake: str) -> None:
    MISTAKES[mistake][0](pipes)
    said = run("case", "check", pipes, "--all")
    assert english(said, str(pipes)) == [], said


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--version",), "gum "),
        (("case", "nosuch"), "没有命令"),
        (("data", "fetch", "foo"), "'NAME'的值无效：'foo'不是'wiod'"),
        (("data", "fetch", "wiod", "--years", "2011", "1995"), "请对调"),
        (("model", "export"), "可选：\n\txmile"),
        (("model", "export", "--to", "foo"), "'xmile'、'csv'、'json'、'sympy'"),
        (("figure", "show", "nosuch"), "应为图或表的编号"),
        (("survey", "check", "nosuch"), "ningbo-firms、yongkang-firms、interview"),
        (("case", "report", "--otu"), "没有选项"),
        (("gvc", "report", "nosuch.csv"), "没有nosuch.csv"),
    ],
)
def test_what_was_called_as_it_cannot_be_is_told_in_chinese(arguments: tuple[str, ...], wanted: str) -> None:
    said = run(*arguments)
    assert wanted in said
    assert english(said) == [], said


def test_a_language_that_there_is_none_of_is_told_in_both() -> None:
    made = CliRunner().invoke(main, ["--lang", "fr", "case"])
    assert made.exit_code == 2
    assert "'fr' is not one of 'en', 'zh'" in made.output
    assert "错误：'--lang'的值无效（环境变量'GUM_LANG'）：'fr'不在以下各项之中：'en'、'zh'" in made.output


def test_one_error_and_no_warning_are_counted_in_chinese(pipes: Path) -> None:
    scores = pipes / "scores_a.csv"
    text = scores.read_text(encoding="utf-8-sig")
    scores.write_text(text.replace("pipes,1990,L,2", "pipes,1990,L,7"), encoding="utf-8")
    assert f"{pipes}：1处错误、没有警告" in run("case", "check", pipes)


def test_an_encoding_that_cannot_be_decided_is_told_in_chinese(pipes: Path) -> None:
    about = pipes / "cluster.csv"
    text = about.read_text(encoding="utf-8-sig")
    about.write_bytes(text.replace("title_zh,", "title_zh,陶é").encode("gb18030"))
    said = run("case", "check", pipes)
    assert "这一行有一个词可有几种读法；按" in said
    assert english(said, str(pipes)) == [], said


Spoil = Callable[[str], str]
TABLES: dict[str, Spoil] = {
    "no header": lambda text: text.split("\n", 1)[1],
    "no labels": lambda text: "a,b,c\n1,2,3\n4,5,6\n",
    "text for a number": lambda text: re.sub(r",\d+\.\d+", ",many", text, count=1),
    "a row cut short": lambda text: text.rstrip("\n").rsplit(",", 3)[0] + "\n",
    "empty": lambda text: "",
    "tabs": lambda text: text.replace(",", "\t"),
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return own_tables.save(own_tables.plain(own_tables.invented()), tmp_path / "t.csv")


@pytest.mark.parametrize("how", TABLES)
def test_a_spoilt_table_is_told_of_in_chinese(table: Path, tmp_path: Path, how: str) -> None:
    table.write_text(TABLES[how](table.read_text(encoding="utf-8")), encoding="utf-8")
    said = run("gvc", "report", table, "--out", tmp_path / "r.html")
    assert english(said, str(tmp_path)) == [], said


def shown(page: Path) -> set[str]:
    """Return each text of a page that is not marked as English, those of alternative texts too."""
    text = re.sub(r"<(style|script|pre|code)\b.*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    spoken = re.findall(r'(?:alt|title|aria-label)="([^"]*)"', text)
    text = re.sub(r'<span lang="en">.*?</span>', "", text)
    return {unescape(one).strip() for one in [*re.sub(r"<[^>]+>", "\n", text).split("\n"), *spoken]} - {""}


def test_a_report_on_a_table_holds_codes_and_chinese(table: Path, tmp_path: Path) -> None:
    page = tmp_path / "r.html"
    run("gvc", "report", table, "--out", page)
    bare = {one for one in shown(page) if re.fullmatch(r"[A-Za-z_ ()\d]*[a-z]{2}[A-Za-z_ ()\d]*", one)}
    assert {one for one in bare if not re.fullmatch(r"sha256|kww[ _]\d|[0-9a-f]{64}|gumlib [\d.]+", one)} == set()
    assert {"增加值出口比率（vax_ratio）", "上游度（upstreamness）", "总出口", "国内其他产业"} <= shown(page)
    assert [found for one in shown(page) for found in english(one)] == []


def test_a_report_on_a_cluster_holds_words_of_its_reader_and_chinese(pipes: Path, tmp_path: Path) -> None:
    page = tmp_path / "r.html"
    run("case", "report", pipes, "--out", page)
    said = shown(page)
    whole = "".join(said)
    assert "起始时集群式创新不详" in whole
    assert "企业数（firms），6个数值" in whole
    assert {"低", "行业报刊", "官方统计", "编码", "GUM模型", "约"} <= said
    assert not {"low", "trade_press", "official_statistics", "coded", "gum", "independent", "about"} & said
    own = [cell for file in pipes.glob("*.csv") for cell in re.split('[,\n"]', file.read_text(encoding="utf-8-sig"))]
    assert [found for one in said for found in english(one, *filter(None, own), "firms count")] == []
