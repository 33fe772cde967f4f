"""Drives an engine program (diorama-engine, or fake-engine with the same words) and kills it at named points."""

import os
import signal
import sqlite3
import subprocess
import threading
import time


class Run:
    """A command in the background; its standard error is read line by line."""

    def __init__(self, arguments, env=None):
        self.lines = []
        self.seams = []  # (point, pid) in order of arrival
        self.condition = threading.Condition()
        self.process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, **(env or {})},
            text=True,
            errors="replace",
        )
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stderr:
            with self.condition:
                self.lines.append(line.rstrip("\n"))
                words = line.split()
                if len(words) == 3 and words[0] == "seam":
                    self.seams.append((words[1], int(words[2])))
                self.condition.notify_all()

    def wait_for_seam(self, nth, timeout_s=60):
        """The nth pass (from 1) of the paused point: its pid, or None when the command ended before."""
        end = time.monotonic() + timeout_s
        with self.condition:
            while len(self.seams) < nth:
                if self.process.poll() is not None or time.monotonic() > end:
                    return None
                self.condition.wait(0.05)
            return self.seams[nth - 1][1]

    def finish(self, timeout_s=120):
        code = self.process.wait(timeout_s)
        # Workers of a killed supervisor hold the pipe for a moment.
        self.reader.join(10)
        return code

    def text(self):
        """The end of what it said."""
        return "\n".join(self.lines[-40:])


def events(lines, code):
    return [line for line in lines if line.startswith(f"event {code} ") or f'"{code}"' in line]


def workers_of(pid):
    """Process ids of the children of pid."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:
            return [int(word) for word in children.read().split()]
    except OSError:
        return []


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def wait_until_gone(pids, timeout_s=10):
    end = time.monotonic() + timeout_s
    while any(is_alive(pid) for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def query(folder, sql):
    database = sqlite3.connect(f"file:{folder}/dataset.db?mode=ro", uri=True)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def change(folder, sql):
    database = sqlite3.connect(f"{folder}/dataset.db", isolation_level=None)
    database.executescript(sql)
    database.close()


def leftovers(folder):
    """What no finished dataset may hold: temporary files, a log, files without a row."""
    found = []
    named = {row[0] for row in query(folder, "SELECT path FROM files")}
    for name in sorted(os.listdir(folder)):
        if name == ".tmp" or name.startswith("dataset.db-") or name.startswith(".dataset"):
            found.append(name)
        path = os.path.join(folder, name)
        if not os.path.isdir(path) or name in ("assets", ".tmp"):
            continue
        for where, _, files in os.walk(path):
            found += [
                os.path.relpath(os.path.join(where, file), folder)
                for file in files
                if os.path.relpath(os.path.join(where, file), folder) not in named
            ]
    return found
