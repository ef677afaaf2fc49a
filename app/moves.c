/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Giving beds. What keeps sexes and ages apart is never broken silently: it needs a reason and a
 * second person, and the event that tells of the move tells of both. */

#include "app/house.h"
#include "app/links.h"
#include "app/situation.h"
#include "app/verbs.h"

#include <string.h>

static const struct
{
  GuituBedRules rule;
  GuituErrorStatus status;
  const char *code;
} hard_rules[] = {
  { GUITU_BED_UNKNOWN, GUITU_ERROR_NOT_FOUND, "bed-unknown" },
  { GUITU_BED_ROOM_CLOSED, GUITU_ERROR_REFUSED, "room-closed" },
  { GUITU_BED_CLOSED, GUITU_ERROR_REFUSED, "bed-closed" },
  { GUITU_BED_TAKEN, GUITU_ERROR_REFUSED, "bed-taken" },
};

gboolean
guitu_bed_move_read (GuituCall *call,
                     GuituBedMove *move,
                     GError **error)
{
  move->reason = guitu_call_text (call, "override");
  if (move->reason != NULL && !guitu_text_check (&guitu_kind_event.fields[GUITU_EVENT_TEXT], move->reason, error))
    return FALSE;
  if (move->reason != NULL && guitu_call_text (call, "second") == NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "second-needed", "second", "An exception (override) needs a second person who signs it");
  return guitu_call_second (call, "second", &move->second, error);
}

void
guitu_bed_move_clear (GuituBedMove *move)
{
  g_clear_pointer (&move->from, g_free);
  g_clear_pointer (&move->second, g_free);
}

/* "Another sex in the room (mixed-sex); …", by the words of the list bed_rule. */
static char *
describe (GuituBedRules rules,
          gboolean in_chinese)
{
  g_auto (GStrv) codes = guitu_bed_rule_codes (rules);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      const GuituCode *code = guitu_codes_find ("bed_rule", codes[i]);

      if (in_chinese)
        g_string_append_printf (text, "%s%s", i > 0 ? "、" : "", code->chinese);
      else
        g_string_append_printf (text, "%s%s (%s)", i > 0 ? "; " : "", code->english, code->code);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
check_rules (const GuituBedMove *move,
             const char *bed,
             GuituBedRules rules,
             GError **error)
{
  g_autofree char *reasons = describe (rules, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (hard_rules); i++)
    if (rules & hard_rules[i].rule)
      return guitu_fail (error, hard_rules[i].status, hard_rules[i].code, "bed", "Bed %s can't be given: %s", bed, reasons);
  if (rules == GUITU_BED_IS_FINE || (move->reason != NULL && move->second != NULL))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "bed-rules", "bed",
                     "Bed %s can't be given: %s. Only with a reason (override) and a second person", bed, reasons);
}

static gboolean
write_event (GuituCall *call,
             GuituTransaction *transaction,
             const GuituBedMove *move,
             GuituBedRules rules,
             GError **error)
{
  const char *to = guitu_record_text (move->stay, GUITU_STAY_BED);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GuituRecord) event = NULL;
  g_autofree char *broken = describe (rules, TRUE);

  g_string_append_printf (text, "%s → %s", move->from == NULL ? "—" : move->from, to == NULL ? "—" : to);
  if (rules != GUITU_BED_IS_FINE)
    g_string_append_printf (text, "\n例外（%s）：%s", broken, move->reason);
  event = guitu_event_new (call, move->stay, "bed", text->str);
  if (rules != GUITU_BED_IS_FINE)
    guitu_record_set_text (event, GUITU_EVENT_SECOND, move->second);
  return guitu_transaction_put (transaction, event, error);
}

static void
warn (GuituBedMove *move,
      const char *kind,
      const char *text)
{
  JsonObject *warning;

  if (move->warnings == NULL)
    return;
  warning = json_object_new ();
  json_object_set_string_member (warning, "kind", kind);
  json_object_set_string_member (warning, "id", guitu_record_id (move->stay));
  json_object_set_string_member (warning, "text", text);
  json_array_add_object_element (move->warnings, warning);
}

/* A family that is parted may wish it so; the clerk should know. */
static void
warn_of_parting (GuituBedMove *move,
                 const GuituHouse *house,
                 const char *bed)
{
  const char *family = guitu_record_text (move->stay, GUITU_STAY_FAMILY);
  int number;
  g_autofree char *room = guitu_bed_split (bed, &number);

  for (guint i = 0; family != NULL && i < house->guests->len; i++)
    {
      const GuituHouseGuest *other = g_ptr_array_index (house->guests, i);
      g_autofree char *their_room = other->bed == NULL ? NULL : guitu_bed_split (other->bed, &number);

      if (g_strcmp0 (other->guest.family, family) != 0 || their_room == NULL || strcmp (their_room, room) == 0 ||
          strcmp (guitu_record_id (other->stay), guitu_record_id (move->stay)) == 0)
        continue;
      warn (move, "family-apart", "同一家庭的人员不在同一房间");
      return;
    }
}

gboolean
guitu_bed_assign (GuituCall *call,
                  GuituTransaction *transaction,
                  GuituBedMove *move,
                  GError **error)
{
  g_autofree char *bed = guitu_bed_normalise (guitu_record_text (move->stay, GUITU_STAY_BED));
  g_autoptr (GuituHouse) house = NULL;
  GuituBedRules rules = GUITU_BED_IS_FINE;
  GuituBedGuest guest;

  guitu_record_set_text (move->stay, GUITU_STAY_BED, bed);
  if (g_strcmp0 (bed, move->from) == 0)
    return TRUE;
  if (bed != NULL)
    {
      house = guitu_house_load (transaction, error);
      if (house == NULL)
        return FALSE;
      guest = guitu_bed_guest (move->stay, move->person, bed, house->today);
      rules = guitu_house_check (house, &guest, bed, guitu_record_id (move->stay));
      if (!check_rules (move, bed, rules, error))
        return FALSE;
      warn_of_parting (move, house, bed);
    }
  return write_event (call, transaction, move, rules, error);
}

gboolean
guitu_bed_check_again (GuituCall *call,
                       GuituTransaction *transaction,
                       GuituBedMove *move,
                       GError **error)
{
  g_autofree char *bed = guitu_bed_normalise (guitu_record_text (move->stay, GUITU_STAY_BED));
  const char *family = guitu_record_text (move->stay, GUITU_STAY_FAMILY);
  g_autoptr (GuituHouse) house = bed == NULL ? NULL : guitu_house_load (transaction, error);
  const GuituHouseGuest *stored = house == NULL ? NULL : guitu_house_find_guest (house, guitu_record_id (move->stay));
  g_autoptr (GuituRecord) event = NULL;
  g_autofree char *broken = NULL;
  g_autofree char *text = NULL;
  GuituBedRules rules;
  GuituBedGuest guest;

  if (house == NULL || stored == NULL)
    return bed == NULL || house != NULL;
  guest = guitu_bed_guest (move->stay, move->person, bed, house->today);
  rules = guitu_house_check (house, &guest, bed, guitu_record_id (move->stay)) & ~guitu_house_conflicts (house, stored);
  if (!check_rules (move, bed, rules, error))
    return FALSE;
  if (rules == GUITU_BED_IS_FINE)
    return TRUE;
  broken = describe (rules, TRUE);
  text = g_strdup_printf ("%s：%s\n例外（%s）：%s", guitu_kind_stay.fields[GUITU_STAY_FAMILY].chinese, family == NULL ? "—" : family, broken, move->reason);
  event = guitu_event_new (call, move->stay, "bed", text);
  guitu_record_set_text (event, GUITU_EVENT_SECOND, move->second);
  return guitu_transaction_put (transaction, event, error);
}

/* --- What becomes of a room when something else becomes known ---------------------------------- */

/* @stay: (out) (transfer full) (nullable): the open one, where it has a bed. */
static gboolean
read_rules (GuituTransaction *transaction,
            const char *person,
            GuituRecord **stay,
            GuituBedRules *rules,
            GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person, error);
  g_autoptr (GuituHouse) house = NULL;
  const GuituHouseGuest *guest;

  *rules = GUITU_BED_IS_FINE;
  if (ids == NULL || !guitu_links_open_stay (transaction, ids, stay, error))
    return FALSE;
  if (*stay == NULL || !guitu_record_is_set (*stay, GUITU_STAY_BED))
    return TRUE;
  house = guitu_house_load (transaction, error);
  guest = house == NULL ? NULL : guitu_house_find_guest (house, guitu_record_id (*stay));
  if (guest != NULL)
    *rules = guitu_house_conflicts (house, guest);
  return house != NULL;
}

gboolean
guitu_bed_rules_of (GuituTransaction *transaction,
                    const char *person,
                    GuituBedRules *rules,
                    GError **error)
{
  g_autoptr (GuituRecord) stay = NULL;

  return read_rules (transaction, person, &stay, rules, error);
}

JsonArray *
guitu_bed_warnings (GuituTransaction *transaction,
                    const char *person,
                    GuituBedRules before,
                    GError **error)
{
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (JsonArray) warnings = json_array_new ();
  g_autofree char *broken = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) codes = NULL;
  JsonObject *warning;
  GuituBedRules rules;

  if (!read_rules (transaction, person, &stay, &rules, error))
    return NULL;
  rules &= ~before;
  if (rules == GUITU_BED_IS_FINE)
    return g_steal_pointer (&warnings);
  broken = describe (rules, TRUE);
  text = g_strdup_printf ("床位%s：%s", guitu_record_text (stay, GUITU_STAY_BED), broken);
  codes = guitu_bed_rule_codes (rules);
  warning = json_object_new ();
  json_object_set_string_member (warning, "kind", "bed-rules");
  json_object_set_string_member (warning, "id", guitu_record_id (stay));
  json_object_set_string_member (warning, "text", text);
  json_object_set_array_member (warning, "rules", guitu_strv_to_json (codes));
  json_array_add_object_element (warnings, warning);
  return g_steal_pointer (&warnings);
}

static gboolean
take_bed (GuituCall *call,
          GuituRecord *stay,
          GError **error)
{
  const char *bed = guitu_call_text (call, "bed");
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), bed == NULL ? "" : bed);

  return guitu_record_take_member (stay, GUITU_STAY_BED, node, error);
}

static gboolean
run_bed (GuituCall *call,
         GError **error)
{
  const char *text = guitu_call_need (call, "stay", error);
  g_auto (GuituBedMove) move = { 0 };
  g_autoptr (JsonArray) warnings = json_array_new ();
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (GuituRecord) person = NULL;
  GuituRequest request = { .act = GUITU_ACT_NOTE };
  JsonObject *json;

  if (text == NULL || !guitu_bed_move_read (call, &move, error))
    return FALSE;
  transaction = guitu_call_write (call, error);
  stay = transaction == NULL ? NULL : guitu_stay_find (transaction, text, error);
  person = stay == NULL ? NULL : guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  if (person == NULL)
    return FALSE;
  move.stay = stay;
  move.person = person;
  move.from = g_strdup (guitu_record_text (stay, GUITU_STAY_BED));
  move.warnings = warnings;
  if (!guitu_stay_act (call, transaction, stay, &request, error) || !take_bed (call, stay, error) || !guitu_bed_assign (call, transaction, &move, error) ||
      !guitu_transaction_put (transaction, stay, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  json = guitu_stay_to_json (stay);
  json_object_set_array_member (json, "warnings", g_steal_pointer (&warnings));
  guitu_call_emit (call, json);
  return TRUE;
}

static const GuituOption bed_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { "bed", GUITU_OPTION_TEXT, TRUE, "the bed; nothing: none" },
  GUITU_BED_OPTIONS,
  { NULL },
};

const GuituVerb guitu_verb_stay_bed = {
  "stay bed", "Give a person a bed", GUITU_VERB_WRITES, bed_options, NULL, run_bed
};
