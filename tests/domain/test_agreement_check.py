"""Everything that keeps an agreement from being final is told at once, each fault at its place."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from mediation_desk.domain.agreement import (
    Agreement,
    AgreementForm,
    AgreementKind,
    Clause,
    Instalment,
    Obligation,
    ObligationKind,
)
from mediation_desk.domain.agreement_check import agreement_faults
from mediation_desk.domain.case import (
    Answer,
    Assignment,
    AssignmentRole,
    Case,
    Outcome,
    OutcomeKind,
    Session,
    SessionResult,
    Willingness,
)
from mediation_desk.domain.mediator import Appointment, Mediator
from mediation_desk.domain.money import MOST_FEN
from mediation_desk.domain.party import Agent, AgentKind, Party, Side

NOW = datetime(2026, 11, 23, 9, 30)
TODAY = NOW.date()
HEARD_ON = date(2026, 11, 20)
DECEMBER, JANUARY = date(2026, 12, 31), date(2027, 1, 31)


class Given:
    """A case with an agreement that lacks nothing, to be spoilt in one way."""

    def __init__(self) -> None:
        self.payment = Obligation(no=1, payer_no=2, payee_no=1, amount_fen=500, means="现金", due_on=DECEMBER)
        self.agreement = Agreement(
            no=1,
            facts="漏水",
            performance_terms="现金",
            made_on=TODAY,
            party_nos=[1, 2],
            mediator_ids=[5],
            clauses=[Clause(text="李四赔偿张三5.00元。")],
            obligations=[self.payment],
        )
        self.case = Case(
            uid="u",
            centre_id=1,
            requested_on=HEARD_ON,
            registered_at=NOW,
            first_contact_id=1,
            matter="漏水",
            demand="赔偿",
            committee_id=1,
            parties=[Party(no=1, side=Side.CLAIMANT, name="张三"), Party(no=2, side=Side.RESPONDENT, name="李四")],
            willingness=[
                Willingness(party_no=no, answer=Answer.AGREES, asked_at=NOW, by_id=1, recorded_at=NOW) for no in (1, 2)
            ],
            assignments=[Assignment(mediator_id=5, assigned_on=HEARD_ON, by_id=1, recorded_at=NOW)],
            sessions=[
                Session(
                    no=1,
                    held_on=HEARD_ON,
                    place="第一调解室",
                    result=SessionResult.SETTLED,
                    by_id=1,
                    recorded_at=NOW,
                )
            ],
            outcomes=[Outcome(kind=OutcomeKind.WRITTEN, ended_on=TODAY, by_id=1, recorded_at=NOW)],
            agreements=[self.agreement],
        )
        self.mediator = Mediator(
            id=5, uid="m", name="赵和", appointments=[Appointment(committee_id=1, since=date(2025, 1, 1))]
        )

    def faults(self) -> list[tuple[str, str]]:
        found = agreement_faults(self.case, self.agreement, {5: self.mediator}, TODAY)
        return [(fault.place, fault.sentence) for fault in found]


def test_an_agreement_that_lacks_nothing_has_no_fault() -> None:
    assert Given().faults() == []


def instalments(*amounts: int, due_on: date = DECEMBER) -> Callable[[], list[Instalment]]:
    return lambda: [Instalment(due_on=due_on, amount_fen=amount) for amount in amounts]


def clauses(*texts: str) -> Callable[[], list[Clause]]:
    return lambda: [Clause(text=text) for text in texts]


def set_in(what: Callable[[Given], object], /, **values: object) -> Callable[[Given], None]:
    """Sets attributes of one part; a callable value is made anew each time."""

    def spoil(given: Given) -> None:
        for name, value in values.items():
            setattr(what(given), name, value() if callable(value) else value)

    return spoil


def agreement(**values: object) -> Callable[[Given], None]:
    return set_in(lambda given: given.agreement, **values)


def payment(**values: object) -> Callable[[Given], None]:
    return set_in(lambda given: given.payment, **values)


def case(**values: object) -> Callable[[Given], None]:
    return set_in(lambda given: given.case, **values)


@pytest.mark.parametrize(
    ("spoil", "place", "sentence"),
    [
        (case(willingness=[]), "willingness", "张三尚未表示同意调解，请先征询并登记其意愿。"),
        (case(outcomes=[]), "outcome", "请先登记调解结果（达成协议）。"),
        (set_in(lambda given: given.case.outcomes[0], kind=OutcomeKind.FAILED), "outcome", "请先登记调解结果"),
        (agreement(form=AgreementForm.ORAL), "outcome", "调解结果登记为“达成书面协议”，与本协议形式不符"),
        (agreement(facts=" \n"), "facts", "请写明纠纷主要事实、争议事项。"),
        (agreement(clauses=[]), "clauses", "请写明协议内容。"),
        (agreement(clauses=clauses(" ")), "clauses", "请写明协议内容。"),
        (agreement(clauses=clauses("甲", "于＿＿前付清")), "clauses[1]", "第2条还有空白“＿＿”"),
        (agreement(performance_terms=""), "performance_terms", "请写明履行方式、时限。"),
        (agreement(party_nos=[1]), "parties", "协议至少要有两方当事人。"),
        (agreement(party_nos=[1, 1]), "parties", "协议至少要有两方当事人。"),
        (agreement(party_nos=[1, 2, 9]), "parties", "协议引用了不存在的当事人（9）。"),
        (agreement(made_on=None), "made_on", "请填写协议日期。"),
        (agreement(made_on=date(2026, 11, 24)), "made_on", "协议日期不能晚于今天。"),
        (agreement(made_on=date(2026, 11, 19)), "made_on", "协议日期早于第一次调解的日期，请核对。"),
        (case(sessions=[]), "made_on", "还没有调解记录，请先登记调解经过。"),
        (agreement(mediator_ids=[]), "mediators", "请选择在协议上签名的人民调解员。"),
        (agreement(mediator_ids=[5, 6]), "mediators", "协议引用了不存在的调解员（6）。"),
        (case(assignments=[]), "mediators", "赵和没有被指派主持本案，不能签署协议。"),
        (
            set_in(lambda given: given.case.assignments[0], role=AssignmentRole.HELPER),
            "mediators",
            "赵和没有被指派主持本案，不能签署协议。",
        ),
        (
            set_in(lambda given: given.mediator.appointments[0], until=HEARD_ON),
            "mediators",
            "赵和在协议当日没有本调委会的有效聘任，不能在人民调解协议书上签名。",
        ),
        (case(committee_id=2), "mediators", "赵和在协议当日没有本调委会的有效聘任"),
        (payment(payer_no=None), "obligations[0].payer", "第1项履行安排：请写明由谁履行。"),
        (payment(payee_no=None), "obligations[0].payee", "第1项履行安排：请写明付给谁。"),
        (payment(payee_no=2), "obligations[0].payee", "第1项履行安排：付给谁和由谁履行是同一人，请核对。"),
        (payment(payer_no=9), "obligations[0]", "第1项履行安排引用了不存在的当事人（9）。"),
        (payment(payee_no=9), "obligations[0]", "第1项履行安排引用了不存在的当事人（9）。"),
        (payment(amount_fen=None), "obligations[0].amount", "第1项履行安排：请写明金额。"),
        (payment(amount_fen=-1), "obligations[0].amount", "第1项履行安排：请写明金额。"),
        (payment(amount_fen=MOST_FEN + 1), "obligations[0].amount", "第1项履行安排：金额太大，请核对。"),
        (payment(due_on=None), "obligations[0].due_on", "第1项履行安排：请写明履行期限。"),
        (payment(means=""), "obligations[0].means", "第1项履行安排：请写明付款方式。"),
        (payment(due_on=HEARD_ON), "obligations[0].due_on", "第1项履行安排：履行日2026-11-20早于协议日期。"),
        (payment(kind=ObligationKind.ACT, amount_fen=None), "obligations[0].what", "第1项履行安排：请写明履行什么。"),
        (
            payment(kind=ObligationKind.ACT, what="修水管", instalments=instalments(500)),
            "obligations[0].instalments",
            "第1项履行安排：只有付款可以分期。",
        ),
        (
            payment(instalments=instalments(200, 200)),
            "obligations[0].instalments",
            "第1项履行安排：各期合计4.00元，与总额5.00元不一致。",
        ),
        (payment(instalments=instalments(600, -100)), "obligations[0].instalments", "第1项履行安排：每期金额应大于零"),
        (
            payment(instalments=instalments(MOST_FEN, MOST_FEN)),
            "obligations[0].instalments",
            "第1项履行安排：每期金额应大于零，合计不能太大。",
        ),
        (
            payment(instalments=instalments(500, due_on=HEARD_ON)),
            "obligations[0].instalments[0]",
            "第1项履行安排：履行日2026-11-20早于协议日期。",
        ),
    ],
)
def test_each_fault_is_told_at_its_place(spoil: Callable[[Given], None], place: str, sentence: str) -> None:
    given = Given()
    spoil(given)
    found = given.faults()
    assert found
    assert found[0][0] == place
    assert found[0][1].startswith(sentence)


def test_with_nothing_written_all_is_told_at_once() -> None:
    given = Given()
    given.case = Given().case
    given.case.outcomes, given.case.sessions = [], []
    given.agreement = Agreement(no=1)
    places = [place for place, _ in given.faults()]
    assert places == ["outcome", "facts", "clauses", "performance_terms", "parties", "made_on", "mediators"]


def test_without_a_sum_instalments_are_not_compared_with_it() -> None:
    given = Given()
    given.payment.amount_fen, given.payment.instalments = None, instalments(200, 300)()
    assert [place for place, _ in given.faults()] == ["obligations[0].amount"]


@pytest.mark.parametrize(
    "spared", [{"payer_no": None, "payer_name": "保险公司"}, {"payee_no": None, "payee_name": "物业"}]
)
def test_a_third_person_may_pay_and_be_paid(spared: dict[str, object]) -> None:
    given = Given()
    payment(**spared)(given)
    assert given.faults() == []


@pytest.mark.parametrize(
    "way", [{"due_on": None, "at_once": True}, {"due_on": None, "instalments": instalments(200, 300)}]
)
def test_at_once_or_by_instalments_is_when_enough(way: dict[str, object]) -> None:
    given = Given()
    payment(**way)(given)
    assert given.faults() == []


def test_an_act_needs_neither_payee_nor_amount_nor_means() -> None:
    given = Given()
    payment(kind=ObligationKind.ACT, what="修水管", payee_no=None, amount_fen=None, means="")(given)
    assert given.faults() == []


def test_a_child_does_not_sign_without_its_guardian() -> None:
    given = Given()
    child = given.case.parties[1]
    child.birth_date = date(2018, 12, 31)
    assert given.faults() == [("parties", "李四不能独立签署，请先登记其法定代理人（监护人）。")]
    child.agents = [Agent(kind=AgentKind.STATUTORY, name="李大四")]
    assert given.faults() == []


def test_an_oral_agreement_is_refused_to_a_lapsed_mediator_by_its_own_name() -> None:
    given = Given()
    given.agreement.form = AgreementForm.ORAL
    given.case.outcomes[0].kind = OutcomeKind.ORAL
    given.mediator.appointments = []
    [(place, sentence)] = given.faults()
    assert place == "mediators"
    assert sentence.endswith("不能在口头协议登记表上签名。")


def test_next_to_one_in_effect_a_further_agreement_may_take_the_other_form() -> None:
    given = Given()
    given.case.agreements.insert(0, Agreement(no=2, form=AgreementForm.ORAL, made_on=TODAY, frozen_at=NOW))
    given.agreement.form, given.agreement.kind = AgreementForm.ORAL, AgreementKind.SUPPLEMENTARY
    assert given.faults() == []
