/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/transfers/transfers-page.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/papers/papers-work.h"
#include "ui/transfers/incoming-acts.h"
#include "ui/transfers/transfer-acts.h"
#include "ui/transfers/transfer-depart.h"
#include "ui/transfers/transfer-plan.h"
#include "ui/transfers/transfer-rows.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/names.h"
#include "ui/widgets/section.h"
#include "ui/widgets/stack.h"

#include <glib/gi18n.h>

#define ENDED_SHOWN 5 /* of what is over; the others come by a button */

struct _GuituTransfersPage
{
  GuituPage parent_instance;

  GtkStack *stack;
  GtkWidget *back;
  GtkWidget *lists;
  GuituSection *expected;
  GuituSection *overdue;
  GuituSection *waiting;
  GuituSection *ready;
  GuituSection *road;
  GuituSection *handed;
  GuituSection *rejected;
  GuituSection *over;
  GuituSection *answered;
  GtkLabel *name;
  GtkLabel *state;
  GtkLabel *waits;
  GtkLabel *warnings;
  GtkLabel *receipt;
  GtkBox *acts;
  GuituSection *company;
  GuituSection *route;
  GuituSection *papers;
  GuituSection *letters;
  GuituSection *visits;
  GuituSection *facts;

  JsonArray *incoming;  /* what "transfer incoming" answered; NULL: not yet */
  JsonArray *outgoing;  /* what "transfer list" answered */
  char *transfer_id;    /* the way home that is shown; NULL: the lists */
  JsonObject *transfer; /* what "transfer show" told of it */
  gboolean sets_focus;  /* once it is there */
  GCancellable *load;
  GCancellable *load_one;
};

G_DEFINE_FINAL_TYPE (GuituTransfersPage, guitu_transfers_page, GUITU_TYPE_PAGE)

static GuituStation *
station_of (GuituTransfersPage *self)
{
  return guitu_page_get_station (GUITU_PAGE (self));
}

/* --- The lists ------------------------------------------------------------------------------- */

static gboolean
is_in (JsonObject *transfer, const char *states)
{
  g_auto (GStrv) all = g_strsplit (states, " ", -1);

  return g_strv_contains ((const char *const *) all, guitu_json_string (transfer, "state"));
}

/* Those of the states; what is overdue stands in a list of its own. */
static void
fill_states (GuituTransfersPage *self, GuituSection *section, const char *states)
{
  g_autoptr (JsonArray) chosen = json_array_new ();

  for (guint i = 0; i < json_array_get_length (self->outgoing); i++)
    {
      JsonObject *transfer = json_array_get_object_element (self->outgoing, i);
      gboolean is_overdue = guitu_json_flag (transfer, "overdue");

      if (section == self->overdue ? is_overdue : !is_overdue && is_in (transfer, states))
        json_array_add_object_element (chosen, json_object_ref (transfer));
    }
  guitu_section_fill (section, chosen);
}

static void
focus_first (GtkWidget *widget)
{
  gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
show_lists (GuituTransfersPage *self, JsonArray *answered)
{
  gboolean is_empty = json_array_get_length (self->incoming) + json_array_get_length (self->outgoing) + json_array_get_length (answered) == 0;

  guitu_section_fill (self->expected, self->incoming);
  fill_states (self, self->overdue, "");
  fill_states (self, self->waiting, "planned");
  fill_states (self, self->ready, "approved");
  fill_states (self, self->road, "departed");
  fill_states (self, self->handed, "handed-over");
  fill_states (self, self->rejected, "rejected");
  fill_states (self, self->over, "accepted returned cancelled");
  guitu_section_fill (self->answered, answered);
  if (self->transfer_id != NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "list");
  if (self->sets_focus && !guitu_page_take_focus (GUITU_PAGE (self)))
    focus_first (self->lists);
  self->sets_focus = FALSE;
}

static void
answered_read (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (owner, error);
  else if (GUITU_TRANSFERS_PAGE (owner)->outgoing != NULL && GUITU_TRANSFERS_PAGE (owner)->incoming != NULL)
    show_lists (owner, results);
}

/* What ended without an escort, such as a ticket, waits for nobody: it stands with the others that are over. */
static void
outgoing_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituTransfersPage *self = owner;
  JsonObject *input = json_object_new ();

  g_clear_pointer (&self->outgoing, json_array_unref);
  self->outgoing = results != NULL ? json_array_ref (results) : json_array_new ();
  if (error != NULL)
    guitu_error_show (owner, error);
  json_object_set_string_member (input, "direction", "in");
  guitu_call (station_of (self), "transfer list", input, self->load, self, answered_read);
}

static void
incoming_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituTransfersPage *self = owner;

  g_clear_pointer (&self->incoming, json_array_unref);
  self->incoming = results != NULL ? json_array_ref (results) : json_array_new ();
  if (error != NULL)
    guitu_error_show (owner, error);
  guitu_call (station_of (self), "transfer list", NULL, self->load, self, outgoing_read);
}

static void
load_lists (GuituTransfersPage *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_boolean_member (input, "full", TRUE);
  guitu_call (station_of (self), "transfer incoming", input, guitu_call_renew (&self->load), self, incoming_read);
}

/* --- One of them ----------------------------------------------------------------------------- */

/* The answer comes by the exchange, or with the escorts on paper. */
static void
show_receipt (GuituTransfersPage *self)
{
  gboolean is_verified = guitu_json_flag (self->transfer, "receipt_verified");
  const char *receipt = guitu_json_text (self->transfer, "receipt");
  /* Translators: %s is the number of a paper */
  g_autofree char *verified = g_strdup_printf (_ ("Receipt %s: verified, the seal of the receiving station answers ours."), receipt != NULL ? receipt : "");

  guitu_label_show (self->receipt, is_verified ? verified : is_in (self->transfer, "departed handed-over") ? _ ("No receipt yet.")
                                                                                                           : "");
}

static gboolean
has_focus_in (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

static void
show_transfer (GuituTransfersPage *self)
{
  g_autofree char *state = guitu_json_words (self->transfer, "transfer.state");
  g_autofree char *waits = guitu_transfer_wait_words (self->transfer);
  g_autofree char *warnings = guitu_transfer_warning_words (self->transfer);
  g_autoptr (JsonArray) facts = guitu_transfer_facts (self->transfer);
  g_autoptr (GString) name = g_string_new (guitu_json_string (self->transfer, "display_name"));
  gboolean has_focus, has_new;

  guitu_json_join (name, guitu_json_text (self->transfer, "number"));
  gtk_label_set_text (self->name, name->str);
  gtk_label_set_text (self->state, state);
  guitu_label_show (self->waits, waits);
  guitu_label_show (self->warnings, warnings);
  show_receipt (self);
  guitu_section_fill (self->company, guitu_json_array (self->transfer, "company"));
  guitu_section_fill (self->route, guitu_json_array (self->transfer, "waypoints"));
  guitu_section_fill (self->papers, guitu_json_array (self->transfer, "papers"));
  guitu_section_fill (self->letters, guitu_json_array (self->transfer, "letters"));
  guitu_section_fill (self->visits, guitu_json_array (self->transfer, "follow_ups"));
  guitu_section_fill (self->facts, facts);
  has_focus = self->sets_focus || has_focus_in (GTK_WIDGET (self->acts));
  has_new = guitu_transfer_acts_fill (self->acts, station_of (self), self->transfer, "page.act");
  gtk_widget_set_visible (self->back, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "detail");
  if (has_focus && (has_new || self->sets_focus))
    gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (self->acts)) != NULL ? gtk_widget_get_first_child (GTK_WIDGET (self->acts)) : self->back);
  self->sets_focus = FALSE;
}

static void
transfer_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituTransfersPage *self = owner;
  JsonObject *transfer = guitu_call_first (results);

  if (error != NULL)
    guitu_error_show (owner, error);
  if (transfer == NULL)
    return;
  g_clear_pointer (&self->transfer, json_object_unref);
  self->transfer = json_object_ref (transfer);
  show_transfer (self);
}

static void
load_one (GuituTransfersPage *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "transfer", self->transfer_id);
  guitu_call (station_of (self), "transfer show", input, guitu_call_renew (&self->load_one), self, transfer_read);
}

static void
load (GuituTransfersPage *self)
{
  load_lists (self);
  if (self->transfer_id != NULL)
    load_one (self);
}

static void
forget_one (GuituTransfersPage *self)
{
  guitu_call_renew (&self->load_one);
  g_clear_pointer (&self->transfer_id, g_free);
  g_clear_pointer (&self->transfer, json_object_unref);
  gtk_widget_set_visible (self->back, FALSE);
}

/* --- Acts ------------------------------------------------------------------------------------ */

static void
on_show_transfer (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituTransfersPage *self = GUITU_TRANSFERS_PAGE (widget);

  g_free (self->transfer_id);
  self->transfer_id = g_variant_dup_string (parameter, NULL);
  self->sets_focus = TRUE;
  load_one (self);
}

static void
on_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituTransfersPage *self = GUITU_TRANSFERS_PAGE (widget);

  if (self->transfer_id == NULL)
    return;
  forget_one (self);
  self->sets_focus = TRUE;
  load_lists (self);
}

static void
sent (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (owner, error);
  else
    guitu_page_toast (owner, _ ("The file goes out with the next exchange."));
}

static void
departed (gpointer from)
{
  load (from);
}

static void
begin_other (GuituTransfersPage *self, const char *name)
{
  JsonObject *input;

  if (g_str_equal (name, "depart"))
    guitu_transfer_depart (GTK_WIDGET (self), station_of (self), self->transfer_id, departed);
  else if (g_str_equal (name, "paper"))
    guitu_page_fill_paper (GTK_WIDGET (self), "escort-handover", "transfer", self->transfer_id);
  else if (g_str_equal (name, "person"))
    guitu_page_open_person (GTK_WIDGET (self), guitu_json_string (self->transfer, "person"));
  else if (g_str_equal (name, "send"))
    {
      input = json_object_new ();
      json_object_set_string_member (input, "transfer", self->transfer_id);
      guitu_call (station_of (self), "transfer send", input, NULL, self, sent);
    }
}

static void
on_act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituTransfersPage *self = GUITU_TRANSFERS_PAGE (widget);
  const char *name = g_variant_get_string (parameter, NULL);
  GuituFormDialog *dialog;

  if (self->transfer == NULL)
    return;
  dialog = guitu_transfer_act_dialog (name, widget, station_of (self), self->transfer);
  if (dialog != NULL)
    gtk_window_present (GTK_WINDOW (dialog));
  else
    begin_other (self, name);
}

static void
answer (GtkWidget *widget, const char *letter, void (*dialog) (GtkWidget *from, GuituStation *station, const GuituIncoming *incoming))
{
  GuituTransfersPage *self = GUITU_TRANSFERS_PAGE (widget);

  for (guint i = 0; self->incoming != NULL && i < json_array_get_length (self->incoming); i++)
    {
      GuituIncoming incoming = { json_array_get_object_element (self->incoming, i), NULL, NULL };

      if (g_str_equal (guitu_json_string (incoming.expected, "letter"), letter))
        {
          dialog (widget, station_of (self), &incoming);
          return;
        }
    }
}

static void
on_take_over (GtkWidget *widget, const char *action, GVariant *parameter)
{
  answer (widget, g_variant_get_string (parameter, NULL), guitu_incoming_accept);
}

static void
on_refuse (GtkWidget *widget, const char *action, GVariant *parameter)
{
  answer (widget, g_variant_get_string (parameter, NULL), guitu_incoming_reject);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_transfers_page_shown (GuituPage *page)
{
  GUITU_TRANSFERS_PAGE (page)->sets_focus = TRUE;
  load (GUITU_TRANSFERS_PAGE (page));
}

static void
guitu_transfers_page_refreshed (GuituPage *page)
{
  load (GUITU_TRANSFERS_PAGE (page));
}

static void
guitu_transfers_page_left (GuituPage *page)
{
  guitu_call_renew (&GUITU_TRANSFERS_PAGE (page)->load);
  guitu_call_renew (&GUITU_TRANSFERS_PAGE (page)->load_one);
}

static void
guitu_transfers_page_cleared (GuituPage *page)
{
  GuituTransfersPage *self = GUITU_TRANSFERS_PAGE (page);
  GuituSection *const sections[] = { self->expected, self->overdue, self->waiting, self->ready, self->road, self->handed, self->rejected, self->over,
                                     self->answered, self->company, self->route, self->papers, self->letters, self->visits, self->facts };

  forget_one (self);
  g_clear_pointer (&self->incoming, json_array_unref);
  g_clear_pointer (&self->outgoing, json_array_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    guitu_section_fill (sections[i], NULL);
  gtk_label_set_text (self->name, "");
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
guitu_transfers_page_dispose (GObject *object)
{
  GuituTransfersPage *self = GUITU_TRANSFERS_PAGE (object);

  g_clear_object (&self->load);
  g_clear_object (&self->load_one);
  g_clear_pointer (&self->incoming, json_array_unref);
  g_clear_pointer (&self->outgoing, json_array_unref);
  g_clear_pointer (&self->transfer_id, g_free);
  g_clear_pointer (&self->transfer, json_object_unref);
  G_OBJECT_CLASS (guitu_transfers_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, back);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, lists);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, expected);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, overdue);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, ready);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, road);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, handed);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, rejected);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, over);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, answered);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, name);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, state);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, waits);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, warnings);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, receipt);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, acts);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, company);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, route);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, papers);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, letters);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, visits);
  gtk_widget_class_bind_template_child (widget_class, GuituTransfersPage, facts);
}

static void
guitu_transfers_page_class_init (GuituTransfersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SECTION);
  G_OBJECT_CLASS (klass)->dispose = guitu_transfers_page_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_transfers_page_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_transfers_page_refreshed;
  GUITU_PAGE_CLASS (klass)->left = guitu_transfers_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_transfers_page_cleared;
  gtk_widget_class_install_action (widget_class, "page.show-transfer", "s", on_show_transfer);
  gtk_widget_class_install_action (widget_class, "page.show-section", "s", on_show_transfer);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "page.act", "s", on_act);
  gtk_widget_class_install_action (widget_class, "page.take-over", "s", on_take_over);
  gtk_widget_class_install_action (widget_class, "page.refuse", "s", on_refuse);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.back", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/transfers/transfers-page.ui");
  bind_children (widget_class);
}

/* What each list makes its rows of, and what is said when there are none. */
static void
set_rows (GuituTransfersPage *self)
{
  const struct
  {
    GuituSection *section;
    GuituSectionRow row;
    const char *empty; /* NULL: the list hides */
  } lists[] = {
    { self->expected, guitu_transfer_expected_row, _ ("Nobody is brought here now.") },
    { self->overdue, guitu_transfer_row, NULL },
    { self->waiting, guitu_transfer_row, NULL },
    { self->ready, guitu_transfer_row, NULL },
    { self->road, guitu_transfer_row, _ ("Nobody is on the way now.") },
    { self->handed, guitu_transfer_row, NULL },
    { self->rejected, guitu_transfer_row, NULL },
    { self->over, guitu_transfer_row, NULL },
    { self->answered, guitu_transfer_answered_row, NULL },
    { self->company, guitu_transfer_escort_row, _ ("Nobody is named yet.") },
    { self->route, guitu_transfer_waypoint_row, _ ("No route is planned, and nothing is noted from the road.") },
    { self->papers, guitu_transfer_paper_row, _ ("No paper is issued yet.") },
    { self->letters, guitu_transfer_letter_row, _ ("No letter went out, and none came.") },
    { self->visits, guitu_transfer_visit_row, NULL },
    { self->facts, guitu_transfer_fact_row, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      guitu_section_set_row (lists[i].section, lists[i].row);
      if (lists[i].empty != NULL)
        g_object_set (lists[i].section, "empty", lists[i].empty, NULL);
    }
  guitu_section_set_limit (self->over, ENDED_SHOWN);
  guitu_section_set_limit (self->answered, ENDED_SHOWN);
}

static void
guitu_transfers_page_init (GuituTransfersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
  set_rows (self);
}
