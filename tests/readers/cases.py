"""Cases in TAP and runs of the engine, for the test programs of this folder."""
import subprocess
import sys


class Cases:
    """Independent of each other: one that fails does not end the rest."""

    def __init__(self, engine):
        self.engine = engine
        self.count = 0
        self.failures = 0

    def run(self, *args, code=0):
        """The engine with @args; AssertionError with all that it said where it ends otherwise than with @code."""
        done = subprocess.run([self.engine, *map(str, args)], capture_output=True, text=True, timeout=300)
        if done.returncode != code:
            raise AssertionError(f"{args}: exit {done.returncode}, wanted {code}\n{done.stdout}{done.stderr}")
        return done

    def case(self, name, body):
        """Calls body(); what it returns is said behind the name."""
        self.count += 1
        try:
            said = body()
            print(f"ok {self.count} {name}{': ' + said if said else ''}")
        except Exception as error:  # every failure of a case is a result
            self.failures += 1
            print(f"not ok {self.count} {name}")
            print("\n".join("# " + line for line in f"{type(error).__name__}: {error}".splitlines()))
        sys.stdout.flush()

    def end(self):
        """The exit status."""
        print(f"1..{self.count}")
        return 1 if self.failures else 0
