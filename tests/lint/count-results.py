#!/usr/bin/python3
"""Prints "N passed, N failed" for a Meson test log: every TAP case of every program, and plain tests as one."""
import json
import re
import sys

CASE = re.compile(r"^(ok|not ok) \d+(.*)$", re.MULTILINE)


def main():
    passed = failed = 0
    with open(sys.argv[1]) as log:
        for line in log:
            test = json.loads(line)
            cases = CASE.findall(test.get("stdout") or "")
            bad = sum(1 for status, rest in cases if status == "not ok" and "# TODO" not in rest)
            if cases:
                passed += len(cases) - bad
                failed += bad
            ok = test["result"] in ("OK", "EXPECTEDFAIL")
            if not cases and ok:
                passed += 1
            if not ok and bad == 0:
                failed += 1
    print(f"{passed} passed, {failed} failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
