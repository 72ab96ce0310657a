"""From which day an agreement binds, whose mark is missing, and what is due next: 人民调解法 art. 28 to 31."""

from datetime import date, datetime

import pytest

from mediation_desk.domain.agreement import (
    Agreement,
    AgreementForm,
    Instalment,
    Obligation,
    ObligationKind,
    Performance,
    Signature,
    SignerRole,
    outstanding,
)

NOW = datetime(2026, 11, 23, 9, 30)
TODAY = NOW.date()
PARTY, MEDIATOR, RECORDER, SEAL = SignerRole.PARTY, SignerRole.MEDIATOR, SignerRole.RECORDER, SignerRole.SEAL


def mark(role: SignerRole, day: int, *, party_no: int | None = None, mediator_id: int | None = None) -> Signature:
    return Signature(
        role=role,
        party_no=party_no,
        mediator_id=mediator_id,
        signed_on=date(2026, 11, day),
        by_id=1,
        recorded_at=NOW,
    )


def an_agreement(*signatures: Signature, form: AgreementForm = AgreementForm.WRITTEN) -> Agreement:
    return Agreement(
        no=1,
        form=form,
        made_on=date(2026, 11, 20),
        party_nos=[1, 2],
        mediator_ids=[5],
        frozen_at=NOW,
        signatures=list(signatures),
    )


def all_marks() -> list[Signature]:
    return [
        mark(PARTY, 20, party_no=1),
        mark(PARTY, 22, party_no=2),
        mark(MEDIATOR, 20, mediator_id=5),
        mark(SEAL, 21),
    ]


def test_a_written_agreement_binds_on_the_day_of_the_last_mark() -> None:
    assert an_agreement(*all_marks()).effective_on == date(2026, 11, 22)


@pytest.mark.parametrize("without", range(4))
def test_with_one_mark_missing_it_does_not_bind(without: int) -> None:
    marks = all_marks()
    del marks[without]
    agreement = an_agreement(*marks)
    assert agreement.effective_on is None
    wanted = [(PARTY, 1), (PARTY, 2), (MEDIATOR, 5), (SEAL, None)]
    assert agreement.missing_marks() == [wanted[without]]


def test_the_first_mark_of_a_signer_counts() -> None:
    again = mark(SEAL, 23)
    assert an_agreement(*all_marks(), again).effective_on == date(2026, 11, 22)


def test_a_recorder_s_mark_neither_binds_nor_is_missed() -> None:
    assert an_agreement(*all_marks(), mark(RECORDER, 23)).effective_on == date(2026, 11, 22)
    assert an_agreement(mark(RECORDER, 23)).effective_on is None


def test_the_mark_of_another_mediator_does_not_count() -> None:
    marks = all_marks()
    marks[2] = mark(MEDIATOR, 20, mediator_id=6)
    assert an_agreement(*marks).missing_marks() == [(MEDIATOR, 5)]


def test_without_a_mediator_on_it_an_agreement_never_binds() -> None:
    agreement = an_agreement(*all_marks())
    agreement.mediator_ids = []
    assert agreement.missing_marks() == [(MEDIATOR, None)]
    assert agreement.effective_on is None


def test_an_oral_agreement_binds_on_the_day_the_parties_agree() -> None:
    agreement = an_agreement(form=AgreementForm.ORAL)
    assert agreement.missing_marks() == []
    assert agreement.effective_on == date(2026, 11, 20)


@pytest.mark.parametrize("form", AgreementForm)
def test_neither_a_draft_nor_a_withdrawn_text_binds(form: AgreementForm) -> None:
    agreement = an_agreement(*all_marks(), form=form)
    agreement.withdrawn_at = NOW
    assert agreement.effective_on is None
    agreement.withdrawn_at = agreement.frozen_at = None
    assert agreement.is_draft
    assert agreement.effective_on is None


def test_copies_are_parties_plus_one_plus_extra_holders() -> None:
    agreement = an_agreement()
    assert agreement.copies == 3
    agreement.extra_holders = ["区人民法院", "派出所"]
    assert agreement.copies == 5


def pay(*instalments: tuple[date, int], paid: tuple[int, ...] = (), due_on: date | None = None) -> Obligation:
    return Obligation(
        no=1,
        amount_fen=sum(amount for _, amount in instalments) or 500,
        due_on=due_on,
        instalments=[Instalment(due_on=day, amount_fen=amount) for day, amount in instalments],
        performances=[performed(amount) for amount in paid],
    )


def performed(amount_fen: int | None = None) -> Performance:
    return Performance(done_on=TODAY, amount_fen=amount_fen, by_id=1, recorded_at=NOW)


DECEMBER, JANUARY = date(2026, 12, 31), date(2027, 1, 31)
TWO = ((JANUARY, 300), (DECEMBER, 200))


def test_due_parts_come_in_the_order_of_their_days() -> None:
    assert pay(*TWO).due_parts == [(DECEMBER, 200), (JANUARY, 300)]
    assert pay(due_on=DECEMBER).due_parts == [(DECEMBER, 500)]
    assert pay().due_parts == []


@pytest.mark.parametrize(
    ("paid", "due"),
    [
        ((), (DECEMBER, 200)),
        ((50,), (DECEMBER, 150)),
        ((200,), (JANUARY, 300)),
        ((150, 100), (JANUARY, 250)),
        ((200, 300), None),
    ],
)
def test_what_was_paid_covers_the_earliest_part_first(paid: tuple[int, ...], due: tuple[date, int] | None) -> None:
    assert pay(*TWO, paid=paid).next_due() == due


def test_what_has_no_day_is_never_due() -> None:
    assert pay().next_due() is None


def test_an_act_is_due_until_somebody_says_it_was_done() -> None:
    act = Obligation(no=1, kind=ObligationKind.ACT, what="修好水管", due_on=DECEMBER)
    assert act.next_due() == (DECEMBER, None)
    act.performances.append(performed())
    assert act.next_due() is None
    assert act.is_done


def test_outstanding_is_what_is_not_done() -> None:
    open_one, done = pay(due_on=DECEMBER), pay(paid=(500,))
    assert outstanding([open_one, done]) == [open_one]


def test_what_was_waived_is_owed_no_more() -> None:
    given_up = pay(*TWO, paid=(50,))
    given_up.waived_on = TODAY
    assert given_up.next_due() is None
    assert (given_up.is_done, given_up.is_performed) == (True, False)
    assert outstanding([given_up]) == []
