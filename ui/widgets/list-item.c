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

void
guitu_list_item_fill (GListStore *store, JsonArray *array)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (records, guitu_list_item_new (json_node_get_object (node)));
    }
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), records->pdata, records->len);
}
