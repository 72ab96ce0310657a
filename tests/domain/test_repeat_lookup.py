"""What the index is asked finds a case in which two things agree, and no other."""

import pytest

from mediation_desk.domain.repeat_lookup import sounds_of, together
from mediation_desk.domain.repeats import Person
from mediation_desk.domain.search_plan import Every, Node, Some, fits_nothing
from mediation_desk.domain.search_words import Document, tokens_of
from tests.desk import TODAY

MAN = "110000199001010013"
HOME = "练习路1号院3号楼402室"
STORY = "楼上漏水"


def fits(node: Node, tokens: set[str]) -> bool:
    match node:
        case Every(parts):
            return all(fits(part, tokens) for part in parts)
        case Some(parts):
            return any(fits(part, tokens) for part in parts)
    return node in tokens


def found(document: Document, *people: Person, words: tuple[str, ...] = ()) -> bool:
    return fits(together(people, words), tokens_of(document))


def case(names: tuple[str, ...] = ("张三",), number: str = "", address: str = "", story: str = "") -> Document:
    return Document(texts=(address, story), names=names, numbers=(number,), registered_on=TODAY)


def test_a_name_is_asked_for_as_it_is_read() -> None:
    [sound] = sounds_of([Person("章三"), Person("示例物业服务有限公司", kind="organisation"), Person("张"), Person("")])
    assert fits(sound, tokens_of(case()))
    assert not fits(sound, tokens_of(case(("李四",))))


def test_two_names_that_sound_so_are_found_whoever_came() -> None:
    assert found(case(("李四", "张三")), Person("章三"), Person("李肆"))
    assert not found(case(("李四", "王五")), Person("章三"), Person("李肆"))


@pytest.mark.parametrize("place", range(17))
def test_a_slip_in_the_number_leaves_one_end_of_it(place: int) -> None:
    swapped = MAN[:place] + MAN[place + 1] + MAN[place] + MAN[place + 2 :]
    wrong = MAN[:place] + "9" + MAN[place + 1 :]
    for number in (swapped, wrong, MAN[:place] + MAN[place + 1 :]):
        assert found(case(number=number), Person("章三", id_number=MAN))
    assert not found(case(("李四",), number=MAN), Person("章三", id_number=MAN))
    assert not found(case(number=MAN), Person("张三", id_number=MAN[:10]))


def test_a_name_at_a_house_and_a_story_with_either_are_found() -> None:
    here = Person("章三", address=HOME)
    assert found(case(address=HOME), here)
    assert not found(case(address="样例路5号院"), here)
    assert found(case(("王五",), address=HOME, story=STORY), here, words=("漏水",))
    assert found(case(story=STORY), Person("章三"), words=("漏水",))
    assert not found(case(("王五",), story=STORY), Person("章三"), words=("漏水",))


def test_nothing_is_asked_about_nobody() -> None:
    assert fits_nothing(together([], ("漏水",)))
    assert fits_nothing(together([Person("张三")]))
