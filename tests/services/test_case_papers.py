"""Which papers a case has, what they are called, and how many of each are printed."""

from mediation_desk.domain.agreement import AgreementForm
from mediation_desk.domain.party import Agent, AgentKind
from mediation_desk.services.agreements import (
    draft_agreement,
    freeze_agreement,
    record_signatures,
    save_agreement,
    withdraw_agreement,
)
from mediation_desk.services.case_papers import CasePaper, papers_of
from mediation_desk.services.mediation import record_session
from tests.desk import Desk, all_marks, session, text


def national(desk: Desk, case_id: int) -> list[CasePaper]:
    """The papers of the case that are drawn after what is recorded, without those that only need the case itself."""
    return [paper for paper in papers_of(desk.case(case_id), desk.act) if paper.code in NATIONAL]


NATIONAL = ("D03", "D04", "D07", "D08", "D09")


def test_the_papers_follow_from_what_is_recorded(desk: Desk) -> None:
    application, acceptance = CasePaper("D03", "人民调解申请书", 0), CasePaper("D04", "人民调解受理登记表", 0)
    assert national(desk, desk.registered()) == [application]
    assert national(desk, desk.accepted()) == [application, acceptance]
    case_id = desk.drafted()
    desk.do(record_session, case_id, session())
    sessions = [CasePaper("D07", f"人民调解记录（第{no}次）", no) for no in (1, 2)]
    agreement = CasePaper("D08", "人民调解协议书（草稿）", 1, copies=3)
    assert national(desk, case_id) == [application, acceptance, *sessions, agreement]


def test_agreements_are_called_by_form_kind_and_state_and_withdrawn_ones_left_out(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(draft_agreement, case_id, form=AgreementForm.ORAL)
    desk.do(save_agreement, case_id, 2, text())
    titles = [paper.title for paper in papers_of(desk.case(case_id), desk.act) if paper.code in {"D08", "D09"}]
    assert titles == ["人民调解协议书", "人民调解口头协议登记表（补充协议）（草稿）"]
    withdrawn = desk.frozen()
    desk.do(withdraw_agreement, withdrawn, 1, reason="写错")
    titles = [paper.title for paper in papers_of(desk.case(withdrawn), desk.act) if paper.code == "D08"]
    assert titles == ["人民调解协议书（草稿）"]


def test_further_holders_get_the_agreement_and_not_the_cards_of_the_parties(desk: Desk) -> None:
    case_id = desk.drafted()
    desk.do(save_agreement, case_id, 1, text(extra_holders=("示例街道司法所",)))
    desk.do(freeze_agreement, case_id, 1)
    desk.do(record_signatures, case_id, 1, all_marks())
    copies = {paper.code: paper.copies for paper in papers_of(desk.case(case_id), desk.act)}
    assert (copies["D08"], copies["R1"]) == (4, 2)


def test_titles_name_nobody_because_they_become_names_of_files(desk: Desk) -> None:
    case_id = desk.performing()
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        case.parties[0].agents.append(Agent(kind=AgentKind.ENTRUSTED, name="孙七"))
    case = desk.case(case_id)
    titles = [paper.title for paper in papers_of(case, desk.act)]
    assert "授权委托书（第1号当事人的第1位代理人）" in titles
    names = ["孙七", *(party.name for party in case.parties)]
    assert not [title for title in titles if any(name in title for name in names)]
