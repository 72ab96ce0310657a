"""Amounts of money: whole fen in, figures and Chinese capitals out, and both read back.

The capitals follow the central bank's rules for bills (支付结算办法, 附一: 正确填写票据和结算凭证的基本规定):
整 after 元 or 角, never after 分; 零 for figures passed over. Where those rules leave 零 to choice it is left out,
except after a whole group of four noughts.
"""

import re

MOST_FEN = 9999_9999_9999_99
"""The largest amount: 9999 hundred millions and all that fits below the next step, in fen."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def figures(fen: int) -> str:
    """Return an amount as "1,200.00"."""
    return f"{_admitted(fen) // 100:,}.{fen % 100:02}"


def in_capitals(fen: int) -> str:
    """Return an amount as "壹仟贰佰元整".

    What was written is read back by `read_capitals`; a difference is a defect of this module and raises `RuntimeError`.
    """
    yuan, cents = divmod(_admitted(fen), 100)
    written = f"{_whole(yuan)}元" if yuan or not cents else ""
    written += _small_change(*divmod(cents, 10), after_yuan=bool(yuan))
    if read_capitals(written) != fen:
        raise RuntimeError(f"{fen} fen were written as {written}")
    return written


def amount_on_paper(fen: int) -> str:
    """Return an amount as papers state it: "人民币1,200.00元（大写：壹仟贰佰元整）"."""
    return f"人民币{figures(fen)}元（大写：{in_capitals(fen)}）"


def _admitted(fen: int) -> int:
    if fen < 0:
        raise ValueError("金额不能是负数。")
    if fen > MOST_FEN:
        raise ValueError("金额太大，最多到千亿位。")
    return fen


def _whole(yuan: int) -> str:
    """Write a whole number, group by group of four figures from the left."""
    written = ""
    passed_over = False  # 壹亿零伍仟: the group of 万 is empty
    for index in reversed(range(len(_GROUPS))):
        group = yuan // 10_000**index % 10_000
        if group:
            nought = _DIGITS[0] if written and (passed_over or group < 1000) else ""
            written += f"{nought}{_group(group)}{_GROUPS[index]}"
        passed_over = not group
    return written or _DIGITS[0]


def _group(group: int) -> str:
    figures_of_group = f"{group:04}"
    written = ""
    for place, figure in zip(reversed(_PLACES), figures_of_group, strict=True):
        written += f"{_DIGITS[int(figure)]}{place}" if figure != "0" else _DIGITS[0]
    return re.sub("零+", "零", written).strip("零")


def _small_change(jiao: int, fen: int, *, after_yuan: bool) -> str:
    if not jiao and not fen:
        return "整"
    if not fen:
        return f"{_DIGITS[jiao]}角整"
    tenths = f"{_DIGITS[jiao]}角" if jiao else _DIGITS[0] if after_yuan else ""
    return f"{tenths}{_DIGITS[fen]}分"


_FIGURE = "[壹贰叁肆伍陆柒捌玖]"
_FOUR_FIGURES = re.compile("".join(f"(?:零?({_FIGURE}){place})?" for place in reversed(_PLACES)))
_AMOUNT = re.compile(
    "(?:人民币)?"
    "(?:(?:(?P<yi>[^亿万元]+)亿)?(?:(?P<wan>[^亿万元]+)万)?(?P<ge>[^亿万元]+)?元)?"
    f"零?(?:(?P<jiao>{_FIGURE})角)?零?(?:(?P<fen>{_FIGURE})分)?整?"
)


def read_capitals(text: str) -> int:
    """Return the fen of an amount in capitals; it knows nothing of how `in_capitals` writes.

    圆 for 元, 正 for 整 and an optional 零 are read too. Raises `ValueError` with a sentence for anything else.
    """
    plain = re.sub(r"\s", "", text).replace("圆", "元").replace("正", "整")
    if plain in ("零元", "零元整"):
        return 0
    parts = _AMOUNT.fullmatch(plain)
    if parts is None or not any(parts.groups()):
        raise _no_capitals(text)
    yuan = sum(_read_group(parts[name], text) * worth for name, worth in (("yi", 10**8), ("wan", 10**4), ("ge", 1)))
    cents = sum(_DIGITS.index(parts[name] or "零") * worth for name, worth in (("jiao", 10), ("fen", 1)))
    return yuan * 100 + cents


def _read_group(group: str | None, text: str) -> int:
    if group is None:
        return 0
    found = _FOUR_FIGURES.fullmatch(group)
    if found is None:
        raise _no_capitals(text)
    return sum(
        _DIGITS.index(figure or "零") * worth for figure, worth in zip(found.groups(), (1000, 100, 10, 1), strict=True)
    )


def _no_capitals(text: str) -> ValueError:
    return ValueError(f"“{text}”不是规范的大写金额，应如“壹仟贰佰元整”。")


_HALF_WIDTH = str.maketrans("０１２３４５６７８９，．。－＋￥", "0123456789,..-+¥")
_WORTH = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_TYPED = re.compile(
    r"(?:人民币|RMB|CNY)?¥?(?P<sign>[-+]?)"
    r"(?P<yuan>[0-9]{0,20}|[0-9]{1,3}(?:,[0-9]{3}){1,6})(?:\.(?P<part>[0-9]{0,20}))?"
    r"(?P<worth>百万|千万|百|千|万|亿)?[元圆]?[整正]?",
    re.IGNORECASE,
)


def parse_yuan(text: str) -> int:
    """Return the fen of an amount as it was typed: "1,200.5", "１２００元", "￥1200", "6.5万元".

    Raises `ValueError` with a sentence for the user when it is no amount, negative, too large or finer than a fen.
    """
    plain = re.sub(r"\s", "", text.translate(_HALF_WIDTH))
    if not plain:
        raise ValueError("请填写金额。")
    typed = _TYPED.fullmatch(plain)
    if typed is None or not (typed["yuan"] or typed["part"]):
        raise ValueError(f"“{text.strip()[:20]}”不是金额，请写成 1200 或 1,200.50。")
    part = typed["part"] or ""
    without_point = int(typed["yuan"].replace(",", "") + part)
    fen, finer = divmod(without_point * _WORTH[typed["worth"] or ""] * 100, 10 ** len(part))
    if finer:
        raise ValueError("金额最小到分，小数点后最多两位。")
    return _admitted(-fen if typed["sign"] == "-" else fen)
