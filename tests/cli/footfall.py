"""Runs the built command as a user would, in a scratch folder."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("FOOTFALL", str(ROOT / "build/release/footfall"))
CACHE = os.environ.get("FOOTFALL_CACHE", os.path.expanduser("~/.cache/footfall"))
MAP = pathlib.Path(CACHE) / "src/osm2pgsql-1.8.0/tests/data/liechtenstein-2013-08-03.osm.pbf"
CITY = ["--demand-points", "600", "--residents", "30000", "--radius-m", "3000", "--candidates", "6",
        "--own-stores", "2", "--competitors", "6", "--suburbs", "2", "--seed", "3"]


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="footfall-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def footfall(self, *arguments, status=0):
        """Standard output and error of a call that must end with `status`."""
        run = subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, text=True,
                             capture_output=True, timeout=120)
        self.assertEqual(run.returncode, status, f"{arguments}\n{run.stdout}\n{run.stderr}")
        return run.stdout, run.stderr

    def refused(self, *arguments, says):
        """A call that must fail with lines on stderr that hold each text of `says`."""
        _, errors = self.footfall(*arguments, status=1)
        for text in says:
            self.assertIn(text, errors)
        self.assertLess(len(errors.splitlines()), 30)
        return errors

    def city(self, name="city"):
        self.footfall("scenario", "generate", *CITY, "--out", name)
        return self.folder / name

    def bytes_of(self, folder):
        return {p.name: p.read_bytes() for p in sorted(pathlib.Path(folder).iterdir())}
