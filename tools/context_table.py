# SPDX-License-Identifier: MIT
"""
Write `src/postdump/damage/context/table.py`, by which `postdump.damage.context.suggest` weighs characters.

    python tools/context_table.py

It reads `tools/context/*.txt`: invented posts, one a line, a file for each language, named for it. The
table contains what stands around each character outside ASCII (the model counts that), and the letters by
which the languages are distinguished. What the posts contain too little of is written down here: Greek
letters that are meant as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
TABLE: Final = HERE.parent / "src" / "postdump" / "damage" / "context" / "table.py"
LEAST_TRIGRAMS: Final = 4
"""How often three letters must follow on one another in a language to identify it."""
AROUND: Final = 4
"""Characters that are kept on each side: most of a short word."""
EDGE: Final = "^"
"""Stands for what is before and after a line; the posts have none."""
OTHER: Final = ""
"""The label of whatever is not in the alphabet."""
EMOJI: Final = "☀"
"""Stands for all that is not in the alphabet."""
COLUMNS: Final = 110
"""Columns of a line of the table."""
WIDTH: Final = COLUMNS - 14
"""Columns of a piece of text in the table, without indentation and quotes."""

GENUINE: Final = (
    *("the @ version", "a @ test", "in @ decay", "an @ particle", "the @ of a", "for @ and", "with @ cells"),
    *(
        "@ is the",
        "where @ is",
        "If @ = 0",
        "@ = 0.3",
        "@ > 1",
        "of @, as",
        "by @.",
        "(@)",
        "(@ = 2)",
        "x + @",
    ),
    *(
        "@-blocker",
        "the @-carbon",
        "a @-test",
        "type @:",
        "TGF-@ and",
        "TGF-@",
        "IFN-@,",
        "NF-k@.",
        "A@ is",
        "@1 and",
    ),
    *(
        "@2-agonist",
        "sin @",
        "2@",
        "2@ + 1",
        "cos(@)",
        "@/2",
        "x@",
        "@x",
        "@r2",
        "@(x)",
        "der @ Test",
        "le @ est",
    ),
    *(
        "ein @-Zerfall",
        "la @ de",
        "un @",
        "receptor @ jest",
        "bir @ testi",
        "@ kadar",
        "version @ is",
        "IL-1@.",
    ),
    *("n@ of", "I@ kinase", "Class @", "@ + @", "@, @ and", "the @s", "@’s", "PGC-1@ in", "k@", "@.", "- @"),
)
"""Where `@` stands for a letter of another script, as in science."""

_Line = tuple[str, str]
"""A language and a line in it."""


def main() -> None:
    TABLE.write_text(write_module(read_lines(HERE / "context")), "utf-8", newline="\n")


def read_lines(folder: Path) -> list[_Line]:
    """Return the lines of a folder's files, each with its language."""
    files = sorted(folder.glob("*.txt"))
    return [(file.stem, line) for file in files for line in file.read_text("utf-8").split("\n") if line]


def find_windows(lines: Iterable[_Line]) -> dict[str, dict[str, list[str]]]:
    """Return what stands around each label in each language, in order."""
    found: dict[str, dict[str, list[str]]] = {}
    for language, line in lines:
        for at, label in find_labels(line):
            if label != OTHER or is_known(line[at]):
                found.setdefault(language, {}).setdefault(label, []).append(_window(line, at))
            else:
                found.setdefault("", {}).setdefault(OTHER, []).append(_window(line, at))
    for line in GENUINE:
        for at, char in enumerate(line):
            if char == "@":
                found.setdefault("", {}).setdefault(OTHER, []).append(_window(line, at))
    return {
        language: {label: sorted(of_language[label]) for label in sorted(of_language)}
        for language, of_language in sorted(found.items())
    }


def find_labels(line: str) -> Iterator[tuple[int, str]]:
    """Yield where a line's characters outside ASCII stand, and their labels, of marks with an action."""
    opened = [""]
    for at, char in enumerate(line):
        follows = line[at + 1 : at + 2]
        if char.isascii():
            continue
        if char in "„‚«‹" or (char in "“‘" and opened[-1] != _OPENED_BY.get(char)):
            opened.append(char)
            yield at, f"{char}("
        elif char in "“”‘»›" or (char == "’" and opened[-1] in "‘‚" and opened[-1] and not follows.isalnum()):
            opened = opened[:-1] or [""]
            yield at, f"{char})"
        else:
            yield at, char if is_known(char) else OTHER


_OPENED_BY: Final = {"“": "„", "‘": "‚"}


def is_known(char: str) -> bool:
    """Return whether a character is in the alphabet: letters, punctuation and signs, but no emoji."""
    return char.isalpha() or char < "\u0100" or "\u2010" <= char <= "\u203a" or char in "€™−"


def symbol_of(char: str) -> str:
    """Return the symbol of a character in a window."""
    if char.isspace():
        return " "
    return char if char.isascii() or is_known(char) else EMOJI


def _window(line: str, at: int) -> str:
    padded = EDGE * AROUND + "".join(map(symbol_of, line)) + EDGE * AROUND
    return padded[at : at + AROUND] + padded[at + AROUND + 1 : at + 2 * AROUND + 1]


def find_trigrams(lines: Iterable[_Line]) -> dict[str, dict[int, list[str]]]:
    """Return the ASCII trigrams of each language, by how often they occur."""
    counts: dict[str, Counter[str]] = {}
    for language, line in lines:
        lower = f" {line.lower()} "
        counts.setdefault(language, Counter()).update(
            three for at in range(len(lower) - 2) if is_letters(three := lower[at : at + 3])
        )
    found: dict[str, dict[int, list[str]]] = {}
    for language, of_language in sorted(counts.items()):
        by_count: dict[int, list[str]] = {}
        for three, count in sorted(of_language.items(), key=lambda item: (-item[1], item[0])):
            if count >= LEAST_TRIGRAMS:
                by_count.setdefault(count, []).append(three)
        found[language] = by_count
    return found


def is_letters(three: str) -> bool:
    """Return whether three characters are letters of ASCII or spaces."""
    return three.isascii() and three.replace(" ", "a").isalpha()


def write_module(lines: list[_Line]) -> str:
    """Return the text of the module that contains the table."""
    windows = *_dict("WINDOWS", find_windows(lines)), DOC_WINDOWS
    trigrams = *_dict("TRIGRAMS", find_trigrams(lines)), DOC_TRIGRAMS
    return "\n".join((HEAD, f"AROUND: Final = {AROUND}", DOC_AROUND, *windows, *trigrams, ""))


HEAD: Final = '''\
# SPDX-License-Identifier: MIT
"""Generated by `python tools/context_table.py` from tools/context/*.txt: what stands around characters."""

from __future__ import annotations

from typing import Final
'''
DOC_AROUND: Final = '"""Characters before and after."""'
DOC_WINDOWS: Final = '''\
"""
By language, "" for any, and label: what stands before and after, in pieces of eight characters.

A label is a character and, for a quotation mark, what it does there; the empty one is of all that is not in
the alphabet.
"""'''
DOC_TRIGRAMS: Final = (
    '"""By language and number of occurrences: three letters or spaces that follow on one another."""'
)


def _dict(
    name: str, table: dict[str, dict[str, list[str]]] | dict[str, dict[int, list[str]]]
) -> Iterator[str]:
    kind = "str" if name == "WINDOWS" else "int"
    yield f"{name}: Final[dict[str, dict[{kind}, str]]] = {{"
    for language, of_language in table.items():
        yield f'    "{language}": {{'
        for key, pieces in of_language.items():
            shown = f'"{key}"' if isinstance(key, str) else str(key)
            text = "".join(pieces)
            line = f'        {shown}: "{text}",'
            if len(line) <= COLUMNS:
                yield line
                continue
            yield f"        {shown}: ("
            yield from (f'            "{text[at : at + WIDTH]}"' for at in range(0, len(text), WIDTH))
            yield "        ),"
        yield "    },"
    yield "}"


if __name__ == "__main__":
    main()
