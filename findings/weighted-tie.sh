#!/bin/sh
# numpy's weighted median depends on the unit of the weights: where half of the weight lies exactly at a value, weights of 0.7, 0.1
# and 0.8 and weights of 7, 1 and 8 have different medians.
#
# The method inverted_cdf takes the first value at which half of all weight is reached. Added up in floating point, 0.7 + 0.1 is
# less than half of 1.6, and the median jumps to the other end of the scale. Shares of votes or of trade tie like this. A way out:
# whole weights.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all: numpy==2.4.6
venv/bin/python - <<'PYTHON'
import numpy

print("numpy", numpy.__version__)
positions = [0.0, 0.2, 1.0]


def median(weights):
    return float(numpy.quantile(positions, 0.5, method="inverted_cdf", weights=weights))


found = [median([7, 1, 8]), median([0.7, 0.1, 0.8]), median([70.0, 10.0, 80.0])]
print("weights 7, 1, 8:", found[0], " 0.7, 0.1, 0.8:", found[1], " 70.0, 10.0, 80.0:", found[2])
if found != [0.2, 1.0, 0.2]:
    raise SystemExit("numpy decides the tie in another way now")
PYTHON
