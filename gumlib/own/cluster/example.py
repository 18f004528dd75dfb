"""A small invented cluster, for trying out a folder of one's own. No such place exists."""

MARK = "Invented example: no such cluster exists, and no fact, source or number in it is true."
_TITLE = "Mirandel clay pipes (invented example)"

_SOURCES = (
    ("kiln_book", "Kilns of Mirandel (invented)", "A. Inventor", 2009, "", "academic", "Invented"),
    ("pipe_news", "Pipe trade weekly (invented)", "Invented Press", 2006, "", "trade_press", "Invented"),
    ("town_stats", "Mirandel yearbook (invented)", "Invented Town Office", 2011, "", "official_statistics", "Invented"),
    ("guild_talk", "Talk with the guild (invented)", "Invented Guild", 2012, "", "other", "Invented"),
)

_FACTS = (
    ("1988", "L", "event", "", "", 1, "Journeymen carry the double kiln from shop to shop.", "kiln_book", ""),
    ("1990", "D", "firms_large", 1, "firms", 0, "One shop employs more than a hundred people.", "town_stats", ""),
    ("1990", "O", "firms_count", 40, "firms", 0, "Forty pipe makers are on the town's roll.", "town_stats", ""),
    ("1991", "S", "event", "", "", 1, "Makers lend each other kiln time on trust.", "guild_talk", ""),
    ("1992-1994", "G", "event", "", "", -1, "Copied marks are sold in the market, and nobody acts.", "pipe_news", ""),
    ("1994", "E", "event", "", "", 1, "A trading house takes the first pipes abroad.", "pipe_news", ""),
    ("1995", "O", "firms_count", 75, "firms", 0, "Seventy-five makers are on the roll.", "town_stats", "PI008"),
    ("1995", "O", "firms_count", 120, "firms (about)", 0, "The guild counts about 120 makers.", "guild_talk", "PI007"),
    ("1996", "P", "event", "", "", 1, "The town builds a hall for the pipe market.", "town_stats", ""),
    ("1998", "S", "event", "", "", 1, "A guild is founded, with rules and members.", "guild_talk", ""),
    ("1999", "G", "event", "", "", 1, "Guild and town check maker's marks together.", "guild_talk", ""),
    ("2000", "O", "firms_count", 110, "firms", 0, "A hundred and ten makers are on the roll.", "town_stats", ""),
    ("2000", "O", "exports", 2.5, "million thalers", 0, "Exports of pipes reach 2.5 million.", "town_stats", ""),
    ("2001", "L", "event", "", "", 1, "Foreign buyers send inspectors who teach even firing.", "pipe_news", ""),
    ("2002", "I", "event", "", "", 1, "The first patterns are registered.", "kiln_book", ""),
    ("2003", "Z", "event", "", "", -1, "A duty on clay goods is raised abroad.", "pipe_news", ""),
    ("2004", "P", "event", "", "", 1, "A programme pays for a testing kiln that all may use.", "town_stats", ""),
    ("2005", "O", "firms_count", 90, "firms", 0, "Ninety makers are on the roll.", "town_stats", ""),
    ("2005", "O", "exports", 6, "million thalers", 0, "Exports of pipes reach six million.", "town_stats", ""),
    ("2006", "D", "event", "", "", 1, "Two houses sell under own brands and order from the rest.", "pipe_news", ""),
    ("2008", "I", "event", "", "", 1, "A workshop for new glazes opens, paid for by makers and town.", "kiln_book", ""),
    ("2009", "S", "event", "", "", 1, "The guild wins a case abroad against a copied mark.", "guild_talk", ""),
    ("2010", "O", "exports", 9, "million thalers", 0, "Exports of pipes reach nine million.", "town_stats", ""),
    ("2010", "O", "firms_count", 70, "firms", 0, "Seventy makers are on the roll.", "town_stats", ""),
)  # fmt: skip

_YEARS = (1990, 1995, 2000, 2005, 2010)
_SCORES = {
    "L": ("22233", "12233", (1, 1, 14, 14, 17)),
    "I": (" 1123", " 1123", (0, 15, 15, 15, 21)),
    "E": ("01233", "01233", (3, 6, 13, 19, 23)),
    "S": ("22344", "22334", (4, 4, 10, 10, 22)),
    "P": ("11234", "11233", (9, 9, 9, 17, 17)),
    "D": ("11123", "11123", (2, 2, 2, 20, 20)),
    "G": ("10334", "10334", (5, 5, 11, 11, 22)),
    "T": ("11233", "11223", (1, 1, 14, 17, 17)),
    "N": (" 1123", " 1113", (0, 15, 15, 15, 21)),
    "X": ("01233", "01233", (3, 6, 13, 19, 20)),
    "K": ("22334", "22334", (4, 4, 10, 10, 22)),
}
"""Scores of both passes by year (a blank is a cell without basis), and the fact each rests on."""
_SURE = ("low", "low", "medium", "medium", "high")


def tables(code: str) -> dict[str, list[list[object]]]:
    """Return the rows of each table of the invented cluster."""
    about = {"name": code, "title_en": _TITLE, "title_zh": "", "industry": "", "longitude": "", "latitude": ""}
    facts = [[f"PI{n:03d}", code, *fact] for n, fact in enumerate(_FACTS, start=1)]
    return {
        "cluster.csv": [[key, value] for key, value in {**about, "author": "A. Inventor", "country": ""}.items()],
        "sources.csv": [list(row) for row in _SOURCES],
        "ledger.csv": facts,
        "scores_a.csv": _scores(code, 0),
        "scores_b.csv": _scores(code, 1),
    }


def _scores(code: str, coder: int) -> list[list[object]]:
    rows: list[list[object]] = []
    for n, year in enumerate(_YEARS):
        for variable, (*passes, facts) in _SCORES.items():
            score = passes[coder][n].strip()
            fact = f"PI{facts[n]:03d}"
            known = [score, _SURE[n], fact, "Invented."] if score else ["", "", "", "No basis in the ledger."]
            rows.append([code, year, variable, *known])
    return rows
