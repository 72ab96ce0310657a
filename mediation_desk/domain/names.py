"""Cleans what was typed or imported: names, digits and long texts. What was changed is told, never done in silence.

Characters are normalised to NFC only: NFKC would turn one person's character into another's. Old systems hand over
characters of GB 18030 at private code points; those whose place in Unicode is known are moved there.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import islice, product

LONGEST_NAME = 50
"""In characters (code points), not in UTF-16 units."""

_DOT = "\N{MIDDLE DOT}"
_DOTS = "\u2022\u2027\u30fb\uff65\u2219\u22c5\u0387\uff0e\u2024\u2e31"
_LETTER = r"[^\W\d_]"
_HAN = r"[\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323AF]"
_FOREIGN_DOT = re.compile(rf"(?<={_LETTER})\s*[{_DOTS}]\s*(?={_LETTER})")
_STOP_AS_DOT = re.compile(rf"(?<={_HAN})\s*[.。]\s*(?={_HAN})")
_SPACED_DOT = re.compile(rf"\s*{_DOT}\s*")
_SPACE_IN_HAN = re.compile(rf"(?<={_HAN}) +(?={_HAN})")

# GB 18030-2000 and the old mappings put these at U+E815 to U+E864 (bytes FE50 to FEA0) …
_FROM_E815 = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹"
    "䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
_FROM_E78D = "︐︒︑︓︔︕︖︗︘︙"  # … these at U+E78D to U+E796 (A6D9 to A6F3), until the edition of 2022 …
_FROM_E7C7 = "ḿǹ"  # … and these two letters at U+E7C7 and U+E7C8 (A8BC, A8BF)
_OLD_PRIVATE = {
    ord(first) + place: character
    for first, characters in (("\ue815", _FROM_E815), ("\ue78d", _FROM_E78D), ("\ue7c7", _FROM_E7C7))
    for place, character in enumerate(characters)
}

_COMPATIBLE = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
"""Radicals and ideographs that are in Unicode twice, for the sake of older codes."""

_MOST_SPELLINGS = 16

_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


def clean_digits(text: str) -> str:
    """Return the text with full-width digits and Latin letters made half-width."""
    return text.translate(_FULL_WIDTH)


def clean_name(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a name as it is to be kept, and a sentence for each kind of change made to it.

    Between letters every dot becomes U+00B7; spaces stay between Latin words and go between Han characters.
    """
    steps: tuple[tuple[Callable[[str], str], str], ...] = (
        (_from_old_private, "旧编码的字已换成标准字"),
        (_without_invisible, "已去掉看不见的控制符或异体字选择符"),
        (clean_digits, "全角字母、数字已改为半角"),
        (_with_one_dot, f"间隔号已统一为“{_DOT}”"),
        (_to_nfc, "兼容字、组合字已改为标准字"),
        (_without_padding, "已去掉多余的空格"),
    )
    return _in_steps(text, steps)


def spellings(name: str) -> tuple[str, ...]:
    """A cleaned name, and the ways in which older systems and copied texts hold it: at private or compatible places."""
    older = _older_places()
    ways = product(*((character, *older.get(character, ())) for character in name))
    return tuple(map("".join, islice(ways, _MOST_SPELLINGS)))


@cache
def _older_places() -> dict[str, tuple[str, ...]]:
    """The characters that stand for one of today's."""
    found: dict[str, tuple[str, ...]] = {}
    for code, character in _OLD_PRIVATE.items():
        found[character] = (*found.get(character, ()), chr(code))
    for code in (each for places in _COMPATIBLE for each in places):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            found[plain] = (*found.get(plain, ()), chr(code))
    return found


def name_faults(name: str, longest: int = LONGEST_NAME) -> tuple[str, ...]:
    """Return what is wrong with a cleaned name, a sentence each; a draft may be kept all the same."""
    faults = []
    if not name:
        faults.append("姓名没有填写。")
    if len(name) > longest:
        faults.append(f"姓名有{len(name)}个字，最多{longest}个字。")
    if name.startswith(_DOT) or name.endswith(_DOT):
        faults.append(f"姓名不能以“{_DOT}”开头或结尾。")
    faults += [
        f"姓名第{place}个字是旧系统的自造字（{_code_point(character)}），请对照证件改成标准字。"
        for place, character in enumerate(name, 1)
        if _is_unknown(character)
    ]
    return tuple(faults)


def clean_text(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a long text as it is to be kept, and a sentence for each kind of change made to it.

    Line ends become those of Unix, which is not worth a sentence. `<b>`, `&` and all else that is visible stays.
    """
    in_lines = re.sub("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    steps: tuple[tuple[Callable[[str], str], str], ...] = (
        (lambda typed: typed.replace("\t", "　"), "制表符已改为空格"),
        (_from_old_private, "旧编码的字已换成标准字"),
        (_without_invisible, "已去掉看不见的控制符或异体字选择符"),
        (_to_nfc, "兼容字、组合字已改为标准字"),
    )
    return _in_steps(in_lines, steps)


def _in_steps(text: str, steps: tuple[tuple[Callable[[str], str], str], ...]) -> tuple[str, tuple[str, ...]]:
    changes = []
    for step, sentence in steps:
        changed = step(text)
        if changed != text:
            changes.append(f"{sentence}。")
        text = changed
    return text, tuple(changes)


def _from_old_private(text: str) -> str:
    return text.translate(_OLD_PRIVATE)


def _to_nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _with_one_dot(name: str) -> str:
    name = _STOP_AS_DOT.sub(_DOT, _FOREIGN_DOT.sub(_DOT, name))
    return _SPACED_DOT.sub(_DOT, name)


def _without_padding(name: str) -> str:
    return _SPACE_IN_HAN.sub("", " ".join(name.split()))


def _without_invisible(text: str) -> str:
    return "".join(character for character in text if not _is_invisible(character))


def _is_invisible(character: str) -> bool:
    """Control and format characters, halves of a surrogate pair, variation selectors; a line end is none of them."""
    if character in "\n\t":
        return False
    if unicodedata.category(character) in ("Cc", "Cf", "Cs"):
        return True
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _is_unknown(character: str) -> bool:
    return unicodedata.category(character) == "Co" or character == "\N{REPLACEMENT CHARACTER}"


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"
