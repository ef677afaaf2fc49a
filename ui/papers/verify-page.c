/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/verify-page.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>

struct _GuituVerifyPage
{
  GuituPage parent_instance;

  GtkEditable *text;
  GtkWidget *answer;
  GtkWidget *verdict;
  GtkImage *icon;
  GtkLabel *word;
  GtkLabel *advice;
  GtkWidget *compare;
  GtkGrid *facts;

  GCancellable *check;
};

G_DEFINE_FINAL_TYPE (GuituVerifyPage, guitu_verify_page, GUITU_TYPE_PAGE)

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
  { "unreadable", N_ ("This is not the code of a Guitu paper."), "dialog-question-symbolic", "neutral",
    N_ ("Scan the square code on the paper again. A code of somebody else cannot be verified here.") },
};

static gsize
find_verdict (const char *result)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (g_str_equal (verdicts[i].result, result))
      return i;
  return 0;
}

static void
add_fact (GuituVerifyPage *self, int *row, const char *label, const char *value)
{
  GtkWidget *words;

  if (value == NULL || *value == '\0')
    return;
  words = guitu_label_new_text (value, "fact");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_grid_attach (self->facts, guitu_label_new_text (label, "dim-label"), 0, *row, 1, 1);
  gtk_grid_attach (self->facts, words, 1, *row, 1, 1);
  *row += 1;
}

static void
show_facts (GuituVerifyPage *self, JsonObject *answer)
{
  g_autofree char *sex = guitu_json_words (answer, "person.sex");
  g_autofree char *issued = guitu_moment_from_iso (guitu_json_text (answer, "issued_at"));
  g_autofree char *expires = guitu_moment_from_iso (guitu_json_text (answer, "expires_at"));
  g_autoptr (GString) station = g_string_new (guitu_json_string (answer, "station_name"));
  g_autofree char *year = NULL;
  GtkWidget *child;
  int row = 0;

  guitu_json_join (station, guitu_json_text (answer, "station"));
  if (guitu_json_integer (answer, "birth_year", 0) > 0)
    year = g_strdup_printf ("%d", (int) guitu_json_integer (answer, "birth_year", 0));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
  add_fact (self, &row, _ ("Name"), guitu_json_text (answer, "name"));
  add_fact (self, &row, _ ("Sex"), sex);
  add_fact (self, &row, _ ("Year of birth"), year != NULL ? year : guitu_json_text (answer, "birth_year"));
  add_fact (self, &row, _ ("ID number ends with"), guitu_json_text (answer, "id_tail"));
  add_fact (self, &row, _ ("Destination"), guitu_json_text (answer, "destination"));
  add_fact (self, &row, _ ("Paper"), guitu_json_text (answer, "title"));
  add_fact (self, &row, _ ("Number"), guitu_json_text (answer, "number"));
  add_fact (self, &row, _ ("Issued by"), station->str);
  add_fact (self, &row, _ ("Issued at"), issued);
  add_fact (self, &row, _ ("Valid until"), expires);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), row > 0);
  gtk_widget_set_visible (self->compare, row > 0);
}

static void
verified (gpointer owner, JsonArray *results, GError *error)
{
  GuituVerifyPage *self = owner;
  JsonObject *answer = guitu_call_first (results);
  gsize at = find_verdict (guitu_json_string (answer, "result"));
  const char *styles[] = { "verdict", verdicts[at].style, NULL };

  if (error != NULL)
    {
      gtk_widget_set_visible (self->answer, FALSE);
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  gtk_widget_set_css_classes (self->verdict, styles);
  gtk_image_set_from_icon_name (self->icon, verdicts[at].icon);
  gtk_label_set_text (self->word, _ (verdicts[at].word));
  gtk_label_set_text (self->advice, _ (verdicts[at].advice));
  show_facts (self, answer);
  gtk_widget_set_visible (self->answer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->text)); /* selects the text: the next scan replaces it */
}

static void
verify (GuituVerifyPage *self, const char *option, const char *value)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, option, value);
  json_object_set_boolean_member (input, "tolerate", TRUE);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "verify", input, guitu_call_renew (&self->check), self, verified);
}

static void
on_text_activated (GuituVerifyPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->text)));

  if (*text != '\0')
    verify (self, "text", text);
}

static void
on_image_chosen (gpointer owner, const char *path)
{
  gtk_editable_set_text (GUITU_VERIFY_PAGE (owner)->text, "");
  verify (owner, "image", path);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_dialog_open_image (widget, _ ("Open Image"), widget, on_image_chosen);
}

static void
on_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (GUITU_VERIFY_PAGE (widget)->text));
}

static void
guitu_verify_page_shown (GuituPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (GUITU_VERIFY_PAGE (page)->text));
}

static void
guitu_verify_page_left (GuituPage *page)
{
  GuituVerifyPage *self = GUITU_VERIFY_PAGE (page);

  guitu_call_renew (&self->check);
}

static void
guitu_verify_page_cleared (GuituPage *page)
{
  GuituVerifyPage *self = GUITU_VERIFY_PAGE (page);

  gtk_editable_set_text (self->text, "");
  gtk_widget_set_visible (self->answer, FALSE);
}

static void
guitu_verify_page_dispose (GObject *object)
{
  g_clear_object (&GUITU_VERIFY_PAGE (object)->check);
  G_OBJECT_CLASS (guitu_verify_page_parent_class)->dispose (object);
}

static void
guitu_verify_page_class_init (GuituVerifyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_verify_page_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_verify_page_shown;
  GUITU_PAGE_CLASS (klass)->left = guitu_verify_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_verify_page_cleared;
  gtk_widget_class_install_action (widget_class, "page.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "page.find", NULL, on_find);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/papers/verify-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, text);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, answer);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, icon);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, word);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, advice);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, compare);
  gtk_widget_class_bind_template_child (widget_class, GuituVerifyPage, facts);
  gtk_widget_class_bind_template_callback (widget_class, on_text_activated);
}

static void
guitu_verify_page_init (GuituVerifyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
}
