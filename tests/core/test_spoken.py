"""Numbers, times of day and days, however they are said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.spoken.clocks import clocks
from core.spoken.days import days
from core.spoken.filler import residue, trimmed
from core.spoken.numerals import number

TODAY = date(2026, 3, 18)
ONES = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def small(value: int) -> str:
    """A number below a hundred in numerals."""
    tens, ones = divmod(value, 10)
    return (ONES[tens] if tens > 1 else "") + ("十" if tens else "") + (ONES[ones] if ones or not tens else "")


def said(value: int) -> str:
    """A whole number below 100 million in numerals, as it is written out."""
    if value < 20:
        return small(value)
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        return said(high) + "万" + ("" if not low else ("零" if low < 1000 else "") + said_inside(low))
    return said_inside(value)


def said_inside(value: int) -> str:
    words, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            words += ("零" if gap and words else "") + ONES[digit] + unit
            gap = False
        else:
            gap = True
    return words


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 99_999_999))
def test_a_number_written_out_is_read_back(value: int) -> None:
    assert number(said(value)) == value
    assert number(said(value).translate(FORMAL)) == value
    assert number(f"{value:,}") == value
    assert number(str(value)) == value


@pytest.mark.parametrize(("words", "value"), [
    ("两万三", 23_000), ("1百20万", 1_200_000), ("壹佰贰拾万", 1_200_000), ("120万5", 1_205_000), ("八十九点五", 89.5),
    ("一点二万", 12_000), ("廿三", 23), ("二〇二六", 2026), ("两万半", 25_000), ("六半", 6.5), ("1,234.5", 1234.5),
    ("两三百", None), ("两三万", None), ("两三", None), ("1万05", None), ("百", None), ("2三", None), ("", None),
    ("一百多万", None), ("几百", None), ("万亿" * 500, None), ("9" * 400, None), ("一" * 1000, None),
])
def test_numbers_said_otherwise(words: str, value: float | None) -> None:
    assert number(words) == value


def time_of(text: str) -> str:
    found = list(clocks(text))
    return found[0].text if len(found) == 1 else ""


HOURS = [("", range(24)), ("凌晨", range(6)), ("早上", range(5, 12)), ("上午", range(7, 13)), ("中午", range(11, 14)),
         ("下午", range(12, 19)), ("傍晚", range(16, 20)), ("晚上", range(18, 24)), ("夜里", range(1, 6)),
         ("半夜", range(1, 6))]


def faces(hour: int, part: str) -> list[str]:
    """An hour as it is said with a part of the day."""
    face = hour - 12 if part and hour > 12 else hour
    return [str(face), small(face).replace("零", "零"), *(["两"] if face == 2 else [])]


def minutes(minute: int) -> list[str]:
    """What may be said for a number of minutes."""
    if minute == 0:
        return ["点", "点整", "点钟"]
    ways = [f"点{minute}分", f"点{small(minute)}分"]
    ways += [f"点零{minute}", f"点零{small(minute)}分", f"点过{minute}分"] if minute < 10 else [
        f"点{minute}", f"点{small(minute)}", f"点过{small(minute)}分"]
    return ways + {15: ["点一刻", "点1刻"], 30: ["点半"], 45: ["点三刻"]}.get(minute, [])


@pytest.mark.parametrize(("part", "hours"), HOURS, ids=[part or "none" for part, _ in HOURS])
def test_every_time_of_day_is_read_back_however_it_is_said(part: str, hours: range) -> None:
    wrong = [
        f"{part}{face}{rest}" for hour in hours for minute in (*range(0, 60, 7), 5, 15, 20, 25, 30, 45, 59)
        for face in faces(hour, part) for rest in minutes(minute)
        if time_of(f"{part}{face}{rest}") != f"{hour:02d}:{minute:02d}"
    ]
    assert wrong == []


@pytest.mark.parametrize(("words", "time"), [
    ("差五分八点", "07:55"), ("九点差一刻", "08:45"), ("差一刻九点", "08:45"), ("零点", "00:00"), ("24点", "00:00"),
    ("凌晨12点半", "00:30"), ("中午12点", "12:00"), ("正午", "12:00"), ("15时20分", "15:20"), ("08:20:33", "08:20"),
    ("下午15点", "15:00"), ("8點20分", "08:20"),
])
def test_times_said_otherwise(words: str, time: str) -> None:
    assert time_of(words) == time


@pytest.mark.parametrize("words", [
    "八点多", "八点五", "8点8", "八点二十几", "25点", "24点5分", "8:60", "早上15点", "晚上五点", "三点二十五六分",
    "8点到9点", "八小时", "九点差五", "四五点",
])
def test_what_is_no_time_of_day_is_never_cut_to_one(words: str) -> None:
    assert time_of(words) == ""


@pytest.mark.parametrize(("words", "unclear"), [
    ("晚上十二点半", True), ("半夜12点", True), ("晚上一点", True), ("半夜一点", False), ("凌晨一点", False),
    ("晚上八点", False), ("0点5分", False),
])
def test_past_midnight_of_an_evening_may_be_either_day(words: str, unclear: bool) -> None:
    assert [one.small_hours for one in clocks(words)] == [unclear]


YEAR_OF = {2026: ["2026年", "26年", "二〇二六年", "二零二六年", "今年"], 2025: ["2025年", "25年", "去年"],
           1998: ["98年", "九八年"]}


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1998, 1, 1), date(2026, 12, 31)), st.data())
def test_a_day_is_read_back_however_it_is_said(day: date, data: st.DataObject) -> None:
    year = data.draw(st.sampled_from(YEAR_OF.get(day.year, [f"{day.year}年"])))
    month = data.draw(st.sampled_from([str(day.month), f"{day.month:02d}", small(day.month)]))
    number_ = data.draw(st.sampled_from([str(day.day), small(day.day)]))
    words = data.draw(st.sampled_from([
        f"{year}{month}月{number_}号", f"{year}{month}月{number_}日", day.isoformat(), f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}",
    ]))
    around = data.draw(st.sampled_from(["{}", "孩子{}生的", "，{}早上八点二十", "是{}，在家"]))
    text = around.format(words)
    assert [(one.means(TODAY).date, text[one.start:one.end]) for one in days(text)] == [(day, words)]


@pytest.mark.parametrize("words", [
    "我叫李国庆", "我之前儿子上学", "五一路1号", "3、5号", "3到5号", "今年初三", "今年中考", "每个星期三", "住5号楼",
    "一周五天", "三十一年", "文三路90号", "八小时", "第5号",
])
def test_what_only_looks_like_a_day(words: str) -> None:
    assert list(days(words)) == []


@pytest.mark.parametrize(("words", "part"), [("昨晚八点", "晚"), ("今早六点", "早"), ("昨天晚上", ""), ("昨天", "")])
def test_a_part_of_the_day_within_the_word_for_it(words: str, part: str) -> None:
    assert [one.part for one in days(words)] == [part]


@pytest.mark.parametrize(("text", "title", "left"), [
    ("孩子是生的", "", ""), ("今天没空", "", "今天没空"), ("签的合同", "合同签订日期", ""), ("没签", "签订日期", "没"),
    ("，就是那天", "", ""),
])
def test_what_is_left_without_filler(text: str, title: str, left: str) -> None:
    assert residue(text, title) == left


def test_filler_is_cut_only_at_the_ends() -> None:
    assert trimmed("就是3.5的，生的") == "3.5"
    assert trimmed("3的5") == "3的5"
