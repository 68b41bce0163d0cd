"""Amounts of money: a number with a currency beside it, or a bare number with two decimals.

The style of a number is read from its marks: 1.299,00 and 1,299.00 are clear, 1.299 has two readings.
No digit is ever added: "$2429" is 2429.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from orderparse.text.patterns import lazy
from orderparse.text.span import Span
from orderparse.values.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orderparse.currencies import Currency

MOST_DIGITS = 15  # more are no amount of money
_MOST_FRACTION = 4  # decimals: unit prices and exchange rates
_LONGEST_PLAIN = 40  # characters of a price in markup

# Digits in groups, then decimals; which mark is which is told later. A first digit of its own lets the search skip fast.
_NUMBER = lazy(r"[0-9](?:[0-9]{0,2}(?>(?: [0-9]{3})+)(?![0-9])|[0-9]*+)(?>(?:[.,'’\u066b\u066c][0-9]++)*)")
_PARTICLE = lazy(r"(?<=원)(?:이|을|은|의|과|도|만|에|으로|까지)(?![가-힣])")  # Korean, glued to the currency
_DASHES = lazy(r"[.,](?:--?|—)(?![0-9-])")  # "12,-" for "12,00"
_ORE = lazy(r":[0-9]{2}(?![0-9:])")  # "21 479:00", as Sweden writes where no clock can be meant
_COLUMN = 12  # blanks between a currency and a sum that is set to the right
_LEAST_BEFORE_ORE = 3  # digits
_MAY_BE_DASHES = frozenset(".,")
_BLANKS = frozenset(" \t")
_BEFORE_SIGN = frozenset(" \t(")
_DECIMAL_MARKS = frozenset(".,\u066b")
_MARKS = frozenset(".,'’\u066b\u066c")
_WORD = "0-9A-Za-z\u00aa-\u024f\u0370-\u0588"
_ENDS = frozenset({"", "\n", "\t"})  # of a cell
_WORD_CHARACTER = lazy(f"[{_WORD}]")
_LETTER = lazy(f"[{_WORD}\u0900-\u0dff]")  # with Indic letters and their vowels: the end of a word is no sign
# What makes a number the rest of a code, of a date or of a range.
_CODE_BEFORE = lazy(rf"(?:[{_WORD}_]|[0-9][-./:,]|[A-Za-z][-/_])\Z")
_NO_BARE_BEFORE = lazy(rf"(?:[{_WORD}_#№+]|[0-9][-./:,]|[A-Za-z][-/_]|[0-9] - |\b(?:kl|klo|kello|um|tlf|tel)\.? ?)\Z", re.IGNORECASE)
_TIMES_BEFORE = lazy(r"(?<![A-Za-z])[0-9]{1,4} ?[x×*]\Z", re.IGNORECASE)
_UNITS = r"uhr|kgs?|gr?|gms?|lbs?|oz|cm|mm|km|ml|cl|dl|ltr?|l|kb|mb|gb|tb|am|pm"
_NO_BARE_AFTER = lazy(rf"[{_WORD}_%‰/]|[-:][0-9{_WORD}]|[.,'][0-9]| - [0-9]| ?(?:%|(?:{_UNITS})\b)", re.IGNORECASE)
_GOES_ON = lazy(r"(?![x×*])(?:[A-Za-z]{0,3}[0-9_]|[,.]?%)", re.IGNORECASE)
_CODE_AFTER = lazy(rf"[-/][{_WORD}]")
_PRICE_NEXT = lazy(r"[ \t][0-9][0-9 .,]{0,12}[.,][0-9]{2}(?![0-9])")
_CODE = lazy(r"[A-Z]{3}")
# Codes that are words in capitals, or followed by a version: they need decimals in front of a number.
_WORDS_TOO = frozenset({"TRY", "PHP", "PEN", "MAD"})
_MACHINE = lazy(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")


class AmountMatch(NamedTuple):
    """An amount and where it stands, its currency and sign included.

    ``values`` are its readings, best first. ``currencies`` are ISO 4217 codes, likeliest first: one where the text
    is clear, several where it says "kr" or "$", none where a bare number with decimals stands.
    """

    span: Span
    values: tuple[Decimal, ...]
    currencies: tuple[str, ...]


class _Sign(NamedTuple):
    """A currency sign beside a number."""

    start: int
    end: int
    codes: tuple[str, ...]


class _Spelling(NamedTuple):
    """A way to write currencies, and the numbers it may stand before and behind: all, those with decimals, none."""

    text: str
    codes: tuple[str, ...]
    before: int
    behind: int


_NEVER, _WITH_DECIMALS, _ALWAYS = range(3)


class Symbols:
    """All ways to write a currency, to be built once."""

    def __init__(self, currencies: Iterable[Currency]) -> None:
        ranked = sorted(currencies, key=lambda currency: (currency.rank, currency.code))
        self.decimals = {currency.code: currency.decimals for currency in ranked}
        known: dict[str, _Spelling] = {}
        for currency in ranked:
            for text, before, behind in _spellings(currency):
                codes = known[text].codes if text in known else ()
                if currency.code not in codes:
                    codes = (*codes, currency.code)
                known[text] = _Spelling(
                    text,
                    codes,
                    max(before, known[text].before if text in known else _NEVER),
                    max(behind, known[text].behind if text in known else _NEVER),
                )
        # By their last two characters, and by their first two: most numbers have no such pair beside them.
        self._by_end: dict[str, list[_Spelling]] = {}
        self._by_begin: dict[str, list[_Spelling]] = {}
        for spelling in sorted(known.values(), key=lambda spelling: -len(spelling.text)):
            self._by_end.setdefault(spelling.text[-2:], []).append(spelling)
            # Behind a number the dot of "kr." ends the sentence.
            if not (spelling.text[-1] == "." and spelling.text[:-1] in known):
                self._by_begin.setdefault(spelling.text[:2], []).append(spelling)

    def beside(self, text: str, start: int, end: int) -> bool:
        """Whether a sign or the dashes of ",-" may stand beside a number: a glance that spares most of them the looking."""
        if text[end : end + 1] in _MAY_BE_DASHES:
            return True
        after = end + (text[end : end + 1] in _BEFORE_SIGN)
        if text[after : after + 2] in self._by_begin or text[after : after + 1] in self._by_begin:
            return True
        if start and text[start - 1] == "-":
            start -= 1
        if start and text[start - 1] in _BLANKS:
            start -= 1
        return text[max(start - 2, 0) : start] in self._by_end or text[max(start - 1, 0) : start] in self._by_end

    def before(self, text: str, start: int, end: int, *, decimals: bool) -> _Sign | None:
        """Find the longest sign that ends at ``end`` and begins not before ``start``."""
        for pair in (text[max(end - 2, 0) : end], text[end - 1 : end]):
            for spelling in self._by_end.get(pair, ()):
                at = end - len(spelling.text)
                if at >= start and text.startswith(spelling.text, at) and spelling.before + decimals >= _ALWAYS:
                    glued = at > 0 and spelling.text[0].isalpha() and _LETTER.match(text, at - 1)
                    if not glued:
                        return _Sign(at, end, spelling.codes)
        return None

    def behind(self, text: str, start: int, *, decimals: bool) -> _Sign | None:
        """Find the longest sign that begins at ``start``."""
        for pair in (text[start : start + 2], text[start : start + 1]):
            for spelling in self._by_begin.get(pair, ()):
                if text.startswith(spelling.text, start) and spelling.behind + decimals >= _ALWAYS:
                    end = start + len(spelling.text)
                    if not (spelling.text[-1].isalpha() and _WORD_CHARACTER.match(text, end)) or _PARTICLE.match(text, end):
                        return _Sign(start, end, spelling.codes)
        return None


def _spellings(currency: Currency) -> Iterator[tuple[str, int, int]]:
    yield currency.code, _WITH_DECIMALS if currency.code in _WORDS_TOO else _ALWAYS, _ALWAYS
    for code in (currency.code.lower(), currency.code.capitalize()):
        yield code, _WITH_DECIMALS, _WITH_DECIMALS
    for symbol in map(plain, currency.symbols):
        letter = len(symbol) == 1 and symbol.isascii() and symbol.isalpha()  # "R299" may be a code
        yield symbol, _WITH_DECIMALS if letter else _ALWAYS, _WITH_DECIMALS if letter else _ALWAYS
    for word in map(plain, currency.words):
        for cased in {word, word.lower(), word.capitalize(), word.upper()}:
            yield cased, _WITH_DECIMALS, _ALWAYS


def find(text: str, symbols: Symbols) -> Iterator[AmountMatch]:
    """Amounts of a cleaned text, in text order, without overlaps.

    >>> from orderparse.currencies import Currency
    >>> kr = [Currency(code=code, name=code, decimals=2, rank=0, symbols=("kr", ":-")) for code in ("SEK", "NOK")]
    >>> symbols = Symbols([*kr, Currency(code="USD", name="US Dollar", decimals=2, rank=0, symbols=("$",))])
    >>> def amounts(text):
    ...     return [(*map(str, match.values), *match.currencies) for match in find(text, symbols)]
    >>> amounts("1 299,00 kr, USD 12.99, -$2429, 129:-, 7,49, 1 299:50")
    [('1299.00', 'NOK', 'SEK'), ('12.99', 'USD'), ('-2429', 'USD'), ('129', 'NOK', 'SEK'), ('7.49',), ('1299.50',)]
    >>> amounts("order 4821, 10.05.2026, v2.10, 12.50 %, 10.00-18.00, 12345678901234567890 kr")
    []
    """
    text = plain(text)
    taken = 0
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        # Most numbers have neither decimals nor a currency.
        colon = text[end : end + 1] == ":" and _ORE.match(text, end) is not None and _before_ore(match[0])
        column = text[max(start - 2, 0) : start] == "  " and text[end : end + 1] in _ENDS  # "NT$     1,270"
        if not (colon or column or (end - start > 3 and text[end - 3] in _DECIMAL_MARKS) or symbols.beside(text, start, end)):
            continue
        found = _amount(text, match, taken, symbols, colon=colon)
        if found:
            taken = found.span.end
            yield found


def _before_ore(number: str) -> bool:
    """Whether a number may be crowns before a colon and its hundredths: more than hours have."""
    return len(number) >= _LEAST_BEFORE_ORE and not set(number) & _MARKS and len(number.replace(" ", "")) <= MOST_DIGITS


def parse_plain(text: str) -> Decimal | None:
    """Read a price of markup or of a cell of its own; None if the text holds anything but one number and its currency.

    >>> parse_plain("1234.5"), parse_plain("USD 1,299.00"), parse_plain("1.299,00 €"), parse_plain("2 x 3"), parse_plain("1e5")
    (Decimal('1234.5'), Decimal('1299.00'), Decimal('1299.00'), None, None)
    """
    text = plain(text.strip())
    if len(text) > _LONGEST_PLAIN:
        return None
    if _MACHINE.fullmatch(text):
        return Decimal(text)
    found = [*_NUMBER.finditer(text)]
    if len(found) != 1 or any(char.isalnum() for char in (text[: found[0].start()][-1:], text[found[0].end() :][:1]) if char.isascii()):
        return None
    values = _readings(found[0][0], None)
    if not values:
        return None
    return -values[0] if re.search(r"-\W?\Z", text[: found[0].start()]) else values[0]


def format(value: Decimal, decimals: int = 2) -> str:  # noqa: A001  # the verb of all values
    """Write an amount with at least the decimals of its currency; digits beyond are kept, never rounded.

    >>> format(Decimal("138.8")), format(Decimal("1E+3"), 0), format(Decimal("-0.125")), format(Decimal("129.00"), 0)
    ('138.80', '1000', '-0.125', '129.00')
    """
    if not value.is_finite():
        msg = f"no amount: {value}"
        raise ValueError(msg)
    sign, digits, exponent = value.as_tuple()
    wanted = min(int(exponent), -decimals, 0)
    digits = (*digits, *[0] * (int(exponent) - wanted))
    return f"{Decimal((sign, digits, wanted)):f}"


def _amount(text: str, match: re.Match[str], taken: int, symbols: Symbols, *, colon: bool) -> AmountMatch | None:
    start, end = match.span()
    number = match[0]
    if colon:
        number, end = f"{number}.{text[end + 1 : end + 3]}", end + 3
    dashes = _DASHES.match(text, end) if text[end : end + 1] in _MAY_BE_DASHES else None
    if dashes and text[dashes.end() : dashes.end() + 1].isalpha() and symbols.behind(text, dashes.end(), decimals=True) is None:
        dashes = None
    if dashes:
        end = dashes.end()
    decimals = dashes is not None or (len(number) > 3 and number[-3] in _DECIMAL_MARKS and number[-2:].isdecimal())  # ",00"
    first, negative, sign = _front(text, taken, start, end, symbols, decimals=decimals)
    last = end
    if sign is None:
        following = _behind(text, end, symbols, decimals=decimals)
        if following:
            if _CODE_BEFORE.search(text, max(0, first - 2), first) and not _TIMES_BEFORE.search(text, max(0, start - 7), start):
                return None
            sign, last = following, following.end
        elif not decimals or not _may_be_bare(text, first, start, end):
            return None
    else:
        if _GOES_ON.match(text, end) or (text[start - 1].isalpha() and _CODE_AFTER.match(text, end)):  # "RM123-456"
            return None
        following = _behind(text, end, symbols, decimals=True)
        if following and len(following.codes) == 1 and following.codes[0] in sign.codes:  # "$12.99 CAD"
            sign, last = following, following.end
        elif (
            following and _CODE.fullmatch(text, following.end - 3, following.end) and not _CODE.fullmatch(text, sign.start, sign.start + 3)
        ):
            sign, first, last = following, start - negative, following.end  # "kč 1,00 EUR": the sign is of a label "Celkem kč"
        elif len(sign.codes) > 1:  # "CAD $12.99"
            front = sign.start - (text[sign.start - 1 : sign.start] == " ")
            ahead = symbols.before(text, taken, front, decimals=True)
            if ahead and len(ahead.codes) == 1 and ahead.codes[0] in sign.codes:
                sign, first = ahead, min(first, ahead.start)
    codes = sign.codes if sign else ()
    values = _readings(number, symbols.decimals.get(codes[0]) if codes else None)
    if not values:
        return None
    if negative:
        values = tuple(-value for value in values)
    elif text[max(0, first - 1) : first] == "(" and text[last : last + 1] == ")":  # accounts write a minus so
        values = (*values, *(-value for value in values))
    return AmountMatch(Span(first, last), values, codes)


def _front(text: str, taken: int, start: int, end: int, symbols: Symbols, *, decimals: bool) -> tuple[int, bool, _Sign | None]:
    """Where the amount begins, whether a minus stands before it, and the currency before it."""
    at = start
    negative = at > taken and text[at - 1] == "-"
    at -= negative
    blank = at > taken and (text[at - 1] == " " or (text[at - 1] == "\t" and _CODE.fullmatch(text, max(0, at - 4), at - 1) is not None))
    sign = symbols.before(text, taken, at - blank, decimals=decimals)
    if sign is None and blank and not decimals and text[end : end + 1] in _ENDS:
        letter = symbols.before(text, taken, at - blank, decimals=True)  # "R 787" alone in its cell
        before = text[max(letter.start - 2, 0) : letter.start] if letter is not None else ""
        if letter is not None and letter.end - letter.start == 1 and (before[-1:] in _ENDS or before == ": "):
            sign = letter
    alone = text[end : end + 1] in _ENDS
    if sign is None and blank and (decimals or alone) and text[at - 2] == " ":  # "$   149.35", in columns
        column = text[max(taken, at - _COLUMN) : at]
        apart = symbols.before(text, taken, at - len(column) + len(column.rstrip(" ")), decimals=decimals)
        code = apart is not None and alone and _CODE.fullmatch(text, apart.start, apart.end) is not None
        sign = apart if apart is not None and (code or not text[apart.end - 1].isalnum()) else None
    if sign is None:
        if negative and _CODE_BEFORE.search(text, max(0, at - 1), at):
            negative = False  # a dash between, not a minus
        return (start - negative, negative, None)
    first = sign.start
    if not negative and first > taken and text[first - 1] == "-" and not _CODE_BEFORE.search(text, max(0, first - 2), first - 1):
        negative, first = True, first - 1
    return (first, negative, sign)


def _behind(text: str, end: int, symbols: Symbols, *, decimals: bool) -> _Sign | None:
    after = text[end : end + 1]
    if after == "(":  # "6,480(円)"
        sign = symbols.behind(text, end + 1, decimals=decimals)
        return _Sign(end, sign.end + 1, sign.codes) if sign is not None and text[sign.end : sign.end + 1] == ")" else None
    blank = after == " " or (after == "\t" and decimals and _CODE.fullmatch(text, end + 1, end + 4) is not None)
    sign = symbols.behind(text, end + blank, decimals=decimals)
    if sign is None:
        return None
    if blank and text[sign.end : sign.end + 1].isdecimal():  # "2 $12.99": the sign of the next number
        return None
    return None if not decimals and blank and _PRICE_NEXT.match(text, sign.end) else sign


def _may_be_bare(text: str, first: int, start: int, end: int) -> bool:
    if _NO_BARE_AFTER.match(text, end):
        return False
    return not _NO_BARE_BEFORE.search(text, max(0, first - 7), first) or _TIMES_BEFORE.search(text, max(0, start - 7), start) is not None


def _readings(number: str, decimals: int | None) -> tuple[Decimal, ...]:
    """Read the number in both styles, the likelier first; nothing if its marks stand where no style has them."""
    number = number.replace(" ", "'").replace("’", "'").replace("\u066c", "'").replace("\u066b", ".")
    if sum(map(str.isdecimal, number)) > MOST_DIGITS:
        return ()
    marks = [char for char in number if not char.isdecimal()]
    if not marks:
        return (Decimal(number),)
    last = marks[-1]
    whole, _, fraction = number.rpartition(last)
    as_decimal = last != "'" and marks.count(last) == 1 and len(fraction) <= _MOST_FRACTION and _grouped(whole)
    as_group = len(set(marks)) == 1 and _grouped(number)
    values = []
    if as_group and not (number[0] == "0" and len(marks) == 1 and last != "'"):
        values.append(Decimal(re.sub(r"[^0-9]", "", number)))
    if as_decimal and not (as_group and values and decimals == 0):
        value = Decimal(re.sub(r"[^0-9]", "", whole) + "." + fraction)
        values.insert(0 if decimals and decimals >= len(fraction) else len(values), value)
    return tuple(values)


def _grouped(number: str) -> bool:
    """Whether the digits are in groups of three by one mark, or as in India: 12,34,567."""
    groups = re.split(r"[^0-9]", number)
    if len(groups) == 1:
        return True
    if len(set(re.sub(r"[0-9]", "", number))) > 1 or len(groups[-1]) != 3 or not 1 <= len(groups[0]) <= 3:
        return False
    inner = {len(group) for group in groups[1:-1]}
    return inner <= {3} or (inner == {2} and len(groups[0]) <= 2 and "," in number)
