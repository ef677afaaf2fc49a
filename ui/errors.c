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

/* A %s takes the first number in the message of the rule. */
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
  { "bed-rules", N_ ("This bed breaks a rule of the house. Give the reason, and a second person signs with you.") },
  { "second-needed", N_ ("Breaking a rule of the house takes a second person who signs.") },
  { "bed-unknown", N_ ("There is no such bed.") },
  { "bed-taken", N_ ("Somebody else has this bed.") },
  { "bed-closed", N_ ("This bed is not in use.") },
  { "room-closed", N_ ("This room is not in use.") },
  { "same-person", N_ ("This is for somebody else than you to do: two people sign.") },
  { "nothing-to-sign", N_ ("Everything here is signed by two already.") },
  { "forbidden-item", N_ ("This is forbidden: it goes to the police, or the person gives it up.") },
  { "already-given", N_ ("This was given out already.") },
  { "already-merged", N_ ("These records are merged already.") },
  { "not-merged", N_ ("This record is not merged with another.") },
  { "same-record", N_ ("This is one and the same record.") },
  { "both-here", N_ ("Both have an open stay, and nobody is here twice. End one of the stays, or record that it was registered by mistake.") },
  { "marked-different", N_ ("Somebody found before that these are two people.") },
  { "fenced", N_ ("This is a protected record. Ask those who may see it.") },
  { "not-expected", N_ ("Somebody on the list has left or gone out meanwhile. Close the roll call and begin again.") },
  { "no-file", N_ ("The file is not there.") },
  { "malformed", N_ ("This file is not of the kind that is wanted here.") },
  { "wrong-password", N_ ("User name or password is wrong.") },
  { "wait", N_ ("Wrong too often. Try again in %s seconds.") },
  { "not-logged-in", N_ ("Log in first.") },
  { "not-allowed", N_ ("Your role may not do this. Ask the manager.") },
  { "not-alone", N_ ("This person may not leave alone: a child, or somebody with signs of a mental or intellectual disability. Only the duty leader may decide otherwise, with a reason.") },
  { "already-here", N_ ("This person is in the station already. Open the file of the person.") },
  { "already-decided", N_ ("This has been decided already.") },
  { "already-left", N_ ("This person has left already.") },
  { "already-departed", N_ ("This transfer has departed already.") },
  { "not-valid", N_ ("This paper is no longer valid.") },
  { "exists", N_ ("This exists already.") },
  { "ends-before-it-begins", N_ ("This would end before it begins.") },
  { "already-voided", N_ ("This was taken back already.") },
  { "code-of-the-program", N_ ("This code comes with the program; only its report line can be set.") },
  { "closed-list", N_ ("The program works by the codes of this list; none can be added.") },
  { "not-a-code", N_ ("Small letters, digits and hyphens only, at most 32.") },
  { "code-taken", N_ ("This word stands for another code already.") },
  { "already-there", N_ ("There is one of this name already.") },
  { "contradicts-zone", N_ ("This zone is for the other sex.") },
  { "room-taken", N_ ("Somebody sleeps there. Give them another bed first.") },
  { "last-administrator", N_ ("This is the last administrator. Make somebody else one first.") },
  { "yourself", N_ ("Nobody disables their own account.") },
  { "locked", N_ ("Another program is using the records. Close it, then try again.") },
  { "damaged", N_ ("The file of records is damaged. Stop working with it, and restore the last backup.") },
  { "too-new", N_ ("These records were made by a newer version of the program. Update this program.") },
  { "missing-key", N_ ("The station's keys are missing or do not fit. Restore the file “keys” from the backup.") },
  { "unwritable", N_ ("The folder cannot be written. Check the disk and its permissions.") },
  { "print", N_ ("The paper could not be made. Nothing was issued.") },
  { "ends-by-itself", N_ ("This is not ticked off: it ends when what is due is registered in the file.") },
  { "already-done", N_ ("This is noted already.") },
  { "no-such-task", N_ ("This is no longer to be done.") },
  { "not-done", N_ ("This is open anyway.") },
  { "hand-over-waiting", N_ ("A colleague's hand-over waits. Take it over first.") },
  { "nothing-waiting", N_ ("No hand-over waits to be taken over.") },
  { "same-person", N_ ("Somebody else must sign this.") },
  { "ledger-damaged", N_ ("The ledger does not verify: something was changed from outside. Stop, and keep the backup.") },
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

/* What can be typed, where a date or time was not understood. */
static const struct
{
  const char *field;
  const char *sentence;
} examples[] = {
  { "birth_from", N_ ("There is no such day, or it cannot be. Type for example 1990-05-01, 1990 or 45.") },
  { "birth_to", N_ ("There is no such day, or it cannot be. Type for example 1990-05-01, 1990 or 45.") },
  { "arrived_at", N_ ("There is no such time, or it cannot be. Type for example 11-22 03:15 or 03:15.") },
  { "left_at", N_ ("There is no such time, or it cannot be. Type for example 11-22 03:15 or 03:15.") },
  { "departs_at", N_ ("There is no such time, or it cannot be. Type for example 11-22 03:15 or 03:15.") },
  { "at", N_ ("There is no such time, or it cannot be. Type for example 11-22 03:15 or 03:15.") },
};

static const char *
example_for (const char *code, const char *field)
{
  if (g_strcmp0 (code, "not-a-number") == 0 && g_strcmp0 (field, "amount_fen") == 0)
    return _ ("Type an amount in yuan, for example 120.50.");
  if (g_strcmp0 (code, "impossible-date") != 0)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    if (g_strcmp0 (examples[i].field, field) == 0)
      return _ (examples[i].sentence);
  return NULL;
}

static char *
with_number (const char *sentence, const char *message)
{
  const char *place = strstr (sentence, "%s");
  gsize before = strcspn (message, "0123456789");
  gsize digits = strspn (message + before, "0123456789");

  if (place == NULL)
    return g_strdup (sentence);
  return g_strdup_printf ("%.*s%.*s%s", (int) (place - sentence), sentence, (int) digits, message + before, place + 2);
}

char *
guitu_error_sentence_for (const char *code, const char *field, const char *message)
{
  const char *sentence = sentence_of_code (code);
  const char *example = example_for (code, field);

  if (example != NULL)
    return g_strdup (example);
  return sentence != NULL ? with_number (sentence, message) : g_strdup (message);
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
