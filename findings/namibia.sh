#!/bin/sh
# A converter no longer keeps Namibia's code NA from being read as a gap in pandas 3, and country_converter does not start.
#
# Under pandas 2.3.3 read_csv left alone what a converter returned. Under 3.1.1 it looks for gaps in it once more.
# country_converter 1.3.2 reads its own table so (it asks for pandas>=1.0), and the codes are then compiled as patterns. A way
# out: dtype=str with keep_default_na=False, and pandas<3 beside country_converter.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all: pandas==3.1.1 country_converter==1.3.2
venv/bin/python - <<'PYTHON'
import io

import country_converter
import pandas

print("pandas", pandas.__version__, "country_converter", country_converter.__version__)
table = "name\tISO2\nNamibia\tNA\nNorway\tNO\n"
converted = pandas.read_csv(io.StringIO(table), sep="\t", converters={"ISO2": str})["ISO2"]
kept = pandas.read_csv(io.StringIO(table), sep="\t", dtype=str, keep_default_na=False)["ISO2"]
print("with a converter:            ", converted.tolist())
print("with keep_default_na=False:  ", kept.tolist())
try:
    country_converter.CountryConverter()
    failed = None
except TypeError as error:
    failed = str(error)
print("CountryConverter():", failed)
if not (converted.isna().tolist() == [True, False] and kept.tolist() == ["NA", "NO"]):
    raise SystemExit("pandas reads what a converter returned in another way now")
if failed != "first argument must be string or compiled pattern":
    raise SystemExit("country_converter starts beside pandas 3 now")
PYTHON
