# SPDX-License-Identifier: GPL-3.0-or-later
"""A paper comes in: by hand scanner, by camera, and with its printed fields typed from it; by keys alone."""

import os

from printed import first_page
from window import WindowTest, main

NAME = "Wang Xiuying"
PHONE = "13900000000"
SCAN_RESOLUTION = 110
LABELS = {"Name": "姓名", "Issued by": "签发人", "Number of the stay": "本站编号", "Arrived": "来站时间", "Came by": "来站方式",
          "Age": "年龄", "Verified": "姓名（自报/核实）", "Phone": "联系电话", "Printing": "第几次打印"}


class VerifyTest(WindowTest):
    def issue(self, store):
        arrived = store.one("stay", "arrive", "--set", "person.name=" + NAME, "--set", "person.sex=2", "--set", "person.phone=" + PHONE,
                            "--set", "came_by=police")
        paper = store.one("paper", "issue", "--kind", "intake-registration", "--stay", arrived["stay"]["id"], "--pdf", self.path("paper.pdf"))
        first_page(self.path("paper.pdf"), SCAN_RESOLUTION)
        return paper

    def open_page(self, store, camera):
        os.environ["GUITU_CAMERA"] = camera
        self.addCleanup(os.environ.pop, "GUITU_CAMERA", None)
        window = self.open(store.directory)
        window.log_in()
        window.press("ctrl+5")
        window.wait_focus("text", "Text of the code")
        return window

    def scan(self, window, text):
        """As a hand scanner does: it types and presses Return."""
        window.press("ctrl+f")
        window.wait_focus("text", "Text of the code")
        window.entry("Text of the code").set_text(text)
        window.press("Return")

    def camera_is_off(self, window):
        window.wait_for(lambda: not window.find_all("image", "What the camera sees"), "the camera switched off")

    def test_camera(self):
        store = self.make_store()
        paper = self.issue(store)
        window = self.open_page(store, f"filesrc location={self.path('paper.png')} ! pngdec ! imagefreeze")
        window.find("label", "Scan the Code on the Paper")
        window.press("ctrl+k")
        window.find("label", "Genuine")
        window.label("020-12345678")
        window.label(paper["number"])
        self.assertEqual(window.entry("Text of the code").text, paper["seal"])
        self.camera_is_off(window)
        self.assertEqual(window.quit(), 0)

    def test_camera_sees_no_paper(self):
        window = self.open_page(self.make_store(), "videotestsrc is-live=true")
        window.press("ctrl+k")
        window.label("Hold the square code")
        window.find("image", "What the camera sees")
        window.press("ctrl+k")
        self.camera_is_off(window)
        window.find("label", "Scan the Code on the Paper")
        window.press("ctrl+k")
        window.find("image", "What the camera sees")
        window.press("ctrl+4")
        window.gone("text", "Text of the code")
        window.press("ctrl+5")
        window.wait_focus("text", "Text of the code")
        self.camera_is_off(window)

    def test_no_camera(self):
        store = self.make_store()
        paper = self.issue(store)
        window = self.open_page(store, "v4l2src device=/dev/nosuchcamera")
        window.press("ctrl+k")
        window.label("No camera is found")
        self.scan(window, paper["seal"])
        window.find("label", "Genuine")
        self.assertEqual([node for node in window.find_all() if "No camera" in node.name], [])

    def type_fields(self, window, fields):
        window.press("alt+p")
        for label, text in fields.items():
            window.entry(LABELS[label]).set_text(text)

    def test_printed_fields(self):
        store = self.make_store()
        paper = self.issue(store)
        stay = store.one("stay", "show", paper["stay"])
        arrived = stay["arrived_at"]
        fields = {"Name": NAME.upper(), "Issued by": "wang", "Number of the stay": stay["number"], "Came by": "公安护送",
                  "Arrived": f"{arrived[:4]}年{int(arrived[5:7])}月{int(arrived[8:10])}日{arrived[11:13]}时{arrived[14:16]}分", "Printing": "１",
                  "Verified": "自报", "Phone": PHONE}
        window = self.open_page(store, "videotestsrc")
        self.scan(window, paper["seal"])
        window.find("label", "Genuine")
        window.press("alt+p")
        window.wait_focus("text", "姓名")
        window.entry("姓名").set_text(paper["seal"])  # the scanner once more: not a field of this paper
        window.press("Return")
        window.gone("label", "The Printed Fields")
        self.type_fields(window, fields)
        self.assertEqual(window.entry("编号").text, paper["number"])
        window.press("ctrl+s")
        window.label("as the station sealed it")
        window.find("label", "Genuine")
        window.entry("联系电话").set_text("")
        window.press("ctrl+s")
        window.label("Not typed yet, and not compared")  # an empty line was not typed yet
        window.press("alt+w")
        window.wait_for(lambda: [node for node in window.find_all("check box") if node.has("checked")], "all said to be typed")
        window.press("ctrl+s")
        window.find("label", "Altered")
        window.label("Not what the station sealed: 联系电话")
        window.entry("联系电话").set_text(PHONE)
        window.entry("姓名").set_text("Wang Xiuyin")
        window.press("ctrl+s")
        window.find("label", "Altered")
        window.label("Look below for a slip")
        window.label("020-12345678")
        window.entry("姓名").set_text(NAME)
        window.press("ctrl+s")
        window.find("label", "Genuine")
        self.scan(window, "https://example.org/ticket")
        window.find("label", "Not a Paper")
        self.assertEqual(window.find_all(name="姓名"), [])


main()
