"""The engine's process tests: workers and supervisors that crash, hang, are killed, run out of disk.

Usage: engine-test.py ENGINE [--scenario FILE] [--size WxH] [--frames N] [PART_OF_A_NAME...]. Prints TAP.
Tests that set FAKE_... want the fake engine; the others run with diorama-engine, too."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import enginelib


def parse_options():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description="process tests of the engine")
    parser.add_argument("engine")
    parser.add_argument("--scenario", default=os.path.join(here, "fixture.diorama"))
    parser.add_argument("--frames", type=int, default=24)
    parser.add_argument("--size", help="resolution instead of the scenario's; not for the fake engine")
    parser.add_argument("names", nargs="*", help="parts of names of tests; none = all")
    return parser.parse_intermixed_args()


OPTIONS = parse_options()
ENGINE = OPTIONS.engine
FRAMES = OPTIONS.frames
# Syncs cost nothing in memory; these tests are about processes.
SHARED_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Case:
    """A folder of its own and the commands."""

    reference = None

    def __init__(self, root):
        self.root = root
        self.scenario = OPTIONS.scenario
        self.folder = os.path.join(root, "set")

    def start(self, *options, env=None, folder=None):
        arguments = [ENGINE, "render", self.scenario, "--output", folder or self.folder, "--seed", "7"]
        if "--frames" not in options:
            arguments += ["--frames", str(FRAMES)]
        if OPTIONS.size:
            arguments += ["--size", OPTIONS.size]
        return enginelib.Run(arguments + list(options), env)

    def start_resume(self, *options, env=None):
        return enginelib.Run([ENGINE, "resume", self.folder, *options], env)

    def render(self, *options, env=None, expect=0, folder=None):
        run = self.start(*options, env=env, folder=folder)
        code = run.finish()
        assert code == expect, f"render ended with {code}, not {expect}:\n{run.text()}"
        return run

    def resume(self, *options, env=None, expect=0):
        run = self.start_resume(*options, env=env)
        code = run.finish()
        assert code == expect, f"resume ended with {code}, not {expect}:\n{run.text()}"
        return run

    def digest(self, folder=None):
        result = subprocess.run(
            [ENGINE, "digest", folder or self.folder], capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    def verify(self, expect=0):
        result = subprocess.run([ENGINE, "verify", self.folder], capture_output=True, text=True, check=False)
        assert result.returncode == expect, f"verify: {result.returncode}\n{result.stdout}{result.stderr}"
        return result.stdout

    def assert_whole(self):
        """As if nothing had ever happened."""
        findings = [line for line in self.verify().splitlines() if not line.endswith(": sound")]
        assert findings == [], findings
        assert enginelib.leftovers(self.folder) == [], enginelib.leftovers(self.folder)
        assert self.digest() == Case.get_reference(), "the digest differs from that of an undisturbed job"

    @staticmethod
    def get_reference():
        if Case.reference is None:
            with tempfile.TemporaryDirectory(prefix="dio-engine-", dir=SHARED_MEMORY) as root:
                case = Case(root)
                case.render("--workers", "1")
                Case.reference = case.digest()
        return Case.reference


def test_workers_do_not_change_the_digest(case):
    for workers in (1, 2, 4):
        folder = f"{case.folder}-{workers}"
        case.render("--workers", str(workers), folder=folder)
        assert case.digest(folder) == Case.get_reference()
        assert enginelib.leftovers(folder) == []
        assert enginelib.query(folder, "SELECT count(*), sum(attempts) FROM frames") == [(FRAMES, FRAMES)]


def test_seed_and_range_change_the_digest(case):
    case.render("--first", "1")
    assert case.digest() != Case.get_reference()
    indices = [row[0] for row in enginelib.query(case.folder, "SELECT frame_index FROM frames ORDER BY 1")]
    assert indices == list(range(1, FRAMES + 1))


def test_two_halves_hold_the_same_frames(case):
    case.render("--frames", "10", folder=case.folder + "-a")
    case.render("--first", "10", "--frames", "14", folder=case.folder + "-b")
    case.render()
    paths = "SELECT path, sha256 FROM files ORDER BY path"
    halves = enginelib.query(case.folder + "-a", paths) + enginelib.query(case.folder + "-b", paths)
    assert sorted(halves) == enginelib.query(case.folder, paths)


def assert_failed(case, run, index, cause):
    rows = enginelib.query(case.folder, "SELECT frame_index, attempts, failure FROM frames WHERE status = 2")
    assert len(rows) == 1 and rows[0][:2] == (index, 3), rows
    assert cause in rows[0][2], rows
    assert enginelib.query(case.folder, "SELECT count(*) FROM frames WHERE status = 1") == [(FRAMES - 1,)]
    assert len(enginelib.events(run.lines, "frame-retry")) == 2, run.text()
    assert len(enginelib.events(run.lines, "frame-failed")) == 1, run.text()
    assert "frame-failed" in case.verify()
    assert enginelib.leftovers(case.folder) == []


def test_crash_is_tried_three_times(case):
    run = case.render("--workers", "2", env={"DIORAMA_TEST_FAIL": "frame:5:crash"}, expect=3)
    assert_failed(case, run, 5, "signal 6")
    assert len(enginelib.events(run.lines, "worker-lost")) == 3, run.text()
    case.resume()
    case.assert_whole()


def test_error_is_tried_three_times(case):
    run = case.render("--workers", "2", env={"DIORAMA_TEST_FAIL": "frame:0:error"}, expect=3)
    assert_failed(case, run, 0, "A test asked for this error")
    assert enginelib.events(run.lines, "worker-lost") == [], run.text()
    case.resume()
    case.assert_whole()


def test_hang_is_tried_three_times(case):
    run = case.render("--timeout", "1", env={"DIORAMA_TEST_FAIL": "frame:23:hang"}, expect=3)
    assert_failed(case, run, 23, "took longer than 1 s")
    case.resume()
    case.assert_whole()


def test_kills_from_outside_count_only_in_the_end(case):
    run = case.render("--workers", "2", env={"DIORAMA_TEST_FAIL": "frame:3:kill"}, expect=3)
    assert_failed(case, run, 3, "memory")
    assert len(enginelib.events(run.lines, "worker-lost")) == 12, run.text()
    case.resume()
    case.assert_whole()


def test_workers_that_crash_before_hello_stop_the_job(case):
    run = case.render(env={"DIORAMA_TEST_FAIL": "start:0:crash"}, expect=1)
    assert "No worker can start" in run.text() and "signal 6" in run.text(), run.text()
    case.resume()
    case.assert_whole()


def test_workers_that_say_why_they_cannot_start(case):
    run = case.render(env={"FAKE_NO_START": "1"}, expect=1)
    assert "There is no graphics here" in run.text(), run.text()
    case.resume()
    case.assert_whole()


def kill_supervisor(case, point, nth, frame_ms=5):
    env = {"DIORAMA_TEST_PAUSE": f"{point}:150", "FAKE_FRAME_MS": str(frame_ms)}
    run = case.start("--workers", "2", env=env)
    pid = run.wait_for_seam(nth)
    assert pid is not None, run.text()
    workers = enginelib.workers_of(run.process.pid)
    enginelib.kill(run.process.pid)
    run.finish()
    # The last commit comes after the workers have left.
    assert workers or point == "committing"
    assert enginelib.wait_until_gone(workers), "a worker outlives its supervisor"
    case.resume()
    case.assert_whole()


def test_supervisor_killed_while_rendering(case):
    kill_supervisor(case, "rendering", 3)


def test_supervisor_killed_while_writing(case):
    kill_supervisor(case, "writing", 4)


def test_supervisor_killed_while_renaming(case):
    kill_supervisor(case, "renaming", 3)


def test_supervisor_killed_while_committing(case):
    kill_supervisor(case, "committing", 1)
    shutil.rmtree(case.folder)
    # Slow enough for a second commit.
    kill_supervisor(case, "committing", 2, frame_ms=120)


def test_workers_killed_at_every_point(case):
    for point in ("rendering", "writing"):
        folder = f"{case.folder}-{point}"
        run = case.start("--workers", "2", env={"DIORAMA_TEST_PAUSE": f"{point}:40"}, folder=folder)
        for nth in (2, 5, 9):
            enginelib.kill(run.wait_for_seam(nth))
        assert run.finish() == 0, run.text()
        assert len(enginelib.events(run.lines, "worker-lost")) == 3, run.text()
        assert case.digest(folder) == Case.get_reference()
        assert enginelib.query(folder, "SELECT max(attempts) FROM frames") == [(1,)]
        assert enginelib.leftovers(folder) == []


def test_stop_and_resume(case):
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        run = case.start("--workers", "2", env={"DIORAMA_TEST_PAUSE": "rendering:50"})
        run.wait_for_seam(5)
        run.process.send_signal(signal_number)
        assert run.finish() == 3, run.text()
        done = enginelib.query(case.folder, "SELECT count(*) FROM frames")[0][0]
        assert 0 < done < FRAMES
        assert enginelib.leftovers(case.folder) == []
        case.resume()
        case.assert_whole()
        shutil.rmtree(case.folder)


def test_disk_full_stops_and_resumes(case):
    run = case.render(env={"DIORAMA_TEST_FAIL": "disk:5", "FAKE_FRAME_MS": "120"}, expect=3)
    assert len(enginelib.events(run.lines, "disk-full")) == 1, run.text()
    assert 5 <= enginelib.query(case.folder, "SELECT count(*) FROM frames")[0][0] < FRAMES
    assert enginelib.leftovers(case.folder) == []
    case.resume()
    case.assert_whole()


def test_another_identity_is_refused(case):
    case.render(env={"DIORAMA_TEST_FAIL": "frame:2:error"}, expect=3)
    run = case.resume(env={"FAKE_IDENTITY": "other | 2"}, expect=1)
    assert "was begun with" in run.text() and "other | 2" in run.text(), run.text()
    case.resume()
    case.assert_whole()


def test_two_writers_exclude_each_other(case):
    run = case.start(env={"DIORAMA_TEST_PAUSE": "rendering:60"})
    run.wait_for_seam(2)
    second = case.resume(expect=1)
    assert "in use" in second.text(), second.text()
    # Readers do not mind: they see whole frames.
    assert len(case.digest()) == 64
    assert "dataset-running" in case.verify()
    assert run.finish() == 0, run.text()
    case.assert_whole()


def test_grown_workers_are_replaced(case):
    env = {"FAKE_HOARD_MIB": "5", "FAKE_FRAME_MS": "100"}
    run = case.render("--workers", "1", "--recycle", "60", env=env)
    assert len(enginelib.events(run.lines, "worker-recycled")) >= 1, run.text()
    assert enginelib.events(run.lines, "worker-lost") == [], run.text()
    case.assert_whole()


def test_memory_limit_counts_as_a_try(case):
    env = {"FAKE_HOARD_MIB": "200", "FAKE_FRAME_MS": "10", "DIORAMA_TEST_PAUSE": "writing:1500"}
    run = case.render("--frames", "1", "--recycle", "30", env=env, expect=3)
    assert len(enginelib.events(run.lines, "frame-failed")) == 1, run.text()
    assert "60 MiB of memory" in run.text(), run.text()


def test_a_slow_disk_does_not_mix_leases(case):
    # A result that comes after its lease was taken away is dropped: the worker is killed for its timeout.
    env = {"DIORAMA_TEST_PAUSE": "writing:1300"}
    run = case.render("--frames", "2", "--workers", "1", "--timeout", "1", env=env, expect=3)
    assert len(enginelib.events(run.lines, "frame-failed")) == 2, run.text()
    assert enginelib.leftovers(case.folder) == []


def write(path):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="ascii") as file:
        file.write("garbage")


def test_garbage_is_found_and_removed(case):
    case.render()
    write(os.path.join(case.folder, "rgb/000/000999_camera.png"))
    write(os.path.join(case.folder, ".tmp/1_2_0_rgb.png"))
    write(os.path.join(case.folder, "notes/mine.txt"))
    findings = case.verify(expect=1)
    assert "orphan-file rgb/000/000999_camera.png" in findings and "temporary-file" in findings, findings
    case.resume()
    assert os.path.exists(os.path.join(case.folder, "notes/mine.txt"))
    shutil.rmtree(os.path.join(case.folder, "notes"))
    case.assert_whole()


def copy_picture(case, source, target):
    shutil.copyfile(os.path.join(case.folder, source), os.path.join(case.folder, target))


def accept_files(case):
    """Makes the rows agree with the files' bytes, so that only their contents can be wrong."""
    import hashlib

    for (path,) in enginelib.query(case.folder, "SELECT path FROM files"):
        with open(os.path.join(case.folder, path), "rb") as file:
            sha256 = hashlib.sha256(file.read()).hexdigest()
        enginelib.change(case.folder, f"UPDATE files SET sha256 = '{sha256}' WHERE path = '{path}'")


def test_verify_finds_what_is_wrong(case):
    case.render("--frames", "3")
    pristine = case.folder + "-pristine"
    shutil.copytree(case.folder, pristine)

    def damage(code, action, accept=False):
        shutil.rmtree(case.folder)
        shutil.copytree(pristine, case.folder)
        if callable(action):
            action()
        else:
            enginelib.change(case.folder, action)
        if accept:
            accept_files(case)
        findings = case.verify(expect=1)
        assert f"error {code} " in findings, f"{code} is not among:\n{findings}"

    one, two = "000001_camera.png", "000002_camera.png"
    damage("file-missing", lambda: os.remove(os.path.join(case.folder, "leaf/000", one)))
    damage("file-damaged", lambda: copy_picture(case, f"rgb/000/{two}", f"rgb/000/{one}"))
    damage("file-undecodable", lambda: write(os.path.join(case.folder, "rgb/000", one)), accept=True)
    for channel, code in (
        ("leaf", "mask-mismatch"),
        ("leaf", "count-mismatch"),
        ("leaf", "box-mismatch"),
        ("instance", "projection-mismatch"),
        ("semantic", "projection-mismatch"),
        ("depth", "depth-background"),
        ("normal", "normal-background"),
    ):
        damage(code, lambda c=channel: copy_picture(case, f"{c}/000/{two}", f"{c}/000/{one}"), accept=True)
    damage(
        "picture-type", lambda: copy_picture(case, f"rgb/000/{one}", f"leaf/000/{one}"), accept=True
    )
    damage("count-mismatch", "UPDATE annotations SET visible_px = visible_px + 1 WHERE instance = 2")
    damage("count-mismatch", "UPDATE annotations SET silhouette_px = silhouette_px + 1 WHERE instance = 2")
    damage("count-mismatch", "UPDATE leaves SET visible_px = visible_px + 1 WHERE leaf = 1")
    damage("ratio-mismatch", "UPDATE annotations SET visibility = visibility * 0.999 WHERE instance = 4")
    damage("box-mismatch", "UPDATE annotations SET visible_x1 = visible_x1 - 1 WHERE instance = 4")
    damage("box-mismatch", "UPDATE annotations SET amodal_x1 = amodal_x1 - 1 WHERE instance = 4")
    damage("hidden-mismatch", "UPDATE hidden SET opaque_px = opaque_px + 1")
    damage("hidden-mismatch", "DELETE FROM hidden")
    damage("unknown-leaf", "DELETE FROM leaves WHERE leaf = 4")
    damage(
        "mask-mismatch",
        "UPDATE annotations SET mask = (SELECT mask FROM annotations b WHERE b.capture = annotations.capture"
        " AND b.instance = 1) WHERE instance = 4",
    )


def test_folders_of_others_are_left_alone(case):
    write(os.path.join(case.folder, "thesis.txt"))
    run = case.render(expect=1)
    assert "not empty" in run.text(), run.text()
    assert os.listdir(case.folder) == ["thesis.txt"]
    case.render(folder=case.folder + "-2")
    assert "not empty" in case.render(folder=case.folder + "-2", expect=1).text()


def test_what_an_interrupted_creation_leaves_is_no_obstacle(case):
    write(os.path.join(case.folder, ".lock"))
    write(os.path.join(case.folder, "assets/abc.dioblob.new"))
    write(os.path.join(case.folder, ".dataset.db.new"))
    case.render()
    os.remove(os.path.join(case.folder, "assets/abc.dioblob.new"))
    case.assert_whole()


def test_resume_of_a_whole_dataset_changes_nothing(case):
    case.render()
    start = time.monotonic()
    case.resume()
    assert time.monotonic() - start < 20
    case.assert_whole()


def test_damaged_database_gives_a_message(case):
    case.render("--frames", "3")
    path = os.path.join(case.folder, "dataset.db")
    with open(path, "r+b") as file:
        file.truncate(5000)
    run = case.resume(expect=1)
    assert "dataset.db" in run.text(), run.text()


def test_resume_without_a_dataset_gives_a_message(case):
    assert "resume:" in case.resume(expect=1).text()
    os.mkdir(case.folder)
    assert "not a dataset" in case.resume(expect=1).text()
    assert os.listdir(case.folder) in ([], [".lock"])


def main():
    tests = [(name, func) for name, func in globals().items() if name.startswith("test_")]
    chosen = [test for test in tests if not OPTIONS.names or any(name in test[0] for name in OPTIONS.names)]
    print(f"1..{len(chosen)}", flush=True)
    failed = 0
    for number, (name, func) in enumerate(chosen, 1):
        with tempfile.TemporaryDirectory(prefix="dio-engine-", dir=SHARED_MEMORY) as root:
            start = time.monotonic()
            try:
                func(Case(root))
                verdict = "ok"
            except Exception:
                failed += 1
                verdict = "not ok"
                for line in traceback.format_exc().splitlines():
                    print(f"# {line}")
            title = name[5:].replace("_", " ")
            print(f"{verdict} {number} - {title} # {time.monotonic() - start:.1f} s", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
