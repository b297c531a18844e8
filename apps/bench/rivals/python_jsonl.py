"""Rival: Python's json module, one line at a time, to the same canonical lines.

Usage: python_jsonl.py INPUT.jsonl OUTPUT.jsonl (prompt, chosen, rejected; answers are texts or conversations)

What it does not do: find columns, check a row, reject one, compute keys, count.
"""

import json
import sys


def answer(value):
    return value if isinstance(value, str) else value[-1]["content"]


def main(source: str, target: str) -> None:
    dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    with open(source, encoding="utf-8") as rows, open(
        target, "w", encoding="utf-8", newline="\n", buffering=1 << 20
    ) as lines:
        for text in rows:
            row = json.loads(text)
            line = dumps(
                {
                    "input": {
                        "messages": [{"role": "user", "content": row["prompt"]}],
                        "tools": [],
                        "parallel_tool_calls": True,
                    },
                    "preferred_output": [{"role": "assistant", "content": answer(row["chosen"])}],
                    "non_preferred_output": [{"role": "assistant", "content": answer(row["rejected"])}],
                }
            )
            if "\u2028" in line or "\u2029" in line:
                line = line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
            lines.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
