/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* strverscmp */
#include "app/beds.h"

#include <string.h>

static const struct
{
  GuituBedRules rule;
  const char *code; /* of the list bed_rule */
} rule_codes[] = {
  { GUITU_BED_UNKNOWN, "unknown" },
  { GUITU_BED_CLOSED, "closed" },
  { GUITU_BED_ROOM_CLOSED, "room-closed" },
  { GUITU_BED_TAKEN, "taken" },
  { GUITU_BED_MIXED_SEX, "mixed-sex" },
  { GUITU_BED_MINOR_APART, "minor-apart" },
  { GUITU_BED_ISOLATION, "isolation" },
  { GUITU_BED_FAMILY, "family" },
};

GuituZone
guitu_zone_parse (const char *code)
{
  static const char *const codes[] = { "", "men", "women", "minors", "family", "isolation", "care" };

  for (guint i = 1; code != NULL && i < G_N_ELEMENTS (codes); i++)
    if (strcmp (codes[i], code) == 0)
      return i;
  return GUITU_ZONE_UNKNOWN;
}

GStrv
guitu_bed_rule_codes (GuituBedRules rules)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rule_codes); i++)
    if (rules & rule_codes[i].rule)
      g_strv_builder_add (builder, rule_codes[i].code);
  return g_strv_builder_end (builder);
}

static gboolean
is_known_sex (char sex)
{
  return sex == '1' || sex == '2';
}

static gboolean
are_related (const GuituBedGuest *a,
             const GuituBedGuest *b)
{
  return a->family != NULL && b->family != NULL && strcmp (a->family, b->family) == 0;
}

/* Rooms in which the members of a family stay together whatever their sex. */
static gboolean
keeps_families (const GuituBedRoom *room)
{
  return room->zone == GUITU_ZONE_FAMILY || room->zone == GUITU_ZONE_ISOLATION || room->zone == GUITU_ZONE_UNKNOWN;
}

/* Somebody of unknown sex sleeps alone, or with their family. */
static gboolean
are_of_mixed_sex (const GuituBedGuest *a,
                  const GuituBedGuest *b,
                  const GuituBedRoom *room)
{
  if (is_known_sex (a->sex) && a->sex == b->sex)
    return FALSE;
  return !(keeps_families (room) && are_related (a, b));
}

/* An estimated age counts against both sides: who may be a child is not put beside an adult, and
 * who may be an adult not beside a child. */
static gboolean
are_minor_and_adult (const GuituBedGuest *a,
                     const GuituBedGuest *b)
{
  if (are_related (a, b))
    return FALSE;
  return (a->may_be_minor && b->may_be_adult) || (b->may_be_minor && a->may_be_adult);
}

/* The infectious lie together; who is only watched lies alone. */
static gboolean
breaks_isolation (const GuituBedGuest *a,
                  const GuituBedGuest *b,
                  const GuituBedRoom *room)
{
  if (a->is_infectious != b->is_infectious)
    return TRUE;
  return room->zone == GUITU_ZONE_ISOLATION && !a->is_infectious;
}

static GuituBedRules
check_pair (const GuituBedGuest *a,
            const GuituBedGuest *b,
            const GuituBedRoom *room)
{
  GuituBedRules rules = GUITU_BED_IS_FINE;

  if (are_of_mixed_sex (a, b, room))
    rules |= GUITU_BED_MIXED_SEX;
  if (are_minor_and_adult (a, b))
    rules |= GUITU_BED_MINOR_APART;
  if (breaks_isolation (a, b, room))
    rules |= GUITU_BED_ISOLATION;
  if (room->zone == GUITU_ZONE_FAMILY && !are_related (a, b))
    rules |= GUITU_BED_FAMILY;
  return rules;
}

/* What the room says, whoever else is in it. */
static GuituBedRules
check_room (const GuituBedGuest *guest,
            const GuituBedRoom *room)
{
  GuituBedRules rules = GUITU_BED_IS_FINE;
  char room_sex = room->zone == GUITU_ZONE_MEN     ? '1'
                  : room->zone == GUITU_ZONE_WOMEN ? '2'
                                                   : room->sex;

  if (is_known_sex (room_sex) && is_known_sex (guest->sex) && room_sex != guest->sex)
    rules |= GUITU_BED_MIXED_SEX;
  if (room->zone == GUITU_ZONE_MINORS && !guest->may_be_minor)
    rules |= GUITU_BED_MINOR_APART;
  if (guest->is_infectious && room->is_declared && room->zone != GUITU_ZONE_ISOLATION)
    rules |= GUITU_BED_ISOLATION;
  return rules;
}

static GuituBedRules
check_number (const GuituBedRoom *room,
              int number)
{
  if (!room->is_declared)
    return GUITU_BED_IS_FINE;
  if (number < 1 || number > room->n_beds)
    return GUITU_BED_UNKNOWN;
  return (room->is_closed ? GUITU_BED_ROOM_CLOSED : 0) |
         ((room->closed_beds >> (number - 1)) & 1 ? GUITU_BED_CLOSED : 0);
}

GuituBedRules
guitu_bed_check (const GuituBedGuest *guest,
                 const GuituBedRoom *room,
                 int number,
                 const GuituBedGuest *others,
                 guint n)
{
  GuituBedRules rules = check_number (room, number) | check_room (guest, room);

  for (guint i = 0; i < n; i++)
    {
      rules |= check_pair (guest, &others[i], room);
      if (g_strcmp0 (guest->bed, others[i].bed) == 0)
        rules |= GUITU_BED_TAKEN;
    }
  return rules;
}

/* --- Names ----------------------------------------------------------------------------------- */

static gboolean
is_digits (const char *text)
{
  return text[0] != '\0' && strspn (text, "0123456789") == strlen (text);
}

char *
guitu_bed_split (const char *bed,
                 int *number)
{
  const char *hyphen = strrchr (bed, '-');

  *number = 0;
  if (hyphen == NULL)
    return g_strdup (bed);
  if (is_digits (hyphen + 1) && strlen (hyphen + 1) <= 4)
    *number = (int) g_ascii_strtoll (hyphen + 1, NULL, 10);
  return g_strndup (bed, hyphen - bed);
}

char *
guitu_bed_normalise (const char *text)
{
  g_autofree char *plain = text == NULL ? NULL : g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  char *hyphen;

  if (plain == NULL || g_strstrip (plain)[0] == '\0')
    return NULL;
  hyphen = strrchr (plain, '-');
  if (hyphen == NULL)
    return g_steal_pointer (&plain);
  *hyphen = '\0';
  g_strstrip (hyphen + 1);
  for (hyphen++; is_digits (hyphen) && hyphen[0] == '0' && hyphen[1] != '\0';)
    hyphen++;
  return g_strconcat (g_strchomp (plain), "-", hyphen, NULL);
}

int
guitu_natural_compare (const char *a,
                       const char *b)
{
  return strverscmp (a, b);
}

/* --- Where people are ------------------------------------------------------------------------ */

static const struct
{
  const char *event;
  const char *from[4];
  const char *to;
} moves_of_people[] = {
  { "absence", { "house" }, "leave" },
  { "return", { "leave" }, "house" },
  { "hospital", { "house", "leave", "missing" }, "hospital" },
  { "discharge", { "hospital" }, "house" },
  { "missing", { "house", "leave", "hospital" }, "missing" },
  { "found", { "missing" }, "house" },
};

const char *
guitu_where_after (const char *where,
                   const char *event,
                   gboolean *moves)
{
  *moves = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (moves_of_people); i++)
    {
      if (strcmp (moves_of_people[i].event, event) != 0)
        continue;
      *moves = TRUE;
      for (guint j = 0; j < G_N_ELEMENTS (moves_of_people[i].from) && moves_of_people[i].from[j] != NULL; j++)
        if (strcmp (moves_of_people[i].from[j], where == NULL ? "house" : where) == 0)
          return moves_of_people[i].to;
    }
  return NULL;
}
