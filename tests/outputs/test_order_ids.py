from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orderparse.outputs import identity
from orderparse.outputs.order_ids import Known, matched
from orderparse.records import Finding, Merchant, Order

small = st.none() | st.sampled_from(["1", "2", "3"])


def order(number: str | None, merchant: str | None, messages: list[str], others: tuple[str, ...] = ()) -> Order:
    return Order(
        order_number=Finding(value=number, confidence=0.9) if number is not None else None,
        other_order_numbers=tuple(Finding(value=other, confidence=0.9) for other in others),
        merchant=Merchant(value=merchant, confidence=0.9) if merchant is not None else None,
        confidence=0.9,
        messages=tuple(messages),
    )


def known(name: str, one: Order) -> Known:
    return Known(
        name,
        one.merchant.value if one.merchant is not None else None,
        one.order_number.value if one.order_number is not None else None,
        one.messages,
    )


orders = st.lists(st.builds(order, small, small, st.lists(st.sampled_from("abcd"), unique=True, max_size=3)), max_size=5)


@given(orders, orders)
def test_no_two_orders_have_one_id(before: list[Order], after: list[Order]) -> None:
    ids = matched(before, [])
    assert len(set(ids)) == len(before)
    assert len(set(matched(after, map(known, ids, before)))) == len(after)


@given(st.lists(st.builds(order, st.text("123", min_size=1), small, st.just(["a"])), unique_by=identity.of_order))
def test_the_same_orders_have_the_same_ids_in_any_order(before: list[Order]) -> None:
    ids = dict(zip(map(identity.of_order, before), matched(before, []), strict=True))
    after = before[::-1]
    kept = [known(ids[identity.of_order(one)], one) for one in before]
    assert matched(after, kept) == [ids[identity.of_order(one)] for one in after]


def test_an_order_with_another_number_is_another_order() -> None:
    before = order("1", "Shop", ["a"])
    assert matched([order("2", "Shop", ["a"])], [known("old", before)]) != ["old"]
    assert matched([order("2", "Shop", ["a"], others=("1",))], [known("old", before)]) == ["old"]


def test_what_shares_most_mails_is_the_same() -> None:
    new = order(None, "Shop", ["a", "b", "c"])
    assert matched([new], [known("x", order(None, None, ["a"])), known("y", order(None, None, ["b", "c"]))]) == ["y"]


def test_the_name_of_an_order_needs_no_store() -> None:
    assert matched([order("1", "Shop", ["a"])], []) == [identity.of_order(order("1", "SHOP", ["b"]))]
