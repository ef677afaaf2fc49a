/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The house as it stands: rooms, and everybody whose stay is open. Only app/ includes this header. */

#include "app/beds.h"
#include "app/call.h"

G_BEGIN_DECLS

/** Somebody whose stay is open. */
typedef struct
{
  GuituRecord *stay;
  GuituRecord *person;
  char *bed; /* in its one spelling; NULL: none */
  GuituBedGuest guest;
} GuituHouseGuest;

/** A room of the station, or, without a record, the place that beds of one name make up. */
typedef struct
{
  GuituRecord *record; /* NULL: not declared */
  char *name;
  GuituBedRoom room;
  GPtrArray *guests; /* GuituHouseGuest, owned by the house */
} GuituHouseRoom;

typedef struct
{
  char *today;
  GPtrArray *rooms;    /* GuituHouseRoom, by zone and natural order of names */
  GHashTable *by_name; /* name -> GuituHouseRoom */
  GPtrArray *guests;   /* GuituHouseGuest, in order of registration */
  gboolean is_declared;
} GuituHouse;

/** Reads rooms and open stays. Returns: (transfer full). */
GuituHouse *guitu_house_load (GuituTransaction *transaction, GError **error);
void guitu_house_free (GuituHouse *house);

/** Puts somebody into the house in memory, in the room of their bed. Takes references of nothing; copies @stay's bed. */
GuituHouseGuest *guitu_house_add_guest (GuituHouse *house, GuituRecord *stay, GuituRecord *person);

/** Adds a declared room in memory. @record: (transfer full). */
GuituHouseRoom *guitu_house_add_room (GuituHouse *house, GuituRecord *record);

/** The room of a bed; %NULL where there is none yet. */
GuituHouseRoom *guitu_house_find_room (const GuituHouse *house, const char *bed);

/** Whose stay that is (id), or %NULL. */
const GuituHouseGuest *guitu_house_find_guest (const GuituHouse *house, const char *stay);

/** Somebody as beds see them. @bed is kept, not copied. */
GuituBedGuest guitu_bed_guest (const GuituRecord *stay, const GuituRecord *person, const char *bed, const char *today);

/** What @guest would break in @bed, beside everybody but the stay of @stay_id. */
GuituBedRules guitu_house_check (const GuituHouse *house, const GuituBedGuest *guest, const char *bed, const char *stay_id);

/** Whether @room lies in the zone where somebody like @guest is expected to sleep. */
gboolean guitu_house_is_usual (const GuituHouseRoom *room, const GuituBedGuest *guest);

/** A free bed of a declared room in which @guest breaks nothing, where they usually sleep if there is one. Returns: (transfer full) (nullable). */
char *guitu_house_find_bed (const GuituHouse *house, const GuituBedGuest *guest);

/** Whether the person should be found at a round: admitted or with a bed, and neither on leave, in hospital nor missing. */
gboolean guitu_house_expects (const GuituHouseGuest *guest);

/** What an open house breaks as it stands: facts change after a bed was given. */
GuituBedRules guitu_house_conflicts (const GuituHouse *house, const GuituHouseGuest *guest);

/** Number of beds that anybody could still be given. */
guint guitu_house_count_free (const GuituHouse *house);

/** The zone's code where the guest has a bed, or %NULL. */
const char *guitu_house_zone (const GuituHouse *house, const GuituHouseGuest *guest);

/** Codes "board_flag" of somebody. Returns: (transfer full). */
GStrv guitu_house_flags (const GuituHouse *house, const GuituHouseGuest *guest);

/** Id, number, display name, sex, age, bed and flags: enough to know who is meant. Returns: (transfer full). */
JsonObject *guitu_house_guest_to_json (const GuituHouse *house, const GuituHouseGuest *guest);

/** An array of texts. Returns: (transfer full). */
JsonArray *guitu_strv_to_json (GStrv texts);

/** Code "where" of an open stay: where the person is now. */
const char *guitu_stay_where (const GuituRecord *stay);

/** Whether the person may be under the age of majority (minor_age_years); an unknown birth is an adult's. */
gboolean guitu_person_may_be_minor (const GuituRecord *person, const char *date);

/* --- Acts ------------------------------------------------------------------------------------ */

/** Somebody gets another bed. Read it before the transaction begins: the second person logs in. */
typedef struct
{
  GuituRecord *stay;         /* its field bed holds the bed wanted; the caller writes it afterwards */
  const GuituRecord *person; /* whose stay it is */
  char *from;                /* the bed before, or NULL */
  const char *reason;        /* of an override */
  char *second;              /* id of the second person */
  JsonArray *warnings;       /* takes what should be known; may be NULL */
} GuituBedMove;

/** Reads the options "override", "second" and "second_password". */
gboolean guitu_bed_move_read (GuituCall *call, GuituBedMove *move, GError **error);
void guitu_bed_move_clear (GuituBedMove *move);

/**
 * Checks the bed in @move's stay, sets its one spelling, and writes the event that tells of it.
 * Nothing happens where the bed is the one before. Errors: REFUSED, with every rule that is broken.
 */
gboolean guitu_bed_assign (GuituCall *call, GuituTransaction *transaction, GuituBedMove *move, GError **error);

/**
 * Checks the bed that the person has against a change of @move's stay that is not written yet (its
 * family). What breaks a rule that was kept before needs the reason and the second person of a move, and
 * an event tells of it. Errors: REFUSED, with every rule that would be broken.
 */
gboolean guitu_bed_check_again (GuituCall *call, GuituTransaction *transaction, GuituBedMove *move, GError **error);

/** What the person breaks in the bed of their open stay, whichever of merged records @person is; nothing without a bed. */
gboolean guitu_bed_rules_of (GuituTransaction *transaction, const char *person, GuituBedRules *rules, GError **error);

/**
 * After a change of what is known of @person: a warning {kind "bed-rules", id of the stay, rules, text}
 * where the room now breaks what it did not break @before. Returns: (transfer full): an array, mostly empty.
 */
JsonArray *guitu_bed_warnings (GuituTransaction *transaction, const char *person, GuituBedRules before, GError **error);

/** The options that guitu_bed_move_read reads, for a verb's table. */
#define GUITU_BED_OPTIONS                                                                                \
  { "override", GUITU_OPTION_TEXT, FALSE, "why sexes, ages or the infectious are not kept apart here" }, \
      GUITU_SECOND_OPTIONS

/**
 * Sets where the person is after @event, and writes the stay. Events that move nobody do nothing.
 * Errors: REFUSED for what can't happen to somebody who is where this one is.
 */
gboolean guitu_stay_event_moves (GuituTransaction *transaction, GuituRecord *stay, const GuituRecord *event, GError **error);

/**
 * Gives out what is in keeping as the members of @how say: belongings (a code belonging_state),
 * belongings_to, belongings_sign, belongings_note. Without “belongings” nothing happens. Forbidden
 * things are only given to the police and stay in keeping otherwise.
 */
gboolean guitu_belongings_settle (GuituCall *call, GuituTransaction *transaction, const GuituRecord *stay, JsonObject *how, GError **error);

/**
 * Forbidden things that are still there when a stay ends are no longer in keeping for the person but
 * the station's to hand to the police: the list of what is due asks for it.
 */
gboolean guitu_belongings_keep_forbidden (GuituTransaction *transaction, const GuituRecord *stay, GError **error);

/** The options that guitu_belongings_settle reads, for verbs that end a stay. */
#define GUITU_BELONGINGS_OPTIONS                                                                                \
  { "belongings", GUITU_OPTION_TEXT, FALSE, "what becomes of all that is in keeping (codes belonging_state)" }, \
      { "belongings_to", GUITU_OPTION_TEXT, FALSE, "who takes it: the person, kin, the escort" },               \
      { "belongings_sign", GUITU_OPTION_TEXT, FALSE, "how it was acknowledged (codes signature)" },             \
  {                                                                                                             \
    "belongings_note", GUITU_OPTION_TEXT, FALSE, "a refused signature: who saw it"                              \
  }

/**
 * Counts the things of a stay. @held: the person must still be given them, or sign for them; forbidden
 * things are nobody's to be given. @kept: all that the station still has, left in its care or forbidden too.
 */
gboolean guitu_belongings_count (GuituTransaction *transaction, const char *stay, guint *held, guint *kept, GError **error);

/** All things of a stay. Returns: (transfer full) (element-type GuituRecord). */
GPtrArray *guitu_belongings_of (GuituTransaction *transaction, const char *stay, GError **error);

/** All things in keeping, of all stays. Returns: (transfer full) (element-type GuituRecord). */
GPtrArray *guitu_belongings_held (GuituTransaction *transaction, GError **error);

/** Whether the second signature on taking a thing in is missing. */
gboolean guitu_belonging_is_unsigned (const GuituRecord *belonging);

/** What is open at the hand-over of a shift, as “shift show” tells it. Returns: (transfer full). */
JsonObject *guitu_shift_snapshot (GuituTransaction *transaction, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituHouse, guitu_house_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituBedMove, guitu_bed_move_clear)

G_END_DECLS
