/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tracing/match-words.h"

#include "ui/intake/same-person-list.h"
#include "ui/person/person-rows.h"
#include "ui/widgets/json.h"
#include "ui/widgets/section.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define STRONG_BITS 5.0 /* about 30 to 1 */
#define SLIGHT_BITS 1.0 /* 2 to 1 */
#define UNNAMED_COLUMN "column "
#define REASONS_TOLD 6

/* What each class of likeness promises (db/match.h). */
static const struct
{
  const char *code;
  double least; /* where the class is not told */
  const char *words;
  const char *style;
} classes[] = {
  { "sure", 0.99, N_ ("almost certain"), "success" },
  { "likely", 0.8, N_ ("likely"), "success" },
  { "possible", 0.2, N_ ("possible"), "warning" },
  { "weak", 0.0, N_ ("weak"), NULL },
};

static const struct
{
  const char *code;
  const char *words;
} hows[] = {
  { "same", N_ ("same") },
  { "sound", N_ ("sounds alike") },
  { "dialect", N_ ("sounds alike in a dialect") },
  { "shape", N_ ("looks alike in writing") },
  { "swapped", N_ ("characters swapped") },
  { "dropped", N_ ("a character more or less") },
  { "surname", N_ ("another surname, the same given name") },
  { "surname-near", N_ ("a similar surname, the same given name") },
  { "one-character", N_ ("one character differs") },
  { "given-name", N_ ("the given name alone fits") },
  { "nickname", N_ ("a nickname of it") },
  { "surname-only", N_ ("the surname alone fits") },
  { "a-character", N_ ("one character is the same") },
  { "interval", N_ ("within the span") },
  { "slip", N_ ("a slip of the pen away") },
  { "near", N_ ("near") },
  { "far", N_ ("far off") },
  { "prefecture", N_ ("the same prefecture") },
  { "province", N_ ("the same province") },
  { "neighbour", N_ ("a neighbouring region") },
  { "several", N_ ("several marks are the same") },
  { "alike", N_ ("alike") },
  { "side", N_ ("the other side of the body") },
  { "kind", N_ ("the same kind") },
  { "partial", N_ ("fits as far as it is readable") },
  { "one-digit", N_ ("one digit differs") },
  { "in-house-then", N_ ("was here already when the other was lost") },
  { "different", N_ ("different") },
};

/* --- How likely ------------------------------------------------------------------------------ */

static double
number_of (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_double (node) : 0;
}

static gsize
class_of (JsonObject *match)
{
  const char *code = guitu_json_text (match, "certainty");

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    if (code != NULL ? g_str_equal (code, classes[i].code) : number_of (match, "probability") >= classes[i].least)
      return i;
  return G_N_ELEMENTS (classes) - 1;
}

char *
guitu_match_likely_words (JsonObject *match)
{
  double probability = number_of (match, "probability");

  /* Translators: how likely, and the probability in per cent */
  return g_strdup_printf (_ ("%s, %d %%"), _ (classes[class_of (match)].words), (int) lround (100 * probability));
}

const char *
guitu_match_likely_style (JsonObject *match)
{
  return classes[class_of (match)].style;
}

/* --- Why ------------------------------------------------------------------------------------- */

double
guitu_match_weight (JsonObject *reason)
{
  return number_of (reason, "weight");
}

const char *
guitu_match_how_words (JsonObject *reason)
{
  const char *how = guitu_json_text (reason, "how");

  if (reason == NULL)
    return "";
  for (gsize i = 0; how != NULL && i < G_N_ELEMENTS (hows); i++)
    if (g_str_equal (hows[i].code, how))
      return _ (hows[i].words);
  if (g_str_equal (guitu_json_string (reason, "ours"), guitu_json_string (reason, "theirs")))
    return _ ("same");
  return guitu_match_weight (reason) >= 0 ? _ ("alike") : _ ("different");
}

const char *
guitu_match_weight_words (JsonObject *reason)
{
  double weight = guitu_match_weight (reason);

  if (reason == NULL)
    return _ ("not compared");
  if (weight >= STRONG_BITS)
    return _ ("speaks strongly for it");
  if (weight >= SLIGHT_BITS)
    return _ ("speaks for it");
  if (weight > -SLIGHT_BITS)
    return _ ("says little");
  return weight > -STRONG_BITS ? _ ("speaks against it") : _ ("speaks strongly against it");
}

static int
compare_reasons (gconstpointer a, gconstpointer b)
{
  double one = fabs (guitu_match_weight (*(JsonObject *const *) a)), two = fabs (guitu_match_weight (*(JsonObject *const *) b));

  return (one < two) - (one > two);
}

/* “compare” counts the columns of a list without headers. */
char *
guitu_match_column_words (const char *header)
{
  const char *number = g_str_has_prefix (header, UNNAMED_COLUMN) ? header + strlen (UNNAMED_COLUMN) : NULL;
  char *end = NULL;
  guint64 n = number == NULL ? 0 : g_ascii_strtoull (number, &end, 10);

  return n > 0 && *end == '\0' ? g_strdup_printf (_ ("Column %u"), (guint) n) : g_strdup (header);
}

char *
guitu_match_reason_words (JsonArray *why)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; why != NULL && i < json_array_get_length (why); i++)
    g_ptr_array_add (reasons, json_array_get_object_element (why, i));
  g_ptr_array_sort (reasons, compare_reasons);
  for (guint i = 0; i < MIN (reasons->len, REASONS_TOLD); i++)
    {
      const char *label = NULL;
      g_autofree char *ours = guitu_same_person_words (reasons->pdata[i], "ours", &label);
      g_autofree char *named = guitu_match_column_words (label);
      /* Translators: a field, then how it fits */
      g_autofree char *line = g_strdup_printf (_ ("%s %s"), named, guitu_match_how_words (reasons->pdata[i]));

      guitu_json_join (words, line);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* --- Both sides ------------------------------------------------------------------------------ */

JsonObject *
guitu_match_report (JsonObject *finding)
{
  static const char *const members[] = { GUITU_MATCH_OTHER, "sought", "posting", "letter", "missing" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (guitu_json_object (finding, members[i]) != NULL)
      return guitu_json_object (finding, members[i]);
  return NULL;
}

JsonObject *
guitu_match_own (JsonObject *finding)
{
  JsonObject *person = guitu_json_object (finding, "person");

  return person != NULL ? person : guitu_json_object (finding, "missing");
}

JsonObject *
guitu_match_of_persons (JsonObject *person, JsonObject *match)
{
  static const char *const told[] = { "why", "probability", "certainty", "verdict", "reason", "decided_at", "by_name" };
  JsonObject *finding = json_object_new ();

  json_object_set_object_member (finding, "person", json_object_ref (person));
  json_object_set_object_member (finding, GUITU_MATCH_OTHER, json_object_ref (match));
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    if (json_object_has_member (match, told[i]))
      json_object_set_member (finding, told[i], json_node_copy (json_object_get_member (match, told[i])));
  return finding;
}

char *
guitu_match_report_words (JsonObject *finding)
{
  JsonObject *report = guitu_match_report (finding);
  const char *name = guitu_json_text (report, "display_name") != NULL ? guitu_json_text (report, "display_name") : guitu_json_text (report, "name");
  const char *number = guitu_json_text (report, "number") != NULL ? guitu_json_text (report, "number") : guitu_json_text (report, "report_number");
  g_autoptr (GString) words = g_string_new (name != NULL ? name : _ ("Name not known"));

  guitu_json_join (words, number);
  guitu_json_join (words, guitu_json_text (report, "station_name"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static GtkWidget *
build_row (JsonObject *finding, const char *title, const char *action, const char *target)
{
  g_autofree char *why = guitu_match_reason_words (guitu_json_array (finding, "why"));
  g_autofree char *likely = guitu_match_likely_words (finding);
  g_autofree char *verdict = guitu_json_words (finding, "finding.verdict");
  GtkWidget *row = guitu_section_row_new (title, why);

  guitu_person_row_mark (row, likely, guitu_match_likely_style (finding));
  guitu_person_row_mark (row, verdict, g_str_equal (guitu_json_string (finding, "verdict"), "same") ? "success" : NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  return row;
}

GtkWidget *
guitu_match_row (JsonObject *finding)
{
  g_autofree char *title = guitu_match_report_words (finding);

  return build_row (finding, title, "compare.open", guitu_json_string (finding, "id"));
}

GtkWidget *
guitu_match_person_row (JsonObject *finding)
{
  JsonObject *person = guitu_json_object (finding, "person");
  g_autofree char *elsewhere = person == NULL ? guitu_match_report_words (finding) : NULL;
  g_autofree char *summary = person != NULL ? guitu_json_person_summary (person) : g_strdup ("");
  g_autoptr (GString) title = g_string_new (person != NULL ? guitu_json_string (person, "display_name") : elsewhere);

  guitu_json_join (title, guitu_json_text (person, "number"));
  guitu_json_join (title, summary);
  return build_row (finding, title->str, "compare.open", guitu_json_string (finding, "id"));
}

GtkWidget *
guitu_match_other_row (JsonObject *finding)
{
  JsonObject *other = guitu_match_report (finding);
  g_autofree char *summary = guitu_json_person_summary (other);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), finding);
  g_autofree char *target = json_to_string (node, FALSE);
  g_autoptr (GString) title = g_string_new (guitu_json_string (other, "display_name"));

  guitu_json_join (title, summary);
  return build_row (finding, title->str, "compare.persons", target);
}
