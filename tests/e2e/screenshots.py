# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of the README anew, from the real window on a demo station in Chinese:

    GUITU_BUILD=_build /usr/bin/python3 tests/e2e/screenshots.py FOLDER
"""

import os
import subprocess
import sys
import tempfile
import time

from window import INSIDE, Store, Window, run_inside

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ctl"))

import postgres  # noqa: E402

COLOURS = "256"
BORDER = 5  # what the window draws around itself where there is no window manager
PAGE_RESOLUTION = "90"
TICKET = "专用车票购票凭证"
PREVIEW_SECONDS = 2  # until the preview has followed the typing
STATION = "广州市海珠区救助管理站（演示）"
# Invented, like everybody in the demo station.
KNOWN = ("--set", "person.name=欧阳娜娜", "--set", "person.sex=2", "--set", "person.id_number=11010519491231002X",
         "--set", "person.health=healthy", "--set", "person.phone=13800000000", "--set", "person.accent=川南口音",
         "--set", "person.marks=左手背有烫伤疤痕，戴银镯")


def save(window, name):
    """The window as it is, in few colours: a third of the size, and no difference to the eye."""
    frame = window.wait_for(window.active, "an active window").extents
    path = os.path.join(FOLDER, name)
    window.screenshot(path)
    subprocess.run(["convert", path, "-crop", f"{frame[2]}x{frame[3]}+{BORDER}+{BORDER}", "+repage", "+dither", "-colors", COLOURS,
                    "-define", "png:compression-level=9", "-strip", path], check=True)


def make_station(folder):
    store = Store(os.path.join(folder, "station")).set_up("440105001", STATION, "440105")
    store.one("user", "edit", "wang", "--full_name", "王芳")  # as papers name who issues them
    store.one("station", "edit", "--set", "address=广州市海珠区示例路1号")
    store.all("demo", "--people", "300", "--seed", "1")
    first = store.one("stay", "arrive", *KNOWN, "--set", "came_by=police", "--set", "found_place=海珠广场",
                      "--words", "我要回家，我家在宜宾，门前有一条大河。")
    store.one("stay", "admit", first["stay"]["id"])
    store.one("person", "statement", "--set", "person=" + first["person"]["id"], "--set", "about=kin", "--set", "text=我弟弟叫欧阳建国，在江安教书。")
    plan = store.one("transfer", "plan", first["stay"]["id"], "--set", "kind=hand-over", "--set", "to_station=宜宾市救助管理站",
                     "--set", "to_region=511502", "--set", "receiver=李红，0831-1234567", "--set", "escorts=张芳、陈军",
                     "--set", "route=广州南—宜宾西，D1808次", "--set", "medicines=降压药一盒，每日早晨一片",
                     "--set", "luggage=蓝色布包一个，内有衣物两件", "--set", "documents=求助登记表、病历、药品")
    store.one("transfer", "depart", plan["id"], "--emergency", "末班车")
    paper = store.one("paper", "issue", "--kind", "escort-handover", "--transfer", plan["id"])
    store.one("stay", "arrive", first["person"]["id"], "--set", "came_by=public")
    return store, paper["number"]


def picture_of_paper(store, number, folder, name):
    pdf = os.path.join(folder, "paper.pdf")
    target = os.path.join(FOLDER, name)
    store.one("paper", "show", number, "--pdf", pdf)
    subprocess.run(["pdftoppm", "-r", PAGE_RESOLUTION, "-f", "1", "-l", "1", "-gray", "-png", "-singlefile", pdf, target], check=True)
    subprocess.run(["convert", target + ".png", "+dither", "-colors", "16", "-define", "png:compression-level=9", "-strip", target + ".png"], check=True)


def picture_of_intake(window):
    window.press("ctrl+n", "2", "2")
    window.wait_for(lambda: [node for node in window.find_all("text", "姓名") if node.has("focused")], "the name")
    window.entry("姓名").set_text("欧阳娜")
    window.press("Return")
    window.type("11010519491231002X")
    window.wait_for(lambda: [node for node in window.find_all("list item") if "欧阳娜娜" in node.name], "the same person")
    window.wait_text("户籍所在地", "北京市朝阳区")
    save(window, "intake.png")


def picture_of_duty(window):
    window.press("ctrl+1")
    window.wait_for(lambda: [node for node in window.find_all("list item") if " · " in node.name and node.has("focused")], "a task")
    save(window, "duty.png")


def picture_of_board(window):
    window.press("ctrl+3")
    window.wait_for(lambda: [node for node in window.find_all("label") if node.name.startswith("女区") or node.name.startswith("男区")], "the zones")
    save(window, "board.png")


def picture_of_file(window):
    window.press("ctrl+f", "ctrl+a")
    window.type("oynn")
    window.wait_for(lambda: [node for node in window.find_all("list item") if "欧阳娜娜" in node.name], "the person found")
    window.press("Return")
    window.wait_for(lambda: [node for node in window.find_all("label") if "江安" in node.name], "the file")
    window.label(" · wang · ")  # the history, which comes last
    save(window, "file.png")


def picture_of_filling(window):
    """A ticket voucher being filled in: the station it goes to is still missing on the paper."""
    window.press("ctrl+p")
    window.wait_active("选择文书")
    window.entry("查找文书").set_text("专用车票")
    window.wait_for(lambda: [node for node in window.find_all("list item", TICKET) if node.has("selected")], "the voucher")
    window.press("Return")
    window.wait_active(TICKET)
    window.entry("乘车日期").set_text("2026-12-01")
    window.entry("车次").set_text("D1808")
    window.entry("发站").set_text("广州南")
    window.label("2026")
    time.sleep(PREVIEW_SECONDS)
    save(window, "filling.png")
    window.press("Escape")


def picture_of_poster(store, folder):
    """The notice of the old man for whose family the demo station looks, as it hangs at the bus station: the number of his stay."""
    notice = next(notice for notice in store.all("notice", "list") if notice["number"].endswith("0001"))
    person = store.one("notice", "show", notice["id"])["person"]
    (stay,) = store.one("person", "show", person)["stays"]
    paper = store.one("paper", "issue", "--kind", "tracing-notice", "--stay", stay["id"])
    picture_of_paper(store, paper["number"], folder, "poster")
    return stay["number"]


def walk_to(window, key, part):
    """Presses the key until a row of whose name that is a part has the keyboard."""
    for _ in range(40):
        if any(part in node.name for node in window.find_all("list item") if node.has("focused")):
            return
        window.press(key)
        window.settle()
    raise AssertionError(f"no row with “{part}”: {window.tree().dump()}")


def picture_of_case(window, stay):
    window.press("ctrl+g")
    window.find_like("list item", stay)
    walk_to(window, "Down", stay)
    window.press("Return")
    window.label("下一步")
    window.find_like("list item", "欧阳海涛")
    save(window, "case.png")


def picture_of_comparison(window):
    walk_to(window, "Tab", "欧阳海涛")
    window.press("Return")
    window.wait_active("比对")
    window.find_like("list item", "姓名")
    save(window, "compare.png")
    window.press("Escape")


def make_network(store, folder):
    """A network with its hub: another station runs it, and a third one was heard of."""
    server = postgres.Server()
    authority = Store(os.path.join(folder, "authority")).set_up("440000001", "广东省救助管理总站（演示）", "440000")
    authority.one("hub", "init", "--name", "广东省救助协作网", "--url", server.url)
    third = Store(os.path.join(folder, "third")).set_up("511502001", "宜宾市翠屏区救助管理站（演示）", "511502")
    for invited in (store, third):
        card, letter = (os.path.join(folder, name) for name in ("card.json", "letter"))
        invited.one("station", "card", card)
        authority.one("hub", "invite", "--card", card, "--file", letter, "--url", server.url)
        invited.one("hub", "join", "--file", letter, "--fingerprint", authority.one("station", "show")["fingerprint"])
        invited.one("station", "publish")
        invited.one("hub", "sync")
        os.remove(letter)
    authority.one("station", "publish")
    authority.one("hub", "sync")
    card = os.path.join(folder, "third.json")
    third.one("station", "card", card)
    store.one("station", "trust", card)
    return server


def picture_of_stations(window):
    window.press("ctrl+9")
    window.label("最近同步")
    window.wait_for(lambda: len([name for name in window.labels() if name.startswith("最近收到信息")]) == 2, "the other stations")
    window.find_like("push button", "站际协作：已全部发送")
    save(window, "stations.png")


def make_pictures():
    with tempfile.TemporaryDirectory(prefix="guitu-e2e-") as folder:
        store, number = make_station(folder)
        picture_of_paper(store, number, folder, "handover")
        sought = picture_of_poster(store, folder)
        server = make_network(store, folder)
        window = Window(store.directory, "zh_CN").start()
        try:
            window.log_in()
            picture_of_case(window, sought)
            picture_of_comparison(window)
            picture_of_stations(window)
            picture_of_duty(window)
            picture_of_board(window)
            window.press("ctrl+2")
            picture_of_intake(window)
            picture_of_file(window)
            picture_of_filling(window)
        finally:
            window.close()
            server.close()


FOLDER = os.path.abspath(sys.argv[1])
if not os.environ.get(INSIDE):
    os.makedirs(FOLDER, exist_ok=True)
run_inside()
make_pictures()
