"""Time limits that stand still, go on, or are lengthened. What allows it is said by the rule packs."""

from collections.abc import Collection
from datetime import date

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.case_clocks import open_stop, running_clock
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.procedure_clock import Clock
from mediation_desk.domain.rights import Right
from mediation_desk.domain.time_facts import ClockKind, ClockStop, Extension
from mediation_desk.services.act import Act, check, needs, note
from mediation_desk.store.records import Records

_BY_ALL = "各方当事人同意"


@needs(Right.TRIAGE, Right.MEDIATE)
def stop_clock(
    records: Records, act: Act, case_id: int, kind: ClockKind, *, reason_code: str, since: date, reason: str = ""
) -> Case:
    """Record that a time limit stands still from `since` on, that day included, until it is resumed."""
    case = records.cases.get(case_id)
    clock = _running(case, act, kind)
    refuse_unless(
        clock.period.stop_reasons,
        f"“{clock.period.title}”照常计期，规则没有规定可以停计（{clock.period.source}）。没有记录任何内容。",
    )
    already = open_stop(case, kind)
    since_when = show_day(already.since if already else None)
    refuse_unless(not already, f"已经从{since_when}起停计，不用重复停计；要继续计期，请恢复计期。")
    faults = Faults()
    faults.check(reason_code in clock.period.stop_reasons, "这个原因不能停计这项期限，请另选原因。", "stop_reason")
    _check_day(faults, act, clock, since, "停计", "stopped_since")
    faults.check(
        clock.ends_on is None or since <= clock.ends_on,
        f"期限已于{show_day(clock.ends_on)}届满，届满后不能再停计。已记录的都在，请核对日期。",
        "stopped_since",
    )
    last = max((each.until for each in clock.stops if each.until), default=None)
    faults.check(
        last is None or since > last, f"与以前的停计（到{show_day(last)}为止）重叠，请核对日期。", "stopped_since"
    )
    faults.refuse_if_any()
    case.clock_stops.append(
        ClockStop(
            clock=kind,
            reason_code=reason_code,
            reason=reason.strip(),
            since=since,
            by_id=act.by_id,
            recorded_at=act.at,
        )
    )
    label = act.rules.table("clock_stop_reason").label(reason_code)
    told = "：".join(filter(None, (label, reason.strip())))
    note(case, act, EventKind.CLOCK_STOPPED, since, f"{kind.label}，{told}")
    records.flush()
    return case


@needs(Right.TRIAGE, Right.MEDIATE)
def resume_clock(records: Records, act: Act, case_id: int, kind: ClockKind, *, until: date) -> Case:
    """Record that a time limit goes on: `until` is the last day that does not count."""
    case = records.cases.get(case_id)
    stopped = open_stop(case, kind)
    refuse_unless(stopped, f"“{kind.label}”没有停计，不用恢复。")
    assert stopped is not None
    faults = Faults()
    faults.check(
        until >= stopped.since,
        f"停计从{show_day(stopped.since)}开始，不能停到这以前。请核对日期，以及电脑的日期是否正确。",
        "stopped_until",
    )
    faults.check(until <= act.today, "停计到哪一天不能晚于今天；还没有结束的，请到时再恢复。", "stopped_until")
    faults.refuse_if_any()
    stopped.until, stopped.ended_by_id, stopped.ended_at = until, act.by_id, act.at
    note(case, act, EventKind.CLOCK_RESUMED, until, f"{kind.label}，停计{(until - stopped.since).days + 1}天")
    records.flush()
    return case


@needs(Right.SUPERVISE, Right.MEDIATE, Right.TRIAGE)
def extend(
    records: Records,
    act: Act,
    case_id: int,
    kind: ClockKind,
    *,
    days: int | None,
    approved_on: date,
    approved_by: str = "",
    reason: str,
    consenting: Collection[int] = (),
) -> Case:
    """Record that there is more of a time limit: `days` of its unit, approved before it ran out.

    Where the rule wants the consent of all parties, `consenting` are the numbers of those who gave it; every other
    extension is approved by a named person and recorded by the director (信访工作条例 art. 34).
    """
    case = records.cases.get(case_id)
    clock = _running(case, act, kind)
    period = clock.period
    refuse_unless(period.extension, f"“{period.title}”不能延长（{period.source}）。没有记录任何内容，请在期限内办结。")
    if not period.by_consent:
        check(records, act, Right.SUPERVISE)
    refuse_unless(not (period.extended_once and clock.further), f"“{period.title}”只能延长一次，已经延长过。")
    faults = Faults()
    _check_length(faults, clock, days)
    _check_day(faults, act, clock, approved_on, "批准", "approved_on")
    faults.check(
        clock.ends_on is None or approved_on <= clock.ends_on,
        f"期限已于{show_day(clock.ends_on)}届满，超期后不能再延长；已记录的都在，请尽快办结，并写明超期的原因。",
        "approved_on",
    )
    faults.check(reason.strip(), "请写明延长的理由。", "extension_reason")
    if period.by_consent:
        missing = [party.name for party in case.parties if party.no not in consenting]
        faults.check(not missing, f"延长须经各方同意，还缺：{'、'.join(missing)}。", "consenting")
    else:
        faults.check(approved_by.strip(), "请填写批准延长的负责人。", "approved_by")
    faults.refuse_if_any()
    assert days is not None
    by = "，".join(filter(None, (approved_by.strip(), _BY_ALL if period.by_consent else "")))
    case.extensions.append(
        Extension(
            clock=kind,
            days=days,
            approved_on=approved_on,
            approved_by=by,
            reason=reason.strip(),
            by_id=act.by_id,
            recorded_at=act.at,
        )
    )
    told = f"{kind.label}延长{days}{period.days_called}，{by}：{reason.strip()}"
    note(case, act, EventKind.EXTENDED, approved_on, told)
    records.flush()
    return case


def _running(case: Case, act: Act, kind: ClockKind) -> Clock:
    clock = running_clock(case, act.rules, kind)
    refuse_unless(clock, f"这个案件现在没有在走的期限“{kind.label}”。没有记录任何内容。")
    assert clock is not None
    return clock


def _check_length(faults: Faults, clock: Clock, days: int | None) -> None:
    faults.check(days is not None and days > 0, "请填写延长多少天。", "extended_days")
    most = clock.period.most_further
    if days and most:
        left = most - clock.further
        faults.check(days <= left, f"最多还能延长{left}{clock.period.days_called}，请核对。", "extended_days")


def _check_day(faults: Faults, act: Act, clock: Clock, day: date, what: str, place: str) -> None:
    faults.check(day <= act.today, f"{what}日期不能晚于今天。", place)
    faults.check(
        day >= clock.started_on, f"{what}日期早于期限起算的日期（{show_day(clock.started_on)}），请核对。", place
    )
