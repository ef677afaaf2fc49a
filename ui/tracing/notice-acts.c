/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/notice-acts.h"

#include "ui/tracing/notice-lines.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>

#define FIELDS(...) \
  (const char *const[]) { __VA_ARGS__, NULL }

#define NAMES "guitu-acts" /* of the buttons that are there */

/* When an act has a place. */
typedef enum
{
  WAITING = 1 << 0, /* words wait for approval */
  APPROVED = 1 << 1,
  PUBLISHED = 1 << 2,
  NOT_OUT = 1 << 3, /* neither published nor withdrawn */
  WITHDRAWN = 1 << 4,
} When;

typedef struct
{
  const char *name;
  When when; /* any of these */
  const char *label;
  const char *title;
  const char *accept;
  const char *verb;
  const char *const *fields; /* NULL: no dialog of this table */
  const char *flag;          /* NULL: none */
  const char *intro;
} Act;

static const Act acts[] = {
  { "approve", WAITING, N_ ("_Approve…"), N_ ("Approve the Notice"), N_ ("_Approve"), "notice review", FIELDS ("notice.review_note=reason"), "approve",
    N_ ("What is read here is what the public reads. Somebody else than who prepared it approves.") },
  { "send-back", WAITING, N_ ("Send Bac_k…"), N_ ("Send the Notice Back"), N_ ("_Send Back"), "notice review", FIELDS ("notice.review_note=reason"), "reject", NULL },
  { "publish", APPROVED, N_ ("_Publish"), NULL, NULL, "notice publish", NULL, NULL, NULL },
  { "edit", NOT_OUT, N_ ("Change the _Words…"), N_ ("Change the Words"), N_ ("_Save"), "notice edit", FIELDS (NULL), NULL, N_ ("An empty line is not said. The words are approved anew.") },
  { "refresh", PUBLISHED, N_ ("_Refresh…"), N_ ("Refresh the Notice"), N_ ("_Refresh"), "notice refresh", FIELDS (NULL), NULL,
    N_ ("Other words, or another photo, wait for approval while the old ones stay out.") },
  { "channel", PUBLISHED, N_ ("Put _Up…"), N_ ("Where It Was Put Up"), N_ ("_Save"), "notice channel", FIELDS ("notice_channel.channel", "notice_channel.place", "notice_channel.at"), NULL, NULL },
  { "poster", PUBLISHED, N_ ("Poste_r…"), NULL, NULL, "paper issue", NULL, NULL, NULL },
  { "short", PUBLISHED, N_ ("Copy _Short Text"), NULL, NULL, "notice text", NULL, NULL, NULL },
  { "long", PUBLISHED, N_ ("Copy _Long Text"), NULL, NULL, "notice text", NULL, NULL, NULL },
  { "consent", NOT_OUT | PUBLISHED, N_ ("What the Person Sa_ys…"), N_ ("What the Person Says of It"), N_ ("_Save"), "notice consent", FIELDS ("notice.consent"), NULL,
    N_ ("Who can decide and objects is not looked for in public: the notice ends.") },
  { "withdraw", NOT_OUT | PUBLISHED, N_ ("With_draw…"), N_ ("Withdraw the Notice"), N_ ("_Withdraw"), "notice withdraw", FIELDS ("notice.withdrawn_as=as", "notice.withdrawn_text=reason"), NULL,
    N_ ("What other stations see is emptied. Each place where it was put up becomes a task.") },
  { "file", NOT_OUT | PUBLISHED | WITHDRAWN, N_ ("_Open File"), NULL, NULL, "person show", NULL, NULL, NULL },
};

static When
when_is (JsonObject *notice)
{
  const char *state = guitu_json_string (notice, "state");
  When when = g_str_equal (state, "published") ? PUBLISHED : g_str_equal (state, "withdrawn") ? WITHDRAWN
                                                                                              : NOT_OUT;

  if (g_str_equal (guitu_json_string (notice, "draft_state"), "waiting"))
    when |= WAITING;
  if (g_str_equal (state, "approved"))
    when |= APPROVED;
  return when;
}

static gboolean
is_possible (const Act *act, GuituStation *station, JsonObject *notice)
{
  return guitu_station_may (station, act->verb) && (act->when & when_is (notice)) != 0;
}

void
guitu_notice_acts_fill (GtkBox *box, GuituStation *station, JsonObject *notice, const char *action)
{
  g_autoptr (GString) names = g_string_new (NULL);
  GtkWidget *child;

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (is_possible (&acts[i], station, notice))
      g_string_append_printf (names, "%s ", acts[i].name);
  if (g_strcmp0 (g_object_get_data (G_OBJECT (box), NAMES), names->str) == 0)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (is_possible (&acts[i], station, notice))
      {
        GtkWidget *button = gtk_button_new_with_mnemonic (_ (acts[i].label));

        gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", acts[i].name);
        gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
        gtk_box_append (box, button);
      }
  guitu_name_buttons (GTK_WIDGET (box));
  g_object_set_data_full (G_OBJECT (box), NAMES, g_strdup (names->str), g_free);
}

/* --- Dialogs --------------------------------------------------------------------------------- */

static void
complete (GuituFormDialog *dialog, const Act *act, JsonObject *notice)
{
  gboolean is_minor = guitu_json_flag (notice, "of_minor");
  JsonObject *words = guitu_json_object (notice, "draft") != NULL ? guitu_json_object (notice, "draft") : guitu_json_object (notice, "content");
  g_autofree char *intro = act->intro != NULL && is_minor && g_str_equal (act->name, "approve") ? g_strdup_printf ("%s\n\n%s", _ (act->intro), _ ("A minor, or perhaps one: it is public only to find the family of a missing or abducted minor (Law on the Protection of Minors, Art. 103); approving names this ground."))
                                                                                                : g_strdup (act->intro != NULL ? _ (act->intro) : "");

  if (*intro != '\0')
    guitu_form_dialog_explain (dialog, intro);
  if (is_minor && g_str_equal (act->name, "approve"))
    guitu_form_dialog_set_option (dialog, "ground", "minor");
  if (g_str_equal (act->name, "edit") || g_str_equal (act->name, "refresh"))
    guitu_form_dialog_add_shown (dialog, guitu_notice_lines_new (words), guitu_notice_lines_collect, guitu_notice_lines_show_error);
  if (g_str_equal (act->name, "channel"))
    guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "at"), _ ("Empty: now."));
}

GuituFormDialog *
guitu_notice_act_dialog (const char *name, GtkWidget *from, GuituStation *station, JsonObject *notice)
{
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name) && acts[i].fields != NULL)
      {
        GuituFormDialog *dialog = guitu_form_dialog_new (from, station, _ (acts[i].title), _ (acts[i].accept), acts[i].verb, acts[i].fields);

        guitu_form_dialog_set_option (dialog, "notice", guitu_json_string (notice, "id"));
        if (acts[i].flag != NULL)
          guitu_form_dialog_set_flag (dialog, acts[i].flag);
        complete (dialog, &acts[i], notice);
        return dialog;
      }
  return NULL;
}

GuituFormDialog *
guitu_notice_prepare_dialog (GtkWidget *from, GuituStation *station, const char *person)
{
  GuituFormDialog *dialog = guitu_form_dialog_new (from, station, _ ("Prepare a Notice"), _ ("_Prepare"), "notice prepare", FIELDS ("notice.consent"));

  guitu_form_dialog_set_option (dialog, "person", person);
  guitu_form_dialog_explain (dialog, _ ("The notice begins with what the records tell, in the official order; its words can be changed before somebody else approves them."));
  return dialog;
}

GuituFormDialog *
guitu_notice_taken_down_dialog (GtkWidget *from, GuituStation *station, const char *channel)
{
  GuituFormDialog *dialog = guitu_form_dialog_new (from, station, _ ("Taken Down"), _ ("_Save"), "notice taken-down", FIELDS ("notice_channel.proof", "notice_channel.withdrawn_at=at"));

  guitu_form_dialog_set_option (dialog, "channel", channel);
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "withdrawn_at"), _ ("Empty: now."));
  return dialog;
}
