/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One JSON object in a GListModel. */

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUITU_TYPE_LIST_ITEM (guitu_list_item_get_type ())
G_DECLARE_FINAL_TYPE (GuituListItem, guitu_list_item, GUITU, LIST_ITEM, GObject)

GuituListItem *guitu_list_item_new (JsonObject *object);

/** (transfer none) */
JsonObject *guitu_list_item_get_object (GuituListItem *record);

/** The object at @position of a model of such items, or %NULL. (transfer none) */
JsonObject *guitu_list_item_at (GListModel *items, guint position);

/** Puts the objects of @array, %NULL for none, in place of what @store holds. */
void guitu_list_item_fill (GListStore *store, JsonArray *array);

/**
 * The same, but rows at both ends that hold the same already stay, with their widgets, selection and
 * focus. For rows whose words follow from their object alone.
 */
void guitu_list_item_update (GListStore *store, JsonArray *array);

G_END_DECLS
