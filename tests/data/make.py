"""Makes `store-<revision>.db`, the stored file of a schema, when that schema is about to be released.

    python -m tests.data.make

Everything in it goes through the services. Once its release is out, the file is never made again: newer releases are
tested against it.
"""

from datetime import timedelta
from pathlib import Path

from mediation_desk.domain.case import Answer, AttachmentKind, OutcomeKind
from mediation_desk.domain.paper import Value, content_digest
from mediation_desk.domain.party import Agent, AgentKind
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource
from mediation_desk.services.afterwards import follow_up, record_performance
from mediation_desk.services.agreements import withdraw_agreement
from mediation_desk.services.assignment import Choice, assign, relieve
from mediation_desk.services.attachments import attach
from mediation_desk.services.blank_forms import issue_blanks, use_blank
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import add_confidential_note, record_outcome
from mediation_desk.services.paper_entries import save_entry
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.triage import decline, hand_over, void_number
from mediation_desk.store import migrations
from mediation_desk.store.database import create
from tests.desk import APPOINTED, NOW, ON_CALL, Desk, child, claimant, uid

SCAN = b"%PDF-1.7 scan"
EVIDENCE: Value = [["漏水照片", "张三", "原件", "3", "2026-11-23"]]


def fill(desk: Desk) -> None:
    """A case of every stage, with every kind of part."""
    desk.furnish()
    desk.registered(safety_flags=("violence",), claimed_fen=300_000)
    refused = desk.triaged()
    desk.do(ask_willingness, refused, [2], Answer.REFUSES, asked_at=desk.now, channel="phone")
    desk.do(decline, desk.triaged(), reason_code="not_civil")
    desk.do(hand_over, desk.triaged(), handed_to="区人社局")
    desk.do(void_number, desk.accepted(), reason="编错")
    assigned = desk.assigned()
    desk.do(relieve, assigned, APPOINTED, reason="生病")
    desk.do(assign, assigned, Choice(mediator_id=ON_CALL, title="lawyer_agreement"))
    desk.do(add_confidential_note, desk.in_mediation(), "只给调解员看", 1)
    desk.do(record_outcome, desk.in_mediation(), OutcomeKind.FAILED, reason_code="no_prospect")
    desk.do(record_outcome, desk.in_mediation(), OutcomeKind.TERMINATED, reason_code="unreachable")
    desk.do(record_outcome, desk.in_mediation(), OutcomeKind.WITHDRAWN)
    desk.drafted()
    desk.do(withdraw_agreement, desk.frozen(), 1, reason="金额写错")
    desk.performing_orally()
    guardian = Agent(kind=AgentKind.STATUTORY, name="王大五", relation="父亲", powers=["general"])
    desk.in_mediation(parties=(claimant(name="买买提江·吐尔逊"), child(name="王𠮷五", agents=[guardian])))
    performing = desk.performing()
    desk.do(
        attach, performing, kind=AttachmentKind.SIGNED_AGREEMENT, file_name="扫描.pdf", content=SCAN, agreement_no=1
    )
    desk.do(record_performance, performing, 1, 1, done_on=desk.act.today, amount_fen=100_000)
    desk.do(follow_up, performing, done_on=desk.act.today, situation="已付一期", visitor="赵和")
    desk.closed()
    desk.do(save_entry, performing, "D06", None, {"items": EVIDENCE})
    application = ["人民调解申请书", "申请人张三"]
    desk.do(note_printed, performing, "D03", 0, "人民调解申请书", application, content_digest(application), 2)
    desk.do(issue_blanks, "D03", 3)
    desk.do(use_blank, "BF2026-000002", performing)
    with desk.database.writing() as records:
        content = {"claimant_name": "张三"}
        records.drafts.save(uid(90), centre_id=1, form="intake", user_id=1, content=content, now=NOW, parked=True)
        later = NOW + timedelta(minutes=1)
        records.drafts.save(uid(91), centre_id=1, form="intake", user_id=1, content={}, now=later, label="李四")


if __name__ == "__main__":
    path = Path(__file__).with_name(f"store-{migrations.HEAD}.db")
    path.unlink(missing_ok=True)
    store = create(path)
    fill(Desk(store, load_rules(resource("rules"))))
    store.close()
