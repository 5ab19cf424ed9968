import pytest

from nlu.entities import find_entities


def found(text: str) -> dict[str, str]:
    return {one.kind: one.value for one in find_entities(text)}


def test_several_values_in_one_message() -> None:
    assert found("孩子3月5号在市一院生的，跟我姓，叫陈小满") == {
        "kin": "孩子", "date": "3月5号", "hospital": "市一院", "surname": "我", "name": "陈小满",
    }


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("名字写错了，应该是陈小满", "name", "陈小满"),
        ("叫欧阳若水吧", "name", "欧阳若水"),
        ("我的号码是13800001234", "phone", "13800001234"),
        ("证件号３３０１０６１９９００１０１１２３Ｘ", "id_number", "33010619900101123X"),
        ("随妈妈", "relation", "妈妈"),
        ("二零二六年三月五日出生", "date", "二零二六年三月五日"),
        ("昨天刚生", "date", "昨天"),
        ("店面120平米", "number", "120平米"),
        ("店面一百二十平", "number", "一百二十平"),
        ("电话是一三八零零零零零一零二", "phone", "13800000102"),
        ("就是那个1380000零幺零2", "phone", "13800000102"),
        ("叫陈小满跟妈妈", "name", "陈小满"),
        ("一共花了8000元", "money", "8000元"),
        ("寄到西湖区文三路90号3幢201室", "place", "西湖区文三路90号3幢201室"),
    ],
)
def test_kinds(text: str, kind: str, value: str) -> None:
    assert found(text)[kind] == value


def test_two_names_said_in_one_breath() -> None:
    said = "哥哥叫王小安妹妹叫王小宁"
    assert [one.value for one in find_entities(said) if one.kind == "name"] == ["王小安", "王小宁"]


@pytest.mark.parametrize("text", ["叫什么名字好呢", "你叫什么", "孩子叫啥都行", "", "😀😀", "为什么要名字"])
def test_a_question_is_not_a_name(text: str) -> None:
    assert "name" not in found(text)


@pytest.mark.parametrize("text", [
    "卡号6222 0212 3456 7890 123", "6222-0212-3456-7890", "账号 1202 0212 0990 0123 456", "622202 1234567890123",
    "社会信用代码91330106MA27XK8L0Q", "护照E12345678",
])
def test_a_part_of_an_account_or_a_code_is_no_phone(text: str) -> None:
    assert not {"phone", "id_number"} & set(found(text))


@pytest.mark.parametrize("text", [
    "13800001234 310000", "卡号6222021234567890123，电话13800001234", "110101199001011234 13800001234",
])
def test_a_phone_beside_another_number_is_one(text: str) -> None:
    assert found(text)["phone"] == "13800001234"


def test_a_phone_inside_a_longer_number_is_none() -> None:
    assert "phone" not in found("9913800001234567")


@pytest.mark.parametrize("text", ["万亿" * 500, "一百" * 500, "9" * 1000, "8点" * 500, "昨天" * 500, "3月" * 500])
def test_the_same_over_and_over_is_looked_through_all_the_same(text: str) -> None:
    assert all(one.text == text[one.start:one.end] for one in find_entities(text))
