"""Two windows write one draft."""

from dataclasses import replace
from datetime import date

import pytest

from mediation_desk.domain.agreement import Instalment
from mediation_desk.domain.errors import ChangedMeanwhile
from mediation_desk.services.agreement_drafts import NOT_TAKEN, save_draft, says_the_same, settle_draft
from mediation_desk.services.agreements import AgreementText, text_of
from mediation_desk.services.paper_log import DRAFT, versions_of
from tests.desk import Desk, payment, text


@pytest.fixture
def case_id(desk: Desk) -> int:
    return desk.drafted()


def kept(desk: Desk, case_id: int) -> AgreementText:
    return text_of(desk.agreement(case_id))


def test_words_are_saved_over_those_that_were_read(desk: Desk, case_id: int) -> None:
    was = kept(desk, case_id)
    now = desk.do(save_draft, case_id, 1, replace(was, facts="改过。"), was)
    assert now.facts == kept(desk, case_id).facts == "改过。"
    again = desk.do(save_draft, case_id, 1, replace(now, facts="又改过。"), now)
    assert again.facts == "又改过。"


def test_words_of_another_window_are_not_overwritten(desk: Desk, case_id: int) -> None:
    was = kept(desk, case_id)
    desk.do(save_draft, case_id, 1, replace(was, facts="对方写的。"), was)
    with pytest.raises(ChangedMeanwhile, match="另一个窗口刚改过这份草稿"):
        desk.do(save_draft, case_id, 1, replace(was, facts="我写的。"), was)
    assert kept(desk, case_id).facts == "对方写的。"


def test_the_same_words_in_two_windows_are_no_conflict(desk: Desk, case_id: int) -> None:
    was = kept(desk, case_id)
    both = replace(was, facts="一样的。")
    desk.do(save_draft, case_id, 1, both, was)
    assert desk.do(save_draft, case_id, 1, both, was).facts == "一样的。"


@pytest.mark.parametrize(
    ("mine", "holds", "lost"), [(True, "我写的。", "对方写的。"), (False, "对方写的。", "我写的。")]
)
def test_the_words_that_are_not_taken_stay_among_the_versions(
    desk: Desk, case_id: int, *, mine: bool, holds: str, lost: str
) -> None:
    was = kept(desk, case_id)
    desk.do(save_draft, case_id, 1, replace(was, facts="对方写的。"), was)
    desk.do(settle_draft, case_id, 1, replace(was, facts="我写的。"), mine=mine)
    assert kept(desk, case_id).facts == holds
    with desk.database.reading() as records:
        [version] = [each for each in versions_of(records, case_id, DRAFT, 1) if each.title == NOT_TAKEN]
        assert any(lost in line for line in records.versions.get(version.id).content)


def test_a_final_text_is_not_settled_any_more(desk: Desk) -> None:
    case_id = desk.frozen()
    with desk.refuses("协议已定稿"):
        desk.do(settle_draft, case_id, 1, text(), mine=True)


def test_texts_are_compared_by_what_they_say() -> None:
    assert says_the_same(text(), text())
    assert not says_the_same(text(), text(facts="别的"))
    other = payment(instalments=[Instalment(due_on=date(2027, 1, 1), amount_fen=300_000)])
    assert not says_the_same(text(), text(obligations=(other,)))
