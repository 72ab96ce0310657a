from datetime import date

import pytest

from mediation_desk.domain.identity import (
    PaperFacts,
    Severity,
    check_paper,
    check_phone,
    check_uscc,
)

TODAY = date(2026, 11, 23)


def sentences(facts: PaperFacts) -> list[str]:
    return [finding.sentence for finding in facts.findings]


@pytest.mark.parametrize(
    ("number", "birth", "gender", "area"),
    [
        ("11010519491231002X", date(1949, 12, 31), "2", "北京市朝阳区"),
        ("110000199001010013", date(1990, 1, 1), "1", "北京市"),
        ("110000200002290024", date(2000, 2, 29), "2", "北京市"),
        ("110000194910019995", date(1949, 10, 1), "1", "北京市"),
        ("110000201812310036", date(2018, 12, 31), "1", "北京市"),
        ("110000193506150049", date(1935, 6, 15), "2", "北京市"),
    ],
)
def test_a_citizen_number_tells_birth_date_sex_and_area(number: str, birth: date, gender: str, area: str) -> None:
    assert check_paper("111", number, TODAY) == PaperFacts(number, birth, gender, number[:6], area)


@pytest.mark.parametrize("typed", ["１１０１０５１９４９１２３１００２ｘ", " 110105 19491231 002x "])
def test_a_number_is_normalised_before_it_is_looked_at(typed: str) -> None:
    facts = check_paper("112", typed, TODAY)
    assert facts.number == "11010519491231002X"
    assert facts.is_sound


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("110000199001010014", "公民身份号码的校验位不对，请核对各位数字。"),
        ("110000190102290011", "公民身份号码中的出生日期“19010229”不存在。"),
        ("110000202611240018", "公民身份号码中的出生日期“20261124”晚于今天。"),
        ("110000189501010017", "公民身份号码中的出生日期“18950101”距今超过130年。"),
        ("1100001990010100", "公民身份号码应为18位，现为16位。"),
        ("11000019900101X013", "公民身份号码前17位应为数字，末位为数字或X。"),
    ],
)
def test_a_wrong_citizen_number_is_told_and_fills_in_nothing(number: str, sentence: str) -> None:
    facts = check_paper("111", number, TODAY)
    assert sentence in sentences(facts)
    assert not facts.is_sound
    assert (facts.number, facts.birth_date, facts.gender) == (number, None, "")


def test_an_unknown_area_is_only_doubtful() -> None:
    number = "990000199001010017"
    facts = check_paper("111", number, TODAY)
    assert sentences(facts) == ["地区代码990000查不到，请对照证件核对。"]
    assert facts.is_sound
    assert facts.birth_date == date(1990, 1, 1)


def test_an_old_number_of_fifteen_figures_is_taken_with_a_word() -> None:
    facts = check_paper("111", "110105491231002", TODAY)
    assert (facts.birth_date, facts.gender, facts.area) == (date(1949, 12, 31), "2", "北京市朝阳区")
    assert [finding.severity for finding in facts.findings] == [Severity.DOUBTFUL]
    assert facts.is_sound
    assert not check_paper("111", "110105491331002", TODAY).is_sound


def test_an_empty_number_is_not_wrong() -> None:
    assert check_paper("111", "  ", TODAY) == PaperFacts("")
    assert check_uscc("") == PaperFacts("")


@pytest.mark.parametrize(
    ("kind", "number", "birth"),
    [("R81", "810000199408230021", date(1994, 8, 23)), ("R83", "830000199201300022", date(1992, 1, 30))],
)
def test_residence_permits_follow_the_citizen_number(kind: str, number: str, birth: date) -> None:
    facts = check_paper(kind, number, TODAY)
    assert (facts.birth_date, facts.gender, facts.findings) == (birth, "2", ())


def test_a_residence_permit_of_another_place_is_wrong() -> None:
    assert sentences(check_paper("R83", "810000199408230021", TODAY)) == ["这种居住证的号码应以830000开头。"]
    assert sentences(check_paper("R81", "110000199001010013", TODAY)) == ["这种居住证的号码应以810000或820000开头。"]
    assert sentences(check_paper("R81", "H12345678", TODAY)) == ["居住证号码应为18位，现为9位。"]
    assert sentences(check_paper("R81", "810000199408230022", TODAY)) == ["居住证号码的校验位不对，请核对各位数字。"]


def test_the_new_card_of_a_permanent_resident_tells_birth_date_and_sex_but_no_place() -> None:
    facts = check_paper("553", "911124198108030024", TODAY)
    assert facts == PaperFacts("911124198108030024", date(1981, 8, 3), "2")
    assert not check_paper("553", "911124198108030025", TODAY).is_sound
    assert not check_paper("553", "110000199001010013", TODAY).is_sound


def test_the_old_card_of_a_permanent_resident_is_taken_as_it_is() -> None:
    assert check_paper("553", "abc000000000000", TODAY) == PaperFacts("ABC000000000000")


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("516", "H12345678"),
        ("516", "M1234567801"),
        ("511", "12345678"),
        ("511", "1234567890A"),
        ("414", "G12345678"),
        ("414", "E12345678"),
        ("414", "EA1234567"),
        ("P01", "AB1234"),
        ("113", "000123456"),
        ("113", "110000199001010013"),
        ("114", "某字第000001号"),
        ("990", "000001"),
        ("N00", ""),
    ],
)
def test_other_papers_in_their_usual_form_raise_no_finding(kind: str, number: str) -> None:
    facts = check_paper(kind, number, TODAY)
    assert (facts.number, facts.findings) == (number, ())


@pytest.mark.parametrize(
    ("kind", "number", "sentence"),
    [
        ("516", "X12345678", "港澳居民来往内地通行证号码通常是H或M加8位数字，请核对。"),
        ("511", "1234", "台湾居民来往大陆通行证号码通常是8位数字，请核对。"),
        ("414", "12345678", "中国普通护照号码通常是E或G开头的9位，请核对。"),
        ("P01", "AB1", "外国护照号码通常是5至20位字母和数字，请核对。"),
    ],
)
def test_an_unusual_form_of_other_papers_is_only_doubtful(kind: str, number: str, sentence: str) -> None:
    facts = check_paper(kind, number, TODAY)
    assert sentences(facts) == [sentence]
    assert facts.is_sound


def test_a_household_register_with_a_wrong_citizen_number_is_told() -> None:
    assert not check_paper("113", "110000199001010014", TODAY).is_sound


@pytest.mark.parametrize(
    ("number", "area"),
    [
        ("91350100M000100Y43", "福建省福州市"),
        ("91110000802100433B", "北京市"),
        ("91110000ma00te5t2d", "北京市"),
        ("52110000MJ000000XW", "北京市"),
        ("５５110000MF0000013X", "北京市"),
    ],
)
def test_an_organisation_code_tells_the_area(number: str, area: str) -> None:
    facts = check_uscc(number)
    assert (facts.area, facts.findings) == (area, ())
    assert facts.number[2:8] == facts.area_code


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("91110000802100433A", "统一社会信用代码的校验位不对，请核对各位数字。"),
        ("9111000080210043", "统一社会信用代码应为18位，现为16位。"),
        ("9111000080210O433B", "统一社会信用代码只用数字和大写字母（没有 I、O、S、V、Z），第3至8位是数字。"),
    ],
)
def test_a_wrong_organisation_code_is_told(number: str, sentence: str) -> None:
    facts = check_uscc(number)
    assert sentences(facts) == [sentence]
    assert not facts.is_sound


def test_an_area_is_named_down_to_the_county_even_when_it_changed_its_name() -> None:
    assert check_paper("111", "320106", TODAY).area == ""
    assert check_uscc("91350100M000100Y43").area == "福建省福州市"
    assert check_paper("111", "320106900101001", TODAY).area == "江苏省南京市鼓楼区"
    assert check_paper("111", "500101900101001", TODAY).area == "重庆市万州区"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812341234", "13812341234"),
        ("１３８ １２３４ １２３４", "13812341234"),
        ("138－1234－1234", "13812341234"),
        ("+86 138 1234 1234", "13812341234"),
        ("0086-13812341234", "13812341234"),
        ("19912341234", "19912341234"),
        ("010-12341234", "010-12341234"),
        ("（010）12341234", "010-12341234"),
        ("0311-1234123-8", "0311-1234123-8"),
        ("12345", "12345"),
        ("400-123-1234", "400-123-1234"),
        ("00852-12341234", "00852-12341234"),
        ("00886-12341234", "00886-12341234"),
        ("", ""),
    ],
)
def test_usual_telephone_numbers_raise_no_finding(typed: str, kept: str) -> None:
    assert check_phone(typed) == (kept, ())


@pytest.mark.parametrize("typed", ["1381234123", "12812341234", "没有电话", "123"])
def test_an_unusual_telephone_number_is_kept_with_a_doubt(typed: str) -> None:
    kept, findings = check_phone(typed)
    assert kept == typed
    assert [finding.severity for finding in findings] == [Severity.DOUBTFUL]
