"""Every language file on its own, and against the others."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from orderparse import languages
from orderparse.errors import KnowledgeError
from orderparse.languages import AMOUNT_LABELS, DATE_LABELS
from orderparse.roles import MailKind, Role
from orderparse.text.fold import fold

FOLDER = Path(languages.__file__).parent
SPOKEN = languages.load_folder(FOLDER)
LANGUAGES = pytest.mark.parametrize("language", SPOKEN.values(), ids=list(SPOKEN))

# Languages that were asked for first have more examples than the others.
MANY_EXAMPLES = frozenset({"de", "en", "sv"})
WANTED_LABELS = (
    "order_number", "tracking_number", "product_code", "invoice_number", "customer_number", "phone", "order_date",
    "ship_date", "delivery_estimate", "delivered_date", "due_date", "pickup_until", "other_date", "total", "subtotal", "tax",
)  # fmt: skip


def folded(phrases):
    return [" ".join(fold(phrase).split()) for phrase in phrases]


def twice(phrases):
    return sorted(phrase for phrase, count in Counter(folded(phrases)).items() if count > 1)


def lists_of(language):
    """All lists of phrases of a language, by where they stand."""
    for name, table in (("labels", language.labels), ("nouns", language.nouns), ("around", language.around), ("kinds", language.kinds)):
        for key, phrases in table.items():
            yield f"{name}.{key}", phrases
    yield "links.track", language.track_links
    yield "words.fillers", language.fillers
    yield "words.number", language.number_words
    yield "words.stop", language.stop_words
    quoted = language.quoted
    for name in ("forwarded", "original", "wrote", "from_", "sent", "to", "subject"):
        yield f"quoted.{name}", getattr(quoted, name)
    for name in ("today", "tomorrow", "yesterday", "until"):
        yield f"dates.{name}", getattr(language.dates, name)


@LANGUAGES
def test_a_file_is_named_by_its_code(language):
    assert (FOLDER / f"{language.code}.toml").is_file()
    assert re.fullmatch(r"[a-z]{2}(-[A-Z][A-Za-z]+)?", language.code)
    assert language.name.strip() == language.name != ""


@LANGUAGES
def test_no_phrase_stands_twice_in_a_list_however_it_is_spelt(language):
    assert {where: twice(phrases) for where, phrases in lists_of(language) if twice(phrases)} == {}


@LANGUAGES
def test_phrases_are_written_without_marks_that_the_reader_skips(language):
    for table in (language.labels, language.nouns):
        for key, phrases in table.items():
            assert [phrase for phrase in phrases if phrase != phrase.strip() or phrase.endswith((":", "#")) or "  " in phrase] == [], key


@LANGUAGES
def test_a_language_has_words_for_what_is_wanted_and_for_its_rivals(language):
    assert [key for key in WANTED_LABELS if not language.labels.get(key)] == []
    assert [
        role.value for role in (Role.ORDER_NUMBER, Role.TRACKING_NUMBER, Role.INVOICE_NUMBER) if not language.nouns.get(role.value)
    ] == []


@LANGUAGES
def test_a_language_has_words_for_every_kind_of_mail(language):
    assert [kind.value for kind in MailKind if not language.kinds.get(kind)] == []


@LANGUAGES
def test_a_phrase_tells_one_kind_of_mail(language):
    kinds = Counter(phrase for phrases in language.kinds.values() for phrase in set(folded(phrases)))
    shared = sum(count > 1 for count in kinds.values())
    assert shared <= 0.02 * len(kinds)


@LANGUAGES
def test_the_order_number_and_the_tracking_number_share_no_label(language):
    assert set(folded(language.labels["order_number"])) & set(folded(language.labels["tracking_number"])) == set()


@LANGUAGES
def test_months_and_weekdays_are_complete_and_no_name_means_two_of_them(language):
    months = [name for names in language.dates.months for name in folded(names)]
    weekdays = [name for names in language.dates.weekdays for name in folded(names)]
    assert all(language.dates.months)
    assert all(language.dates.weekdays)
    assert twice(months) == []
    assert twice(weekdays) == []


@LANGUAGES
def test_months_and_weekdays_are_those_of_cldr(language):
    import babel  # not at the top: the other tests of this module do without
    locale = babel.Locale.parse(language.code, sep="-")
    for number, names in enumerate(language.dates.months, 1):
        assert fold(locale.months["format"]["wide"][number]) in folded(names)
    for number, names in enumerate(language.dates.weekdays):
        assert fold(locale.days["format"]["wide"][number]) in folded(names)


@LANGUAGES
def test_a_language_names_today_and_tomorrow(language):
    assert language.dates.today
    assert language.dates.tomorrow
    assert language.dates.until


@LANGUAGES
def test_fillers_and_words_for_number_are_single_words(language):
    assert [word for word in (*language.fillers, *language.number_words) if " " in word] == []


@LANGUAGES
def test_a_wording_holds_one_value_and_words_beside_it(language):
    for key, wordings in language.around.items():
        for wording in wordings:
            assert wording.count("{}") == 1, key
            assert any(character.isalpha() for character in wording.replace("{}", "")), key


@LANGUAGES
def test_stop_words_are_single_words_that_tell_the_language(language):
    stop = set(folded(language.stop_words))
    others = {word for other in SPOKEN.values() if other is not language for word in folded(other.stop_words)}
    assert 30 <= len(stop) <= 60
    assert [word for word in stop if " " in word] == []
    assert len(stop - others) >= 8


@LANGUAGES
def test_marks_of_forwarded_and_quoted_mails_are_known(language):
    quoted = language.quoted
    assert all((quoted.forwarded, quoted.original, quoted.wrote, quoted.from_, quoted.sent, quoted.to, quoted.subject))


@LANGUAGES
def test_numbers_group_with_another_mark_than_the_decimal_one(language):
    assert language.numbers.decimal in {".", ","}
    assert language.numbers.decimal not in language.numbers.group


@LANGUAGES
def test_a_language_has_its_examples(language):
    assert len(language.examples) >= (12 if language.code in MANY_EXAMPLES else 8)
    assert sum(not example.expect for example in language.examples) >= 3
    expected = {key for example in language.examples for key in example.expect}
    assert {"order_number", "tracking_number", "order_date", "delivery_estimate", "total"} <= expected


@LANGUAGES
def test_an_example_expects_normal_forms(language):
    for example in language.examples:
        assert set(example.expect) <= {"order_number", "tracking_number", "total", *DATE_LABELS} - {"other_date"}
        for key, value in example.expect.items():
            if key in DATE_LABELS:
                assert [date.fromisoformat(day).isoformat() for day in value.split("/")] == value.split("/")
            elif key in AMOUNT_LABELS:
                assert re.fullmatch(r"\d+\.\d{2} [A-Z]{3}", value)
            else:
                assert value in example.text


def test_a_file_with_an_unknown_key_does_not_load(tmp_path):
    source = (FOLDER / "sv.toml").read_text(encoding="utf-8")
    path = tmp_path / "sv.toml"
    path.write_text(source.replace("[labels]", '[labels]\nordinal_number = ["nummer"]', 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="ordinal_number"):
        languages.load(path)


def test_a_file_with_eleven_months_does_not_load(tmp_path):
    path = tmp_path / "xx.toml"
    path.write_text('code = "xx"\nname = "x"\n[dates]\nmonths = [["a"]]\nweekdays = [["b"]]\n[numbers]\ndecimal = "."\ngroup = []\n')
    with pytest.raises(KnowledgeError, match="12 months"):
        languages.load(path)
