# SPDX-License-Identifier: GPL-3.0-or-later
"""Decisions about a stay: refusing, terminating, extending, emergencies, help in the street, corrections."""

import datetime
import time

from station import StationTest, main

ADULT = "person.birth_from=1980-05-05"
CHILD = "person.birth_from=2018-05-05"
REFUSE = ("--legal_ground", "own-means", "--ground", "2026-11-20自述银行卡内有存款并出示余额")


class Decision(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_staffed_station({"clerk": "intake", "other": "intake", "leader": "manager", "second": "manager"})
        cls.ids = {user["name"]: user["id"] for user in cls.station.all("user", "list")}

    def arrive(self, *fields, user="clerk"):
        return self.station.register("person.sex=男", *(fields or (ADULT,)), user=user)["stay"]["id"]

    def admit(self, *fields):
        stay = self.arrive(*fields)
        self.station.one("stay", "admit", stay, user="clerk")
        return stay

    def acts(self, stay, user="clerk"):
        """What can be done, and why not the rest: the act's error, or None."""
        return {act["act"]: act.get("error") for act in self.station.all("stay", "acts", stay, user=user)}

    def events(self, stay):
        return [event["kind"] for event in self.station.one("stay", "show", stay)["events"]]


class Acts(Decision):
    def test_what_can_be_done_is_told_before(self):
        adult, child = self.arrive(), self.arrive(CHILD)
        acts = self.acts(adult)
        self.assertEqual([name for name in acts if acts[name] is None],
                         ["admit", "help-first", "emergency", "outside", "refuse", "note", "edit", "leave"])
        self.assertEqual((acts["terminate"], acts["approve"], acts["void"]), ("not-in-house", "nothing-proposed", "not-allowed"))
        acts = self.acts(child)
        self.assertEqual((acts["refuse"], acts["outside"], acts["admit"]), ("protected", "not-alone", None))
        refuse = next(act for act in self.station.all("stay", "acts", adult) if act["act"] == "refuse")
        self.assertIn("own-means", refuse["grounds"])
        self.assertNotIn("overstay", refuse["grounds"])

    def test_who_proposed_or_is_close_is_told(self):
        stay = self.arrive()
        self.station.one("stay", "refuse", stay, *REFUSE, user="leader")
        self.assertEqual(self.acts(stay, "clerk")["approve"], "not-allowed")
        self.assertEqual(self.acts(stay, "leader")["approve"], "same-person")
        self.assertIsNone(self.acts(stay, "second")["approve"])
        person = self.station.one("stay", "show", stay)["person"]["id"]
        self.station.one("person", "relate", person, "--text", "同乡", user="second")
        self.assertEqual(self.acts(stay, "second")["approve"], "related")


class Refusal(Decision):
    def test_needs_a_ground_facts_and_a_second_person(self):
        stay = self.arrive()
        refuse = ("stay", "refuse", stay)
        self.assert_refused(self.station, refuse, 1, "no-ground", "legal_ground", user="clerk")
        self.assert_refused(self.station, (*refuse, "--legal_ground", "own-means"), 2, "missing", "ground", user="clerk")
        self.assert_refused(self.station, (*refuse, "--legal_ground", "ugly", "--ground", "x"), 2, "unknown-code", "legal_ground", user="clerk")
        self.assert_refused(self.station, (*refuse, "--legal_ground", "overstay", "--ground", "超期"), 1, "no-ground", "legal_ground", user="clerk")
        proposed = self.station.one(*refuse, *REFUSE, user="leader")
        self.assertEqual((proposed["state"], proposed["is_open"]), ("refusal-proposed", True))
        self.assert_refused(self.station, ("stay", "review", stay, "--approve"), 1, "same-person", "stay", user="leader")
        self.assert_refused(self.station, ("stay", "review", stay, "--approve"), 1, "not-allowed", None, user="other")
        self.assert_refused(self.station, ("stay", "review", stay), 2, "missing", "approve", user="second")
        refused = self.station.one("stay", "review", stay, "--approve", user="second")
        self.assertEqual((refused["state"], refused["decision"], refused["legal_ground"]), ("refused", "refused", "own-means"))
        self.assertEqual((refused["proposed_by"], refused["reviewed_by"]), (self.ids["leader"], self.ids["second"]))
        self.assertIn("left_at", refused)
        self.assertEqual(refused["notice"]["kind"], "refusal-notice")
        self.assertEqual([paper["number"] for paper in self.station.all("paper", "list", "--stay", stay)], [refused["notice"]["number"]])
        self.assertNotIn(stay, str(self.station.one("stay", "board")))
        for again in (("stay", "admit", stay), ("stay", "leave", stay, "--leave_by", "own-will"), ("stay", "reopen", stay, "--reason", "x"),
                      ("stay", "void", stay, "--reason", "x")):
            self.assertEqual(self.station.run(*again, user="second").status, 1)

    def test_a_second_person_may_sign_at_once(self):
        stay = self.arrive()
        refuse = ("stay", "refuse", stay, *REFUSE, "--second")
        self.assert_error(self.station.run(*refuse, "leader", "--second_password", "wrong-one", user="clerk"), 1, "wrong-password", "second_password")
        self.assert_error(self.station.run(*refuse, "clerk", "--second_password", "secret-123", user="clerk"), 1, "same-person", "second")
        self.assert_error(self.station.run(*refuse, "other", "--second_password", "secret-123", user="clerk"), 1, "not-allowed", "second")
        self.assertEqual(self.station.one("stay", "show", stay)["state"], "arrived")
        refused = self.station.one(*refuse, "leader", user="clerk", environment={"GUITU_SECOND_PASSWORD": "secret-123"})
        self.assertEqual((refused["state"], refused["reviewed_by"]), ("refused", self.ids["leader"]))

    def test_rejected(self):
        stay = self.arrive()
        self.station.one("stay", "refuse", stay, *REFUSE, user="clerk")
        self.assert_refused(self.station, ("stay", "review", stay, "--reject"), 2, "missing", "reason", user="leader")
        after = self.station.one("stay", "review", stay, "--reject", "--reason", "余额不足以返乡", user="leader")
        self.assertEqual(after["state"], "arrived")
        for field in ("proposal", "legal_ground", "ground", "proposed_by"):
            self.assertNotIn(field, after)
        self.assertIn("leader", self.events(stay))
        self.assertEqual(self.station.one("stay", "admit", stay, user="clerk")["state"], "in-house")

    def test_help_is_possible_while_a_refusal_waits(self):
        for verb in ("admit", "leave"):
            stay = self.arrive()
            self.station.one("stay", "refuse", stay, *REFUSE, user="clerk")
            words = ("--leave_by", "own-will") if verb == "leave" else ()
            after = self.station.one("stay", verb, stay, *words, user="clerk")
            self.assertEqual(after["state"], "left" if verb == "leave" else "in-house")

    def test_the_protected_are_never_refused(self):
        for fields in ((CHILD,), ("person.birth_from=2009-01-01", "person.birth_to=2010-12-31"), ("person.health=mental",),
                       ("person.impaired=yes",), ("person.health=危重病人",)):
            with self.subTest(fields=fields):
                stay = self.arrive(*fields)
                self.assert_refused(self.station, ("stay", "refuse", stay, *REFUSE), 1, "protected", "stay", user="clerk")

    def test_what_became_known_since_counts(self):
        arrived = self.station.register("person.sex=男", ADULT, user="clerk")
        self.station.one("stay", "refuse", arrived["stay"]["id"], *REFUSE, user="clerk")
        self.station.one("person", "edit", arrived["person"]["id"], "--set", "impaired=yes", user="other")
        self.assert_refused(self.station, ("stay", "review", arrived["stay"]["id"], "--approve"), 1, "protected", "stay", user="leader")

    def test_service_of_the_notice(self):
        stay = self.arrive()
        serve = ("stay", "serve", stay, "--served_how")
        self.assert_refused(self.station, (*serve, "signed"), 1, "no-notice", "stay", user="clerk")
        self.station.one("stay", "refuse", stay, *REFUSE, user="clerk")
        self.station.one("stay", "review", stay, "--approve", user="leader")
        self.assert_refused(self.station, ("stay", "serve", stay), 2, "missing", "served_how", user="clerk")
        self.assert_refused(self.station, (*serve, "拒签"), 2, "missing", "served_witness", user="clerk")
        self.assert_refused(self.station, (*serve, "拒签", "--served_witness", "李明"), 2, "missing", "served_witness", user="clerk")
        self.assert_refused(self.station, (*serve, "signed", "--served_at", "2020-01-01 10:00"), 2, "too-early", "served_at", user="clerk")
        served = self.station.one(*serve, "拒签", "--served_witness", "李明、赵红", user="clerk")
        self.assertEqual((served["served_how"], served["state"]), ("refused", "refused"))
        self.assertIn("served_at", served)

    def test_what_decides_is_not_typed(self):
        """Nobody writes a decision, a reviewer or a ground past the verbs that guard them."""
        stay = self.arrive()
        for field in ("decision=refused", "ground=x", "left_at=2026-11-20 10:00", "leave_by=own-will", "bed=1"):
            self.assert_refused(self.station, ("stay", "edit", stay, "--set", field), 2, "not-here", field.split("=")[0], user="clerk")
        for field in ("reviewed_by", "proposed_by", "legal_ground", "proposal", "due_on"):
            self.station.run("stay", "edit", stay, "--set", f"{field}={self.ids['leader']}", user="clerk")
            self.assertNotIn(field, self.station.one("stay", "show", stay))


class Termination(Decision):
    GROUND = ("--legal_ground", "disorder", "--ground", "2026-11-21两次殴打他人，有监控录像")

    def test_a_termination(self):
        stay = self.admit()
        leave = ("stay", "leave", stay, "--leave_by", "terminated")
        self.assert_refused(self.station, leave, 1, "not-reviewed", "leave_by", user="clerk")
        self.assert_refused(self.station, ("stay", "terminate", stay, "--legal_ground", "cash-only", "--ground", "x"), 1, "no-ground", "legal_ground", user="clerk")
        self.assertEqual(self.station.one("stay", "terminate", stay, *self.GROUND, user="clerk")["state"], "termination-proposed")
        self.assert_refused(self.station, leave, 1, "not-reviewed", "leave_by", user="clerk")
        approved = self.station.one("stay", "review", stay, "--approve", user="leader")
        self.assertEqual((approved["state"], approved["notice"]["kind"]), ("terminated", "termination-notice"))
        again = ("paper", "issue", "termination-notice", "--stay", stay)
        self.assert_refused(self.station, again, 1, "already-issued", "stay", user="clerk")
        self.station.one("paper", "reprint", approved["notice"]["number"], user="clerk")
        self.assert_refused(self.station, again, 1, "already-issued", "stay", user="clerk")
        self.assertIn(stay, str(self.station.one("stay", "board")))
        self.station.one("stay", "serve", stay, "--served_how", "手印", user="clerk")
        left = self.station.one(*leave, user="clerk")
        self.assertEqual((left["state"], left["legal_ground"], left["released_by"]), ("left", "disorder", self.ids["clerk"]))

    def test_only_in_the_house(self):
        self.assert_refused(self.station, ("stay", "terminate", self.arrive(), *self.GROUND), 1, "not-in-house", "stay", user="clerk")
        self.assert_refused(self.station, ("stay", "terminate", self.admit(CHILD), *self.GROUND), 1, "protected", "stay", user="clerk")

    def test_rejected(self):
        stay = self.admit()
        self.station.one("stay", "terminate", stay, *self.GROUND, user="clerk")
        self.assertEqual(self.station.one("stay", "review", stay, "--reject", "--reason", "证据不足", user="clerk")["state"], "in-house")


class Term(Decision):
    def test_extension(self):
        stay = self.admit()
        due = self.station.one("stay", "show", stay)["due_on"]
        until = (datetime.date.fromisoformat(due) + datetime.timedelta(20)).isoformat()
        extend = ("stay", "extend", stay)
        self.assert_refused(self.station, (*extend, "--until", "2099-01-01", "--reason", "住院"), 1, "not-allowed", None, user="clerk")
        self.assert_refused(self.station, extend, 2, "missing", "until", user="leader")
        self.assert_refused(self.station, (*extend, "--until", "2099-01-01"), 2, "missing", "reason", user="leader")
        self.assert_refused(self.station, (*extend, "--until", due, "--reason", "住院"), 2, "not-later", "until", user="leader")
        self.assert_refused(self.station, (*extend, "--until", "2099-01-01", "--reason", "住院"), 2, "out-of-range", "until", user="leader")
        self.assert_refused(self.station, (*extend, "--until", "soon", "--reason", "住院"), 2, "invalid-date", "until", user="leader")
        self.assert_refused(self.station, (*extend, "--filed", "海民〔2026〕1号"), 1, "no-extension", "stay", user="leader")
        self.assertEqual(self.station.one(*extend, "--until", until, "--reason", "住院", user="leader")["due_on"], until)
        self.station.one(*extend, "--filed", "海民〔2026〕1号", user="leader")
        (event,) = self.station.one("stay", "show", stay)["events"]
        self.assertEqual((event["kind"], event["filed"], event["text"], event["until"][:10]),
                         ("extension", "海民〔2026〕1号", "住院", until))


class FirstLook(Decision):
    def test_hospital_before_any_form(self):
        emergency = ("stay", "emergency", "--set", "person.sex=男", "--set", "came_by=police")
        self.assert_refused(self.station, emergency, 2, "missing", "to", user="clerk")
        self.assert_refused(self.station, (*emergency, "--to", "hospital"), 2, "missing", "place", user="clerk")
        self.assert_refused(self.station, (*emergency, "--to", "school", "--place", "x"), 2, "unknown-code", "to", user="clerk")
        stay = self.station.one(*emergency, "--to", "hospital", "--place", "市一医院急诊，120接走", user="clerk")
        self.assertEqual((stay["state"], stay["decision"], stay["where"]), ("in-house", "emergency", "hospital"))
        self.assertEqual(self.events(stay["id"]), ["hospital"])
        self.assertEqual(self.station.one("stay", "admit", stay["id"], user="clerk")["decision"], "admitted")

    def test_police_before_any_form(self):
        stay = self.station.one("stay", "emergency", "--set", "person.sex=男", "--set", "came_by=self", "--to", "police",
                                "--place", "江南派出所王警官", user="clerk")
        self.assertEqual((stay["state"], stay["leave_by"], stay["received_by"]), ("left", "police", "江南派出所王警官"))

    def test_help_in_the_street(self):
        outside = ("stay", "outside", "--set", "person.sex=女", "--set", "came_by=patrol", "--set", "found_place=江南西地铁站",
                   "--set", "wants_in=no", "--set", "given=棉被1床、热水1瓶")
        stay = self.station.one(*outside, user="clerk")
        self.assertEqual((stay["state"], stay["is_open"], stay["given"]), ("outside", False, "棉被1床、热水1瓶"))
        self.assertEqual(stay["left_at"], stay["arrived_at"])
        came = self.station.register("person.sex=男", ADULT, "arrived_at=2026-01-05 10:00", user="clerk")
        helped = self.station.one("stay", "outside", came["number"], "--set", "given=热水", user="clerk")
        self.assertEqual((helped["state"], helped["arrived_at"][:10]), ("outside", "2026-01-05"))
        self.assertEqual(helped["left_at"][:10], helped["decided_at"][:10])
        child = (*outside, "--set", "person.birth_from=2015-01-01")
        self.assert_refused(self.station, child, 1, "not-alone", "leave_by", user="clerk")
        self.assert_refused(self.station, child, 1, "not-alone", "ground", user="leader")
        self.assertEqual(self.station.one(*child, "--set", "ground=监护人在场", user="leader")["state"], "outside")


class Leaving(Decision):
    def test_gone_without_notice(self):
        words = ("--leave_by", "walked-out", "--search_actions", "站内及周边500米查找，联系派出所", "--cctv", "3号门 2026-11-22 02:10")
        child = self.admit(CHILD)
        self.assert_refused(self.station, ("stay", "leave", child, *words), 2, "missing", "police_report", user="clerk")
        for stay, more in ((child, ("--police_report", "江南所〔2026〕第8号")), (self.admit(), ())):
            self.assertEqual(self.station.one("stay", "leave", stay, *words, *more, user="clerk")["state"], "left")

    def test_ways(self):
        def ways(stay, user):
            return {way["leave_by"]: way for way in self.station.all("stay", "ways", stay, user=user)}
        adult, child = self.admit(), self.admit(CHILD)
        closed = {name for name, way in ways(adult, "clerk").items() if not way["is_possible"]}
        self.assertEqual(closed, {"terminated"})
        self.assertEqual(ways(adult, "clerk")["own-will"]["asks"], [])
        closed = {name for name, way in ways(child, "clerk").items() if way.get("error") == "not-alone"}
        self.assertEqual(closed, {"own-will", "ticket", "other"})
        self.assertEqual(ways(child, "leader")["own-will"]["asks"], ["ground"])
        self.assertEqual(ways(child, "clerk")["kin"]["asks"], ["received_by", "receiver_id", "receiver_proof", "guardian_check"])
        self.assertEqual(ways(child, "clerk")["walked-out"]["asks"], ["search_actions", "cctv", "police_report"])

    def test_nobody_is_handed_to_a_suspect(self):
        stay = self.station.register("person.sex=女", CHILD, user="clerk")
        leave = ("stay", "leave", stay["stay"]["id"], "--leave_by", "kin", "--received_by", "张大山（父）", "--receiver_id", "440105199003071032",
                 "--receiver_proof", "户口簿", "--guardian_check", "公安核实")
        self.station.one("person", "kin", stay["person"]["id"], "--set", "name=张大山", "--set", "kinship=父亲", "--set", "suspect=yes", user="clerk")
        self.assert_refused(self.station, leave, 1, "suspect", "received_by", user="leader")

    def test_death_locks(self):
        stay = self.admit()
        dead = self.station.one("stay", "leave", stay, "--leave_by", "death", "--ground", "送医后抢救无效", user="clerk")
        self.assertEqual(dead["state"], "dead")
        self.assert_refused(self.station, ("stay", "edit", stay, "--set", "request=x"), 1, "after-death", "request", user="leader")
        self.assert_refused(self.station, ("stay", "reopen", stay, "--reason", "x"), 1, "not-left", "stay", user="leader")
        edited = self.station.one("stay", "edit", stay, "--set", "death_certificate=粤穗0001", user="clerk")
        self.assertEqual(edited["death_certificate"], "粤穗0001")
        self.assert_refused(self.station, ("stay", "edit", stay, "--set", "death_certificate="), 1, "after-death", "death_certificate", user="leader")


class Guarded(Decision):
    """Ways around a guard that were tried from outside."""

    def admit_new(self, *fields, **options):
        words = [word for field in ("person.sex=男", "came_by=police", *fields) for word in ("--set", field)]
        return self.station.run("stay", "admit", *words, user="clerk", **options)

    def test_a_child_merged_with_an_adult_is_a_child(self):
        child = self.station.register("person.sex=男", CHILD, user="clerk")
        adult = self.station.one("person", "add", "--set", "sex=男", "--set", "birth_from=1974-01-01", user="clerk")["id"]
        self.station.one("person", "merge", adult, child["person"]["id"], "--reason", "同一人", user="leader")
        stay = child["stay"]["id"]
        self.assert_refused(self.station, ("stay", "leave", stay, "--leave_by", "own-will"), 1, "not-alone", "leave_by", user="clerk")
        self.assert_refused(self.station, ("stay", "refuse", stay, *REFUSE), 1, "protected", "stay", user="clerk")

    def test_a_protecting_fact_is_not_taken_back_in_passing(self):
        for fields, edit in (((CHILD,), ("birth_from=", "birth_to=")), (("person.impaired=yes",), ("impaired=no",)),
                             (("person.health=mental",), ("health=healthy",))):
            with self.subTest(fields=fields):
                person = self.station.register("person.sex=男", *fields, user="clerk")["person"]["id"]
                words = ("person", "edit", person, *(word for field in edit for word in ("--set", field)))
                self.assert_refused(self.station, words, 1, "protected-fact", None, user="clerk")
                self.assert_refused(self.station, words, 2, "missing", "reason", user="leader")
                self.station.one(*words, "--reason", "派出所核实", "--second", "leader", "--second_password", "secret-123", user="clerk")
        person = self.station.register("person.sex=男", "person.birth_from=2009-01-01", "person.birth_to=2012-01-01", user="clerk")["person"]["id"]
        self.station.one("person", "edit", person, "--set", "id_number=440105199003071032", "--set", "verified_by=id-card",
                         "--set", "birth_from=", "--set", "birth_to=", user="clerk")

    def leave_with_kin(self, stay, **options):
        return self.station.one("stay", "leave", stay, "--leave_by", "kin", "--received_by", "王大", "--receiver_id", "440105199003071032",
                                "--receiver_proof", "户口簿", "--guardian_check", "公安核实", **options)

    def test_a_leaving_is_not_undone_by_an_edit(self):
        """What let a child go is corrected, not taken back, and only by who may see the record."""
        came = self.station.register("person.sex=男", CHILD, user="clerk")
        stay = came["stay"]["id"]
        self.leave_with_kin(stay, user="clerk")
        edit = ("stay", "edit", stay, "--set")
        self.assert_refused(self.station, (*edit, "received_by=王二"), 1, "fenced", user="other")
        for field in ("received_by", "receiver_id", "receiver_proof", "guardian_check"):
            self.assert_refused(self.station, (*edit, field + "="), 2, "missing", field, user="leader")
        self.station.one("person", "kin", came["person"]["id"], "--set", "name=赵恶", "--set", "kinship=父亲", "--set", "suspect=yes", user="leader")
        self.assert_refused(self.station, (*edit, "received_by=赵恶"), 1, "suspect", "received_by", user="leader")
        self.assert_refused(self.station, (*edit, "received_by=本人"), 1, "not-alone", "received_by", user="leader")
        self.assertEqual(self.station.one(*edit, "received_by=王大山", user="leader")["received_by"], "王大山")

    def test_nothing_is_written_over_unseen(self):
        came = self.station.register("person.sex=女", ADULT, "reason=domestic-violence", "first_look=左臂淤青", user="leader")
        edit = ("stay", "edit", came["stay"]["id"], "--set")
        self.assert_refused(self.station, (*edit, "first_look="), 1, "fenced", user="clerk")
        self.station.one(*edit, "clothing=红外套", user="clerk")
        self.assertEqual(self.station.one("stay", "show", came["stay"]["id"], user="leader")["first_look"], "左臂淤青")

    def test_nobody_is_here_twice_at_any_time(self):
        person = self.station.one("person", "add", "--set", "sex=男", "--set", ADULT.removeprefix("person."), user="clerk")["id"]
        def come(arrived):
            stay = self.station.one("stay", "arrive", person, "--set", "came_by=self", "--set", "arrived_at=" + arrived, user="clerk")["stay"]["id"]
            self.station.one("stay", "admit", stay, user="clerk")
            return stay
        first = come("2026-10-01T10:00")
        left = self.station.one("stay", "leave", first, "--leave_by", "own-will", "--left_at", "2026-10-05T10:00", user="clerk")
        self.assertEqual(left["admitted_at"], left["arrived_at"])  # which was entered long after
        second = come("2026-10-20T10:00")
        self.assert_refused(self.station, ("stay", "edit", second, "--set", "arrived_at=2026-10-02T08:00"), 2, "overlap", "arrived_at", user="clerk")
        self.station.one("stay", "leave", second, "--leave_by", "own-will", user="clerk")
        self.assert_refused(self.station, ("stay", "reopen", first, "--reason", "x"), 2, "overlap", "arrived_at", user="leader")
        self.station.one("stay", "reopen", second, "--reason", "x", user="leader")

    def test_the_dead_do_not_arrive(self):
        came = self.station.register("person.sex=男", ADULT, user="clerk")
        self.station.one("stay", "leave", came["stay"]["id"], "--leave_by", "death", "--ground", "送医后抢救无效", user="clerk")
        self.assert_refused(self.station, ("stay", "arrive", came["person"]["id"], "--set", "came_by=self"), 1, "dead", "person", user="clerk")

    def test_blanks_are_no_reason(self):
        stay = self.arrive()
        for blank in ("   ", "\u3000", "\u00a0 "):
            self.assert_refused(self.station, ("stay", "refuse", stay, "--legal_ground", "own-means", "--ground", blank), 2, "missing", "ground", user="clerk")
            self.assert_refused(self.station, ("stay", "void", stay, "--reason", blank), 2, "missing", "reason", user="leader")

    def test_reasons_can_be_kept(self):
        """Whatever is voided or opened again: its reason is a text like any other."""
        stay, left = self.arrive(), self.admit()
        self.station.one("stay", "leave", left, "--leave_by", "own-will", user="clerk")
        task = self.station.one("task", "add", "--kind", "other", "--due_at", "2026-01-01 10:00", "--text", "x")["id"]
        self.station.one("task", "done", task, "--proof", "x")
        rule = self.station.one("rule", "set", *(word for field in ("name=stay_limit_days", "value=12", "effective_from=2036-01-01", "citation=y")
                                                 for word in ("--set", field)))["id"]
        for words in (("stay", "void", stay), ("stay", "reopen", left), ("task", "reopen", task), ("rule", "void", rule)):
            for reason, code in (("长" * 9000, "too-long"), ("\u202e倒", "control-character"), (" ", "missing")):
                self.assert_refused(self.station, (*words, "--reason", reason), 2, code, "reason")

    def test_nobody_receives_a_child(self):
        stay = self.admit(CHILD)
        leave = ("stay", "leave", stay, "--leave_by")
        for way in ("settled", "escort-home", "escort-station", "other-station"):
            self.assert_refused(self.station, (*leave, way, "--destination", "440105"), 2, "missing", "received_by", user="clerk")
        for way in ("police", "welfare", "hospital"):
            self.assert_refused(self.station, (*leave, way, "--received_by", "本 人"), 1, "not-alone", "received_by", user="clerk")
        kin = (*leave, "kin", "--received_by", "王母", "--receiver_proof", "户口簿", "--guardian_check", "公安核实", "--receiver_id")
        self.assert_refused(self.station, (*kin, "1"), 2, "too-short", "receiver_id", user="clerk")
        self.assert_refused(self.station, (*kin, "440105199003071033"), 2, "wrong-check-digit", "receiver_id", user="clerk")
        plan = self.station.one("transfer", "plan", stay, "--set", "kind=escort-home", "--set", "to_region=440105", "--set", "receiver=王母", user="clerk")
        self.assert_refused(self.station, ("transfer", "depart", plan["id"]), 2, "missing", "escorts", user="clerk")
        self.station.one("transfer", "depart", plan["id"], "--escorts", "张芳", "--emergency", "无人审批", user="clerk")
        self.assertEqual(self.station.one("transfer", "show", plan["id"])["escorts"], "张芳")

    def test_nobody_is_received_by_themselves(self):
        """By whatever word, spelling or alias."""
        child, impaired = self.admit(CHILD, "person.name=刘晓华", "person.alias=华仔、小华"), self.admit(ADULT, "person.impaired=yes", "person.name=无名氏")
        for stay, way, receiver in ((child, "escort-home", "自己"), (child, "settled", "本人。"), (child, "escort-station", "劉曉華"), (child, "police", "刘 晓·华（本人）"),
                                    (child, "settled", "小华"), (child, "settled", "——"), (impaired, "settled", "无"), (impaired, "settled", "无名氏"), (impaired, "escort-home", "她自己"),
                                    (impaired, "welfare", "Ｓｅｌｆ"), (impaired, "escort-station", "没有")):
            with self.subTest(way=way, receiver=receiver):
                self.assert_refused(self.station, ("stay", "leave", stay, "--leave_by", way, "--destination", "440106", "--received_by", receiver),
                                    1, "not-alone", "received_by", user="clerk")
        self.station.one("stay", "leave", child, "--leave_by", "escort-home", "--destination", "440106", "--received_by", "刘晓华的母亲", user="clerk")

    def test_a_suspect_by_another_spelling(self):
        stay = self.station.register("person.sex=女", ADULT, user="clerk")
        self.station.one("person", "kin", stay["person"]["id"], "--set", "name=赵恶", "--set", "kinship=夫", "--set", "suspect=yes", user="clerk")
        for name in ("赵\u3000恶", "趙惡。"):
            self.assert_refused(self.station, ("stay", "leave", stay["stay"]["id"], "--leave_by", "kin", "--received_by", name, "--receiver_id",
                                               "440105199003071032", "--receiver_proof", "结婚证"), 1, "suspect", "received_by", user="clerk")

    def test_rules_keep_within_reason(self):
        for name, value in (("own_leave_age_years", "3"), ("own_leave_age_years", "200"), ("stay_limit_days", "0")):
            words = ("rule", "set", "--set", f"name={name}", "--set", f"value={value}", "--set", "effective_from=2026-11-01", "--set", "citation=y")
            self.assert_refused(self.station, words, 2, "not-a-number", "value")

    def test_a_ground_that_ended(self):
        station = self.make_station("ended", "440106001")
        station.one("user", "add", "--set", "name=leader", "--set", "role=manager", "--password", "secret-123")
        stays = [station.register("person.sex=男", ADULT)["stay"]["id"] for _ in range(2)]
        ground = ("--legal_ground", "cash-only", "--ground", "只要现金")
        station.one("stay", "refuse", stays[0], *ground)
        station.one("rule", "set", "--set", "name=refusal_ground", "--set", "value=cash-only", "--set", "effective_from=2014-08-01",
                    "--set", "effective_until=2026-01-01", "--set", "citation=某通知")
        self.assert_refused(station, ("stay", "refuse", stays[1], *ground), 1, "no-ground", "legal_ground")
        self.assert_refused(station, ("stay", "review", stays[0], "--approve"), 1, "no-ground", "stay", user="leader")

    def test_forbidden_things_stay_on_the_list(self):
        stay = self.admit()
        self.station.one("belongings", "take", stay, "--set", "kind=forbidden", "--set", "name=刀", user="clerk")
        self.station.one("stay", "leave", stay, "--leave_by", "own-will", user="clerk")
        self.assertEqual(self.station.one("belongings", "list", stay)["items"][0]["state"], "entrusted")
        self.assertIn("belongings", [task["kind"] for task in self.station.all("tasks", "--stay", stay)])

    def test_a_bed_at_admission_is_a_bed(self):
        self.station.one("house", "add", "--set", "name=甲1", "--set", "zone=care", "--set", "beds=2", user="leader")
        self.assertEqual(self.admit_new("bed=甲1-1", "person.birth_from=1974-01-01").status, 0)
        for fields, status in ((("bed=甲1-1", "person.birth_from=1974-01-01"), 1), (("bed=甲1-2", "person.birth_from=2016-01-01"), 1), (("bed=走廊",), 3)):
            self.assertEqual(self.admit_new(*fields).status, status, fields)

    def test_what_is_entered_late_began_then(self):
        stay = self.station.one("stay", "admit", "--set", "person.sex=男", "--set", "came_by=police", "--set", "arrived_at=2026-11-01 21:30", user="clerk")
        self.assertEqual((stay["admitted_at"], stay["due_on"]), ("2026-11-01T21:30:00+08:00", "2026-11-11"))

    def test_events_are_not_decisions(self):
        stay = self.admit()
        for kind in ("bed", "extension", "correction", "shift"):
            self.assert_refused(self.station, ("stay", "event", stay, "--set", f"kind={kind}"), 2, "not-here", "kind", user="leader")
        self.assert_refused(self.station, ("stay", "event", stay, "--set", "kind=leader"), 1, "not-allowed", "kind", user="clerk")

    def test_plans_end_with_the_stay(self):
        stay = self.admit()
        plan = self.station.one("transfer", "plan", stay, "--set", "kind=ticket", "--set", "to_region=440105", user="clerk")
        self.station.one("stay", "leave", stay, "--leave_by", "own-will", user="clerk")
        self.assertEqual(self.station.one("transfer", "show", plan["id"])["state"], "cancelled")
        stay = self.admit()
        plans = [self.station.one("transfer", "plan", stay, "--set", "kind=ticket", "--set", f"to_region={region}", user="clerk")["id"]
                 for region in ("440105", "511502")]
        self.station.one("transfer", "depart", plans[1], user="clerk")
        self.assertEqual([self.station.one("transfer", "show", plan)["state"] for plan in plans], ["cancelled", "departed"])

    def test_rights_count_for_nothing_too(self):
        self.station.one("user", "add", "--set", "name=auditor", "--set", "role=auditor", "--password", "secret-123")
        self.assert_error(self.station.run("stay", "arrive", stdin="[]", user="auditor"), 1, "not-allowed")


class Related(Decision):
    def test_who_is_close_to_the_person_decides_nothing(self):
        arrived = self.station.register("person.sex=男", ADULT, user="other")
        stay, person = arrived["stay"]["id"], arrived["person"]["id"]
        twin = self.station.one("person", "add", "--set", "sex=男", "--set", "name=王五", user="other")["id"]
        self.station.one("person", "merge", person, twin, "--reason", "同一人", user="leader")
        self.station.one("person", "relate", twin, "--kinship", "兄", user="clerk")
        self.station.one("person", "relate", twin, "--kinship", "兄", user="second")
        for words in (("admit", stay), ("refuse", stay, *REFUSE)):
            self.assert_refused(self.station, ("stay", *words), 1, "related", "stay", user="clerk")
        self.station.one("stay", "refuse", stay, *REFUSE, user="other")
        self.assert_refused(self.station, ("stay", "review", stay, "--approve"), 1, "related", "stay", user="second")
        self.assertEqual(self.station.one("stay", "admit", stay, "--set", "decision=emergency", user="clerk")["state"], "in-house")
        self.assertEqual(self.station.one("stay", "leave", stay, "--leave_by", "own-will", user="clerk")["state"], "left")


class Corrections(Decision):
    def test_a_stay_that_ended_by_mistake(self):
        stay = self.admit()
        self.station.one("stay", "leave", stay, "--leave_by", "ticket", "--destination", "511502", user="clerk")
        reopen = ("stay", "reopen", stay)
        self.assert_refused(self.station, (*reopen, "--reason", "点错了人"), 1, "not-allowed", None, user="clerk")
        self.assert_refused(self.station, reopen, 2, "missing", "reason", user="leader")
        after = self.station.one(*reopen, "--reason", "点错了人", user="leader")
        self.assertEqual(after["state"], "in-house")
        for field in ("left_at", "leave_by", "destination"):
            self.assertNotIn(field, after)
        self.assertIn("correction", self.events(stay))

    def test_no_two_open_stays(self):
        first = self.station.register("person.sex=男", ADULT, user="clerk")
        person = first["person"]["id"]
        self.station.one("stay", "leave", first["stay"]["id"], "--leave_by", "own-will", user="clerk")
        again = self.station.one("stay", "arrive", person, "--set", "came_by=self", user="clerk")
        self.assert_refused(self.station, ("stay", "reopen", first["stay"]["id"], "--reason", "x"), 1, "already-here", "stay", user="leader")
        self.assert_refused(self.station, ("stay", "arrive", person, "--set", "came_by=self"), 1, "already-here", "person", user="clerk")
        self.station.one("stay", "void", again["id"], "--reason", "重复登记", user="leader")
        self.assertEqual(self.station.one("stay", "reopen", first["stay"]["id"], "--reason", "仍在站", user="leader")["state"], "arrived")

    def test_things_are_in_keeping_again(self):
        """Who was thought gone is here: what was left behind is theirs to be given, before they leave or the stay is voided."""
        stay = self.admit()
        reason = ("--reason", "仍在站")
        cash, knife, signed = (self.station.one("belongings", "take", stay, *(word for field in fields for word in ("--set", field)), user="clerk")["id"]
                               for fields in (("kind=cash", "amount_fen=100"), ("kind=forbidden", "name=刀"), ("kind=phone", "name=手机")))
        self.station.one("belongings", "give", stay, "--item", signed, "--as", "entrusted", "--sign", "signed", user="clerk")
        time.sleep(1.1)  # what was signed for lies before the leaving
        self.station.one("stay", "leave", stay, "--leave_by", "walked-out", "--search_actions", "站内", "--cctv", "无", user="clerk")
        self.assert_refused(self.station, ("stay", "void", stay, *reason), 1, "belongings", "stay", user="leader")
        self.station.one("stay", "reopen", stay, *reason, user="leader")
        things = {item["id"]: item for item in self.station.one("belongings", "list", stay)["items"]}
        self.assertEqual([things[item]["state"] for item in (cash, knife, signed)], ["held", "held", "entrusted"])
        self.assertEqual([name for name in things[cash] if name.startswith("out_")], [])
        self.assert_refused(self.station, ("stay", "leave", stay, "--leave_by", "own-will"), 1, "belongings", "belongings", user="clerk")
        (given,) = self.station.all("belongings", "give", stay, "--as", "returned", "--sign", "signed", user="clerk")
        self.assertEqual(given["id"], cash)
        self.assert_refused(self.station, ("stay", "void", stay, *reason), 1, "belongings", "stay", user="leader")
        self.station.one("belongings", "give", stay, "--item", signed, "--as", "returned", "--sign", "signed", user="clerk")
        self.station.one("belongings", "give", stay, "--item", knife, "--as", "police", "--to", "某派出所", "--note", "回执1", user="clerk")
        self.station.one("stay", "void", stay, *reason, user="leader")

    def test_nothing_goes_on_for_a_voided_stay(self):
        stay = self.arrive()
        plan = self.station.one("transfer", "plan", stay, "--set", "kind=ticket", "--set", "to_region=440105", user="clerk")["id"]
        paper = self.station.one("paper", "issue", "intake-registration", "--stay", stay, user="clerk")["number"]
        self.station.one("stay", "void", stay, "--reason", "重复登记", user="leader")
        self.assertEqual(self.station.one("transfer", "show", plan)["state"], "cancelled")
        for words in (("issue", "intake-registration", "--stay", stay), ("reprint", paper)):
            self.assert_refused(self.station, ("paper", *words), 1, "voided", "stay", user="clerk")

    def test_a_departure_is_when_it_was(self):
        """Not when it was planned; and whose stay is opened again did not depart."""
        stay = self.admit()
        plan = self.station.one("transfer", "plan", stay, "--set", "kind=ticket", "--set", "to_region=440105", "--set", "departs_at=2099-01-01 08:00",
                                user="clerk")["id"]
        departed = self.station.one("transfer", "depart", plan, user="clerk")
        self.assertEqual(departed["departs_at"], departed["stay"]["left_at"])
        self.assertLess(departed["departs_at"], "2099")
        self.station.one("stay", "reopen", stay, "--reason", "点错了人", user="leader")
        self.assertEqual(self.station.one("transfer", "show", plan)["state"], "cancelled")
        self.assertNotIn("transfer-departed", [item["kind"] for item in self.station.one("stay", "show", stay)["timeline"]])

    def test_a_child_is_not_struck_off(self):
        self.assert_refused(self.station, ("stay", "void", self.admit(CHILD), "--reason", "重复"), 1, "not-alone", "stay", user="leader")

    def test_edit(self):
        stay = self.admit()
        edited = self.station.one("stay", "edit", stay, "--set", "first_look=体温36.5，无外伤", "--set", "family=张家", user="clerk")
        self.assertEqual((edited["first_look"], edited["family"]), ("体温36.5，无外伤", "张家"))
        self.assert_refused(self.station, ("stay", "edit", stay, "--set", "arrived_at=2999-01-01 10:00"), 2, "in-the-future", "arrived_at", user="clerk")
        self.assert_refused(self.station, ("stay", "edit", stay, "--set", "came_by="), 2, "missing", "came_by", user="clerk")


main()
