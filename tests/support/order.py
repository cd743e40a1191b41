"""The text of a training court's order, as counsel would drop it into an office."""


def order_text(name: str, first: str, stops: str, *, layer: str = "order") -> str:
    """Give an instrument with one rule, ``NAME.stay``, in force from a day on."""
    return f"""---
title: Order of a training court
layer: {layer}
prefix: {name}
cites: /us/court/training/1
citation: Training court, order of {first}
from: {first}
---

# An order

```yaml
id: {name}.stay
stage: both
clock: disclosed
finding: A court has stayed this exchange.
cure: None while the stay stands.
```
```sql
{stops}
```
"""


def seat_text(agency: str, monitor: str, *, more: str = "", until: str = "", **scope: str) -> str:
    """Give an order that stops nothing and lets one person look.

    Args:
        agency: that it speaks to.
        monitor: whom it lets look.
        more: what else it says of them, after a comma.
        until: its last day, if any.
        scope: ``provision``, or ``first`` for another first day than 1 August 2025.
    """
    first, provision = scope.get("first", "2025-08-01"), scope.get("provision")
    return (
        "---\ntitle: Order that appoints a monitor\nlayer: order\nprefix: seat\nkind: monitor\n"
        "cites: /us/court/training/9\ncitation: Training court, 9\n"
        f"scope:\n  agencies: [{agency}]\n"
        + (f"  provisions: [{provision}]\n" if provision else "")
        + f"monitors:\n  - {{id: {monitor}{more}}}\nfrom: {first}\n"
        + (f"until: {until}\n" if until else "")
        + "---\n\n# An order\n"
    )


SEAT = seat_text("dhs-ice", "monitor-1")
