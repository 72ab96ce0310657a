"""Setting values of the centre's own, which count before those of the rule packs (see `own_rules.py`)."""

from datetime import date

from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.office_hours import OFFICE_HOURS, is_time
from mediation_desk.domain.presence import OwnSetting
from mediation_desk.domain.ranking import MOST, WEIGHTS, most_points
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules, Setting
from mediation_desk.services.act import Act, needs
from mediation_desk.store.records import Records


@needs(Right.SETTINGS)
def set_own(records: Records, act: Act, name: str, value: int | None, effective_from: date | None, reason: str) -> None:
    """Keep the centre's own value for a setting of the packs, from a day on; what counted before stays to be read.

    Raises `RuleBroken` for a setting nobody knows, a value out of bounds or no time of day, a missing day or reason.
    """
    refuse_unless(name in act.rules.settings, f"没有“{name}”这项设置，没有改动。请刷新后再试。")
    setting = act.rules.settings[name][-1]
    faults = Faults()
    faults.check(value is not None, "请填写整数。", "own_value")
    if value is not None:
        faults.check(
            value >= setting.least and (setting.most is None or value <= setting.most),
            f"应{bounds_in_words(setting)}，现为{value}。",
            "own_value",
        )
        if name in OFFICE_HOURS:
            faults.check(is_time(value), "应写成时刻，如900即9:00，分钟不超过59。", "own_value")
    faults.check(effective_from, "请填写从哪一天起。", "own_from")
    faults.check(reason.strip(), "请写明理由或依据，供以后查对。", "own_reason")
    faults.refuse_if_any()
    assert value is not None
    assert effective_from is not None
    records.own.add(
        OwnSetting(
            name=name,
            value=value,
            effective_from=effective_from,
            reason=reason.strip(),
            by_id=act.by_id,
            recorded_at=act.at,
        )
    )


def doubts_about(rules: Rules, day: date) -> list[str]:
    """What does not fit together in the values as they count on `day`; nobody is kept from setting them so."""
    points = most_points({name: rules.setting(name, day) for name in WEIGHTS})
    return [] if points == MOST else [f"指派评分各项的最高分合计为{points}，不是{MOST}；超过{MOST}的总分按{MOST}计。"]


def bounds_in_words(setting: Setting) -> str:
    """What a value may be: "在1至6之间", "不小于1"."""
    if setting.most is None:
        return f"不小于{setting.least}"
    return f"在{setting.least}至{setting.most}之间"
