# SPDX-License-Identifier: MIT
"""
Texts in order, in the scripts that misreadings write: none of them shows a damage, none is changed.

`cases/clean/` holds passages as people write them. Those generated here are words of random letters, which
meet in ways that no language has: whatever takes letters of one script for remains is bound to show itself.
"""

import random
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings
from page import GREEK, page, stats

from postdump import Detection, Repaired, detect_damage, merge, parse, repair

CLEAN = Path(__file__).parent.parent / "cases" / "clean"
# What once raised an alarm is a case above; before a release, more texts are generated.
GENERATED = 2000 if settings.default.max_examples > 1000 else 800


def alarms(text):
    """Return what of a text's results says that it is damaged."""
    found: list[object] = []
    if detect_damage(text) != Detection():
        found.append(detect_damage(text))
    if repair(text) != Repaired(text=text):
        found.append(repair(text))
    timeline = merge(parse(text))
    found += [one for one in (timeline.damages, timeline.repairs, timeline.unrepaired) if one]
    return found


# As people write.


def passages():
    """Return each passage and each whole file, by name."""
    found = {}
    for path in sorted(CLEAN.glob("*.txt")):
        whole = path.read_bytes().decode("utf-8")
        for number, passage in enumerate(whole.removesuffix("\n").split("\n---\n"), 1):
            found[f"{path.stem}-{number}"] = passage
        found[path.stem] = whole
    return found


def script(text):
    """Return the script of most letters, by the first word of their names."""
    scripts = Counter(unicodedata.name(char, "").partition(" ")[0] for char in text if char.isalpha())
    return scripts.most_common(1)[0][0] if scripts else ""


def test_there_are_enough():
    found = {name: passage for name, passage in passages().items() if "-" in name}
    assert len(found) >= 60
    assert len({script(passage) for passage in found.values()} - {""}) >= 10
    assert all(passage.strip() for passage in found.values())


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in passages().items()])
def test_passages(text):
    assert alarms(text) == []


PUNCTUATED = {
    "French": "L’été, l’âge d’or, l’île.",
    "French in capitals": "L’ÉTÉ DE L’ÎLE, L’ÂGE D’OR, L’ÊTRE ET L’ÂME.",
    "French after dots": "…était-ce là ? …âgé, lui ? …île ou non, …être ou pas.",
    "French after a firm space": "M.\u00a0Évrard, à\u00a0Ülm, chez\u00a0Öl, à\u00a0être, un\u00a0îlot.",
    "French before a firm space": "Un café\u00a0— un thé\u00a0; voilà\u00a0! Du blé\u00a0: très bon\u00a0?",
    "French within French": "‘été’, ‘âge’, ‘île’ et ‘être’ prennent un accent",
    "Catalan": "L’època de l’àvia, l’ús d’índex, l’òpera i l’únic.",
    "Portuguese": "Copo d’água, vila d’Évora, lata d’óleo, mesa d’época.",
    "Irish": "D’éirigh sé, d’ól sí, d’íoc mé, d’úsáid tú; b’áil liom.",
    "Spanish": "“Él”, “Éste”, “Ñu”, “Última”, ‘él’, ‘ñu’, ‘último’",
    "Ukrainian in capitals": "П’ЯТЬ М’ЯЧІВ, З’ЇЗД, П’ЄСА, В’ЮН, ОБ’ЄКТ",
    "German": "›Äpfel‹, ›Öl‹ und ›Übel‹",
    "a list": "–Écoute.\n–Ça alors.\n–Ürün\n–Ñandú\n–Élan",
    "units": "20\u00a0°C, 5\u00a0£, 3\u00a0§, 10\u00a0µm, 4\u00a0Ω, 5\u00a0±\u00a01, 7\u00a0∞",
}
"""Marks and firm spaces right beside letters: for a misreading, two bytes of Armenian, Cyrillic or Syriac."""


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in PUNCTUATED.items()])
def test_punctuation_beside_letters(text):
    assert alarms(text) == []


# As nobody writes.

ROMAN = "eeeeeaaaaiiiiooonnntttssrrrllluuddccmmppvbgfhqyzkjwx"
ALPHABETS = {
    "Latin": (
        ROMAN + "ééèêàçëâîïôûùüœæÿ",
        ROMAN + "äöüßåøæé",
        ROMAN + "áàâãéêíóôõúüçñ",
        ROMAN + "áčďéěíňóřšťúůýž",
        ROMAN + "ğışçöüâîı",
        ROMAN + "ąćęłńóśźż",
        ROMAN + "ăâđêôơưảạãáàấầẩậắằặẻẽẹếềểễệíìỉĩịòỏõọốồổộớờởợụứừửữựýỳỷỹỵ",
    ),
    "Greek": ("αβγδεζηθικλμνξοπρστυφχψω" * 2 + "άέήίόύώϊϋΐΰ",),
    "Cyrillic": ("абвгдежзийклмнопрстуфхцчшщъыьэюяё", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    "Hebrew": ("אבגדהוזחטיכלמנסעפצקרשתךםןףץ" * 3 + "\u05b0\u05b4\u05b7\u05b8\u05bc",),
    "Arabic": ("ابتثجحخدذرزسشصضطظعغفقكلمنهوي" * 2 + "ءآأؤإئةىپچژگ",),
    "Thai": (
        "กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศษสหอฮ" * 2
        + "ะาำเแโใไ" * 3
        + "\u0e31\u0e34\u0e35\u0e38\u0e39\u0e48\u0e49" * 2,
    ),
    "Devanagari": (
        "अआइईउऊएओकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह" * 2
        + "\u093e\u093f\u0940\u0941\u0947\u094b\u094d\u0902" * 5,
    ),
    "Georgian": ("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",),
    "Armenian": ("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",),
    "Han": (
        "日本語山川海町人今夜霧船灯台水木金土東西南北春夏秋冬" + "のはがをにでとてしたまいすカメラノート" * 3,
    ),
}
"""The letters of ten scripts, one string for each kind of text: those more often that are more frequent."""
CASED = ("Latin", "Greek", "Cyrillic", "Armenian")
QUOTES = ("« »", "«\u00a0 \u00a0»", "“ ”", "‘ ’", "„ “", "( )", "» «")
ENDS = (" – ", " — ", "… ", "\u00a0: ", "\u00a0! ", " · ", ", ", ", ", ". ", ". ", "! ", "? ", ": ", "; ")
SIGNS = (
    "20°",
    "20\u00a0°C",
    "5\u00a0%",
    "1ª",
    "2º",
    "© 2024",
    "®",
    "™",
    "½",
    "7 €",
    "100",
    "3",
    "👍",
    "🎉",
    "⛵️",
    "¿",
    "¡",
    "§ 4",
)


def word(rng, letters, case):
    """Draw a word, in Latin and Ukrainian ones sometimes with an apostrophe; no mark begins one."""
    first = rng.choice([char for char in letters if unicodedata.category(char)[0] == "L"])
    made = case(first + "".join(rng.choices(letters, k=rng.randint(0, 8))))
    if letters.startswith((ROMAN, "абвгґ")) and len(made) > 3 and rng.random() < 0.1:
        made = f"{made[:1]}’{made[1:]}"
    return made


def passage(rng):
    """Draw 20 to 60 words of one script, in natural case, with the signs that people use."""
    name = rng.choice(list(ALPHABETS))
    letters = rng.choice(ALPHABETS[name])
    is_upper = name in CASED and rng.random() < 0.15
    made, begins = "", True
    for _ in range(rng.randint(20, 60)):
        case = str.upper if is_upper else str.title if begins or rng.random() < 0.1 else str.lower
        one = word(rng, letters, case)
        if rng.random() < 0.06:
            opening, closing = rng.choice(QUOTES).split(" ")
            one = f"{opening}{one}{closing}"
        if rng.random() < 0.05:
            one += f" {rng.choice(SIGNS)}"
        end = rng.choice(ENDS) if rng.random() < 0.15 else "" if name == "Han" else " "
        begins = end.strip() in {".", "!", "?", "…"}
        made += one + end
        if begins and rng.random() < 0.3:
            made = made.rstrip() + "\n"
    return made.rstrip()


@pytest.mark.slow
def test_generated():
    rng = random.Random(19)
    found = [text for text in (passage(rng) for _ in range(GENERATED)) if alarms(text)]
    assert not found, f"{len(found)} of {GENERATED}, the shortest: {sorted(found, key=len)[:5]}"


# Beside what is damaged.


def test_greek_posts_between_damaged_markers():
    """A page may be put together from what two programs read: only its markers were misread here."""
    posts = [
        "Το πρωί βγήκαμε στο λιμάνι να δούμε τα καΐκια.",
        "ΑΝΑΚΟΙΝΩΣΗ: Η ΟΔΟΣ ΕΛΑΙΩΝ ΘΑ ΜΕΙΝΕΙ ΚΛΕΙΣΤΗ.",
        "Μια βόλτα, β΄ μέρος· π.χ. «ως το φάρο».",
    ]
    text = page(*(line for day, post in enumerate(posts, 7) for line in (post, GREEK.apply(stats(day)))))
    assert detect_damage(text).damage == GREEK
    assert repair(text).text == text
    timeline = merge(parse(text))
    assert [post.text for post in timeline] == posts
    assert timeline.repairs == ()
