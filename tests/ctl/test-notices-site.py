# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of notices on the web: whole files in a folder, valid for other programs, safe whatever a notice says, and
right in a real browser."""

import functools
import http.server
import json
import os
import pathlib
import re
import shutil
import threading
import xml.etree.ElementTree as ElementTree

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.wait import WebDriverWait

from notices import UNKNOWN, NoticeTest, make_picture
from station import main

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00")
EVIL = '<b>王</b>"\'&<script>document.title="x"</script>'


class Site(NoticeTest):
    def site(self, name):
        return self.path(name)

    def feed(self, folder):
        return ElementTree.parse(os.path.join(folder, "feed.xml")).getroot()

    def test_the_folder(self):
        station = self.station.copy(self.path("folder-store"))
        folder = self.site("folder")
        person, _ = self.take_in(photo=True, station=station)
        notice = self.publish(person, station=station)
        waiting, _ = self.take_in("person.sex=女", "person.name=未审核的人", station=station)
        self.prepare(waiting, station=station)
        os.mkdir(folder)
        pathlib.Path(folder, "favicon.ico").write_bytes(b"theirs")
        pathlib.Path(folder, "photo-holiday-1.jpg").write_bytes(b"theirs")
        done = self.export(folder, station=station)
        self.assertEqual((done["published"], done["withdrawn"], done["photos"], done["warnings"]), (1, 0, 1, []))
        number = notice["number"]
        files = self.files(folder)
        self.assertEqual(set(files), {"favicon.ico", "photo-holiday-1.jpg", "index.html", "feed.xml", "notices.json", f"notice-{number}.html", f"photo-{number}-1.jpg"})
        self.assertNotIn("未审核的人", "".join(content.decode() for name, content in files.items() if name.endswith(("html", "xml", "json"))))
        for name in files:
            if not name.startswith(("favicon", "photo-holiday")):
                self.assertEqual(os.stat(os.path.join(folder, name)).st_mode & 0o444, 0o444, name)
        self.assertEqual(self.export(folder, station=station)["written"], 0)
        self.assertEqual(self.files(folder), files)
        other = self.path("newer.png")
        make_picture(other, "#aa6633")
        photo = station.one("file", "add", person, other, user="clerk")["id"]
        station.one("notice", "refresh", notice["id"], "--photo", photo, user="caseworker")
        self.assertEqual(self.export(folder, station=station)["written"], 0)
        self.approve(notice, station=station)
        self.assertEqual(self.export(folder, station=station)["removed"], 1)
        self.assertIn(f"photo-{number}-2.jpg", self.files(folder))
        self.assertEqual(self.files(folder)["photo-holiday-1.jpg"], b"theirs")

    def test_folders_of_others(self):
        folder = self.site("others")
        os.mkdir(folder)
        pathlib.Path(folder, "index.html").write_text("theirs")
        self.assert_refused(self.station, ["notice", "export", folder], 2, "folder-in-use", "folder", user="caseworker")
        pathlib.Path(folder, "notices.json").write_text('{"format": "guitu-notices", "station": {"code": "110101001"}}')
        self.assert_refused(self.station, ["notice", "export", folder], 2, "folder-in-use", "folder", user="caseworker")
        self.assertEqual(pathlib.Path(folder, "index.html").read_text(), "theirs")
        self.assert_refused(self.station, ["notice", "export"], 2, "missing", "folder", user="caseworker")
        pathlib.Path(folder, "file").write_text("")
        self.assert_refused(self.station, ["notice", "export", os.path.join(folder, "file", "below")], 2, "unwritable", "folder", user="caseworker")

    def test_a_desk_that_knows_less(self):
        """What another desk withdrew in this folder is not published again by one that has not heard of it."""
        station = self.station.copy(self.path("ahead"))
        person, _ = self.take_in(station=station)
        notice = self.publish(person, station=station)
        behind = station.copy(self.path("behind"))
        folder = self.site("shared")
        self.export(folder, station=station)
        station.one("notice", "withdraw", notice["id"], "--as", "reunited", "--reason", "家属接回", user="manager")
        self.export(folder, station=station)
        before = self.files(folder)
        self.assert_refused(behind, ["notice", "export", folder], 1, "behind-folder", "folder", user="caseworker")
        self.assertEqual(self.files(folder), before)

    def test_the_feed(self):
        station = self.station.copy(self.path("feed-store"))
        folder = self.site("feed")
        notices = [self.publish(self.take_in(station=station)[0], station=station) for _ in range(2)]
        self.export(folder, station=station)
        feed = self.feed(folder)
        self.assertEqual([entry.findtext(ATOM + "id") for entry in feed.iter(ATOM + "entry")], [f"urn:uuid:{notice['id']}" for notice in reversed(notices)])
        first = feed.findtext(ATOM + "id")
        for element in [feed, *feed.iter(ATOM + "entry")]:
            self.assertRegex(element.findtext(ATOM + "id"), URN)
            self.assertRegex(element.findtext(ATOM + "updated"), MOMENT)
            self.assertTrue(element.findtext(ATOM + "title"))
        self.assertTrue(feed.findtext(f"{ATOM}author/{ATOM}name"))
        station.one("notice", "withdraw", notices[0]["id"], "--as", "mistaken", "--reason", "写错", user="manager")
        self.export(folder, station=station)
        feed = self.feed(folder)
        self.assertEqual(feed.findtext(ATOM + "id"), first)
        self.assertEqual([entry.findtext(ATOM + "id") for entry in feed.iter(ATOM + "entry")], [f"urn:uuid:{notices[1]['id']}"])
        (gone,) = feed.iter(TOMBSTONE)
        self.assertEqual(gone.get("ref"), f"urn:uuid:{notices[0]['id']}")
        self.assertRegex(gone.get("when"), MOMENT)
        data = json.loads(self.files(folder)["notices.json"])
        self.assertEqual([notice["number"] for notice in data["notices"]], [notices[1]["number"]])
        self.assertEqual([set(notice) for notice in data["withdrawn"]], [{"id", "number", "withdrawn_at"}])

    def test_whatever_a_notice_says(self):
        station = self.station.copy(self.path("evil-store"))
        folder = self.site("evil")
        person, _ = self.take_in("person.sex=男", station=station)
        self.publish(person, "--set", f"content.name={EVIL[:40]}", "--set", f"content.marks={EVIL}", "--set", f"content.found_place={EVIL}", station=station)
        self.export(folder, station=station)
        for name, content in self.files(folder).items():
            text = content.decode()
            if name.endswith((".html", ".xml")):
                self.assertNotIn("<b>", text, name)
                self.assertNotIn("<script>document", text, name)
                self.assertIn("&lt;b&gt;", text, name)
        self.assertIn(EVIL, [entry["content"].get("marks") for entry in json.loads(self.files(folder)["notices.json"])["notices"]])
        self.assertIn("<b>王</b>", self.feed(folder).find(f"{ATOM}entry/{ATOM}content").text)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A plain web server that remembers what it was asked for."""

    asked = []

    def log_message(self, format, *args):
        self.asked.append(self.path)


class Browser(NoticeTest):
    """What a family sees: the folder on a plain web server, in Chromium."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        maker = cls("make")
        cls.notices = [maker.publish(maker.take_in(*fields, photo=photo)[0], *words) for fields, photo, words in (
            (UNKNOWN, True, ()),
            (("person.sex=女", "person.birth_from=1950-01-01", "person.birth_to=1955-12-31", "found_place=白云区三元里大道"), True, ()),
            (("person.sex=男",), False, ("--set", f"content.name={EVIL[:40]}", "--set", "content.age=约20岁", "--set", f"content.marks={EVIL}")))]
        cls.site = cls.path("site")
        maker.export(cls.site)
        handler = functools.partial(Quiet, directory=cls.site)
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        cls.addClassCleanup(cls.server.server_close)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.server.shutdown)
        cls.address = f"http://127.0.0.1:{cls.server.server_address[1]}/"

    def make(self):
        """Only to call what makes notices."""

    def open(self, *arguments, scripts=True, width=1200):
        options = webdriver.ChromeOptions()
        profile = self.path(f"profile-{self.id()}-{width}-{scripts}")
        options.binary_location = shutil.which("chromium")
        for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", f"--user-data-dir={profile}",
                         f"--window-size={width},900", *arguments):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        if not scripts:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        self.addCleanup(driver.quit)
        if width < 500:  # a window of its own is never that narrow
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": True})
        return driver

    def requests(self, driver):
        messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
        sent = [message["params"] for message in messages if message["method"] == "Network.requestWillBeSent"]
        return {request["request"]["url"] for request in sent if not request["documentURL"].startswith("chrome")}  # the empty page at the start

    def shown(self, driver):
        return [card.find_element("css selector", "h2").text for card in driver.find_elements("css selector", ".cards > li") if card.is_displayed()]

    def keep_picture(self, driver, name):
        if os.environ.get("GUITU_PICTURES"):
            driver.save_screenshot(os.path.join(os.environ["GUITU_PICTURES"], f"notices-{name}.png"))

    def test_index(self):
        driver = self.open()
        driver.get(self.address)
        self.assertEqual(len(self.shown(driver)), 3)
        self.assertEqual(driver.find_element("css selector", "html").get_attribute("lang"), "zh-CN")
        self.assertIn("请家属查看全部公告", driver.find_element("css selector", ".advice").text)
        self.assertIn("<b>王</b>", self.shown(driver)[0])
        self.assertNotEqual(driver.title, "x")
        self.keep_picture(driver, "index")
        pages = [link.get_attribute("href") for link in driver.find_elements("css selector", ".cards h2 a")]
        for page in pages:
            driver.get(page)
            self.assertEqual(len(driver.find_elements("css selector", "h1")), 1)
            self.assertEqual(driver.find_element("css selector", ".call a").get_attribute("href"), "tel:02012345678")
            for image in driver.find_elements("css selector", "img"):
                self.assertIn("照片", image.get_attribute("alt"))
                self.assertGreater(int(image.get_attribute("naturalWidth")), 100)
        self.keep_picture(driver, "page")
        for address in self.requests(driver):
            self.assertTrue(address.startswith((self.address, "data:")), address)
        self.assertEqual([entry for entry in driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")], [])

    def test_filter(self):
        driver = self.open()
        driver.get(self.address)
        sex, age, text = (driver.find_element("css selector", f"[name={name}]") for name in ("sex", "age", "text"))
        sex.find_element("css selector", "[value=女]").click()
        self.assertEqual(len(self.shown(driver)), 1)
        self.assertIn("符合条件的1则", driver.find_element("id", "count").text)
        sex.find_element("css selector", "[value='']").click()
        age.send_keys("44")
        self.assertEqual(len(self.shown(driver)), 1)
        age.clear()
        age.send_keys("28")
        self.assertEqual(len(self.shown(driver)), 1)
        driver.find_element("css selector", "button[type=reset]").click()
        WebDriverWait(driver, 20).until(lambda _: len(self.shown(driver)) == 3)
        text.send_keys("三元里")
        self.assertEqual(len(self.shown(driver)), 1)
        text.send_keys("不存在")
        self.assertEqual(self.shown(driver), [])

    def test_narrow(self):
        driver = self.open(width=360)
        for name in ("index.html", *(f"notice-{notice['number']}.html" for notice in self.notices)):
            driver.get(self.address + name)
            widths = driver.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
            self.assertEqual(widths[1], 360)
            self.assertLessEqual(widths[0], 360, name)
        self.keep_picture(driver, "narrow")

    def test_without_scripts(self):
        driver = self.open(scripts=False)
        driver.get(self.address)
        self.assertEqual(len(self.shown(driver)), 3)
        self.assertFalse(driver.find_element("id", "filter").is_displayed())


main()
