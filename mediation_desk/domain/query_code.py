"""The code on the visitor's receipt, by which the desk finds the case again without asking for names.

Eight characters of Crockford's base 32, which leaves out the letters that are misread: I, L, O and U.
"""

import re
import unicodedata
from uuid import UUID

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 8
_HALF = _LENGTH // 2
_BITS = 5
_MISREAD = str.maketrans("OIL", "011")


def query_code(uid: str) -> str:
    """The code of a case, "7K3M-9QXA": the last 40 bits of its uid, which are chance."""
    chance = UUID(uid).int
    code = "".join(_ALPHABET[chance >> _BITS * place & 31] for place in reversed(range(_LENGTH)))
    return f"{code[:_HALF]}-{code[_HALF:]}"


def read_query_code(text: str) -> str | None:
    """The code that was typed or read out, as it is kept; None when it is none.

    Case, spaces, dashes and full width do not matter; O is 0, I and L are 1.
    """
    typed = re.sub(r"[\s—–-]", "", unicodedata.normalize("NFKC", text))
    code = typed.upper().translate(_MISREAD) if typed.isascii() else ""
    if len(code) != _LENGTH or not set(code) <= set(_ALPHABET):
        return None
    return f"{code[:_HALF]}-{code[_HALF:]}"
