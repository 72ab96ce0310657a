"""Whether what was typed for a paper is what its form asks for. Empty is always right: the paper then has a blank.

Values are kept as `form_values.py` reads them: a day as 2026-01-31, a time as 09:30, an amount in whole fen, a party by
its number, what was chosen by its words.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, time

from mediation_desk.domain.errors import Fault, Faults
from mediation_desk.domain.forms import Form, Input, InputKind
from mediation_desk.domain.money import MOST_FEN
from mediation_desk.domain.paper import Value
from mediation_desk.domain.rules import Rules


def entry_faults(
    form: Form, values: Mapping[str, Value], party_nos: Collection[int], rules: Rules, day: date
) -> list[Fault]:
    """Everything that is wrong with `values`, each fault at the name of its input; `party_nos` are the case's."""
    faults = Faults()
    for name, value in values.items():
        asked = form.input(name)
        if asked is None:
            faults.add(f"{form.title}没有“{name}”这一项。", name)
        elif value:
            sentence = _fault(asked, value, party_nos, _options(asked, rules, day))
            faults.check(not sentence, f"{asked.caption}：{sentence}", name)
    return faults.noted


def _options(asked: Input, rules: Rules, day: date) -> list[str]:
    if asked.table:
        return [code.label for code in rules.table(asked.table).valid_on(day)]
    return list(asked.options)


def _fault(asked: Input, value: Value, party_nos: Collection[int], options: list[str]) -> str:
    """What is wrong with the value of one input, "" when nothing is."""
    if asked.kind is InputKind.ROWS:
        return "" if _are_rows(value, len(asked.columns)) else f"每行应有{len(asked.columns)}格。"
    if asked.kind is InputKind.TICKS:
        chosen = [value] if isinstance(value, str) else value
        unknown = [each for each in chosen if each not in options]
        return f"没有“{unknown[0]}”这一选项。" if unknown else ""
    if not isinstance(value, str):
        return "只能填写一项。"
    if asked.kind is InputKind.CHOICE:
        return "" if value in options else f"没有“{value}”这一选项。"
    if asked.kind is InputKind.PARTY:
        return "" if value.isdecimal() and int(value) in party_nos else "请选择本案的当事人。"
    return _PLAIN[asked.kind](value) if asked.kind in _PLAIN else ""


def _are_rows(value: Value, width: int) -> bool:
    return not isinstance(value, str) and all(isinstance(row, list) and len(row) == width for row in value)


def _day_fault(text: str) -> str:
    return "" if _reads_back(lambda: date.fromisoformat(text).isoformat(), text) else f"“{text}”不是日期。"


def _time_fault(text: str) -> str:
    return "" if _reads_back(lambda: f"{time.fromisoformat(text):%H:%M}", text) else f"“{text}”不是时间。"


def _amount_fault(text: str) -> str:
    if not text.isdecimal():
        return f"“{text}”不是金额。"
    return "" if int(text) <= MOST_FEN else "金额太大。"


def _reads_back(read: Callable[[], str], text: str) -> bool:
    """Python also reads 20260131 and 2026-W05-6; kept is one way of writing only."""
    try:
        return read() == text
    except ValueError:
        return False


_PLAIN: dict[InputKind, Callable[[str], str]] = {
    InputKind.DAY: _day_fault,
    InputKind.TIME: _time_fault,
    InputKind.AMOUNT: _amount_fault,
}
