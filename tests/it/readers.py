"""Holds tables as a library reads them against their text: readers.py RECIPE RUN... [--only TABLE]

A recipe defines `table(name)`, which reads a table of the run in the working folder.
"""

import csv
import json
import math
import os
import sys


def value(cell, kind):
    """A cell as it is meant; None for no value."""
    if cell == "":
        return None
    return {"boolean": lambda: cell == "true", "integer": lambda: int(cell), "number": lambda: float(cell)}.get(
        kind, lambda: cell
    )()


def columns(table):
    """The columns of a table of any of the libraries, as lists by name."""
    if hasattr(table, "fetchall"):
        rows = table.fetchall()
        return {name: [row[no] for row in rows] for no, name in enumerate(table.columns)}
    return {name: (table[name].to_list() if hasattr(table[name], "to_list") else list(table[name])) for name in table.columns}


def same(found, meant, kind):
    """Whether a value that was read is the one that is meant, to the bit where it is a number."""
    if found is None or (isinstance(found, float) and math.isnan(found)) or type(found).__name__ == "NAType":
        return meant is None
    if meant is None:
        return False
    if kind == "boolean":
        return found == meant if isinstance(found, bool) else str(found).lower() == str(meant).lower()
    if kind == "number":
        return isinstance(found, float) and found == meant
    if kind == "integer":
        return isinstance(found, (int, float)) and not isinstance(found, bool) and found == meant
    return isinstance(found, str) and found == meant


def main():
    recipe, *runs = sys.argv[1:]
    only = runs[runs.index("--only") + 1] if "--only" in runs else None
    runs = runs[: runs.index("--only")] if only else runs
    code, start, wrong, count = open(recipe, encoding="utf-8").read(), os.getcwd(), 0, 0
    for run in runs:
        os.chdir(os.path.join(start, run))
        package = json.load(open("datapackage.json", encoding="utf-8"))
        scope = {}
        exec(compile(code, recipe, "exec"), scope)
        for resource in package["resources"]:
            if resource["format"] != "csv" or (only and resource["name"] != only):
                continue
            kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
            with open(resource["path"], encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            read = columns(scope["table"](resource["name"]))
            count += 1
            if list(read) != list(kinds) or any(len(column) != len(rows) for column in read.values()):
                print(run, resource["name"], "has other columns or rows")
                wrong += 1
                continue
            for name, kind in kinds.items():
                for no, (row, found) in enumerate(zip(rows, read[name])):
                    meant = value(row[name], kind)
                    if not same(found, meant, kind):
                        print(f"{run} {resource['name']} row {no}, {name}: {meant!r} is read as {found!r}")
                        wrong += 1
                        break
    if not wrong:
        print(f"{count} tables are equal")
    sys.exit(1 if wrong else 0)


main()
