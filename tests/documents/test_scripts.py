import pytest

from mediation_desk.documents.scripts import obstacle


@pytest.mark.parametrize(
    ("chars", "script"),
    [
        ("ئۇﺋﷲ", "维吾尔文"),
        ("བོ", "藏文"),
        ("ᠮ\U00011660", "蒙古文"),
        ("ᄀ", "朝鲜文"),
        ("\U00016f00", "苗文"),
        ("אกकខꡀꪀ\U0001e900", "这种文字"),
    ],
)
def test_letters_that_change_shape_or_direction_are_called_by_their_script(chars: str, script: str) -> None:
    for char in chars:
        assert script in obstacle(char)
        assert "汉字" in obstacle(char)


@pytest.mark.parametrize(
    ("char", "word"),
    [
        ("😀", "表情符号"),
        ("🈚", "表情符号"),
        ("\ue000", "自造字"),
        ("\U000f0000", "自造字"),
        ("\ud842", "坏掉"),
        ("\u0301", "附加符号"),
    ],
)
def test_what_no_font_can_help_is_explained(char: str, word: str) -> None:
    assert word in obstacle(char)


@pytest.mark.parametrize("char", "文𠮷\U0002ebf0Łя가ꀀあ☎·1A")
def test_all_else_may_come_from_a_font(char: str) -> None:
    assert obstacle(char) == ""
