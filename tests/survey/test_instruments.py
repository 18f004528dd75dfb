"""Instruments: what ships is sound, every mistake is found, every export says the same."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from gumlib import data, evidence
from gumlib.cli.surveys import survey
from gumlib.data.writing import STORE
from gumlib.errors import GumError
from gumlib.survey import SHIPPED, checking, formats, instrument
from gumlib.survey.limesurvey import limesurvey
from gumlib.survey.printed import printed
from gumlib.survey.questionnaire import Instrument, instrument_faults
from gumlib.survey.xlsform import sheets, xlsform
from gumlib.terms import VARIABLES

FIRMS = ("ningbo-firms", "yongkang-firms")
FOLDER = data.folder() / "survey"


@pytest.fixture(params=SHIPPED)
def form(request: pytest.FixtureRequest) -> Instrument:
    return instrument(FOLDER / request.param)


@pytest.fixture
def plant(tmp_path: Path) -> Callable[..., pd.DataFrame]:
    """Return a function that spoils a copy of the Ningbo questionnaire and lists its faults."""
    shutil.copytree(FOLDER / "ningbo-firms", tmp_path / "mine")

    def spoil(change: Callable[[pd.DataFrame], pd.DataFrame], file: str = "items.csv") -> pd.DataFrame:
        path = tmp_path / "mine" / file
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        change(table).to_csv(path, index=False)
        return instrument_faults(tmp_path / "mine")

    return spoil


def put(key: str, column: str, value: str, by: str = "item") -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return a change that writes one cell."""

    def change(table: pd.DataFrame) -> pd.DataFrame:
        table.loc[table[by] == key, column] = value
        return table

    return change


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_without_fault(name: str) -> None:
    assert instrument_faults(FOLDER / name).empty


@pytest.mark.parametrize("name", FIRMS)
def test_firm_questionnaires_measure_every_variable(name: str) -> None:
    scale = instrument(FOLDER / name).scale()
    assert scale["variable"].unique().tolist() == list(VARIABLES)
    assert (scale.groupby("variable").size() == 4).all()
    assert (scale.groupby("variable")["reverse"].sum() == 1).all()
    assert 45 <= (instrument(FOLDER / name).items["type"] != "note").sum() <= 60


def test_firm_questionnaires_are_parallel() -> None:
    one, two = (instrument(FOLDER / name).items for name in FIRMS)
    same = ["item", "section", "variable", "construct", "source_key", "type", "choices", "reverse", "required"]
    pd.testing.assert_frame_equal(one[same], two[same])
    assert (one["text_zh"] != two["text_zh"]).sum() > 20


def test_anchors_of_the_interview_are_those_of_the_codebook() -> None:
    form = instrument(FOLDER / "interview")
    for variable in VARIABLES:
        anchors = form.options(f"anchor{variable}")
        assert anchors["label_en"].tolist() == evidence.codebook().loc[variable, "anchor"].tolist()
        assert anchors["label_zh"].tolist() == evidence.codebook().loc[variable, "anchor_zh"].tolist()
        assert anchors["code"].tolist() == list("012345")
        asked = form.items.loc[form.items["choices"] == f"anchor{variable}", "item"]
        assert asked.tolist() == [f"{variable}{epoch}" for epoch in ("1995", "2000", "2005", "Now")]


def test_sources_are_in_the_bibliography(form: Instrument) -> None:
    known = set(re.findall(r"^@\w+\{([^,]+),", data.path("references").read_text(encoding="utf-8"), re.M))
    assert set(form.items["source_key"]) - {""} <= known


def test_chinese_is_chinese(form: Instrument) -> None:
    texts = [*form.items["text_zh"], *form.choices["label_zh"]]
    assert all(re.search("[\u4e00-\u9fff0-9]", text) for text in texts)
    assert not [text for text in [*texts, *form.items["hint_zh"]] if re.search("[,;:?()]", text)]


def test_answers_of_scales_run_one_to_five() -> None:
    options = instrument(FOLDER / "ningbo-firms").options("agree")
    assert options["label_zh"].tolist() == ["非常不同意", "不同意", "一般", "同意", "非常同意"]


@pytest.mark.parametrize(
    ("change", "row", "column", "words"),
    [
        (put("L2", "variable", "Q"), 12, "variable", "unknown variable 'Q'"),
        (put("L2", "variable", ""), 12, "variable", "measures no variable"),
        (put("L2", "text_zh", ""), 12, "text_zh", "the Chinese text is missing"),
        (put("L2", "text_en", ""), 12, "text_en", "the English text is missing"),
        (put("B1", "hint_zh", ""), 4, "hint_zh", "the Chinese hint is missing"),
        (put("L2", "item", "L1"), 12, "item", "stands already in row 11"),
        (put("L2", "item", "2L"), 12, "item", "no name that every survey tool takes"),
        (put("L2", "item", "respondent"), 12, "item", "kept for the table of answers"),
        (put("L2", "choices", ""), 12, "choices", "needs a list of choices"),
        (put("B1", "choices", "sizes"), 4, "choices", "'sizes' is not in choices.csv"),
        (put("L2", "choices", "size2"), 12, "choices", "'size2' is not in choices.csv"),
        (put("L2", "choices", "task"), 12, None, None),
        (put("L2", "choices", "market"), 12, "choices", "codes 1 2 3 4 5 6"),
        (put("H1", "choices", "agree"), 55, "choices", "gives no bounds"),
        (put("remark", "choices", "agree"), 62, "choices", "a text has no choices"),
        (put("B1", "reverse", "1"), 4, "reverse", "a select_one cannot be reversed"),
        (put("L2", "reverse", "yes"), 12, "reverse", "expected 0 or 1, got 'yes'"),
        (put("welcome", "required", "1"), 2, "required", "a note cannot be required"),
        (put("L2", "type", "likert7"), 12, "type", "unknown type 'likert7'"),
        (put("L2", "section", "lessons"), 12, "section", "has no title"),
        (put("L2", "section", "firm"), 12, "section", "begins a second time"),
        (put("remark", "text_en", "What is your phone number?"), 62, "text_en", "(phone)"),
        (put("remark", "text_zh", "请留下您的姓名和微信。"), 62, "text_en", "(姓名, 微信)"),
        (lambda table: table[~table["item"].isin(["L1", "L2"])], None, "variable", "L has 2 scale item(s)"),
    ],
)
def test_every_mistake_in_items(
    plant: Callable[..., pd.DataFrame],
    change: Callable[[pd.DataFrame], pd.DataFrame],
    row: int | None,
    column: str | None,
    words: str | None,
) -> None:
    found = plant(change)
    if words is None:
        assert found.empty
        return
    fault = found[found["fault"].str.contains(words, regex=False)].iloc[0]
    assert (fault["file"], fault["column"], fault["severity"]) == ("items.csv", column, "error")
    assert fault["row"] is pd.NA if row is None else fault["row"] == row
    assert fault["remedy"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put("size", "label_zh", "", by="list"), "the Chinese label is missing"),
        (put("agree", "code", "1", by="list"), "1 stands twice in the list agree"),
        (put("consent", "code", "perhaps", by="list"), "'perhaps' is no code that every survey tool takes"),
        (lambda table: table[table["list"] != "instrument"], "the list instrument has 0 rows"),
        (lambda table: table[table["list"] != "agree"], "the list 'agree' is not in choices.csv"),
        (lambda table: table.drop(columns="label_zh"), "the column label_zh is missing"),
    ],
)
def test_every_mistake_in_choices(
    plant: Callable[..., pd.DataFrame], change: Callable[[pd.DataFrame], pd.DataFrame], words: str
) -> None:
    assert plant(change, "choices.csv")["fault"].str.contains(words, regex=False).any()


def test_all_faults_are_told_at_once(plant: Callable[..., pd.DataFrame], tmp_path: Path) -> None:
    plant(put("L2", "variable", "Q"))
    plant(put("B1", "reverse", "1"))
    with pytest.raises(GumError, match=r"(?s)2 fault\(s\) in mine.*row 4, column reverse.*row 12, column variable"):
        instrument(tmp_path / "mine")


def test_neither_name_nor_folder(tmp_path: Path) -> None:
    with pytest.raises(GumError, match="expected one of ningbo-firms, yongkang-firms, interview or a folder"):
        instrument(tmp_path / "none")
    assert instrument_faults(tmp_path)["fault"].tolist() == ["the file is missing"] * 2


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        *((word, "") for word in ("Your name", "E-mail", "Postal address", "WeChat", "Mobile", "Whom may we contact")),
        *(
            ("", word)
            for word in ("您的姓名", "企业名称", "电话", "手机", "邮箱", "地址", "微信", "身份证号", "联系方式")
        ),
    ],
)
def test_personal_words(english: str, chinese: str) -> None:
    assert checking.personal(english, chinese)


def test_no_item_asks_who_one_is(form: Instrument) -> None:
    asked = form.items[form.items["type"] != "note"]
    for row in asked.to_dict("records"):
        assert not checking.personal(row["text_en"] + row["hint_en"], row["text_zh"] + row["hint_zh"]), row["item"]


def converted(form: Instrument) -> tuple[str, list[str]]:
    """Return what pyxform makes of the workbook, and its warnings."""
    convert = pytest.importorskip("pyxform.xls2xform").convert
    warnings: list[str] = []
    return convert(io.BytesIO(xlsform(form)), warnings=warnings, validate=False).xform, warnings


def test_pyxform_accepts(form: Instrument) -> None:
    from xml.etree import ElementTree

    text, warnings = converted(form)
    assert not warnings
    tree = ElementTree.fromstring(text)
    spaces = {"x": "http://www.w3.org/2002/xforms"}
    translations = {node.attrib["lang"]: node for node in tree.iterfind(".//x:translation", spaces)}
    assert sorted(translations) == ["English (en)", "中文 (zh)"]
    assert translations["中文 (zh)"].attrib.get("default") == "true()"
    values = {
        language: {value.text for value in node.iterfind(".//x:value", spaces)}
        for language, node in translations.items()
    }
    assert set(form.items["text_en"]) <= values["English (en)"]
    assert set(form.items["text_zh"]) <= values["中文 (zh)"]
    assert set(form.items["item"]) <= {node.tag.rpartition("}")[2] for node in tree.iter()}


def test_xform_holds_the_choices(form: Instrument) -> None:
    from xml.etree import ElementTree

    spaces = {"x": "http://www.w3.org/2002/xforms"}
    tree = ElementTree.fromstring(converted(form)[0])
    lists = {
        node.attrib["id"]: [name.text for name in node.iter() if name.tag.endswith("}name")]
        for node in tree.iterfind(".//x:instance[@id]", spaces)
    }
    used = form.items.loc[form.items["type"].isin(["likert5", "select_one", "select_multiple"]), "choices"].unique()
    for name in used:
        assert lists[name] == form.options(name)["code"].tolist()


def test_xlsform_asks_consent_first_and_records_no_device(form: Instrument) -> None:
    rows = sheets(form)["survey"]
    assert rows["name"].tolist()[:3] == ["sec_consent", "welcome", "consent"]
    groups = rows[rows["type"] == "begin_group"].set_index("name")["relevant"]
    assert groups["sec_consent"] == ""
    assert (groups.drop("sec_consent") == "${consent} = 'yes'").all()
    recorded = {"start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit", "geopoint"}
    assert not recorded & set(rows["type"])


def test_numbers_are_bounded() -> None:
    rows = sheets(instrument(FOLDER / "ningbo-firms"))["survey"].set_index("name")
    assert rows.loc["H1", "constraint"] == ". >= 0 and . <= 100"
    assert rows.loc["H1", "constraint_message::中文 (zh)"] == "请填写0至100之间的整数。"


def test_a_form_without_consent_is_shown_whole(plant: Callable[..., pd.DataFrame], tmp_path: Path) -> None:
    plant(lambda table: table[table["item"] != "consent"])
    form = instrument(tmp_path / "mine")
    assert set(sheets(form)["survey"]["relevant"]) == {""}
    assert b"NAOK" not in limesurvey(form)


def lime(form: Instrument) -> pd.DataFrame:
    """Return the rows of the LimeSurvey file."""
    text = limesurvey(form).decode("utf-8-sig")
    return pd.DataFrame(list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t")))


def test_limesurvey_says_all_in_both_languages(form: Instrument) -> None:
    rows = lime(form)
    english, chinese = (rows[rows["language"] == code] for code in ("en", "zh-Hans"))
    same = ["class", "type/scale", "relevance", "mandatory"]
    pd.testing.assert_frame_equal(english[same].reset_index(drop=True), chinese[same].reset_index(drop=True))
    for part in (english, chinese):
        asked = part[(part["class"] == "Q") & (part["name"] != "date")]
        assert asked["name"].tolist() == form.items["item"].tolist()
    assert rows.loc[rows["class"] == "S"].set_index("name")["text"].loc[
        ["anonymized", "ipaddr", "datestamp"]
    ].tolist() == [
        "Y",
        "N",
        "N",
    ]
    assert asked["text"].tolist() == form.items["text_zh"].tolist()


def test_limesurvey_answers_follow_their_question() -> None:
    rows = lime(instrument(FOLDER / "ningbo-firms"))
    rows = rows[rows["language"] == "en"]
    owner = rows["name"].where(rows["class"] == "Q").ffill()
    inside = rows["class"].isin(["A", "SQ"])
    assert rows.loc[inside & (owner == "L1"), "name"].tolist() == list("12345")
    assert rows.loc[inside & (owner == "B3"), "class"].unique().tolist() == ["SQ"]
    assert rows.loc[rows["class"].eq("Q") & rows["name"].eq("H1"), "max_num_value_n"].item() == "100"


def test_limesurvey_encoding_can_be_guessed(form: Instrument) -> None:
    content = limesurvey(form)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content[3:1000].isascii()


@pytest.mark.parametrize("kind", formats.FORM_FORMATS)
def test_exports_are_the_same_on_every_run(form: Instrument, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = formats.export(form, kind)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert formats.export(form, kind) == first


def test_workbook_carries_no_date(form: Instrument) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsform(form))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = packed.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"1980-01-01T00:00:00Z"}


def test_tables_exported_are_the_tables_read(form: Instrument, tmp_path: Path) -> None:
    for table in ("items", "choices"):
        (tmp_path / f"{table}.csv").write_bytes(formats.export(form, table))
    again = instrument(tmp_path)
    pd.testing.assert_frame_equal(again.items, form.items)
    pd.testing.assert_frame_equal(again.choices, form.choices)


def test_print_holds_every_text(form: Instrument) -> None:
    from html import escape

    page = printed(form).page().decode()
    for text in (*form.items["text_en"], *form.items["text_zh"], *form.items["hint_zh"]):
        assert escape(text) in page
    assert page.count("<table") == page.count("</table>")


def test_downloads_leave_files(form: Instrument, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(STORE, raising=False)
    quiet = formats.form_downloads(form)._repr_html_()
    monkeypatch.setenv(STORE, str(tmp_path))
    assert formats.form_downloads(form)._repr_html_() == quiet
    linked = re.findall(r'href="\.\./\.\./forms/([^"]+)"', quiet)
    assert sorted(linked) == sorted(file.name for file in (tmp_path / "forms").iterdir())


def test_unknown_format() -> None:
    with pytest.raises(GumError, match="expected one of xlsform, limesurvey, html, html-zh, items, choices; got 'pdf'"):
        formats.export(instrument(FOLDER / "interview"), "pdf")


def test_command_exports(tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    said = CliRunner().invoke(survey, ["export", str(FOLDER / "ningbo-firms"), "--to", "xlsform", str(file)])
    assert said.exit_code == 0, said.output
    assert file.read_bytes() == xlsform(instrument(FOLDER / "ningbo-firms"))


@pytest.mark.parametrize(
    ("kind", "file", "said"),
    [("limesurvey", "form.xlsx", "ends in .txt"), ("xlsform", "absent/form.xlsx", "a folder that exists")],
)
def test_an_export_to_the_wrong_ending_or_place_is_refused(tmp_path, kind, file, said):
    told = CliRunner().invoke(survey, ["export", "ningbo-firms", "--to", kind, str(tmp_path / file)])
    assert told.exit_code != 0
    assert said in f"{told.output}{told.exception}"
    assert not any(tmp_path.iterdir())


def test_command_checks(plant: Callable[..., pd.DataFrame], tmp_path: Path) -> None:
    assert CliRunner().invoke(survey, ["check", "interview"]).output == "interview: 0 fault(s)\n"
    plant(put("L2", "variable", "Q"))
    said = CliRunner().invoke(survey, ["check", str(tmp_path / "mine")])
    assert said.exit_code == 1
    assert "items.csv, row 12, column variable: L2: unknown variable 'Q'" in said.output


# Texts that a tool would read as more than text


def odd(tmp_path: Path, plant: Callable[..., pd.DataFrame]) -> Instrument:
    """A form with texts that begin with an equals sign or look like a reference or an expression."""
    plant(lambda table: table.assign(text_en=table["text_en"].mask(table["item"] == "L1", "=1+1 ${L2} {L2}")))
    return instrument(tmp_path / "mine")


def test_texts_are_no_formula_no_reference_and_no_expression(
    plant: Callable[..., pd.DataFrame], tmp_path: Path
) -> None:
    import openpyxl

    form = odd(tmp_path, plant)
    sheet = openpyxl.load_workbook(io.BytesIO(xlsform(form)))["survey"]
    cells = [cell for row in sheet.iter_rows() for cell in row if "1+1" in str(cell.value)]
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", "=1+1 $\u200b{L2} {L2}")]
    texts = lime(form).query("language == 'en' and `class` == 'Q' and name == 'L1'")["text"]
    assert texts.tolist() == ["=1+1 $&#123;L2&#125; &#123;L2&#125;"]


def test_limesurvey_keeps_the_day_in_a_hidden_question(form: Instrument) -> None:
    asked = lime(form).query("name == 'date'")
    assert asked["type/scale"].tolist() == ["*", "*"]
    assert asked["text"].unique().tolist() == ['{date("Y-m-d")}']
    assert asked["hidden"].unique().tolist() == ["1"]


def test_labels_alike_in_a_list_are_named(plant: Callable[..., pd.DataFrame]) -> None:
    found = plant(lambda table: table.assign(label_en=table["label_en"].replace("No", "yes, I agree")), "choices.csv")
    assert found["column"].tolist() == ["label_en"]
    assert "'yes, I agree' stands twice in the list consent" in found["fault"].iloc[0]


def test_a_form_is_printed_in_chinese_alone(form: Instrument) -> None:
    page = formats.export(form, "html-zh").decode()
    assert page.count('lang="en"') == 0
    assert form.title_zh in page
    assert form.title_en not in page
    assert not re.search(r"[A-Za-z]{3,} [a-z]{3,}", re.sub(r"(?s)<style>.*?</style>|<[^>]*>", " ", page))
    from html import escape

    for text in form.items["text_zh"]:
        assert escape(text) in page


def test_the_words_are_those_of_a_chinese_survey(form: Instrument) -> None:
    texts = "\n".join([*form.items["text_zh"], *form.items["hint_zh"], *form.choices["label_zh"]])
    for foreign in ("说明书", "打赢", "多大程度上同意", "本问卷了解", "想了解"):
        assert foreign not in texts
    assert "旨在了解" in texts
    assert "知情同意书" in texts


def test_the_template_gives_anchors_in_both_languages(tmp_path: Path) -> None:
    from gumlib.own.cluster import template

    text = (template.write(tmp_path / "mine") / "README.md").read_text(encoding="utf-8")
    assert "- 0: No production knowledge is shared between firms. 企业之间没有生产知识的交流。" in text
    anchors = [line for line in text.splitlines() if re.match(r"- [0-5]: ", line)]
    assert len(anchors) == 66
    assert all(re.search("[\u4e00-\u9fff）]。$", line) for line in anchors)


@pytest.mark.parametrize(
    ("language", "ends"), [("en", ("Strongly agree", "Strongly disagree")), ("zh", ("完全符合", "非常不符合"))]
)
def test_a_scale_that_begins_with_agreement_is_refused(
    plant: Callable[..., pd.DataFrame], language: str, ends: tuple[str, str]
) -> None:
    def turned(table: pd.DataFrame) -> pd.DataFrame:
        rows = table.index[table["list"] == "agree"]
        table.loc[rows, f"label_{language}"] = [ends[0], "b", "c", "d", ends[1]]
        return table

    found = plant(turned, "choices.csv").iloc[0]
    assert found["fault"] == f"the list agree falls from {ends[0]!r} to {ends[1]!r}, and a higher code must mean more"
    assert (found["column"], found["severity"]) == (f"label_{language}", "error")
    turn = plant(lambda table: table.assign(reverse=(table["type"] == "likert5").astype(int)))
    assert not turn["fault"].str.contains("falls").any()


def test_other_versions_of_a_form_are_named(plant: Callable[..., pd.DataFrame], tmp_path: Path) -> None:
    for name in ("items (1).csv", "items_v2.xlsx", "choices - Copy.csv", "items_notes.csv"):
        (tmp_path / "mine" / name).write_bytes(b"")
    found = plant(lambda table: table)
    assert [said.split(" lies")[0] for said in found["fault"]] == [
        "choices - Copy.csv",
        "items (1).csv",
        "items_v2.xlsx",
    ]
