#!/bin/sh
# pandas reads a column of seeds in three ways, by whether a cell is blank and how large the seeds are.
#
# A seed above 2^63 is a number without a blank and text beside one, so that a filter by number finds nothing and says nothing.
# A seed between 2^53 and 2^63 stays a number beside a blank, loses its last digit, and equals its neighbour. A way out: dtype={'seed': 'UInt64'}.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all: pandas==3.1.1
venv/bin/python - <<'PYTHON'
import io

import pandas

print("pandas", pandas.__version__)
large, middle = 2**64 - 1, 2**53 + 1


def read(seed, last, **options):
    return pandas.read_csv(io.StringIO(f"seed,n\n{seed},1\n{last},2\n"), **options)["seed"]


seen = [
    (str(column.dtype), int((column == seed).sum()), str(column[0]))
    for seed in (large, middle)
    for column in (read(seed, 7), read(seed, ""))
]
for what, found in zip(("above 2^63", "above 2^63, one blank", "above 2^53", "above 2^53, one blank"), seen):
    print(f"{what:22} type {found[0]:8} rows equal to the seed: {found[1]}  first cell: {found[2]}")
typed = read(large, "", dtype={"seed": "UInt64"})
print("with a type stated:", typed.dtype, int((typed == large).sum()), typed[0])
expected = [
    ("uint64", 1, str(large)),
    ("str", 0, str(large)),
    ("int64", 1, str(middle)),
    ("float64", 1, "9007199254740992.0"),
]
if seen != expected or typed[0] != large:
    raise SystemExit("pandas reads seeds in another way now")
PYTHON
