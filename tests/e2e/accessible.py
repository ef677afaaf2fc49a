# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessible tree of a program, read over the accessibility bus.

A reading takes a tenth of a second and more. Whether something has changed since is asked in a
thousandth: the program tells every change in a signal."""

import ast
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ATSPI = "org.a11y.atspi."
ROOT = "/org/a11y/atspi/accessible/root"
CALL_MS = 10000
LONGEST = 1 << 20
NOTHING = "/org/a11y/atspi/null"

# One widget in the text of what the cache tells: its place, what it can do, name, role, description and states.
TEXT = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
ITEM = re.compile(r"\(\('([^']*)', '([^']*)'\), \([^)]*\), \([^)]*\), -?\d+, -?\d+, \[([^]]*)\], " + TEXT + r", (\d+), " + TEXT + r", \[(\d+), (\d+)\]\)")


def call(bus, name, path, interface, method, arguments=None):
    return bus.call_sync(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, CALL_MS, None).unpack()


def connect():
    """The accessibility bus, which has an address of its own."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = call(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")[0]
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


def program_name(bus, pid):
    """The name on the bus of the program with this process, or None as long as it is not there."""
    for name, _path in call(bus, ATSPI + "Registry", ROOT, ATSPI + "Accessible", "GetChildren")[0]:
        owner = call(bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                     "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,)))[0]
        if owner == pid:
            return name
    return None


class News:
    """How many changes a program has told of: states, names, children, focus."""

    def __init__(self, bus, name):
        self.bus = bus
        self.name = name
        self.told = 0
        for interface in ("Object", "Focus", "Window"):
            bus.signal_subscribe(name, ATSPI + "Event." + interface, None, None, None, Gio.DBusSignalFlags.NONE, self._take)

    def _take(self, *_signal):
        self.told += 1

    def count(self):
        """Up to now: the program answers in the order in which it tells."""
        call(self.bus, self.name, ROOT, ATSPI + "Accessible", "GetChildren")
        while GLib.MainContext.default().iteration(False):
            pass
        return self.told


class Node:
    """One accessible as it was when the tree was read."""

    def __init__(self, tree, item):
        self.bus_name, self.path, self.interfaces, name, role, description, states = item
        self.tree = tree
        self.full_name = name
        self.role = Atspi.role_get_name(Atspi.Role(role))
        self.description = description
        self.states = states[0] | states[1] << 32
        self.parent = None
        self.children = []

    @property
    def name(self):
        """The name without what GTK 4.8 adds: marks of mnemonics, and the same words once more."""
        words = self.full_name.replace("_", "")
        half = len(words) // 2
        return words[:half] if len(words) % 2 and words[half] == " " and words[:half] == words[half + 1:] else words

    def has(self, state):
        return bool(self.states >> int(getattr(Atspi.StateType, state.upper())) & 1)

    def call(self, interface, method, arguments=None):
        return call(self.tree.bus, self.bus_name, self.path, ATSPI + interface, method, arguments)

    @property
    def text(self):
        """What stands in an entry or a text view."""
        return self.call("Text", "GetText", GLib.Variant("(ii)", (0, LONGEST)))[0]

    def set_text(self, text):
        assert self.call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))[0]

    def act(self):
        """Does the first thing that the widget can do: a button is clicked."""
        assert self.call("Action", "DoAction", GLib.Variant("(i)", (0,)))[0]

    @property
    def extents(self):
        """x, y, width, height in the window."""
        return self.call("Component", "GetExtents", GLib.Variant("(u)", (1,)))[0]

    def below(self):
        for child in self.children:
            yield child
            yield from child.below()

    def above(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def line(self):
        marks = [state for state in ("focused", "focusable", "sensitive", "checked", "pressed", "selected", "active") if self.has(state)]
        told = f" ({self.description})" if self.description else ""
        return f"{self.role} “{self.full_name}”{told} {' '.join(marks)}"


class Tree:
    """One reading of a program's widgets, without those that are hidden.

    GTK tells name, role and states of all widgets in one call, but leaves those in that nobody asked for
    yet and keeps those in that are hidden now. So the children are asked for first, a whole level at once."""

    def __init__(self, bus, name):
        self.bus = bus
        self.name = name
        children = self._children_of_all()
        items = self._cached()
        self.root = self._build(ROOT, items, children)

    def _cached(self):
        """All that is in the cache. Its text is read, as to unpack thousands of values one by one takes half a second;
        names are read of those only that are in the tree."""
        found = self.bus.call_sync(self.name, "/org/a11y/atspi/cache", ATSPI + "Cache", "GetItems", None, None, Gio.DBusCallFlags.NONE, CALL_MS, None)
        return {match[2]: match.groups() for match in ITEM.finditer(found.print_(False))}

    def _children_of(self, paths):
        """The children of each of these; a widget that went away meanwhile has none."""
        found = {}

        def told(bus, result, path):
            try:
                found[path] = [child for _name, child in bus.call_finish(result).unpack()[0]]
            except GLib.Error:
                found[path] = []

        for path in paths:
            self.bus.call(self.name, path, ATSPI + "Accessible", "GetChildren", None, None, Gio.DBusCallFlags.NONE, CALL_MS, None, told, path)
        while len(found) < len(paths):
            GLib.MainContext.default().iteration(True)
        return found

    def _children_of_all(self):
        children = {}
        level = [ROOT]
        while level:
            found = self._children_of(level)
            children.update(found)
            level = [child for path in level for child in found[path] if child not in children and child != NOTHING]
        return children

    def _build(self, path, items, children):
        node = Node(self, self._item(*items[path]) if path in items else self._ask(path))
        for child_path in children.get(path, ()):
            if child_path != NOTHING:
                child = self._build(child_path, items, children)
                child.parent = node
                node.children.append(child)
        return node

    @staticmethod
    def _item(bus_name, path, interfaces, name, role, description, low, high):
        return bus_name, path, interfaces, ast.literal_eval(name), int(role), ast.literal_eval(description), (int(low), int(high))

    def _ask(self, path):
        """The same as the cache tells, for a widget that has not got into it: a new dialog, for one."""
        def get(name):
            return call(self.bus, self.name, path, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (ATSPI + "Accessible", name)))[0]

        def ask(method):
            return call(self.bus, self.name, path, ATSPI + "Accessible", method)[0]

        return self.name, path, ask("GetInterfaces"), get("Name"), ask("GetRole"), get("Description"), ask("GetState")

    def __iter__(self):
        yield self.root
        yield from self.root.below()

    def dump(self):
        """The tree in words, one widget a line."""
        lines = []

        def add(node, depth):
            lines.append("  " * depth + node.line())
            for child in node.children:
                add(child, depth + 1)

        add(self.root, 0)
        return "\n".join(lines)
