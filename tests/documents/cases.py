"""Made-up cases for the papers: one with everything, one with nothing but the least, one with too much of everything.

What is typed into a form is made from the form's own inputs, so that a form of a new pack is tested like ours.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from mediation_desk.domain.aftermath import ConfirmationState, ConfirmationStep
from mediation_desk.domain.agreement import (
    Agreement,
    AgreementForm,
    Clause,
    Instalment,
    Obligation,
    ObligationKind,
    Performance,
    Signature,
    SignerRole,
)
from mediation_desk.domain.case import (
    Answer,
    Assignment,
    AssignmentRole,
    Case,
    ChosenBy,
    Closing,
    Decision,
    DecisionKind,
    FollowUp,
    IssuedNumber,
    NumberKind,
    Outcome,
    OutcomeKind,
    Session,
    SessionResult,
    Triage,
    Willingness,
)
from mediation_desk.domain.centre import Centre, Committee, User
from mediation_desk.domain.choice import Ranking
from mediation_desk.domain.form_values import with_told
from mediation_desk.domain.forms import About, Form, Input, InputKind
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.paper import PaperEntry, Value
from mediation_desk.domain.paper_input import PaperInput, subjects
from mediation_desk.domain.party import Agent, AgentKind, Party, PartyKind, Side
from mediation_desk.domain.ranking import WEIGHTS, Bar, Barred, Person, Tier, draw_seed, rank
from mediation_desk.domain.ranking_words import kept_ranking
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.supervision import Conference, ConferenceDecision, ConferenceKind, SupervisionOrder
from tests.documents.reading import DAY, NOW

DEMAND = "修好漏水的水管\n赔偿天花板和家具的损失"
RECORD = "问：水是什么时候漏的？\n答：3月1日夜里，第二天早上天花板就掉下来了。\n问：修过没有？\n答：修过两次，还是漏。"
STORY = "2026年3月1日，楼上厨房水管破裂，水漏到楼下，泡坏天花板、衣柜和地板，双方对赔偿的数额有争议。"


@dataclass(frozen=True)
class Amounts:
    """How much a case holds: `text` makes a narrative of a short one, `name` a name; so many further `parties`."""

    text: Callable[[str], str] = str
    name: Callable[[str], str] = str
    parties: int = 0


def full(rules: Rules, form: Form, amounts: Amounts = Amounts()) -> PaperInput:
    """Everything that a paper of this form may show is recorded."""
    return _paper(rules, form, _full_case(rules, form, amounts), _centre(), _contents(amounts))


def empty(rules: Rules, form: Form) -> PaperInput:
    """Nothing is recorded but what must be for the paper to exist at all."""
    return _paper(rules, form, _empty_case(form), Centre(uid="centre", name="示例街道综治中心"), {})


def blank(rules: Rules, form: Form) -> PaperInput:
    """An empty form, made while a full case is open: nothing of it may be seen."""
    return replace(full(rules, form), is_blank=True, about=None, entry=None, rows={}, further={})


def _paper(
    rules: Rules, form: Form, case: Case, centre: Centre, rows: Mapping[str, Sequence[Sequence[str]]]
) -> PaperInput:
    [*_, subject] = subjects(case, form.about, form.code)
    given = PaperInput(
        case=case,
        centre=centre,
        committee=next(iter(centre.committees), None),
        mediators={1: Mediator(id=1, uid="m1", name="魏调解"), 2: Mediator(id=2, uid="m2", name="马助理")},
        rules=rules,
        day=DAY,
        about=subject.thing,
        entry=next((each for each in case.entries if (each.code, each.no) == (form.code, subject.no)), None),
        further={"file.pages": "36", "file.retention": "长期", "file.total": "96分"} if rows else {},
        rows=rows,
    )
    return with_told(form, given)


def _centre() -> Centre:
    committee = Committee(id=1, uid="committee", name="示例街道人民调解委员会", short_name="示")
    return Centre(
        uid="centre",
        name="示例街道综治中心",
        address="示例街1号",
        phone="010-00000000",
        committees=[committee],
        users=[User(id=1, uid="user", name="登记员")],
    )


def _contents(amounts: Amounts) -> Mapping[str, Sequence[Sequence[str]]]:
    papers = [["1", "人民调解申请书", "1", ""], ["2", amounts.text("人民调解记录（第2次）"), "2—5", "附件1件未能印出"]]
    scores = [["1", "封面、目录", "5", "3", amounts.text("封面没有立卷日期。")], ["2", "调解协议书", "25", "20", ""]]
    return {"file.contents": papers, "file.scores": scores}


def _empty_case(form: Form) -> Case:
    case = Case(
        uid="case",
        centre_id=1,
        requested_on=date(2026, 5, 1),
        registered_at=NOW,
        first_contact_id=1,
        matter="",
        demand="",
        parties=[Party(no=1, side=Side.CLAIMANT, name="张三")],
        entries=[PaperEntry(code=form.code, no=1, by_id=1, recorded_at=NOW)] if form.about is About.ENTRY else [],
    )
    owed = Obligation(no=1, kind=ObligationKind.ACT, performances=[Performance(done_on=DAY, by_id=1, recorded_at=NOW)])
    bare: Mapping[About, Callable[[], None]] = {
        About.TRIAGE: lambda: case.triages.append(Triage(path="", decided_on=DAY, by_id=1, recorded_at=NOW)),
        About.ACCEPTANCE: lambda: case.decisions.append(_decision(DecisionKind.ACCEPTED)),
        About.NON_ACCEPTANCE: lambda: case.decisions.append(_decision(DecisionKind.NOT_ACCEPTED)),
        About.HAND_OVER: lambda: case.decisions.append(_decision(DecisionKind.HANDED_OVER)),
        About.TERMINATION: lambda: case.outcomes.append(
            Outcome(kind=OutcomeKind.FAILED, ended_on=DAY, by_id=1, recorded_at=NOW)
        ),
        About.ASSIGNMENT: lambda: case.rankings.append(Ranking(no=1, role="", by_id=1, made_at=NOW)),
        About.SESSION: lambda: case.sessions.append(
            Session(no=1, held_on=DAY, place="", result=SessionResult.CONTINUES, by_id=1, recorded_at=NOW)
        ),
        About.AGREEMENT: lambda: case.agreements.append(Agreement(no=1)),
        About.ORAL_AGREEMENT: lambda: case.agreements.append(Agreement(no=1, form=AgreementForm.ORAL)),
        About.EFFECTIVE_AGREEMENT: lambda: case.agreements.append(
            Agreement(no=1, form=AgreementForm.ORAL, made_on=DAY, frozen_at=NOW)
        ),
        About.CONFIRMATION: lambda: case.agreements.append(_least_confirmable()),
        About.FOLLOW_UP: lambda: case.follow_ups.append(FollowUp(due_on=DAY, subject="", done_on=DAY)),
        About.PERFORMANCE: lambda: case.agreements.append(Agreement(no=1, obligations=[owed])),
        About.SUPERVISION: lambda: case.supervision_orders.append(_bare_order()),
        About.CONFERENCE: lambda: case.conferences.append(_bare_conference()),
        About.AGENT: lambda: case.parties[0].agents.append(Agent(kind=AgentKind.ENTRUSTED, name="孙七")),
    }
    if form.about in bare:
        bare[form.about]()
    return case


def _bare_order() -> SupervisionOrder:
    return SupervisionOrder(
        no=1, unit="", fault_code="", demand="", issued_on=DAY, due_on=DAY, by_id=1, recorded_at=NOW
    )


def _bare_conference() -> Conference:
    kind = ConferenceKind.CASE
    return Conference(no=1, meeting="", kind=kind, held_on=DAY, chair="", minutes="", by_id=1, recorded_at=NOW)


def _least_confirmable() -> Agreement:
    signed = [
        Signature(role=role, mediator_id=mediator_id, signed_on=DAY, by_id=1, recorded_at=NOW)
        for role, mediator_id in ((SignerRole.MEDIATOR, 1), (SignerRole.SEAL, None))
    ]
    return Agreement(no=1, made_on=DAY, frozen_at=NOW, mediator_ids=[1], signatures=signed, confirmation_wanted=True)


def _decision(kind: DecisionKind, **facts: str) -> Decision:
    return Decision(kind=kind, decided_on=date(2026, 5, 3), committee_id=1, by_id=1, recorded_at=NOW, **facts)


def _full_case(rules: Rules, form: Form, amounts: Amounts) -> Case:
    parties = _parties(amounts)
    case = Case(
        uid="case",
        centre_id=1,
        number="（2026）示人调字第7号",
        query_code="7K3M-9PQA",
        requested_on=date(2026, 5, 1),
        registered_at=NOW,
        first_contact_id=1,
        matter=amounts.text(STORY),
        demand=amounts.text(DEMAND),
        occurred_on=date(2026, 3, 1),
        occurred_at="示例小区3号楼",
        dispute_kind="02",
        case_source="referral_court_pre_filing",
        source_document="（2026）示委派函第5号",
        people_involved=6,
        claimed_fen=800_000,
        committee_id=1,
        triages=[_triage(form.about, amounts)],
        parties=parties,
        willingness=[
            Willingness(party_no=each.no, answer=Answer.AGREES, asked_at=NOW, by_id=1, recorded_at=NOW)
            for each in parties
        ],
        decisions=[_decision_for(form.about, amounts)],
        assignments=[
            Assignment(
                mediator_id=1,
                chosen_by=ChosenBy.PARTIES,
                chosen_by_nos=[1, 2],
                despite_reason=amounts.text("各方知道二人同村，都同意。"),
                assigned_on=date(2026, 5, 4),
                ranking_no=1,
                by_id=1,
                recorded_at=NOW,
            ),
            Assignment(
                mediator_id=2, role=AssignmentRole.HELPER, assigned_on=date(2026, 5, 4), by_id=1, recorded_at=NOW
            ),
        ],
        rankings=[_ranking(rules, amounts)],
        sessions=[_session(parties, amounts)],
        outcomes=[_outcome(form.about, amounts)],
        numbers=[
            IssuedNumber(
                committee_id=1,
                kind=NumberKind.CASE,
                year=2026,
                seq=6,
                text="（2026）示人调字第6号",
                by_id=1,
                issued_at=NOW,
                voided_at=NOW,
                void_reason="误编",
            )
        ],
        agreements=[_agreement(parties, amounts, is_oral=form.about is About.ORAL_AGREEMENT)],
        follow_ups=[
            FollowUp(
                due_on=date(2026, 7, 3),
                subject="第1期履行期到",
                done_on=date(2026, 7, 2),
                situation=amounts.text("水管已经修好，第一期款项已经收到。"),
                visitor="魏调解",
            )
        ],
        supervision_orders=[
            SupervisionOrder(
                no=1,
                unit="示例区住建局",
                fault_code="overdue",
                demand=amounts.text("三日内办结并书面答复。"),
                issued_on=date(2026, 5, 20),
                due_on=date(2026, 5, 25),
                replied_on=date(2026, 5, 24),
                reply=amounts.text("已经派人修好水管。"),
                settled_on=date(2026, 5, 26),
                result=amounts.text("已按要求办理"),
                by_id=1,
                recorded_at=NOW,
            )
        ],
        conferences=[
            Conference(
                no=1,
                meeting="meeting",
                kind=ConferenceKind.JOINT,
                held_on=date(2026, 5, 18),
                place="三楼会议室",
                chair="许主任",
                units=["示例区住建局　郑某　科长", "示例街道"],
                minutes=amounts.text("各方同意先查明漏水的原因。"),
                decisions=[
                    ConferenceDecision(
                        no=1,
                        text=amounts.text("先作鉴定"),
                        unit="示例区住建局",
                        helpers="示例街道",
                        due_on=date(2026, 5, 30),
                    )
                ],
                by_id=1,
                recorded_at=NOW,
            )
        ],
        confirmation_steps=[
            ConfirmationStep(
                agreement_no=1,
                state=ConfirmationState.CONSIDERING,
                happened_on=date(2026, 5, 16),
                court="示例区人民法院",
                by_id=1,
                recorded_at=NOW,
            )
        ],
        closings=[
            Closing(
                closed_on=date(2026, 9, 1),
                missing_papers=["人民调解调查记录"],
                despite_reason=amounts.text("事实清楚，没有另行调查。"),
                by_id=1,
                recorded_at=NOW,
            )
        ],
    )
    case.entries = _entries(rules, form, case, amounts)
    return case


def _parties(amounts: Amounts) -> list[Party]:
    lawyer = Agent(
        kind=AgentKind.ENTRUSTED,
        name=amounts.name("孙七"),
        relation="律师",
        powers=["apply_or_end", "claims", "other"],
        powers_other="代收款项",
        phone="13800000000",
        id_paper="111",
        id_number="110000194910019995",
        address="示例街9号",
    )
    father = Agent(kind=AgentKind.STATUTORY, name="王父", relation="父亲", phone="13800000000")
    known = [
        Party(
            no=1,
            side=Side.CLAIMANT,
            name=amounts.name("张三"),
            gender="1",
            ethnicity="01",
            birth_date=date(1990, 1, 1),
            id_paper="111",
            id_number="110000199001010013",
            occupation="教师",
            workplace="示例小学",
            address="示例小区3号楼101号",
            phone="13800000000",
            represents_group=True,
            agents=[lawyer],
        ),
        Party(
            no=2,
            side=Side.RESPONDENT,
            kind=PartyKind.ORGANISATION,
            name="示例物业有限公司",
            uscc="91110000MA00TE5T2D",
            legal_representative="赵六",
            legal_representative_post="经理",
            address="示例街2号",
            phone="010-00000000",
        ),
        Party(
            no=3,
            side=Side.RESPONDENT,
            name="王小五",
            gender="2",
            ethnicity="05",
            birth_date=date(2018, 12, 31),
            id_paper="111",
            id_number="110000201812310036",
            address="示例小区3号楼201号",
            agents=[father],
        ),
        Party(no=4, side=Side.OTHER, name="买买提江·吐尔逊", gender="1", birth_date=date(1935, 6, 15)),
    ]
    further = [Party(no=no, side=Side.CLAIMANT, name=f"邻居{no}") for no in range(5, 5 + amounts.parties)]
    return known + further


def _triage(about: About, amounts: Amounts) -> Triage:
    decided_on = date(2026, 5, 2)
    if about is About.TRIAGE:
        reason = amounts.text("不服行政机关的决定，可以申请行政复议。")
        return Triage(path="P4a", reason=reason, decided_on=decided_on, by_id=1, recorded_at=NOW)
    return Triage(path="M1", reason="邻里之间的民事纠纷", decided_on=decided_on, by_id=1, recorded_at=NOW)


def _decision_for(about: About, amounts: Amounts) -> Decision:
    reason = amounts.text("申请的事项已经由示例区人民法院立案。")
    if about is About.NON_ACCEPTANCE:
        return _decision(DecisionKind.NOT_ACCEPTED, reason_code="already_elsewhere", reason=reason)
    if about is About.HAND_OVER:
        return _decision(DecisionKind.HANDED_OVER, reason=reason, handed_to="示例区住房和城乡建设局")
    return _decision(DecisionKind.ACCEPTED)


def _outcome(about: About, amounts: Amounts) -> Outcome:
    ended_on = date(2026, 5, 15)
    if about is not About.TERMINATION:
        return Outcome(kind=OutcomeKind.WRITTEN, ended_on=ended_on, by_id=1, recorded_at=NOW)
    reason = amounts.text("双方对赔偿数额的差距太大。")
    return Outcome(
        kind=OutcomeKind.FAILED, ended_on=ended_on, reason_code="no_prospect", reason=reason, by_id=1, recorded_at=NOW
    )


def _ranking(rules: Rules, amounts: Amounts) -> Ranking:
    """Two people tied, the second of the order chosen; further ones kept out for each kind of reason."""
    asked = Person(id=1, uid="m1", name=amounts.name("魏调解"), tier=Tier.ONE, unchecked=("interest",))
    other = replace(asked, id=2, uid="m2", name="马助理", unchecked=())
    out = [
        Person(
            id=number,
            uid=f"m{number}",
            name=f"调解员{number}",
            barred=(Barred(bar, amounts.text(f"{bar.label}的原因")),),
        )
        for number, bar in enumerate(Bar, start=3)
    ]
    further = [
        Person(id=number, uid=f"m{number}", name=f"调解员{number}") for number in range(20, 20 + amounts.parties)
    ]
    weights = {name: rules.setting(name) for name in WEIGHTS}
    ranked = rank([asked, other, *out, *further], weights, seed=draw_seed("case", "presiding", date(2026, 5, 4)))
    return kept_ranking(
        ranked,
        1,
        AssignmentRole.PRESIDING,
        1,
        override_reason=amounts.text("当事人信任魏调解。"),
        by_id=1,
        made_at=datetime(2026, 5, 4, 9, 30),
    )


def _session(parties: Sequence[Party], amounts: Amounts) -> Session:
    return Session(
        no=1,
        held_on=date(2026, 5, 10),
        began=time(9, 5),
        ended=time(11, 0),
        place="第一调解室",
        subject="楼上漏水的赔偿",
        present_nos=[each.no for each in parties],
        present_note="王小五由王父陪同",
        participants="居民委员会周某",
        participants_agreed=True,
        rights_told=True,
        record=amounts.text(RECORD),
        result=SessionResult.SETTLED,
        mediator_ids=[1, 2],
        recorder="吴记录",
        by_id=1,
        recorded_at=NOW,
    )


def _agreement(parties: Sequence[Party], amounts: Amounts, *, is_oral: bool) -> Agreement:
    made_on = date(2026, 5, 15)
    paid = Performance(
        done_on=date(2026, 6, 30), amount_fen=100_000, note=amounts.text("银行转账"), by_id=1, recorded_at=NOW
    )
    owed = Obligation(
        no=1,
        payer_no=2,
        payee_no=1,
        amount_fen=300_000,
        what="赔偿款",
        means="银行转账",
        instalments=[
            Instalment(due_on=date(2026, 6, 30), amount_fen=100_000),
            Instalment(due_on=date(2026, 7, 31), amount_fen=200_000),
        ],
        performances=[paid],
    )
    numbers = [each.no for each in parties]
    signed: list[tuple[SignerRole, int | None, int | None]] = [
        *((SignerRole.PARTY, no, None) for no in numbers),
        (SignerRole.MEDIATOR, None, 1),
        (SignerRole.SEAL, None, None),
    ]
    return Agreement(
        no=1,
        form=AgreementForm.ORAL if is_oral else AgreementForm.WRITTEN,
        facts=amounts.text(STORY),
        performance_terms=amounts.text("按约定的日期转账。"),
        made_on=made_on,
        party_nos=numbers,
        mediator_ids=[1],
        recorder="吴记录",
        extra_holders=["示例区人民法院"],
        number="（2026）示人调协字第9号",
        frozen_at=datetime(2026, 5, 15, 10, 0),
        content_digest="3f2a91bc07de" + 52 * "0",
        clauses=[Clause(text=amounts.text("示例物业有限公司于2026年6月1日前修好水管。")), Clause(text="和")],
        obligations=[owed],
        signatures=[
            Signature(role=role, party_no=no, mediator_id=mediator, signed_on=made_on, by_id=1, recorded_at=NOW)
            for role, no, mediator in signed
        ],
    )


def _entries(rules: Rules, form: Form, case: Case, amounts: Amounts) -> list[PaperEntry]:
    if not form.inputs:
        return []
    no = 1 if form.about is About.ENTRY else subjects(case, form.about, form.code)[-1].no
    values = {each.name: _typed(rules, each, amounts) for each in form.inputs}
    return [PaperEntry(code=form.code, no=no, values=values, by_id=1, recorded_at=NOW)]


def _typed(rules: Rules, asked: Input, amounts: Amounts) -> Value:
    """What somebody might type into that input: something that says whose value it is."""
    options = [code.label for code in rules.table(asked.table).valid_on(DAY)] if asked.table else list(asked.options)
    match asked.kind:
        case InputKind.TEXT:
            return amounts.text(f"{asked.caption}：第一段，共2项。\n第二段。")
        case InputKind.DAY:
            return "2026-05-20"
        case InputKind.TIME:
            return "09:30"
        case InputKind.AMOUNT:
            return "120000"
        case InputKind.CHOICE:
            return options[0]
        case InputKind.TICKS:
            return list(dict.fromkeys([options[0], options[-1]]))
        case InputKind.PARTY:
            return "1"
        case InputKind.ROWS:
            return [[f"{column}{row}" for column in asked.columns] for row in ("甲", "乙")]
    return f"某{asked.caption.partition('（')[0]}"
