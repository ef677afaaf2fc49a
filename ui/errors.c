/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/errors.h"

#include "ui/dialogs.h"
#include "ui/page.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *code;
  const char *sentence; /* says what to do as well */
} Sentence;

/* A %s takes the first number in the message of the rule; of a bed, the rules that it breaks. */
static const Sentence sentences[] = {
  { "missing", N_ ("This must be filled in.") },
  { "required", N_ ("This must be filled in.") },
  { "wrong-check-digit", N_ ("The last character does not fit the others: one of them is a slip. If the document really says so, write why below.") },
  { "wrong-length", N_ ("An ID number has 18 characters.") },
  { "unknown-region", N_ ("No region has these first six digits.") },
  { "contradicts-id-number", N_ ("This is not what the ID number says. Correct one of them, or write why below.") },
  { "impossible-date", N_ ("There is no such day, or it cannot be.") },
  { "in-the-future", N_ ("This lies in the future.") },
  { "before-arrival", N_ ("This lies before the arrival.") },
  { "birth-after-arrival", N_ ("The person would have been born after arriving.") },
  { "bad-character", N_ ("Only digits can stand here, and ? for those that cannot be read.") },
  { "control-character", N_ ("There is a character here that cannot be printed.") },
  { "invalid-utf-8", N_ ("There is a character here that cannot be printed.") },
  { "too-long", N_ ("This is too long.") },
  { "too-short", N_ ("This is too short: at least %s characters.") },
  { "too-large", N_ ("This file is too large.") },
  { "out-of-range", N_ ("This number is too small or too large.") },
  { "not-a-number", N_ ("This must be a whole number.") },
  { "unknown-code", N_ ("There is no such entry in the list.") },
  { "not-an-image", N_ ("This file is no picture that can be read.") },
  { "no-code", N_ ("There is no code in this picture, or it is not sharp enough. Take it again from nearer.") },
  { "no-file", N_ ("The file is not there.") },
  { "no-rows", N_ ("There are no rows below a header in this file.") },
  { "old-workbook", N_ ("This is a workbook of before 2007, or one with a password. Save it as .xlsx or CSV.") },
  { "bad-workbook", N_ ("This workbook is damaged, of another kind, or too large.") },
  { "bad-text", N_ ("This file is neither text nor a workbook.") },
  { "unknown-column", N_ ("The list has no column of that name.") },
  { "unknown-field", N_ ("There is no such field that a column could be.") },
  { "bad-map", N_ ("Write field=column, several with commas between them.") },
  { "with-and-within", N_ ("Compare the list with another one, or within itself, not both.") },
  { "nothing-to-compare", N_ ("The lists have no column in common. Say which columns belong together.") },
  { "malformed", N_ ("This file is not of the kind that is wanted here.") },
  { "wrong-password", N_ ("User name or password is wrong.") },
  { "wait", N_ ("Wrong too often. Try again in %s seconds.") },
  { "not-logged-in", N_ ("Log in first.") },
  { "user-disabled", N_ ("An administrator has ended your account. Log out, so that a colleague can go on.") },
  { "not-allowed", N_ ("Your role may not do this. Ask the manager.") },
  { "not-alone", N_ ("This person may not leave alone: a child, or somebody with signs of a mental or intellectual disability. Only the duty leader may decide otherwise, with a reason.") },
  { "dead", N_ ("The death of this person is on record. Register who is here as somebody new, and tell the leader.") },
  { "already-here", N_ ("This person is in the station already. Open the file of the person.") },
  { "already-decided", N_ ("This has been decided already.") },
  { "already-left", N_ ("This person has left already.") },
  { "already-departed", N_ ("This transfer has departed already.") },
  { "already-issued", N_ ("This notice was issued already. Reprint it from the papers in the file.") },
  { "not-a-draft", N_ ("This draft was issued or discarded already. Close the window, and open the paper from the file.") },
  { "wrong-kind", N_ ("This kind of paper is not made here.") },
  { "notice-state", N_ ("The notice is not in the state that this is for; look at it again.") },
  { "police-publish", N_ ("Of somebody who was freed from traffickers the police look for the family. Nothing is published here.") },
  { "identity-known", N_ ("It is known who this person is. Tell the kin directly; nothing is published.") },
  { "person-objects", N_ ("The person does not want a notice, and can decide that. Look for the kin in other ways.") },
  { "notice-exists", N_ ("There is a notice about this person already. Change that one, or renew it.") },
  { "number-not-public", N_ ("A number of a document or a telephone stands here. The public does not read it: take it out.") },
  { "no-such-line", N_ ("A notice has no such line.") },
  { "ground-of-minor", N_ ("The person is, or may be, a minor. Only to find the family may a notice be published: choose that ground.") },
  { "folder-in-use", N_ ("There are other pages in this folder. Choose an empty one, or the one with the notices of this station.") },
  { "behind-folder", N_ ("Another desk wrote this folder and knows more. Exchange with the other desks first.") },
  { "not-published", N_ ("Only what is published is given out. Publish the notice first.") },
  { "not-an-address", N_ ("This is no address of a folder on the web, such as https://example.org/xunqin/.") },
  { "another-person", N_ ("This picture is of somebody else.") },
  { "notice-not-approved", N_ ("A poster prints what somebody else has approved. Prepare the notice, and have it reviewed.") },
  { "not-public", N_ ("No notice is published of somebody who is protected from violence at home.") },
  { "cancelled", N_ ("Cancelled. Nothing was done.") },
  { "not-typed", N_ ("This comes from the records. Change it there; the paper follows.") },
  { "over-limit", N_ ("This is more cash than the rule allows (Settings, Rules). Buy the ticket instead.") },
  { "not-valid", N_ ("This paper is no longer valid.") },
  { "not-accepted", N_ ("With a paper of this kind nobody is handed over. There is nothing to accept.") },
  { "not-departed", N_ ("The other station has the person, but no departure is on record here. Record it first.") },
  { "own-paper", N_ ("This is a paper of this station. The receiving station accepts it.") },
  { "is-receipt", N_ ("This is a receipt. Enter it as one.") },
  { "no-receipt", N_ ("This is no receipt.") },
  { "exists", N_ ("This exists already.") },
  { "locked", N_ ("Another program is using the records. Close it, then try again.") },
  { "after-death", N_ ("After a death the record is locked: only the certificate and the report to the police are added, each once.") },
  { "damaged", N_ ("The file of records is damaged. Stop working with it, and restore the last backup.") },
  { "too-new", N_ ("These records were made by a newer version of the program. Update this program.") },
  { "missing-key", N_ ("The station's keys are missing or do not fit. Restore the file “keys” from the backup.") },
  { "unwritable", N_ ("The folder cannot be written. Check the disk and its permissions.") },
  { "print", N_ ("The paper could not be made. Nothing was issued.") },
  { "ledger-damaged", N_ ("The ledger does not verify: something was changed from outside. Stop, and keep the backup.") },
  { "protected", N_ ("Help may not be refused or terminated here: the person is, or may be, a minor, shows signs of a mental or intellectual disability, or needs a doctor first. Admit or help first.") },
  { "no-ground", N_ ("Choose the ground of the law; only grounds that are in force today can be chosen.") },
  { "not-reviewed", N_ ("Help is terminated only after a second person agreed. Propose it first (More), and let a leader review it.") },
  { "same-person", N_ ("A second person must do this: not who proposed, registered or hands over. Ask a colleague.") },
  { "related", N_ ("You declared that you are close to this person. Somebody else decides.") },
  { "suspect", N_ ("This relative is under suspicion of having harmed the person. Nobody is handed over to them; call the duty leader.") },
  { "belongings", N_ ("Belongings are still in keeping. Say what becomes of them and how it was acknowledged.") },
  { "fenced", N_ ("This record is protected. Ask a leader or the officer in charge; in an emergency it can be opened with a reason, which is recorded.") },
  { "bed-rules", N_ ("This bed breaks a rule of the house: %s. Choose another one, or give the reason and let a second person sign.") },
  { "bed-unknown", N_ ("There is no such bed. Choose one from the list of rooms.") },
  { "room-closed", N_ ("This room is closed. Choose a bed in another one.") },
  { "bed-closed", N_ ("This bed is not in use. Choose another one.") },
  { "bed-taken", N_ ("Somebody else has this bed. Choose another one.") },
  { "second-needed", N_ ("An exception needs a second person. Let a colleague sign below.") },
  { "nothing-proposed", N_ ("Nothing is proposed that could be reviewed. Perhaps somebody reviewed it already: look at the file again.") },
  { "not-in-house", N_ ("This is possible only for somebody who is in the house.") },
  { "not-left", N_ ("Only a stay that ended can be opened again; after a death or a refusal, none can. Register a new arrival instead.") },
  { "no-notice", N_ ("There is no notice to be served. It is issued when a second person approves.") },
  { "voided", N_ ("This record was voided, or must stay on record: a refusal and a death are never struck off.") },
  { "no-extension", N_ ("This term was not extended yet. Extend it first, then note the filing.") },
  { "not-later", N_ ("The new day must lie after the end of the term.") },
  { "invalid-date", N_ ("There is no such day, or it cannot be. Type for example 2026-11-30.") },
  { "companion-needed", N_ ("A minor, or somebody with signs of a disability, goes out only with a companion: name them as the witness.") },
  { "not-from-there", N_ ("This does not fit where the person is now. Look at the events first.") },
  { "out-of-order", N_ ("Something later is noted of where this person was. Note this as “Other”.") },
  { "too-late", N_ ("This lies after what came later. Correct the time.") },
  { "too-early", N_ ("This lies before what came first. Correct the time.") },
  { "overlap", N_ ("At that time the person was here with another stay. Correct the time, or look at that stay.") },
  { "forbidden-item", N_ ("A forbidden thing is not given back: it goes to the police, or is given up.") },
  { "already-given", N_ ("This was given out already.") },
  { "nothing-held", N_ ("Nothing of this stay is in keeping.") },
  { "nothing-to-sign", N_ ("Everything here is signed by two already.") },
  { "not-lunar", N_ ("Write the lunar date as 1950年八月十五 or 1950年闰四月初一, as much of it as is known.") },
  { "no-lunar-day", N_ ("This lunar year has no such month or day. Ask again, or leave the day out.") },
  { "both-here", N_ ("Both have an open stay: nobody is here twice. End or void one of them first.") },
  { "already-merged", N_ ("These are one person already.") },
  { "marked-different", N_ ("That these are two people is noted already. Take that back first.") },
  { "not-merged", N_ ("These records are not joined.") },
  { "same-record", N_ ("This is one and the same record. Choose another one.") },
  { "which-link", N_ ("This record is joined with several. Choose which link to take back.") },
  { "already-closed", N_ ("This was closed already.") },
  { "case-closed", N_ ("This case is closed. Take the search up again first.") },
  { "case-open", N_ ("The search for this person is open already.") },
  { "identity-verified", N_ ("It is verified who this is. Search for the family instead.") },
  { "already-answered", N_ ("The answer is registered already. Register another inquiry.") },
  { "user-gone", N_ ("This colleague does not work here any more. Choose somebody else.") },
  { "not-caseworker", N_ ("This colleague does not work on cases. Choose a caseworker.") },
  { "not-verified", N_ ("The identity is not verified. Say by what it is now.") },
  { "not-dead", N_ ("No death of this person is on record.") },
  { "not-their-words", N_ ("These are the words of another person. Open the right file.") },
  { "already-done", N_ ("This was done already.") },
  { "not-done", N_ ("This task is open still.") },
  { "no-such-task", N_ ("Nothing of that kind is to be done there now.") },
  { "ends-by-itself", N_ ("This is not ticked off: it ends when the thing itself is done.") },
  { "not-by-hand", N_ ("Such tasks come by themselves. Choose “Other”.") },
  { "report-ended", N_ ("Nobody searches any more: this report has ended. Open it again first, if it was ended by mistake.") },
  { "not-judged", N_ ("First decide that the two are the same person. Then let the family confirm it, and end the report.") },
  { "protected-person", N_ ("This person is protected. Who reported may be whom they fled from: the report must not say that they were found.") },
  { "before-follow-up", N_ ("The next visit must come after this one.") },
  { "before-sending", N_ ("The answer would be due before the referral was sent. Correct one of the days.") },
  { "not-their-stay", N_ ("This belongs to another stay or person. Open the right file.") },
  { "no-standard", N_ ("No local standard is set for this place and day. The administrator adds one in the settings.") },
  { "already-there", N_ ("A room of this name is there already. Choose another name.") },
  { "contradicts-zone", N_ ("The zone of this room is for the other sex.") },
  { "room-taken", N_ ("Somebody sleeps there. Give them another bed first.") },
  { "not-expected", N_ ("This person is not expected in the house now: look at the list again.") },
  { "hand-over-waiting", N_ ("A hand-over of somebody else waits to be taken. Take it first.") },
  { "nothing-waiting", N_ ("No hand-over waits to be taken.") },
  { "already-voided", N_ ("This does not stand any more.") },
  { "ends-before-it-begins", N_ ("The end lies before the beginning.") },
  { "closed-list", N_ ("The program works by the codes of this list; none can be added.") },
  { "code-of-the-program", N_ ("This code comes with the program; only its line of the report can be set.") },
  { "code-taken", N_ ("This word stands for another code already. Choose another one.") },
  { "not-a-code", N_ ("A code is made of small letters, digits and hyphens, at most 32.") },
  { "last-administrator", N_ ("This is the last active administrator. Make somebody else one first.") },
  { "yourself", N_ ("Nobody disables their own account. Ask another administrator.") },
  { "ambiguous", N_ ("Several users have this name, added at different desks. Ask the administrator to rename one.") },
  { "altered", N_ ("This card was altered after its station made it. Ask for a new one.") },
  { "another-key", N_ ("This station is known with another key. Telephone the station before anything else.") },
  { "several-codes", N_ ("The picture shows the codes of several papers. Show one at a time.") },
  { "unreadable-pdf", N_ ("This PDF cannot be read: it is damaged, locked with a password, or has too many pages. Scan the paper again, or save the PDF without the password.") },
  { "not-yet-issued", N_ ("The paper bears a date that is still to come. Look at the clock of this computer, and phone the station.") },
  { "not-on-record", N_ ("It bears our own seal, but our register here does not hold it. If another desk issued it, exchange with that desk first; if none did, take the paper for suspect and tell the leader.") },
  { "incomplete", N_ ("The seal is genuine, but the fields are not compared yet.") },
  { "unreadable", N_ ("The file cannot be read. Check that it is there, and whole.") },
  { "too-far", N_ ("This day is more than a year from now.") },
  { "wrong-sum", N_ ("This is not the sum of the other amounts.") },
  { "not-applicable", N_ ("This is no matter of that paper.") },
  { "another-stay", N_ ("This way home belongs to another stay.") },
  { "contradiction", N_ ("This record contradicts itself. Nothing was changed; tell the administrator.") },
  { "no-camera", N_ ("No camera is found. Connect one, or use the scanner or a picture.") },
  { "camera-busy", N_ ("Another program is using the camera. Close it, then try again.") },
  { "camera-denied", N_ ("This account or program may not use the camera. Ask the administrator.") },
  { "camera-plugin", N_ ("A part that the camera needs is not installed. Ask the administrator to install gstreamer1.0-plugins-good.") },
  { "camera-source", N_ ("The setting GUITU_CAMERA names no source of pictures. Ask the administrator.") },
  { "camera-failed", N_ ("The camera gives no picture. Unplug it and plug it in again, then try once more.") },
  { "unknown-form", N_ ("This program does not know that form yet. Update the program, or telephone the station.") },
  { "protected-fact", N_ ("This would take away what keeps the person from going alone. A leader does that, or signs as the second person, with a reason.") },
  { "not-ours", N_ ("Another station wrote this: only that station changes it. Telephone it.") },
  { "clock", N_ ("The date of this computer is far from the hub's. Set the clock first: other stations refuse entries of a wrong date.") },
  { "hub-away", N_ ("The hub cannot be reached. The work here goes on; what waits is sent later.") },
  { "hub-login", N_ ("The hub refuses this desk's log-in. Ask the network's station for another letter.") },
  { "hub-certificate", N_ ("What answers at the hub's address cannot prove to be the hub. Nothing was sent; tell the administrator.") },
  { "hub-version", N_ ("The hub's database is of another version, or no hub. Update the program, or tell the hub's owner.") },
  { "hub-read-only", N_ ("The hub takes nothing at present. What waits is sent later.") },
  { "hub-full", N_ ("The hub's disk is full. What waits is sent when its owner has made room.") },
  { "hub-refused", N_ ("The hub does not let this desk do that. Ask the network's station.") },
  { "in-network", N_ ("This station belongs to another network already.") },
  { "no-network", N_ ("This station runs no network. Found one first.") },
  { "no-hub", N_ ("This station has joined no hub. Ask the network's station for a letter.") },
  { "no-login", N_ ("Every log-in of this station is in use. Ask the network's station for another letter.") },
  { "fingerprint-needed", N_ ("Station %s, which wrote this letter, is not known here. Telephone it, compare its fingerprint and type it.") },
  { "fingerprint", N_ ("The fingerprint is another one. Do not use this letter; telephone the station.") },
  { "wrong-code", N_ ("The code does not fit this file. Compare it sign by sign with what was told when the file was made.") },
  { "not-together", N_ ("With a copy of what another desk knew, no letter is needed. Leave one of the two out.") },
  { "no-conflict", N_ ("This was settled already.") },
  { "replaced-value", N_ ("Somebody replaced that value in the meantime. Look at the list again.") },
  { "derived-field", N_ ("The program sets this by itself: only the value that stands can be confirmed.") },
  { "own-act", N_ ("This is changed by an act of its own. Confirm what stands, then do that act in the file.") },
  { "wrong-state", N_ ("The entry of the list is not in the state that this is for; look at it again.") },
  { "no-objection", N_ ("There is no objection to be decided.") },
  { "other-desks", N_ ("Another number of desks than you saw would get the new keys. Look at the desks of this station again, and end those that are not yours.") },
  { "no-stricter", N_ ("A correction makes an entry no stricter. Propose its renewal, with new facts.") },
  { "renewed-ended", N_ ("The entry that this one renews was ended meanwhile. Reject this one.") },
  { "objection-open", N_ ("An objection to the entry that this one renews must be decided first.") },
  { "no-longer", N_ ("A correction makes an entry no longer. Propose its renewal, with new facts.") },
  { "measure-needs-proof", N_ ("No further ticket: only after tickets were returned or sold, with evidence.") },
  { "undated", N_ ("Begin each line of the facts with the day, such as 2026-01-31, and a blank.") },
  { "judging-word", N_ ("A word here judges the person. Write what happened, and when.") },
  { "screened-long-ago", N_ ("This screening is too long ago. Screen the person again.") },
  { "no-new-facts", N_ ("Another entry about this person needs new facts. Add what happened since the one before was made, or withdrawn.") },
  { "own-entry", N_ ("This is an entry of your own station: correct it, or remove it.") },
  { "rule-not-met", N_ ("The stays at this and other stations do not meet the rule. Choose another category, with evidence, or leave it.") },
  { "list-excluded", N_ ("This person must not be on the list. A task to care for them was opened in its place.") },
  { "listed-already", N_ ("There is an entry about this person already: correct it, or renew it.") },
  { "not-in-force", N_ ("Only an entry that was in force until its end is renewed.") },
  { "no-stations", N_ ("This station belongs to no network of stations yet. Ask the administrator to join one.") },
  { "not-a-page", N_ ("The backup of the keys is a page to print: end the name of the file in .pdf.") },
  { "several-desks", N_ ("Several desks have this number. Choose the one that is meant by its id.") },
  { "this-desk", N_ ("This is the desk you work at. Revoke it from another desk.") },
  { "ended", N_ ("This desk was ended before.") },
  { "own-card", N_ ("This is the card of this station itself.") },
  { "own-desks-only", N_ ("A copy of the whole store is for this station's own desks only.") },
  { "other-code", N_ ("The code in this picture or text is of another kind. Show the card, or the backup of the keys, that is asked for here.") },
  { "another-paper", N_ ("This paper or receipt belongs to another journey.") },
  { "another-station", N_ ("This paper brings the person to another place. Accept it here only with a reason, or register who is here as an arrival.") },
  { "withdrawn", N_ ("That station took this hand-over back. Register who is here as an arrival.") },
  { "already-accepted", N_ ("This person was accepted here already.") },
  { "escort-rules", N_ ("The rules on escorts are not kept. Only with a reason and a second person.") },
  { "not-in-state", N_ ("That can't be done with this way home now.") },
  { "not-approved", N_ ("A leader approves this way home first. In an emergency give the reason; the approval follows.") },
  { "unknown-station", N_ ("The receiving station is not known here. Trust its card first, or send paper alone.") },
};

typedef struct
{
  int status;
  const char *sentence;
} StatusSentence;

/* For codes that have no sentence of their own; the message of the rule itself follows. */
static const StatusSentence status_sentences[] = {
  { GUITU_ERROR_NOT_FOUND, N_ ("There is no such record.") },
  { GUITU_ERROR_STORAGE, N_ ("The store could not be read or written. Nothing was changed. Check the disk, then try again.") },
  { GUITU_ERROR_UNTRUSTED, N_ ("A seal or signature does not verify. Do not rely on this paper.") },
  { GUITU_ERROR_NETWORK, N_ ("The network cannot be reached. The work here goes on without it.") },
};

static const char *
sentence_of_code (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_strcmp0 (sentences[i].code, code) == 0)
      return _ (sentences[i].sentence);
  return NULL;
}

#define TIME_EXAMPLE N_ ("There is no such time, or it cannot be. Type for example 11-22 03:15 or 03:15.")

/* Where a field makes it clearer what to do: what can be typed there, or what is meant just there. */
static const struct
{
  const char *code;
  const char *field;
  const char *sentence;
} at_fields[] = {
  { "unwritable", "pdf", N_ ("The PDF cannot be written there. Choose another folder, or another name.") },
  { "unwritable", "folder", N_ ("Nothing can be written into this folder. Choose another one.") },
  { "out-of-range", "stays", N_ ("Nobody, or too many: papers are made for 1 to 2000 people at a time.") },
  { "out-of-range", "numbers", N_ ("Nothing, or too much: 1 to 2000 papers are made at a time.") },
  { "wrong-kind", "kind", N_ ("Only papers about a stay are issued for many at once.") },
  { "already-issued", "stay", N_ ("This notice was issued already. Reprint it from the papers in the file, or from the register.") },
  { "impossible-date", "birth_from", N_ ("There is no such day, or it cannot be. Type for example 1990-05-01, 1990 or 45.") },
  { "impossible-date", "birth_to", N_ ("There is no such day, or it cannot be. Type for example 1990-05-01, 1990 or 45.") },
  { "impossible-date", "arrived_at", TIME_EXAMPLE },
  { "impossible-date", "left_at", TIME_EXAMPLE },
  { "impossible-date", "departs_at", TIME_EXAMPLE },
  { "impossible-date", "served_at", TIME_EXAMPLE },
  { "impossible-date", "at", TIME_EXAMPLE },
  { "not-reviewed", "stay", N_ ("This notice is issued only after a second person agreed to a refusal or a termination (More).") },
  { "not-a-number", "amount_fen", N_ ("Type an amount in yuan, for example 120.50.") },
  { "not-alone", "ground", N_ ("A child, or somebody with signs of a disability: write why this person is let go alone.") },
  { "not-alone", "stay", N_ ("A child, or a person with a disability, who is in our care cannot be struck off. Record how they leave.") },
  { "belongings", "stay", N_ ("Belongings are still in keeping. Give them out first (More).") },
  { "missing", "served_witness", N_ ("A refused signature needs the names of two witnesses.") },
};

static const char *
sentence_at (const char *code, const char *field)
{
  for (gsize i = 0; field != NULL && i < G_N_ELEMENTS (at_fields); i++)
    if (g_strcmp0 (at_fields[i].code, code) == 0 && strcmp (at_fields[i].field, field) == 0)
      return _ (at_fields[i].sentence);
  return NULL;
}

/* The rules of the house that a bed breaks: the message names their codes in brackets. */
static char *
broken_rules (const char *message)
{
  guint n = 0;
  const GuituCode *const *rules = guitu_codes_list ("bed_rule", &n);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *named = g_strdup_printf ("(%s)", rules[i]->code);

      if (strstr (message, named) == NULL)
        continue;
      if (words->len > 0)
        g_string_append (words, _ (", "));
      g_string_append (words, guitu_code_label ("bed_rule", rules[i]->code));
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* @what in the place of the %s of a sentence. */
static char *
fill (const char *sentence, const char *what)
{
  const char *place = strstr (sentence, "%s");

  if (place == NULL)
    return g_strdup (sentence);
  return g_strdup_printf ("%.*s%s%s", (int) (place - sentence), sentence, what, place + 2);
}

static char *
with_number (const char *sentence, const char *message)
{
  gsize before = strcspn (message, "0123456789");
  g_autofree char *number = g_strndup (message + before, strspn (message + before, "0123456789"));

  return fill (sentence, number);
}

char *
guitu_error_sentence_for (const char *code, const char *field, const char *message)
{
  const char *sentence = sentence_at (code, field);
  g_autofree char *rules = NULL;

  if (sentence == NULL)
    sentence = sentence_of_code (code);
  if (sentence == NULL)
    return g_strdup (message);
  if (strcmp (code, "bed-rules") != 0)
    return with_number (sentence, message);
  rules = broken_rules (message);
  return fill (sentence, rules);
}

char *
guitu_error_sentence (const GError *error)
{
  const char *code = guitu_error_code (error);

  if (sentence_of_code (code) == NULL)
    for (gsize i = 0; i < G_N_ELEMENTS (status_sentences); i++)
      if (g_error_matches (error, GUITU_ERROR, status_sentences[i].status))
        return g_strdup (_ (status_sentences[i].sentence));
  return guitu_error_sentence_for (code, guitu_error_field (error), error->message);
}

void
guitu_error_show (GtkWidget *from, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = guitu_error_sentence (error);
  if (g_error_matches (error, GUITU_ERROR, GUITU_ERROR_STORAGE))
    guitu_dialog_tell (from, _ ("The store has a problem"), sentence, error->message);
  else
    guitu_page_toast (from, sentence);
}
