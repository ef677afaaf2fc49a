/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/match-features.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- Days ------------------------------------------------------------------------------------------ */

guint16
_guitu_day_of (int year,
               int month,
               int day)
{
  GDate date, epoch;
  gint days;

  if (year < GUITU_BIRTH_EPOCH_YEAR || year > 2058 || !g_date_valid_dmy (day, month, year))
    return 0;
  g_date_clear (&date, 1);
  g_date_clear (&epoch, 1);
  g_date_set_dmy (&date, day, month, year);
  g_date_set_dmy (&epoch, 1, G_DATE_JANUARY, GUITU_BIRTH_EPOCH_YEAR);
  days = g_date_days_between (&epoch, &date) + 1;
  return days;
}

typedef struct
{
  guint8 year; /* since the first */
  guint8 month;
  guint8 day;
} Day;

static const Day *
get_days (void)
{
  static Day *days;

  if (g_once_init_enter (&days))
    {
      Day *made = g_new0 (Day, G_MAXUINT16 + 1);
      Day day = { 0, 1, 1 };

      for (guint i = 1; i <= G_MAXUINT16; i++)
        {
          made[i] = day;
          if (++day.day <= g_date_get_days_in_month (day.month, GUITU_BIRTH_EPOCH_YEAR + day.year))
            continue;
          day.day = 1;
          day.month = day.month % 12 + 1;
          day.year += day.month == 1;
        }
      g_once_init_leave (&days, made);
    }
  return days;
}

void
_guitu_day_split (guint16 day,
                  int *year,
                  int *month,
                  int *day_of_month)
{
  const Day *found = &get_days ()[day];

  *year = GUITU_BIRTH_EPOCH_YEAR + found->year;
  *month = found->month;
  *day_of_month = found->day;
}

/** The first or last day of what @text says: a year, a month or a day. */
static guint16
read_day (const char *text,
          gboolean last)
{
  int year = 0, month = last ? 12 : 1, day = 0;

  if (text == NULL || sscanf (text, "%4d-%2d-%2d", &year, &month, &day) < 1 || month < 1 || month > 12 || year < 1)
    return 0;
  if (day == 0)
    day = last ? g_date_get_days_in_month (month, year) : 1;
  return _guitu_day_of (year, month, day);
}

static void
add_birth (GuituFeatures *features,
           guint16 from,
           guint16 to,
           const char *text)
{
  if (from != 0 && from <= to && features->n_births < GUITU_FEATURE_BIRTHS)
    features->births[features->n_births++] = (GuituBirthFeature){ from, to, text };
}

static void
read_birth (GuituFeatures *features)
{
  const GuituMatchSide *side = features->side;
  const char *from = side->birth_from != NULL && side->birth_from[0] != '\0' ? side->birth_from : side->birth_to;
  const char *to = side->birth_to != NULL && side->birth_to[0] != '\0' ? side->birth_to : from;

  add_birth (features, read_day (from, FALSE), read_day (to, TRUE), NULL);
}

/** Whether there is anything to read: what is no UTF-8 says nothing. */
static gboolean
is_text (const char *text)
{
  return text != NULL && text[0] != '\0' && g_utf8_validate (text, -1, NULL);
}

/* --- Numbers --------------------------------------------------------------------------------------- */

static void
add_phone (GuituFeatures *features,
           const char *digits,
           gsize length)
{
  if (length < 7 || features->n_phones == GUITU_FEATURE_PHONES)
    return;
  if (length >= 13 && strncmp (digits, "86", 2) == 0)
    {
      digits += 2;
      length -= 2;
    }
  g_strlcpy (features->phones[features->n_phones++], digits, MIN (length + 1, GUITU_NUMBER_SIZE));
}

/** Runs of digits, of which some may be unreadable (?, x, *, □); blanks and dashes may lie between. */
static void
read_phones (GuituFeatures *features,
             const char *text)
{
  char digits[GUITU_NUMBER_SIZE];
  gsize n = 0;

  for (const char *p = is_text (text) ? text : ""; p != NULL; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);
      int value = g_unichar_digit_value (character);

      if (value < 0 && character != 0 && (g_utf8_strchr ("?？xX*□", -1, character) != NULL) && n > 0 && n + 1 < sizeof digits)
        digits[n++] = '?';
      else if (value >= 0 && n + 1 < sizeof digits)
        digits[n++] = '0' + value;
      else if (n == 0 || (character != ' ' && character != '-' && character != '(' && character != ')'))
        {
          digits[n] = '\0';
          add_phone (features, digits, n);
          n = 0;
        }
      if (character == 0)
        break;
    }
}

/** Letters and digits; a number of 15 places (until 1999) as the one of 18 that took its place. */
static void
read_id_number (GuituFeatures *features,
                const char *text)
{
  char *number = features->id_number;
  gsize n = 0;

  for (; text != NULL && *text != '\0' && n + 1 < GUITU_NUMBER_SIZE; text++)
    if (g_ascii_isalnum (*text) || *text == '?' || *text == '*')
      number[n++] = *text == '*' ? '?' : g_ascii_toupper (*text);
  number[n] = '\0';
  if (n == 15 && strspn (number, "0123456789") == 15)
    {
      memmove (number + 8, number + 6, 9);
      memcpy (number + 6, "19", 2);
      number[17] = '?'; /* the check digit says nothing more */
      number[18] = '\0';
    }
}

/* --- Places ---------------------------------------------------------------------------------------- */

static void
add_place (GuituPlaceFeature *places,
           guint8 *n_places,
           guint max,
           GuituPlaceId place,
           const char *text)
{
  for (guint i = 0; i < *n_places; i++)
    if (places[i].place == place)
      return;
  if (place != GUITU_PLACE_NONE && *n_places < max)
    places[(*n_places)++] = (GuituPlaceFeature){ place, text };
}

/** How a place that is no region by its characters may be one by its sound: 红湖（音） for 洪湖. */
static guint
hear_places (const char *text,
             GuituPlaceId *found,
             guint max)
{
  g_autofree char *plain = _guitu_text_plain (text);
  GuituUnitId units[24];
  guint n = 0;

  for (const char *p = plain; *p != '\0' && n < G_N_ELEMENTS (units); p = g_utf8_next_char (p))
    {
      GuituUnitId unit = _guitu_unit_of_han (g_utf8_get_char (p));

      if (unit != GUITU_UNIT_NONE)
        units[n++] = unit;
    }
  return n < 2 ? 0 : _guitu_places_heard (units, n, found, max);
}

static void
read_home (GuituFeatures *features,
           const char *text,
           gboolean is_heard)
{
  GuituPlaceId found[GUITU_FEATURE_PLACES];
  guint n;

  if (!is_text (text))
    return;
  if (g_ascii_isdigit (text[0]))
    {
      add_place (features->homes, &features->n_homes, GUITU_FEATURE_PLACES, _guitu_place_of_code (text), text);
      return;
    }
  n = _guitu_places_read (text, found, G_N_ELEMENTS (found));
  if (n == 0 && is_heard)
    n = hear_places (text, found, 2);
  for (guint i = 0; i < n; i++)
    add_place (features->homes, &features->n_homes, GUITU_FEATURE_PLACES, found[i], text);
}

static void
read_accent (GuituFeatures *features,
             const char *text)
{
  GuituPlaceId found[GUITU_FEATURE_ACCENTS];
  guint n = !is_text (text) ? 0 : _guitu_accents_read (text, found, G_N_ELEMENTS (found));

  for (guint i = 0; i < n; i++)
    add_place (features->accents, &features->n_accents, GUITU_FEATURE_ACCENTS, found[i], text);
}

/** What a resident number tells, where nothing else does: a number with a wrong digit is a clue as well. */
static void
read_number_parts (GuituFeatures *features)
{
  const char *number = features->id_number;
  char day[11];

  if (strlen (number) != 18)
    return;
  g_snprintf (day, sizeof day, "%.4s-%.2s-%.2s", number + 6, number + 10, number + 12);
  if (features->n_births == 0 && strspn (number + 6, "0123456789") >= 8)
    add_birth (features, read_day (day, FALSE), read_day (day, FALSE), NULL);
  if (features->n_homes == 0)
    add_place (features->homes, &features->n_homes, GUITU_FEATURE_PLACES, _guitu_place_of_code (number), features->side->id_number);
  if (features->sex == 0 && g_ascii_isdigit (number[16]))
    features->sex = (number[16] - '0') % 2 == 1 ? 1 : 2;
}

/* --- Statements ------------------------------------------------------------------------------------ */

static void
read_said_home (GuituFeatures *features,
                const GuituMatchStatement *statement)
{
  GuituUnitId units[16];
  GuituPlaceId found[2];
  guint n_units = statement->sound == NULL ? 0 : _guitu_pinyin_parse (statement->sound, units, G_N_ELEMENTS (units));
  guint before = features->n_homes, n;

  if (is_text (statement->text) && strstr (statement->text, "口音") != NULL)
    read_accent (features, statement->text);
  else
    read_home (features, statement->text, TRUE);
  n = features->n_homes == before && n_units >= 2 ? _guitu_places_heard (units, n_units, found, G_N_ELEMENTS (found)) : 0;
  for (guint i = 0; i < n; i++)
    add_place (features->homes, &features->n_homes, GUITU_FEATURE_PLACES, found[i], statement->sound);
}

static void
read_statement (GuituFeatures *features,
                const GuituMatchStatement *statement)
{
  const char *about = statement->about == NULL ? "other" : statement->about;
  const char *text = is_text (statement->text) ? statement->text : "";
  int year = statement->heard_at == NULL ? 0 : atoi (statement->heard_at);
  GuituBirthFeature birth;

  if (strcmp (about, "name") == 0)
    _guitu_names_hear (features, statement);
  else if (strcmp (about, "home") == 0)
    read_said_home (features, statement);
  else if (strcmp (about, "age") == 0 && _guitu_age_read (text, year, &birth))
    add_birth (features, birth.from, birth.to, text);
  else if (strcmp (about, "kin") == 0)
    {
      _guitu_kin_read (features, text);
      read_phones (features, text);
    }
  else if (strcmp (about, "phone") == 0)
    read_phones (features, text);
}

/* --- All ------------------------------------------------------------------------------------------- */

void
guitu_features_init (GuituFeatures *features,
                     const GuituMatchSide *side)
{
  *features = (GuituFeatures){ .side = side };
  _guitu_names_read (features, side->name, FALSE);
  _guitu_names_read (features, side->alias, TRUE);
  if (side->sex != NULL && (side->sex[0] == '1' || side->sex[0] == '2'))
    features->sex = side->sex[0] - '0';
  read_birth (features);
  read_home (features, side->household, FALSE);
  read_home (features, side->address, FALSE);
  read_accent (features, side->accent);
  features->height = CLAMP (side->height_cm, 0, 255);
  features->nation = side->nation == NULL ? 0 : CLAMP (atoi (side->nation), 0, 96);
  if (is_text (side->marks))
    features->n_marks = _guitu_marks_read (side->marks, features->marks, GUITU_FEATURE_MARKS);
  read_phones (features, side->phone);
  read_id_number (features, side->id_number);
  if (side->kin != NULL)
    {
      _guitu_kin_read (features, side->kin);
      read_phones (features, side->kin);
    }
  read_number_parts (features);
  for (guint i = 0; i < side->n_statements; i++)
    read_statement (features, &side->statements[i]);
}
