/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/report-acts.h"

#include "ui/widgets/json.h"

#include <glib/gi18n.h>

static const char *const all_fields[] = {
  "missing.name", "missing.alias", "missing.sex", "missing.birth_from", "missing.birth_lunar", "missing.id_number", "missing.id_override", "missing.height_cm", "missing.accent",
  "missing.marks", "missing.clothing", "missing.health", "missing.nation", "missing.household", "missing.address", "missing.lost_on", "missing.lost_place", "missing.text", "missing.kin",
  "missing.reporter", "missing.kinship", "missing.phone", "missing.police", "missing.sharing", "missing.allow_photo", "missing.allow_phone", "missing.allow_health", NULL
};

/* --- What the family allows ------------------------------------------------------------------ */

static const struct
{
  const char *member;
  const char *allowed;
  const char *refused;
} allowances[] = {
  { "allow_photo", N_ ("with the photo"), N_ ("without the photo") },
  { "allow_phone", N_ ("with the phone of the family"), N_ ("without the phone of the family") },
  { "allow_health", N_ ("with the health"), N_ ("without the health") },
};

char *
guitu_report_allowed_words (JsonObject *report)
{
  const char *sharing = guitu_json_string (report, "sharing");
  g_autoptr (GString) words = g_string_new (NULL);

  if (!g_str_equal (sharing, "stations") && !g_str_equal (sharing, "public"))
    return g_strdup (_ ("Nobody outside this station sees anything of it; it is compared with who comes here."));
  g_string_append (words, g_str_equal (sharing, "public") ? _ ("All stations and the public may see who is missing, when and where") : _ ("All stations see who is missing, when and where"));
  for (gsize i = 0; i < G_N_ELEMENTS (allowances); i++)
    guitu_json_join (words, g_str_equal (guitu_json_string (report, allowances[i].member), "yes") ? _ (allowances[i].allowed) : _ (allowances[i].refused));
  guitu_json_join (words, _ ("never the ID number, nor who reported"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
explain_sharing (GuituFormDialog *dialog)
{
  static const char *const chosen[] = { "sharing", "allow_photo", "allow_phone", "allow_health" };
  g_autoptr (JsonObject) typed = json_object_new ();
  g_autofree char *words = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (chosen); i++)
    guitu_field_row_collect (guitu_form_dialog_row (dialog, chosen[i]), typed);
  words = guitu_report_allowed_words (typed);
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "sharing"), words);
}

static void
watch_sharing (GuituFormDialog *dialog)
{
  static const char *const chosen[] = { "sharing", "allow_photo", "allow_phone", "allow_health" };

  for (gsize i = 0; i < G_N_ELEMENTS (chosen); i++)
    g_signal_connect_object (guitu_form_dialog_row (dialog, chosen[i]), "changed", G_CALLBACK (explain_sharing), dialog, G_CONNECT_SWAPPED);
  explain_sharing (dialog);
}

/* --- Dialogs --------------------------------------------------------------------------------- */

GuituFormDialog *
guitu_report_dialog (GtkWidget *from, GuituStation *station, JsonObject *report)
{
  GuituFormDialog *dialog = guitu_form_dialog_new (from, station, report == NULL ? _ ("A Family Reports Somebody Missing") : _ ("Change the Report"), _ ("_Save"),
                                                   report == NULL ? "missing add" : "missing edit", all_fields);

  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "name"), _ ("Leave it empty where the name is not known, such as of a baby."));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "birth_lunar"), _ ("For example 1950年八月十五, where the family counts by the moon."));
  if (report != NULL)
    {
      guitu_form_dialog_set_option (dialog, "missing", guitu_json_string (report, "id"));
      guitu_form_dialog_load (dialog, report);
    }
  watch_sharing (dialog);
  return dialog;
}

static GuituFormDialog *
close_dialog (GtkWidget *from, GuituStation *station, JsonObject *report, const char *const *fields)
{
  GuituFormDialog *dialog = guitu_form_dialog_new (from, station, _ ("End the Search"), _ ("_End the Search"), "missing close", fields);

  guitu_form_dialog_set_option (dialog, "missing", guitu_json_string (report, "id"));
  return dialog;
}

GuituFormDialog *
guitu_report_found_dialog (GtkWidget *from, GuituStation *station, JsonObject *report, const char *finding)
{
  static const char *const fields[] = { "missing.confirmed_how", "missing.close_text=text", NULL };
  GuituFormDialog *dialog = close_dialog (from, station, report, fields);

  guitu_form_dialog_set_option (dialog, "as", "found");
  guitu_form_dialog_set_option (dialog, "finding", finding);
  guitu_form_dialog_explain (dialog, _ ("The family has confirmed who it is. What other stations see of the report is emptied."));
  return dialog;
}

GuituFormDialog *
guitu_report_close_dialog (GtkWidget *from, GuituStation *station, JsonObject *report)
{
  static const char *const fields[] = { "missing.state=as", "missing.close_text=text", NULL };
  static const char *const ends[] = { "found", "withdrawn", "mistaken", NULL };
  GuituFormDialog *dialog = close_dialog (from, station, report, fields);

  guitu_field_row_offer (guitu_form_dialog_row (dialog, "state"), ends);
  guitu_form_dialog_explain (dialog, _ ("For who came home by another way, or a report that was taken back. Who was found here is first judged to be the same, in the comparison."));
  return dialog;
}

GuituFormDialog *
guitu_report_reopen_dialog (GtkWidget *from, GuituStation *station, JsonObject *report)
{
  static const char *const fields[] = { "person_link.reason=reason", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (from, station, _ ("Search On"), _ ("_Search On"), "missing reopen", fields);

  guitu_form_dialog_set_option (dialog, "missing", guitu_json_string (report, "id"));
  return dialog;
}
