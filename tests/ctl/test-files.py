# SPDX-License-Identifier: GPL-3.0-or-later
"""Photos and scans: what is no picture, or too large a one, is refused at once."""

import os
import resource
import shutil
import struct
import subprocess
import zlib

from station import IS_SANITIZED, StationTest, main

MEGABYTE = 1 << 20


def png(width, height, rows):
    """A one-bit PNG of so many stated pixels and so many bytes of zeros within."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(rows)) + packer.flush()
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)) +
            chunk(b"IDAT", packed) + chunk(b"IEND", b""))


class Files(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        arrived = cls.station.register("person.sex=女", "person.name=王秀英")
        cls.person, cls.stay = arrived["person"]["id"], arrived["stay"]["id"]
        cls.photo = cls.path("photo.png")
        subprocess.run(["convert", "-size", "300x400", "gradient:gray30-gray90", cls.photo], check=True)

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content)
        return self.path(name)

    def stored(self):
        return sorted(os.path.join(folder, name) for folder, _, names in os.walk(os.path.join(self.station.directory, "files"))
                      for name in names)

    @staticmethod
    def processor_time():
        """What the commands that ended have used of it: other programs on the machine don't count."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    def assert_no_picture(self, path, code="not-an-image"):
        before = self.stored()
        for words, field in ((("file", "add", self.person, path, "--photo"), "file"), (("verify", "--image", path), "image")):
            with self.subTest(words=words[:2]):
                self.assert_refused(self.station, words, 2, code, field)
        self.assertEqual(self.stored(), before)

    def test_no_pictures(self):
        with open(self.photo, "rb") as file:
            picture = file.read()
        contents = {
            "empty": b"",
            "text": b"This is a text.\n",
            "random": bytes(range(256)) * 40,
            "signature": picture[:8],
            "cut": picture[:len(picture) // 2],
            "flipped": picture[:200] + bytes([picture[200] ^ 255]) + picture[201:],
            "jpeg": b"\xff\xd8\xff\xe0" + bytes(1000),
            "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
            "pdf": b"%PDF-1.4\n%%EOF\n",
        }
        for name, content in contents.items():
            with self.subTest(name=name):
                self.assert_no_picture(self.write(name, content))

    def test_no_files(self):
        for path in (self.path("not-there.png"), self.folder, "/dev/zero"):
            with self.subTest(path=path):
                self.assert_no_picture(path, "no-file")

    def test_huge_pictures(self):
        """Neither time nor memory for what a few kilobytes claim to hold."""
        limit = None if IS_SANITIZED else 1024 * MEGABYTE
        used = self.processor_time()
        self.assert_no_picture(self.write("random", bytes(range(256)) * 40))
        usual = self.processor_time() - used
        for name, content in (("claims", png(2000000000, 2000000000, 1)), ("bomb", png(60000, 60000, 430))):
            path = self.write(name, content)
            used = self.processor_time()
            with self.subTest(name=name):
                self.assert_refused(self.station, ("file", "add", self.person, path, "--photo"), 2, "not-an-image", "file",
                                    before=lambda: limit and resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
                self.assert_refused(self.station, ("verify", "--image", path), 2, "not-an-image", "image",
                                    before=lambda: limit and resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
                self.assertLess(self.processor_time() - used, 5 * usual)

    def test_too_large_a_file(self):
        with open(self.path("sparse.png"), "wb") as file:
            file.truncate(65 * MEGABYTE)
        self.assert_no_picture(self.path("sparse.png"), "too-large")

    def test_a_picture_without_a_code(self):
        self.assert_refused(self.station, ("verify", "--image", self.photo), 2, "no-code", "image")

    def test_nobody(self):
        before = self.stored()
        self.assert_refused(self.station, ("file", "add", "01a20120-510a-7012-9c8c-ab17c450f080", self.photo), 3, "not-found")
        self.assertEqual(self.stored(), before)

    def test_a_photo(self):
        """It is kept encrypted, given back as it was, and printed."""
        plain = self.station.one("paper", "issue", "intake-registration", "--stay", self.stay, "--inline")
        kept = self.station.one("file", "add", self.person, self.photo, "--photo", "--title", "正面照")
        self.assertEqual(self.station.one("person", "show", self.person)["photo"], kept["id"])
        (path,) = self.stored()
        with open(path, "rb") as file, open(self.photo, "rb") as photo:
            content, original = file.read(), photo.read()
        self.assertNotIn(b"PNG", content)
        self.station.one("file", "export", kept["id"], "--to", self.path("back.png"))
        with open(self.path("back.png"), "rb") as file:
            self.assertEqual(file.read(), original)
        self.station.one("file", "export", kept["id"], "--edge", "100", "--to", self.path("small.jpg"))
        size = subprocess.run(["identify", "-format", "%m %w %h", self.path("small.jpg")], capture_output=True, check=True, text=True).stdout
        self.assertEqual(size, "JPEG 75 100")
        for edge in ("0", "-5", "99999"):
            self.assert_refused(self.station, ("file", "export", kept["id"], "--edge", edge), 2, "out-of-range", "edge")
        printed = self.station.one("paper", "issue", "intake-registration", "--stay", self.stay, "--pdf", self.path("p.pdf"))
        self.assertNotEqual(plain["bytes"], printed["bytes"])
        images = subprocess.run(["pdfimages", "-list", self.path("p.pdf")], capture_output=True, check=True, text=True).stdout
        self.assertEqual(len(images.splitlines()), 3, images)
        with open(path, "r+b") as file:
            file.seek(100)
            file.write(b"\x00" * 8)
        self.assert_refused(self.station, ("file", "export", kept["id"], "--to", self.path("bad.png")), 4, "damaged")
        self.assertFalse(os.path.exists(self.path("bad.png")))
        with open(path, "wb") as file:
            file.write(content)

    def test_a_photo_exchanged_for_another(self):
        """A whole file under the name of another is not the one that was kept."""
        person = self.station.register("person.sex=女")["person"]["id"]
        kept = [self.station.one("file", "add", person, self.photo)["id"]]
        (mine,) = [path for path in self.stored() if os.path.getmtime(path) == max(map(os.path.getmtime, self.stored()))]
        self.station.one("paper", "blank", "escort-log", "--pdf", self.path("scan.pdf"))
        before = set(self.stored())
        scan = self.station.one("file", "add", person, self.path("scan.pdf"))["id"]
        self.assert_refused(self.station, ("file", "export", scan, "--edge", "100", "--inline"), 2, "not-an-image", "file")
        (other,) = set(self.stored()) - before
        with open(mine, "rb") as file:
            content = file.read()
        shutil.copyfile(other, mine)
        self.assert_refused(self.station, ("file", "export", kept[0], "--to", self.path("bad.png")), 4, "damaged")
        with open(mine, "wb") as file:
            file.write(content)


main()
