/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stations/stations-page.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/stations/hub-watch.h"
#include "ui/stations/hub-words.h"
#include "ui/stations/station-rows.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>

struct _GuituStationsPage
{
  GuituPage parent_instance;

  GtkButton *sync;
  GuituSection *state;
  GuituSection *stations;
  GuituSection *sticks;
  GuituSection *desks;
  GuituSection *network;
  GtkWidget *invite_desk;

  GuituHubWatch *watch; /* NULL until the page was shown */
  char *own;            /* code of this station */
  JsonArray *known;     /* stations */
  JsonArray *told;      /* of the last stick */
  GCancellable *load;
};

G_DEFINE_FINAL_TYPE (GuituStationsPage, guitu_stations_page, GUITU_TYPE_PAGE)

static gboolean
may (GuituStationsPage *self, const char *right)
{
  return guitu_station_may (guitu_page_get_station (GUITU_PAGE (self)), right);
}

static JsonObject *
status_of (GuituStationsPage *self)
{
  return self->watch == NULL ? NULL : guitu_hub_watch_get_status (self->watch);
}

/* --- What is done here ----------------------------------------------------------------------- */

typedef struct
{
  const char *right;
  const char *icon;
  const char *title;
  const char *text;
  const char *button;
  const char *name;
  const char *action;
} Act;

static const Act stick_acts[] = {
  { "bundle export", "document-save-symbolic", N_ ("What is new, for the other desks of this station"),
    N_ ("Since the last bundle that arrived there; encrypted for the desks of this station."), N_ ("Write…"), N_ ("Write a bundle of what is new"), "page.export-news" },
  { "bundle export", "document-save-symbolic", N_ ("Everything, for the other desks of this station"),
    N_ ("When entries are missing there. For another station, press “Bundle…” beside it above."), N_ ("Write…"), N_ ("Write a bundle for the desks of this station"), "page.export" },
  { "bundle export", "computer-symbolic", N_ ("For a new desk to begin with"),
    N_ ("The whole store as it stands: carry it with the invitation."), N_ ("Write…"), N_ ("Write what a new desk begins with"), "page.export-snapshot" },
  { "bundle import", "document-open-symbolic", N_ ("From another desk or station"),
    N_ ("In any order, and as often as you like: what is known already does no harm."), N_ ("Import…"), N_ ("Take in a bundle"), "page.import" },
};

static const Act network_acts[] = {
  { "station card", "contact-new-symbolic", N_ ("Our card"),
    N_ ("The file by which other stations verify our papers, and by which the network's station invites us."), N_ ("Write…"), N_ ("Write our card"), "page.write-card" },
  { "station trust", "security-high-symbolic", N_ ("Card of another station"),
    N_ ("From then on its papers can be verified here. Compare its fingerprint by telephone."), N_ ("Trust…"), N_ ("Trust the card of another station"), "page.trust-card" },
  { "hub join", "network-workgroup-symbolic", N_ ("Join a network, or take in a further letter"),
    N_ ("With the letter that the network's station wrote for this one."), N_ ("Join…"), N_ ("Join a network"), "page.join" },
  { "hub init", "list-add-symbolic", N_ ("Found a network, or give it another hub"),
    N_ ("For the station that runs the network of a city or a province."), N_ ("Found…"), N_ ("Found a network"), "page.found" },
  { "hub invite", "mail-send-symbolic", N_ ("Invite a station"),
    N_ ("Makes the letter from the card of that station."), N_ ("Invite…"), N_ ("Invite a station into the network"), "page.invite-station" },
  { "hub renew", "system-lock-screen-symbolic", N_ ("A computer of a station was stolen"),
    N_ ("Its log-ins at the hub get other passwords; its other computers come back with the letter."), N_ ("New Log-Ins…"), N_ ("Renew the log-ins of a station"), "page.renew-logins" },
  { "station vouch", "emblem-default-symbolic", N_ ("Vouch for a station"),
    N_ ("Those who trust this station to vouch for others take its keys from us."), N_ ("Vouch…"), N_ ("Vouch for the card of a station"), "page.vouch" },
  { "station publish", "send-to-symbolic", N_ ("Our address, telephone and keys"),
    N_ ("Tell all stations, after a change in the settings."), N_ ("Tell"), N_ ("Tell all stations our address"), "page.publish" },
  { "station backup-keys", "document-print-symbolic", N_ ("Our keys on paper"),
    N_ ("To keep in a safe: with them the station begins anew after a fire."), N_ ("Write…"), N_ ("Write our keys on paper"), "page.back-up-keys" },
  { "station rotate", "dialog-password-symbolic", N_ ("New keys for this station"),
    N_ ("When somebody may know the old ones."), N_ ("New Keys…"), N_ ("Give this station new keys"), "page.rotate" },
};

static gboolean
is_offered (GuituStationsPage *self, const Act *act)
{
  const char *authority = guitu_json_text (status_of (self), "authority");
  gboolean runs = authority != NULL && g_strcmp0 (authority, self->own) == 0;

  if ((g_str_equal (act->right, "hub invite") || g_str_equal (act->right, "hub renew")) && !runs)
    return FALSE;
  if (g_str_equal (act->right, "hub init") && authority != NULL && !runs)
    return FALSE;
  return g_str_equal (act->right, "bundle import") || g_str_equal (act->right, "station card") || may (self, act->right);
}

static void
add_acts (GuituStationsPage *self, JsonArray *notes, const Act *acts, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (is_offered (self, &acts[i]))
      guitu_station_note_set_button (guitu_station_note_add (notes, acts[i].icon, FALSE, _ (acts[i].title), _ (acts[i].text)),
                                     _ (acts[i].button), _ (acts[i].name), acts[i].action);
}

/* --- Showing --------------------------------------------------------------------------------- */

static void
show_sticks (GuituStationsPage *self)
{
  g_autoptr (JsonArray) notes = json_array_new ();

  for (guint i = 0; self->told != NULL && i < json_array_get_length (self->told); i++)
    json_array_add_object_element (notes, json_object_ref (json_array_get_object_element (self->told, i)));
  add_acts (self, notes, stick_acts, G_N_ELEMENTS (stick_acts));
  guitu_section_fill (self->sticks, notes);
}

static void
show_network (GuituStationsPage *self)
{
  JsonObject *status = status_of (self);
  const char *hub = guitu_json_text (status, "hub");
  g_autoptr (JsonArray) notes = json_array_new ();
  g_autofree char *text = g_strdup_printf (_ ("Run by station %s. Hub: %s"), guitu_json_string (status, "authority"), hub != NULL ? hub : _ ("none"));

  if (guitu_json_text (status, "network") != NULL)
    guitu_station_note_add (notes, "network-server-symbolic", FALSE, guitu_json_string (status, "network"), text);
  add_acts (self, notes, network_acts, G_N_ELEMENTS (network_acts));
  guitu_section_fill (self->network, notes);
}

static void
show_stations (GuituStationsPage *self)
{
  g_autoptr (JsonArray) stations = NULL;

  if (self->own == NULL || self->known == NULL)
    return;
  stations = guitu_stations_describe (self->known, status_of (self), self->own, may (self, "bundle export"));
  guitu_section_fill (self->stations, stations);
}

static void
show_state (GuituStationsPage *self)
{
  JsonObject *status = status_of (self);
  g_autoptr (JsonArray) notes = guitu_hub_rows (status);
  gboolean is_syncing = guitu_hub_watch_is_syncing (self->watch);

  guitu_section_fill (self->state, notes);
  gtk_widget_set_visible (GTK_WIDGET (self->sync), guitu_json_text (status, "hub") != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.sync", !is_syncing);
  gtk_button_set_label (self->sync, is_syncing ? _ ("S_ynchronising…") : _ ("S_ynchronise Now"));
  guitu_name_buttons (GTK_WIDGET (self->sync));
}

static void
on_updated (GuituStationsPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  show_state (self);
  show_stations (self);
  show_network (self);
}

/* --- Reading --------------------------------------------------------------------------------- */

static void
desks_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituStationsPage *self = owner;
  g_autoptr (JsonArray) desks = guitu_desks_of (results, self->own, may (self, "desk revoke"));

  if (error != NULL)
    guitu_error_show (GTK_WIDGET (self), error);
  else
    guitu_section_fill (self->desks, desks);
}

static void
stations_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituStationsPage *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->known, json_array_unref);
  self->known = json_array_ref (results);
  show_stations (self);
}

static void
own_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituStationsPage *self = owner;
  GuituStation *station = guitu_page_get_station (GUITU_PAGE (self));

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  g_free (self->own);
  self->own = g_strdup (guitu_json_string (guitu_call_first (results), "code"));
  show_network (self);
  guitu_call (station, "station list", NULL, self->load, self, stations_read);
  guitu_call (station, "desk list", NULL, self->load, self, desks_read);
}

static void
load (GuituStationsPage *self)
{
  GuituStation *station = guitu_page_get_station (GUITU_PAGE (self));

  if (self->watch == NULL)
    {
      self->watch = g_object_ref (guitu_hub_watch_for (station));
      g_signal_connect_object (self->watch, "updated", G_CALLBACK (on_updated), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_set_visible (self->invite_desk, may (self, "desk invite"));
  show_state (self);
  show_sticks (self);
  guitu_call (station, "station show", NULL, guitu_call_renew (&self->load), self, own_read);
}

void
guitu_stations_page_tell (GuituStationsPage *self, JsonArray *rows)
{
  g_clear_pointer (&self->told, json_array_unref);
  self->told = rows;
  show_sticks (self);
}

void
guitu_stations_page_joined (GuituStationsPage *self)
{
  load (self);
  guitu_hub_watch_sync_now (self->watch);
}

/* --- The page -------------------------------------------------------------------------------- */

static void
guitu_stations_page_shown (GuituPage *page)
{
  GuituStationsPage *self = GUITU_STATIONS_PAGE (page);

  load (self);
  if (!guitu_page_take_focus (page))
    gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_visible (GTK_WIDGET (self->sync)) ? self->state : self->sticks), GTK_DIR_TAB_FORWARD);
}

static void
guitu_stations_page_refreshed (GuituPage *page)
{
  load (GUITU_STATIONS_PAGE (page));
}

static void
guitu_stations_page_left (GuituPage *page)
{
  guitu_call_renew (&GUITU_STATIONS_PAGE (page)->load);
}

/* Another user has other rights: the rows are made anew when the page is shown. */
static void
guitu_stations_page_cleared (GuituPage *page)
{
  GuituStationsPage *self = GUITU_STATIONS_PAGE (page);

  g_clear_pointer (&self->told, json_array_unref);
  g_clear_pointer (&self->known, json_array_unref);
}

static const struct
{
  const char *action;
  void (*act) (GuituStationsPage *page);
} page_acts[] = {
  { "page.import", guitu_stations_import },
  { "page.write-card", guitu_stations_write_card },
  { "page.trust-card", guitu_stations_trust_card },
  { "page.join", guitu_stations_join },
  { "page.found", guitu_stations_found_network },
  { "page.invite-station", guitu_stations_invite },
  { "page.renew-logins", guitu_stations_renew_logins },
  { "page.vouch", guitu_stations_vouch },
  { "page.export-news", guitu_stations_export_news },
  { "page.export-snapshot", guitu_stations_export_snapshot },
  { "page.publish", guitu_stations_publish },
  { "page.back-up-keys", guitu_stations_back_up_keys },
  { "page.rotate", guitu_stations_rotate },
};

static void
on_act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (page_acts); i++)
    if (g_str_equal (page_acts[i].action, action))
      page_acts[i].act (GUITU_STATIONS_PAGE (widget));
}

static void
on_revoke_desk (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), " ", 2);

  guitu_stations_revoke_desk (GUITU_STATIONS_PAGE (widget), parts[0], parts[1]);
}

static void
on_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *to = g_variant_get_string (parameter, NULL);

  guitu_stations_export (GUITU_STATIONS_PAGE (widget), *to == '\0' ? NULL : to);
}

static void
on_invite_desk (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_stations_invite_desk (GUITU_STATIONS_PAGE (widget));
}

static void
on_sync (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituStationsPage *self = GUITU_STATIONS_PAGE (widget);

  if (self->watch != NULL)
    guitu_hub_watch_sync_now (self->watch);
}

static void
guitu_stations_page_dispose (GObject *object)
{
  GuituStationsPage *self = GUITU_STATIONS_PAGE (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->load);
  g_clear_pointer (&self->own, g_free);
  g_clear_pointer (&self->known, json_array_unref);
  g_clear_pointer (&self->told, json_array_unref);
  G_OBJECT_CLASS (guitu_stations_page_parent_class)->dispose (object);
}

static void
guitu_stations_page_class_init (GuituStationsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SECTION);
  G_OBJECT_CLASS (klass)->dispose = guitu_stations_page_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_stations_page_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_stations_page_refreshed;
  GUITU_PAGE_CLASS (klass)->left = guitu_stations_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_stations_page_cleared;
  gtk_widget_class_install_action (widget_class, "page.sync", NULL, on_sync);
  gtk_widget_class_install_action (widget_class, "page.invite-desk", NULL, on_invite_desk);
  gtk_widget_class_install_action (widget_class, "page.export", "s", on_export);
  gtk_widget_class_install_action (widget_class, "page.revoke-desk", "s", on_revoke_desk);
  for (gsize i = 0; i < G_N_ELEMENTS (page_acts); i++)
    gtk_widget_class_install_action (widget_class, page_acts[i].action, "s", on_act);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/stations/stations-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituStationsPage, sync);
  gtk_widget_class_bind_template_child (widget_class, GuituStationsPage, state);
  gtk_widget_class_bind_template_child (widget_class, GuituStationsPage, stations);
  gtk_widget_class_bind_template_child (widget_class, GuituStationsPage, sticks);
  gtk_widget_class_bind_template_child (widget_class, GuituStationsPage, desks);
  gtk_widget_class_bind_template_child (widget_class, GuituStationsPage, network);
  gtk_widget_class_bind_template_child (widget_class, GuituStationsPage, invite_desk);
}

static void
guitu_stations_page_init (GuituStationsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_section_set_row (self->state, guitu_station_note_row);
  guitu_section_set_row (self->stations, guitu_station_row);
  guitu_section_set_row (self->sticks, guitu_station_note_row);
  guitu_section_set_row (self->desks, guitu_desk_row);
  guitu_section_set_row (self->network, guitu_station_note_row);
  guitu_name_buttons (GTK_WIDGET (self));
}
