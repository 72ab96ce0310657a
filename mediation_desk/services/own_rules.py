"""The centre's own rules over the rule packs: values it set for itself, and notices of holidays it took in.

The desk puts them together once when it opens, and again after a change; every service just reads `act.rules`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from mediation_desk.domain.holiday_days import with_notices
from mediation_desk.domain.presence import OwnSetting
from mediation_desk.domain.rules import Certainty, Rules, Setting
from mediation_desk.store.records import Records


def rules_here(records: Records, packs: Rules) -> Rules:
    """The rules as they count at this centre: its own word before that of the packs."""
    own, notices = records.own.settings(), records.own.notices()
    if not own and not notices:
        return packs
    return replace(packs, settings=_with_own(packs.settings, own), holidays=with_notices(packs.holidays, notices))


def _with_own(packs: Mapping[str, tuple[Setting, ...]], own: Iterable[OwnSetting]) -> dict[str, tuple[Setting, ...]]:
    """The last value recorded counts from its day on, whatever a pack or an earlier record says of later days."""
    versions = dict(packs)
    for each in own:
        if each.name in versions:  # a newer release may have given a setting up
            begins = each.effective_from
            earlier = [one for one in versions[each.name] if (one.effective_from or date.min) < begins]
            versions[each.name] = (*earlier, _own_version(versions[each.name][-1], each))
    return versions


def _own_version(setting: Setting, own: OwnSetting) -> Setting:
    return replace(
        setting,
        value=own.value,
        source=own.reason,
        certainty=Certainty.VERIFIED,
        is_own=True,
        effective_from=own.effective_from,
        effective_to=None,
    )
