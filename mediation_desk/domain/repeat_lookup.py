"""What the index of search words is asked when somebody may have come back: what no key of a party tells.

A name that sounds alike is nothing by itself in a big store; together with another name, a part of the identity number,
a street or a word of the story it is in a handful of cases.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from mediation_desk.domain.dwelling import pieces_of
from mediation_desk.domain.pinyin import ways_of_reading
from mediation_desk.domain.repeats import Known, Person, known
from mediation_desk.domain.search_plan import Every, Node, Some, fits_nothing
from mediation_desk.domain.search_words import DIGITS, PINYIN, PINYIN_MOST

_BEGINNING, _END = 10, 6
"""One slip spoils only one of both: of 18 figures, two that changed places lie outside the one or the other."""

_WHOLE = 18


def sounds_of(people: Iterable[Person]) -> list[Node]:
    """Each name as it is read: for those who are written otherwise, or went by another name."""
    everybody = (one for one in map(known, people) if not one.is_organisation)
    return [sound for one in everybody if (sound := _sound(one))]


def together(people: Sequence[Person], rare_words: Iterable[str] = ()) -> Node:
    """Two things that hardly stand in one case by chance."""
    everybody = [known(each) for each in people]
    sounds = {each: sound for each in everybody if (sound := _sound(each))}
    found: list[Node] = [Every(pair) for pair in combinations(dict.fromkeys(sounds.values()), 2)]
    found += [
        Every((sound, Some((f"{DIGITS}{number[:_BEGINNING]}", f"{DIGITS}{number[-_END:]}"))))
        for each, sound in sounds.items()
        for number in each.numbers
        if len(number) >= _WHOLE - 1
    ]
    streets = tuple(Every(pieces) for pieces in dict.fromkeys(pieces_of(each.address) for each in everybody) if pieces)
    names, told = tuple(dict.fromkeys(sounds.values())), tuple(rare_words)
    found.append(Every((Some(names), Some(streets))))
    found.append(Every((Some((*names, *streets)), Some(told))))
    return Some(tuple(each for each in found if not fits_nothing(each)))


def _sound(person: Known) -> str:
    """The likeliest reading of the whole name; that of one syllable is how every third name begins."""
    whole = next(iter(ways_of_reading(person.name)), ())
    return f"{PINYIN}{''.join(whole)[:PINYIN_MOST]}" if len(whole) > 1 else ""
