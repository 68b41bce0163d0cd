"""Orders across mails (https://schema.org/Order): which mails tell of one order, and what they tell together.

Mails are joined by the strongest key that they share:

1. the order number, with the same merchant; a mail whose merchant is unknown, or that comes from a
   carrier, joins only by a number that no chance repeats, or by number and parcel, or number and sum;
2. the tracking number: a carrier's mail that names only the parcel belongs to every order that has it;
3. the thread (RFC 5322 In-Reply-To), within one merchant and where it leads to one order only; an
   answer that says nothing of an order goes where the thread goes;
4. the payment: shop, sum, currency and day of a mail about money, where exactly one order fits;
5. the merchant: a mail about a parcel that names neither order nor parcel, but a shop of which exactly one order is under way.

Weak keys never join alone, a finding below 0.5 never joins, and two order numbers of one merchant
never become one order. Each join tells its reason and how sure it is. The result does not depend on
the order of the mails, nor on copies of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.consolidation import claims, groups, orders

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orderparse.records import Order, Reading

__all__ = ["consolidate"]


def consolidate(readings: Iterable[Reading], *, shared_suffix: Mapping[str, int] | None = None) -> list[Order]:
    """The orders that the readings tell of, oldest first.

    ``shared_suffix`` maps the names of merchants that give all orders of one buyer the same last
    digits to how many: such orders support one another.
    """
    found = claims.of(readings, shared_suffix or {})
    return sorted(map(orders.of, groups.of(found)), key=orders.oldest_first)
