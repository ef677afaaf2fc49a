/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/person-acts.h"

#include "ui/errors.h"
#include "ui/transfers/transfer-plan.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>
#include <string.h>

#define FIELDS(...) \
  (const char *const[]) { __VA_ARGS__, NULL }

/* Pairs of a field and what it is called where it is asked for something narrower. */
#define LABELS(...) FIELDS (__VA_ARGS__)

typedef enum
{
  OF_PERSON = 1 << 0,     /* the verb takes the person's id as "person" */
  LOADS_STAY = 1 << 1,    /* shows what the stay holds already */
  MAY_SECOND = 1 << 2,    /* somebody else may sign at once */
  ENDS_SECTION = 1 << 3,  /* of the menu */
  HAS_BUTTON = 1 << 4,    /* of its own, beside the menu */
  ON_A_PROPOSAL = 1 << 5, /* says what was proposed */
  STARTS_HOME = 1 << 6,   /* goes to the household register until something else is typed */
} ActFlags;

/* Where somebody is who can be given things, moved, noted about. */
#define OPEN "arrived refusal-proposed in-house termination-proposed terminated"
#define IN_HOUSE "in-house termination-proposed terminated"
#define ALWAYS NULL

struct _GuituPersonAct
{
  const char *name;
  const char *states; /* in which it has a place; ALWAYS: also without a stay */
  const char *asked;  /* the act of "stay acts" that tells whether it is possible; NULL: it always is */
  const char *title;
  const char *accept;
  const char *verb;   /* NULL: the act has a dialog of its own */
  const char *option; /* "name=text", or the name of a flag that is set */
  const char *const *fields;
  const char *const *labels; /* NULL: the fields' own */
  const char *intro;         /* what follows from it; NULL: that is plain */
  ActFlags flags;
};

static const GuituPersonAct acts[] = {
  { "admit", "arrived refusal-proposed in-house", "admit", N_ ("Admit"), NULL, NULL, NULL, NULL, NULL, NULL, HAS_BUTTON },
  { "bed", OPEN, "note", N_ ("Give a Bed"), NULL, NULL, NULL, NULL, NULL, NULL, 0 },
  { "event", OPEN, "note", N_ ("Note a Service or an Event"), N_ ("_Note"), "stay event", NULL,
    FIELDS ("event.kind", "event.text", "event.at", "event.until", "event.witness"),
    LABELS ("witness", N_ ("Witness or companion")), NULL, 0 },
  { "take", OPEN, "note", N_ ("Take Belongings into Keeping"), N_ ("_Take"), "belongings take", NULL,
    FIELDS ("belonging.kind", "belonging.name", "belonging.count", "belonging.features", "belonging.amount_fen", "belonging.bag", "belonging.seal", "belonging.place", "belonging.in_sign", "belonging.note"),
    NULL, NULL, MAY_SECOND },
  { "give", OPEN, "note", N_ ("Give Belongings Out"), N_ ("_Give Out"), "belongings give", NULL,
    FIELDS ("belonging.state=as", "belonging.out_to=to", "belonging.out_sign=sign", "belonging.note"),
    LABELS ("state", N_ ("What becomes of them")), N_ ("This gives out all that is in keeping."), MAY_SECOND },
  { "question", OPEN " left", "edit", N_ ("Questioning and Checks"), N_ ("_Save"), "stay edit", NULL,
    FIELDS ("stay.first_look", "stay.security_check", "stay.reason", "stay.found_place", "stay.clothing", "stay.request", "stay.social_security", "stay.brought_by", "stay.family", "stay.care", "stay.guardian_check", "event.text=override"),
    LABELS ("text", N_ ("Why a bed rule is broken")), NULL, LOADS_STAY | MAY_SECOND },
  { "correct", OPEN " refused outside left", "edit", N_ ("Correct the Arrival"), N_ ("_Save"), "stay edit", NULL,
    FIELDS ("stay.came_by", "stay.brought_by", "stay.arrived_at", "stay.reason", "stay.found_place", "stay.belongings"),
    LABELS ("belongings", N_ ("Belongings on arrival")), N_ ("The ledger keeps what stood here before, and who changed it."), LOADS_STAY },
  { "correct-leaving", "left", "edit", N_ ("Correct How the Stay Ended"), N_ ("_Save"), "stay edit", NULL,
    FIELDS ("stay.destination", "stay.received_by", "stay.receiver_kinship", "stay.receiver_id", "stay.receiver_phone", "stay.receiver_proof", "stay.guardian_check", "stay.search_actions", "stay.cctv", "stay.police_report"),
    NULL, N_ ("The way and the time of leaving are not changed here: open the stay again, then record the leaving anew."), LOADS_STAY },
  { "death-papers", "dead", "edit", N_ ("Papers about the Death"), N_ ("_Save"), "stay edit", NULL,
    FIELDS ("stay.death_certificate", "stay.police_report"), NULL, N_ ("What is noted here once stays: the record is locked after a death."), LOADS_STAY | ENDS_SECTION },
  { "help-first", "arrived refusal-proposed", "help-first", N_ ("Help First, Papers Later"), N_ ("_Help First"), "stay admit", "decision=emergency",
    FIELDS ("stay.bed", "event.text=override"), LABELS ("text", N_ ("Why a bed rule is broken")),
    N_ ("The person is helped at once; the questions and the decision come later."), MAY_SECOND },
  { "hospital", "arrived refusal-proposed", "emergency", N_ ("To Hospital First"), N_ ("_Send"), "stay emergency", "to=hospital",
    FIELDS ("stay.received_by=place"), LABELS ("received_by", N_ ("Hospital, and who takes over")),
    N_ ("The stay goes on while the person is in hospital; papers come later."), 0 },
  { "police", "arrived refusal-proposed", "emergency", N_ ("Hand to the Police First"), N_ ("_Hand Over"), "stay emergency", "to=police",
    FIELDS ("stay.received_by=place"), LABELS ("received_by", N_ ("Police station, and who takes over")),
    N_ ("The stay ends with this: the police answer for the person from here on."), 0 },
  { "outside", "arrived refusal-proposed", "outside", N_ ("Helped Outside"), N_ ("_Save"), "stay outside", NULL,
    FIELDS ("stay.found_place", "stay.given", "stay.wants_in", "stay.ground"), LABELS ("found_place", N_ ("Where"), "ground", N_ ("Why, or what was agreed")),
    N_ ("For who does not want to come in. The stay ends with this and counts as help outside the station."), LOADS_STAY },
  { "refuse", "arrived", "refuse", N_ ("Propose to Refuse Help"), N_ ("_Propose"), "stay refuse", NULL,
    FIELDS ("stay.legal_ground", "stay.ground"), LABELS ("ground", N_ ("Facts and evidence")),
    N_ ("Somebody else, a leader, reviews this. Nothing happens to the person until then; the notice is issued when it is approved."), MAY_SECOND },
  { "terminate", "in-house", "terminate", N_ ("Propose to Terminate Help"), N_ ("_Propose"), "stay terminate", NULL,
    FIELDS ("stay.legal_ground", "stay.ground"), LABELS ("ground", N_ ("Facts and evidence")),
    N_ ("Somebody else, a leader, reviews this. Nothing happens to the person until then; the notice is issued when it is approved."), MAY_SECOND },
  { "approve", "refusal-proposed termination-proposed", "approve", N_ ("Approve What Is Proposed"), N_ ("_Approve"), "stay review", "approve",
    FIELDS ("stay.review_note=reason"), LABELS ("review_note", N_ ("Note on the review")),
    N_ ("The notice is issued and opened for printing. Then let the person sign for it (More, “Notice Served”)."), ON_A_PROPOSAL },
  { "reject", "refusal-proposed termination-proposed", "reject", N_ ("Reject What Is Proposed"), N_ ("_Reject"), "stay review", "reject",
    FIELDS ("stay.review_note=reason"), LABELS ("review_note", N_ ("Why not")), N_ ("The stay goes on as it was before."), ON_A_PROPOSAL },
  { "serve", "refused terminated left", "serve", N_ ("Notice Served"), N_ ("_Save"), "stay serve", NULL,
    FIELDS ("stay.served_how", "stay.served_witness", "stay.served_at"), LABELS ("served_witness", N_ ("Two witnesses, if not signed")),
    N_ ("The days in which the person can object run from here."), 0 },
  { "extend", "in-house termination-proposed", "extend", N_ ("Extend the Term"), N_ ("_Extend"), "stay extend", NULL,
    FIELDS ("stay.due_on=until", "event.text=reason", "event.filed"), LABELS ("due_on", N_ ("New last day"), "text", N_ ("Why longer")),
    N_ ("A longer term is filed with the civil affairs department; its number can be noted later."), 0 },
  { "plan", OPEN, "note", N_ ("Plan the Way Home"), N_ ("_Plan"), "transfer plan", NULL,
    FIELDS (GUITU_TRANSFER_PLAN_FIELDS),
    NULL, N_ ("The stay goes on until the departure is recorded, in this file under Ways Home."), STARTS_HOME },
  { "reopen", "left outside", "reopen", N_ ("Open the Stay Again"), N_ ("_Open Again"), "stay reopen", NULL,
    FIELDS ("event.text=reason"), LABELS ("text", N_ ("Why")), N_ ("For a leaving that was recorded by mistake. Who comes again is registered anew."), 0 },
  { "void", OPEN " left outside", "void", N_ ("Registered by Mistake"), N_ ("_Void the Stay"), "stay void", NULL,
    FIELDS ("event.text=reason"), LABELS ("text", N_ ("Why")), N_ ("The stay counts nowhere any more. It stays on record as registered by mistake."), ENDS_SECTION },
  { "kin", ALWAYS, NULL, N_ ("Add Kin"), N_ ("_Add"), "person kin", NULL,
    FIELDS ("kin.kinship", "kin.name", "kin.phone", "kin.address", "kin.willing", "kin.suspect", "kin.note"), NULL, NULL, OF_PERSON },
  { "check", ALWAYS, NULL, N_ ("Compare with Local Standards"), NULL, NULL, NULL, NULL, NULL, NULL, OF_PERSON },
  { "refer", ALWAYS, NULL, N_ ("Refer to Another Office"), N_ ("_Refer"), "referral add", NULL,
    FIELDS ("referral.scheme", "referral.office", "referral.phone", "referral.text", "referral.papers", "referral.due_on"), NULL, NULL, OF_PERSON },
  { "follow-up", "left", NULL, N_ ("Plan a Follow-up Visit"), N_ ("_Plan"), "follow-up add", NULL, FIELDS ("follow_up.due_on", "follow_up.how"), NULL, NULL, 0 },
  { "relate", ALWAYS, NULL, N_ ("I Am Close to This Person"), N_ ("_Declare"), "person relate", NULL,
    FIELDS ("relation.kinship", "relation.text"), NULL, N_ ("From now on somebody else decides about this person."), OF_PERSON },
  { "list", ALWAYS, NULL, N_ ("Propose for the List"), NULL, NULL, NULL, NULL, NULL, NULL, OF_PERSON },
  { "case", ALWAYS, NULL, N_ ("Open a Case of Family Tracing"), N_ ("_Open the Case"), "case open", NULL,
    FIELDS ("case.seeks", "case_note.text=text"), LABELS ("text", N_ ("Why, or what is known")), N_ ("For who is in the house and not identified there is a case already, under Finding Families."), OF_PERSON },
  { "to-case", ALWAYS, NULL, N_ ("The Case of Family Tracing"), NULL, NULL, NULL, NULL, NULL, NULL, OF_PERSON },
  { "merge", ALWAYS, NULL, N_ ("Same Person as"), NULL, NULL, NULL, NULL, NULL, NULL, OF_PERSON },
  { "separate", ALWAYS, NULL, N_ ("These Are Two People"), NULL, NULL, NULL, NULL, NULL, NULL, OF_PERSON },
};

/* Why an act is closed, short enough for the menu; acts that are closed for another reason are left out of it. */
static const struct
{
  const char *code;
  const char *words;
} closed[] = {
  { "protected", N_ ("must be helped") },
  { "related", N_ ("you are close to the person") },
  { "same-person", N_ ("somebody else must") },
  { "not-allowed", N_ ("not with your role") },
  { "belongings", N_ ("belongings in keeping") },
  { "not-alone", N_ ("a child, or a disability") },
  { "already-here", N_ ("another stay is open") },
};

const GuituPersonAct *
guitu_person_act_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      return &acts[i];
  return NULL;
}

gboolean
guitu_person_act_is_special (const GuituPersonAct *act)
{
  return act->verb == NULL;
}

gboolean
guitu_person_act_is_possible (const GuituPersonAct *act, JsonObject *stay)
{
  g_auto (GStrv) states = NULL;

  if (act->states == ALWAYS)
    return TRUE;
  if (stay == NULL)
    return FALSE;
  states = g_strsplit (act->states, " ", -1);
  if (g_str_equal (act->name, "serve") && guitu_json_text (stay, "reviewed_at") == NULL)
    return FALSE;
  return g_strv_contains ((const char *const *) states, guitu_json_string (stay, "state"));
}

/* What "stay acts" told of an act, or NULL. */
static JsonObject *
find_possible (const GuituPersonAct *act, JsonArray *possible)
{
  guint n = possible != NULL && act->asked != NULL ? json_array_get_length (possible) : 0;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (possible, i), "act"), act->asked))
      return json_array_get_object_element (possible, i);
  return NULL;
}

static gboolean
is_closed (JsonObject *told)
{
  return told != NULL && !guitu_json_flag (told, "is_possible");
}

char *
guitu_person_act_refusal (const GuituPersonAct *act, JsonArray *possible)
{
  JsonObject *told = find_possible (act, possible);

  if (!is_closed (told))
    return NULL;
  return guitu_error_sentence_for (guitu_json_string (told, "error"), guitu_json_text (told, "field"), guitu_json_string (told, "message"));
}

/* Why a second person is asked for, where one may sign. */
static const char *
why_second (const GuituPersonAct *act)
{
  if (g_str_equal (act->verb, "stay admit") || g_str_equal (act->verb, "stay edit"))
    return _ ("Only where a rule of the house is broken: give the reason above, and a second person signs with you.");
  if (g_str_equal (act->name, "take") || g_str_equal (act->name, "give"))
    return _ ("Two people sign for belongings. Alone on duty? Leave this empty; it stays on the list until somebody else signs.");
  return _ ("A leader who is here may agree at once. Leave this empty to have it reviewed later.");
}

static void
set_option (GuituFormDialog *dialog, const char *option)
{
  g_auto (GStrv) parts = option == NULL ? NULL : g_strsplit (option, "=", 2);

  if (parts == NULL)
    return;
  if (parts[1] != NULL)
    guitu_form_dialog_set_option (dialog, parts[0], parts[1]);
  else
    guitu_form_dialog_set_flag (dialog, parts[0]);
}

/* Only the grounds that are in force for this act. */
static void
offer_grounds (GuituFormDialog *dialog, JsonObject *told)
{
  GuituFieldRow *row = guitu_form_dialog_row (dialog, "legal_ground");
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  JsonArray *grounds = guitu_json_array (told, "grounds");
  guint n = grounds != NULL ? json_array_get_length (grounds) : 0;

  if (row == NULL || grounds == NULL)
    return;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (codes, (gpointer) json_array_get_string_element (grounds, i));
  g_ptr_array_add (codes, NULL);
  guitu_field_row_offer (row, (const char *const *) codes->pdata);
}

/* What is decided on is read before it is signed. */
static char *
intro_words (const GuituPersonAct *act, JsonObject *stay)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *ground = guitu_json_words (stay, "stay.legal_ground");
  g_autofree char *proposal = guitu_json_words (stay, "stay.proposal");

  if (act->flags & ON_A_PROPOSAL)
    {
      guitu_json_join (words, proposal);
      guitu_json_join (words, ground);
      guitu_json_join (words, guitu_json_text (stay, "ground"));
      g_string_append (words, "\n\n");
    }
  g_string_append (words, _ (act->intro));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
explain (GuituFormDialog *dialog, const GuituPersonAct *act, JsonObject *stay)
{
  g_autofree char *words = act->intro == NULL ? NULL : intro_words (act, stay);

  if (words != NULL)
    guitu_form_dialog_explain (dialog, words);
  for (gsize i = 0; act->labels != NULL && act->labels[i] != NULL; i += 2)
    guitu_field_row_set_label (guitu_form_dialog_row (dialog, act->labels[i]), _ (act->labels[i + 1]));
}

static void
start_home (GuituFormDialog *dialog, JsonObject *person)
{
  GuituFieldRow *region = guitu_form_dialog_row (dialog, "to_region");
  g_autoptr (JsonObject) home = json_object_new ();

  guitu_json_set (home, "to_region", guitu_json_text (person, "household"));
  guitu_json_set (home, "to_region_name", guitu_json_text (person, "household_name"));
  guitu_field_row_load (region, home);
  guitu_transfer_plan_complete (dialog, NULL);
}

GuituFormDialog *
guitu_person_act_dialog (const GuituPersonAct *act, GtkWidget *from, const GuituPersonFile *file)
{
  GuituFormDialog *dialog = guitu_form_dialog_new (from, file->station, _ (act->title), _ (act->accept), act->verb, act->fields);

  if (act->flags & OF_PERSON)
    guitu_form_dialog_set_option (dialog, "person", guitu_json_string (file->person, "id"));
  else
    guitu_form_dialog_set_option (dialog, "stay", guitu_json_string (file->stay, "id"));
  set_option (dialog, act->option);
  explain (dialog, act, file->stay);
  offer_grounds (dialog, find_possible (act, file->possible));
  if (act->flags & MAY_SECOND)
    guitu_form_dialog_ask_second (dialog, why_second (act));
  if (act->flags & LOADS_STAY)
    guitu_form_dialog_load (dialog, file->stay);
  if (act->flags & STARTS_HOME)
    start_home (dialog, file->person);
  return dialog;
}

/* An act that is closed stands there grey, with the reason; NULL: it has no place in the menu. */
static GMenuItem *
menu_item (const GuituPersonAct *act, JsonObject *told, const char *action)
{
  g_autofree char *title = g_strdup_printf ("%s…", _ (act->title));
  g_autofree char *closed_action = g_strdup_printf ("%s-closed", action);

  if (!is_closed (told))
    {
      GMenuItem *item = g_menu_item_new (title, NULL);

      g_menu_item_set_action_and_target (item, action, "s", act->name);
      return item;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (closed); i++)
    if (g_str_equal (closed[i].code, guitu_json_string (told, "error")))
      {
        /* Translators: what cannot be done, then why */
        g_autofree char *words = g_strdup_printf (_ ("%s: %s"), _ (act->title), _ (closed[i].words));

        return g_menu_item_new (words, closed_action);
      }
  return NULL;
}

GMenuModel *
guitu_person_acts_menu (const GuituPersonFile *file, const char *action)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autoptr (GMenuItem) item = NULL;

      if (!(acts[i].flags & HAS_BUTTON) && (!g_str_equal (acts[i].name, "list") || guitu_station_may (file->station, "blacklist propose")) && guitu_person_act_is_possible (&acts[i], file->stay))
        item = menu_item (&acts[i], find_possible (&acts[i], file->possible), action);
      if (item != NULL)
        g_menu_append_item (section, item);
      if ((acts[i].flags & ENDS_SECTION) || i + 1 == G_N_ELEMENTS (acts))
        {
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
          g_object_unref (section);
          section = g_menu_new ();
        }
    }
  return G_MENU_MODEL (menu);
}
