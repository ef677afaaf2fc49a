/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Numbers of resident identity cards: 18 digits after GB 11643-1999 (region, day of birth, order,
 * check digit), or 15 after GB 11643-1989 (two-digit year of the 20th century, no check digit). */

#include <glib.h>

G_BEGIN_DECLS

#define GUITU_IDENTITY_NUMBER_ERROR (guitu_identity_number_error_quark ())
GQuark guitu_identity_number_error_quark (void);

typedef enum
{
  GUITU_IDENTITY_NUMBER_ERROR_LENGTH,      /* neither 18 nor 15 characters */
  GUITU_IDENTITY_NUMBER_ERROR_CHARACTER,   /* something other than digits, or X elsewhere than at the end */
  GUITU_IDENTITY_NUMBER_ERROR_REGION,      /* no such province */
  GUITU_IDENTITY_NUMBER_ERROR_DATE,        /* no such day, one to come, or one before 1900 */
  GUITU_IDENTITY_NUMBER_ERROR_CHECK_DIGIT, /* all is possible but the last character */
} GuituIdentityNumberError;

typedef struct
{
  char number[19]; /* 18 characters, upper case; a number of 15 digits is converted */
  char region[7];  /* GB/T 2260; the county may be one that regions.csv does not have */
  char birth[11];  /* YYYY-MM-DD */
  char sex[2];     /* GB/T 2261.1: "1" male, "2" female */
} GuituIdentityNumber;

/**
 * Reads an identity number. Full-width digits, a small x and white space are put right. A birth
 * before 1900 is refused: in 2000 already nobody in the care of a station was that old, and it is
 * nearly always a slip of the finger (so the example 440524188001010014 of the standard has a right
 * check digit and is refused for its date).
 *
 * @today: the present day as YYYY-MM-DD, after which nobody is born yet
 * @out: (out) (optional): what the number says; unchanged on failure
 * Returns: whether it is a valid number; else @error is a #GuituIdentityNumberError.
 */
gboolean guitu_identity_number_parse (const char *text,
                                      const char *today,
                                      GuituIdentityNumber *out,
                                      GError **error);

/**
 * Whether @typed can still become a valid number, for telling of a slip as soon as it is made. An
 * empty text can; a complete number can if it is valid.
 *
 * Returns: %FALSE with the same errors as guitu_identity_number_parse().
 */
gboolean guitu_identity_number_check_prefix (const char *typed, const char *today, GError **error);

/** The check digit (ISO 7064, MOD 11-2) for the first 17 digits at @digits: '0' to '9' or 'X'. */
char guitu_identity_number_check_digit (const char *digits);

/**
 * The number of any document for showing to those who need not know it: the first three and the last
 * four characters stay, fewer of a short number, none of one with fewer than five.
 *
 * Returns: (transfer full): as many characters as @number has.
 */
char *guitu_identity_number_mask (const char *number);

G_END_DECLS
