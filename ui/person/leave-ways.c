/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/leave-ways.h"

#include "ui/errors.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>
#include <string.h>

#define DOCUMENTS_IN_A_LINE 3

static const char *const simple_fields[] = {
  "stay.left_at", "stay.destination", "stay.received_by", "stay.receiver_kinship", "stay.receiver_id", "stay.receiver_phone",
  "stay.receiver_proof", "stay.guardian_check", "stay.search_actions", "stay.cctv", "stay.police_report",
  "stay.death_certificate", "stay.ground"
};

static const char *const transfer_fields[] = {
  "transfer.to_station", "transfer.to_region", "transfer.receiver", "transfer.escorts", "transfer.departs_at",
  "transfer.route", "transfer.medicines", "transfer.health_notes", "transfer.luggage", "transfer.emergency"
};

static const char *const belonging_fields[] = { "belonging.state", "belonging.out_to", "belonging.out_sign", "belonging.note" };

/* Beside the others it is plain whose kinship, and which signature. */
static const struct
{
  const char *field;
  const char *label;
} labels[] = {
  { "receiver_kinship", N_ ("Kinship") },
  { "receiver_id", N_ ("ID number") },
  { "receiver_phone", N_ ("Phone") },
  { "ground", N_ ("Reason, or what happened") },
  { "state", N_ ("What becomes of them") },
  { "out_sign", N_ ("Signature") },
};

static const char *const always_of_use[] = { "left_at", "ground", NULL };

/* Rows that come with one that is asked for. */
static const struct
{
  const char *asked;
  const char *row;
} companions[] = {
  { "receiver_id", "receiver_kinship" },
  { "receiver_id", "receiver_phone" },
};

/* What stands behind the fields of "stay leave" and "transfer depart". */
static const struct
{
  const char *option;
  const char *row;
} belonging_rows[] = {
  { "belongings", "state" },
  { "belongings_to", "out_to" },
  { "belongings_sign", "out_sign" },
  { "belongings_note", "note" },
};

/* The official term goes onto the paper, whatever language the program speaks. */
static const struct
{
  const char *label;
  const char *term;
} documents[] = {
  { N_ ("Registration form"), "求助登记表" },
  { N_ ("Medical record"), "病历" },
  { N_ ("Medicines"), "药品" },
  { N_ ("Photos"), "照片" },
  { N_ ("Tracing material"), "寻亲材料" },
};

/* The ways of leaving that are a transfer with its hand-over paper. */
static const struct
{
  const char *way;
  const char *kind;
} transfers[] = {
  { "escort-home", "escort-home" },
  { "escort-station", "hand-over" },
  { "other-station", "other-station" },
};

static const char *const final_ways[] = { "death", "missing", "walked-out", "terminated", "other", NULL };

/* Those who go by themselves take their things; else who takes the person over takes them too. */
static const char *const own_ways[] = { "own-will", "ticket", "other", "terminated", "settled", NULL };

/* --- Ways ------------------------------------------------------------------------------------ */

JsonObject *
guitu_leave_way_find (JsonArray *ways, const char *way)
{
  guint n = ways != NULL ? json_array_get_length (ways) : 0;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (ways, i), "leave_by"), way))
      return json_array_get_object_element (ways, i);
  return NULL;
}

char *
guitu_leave_way_refusal (JsonObject *way)
{
  if (way == NULL || guitu_json_flag (way, "is_possible"))
    return NULL;
  return guitu_error_sentence_for (guitu_json_string (way, "error"), NULL, guitu_json_string (way, "message"));
}

static gboolean
asks_for (JsonObject *way, const char *field)
{
  JsonArray *asks = guitu_json_array (way, "asks");
  guint n = asks != NULL ? json_array_get_length (asks) : 0;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (json_array_get_string_element (asks, i), field))
      return TRUE;
  return FALSE;
}

gboolean
guitu_leave_way_shows (JsonObject *way, const char *field)
{
  if (g_strv_contains (always_of_use, field) || asks_for (way, field))
    return TRUE;
  if (g_str_equal (field, "death_certificate"))
    return g_str_equal (guitu_json_string (way, "leave_by"), "death");
  for (gsize i = 0; i < G_N_ELEMENTS (companions); i++)
    if (g_str_equal (companions[i].row, field) && asks_for (way, companions[i].asked))
      return TRUE;
  return FALSE;
}

const char *
guitu_leave_way_transfer (const char *way)
{
  for (gsize i = 0; i < G_N_ELEMENTS (transfers); i++)
    if (strcmp (transfers[i].way, way) == 0)
      return transfers[i].kind;
  return NULL;
}

const char *
guitu_leave_way_of_transfer (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (transfers); i++)
    if (strcmp (transfers[i].kind, kind) == 0)
      return transfers[i].way;
  return kind;
}

gboolean
guitu_leave_way_is_final (const char *way)
{
  return g_strv_contains (final_ways, way);
}

const char *
guitu_leave_way_belongings (const char *way)
{
  return g_strv_contains (own_ways, way) ? "returned" : "handed-on";
}

/* --- Rows ------------------------------------------------------------------------------------ */

/* What the rules know of the stay is asked for under the names of the transfer. */
const char *
guitu_leave_row_name (const char *field, gboolean is_transfer)
{
  for (gsize i = 0; i < G_N_ELEMENTS (belonging_rows); i++)
    if (strcmp (belonging_rows[i].option, field) == 0)
      return belonging_rows[i].row;
  if (is_transfer && strcmp (field, "destination") == 0)
    return "to_region";
  if (is_transfer && (strcmp (field, "left_at") == 0 || strcmp (field, "at") == 0))
    return "departs_at";
  return field;
}

static void
on_row_activate (GtkWidget *rows, GuituFieldRow *row)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (row));

  while (next != NULL && !gtk_widget_get_visible (next))
    next = gtk_widget_get_next_sibling (next);
  if (next != NULL)
    gtk_widget_grab_focus (next);
}

void
guitu_leave_row_call (GuituFieldRow *row)
{
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (guitu_field_row_covers (row, labels[i].field))
      guitu_field_row_set_label (row, _ (labels[i].label));
}

static void
append_rows (GtkWidget *box, const char *const *fields, gsize n_fields)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      GuituFieldRow *row = guitu_field_row_new (fields[i]);

      guitu_leave_row_call (row);
      g_signal_connect_object (row, "activate", G_CALLBACK (on_row_activate), box, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (row));
    }
}

void
guitu_leave_rows_build (GtkWidget *simple, GtkWidget *transfer, GtkWidget *things)
{
  append_rows (simple, simple_fields, G_N_ELEMENTS (simple_fields));
  append_rows (transfer, transfer_fields, G_N_ELEMENTS (transfer_fields));
  append_rows (things, belonging_fields, G_N_ELEMENTS (belonging_fields));
}

void
guitu_leave_rows_collect_belongings (GtkWidget *things, const char *taker, JsonObject *input)
{
  g_autoptr (JsonObject) typed = json_object_new ();

  if (!gtk_widget_get_visible (things))
    return;
  guitu_rows_collect (things, "belonging", typed);
  for (gsize i = 0; i < G_N_ELEMENTS (belonging_rows); i++)
    guitu_json_set (input, belonging_rows[i].option, guitu_json_text (typed, belonging_rows[i].row));
  if (g_str_equal (guitu_json_string (typed, "state"), "handed-on") && !json_object_has_member (input, "belongings_to"))
    guitu_json_set (input, "belongings_to", taker);
}

/* --- Papers along ---------------------------------------------------------------------------- */

void
guitu_leave_documents_build (GtkGrid *grid)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (documents); i++)
    gtk_grid_attach (grid, gtk_check_button_new_with_label (_ (documents[i].label)), i % DOCUMENTS_IN_A_LINE, i / DOCUMENTS_IN_A_LINE, 1, 1);
}

char *
guitu_leave_documents_text (GtkGrid *grid)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < (int) G_N_ELEMENTS (documents); i++)
    {
      GtkWidget *check = gtk_grid_get_child_at (grid, i % DOCUMENTS_IN_A_LINE, i / DOCUMENTS_IN_A_LINE);

      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "、" : "", documents[i].term);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
