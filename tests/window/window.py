"""The native window as a test sees it: real mouse and keys through xdotool, truth through --hooks."""
import json
import os
import pathlib
import struct
import subprocess
import tempfile
import time
import zlib

PROGRAM = os.path.abspath(os.environ.get("FOOTFALL_WINDOW", "build/release/footfall-window"))


class Window:
    def __init__(self, *arguments, size="1440x900", state=None, folder=None):
        self.state = state or tempfile.TemporaryDirectory()
        environment = {**os.environ, "XDG_STATE_HOME": self.state.name, "SDL_VIDEODRIVER": "x11",
                       "LIBGL_ALWAYS_SOFTWARE": "1", "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen([PROGRAM, "--hooks", "--size", size, *arguments], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env=environment, cwd=folder)
        self.snapshot()
        found = self.tool("search", "--sync", "--pid", str(self.process.pid), "--name", "Footfall")
        self.id = found.split()[-1]
        self.tool("windowfocus", self.id)
        time.sleep(0.3)  # SDL takes the focus a little later

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.stdin.write("quit\n")
            self.process.stdin.close()
        self.code = self.process.wait(20)
        self.process.stdout.close()

    @staticmethod
    def tool(*arguments):
        return subprocess.run(["xdotool", *map(str, arguments)], check=True, text=True,
                              capture_output=True).stdout

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def snapshot(self):
        return self.ask("snapshot")

    def wait(self, what, condition, seconds=60):
        """The first snapshot for which the condition holds."""
        end = time.monotonic() + seconds
        while True:
            state = self.snapshot()
            if condition(state):
                return state
            assert time.monotonic() < end, f"never: {what}; last state: {json.dumps(state)[:1500]}"
            time.sleep(0.05)

    def computed(self):
        return self.wait("results are there", lambda s: s["sites"] and not s["pending"])

    def item(self, name):
        """The middle of an item, once it is on the screen."""
        end = time.monotonic() + 20
        while not (rect := self.ask(f"rect {name}")):
            assert time.monotonic() < end, f"no item {name}: {self.ask('items')}"
            time.sleep(0.05)
        return rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2

    def act(self, *arguments):
        """Input that the window has answered with two frames: a button knows that it is under the
        mouse only after one. Input that changes nothing draws none."""
        before = self.snapshot()["frame"]
        self.tool(*arguments)
        end = time.monotonic() + 0.5
        while self.snapshot()["frame"] < before + 2 and time.monotonic() < end:
            time.sleep(0.02)

    def move(self, x, y):
        ratio = self.snapshot()["window"]["pixel_ratio"]
        self.act("mousemove", "--window", self.id, round(x * ratio), round(y * ratio))

    def press(self):
        self.act("mousedown", 1)

    def release(self):
        self.act("mouseup", 1)

    def click(self, x, y):
        self.move(x, y)
        self.press()
        self.release()

    def click_item(self, name):
        self.click(*self.item(name))

    def keys(self, *names):
        self.tool("key", *names)
        time.sleep(0.06)

    def number(self, name, value):
        """Types a number into a field that is dragged otherwise."""
        self.move(*self.item(name))
        self.tool("keydown", "ctrl")
        time.sleep(0.06)
        self.press()
        self.release()
        self.tool("keyup", "ctrl")
        self.wait("the field takes text", lambda s: s["text_input"])
        self.keys("ctrl+a")
        self.type(str(value))
        self.keys("Return")

    def type(self, text):
        self.tool("type", "--delay", 15, text)

    def picture(self, path):
        """A PNG of the window; gives back its number of distinct colours."""
        ppm = pathlib.Path(self.state.name) / "picture.ppm"
        assert self.ask(f"screenshot {ppm}")
        head, size, _, rgb = ppm.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        rows = b"".join(b"\0" + rgb[y * width * 3:(y + 1) * width * 3] for y in range(height))
        chunk = lambda kind, data: (struct.pack(">I", len(data)) + kind + data +
                                    struct.pack(">I", zlib.crc32(kind + data)))
        pathlib.Path(path).write_bytes(
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b""))
        return len({rgb[i:i + 3] for i in range(0, len(rgb) - 2, 3 * 7)})
