"""Reads Chinese numerals as people write them: 三, 十二, 两千, 二〇二六, 叁; and figures."""

_FIGURES = {
    figure: value
    for value, figures in enumerate(
        ("零〇○", "一壹", "二贰两貳", "三叁", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for figure in figures
}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

NUMERAL = rf"(?:\d{{1,4}}|[{''.join(_FIGURES)}十拾百佰]{{1,7}})"
"""A pattern for a small number, in figures or numerals."""


def read_numeral(text: str) -> int | None:
    """Return the whole number a text stands for, None when it is none. Without 十, 百, … figures go by place."""
    if text.isdecimal():
        return int(text)
    if text and all(character in _FIGURES for character in text):
        return int("".join(str(_FIGURES[character]) for character in text))
    total = group = 0
    figure: int | None = None
    for character in text:
        if character in _FIGURES:
            if figure:
                return None  # 三五百 is a guess, not a number
            figure = _FIGURES[character]
        elif character in _STEPS:
            group += (1 if figure is None else figure) * _STEPS[character]
            figure = None
        elif character in _GROUPS:
            total += (group + (figure or 0)) * _GROUPS[character]
            group, figure = 0, None
        else:
            return None
    return total + group + (figure or 0) if text else None
