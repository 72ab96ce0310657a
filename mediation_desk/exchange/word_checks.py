"""Reads the entries of a word pack and says what is wrong with them: an entry that can find nothing is a fault."""

from datetime import date

from mediation_desk.domain.finding import PARTS, FindingKind
from mediation_desk.domain.word_check import FIGURE, GAP, WordCheck
from mediation_desk.exchange.json_members import Members

_MOST_GAPS = 3


def read_word_check(entry: Members, in_force: tuple[date | None, date | None]) -> WordCheck:
    """Read one entry: key, words and reason must be there, the rest narrows down where the words are found."""
    words, exceptions = entry.texts("words"), entry.texts("exceptions")
    if not words:
        entry.fault("“words”至少写一个要找的词")
    for word in words:
        if not word.replace(GAP, "").replace(FIGURE, "").strip() or word.count(GAP) > _MOST_GAPS:
            entry.fault(f"“words”中的“{word}”除“{GAP}”“{FIGURE}”外要有文字，“{GAP}”最多{_MOST_GAPS}个")
    parts = entry.texts("parts") or PARTS
    for part in parts:
        if part not in PARTS:
            entry.fault(f"“parts”应为 {'、'.join(PARTS)} 中的几个，现有“{part}”")
    suggestion = entry.optional_text("suggestion")
    if suggestion in words:
        entry.fault(f"“suggestion”的“{suggestion}”也在“words”中")
    begins, ends = in_force
    return WordCheck(
        key=entry.text("key"),
        kind=entry.choice("kind", FindingKind) if entry.has("kind") else FindingKind.WORD,
        words=words,
        reason=entry.text("reason"),
        suggestion=suggestion,
        is_hard=entry.optional_flag("hard"),
        parts=parts,
        exceptions=exceptions,
        with_words=entry.texts("with_words"),
        near=entry.texts("near"),
        not_near=entry.texts("not_near"),
        only_for_confirmation=entry.optional_flag("only_for_confirmation"),
        reason_for_confirmation=entry.optional_text("reason_for_confirmation"),
        effective_from=begins,
        effective_to=ends,
    )
