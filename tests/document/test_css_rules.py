"""The rules of a style sheet are read once, and none of the mails that have it changes it for the others."""

from orderparse.document import css_rules
from orderparse.document.css_rules import Rule, Selector
from orderparse.document.style_sheets import StyleSheets

SHEET = ".pre, td#x { display: none !important } .wide p { color: #ffffff } @media (max-width: 600px) { #narrow { display: none } }"


def test_rules_say_what_they_hide_and_paint_and_for_which_screen():
    hidden, painted, narrow = css_rules.read(SHEET)
    assert hidden == Rule((Selector(("", ".pre")), Selector(("td", "#x"))), hides=True, painted=None, narrow=False, shows=False)
    assert (painted.selectors, painted.hides) == ((Selector(("p", ""), (("", ".wide"),)),), None)
    assert painted.painted.text == (255, 255, 255)
    assert (narrow.selectors, narrow.hides, narrow.narrow) == ((Selector(("", "#narrow")),), False, True)


def test_a_sheet_that_was_read_is_not_read_again():
    assert css_rules.read(SHEET) is css_rules.read(SHEET)


def test_a_long_sheet_is_read_and_not_kept():
    long = SHEET + " .x { margin: 0 }" * 4_000
    assert css_rules.read(long) == css_rules.read(SHEET)
    assert css_rules.read(long) is not css_rules.read(long)


def test_no_more_rules_are_read_than_the_limit_of_a_mail():
    sheet = ".a { display: none } " * (css_rules.RULES + 10)
    assert len(css_rules.read(sheet)) == css_rules.RULES


def test_what_one_mail_adds_is_not_in_the_sheets_of_another():
    first, second = StyleSheets(), StyleSheets()
    assert first.add(SHEET)
    assert second.add(SHEET)
    assert first.add(".other { display: none }")
    assert ("", ".other") in first.selectors
    assert ("", ".other") not in second.selectors
