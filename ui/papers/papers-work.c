/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/papers-work.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/page.h"
#include "ui/papers/fill-window.h"
#include "ui/papers/kind-chooser.h"
#include "ui/papers/paper-print.h"
#include "ui/papers/paper-window.h"
#include "ui/papers/progress-window.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>

/* Carries what a work is about from the choice of a file to its end. */
#define STATION "guitu-papers-station"
#define NUMBERS "guitu-papers-numbers"
#define PATH "guitu-papers-path"
#define TITLE "guitu-papers-title"
#define MATTER "guitu-papers-matter"

#define MOST_NUMBERS 20 /* that a dialog has room for */

static GuituStation *
station_of (GtkWidget *from)
{
  return g_object_get_data (G_OBJECT (from), STATION);
}

static void
remember (GtkWidget *from, GuituStation *station, const char *numbers)
{
  g_object_set_data_full (G_OBJECT (from), STATION, g_object_ref (station), g_object_unref);
  g_object_set_data_full (G_OBJECT (from), NUMBERS, g_strdup (numbers), g_free);
}

GBytes *
guitu_papers_pdf (JsonObject *answer)
{
  gsize length = 0;
  guchar *data = g_base64_decode (guitu_json_string (answer, "pdf"), &length);

  return g_bytes_new_take (data, length);
}

static JsonObject *
last_of (JsonArray *results)
{
  return json_array_get_object_element (results, json_array_get_length (results) - 1);
}

/* By kind: what may be wrong with a paper that is issued already, and with many. */
static const struct
{
  const char *kind;
  const char *heading;
  const char *body;
  const char *body_of_many;
} paper_warnings[] = {
  { "not-a-minor", N_ ("A Form for Minors"), N_ ("This person is of age. If it is the wrong form, void the paper."),
    N_ ("These people are of age. If it is the wrong form, void the papers.") },
  { "not-dead", N_ ("The Stay Has Not Ended by a Death"), N_ ("This is the record of a death. If it is the wrong form, void the paper; else record the death, too."),
    N_ ("These are records of deaths. If it is the wrong form, void the papers; else record the deaths, too.") },
  { "no-bed", N_ ("No Bed Yet"), N_ ("This person has no bed yet: the label says none."), N_ ("These people have no bed yet: their labels say none.") },
  { "issued-already", N_ ("Issued Already"), N_ ("Some of these people were given this paper within the last day. Void those that are too many."),
    N_ ("Some of these people were given this paper within the last day. Void those that are too many.") },
  { "no-ticket-number", N_ ("The Railway Needs a Number"), N_ ("Neither the number of a document nor the National number is known. Enter one, then issue the paper again."),
    N_ ("Of these people, neither the number of a document nor the National number is known. Enter one for each, then issue the papers again.") },
};

/* The papers of a pile that are meant, (transfer full). */
static char *
numbers_of (JsonObject *warning)
{
  JsonArray *numbers = guitu_json_array (warning, "numbers");
  guint n = numbers != NULL ? json_array_get_length (numbers) : 0;
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, MOST_NUMBERS); i++)
    guitu_json_join (words, json_array_get_string_element (numbers, i));
  guitu_json_join (words, n > MOST_NUMBERS ? "…" : NULL);
  return g_string_free (words, FALSE);
}

/* What is sealed wrongly stays so: it must not be missed. @is_pile: whether somebody must be told which papers are meant. */
static void
tell_warning (GtkWidget *from, JsonObject *warning, gboolean is_pile)
{
  const char *kind = guitu_json_string (warning, "kind");
  g_autofree char *newest = guitu_moment_from_iso (guitu_json_text (warning, "newest"));
  g_autofree char *numbers = is_pile ? numbers_of (warning) : g_strdup ("");
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paper_warnings); i++)
    if (g_str_equal (kind, paper_warnings[i].kind))
      {
        gboolean is_one = guitu_json_count (warning, "numbers") <= 1;
        g_autofree char *body = g_strjoin (*numbers != '\0' ? "\n\n" : "", _ (is_one ? paper_warnings[i].body : paper_warnings[i].body_of_many), numbers, NULL);

        guitu_dialog_tell (from, _ (paper_warnings[i].heading), body, NULL);
      }
  if (!g_str_equal (kind, "clock-behind"))
    return;
  /* Translators: %s is a time */
  text = g_strdup_printf (_ ("The register holds a later paper already, of %s. Look at the clock of this computer. If it is wrong, set it, void this paper and issue it again."), newest);
  guitu_dialog_tell (from, _ ("The Clock May Be Behind"), text, NULL);
}

void
guitu_papers_tell_warnings (GtkWidget *from, JsonObject *answer)
{
  JsonArray *warnings = guitu_json_array (answer, "warnings");

  for (guint i = 0; warnings != NULL && i < json_array_get_length (warnings); i++)
    tell_warning (from, json_array_get_object_element (warnings, i), guitu_json_text (answer, "number") == NULL);
  if (guitu_json_array (answer, "print_warnings") != NULL)
    guitu_page_toast (from, _ ("Look at the page: a character or the photo could not be printed"));
}

/* --- Issuing ---------------------------------------------------------------------------------- */

void
guitu_papers_open_issued (GtkWidget *from, GuituStation *station, JsonObject *answer)
{
  GtkWindow *window = guitu_paper_window_open (from, station, guitu_json_string (answer, "number"));

  guitu_papers_tell_warnings (GTK_WIDGET (window), answer);
}

static void
paper_issued (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (owner, error);
  else if (gtk_widget_get_root (owner) != NULL && guitu_station_user (station_of (owner)) != NULL)
    guitu_papers_open_issued (owner, station_of (owner), guitu_call_first (results));
}

static gboolean
is_to_be_typed (JsonObject *preview)
{
  JsonArray *entries = guitu_json_array (preview, "entries");

  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      if (guitu_json_flag (entry, "typed") && guitu_json_text (entry, "value") == NULL)
        return TRUE;
    }
  return FALSE;
}

/* Who may not look at the draft any more may issue the paper yet: records of minors are fenced once they have left. */
static void
paper_previewed (gpointer owner, JsonArray *results, GError *error)
{
  JsonObject *matter = g_object_get_data (owner, MATTER);
  const char *option = guitu_json_string (matter, "option");

  if (gtk_widget_get_root (owner) == NULL || guitu_station_user (station_of (owner)) == NULL)
    return;
  if (error == NULL && is_to_be_typed (guitu_call_first (results)))
    {
      guitu_fill_window_open (owner, station_of (owner), guitu_json_string (matter, "kind"), option, guitu_json_string (matter, "id"));
      return;
    }
  guitu_papers_issue (owner, station_of (owner), guitu_json_text (matter, "kind"), option, guitu_json_text (matter, "id"));
}

/* (transfer full) */
static JsonObject *
new_matter (const char *kind, const char *option, const char *id)
{
  JsonObject *matter = json_object_new ();

  guitu_json_set (matter, "kind", kind);
  guitu_json_set (matter, option, id);
  return matter;
}

void
guitu_papers_issue (GtkWidget *from, GuituStation *station, const char *kind, const char *option, const char *id)
{
  remember (from, station, "");
  guitu_call (station, "paper issue", new_matter (kind, option, id), NULL, from, paper_issued);
}

void
guitu_papers_fill_in (GtkWidget *from, GuituStation *station, const char *kind, const char *option, const char *id)
{
  JsonObject *matter = json_object_new ();

  remember (from, station, "");
  guitu_json_set (matter, "kind", kind);
  guitu_json_set (matter, "option", option);
  guitu_json_set (matter, "id", id);
  g_object_set_data_full (G_OBJECT (from), MATTER, matter, (GDestroyNotify) json_object_unref);
  guitu_call (station, "paper preview", new_matter (kind, option, id), NULL, from, paper_previewed);
}

/* --- Gathering -------------------------------------------------------------------------------- */

static void
gather (GtkWidget *from, const char *member, const char *path, GuituCallDone done)
{
  JsonObject *input = json_object_new ();
  const GuituProgressWork work = { from, station_of (from), _ ("Making the Papers"), "paper gather", from, done };

  json_object_set_string_member (input, "numbers", g_object_get_data (G_OBJECT (from), NUMBERS));
  if (path != NULL)
    json_object_set_string_member (input, member, path);
  else
    json_object_set_boolean_member (input, member, TRUE);
  g_object_set_data_full (G_OBJECT (from), PATH, g_strdup (path), g_free);
  guitu_progress_run (&work, input);
}

static void
gathered_to_print (gpointer owner, JsonArray *results, GError *error)
{
  GtkRoot *root = gtk_widget_get_root (owner);
  g_autoptr (GBytes) pdf = NULL;

  if (error != NULL)
    {
      guitu_error_show (owner, error);
      return;
    }
  if (root == NULL || guitu_station_user (station_of (owner)) == NULL)
    return;
  pdf = guitu_papers_pdf (last_of (results));
  guitu_papers_tell_warnings (owner, last_of (results));
  guitu_paper_print (GTK_WINDOW (root), pdf, _ ("Papers"), FALSE);
}

void
guitu_papers_print (GtkWidget *from, GuituStation *station, const char *numbers)
{
  remember (from, station, numbers);
  gather (from, "inline", NULL, gathered_to_print);
}

char *
guitu_papers_saved_words (JsonArray *results, const char *path)
{
  int n = (int) guitu_json_integer (last_of (results), "papers", 0);

  return g_strdup_printf (ngettext ("%d paper saved: %s", "%d papers saved: %s", n), n, path);
}

static void
gathered_to_file (gpointer owner, JsonArray *results, GError *error)
{
  g_autofree char *words = NULL;

  if (error != NULL)
    {
      guitu_error_show (owner, error);
      return;
    }
  words = guitu_papers_saved_words (results, g_object_get_data (owner, PATH));
  guitu_page_toast (owner, words);
}

static void
on_file_chosen (gpointer owner, const char *path)
{
  gather (owner, "pdf", path, gathered_to_file);
}

void
guitu_papers_save (GtkWidget *from, GuituStation *station, const char *numbers)
{
  gboolean is_one = strchr (numbers, ' ') == NULL;
  g_autofree char *name = g_strconcat (is_one ? numbers : _ ("Papers"), ".pdf", NULL);

  remember (from, station, numbers);
  guitu_dialog_save (from, _ ("Save as One PDF"), name, from, on_file_chosen);
}

static void
on_folder_chosen (gpointer owner, const char *path)
{
  gather (owner, "folder", path, gathered_to_file);
}

void
guitu_papers_save_each (GtkWidget *from, GuituStation *station, const char *numbers)
{
  remember (from, station, numbers);
  guitu_dialog_choose_folder (from, _ ("A File for Each Paper"), from, on_folder_chosen);
}

/* --- The file of a person --------------------------------------------------------------------- */

static void
file_made (gpointer owner, JsonArray *results, GError *error)
{
  JsonObject *file = guitu_call_first (results);
  int n_pages = (int) guitu_json_integer (file, "pages", 0);
  int n_parts = (int) guitu_json_count (file, "parts");
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GString) detail = NULL;
  g_autofree char *pages = NULL;
  g_autofree char *parts = NULL;
  g_autofree char *name = NULL;

  if (error != NULL)
    {
      guitu_error_show (owner, error);
      return;
    }
  if (gtk_widget_get_root (owner) == NULL || guitu_station_user (station_of (owner)) == NULL)
    return;
  pdf = guitu_papers_pdf (file);
  pages = g_strdup_printf (ngettext ("%d page", "%d pages", n_pages), n_pages);
  parts = g_strdup_printf (ngettext ("%d part", "%d parts", n_parts), n_parts);
  detail = g_string_new (guitu_json_string (file, "display_name"));
  guitu_json_join (detail, pages);
  guitu_json_join (detail, parts);
  name = g_strdup_printf ("%s %s", guitu_json_string (file, "display_name"), _ ("Whole File"));
  guitu_papers_tell_warnings (GTK_WIDGET (guitu_paper_window_open_pdf (owner, station_of (owner), _ ("Whole File"), detail->str, name, pdf)), file);
}

void
guitu_papers_open_file (GtkWidget *from, GuituStation *station, const char *person)
{
  JsonObject *input = json_object_new ();
  const GuituProgressWork work = { from, station, _ ("Putting the File Together"), "person file", from, file_made };

  remember (from, station, "");
  json_object_set_string_member (input, "person", person);
  json_object_set_boolean_member (input, "inline", TRUE);
  guitu_progress_run (&work, input);
}

/* --- Blank forms ------------------------------------------------------------------------------ */

static void
blank_made (gpointer owner, JsonArray *results, GError *error)
{
  const char *title = g_object_get_data (owner, TITLE);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *name = NULL;

  if (error != NULL)
    {
      guitu_error_show (owner, error);
      return;
    }
  if (gtk_widget_get_root (owner) == NULL || guitu_station_user (station_of (owner)) == NULL)
    return;
  pdf = guitu_papers_pdf (guitu_call_first (results));
  name = g_strdup_printf ("%s %s", title, _ ("Blank Form"));
  guitu_paper_window_open_pdf (owner, station_of (owner), title, _ ("Blank Form"), name, pdf);
}

void
guitu_papers_open_blank (GtkWidget *from, GuituStation *station, JsonObject *kind)
{
  JsonObject *input = json_object_new ();

  remember (from, station, "");
  g_object_set_data_full (G_OBJECT (from), TITLE, g_strdup (guitu_json_string (kind, "title")), g_free);
  guitu_json_set (input, "kind", guitu_json_text (kind, "kind"));
  json_object_set_boolean_member (input, "inline", TRUE);
  guitu_call (station, "paper blank", input, NULL, from, blank_made);
}

static void
on_blank_chosen (GtkWidget *from, JsonObject *kind)
{
  guitu_papers_open_blank (from, station_of (from), kind);
}

void
guitu_papers_choose_blank (GtkWidget *from, GuituStation *station, JsonArray *kinds)
{
  GtkWindow *chooser = guitu_kind_chooser_new_for_blank (from, kinds);

  remember (from, station, "");
  g_signal_connect_object (chooser, "blank", G_CALLBACK (on_blank_chosen), from, G_CONNECT_SWAPPED);
  gtk_window_present (chooser);
}

/* --- Writing ---------------------------------------------------------------------------------- */

static void
written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) from = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    guitu_page_toast (from, _ ("Saved"));
  else
    guitu_dialog_tell (from, _ ("The file was not saved"), _ ("Choose another place, or check the disk."), error->message);
}

void
guitu_papers_write (GtkWidget *from, const char *path, GBytes *content)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_file_replace_contents_bytes_async (file, content, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, written, g_object_ref (from));
}
