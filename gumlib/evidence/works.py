"""The literature behind the model: what each work lends, and how far each record was checked.

The bibliography is `data/references.bib`. Its notes say how we met a work; the coding of works
by strand and concept is ours.
"""

import pandas as pd

from gumlib import data
from gumlib.errors import GumError, extra

STRANDS = {
    "upgrading and governance": "the four ways, chain governance as a brake, policy as trigger",
    "lock-in and life cycle": "a low state that holds itself, and ties that can close",
    "learning and networks": "learning that needs own effort, links outside, social ties with a limit",
    "dynamic forms": "thresholds, gap closing and mutual growth: the model's equations and rivals",
    "methods of comparison": "anchored scores, agreement of coders, maps of influence",
    "chain measurement": "value added in exports and place in the chain, by industry",
    "China evidence": "the order of events in like clusters, shocks and policy with dates",
}
"""The strands in the order of the pages, with what each lends the formalisation (ours)."""

CHECKS = {
    "seen": "record, abstract or opening page met in a stored copy",
    "known": "standard reference written from knowledge, not opened",
    "seed": "cited by author and year in the book's first pages",
}
"""How far a record was checked, by the first word of its note."""


def works() -> pd.DataFrame:
    """Return every entry of the bibliography with author, year, title, and how far it was checked.

    Returns
    -------
    Frame indexed by key, sorted: author (family name of the first), year (missing if undated),
    title, check (a key of `CHECKS`: the first word of the entry's note).

    Raises
    ------
    GumError : a note does not begin with one of those words
    """
    parse = extra("pybtex.database", "book").parse_file
    rows = {}
    for key, entry in parse(str(data.path("references")), bib_format="bibtex").entries.items():
        people = entry.persons.get("author", [])
        names = people[0].last_names if people else [entry.fields.get("key", "")]
        rows[key] = {
            "author": plain(" ".join(names)),
            "year": entry.fields.get("year"),
            "title": plain(entry.fields["title"]),
            "check": _check(key, entry.fields.get("note", "")),
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("key").sort_index()
    return table.astype({"year": "Int64"})


def plain(text: str) -> str:
    """Return what LaTeX would print of a field."""
    return str(extra("pybtex.richtext", "book").Text.from_latex(text))


def _check(key: str, note: str) -> str:
    word = note.replace(";", " ").split(" ")[0]
    if word not in CHECKS:
        raise GumError(f"expected a note that begins with {', '.join(CHECKS)}; got {note!r}", "evidence", key)
    return word


def record_checks() -> pd.DataFrame:
    """Return how many works were checked how far: in the bibliography, and among those coded."""
    known = works()
    coded = known.loc[known.index.isin(concepts()["key"])]
    counts = {"works": known["check"].value_counts(), "of them coded": coded["check"].value_counts()}
    table = pd.DataFrame(counts).reindex(list(CHECKS)).fillna(0).astype(int)
    table.insert(0, "meaning", pd.Series(CHECKS))
    return table.rename_axis("check")


def concepts() -> pd.DataFrame:
    """Return our coding: a row for each concept a work lends, with author, year and check.

    Returns
    -------
    Frame sorted by key and concept: key, author, year, strand, concept, lends (in our words), check.

    Raises
    ------
    GumError : a key is not in the bibliography
    """
    coded, known = data.read("concepts"), works()
    if unknown := sorted(set(coded["key"]) - set(known.index)):
        message = f"no entry of the bibliography has the key {', '.join(unknown)}; correct the table of concepts"
        raise GumError(message, "evidence", "key")
    table = coded.join(known[["author", "year", "check"]], on="key")
    return table[["key", "author", "year", "strand", "concept", "lends", "check"]]


def strands() -> pd.DataFrame:
    """Return the strands: works coded, years they span, concepts, what they lend (our coding, `concepts`)."""
    groups = concepts().groupby("strand")
    table = pd.DataFrame(
        {
            "works": groups["key"].nunique(),
            "first": groups["year"].min(),
            "last": groups["year"].max(),
            "concepts": groups["concept"].nunique(),
            "lends": pd.Series(STRANDS),
        }
    )
    return table.loc[list(STRANDS)].rename_axis("strand")


def bridges() -> pd.DataFrame:
    """Return how many works join each pair of concepts, most first (our coding, `concepts`)."""
    links = concepts()[["key", "concept"]]
    pairs = links.merge(links.rename(columns={"concept": "with"}), on="key").query("concept < `with`")
    counts = pairs.groupby(["concept", "with"]).size().rename("works").reset_index()
    return counts.sort_values("works", ascending=False, kind="stable", ignore_index=True)
