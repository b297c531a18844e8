"""Rival: Python's csv and json modules, one row at a time, to the same canonical lines.

Usage: python_csv.py INPUT.csv OUTPUT.jsonl (columns prompt, chosen, rejected, in this order)

What it does not do: find out dialect, encoding or columns, check a row, reject one, compute keys, count.
"""

import csv
import json
import sys

ROW_LIMIT = 32 * 1024 * 1024


def main(source: str, target: str) -> None:
    csv.field_size_limit(ROW_LIMIT)
    dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    with open(source, encoding="utf-8", newline="") as rows, open(
        target, "w", encoding="utf-8", newline="\n", buffering=1 << 20
    ) as lines:
        reader = csv.reader(rows)
        next(reader)
        for prompt, chosen, rejected in reader:
            line = dumps(
                {
                    "input": {
                        "messages": [{"role": "user", "content": prompt}],
                        "tools": [],
                        "parallel_tool_calls": True,
                    },
                    "preferred_output": [{"role": "assistant", "content": chosen}],
                    "non_preferred_output": [{"role": "assistant", "content": rejected}],
                }
            )
            if "\u2028" in line or "\u2029" in line:
                line = line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
            lines.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
