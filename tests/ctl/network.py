# SPDX-License-Identifier: GPL-3.0-or-later
"""Several stations of one network, without a hub: they trust one another's cards and carry bundles."""

import uuid

from station import PASSWORD, Station

MARK_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
USERS = {"clerk": "intake", "manager": "manager", "deputy": "manager"}


def join(station):
    """Puts the station into the network, as joining a hub does."""
    with station.connect("rw") as connection:
        connection.execute("INSERT INTO network (id, base_clock, base_desk, name, epoch, mark_key, authority) VALUES (?, 1, 1, '试验协作网', 1, ?, '民政厅')",
                           (uuid.uuid4().bytes, MARK_KEY))


def make(folder, users):
    """Stations that know one another: the names of the users of each."""
    stations = {}
    for number, (name, known) in enumerate(users.items(), 1):
        station = Station(folder(name))
        station.set_up(f"44010{number}001", f"{name}站", f"44010{number + 2}", "--phone", f"020-0000000{number}")
        for user in known:
            station.one("user", "add", "--set", f"name={user}", "--set", f"role={USERS[user]}", "--password", PASSWORD)
        join(station)
        station.code = f"44010{number}001"
        stations[name] = station
    for name, station in stations.items():
        station.one("station", "card", folder(f"{name}.json"))
        for other in stations.values():
            if other is not station:
                other.one("station", "trust", folder(f"{name}.json"))
    return stations


def carry(folder, source, target, through=()):
    """To another station, or to another desk of the same one."""
    to = () if source.code == target.code else ("--to", target.code)
    source.one("bundle", "export", folder("carried.gtb"), *to, through=through)
    return target.one("bundle", "import", folder("carried.gtb"), user="", through=through)
