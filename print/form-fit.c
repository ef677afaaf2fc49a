/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In what size of type a text fits its cell. */

#include "print/form-layout-private.h"

#include <math.h>

#define CUT "…（详见登记表）"

gboolean
_guitu_fits (const GuituPaper *paper,
             const char *text,
             double size,
             const GuituBox *room,
             gboolean may_tear)
{
  g_autoptr (GuituText) lines = _guitu_text_new (paper->fonts, text, size, room->width);

  return (may_tear || !_guitu_text_breaks_words (lines)) && _guitu_text_height (size, lines->lines->len) <= room->height + 0.01;
}

double
_guitu_fitting_size (const GuituPaper *paper,
                     const char *text,
                     double size,
                     double least,
                     const GuituBox *room)
{
  while (size > least && !_guitu_fits (paper, text, size, room, FALSE))
    size = MAX (size - GUITU_SIZE_STEP, least);
  return size;
}

double
_guitu_lowest_size (const GuituPaper *paper,
                    const char *text,
                    double size,
                    double least,
                    double width)
{
  double lowest = G_MAXDOUBLE;
  double found = size;

  for (; size >= least; size -= GUITU_SIZE_STEP)
    {
      g_autoptr (GuituText) lines = _guitu_text_new (paper->fonts, text, size, width);
      double height = _guitu_text_height (size, lines->lines->len);

      if (_guitu_text_breaks_words (lines) || height >= lowest)
        continue;
      lowest = height;
      found = size;
      if (lines->lines->len == 1)
        break;
    }
  return found;
}

char *
_guitu_cut_text (const GuituPaper *paper,
                 const char *text,
                 double size,
                 const GuituBox *room)
{
  for (glong n = g_utf8_strlen (text, -1) - 1; n > 0; n--)
    {
      g_autofree char *beginning = g_utf8_substring (text, 0, n);
      g_autofree char *cut = g_strconcat (beginning, CUT, NULL);

      if (_guitu_fits (paper, cut, size, room, TRUE))
        return g_steal_pointer (&cut);
    }
  return g_strdup (CUT);
}

double
_guitu_one_line_size (const GuituPaper *paper,
                      const char *text,
                      double size,
                      double least,
                      double width)
{
  double needed = _guitu_text_measure (paper->fonts, text, size);
  double smaller = floor (size * width / needed / GUITU_SIZE_STEP) * GUITU_SIZE_STEP;

  return needed > width && smaller >= least ? smaller : size;
}
