"""Half-typed forms are kept as they were typed, put aside, and dropped."""

from datetime import timedelta
from typing import Any

from mediation_desk.store.draft import Draft
from tests.desk import NOW, Desk, uid


def save(desk: Desk, number: int = 5, minutes: int = 0, **facts: Any) -> None:
    given: dict[str, Any] = {
        "centre_id": 1,
        "form": "intake",
        "user_id": 1,
        "content": {},
        "now": NOW + timedelta(minutes=minutes),
    }
    with desk.database.writing() as records:
        records.drafts.save(uid(number), **given | facts)


def find(desk: Desk, number: int = 5) -> Draft:
    with desk.database.reading() as records:
        draft = records.drafts.find(uid(number))
    assert draft is not None
    return draft


def test_a_draft_comes_back_as_it_was_typed(desk: Desk) -> None:
    content = {"claimant_name": "𠮷田·Ł", "parties": [{"no": 1, "age": None}], "claimed": 12.5}
    save(desk, content=content, label="张三", case_id=None)
    draft = find(desk)
    assert draft.content == content
    assert (draft.form, draft.label, draft.user_id, draft.saved_at, draft.parked_at) == ("intake", "张三", 1, NOW, None)


def test_saving_again_replaces_what_stood_there(desk: Desk) -> None:
    save(desk, content={"matter": "漏"})
    save(desk, content={"matter": "漏水"}, minutes=1, label="张三")
    draft = find(desk)
    assert (draft.content, draft.label, draft.saved_at) == ({"matter": "漏水"}, "张三", NOW + timedelta(minutes=1))
    with desk.database.reading() as records:
        assert len(records.drafts.of_user(1)) == 1


def test_drafts_of_a_user_come_newest_first_and_by_form_and_case(desk: Desk) -> None:
    case_id = desk.registered()
    save(desk, 5)
    save(desk, 6, minutes=2, form="agreement", case_id=case_id)
    save(desk, 7, minutes=1)
    with desk.database.reading() as records:
        drafts = records.drafts
        assert [each.uid for each in drafts.of_user(1)] == [uid(6), uid(7), uid(5)]
        assert [each.uid for each in drafts.of_user(1, "intake")] == [uid(7), uid(5)]
        assert [each.uid for each in drafts.of_user(1, case_id=case_id)] == [uid(6)]
        assert drafts.of_user(2) == []


def test_what_was_put_aside_longest_comes_first_and_can_be_taken_up(desk: Desk) -> None:
    save(desk, 5, minutes=1, parked=True)
    save(desk, 6, parked=True)
    save(desk, 7)
    with desk.database.reading() as records:
        assert [each.uid for each in records.drafts.parked()] == [uid(6), uid(5)]
    save(desk, 6, minutes=2)
    with desk.database.reading() as records:
        assert [each.uid for each in records.drafts.parked()] == [uid(5)]


def test_a_dropped_draft_is_gone_and_dropping_nothing_is_no_fault(desk: Desk) -> None:
    save(desk)
    for _ in range(2):
        with desk.database.writing() as records:
            records.drafts.drop(uid(5))
    with desk.database.reading() as records:
        assert records.drafts.find(uid(5)) is None
