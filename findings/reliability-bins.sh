#!/bin/sh
# Ten bins and chances of tenths: numpy.histogram leaves two bins empty, and scikit-learn puts 0 and 0.1 into one.
#
# Chances that are counts out of ten replications lie on the borders of the bins of a reliability diagram. Borders are written as
# 0.30000000000000004 and the like, so numpy.histogram puts 0.3 beside 0.2 and 0.6 beside 0.5, while 0.1, 0.2 and 0.5 go up.
# calibration_curve puts a border into the lower bin, so that what was held to be impossible is averaged with what was given one
# chance in ten. A way out: bins around the chances that can occur, as -0.05, 0.05, 0.15 ...
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all: numpy==2.4.6 scikit-learn==1.9.1
venv/bin/python - <<'PYTHON'
import numpy
import sklearn
from sklearn.calibration import calibration_curve

print("numpy", numpy.__version__, "scikit-learn", sklearn.__version__)
chances = [count / 10 for count in range(10)]
counts = numpy.histogram(chances, bins=10, range=(0, 1))[0].tolist()
print("numpy.histogram of 0, 0.1, ... 0.9 in ten bins:", counts)
stated = calibration_curve([0, 1] * 5, chances, n_bins=10)[1].round(12).tolist()
print("mean chances of scikit-learn's bins:", stated)
if counts != [1, 1, 2, 0, 1, 2, 1, 0, 1, 1]:
    raise SystemExit("numpy puts chances on a border into other bins now")
if stated != [0.05, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]:
    raise SystemExit("scikit-learn puts chances on a border into other bins now")
PYTHON
