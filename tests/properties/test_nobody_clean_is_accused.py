# SPDX-License-Identifier: MIT
"""
Law 9: nobody clean is accused.

That a damage makes one text of another does not prove that it did. A clean dump, merged with damaged copies
of itself, is neither repaired nor said to be damaged.
"""

from hypothesis import given
from hypothesis import strategies as st

from postdump import TokenKind, merge, parse, tokenize
from postdump.strategies import damages, pages

clean_pages = pages(max_dumps=1, min_posts=2, damage=st.none(), quoting=False).map(lambda page: page[0].text)


def damaged_copy(text, damage, are_markers_damaged):
    """Return a copy of a page; where its markers are as they were, nothing but its words shows the damage."""
    return "".join(
        damage.apply(token.text) if are_markers_damaged or token.kind is not TokenKind.MARKER else token.text
        for token in tokenize(text)
    )


def nobody_clean_is_accused(text, copies):
    different = {copy: None for copy in copies if copy != text}
    others = [parse(copy, name=f"copy {number}") for number, copy in enumerate(different)]
    timeline = merge(parse(text, name="clean"), *others)
    assert "clean" not in timeline.damages
    assert not [made for made in timeline.repairs if made.reading.dump == "clean"]


@given(clean_pages, st.lists(st.tuples(damages(chains=False), st.booleans()), min_size=1, max_size=4))
def test_nobody_clean_is_accused(text, suffered):
    nobody_clean_is_accused(text, [damaged_copy(text, *each) for each in suffered])
