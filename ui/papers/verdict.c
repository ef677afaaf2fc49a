/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/verdict.h"

#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>

struct _GuituVerdict
{
  GtkBox parent_instance;

  GtkWidget *verdict;
  GtkImage *icon;
  GtkLabel *word;
  GtkLabel *paper;
  GtkLabel *issuer;
  GtkLabel *advice;
  GtkWidget *compare;
  GtkGrid *facts;
  GtkLabel *wrong;
};

G_DEFINE_FINAL_TYPE (GuituVerdict, guitu_verdict, GTK_TYPE_BOX)

/* Word, icon and colour of each result, and what to do; the first is also the fallback. */
static const struct
{
  const char *result;
  const char *word;
  const char *icon;
  const char *style;
  const char *advice;
} verdicts[] = {
  { "altered", N_ ("Altered"), "dialog-error-symbolic", "bad",
    N_ ("The code was changed or is damaged. Do not rely on this paper; phone the station named on it.") },
  { "genuine", N_ ("Genuine"), "emblem-ok-symbolic", "good",
    N_ ("The station issued this paper and it is valid. See that it belongs to this person.") },
  { "unknown-issuer", N_ ("Unknown Issuer"), "dialog-question-symbolic", "doubtful",
    N_ ("No station of that name is trusted here. Phone it, and ask for its station card.") },
  { "expired", N_ ("Expired"), "document-open-recent-symbolic", "doubtful",
    N_ ("The paper was genuine, but its time is over. Ask the issuing station.") },
  { "voided", N_ ("Voided"), "window-close-symbolic", "bad",
    N_ ("The issuing station has withdrawn this paper. Ask the station for the one that holds.") },
  { "used", N_ ("Used"), "object-select-symbolic", "doubtful",
    N_ ("This paper was accepted once already. Ask the issuing station.") },
  { "not-yet-issued", N_ ("Not Yet Issued"), "document-open-recent-symbolic", "doubtful",
    N_ ("The paper bears a date that is still to come. Look at the clock of this computer, and phone the station.") },
  { "not-on-record", N_ ("Not in the Register"), "dialog-warning-symbolic", "doubtful",
    N_ ("It bears our own seal, but our register here does not hold it. If another desk issued it, exchange with that desk first; if none did, take the paper for suspect and tell the leader.") },
  { "incomplete", N_ ("Still to Be Typed"), "dialog-question-symbolic", "doubtful",
    N_ ("The seal is genuine, but the fields are not compared yet.") },
  { "unreadable", N_ ("Not a Paper"), "dialog-question-symbolic", "neutral",
    N_ ("This is not the code of a Guitu paper. Scan the square code on the paper again; a code of somebody else cannot be verified here.") },
};

static gsize
find_verdict (const char *result)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (g_str_equal (verdicts[i].result, result))
      return i;
  return 0;
}

/* Of a form with forty fields nobody reads all names. */
#define MOST_LABELS 6

/* The labels of the fields in that list of the answer. (transfer full) */
static char *
labels_of (JsonObject *answer, const char *member)
{
  JsonArray *fields = guitu_json_array (answer, member);
  guint n = fields != NULL ? json_array_get_length (fields) : 0;
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, MOST_LABELS); i++)
    g_string_append_printf (labels, "%s%s", i == 0 ? "" : "、", guitu_json_string (json_array_get_object_element (fields, i), "label"));
  if (n <= MOST_LABELS)
    return g_string_free (g_steal_pointer (&labels), FALSE);
  /* Translators: %s are names of fields, %u is how many there are */
  return g_strdup_printf (_ ("%s … (%u in all)"), labels->str, n);
}

/* What was typed, or our own register, says more than the seal alone. (transfer full) */
static char *
advice_of (JsonObject *answer, gsize verdict)
{
  const char *fields = guitu_json_string (answer, "fields");
  gboolean is_genuine = g_str_equal (verdicts[verdict].result, "genuine");
  g_autofree char *differ = labels_of (answer, "differ");
  g_autofree char *missing = labels_of (answer, "missing");

  if (g_str_equal (fields, "different") && *differ != '\0')
    /* Translators: %s are names of fields */
    return g_strdup_printf (_ ("Not what the station sealed: %s. Look below for a slip of the keys. If there is none, the paper was changed: do not accept it."), differ);
  if (g_str_equal (fields, "different"))
    return g_strdup (_ ("What was typed is not what the station sealed. Look below for a slip of the keys. If there is none, the paper was changed: do not accept it."));
  if (g_str_equal (verdicts[verdict].result, "incomplete"))
    /* Translators: %s are names of fields */
    return g_strdup_printf (_ ("The seal is genuine, but what was typed can only be judged together with the rest. Not typed yet: %s. If that is empty on the paper, tick so below, and check again."), missing);
  if (is_genuine && g_str_equal (fields, "partly"))
    /* Translators: %s are names of fields */
    return g_strdup_printf (_ ("What was typed is as our register has it. Not typed yet, and not compared: %s. If that is empty on the paper, tick so below, and check again."), missing);
  if (is_genuine && g_str_equal (fields, "same"))
    return g_strdup (_ ("All that was typed is as the station sealed it. See that the paper belongs to this person."));
  return g_strdup (_ (verdicts[verdict].advice));
}

/* The person stands on the left, the paper on the right. */
#define PERSON 0
#define PAPER 2

static void
add_fact (GuituVerdict *self, int column, int *row, const char *label, const char *value)
{
  GtkWidget *words;

  if (value == NULL || *value == '\0')
    return;
  words = guitu_label_new_text (value, "fact");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_grid_attach (self->facts, guitu_label_new_text (label, "dim-label"), column, *row, 1, 1);
  gtk_grid_attach (self->facts, words, column + 1, *row, 1, 1);
  *row += 1;
}

static void
show_facts (GuituVerdict *self, JsonObject *answer)
{
  g_autofree char *sex = guitu_json_words (answer, "person.sex");
  g_autofree char *issued = guitu_moment_from_iso (guitu_json_text (answer, "issued_at"));
  g_autofree char *expires = guitu_moment_from_iso (guitu_json_text (answer, "expires_at"));
  g_autofree char *year = NULL;
  GtkWidget *child;
  int row = 0;
  int paper_row = 0;

  if (guitu_json_integer (answer, "birth_year", 0) > 0)
    year = g_strdup_printf ("%d", (int) guitu_json_integer (answer, "birth_year", 0));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
  add_fact (self, PERSON, &row, _ ("Name"), guitu_json_text (answer, "name"));
  add_fact (self, PERSON, &row, _ ("Sex"), sex);
  add_fact (self, PERSON, &row, _ ("Year of birth"), year);
  add_fact (self, PERSON, &row, _ ("ID number ends with"), guitu_json_text (answer, "id_tail"));
  add_fact (self, PAPER, &paper_row, _ ("Number"), guitu_json_text (answer, "number"));
  add_fact (self, PAPER, &paper_row, _ ("Issued at"), issued);
  add_fact (self, PAPER, &paper_row, _ ("Valid until"), expires);
  add_fact (self, PAPER, &paper_row, _ ("Destination"), guitu_json_text (answer, "destination"));
  gtk_widget_set_visible (GTK_WIDGET (self->facts), paper_row > 0);
  gtk_widget_set_visible (self->compare, paper_row > 0);
}

/* What to do, with the telephone of the directory: the paper may name another one. (transfer full) */
static char *
words_for_wrong (const char *phone, gboolean is_genuine)
{
  if (phone != NULL && is_genuine)
    /* Translators: %s is a telephone number */
    return g_strdup_printf (_ ("If anything is different: do not accept the paper, and phone the station at %s (the number in our directory, not one that stands on the paper)."), phone);
  if (phone != NULL)
    /* Translators: %s is a telephone number */
    return g_strdup_printf (_ ("Phone the station at %s (the number in our directory, not one that stands on the paper)."), phone);
  if (is_genuine)
    return g_strdup (_ ("If anything is different: do not accept the paper. Our directory has no telephone of this station; ask the civil affairs bureau there, and do not trust one that stands on the paper."));
  return g_strdup (_ ("Our directory has no telephone of this station; ask the civil affairs bureau there, and do not trust one that stands on the paper."));
}

/* Which paper it is, and who says so. */
static void
show_issuer (GuituVerdict *self, JsonObject *answer, gboolean is_genuine)
{
  g_autoptr (GString) station = g_string_new (guitu_json_string (answer, "station_name"));
  g_autoptr (GString) paper = g_string_new (guitu_json_string (answer, "title"));
  g_autofree char *issuer = NULL; /* both NULL where nobody vouches for a word of it */
  g_autofree char *wrong = NULL;

  guitu_json_join (station, guitu_json_text (answer, "station"));
  guitu_json_join (paper, guitu_json_text (answer, "name"));
  if (station->len > 0)
    {
      issuer = g_strdup_printf (_ ("Issued by %s"), station->str);
      wrong = words_for_wrong (guitu_json_text (answer, "station_phone"), is_genuine);
    }
  guitu_label_show (self->paper, paper->str);
  guitu_label_show (self->issuer, issuer != NULL ? issuer : "");
  guitu_label_show (self->wrong, wrong != NULL ? wrong : "");
}

void
guitu_verdict_show (GuituVerdict *self, JsonObject *answer)
{
  gsize at = find_verdict (guitu_json_string (answer, "result"));
  const char *styles[] = { "verdict", verdicts[at].style, NULL };
  g_autofree char *advice = advice_of (answer, at);

  gtk_widget_set_css_classes (self->verdict, styles);
  gtk_image_set_from_icon_name (self->icon, verdicts[at].icon);
  gtk_label_set_text (self->word, _ (verdicts[at].word));
  gtk_label_set_text (self->advice, advice);
  show_issuer (self, answer, g_str_equal (verdicts[at].result, "genuine"));
  show_facts (self, answer);
}

static void
guitu_verdict_class_init (GuituVerdictClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/papers/verdict.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituVerdict, verdict);
  gtk_widget_class_bind_template_child (widget_class, GuituVerdict, icon);
  gtk_widget_class_bind_template_child (widget_class, GuituVerdict, word);
  gtk_widget_class_bind_template_child (widget_class, GuituVerdict, paper);
  gtk_widget_class_bind_template_child (widget_class, GuituVerdict, issuer);
  gtk_widget_class_bind_template_child (widget_class, GuituVerdict, advice);
  gtk_widget_class_bind_template_child (widget_class, GuituVerdict, compare);
  gtk_widget_class_bind_template_child (widget_class, GuituVerdict, facts);
  gtk_widget_class_bind_template_child (widget_class, GuituVerdict, wrong);
}

static void
guitu_verdict_init (GuituVerdict *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
