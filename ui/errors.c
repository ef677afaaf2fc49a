/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/errors.h"

#include "ui/dialogs.h"
#include "ui/page.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *code;
  const char *sentence; /* says what to do as well */
} Sentence;

static const Sentence sentences[] = {
  { "required", N_ ("This must be filled in.") },
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

char *
guitu_error_sentence_for (const char *code, const char *message)
{
  const char *sentence = sentence_of_code (code);

  return g_strdup (sentence != NULL ? sentence : message);
}

char *
guitu_error_sentence (const GError *error)
{
  const char *sentence = sentence_of_code (guitu_error_code (error));

  for (gsize i = 0; sentence == NULL && i < G_N_ELEMENTS (status_sentences); i++)
    if (g_error_matches (error, GUITU_ERROR, status_sentences[i].status))
      sentence = _ (status_sentences[i].sentence);
  return g_strdup (sentence != NULL ? sentence : error->message);
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
