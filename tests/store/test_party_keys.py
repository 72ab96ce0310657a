"""The keys of parties follow every step, whoever makes it."""

from mediation_desk.domain.repeats import keys_of
from mediation_desk.services.intake import correct
from mediation_desk.store import party_keys
from mediation_desk.store.sealing import Cursor
from tests.desk import Desk, claimant, intake, respondent

MAN, WOMAN = "i110000199001010013", "i110000200002290024"


def found(desk: Desk, *keys: str, names: tuple[str, ...] = (), **how: int) -> list[int]:
    with desk.database.reading() as records:
        return records.party_keys.candidates(keys, names, **how)


def strays(desk: Desk) -> list[int]:
    with desk.database.reading() as records:
        return party_keys.strays(Cursor(records.connection))


def test_a_case_is_found_by_the_keys_of_its_parties(desk: Desk) -> None:
    first, second = desk.registered(), desk.registered(parties=(claimant(), respondent(name="王五", id_number="")))
    assert found(desk, MAN) == [second, first]
    assert found(desk, WOMAN, "n张三／李四", "t1") == [first]
    assert found(desk, names=("王五", "")) == [second]
    assert found(desk, MAN, except_id=second) == [first]
    assert found(desk, MAN, of_each=1) == [second]
    assert found(desk) == []


def test_keys_go_with_what_is_corrected(desk: Desk) -> None:
    case_id = desk.registered()
    case = desk.case(case_id)
    changed = intake(1, parties=(claimant(), respondent(id_number="", phone="13800000001")))
    desk.do(correct, case_id, case.version_id, changed)
    assert found(desk, WOMAN) == []
    assert found(desk, "t13800000001") == [case_id]
    assert strays(desk) == []


def test_keys_follow_other_programs_too(desk: Desk) -> None:
    case_id = desk.registered()
    with desk.database.writing() as records:
        run = records.connection.exec_driver_sql
        run("update parties set phone = '13800000002' where no = 1")
    assert found(desk, "t13800000002") == [case_id]
    with desk.database.writing() as records:
        run = records.connection.exec_driver_sql
        run("delete from parties where no = 1")
        run("update parties set gender = '2'")
    assert found(desk, MAN) == []
    assert found(desk, WOMAN) == [case_id]
    assert strays(desk) == []


def test_what_is_wrong_is_known_and_made_anew(desk: Desk) -> None:
    first, second = desk.registered(), desk.registered()
    with desk.database.writing() as records:
        run = records.connection.exec_driver_sql
        run(f"delete from party_keys where case_id = {first}")
        run("insert into party_keys (centre_id, key, case_id) values (1, 'tx', 999)")
    assert strays(desk) == [first, 999]
    with desk.database.writing() as records:
        party_keys.rebuild(Cursor(records.connection))
    assert strays(desk) == []
    assert found(desk, MAN) == [second, first]


def test_people_are_as_they_were_written(desk: Desk) -> None:
    case_id = desk.registered()
    with desk.database.reading() as records:
        [one, other] = records.party_keys.people([case_id, 99])[case_id]
        assert (one.name, one.side, one.id_number, other.name) == ("张三", "claimant", MAN[1:], "李四")
        assert {MAN, WOMAN, "n张三／李四"} == keys_of([one, other])
