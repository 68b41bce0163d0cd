import orderparse

HEAD = "From: Lamps <info@lampshop.se>\nSubject: Hello\nDate: Mon, 09 Mar 2026 10:00:00 +0100\n\n"


def read(body, head=HEAD):
    return orderparse.parse((head + body).encode())


def likely(findings):
    return [finding for finding in findings if finding.confidence >= 0.5]


def test_each_parcel_and_day_belongs_to_the_order_above_it():
    reading = read(
        "Order number: 48213\nTracking number: RB123456785SE\nEstimated delivery: 2026-03-12\n\n"
        "Order number: 48299\nTracking number: RR212260839SE\nEstimated delivery: 2026-03-14\n"
    )
    grouped = [
        (order.order_number.value, [t.value for t in order.tracking_numbers], [d.value.day for d in order.dates])
        for order in reading.orders
    ]
    assert grouped == [("48213", ["RB123456785SE"], [12]), ("48299", ["RR212260839SE"], [14])]


def test_two_parcels_of_one_order_are_both_its_own():
    (order,) = read("Order number: 48213\nTracking numbers: RB123456785SE, RR212260839SE\n").orders
    assert [tracking.value for tracking in order.tracking_numbers] == ["RB123456785SE", "RR212260839SE"]


def test_a_parcel_named_before_all_orders_is_of_each():
    reading = read("Tracking number: RB123456785SE\nOrder number: 48213\nOrder number: 48299\n")
    assert [[t.value for t in order.tracking_numbers] for order in reading.orders] == [["RB123456785SE"], ["RB123456785SE"]]


def test_a_shipment_number_is_the_tracking_number_where_a_carrier_names_no_other():
    alone = read("PostNord\nConsignment number: 81009912615\n")
    assert [tracking.value for tracking in likely(alone.tracking_numbers)] == ["81009912615"]
    beside = read("PostNord\nConsignment number: 81009912615\nTracking number: RB123456785SE\n")
    assert [tracking.value for tracking in likely(beside.tracking_numbers)] == ["RB123456785SE"]
    assert ("81009912615", "shipment_number") in [(found.value, found.role.value) for found in beside.identifiers]


def test_a_tracking_number_has_carrier_check_digit_and_page():
    (tracking,) = read("Tracking number: 1Z999AA10123456784\n").tracking_numbers
    assert (tracking.carrier, tracking.check_digit) == ("UPS", True)
    assert tracking.url is not None
    assert tracking.value in tracking.url


def test_an_ambiguous_day_keeps_both_readings_with_their_shares():
    reading = orderparse.parse(b"From: A <a@shop.example>\nSubject: Hello\n\nOrder date: 05/06/2026\n")
    days = {day.value.isoformat(): day.confidence for day in reading.dates if day.role == "order"}
    assert set(days) == {"2026-05-06", "2026-06-05"}
    assert sum(days.values()) <= 1


def test_a_day_that_stands_elsewhere_without_doubt_settles_an_ambiguous_one():
    reading = orderparse.parse(b"From: A <a@shop.example>\nSubject: Hello\n\nOrder date: 05/06/2026\nInvoice date: 5 June 2026\n")
    assert [day.value.isoformat() for day in reading.dates if day.role == "order"] == ["2026-06-05"]


def test_an_order_date_after_the_mail_is_not_believed():
    assert not [day for day in likely(read("Order date: 2026-04-20\n").dates) if day.role == "order"]


def test_an_old_estimate_does_not_win_over_the_new_one():
    reading = read("Previously expected: March 10, 2026\nNow expected: March 12, 2026\n")
    assert [day.value.day for day in likely(reading.dates) if day.role == "delivery_estimate"] == [12]


def test_one_order_has_one_total():
    reading = read("Total: 90.00 USD\nShipping: 10.00 USD\nGrand total: 100.00 USD\n")
    assert [str(amount.value.value) for amount in likely(reading.amounts) if amount.role == "total"] == ["100.00"]


def test_a_crown_is_that_of_the_senders_country():
    assert likely(read("Totalt: 100,00 kr\n").amounts)[0].value.currency == "SEK"
    danish = read("Total: 100,00 kr\n", head=HEAD.replace("lampshop.se", "lampshop.dk"))
    assert likely(danish.amounts)[0].value.currency == "DKK"


def test_items_are_read_from_a_table_with_headings():
    html = (
        "From: Lamps <info@lampshop.se>\nSubject: Order\nContent-Type: text/html\n\n<table><tr><th>Item</th><th>Quantity</th><th>Price</th></tr>"
        "<tr><td>Desk lamp</td><td>2</td><td>49.50 USD</td></tr></table>"
    )
    (item,) = orderparse.parse(html.encode()).items
    assert (item.name, item.quantity, str(item.price.value), item.price.currency) == ("Desk lamp", 2, "49.50", "USD")


def test_a_pickup_has_its_place_code_and_last_day():
    reading = read("Ditt paket finns att hämta.\nHämtkod: 481926\nHämta senast: 2026-03-20\n")
    assert reading.pickup is not None
    assert (reading.pickup.code, reading.pickup.until.isoformat()) == ("481926", "2026-03-20")


def test_nothing_below_a_twentieth_is_listed():
    reading = read("Order number: 48213\nArticle 55501, ref 99120, call 08-123 456 78\n")
    for finding in (*reading.order_numbers, *reading.tracking_numbers, *reading.dates, *reading.amounts, *reading.identifiers):
        assert finding.confidence >= 0.05
