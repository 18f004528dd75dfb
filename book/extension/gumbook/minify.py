"""Scripts and style sheets without what only their writers need: comments, indents, blanks beside marks."""

from __future__ import annotations

import re

_SHEET = re.compile(
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\))|/\*.*?\*/|\s*([{};,])\s*|(?<=:)\s+(?=[^{}]*[;}])|(\s+)""",
    re.DOTALL,
)
_BESIDE_MARKS = re.compile(r" ?([{}()\[\];,=<>?:&|*]) ?")
_LITERAL = re.compile("[\"'`/]")


def sheet(text: str) -> str:
    """Return a style sheet on one line; strings stay as they are.

    Examples
    --------
    >>> sheet('/* why */ a > b, p :is(i) {  color: red; content: "x; y"; }')
    'a > b,p :is(i){color:red;content:"x; y"}'
    """
    short = _SHEET.sub(lambda found: found[1] or found[2] or (" " if found[3] else ""), text)
    return short.replace(";}", "}").strip()


def script(text: str) -> str:
    r"""Return a script without lines of comment and indents; blanks stay where a line holds a string or a pattern.

    Examples
    --------
    >>> script('// why\n  const a = (x, y) => {\n    return "x = y";\n  };')
    'const a=(x,y)=>{\nreturn "x = y";\n};\n'
    """
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("//")]
    return "".join(_short(line) + "\n" for line in lines)


def _short(line: str) -> str:
    return line if _LITERAL.search(line) else _BESIDE_MARKS.sub(r"\1", line)
