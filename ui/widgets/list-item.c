/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/list-item.h"

struct _GuituListItem
{
  GObject parent_instance;
  JsonObject *object;
};

G_DEFINE_FINAL_TYPE (GuituListItem, guitu_list_item, G_TYPE_OBJECT)

static void
guitu_list_item_finalize (GObject *object)
{
  g_clear_pointer (&GUITU_LIST_ITEM (object)->object, json_object_unref);
  G_OBJECT_CLASS (guitu_list_item_parent_class)->finalize (object);
}

static void
guitu_list_item_class_init (GuituListItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guitu_list_item_finalize;
}

static void
guitu_list_item_init (GuituListItem *self)
{
}

GuituListItem *
guitu_list_item_new (JsonObject *object)
{
  GuituListItem *self = g_object_new (GUITU_TYPE_LIST_ITEM, NULL);

  self->object = json_object_ref (object);
  return self;
}

JsonObject *
guitu_list_item_get_object (GuituListItem *self)
{
  g_return_val_if_fail (GUITU_IS_LIST_ITEM (self), NULL);
  return self->object;
}

JsonObject *
guitu_list_item_at (GListModel *items, guint position)
{
  g_autoptr (GuituListItem) item = g_list_model_get_item (items, position);

  return item != NULL ? item->object : NULL;
}

static GPtrArray *
items_of (JsonArray *array)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (items, guitu_list_item_new (json_node_get_object (node)));
    }
  return items;
}

void
guitu_list_item_fill (GListStore *store, JsonArray *array)
{
  g_autoptr (GPtrArray) items = items_of (array);

  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), items->pdata, items->len);
}

static gboolean
is_same (GListStore *store, guint position, GuituListItem *item)
{
  g_autoptr (GuituListItem) old = g_list_model_get_item (G_LIST_MODEL (store), position);

  return json_object_equal (old->object, item->object);
}

void
guitu_list_item_update (GListStore *store, JsonArray *array)
{
  g_autoptr (GPtrArray) items = items_of (array);
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint n_least = MIN (n_old, items->len);
  guint before = 0, after = 0;

  while (before < n_least && is_same (store, before, items->pdata[before]))
    before++;
  while (after < n_least - before && is_same (store, n_old - 1 - after, items->pdata[items->len - 1 - after]))
    after++;
  if (before + after < MAX (n_old, items->len))
    g_list_store_splice (store, before, n_old - before - after, items->pdata + before, items->len - before - after);
}
