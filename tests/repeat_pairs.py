"""Two hundred people at the window and what lies in the store about them: who was here before, and who only seems so.

Everything follows from a seed. Nobody is real (`bench/population.py`). What is typed are two fields: a name and one
thing more. A case is related when it is the same dispute of the same people or household, unrelated when only a name, a
house, a telephone of an office, a shop or a kind of trouble is the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from mediation_desk.domain.party import Party, Side
from mediation_desk.services.practice_people import id_number
from tests.repeat_people import OFFICE_PHONE, TROUBLES, Earlier, Who, World

PAIRS = 200

SAME_SOUND = dict(
    zip(
        "伟芳娜敏丽强军勇杰娟涛超秀霞平刚英华玉建文斌玲鹏飞志宏荣新胜家宝成东",
        "玮方那民莉蔷君咏洁鹃韬抄绣侠萍钢瑛桦钰健雯彬铃朋非智洪蓉欣圣佳保诚冬",
        strict=True,
    )
)
OLD_CODES = {"李": "\uf9e1", "林": "\uf9f4", "梁": "\uf97a", "金": "\uf90a", "石": "\u2f6f", "葛": "葛\U000e0100"}
RARE = {"䶮": "\ue863", "㛃": "㛃\ufe00", "𠮷": "𠮷\U000e0100", "䜣": "\ue844"}
TRADITIONAL = dict(
    zip(
        "张刘陈杨黄吴孙马罗郑谢许韩冯邓叶苏吕卢姜谭陆韦贾邹",
        "張劉陳楊黃吳孫馬羅鄭謝許韓馮鄧葉蘇呂盧薑譚陸韋賈鄒",
        strict=True,
    )
)
TRADITIONAL |= {"𬱖": "頔", "喆": "哲"}


@dataclass(frozen=True)
class Pair:
    """What lies in the store, what is typed now, and whether both are the same dispute."""

    kind: str
    earlier: Earlier
    typed: tuple[Party, ...]
    story: str = ""
    related: bool = True


def as_party_of(side: Side, name: str, **facts: str) -> Party:
    return Party(no=2, side=side, name=name, **facts)  # type: ignore[arg-type]  # text fields


def other_side(name: str) -> Party:
    return as_party_of(Side.RESPONDENT, name)


def _in_other_characters(name: str, places: dict[str, str]) -> str:
    for plain, other in places.items():
        if plain in name:
            return name.replace(plain, other, 1)
    raise ValueError(name)


# ---- who was here before


def _same_number(w: World) -> Pair:
    one, other = w.who(), w.who()
    return Pair("same number", w.earlier(one, other, "id_number"), (one.party(Side.CLAIMANT, "id_number"),))


def _same_number_name_by_ear(w: World) -> Pair:
    one, other = w.who("".join(SAME_SOUND)), w.who()
    typed = replace(one, name=_in_other_characters(one.name, SAME_SOUND)).party(Side.CLAIMANT, "id_number")
    return Pair("same number, name by ear", w.earlier(one, other, "id_number"), (typed,))


def _same_phone(w: World) -> Pair:
    one, other = w.who(), w.who()
    return Pair("same phone", w.earlier(one, other, "phone"), (one.party(Side.CLAIMANT, "phone"),))


def _phone_otherwise(w: World) -> Pair:
    one, other = w.who(), w.who()
    phone = f"+86 {one.phone[:3]}-{one.phone[3:7]}-{one.phone[7:]}"
    return Pair(
        "phone written otherwise",
        w.earlier(replace(one, phone=phone), other, "phone"),
        (one.party(Side.CLAIMANT, "phone"),),
    )


def _address(w: World) -> Pair:
    one, other = w.who(), w.who()
    return Pair("same address", w.earlier(one, other, "address"), (one.party(Side.CLAIMANT, "address"),))


def _address_without_flat(w: World) -> Pair:
    one, other = w.who(), w.who()
    house = one.address.partition("楼")[0] + "楼"
    typed = replace(one, address=f"东城区{house}")
    return Pair("house without flat", w.earlier(one, other, "address"), (typed.party(Side.CLAIMANT, "address"),))


def _address_was_without_flat(w: World) -> Pair:
    one, other = w.who(), w.who()
    was = replace(one, address=one.address.partition("楼")[0] + "楼")
    return Pair("flat not known then", w.earlier(was, other, "address"), (one.party(Side.CLAIMANT, "address"),))


def _address_in_dashes(w: World) -> Pair:
    one, other = w.who(), w.who()
    dashed = one.address.replace("号楼", "-").replace("单元", "-").replace("室", "")
    was = replace(one, address=dashed)
    return Pair("address in dashes", w.earlier(was, other, "address"), (one.party(Side.CLAIMANT, "address"),))


def _same_pair(w: World) -> Pair:
    one, other = w.who(), w.who()
    return Pair("same pair", w.earlier(one, other), (one.party(), other_side(other.name)))


def _sides_changed(w: World) -> Pair:
    one, other = w.who(), w.who()
    return Pair("sides changed", w.earlier(one, other), (other.party(), other_side(one.name)))


def _agent_changed(w: World) -> Pair:
    """Somebody else came for the same person: with another telephone, against the same other side."""
    one, other, agent = w.who(), w.who(), w.who()
    typed = replace(one, phone=agent.phone).party(Side.CLAIMANT, "phone")
    return Pair("agent changed", w.earlier(one, other, "phone"), (typed, other_side(other.name)))


def _new_phone(w: World) -> Pair:
    one, other = w.who(), w.who()
    typed = replace(one, phone=w.who().phone).party(Side.CLAIMANT, "phone")
    return Pair("new phone", w.earlier(one, other, "phone"), (typed,))


def _old_codes(w: World) -> Pair:
    """The surname lies at a place of an older code; the telephone is a new one."""
    one, other = w.who("".join(OLD_CODES)), w.who()
    return _stored_otherwise(w, "old codes", one, other, OLD_CODES)


def _rare_character(w: World) -> Pair:
    one, other = w.who(), w.who()
    rare = replace(one, name=one.name[0] + w.draw.choice(list(RARE)) + one.name[-1])
    return _stored_otherwise(w, "rare character", rare, other, RARE)


def _stored_otherwise(w: World, kind: str, one: Who, other: Who, places: dict[str, str]) -> Pair:
    earlier = w.earlier(one, other, "phone")
    typed = replace(one, phone=w.who().phone).party(Side.CLAIMANT, "phone")
    stored = _in_other_characters(one.name, places)
    return Pair(kind, replace(earlier, as_stored=((one.name, stored),)), (typed,))


def _traditional(w: World) -> Pair:
    one, other = w.who("".join(TRADITIONAL)), w.who()
    was = replace(one, name=_in_other_characters(one.name, TRADITIONAL))
    return Pair("traditional characters", w.earlier(was, other), (one.party(), other_side(other.name)))


def _variant_and_address(w: World) -> Pair:
    one, other = w.who(), w.who()
    one = replace(one, name=one.name[0] + w.draw.choice("𬱖喆") + one.name[-1])
    was = replace(one, name=_in_other_characters(one.name, TRADITIONAL))
    return Pair("variant and address", w.earlier(was, other, "address"), (one.party(Side.CLAIMANT, "address"),))


def _wrong_digit(w: World) -> Pair:
    one, other = w.who(), w.who()
    place = w.draw.randrange(17)
    wrong = str((int(one.id_number[place]) + w.draw.randrange(1, 10)) % 10)
    was = replace(one, id_number=one.id_number[:place] + wrong + one.id_number[place + 1 :])
    return Pair("one wrong digit", w.earlier(was, other, "id_number"), (one.party(Side.CLAIMANT, "id_number"),))


def _swapped_digits(w: World) -> Pair:
    one, other = w.who(), w.who()
    number = one.id_number
    places = [place for place in range(16) if number[place] != number[place + 1]]
    at = w.draw.choice(places)
    was = replace(one, id_number=number[:at] + number[at + 1] + number[at] + number[at + 2 :])
    return Pair("swapped digits", w.earlier(was, other, "id_number"), (one.party(Side.CLAIMANT, "id_number"),))


def _pair_by_ear(w: World) -> Pair:
    one, other = w.who("".join(SAME_SOUND)), w.who()
    typed = replace(one, name=_in_other_characters(one.name, SAME_SOUND))
    return Pair("pair by ear", w.earlier(one, other), (typed.party(), other_side(other.name)))


def _by_ear_and_address(w: World) -> Pair:
    one, other = w.who("".join(SAME_SOUND)), w.who()
    typed = replace(one, name=_in_other_characters(one.name, SAME_SOUND)).party(Side.CLAIMANT, "address")
    return Pair("by ear and address", w.earlier(one, other, "address"), (typed,))


def _by_ear_and_story(w: World) -> Pair:
    one, other, told = w.who("".join(SAME_SOUND)), w.who(), w.trouble()
    typed = replace(one, name=_in_other_characters(one.name, SAME_SOUND))
    earlier = replace(w.earlier(one, other), matter=told.first)
    return Pair("by ear and story", earlier, (typed.party(),), told.again)


def _household(w: World) -> Pair:
    """Wife or son comes with the same trouble."""
    one, other, told = w.who(), w.who(), w.trouble()
    typed = replace(w.who(), address=one.address).party(Side.CLAIMANT, "address")
    return Pair("household", replace(w.earlier(one, other, "address"), matter=told.first), (typed,))


def _house_and_story(w: World) -> Pair:
    """A neighbour of one house comes with the trouble that the whole house has."""
    one, other, told = w.who(), w.who(), w.trouble()
    house = one.address.partition("楼")[0] + "楼"
    typed = replace(w.who(), address=house).party(Side.CLAIMANT, "address")
    return Pair("house and story", replace(w.earlier(one, other, "address"), matter=told.first), (typed,), told.again)


# ---- who only seems so


def _neighbour(w: World) -> Pair:
    one, other, neighbour = w.who(), w.who(), w.who()
    flat = f"{w.draw.randrange(1, 8)}单元{w.draw.randrange(101, 2400)}室"
    typed = replace(neighbour, address=f"{one.address.partition('楼')[0]}楼{flat}").party(Side.CLAIMANT, "address")
    return Pair("neighbour", w.earlier(one, other, "address"), (typed,), related=False)


def _namesake_number(w: World) -> Pair:
    one, other = w.who(), w.who()
    typed = replace(w.who(), name=one.name).party(Side.CLAIMANT, "id_number")
    return Pair("namesake with a number", w.earlier(one, other, "id_number"), (typed,), related=False)


def _namesake_phone(w: World) -> Pair:
    """A name that many bear."""
    name = w.draw.choice(("王伟", "李娜", "张敏", "王芳", "李伟", "刘静"))
    one, other = replace(w.who(), name=name), w.who()
    typed = replace(w.who(), name=name).party(Side.CLAIMANT, "phone")
    return Pair("namesake with a phone", w.earlier(one, other, "phone"), (typed,), related=False)


def _namesake_address(w: World) -> Pair:
    one, other = w.who(), w.who()
    typed = replace(w.who(), name=one.name).party(Side.CLAIMANT, "address")
    return Pair("namesake elsewhere", w.earlier(one, other, "address"), (typed,), related=False)


def _near_number(w: World) -> Pair:
    """Two who were born on one day in one place."""
    one, other = w.who(), w.who()
    sibling = w.who()
    near = replace(sibling, id_number=id_number(w.draw, one.born, "1"), born=one.born)
    return Pair(
        "near number, other name",
        w.earlier(one, other, "id_number"),
        (near.party(Side.CLAIMANT, "id_number"),),
        related=False,
    )


def _sounds_only(w: World) -> Pair:
    one, other = w.who("".join(SAME_SOUND)), w.who()
    typed = replace(w.who(), name=_in_other_characters(one.name, SAME_SOUND)).party(Side.CLAIMANT, "phone")
    return Pair("sounds alike only", w.earlier(one, other, "phone"), (typed,), related=False)


def _same_shop(w: World) -> Pair:
    one, typed = w.who(), w.who()
    shop = w.shop()
    earlier = Earlier((w.sparse(one, Side.CLAIMANT), shop), w.trouble().first)
    return Pair("customer of the same shop", earlier, (typed.party(), replace(shop)), related=False)


def _office_phone(w: World) -> Pair:
    one, other = w.who(), w.who()
    typed = replace(w.who(), phone=OFFICE_PHONE).party(Side.CLAIMANT, "phone")
    return Pair(
        "telephone of an office", w.earlier(replace(one, phone=OFFICE_PHONE), other, "phone"), (typed,), related=False
    )


def _same_kind_of_story(w: World) -> Pair:
    one, other, kind = w.who(), w.who(), w.draw.randrange(len(TROUBLES))
    earlier = replace(w.earlier(one, other), matter=w.trouble(kind).first)
    return Pair("same kind of story", earlier, (w.who().party(),), w.trouble(kind).first, related=False)


def _nobody(w: World) -> Pair:
    return Pair("never here", w.earlier(w.who(), w.who()), (w.who().party(Side.CLAIMANT, "phone"),), related=False)


RELATED: tuple[Callable[[World], Pair], ...] = (
    _same_number,
    _same_number_name_by_ear,
    _same_phone,
    _phone_otherwise,
    _address,
    _address_without_flat,
    _address_was_without_flat,
    _address_in_dashes,
    _same_pair,
    _sides_changed,
    _agent_changed,
    _new_phone,
    _old_codes,
    _rare_character,
    _traditional,
    _variant_and_address,
    _wrong_digit,
    _swapped_digits,
    _pair_by_ear,
    _by_ear_and_address,
    _by_ear_and_story,
    _household,
    _house_and_story,
)
UNRELATED: tuple[Callable[[World], Pair], ...] = (
    _neighbour,
    _namesake_number,
    _namesake_phone,
    _namesake_address,
    _near_number,
    _sounds_only,
    _same_shop,
    _office_phone,
    _same_kind_of_story,
    _nobody,
)


def pairs(world: World) -> list[Pair]:
    """Three related for two unrelated, every kind about equally often."""
    related, unrelated = PAIRS * 3 // 5, PAIRS * 2 // 5
    made = [RELATED[no % len(RELATED)](world) for no in range(related)]
    return made + [UNRELATED[no % len(UNRELATED)](world) for no in range(unrelated)]
