"""Numbers of persons as lists and suggestions show them: enough to tell two people apart, too little to be used.

个人信息保护法 art. 51 asks for de-identification; people look over the counter, and a screen is seen from behind.
Papers and exports that need a number have it whole. Codes of organisations (统一社会信用代码) are public, so they are
not masked.
"""


def masked_number(number: str) -> str:
    """Return the number of a paper for lists: "110101********001X"; of shorter ones the two ends."""
    shown = (6, 4) if len(number) >= 15 else (2, 2) if len(number) >= 6 else (0, 0)
    return _masked(number, *shown)


def masked_phone(phone: str) -> str:
    """Return a telephone number for lists: "138****1234"; of shorter ones the last two figures."""
    return _masked(phone, 3, 4) if len(phone) >= 11 else _masked(phone, 0, 2)


def _masked(text: str, first: int, last: int) -> str:
    return f"{text[:first]}{'*' * (len(text) - first - last)}{text[len(text) - last :]}" if len(text) > last else text
