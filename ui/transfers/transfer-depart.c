/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/transfers/transfer-depart.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/page.h"
#include "ui/papers/papers-work.h"
#include "ui/person/leave-ways.h"
#include "ui/transfers/transfer-plan.h"
#include "ui/widgets/json.h"
#include "ui/widgets/unsaved.h"

#include <glib/gi18n.h>

#define DEPARTURE "guitu-departure"

/* What is asked for, in the care of the widget from which it began. */
typedef struct
{
  GuituStation *station;
  JsonObject *transfer; /* what "transfer show" told; NULL: not yet */
  GuituDeparted departed;
} Departure;

static void
departure_free (gpointer data)
{
  Departure *departure = data;

  g_object_unref (departure->station);
  g_clear_pointer (&departure->transfer, json_object_unref);
  g_free (departure);
}

/* What a departure may ask for: the row of leaving, and what the verb calls it. */
static const struct
{
  const char *asked;
  const char *field;
} departure_rows[] = {
  { "received_by", "stay.received_by" },
  { "receiver_kinship", "stay.receiver_kinship" },
  { "receiver_id", "stay.receiver_id" },
  { "receiver_phone", "stay.receiver_phone" },
  { "receiver_proof", "stay.receiver_proof" },
  { "guardian_check", "stay.guardian_check" },
  { "belongings", "belonging.state=belongings" },
  { "belongings", "belonging.out_to=belongings_to" },
  { "belongings", "belonging.out_sign=belongings_sign" },
  { "belongings", "belonging.note=belongings_note" },
};

/* Who takes the person over stands in most plans already. */
static gboolean
asks_for (JsonObject *way, JsonObject *transfer, const char *what)
{
  gboolean is_told = guitu_json_text (transfer, "to_station") != NULL || guitu_json_text (transfer, "receiver") != NULL;

  return guitu_leave_way_shows (way, what) && !(is_told && g_str_equal (what, "received_by"));
}

/* (transfer container): the rows of the dialog, %NULL-terminated */
static GPtrArray *
rows_of_departure (JsonObject *way, JsonObject *transfer)
{
  GPtrArray *fields = g_ptr_array_new ();

  g_ptr_array_add (fields, (gpointer) "transfer.departs_at=at");
  g_ptr_array_add (fields, (gpointer) "transfer.escorts=escorts");
  if (g_str_equal (guitu_json_string (transfer, "state"), "planned"))
    g_ptr_array_add (fields, (gpointer) "transfer.emergency=emergency");
  if (guitu_transfer_needs_exception (transfer))
    g_ptr_array_add (fields, (gpointer) "transfer.exception=override");
  for (gsize i = 0; i < G_N_ELEMENTS (departure_rows); i++)
    if (asks_for (way, transfer, departure_rows[i].asked))
      g_ptr_array_add (fields, (gpointer) departure_rows[i].field);
  g_ptr_array_add (fields, NULL);
  return fields;
}

static char *
departure_intro (JsonObject *transfer)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *kind = guitu_json_words (transfer, "transfer.kind");
  g_autofree char *region = guitu_json_words (transfer, "transfer.to_region");
  g_autofree char *warnings = guitu_transfer_warning_words (transfer);

  guitu_json_join (words, kind);
  guitu_json_join (words, guitu_json_text (transfer, "to_station"));
  guitu_json_join (words, region);
  guitu_json_join (words, guitu_json_text (transfer, "route"));
  g_string_append_printf (words, "\n\n%s", _ ("The stay ends with the departure."));
  if (*warnings != '\0')
    g_string_append_printf (words, "\n\n%s", warnings);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* What usually becomes of the belongings, until somebody says otherwise. */
static void
propose (GuituFormDialog *dialog, JsonObject *transfer, const char *way)
{
  GuituFieldRow *at = guitu_form_dialog_row (dialog, "departs_at");
  GuituFieldRow *state = guitu_form_dialog_row (dialog, "state");
  GuituFieldRow *taker = guitu_form_dialog_row (dialog, "out_to");

  guitu_field_row_set_hint (at, _ ("Left empty: now."));
  guitu_field_row_set_text (guitu_form_dialog_row (dialog, "escorts"), guitu_json_string (transfer, "escorts"));
  if (state != NULL)
    {
      guitu_field_row_set_text (state, guitu_leave_way_belongings (way));
      guitu_field_row_set_text (guitu_form_dialog_row (dialog, "out_sign"), "signed");
      guitu_field_row_set_text (taker, guitu_json_string (transfer, "escorts"));
    }
  guitu_unsaved_watch (GTK_WINDOW (dialog), gtk_widget_get_parent (GTK_WIDGET (at)));
}

/* The answer may tell no more than the id: records of minors are fenced once they have left. */
static void
on_departed (GtkWidget *from)
{
  Departure *departure = g_object_get_data (G_OBJECT (from), DEPARTURE);
  const char *way = guitu_leave_way_of_transfer (guitu_json_string (departure->transfer, "kind"));

  if (guitu_leave_way_transfer (way) != NULL)
    guitu_papers_fill_in (from, departure->station, "escort-handover", "transfer", guitu_json_string (departure->transfer, "id"));
  departure->departed (from);
}

static void
ask_departure (GtkWidget *from, const Departure *departure, JsonObject *way)
{
  JsonObject *transfer = departure->transfer;
  g_autoptr (GPtrArray) fields = rows_of_departure (way, transfer);
  g_autofree char *intro = departure_intro (transfer);
  GuituFormDialog *dialog = guitu_form_dialog_new (from, departure->station, _ ("Depart"), _ ("_Depart"), "transfer depart",
                                                   (const char *const *) fields->pdata);

  for (guint i = 0; fields->pdata[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit_set (fields->pdata[i], ".=", 3);

      guitu_leave_row_call (guitu_form_dialog_row (dialog, parts[1]));
    }
  guitu_form_dialog_set_option (dialog, "transfer", guitu_json_string (transfer, "id"));
  guitu_form_dialog_explain (dialog, intro);
  if (guitu_transfer_needs_exception (transfer))
    guitu_transfer_ask_exception (dialog);
  propose (dialog, transfer, guitu_json_string (way, "leave_by"));
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_departed), from, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ways_read (gpointer owner, JsonArray *results, GError *error)
{
  Departure *departure = g_object_get_data (G_OBJECT (owner), DEPARTURE);
  JsonObject *way = guitu_leave_way_find (results, guitu_leave_way_of_transfer (guitu_json_string (departure->transfer, "kind")));
  g_autofree char *refusal = guitu_leave_way_refusal (way);

  if (!gtk_widget_get_mapped (owner))
    return;
  if (error != NULL)
    guitu_error_show (owner, error);
  else if (refusal != NULL)
    guitu_page_toast (owner, refusal);
  else
    ask_departure (owner, departure, way);
}

/* The rules tell what this way asks for of this person. */
static void
transfer_read (gpointer owner, JsonArray *results, GError *error)
{
  Departure *departure = g_object_get_data (G_OBJECT (owner), DEPARTURE);
  JsonObject *transfer = guitu_call_first (results);
  JsonObject *input;

  if (error != NULL)
    guitu_error_show (owner, error);
  if (transfer == NULL)
    return;
  g_clear_pointer (&departure->transfer, json_object_unref);
  departure->transfer = json_object_ref (transfer);
  input = json_object_new ();
  json_object_set_string_member (input, "stay", guitu_json_string (transfer, "stay"));
  guitu_call (departure->station, "stay ways", input, NULL, owner, ways_read);
}

void
guitu_transfer_depart (GtkWidget *from, GuituStation *station, const char *transfer, GuituDeparted departed)
{
  Departure *departure = g_new0 (Departure, 1);
  JsonObject *input = json_object_new ();

  departure->station = g_object_ref (station);
  departure->departed = departed;
  g_object_set_data_full (G_OBJECT (from), DEPARTURE, departure, departure_free);
  json_object_set_string_member (input, "transfer", transfer);
  guitu_call (station, "transfer show", input, NULL, from, transfer_read);
}
