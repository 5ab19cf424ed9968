"""What people type, and the one form it is kept in."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import InvalidAnswer
from forms.content.element_schema import Element, Option
from forms.values.canonical import read
from forms.values.choosing import pick_many
from forms.values.wrong import Wrong

TODAY = date(2026, 3, 18)  # a Wednesday
SEX = [{"value": "1", "label": "男"}, {"value": "2", "label": "女", "aliases": ["闺女", "女孩"]}]


def value(kind, raw, **more):
    element = Element(code="x", title="某项", type=kind, **more)
    return read(element, raw, path="someone.x", today=TODAY, options=element.options)


def reason(kind, raw, **more):
    with pytest.raises(InvalidAnswer) as problem:
        value(kind, raw, **more)
    assert problem.value.path == "someone.x"
    return problem.value.reason


@pytest.mark.parametrize(("raw", "day"), [
    ("2026-03-05", "2026-03-05"), ("2026/3/5", "2026-03-05"), ("2026.3.5", "2026-03-05"), ("20260305", "2026-03-05"),
    ("2026年3月5日", "2026-03-05"), ("二〇二六年三月五日", "2026-03-05"), ("３月５号", "2026-03-05"),
    ("三月五号", "2026-03-05"), ("12月1日", "2025-12-01"), ("5号", "2026-03-05"), ("20号", "2026-02-20"),
    ("昨天", "2026-03-17"), ("大前天", "2026-03-15"), ("上周五", "2026-03-13"), ("上个月5号", "2026-02-05"),
    ("3.5号", "2026-03-05"), ("11.5号", "2025-11-05"), ("3.5", "2026-03-05"), ("孩子3.5号生的", "2026-03-05"),
    ("三月十八", "2026-03-18"), ("上个月十八", "2026-02-18"), ("二〇二六年三月五", "2026-03-05"),
    ("昨儿个", "2026-03-17"),
    ("2026年3月5日星期四", "2026-03-05"), ("3月5号（周四）", "2026-03-05"), ("刚才", "2026-03-18"),
    ("贰零贰陆年叁月伍日", "2026-03-05"), ("这月5号", "2026-03-05"), ("去年的今天", "2025-03-18"),
    ("周五", "2026-03-13"), ("这周五", "2026-03-20"), ("去年元旦", "2025-01-01"),
    ("去年国庆节当天", "2025-10-01"), ("2026年3月5日（3月5号）", "2026-03-05"),
    ("三天前", "2026-03-15"), ("两周前", "2026-03-04"), ("去年12月3号", "2025-12-03"), ("64年3月8日", "1964-03-08"),
    ("2026-03-05T00:30:00+08:00", "2026-03-05"), ("2026-03-04T20:00:00Z", "2026-03-05"),
])
def test_days(raw, day):
    assert value("date", raw) == day


@pytest.mark.parametrize(("raw", "moment"), [
    ("2026年3月5日下午三点", "2026-03-05T15:00"), ("昨天晚上8点20", "2026-03-17T20:20"),
    ("3月5号凌晨两点半", "2026-03-05T02:30"), ("2026-03-05 15:00:00", "2026-03-05T15:00"),
    ("3月5日15时30分", "2026-03-05T15:30"), ("三月五号下午3点一刻", "2026-03-05T15:15"),
    ("今天早上7:05", "2026-03-18T07:05"), ("2026-03-05T07:00:00Z", "2026-03-05T15:00"),
    ("3月5日中午1点", "2026-03-05T13:00"), ("昨天八点二十", "2026-03-17T08:20"),
    ("三月五号早上八点二十五", "2026-03-05T08:25"), ("昨天8点零5分", "2026-03-17T08:05"),
    ("昨天 8 点 20 分", "2026-03-17T08:20"), ("昨夜十一点", "2026-03-17T23:00"),
    ("昨天8点过5分", "2026-03-17T08:05"), ("昨天半夜一点", "2026-03-17T01:00"), ("昨天夜里两点", "2026-03-17T02:00"),
    ("3月5号零点", "2026-03-05T00:00"), ("3月5号24点", "2026-03-06T00:00"), ("3/5 8:20", "2026-03-05T08:20"),
    ("孩子是2026-03-05T08:20生的", "2026-03-05T08:20"), ("8点20，3月5号", "2026-03-05T08:20"),
    ("3.5号早上8点20", "2026-03-05T08:20"), ("昨天差5分9点", "2026-03-17T08:55"), ("昨晚十一点半", "2026-03-17T23:30"),
])
def test_moments(raw, moment):
    assert value("datetime", raw) == moment


@pytest.mark.parametrize(("kind", "raw", "why"), [
    ("date", "2月30日", "date"), ("date", "不知道", "date"), ("date", "农历三月初五", "date_lunar"),
    ("datetime", "昨天", "time_missing"), ("datetime", "下午三点", "datetime"), ("month", "很久以前", "month"),
    ("date", "上个月初八", "date_lunar"), ("date", "腊月二十三", "date_lunar"), ("date", "58岁", "date_age"),
    ("date", "63年的", "date_part"), ("date", "1963年3月", "date_part"),
    ("date", "正月十五", "date_lunar"), ("date", "孩子是八月十五生的", "date_lunar"), ("date", "除夕", "date_lunar"),
    ("date", "去年国庆", "date_part"), ("date", "今年五一", "date_part"), ("date", "上个月底", "date_part"),
    ("date", "2024年底", "date_part"), ("date", "我今天再看看", "date"), ("date", "今天没空", "date"),
    ("date", "刚才说过了", "date"), ("date", "我想改刚才的", "date"), ("date", "不早了明天吧", "date"),
    ("date", "3到5号", "date"), ("date", "3月5号（周五）", "date"),
    ("date", "3月5号和6号", "date"), ("date", "不是3月5号", "date"),
    ("datetime", "昨天八点多", "datetime"), ("datetime", "昨天八点五", "datetime"),
    ("datetime", "昨天四五点", "datetime"),
    ("datetime", "昨天晚上五点", "datetime"), ("datetime", "昨天8点到9点", "datetime"),
    ("datetime", "昨夜两点", "datetime_night"), ("datetime", "昨晚凌晨一点", "datetime_night"),
    ("datetime", "昨晚十二点半", "datetime_night"), ("datetime", "3月5日晚上12点", "datetime_night"),
    ("datetime", "昨天晚上一点", "datetime_night"), ("datetime", "昨天下午", "time_missing"),
    ("month", "5号", "month"), ("month", "3月我没空", "month"),
    ("date", "2026-13-01", "date"), ("datetime", "2026-03-05 25:00", "datetime"),
])
def test_days_that_are_none(kind, raw, why):
    assert reason(kind, raw) == why


@pytest.mark.parametrize(("raw", "month"), [
    ("2026年3月", "2026-03"), ("1964-03", "1964-03"), ("196403", "1964-03"), ("今年5月", "2026-05"),
    ("明年三月份", "2027-03"), ("下个月", "2026-04"), ("2026-03-05", "2026-03"),
])
def test_months(raw, month):
    assert value("month", raw) == month


@pytest.mark.parametrize(("raw", "number"), [
    ("3200", 3200), ("六斤八两", 3400), ("6斤8", 3400), ("3.2公斤", 3200), ("三千二百克", 3200), ("大约3千2", 3200),
    (3200, 3200),
])
def test_weights_in_grams(raw, number):
    assert value("number", raw, unit="克") == number


def test_other_numbers():
    assert value("number", "一百二十平", unit="平方米") == 120
    assert value("number", "半米", unit="厘米") == 50
    assert value("money", "10万") == 100000
    assert value("money", "三块五") == 3.5
    assert value("money", "三十万", unit="万元") == 30
    assert value("money", "30", unit="万元") == 30
    assert value("number", "80多平", unit="平方米") == 80
    assert value("number", "三十来个座", unit="个") == 30
    assert value("money", "￥1,234.50元") == 1234.5
    assert value("number", "两") == 2
    assert value("money", "壹佰贰拾万元整") == 1_200_000
    assert value("money", "1百20万") == 1_200_000
    assert value("money", "120w") == 1_200_000
    assert value("money", "一亿两千万元", unit="万元") == 12_000
    assert value("money", "每月5000元", unit="元/月") == 5000
    for words in ("一百多万", "不到100万", "100万出头", "五千到八千", "3~5万", "两三百万", "几千块"):
        assert reason("money", words) == "number_rough"
    assert reason("number", "5到6个", unit="个") == "number_rough"
    for words in ("首付30万", "每平两万三", "没有", "100 200 300"):
        assert reason("money", words) == "number"
    for words in ("过两天再说", "哪一天", "两天"):
        assert reason("number", words, unit="个") == "number"
    assert reason("number", "很多") == "number"
    assert reason("number", "300", at_least=400, unit="克") == "at_least"
    assert reason("number", "9000", at_most=7000, unit="克") == "at_most"


@pytest.mark.parametrize("raw", ["11010519491231002X", "11010519491231002x", "１１０１０５１９４９１２３１００２ｘ",
                                 "110105 1949 1231 002x", "810000199001010027"])
def test_id_numbers_however_typed(raw):
    assert value("id_number", raw) in ("11010519491231002X", "810000199001010027")


@pytest.mark.parametrize(("raw", "why"), [
    ("110105194912310021", "id_check"), ("11010520230230001X", "id_date"),
    ("1101051949123100", "id_length"), ("ABCDEFGHIJKLMNOPQR", "id_number"),
    ("990105194912310021", "id_region"),
])
def test_id_numbers_that_are_none(raw, why):
    assert reason("id_number", raw) == why


def test_phones():
    assert value("phone", "+86 138-0000-1234") == "13800001234"
    assert value("phone", "１３８００００１２３４") == "13800001234"
    assert {reason("phone", "12800138000"), reason("phone", "1380013800"), reason("phone", "打我电话")} == {"phone"}


def test_names_keep_rare_characters_and_one_kind_of_dot():
    assert value("name", " 李 晓兰 ") == "李晓兰"
    assert value("name", "阿卜杜拉•买买提") == "阿卜杜拉·买买提"
    assert value("name", "王𬱖") == "王𬱖"
    assert value("name", "䶮〇") == "䶮〇"
    assert value("name", "Zhang  San") == "Zhang San"
    for bad in ("李", "李1", "<b>李乐</b>", "李😀", "'; DROP TABLE", "·李乐"):
        assert reason("name", bad) == "name"


def test_company_codes_accounts_and_certificates():
    assert value("uscc", "91350100m000100y43") == "91350100M000100Y43"
    assert reason("uscc", "91350100M000100Y44") == "uscc_check"
    assert reason("uscc", "91350100M") == "uscc"
    assert value("bank_account", "6222 0212 3456 7890 128") == "6222021234567890128"
    assert value("bank_account", "6222021234567890129") == "6222021234567890129"  # Luhn is only a warning, by a rule
    assert reason("bank_account", "6222") == "bank_account"
    assert value("certificate_number", "x330101001") == "X330101001"
    assert value("certificate_number", "赣（2018）新余市不动产权第0039764号") == "赣（2018）新余市不动产权第0039764号"
    assert reason("certificate_number", "没有") == "certificate_number"


def test_choices_by_value_label_and_other_words():
    assert [value("choice", raw, options=SEX) for raw in ("2", "女", "闺女", "女孩。")] == ["2", "2", "2", "2"]
    assert value("choices", "男和女孩", options=SEX) == ["1", "2"]
    assert value("choices", ["2", "1"], options=SEX) == ["1", "2"]
    assert reason("choice", "不知道", options=SEX) == "choice"
    assert reason("choices", ["2", {"a": 1}], options=SEX) == "not_text"


def test_yes_and_no():
    assert [value("bool", raw) for raw in (True, "是的", "有", "yes")] == ["yes"] * 4
    assert [value("bool", raw) for raw in (False, "没有", "不是", "no")] == ["no"] * 4
    assert reason("bool", "也许") == "bool"


def test_places():
    assert value("region", "330106") == "330106"
    assert value("region", "浙江省杭州市西湖区") == "330106"
    assert value("region", "安徽宿州埇桥区") == "341302"
    assert value("region", "杭州") == "330100"
    assert value("region", "330106009012") == "330106"
    assert reason("region", "西湖区") == "region"  # Nanchang has one too
    assert reason("region", "999999") == "region"
    assert value("address", "杭州市西湖区 文三路1号") == "杭州市西湖区文三路1号"
    assert reason("address", "abc") == "address"
    for day in ("2029年底", "2029年12月31日", "12月31号"):
        assert reason("address", day) == "address"


def test_text_is_taken_as_text():
    assert value("text", "<script>alert(1)</script>") == "<script>alert(1)</script>"
    assert value("text", "一\x00二\u202e三\t四") == "一二三四"
    assert value("long_text", "一行\n\n\n\n二行") == "一行\n\n二行"
    assert reason("text", "长" * 201) == "too_long"
    assert reason("text", "长" * 10000) == "too_long"
    assert reason("text", "   ") == "required"
    assert reason("text", None) == "required"
    assert reason("text", {"a": 1}) == "not_text"
    assert reason("text", ["a"]) == "not_text"
    assert reason("text", "B1", pattern="[A-Z][0-9]{9}", pattern_says="1个字母加9位数字") == "pattern"


FLOORS = [Option(value="basement", label="地下室"), Option(value="first", label="一楼（临街）"),
          Option(value="both_sides", label="水和电"), Option(value="roof", label="楼顶、露台", aliases=["天台"])]


@pytest.mark.parametrize(("typed", "meant"), [
    ("地下室、一楼", ["basement", "first"]), ("一楼和地下室", ["basement", "first"]),
    ("地下室 天台", ["basement", "roof"]), ("地下室", ["basement"]), ("我家是地下室", ["basement"]),
    ("我家是 地下室", ["basement"]), ("水和电", ["both_sides"]), ("楼顶、露台", ["roof"]), ("楼顶、露", ["roof"]),
    ("地下室，水和电", ["basement", "both_sides"]),
])
def test_every_answer_listed_counts(typed, meant):
    assert pick_many(typed, FLOORS) == meant


@pytest.mark.parametrize("typed", ["地下室、三楼", "地下室和车棚"])
def test_an_answer_listed_is_not_lost_because_another_was_understood(typed):
    with pytest.raises(Wrong):
        pick_many(typed, FLOORS)
