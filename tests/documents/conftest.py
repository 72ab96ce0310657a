"""A made-up case to print."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mediation_desk.documents import font_files, fonts
from mediation_desk.domain.agreement import Agreement, Clause
from mediation_desk.domain.case import Assignment, Case
from mediation_desk.domain.centre import Centre, Committee
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.rules import Rules
from tests.documents.reading import DAY, NOW, Paper


@pytest.fixture(autouse=True)
def the_bundle_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fonts that happen to be on this PC print nothing."""
    monkeypatch.setattr(font_files, "system_folders", list)
    font_files.look_also_in()
    fonts._from_elsewhere.cache_clear()


@pytest.fixture
def party() -> Callable[..., Party]:
    def make(no: int = 1, **facts: Any) -> Party:
        side = Side.CLAIMANT if no == 1 else Side.RESPONDENT
        known: dict[str, Any] = {
            "name": f"当事人{no}",
            "side": side,
            "gender": "1",
            "ethnicity": "05",
            "birth_date": date(1990, 1, 1),
            "occupation": "职员",
            "phone": "13800000000",
            "address": "北京市东城区某某胡同1号",
        }
        return Party(no=no, **(known | facts))

    return make


@pytest.fixture
def given(rules: Rules) -> Callable[..., PaperInput]:
    def make(*parties: Party, is_practice: bool = False, day: date = DAY, **facts: Any) -> PaperInput:
        known: dict[str, Any] = {
            "uid": "case",
            "centre_id": 1,
            "number": "（2026）东人调字第7号",
            "requested_on": date(2026, 5, 1),
            "registered_at": NOW,
            "first_contact_id": 1,
            "matter": "楼上漏水。",
            "demand": "赔偿损失",
            "assignments": [
                Assignment(mediator_id=number, assigned_on=date(2026, 5, 2), by_id=1, recorded_at=NOW)
                for number in (1, 2)
            ],
        }
        committee = Committee(id=1, uid="committee", name="某某街道人民调解委员会", short_name="东")
        return PaperInput(
            case=Case(parties=list(parties), **(known | facts)),
            centre=Centre(uid="centre", name="某某综治中心", is_practice=is_practice, committees=[committee]),
            committee=committee,
            mediators={1: Mediator(id=1, uid="m1", name="魏调解"), 2: Mediator(id=2, uid="m2", name="马调解")},
            rules=rules,
            day=day,
        )

    return make


@pytest.fixture
def agreement() -> Callable[..., Agreement]:
    def make(parties: int = 2, *clauses: str, **facts: Any) -> Agreement:
        known: dict[str, Any] = {
            "no": 1,
            "facts": "双方因漏水发生争议。",
            "performance_terms": "按约定的日期履行，逾期承担相应责任。",
            "party_nos": list(range(1, parties + 1)),
            "mediator_ids": [1],
            "recorder": "马调解",
            "number": "（2026）东人调协字第9号",
            "frozen_at": NOW,
            "made_on": DAY,
            "clauses": [Clause(text=text) for text in clauses],
        }
        return Agreement(**(known | facts))

    return make


@pytest.fixture(scope="session")
def read() -> Callable[[bytes], Paper]:
    return Paper
