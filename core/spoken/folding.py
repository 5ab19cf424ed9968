"""One way of writing for the patterns: plain width, simplified cue characters. No character is added or lost."""

from __future__ import annotations

_TRADITIONAL = str.maketrans(
    "號歲萬億媽爺隨後點時醫區縣鎮鄉個週禮電話機證塊錢麼壹貳兩過從這來們幾張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧葉蘇呂盧鍾譚陸賈韋鄒龍賀顧龔錢嚴莊聶魯"
    "單蔣應劃與聯繫戶業養閨該為開關麗學國藍閻寧齊樂範",
    "号岁万亿妈爷随后点时医区县镇乡个周礼电话机证块钱么壹贰两过从这来们几张刘陈杨黄赵吴孙马罗郑谢许韩冯邓叶苏吕卢钟谭陆贾韦邹龙贺顾龚钱严庄聂鲁"
    "单蒋应划与联系户业养闺该为开关丽学国蓝阎宁齐乐范",
)
_FOLDED: dict[int, int | str] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}, 0x3000: " ", 0xA0: " ", 0xFFE5: "¥",
    **dict.fromkeys(map(ord, "•・‧∙●⋅･"), "·"), **_TRADITIONAL,
}


def fold(text: str) -> str:
    """The text as patterns read it, character for character."""
    return text.translate(_FOLDED)
