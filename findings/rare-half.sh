#!/bin/sh
# DuckDB reads a rare 0.5 in a long column of 1 as 1 and says nothing; polars stops at it.
#
# Both look at the first rows only to tell what a column holds. A table of outcomes often has thousands of rows of 0 and 1 before
# the first half. A way out: say the types, or have every row looked at (sample_size=-1, infer_schema_length=None).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all: duckdb==2.0.1 polars==2.1.0
venv/bin/python - <<'PYTHON'
import duckdb
import polars

print("duckdb", duckdb.__version__, "polars", polars.__version__)
rows, half = 60_000, 59_995
with open("runs.csv", "w") as table:
    table.write("replication,adopted\n")
    table.writelines(f"{row},{0.5 if row == half else 1}\n" for row in range(rows))

query = f"select typeof(adopted), adopted, (select sum(adopted) from read_csv('runs.csv'%s)) from read_csv('runs.csv'%s) where replication = {half}"
silent = duckdb.sql(query % ("", "")).fetchall()[0]
asked = duckdb.sql(query % (", sample_size=-1", ", sample_size=-1")).fetchall()[0]
print("duckdb, as it comes:    ", silent)
print("duckdb, sample_size=-1: ", asked)
try:
    polars.read_csv("runs.csv")
    stopped = None
except polars.exceptions.ComputeError as error:
    stopped = str(error).splitlines()[0]
print("polars, as it comes:    ", stopped)
whole = polars.read_csv("runs.csv", infer_schema_length=None)["adopted"].sum()
print("polars, all rows looked at:", whole)
if silent != ("BIGINT", 1, rows) or asked != ("DOUBLE", 0.5, rows - 0.5):
    raise SystemExit("DuckDB reads the column in another way now")
if stopped is None or "0.5" not in stopped or whole != rows - 0.5:
    raise SystemExit("polars reads the column in another way now")
PYTHON
