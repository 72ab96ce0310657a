"""Reviews how the text spells the names of the parties: one wrong character, and the paper binds somebody else.

A name as it is in the list is passed over; what differs from one by a character is told. Names of two characters
leave little to compare, so there only characters that sound or look alike are taken for slips.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Case
from mediation_desk.domain.finding import Finding, FindingKind
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.party import Party
from mediation_desk.domain.passages import Passage

_ALIKE_GROUPS = """
章张彰 李季 王汪旺 徐许 余佘于俞 肖萧箫 程陈成诚城承 何贺和 周邹 吴武伍邬五吾 刘柳 黄皇 郑正政 林凌临霖琳 董懂 马玛
沈申 孙逊 付傅富福 阎闫颜严 戴代 蒋姜江 袁原源元园 钱前 曾增 龙隆 卫魏 詹占 邱丘秋 邓登 范樊 毛茅 黎厉 雷蕾磊 朱诸
辛新欣心鑫昕馨 伟玮炜纬维唯惟薇 明铭鸣茗名 丽莉俐利立力 晨辰宸晟 晓小筱 杰洁捷 静婧靖菁晶京 燕艳彦雁 红宏洪弘鸿虹
华桦骅花 建健剑 军君俊峻骏钧均 平萍坪 芳方 玲铃灵龄伶 霞侠 英瑛颖莹 梅枚玫眉 志智致 波博 涛滔 刚钢岗 勇永咏
峰锋丰枫风 亮靓 飞菲非 云芸 文雯闻 超朝 祥翔详样 吉𠮷 三叁山珊 四泗肆 六陆 七柒 九玖久 一壹 二贰 土士 未末 己已
日曰 贝见 佳嘉家 涵函 轩宣 宇雨羽 浩昊皓 梓子紫 怡仪宜 瑞睿锐 凯楷 东冬 春椿 强蔷 玉钰育 兰岚 桂贵 荣蓉 胜盛圣
"""
"""Characters of names that sound or look alike."""
_ALIKE = {
    character: frozenset(other for group in _ALIKE_GROUPS.split() if character in group for other in group)
    for character in _ALIKE_GROUPS
}
_TRADITIONAL = str.maketrans(
    "張陳劉楊黃趙吳孫馬鄭謝許韓馮鄧蕭蔣葉閻盧鍾譚陸範賈鄒龍萬錢湯賀顧龔嚴羅蘇呂魯賴鄔歐陽國慶華偉軍麗蘭鳳紅強寶貴榮東曉蓮愛樹義飛傑勝興學輝靜艷麗瓊嬌淑鋒銀鐵長興廣業從開遠運發財豐",
    "张陈刘杨黄赵吴孙马郑谢许韩冯邓萧蒋叶阎卢钟谭陆范贾邹龙万钱汤贺顾龚严罗苏吕鲁赖邬欧阳国庆华伟军丽兰凤红强宝贵荣东晓莲爱树义飞杰胜兴学辉静艳丽琼娇淑锋银铁长兴广业从开远运发财丰",
)
"""The older forms of characters that are common in names."""
_DOTS = "·•‧・･.．。∙⋅ 　-－—"
_IN_NO_NAME = frozenset("的和与家某先女姓氏及在是向由给对应将已于因为之了也等都均同就被所并或者、，。；：（）“”《》\n ")
_BEFORE_NAME = frozenset("与和向由给对及同系至为被请偿还付欠予致使让、，。；：（“《\n ") | {""}
_AFTER_NAME = frozenset("与和向由给对应于将已系在是的家赔支付自同因未不所就均承返退人每一、，。；：）”（\n ") | {""}
_RELATED = "父|母|兄|弟|姐|妹|哥|子|女|妻|夫|儿|孙|配偶|朋友|同事|邻居"
_OTHER_PERSON_BEFORE = re.compile(
    rf"(?:{_RELATED}|亲|证人|案外人|司机|老板|经理|代理人|代表人|负责人|监护人)(?:为|是|系)?$"
)
_OTHER_PERSON_AFTER = re.compile(rf"(?:系|是|为)[^，。；\n]{{0,10}}?[之的其](?:{_RELATED})")


def name_findings(
    case: Case, agreement: Agreement, mediators: Mapping[int, Mediator], passages: Iterable[Passage]
) -> Iterator[Finding]:
    """Names in the text that are nearly those of a party; third persons who are in fact a party."""
    parties = [party.name for party in case.parties if len(party.name) > 1]
    known = _known_names(case, agreement, mediators)
    by_first: dict[str, list[str]] = {}
    for name in dict.fromkeys([*parties, *known]):
        plain_first = name[0].translate(_TRADITIONAL)
        for first in {plain_first, plain_first.lower(), plain_first.upper(), *_ALIKE.get(plain_first, ())}:
            by_first.setdefault(first, []).append(name)
    if by_first:
        firsts = re.compile(f"[{re.escape(''.join(by_first))}]")
        for passage in passages:
            yield from _misspelt(passage, firsts, by_first, frozenset(parties))
    for index, obligation in enumerate(agreement.obligations):
        for place, no, name in (
            ("payer", obligation.payer_no, obligation.payer_name.strip()),
            ("payee", obligation.payee_no, obligation.payee_name.strip()),
        ):
            if no is None and name in parties:
                sentence = f"第{index + 1}项履行安排：{name}就是本案当事人，请从名单中选择。"
                yield Finding(kind=FindingKind.NAME, sentence=sentence, place=f"obligations[{index}].{place}")


def _known_names(case: Case, agreement: Agreement, mediators: Mapping[int, Mediator]) -> set[str]:
    """All names that are right as they are, of whomever."""
    names = {name for party in case.parties for name in _names_of(party)}
    names |= {mediator.name for mediator in mediators.values()} | {agreement.recorder}
    names |= {name for each in agreement.obligations for name in (each.payer_name, each.payee_name)}
    return {name.strip() for name in names if len(name.strip()) > 1}


def _names_of(party: Party) -> Sequence[str]:
    aliases = re.split(r"[、，,;；\s]+", party.aliases)
    return (party.name, party.legal_representative, *aliases, *(agent.name for agent in party.agents))


def _misspelt(
    passage: Passage, firsts: re.Pattern[str], by_first: Mapping[str, Sequence[str]], parties: frozenset[str]
) -> Iterator[Finding]:
    text, passed = passage.plain.translate(_TRADITIONAL), 0
    for match in firsts.finditer(text):
        start = match.start()
        if start < passed:
            continue
        candidates = by_first[match[0]]
        right = max((name for name in candidates if passage.plain.startswith(name, start)), key=len, default="")
        if right:
            passed = start + len(right)
            continue
        exact = max((name for name in parties.intersection(candidates) if text.startswith(name, start)), default="")
        for name in [exact] if exact else candidates:
            read = exact or (_slip(text, start, name) if name in parties else "")
            if read and not _is_somebody_else(text, start, start + len(read)):
                passed = start + len(read)
                sentence = f"“{passage.plain[start:passed]}”与当事人“{name}”只差一点，请核对姓名。"
                yield passage.finding(FindingKind.NAME, sentence, start, passed)
                break


def _is_somebody_else(text: str, start: int, end: int) -> bool:
    """Whether the text itself says that this is a relative, a witness, …: brothers' names differ by a character."""
    before = _OTHER_PERSON_BEFORE.search(text, max(0, start - 5), start)
    return bool(before or _OTHER_PERSON_AFTER.match(text, end))


def _slip(text: str, start: int, name: str) -> str:
    """What stands at `start` if it is nearly `name`, else ""."""
    if len(name) > 2 and not any(character in text[start + 1 : start + len(name) + 1] for character in name[1:]):
        return ""
    if len(name) > 4 or any(character in _DOTS for character in name):
        return _slip_in_long(text, start, name)
    for length in (len(name), len(name) + 1, len(name) - 1):
        end = start + length
        written = text[start:end]
        if len(written) == length and length > 1 and _is_slip(written, name):
            begins_here = text[max(0, start - 1) : start] in _BEFORE_NAME
            ends_here = text[end : end + 1] in _AFTER_NAME
            is_plain = length == len(name) and written[0] == name[0]
            if (begins_here and ends_here) or (is_plain and (len(name) > 2 or begins_here or ends_here)):
                return written
    return ""


def _is_slip(written: str, name: str) -> bool:
    if len(written) == len(name):
        wrong = [place for place, pair in enumerate(zip(written, name, strict=True)) if pair[0] != pair[1]]
        if len(wrong) == 1:
            typed, meant = written[wrong[0]], name[wrong[0]]
            is_alike = typed in _ALIKE.get(meant, ())
            return is_alike or (len(name) > 2 and wrong[0] > 0 and typed not in _IN_NO_NAME)
        return len(name) > 2 and sorted(written) == sorted(name) and written[0] == name[0]
    longer, shorter = (written, name) if len(written) > len(name) else (name, written)
    if longer[0] != shorter[0] or len(longer) < 3:
        return False
    places = [place for place in range(1, len(longer)) if longer[:place] + longer[place + 1 :] == shorter]
    is_inner = bool(places) and (longer is name or places[0] < len(longer) - 1 or longer[-1] == longer[-2])
    return is_inner and not any(longer[place] in _IN_NO_NAME for place in places)


def _slip_in_long(text: str, start: int, name: str) -> str:
    """A long name with a wrong dot, or one or two characters off; what was only left out is likelier a short form."""
    for length in (len(name), len(name) - 1, len(name) + 1, len(name) + 2):
        written = text[start : start + length]
        if len(written) != length or (written[-1] != name[-1] and length != len(name)) or "\n" in written:
            continue
        if _without_dots(written) == _without_dots(name):
            return written
        most = max(1, length - len(name))
        if (written[:2] == name[:2] or length == len(name)) and 0 < _distance(written, name) <= most:
            return written
    return ""


def _without_dots(text: str) -> str:
    return "".join(character for character in text if character not in _DOTS).casefold()


def _distance(one: str, other: str) -> int:
    """How many characters must be changed, put in or left out to make one of the other."""
    row = list(range(len(other) + 1))
    for line, character in enumerate(one, start=1):
        last, row[0] = row[0], line
        for column, meant in enumerate(other, start=1):
            last, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, last + (character != meant))
    return row[-1]
