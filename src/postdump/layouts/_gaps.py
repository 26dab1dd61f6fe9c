# SPDX-License-Identifier: MIT
r"""
Patterns of gaps, which stand between the fields of a template: white space, words and icons.

Where a template has an icon or a dash, the gap may hold anything but visible ASCII other than `?`: whatever
a damage made of the icon, or nothing at all.

    gap    := one or more of the characters above, at most LONGEST_GAP together, with at most one
              line break for each run of white space in the template, and with white space at each end
              where the template has it: in Chinese, numbers and words stand close
    space  := the same with nothing but white space; after a closing bracket it may be missing
"""

from __future__ import annotations

from typing import Final

import regex

from postdump._text.lines import LINE_BREAK, LINE_END, LINE_START
from postdump._text.regex_types import Pattern

LONGEST_GAP: Final = 64
"""Code points: four spaces, an icon damaged twice over (36), and some to spare."""

BLANK: Final = r"[ \t\u00a0\u2009\u202f]"
"""White space within a line: ASCII's, and three spaces that pages print."""

SLOT_CHAR: Final = r"[^\x21-\x3e\x40-\x7e\r\n]"
"""What may stand where the template has an icon: no line break, and of visible ASCII only `?`."""

_WHITE: Final = r"[ \t\r\n\u00a0\u2009\u202f]"
"""White space within a line, or a line break."""

_AT_MOST_LONGEST_GAP: Final = rf"(?![^\x21-\x3e\x40-\x7e]{{{LONGEST_GAP + 1}}})"
"""The gap that follows is not too long."""

_SPACE: Final = (
    r"(?: "  # tried first, as it is what nearly always stands there; what follows must not match it again
    rf"|(?! (?!{BLANK}|[\r\n]))(?!(?:{BLANK}|[\r\n]){{{LONGEST_GAP + 1}}})"
    rf"(?:{BLANK}++(?:{LINE_BREAK}{BLANK}*+)?+|{LINE_BREAK}{BLANK}*+))"
)

_BLANKS: Final = rf"(?:{BLANK}{{1,{LONGEST_GAP}}}+)"
"""`_SPACE` without line breaks. A group, as `_SPACE` is one: either may be made optional."""

NOTHING_BEFORE_IN_LINE: Final = rf"(?<![^\r\n \t][ \t]{{0,{LONGEST_GAP - 1}}})"

NOTHING_AFTER_IN_LINE: Final = rf"(?![ \t]{{0,{LONGEST_GAP}}}[^\r\n \t])"

NOT_WITHIN_NUMBER: Final = "(?<![0-9])"
"""No digit stands before."""

NOT_WITHIN_NUMBER_BUT_BEHIND_ZERO: Final = r"(?<![0-9](?<!0\G))"
"""
No digit stands before, unless it is the 0 that ends the match before.

A count that is 0 takes no more digits, so the date of the next marker may be glued to it.
"""

ICON_BEFORE_NAME: Final = rf"[^\x00-\x7e]{{1,12}}+{BLANK}{{1,4}}+"
"""An icon that must be there, unlike others: a name would be found everywhere."""

VISIBLE: Final[Pattern] = regex.compile(r"[\x21-\x7e]")

VISIBLE_RUN: Final = regex.compile(r"[\x21-\x7e]+")

VISIBLE_WORDS: Final = regex.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*+")

ICONS: Final = regex.compile(r"[ \t]*+[^\x00-\x7f][^\x21-\x7e]*+")
"""Icons with the white space around them."""

NUMBER_BEHIND_ICON: Final[Pattern] = regex.compile(rf"[0-9](?<=[^\x00-\x7f]{_WHITE}{{0,{LONGEST_GAP}}}[0-9])")
"""The first digit of a number that stands behind something outside ASCII, as counts do."""

NUMBER: Final[Pattern] = regex.compile("[0-9]+")

_SPACES: Final = regex.compile(r"[ \t\r\n]+")

_GAP_PARTS: Final = regex.compile(r"[\x21-\x7e]+|[ \t\r\n]*+[^\x00-\x7f][^\x21-\x7e]*|[ \t\r\n]+")
"""A word; icons with the white space around them; or white space alone."""


def write_gap(text: str, *, opens: bool = False, closes: bool = False, breaks: bool = True) -> str:
    """
    Write the pattern of a gap between two fields, within a date, or at an end of the template.

    `text` is what the template has there. An icon with which the template `opens` or `closes` is sought only
    within its line, and may be missing. With `breaks`, white space may be a line break.
    """
    written = []
    stretches = _GAP_PARTS.findall(text)
    for i, stretch in enumerate(stretches):
        if stretch.strip() == "":
            after_bracket = i > 0 and stretches[i - 1][-1] in ")]"
            space = _SPACE if breaks else _BLANKS
            written.append(f"{space}?+" if after_bracket else space)
        elif stretch.lstrip()[0].isascii():
            written.append(regex.escape(stretch))
        elif opens and i == 0:
            written.append(f"(?:{LINE_START}{SLOT_CHAR}{{1,{LONGEST_GAP}}}+)?+")
        elif closes and i == len(stretches) - 1:
            written.append(f"(?:{SLOT_CHAR}{{1,{LONGEST_GAP}}}+{LINE_END})?+")
        else:
            most = len(_SPACES.findall(stretch)) if breaks else 0
            start = f"(?={_WHITE})" if stretch[0].isspace() else "(?![0-9])"
            end = f"(?<={_WHITE})" if stretch[-1].isspace() else ""
            written.append(
                f"{start}{_AT_MOST_LONGEST_GAP}{SLOT_CHAR}*+(?:{LINE_BREAK}{SLOT_CHAR}*+){{0,{most}}}+{end}"
            )
    return "".join(written)
