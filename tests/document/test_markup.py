from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.document import markup


def leaves(*texts):
    defects = {}
    return [(leaf.path, leaf.value, leaf.item, leaf.root) for leaf in markup.json_ld(list(texts), defects)], set(defects)


PARCEL = {
    "@context": "http://schema.org",
    "@type": "ParcelDelivery",
    "trackingNumber": "RB123456785SE",
    "partOfOrder": {"@type": "Order", "orderNumber": "4821", "orderStatus": "http://schema.org/OrderInTransit"},
    "carrier": {"@type": ["Organization", "Thing"], "name": "A"},
}


def test_properties_have_the_path_of_types_and_names():
    assert leaves(json.dumps(PARCEL)) == (
        [
            (("ParcelDelivery", "trackingNumber"), "RB123456785SE", 0, 0),
            (("ParcelDelivery", "partOfOrder", "Order", "orderNumber"), "4821", 1, 0),
            (("ParcelDelivery", "partOfOrder", "Order", "orderStatus"), "http://schema.org/OrderInTransit", 1, 0),
            (("ParcelDelivery", "carrier", "Organization", "name"), "A", 2, 0),
        ],
        set(),
    )


def test_arrays_graphs_and_several_texts_have_items_of_their_own():
    found, _ = leaves(
        '[{"@type":"A","b":["1","2"]},{"@graph":[{"@type":"schema:C","d":{"@value":"3"}}]}]', '{"@type":"https://schema.org/E","f":true}'
    )
    assert found == [(("A", "b"), "1", 0, 0), (("A", "b"), "2", 0, 0), (("C", "d"), "3", 1, 1), (("E", "f"), "true", 2, 2)]


def test_numbers_stay_as_written():
    found, defects = leaves('{"@type":"A","b":' + "9" * 5_000 + ',"c":1.50,"d":NaN,"e":1e999999}')
    assert [value for _, value, _, _ in found] == ["9" * 5_000, "1.50", "NaN", "1e999999"]
    assert not defects


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"A","b":"1,]",}',
        '{"@type":"A","b":["1,]",],}',
        "{&quot;@type&quot;:&quot;A&quot;,&quot;b&quot;:&quot;1,]&quot;}",
        '<!-- {"@type":"A","b":"1,]"} -->',
        '//<![CDATA[\n{"@type":"A","b":"1,]"}\n//]]>',
        '\ufeff {"@type":"A","b":"1,]"};',
        '{"@type":"A","b":"1,]","c":"  ","d":null,"@id":"x","e":{}}',
    ],
)
def test_what_people_add_to_json_is_left_out(text):
    found, defects = leaves(text)
    assert [(path, value) for path, value, _, _ in found] == [(("A", "b"), "1,]")]
    assert not defects


@pytest.mark.parametrize("text", ["", "{", '{"a":}', "{'a': 1}", "[" * 60 + "]" * 60, "[" * 100_000, '{"a":' * 20_000, '"' * 200_000])
def test_broken_json_is_a_defect(text):
    assert leaves(text) == ([], {"markup_invalid"})


def test_large_and_many_texts_are_cut():
    assert leaves('{"@type":"A","b":"' + "x" * 300_000 + '"}') == ([], {"markup_cut"})
    found, defects = leaves(*['{"@type":"A","b":"1"}'] * 150)
    assert len(found) == markup.BLOCKS
    assert defects == {"markup_cut"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["@type", "@graph", "@value", "@id", "a", "b"]), inner, max_size=3)
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_gives_leaves_with_paths_in_pairs(value):
    found, defects = leaves(json.dumps(value))
    assert not defects
    assert all(len(path) % 2 == 0 and item >= root >= 0 for path, _, item, root in found)


MICRODATA = """
<div itemscope itemtype="http://schema.org/Order">
  <meta itemprop="orderNumber" content="4821">
  <link itemprop="orderStatus" href="http://schema.org/OrderProcessing">
  <div itemprop="seller" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">A <i>Shop</i><style>x</style></b></div>
  <time itemprop="orderDate" datetime="2025-03-03">3 March</time>
  <span itemprop="a b">c</span><span itemprop="d"></span>
</div><div itemscope itemtype="http://schema.org/Thing"><img itemprop="image" src="https://shop.example/i"></div><p itemprop="name">alone</p>
"""


def test_microdata_gives_properties(document):
    made = document(MICRODATA)
    assert [(made.text[entry.span.slice], entry.path, entry.item, entry.root) for entry in made.properties] == [
        ("4821", ("Order", "orderNumber"), 0, 0),
        ("http://schema.org/OrderProcessing", ("Order", "orderStatus"), 0, 0),
        ("A Shop", ("Order", "seller", "Organization", "name"), 1, 0),
        ("2025-03-03", ("Order", "orderDate"), 0, 0),
        ("c", ("Order", "a"), 0, 0),
        ("c", ("Order", "b"), 0, 0),
        ("https://shop.example/i", ("Thing", "image"), 2, 2),
    ]
    assert all(line.source == "markup" for line in made.lines if line.region == "markup")


def test_microdata_and_json_have_different_items(document):
    made = document(MICRODATA + '<script type="application/ld+json">{"@type":"Order","orderNumber":"17"}</script>')
    assert made.properties[-1].item == made.properties[-1].root == 3


def test_values_are_one_clean_short_line(document):
    text = json.dumps({"@type": "A", "b": "x\n\u200b y\ud800 " + "z" * 600})
    made = document(f'<script type="application/ld+json">{text}</script>')
    (entry,) = made.properties
    assert made.text[entry.span.slice].startswith("x y\ufffd z")
    assert entry.span.size == markup.VALUE_LENGTH
