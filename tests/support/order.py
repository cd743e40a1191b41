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
