"""风险研判: how dangerous a case is by the local scheme, and to whom its dangers were reported (人民调解法 art. 25)."""

from collections.abc import Sequence
from datetime import datetime

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.errors import Faults
from mediation_desk.domain.rights import Right
from mediation_desk.domain.risk import RedFlagReport, RiskAssessment
from mediation_desk.services.act import Act, needs, note
from mediation_desk.store.records import Records


@needs(Right.TRIAGE, Right.MEDIATE)
def assess_risk(
    records: Records, act: Act, case_id: int, *, level: str, reason: str, assessed_at: datetime | None = None
) -> Case:
    """Record how dangerous the case is; the last assessment counts."""
    case = records.cases.get(case_id)
    at = assessed_at or act.at
    valid = {code.code for code in act.rules.table("risk_level").valid_on(at.date())}
    faults = Faults()
    faults.check(level in valid, "请选择风险等级。", "risk_level")
    faults.check(reason.strip(), "请写明理由。", "risk_reason")
    faults.check(at <= act.at, "研判时间不能晚于现在。", "assessed_on")
    faults.check(at.date() >= case.requested_on, "研判日期早于登记日期。", "assessed_on")
    faults.refuse_if_any()
    case.risk_assessments.append(
        RiskAssessment(level=level, reason=reason.strip(), assessed_at=at, by_id=act.by_id, recorded_at=act.at)
    )
    label = act.rules.table("risk_level").label(level)
    note(case, act, EventKind.RISK, at.date(), f"{label}：{reason.strip()}")
    records.flush()
    return case


@needs(Right.REGISTER, Right.MEDIATE)
def report_red_flags(
    records: Records,
    act: Act,
    case_id: int,
    flags: Sequence[str],
    *,
    reported_at: datetime,
    reported_to: str,
    measures: str = "",
) -> Case:
    """Record that dangers were reported, when and to whom. Reporting again, when things went on, is recorded too."""
    case = records.cases.get(case_id)
    labels = act.rules.table("safety_flag")
    unmarked = [labels.label(flag) for flag in flags if flag not in case.safety_flags]
    faults = Faults()
    faults.check(flags, "请勾选报告了哪些风险。", "reported_flags")
    faults.check(
        not unmarked, f"登记中没有标记“{'、'.join(unmarked)}”。请先在“概况”更正登记，再登记报告。", "reported_flags"
    )
    faults.check(reported_at <= act.at, "报告时间不能晚于现在。", "reported_on")
    faults.check(reported_at.date() >= case.requested_on, "报告日期早于登记日期。", "reported_on")
    faults.check(reported_to.strip(), "请写明报告给哪个单位、谁接的。", "reported_to")
    faults.refuse_if_any()
    for flag in dict.fromkeys(flags):
        case.red_flag_reports.append(
            RedFlagReport(
                flag=flag,
                reported_at=reported_at,
                reported_to=reported_to.strip(),
                measures=measures.strip(),
                by_id=act.by_id,
                recorded_at=act.at,
            )
        )
    for owed in case.owed_reports:
        if owed.flag in flags:
            owed.met_at = act.at
    told = f"{'、'.join(labels.label(flag) for flag in dict.fromkeys(flags))}：报告{reported_to.strip()}"
    note(case, act, EventKind.RED_FLAG, reported_at.date(), "；".join(filter(None, (told, measures.strip()))))
    records.flush()
    return case
