"""Because: the reason for a number in a sentence that a person can read, with the rival that it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orderparse.outputs.terminal import percent
from orderparse.outputs.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.records import Finding

_SAID = 3  # reasons in a sentence
_WORTH = 0.5  # log-odds: what weighs less is not worth a word
# What a reason says, with the words of the mail where "{}" stands; a reason that is not here is told by its name.
_PHRASES = {
    "label": "it stands beside {}",
    "label_near": "it stands near {}",
    "label_above": "it stands under {}",
    "label_below": "{} stands under it",
    "label_after": "{} follows it",
    "column_heading": "it stands in the column {}",
    "goods_column": "it stands in the column {}, of a list of goods",
    "row_heading": "it stands in the row {}",
    "wording": "the mail words it “{}”",
    "noun": "{} stands before it",
    "noun_line": "{} stands before it",
    "noun_number": "{} and a word for number stand before it",
    "noun_above": "it stands under {}",
    "noun_cell": "it stands beside {}",
    "noun_heading": "it stands in a column for {}",
    "noun_column": "it stands alone in a column for {}",
    "noun_section": "it is called the number in a section about {}",
    "carrier_before": "it stands behind the name of {}, whose numbers look so",
    "subject_label": "the subject calls it {}",
    "subject_noun": "the subject names it after {}",
    "subject_noun_number": "the subject names it after {}",
    "subject_hash": "the subject has it behind a #",
    "merchant_subject": "the subject is one that this merchant writes",
    "merchant_link": "a link of the merchant holds it ({})",
    "carrier_link": "a link of the carrier holds it ({})",
    "own_parameter": "a link of the sender holds it ({})",
    "parameter": "a link holds it ({})",
    "path": "it is in a link ({})",
    "own_path": "it is in a link of the sender ({})",
    "path_shown": "it is in a link ({}) and in the text",
    "own_path_shown": "it is in a link of the sender ({}) and in the text",
    "carrier_path": "it is in a link of the carrier ({})",
    "markup": "the mail's markup says so",
    "merchant_shape_grouped": "it has the shape that the merchant's numbers have, and hardly any other",
    "merchant_shape": "it has the shape that the merchant's numbers have",
    "shape_distinctive_checked": "it has a carrier's shape and the right check digit",
    "shape_distinctive": "it has a carrier's shape",
    "shape_known_carrier_checked": "it has the shape of a carrier that the mail names, and the right check digit",
    "shape_known_carrier": "it has the shape of a carrier that the mail names",
    "sign_line": "it stands behind a #",
    "sign_heading": "it stands behind a # in a heading",
    "worded_heading": "it stands behind a few words in a heading",
    "adds_up": "it adds up the sums above it",
    "subject_alone": "it is the one number of the subject, and the mail says it again",
    "topic_label": "{} has a word of the subject in it",
    "topic_label_dated": "{} has a word of the subject in it, as the label of a day or sum has",
    "sole_shape": "no other number of the mail has the shape that the merchant's numbers have",
    "told_apart": "its label has two meanings, of which the other is taken by no other number, or by one that is surely so",
    "topic_word": "the subject has the word {} too, which stands beside it",
    "purpose": "what was paid for is called {} and this number",
    "platform_shape": "the platform of the shop numbers orders so",
    "only_number_to_track": "there is no other number to track by",
    "discussion": "people discuss it in a tracker of issues",
    "another_is_labelled": "the subject alone names it, and the mail labels another number as the order's",
    "beside_parcel": "it stands behind a # in a subject about a parcel, which has a number of its own",
    "carriers_charge": "a carrier that writes of trouble wants duties and a fee, which the order did not cost",
    "sibling_parcel": "it differs in its last characters only from the number of another parcel of the mail",
    "hidden_only": "nobody sees it",
    "link_only": "it stands in a link only",
    "impostor": "the sender is not who it claims to be",
    "doubtful_sender": "the sender may not be who it claims to be",
    "number_of_the_shop": "the shop counts its orders so, and other papers",
    "supplied": "a bill names a day that has passed for the tax",
}


def sentence(role: str, found: Finding[Any]) -> str:
    """Why a number is what it is, and not its likeliest rival.

    >>> from orderparse.records import Finding
    >>> found = Finding(value="1005006123456789", confidence=0.95, reasons=(("label", 8.0), ("path", 2.0), ("bias", -4.0)),
    ...     notes=(("label", "Artikelnummer"), ("path", "item on www.aliexpress.com")), alternatives=(("order_number", 0.03),))
    >>> for part in sentence("product_code", found).split(", because "):
    ...     print(part)
    1005006123456789 is the product code (95%), not the order number (3%)
    it stands beside “Artikelnummer” and it is in a link (item on www.aliexpress.com)
    """
    rival = f", not the {words(found.alternatives[0][0])} ({percent(found.alternatives[0][1])})" if found.alternatives else ""
    told = list(_told(found))[:_SAID]
    because = f", because {' and '.join(told)}" if told else ""
    certain = "is" if found.confidence >= 0.5 else "may be"  # noqa: PLR2004
    return f"{found.value} {certain} the {words(role)} ({percent(found.confidence)}){rival}{because}"


def _told(found: Finding[Any]) -> Iterator[str]:
    notes = dict(found.notes)
    for name, weight in sorted(found.reasons, key=lambda reason: -reason[1]):
        phrase = _PHRASES.get(name)
        if weight < _WORTH or phrase is None:
            continue
        if "{}" not in phrase:
            yield phrase
        elif name in notes:
            quoted = notes[name] if "“" in phrase or "({})" in phrase else f"“{notes[name]}”"
            yield phrase.format(quoted)
