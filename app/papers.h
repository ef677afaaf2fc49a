/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between records and forms. Only app/ includes this header. */

#include "app/call.h"
#include "print/print.h"

G_BEGIN_DECLS

/** What a paper is about. */
typedef struct
{
  GuituRecord *station;
  GuituRecord *person;
  GuituRecord *stay;
  GuituRecord *transfer;   /* NULL for papers of a stay */
  GuituRecord *to_station; /* the receiving station, where it is in the directory */
  GuituRecord *photo;      /* file record, or NULL */
} GuituPaperSubject;

void guitu_paper_subject_clear (GuituPaperSubject *subject);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituPaperSubject, guitu_paper_subject_clear)

/** Reads the records that a paper of a stay or transfer draws on. */
gboolean guitu_paper_subject_load (GuituPaperSubject *subject, GuituTransaction *transaction, const char *stay, const char *transfer, GError **error);

/** The texts of every key the form prints, as a JSON object of strings: what a paper record keeps. */
JsonObject *guitu_paper_collect (GuituTransaction *transaction, const GuituPaperSubject *subject, const GuituForm *form, GError **error);

/** From kept fields to what the form engine takes, with the fields' Chinese terms as labels. */
GuituFormValues *guitu_paper_values (JsonObject *fields);

/** What a paper is about. */
typedef enum
{
  GUITU_PAPER_OF_STAY,
  GUITU_PAPER_OF_TRANSFER,
  GUITU_PAPER_OF_SHIFT,
  GUITU_PAPER_OF_HOUSE, /* everybody who is here today */
  GUITU_PAPER_OF_FILE,  /* part of a person's file; not issued by itself */
} GuituPaperAbout;

/** What of a paper follows from its kind beside the form itself. */
typedef struct
{
  const char *kind;
  GuituPaperAbout about;
  const char *form_rule;  /* the rule whose citation stands on the form */
  const char *valid_rule; /* days for which the seal is good */
  gboolean ends;          /* whether the paper itself, too, is good until then and says so */
} GuituPaperKind;

/** Never %NULL for a kind that has a form. */
const GuituPaperKind *guitu_paper_kind (const char *kind);

/** Whether this is a notice of refusal or termination. */
gboolean guitu_paper_is_notice (const char *kind);

/** A notice of refusal or termination needs a decision that was reviewed; other kinds pass. Errors: REFUSED. */
gboolean guitu_notice_check (const char *kind, const GuituRecord *stay, GError **error);

/** Adds what a notice says to the texts of a paper; nothing for other kinds. */
gboolean guitu_notice_collect (JsonObject *fields, const char *kind, GuituTransaction *transaction, const GuituPaperSubject *subject, GError **error);

/** Adds what stands on a notice even when it is blank: how to fight it, by the law of the day @on. */
void guitu_notice_add_remedies (JsonObject *fields, const char *kind, const GuituRecord *station, const char *on);

/** The seal's text of a paper, as it is named in marks: hex SHA-256, first 32 digits. */
char *guitu_seal_name (const char *seal);

/** The form of a kind. Errors: INVALID naming "kind". */
const GuituForm *guitu_paper_form (const char *kind, GError **error);

/** Loads the stay or transfer that the call names for a paper of this form. */
gboolean guitu_paper_load_subject (GuituCall *call, GuituTransaction *transaction, const GuituForm *form, GuituPaperSubject *subject, GError **error);

/** Issues a paper of a stay within @transaction. Returns: (transfer full): its record. */
GuituRecord *guitu_paper_issue (GuituCall *call, GuituTransaction *transaction, const char *kind, const GuituRecord *stay, GError **error);

/** The newest printing of the number that the call names. */
GuituRecord *guitu_paper_find (GuituCall *call, GuituTransaction *transaction, GError **error);

/** A paper as a result, with its PDF written where the call wants it. Returns: (transfer full). */
JsonObject *guitu_paper_present (GuituCall *call, GuituTransaction *transaction, const GuituRecord *paper, GError **error);

/** Options of verbs that make a paper of a stay or transfer, and of those that take a paper's number. */
extern const GuituOption guitu_paper_subject_options[];
extern const GuituOption guitu_paper_number_options[];

/** Typefaces, loaded once for the calling thread. Returns: (transfer none). */
GuituFonts *guitu_paper_fonts (GError **error);

G_END_DECLS
