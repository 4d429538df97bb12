#!/bin/sh
# pycountry finds North Korea, and it alone, for the name that South Korea bears in the United Nations.
#
# search_fuzzy looks for the words in official names first: 'Republic of Korea' stands inside 'Democratic People's Republic of
# Korea', while ISO 3166 writes 'Korea, Republic of'. Niger is found behind Nigeria, and the Democratic Republic of the Congo not
# at all. A way out: lookup(), which finds whole names only, and a table of one's own for the rest.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all: pycountry==26.2.16
venv/bin/python - <<'PYTHON'
from importlib.metadata import version

import pycountry

print("pycountry", version("pycountry"))


def fuzzy(name):
    try:
        return [country.alpha_3 for country in pycountry.countries.search_fuzzy(name)]
    except LookupError:
        return []


expected = {
    "Republic of Korea": ["PRK"],
    "Korea, Republic of": ["KOR"],
    "Niger": ["NGA", "NER"],
    "Democratic Republic of the Congo": [],
}
found = {name: fuzzy(name) for name in expected}
for name, codes in found.items():
    print(f"{name:36}{codes}")
if found != expected:
    raise SystemExit("pycountry finds other countries now")
PYTHON
