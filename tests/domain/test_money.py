import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain import money
from mediation_desk.domain.money import MOST_FEN, amount_on_paper, figures, in_capitals, parse_yuan, read_capitals

amounts = st.one_of(
    st.integers(0, MOST_FEN),
    st.integers(0, 10**6),
    st.lists(st.sampled_from("0001259"), min_size=1, max_size=14).map(lambda digits: int("".join(digits))),
)


@pytest.mark.parametrize(
    ("yuan", "capitals"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("1200", "壹仟贰佰元整"),
        # the central bank's own examples
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        # noughts across the groups of four
        ("100500", "壹拾万零伍佰元整"),
        ("10000001", "壹仟万零壹元整"),
        ("100005000", "壹亿零伍仟元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000", "壹拾亿元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capitals_follow_the_practice_of_bills(yuan: str, capitals: str) -> None:
    assert in_capitals(parse_yuan(yuan)) == capitals


@given(amounts)
def test_capitals_read_back_as_the_same_amount(fen: int) -> None:
    assert read_capitals(in_capitals(fen)) == fen


@given(amounts)
def test_capitals_end_in_zheng_exactly_when_there_are_no_fen(fen: int) -> None:
    assert in_capitals(fen).endswith("整") == (fen % 10 == 0)


@given(amounts)
def test_capitals_never_say_nought_twice_nor_at_the_end_of_a_group(fen: int) -> None:
    written = in_capitals(fen)
    assert "零零" not in written
    assert not any(f"零{unit}" in written for unit in ("万", "亿", "角", "分"))
    assert "零元" not in written or fen == 0


@given(amounts)
def test_figures_are_read_back_as_the_same_amount(fen: int) -> None:
    assert parse_yuan(figures(fen)) == fen


def test_a_writer_that_goes_wrong_is_a_defect_and_prints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(money, "_whole", lambda yuan: "壹")
    with pytest.raises(RuntimeError, match="壹元整"):
        in_capitals(200)


def test_an_amount_stands_on_paper_in_figures_and_in_capitals() -> None:
    assert amount_on_paper(120000) == "人民币1,200.00元（大写：壹仟贰佰元整）"


@pytest.mark.parametrize("fen", [-1, MOST_FEN + 1])
def test_an_amount_out_of_range_is_not_written(fen: int) -> None:
    with pytest.raises(ValueError, match="金额"):
        figures(fen)
    with pytest.raises(ValueError, match="金额"):
        in_capitals(fen)


@pytest.mark.parametrize(
    ("capitals", "fen"),
    [
        ("人民币壹佰圆正", 10000),
        ("壹仟陆佰捌拾元零叁角贰分", 168032),
        ("壹拾万柒仟元零伍角叁分", 10700053),
        ("壹拾万零柒仟元伍角叁分", 10700053),
        (" 贰 拾 元 整 ", 2000),
        ("伍角", 50),
        ("零元整", 0),
    ],
)
def test_other_lawful_ways_of_writing_are_read_too(capitals: str, fen: int) -> None:
    assert read_capitals(capitals) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "元",
        "整",
        "角",
        "拾元整",
        "壹贰元",
        "壹拾贰拾元整",
        "壹佰贰仟元整",
        "一百元",
        "壹亿亿元",
        "壹亿零万元",
        "壹佰零元",
        "零零元",
    ],
)
def test_what_is_no_amount_in_capitals_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="不是规范的大写金额"):
        read_capitals(text)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1200", 120000),
        ("1,200.5", 120050),
        ("１，２００．５", 120050),
        ("1。5", 150),
        ("￥1200", 120000),
        ("¥ 1,200.00 元", 120000),
        ("人民币1200元整", 120000),
        ("6.5万元", 6500000),
        ("６.５ 万", 6500000),
        ("1.2亿元", 12000000000),
        (".5", 50),
        ("0", 0),
        ("3.10", 310),
        ("+8", 800),
    ],
)
def test_amounts_are_read_however_they_are_typed(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请填写金额。"),
        ("   ", "请填写金额。"),
        ("-5", "金额不能是负数。"),
        ("1.234", "金额最小到分，小数点后最多两位。"),
        ("0.0000001万元", "金额最小到分，小数点后最多两位。"),
        ("1.00000000000000000001", "金额最小到分，小数点后最多两位。"),
        ("99999亿", "金额太大，最多到千亿位。"),
        ("12,00", "“12,00”不是金额，请写成 1200 或 1,200.50。"),
        ("1,200,5", "“1,200,5”不是金额，请写成 1200 或 1,200.50。"),
        ("1.2.3", "“1.2.3”不是金额，请写成 1200 或 1,200.50。"),
        ("9" * 5000, f"“{'9' * 20}”不是金额，请写成 1200 或 1,200.50。"),
        (".", "“.”不是金额，请写成 1200 或 1,200.50。"),
        ("六万", "“六万”不是金额，请写成 1200 或 1,200.50。"),
        ("1200 或 1300", "“1200 或 1300”不是金额，请写成 1200 或 1,200.50。"),
    ],
)
def test_what_is_no_amount_is_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole sentence is compared below
        parse_yuan(typed)
    assert str(refused.value) == sentence
