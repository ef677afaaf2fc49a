/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/rights.h"

#include "app/codes.h"
#include "app/table.h"
#include "app/verbs.h"

#define N_ROLES 7

typedef struct
{
  const char *name;
  guint roles; /* bits of GuituRole */
  const char *note;
} Right;

typedef struct
{
  GuituTable *table; /* owns all text */
  Right *list;
  guint n;
  GHashTable *by_name; /* name -> Right */
} Rights;

static const char *const columns[] = {
  "right", "intake", "caseworker", "medical", "minors", "manager", "auditor", "administrator", "note", NULL
};

static guint
read_roles (const GuituTable *table,
            guint row)
{
  guint roles = 0;

  for (guint i = 0; i < N_ROLES; i++)
    if (*guitu_table_cell (table, row, 1 + i) != '\0')
      roles |= 1u << i;
  return roles;
}

static Rights *
load (void)
{
  Rights *rights = g_new0 (Rights, 1);

  rights->table = guitu_table_load ("rights.csv", columns);
  rights->n = guitu_table_rows (rights->table);
  rights->list = g_new (Right, rights->n);
  rights->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint row = 0; row < rights->n; row++)
    {
      rights->list[row] = (Right){
        .name = guitu_table_cell (rights->table, row, 0),
        .roles = read_roles (rights->table, row),
        .note = guitu_table_cell (rights->table, row, 1 + N_ROLES),
      };
      if (!g_hash_table_insert (rights->by_name, (gpointer) rights->list[row].name, &rights->list[row]))
        g_error ("rights.csv: \"%s\" is there twice", rights->list[row].name);
    }
  return rights;
}

static const Rights *
all_rights (void)
{
  static Rights *rights = NULL;

  if (g_once_init_enter (&rights))
    g_once_init_leave (&rights, load ());
  return rights;
}

gboolean
guitu_rights_allow (GuituRole role,
                    const char *right)
{
  const Right *found = g_hash_table_lookup (all_rights ()->by_name, right);

  if (found == NULL)
    g_error ("rights.csv: no right \"%s\"", right);
  return (found->roles & role) != 0;
}

GuituRole
guitu_role_parse (const char *code)
{
  const GuituCode *const *roles = guitu_codes_list ("role", NULL);

  for (guint i = 0; roles[i] != NULL; i++)
    if (g_strcmp0 (roles[i]->code, code) == 0)
      return 1 << i;
  return 0;
}

/* --- The table, for whoever asks ---------------------------------------------------------------- */

static gboolean
run_rights (GuituCall *call,
            GError **error)
{
  const char *role = guitu_call_text (call, "role");
  const GuituCode *wanted = role == NULL ? NULL : guitu_codes_parse ("role", role);
  const GuituCode *const *roles = guitu_codes_list ("role", NULL);
  const Rights *rights = all_rights ();

  if (role != NULL && wanted == NULL)
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "role", "There is no role “%s”", role);
  for (guint i = 0; i < rights->n; i++)
    {
      JsonObject *json;
      JsonArray *who;

      if (wanted != NULL && !(rights->list[i].roles & guitu_role_parse (wanted->code)))
        continue;
      json = json_object_new ();
      who = json_array_new ();
      for (guint j = 0; roles[j] != NULL; j++)
        if (rights->list[i].roles & (1u << j))
          json_array_add_string_element (who, roles[j]->code);
      json_object_set_string_member (json, "right", rights->list[i].name);
      json_object_set_string_member (json, "label", guitu_code_label ("right", rights->list[i].name));
      json_object_set_array_member (json, "roles", who);
      json_object_set_string_member (json, "note", rights->list[i].note);
      guitu_call_emit (call, json);
    }
  return TRUE;
}

static const GuituOption rights_options[] = {
  { "role", GUITU_OPTION_TEXT, TRUE, "what this role may do; nothing: all" },
  { NULL },
};

const GuituVerb guitu_verb_rights = {
  "rights", "List who may do and see what", GUITU_VERB_NO_STORE | GUITU_VERB_NO_LOGIN, rights_options, NULL, run_rights
};
