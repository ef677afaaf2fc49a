/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/stay-words.h"

#include "app/app.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>

#define NO_LIMIT G_MAXINT64
#define DAYS_OF_WARNING 2

static const struct
{
  const char *state;
  const char *words;
} states[] = {
  { "arrived", N_ ("Waiting for admission") },
  { "refusal-proposed", N_ ("Refusal waits for review") },
  { "in-house", N_ ("In the station") },
  { "termination-proposed", N_ ("Termination waits for review") },
  { "terminated", N_ ("Help terminated, still here") },
  { "left", N_ ("Left") },
  { "refused", N_ ("Refused") },
  { "outside", N_ ("Helped outside") },
  { "dead", N_ ("Died") },
  { "voided", N_ ("Registered by mistake") },
};

const char *
guitu_stay_state_words (JsonObject *stay)
{
  const char *state = guitu_json_string (stay, "state");
  const char *where = guitu_json_string (stay, "where");

  if (g_str_equal (state, "in-house") && *where != '\0' && !g_str_equal (where, "house"))
    return guitu_code_label ("where", where);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].state, state))
      return _ (states[i].words);
  return "";
}

char *
guitu_stay_where_words (JsonObject *stay)
{
  const char *where = guitu_json_string (stay, "where");
  g_autofree char *until = guitu_json_words (stay, "stay.where_until");

  if (*where == '\0' || g_str_equal (where, "house"))
    return g_strdup ("");
  if (*until == '\0')
    return g_strdup (guitu_code_label ("where", where));
  return g_strdup_printf ("%s → %s", guitu_code_label ("where", where), until);
}

gboolean
guitu_stay_is_open (JsonObject *stay)
{
  return guitu_json_flag (stay, "is_open");
}

static gint64
days_left (JsonObject *stay)
{
  return guitu_stay_is_open (stay) ? guitu_json_integer (stay, "days_left", NO_LIMIT) : NO_LIMIT;
}

char *
guitu_stay_days_words (JsonObject *stay)
{
  gint64 days = days_left (stay);

  if (days == NO_LIMIT)
    return g_strdup ("");
  if (days > 0)
    return g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong) days), (int) days);
  if (days == 0)
    return g_strdup (_ ("Due today"));
  return g_strdup_printf (ngettext ("%d day over", "%d days over", (gulong) -days), (int) -days);
}

const char *
guitu_stay_days_style (JsonObject *stay)
{
  gint64 days = days_left (stay);

  if (days == NO_LIMIT)
    return "dim-label";
  return days < 0 ? "error" : days <= DAYS_OF_WARNING ? "warning"
                                                      : "success";
}
