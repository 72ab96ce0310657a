"""积案: which open cases have been with the desk for too long, or keep coming back. Both limits are settings."""

from datetime import date, timedelta

from mediation_desk.domain.case import Case
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.stage import OPEN_STAGES, stage_of

OPEN_DAYS, REPEATS = "backlog_open_days", "backlog_repeats"


def last_day_of_backlog(rules: Rules, today: date) -> date:
    """Whoever asked on this day or earlier, and whose case is still open, waits for too long."""
    return today - timedelta(days=rules.setting(OPEN_DAYS, today) + 1)


def why_backlog(case: Case, repeats: int, rules: Rules, today: date) -> list[str]:
    """Why this is a backlog case, nothing where it is none; `repeats` is how often the dispute came back."""
    if stage_of(case) not in OPEN_STAGES:
        return []
    days = (today - case.requested_on).days
    why = [f"登记{days}天未办结"] if case.requested_on <= last_day_of_backlog(rules, today) else []
    why += [f"同一纠纷重复{repeats}次"] if repeats >= rules.setting(REPEATS, today) else []
    return why
