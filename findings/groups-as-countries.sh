#!/bin/sh
# country_converter takes groups of states, and a state that is no more, for one state of today, without a word.
#
# Records of negotiations have such names in the column of countries: a paper of the Group of 77 becomes China's, one of the
# customs union South Africa's, a signature of Czechoslovakia the Czech Republic's. Other groups are not found, as they should be.
# A way out: sort out what is no country before, by a list of one's own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all: pandas==2.3.3 country_converter==1.3.2
venv/bin/python - <<'PYTHON'
import logging

import country_converter

logging.disable(logging.WARNING)
print("country_converter", country_converter.__version__)
names = {
    "Group of 77 and China": "CHN",
    "Southern African Customs Union": "ZAF",
    "Czechoslovakia": "CZE",
    "African Group": "none",
    "Yugoslavia": "none",
}
converter = country_converter.CountryConverter()
found = {name: converter.convert(name, to="ISO3", not_found="none") for name in names}
for name, code in found.items():
    print(f"{name:32}{code}")
if found != names:
    raise SystemExit("country_converter names other countries now")
PYTHON
