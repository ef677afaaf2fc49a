/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The sealed file of somebody who is brought to another station, the answer to it, and what became of
 * them there: letters between two stations. Only app/ includes this header. */

#include "app/call.h"
#include "app/seal-judge.h"

G_BEGIN_DECLS

/**
 * Writes, or writes anew, the hand-over letter of a transfer that has departed: what the receiving station
 * needs, and of protected people no more than that. Nothing happens where the receiver is no station.
 * @letter: (out) (optional) (transfer full) (nullable): its id
 */
gboolean guitu_hand_over_send (GuituCall *call, GuituTransaction *transaction, const GuituRecord *transfer, char **letter, GError **error);

/** Nobody comes after all: the letter loses all but that. */
gboolean guitu_hand_over_withdraw (GuituTransaction *transaction, const GuituRecord *transfer, const char *reason, GError **error);

/** After a printing of its hand-over paper: the letter names it. Nothing happens before the departure. */
gboolean guitu_hand_over_name_paper (GuituCall *call, GuituTransaction *transaction, const GuituRecord *transfer, GError **error);

/** The letters of @subject about @about that @station wrote (%NULL: any), oldest first; void ones left out. */
GPtrArray *guitu_letters_about (GuituTransaction *transaction, const char *about, const char *subject, const char *station, GError **error);

/** By what a transfer is named in letters: its id, and number and seal of each of its papers. Returns: (transfer full). */
GPtrArray *guitu_hand_over_names (GuituTransaction *transaction, const GuituRecord *transfer, GError **error);

/** Hand-over files of other stations to this one that nobody has answered yet, oldest first. */
GPtrArray *guitu_letters_expected (GuituTransaction *transaction, GError **error);

/** Gives out what this station answered to others, newest first. @state: (nullable) */
gboolean guitu_incoming_list (GuituCall *call, GuituTransaction *transaction, const char *state, GError **error);

/** Content of a letter, or %NULL where it is none. Returns: (transfer full) (nullable). */
JsonObject *guitu_letter_content (const GuituRecord *letter);

/** A letter of this station with that content. Returns: (transfer full): written. */
GuituRecord *guitu_letter_write (GuituCall *call, GuituTransaction *transaction, const char *to_station, const char *subject, const char *about, JsonObject *content, GError **error);

/** Replaces the content of a letter of this station. */
void guitu_letter_set_content (GuituRecord *letter, JsonObject *content);

/** Of an array or object, safely: what another station wrote may be anything. */
JsonObject *guitu_member_object (JsonObject *json, const char *name);
JsonArray *guitu_member_array (JsonObject *json, const char *name);
const char *guitu_member_text (JsonObject *json, const char *name);

/** Whether the file of a hand-over names the paper. */
gboolean guitu_hand_over_names_paper (JsonObject *content, const char *sealed);

/** “violence”, “trafficking”, or %NULL: the fence that the file's person stands behind. */
const char *guitu_hand_over_protected (JsonObject *content);

/** Whether the caller may see who is brought with that file. */
gboolean guitu_hand_over_may_see (GuituCall *call, JsonObject *content);

/** What this station answered to the letter, or to the paper; %NULL for nothing yet. @incoming: (out) (transfer full) (nullable) */
gboolean guitu_incoming_find (GuituTransaction *transaction, const GuituRecord *letter, const char *sealed, GuituRecord **incoming, GError **error);

/** The stay that began with a hand-over was a mistake: whoever is brought is still expected, and the sender reads so. Nothing happens for other stays. */
gboolean guitu_incoming_take_back (GuituCall *call, GuituTransaction *transaction, const char *stay, const char *reason, GError **error);

/** The hand-over file that names the paper, of those that @station wrote to this one. @letter: (out) (transfer full) (nullable) */
gboolean guitu_hand_over_of_paper (GuituCall *call, GuituTransaction *transaction, const char *station, const char *sealed, GuituRecord **letter, GError **error);

/** The person of a file, or of a seal alone, as a new record. @letter: (nullable) Returns: (transfer full). */
GuituRecord *guitu_hand_over_person (JsonObject *content, const GuituSeal *seal);

/** What the file says beside the person: statements, kin, belongings, health, photo, for the stay that began with it. */
gboolean guitu_hand_over_fill (GuituCall *call, GuituTransaction *transaction, const GuituRecord *letter, GuituRecord *stay, JsonArray *checked, char **differences, GError **error);

/** Fills in what the paper did not tell, from the file that came after it. */
gboolean guitu_hand_over_complete_person (GuituTransaction *transaction, const char *person_id, JsonObject *content, GError **error);

/**
 * After entries of other stations came (a bundle, or the hub): answers to journeys of this station set their
 * state, and who was accepted by the paper alone gets the file that came since. Repetition is harmless, also at
 * several desks; without anything new nothing is written.
 */
gboolean guitu_transfers_take_answers (GuituCall *call, GError **error);

/** Fills in the file of who was accepted by the paper alone. */
gboolean guitu_incoming_fill (GuituCall *call, GuituTransaction *transaction, GuituRecord *incoming, const GuituRecord *letter, GError **error);

/** Tells the station that brought somebody what a follow-up found. Nothing happens for who came otherwise. */
gboolean guitu_hand_over_tell_follow_up (GuituCall *call, GuituTransaction *transaction, const GuituRecord *follow_up, GError **error);

/** Keeps a picture that came with a letter among the person's files. Returns: (transfer full): its record, written. */
GuituRecord *guitu_file_keep_picture (GuituCall *call, GuituTransaction *transaction, const char *person, const char *title, GBytes *content, GError **error);

/** Enters the receipt whose seal is @text; for a receipt that is known already nothing happens. @paper: (out) (transfer full) */
gboolean guitu_receipt_take (GuituCall *call, GuituTransaction *transaction, const char *text, GuituRecord **paper, GError **error);

/** Makes the receipt for a seal that was found genuine. @note: (nullable). Returns: (transfer full): the paper, written. */
GuituRecord *guitu_receipt_make (GuituCall *call, GuituTransaction *transaction, const GuituSealFound *found, const char *note, GError **error);

/** The verdict on a seal that is accepted (REFUSED for one of our own or of a kind nobody comes with; UNTRUSTED for what is not genuine). */
gboolean guitu_receipt_check (GuituCall *call, GuituTransaction *transaction, const GuituSealFound *found, GError **error);

/** The receipt that this station gave for a seal, *@receipt %NULL for none. */
gboolean guitu_receipt_find (GuituTransaction *transaction, const char *sealed, GuituRecord **receipt, GError **error);

G_END_DECLS
