"""The crate, codemeta, Zenodo's file and the data package follow from one source and refer to what is there."""

from __future__ import annotations

import copy
import json
import re
import zipfile
from dataclasses import replace

import pytest
import yaml
from packaging.requirements import Requirement

from book import crate, metadata
from book.packing import below, pack
from book.paths import HTML, ROOT
from book.publication import book
from book.site import lay_out
from gumlib.errors import GumError

PUBLISHED = replace(book(), address="https://example.org/gum/", repository="https://github.com/a/b", doi="10.1234/gum")
STORED = metadata.files()
MUST = {
    "Dataset": {"name", "description", "datePublished", "license"},
    "File": {"name"},
    "SoftwareSourceCode": {"name", "version", "programmingLanguage"},
    "CreateAction": {"name", "instrument", "agent", "result"},
    "CreativeWork": set(),
    "Organization": {"name"},
    "ComputerLanguage": {"name"},
}
"""What an entity of each type needs, by RO-Crate 1.1 and the profile Process Run Crate."""
TERMS = {
    *("about", "agent", "author", "conformsTo", "contentSize", "datePublished", "description", "encodingFormat"),
    *("hasPart", "identifier", "instrument", "keywords", "license", "mentions", "name", "object"),
    *("programmingLanguage", "publisher", "result", "url", "version"),
}
"""Words of the context of RO-Crate 1.1 that a crate may use; any other needs an address of its own in its context."""


@pytest.fixture(scope="module")
def described() -> dict:
    """Return the metadata of the crate of the book at hand."""
    return crate.describe(crate.records(), book())


def faults(described: dict) -> list[str]:
    """Return what is wrong with the metadata of a crate whose files are those of the checkout."""
    graph = {entity["@id"]: entity for entity in described["@graph"]}
    found = [] if len(graph) == len(described["@graph"]) else ["an id stands twice"]
    known = {*TERMS, *described["@context"][1]}
    said = {key for entity in graph.values() for key in entity if not key.startswith("@")}
    found += [f"{key} stands in no context" for key in sorted(said - known)]
    for name, entity in graph.items():
        kinds = entity["@type"] if isinstance(entity["@type"], list) else [entity["@type"]]
        missing = set().union(*(MUST[kind] for kind in kinds)) - set(entity)
        found += [f"{name} lacks {key}" for key in missing]
        file = HTML / name.removeprefix("html/") if name.startswith("html/") else ROOT / name
        found += [f"{name} is no file"] if "File" in kinds and not file.is_file() else []
        lost = set(re.findall(r"'@id': '([^']+)'", str(entity))) - {*graph, "https://w3id.org/ro/crate/1.1"}
        found += [f"{name} refers to {one}" for one in sorted(lost)]
    parts = {part["@id"] for part in graph["./"]["hasPart"]}
    return found + [f"{name} is no part" for name, one in graph.items() if "File" in one["@type"] and name not in parts]


def test_the_crate_says_what_made_each_figure_and_table(described):
    assert faults(described) == []
    actions = {entity["@id"]: entity for entity in described["@graph"] if entity["@type"] == "CreateAction"}
    cards = {file.stem for file in (HTML / "figures").glob("*.csv")}
    assert {name.partition("-")[2] for name in actions} == cards
    pay, lost = actions["#draw-fig-1-1-break"], actions["#make-tab-4-1-missed"]
    assert pay["instrument"] == {"@id": "gumlib/figures/s1_1_pay.py"}
    assert {"@id": "data/macro/china_series.csv"} in pay["object"]
    assert "seed 2004" in pay["description"]
    assert lost["instrument"] == {"@id": "chapters/04/4-1-ningbo-garments.md"}
    assert lost["result"] == {"@id": "html/figures/tab-4-1-missed.csv"}


@pytest.mark.parametrize("key", ["instrument", "result", "agent"])
def test_a_crate_with_a_fault_is_noticed(described, key):
    planted = copy.deepcopy(described)
    action = planted["@graph"][-1]
    action[key] = {"@id": "gumlib/nowhere.py"}
    assert faults(planted) == [f"{action['@id']} refers to gumlib/nowhere.py"]
    del action[key]
    assert faults(planted) == [f"{action['@id']} lacks {key}"]


def test_a_word_without_an_address_is_noticed(described):
    """`rocrate-validator` refuses such a crate."""
    planted = {**described, "@context": [described["@context"][0], {}]}
    assert faults(planted) == ["sha256 stands in no context"]


def test_the_root_names_profile_licence_and_doi(described):
    graph = {entity["@id"]: entity for entity in crate.describe(crate.records()[:1], PUBLISHED)["@graph"]}
    profiles = [one["@id"] for one in graph[crate.NAME]["conformsTo"]]
    assert profiles == ["https://w3id.org/ro/crate/1.1", "https://w3id.org/ro/wfrun/process/0.5"]
    assert graph["./"]["identifier"] == "https://doi.org/10.1234/gum"
    assert graph["#authors"]["url"] == "https://github.com/a/b"
    (program,) = [one for one in graph.values() if "SoftwareSourceCode" in one["@type"]]
    assert program["url"] == f"https://github.com/a/b/blob/v{book().version}/{program['@id']}"
    assert "identifier" not in next(one for one in described["@graph"] if one["@id"] == "./") or book().doi


@pytest.mark.parametrize("name", sorted(STORED))
def test_writing_it_anew_changes_nothing(name):
    assert (ROOT / name).read_text(encoding="utf-8") == STORED[name], "run `make metadata`"


def test_another_version_reaches_every_file(tmp_path):
    for name in (*STORED, "pyproject.toml", "_config.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text, encoding="utf-8")
    project = (tmp_path / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(project.replace(f'"{book().version}"', '"9.8.7"'), encoding="utf-8")
    renewed = metadata.files(tmp_path)
    assert {name for name in STORED if "9.8.7" in renewed[name]} == set(STORED) - {"codecheck.yml"}
    assert json.loads(renewed[".zenodo.json"])["version"] == "9.8.7"
    assert yaml.safe_load(renewed["CITATION.cff"])["version"] == "9.8.7"


@pytest.fixture
def fork(tmp_path):
    """Copy what metadata follow from, with an address, a repository, a DOI and two authors, one of them a person."""
    for name in (*STORED, "pyproject.toml", "_config.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    site = {"address": PUBLISHED.address, "repository": PUBLISHED.repository, "doi": PUBLISHED.doi}
    config = (tmp_path / "_config.yml").read_text(encoding="utf-8")
    for key, said in site.items():
        config = re.sub(rf'(gum_site:(?:.*\n)*?\s+{key}: )"[^"]*"', rf'\g<1>"{said}"', config)
    (tmp_path / "_config.yml").write_text(config, encoding="utf-8")
    cff = (tmp_path / "CITATION.cff").read_text(encoding="utf-8")
    people = "  - family-names: Li\n    given-names: Na\n    orcid: https://orcid.org/0000-0002-1825-0097\n"
    cff = cff.replace("authors:\n", f"authors:\n{people}", 1).replace("    isbn: 978-7-308-08002-6\n", "")
    (tmp_path / "CITATION.cff").write_text(cff, encoding="utf-8")
    return tmp_path


def test_one_setting_reaches_every_file_and_a_second_time_nothing_changes(fork):
    renewed = metadata.files(fork)
    cff, package = yaml.safe_load(renewed["CITATION.cff"]), json.loads(renewed["data/datapackage.json"])
    where = (PUBLISHED.address, PUBLISHED.repository, PUBLISHED.doi)
    assert (cff["url"], cff["repository-code"], cff["doi"]) == where
    assert (package["homepage"], package["repository"], package["id"]) == (*where[:2], f"https://doi.org/{where[2]}")
    deposit, checked = json.loads(renewed[".zenodo.json"]), yaml.safe_load(renewed["codecheck.yml"])
    assert {one["identifier"] for one in deposit["related_identifiers"]} >= set(where)
    assert (checked["paper"]["reference"], checked["repository"]) == (f"https://doi.org/{where[2]}", where[1])
    for name, content in renewed.items():
        (fork / name).write_text(content, encoding="utf-8")
    assert metadata.files(fork) == renewed


def test_every_author_stands_everywhere_and_a_work_without_isbn_is_printed(fork):
    renewed, both = metadata.files(fork), ["Li, Na", "The GUM compendium authors"]
    deposit, code = json.loads(renewed[".zenodo.json"]), json.loads(renewed["codemeta.json"])
    assert [one["name"] for one in deposit["creators"]] == both
    assert deposit["creators"][0]["orcid"] == code["author"][0]["@id"][-19:] == "0000-0002-1825-0097"
    assert [one["@type"] for one in code["author"]] == ["Person", "Organization"]
    assert [one["name"] for one in yaml.safe_load(renewed["codecheck.yml"])["paper"]["authors"]] == both
    assert deposit["references"][0].startswith("Wang, Chuanbao (2010). ")


def test_an_author_without_a_name_is_refused_with_what_to_add(fork):
    cff = (fork / "CITATION.cff").read_text(encoding="utf-8")
    (fork / "CITATION.cff").write_text(cff.replace("  - family-names: Li\n   ", "  -"), encoding="utf-8")
    with pytest.raises(GumError, match="expected `name` or `family-names` of each author"):
        metadata.files(fork)


def test_the_codecheck_configuration_names_every_output_and_leaves_the_checker_open():
    text = STORED["codecheck.yml"]
    checked = yaml.safe_load(text)
    assert "\n---\n" in text
    assert checked["version"] == "https://codecheck.org.uk/spec/config/1.0"
    assert (checked["paper"]["title"], checked["paper"]["authors"][0]["name"]) == (book().title, book().author)
    assert all(row.keys() == {"file", "comment"} and row["comment"] for row in checked["manifest"])
    assert {ROOT / row["file"] for row in checked["manifest"]} == set((ROOT / "notebooks").rglob("*.ipynb"))
    assert not checked.keys() & {"codechecker", "check_time", "certificate", "report"}


def test_codemeta_and_zenodo_hold_what_their_readers_need():
    code, deposit = json.loads(STORED["codemeta.json"]), json.loads(STORED[".zenodo.json"])
    assert code["@context"] == "https://doi.org/10.5063/schema/codemeta-2.0"
    assert code["@type"] == "SoftwareSourceCode"
    assert "numpy" in {Requirement(one).name for one in code["softwareRequirements"]}
    assert deposit.keys() >= {"title", "description", "creators", "upload_type", "access_right", "license"}
    assert (deposit["upload_type"], deposit["access_right"]) == ("software", "open")
    assert all(set(creator) <= {"name", "affiliation", "orcid"} for creator in deposit["creators"])
    assert code["version"] == deposit["version"] == book().version
    assert code["datePublished"] == deposit["publication_date"] == book().date


def test_the_changelog_dates_the_version():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {book().version} ({book().date})" in changes


def test_a_zip_is_the_same_bytes_and_earlier_books_stay_below_their_tags(tmp_path):
    html = tmp_path / "html"
    (html / "deep").mkdir(parents=True)
    (html / "deep" / "a.html").write_text("now", encoding="utf-8")
    first, again = tmp_path / "releases" / "gum-book-v0.1.0.zip", tmp_path / "again.zip"
    for target in (first, again):
        pack(target, {**below(html), "b.txt": b"old"})
    assert first.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(first) as files:
        assert files.namelist() == ["b.txt", "deep/a.html"]
    assert lay_out(html, first.parent, tmp_path / "site") == ["v0.1.0"]
    assert set(below(tmp_path / "site")) == {".nojekyll", "deep/a.html", "v0.1.0/b.txt", "v0.1.0/deep/a.html"}
