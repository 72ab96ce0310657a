from datetime import date, datetime

from mediation_desk.domain.agreement import (
    Agreement,
    Obligation,
    Signature,
    SignatureKind,
    SignerRole,
)
from mediation_desk.domain.case import Assignment, Case, Session, SessionResult
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.party import Agent, AgentKind, Party, PartyKind, Side
from mediation_desk.domain.people_of_case import Named, mediators_of, people_of

DAY, NOW = date(2026, 5, 16), datetime(2026, 5, 16, 9, 30)


def a_case(*parties: Party) -> Case:
    return Case(
        uid="case",
        centre_id=1,
        requested_on=DAY,
        registered_at=NOW,
        first_contact_id=1,
        matter="漏水",
        demand="赔偿",
        parties=list(parties),
    )


def test_parties_and_those_who_act_for_them_come_with_their_role() -> None:
    agent = Agent(kind=AgentKind.ENTRUSTED, name="李代理")
    firm = Party(no=2, side=Side.RESPONDENT, kind=PartyKind.ORGANISATION, name="某公司", legal_representative="赵经理")
    case = a_case(Party(no=1, side=Side.CLAIMANT, name="张三", aliases="张叁", agents=[agent]), firm)
    assert people_of(case, {}) == [
        Named("张三", "申请方"),
        Named("张叁", "张三的曾用名"),
        Named("李代理", "张三的委托代理人"),
        Named("某公司", "被申请方"),
        Named("赵经理", "某公司的法定代表人"),
    ]


def test_whom_an_agreement_names_is_there_once() -> None:
    case = a_case(Party(no=1, side=Side.CLAIMANT, name="张三"))
    owed = Obligation(no=1, payer_name="王担保", payee_no=1, payee_name="张三")
    signed = Signature(
        role=SignerRole.PARTY,
        party_no=1,
        kind=SignatureKind.HANDWRITTEN,
        signed_on=DAY,
        signer_name="张三",
        witness="孙见证",
        recorded_at=NOW,
        by_id=1,
    )
    case.agreements = [Agreement(no=1, obligations=[owed], signatures=[signed], recorder="王担保")]
    assert people_of(case, {}) == [
        Named("张三", "申请方、签名的人"),
        Named("王担保", "履行人、记录人"),
        Named("孙见证", "见证人"),
    ]


def test_mediators_and_recorders_are_there_and_who_is_unknown_is_not() -> None:
    case = a_case()
    case.assignments = [Assignment(mediator_id=number, assigned_on=DAY, by_id=1, recorded_at=NOW) for number in (3, 1)]
    case.sessions = [
        Session(
            no=1,
            held_on=DAY,
            place="调解室",
            result=SessionResult.SETTLED,
            mediator_ids=[1, 2],
            recorder="马记录",
            by_id=1,
            recorded_at=NOW,
        )
    ]
    assert mediators_of(case) == [3, 1, 2]
    known = {number: Mediator(id=number, uid=str(number), name=f"调解{number}") for number in (1, 2)}
    assert people_of(case, known) == [
        Named("调解1", "调解员"),
        Named("调解2", "调解员"),
        Named("马记录", "记录人"),
    ]
