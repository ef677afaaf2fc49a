/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between records and forms. Only app/ includes this header. */

#include "app/call.h"
#include "print/print.h"

G_BEGIN_DECLS

/** What a paper is about. */
typedef enum
{
  GUITU_PAPER_OF_STAY,
  GUITU_PAPER_OF_TRANSFER,
  GUITU_PAPER_OF_SHIFT,
  GUITU_PAPER_OF_HOUSE,   /* everybody who is here today */
  GUITU_PAPER_OF_RECEIPT, /* a paper of another station, which this one accepts; only by “paper accept” */
  GUITU_PAPER_OF_FILE,    /* a person's file; only as part of it */
} GuituPaperAbout;

/** What of a paper follows from its kind beside the form itself. */
typedef struct
{
  const char *kind;
  const char *group; /* code of "paper_group": where people look for it */
  GuituPaperAbout about;
  const char *form_rule;  /* the rule whose citation stands on the form */
  const char *valid_rule; /* days for which the seal is good */
  gboolean ends;          /* whether the paper itself, too, is good until then and says so */
} GuituPaperKind;

/** Never %NULL for a kind that has a form. */
const GuituPaperKind *guitu_paper_kind (const char *kind);

/** Whether a person comes with a paper of that kind, so that another station accepts it. */
gboolean guitu_paper_is_accepted (const char *kind);

/** The form of a kind that can be issued. Errors: INVALID naming "kind". */
const GuituForm *guitu_paper_form (const char *kind, GError **error);

/* --- What it is about ------------------------------------------------------------------------ */

/** The records that a paper draws on. Those that are not its matter are NULL. */
typedef struct
{
  GuituCall *call; /* who asks: a list of the house shows no more than that */
  GuituRecord *station;
  GuituRecord *person;
  GuituRecord *stay;
  GuituRecord *transfer;
  GuituRecord *to_station; /* the receiving station, where it is in the directory */
  GuituRecord *photo;      /* file record */
  GuituRecord *shift;
  JsonObject *typed; /* what was filled in for this paper alone: key -> text */
  char *answers;     /* the seal that a receipt accepts, as GuituSeal names it */
} GuituPaperSubject;

void guitu_paper_subject_clear (GuituPaperSubject *subject);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituPaperSubject, guitu_paper_subject_clear)

/** Reads what a paper of @kind about the stay, transfer or shift @id draws on. @id: (nullable): NULL for the house, and for the file of who was never here. */
gboolean guitu_paper_subject_load (GuituPaperSubject *subject, GuituCall *call, GuituTransaction *transaction, const char *kind, const char *id, GError **error);

/** What the person's file draws on where there is no stay. */
gboolean guitu_paper_subject_load_person (GuituPaperSubject *subject, GuituCall *call, GuituTransaction *transaction, const char *person, GError **error);

/** The same of what the call names: a paper of a transfer may also be asked for by its stay. Refuses what is fenced off. */
gboolean guitu_paper_subject_read (GuituPaperSubject *subject, GuituCall *call, GuituTransaction *transaction, const GuituForm *form, GError **error);

/** The same of an earlier printing or a draft, with what was filled in then. */
gboolean guitu_paper_subject_of (GuituPaperSubject *subject, GuituCall *call, GuituTransaction *transaction, const GuituRecord *paper, GError **error);

/**
 * What the call names: a draft to go on with, or a kind and what it is about; with what the call fills in.
 * @draft: (out) (transfer full): set for a draft
 */
const GuituForm *guitu_paper_read_matter (GuituCall *call, GuituTransaction *transaction, GuituPaperSubject *subject, GuituRecord **draft, GError **error);

/** Writes into the paper what it is about. */
void guitu_paper_subject_put (const GuituPaperSubject *subject, GuituRecord *paper);

/* --- What stands on it ----------------------------------------------------------------------- */

/** The texts of every key the form prints, as a JSON object of strings: what a paper record keeps. */
JsonObject *guitu_paper_collect (GuituTransaction *transaction, const GuituPaperSubject *subject, const GuituForm *form, GError **error);

/** Lists of records as tables of a form. Returns: (transfer full) (nullable): the text, NULL where @key is none or empty. */
char *guitu_paper_table (GuituTransaction *transaction, const GuituPaperSubject *subject, const char *key, GError **error);

/** Adds a cell to a row of a table, and what a time, a code of a list and a user are called in it; %NULL: an empty one. */
void guitu_paper_add_cell (GString *table, const char *text);
void guitu_paper_add_time (GString *table, const char *time);
void guitu_paper_add_code (GString *table, const char *list, const char *code);
void guitu_paper_add_user (GString *table, GuituTransaction *transaction, const char *id);
void guitu_paper_end_row (GString *table);

/** Rows of what was done to find out who somebody is: what is due, what was asked, noted and published. */
void guitu_paper_add_searches (GString *table, GuituTransaction *transaction, const GuituPaperSubject *subject, GError **error);

/** Rows of each time that somebody asked who this is (民办函〔2018〕150号). */
void guitu_paper_add_queries (GString *table, GuituTransaction *transaction, const GuituPaperSubject *subject, GError **error);

/**
 * What the inquiries of the person's case tell for a key that could be typed (“dna.office”), or %NULL.
 * Returns: (transfer full) (nullable)
 */
char *guitu_paper_tracing_value (GuituTransaction *transaction, const GuituPaperSubject *subject, const char *key, GError **error);

/** What was open when the shift was handed over, in words. Returns: (transfer full) (nullable). */
char *guitu_paper_open_items (GuituTransaction *transaction, const GuituPaperSubject *subject, GError **error);

/** A number of the shift, such as “shift.admitted”. Returns: (transfer full) (nullable): NULL where @key is none. */
char *guitu_paper_shift_number (GuituTransaction *transaction, const GuituPaperSubject *subject, const char *key, GError **error);

/** From kept fields to what the form engine takes, with the fields' Chinese terms as labels. */
GuituFormValues *guitu_paper_values (JsonObject *fields);

/** Whether the text of a key is filled in for one paper, and not known from records. */
gboolean guitu_paper_is_typed (const char *key);

/** Whether what is filled in there is an amount in yuan. */
gboolean guitu_paper_is_amount (const char *key);

/** What was filled in when a paper, or a draft, was made. Returns: (transfer full). */
JsonObject *guitu_paper_typed_of (const GuituRecord *paper);

/**
 * Takes what the call fills in (members "fields", and objects named as the keys begin) into @typed, which may still
 * be half filled in. Errors: INVALID, naming the key.
 */
gboolean guitu_paper_take_typed (GuituCall *call, const GuituForm *form, JsonObject *typed, GError **error);

/** Refuses what is not complete, or does not add up. Errors: INVALID, naming the first key that is missing or wrong. */
gboolean guitu_paper_check_complete (const GuituForm *form, JsonObject *fields, GError **error);

/** Whether this is a notice of refusal or termination. */
gboolean guitu_paper_is_notice (const char *kind);

/** A notice of refusal or termination needs a decision that was reviewed; other kinds pass. Errors: REFUSED. */
gboolean guitu_notice_check (const char *kind, const GuituRecord *stay, GError **error);

/** A notice is issued once for each decision, when a second person agrees. Errors: REFUSED. */
gboolean guitu_notice_refuse_another (GuituTransaction *transaction, const char *kind, const GuituRecord *stay, GError **error);

/** Adds what a notice says to the texts of a paper; nothing for other kinds. */
gboolean guitu_notice_collect (JsonObject *fields, const char *kind, GuituTransaction *transaction, const GuituPaperSubject *subject, GError **error);

/** Adds what stands on a form even when it is blank: the law of the day @on in words. */
void guitu_paper_add_wording (JsonObject *fields, const GuituForm *form, const GuituRecord *station, const char *on);

/** The rule a form rests on, and since when, on the day @on. Returns: (transfer full) (nullable). */
char *guitu_paper_citation (const char *kind, const char *on);

/** "12.50元". Returns: (transfer full). */
char *guitu_yuan_text (gint64 fen);

/** Yuan with at most two decimals, "12.5", as fen; -1 for anything else. */
gint64 guitu_yuan_parse (const char *text);

/** An amount as it is written where nobody may change it: 人民币贰拾元伍角整 (支付结算办法 Annex 1). Returns: (transfer full). */
char *guitu_money_in_words (gint64 fen);

/* --- Papers ---------------------------------------------------------------------------------- */

/** The seal's text of a paper, as it is named in marks: hex SHA-256, first 32 digits. */
char *guitu_seal_name (const char *seal);

/** What is printed under the code, to be compared by telephone: the beginning of that name. Returns: (transfer full). */
char *guitu_seal_words (const char *seal);

#define GUITU_LABEL_PREFIX "GT0:"

/** The short code of a label: station, number and the beginning of the seal's name. Returns: (transfer full). */
char *guitu_label_code (const char *station, const char *number, const char *seal_name);

/** Issues a paper of a stay within @transaction. Returns: (transfer full): its record. */
GuituRecord *guitu_paper_issue (GuituCall *call, GuituTransaction *transaction, const char *kind, const GuituRecord *stay, GError **error);

/** The same of a subject. @earlier: the printing it replaces, or NULL. @draft: (transfer full) (nullable): what becomes the paper. */
GuituRecord *guitu_paper_issue_subject (GuituCall *call, GuituTransaction *transaction, const GuituForm *form, const GuituPaperSubject *subject, const GuituRecord *earlier, GuituRecord *draft, GError **error);

/** Ends the validity of one printing, here and for every station. @state: replaced, voided or used. */
gboolean guitu_paper_retire (GuituCall *call, GuituTransaction *transaction, GuituRecord *paper, const char *state, const char *reason, GError **error);

/** The same without a caller, of a paper that is valid; to be called where something follows by itself. */
gboolean guitu_paper_end (GuituTransaction *transaction, GuituRecord *paper, const char *state, const char *reason, GError **error);

/**
 * Adds to @result's member "warnings" when the register holds a paper of a later time than @issued: then this
 * computer's clock is behind, and the number may belong to another year.
 */
gboolean guitu_paper_warn_of_clock (GuituTransaction *transaction, const char *issued, JsonObject *result, GError **error);

/** Tells in the member "warnings" of @result, once for each @kind, what may be wrong with papers that are issued; the number of @paper is among its "numbers". */
void guitu_paper_add_warning (JsonObject *result, const char *kind, const char *text, const GuituRecord *paper);

/** The same where @paper may be the wrong one for this person: a form of minors for somebody of age. @person: as it is used, see guitu_person_effective(). */
void guitu_paper_warn_of_person (const GuituRecord *paper, const GuituRecord *stay, const GuituRecord *person, JsonObject *result);

/** The same of the papers of @paper's kind that its stay was given from @since on, and that are valid still: their numbers. */
gboolean guitu_paper_warn_of_earlier (GuituTransaction *transaction, const GuituRecord *paper, const char *since, JsonObject *result, GError **error);

/** All that is told of a single @paper when it is issued: of its person and of the clock. */
gboolean guitu_paper_warn (GuituTransaction *transaction, const GuituRecord *paper, JsonObject *result, GError **error);

/** The newest printing of the number, or the draft of the id, that the call names. */
GuituRecord *guitu_paper_find (GuituCall *call, GuituTransaction *transaction, GError **error);

/** The draft whose id the call names as "draft". */
GuituRecord *guitu_paper_find_draft (GuituCall *call, GuituTransaction *transaction, GError **error);

/** Refuses (“fenced”) to show or change a paper that names people whom the caller may not see. */
gboolean guitu_paper_refuse (GuituCall *call, GuituTransaction *transaction, const GuituRecord *paper, GError **error);

/** Notes that the caller had the paper made again (act “print”). */
gboolean guitu_paper_log (GuituCall *call, GuituTransaction *transaction, const GuituRecord *paper, GError **error);

/** A paper as a result, with its PDF written where the call wants it. Returns: (transfer full). */
JsonObject *guitu_paper_present (GuituCall *call, GuituTransaction *transaction, const GuituRecord *paper, GError **error);

/** The same without giving the PDF out. @pdf: (out) (transfer full): unset where the call wants none. */
JsonObject *guitu_paper_make (GuituCall *call, GuituTransaction *transaction, const GuituRecord *paper, GBytes **pdf, GError **error);

/** Makes the PDF, commits, and then gives the paper out. */
gboolean guitu_paper_commit (GuituCall *call, GuituTransaction *transaction, const GuituRecord *paper, GError **error);

/**
 * What the engine needs to print a kept paper once more.
 * @warnings: an array of sentences to add to, such as that the photo is not at this desk
 * Returns: (transfer full) (nullable)
 */
GuituFormValues *guitu_paper_read_values (GuituCall *call, GuituTransaction *transaction, const GuituRecord *paper, JsonArray *warnings, GError **error);

/** Sets the photo. One that another desk took may not have come here: the frame stays empty, and @warnings says so. @photo: nullable. */
gboolean guitu_paper_set_photo (GuituCall *call, GuituFormValues *values, const GuituRecord *photo, JsonArray *warnings, GError **error);

/** Writes @pdf to the file that the call names, or into @result as Base64 (option "inline"). */
gboolean guitu_paper_give_pdf (GuituCall *call, GBytes *pdf, JsonObject *result, GError **error);

/** Options of verbs that make a paper, of those that take a paper's number, and of those that give a PDF. */
extern const GuituOption guitu_paper_subject_options[];
extern const GuituOption guitu_paper_number_options[];
#define GUITU_PDF_OPTIONS                                                      \
  { "pdf", GUITU_OPTION_OUTPUT, FALSE, "write the PDF to this file" },         \
  {                                                                            \
    "inline", GUITU_OPTION_FLAG, FALSE, "give the PDF as Base64 in the result" \
  }
#define GUITU_SUBJECT_OPTIONS                                                                                  \
  { "stay", GUITU_OPTION_TEXT, FALSE, "id or number of the stay" },                                            \
      { "transfer", GUITU_OPTION_TEXT, FALSE, "id of the transfer; without it, the last one of the stay" },    \
      { "shift", GUITU_OPTION_TEXT, FALSE, "id of the shift" },                                                \
  {                                                                                                            \
    "fields", GUITU_OPTION_RECORD, FALSE, "what is filled in for this paper alone; or --set KEY=TEXT for each" \
  }

/** Typefaces, loaded once for the calling thread. Returns: (transfer none). */
GuituFonts *guitu_paper_fonts (GError **error);

G_END_DECLS
