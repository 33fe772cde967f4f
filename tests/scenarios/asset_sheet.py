#!/usr/bin/python3
"""Imports every file of an asset folder's MANIFEST.tsv and draws a contact sheet of what came out.

Usage: asset_sheet.py DIORAMA-ENGINE ASSETS-FOLDER SHEET.png [good|bad] [WORD]; prints a line per file with its seconds.
Good files must import, but for those that hold no triangle; bad ones must give a message or a diagnosed part; all
within 20 seconds: exit code 1 otherwise.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from PIL import Image, ImageDraw

TILE = (240, 180)


def rows(folder, wanted, word):
    with open(folder / "MANIFEST.tsv", encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            path = row["path"]
            if path.endswith("/") or not (folder / path).is_file() or word not in path:
                continue
            if (row["kind"] == "bad") == (wanted == "bad"):
                yield path


def run(engine, path, preview):
    start = time.monotonic()
    done = subprocess.run([engine, "import", path, "--json", "--preview", preview], capture_output=True, text=True,
                          timeout=60, check=False)
    return done, time.monotonic() - start


def main():
    engine, folder, output = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    wanted = sys.argv[4] if len(sys.argv) > 4 else "good"
    word = sys.argv[5] if len(sys.argv) > 5 else ""
    tiles, faults, slowest = [], 0, 0.0
    with tempfile.TemporaryDirectory() as name:
        for path in rows(folder, wanted, word):
            preview = pathlib.Path(name) / f"{len(tiles)}.png"
            done, seconds = run(engine, folder / path, preview)
            slowest = max(slowest, seconds)
            if done.returncode == 0:
                found = json.loads(done.stdout)
                codes = ",".join(sorted({f["code"] for f in found["findings"]}))
                size = ""
                if "model" in found:
                    m = found["model"]
                    size = "x".join(f"{b - a:.3g}" for a, b in zip(m["min_m"], m["max_m"])) + f" {m['triangles']}t"
                tiles.append((path, size, codes, Image.open(preview).convert("RGB").resize(TILE)))
                print(f"ok   {seconds:5.1f} s {path}: {size} {codes}")
            else:
                message = done.stderr.strip()
                told = done.returncode == 1 and len(message.splitlines()) == 1
                faults += not told or (wanted == "good" and "nothing to draw" not in message)
                print(f"{'told' if told else 'BAD '} {seconds:5.1f} s {path}: {message}")
            faults += seconds > 20
            sys.stdout.flush()
    columns = 7
    sheet = Image.new("RGB", (columns * (TILE[0] + 6), -(-max(len(tiles), 1) // columns) * (TILE[1] + 34)), "white")
    draw = ImageDraw.Draw(sheet)
    for i, (path, size, codes, picture) in enumerate(tiles):
        x, y = i % columns * (TILE[0] + 6), i // columns * (TILE[1] + 34)
        sheet.paste(picture, (x, y))
        draw.text((x, y + TILE[1]), path[-38:].encode("latin-1", "replace").decode("latin-1"), fill="black")
        draw.text((x, y + TILE[1] + 11), size, fill="black")
        draw.text((x, y + TILE[1] + 22), codes[:40], fill="#a00")
    sheet.save(output)
    print(f"{len(tiles)} imported, {faults} faults, slowest {slowest:.1f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
