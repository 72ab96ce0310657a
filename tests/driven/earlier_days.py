"""What happened at the desk on earlier days, before a scenario begins: recorded by the services, with their clock back.

    PYTHONPATH=. PYTHON -m tests.driven.earlier_days STORE

Runs in the program's environment and makes the store. Its days are counted back from today, whatever day it is.
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path

from mediation_desk.domain.agreement import Instalment, SignerRole
from mediation_desk.domain.case import OutcomeKind
from mediation_desk.domain.party import Party
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.domain.working_days import add_months
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource
from mediation_desk.services.agreements import (
    Mark,
    draft_agreement,
    freeze_agreement,
    record_signatures,
    save_agreement,
)
from mediation_desk.services.assignment import Choice, assign
from mediation_desk.services.clocks import resume_clock, stop_clock
from mediation_desk.services.mediation import record_outcome, record_session
from mediation_desk.services.triage import triage
from mediation_desk.store.database import create
from tests.desk import APPOINTED, Desk, claimant, payment, respondent, session, text

MONTHS_SINCE_THE_LEAK = 8
DAYS_SINCE_THE_NOISE = 60
DAYS_SINCE_THE_SHED = 30


def settled_leak(desk: Desk) -> None:
    """Two neighbours agree about a leak; the money was to be paid within a month."""
    today = desk.now.date()
    people = (_told(claimant(name="楼下住户")), _told(respondent(name="楼上住户")))
    case_id = desk.accepted(
        parties=people, matter="楼上漏水，泡坏楼下天花板。", demand="修好并赔偿。", requested_on=today
    )
    desk.do(assign, case_id, Choice(mediator_id=APPOINTED))
    desk.do(record_session, case_id, session(held_on=today))
    desk.do(record_outcome, case_id, OutcomeKind.WRITTEN)
    desk.do(draft_agreement, case_id)
    owed = payment(instalments=[Instalment(due_on=today + timedelta(days=30), amount_fen=300_000)])
    said = text(
        facts="楼上住户家水管漏水，泡坏楼下住户家天花板。",
        clauses=("楼上住户赔偿楼下住户人民币3,000.00元。", "双方就此事再无争议。"),
        obligations=(owed,),
        performance_terms="银行转账，一次付清。",
        made_on=today,
    )
    desk.do(save_agreement, case_id, 1, said)
    desk.do(freeze_agreement, case_id, 1)
    signed = [(SignerRole.PARTY, 1, "楼下住户"), (SignerRole.PARTY, 2, "楼上住户")]
    marks = [Mark(role=role, party_no=no, signer_name=name, signed_on=today) for role, no, name in signed]
    marks.append(Mark(role=SignerRole.MEDIATOR, mediator_id=APPOINTED, signer_name="赵和", signed_on=today))
    desk.do(record_signatures, case_id, 1, [*marks, Mark(role=SignerRole.SEAL, signed_on=today)])


def illegal_shed(desk: Desk) -> None:
    """A neighbour asks that a shed be looked into: not for mediation, and triaged so."""
    people = (_told(claimant(name="沿街住户")), _told(respondent(name="搭棚商户")))
    matter = "商户在楼前搭棚，占用消防通道。"
    case_id = desk.registered(parties=people, matter=matter, demand="查处并拆除。", requested_on=desk.now.date())
    desk.do(triage, case_id, path="P5", reason="请求查处违法搭建")


def slow_noise(desk: Desk) -> None:
    """A quarrel about noise is taken, ten days long the measuring is waited for, and nothing more is done."""
    people = (_told(claimant(name="受扰住户")), _told(respondent(name="楼下饭馆")))
    matter = "饭馆的风机整夜响，住户睡不着。"
    case_id = desk.accepted(parties=people, matter=matter, demand="降低噪声。", requested_on=desk.now.date())
    desk.do(assign, case_id, Choice(mediator_id=APPOINTED))
    since = desk.now.date() + timedelta(days=10)
    desk.now += timedelta(days=20)
    desk.do(stop_clock, case_id, ClockKind.MEDIATION, reason_code="appraisal", reason="测噪声", since=since)
    desk.do(resume_clock, case_id, ClockKind.MEDIATION, until=desk.now.date() - timedelta(days=1))


def _told(party: Party) -> Party:
    """As somebody is written down who shows no papers: a name alone."""
    party.id_number = ""
    return party


def make_store(path: Path, now: datetime) -> None:
    database = create(path)
    desk = Desk(database, load_rules(resource("rules")))
    desk.now = datetime.combine(add_months(now.date(), -MONTHS_SINCE_THE_LEAK), now.time())
    desk.furnish()
    settled_leak(desk)
    desk.now = now - timedelta(days=DAYS_SINCE_THE_NOISE)
    slow_noise(desk)
    desk.now = now - timedelta(days=DAYS_SINCE_THE_SHED)
    illegal_shed(desk)
    database.close()


if __name__ == "__main__":
    make_store(Path(sys.argv[1]), datetime.now())
