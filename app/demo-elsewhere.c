/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/demo-tracing.h"

#include "app/after-exchange.h"
#include "app/folder.h"
#include "app/stations.h"

#define CODE "431382001"
#define NAME "涟源市救助管理站（演示）"
#define REGION "431382"
#define PHONE "0738-0000000"
#define USER "liu"

struct _GuituDemoElsewhere
{
  char *folder;
  GuituStore *store;
  GuituSession session;
};

void
guitu_demo_elsewhere_free (GuituDemoElsewhere *self)
{
  g_clear_pointer (&self->store, guitu_store_close);
  if (self->folder != NULL)
    guitu_folder_remove (self->folder);
  g_free (self->folder);
  g_free (self->session.id);
  g_free (self);
}

static GuituRecord *
new_station (const GuituKeys *keys)
{
  GuituRecord *station = guitu_record_new (&guitu_kind_station);
  g_autofree char *key = guitu_key_to_text (keys->station_public, sizeof keys->station_public);
  g_autofree char *box_key = guitu_key_to_text (keys->box_public, sizeof keys->box_public);

  guitu_record_set_text (station, GUITU_STATION_CODE, CODE);
  guitu_record_set_text (station, GUITU_STATION_NAME, NAME);
  guitu_record_set_text (station, GUITU_STATION_REGION, REGION);
  guitu_record_set_text (station, GUITU_STATION_PHONE, PHONE);
  guitu_record_set_text (station, GUITU_STATION_KEY, key);
  guitu_record_set_text (station, GUITU_STATION_BOX_KEY, box_key);
  guitu_record_set_text (station, GUITU_STATION_STATE, "active");
  return station;
}

/* Whoever works there has no password: nobody logs in. */
static gboolean
put_first_records (GuituDemoElsewhere *self,
                   GuituRecord *station,
                   GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (self->store, NULL, "init", error);
  g_autoptr (GuituRecord) user = guitu_record_new (&guitu_kind_user);

  guitu_record_set_text (user, GUITU_USER_NAME, USER);
  guitu_record_set_text (user, GUITU_USER_ROLE, "caseworker");
  guitu_record_set_text (user, GUITU_USER_STATE, "active");
  self->session = (GuituSession){ .id = g_strdup (guitu_record_id (user)), .name = USER, .role = GUITU_ROLE_CASEWORKER };
  return transaction != NULL && guitu_transaction_put (transaction, station, error) && guitu_transaction_put (transaction, user, error) &&
         guitu_transaction_commit (transaction, error);
}

static gboolean
trust (GuituCall *call,
       const GuituRecord *station,
       const GuituKeys *keys,
       GError **error)
{
  g_autofree char *text = guitu_card_text (station, keys);
  g_autoptr (GBytes) content = g_bytes_new_static (text, strlen (text));
  g_autoptr (GuituRecord) card = guitu_card_read (content, error);
  g_autoptr (GuituTransaction) transaction = card == NULL ? NULL : guitu_call_write (call, error);

  return transaction != NULL && guitu_card_trust (transaction, card, error) && guitu_transaction_commit (transaction, error);
}

GuituDemoElsewhere *
guitu_demo_elsewhere_new (GuituCall *call,
                          GError **error)
{
  g_autoptr (GuituDemoElsewhere) self = g_new0 (GuituDemoElsewhere, 1);
  g_autoptr (GuituKeys) keys = guitu_keys_new_station (CODE);
  g_autoptr (GuituRecord) station = new_station (keys);

  self->folder = g_dir_make_tmp ("guitu-demo-XXXXXX", error);
  self->store = self->folder == NULL ? NULL : guitu_store_create (self->folder, keys, error);
  if (self->store == NULL || !put_first_records (self, station, error) || !trust (call, station, keys, error))
    return NULL;
  return g_steal_pointer (&self);
}

GuituStore *
guitu_demo_elsewhere_store (GuituDemoElsewhere *self)
{
  return self->store;
}

const GuituSession *
guitu_demo_elsewhere_session (GuituDemoElsewhere *self)
{
  return &self->session;
}

gboolean
guitu_demo_elsewhere_carry (GuituDemoElsewhere *self,
                            GuituCall *call,
                            GError **error)
{
  const GuituKeys *ours = guitu_store_keys (call->store);
  g_autofree char *path = g_build_filename (self->folder, "carried.gtb", NULL);
  g_autoptr (GuituReceipt) receipt = NULL;
  GuituPeer peer = { .code = ours->station };
  guint64 count;

  memcpy (peer.box_key, ours->box_public, sizeof peer.box_key);
  if (!guitu_bundle_export (self->store, path, &peer, &count, error))
    return FALSE;
  receipt = guitu_bundle_import (call->store, path, error);
  return receipt != NULL && guitu_after_exchange (call, error);
}
