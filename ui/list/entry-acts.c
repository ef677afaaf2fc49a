/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/list/entry-acts.h"

#include "ui/list/list-words.h"
#include "ui/page.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>

#define FIELDS(...) \
  (const char *const[]) { __VA_ARGS__, NULL }

typedef enum
{
  OURS = 1 << 0,         /* an entry of this station */
  THEIRS = 1 << 1,       /* one of another station */
  PROPOSED = 1 << 2,     /* that waits for review */
  IN_FORCE = 1 << 3,     /* that is in force */
  NOT_ENDED = 1 << 4,    /* that waits, is in force or is suspended */
  WAS_IN_FORCE = 1 << 5, /* that is in force, or was until its last day */
  NOT_SERVED = 1 << 6,
  OBJECTED = 1 << 7,    /* with an objection that is open */
  LOADS = 1 << 9,       /* shows what the entry holds */
  MAY_SECOND = 1 << 10, /* asks for a second person, who may be needed */
  REVIEWED = 1 << 11,   /* that does not wait; how it went, and whether it is over, do not matter */
} ActFlags;

struct _GuituListAct
{
  const char *name;
  const char *title;
  const char *accept;
  const char *verb;
  const char *flag; /* that the verb gets, or NULL */
  const char *const *fields;
  const char *first; /* what the first field is asked for, where its own label does not say it */
  const char *intro;
  guint flags;
};

/* In the order in which they come up. */
static const GuituListAct acts[] = {
  { "approve", N_ ("Approve the Entry"), N_ ("_Approve"), "blacklist review", "approve", FIELDS ("blacklist.review_note=reason"), N_ ("Why it is right"),
    N_ ("Other stations see it from then on, until its last day. Then the person is told, in writing."), OURS | PROPOSED },
  { "reject", N_ ("Reject the Entry"), N_ ("_Reject"), "blacklist review", "reject", FIELDS ("blacklist.review_note=reason"), N_ ("Why not"),
    N_ ("Nobody else sees it, and nothing follows from it."), OURS | PROPOSED },
  { "decide", N_ ("Decide the Objection"), N_ ("_Decide"), "blacklist decide", NULL, FIELDS ("blacklist.outcome", "blacklist.outcome_note=reason"), NULL,
    N_ ("Somebody decides who has neither proposed nor reviewed the entry. Withdrawn, it is emptied at every station."), OURS | OBJECTED },
  { "serve", N_ ("Notice Handed Over"), N_ ("_Save"), "blacklist serve", NULL, FIELDS ("blacklist.served_how", "blacklist.served_witness", "blacklist.served_at"), NULL,
    N_ ("For the notice that was printed and handed over. A refused signature needs two witnesses."), OURS | IN_FORCE | NOT_SERVED },
  { "object", N_ ("Take an Objection"), N_ ("_Take"), "blacklist object", NULL, FIELDS ("blacklist.objection=text", "blacklist.channel", "blacklist.objected_at=at"), N_ ("What the person says, word for word"),
    N_ ("Anybody may take it, and it costs the person nothing. A third person decides it within the days of the rule."), OURS },
  { "object-there", N_ ("Pass On an Objection"), N_ ("_Pass On"), "blacklist object", NULL, FIELDS ("blacklist.objection=text"), N_ ("What the person says, word for word"),
    N_ ("It goes to the station that listed, which decides it."), THEIRS },
  { "dissent", N_ ("Think Otherwise"), N_ ("_Say So"), "blacklist dissent", NULL, FIELDS ("dissent.text"), N_ ("Why this station thinks otherwise"),
    N_ ("Every station that sees the entry reads this beside it."), THEIRS | IN_FORCE },
  { "correct", N_ ("Correct the Entry"), N_ ("_Correct"), "blacklist correct", NULL,
    FIELDS ("blacklist.facts", "blacklist.said", "blacklist.measure", "blacklist.advice", "blacklist.until", "blacklist.correction=reason"), NULL,
    N_ ("A correction makes an entry no longer and no stricter."), OURS | REVIEWED | LOADS | MAY_SECOND },
  { "renew", N_ ("Propose the Renewal"), NULL, "blacklist propose", NULL, NULL, NULL, NULL, OURS | WAS_IN_FORCE },
  { "revoke", N_ ("Remove the Entry"), N_ ("_Remove"), "blacklist revoke", NULL, FIELDS ("blacklist.end_reason=reason"), NULL,
    N_ ("It is emptied at every station, and each confirms that. The file is kept here as long as the rule says."), OURS | NOT_ENDED },
};

static gboolean
is_state (JsonObject *entry, const char *states)
{
  g_auto (GStrv) list = g_strsplit (states, " ", -1);

  return g_strv_contains ((const char *const *) list, guitu_json_string (entry, "state"));
}

static gboolean
has_open_objection (JsonObject *entry)
{
  return guitu_json_text (entry, "objected_at") != NULL && guitu_json_text (entry, "outcome") == NULL;
}

static gboolean
fits (guint flags, JsonObject *entry)
{
  gboolean is_own = guitu_json_flag (entry, "own");

  if (((flags & OURS) && !is_own) || ((flags & THEIRS) && is_own))
    return FALSE;
  if (((flags & PROPOSED) && !is_state (entry, "proposed")) || ((flags & IN_FORCE) && !is_state (entry, "active")))
    return FALSE;
  if (((flags & NOT_ENDED) && !is_state (entry, "proposed active suspended")) || ((flags & WAS_IN_FORCE) && !is_state (entry, "active lapsed")))
    return FALSE;
  if ((flags & REVIEWED) && is_state (entry, "proposed"))
    return FALSE;
  if ((flags & NOT_SERVED) && guitu_json_text (entry, "served_at") != NULL)
    return FALSE;
  return !(flags & OBJECTED) || has_open_objection (entry);
}

const GuituListAct *
guitu_list_act_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      return &acts[i];
  return NULL;
}

gboolean
guitu_list_act_is_possible (const GuituListAct *act, GuituStation *station, JsonObject *entry)
{
  return !guitu_json_flag (entry, "gone") && fits (act->flags, entry) && guitu_station_may (station, act->verb);
}

const char *
guitu_list_act_name (const GuituListAct *act)
{
  return act->name;
}

char *
guitu_list_act_label (const GuituListAct *act)
{
  return g_strdup_printf ("%s…", _ (act->title));
}

/* The id under which the verbs know it. */
static const char *
id_of (JsonObject *entry)
{
  const char *id = guitu_json_text (entry, "id");

  return id != NULL ? id : guitu_json_string (entry, "listing");
}

GuituFormDialog *
guitu_list_act_dialog (const GuituListAct *act, GtkWidget *from, GuituStation *station, JsonObject *entry)
{
  GuituFormDialog *dialog = guitu_form_dialog_new (from, station, _ (act->title), _ (act->accept), act->verb, act->fields);
  g_auto (GStrv) path = g_strsplit_set (act->fields[0], ".=", 3);

  guitu_form_dialog_set_option (dialog, "entry", id_of (entry));
  guitu_form_dialog_explain (dialog, _ (act->intro));
  if (act->flag != NULL)
    guitu_form_dialog_set_flag (dialog, act->flag);
  if (act->first != NULL)
    guitu_field_row_set_label (guitu_form_dialog_row (dialog, path[1]), _ (act->first));
  if (act->flags & MAY_SECOND)
    guitu_form_dialog_ask_second (dialog, _ ("Only where words are new: taking whole lines away, an earlier last day or a milder measure need nobody else."));
  if (act->flags & LOADS)
    {
      g_autoptr (JsonObject) loaded = json_object_new ();
      static const char *const kept[] = { "facts", "said", "measure", "advice", "until" };

      for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
        guitu_json_set (loaded, kept[i], guitu_json_text (entry, kept[i]));
      guitu_form_dialog_load (dialog, loaded);
    }
  return dialog;
}

const GuituListAct *
guitu_list_act_next (GuituStation *station, JsonObject *entry)
{
  static const char *const order[] = { "approve", "decide", "serve" };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (guitu_list_act_is_possible (guitu_list_act_find (order[i]), station, entry))
      return guitu_list_act_find (order[i]);
  if (is_state (entry, "active") && !has_open_objection (entry) && guitu_list_act_is_possible (guitu_list_act_find ("object"), station, entry))
    return guitu_list_act_find ("object");
  return NULL;
}

GMenuModel *
guitu_list_acts_menu (GuituStation *station, JsonObject *entry, const char *action)
{
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autofree char *label = guitu_list_act_label (&acts[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, action, "s", acts[i].name);
      if (guitu_list_act_is_possible (&acts[i], station, entry))
        g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

/* --- What was done about a warning ------------------------------------------------------------ */

#define LISTING "guitu-listing"
#define STAY "guitu-stay"
#define STATION "guitu-station"

static void
handled (GtkWidget *button)
{
  guitu_page_toast (button, _ ("Noted with the stay; the station that listed reads it."));
}

static void
on_handled (GtkWidget *button, GVariant *what)
{
  GuituStation *station = g_object_get_data (G_OBJECT (button), STATION);
  const char *code = g_variant_get_string (what, NULL);
  GuituFormDialog *dialog = guitu_form_dialog_new (button, station, guitu_code_label ("list_handling", code), _ ("_Note"), "blacklist handled", FIELDS ("event.text=note"));

  guitu_form_dialog_set_option (dialog, "entry", g_object_get_data (G_OBJECT (button), LISTING));
  guitu_form_dialog_set_option (dialog, "stay", g_object_get_data (G_OBJECT (button), STAY));
  guitu_form_dialog_set_option (dialog, "what", code);
  guitu_form_dialog_explain (dialog, _ ("The words stay with the stay; the station that listed is told what was done, without them."));
  guitu_field_row_set_label (guitu_form_dialog_row (dialog, "text"), _ ("In words, if there is more to say"));
  g_signal_connect_object (dialog, "done", G_CALLBACK (handled), button, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
handled_activated (GSimpleAction *action, GVariant *parameter, gpointer button)
{
  on_handled (button, parameter);
}

GtkWidget *
guitu_list_handled_button (GuituStation *station, const char *listing, const char *stay)
{
  GtkWidget *button = gtk_menu_button_new ();
  const GuituCode *const *codes = guitu_codes_list ("list_handling", NULL);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("note", G_VARIANT_TYPE_STRING);

  g_object_set_data_full (G_OBJECT (button), STATION, g_object_ref (station), g_object_unref);
  g_object_set_data_full (G_OBJECT (button), LISTING, g_strdup (listing), g_free);
  g_object_set_data_full (G_OBJECT (button), STAY, g_strdup (stay), g_free);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (guitu_code_label ("list_handling", codes[i]->code), NULL);

      g_menu_item_set_action_and_target (item, "handled.note", "s", codes[i]->code);
      g_menu_append_item (menu, item);
    }
  g_signal_connect_object (action, "activate", G_CALLBACK (handled_activated), button, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (button, "handled", G_ACTION_GROUP (group));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("What Was _Done"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  return button;
}
