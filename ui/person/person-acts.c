/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/person-acts.h"

#include "ui/widgets/json.h"

#include <glib/gi18n.h>
#include <string.h>

#define FIELDS(...) \
  (const char *const[]) { __VA_ARGS__, NULL }

typedef enum
{
  OF_PERSON = 1 << 0,    /* the verb takes the person's id as "person" */
  LOADS_STAY = 1 << 1,   /* shows what the stay holds already */
  MAY_SECOND = 1 << 2,   /* somebody else may sign at once */
  ENDS_SECTION = 1 << 3, /* of the menu */
} ActFlags;

/* Where somebody is who can be given things, moved, noted about. */
#define OPEN "arrived refusal-proposed in-house termination-proposed terminated"
#define IN_HOUSE "in-house termination-proposed terminated"
#define ALWAYS NULL

struct _GuituPersonAct
{
  const char *name;
  const char *states; /* in which it has a place; ALWAYS: also without a stay */
  const char *title;
  const char *accept;
  const char *verb;   /* NULL: the act has a dialog of its own */
  const char *option; /* "name=text", or the name of a flag that is set */
  const char *const *fields;
  ActFlags flags;
};

static const GuituPersonAct acts[] = {
  { "bed", OPEN, N_ ("Give a Bed"), NULL, NULL, NULL, NULL, 0 },
  { "event", OPEN, N_ ("Note a Service or an Event"), N_ ("_Note"), "stay event", NULL,
    FIELDS ("event.kind", "event.text", "event.at", "event.until", "event.witness"), 0 },
  { "take", OPEN, N_ ("Take Belongings into Keeping"), N_ ("_Take"), "belongings take", NULL,
    FIELDS ("belonging.kind", "belonging.name", "belonging.count", "belonging.features", "belonging.amount_fen", "belonging.bag", "belonging.seal", "belonging.place", "belonging.in_sign", "belonging.note"),
    MAY_SECOND },
  { "give", OPEN, N_ ("Give Belongings Out"), N_ ("_Give Out"), "belongings give", NULL,
    FIELDS ("belonging.state=as", "belonging.out_to=to", "belonging.out_sign=sign", "belonging.note"), MAY_SECOND },
  { "question", OPEN " left", N_ ("Questioning and Checks"), N_ ("_Save"), "stay edit", NULL,
    FIELDS ("stay.first_look", "stay.security_check", "stay.reason", "stay.found_place", "stay.clothing", "stay.request", "stay.social_security", "stay.brought_by", "stay.family", "stay.care", "stay.guardian_check"),
    LOADS_STAY | ENDS_SECTION },
  { "help-first", "arrived refusal-proposed", N_ ("Help First, Papers Later"), N_ ("_Help First"), "stay admit", "decision=emergency", FIELDS ("stay.bed"), 0 },
  { "hospital", "arrived refusal-proposed", N_ ("To Hospital First"), N_ ("_Send"), "stay emergency", "to=hospital", FIELDS ("event.text=place"), 0 },
  { "police", "arrived refusal-proposed", N_ ("Hand to the Police First"), N_ ("_Hand Over"), "stay emergency", "to=police", FIELDS ("event.text=place"), 0 },
  { "refuse", "arrived", N_ ("Propose to Refuse Help"), N_ ("_Propose"), "stay refuse", NULL, FIELDS ("stay.legal_ground", "stay.ground"), MAY_SECOND },
  { "terminate", "in-house", N_ ("Propose to Terminate Help"), N_ ("_Propose"), "stay terminate", NULL, FIELDS ("stay.legal_ground", "stay.ground"), MAY_SECOND },
  { "approve", "refusal-proposed termination-proposed", N_ ("Approve What Is Proposed"), N_ ("_Approve"), "stay review", "approve", FIELDS ("stay.review_note=reason"), 0 },
  { "reject", "refusal-proposed termination-proposed", N_ ("Reject What Is Proposed"), N_ ("_Reject"), "stay review", "reject", FIELDS ("stay.review_note=reason"), 0 },
  { "serve", "refused terminated left", N_ ("Notice Served"), N_ ("_Save"), "stay serve", NULL, FIELDS ("stay.served_how", "stay.served_witness", "stay.served_at"), 0 },
  { "extend", "in-house termination-proposed", N_ ("Extend the Term"), N_ ("_Extend"), "stay extend", NULL,
    FIELDS ("stay.due_on=until", "event.text=reason", "event.filed"), 0 },
  { "reopen", "left outside", N_ ("Open the Stay Again"), N_ ("_Open Again"), "stay reopen", NULL, FIELDS ("event.text=reason"), 0 },
  { "void", OPEN " left outside", N_ ("Registered by Mistake"), N_ ("_Void the Stay"), "stay void", NULL, FIELDS ("event.text=reason"), ENDS_SECTION },
  { "kin", ALWAYS, N_ ("Add Kin"), N_ ("_Add"), "person kin", NULL,
    FIELDS ("kin.kinship", "kin.name", "kin.phone", "kin.address", "kin.willing", "kin.suspect", "kin.note"), OF_PERSON },
  { "refer", ALWAYS, N_ ("Refer to Another Office"), N_ ("_Refer"), "referral add", NULL,
    FIELDS ("referral.scheme", "referral.office", "referral.phone", "referral.text", "referral.papers", "referral.due_on"), OF_PERSON },
  { "follow-up", "left", N_ ("Plan a Follow-up Visit"), N_ ("_Plan"), "follow-up add", NULL, FIELDS ("follow_up.due_on", "follow_up.how"), 0 },
  { "merge", ALWAYS, N_ ("Same Person as"), NULL, NULL, NULL, NULL, OF_PERSON },
  { "separate", ALWAYS, N_ ("These Are Two People"), NULL, NULL, NULL, NULL, OF_PERSON },
  { "relate", ALWAYS, N_ ("I Am Close to This Person"), N_ ("_Declare"), "person relate", NULL, FIELDS ("relation.kinship", "relation.text"), OF_PERSON },
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

gboolean
guitu_person_act_is_special (const GuituPersonAct *act)
{
  return act->verb == NULL;
}

/* Why a second person is asked for, where one may sign. */
static const char *
why_second (const GuituPersonAct *act)
{
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

GuituFormDialog *
guitu_person_act_dialog (const GuituPersonAct *act, GtkWidget *from, GuituStation *station, JsonObject *person, JsonObject *stay)
{
  GuituFormDialog *dialog = guitu_form_dialog_new (from, station, _ (act->title), _ (act->accept), act->verb, act->fields);

  if (act->flags & OF_PERSON)
    guitu_form_dialog_set_option (dialog, "person", guitu_json_string (person, "id"));
  else
    guitu_form_dialog_set_option (dialog, "stay", guitu_json_string (stay, "id"));
  set_option (dialog, act->option);
  if (act->flags & MAY_SECOND)
    guitu_form_dialog_ask_second (dialog, why_second (act));
  if (act->flags & LOADS_STAY)
    guitu_form_dialog_load (dialog, stay);
  return dialog;
}

GMenuModel *
guitu_person_acts_menu (JsonObject *stay, const char *action)
{
  GMenu *menu = g_menu_new ();
  GMenu *section = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      if (guitu_person_act_is_possible (&acts[i], stay))
        {
          g_autofree char *title = g_strdup_printf ("%s…", _ (acts[i].title));
          g_autoptr (GMenuItem) item = g_menu_item_new (title, NULL);

          g_menu_item_set_action_and_target (item, action, "s", acts[i].name);
          g_menu_append_item (section, item);
        }
      if ((acts[i].flags & ENDS_SECTION) || i + 1 == G_N_ELEMENTS (acts))
        {
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
          g_object_unref (section);
          section = g_menu_new ();
        }
    }
  g_object_unref (section);
  return G_MENU_MODEL (menu);
}
