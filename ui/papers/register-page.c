/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/register-page.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/papers/batch-dialog.h"
#include "ui/papers/papers-work.h"
#include "ui/papers/register-bar.h"
#include "ui/papers/register-rows.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/list-item.h"
#include "ui/widgets/names.h"
#include "ui/widgets/stack.h"

#include <glib/gi18n.h>

#define PAGE 60 /* papers read at a time */

struct _GuituRegisterPage
{
  GuituPage parent_instance;

  AdwWindowTitle *heading;
  GtkWidget *more;
  GtkLabel *missing;
  GuituRegisterBar *bar;
  GtkStack *stack;
  GtkScrolledWindow *scroll;
  GtkColumnView *view;

  JsonArray *kinds; /* what “paper kinds” tells; NULL: not yet */
  GListStore *papers;
  GtkMultiSelection *selection; /* owned by the view */
  GCancellable *load;
  gboolean is_loading; /* the next papers */
  gboolean is_whole;   /* there are no further ones */
  gboolean moves_on;   /* to the list, once it is there */
};

G_DEFINE_FINAL_TYPE (GuituRegisterPage, guitu_register_page, GUITU_TYPE_PAGE)

/* --- Reading ---------------------------------------------------------------------------------- */

static guint
n_papers (GuituRegisterPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->papers));
}

static void
show_count (GuituRegisterPage *self)
{
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint n_chosen = (guint) gtk_bitset_get_size (chosen);
  guint n = n_papers (self);
  g_autofree char *all = self->is_whole ? g_strdup_printf (ngettext ("%u paper", "%u papers", n), n) : g_strdup_printf (_ ("the newest %u papers"), n);
  g_autofree char *some = g_strdup_printf (_ ("%u selected"), n_chosen);
  g_autoptr (GString) words = g_string_new (n > 0 ? all : "");

  guitu_json_join (words, n_chosen > 1 ? some : NULL);
  adw_window_title_set_subtitle (self->heading, words->str);
}

/* Of a protected person the verb tells the kind only. */
static void
add_title (GuituRegisterPage *self, JsonObject *paper)
{
  guint n = self->kinds != NULL && guitu_json_text (paper, "title") == NULL ? json_array_get_length (self->kinds) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *kind = json_array_get_object_element (self->kinds, i);

      if (g_str_equal (guitu_json_string (kind, "kind"), guitu_json_string (paper, "kind")))
        json_object_set_string_member (paper, "title", guitu_json_string (kind, "title"));
    }
}

static void
focus_list (GuituRegisterPage *self)
{
  if (n_papers (self) == 0)
    return;
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)), "list.scroll-to-item", "u", 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
papers_shown (GuituRegisterPage *self)
{
  guint n = n_papers (self);

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : guitu_register_bar_is_set (self->bar) ? "nothing"
                                                                                                        : "empty");
  show_count (self);
  if (self->moves_on)
    focus_list (self);
  self->moves_on = FALSE;
}

static gboolean
has_failed (GuituRegisterPage *self, GError *error)
{
  self->is_loading = FALSE;
  if (error == NULL)
    return FALSE;
  guitu_register_bar_show_error (self->bar, error);
  guitu_error_show (GTK_WIDGET (self), error);
  return TRUE;
}

static void
add_titles (GuituRegisterPage *self, JsonArray *papers)
{
  for (guint i = 0; i < json_array_get_length (papers); i++)
    add_title (self, json_array_get_object_element (papers, i));
}

/* The ids of what is chosen: a row that is read anew with another state is another item of the list. */
static GHashTable *
chosen_ids (GuituRegisterPage *self)
{
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < gtk_bitset_get_size (chosen); i++)
    g_hash_table_add (ids, g_strdup (guitu_json_string (guitu_list_item_at (G_LIST_MODEL (self->papers), gtk_bitset_get_nth (chosen, i)), "id")));
  return ids;
}

/* What was chosen stays so; else the first paper is. */
static void
choose_again (GuituRegisterPage *self, GHashTable *ids)
{
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n_papers (self));

  for (guint i = 0; i < n_papers (self); i++)
    if (g_hash_table_contains (ids, guitu_json_string (guitu_list_item_at (G_LIST_MODEL (self->papers), i), "id")))
      gtk_bitset_add (chosen, i);
  if (gtk_bitset_is_empty (chosen) && n_papers (self) > 0)
    gtk_bitset_add (chosen, 0);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), chosen, all);
}

static void
papers_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituRegisterPage *self = owner;
  guint n = n_papers (self);
  g_autoptr (GHashTable) chosen = chosen_ids (self);

  if (has_failed (self, error))
    return;
  add_titles (self, results);
  self->is_whole = json_array_get_length (results) < MAX (n, PAGE);
  guitu_list_item_update (self->papers, results);
  choose_again (self, chosen);
  papers_shown (self);
}

static void
further_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituRegisterPage *self = owner;

  if (has_failed (self, error))
    return;
  add_titles (self, results);
  self->is_whole = json_array_get_length (results) < PAGE;
  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      g_autoptr (GuituListItem) item = guitu_list_item_new (json_array_get_object_element (results, i));

      g_list_store_append (self->papers, item);
    }
  show_count (self);
}

/* From the newest paper on: as many as are to be seen already. */
static void
read_papers (GuituRegisterPage *self)
{
  JsonObject *input = guitu_register_bar_collect (self->bar);

  json_object_set_int_member (input, "limit", MAX (n_papers (self), PAGE));
  self->is_loading = TRUE;
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "paper list", input, guitu_call_renew (&self->load), self, papers_read);
}

static void
on_scrolled (GuituRegisterPage *self)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (self->scroll);
  double below = gtk_adjustment_get_upper (place) - gtk_adjustment_get_value (place) - gtk_adjustment_get_page_size (place);
  JsonObject *input;

  if (self->is_loading || self->is_whole || below > 2 * gtk_adjustment_get_page_size (place))
    return;
  input = guitu_register_bar_collect (self->bar);
  json_object_set_int_member (input, "limit", PAGE);
  json_object_set_int_member (input, "skip", n_papers (self));
  self->is_loading = TRUE;
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "paper list", input, guitu_call_renew (&self->load), self, further_read);
}

static void
kinds_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituRegisterPage *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  self->kinds = json_array_ref (results);
  guitu_register_bar_set_kinds (self->bar, results);
}

static void
series_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituRegisterPage *self = owner;
  g_autofree char *numbers = NULL;
  g_autofree char *words = NULL;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  numbers = guitu_register_missing (results);
  words = g_strdup_printf (_ ("Numbers are missing: %s. A desk may not have sent its papers yet; otherwise tell the manager."), numbers);
  guitu_label_show (self->missing, *numbers != '\0' ? words : "");
}

static void
on_filter_changed (GuituRegisterPage *self)
{
  g_list_store_remove_all (self->papers);
  read_papers (self);
}

static void
on_filter_left (GuituRegisterPage *self)
{
  if (self->is_loading)
    self->moves_on = TRUE;
  else
    focus_list (self);
}

/* --- What is chosen --------------------------------------------------------------------------- */

static GPtrArray *
chosen_papers (GuituRegisterPage *self)
{
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GPtrArray *papers = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; i < gtk_bitset_get_size (chosen); i++)
    g_ptr_array_add (papers, json_object_ref (guitu_list_item_at (G_LIST_MODEL (self->papers), gtk_bitset_get_nth (chosen, i))));
  if (papers->len == 0)
    guitu_page_toast (GTK_WIDGET (self), _ ("Choose a paper in the list first."));
  return papers;
}

/* The numbers of what is chosen, or NULL, which was told. (transfer full) */
static char *
chosen_numbers (GuituRegisterPage *self)
{
  g_autoptr (GPtrArray) papers = chosen_papers (self);
  g_autoptr (GString) numbers = g_string_new (NULL);

  for (guint i = 0; i < papers->len; i++)
    if (guitu_json_text (papers->pdata[i], "number") != NULL)
      g_string_append_printf (numbers, "%s%s", numbers->len > 0 ? " " : "", guitu_json_string (papers->pdata[i], "number"));
  if (papers->len > 0 && numbers->len == 0)
    guitu_page_toast (GTK_WIDGET (self), _ ("A draft is no paper yet: it has no number, and is not printed."));
  return papers->len > 0 && numbers->len > 0 ? g_string_free (g_steal_pointer (&numbers), FALSE) : NULL;
}

/* The one paper that is chosen, or NULL, which was told. (transfer full) */
static JsonObject *
chosen_paper (GuituRegisterPage *self)
{
  g_autoptr (GPtrArray) papers = chosen_papers (self);

  if (papers->len > 1)
    guitu_page_toast (GTK_WIDGET (self), _ ("Choose one paper only: this is done for each by itself."));
  return papers->len == 1 ? json_object_ref (papers->pdata[0]) : NULL;
}

/* The same of a paper that is good. (transfer full) */
static JsonObject *
chosen_valid (GuituRegisterPage *self)
{
  g_autoptr (JsonObject) paper = chosen_paper (self);

  if (paper == NULL || guitu_register_is_valid (paper))
    return g_steal_pointer (&paper);
  guitu_page_toast (GTK_WIDGET (self), guitu_register_is_draft (paper) ? _ ("A draft is no paper yet.") : _ ("This paper is no longer valid."));
  return NULL;
}

/* --- Acts -------------------------------------------------------------------------------------- */

static void
open_paper (GuituRegisterPage *self, JsonObject *paper)
{
  if (paper == NULL)
    return;
  if (guitu_register_is_draft (paper))
    guitu_page_fill_paper (GTK_WIDGET (self), guitu_json_string (paper, "kind"), "draft", guitu_json_string (paper, "id"));
  else
    guitu_page_open_paper (GTK_WIDGET (self), guitu_json_string (paper, "number"));
}

static void
on_activate (GuituRegisterPage *self, guint position)
{
  open_paper (self, guitu_list_item_at (G_LIST_MODEL (self->papers), position));
}

static void
on_print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *numbers = chosen_numbers (GUITU_REGISTER_PAGE (widget));

  if (numbers != NULL)
    guitu_papers_print (widget, guitu_page_get_station (GUITU_PAGE (widget)), numbers);
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *numbers = chosen_numbers (GUITU_REGISTER_PAGE (widget));

  if (numbers == NULL)
    return;
  if (g_str_equal (action, "page.save-each"))
    guitu_papers_save_each (widget, guitu_page_get_station (GUITU_PAGE (widget)), numbers);
  else
    guitu_papers_save (widget, guitu_page_get_station (GUITU_PAGE (widget)), numbers);
}

#define ASKED "guitu-asked" /* the number of the paper that the question is about */

static void
reprinted (gpointer owner, JsonArray *results, GError *error)
{
  const char *number = guitu_json_string (guitu_call_first (results), "number");
  g_autofree char *words = NULL;

  if (error != NULL)
    {
      guitu_error_show (owner, error);
      return;
    }
  words = g_strdup_printf (_ ("%s printed anew; the earlier printing is void"), number);
  guitu_page_toast (owner, words);
  guitu_papers_open_issued (owner, guitu_page_get_station (owner), guitu_call_first (results));
}

static void
reprint (gpointer owner)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "number", g_object_get_data (owner, ASKED));
  guitu_call (guitu_page_get_station (owner), "paper reprint", input, NULL, owner, reprinted);
}

static void
on_reprint (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (JsonObject) paper = chosen_valid (GUITU_REGISTER_PAGE (widget));
  g_autofree char *heading = NULL;

  if (paper == NULL)
    return;
  g_object_set_data_full (G_OBJECT (widget), ASKED, g_strdup (guitu_json_string (paper, "number")), g_free);
  heading = g_strdup_printf (_ ("Print %s anew?"), guitu_json_string (paper, "number"));
  guitu_dialog_ask (widget, heading, _ ("What is known now is printed under the same number. The earlier printing becomes void for every station: take it back."),
                    _ ("_Reprint"), TRUE, widget, reprint);
}

static void
voided (gpointer owner, JsonObject *result)
{
  g_autofree char *words = g_strdup_printf (_ ("%s is void, for every station"), guitu_json_string (result, "number"));

  guitu_page_toast (owner, words);
}

static void
used (gpointer owner, JsonObject *result)
{
  g_autofree char *words = g_strdup_printf (_ ("%s is marked as used"), guitu_json_string (result, "number"));

  guitu_page_toast (owner, words);
}

static void
discarded (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (owner, error);
  else
    guitu_page_toast (owner, _ ("Draft discarded"));
}

static void
discard (gpointer owner)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "number", g_object_get_data (owner, ASKED));
  json_object_set_string_member (input, "reason", _ ("Draft discarded"));
  guitu_call (guitu_page_get_station (owner), "paper void", input, NULL, owner, discarded);
}

static void
ask_discard (GtkWidget *widget, JsonObject *draft)
{
  g_object_set_data_full (G_OBJECT (widget), ASKED, g_strdup (guitu_json_string (draft, "id")), g_free);
  guitu_dialog_ask (widget, _ ("Discard the draft?"), guitu_json_string (draft, "title"), _ ("_Discard"), TRUE, widget, discard);
}

static void
on_void (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "paper.voided=reason", NULL };
  g_autoptr (JsonObject) paper = chosen_paper (GUITU_REGISTER_PAGE (widget));
  GuituFormDialog *dialog;

  if (paper == NULL)
    return;
  if (guitu_register_is_draft (paper))
    {
      ask_discard (widget, paper);
      return;
    }
  g_clear_pointer (&paper, json_object_unref);
  paper = chosen_valid (GUITU_REGISTER_PAGE (widget));
  if (paper == NULL)
    return;
  dialog = guitu_form_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (widget)), _ ("Void the Paper"), _ ("_Void"), "paper void", fields);
  guitu_form_dialog_explain (dialog, guitu_json_string (paper, "number"));
  guitu_form_dialog_set_option (dialog, "number", guitu_json_string (paper, "number"));
  g_signal_connect_object (dialog, "done", G_CALLBACK (voided), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_use (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "paper.reason=note", NULL };
  g_autoptr (JsonObject) paper = chosen_valid (GUITU_REGISTER_PAGE (widget));
  GuituFormDialog *dialog;

  if (paper == NULL)
    return;
  dialog = guitu_form_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (widget)), _ ("Mark as Used"), _ ("_Mark as Used"), "paper use", fields);
  guitu_form_dialog_explain (dialog, _ ("The paper has served its purpose, and is not accepted again anywhere."));
  guitu_field_row_set_label (guitu_form_dialog_row (dialog, "reason"), _ ("What came back"));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "reason"), _ ("A ticket stub, a signed receipt …"));
  guitu_form_dialog_set_option (dialog, "number", guitu_json_string (paper, "number"));
  g_signal_connect_object (dialog, "done", G_CALLBACK (used), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_issue_many (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_present (guitu_batch_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (widget))));
}

static void
on_blank (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (GUITU_REGISTER_PAGE (widget)->kinds != NULL)
    guitu_papers_choose_blank (widget, guitu_page_get_station (GUITU_PAGE (widget)), GUITU_REGISTER_PAGE (widget)->kinds);
}

static void
on_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (GUITU_REGISTER_PAGE (widget)->bar));
}

/* --- Page ------------------------------------------------------------------------------------- */

static void
guitu_register_page_refreshed (GuituPage *page)
{
  read_papers (GUITU_REGISTER_PAGE (page));
}

static void
guitu_register_page_shown (GuituPage *page)
{
  GuituRegisterPage *self = GUITU_REGISTER_PAGE (page);

  if (self->kinds == NULL)
    guitu_call (guitu_page_get_station (page), "paper kinds", NULL, NULL, self, kinds_read);
  guitu_call (guitu_page_get_station (page), "paper series", NULL, NULL, self, series_read);
  read_papers (self);
  if (!guitu_page_take_focus (page))
    gtk_widget_grab_focus (GTK_WIDGET (self->bar));
}

static void
guitu_register_page_left (GuituPage *page)
{
  guitu_call_renew (&GUITU_REGISTER_PAGE (page)->load);
}

static void
guitu_register_page_cleared (GuituPage *page)
{
  GuituRegisterPage *self = GUITU_REGISTER_PAGE (page);

  g_list_store_remove_all (self->papers);
  guitu_register_bar_clear (self->bar);
  guitu_call_renew (&self->load);
  guitu_label_show (self->missing, "");
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
guitu_register_page_dispose (GObject *object)
{
  GuituRegisterPage *self = GUITU_REGISTER_PAGE (object);

  g_clear_object (&self->load);
  g_clear_object (&self->papers);
  g_clear_pointer (&self->kinds, json_array_unref);
  G_OBJECT_CLASS (guitu_register_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.find", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "page.print", NULL, on_print);
  gtk_widget_class_install_action (widget_class, "page.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "page.save-each", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "page.reprint", NULL, on_reprint);
  gtk_widget_class_install_action (widget_class, "page.void", NULL, on_void);
  gtk_widget_class_install_action (widget_class, "page.use", NULL, on_use);
  gtk_widget_class_install_action (widget_class, "page.issue-many", NULL, on_issue_many);
  gtk_widget_class_install_action (widget_class, "page.blank", NULL, on_blank);
}

static void
guitu_register_page_class_init (GuituRegisterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_REGISTER_BAR);
  G_OBJECT_CLASS (klass)->dispose = guitu_register_page_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_register_page_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_register_page_refreshed;
  GUITU_PAGE_CLASS (klass)->left = guitu_register_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_register_page_cleared;
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/papers/register-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituRegisterPage, heading);
  gtk_widget_class_bind_template_child (widget_class, GuituRegisterPage, more);
  gtk_widget_class_bind_template_child (widget_class, GuituRegisterPage, missing);
  gtk_widget_class_bind_template_child (widget_class, GuituRegisterPage, bar);
  gtk_widget_class_bind_template_child (widget_class, GuituRegisterPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituRegisterPage, scroll);
  gtk_widget_class_bind_template_child (widget_class, GuituRegisterPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_left);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
guitu_register_page_init (GuituRegisterPage *self)
{
  self->papers = g_list_store_new (GUITU_TYPE_LIST_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->papers)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);
  guitu_register_add_columns (self->view);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroll), "value-changed", G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
}
