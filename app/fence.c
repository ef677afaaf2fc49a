/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/fence-private.h"

#include "app/house.h"
#include "app/links.h"

#include <string.h>

static const struct
{
  GuituFence fence;
  const char *code;   /* of the list "fence", but for minors */
  const char *right;  /* who sees them */
  const char *reason; /* of a stay that makes one */
} fences_known[] = {
  { GUITU_FENCE_VIOLENCE, "violence", "see violence", "domestic-violence" },
  { GUITU_FENCE_TRAFFICKING, "trafficking", "see trafficking", "trafficked" },
  { GUITU_FENCE_MINORS, "minors", "see minors", NULL },
};

const char *
_guitu_fence_code (guint fences)
{
  for (guint i = 0; i < G_N_ELEMENTS (fences_known); i++)
    if (fences & fences_known[i].fence)
      return fences_known[i].code;
  return NULL;
}

/* --- Who is fenced --------------------------------------------------------------------------- */

static guint
fences_of_code (const char *code)
{
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (fences_known); i++)
    if (strcmp (code, fences_known[i].code) == 0)
      return fences_known[i].fence;
  return GUITU_FENCE_NONE;
}

static guint
fences_of_reason (const char *reason)
{
  for (guint i = 0; reason != NULL && i < G_N_ELEMENTS (fences_known); i++)
    if (g_strcmp0 (reason, fences_known[i].reason) == 0)
      return fences_known[i].fence;
  return GUITU_FENCE_NONE;
}

/* Two desks that wrote at once may disagree about a fence: until somebody settles it, it holds. */
static gboolean
add_disputed (GuituTransaction *transaction,
              const GuituRecord *record,
              guint *fences,
              GError **error)
{
  g_autoptr (GPtrArray) conflicts = guitu_conflicts_list (transaction, guitu_record_id (record), error);

  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    {
      const GuituConflict *conflict = conflicts->pdata[i];
      gboolean is_fence = strcmp (conflict->field, guitu_kind_person.fields[GUITU_PERSON_FENCE].name) == 0;
      gboolean is_reason = strcmp (conflict->field, guitu_kind_stay.fields[GUITU_STAY_REASON].name) == 0;

      for (guint j = 0; (is_fence || is_reason) && j < conflict->values->len; j++)
        {
          const char *value = ((const GuituHistoryItem *) conflict->values->pdata[j])->value;

          *fences |= is_fence ? fences_of_code (value) : fences_of_reason (value);
        }
    }
  return conflicts != NULL;
}

static gboolean
add_person (GuituTransaction *transaction,
            const GuituRecord *person,
            guint *fences,
            GError **error)
{
  g_autofree char *today = guitu_today ();

  *fences |= fences_of_code (guitu_record_text (person, GUITU_PERSON_FENCE));
  if (guitu_person_may_be_minor (person, today))
    *fences |= GUITU_FENCE_MINORS;
  return add_disputed (transaction, person, fences, error);
}

static gboolean
add_stays (GuituTransaction *transaction,
           GPtrArray *stays,
           guint *fences,
           gboolean *is_here,
           GError **error)
{
  *is_here = FALSE;
  for (guint i = 0; i < stays->len; i++)
    {
      *is_here |= !guitu_record_is_set (stays->pdata[i], GUITU_STAY_LEFT_AT);
      *fences |= fences_of_reason (guitu_record_text (stays->pdata[i], GUITU_STAY_REASON));
      if (!add_disputed (transaction, stays->pdata[i], fences, error))
        return FALSE;
    }
  return TRUE;
}

/* All fences, also that of a minor who is in the house. Returns: (transfer full): the person's stays. */
GPtrArray *
_guitu_fence_read (GuituTransaction *transaction,
                   const char *person_id,
                   guint *fences,
                   gboolean *is_here,
                   GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person_id, error);
  g_autoptr (GPtrArray) stays = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);

  *fences = GUITU_FENCE_NONE;
  if (stays == NULL)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (GuituRecord) person = guitu_record_load (transaction, &guitu_kind_person, ids->pdata[i], &failure);

      if (person != NULL && !add_person (transaction, person, fences, error))
        return NULL;
      if (person == NULL && !g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  return add_stays (transaction, stays, fences, is_here, error) ? g_steal_pointer (&stays) : NULL;
}

gboolean
guitu_fence_of (GuituTransaction *transaction,
                const char *person_id,
                guint *fences,
                GError **error)
{
  gboolean is_here;
  g_autoptr (GPtrArray) stays = _guitu_fence_read (transaction, person_id, fences, &is_here, error);

  if (stays == NULL)
    return FALSE;
  if (is_here)
    *fences &= ~GUITU_FENCE_MINORS;
  return TRUE;
}

gboolean
guitu_fence_protects (GuituTransaction *transaction,
                      const char *person_id,
                      gboolean *protects,
                      GError **error)
{
  guint fences;

  if (!guitu_fence_of (transaction, person_id, &fences, error))
    return FALSE;
  *protects = (fences & (GUITU_FENCE_VIOLENCE | GUITU_FENCE_TRAFFICKING)) != 0;
  return TRUE;
}

guint
guitu_fence_hides (GuituCall *call,
                   guint fences)
{
  guint hiding = GUITU_FENCE_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (fences_known); i++)
    if ((fences & fences_known[i].fence) && !guitu_call_may (call, fences_known[i].right))
      hiding |= fences_known[i].fence;
  return hiding;
}

gboolean
guitu_fence_check (GuituCall *call,
                   GuituTransaction *transaction,
                   const char *person_id,
                   guint *hiding,
                   GError **error)
{
  *hiding = GUITU_FENCE_NONE;
  if (guitu_fence_hides (call, ~0u) == GUITU_FENCE_NONE)
    return TRUE;
  if (!guitu_fence_of (transaction, person_id, hiding, error))
    return FALSE;
  *hiding = guitu_fence_hides (call, *hiding);
  return TRUE;
}

/* The roles that see behind these fences, "个案、站长". */
char *
_guitu_fence_whom_to_ask (guint hiding)
{
  const GuituCode *const *roles = guitu_codes_list ("role", NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; roles[i] != NULL; i++)
    {
      gboolean sees = TRUE;

      for (guint j = 0; j < G_N_ELEMENTS (fences_known); j++)
        if (hiding & fences_known[j].fence)
          sees &= guitu_rights_allow (1u << i, fences_known[j].right);
      if (sees)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "、" : "", roles[i]->chinese);
    }
  return g_string_free (text, FALSE);
}

gboolean
_guitu_fence_refuse_hidden (guint hiding,
                            GError **error)
{
  g_autofree char *roles = hiding == GUITU_FENCE_NONE ? NULL : _guitu_fence_whom_to_ask (hiding);

  return hiding == GUITU_FENCE_NONE ||
         guitu_fail (error, GUITU_ERROR_REFUSED, "fenced", NULL, "This record is protected (%s); ask %s", _guitu_fence_code (hiding), roles);
}

gboolean
guitu_fence_refuse (GuituCall *call,
                    GuituTransaction *transaction,
                    const char *person_id,
                    GError **error)
{
  guint hiding;

  return guitu_fence_check (call, transaction, person_id, &hiding, error) && _guitu_fence_refuse_hidden (hiding, error);
}
