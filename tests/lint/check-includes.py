#!/usr/bin/python3
"""Checks the layers of the code that include directories alone cannot enforce.

Every `#include "x.h"` must name a header of the same folder or of a folder that the table below allows;
".." is refused; private headers stay in their folder; sqlite3.h, GL, Embree and SQL text stay where
app/DESIGN.md puts them. Exit code 1 with one line per fault.
"""
import pathlib
import re
import sys

CORE = ["renderer/core"]
IMAGE = CORE + ["renderer/image"]
FRAME = IMAGE + ["renderer/frame"]
BASE = ["renderer/core", "app/base"]
SCENE = FRAME + ["app/base", "app/parametric", "app/scene"]
RANDOMIZE = SCENE + ["app/randomize"]
ASSETS = SCENE + ["app/assets"]
DATASET = RANDOMIZE + ["app/annotate", "app/sql", "app/dataset"]
STAGE = RANDOMIZE + ["app/assets", "app/stage", "renderer/rays"]
ENGINE = DATASET + STAGE + ["renderer/gl", "renderer/sensor", "app/protocol", "app/sources", "app/engine"]
CATALOG = DATASET + ["app/catalog"]
SESSION = ENGINE + ["app/calibration", "app/edit", "app/catalog", "app/queue", "app/review", "app/export", "app/figures",
                    "app/preview", "app/session"]
PANEL = SESSION + ["ui/actions", "ui/widgets"]
PANELS = ["ui/viewport", "ui/outliner", "ui/inspector", "ui/shelf", "ui/labels", "ui/taxonomy", "ui/randomizers", "ui/jobs",
          "ui/desk", "ui/exporter"]
UI = ["ui/actions", "ui/widgets", "ui/shell"] + PANELS

ALLOWED = {
    "renderer/core": CORE,
    "renderer/image": IMAGE,
    "renderer/frame": FRAME,
    "renderer/sensor": FRAME + ["renderer/sensor"],
    "renderer/rays": FRAME + ["renderer/rays"],
    "renderer/gl": FRAME + ["renderer/gl"],
    "app/base": BASE,
    "app/sql": BASE + ["app/sql"],
    "app/parametric": FRAME + ["app/parametric"],
    "app/scene": SCENE,
    "app/assets": ASSETS,
    "app/sources": SCENE + ["app/sources"],
    "app/randomize": RANDOMIZE,
    "app/annotate": FRAME + ["app/annotate"],
    "app/stage": STAGE,
    "app/dataset": DATASET,
    "app/derive": DATASET + ["app/derive"],
    "app/export": DATASET + ["app/derive", "app/export"],
    "app/figures": DATASET + ["app/figures"],
    "app/protocol": DATASET + ["app/protocol"],
    "app/engine": ENGINE,
    "app/calibration": FRAME + ["app/base", "app/calibration"],
    "app/edit": SCENE + ["app/edit"],
    "app/catalog": CATALOG,
    "app/review": DATASET + ["app/figures", "app/review"],
    "app/queue": ENGINE + ["app/catalog", "app/queue"],
    "app/preview": ENGINE + ["app/preview"],
    "app/session": SESSION,
    "app/cli": ENGINE + ["app/export", "app/figures", "app/catalog", "app/queue", "app/review", "app/cli"],
    "ui/actions": BASE + ["ui/actions"],
    "ui/widgets": PANEL,
    "ui/shell": PANEL + PANELS + ["ui/shell"],
} | {panel: PANEL + [panel] for panel in PANELS}

# pattern of an include or of text -> folders that may have it
RESERVED = [
    (re.compile(r"#\s*include\s*<sqlite3\.h>"), ["app/sql"]),
    (re.compile(r"#\s*include\s*<epoxy/"), ["renderer/gl"]),
    (re.compile(r"#\s*include\s*<embree3/"), ["renderer/rays"]),
    (re.compile(r"#\s*include\s*<assimp/"), ["app/assets"]),
    (re.compile(r'"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE)\s'), ["app/dataset", "app/sql", "app/catalog", "app/review"]),
    (re.compile(r"#\s*include\s*<(gtk/|adwaita|libpanel)"), UI),
]
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    sources = [p for top in ("app", "renderer", "ui") for p in (root / top).rglob("*.[ch]")]
    home = {}
    faults = []
    for path in sources:
        if path.suffix == ".h":
            if path.name in home:
                faults.append(f"{path.relative_to(root)}: a header of this name stands in {home[path.name]}")
            home[path.name] = str(path.parent.relative_to(root))
    for path in sources:
        folder = str(path.parent.relative_to(root))
        if folder not in ALLOWED:
            faults.append(f"{path.relative_to(root)}: its folder is not in the table of layers")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            where = f"{path.relative_to(root)}:{number}"
            faults += check_line(line, folder, home, where)
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


def check_line(line, folder, home, where):
    faults = [f"{where}: reserved to {', '.join(only)}" for pattern, only in RESERVED
              if pattern.search(line) and folder not in only]
    match = INCLUDE.match(line)
    if not match:
        return faults
    name = match.group(1)
    if "/" in name:
        return faults + [f"{where}: includes name a header, never a path"]
    if name not in home:
        # Generated headers (resources) live in the build folder of their own library.
        return faults
    if home[name] not in ALLOWED[folder]:
        faults.append(f"{where}: {folder} may not include {name} of {home[name]}")
    if name.endswith("-private.h") and home[name] != folder:
        faults.append(f"{where}: {name} is private to {home[name]}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
