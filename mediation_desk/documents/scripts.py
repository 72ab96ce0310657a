"""Writing that no font can help: letters that change shape or run from right to left, emoji, made-up characters.

Papers set one glyph after the other from left to right. A font with Uyghur, Tibetan or Mongolian letters would print
them in the wrong shapes or order, and nobody at the desk might notice. Besides, an identity card always bears the
name in 规范汉字 (居民身份证法 art. 4), and that is the one a paper needs.
"""

from unicodedata import category

_SHAPED = {
    "阿拉伯字母（维吾尔文、哈萨克文等）": "0600-06FF 0750-077F 0860-08FF FB50-FDFF FE70-FEFE",
    "藏文": "0F00-0FFF",
    "蒙古文（含满文、锡伯文）": "1800-18AF 11660-1167F",
    "苗文": "16F00-16F9F",
    "分开的朝鲜文字母": "1100-11FF A960-A97F D7B0-D7FF",
    # from right to left, or with vowels around the consonant: Hebrew to Adlam, Devanagari to Khmer, Tai Tham to Vedic
    "这种文字": (
        "0590-05FF 0700-074F 0780-085F 0900-0EFF 1000-109F 1700-17FF 1900-194F 1A00-1CFF A800-A95F A980-ABFF"
        " FB1D-FB4F 10800-1165F 11680-11FFF 1E800-1EFFF"
    ),
}
_RANGES = [
    (range(int(first, 16), int(last, 16) + 1), name)
    for name, ranges in _SHAPED.items()
    for first, last in (each.split("-") for each in ranges.split())
]
_EMOJI = range(0x1F000, 0x1FC00)


def obstacle(char: str) -> str:
    """Why no font can help with a character, and what to do instead; "" if a font may."""
    script = next((name for codes, name in _RANGES if ord(char) in codes), "")
    if script:
        return f"{script}须连写、变形或从右向左排，本程序印不出；请用身份证件上的汉字写法，它是法定的姓名。"
    kind = category(char)
    if kind.startswith("M"):
        return "附加符号不能单独印出；请用身份证件上的写法。"
    if kind == "Co":
        return "这是旧系统的自造字，各台电脑字形不同；请对照证件改成标准字。"
    if kind == "Cs":
        return "这是半个坏掉的字；请重新输入。"
    return "表情符号不能印在文书上，请改用文字。" if ord(char) in _EMOJI else ""
