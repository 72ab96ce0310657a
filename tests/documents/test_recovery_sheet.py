"""The recovery sheet: everything that is needed on the worst day, on one page, and readable by a phone."""

from collections.abc import Callable
from datetime import date

import pytest

from mediation_desk.documents.fonts import GlyphMissing
from mediation_desk.documents.recovery_sheet import recovery_sheet
from mediation_desk.domain.recovery_words import SECRET_BYTES, RecoveryWords
from mediation_desk.store.key_file import word_list
from tests.documents.reading import Paper

DAY = date(2026, 11, 23)


@pytest.fixture(params=[bytes(range(SECRET_BYTES)), bytes(range(255, 255 - SECRET_BYTES, -1))])
def words(request: pytest.FixtureRequest) -> RecoveryWords:
    return word_list().words_for(request.param)


def test_it_is_one_page_with_the_words_in_numbered_lines(words: RecoveryWords, read: Callable[[bytes], Paper]) -> None:
    [page] = read(recovery_sheet("示例街道综治中心", words, DAY)).pages
    for number, line in enumerate(words.lines, start=1):
        assert f"{number}{''.join(line)}" in page
    assert "示例街道综治中心2026年11月23日" in page
    assert "用恢复单打开" in page
    assert ".keys" in page
    assert "签名" in page
    assert "练习" not in page


def test_each_line_of_words_is_one_line_in_large_type(words: RecoveryWords, read: Callable[[bytes], Paper]) -> None:
    [lines] = read(recovery_sheet("示例街道综治中心", words, DAY)).lines()
    shown = ["".join(word.text for word in line) for line in lines]
    for number, line in enumerate(words.lines, start=1):
        assert f"{number}{''.join(line)}" in shown


def test_what_was_printed_can_be_typed_in(words: RecoveryWords, read: Callable[[bytes], Paper]) -> None:
    [page] = read(recovery_sheet("示例街道综治中心", words, DAY)).pages
    start = page.index(f"1{words.lines[0][0]}")
    printed = page[start : page.index("1.", start)]
    assert word_list().read(printed) == words


def test_the_code_holds_the_words(
    words: RecoveryWords, read: Callable[[bytes], Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    import segno

    coded: list[str] = []
    make = segno.make

    def note(text: str, **how: object) -> object:
        coded.append(text)
        return make(text, **how)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(segno, "make", note)
    paper = read(recovery_sheet("示例街道综治中心", words, DAY))
    assert [word_list().read(text) for text in coded] == [words]
    assert len(paper.drawn(0).areas) > 500


def test_a_practice_store_says_so(words: RecoveryWords, read: Callable[[bytes], Paper]) -> None:
    assert "练习" in read(recovery_sheet("示例街道综治中心", words, DAY, is_practice=True)).text


def test_a_name_that_cannot_be_printed_is_refused(words: RecoveryWords) -> None:
    with pytest.raises(GlyphMissing):
        recovery_sheet("示例\ue000综治中心", words, DAY)
