"""Personal data is replaced before an utterance is kept; what says what is meant stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from intents.masking import is_masked, masked
from nlu.training_data import load_examples
from tests.personal import PERSONAL

NAMES = [
    (*line.split("\t"), "")[:3]
    for line in Path(__file__).with_name("names.tsv").read_text("utf-8").splitlines() if line and line[0] != "#"
]
"""(said, kept or empty when it is kept as it is, `wrong` where the masker is known to err)."""
UTTERANCES = Path(__file__).parents[2] / "intents" / "utterances"


@pytest.mark.parametrize(("said", "kept"), [
    ("孩子叫陈小满，要上户口", "孩子叫某某，要上户口"),
    ("我是陈一民，要办退休", "我是某某，要办退休"),
    ("我妈妈李秀兰的退休金", "我妈妈某某的退休金"),
    ("女儿王小美上学怎么报名", "女儿某某上学怎么报名"),
    ("王建国先生去世了", "某某先生去世了"),
    ("身份证330106199307120316", "身份证证件号"),
    ("身份证３３０１０６１９９３０７１２０３１６", "身份证证件号"),
    ("我的电话138 0000 0197", "我的电话手机号"),
    ("电话一三八零零零零零一九七", "电话手机号"),
    ("打①③⑧⓪⓪⓪⓪⓪①⑨⑦", "打手机号"),
    ("卡号6217000000000000012", "卡号卡号"),
    ("住浙江省杭州市西湖区古墩路188号3幢2单元501室", "住某地"),
    ("车浙A12345要过户", "车车牌号要过户"),
    ("公司91330106MA27XK8L0Q要注销", "公司号码要注销"),
    ("我1960年3月15日生的能退休吗", "我某月某日生的能退休吗"),
    ("写信到somebody@example.org", "写信到邮箱"),
    ("0571-88888888打不通", "手机号打不通"),
    ("加微信liabc123", "加微信号码"),
    ("微信号是li_abc-12", "微信号码"),
    ("我的是wxid_abc999", "我的是号码"),
    ("V信: abc12345", "V信号码"),
    ("vx abc12345", "vx号码"),
    ("QQ号12345678", "QQ号码"),
    ("病历号A998877丢了", "病历号码丢了"),
    ("工号：10086查社保", "工号码查社保"),
    ("快递单号SF1234567890", "快递单号码"),
    ("我妈叫Wang Fang要退休", "我妈叫某某要退休"),
    ("女儿Li Xiaoming要上学", "女儿某某要上学"),
    ("住三单元五零二", "住某号"),
    ("住13楼2单元", "住某号"),
    ("3栋2单元501漏水", "某号漏水"),
    ("家在3-2-501", "家在某号"),
    ("中山路五号二零三", "某地"),
    ("打壹叁玖壹贰叁肆伍陆柒捌", "打号码"),
    ("银行卡6222 0212 3456 7890 123", "银行卡卡号"),
    ("银行卡号是6222021234567890123", "银行卡号是卡号"),
    ("社保卡号1234567890123", "社保卡号卡号"),
])
def test_personal_data_is_replaced(said: str, kept: str) -> None:
    assert masked(said) == kept
    assert is_masked(kept)


@pytest.mark.parametrize(("said", "read"), PERSONAL)
def test_what_no_engine_reads_is_not_kept_either(said: str, read: str) -> None:
    assert masked(said) == read
    assert is_masked(read)


@pytest.mark.parametrize("said", [
    "60岁能领高龄补贴吗", "58天产假怎么算", "单位欠我3个月工资2万块钱", "打12345没人管", "2号窗口在哪",
    "我是高中生，想办身份证", "儿子马上就要上小学", "住3楼想加装电梯", "3月5号生的……", "我是农民，想领补贴",
    "微信支付不了怎么办", "微信小程序打不开", "微信h5打不开", "qqqqwwww", "一楼二楼都能办吗", "三室一厅要多少钱",
    "壹万贰仟元退给我", "3月5号6号能办吗", "2024-2025学年怎么报名", "一单元加装电梯", "订单号怎么查", "10086打不通",
])
def test_what_is_meant_stays(said: str) -> None:
    assert masked(said) == said


@pytest.mark.parametrize(("said", "kept"), [(said, kept or said) for said, kept, known in NAMES if not known])
def test_names_go_and_what_looks_like_one_stays(said: str, kept: str) -> None:
    assert masked(said) == kept
    assert is_masked(said) == (said == kept)


def test_what_is_known_to_go_wrong_is_little() -> None:
    """A line that comes out right loses its mark, so that the share told in the documentation stays true."""
    known = [(said, kept) for said, kept, wrong in NAMES if wrong]
    assert all(masked(said) != (kept or said) for said, kept in known)
    assert sum(bool(kept) for _, kept in known) <= 0.03 * sum(bool(kept) for _, kept, _ in NAMES)
    assert sum(not kept for _, kept in known) <= 0.015 * sum(not kept for _, kept, _ in NAMES)


def test_a_sentence_that_is_masked_stays_as_it_is() -> None:
    assert [said for said, _, _ in NAMES if not is_masked(masked(said))] == []


def test_values_on_the_table_are_replaced_wherever_they_stand() -> None:
    assert masked("满满和欧阳小河的户口", ["满满", "欧阳小河", ""]) == "某某和某某的户口"


def test_the_training_sentences_are_left_alone() -> None:
    """What people really ask for is hardly ever touched."""
    said = [text for text, intent in load_examples([UTTERANCES]).pairs() if not intent.startswith("out_of_scope")]
    assert sum(masked(text) != text for text in said) <= len(said) / 200
