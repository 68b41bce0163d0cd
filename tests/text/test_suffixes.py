"""Suffixes are those of the package whose list they are."""

import re
from pathlib import Path

import publicsuffixlist
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.text import suffixes

ALL = publicsuffixlist.PublicSuffixList()
LISTED = publicsuffixlist.PublicSuffixList(accept_unknown=False)
RULES = sorted(ALL._publicsuffix)
LABELS = st.sampled_from(["a", "www", "com", "uk", "co", "city", "jp", "", "xn--a", "xn--", "xn--p1ai", "рф", "Å", "1"])
DOMAINS = st.builds(
    lambda labels, rule: ".".join([*labels, rule.lstrip("!*.")]), st.lists(LABELS, max_size=4), st.sampled_from(RULES) | LABELS
)


@given(DOMAINS)
def test_suffixes_are_those_of_the_package(domain):
    assert suffixes.private_suffix(domain) == ALL.privatesuffix(domain)
    assert suffixes.listed_suffix(domain) == LISTED.publicsuffix(domain)


@pytest.mark.parametrize("rule", RULES[::97])
def test_each_rule_is_kept(rule):
    domain = "a.b." + rule.lstrip("!*.")
    assert suffixes.private_suffix(domain) == ALL.privatesuffix(domain)


def test_all_rules_are_kept():
    for rule in RULES:
        domain = "b." + rule.lstrip("!*.")
        assert suffixes.private_suffix(domain) == ALL.privatesuffix(domain)
        assert suffixes.listed_suffix(domain) == LISTED.publicsuffix(domain)


def test_what_the_list_says_of_itself():
    text = Path(publicsuffixlist.__file__).with_name("test_psl.txt").read_text(encoding="utf-8")
    told = re.findall(r"^checkPublicSuffix\('([^']*)', (?:'([^']*)'|null)\);", text, re.MULTILINE)
    assert len(told) > 50
    for domain, suffix in told:
        if not domain.startswith("."):
            assert suffixes.private_suffix(domain) == (suffix or None), domain
