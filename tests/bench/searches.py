"""What people look for, taken from the cases of a store: some of every kind, the same each time."""

from collections.abc import Callable, Iterator
from random import Random

from mediation_desk.domain.pinyin import ways_of_reading
from mediation_desk.domain.search_words import Document, fold, initials
from mediation_desk.store.records import Records
from mediation_desk.store.sealing import Cursor
from mediation_desk.store.search_rows import read_documents


def documents(records: Records, number: int, seed: int = 7) -> list[Document]:
    """Some cases of the store, drawn by chance."""
    draw = Random(seed)
    cursor = Cursor(records.connection)
    try:
        [last] = cursor.run("select max(id) from cases").fetchone()
        return list(read_documents(cursor, draw.sample(range(1, last + 1), min(number, last))).values())
    finally:
        cursor.close()


def of_every_kind(documents: list[Document], seed: int = 7) -> Iterator[tuple[str, list[str]]]:
    """The name of each kind, and what is typed: one search for each case."""
    draw = Random(seed)

    def part(text: str, length: int) -> str:
        begin = draw.randrange(max(len(text) - length, 0) + 1)
        return text[begin : begin + length].strip() or "漏水"

    def story(document: Document) -> str:
        return "".join(max(document.texts, key=len).split())

    def name(document: Document) -> str:
        return document.names[0]

    def pinyin(document: Document) -> str:
        ways = ways_of_reading(fold(name(document)))
        return "".join(ways[0]) if ways else "zhang"

    kinds: dict[str, Callable[[Document], str]] = {
        **{f"story, {length}": lambda each, n=length: part(story(each), n) for length in (1, 2, 3, 4, 6, 10)},  # type: ignore[misc]
        "two words": lambda each: f"{part(story(each), 2)} {part(story(each), 2)}",
        "three words": lambda each: " ".join(part(story(each), 2) for _ in range(3)),
        "name, 1": lambda each: name(each)[:1],
        "name, 2": lambda each: name(each)[:2],
        "name": name,
        "name and word": lambda each: f"{name(each)} {part(story(each), 2)}",
        "z": lambda each: pinyin(each)[:1],
        "zhang": lambda each: pinyin(each)[:5],
        "zhangsan": pinyin,
        "zs": lambda each: initials((ways_of_reading(fold(name(each))) or [("z",)])[0]),
        "last 4": lambda each: draw.choice(each.numbers or ("0013",))[-4:],
        "last 5": lambda each: draw.choice(each.numbers or ("0013",))[-5:],
        "number": lambda each: draw.choice(each.numbers or ("0013",)),
        "first 7": lambda each: (each.numbers or ("13800000001",))[-1][:7],
        "first 9": lambda each: (each.numbers or ("13800000001",))[-1][:9],
        "case number": lambda each: each.codes[0],
        "its end": lambda each: each.codes[0][-5:],
        "year and end": lambda each: f"2024 {each.codes[0][-5:]}",
        "address": lambda each: part(next((each for each in each.texts if "号" in each), "练习路1号"), 5),
        "digits": lambda each: f"{draw.randint(100, 99_999)}",
        "stage": lambda each: f"{name(each)[:1]} 状态:{draw.choice(('办理中', '已结', '受理', '履行'))}",
        "kind": lambda each: f"{part(story(each), 2)} 类型:{draw.choice(('邻里', '婚姻', '劳动'))}",
        "month": lambda each: f"{name(each)[:1]} {each.registered_on:%Y-%m}",
        "period": lambda each: f"{part(story(each), 2)} ..{each.registered_on:%Y-%m-%d}",
        "all at once": lambda each: f"{name(each)[:1]} 状态:已结 类型:邻里 {each.registered_on.year}..",
        "nothing": lambda each: f"{part(story(each), 3)}{draw.randint(1000, 9999)}",
    }
    for kind, make in kinds.items():
        yield kind, [make(each) for each in documents]
