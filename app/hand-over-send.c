/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes along, sealed, when somebody is brought to another station: no more than the people there need.
 * Of who is protected (violence at home, freed from traffickers) neither where they live nor what they said
 * goes along, and of their kin only who must not come near them (反家庭暴力法 Art. 5; 个人信息保护法 Art. 6). */

#include "app/hand-over.h"

#include "app/fence.h"
#include "app/links.h"
#include "app/transfer.h"

#include "print/print.h"

#include <string.h>

#define FORMAT 1
#define PICTURE_BYTES (60 * 1024)

static const int edges[] = { 480, 360, 240, 160 };

/* --- Parts ------------------------------------------------------------------------------------- */

/* The named fields alone: references and ids mean nothing there. */
static JsonObject *
pick (const GuituRecord *record,
      const int *fields,
      gsize n)
{
  g_autoptr (JsonObject) all = guitu_record_to_json (record, TRUE);
  JsonObject *picked = json_object_new ();

  for (gsize i = 0; i < n; i++)
    {
      const char *name = guitu_record_kind (record)->fields[fields[i]].name;
      JsonNode *node = json_object_get_member (all, name);

      if (node != NULL)
        json_object_set_member (picked, name, json_node_copy (node));
    }
  return picked;
}

static const int person_fields[] = {
  GUITU_PERSON_NAME,
  GUITU_PERSON_ALIAS,
  GUITU_PERSON_SEX,
  GUITU_PERSON_BIRTH_FROM,
  GUITU_PERSON_BIRTH_TO,
  GUITU_PERSON_ID_KIND,
  GUITU_PERSON_ID_NUMBER,
  GUITU_PERSON_ID_OVERRIDE,
  GUITU_PERSON_VERIFIED_BY,
  GUITU_PERSON_NATION,
  GUITU_PERSON_HEIGHT_CM,
  GUITU_PERSON_MARKS,
  GUITU_PERSON_HEALTH,
  GUITU_PERSON_LITERATE,
  GUITU_PERSON_IMPAIRED,
  GUITU_PERSON_WANDERS,
  GUITU_PERSON_NATIONAL_NUMBER,
  /* not of who is protected: */
  GUITU_PERSON_HOUSEHOLD,
  GUITU_PERSON_ADDRESS,
  GUITU_PERSON_PHONE,
  GUITU_PERSON_ACCENT,
  GUITU_PERSON_BIRTH_LUNAR,
  GUITU_PERSON_KIN,
};

#define PERSON_FIELDS_OF_PROTECTED 17

static const int kin_fields[] = { GUITU_KIN_NAME, GUITU_KIN_KINSHIP, GUITU_KIN_SUSPECT, GUITU_KIN_PHONE, GUITU_KIN_ADDRESS, GUITU_KIN_WILLING, GUITU_KIN_NOTE };

#define KIN_FIELDS_OF_PROTECTED 3

static const int statement_fields[] = { GUITU_STATEMENT_ABOUT, GUITU_STATEMENT_TEXT, GUITU_STATEMENT_SOUND, GUITU_STATEMENT_HEARD_AT, GUITU_STATEMENT_LANGUAGE, GUITU_STATEMENT_CONFIDENCE };
static const int belonging_fields[] = { GUITU_BELONGING_KIND, GUITU_BELONGING_NAME, GUITU_BELONGING_COUNT, GUITU_BELONGING_FEATURES, GUITU_BELONGING_AMOUNT_FEN, GUITU_BELONGING_BAG, GUITU_BELONGING_SEAL };
static const int escort_fields[] = { GUITU_ESCORT_NAME, GUITU_ESCORT_SEX, GUITU_ESCORT_PHONE, GUITU_ESCORT_ROLE };
static const int waypoint_fields[] = { GUITU_WAYPOINT_PLACE, GUITU_WAYPOINT_KIND, GUITU_WAYPOINT_PLANNED_AT, GUITU_WAYPOINT_CARRIER };
static const int transfer_fields[] = { GUITU_TRANSFER_KIND, GUITU_TRANSFER_REASON, GUITU_TRANSFER_DEPARTS_AT, GUITU_TRANSFER_ARRIVES_AT, GUITU_TRANSFER_ROUTE, GUITU_TRANSFER_ESCORTS,
                                       GUITU_TRANSFER_MEDICINES, GUITU_TRANSFER_HEALTH_NOTES, GUITU_TRANSFER_LUGGAGE, GUITU_TRANSFER_DOCUMENTS, GUITU_TRANSFER_RISK, GUITU_TRANSFER_MEASURES };
static const int stay_fields[] = { GUITU_STAY_NUMBER, GUITU_STAY_ARRIVED_AT, GUITU_STAY_REASON, GUITU_STAY_LEFT_AT, GUITU_STAY_CAME_BY, GUITU_STAY_FOUND_PLACE };

#define STAY_FIELDS_OF_PROTECTED 4

static void
set_picked (JsonObject *content,
            const char *member,
            GPtrArray *records,
            const int *fields,
            gsize n)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (array, pick (records->pdata[i], fields, n));
  json_object_set_array_member (content, member, array);
}

/* Things that the escorts took along. */
static gboolean
add_belongings (JsonObject *content,
                GuituTransaction *transaction,
                const char *stay,
                GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_BELONGING_STAY, GUITU_EQUAL, stay }, { GUITU_BELONGING_STATE, GUITU_EQUAL, "handed-on" } } };
  g_autoptr (GPtrArray) belongings = guitu_records_find (transaction, &guitu_kind_belonging, &query, error);

  if (belongings != NULL)
    set_picked (content, "belongings", belongings, belonging_fields, G_N_ELEMENTS (belonging_fields));
  return belongings != NULL;
}

static gboolean
add_kin (JsonObject *content,
         GuituTransaction *transaction,
         GPtrArray *ids,
         gboolean is_protected,
         GError **error)
{
  g_autoptr (GPtrArray) kin = guitu_links_records (transaction, &guitu_kind_kin, GUITU_KIN_PERSON, ids, error);

  for (guint i = 0; kin != NULL && i < kin->len;)
    if (is_protected && !guitu_record_says (kin->pdata[i], GUITU_KIN_SUSPECT, "yes"))
      g_ptr_array_remove_index (kin, i);
    else
      i++;
  if (kin != NULL)
    set_picked (content, "kin", kin, kin_fields, is_protected ? KIN_FIELDS_OF_PROTECTED : G_N_ELEMENTS (kin_fields));
  return kin != NULL;
}

/* Words stay words: with who heard them, as a name. */
static gboolean
add_statements (JsonObject *content,
                GuituTransaction *transaction,
                GPtrArray *ids,
                GError **error)
{
  g_autoptr (GPtrArray) statements = guitu_links_records (transaction, &guitu_kind_statement, GUITU_STATEMENT_PERSON, ids, error);
  JsonArray *array = json_array_new ();

  json_object_set_array_member (content, "statements", array);
  for (guint i = 0; statements != NULL && i < statements->len; i++)
    {
      JsonObject *statement = pick (statements->pdata[i], statement_fields, G_N_ELEMENTS (statement_fields));
      g_autofree char *heard_by = guitu_user_display_name (transaction, guitu_record_text (statements->pdata[i], GUITU_STATEMENT_HEARD_BY));

      if (heard_by != NULL)
        json_object_set_string_member (statement, "heard_by", heard_by);
      json_array_add_object_element (array, statement);
    }
  return statements != NULL;
}

static gboolean
add_papers (JsonObject *content,
            GuituTransaction *transaction,
            const GuituRecord *transfer,
            GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_PAPER_TRANSFER, GUITU_EQUAL, guitu_record_id (transfer) } } };
  g_autoptr (GPtrArray) papers = guitu_records_find (transaction, &guitu_kind_paper, &query, error);
  JsonArray *array = json_array_new ();

  json_object_set_array_member (content, "papers", array);
  for (guint i = 0; papers != NULL && i < papers->len; i++)
    {
      const char *seal = guitu_record_text (papers->pdata[i], GUITU_PAPER_SEAL);
      const char *number = guitu_record_text (papers->pdata[i], GUITU_PAPER_NUMBER);
      g_autofree char *name = seal == NULL ? NULL : guitu_seal_name (seal);
      g_autofree char *sealed = name == NULL ? NULL : g_strdup_printf ("%s %s", number, name);
      JsonObject *paper;

      if (sealed == NULL || !guitu_paper_is_accepted (guitu_record_text (papers->pdata[i], GUITU_PAPER_KIND)))
        continue;
      paper = json_object_new ();
      json_object_set_string_member (paper, "number", number);
      json_object_set_string_member (paper, "kind", guitu_record_text (papers->pdata[i], GUITU_PAPER_KIND));
      json_object_set_string_member (paper, "state", guitu_record_text (papers->pdata[i], GUITU_PAPER_STATE));
      json_object_set_string_member (paper, "sealed", sealed);
      json_object_set_string_member (paper, "seal", seal);
      json_array_add_object_element (array, paper);
    }
  return papers != NULL;
}

static gboolean
add_journey (JsonObject *content,
             GuituTransaction *transaction,
             const GuituRecord *transfer,
             GError **error)
{
  g_autoptr (GPtrArray) escorts = guitu_transfer_escorts (transaction, transfer, error);
  g_autoptr (GPtrArray) waypoints = escorts == NULL ? NULL : guitu_transfer_waypoints (transaction, transfer, error);
  JsonObject *journey;

  if (waypoints == NULL)
    return FALSE;
  journey = pick (transfer, transfer_fields, G_N_ELEMENTS (transfer_fields));
  json_object_set_object_member (content, "transfer", journey);
  json_object_set_string_member (journey, "transfer", guitu_record_id (transfer));
  set_picked (journey, "company", escorts, escort_fields, G_N_ELEMENTS (escort_fields));
  set_picked (journey, "waypoints", waypoints, waypoint_fields, G_N_ELEMENTS (waypoint_fields));
  return TRUE;
}

/* --- The whole --------------------------------------------------------------------------------- */

static const char *
protection_of (guint fences)
{
  if (fences & GUITU_FENCE_VIOLENCE)
    return "violence";
  return fences & GUITU_FENCE_TRAFFICKING ? "trafficking" : NULL;
}

static JsonObject *
compose (GuituTransaction *transaction,
         const GuituRecord *transfer,
         const GuituRecord *stay,
         const GuituRecord *person,
         GError **error)
{
  g_autoptr (JsonObject) content = json_object_new ();
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_id (person), error);
  const char *protection;
  guint fences;

  if (ids == NULL || !guitu_fence_of (transaction, guitu_record_id (person), &fences, error))
    return NULL;
  protection = protection_of (fences);
  json_object_set_int_member (content, "format", FORMAT);
  if (protection != NULL)
    json_object_set_string_member (content, "protected", protection);
  json_object_set_object_member (content, "person", pick (person, person_fields, protection != NULL ? PERSON_FIELDS_OF_PROTECTED : G_N_ELEMENTS (person_fields)));
  json_object_set_object_member (content, "stay", pick (stay, stay_fields, protection != NULL ? STAY_FIELDS_OF_PROTECTED : G_N_ELEMENTS (stay_fields)));
  if (!add_journey (content, transaction, transfer, error) || !add_papers (content, transaction, transfer, error) ||
      !add_belongings (content, transaction, guitu_record_id (stay), error) || !add_kin (content, transaction, ids, protection != NULL, error) ||
      (protection == NULL && !add_statements (content, transaction, ids, error)))
    return NULL;
  return g_steal_pointer (&content);
}

/* Small enough to travel with every exchange; a photo that is not at this desk does not hold the file up. */
static void
set_picture (GuituCall *call,
             GuituTransaction *transaction,
             GuituRecord *letter,
             const GuituRecord *person)
{
  const char *id = guitu_record_text (person, GUITU_PERSON_PHOTO);
  g_autoptr (GuituRecord) file = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_file, id, NULL);
  g_autoptr (GBytes) content = file == NULL ? NULL : guitu_file_read (call->store, file, NULL);

  for (gsize i = 0; content != NULL && i < G_N_ELEMENTS (edges); i++)
    {
      g_autoptr (GBytes) scaled = guitu_image_scale (content, edges[i], NULL);

      if (scaled == NULL || g_bytes_get_size (scaled) > PICTURE_BYTES)
        continue;
      guitu_record_set_bytes (letter, GUITU_LETTER_PICTURE, scaled);
      return;
    }
}

/* The letter about the transfer that is there already. *@letter: (out) (transfer full) (nullable) */
static gboolean
find_letter (GuituTransaction *transaction,
             const GuituRecord *transfer,
             const char *to_station,
             GuituRecord **letter,
             GError **error)
{
  g_autoptr (GPtrArray) letters = guitu_letters_about (transaction, guitu_record_id (transfer), "hand-over", NULL, error);

  *letter = NULL;
  for (guint i = 0; letters != NULL && *letter == NULL && i < letters->len; i++)
    if (to_station == NULL || guitu_record_says (letters->pdata[i], GUITU_LETTER_TO_STATION, to_station))
      *letter = g_ptr_array_steal_index (letters, i);
  return letters != NULL;
}

gboolean
guitu_hand_over_send (GuituCall *call,
                      GuituTransaction *transaction,
                      const GuituRecord *transfer,
                      char **id,
                      GError **error)
{
  g_autofree char *to_station = guitu_transfer_receiver_code (transaction, transfer);
  g_autoptr (GuituRecord) stay = to_station == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_stay, guitu_record_text (transfer, GUITU_TRANSFER_STAY), error);
  g_autoptr (GuituRecord) person = stay == NULL ? NULL : guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  g_autoptr (JsonObject) content = NULL;
  g_autoptr (GuituRecord) letter = NULL;

  if (to_station == NULL || strcmp (to_station, guitu_store_keys (call->store)->station) == 0)
    return TRUE;
  content = person == NULL ? NULL : compose (transaction, transfer, stay, person, error);
  if (content == NULL || !find_letter (transaction, transfer, to_station, &letter, error))
    return FALSE;
  if (letter == NULL)
    letter = guitu_letter_write (call, transaction, to_station, "hand-over", guitu_record_id (transfer), content, error);
  else
    guitu_letter_set_content (letter, content);
  if (letter == NULL)
    return FALSE;
  set_picture (call, transaction, letter, person);
  if (id != NULL)
    *id = g_strdup (guitu_record_id (letter));
  return guitu_transaction_put (transaction, letter, error);
}

gboolean
guitu_hand_over_withdraw (GuituTransaction *transaction,
                          const GuituRecord *transfer,
                          const char *reason,
                          GError **error)
{
  g_autoptr (JsonObject) content = json_object_new ();
  g_autoptr (GuituRecord) letter = NULL;

  if (!find_letter (transaction, transfer, NULL, &letter, error))
    return FALSE;
  if (letter == NULL)
    return TRUE;
  json_object_set_int_member (content, "format", FORMAT);
  json_object_set_string_member (content, "withdrawn", reason);
  guitu_letter_set_content (letter, content);
  guitu_record_set_bytes (letter, GUITU_LETTER_PICTURE, NULL);
  return guitu_transaction_put (transaction, letter, error);
}

gboolean
guitu_hand_over_name_paper (GuituCall *call,
                            GuituTransaction *transaction,
                            const GuituRecord *transfer,
                            GError **error)
{
  if (!guitu_record_says (transfer, GUITU_TRANSFER_STATE, "departed"))
    return TRUE;
  return guitu_hand_over_send (call, transaction, transfer, NULL, error);
}
