"""After an agreement that is not kept: what was found, what was done about it, and who sued with what result.

`breach_no` and `lawsuit_no` are places among those of the case, from 1, in the order they were recorded.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from mediation_desk.domain.aftermath import Breach, Lawsuit
from mediation_desk.domain.breach import (
    RESULTS,
    check_breach,
    check_lawsuit,
    check_measures,
    check_result,
    lawsuit_state,
    what_is_broken,
)
from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs, note
from mediation_desk.services.agreements import find_agreement
from mediation_desk.store.records import Records

_F = TypeVar("_F")


@needs(Right.FOLLOW_UP)
def record_breach(
    records: Records,
    act: Act,
    case_id: int,
    agreement_no: int,
    *,
    found_on: date,
    situation: str,
    obligation_no: int | None = None,
    measures: str = "",
) -> Case:
    """Record that an agreement, or one obligation of it, is not kept (人民调解法 art. 31).

    `measures` is what was done about it already. What is found after the case was closed is recorded too.
    """
    case = records.cases.get(case_id)
    agreement = find_agreement(case, agreement_no)
    breach = Breach(
        agreement_no=agreement_no,
        obligation_no=obligation_no,
        found_on=found_on,
        situation=situation.strip(),
        measures=measures.strip(),
        by_id=act.by_id,
        recorded_at=act.at,
    )
    check_breach(agreement, breach, act.today)
    case.breaches.append(breach)
    told = (agreement.number, what_is_broken(case, breach), breach.situation, breach.measures)
    note(case, act, EventKind.BREACH, found_on, " ".join(filter(None, told)))
    records.flush()
    return case


@needs(Right.FOLLOW_UP)
def record_measures(records: Records, act: Act, case_id: int, breach_no: int, *, taken_on: date, measures: str) -> Case:
    """Record what was done about a breach on a day, after what was done before."""
    case = records.cases.get(case_id)
    breach = _find(case.breaches, breach_no, "找不到这次不履行的登记，可能已被撤销。请刷新案件。")
    said = measures.strip()
    check_measures(breach, said, taken_on, act.today)
    breach.measures = "\n".join(filter(None, (breach.measures, f"{show_day(taken_on)}　{said}")))
    note(case, act, EventKind.BREACH, taken_on, f"{what_is_broken(case, breach)} 处理：{said}")
    records.flush()
    return case


@needs(Right.FOLLOW_UP)
def record_lawsuit(
    records: Records,
    act: Act,
    case_id: int,
    agreement_no: int,
    *,
    filed_on: date,
    plaintiff_no: int | None,
    court: str,
    claim: str = "",
) -> Case:
    """Record that a party sued about an agreement (人民调解法 art. 32)."""
    case = records.cases.get(case_id)
    agreement = find_agreement(case, agreement_no)
    lawsuit = Lawsuit(
        agreement_no=agreement_no,
        filed_on=filed_on,
        plaintiff_no=plaintiff_no,
        court=court.strip(),
        claim=claim.strip(),
        by_id=act.by_id,
        recorded_at=act.at,
    )
    check_lawsuit(case, agreement, lawsuit, act.today)
    case.lawsuits.append(lawsuit)
    sued = f"{case.party_name(plaintiff_no)}向{lawsuit.court}起诉"
    told = (agreement.number, f"{sued}：{lawsuit.claim}" if lawsuit.claim else sued)
    note(case, act, EventKind.LAWSUIT, filed_on, " ".join(filter(None, told)))
    records.flush()
    return case


@needs(Right.FOLLOW_UP)
def record_lawsuit_result(
    records: Records, act: Act, case_id: int, lawsuit_no: int, result_code: str, *, result_on: date, result: str = ""
) -> Case:
    """Record how a suit ended: `result_code` from the table `agreement_lawsuit`. Once, for it is the court's word."""
    case = records.cases.get(case_id)
    lawsuit = _find(case.lawsuits, lawsuit_no, "找不到这起诉讼，可能已被撤销。请刷新案件。")
    said = result.strip()
    check_result(lawsuit, result_code, result_on, said, act.rules, act.today)
    lawsuit.result_code, lawsuit.result_on, lawsuit.result = result_code, result_on, said
    told = (lawsuit.court, lawsuit_state(lawsuit, act.rules.table(RESULTS)), said)
    note(case, act, EventKind.LAWSUIT, result_on, " ".join(filter(None, told)))
    records.flush()
    return case


def _find(facts: Sequence[_F], no: int, otherwise: str) -> _F:
    if not 1 <= no <= len(facts):
        raise NotFound(otherwise)
    return facts[no - 1]
