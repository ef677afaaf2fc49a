/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Weights in bits, log2 (P(agrees so | same person) / P(agrees so | two persons)).
 *
 * Names: two persons share a name as often as the name is frequent, so that a rare name weighs more;
 * each way of getting a name wrong costs what it is rarer than writing it right. Ages: what people
 * state is often 20 years off, so that a distance says little against and a day of birth much for.
 *
 * Prior: about one arrival in three has been here before, and a station of some years knows about
 * 20,000 persons, so that a given person is the one who arrives with odds of 1 to 65,536. */

#include "db/match-private.h"
#include "db/reading-private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PRIOR_BITS (-16.0)

/* Bits lost by getting a name wrong in this way, besides what the wrong part would have said */
#define LOSS_SOUND 3.0      /* another character of the same sound: heard, not read */
#define LOSS_CONFUSED 4.5   /* a sound that dialects mix up with it */
#define LOSS_CHARACTER 4.5  /* another character altogether, a sibling's name */
#define LOSS_SURNAME 4.0    /* the given name fits, the surname does not */
#define LOSS_GIVEN_NAME 6.0 /* only the surname is left */
#define LOSS_ORDER 5.0      /* two characters swapped, one left out or put in */
#define LOSS_ALIAS 1.5      /* an alias fits a name */
#define OTHER_NAME (-7.0)
#define NAME_BITS_MAX 22.0

/* --- How much a name says ------------------------------------------------------------------------ */

/* The surnames that more than one person in 250 has, with their share in 1,000 (census of 2020). */
static const struct
{
  const char *surname;
  double share;
} common_surnames[] = {
  { "王", 72 },
  { "李", 72 },
  { "张", 68 },
  { "刘", 51 },
  { "陈", 46 },
  { "杨", 33 },
  { "黄", 23 },
  { "赵", 20 },
  { "吴", 20 },
  { "周", 19 },
  { "徐", 14 },
  { "孙", 14 },
  { "马", 13 },
  { "胡", 13 },
  { "朱", 13 },
  { "郭", 11 },
  { "何", 11 },
  { "林", 11 },
  { "罗", 10 },
  { "高", 10 },
  { "郑", 9 },
  { "梁", 9 },
  { "谢", 8 },
  { "宋", 8 },
  { "唐", 7 },
  { "许", 7 },
  { "邓", 6 },
  { "韩", 6 },
  { "冯", 6 },
  { "曹", 6 },
  { "彭", 6 },
  { "曾", 5 },
  { "肖", 5 },
  { "田", 5 },
  { "董", 5 },
  { "潘", 4 },
  { "袁", 4 },
  { "蔡", 4 },
  { "蒋", 4 },
  { "余", 4 },
  { "于", 4 },
  { "杜", 4 },
  { "叶", 4 },
  { "程", 4 },
  { "魏", 4 },
};

#define RARE_SURNAME_SHARE 0.7 /* in 1,000: what the other surnames have in the mean */

static const char *const frequent_in_names = "英华秀玉明文国建丽春金兰海小红志芳军平桂梅云荣德";
static const char *const common_in_names = "伟强敏静林永新生成杰峰洪庆光东晓艳娟霞凤珍花琴香月美素淑燕萍玲雪慧清"
                                           "福贵祥龙忠才学长勇涛超刚辉宏波飞斌亮义正大立良友胜子家万世少仁思雨佳";

static double
surname_bits (const GuituMatchName *name)
{
  double share = RARE_SURNAME_SHARE;

  if (name->surname == 1)
    for (guint i = 0; i < G_N_ELEMENTS (common_surnames); i++)
      if (strcmp (common_surnames[i].surname, name->units[0].text) == 0)
        share = common_surnames[i].share;
  return -log2 (share / 1000);
}

static double
given_unit_bits (const GuituUnit *unit)
{
  if (unit->han == 0)
    return 8;
  if (strstr (frequent_in_names, unit->text) != NULL)
    return 5;
  return strstr (common_in_names, unit->text) != NULL ? 6.5 : 9;
}

/** Bits of the units after the surname, without the one at @except. */
static double
given_bits (const GuituMatchName *name,
            guint except)
{
  double bits = name->n_units - name->surname == 1 ? 2.5 : 0; /* names of two characters are one in five */

  for (guint i = name->surname; i < name->n_units; i++)
    if (i != except)
      bits += given_unit_bits (&name->units[i]);
  return bits;
}

static double
name_bits (const GuituMatchName *name)
{
  return MIN (NAME_BITS_MAX, (name->surname > 0 ? surname_bits (name) : 0) + given_bits (name, G_MAXUINT));
}

/* --- How two names differ ------------------------------------------------------------------------ */

/** Bits lost because @ours is written @theirs; %NAN when they have nothing in common. */
static double
unit_loss (const GuituUnit *ours,
           const GuituUnit *theirs)
{
  const char *our_readings[GUITU_UNIT_READINGS], *their_readings[GUITU_UNIT_READINGS];
  guint n_ours, n_theirs;
  double loss = NAN;

  if (strcmp (ours->text, theirs->text) == 0)
    return 0;
  n_ours = _guitu_search_readings (ours, our_readings);
  n_theirs = _guitu_search_readings (theirs, their_readings);
  for (guint i = 0; i < n_ours; i++)
    for (guint k = 0; k < n_theirs; k++)
      {
        if (strcmp (our_readings[i], their_readings[k]) == 0)
          return LOSS_SOUND;
        if (ours->han != 0 && theirs->han != 0 && guitu_reading_confusable (our_readings[i], their_readings[k]))
          loss = LOSS_CONFUSED;
      }
  return loss;
}

/** Names of the same length, unit by unit. Where they differ, the more frequent one counts. */
static double
weigh_aligned (const GuituMatchName *ours,
               const GuituMatchName *theirs)
{
  double loss = 0;
  guint n_wrong = 0, wrong = 0;

  for (guint i = 0; i < ours->n_units; i++)
    {
      double lost = unit_loss (&ours->units[i], &theirs->units[i]);

      if (isnan (lost))
        {
          n_wrong++;
          wrong = i;
        }
      else
        loss += lost;
    }
  if (n_wrong == 0)
    return MIN (name_bits (ours), name_bits (theirs)) - loss;
  if (n_wrong > 1 || ours->n_units < 2)
    return OTHER_NAME;
  if (wrong < ours->surname)
    return MIN (given_bits (ours, G_MAXUINT), given_bits (theirs, G_MAXUINT)) - LOSS_SURNAME - loss;
  if (ours->n_units - ours->surname == 1)
    return surname_bits (ours) - LOSS_GIVEN_NAME - loss;
  return (ours->surname > 0 ? surname_bits (ours) : 0) + MIN (NAME_BITS_MAX, given_bits (ours, wrong)) - LOSS_CHARACTER - loss;
}

/** @ours with the units @first and @first + 1 swapped against @theirs. */
static double
weigh_swapped (const GuituMatchName *ours,
               const GuituMatchName *theirs,
               guint first)
{
  double loss = LOSS_ORDER;

  for (guint i = 0; i < ours->n_units; i++)
    loss += unit_loss (&ours->units[i == first ? i + 1 : i == first + 1 ? i - 1
                                                                        : i],
                       &theirs->units[i]);
  return isnan (loss) ? OTHER_NAME : name_bits (ours) - loss;
}

/** @longer without its unit @without against @shorter. */
static double
weigh_dropped (const GuituMatchName *longer,
               const GuituMatchName *shorter,
               guint without)
{
  double loss = LOSS_ORDER;

  for (guint i = 0; i < shorter->n_units; i++)
    loss += unit_loss (&longer->units[i < without ? i : i + 1], &shorter->units[i]);
  return isnan (loss) ? OTHER_NAME : name_bits (shorter) - loss;
}

static double
weigh_name_pair (const GuituMatchName *ours,
                 const GuituMatchName *theirs)
{
  const GuituMatchName *longer = ours->n_units > theirs->n_units ? ours : theirs;
  const GuituMatchName *shorter = longer == ours ? theirs : ours;
  double best = OTHER_NAME;

  if (ours->n_units == theirs->n_units)
    {
      best = weigh_aligned (ours, theirs);
      for (guint i = 0; best < 0 && i + 1 < ours->n_units; i++)
        best = MAX (best, weigh_swapped (ours, theirs, i));
    }
  else if (longer->n_units == shorter->n_units + 1 && shorter->n_units >= 2)
    for (guint i = 0; i < longer->n_units; i++)
      best = MAX (best, weigh_dropped (longer, shorter, i));
  return MAX (best, OTHER_NAME);
}

static void
weigh_names (const GuituMatchSubject *ours,
             const GuituMatchSubject *theirs,
             GuituMatchWeights *weights)
{
  double best = NAN;

  for (guint i = 0; i < ours->n_names; i++)
    for (guint k = 0; k < theirs->n_names; k++)
      {
        gboolean ours_is_alias = i > 0 || !ours->has_name;
        gboolean theirs_is_alias = k > 0 || !theirs->has_name;
        double weight = weigh_name_pair (&ours->names[i], &theirs->names[k]) -
                        (ours_is_alias || theirs_is_alias ? LOSS_ALIAS : 0);

        if (!isnan (best) && weight <= best)
          continue;
        best = weight;
        weights->ours_is_alias = ours_is_alias;
        weights->theirs_is_alias = theirs_is_alias;
      }
  weights->weights[weights->ours_is_alias || weights->theirs_is_alias ? GUITU_MATCH_ALIAS : GUITU_MATCH_NAME] = best;
}

/* --- Other fields -------------------------------------------------------------------------------- */

/** GB/T 2261.1: 1 male, 2 female; 0 and 9 say nothing. One in four persons at a station is a woman. */
static double
weigh_sex (const char *ours,
           const char *theirs)
{
  if (ours == NULL || theirs == NULL || strchr ("12", ours[0]) == NULL || strchr ("12", theirs[0]) == NULL)
    return NAN;
  if (ours[0] == '\0' || theirs[0] == '\0')
    return NAN;
  if (ours[0] != theirs[0])
    return -5;
  return ours[0] == '2' ? 1.9 : 0.4;
}

/** The days of a year of birth, a month, or a day. Returns: whether @text is a date. */
static gboolean
read_day (const char *text,
          gboolean last,
          gint64 *day)
{
  int year = 0, month = last ? 12 : 1, day_of_month = 0;
  GDate date;

  if (text == NULL || sscanf (text, "%4d-%2d-%2d", &year, &month, &day_of_month) < 1 ||
      year < 1800 || year > 9999 || month < 1 || month > 12)
    return FALSE;
  if (day_of_month == 0)
    day_of_month = last ? g_date_get_days_in_month (month, year) : 1;
  if (!g_date_valid_dmy (day_of_month, month, year))
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day_of_month, month, year);
  *day = g_date_get_julian (&date);
  return TRUE;
}

typedef struct
{
  const char *text; /* the earliest day, as written */
  gint64 from;      /* Julian days */
  gint64 to;
} Interval;

static gboolean
read_interval (const GuituMatchSide *side,
               Interval *interval)
{
  gboolean has_from = side->birth_from != NULL && side->birth_from[0] != '\0';
  gboolean has_to = side->birth_to != NULL && side->birth_to[0] != '\0';

  interval->text = has_from ? side->birth_from : side->birth_to;
  return read_day (interval->text, FALSE, &interval->from) &&
         read_day (has_to ? side->birth_to : interval->text, TRUE, &interval->to) && interval->from <= interval->to;
}

static gboolean
same_two_digits (const char *ours,
                 const char *theirs)
{
  return ours[0] == theirs[0] && ours[1] == theirs[1];
}

/** Two days of birth (YYYY-MM-DD) that differ in one of year, month and day, or with month and day swapped. */
static gboolean
is_slip_of_day (const char *ours,
                const char *theirs)
{
  gboolean same_year, same_month, same_day;

  if (strlen (ours) != 10 || strlen (theirs) != 10)
    return FALSE;
  same_year = same_two_digits (ours, theirs) && same_two_digits (ours + 2, theirs + 2);
  same_month = same_two_digits (ours + 5, theirs + 5);
  same_day = same_two_digits (ours + 8, theirs + 8);
  return same_year + same_month + same_day == 2 ||
         (same_year && same_two_digits (ours + 5, theirs + 8) && same_two_digits (ours + 8, theirs + 5));
}

static double
weigh_gap (double years)
{
  static const struct
  {
    double years, weight;
  } steps[] = { { 0.5, 4 }, { 1.5, 2.5 }, { 3, 1 }, { 6, 0 }, { 12, -1.5 }, { 22, -2.5 } };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (years <= steps[i].years)
      return steps[i].weight;
  return -4.5;
}

static double
weigh_birth (const GuituMatchSide *ours,
             const GuituMatchSide *theirs)
{
  Interval our_interval, their_interval;
  double gap, width;

  if (!read_interval (ours, &our_interval) || !read_interval (theirs, &their_interval))
    return NAN;
  width = (our_interval.to - our_interval.from + their_interval.to - their_interval.from) / 365.25;
  gap = MAX (our_interval.from - their_interval.to, their_interval.from - our_interval.to) / 365.25;
  if (width == 0 && gap == 0)
    return 13;
  if (width == 0 && is_slip_of_day (our_interval.text, their_interval.text))
    return MAX (6, weigh_gap (gap));
  if (gap <= 0) /* they overlap: the wider, the less it says */
    return CLAMP (log2 (60 / (width + 1)), 0, 4.5);
  return width == 0 ? weigh_gap (gap) : MIN (weigh_gap (gap), 2);
}

/** Whether one character differs, or two neighbours are swapped. */
static gboolean
is_slip (const char *ours,
         const char *theirs)
{
  gsize length = strlen (ours);
  gsize first = 0, last = length;

  if (length != strlen (theirs))
    return FALSE;
  while (first < length && ours[first] == theirs[first])
    first++;
  while (last > first && ours[last - 1] == theirs[last - 1])
    last--;
  return last - first == 1 ||
         (last - first == 2 && ours[first] == theirs[first + 1] && ours[first + 1] == theirs[first]);
}

/** Whether @old is the ID number of 15 digits that became @number (GB 11643: 1989, then 1999). */
static gboolean
is_older_form (const char *old,
               const char *number)
{
  return strlen (old) == 15 && strlen (number) == 18 && strncmp (old, number, 6) == 0 &&
         strncmp (number + 6, "19", 2) == 0 && strncmp (old + 6, number + 8, 9) == 0;
}

static double
weigh_id_number (const char *ours,
                 const char *theirs)
{
  g_autofree char *our_number = NULL, *their_number = NULL;

  if (ours == NULL || theirs == NULL || ours[0] == '\0' || theirs[0] == '\0')
    return NAN;
  our_number = g_ascii_strup (ours, -1);
  their_number = g_ascii_strup (theirs, -1);
  if (strcmp (our_number, their_number) == 0 ||
      is_older_form (our_number, their_number) || is_older_form (their_number, our_number))
    return 25;
  return strlen (our_number) >= 8 && is_slip (our_number, their_number) ? 15 : -8;
}

/** Two phone numbers; families share one, and numbers are given out again. */
static double
weigh_phone_pair (const char *ours,
                  const char *theirs)
{
  if (strlen (ours) < 5 || strlen (theirs) < 5)
    return -0.5;
  if (strcmp (ours, theirs) == 0)
    return 13;
  return strlen (ours) >= 7 && is_slip (ours, theirs) ? 8 : -0.5;
}

static char **
split_phones (const char *text)
{
  char **phones = _guitu_search_names (text);

  for (guint i = 0; phones[i] != NULL; i++)
    {
      char *end = phones[i];

      for (const char *p = phones[i]; *p != '\0'; p++)
        if (g_ascii_isdigit (*p))
          *end++ = *p;
      *end = '\0';
    }
  return phones;
}

static double
weigh_phone (const char *ours,
             const char *theirs)
{
  g_auto (GStrv) our_phones = NULL, their_phones = NULL;
  double best = -0.5;

  if (ours == NULL || theirs == NULL || ours[0] == '\0' || theirs[0] == '\0')
    return NAN;
  our_phones = split_phones (ours);
  their_phones = split_phones (theirs);
  for (guint i = 0; our_phones[i] != NULL; i++)
    for (guint k = 0; their_phones[k] != NULL; k++)
      best = MAX (best, weigh_phone_pair (our_phones[i], their_phones[k]));
  return best;
}

/** Region codes of GB/T 2260: two digits each for province, city and county. */
static double
weigh_household (const char *ours,
                 const char *theirs)
{
  gsize common = 0;

  if (ours == NULL || theirs == NULL || ours[0] == '\0' || theirs[0] == '\0')
    return NAN;
  if (!g_ascii_isdigit (ours[0]) || !g_ascii_isdigit (theirs[0]))
    return strcmp (ours, theirs) == 0 ? 6 : NAN;
  while (ours[common] != '\0' && ours[common] == theirs[common])
    common++;
  return common >= 6 ? 6 : common >= 4 ? 4
                       : common >= 2   ? 2
                                       : -2.5;
}

static double
weigh_height (int ours,
              int theirs)
{
  int difference = abs (ours - theirs);

  if (ours <= 0 || theirs <= 0)
    return NAN;
  return difference <= 2 ? 1.5 : difference <= 5 ? 1
                             : difference <= 8   ? -0.5
                             : difference <= 12  ? -2
                                                 : -4;
}

/* --- All fields ---------------------------------------------------------------------------------- */

/** Names that say that there is none (无名氏, 无名男) are left out. */
static void
add_names (GuituMatchSubject *subject,
           const char *text,
           guint max)
{
  g_auto (GStrv) names = _guitu_search_names (text);

  for (guint i = 0; names[i] != NULL && max > 0 && subject->n_names < GUITU_MATCH_NAMES_MAX; i++)
    {
      GuituMatchName *name = &subject->names[subject->n_names];

      if (names[i][0] == '\0' || g_str_has_prefix (names[i], "无名"))
        continue;
      name->n_units = _guitu_search_split (names[i], name->units);
      name->surname = 0;
      while (name->surname < name->n_units && name->units[name->surname].in_surname)
        name->surname++;
      subject->n_names += name->n_units > 0;
      max -= name->n_units > 0;
    }
}

void
_guitu_match_subject_init (GuituMatchSubject *subject,
                           const GuituMatchSide *side)
{
  subject->side = side;
  subject->n_names = 0;
  add_names (subject, side->name, 1);
  subject->has_name = subject->n_names > 0;
  add_names (subject, side->alias, GUITU_MATCH_NAMES_MAX);
}

double
_guitu_match_weigh (const GuituMatchSubject *ours,
                    const GuituMatchSubject *theirs,
                    GuituMatchWeights *weights)
{
  const GuituMatchSide *a = ours->side;
  const GuituMatchSide *b = theirs->side;
  double score = 0;

  *weights = (GuituMatchWeights){
    .weights = {
        [GUITU_MATCH_NAME] = NAN,
        [GUITU_MATCH_ALIAS] = NAN,
        [GUITU_MATCH_SEX] = weigh_sex (a->sex, b->sex),
        [GUITU_MATCH_BIRTH] = weigh_birth (a, b),
        [GUITU_MATCH_ID_NUMBER] = weigh_id_number (a->id_number, b->id_number),
        [GUITU_MATCH_PHONE] = weigh_phone (a->phone, b->phone),
        [GUITU_MATCH_HOUSEHOLD] = weigh_household (a->household, b->household),
        [GUITU_MATCH_HEIGHT] = weigh_height (a->height_cm, b->height_cm),
    },
  };
  weigh_names (ours, theirs, weights);
  for (guint i = 0; i < GUITU_MATCH_FIELDS; i++)
    if (!isnan (weights->weights[i]))
      score += weights->weights[i];
  return score;
}

double
_guitu_match_probability (double score)
{
  return 1 / (1 + exp2 (-(score + PRIOR_BITS)));
}
