"""Finds the people whom rows of a workbook name. Two of one name are told apart by number; nobody is guessed."""

import re
from collections.abc import Iterable
from datetime import date

from mediation_desk.domain.availability import (
    LeaveEntry,
    LockEntry,
    PersonEntry,
    Remark,
    Spot,
    WishEntry,
    not_known,
    whole_month,
)
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.nearest import nearest

_NUMBER = re.compile(r"[Mm]?0*(\d+)")
_ONE_ROW_EACH = ("可排情况", "人员")
"""Sheets in which a person has one row."""


def number_of(mediator_id: int) -> str:
    """The number a person goes by in workbooks: M003."""
    return f"M{mediator_id:03d}"


class Directory:
    """The directory as workbooks name it. What keeps a row from being taken over goes to `remarks`, once a row."""

    def __init__(self, mediators: Iterable[Mediator], month: date, remarks: list[Remark]) -> None:
        self._everybody = {each.id: each for each in mediators}
        last = whole_month(month).last.day
        self._active = [each for each in self._everybody.values() if each.is_active(month) or each.is_active(last)]
        self._remarks = remarks
        self._rows: dict[tuple[str, int], Mediator | None] = {}
        self._own_row: dict[tuple[str, int | None], int] = {}

    def found(self, entry: LeaveEntry | WishEntry | LockEntry | PersonEntry) -> Mediator | None:
        """The person an entry is about; None, and the row held, where that cannot be told."""
        row = entry.spot.sheet, entry.spot.row
        if row not in self._rows:
            spot = Spot(*row)
            person = self._by_number(spot, entry) if entry.who.number else self._by_name(spot, entry.who.name)
            self._rows[row] = person if person and self._is_first_row(spot, person) else None
        return self._rows[row]

    def _is_first_row(self, spot: Spot, person: Mediator) -> bool:
        first = self._own_row.setdefault((spot.sheet, person.id), spot.row)
        if spot.sheet not in _ONE_ROW_EACH or first == spot.row:
            return True
        self._hold(spot, "姓名", person.name, f"：在第{first}行已经填过，这一行没有采用。")
        return False

    def _by_number(self, spot: Spot, entry: LeaveEntry | WishEntry | LockEntry | PersonEntry) -> Mediator | None:
        number, name = entry.who
        read = _NUMBER.fullmatch(number)
        person = self._everybody.get(int(read[1])) if read else None
        if person is None:
            self._hold(spot, "工号", number, "：名册里没有这个工号，这一行没有采用。")
        elif name and name != person.name:
            told = f"：工号{number}是“{person.name}”，与姓名“{name}”不符，这一行没有采用。"
            self._hold(spot, "工号", number, told)
        elif person not in self._active:
            self._hold(spot, "工号", number, f"：“{person.name}”那时不在册，这一行没有采用。")
        else:
            return person
        return None

    def _by_name(self, spot: Spot, name: str) -> Mediator | None:
        same = [each for each in self._active if each.name == name]
        if len(same) == 1:
            return same[0]
        if same:
            numbers = "、".join(number_of(each.id) for each in same if each.id is not None)
            told = f"：“{name}”有{len(same)}人，请用工号（{numbers}）。这一行没有采用。"
            self._hold(spot, "姓名", name, told)
            return None
        if any(each.name == name for each in self._everybody.values()):
            self._hold(spot, "姓名", name, "：那时不在册，这一行没有采用。")
            return None
        names = {each.name for each in self._active}
        self._remarks.append(not_known(spot._replace(field="姓名", value=name), "名册", nearest(name, names)))
        return None

    def _hold(self, spot: Spot, field: str, value: str, sentence: str) -> None:
        self._remarks.append(Remark(spot._replace(field=field, value=value), sentence, held=True))
