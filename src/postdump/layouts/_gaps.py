# SPDX-License-Identifier: MIT
r"""
The patterns of what stands between fields: white space, words and icons.

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

LONGEST_GAP: Final = 64
"""Code points: four spaces, an icon damaged twice over (36), and some to spare."""

BLANK: Final = r"[ \t\u00a0\u2009\u202f]"

SLOT: Final = r"[^\x21-\x3e\x40-\x7e\r\n]"

_WHITE: Final = r"[ \t\r\n\u00a0\u2009\u202f]"

_FITS: Final = rf"(?![^\x21-\x3e\x40-\x7e]{{{LONGEST_GAP + 1}}})"

_SPACE: Final = (
    r"(?: "  # tried first, as it is what nearly always stands there; what follows must not match it again
    rf"|(?! (?!{BLANK}|[\r\n]))(?!(?:{BLANK}|[\r\n]){{{LONGEST_GAP + 1}}})"
    rf"(?:{BLANK}++(?:{LINE_BREAK}{BLANK}*+)?+|{LINE_BREAK}{BLANK}*+))"
)

_BLANKS: Final = rf"(?:{BLANK}{{1,{LONGEST_GAP}}}+)"
"""A group, as `_SPACE` is one: either may be made optional."""

ALONE: Final = (
    rf"(?<![^\r\n \t][ \t]{{0,{LONGEST_GAP - 1}}})",
    rf"(?![ \t]{{0,{LONGEST_GAP}}}[^\r\n \t])",
)
"""What stands on lines of its own."""

NOT_HALF_WAY: Final = "(?<![0-9])"
"""A number is not entered half-way."""

GLUED: Final = r"(?<![0-9](?<!0\G))"
"""But where a search goes on behind a 0, which takes no more digits, a number may begin."""

A_DASH: Final = rf"[^\x00-\x7e]{{1,12}}+{BLANK}{{1,4}}+"
"""An icon that must be there, since a name follows, which would be found everywhere."""

VISIBLE: Final = regex.compile(r"[\x21-\x7e]")

VISIBLE_RUN: Final = regex.compile(r"[\x21-\x7e]+")

VISIBLE_WORDS: Final = regex.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*+")

ICONS: Final = regex.compile(r"[ \t]*+[^\x00-\x7f][^\x21-\x7e]*+")
"""Icons with the white space around them."""

COUNTED: Final = regex.compile(rf"[0-9](?<=[^\x00-\x7f]{_WHITE}{{0,{LONGEST_GAP}}}[0-9])")
"""The first digit of a number that an icon can belong to."""

NUMBER: Final = regex.compile("[0-9]+")

_SPACES: Final = regex.compile(r"[ \t\r\n]+")

_GAP_PARTS: Final = regex.compile(r"[\x21-\x7e]+|[ \t\r\n]*+[^\x00-\x7f][^\x21-\x7e]*|[ \t\r\n]+")
"""A word; icons with the white space around them; or white space alone."""


def between(text: str, *, opens: bool = False, closes: bool = False, breaks: bool = True) -> str:
    """
    Write the pattern of what stands between two fields, within a date, or at an end of the template.

    At an end an icon is sought only as far as its line goes, and may always be missing. With `breaks`, white
    space may be a line break.
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
            written.append(f"(?:{LINE_START}{SLOT}{{1,{LONGEST_GAP}}}+)?+")
        elif closes and i == len(stretches) - 1:
            written.append(f"(?:{SLOT}{{1,{LONGEST_GAP}}}+{LINE_END})?+")
        else:
            most = len(_SPACES.findall(stretch)) if breaks else 0
            start = f"(?={_WHITE})" if stretch[0].isspace() else "(?![0-9])"
            end = f"(?<={_WHITE})" if stretch[-1].isspace() else ""
            written.append(f"{start}{_FITS}{SLOT}*+(?:{LINE_BREAK}{SLOT}*+){{0,{most}}}+{end}")
    if opens and not VISIBLE.search(text):
        written.append(NOT_HALF_WAY)
    return "".join(written)
