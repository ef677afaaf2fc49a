/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the file of another station to records of this one. What it says was written elsewhere: every field is
 * checked as if it were typed, and what does not pass is left out, since nobody at the door waits for it. */

#include "app/hand-over.h"

#include "app/house.h"
#include "app/links.h"
#include "app/verbs.h"

#include <string.h>

/* --- The person -------------------------------------------------------------------------------- */

/* Local codes of the other station, and what a newer program wrote, are not known here. */
static void
take_what_is_good (GuituRecord *record,
                   JsonObject *json)
{
  const GuituKind *kind = guitu_record_kind (record);

  for (guint i = 0; json != NULL && i < kind->n_fields; i++)
    {
      JsonNode *node = kind->fields[i].type == GUITU_FIELD_REFERENCE ? NULL : json_object_get_member (json, kind->fields[i].name);
      g_autoptr (GError) ignored = NULL;

      if (node != NULL)
        guitu_record_take_member (record, i, node, &ignored);
    }
}

static void
describe_by_seal (GuituRecord *person,
                  const GuituSeal *seal)
{
  const GuituCode *sex = seal->sex == NULL ? NULL : guitu_codes_parse ("sex", seal->sex);
  g_autofree char *from = g_strdup_printf ("%04d-01-01", seal->birth_year);
  g_autofree char *to = g_strdup_printf ("%04d-12-31", seal->birth_year);

  guitu_record_set_text (person, GUITU_PERSON_NAME, seal->surname);
  if (sex != NULL)
    guitu_record_set_text (person, GUITU_PERSON_SEX, sex->code);
  if (seal->birth_year == 0)
    return;
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_FROM, from);
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_TO, to);
}

GuituRecord *
guitu_hand_over_person (JsonObject *content,
                        const GuituSeal *seal)
{
  GuituRecord *person = guitu_record_new (&guitu_kind_person);
  g_autoptr (GError) ignored = NULL;

  if (content != NULL)
    take_what_is_good (person, guitu_member_object (content, "person"));
  else if (seal != NULL)
    describe_by_seal (person, seal);
  if (!guitu_record_is_set (person, GUITU_PERSON_SEX))
    guitu_record_set_text (person, GUITU_PERSON_SEX, "9");
  guitu_record_set_text (person, GUITU_PERSON_FENCE, content == NULL ? NULL : guitu_hand_over_protected (content));
  if (!guitu_person_check (person, &ignored) && guitu_record_is_set (person, GUITU_PERSON_ID_NUMBER) && !guitu_record_is_set (person, GUITU_PERSON_ID_OVERRIDE))
    guitu_record_set_text (person, GUITU_PERSON_ID_OVERRIDE, "移交档案原文如此");
  return person;
}

/* What the paper alone told gives way to the file: “王**”, and a year in the place of a day. */
static gboolean
is_less (const GuituRecord *person,
         int field,
         const GuituRecord *file)
{
  const char *ours = guitu_record_text (person, field);
  const char *theirs = guitu_record_text (file, field);

  if (theirs == NULL && !guitu_record_is_set (file, field))
    return FALSE;
  if (!guitu_record_is_set (person, field))
    return TRUE;
  if (field == GUITU_PERSON_NAME)
    return ours != NULL && g_str_has_suffix (ours, "**");
  if (field == GUITU_PERSON_BIRTH_FROM || field == GUITU_PERSON_BIRTH_TO)
    return ours != NULL && theirs != NULL && strncmp (ours, theirs, 4) == 0 &&
           g_str_has_suffix (ours, field == GUITU_PERSON_BIRTH_FROM ? "-01-01" : "-12-31");
  return field == GUITU_PERSON_SEX && g_strcmp0 (ours, "9") == 0;
}

/* Who verified a number, and what document it is of, says nothing of another number. */
static gboolean
is_of_number (guint field)
{
  return field == GUITU_PERSON_VERIFIED_BY || field == GUITU_PERSON_ID_KIND || field == GUITU_PERSON_ID_OVERRIDE;
}

gboolean
guitu_hand_over_complete_person (GuituTransaction *transaction,
                                 const char *person_id,
                                 JsonObject *content,
                                 GError **error)
{
  g_autoptr (GuituRecord) person = guitu_person_leader (transaction, person_id, error);
  g_autoptr (GuituRecord) file = guitu_hand_over_person (content, NULL);
  gboolean takes_number;

  if (person == NULL)
    return FALSE;
  takes_number = !guitu_record_is_set (person, GUITU_PERSON_ID_NUMBER) ||
                 g_strcmp0 (guitu_record_text (person, GUITU_PERSON_ID_NUMBER), guitu_record_text (file, GUITU_PERSON_ID_NUMBER)) == 0;
  for (guint i = 0; i < guitu_kind_person.n_fields - 1; i++)
    if (i != GUITU_PERSON_PHOTO && (takes_number || !is_of_number (i)) && is_less (person, i, file))
      {
        if (guitu_kind_person.fields[i].type == GUITU_FIELD_INTEGER)
          guitu_record_set_integer (person, i, guitu_record_integer (file, i, 0));
        else
          guitu_record_set_text (person, i, guitu_record_text (file, i));
      }
  return guitu_transaction_put (transaction, person, error);
}

/* --- What hangs on the person ------------------------------------------------------------------ */

typedef struct
{
  GuituCall *call;
  GuituTransaction *transaction;
  const GuituRecord *letter;
  const GuituRecord *stay;
  const char *person;
  char *station; /* who wrote the file, in words */
} Filling;

typedef gboolean (*Add) (const Filling *filling, JsonObject *json, guint number, GError **error);

static gboolean
add_each (const Filling *filling,
          JsonArray *array,
          Add add,
          GError **error)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && !add (filling, json_node_get_object (node), i + 1, error))
        return FALSE;
    }
  return TRUE;
}

/* In the words that were heard there, and with who heard them. */
static gboolean
add_statement (const Filling *filling,
               JsonObject *json,
               guint number G_GNUC_UNUSED,
               GError **error)
{
  g_autoptr (GuituRecord) statement = guitu_record_new (&guitu_kind_statement);
  const char *heard_by = guitu_member_text (json, "heard_by");
  g_autofree char *source = heard_by == NULL ? g_strdup (filling->station) : g_strdup_printf ("%s %s", filling->station, heard_by);

  take_what_is_good (statement, json);
  if (!guitu_record_is_set (statement, GUITU_STATEMENT_TEXT))
    return TRUE;
  guitu_record_set_text (statement, GUITU_STATEMENT_PERSON, filling->person);
  guitu_record_set_text (statement, GUITU_STATEMENT_SOURCE, source);
  return guitu_transaction_put (filling->transaction, statement, error);
}

static gboolean
add_kin (const Filling *filling,
         JsonObject *json,
         guint number G_GNUC_UNUSED,
         GError **error)
{
  g_autoptr (GuituRecord) kin = guitu_record_new (&guitu_kind_kin);

  take_what_is_good (kin, json);
  if (!guitu_record_is_set (kin, GUITU_KIN_KINSHIP))
    guitu_record_set_text (kin, GUITU_KIN_KINSHIP, "other");
  guitu_record_set_text (kin, GUITU_KIN_PERSON, filling->person);
  return guitu_transaction_put (filling->transaction, kin, error);
}

/* --- Belongings -------------------------------------------------------------------------------- */

/* What was found for the number of the list; NULL: as listed. */
static JsonObject *
find_checked (JsonArray *checked,
              guint number)
{
  for (guint i = 0; checked != NULL && i < json_array_get_length (checked); i++)
    {
      JsonObject *found = json_array_get_object_element (checked, i);

      if (json_object_get_int_member_with_default (found, "item", 0) == number)
        return found;
    }
  return NULL;
}

static gboolean
add_belonging (const Filling *filling,
               GuituRecord *belonging,
               gint64 count,
               GError **error)
{
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (belonging, GUITU_BELONGING_STAY, guitu_record_id (filling->stay));
  guitu_record_set_integer (belonging, GUITU_BELONGING_COUNT, count);
  guitu_record_set_text (belonging, GUITU_BELONGING_STATE, "held");
  guitu_record_set_text (belonging, GUITU_BELONGING_IN_AT, now);
  if (filling->call->session != NULL)
    guitu_record_set_text (belonging, GUITU_BELONGING_IN_BY, filling->call->session->id);
  return guitu_transaction_put (filling->transaction, belonging, error);
}

/* Each thing of the list as it was found; what differs is told in words. */
static gboolean
add_belongings (const Filling *filling,
                JsonArray *list,
                JsonArray *checked,
                GString *differences,
                GError **error)
{
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      g_autoptr (GuituRecord) belonging = guitu_record_new (&guitu_kind_belonging);
      JsonObject *found = find_checked (checked, i + 1);
      gint64 listed, count;
      const char *note = guitu_member_text (found, "note");

      if (JSON_NODE_HOLDS_OBJECT (node))
        take_what_is_good (belonging, json_node_get_object (node));
      if (!guitu_record_is_set (belonging, GUITU_BELONGING_KIND) || !guitu_record_is_set (belonging, GUITU_BELONGING_NAME))
        continue;
      listed = guitu_record_integer (belonging, GUITU_BELONGING_COUNT, 1);
      count = found == NULL ? listed : json_object_get_int_member_with_default (found, "count", listed);
      if (count != listed || note != NULL)
        g_string_append_printf (differences, "%s%s：清单%" G_GINT64_FORMAT "，实收%" G_GINT64_FORMAT "%s%s", differences->len == 0 ? "" : "\n",
                                guitu_record_text (belonging, GUITU_BELONGING_NAME), listed, count, note == NULL ? "" : "，", note == NULL ? "" : note);
      if (count > 0 && !add_belonging (filling, belonging, count, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Health, and the photo ----------------------------------------------------------------------- */

static gboolean
add_health (const Filling *filling,
            JsonObject *journey,
            GError **error)
{
  static const char *const members[] = { "health_notes", "medicines", "measures" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GuituRecord) event = guitu_record_new (&guitu_kind_event);
  g_autofree char *now = guitu_now ();

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *said = guitu_member_text (journey, members[i]);
      const GuituField *field = &guitu_kind_transfer.fields[guitu_kind_field (&guitu_kind_transfer, members[i])];

      if (said != NULL && guitu_text_check (field, said, NULL))
        g_string_append_printf (text, "%s：%s\n", field->chinese, said);
    }
  if (text->len == 0)
    return TRUE;
  g_string_append_printf (text, "（%s）", filling->station);
  guitu_record_set_text (event, GUITU_EVENT_STAY, guitu_record_id (filling->stay));
  guitu_record_set_text (event, GUITU_EVENT_KIND, "medical");
  guitu_record_set_text (event, GUITU_EVENT_AT, now);
  guitu_record_set_text (event, GUITU_EVENT_TEXT, text->str);
  if (filling->call->session != NULL)
    guitu_record_set_text (event, GUITU_EVENT_BY, filling->call->session->id);
  return guitu_transaction_put (filling->transaction, event, error);
}

/* A picture that is none, or damaged, is left out. */
static gboolean
add_photo (const Filling *filling,
           GError **error)
{
  g_autoptr (GBytes) content = guitu_record_bytes (filling->letter, GUITU_LETTER_PICTURE);
  g_autoptr (GuituRecord) person = content == NULL ? NULL : guitu_person_leader (filling->transaction, filling->person, error);
  g_autoptr (GuituRecord) file = NULL;

  if (person == NULL)
    return content == NULL;
  if (guitu_record_is_set (person, GUITU_PERSON_PHOTO) || !guitu_image_check (content, NULL))
    return TRUE;
  file = guitu_file_keep_picture (filling->call, filling->transaction, guitu_record_id (person), filling->station, content, error);
  if (file == NULL)
    return FALSE;
  guitu_record_set_text (person, GUITU_PERSON_PHOTO, guitu_record_id (file));
  return guitu_transaction_put (filling->transaction, person, error);
}

gboolean
guitu_hand_over_fill (GuituCall *call,
                      GuituTransaction *transaction,
                      const GuituRecord *letter,
                      GuituRecord *stay,
                      JsonArray *checked,
                      char **differences,
                      GError **error)
{
  g_autoptr (JsonObject) content = guitu_letter_content (letter);
  g_autoptr (GuituRecord) station = guitu_known_station (transaction, guitu_record_text (letter, GUITU_LETTER_STATION));
  g_autofree char *words = g_strdup_printf ("%s（%s）", station == NULL ? "" : guitu_record_text (station, GUITU_STATION_NAME), guitu_record_text (letter, GUITU_LETTER_STATION));
  const Filling filling = { call, transaction, letter, stay, guitu_record_text (stay, GUITU_STAY_PERSON), words };
  g_autoptr (GString) found = g_string_new (NULL);

  if (content == NULL)
    return TRUE;
  if (!add_each (&filling, guitu_member_array (content, "statements"), add_statement, error) ||
      !add_each (&filling, guitu_member_array (content, "kin"), add_kin, error) ||
      !add_belongings (&filling, guitu_member_array (content, "belongings"), checked, found, error) ||
      !add_health (&filling, guitu_member_object (content, "transfer"), error) || !add_photo (&filling, error))
    return FALSE;
  *differences = found->len == 0 ? NULL : g_string_free (g_steal_pointer (&found), FALSE);
  return TRUE;
}
