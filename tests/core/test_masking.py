import pytest

from core.masking import mask_address, mask_name, mask_numbers, mask_text, mask_value


@pytest.mark.parametrize(
    ("name", "masked"), [("张", "*"), ("张三", "张*"), ("张小三", "张*三"), ("欧阳小三", "欧**三")]
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_free_text_loses_what_names_a_person() -> None:
    said = mask_text(
        "我的身份证33010619900101123X，电话+86 138-0000-1234，卡6222 0200 0000 0000 000，住文三路90号3幢201室"
    )
    for secret in ("33010619900101123X", "0000-1234", "6222", "201"):
        assert secret not in said
    assert "文三路" in said


def test_numbers_are_said_back_masked_and_the_rest_as_it_was() -> None:
    rest = "文三路90号，2026年3月5日，91330106MA00000000"
    said = mask_numbers(f"13800000197，330106199307120316，6222020000001234，{rest}")
    assert said == f"138****0197，330***********0316，************1234，{rest}"


def test_an_address_keeps_its_street() -> None:
    assert mask_address("杭州市西湖区文三路90号3幢") == "杭州市西湖区文三路****"


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        ("phone", "13800001234", "138****1234"),
        ("bank_account", "6222020000001234", "************1234"),
        ("choice", "父", "父"),
    ],
)
def test_values_by_type(kind: str, value: str, masked: str) -> None:
    assert mask_value(kind, value) == masked


def test_a_day_is_no_door():
    assert mask_text("孩子3月15号在市一院生的，住文三路15号3幢") == "孩子3月15号在市一院生的，住文三路****"
