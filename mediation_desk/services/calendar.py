"""The centre's calendar: when it is open, and days it opens or closes of its own accord."""

from collections.abc import Collection
from datetime import date, timedelta

from mediation_desk.domain.errors import Faults
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.opening import Opening
from mediation_desk.domain.presence import OpeningException
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs
from mediation_desk.store.records import Records

_BEYOND = timedelta(days=60)
"""How far past the days asked for the centre's own word is looked up: what comes next and where holidays begin."""


def opening(records: Records, act: Act, first: date, last: date) -> Opening:
    """When the centre is open from `first` to `last`, and what follows in the weeks after."""
    exceptions = records.presence.opening_exceptions(first, last + _BEYOND)
    return Opening(records.centre.opening_pattern(), act.rules.holidays, exceptions)


@needs(Right.ROSTER, Right.SETTINGS)
def set_opening(records: Records, act: Act, half_days: Collection[HalfDay], is_open: bool, reason: str) -> None:
    """Open or close single half-days, whatever week and holidays say. Earlier words stay to be read."""
    faults = Faults()
    faults.check(half_days, "请先选择日期或半天。", "opening_days")
    faults.check(reason.strip(), "请写明理由，供大家查看。", "opening_reason")
    faults.refuse_if_any()
    for half_day in sorted(half_days):
        records.presence.add(
            OpeningException(
                day=half_day.day,
                half=half_day.half,
                is_open=is_open,
                reason=reason.strip(),
                by_id=act.by_id,
                recorded_at=act.at,
            )
        )
