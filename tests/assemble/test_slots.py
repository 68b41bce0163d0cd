import pytest

import orderparse

HEAD = "From: Shop <info@shop.example>\nSubject: Confirmation of your order\nDate: Tue, 10 Mar 2026 12:00:00 +0000\n\nThank you for your order.\n\n"


def estimates(body):
    reading = orderparse.parse((HEAD + body).encode())
    return [day.value.isoformat() for day in reading.dates if day.role == "delivery_estimate" and day.confidence >= 0.5]


@pytest.mark.parametrize(
    "body",
    [
        "Your delivery is booked for:\nFriday 13 March\n6:00pm - 7:00pm\n",
        "Delivery 2 of 2 - Two-person delivery\nFriday 13 March, 7am-2pm\n",
        "Your delivery\nFriday 13 March\n17:00-22:00\n",
    ],
)
def test_a_day_with_hours_below_a_word_for_delivery_is_when_goods_come(body):
    assert estimates(body) == ["2026-03-13"]


@pytest.mark.parametrize(
    "body",
    [
        "Your table is booked for:\nFriday 13 March\n6:00pm - 7:00pm\n",  # nothing is delivered
        "Two-person delivery\nWe are closed on\nany day but\nFriday 13 March\n",
        "Your delivery\nFriday 13 February\n17:00-22:00\n",  # has been
    ],
)
def test_other_days_are_not(body):
    assert estimates(body) == []
