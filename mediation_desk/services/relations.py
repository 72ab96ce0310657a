"""How a case stands to earlier ones, as a person decides it: the same dispute again, a new one, the same or another
person, registered twice. All of it is a fact beside the cases and can be withdrawn; no case and no party is changed.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.case_clocks import open_duties
from mediation_desk.domain.clock_words import clock_called
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.relation import OF_DISPUTES, OF_PERSONS, Relation, RelationKind, repeat_sequence
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs, note
from mediation_desk.store.cases import CaseRow
from mediation_desk.store.records import Records
from mediation_desk.store.relations import Link


class Decided(NamedTuple):
    """What was decided about an earlier case while its people were being registered again; the own party by name."""

    other_id: int
    kind: RelationKind
    own_name: str = ""
    other_party_no: int | None = None


class Related(NamedTuple):
    """The how manieth coming of its dispute a case is, the comings before it from the first on, and what else it is
    tied to: by number of the relation where it stands at the case itself, else by what stands at the other one.
    """

    sequence: int
    earlier: list[CaseRow]
    relations: list[tuple[int, Relation, CaseRow | None]]
    said_by_others: list[tuple[Link, CaseRow]]
    merged_into: CaseRow | None


def related(records: Records, act: Act, case: Case) -> Related:
    """Everything that ties the case to others, what was withdrawn included."""
    assert case.id is not None
    visits = records.relations.visits([case.id])[case.id]
    before = [each.case_id for each in visits if each.case_id != case.id]
    links = records.relations.said_by_others(case.id)
    asked = {*before, *(each.other_id for each in case.relations), *(each.case_id for each in links)}
    rows = {row.id: row for row in records.cases.rows(sorted(asked))}
    return Related(
        repeat_sequences(records, act, [case.id])[case.id],
        [rows[each] for each in before if each in rows],
        [(no, each, rows.get(each.other_id)) for no, each in enumerate(case.relations, start=1)],
        [(link, rows[link.case_id]) for link in links if link.case_id in rows],
        rows.get(case.merged_into or 0),
    )


def repeat_sequences(records: Records, act: Act, case_ids: Collection[int]) -> dict[int, int]:
    """The how manieth coming of its dispute each case is (重复信访). What was registered twice counts once."""
    within_days = act.rules.setting("repeat_within_days", act.today)
    return {
        case_id: repeat_sequence([each.requested_on for each in visits if not each.is_merged], within_days)
        for case_id, visits in records.relations.visits(case_ids).items()
    }


@needs(Right.REGISTER, Right.TRIAGE)
def relate(
    records: Records,
    act: Act,
    case_id: int,
    other_id: int,
    kind: RelationKind,
    *,
    party_no: int | None = None,
    other_party_no: int | None = None,
    reason: str = "",
) -> Case:
    """Record how the case stands to an earlier one, or a party of it to a party there. See `merge` for 并入."""
    refuse_unless(case_id != other_id, "不能把案件关联到它自己。", "other_case")
    case, other = records.cases.get(case_id), records.cases.get(other_id)
    faults = Faults()
    faults.check(kind is not RelationKind.MERGED, "请选择关系；并入请用“并入”。", "relation_kind")
    faults.check(
        (other.registered_at, other_id) < (case.registered_at, case_id),
        f"{called(other)}是后登记的案件，请打开它，在它那里关联本案。",
        "other_case",
    )
    _check_merged(records, faults, case, other)
    if kind in OF_PERSONS:
        _check_persons(faults, case, other, party_no, other_party_no)
    else:
        party_no = other_party_no = None
        _check_disputes(records, faults, case, other, kind)
    faults.refuse_if_any()
    main_id = _main_of(other) if kind is RelationKind.SAME_DISPUTE else other_id
    relation = Relation(
        kind=kind,
        other_id=other_id,
        main_id=main_id,
        party_no=party_no,
        other_party_no=other_party_no,
        reason=reason.strip(),
        by_id=act.by_id,
        recorded_at=act.at,
    )
    _record(records, act, case, other, relation)
    return case


@needs(Right.REGISTER)
def relate_decided(records: Records, act: Act, case: Case, decided: Iterable[Decided]) -> None:
    """Record what was decided at the window. After a crash it may be there already; who was taken off again is not."""
    assert case.id is not None
    known = {(each.other_id, each.kind) for each in case.relations}
    numbers = {party.name: party.no for party in case.parties}
    for each in decided:
        is_about_gone = each.kind in OF_PERSONS and each.own_name not in numbers
        if (each.other_id, each.kind) not in known and not is_about_gone:
            own_no = numbers.get(each.own_name)
            relate(records, act, case.id, each.other_id, each.kind, party_no=own_no, other_party_no=each.other_party_no)


@needs(Right.TRIAGE)
def merge(records: Records, act: Act, case_id: int, into_id: int, *, reason: str) -> Case:
    """Let another case go on in place of this one, which was registered twice. It keeps its facts and its parties."""
    refuse_unless(case_id != into_id, "不能把案件并入它自己。", "other_case")
    case, into = records.cases.get(case_id), records.cases.get(into_id)
    faults = Faults()
    faults.check(reason.strip(), "请写明并入的原因。", "relation_reason")
    _check_merged(records, faults, case, into)
    for each in (case, into):
        faults.check(each.closing is None, f"{called(each)}已结案，不能并入；可以关联为同一纠纷。", "other_case")
    faults.check(not case.effective_agreements, "本案已有生效的协议，不能并入；可以关联为同一纠纷。", "other_case")
    inside = [each for each in records.relations.said_by_others(case_id) if each.kind is RelationKind.MERGED]
    owed = [clock_called(each) for each in open_duties(case, act.rules)]
    owed += ["险情报告"] if any(each.met_at is None for each in case.red_flags) else []
    faults.check(not owed, f"本案还有没有办完的：{'、'.join(owed)}。请先在本案办完，再并入。")
    faults.check(not inside, "已有案件并入本案，请先撤回，再把它们分别并入。", "other_case")
    faults.refuse_if_any()
    relation = Relation(
        kind=RelationKind.MERGED,
        other_id=into_id,
        main_id=_main_of(into),
        reason=reason.strip(),
        by_id=act.by_id,
        recorded_at=act.at,
    )
    _record(records, act, case, into, relation)
    return case


@needs(Right.REGISTER, Right.TRIAGE)
def withdraw_relation(records: Records, act: Act, case_id: int, no: int, *, reason: str) -> Case:
    """Take back the `no`-th relation of the case, from 1 on. It stays to be read with the reason."""
    case = records.cases.get(case_id)
    refuse_unless(0 < no <= len(case.relations), "找不到这条关联，可能已被改动。请刷新案件。")
    relation = case.relations[no - 1]
    faults = Faults()
    faults.check(relation.stands, "这条关联已经撤回。")
    faults.check(reason.strip(), "请写明撤回的原因。", "take_back_reason")
    faults.refuse_if_any()
    relation.withdrawn_at, relation.withdrawn_by_id = act.at, act.by_id
    relation.withdrawn_reason = reason.strip()
    other = records.cases.get(relation.other_id)
    for here, there in ((case, other), (other, case)):
        told = f"撤回“{_in_words(relation, here, there)}”：{relation.withdrawn_reason}"
        note(here, act, EventKind.RELATED, act.today, told)
    records.flush()
    if relation.kind is RelationKind.SAME_DISPUTE:
        _follow_main(records, case)
    return case


def called(case: Case) -> str:
    """A case in a sentence."""
    return case.number or f"{show_day(case.registered_at.date())}登记的{case.file_title()}"


def _record(records: Records, act: Act, case: Case, other: Case, relation: Relation) -> None:
    """At both cases: the timeline of the earlier one tells that it was not the end of it."""
    case.relations.append(relation)
    for here, there in ((case, other), (other, case)):
        told = "：".join(filter(None, (_in_words(relation, here, there), relation.reason)))
        note(here, act, EventKind.RELATED, act.today, told)
    records.flush()
    if relation.kind is RelationKind.SAME_DISPUTE:
        _follow_main(records, case)


def _in_words(relation: Relation, here: Case, there: Case) -> str:
    """The relation as it is read at `here`, of which `there` is the other case."""
    at_own = relation in here.relations
    if relation.kind is RelationKind.MERGED:
        return f"并入{called(there)}" if at_own else f"{called(there)}并入本案"
    numbers = (relation.party_no, relation.other_party_no)
    own_no, other_no = numbers if at_own else numbers[::-1]
    who = f"{here.party_name(own_no)}与{there.party_name(other_no)}" if relation.kind in OF_PERSONS else ""
    return f"{relation.kind.label}：{who and f'{who}，'}{called(there)}"


def _main_of(case: Case) -> int:
    """The first coming of the dispute of a case."""
    assert case.id is not None
    same = [each.main_id for each in case.relations if each.stands and each.kind is RelationKind.SAME_DISPUTE]
    return same[0] if same else case.id


def _follow_main(records: Records, case: Case) -> None:
    """Cases that come back to this one have the same first coming; it may be another one now."""
    assert case.id is not None
    for later_id in records.relations.later(case.id):
        later = records.cases.get(later_id)
        for each in later.relations:
            if (
                each.stands
                and each.other_id == case.id
                and each.kind in (RelationKind.SAME_DISPUTE, RelationKind.MERGED)
            ):
                each.main_id = _main_of(case)
        records.flush()
        _follow_main(records, later)


def _check_merged(records: Records, faults: Faults, case: Case, other: Case) -> None:
    faults.check(case.merged_into is None, "本案已并入另一个案件；并错了的，请先撤回并入。")
    into = records.cases.get(other.merged_into) if other.merged_into is not None else None
    if into is not None:
        faults.add(f"{called(other)}已并入{called(into)}，请选{called(into)}。", "other_case")


def _check_persons(faults: Faults, case: Case, other: Case, party_no: int | None, other_party_no: int | None) -> None:
    faults.check(case.party(party_no), "请选择本案的当事人。", "own_party")
    faults.check(other.party(other_party_no), "请选择那个案件的当事人。", "other_party")
    said = _standing(case, other, OF_PERSONS)
    of_both = [each for each in said if (each.party_no, each.other_party_no) == (party_no, other_party_no)]
    for each in of_both:
        faults.add(f"这两个人已认定“{each.kind.label}”；认定有误的，请先撤回。", "relation_kind")


def _check_disputes(records: Records, faults: Faults, case: Case, other: Case, kind: RelationKind) -> None:
    for each in _standing(case, other, OF_DISPUTES):
        faults.add(f"这两个案件已认定“{each.kind.label}”；认定有误的，请先撤回。", "relation_kind")
    same = [each for each in case.relations if each.stands and each.kind is RelationKind.SAME_DISPUTE]
    if kind is RelationKind.SAME_DISPUTE and same and same[0].other_id != other.id:
        known = called(records.cases.get(same[0].other_id))
        faults.add(f"本案已认定与{known}是同一纠纷；要改为{called(other)}，请先撤回。", "relation_kind")


def _standing(case: Case, other: Case, kinds: Collection[RelationKind]) -> list[Relation]:
    return [each for each in case.relations if each.stands and each.other_id == other.id and each.kind in kinds]
