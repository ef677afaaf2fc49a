# SPDX-License-Identifier: GPL-3.0-or-later
"""Two desks of a station wrote the same fields: the page of conflicts settles them by keyboard, and both desks agree."""

from window import Store, WindowTest, main


class ConflictsTest(WindowTest):

    def carry(self, source, target):
        source.one("bundle", "export", self.path("carried.gtb"))
        target.one("bundle", "import", self.path("carried.gtb"), user="")

    def exchange(self):
        self.carry(self.here, self.there)
        self.carry(self.there, self.here)

    def set_up(self):
        """Both desks know Lin Hua, and wrote the name, the height and the accent, and gave a bed."""
        self.here = self.make_store()
        arrived = self.here.one("stay", "arrive", "--set", "person.name=Lin Hua", "--set", "person.sex=1", "--set", "came_by=self")
        self.person, self.stay = arrived["person"]["id"], arrived["stay"]["id"]
        invited = self.here.one("desk", "invite", self.path("invitation"))
        self.there = Store(self.path("there"))
        self.there.one("init", "--invitation", self.path("invitation"), "--code", invited["code"], user="")
        self.carry(self.here, self.there)
        for desk, name, height, accent, bed in ((self.there, "Lin Hwa", "171", "Yibin", "101"), (self.here, "Ling Hua", "176", "Luzhou", "102")):
            desk.one("person", "edit", self.person, "--set", "name=" + name, "--set", "height_cm=" + height, "--set", "accent=" + accent)
            desk.one("stay", "admit", self.stay, "--bed", bed)
        self.exchange()

    def names(self):
        """The values that can be pressed now."""
        return [node.name for node in self.window.find_all("push button") if node.name.startswith(("Keep ", "Take "))]

    def go_to(self, field):
        """Goes down the rows until the one of the field has the focus, as the arrow keys do."""
        def focused():
            return [node.name for node in self.window.find_all("list item") if node.has("focused")]

        for _ in range(20):
            if self.window.wait_for(focused, "a row with the focus") == [field]:
                return
            self.window.press("Down")
            self.window.settle()
        raise AssertionError(f"no row “{field}”: {self.window.tree().dump()}")

    def shown(self, desk):
        shown = desk.one("person", "show", self.person)
        return shown["name"], shown["height_cm"], shown["accent"]

    def test_settled_by_keyboard(self):
        self.set_up()
        fields = self.here.one("conflict", "list", "--count")["fields"]
        self.window = window = self.open(self.here.directory)
        window.log_in()
        window.find("list item", f"Conflicts: {fields}")
        window.press("ctrl+8")
        self.go_to("Name")  # from the stay, which is the newer record, to the person
        self.assertIn("Take Name “Lin Hwa” (Desk 2", " ".join(self.names()))
        window.press("2")
        window.label("Name is “Lin Hwa” now")
        window.wait_for(lambda: not any("Name “" in name for name in self.names()), "the name settled")
        self.assertEqual(self.here.one("person", "show", self.person)["name"], "Lin Hwa")
        window.press("ctrl+z")
        window.label("The other value was taken instead")
        self.assertEqual(self.here.one("person", "show", self.person)["name"], "Ling Hua")
        self.go_to("Height (cm)")
        window.press("1")
        window.label("Height (cm) is “176” now")
        self.go_to("Accent")
        window.press("Tab", "Tab", "space")  # the second value is a button as well
        window.label("Accent is “Yibin” now")
        window.wait_for(lambda: not window.find_all("list item", "Accent"), "the person settled")
        self.go_to("Bed")
        window.press("2")
        window.label("This is changed by an act of its own.")
        window.press("ctrl+d")
        window.label("No Two Desks Disagree")
        window.find("list item", "Conflicts")
        self.exchange()
        for desk in (self.here, self.there):
            self.assertEqual(self.shown(desk), ("Ling Hua", 176, "Yibin"))
            self.assertEqual(desk.one("stay", "show", self.stay)["bed"], "102")
            self.assertEqual(desk.all("conflict", "list"), [])

        self.there.one("person", "edit", self.person, "--set", "accent=Neijiang")
        self.here.one("person", "edit", self.person, "--set", "accent=Zigong")
        self.there.one("person", "edit", self.person, "--set", "id_number=110105194912310099", "--set", "id_override=so it says")
        self.here.one("person", "edit", self.person, "--set", "id_number=110105194912310021", "--set", "id_override=so it stands there")
        self.carry(self.there, self.here)
        window.press("ctrl+2", "ctrl+8")
        self.go_to("ID number")
        window.find_like("push button", "Show Numbers").act()
        window.label("110105194912310099")
        self.go_to("Accent")
        window.press("Return")  # the file of the person, and back
        window.click("Compare All")
        self.go_to("Accent")


main()
