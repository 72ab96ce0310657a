"""积案 for the list of cases and for a single case."""

from mediation_desk.domain.case import Case
from mediation_desk.domain.hard_cases import REPEATS, last_day_of_backlog, why_backlog
from mediation_desk.domain.stage import OPEN_STAGES
from mediation_desk.services.act import Act
from mediation_desk.store.records import Records


def hard_cases(records: Records, act: Act) -> frozenset[int]:
    """The backlog cases that the user may see."""
    rules, today = act.rules, act.today
    return records.hard_cases.ids(OPEN_STAGES, last_day_of_backlog(rules, today), rules.setting(REPEATS, today))


def why_hard(records: Records, act: Act, case: Case) -> list[str]:
    """Why a case is one; nothing where it is none."""
    return why_backlog(case, records.hard_cases.times_repeated(case), act.rules, act.today)
