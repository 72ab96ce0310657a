"""A desk for tests: the real store, the real services, and cases taken along their way as far as a test needs.

People carry the reserved numbers only. The papers are stubs here; `services/test_papers.py` draws real ones.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import pytest
from PIL import Image
from sqlalchemy import event

from mediation_desk.domain.agreement import Agreement, AgreementForm, Instalment, Obligation, SignerRole
from mediation_desk.domain.case import Answer, Case, NumberKind, OutcomeKind, Session, SessionResult
from mediation_desk.domain.centre import Centre, Committee, CommitteeMember, CommitteePost, User
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.mediator import Appointment, Mediator, Presence
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.uid import uuid7
from mediation_desk.services.act import Act
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.agreements import (
    AgreementText,
    Mark,
    draft_agreement,
    freeze_agreement,
    record_signatures,
    save_agreement,
)
from mediation_desk.services.assignment import Choice, assign
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.intake import Intake, ask_willingness, take_in
from mediation_desk.services.mediation import record_outcome, record_session
from mediation_desk.services.setting_up import set_up
from mediation_desk.services.triage import accept, triage
from mediation_desk.store.columns import metadata
from mediation_desk.store.database import Database
from mediation_desk.store.records import Records

NOW = datetime(2026, 11, 23, 9, 30)  # a Monday
TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

APPOINTED, LAPSED, ON_CALL = 1, 2, 3
"""Ids of the mediators of `furnish`."""

_P = ParamSpec("_P")
_R = TypeVar("_R")


class LineOfText(NamedTuple):
    """A paper that nobody needs to see."""

    pdf: bytes
    content: list[str]
    digest: str


def draw_as_a_line(_records: object, _act: object, _case: object, drawn: Agreement, *_: object) -> LineOfText:
    return LineOfText(f"%PDF {drawn.no}".encode(), [f"协议{drawn.no}"], f"{drawn.no:064}")


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Collects the SQL that is sent to a store meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(database._engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database._engine, "before_cursor_execute", note)


def uid(number: int) -> str:
    return uuid7(NOW, number.to_bytes(10, "big"))


def claimant(no: int = 1, name: str = "张三", **facts: object) -> Party:
    return Party(**{"no": no, "side": Side.CLAIMANT, "name": name, "id_number": "110000199001010013"} | facts)  # type: ignore[arg-type]  # any field


def respondent(no: int = 2, name: str = "李四", **facts: object) -> Party:
    return Party(**{"no": no, "side": Side.RESPONDENT, "name": name, "id_number": "110000200002290024"} | facts)  # type: ignore[arg-type]  # any field


def child(no: int = 2, name: str = "王小五", **facts: object) -> Party:
    return respondent(no, name, **{"birth_date": date(2018, 12, 31), "id_number": "110000201812310036"} | facts)


def intake(number: int = 1, **facts: object) -> Intake:
    """What a clerk typed: four fields and no more."""
    typed: dict[str, object] = {
        "uid": uid(number),
        "parties": (claimant(), respondent()),
        "matter": "楼上漏水，天花板泡坏。",
        "demand": "修好并赔偿。",
        "requested_on": TODAY,
    }
    return Intake(**typed | facts)  # type: ignore[arg-type]  # any field


def session(**facts: object) -> Session:
    told: dict[str, object] = {
        "no": 0,
        "held_on": TODAY,
        "place": "第一调解室",
        "present_nos": [1, 2],
        "rights_told": True,
        "record": "双方陈述了经过。",
        "result": SessionResult.SETTLED,
        "mediator_ids": [APPOINTED],
        "by_id": 0,
        "recorded_at": NOW,
    }
    return Session(**told | facts)  # type: ignore[arg-type]  # any field


def payment(**facts: object) -> Obligation:
    """李四 pays 张三 3,000.00 yuan in two instalments."""
    owed: dict[str, object] = {
        "no": 1,
        "payer_no": 2,
        "payee_no": 1,
        "amount_fen": 300_000,
        "means": "银行转账",
        "instalments": [
            Instalment(due_on=date(2026, 12, 31), amount_fen=100_000),
            Instalment(due_on=date(2027, 1, 31), amount_fen=200_000),
        ],
    }
    return Obligation(**owed | facts)  # type: ignore[arg-type]  # any field


def text(**facts: object) -> AgreementText:
    """An agreement with nothing missing."""
    said: dict[str, object] = {
        "facts": "李四家水管漏水，泡坏张三家天花板。",
        "clauses": ("李四赔偿张三人民币3,000.00元。", "双方就此事再无争议。"),
        "obligations": (payment(),),
        "performance_terms": "银行转账，分两期。",
        "made_on": TODAY,
        "party_nos": (1, 2),
        "mediator_ids": (APPOINTED,),
    }
    return AgreementText(**said | facts)  # type: ignore[arg-type]  # any field


def photo(colour: str = "red") -> bytes:
    """A small picture to attach."""
    file = BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return file.getvalue()


def all_marks(signed_on: date = TODAY) -> list[Mark]:
    return [
        Mark(role=SignerRole.PARTY, party_no=1, signer_name="张三", signed_on=signed_on),
        Mark(role=SignerRole.PARTY, party_no=2, signer_name="李四", signed_on=signed_on),
        Mark(role=SignerRole.MEDIATOR, mediator_id=APPOINTED, signer_name="赵和", signed_on=signed_on),
        Mark(role=SignerRole.SEAL, signed_on=signed_on),
    ]


def _in_one_transaction(way: Callable[Concatenate["Desk", _P], _R]) -> Callable[Concatenate["Desk", _P], _R]:
    """All that `way` does is one transaction: a case is then read once, however many steps it takes."""

    def taken(desk: "Desk", /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        if desk.records is not None:
            return way(desk, *args, **kwargs)
        with desk.database.writing() as desk.records:
            try:
                return way(desk, *args, **kwargs)
            finally:
                desk.records = desk._held = None

    return taken


class Desk:
    """A user at a furnished desk. `now` is the clock of the next act."""

    def __init__(self, database: Database, rules: Rules) -> None:
        self.database = database
        self.rules = rules
        self.now = NOW
        self.records: Records | None = None
        self._held: Case | None = None
        self._cases = 0

    @property
    def act(self) -> Act:
        return Act(centre_id=1, by_id=1, at=self.now, rules=self.rules, rights=frozenset(Right))

    @_in_one_transaction
    def do(self, service: Callable[Concatenate[Records, Act, _P], _R], /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """One act, one transaction."""
        assert self.records is not None
        return service(self.records, self.act, *args, **kwargs)

    @_in_one_transaction
    def write(self, service: Callable[Concatenate[Records, _P], _R], /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """One transaction of a service that need not know who acts when."""
        assert self.records is not None
        return service(self.records, *args, **kwargs)

    @contextmanager
    def refuses(self, sentence: str, place: str = "") -> Iterator[None]:
        """Expects one refusal that begins with `sentence`, at `place`, and that nothing at all is recorded."""
        before = self.contents()
        with pytest.raises(RuleBroken) as refused:
            yield
        [fault] = refused.value.faults
        assert fault.sentence.startswith(sentence)
        assert fault.place == place
        assert self.contents() == before

    def contents(self) -> dict[str, list[Any]]:
        """Every row of every table."""
        with self.database.reading() as records:
            every = {name: records.connection.exec_driver_sql(f"select * from {name}") for name in metadata.tables}
            return {name: list(rows) for name, rows in every.items()}

    def look(self, question: Callable[Concatenate[Records, Act, _P], _R], /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        with self.database.reading() as records:
            return question(records, self.act, *args, **kwargs)

    def case(self, case_id: int) -> Case:
        return self.look(lambda records, _: records.cases.get(case_id))

    def agreement(self, case_id: int, no: int = 1) -> Agreement:
        agreement = self.case(case_id).agreement(no)
        assert agreement is not None
        return agreement

    @_in_one_transaction
    def furnish(self) -> None:
        """Set up a centre with a committee, a user, and three mediators: appointed, lapsed, on call."""
        committee = Committee(
            uid=uid(2),
            name="示例街道人民调解委员会",
            short_name="示",
            members=[CommitteeMember(name="赵和", post=CommitteePost.HEAD, gender="2")],
        )
        centre = Centre(
            uid=uid(1), name="示例街道综治中心", committees=[committee], users=[User(uid=uid(3), name="登记员")]
        )
        self.write(set_up, centre)
        since, lapsed_on = date(2025, 1, 1), date(2026, 6, 30)
        for mediator in (
            Mediator(uid=uid(11), name="赵和", appointments=[Appointment(committee_id=1, since=since)]),
            Mediator(
                uid=uid(12),
                name="钱平",
                presence=Presence.ROTATING,
                weekly_pattern=["mon_am"],
                appointments=[Appointment(committee_id=1, since=since, until=lapsed_on)],
            ),
            Mediator(uid=uid(13), name="孙律", profession="lawyer", presence=Presence.ON_CALL, call_order=1),
        ):
            self.do(save_mediator, mediator)

    @_in_one_transaction
    def registered(self, /, **facts: object) -> int:
        self._cases += 1
        case_id = self.do(take_in, intake(100 + self._cases, **facts)).id
        assert case_id is not None
        assert self.records is not None
        self._held = self.records.cases.get(case_id)  # else the session forgets it between two steps
        return case_id

    @_in_one_transaction
    def triaged(self, /, **facts: object) -> int:
        case_id = self.registered(**facts)
        self.do(triage, case_id, path="M1", dispute_kind="02")
        return case_id

    @_in_one_transaction
    def willing(self, /, **facts: object) -> int:
        case_id = self.triaged(**facts)
        assert self._held is not None
        numbers = [party.no for party in self._held.parties]
        self.do(ask_willingness, case_id, numbers, Answer.AGREES, asked_at=self.now)
        return case_id

    @_in_one_transaction
    def accepted(self, kind: NumberKind = NumberKind.CASE, /, **facts: object) -> int:
        case_id = self.willing(**facts)
        self.do(accept, case_id, committee_id=1, kind=kind)
        return case_id

    @_in_one_transaction
    def assigned(self, kind: NumberKind = NumberKind.CASE, /, **facts: object) -> int:
        case_id = self.accepted(kind, **facts)
        self.do(assign, case_id, Choice(mediator_id=APPOINTED))
        return case_id

    @_in_one_transaction
    def in_mediation(self, kind: NumberKind = NumberKind.CASE, /, **facts: object) -> int:
        case_id = self.assigned(kind, **facts)
        self.do(record_session, case_id, session())
        return case_id

    @_in_one_transaction
    def agreed(self, /, **facts: object) -> int:
        case_id = self.in_mediation(NumberKind.CASE, **facts)
        self.do(record_outcome, case_id, OutcomeKind.WRITTEN)
        return case_id

    @_in_one_transaction
    def drafted(self, /, **facts: object) -> int:
        """A case whose first agreement lacks nothing but being frozen."""
        case_id = self.agreed(**facts)
        self.do(draft_agreement, case_id)
        self.do(save_agreement, case_id, 1, text())
        return case_id

    @_in_one_transaction
    def frozen(self, /, **facts: object) -> int:
        case_id = self.drafted(**facts)
        self.do(freeze_agreement, case_id, 1)
        return case_id

    @_in_one_transaction
    def performing(self, /, **facts: object) -> int:
        case_id = self.frozen(**facts)
        self.do(record_signatures, case_id, 1, all_marks())
        return case_id

    @_in_one_transaction
    def performing_orally(self, /, **facts: object) -> int:
        case_id = self.in_mediation(NumberKind.ORAL, **facts)
        self.do(record_outcome, case_id, OutcomeKind.ORAL)
        self.do(draft_agreement, case_id, form=AgreementForm.ORAL)
        self.do(save_agreement, case_id, 1, text())
        self.do(freeze_agreement, case_id, 1)
        return case_id

    @_in_one_transaction
    def closed(self, /, **facts: object) -> int:
        case_id = self.performing(**facts)
        self.do(close_case, case_id, despite_reason="当事人要求先行结案。")
        return case_id
