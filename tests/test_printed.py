"""The number in a source's words is the number in the file."""

from fractions import Fraction

import pytest

from lusong_analysis.facts.printed import prints, ratio


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("服饰产业技工贸收入超过808亿元", "808", "亿元"),
        ("为企业融资15.6亿元", "15.6", "亿元"),
        ("规划展览面积1.5万平方米", "15000", "平方米"),
        ("市场主体已达4.2万余家", "42000", "家"),
        ("从业人员20多万人", "20", "万人"),
        ("市场商品成交额突破60亿大关", "60", "亿元"),
        ("千亿服饰产业", "1000", "亿元"),
        ("连续举办四届", "4", "届"),
        ("推进“六个一批”", "6", "批"),
        ("二十五条举措", "25", "条"),
        ("一百零五家企业", "105", "家"),
        ("市场占有率分别达90%、70%", "70", "%"),
        ("三次产业结构调整为1.5:43:55.5", "43", "%"),
        ("三次产业结构调整为1.5：43：55.5", "55.5", "%"),
        ("工业346.4、批发零售514.5亿元", "346.4", "亿元"),
        ("投资3-8亿元", "3", "亿元"),
        ("同比下降23.72%", "-23.72", "%"),
        ("接待游客12,345人", "12345", "人"),
        ("從業人員超過20萬人", "20", "万人"),
        ("８０８亿元", "808", "亿元"),
        ("在2016,2017两年", "2017", "年"),
        ("从2017年的1.34/0.31亿元", "1.34", "亿元"),
        ("150億元を超え", "150", "亿元"),
        ("exceeds six billion yuan", "60", "亿元"),
        ("more than 30 billion yuan", "300", "亿元"),
        ("2.28 trillion yuan", "22800", "亿元"),
        ("Over 100 thousand parcels", "100000", "件"),
        ("HHI greater than 1,800", "1800", "点"),
        ("Seven of the provinces", "7", "个"),
        ("values from zero to one", "0", "1"),
    ],
)
def test_a_printed_number_is_found(words, value, unit):
    """Digits, numerals of both languages, other scales, lists, ranges and ratios: the value stands in the words."""
    assert prints(words, value, unit)


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("服饰产业技工贸收入超过808亿元", "880", "亿元"),
        ("服饰产业技工贸收入超过808亿元", "808", "万元"),
        ("服饰产业技工贸收入超过808亿元", "80.8", "亿元"),
        ("为企业融资15.6亿元", "15.60", "亿元"),
        ("为企业融资15.60亿元", "15.6", "亿元"),
        ("规划展览面积1.5万平方米", "1500", "平方米"),
        ("连续举办四届", "5", "届"),
        ("一批成长快、科技含量高的企业", "4", "家"),
        ("千亿服饰产业", "100", "亿元"),
        ("more than 30 billion yuan", "30", "亿元"),
        ("more than 30 billion yuan", "30", "个"),
        ("six billion yuan", "6", "个"),
        ("six billionths", "60", "亿元"),
        ("someone often", "10", "个"),
    ],
)
def test_a_number_copied_wrongly_is_not(words, value, unit):
    """Swapped digits, another unit, a digit more or less than printed, or no number at all."""
    assert not prints(words, value, unit)


def test_a_ratio_gives_its_terms():
    """1.5:43:55.5 is three shares, whichever colon the source prints; a time of day is none."""
    assert [Fraction("1.5"), Fraction(43), Fraction("55.5")] == ratio("调整为1.5：43:55.5")
    assert [] == ratio("上午10:30开幕")
