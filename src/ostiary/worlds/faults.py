"""What each kind of deficient request says wrongly about its matter, and only that."""

from datetime import date, timedelta

BOILERPLATE = (
    "The information is needed to support the enforcement of the immigration laws and is relevant"
    " to an ongoing investigation of the person named, as the agreement of both sides provides."
)
UNREADABLE_DATE = "31/02/2025"


def faults(received: date) -> dict[str, dict[str, str]]:
    """Give, for each kind with a fault that is one fixed text, the columns that carry it.

    Args:
        received: the day the requests are dated for.
    """

    def before(days: int) -> str:
        return (received - timedelta(days=days)).isoformat()

    return {
        "signer-not-listed": {"signer": "dhs-office-nobody-lists"},
        "signer-out-of-office": {"signer": "dhs-secretary-former"},
        "signer-delegate": {"signer": "dhs-deputy-delegate"},
        "signer-component-head": {"signer": "dhs-ice-director"},
        "signed-after-receipt": {"signed_on": before(-2)},
        "reason-empty": {"reason": ""},
        "period-missing": {"taxable_periods": ""},
        "period-future": {"taxable_periods": f"{received.year - 2};{received.year + 1}"},
        "offense-civil": {"offense": "/us/usc/t8/s1231/a/1"},
        "offense-tax": {"offense": "/us/usc/t26/s7201"},
        "offense-other-criminal": {"offense": "/us/usc/t18/s1001"},
        "posture-missing": {"posture": ""},
        "matter-missing": {"matter_number": ""},
        "no-sole-use": {"sole_use": "false"},
        "item-phone": {"items": "address-confirmation;phone"},
        "item-new-address": {"items": "new-address"},
        "basis-inadmissible": {"removal_basis": "/us/usc/t8/s1182/a/6/A"},
        "order-too-recent": {
            "offense_limb": "A",
            "removal_order_date": before(30),
            "judicial_review_date": "",
        },
        "review-too-recent": {
            "offense_limb": "A",
            "removal_order_date": before(700),
            "judicial_review_date": before(20),
        },
        "order-date-missing": {"removal_order_date": "", "judicial_review_date": ""},
        "limb-missing": {"offense_limb": ""},
        "ai-without-notice": {"ai_analysis": "true"},
        "provision-unknown": {"provision": "/us/usc/t26/s6103/i/5"},
        "agreement-unknown": {"agreement": "treasury-nobody-2025"},
        "agency-unknown": {"agency": "dhs-unlisted"},
        "agency-not-federal": {"agency": "state-revenue"},
        "safeguards-suspended": {"agency": "dhs"},
        "bad-date": {"removal_order_date": UNREADABLE_DATE, "judicial_review_date": ""},
    }
