/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case-places.h"

#include "app/place-guess.h"
#include "app/regions.h"

#include <string.h>

#define LEVELS 3
#define CODE_LENGTH 6
#define GUESSES_OF_A_TEXT 2 /* as many as one text can name for certain: whence and whither */

typedef struct
{
  char code[CODE_LENGTH + 1];
  guint level;
  guint times;
  guint weight; /* times of the province in which it lies */
  JsonArray *named;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  json_array_unref (place->named);
  g_free (place);
}

/* --- Naming ---------------------------------------------------------------------------------- */

static guint
level_of (const char *code)
{
  return strcmp (code + 2, "0000") == 0 ? 0 : strcmp (code + 4, "00") == 0 ? 1
                                                                           : 2;
}

/* A level that only holds a place in the numbering has no name of its own. */
static gboolean
is_placeholder (const char *code, const char *above)
{
  g_autofree char *name = guitu_regions_full_name (code);
  g_autofree char *name_above = guitu_regions_full_name (above);

  return g_strcmp0 (name, name_above) == 0;
}

static Place *
take_place (GPtrArray *places, const char *code)
{
  Place *place;

  for (guint i = 0; i < places->len; i++)
    if (strcmp (((Place *) places->pdata[i])->code, code) == 0)
      return places->pdata[i];
  place = g_new0 (Place, 1);
  g_strlcpy (place->code, code, sizeof place->code);
  place->level = level_of (code);
  place->named = json_array_new ();
  g_ptr_array_add (places, place);
  return place;
}

static void
name_place (GPtrArray *places, const char *code, const char *by, const char *text, const char *how)
{
  JsonObject *named;

  if (code == NULL || strlen (code) != CODE_LENGTH || !guitu_regions_exists (code))
    return;
  for (guint level = 0; level <= level_of (code); level++)
    {
      char above[CODE_LENGTH + 1] = "000000", province[CODE_LENGTH + 1] = "000000";

      memcpy (above, code, (level + 1) * 2);
      memcpy (province, code, 2);
      if (guitu_regions_exists (above) && (level == 0 || !is_placeholder (above, province)))
        take_place (places, above)->times++;
    }
  named = json_object_new ();
  json_object_set_string_member (named, "by", by);
  json_object_set_string_member (named, "text", text);
  json_object_set_string_member (named, "how", how);
  json_array_add_object_element (take_place (places, code)->named, named);
}

/* --- Where places are named ------------------------------------------------------------------ */

static const char *
text_of (JsonObject *json, const char *member)
{
  return json_object_get_string_member_with_default (json, member, NULL);
}

/* Whether another of the first @n guesses lies in that place: “宜宾江安” names one place, not two. */
static gboolean
is_around (const char *code, JsonArray *guesses, guint n)
{
  gsize length = (level_of (code) + 1) * 2;

  for (guint i = 0; i < n; i++)
    {
      const char *other = text_of (json_array_get_object_element (guesses, i), "code");

      if (strcmp (other, code) != 0 && strncmp (other, code, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Of what a text may mean, only the surest: what is written in it, else what sounds most like it. */
static void
add_statement (GPtrArray *places, JsonObject *statement)
{
  JsonArray *guesses = json_object_has_member (statement, "places") ? json_object_get_array_member (statement, "places") : NULL;
  guint n = guesses == NULL ? 0 : MIN (json_array_get_length (guesses), GUESSES_OF_A_TEXT);
  const char *best = n == 0 ? NULL : text_of (json_array_get_object_element (guesses, 0), "how");

  for (guint i = 0; i < n; i++)
    {
      JsonObject *guess = json_array_get_object_element (guesses, i);

      if (g_strcmp0 (text_of (guess, "how"), best) == 0 && !is_around (text_of (guess, "code"), guesses, n))
        name_place (places, text_of (guess, "code"), "statement", text_of (statement, "text"), best);
    }
}

static void
add_written (GPtrArray *places, const char *by, const char *text)
{
  g_autoptr (GPtrArray) guesses = text == NULL ? NULL : guitu_place_guesses (text, NULL, 1);

  if (guesses != NULL && guesses->len > 0 && ((GuituPlaceGuess *) guesses->pdata[0])->is_written)
    name_place (places, ((GuituPlaceGuess *) guesses->pdata[0])->code, by, text, "written");
}

static void
add_list (GPtrArray *places, JsonObject *of_case, const char *list, void (*add) (GPtrArray *places, JsonObject *record))
{
  JsonArray *records = json_object_has_member (of_case, list) ? json_object_get_array_member (of_case, list) : NULL;

  for (guint i = 0; records != NULL && i < json_array_get_length (records); i++)
    add (places, json_array_get_object_element (records, i));
}

static void
add_clue (GPtrArray *places, JsonObject *clue)
{
  name_place (places, text_of (clue, "place"), "clue", text_of (clue, "text"), "written");
}

/* --- Telling --------------------------------------------------------------------------------- */

/* Provinces by how often they are named, and what lies in them after them. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *one = *(const Place *const *) a, *two = *(const Place *const *) b;

  if (one->weight != two->weight)
    return one->weight > two->weight ? -1 : 1;
  return strcmp (one->code, two->code);
}

static void
weigh (GPtrArray *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      Place *place = places->pdata[i];
      char province[CODE_LENGTH + 1] = "000000";

      memcpy (province, place->code, 2);
      place->weight = take_place (places, province)->times;
    }
}

JsonArray *
guitu_case_places (JsonObject *of_case)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (place_free);
  JsonObject *person = json_object_get_object_member (of_case, "person");
  JsonArray *array = json_array_new ();

  add_list (places, of_case, "statements", add_statement);
  add_list (places, of_case, "clues", add_clue);
  add_written (places, "accent", text_of (person, "accent"));
  add_written (places, "address", text_of (person, "address"));
  if (text_of (person, "household") != NULL)
    name_place (places, text_of (person, "household"), "household", text_of (person, "household_name"), "written");
  weigh (places);
  g_ptr_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    {
      Place *place = places->pdata[i];
      g_autofree char *full = guitu_regions_full_name (place->code);
      JsonObject *json = json_object_new ();

      json_object_set_string_member (json, "code", place->code);
      json_object_set_string_member (json, "name", guitu_regions_name (place->code));
      json_object_set_string_member (json, "full_name", full);
      json_object_set_int_member (json, "level", place->level);
      json_object_set_int_member (json, "times", place->times);
      json_object_set_array_member (json, "named", json_array_ref (place->named));
      json_array_add_object_element (array, json);
    }
  return array;
}
