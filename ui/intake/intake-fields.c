/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/intake/intake-fields.h"

#include "ui/widgets/field-row.h"

#include <glib/gi18n.h>

/* The fields in the order in which they are asked, two in a line or one across. */
typedef struct
{
  const char *path;
  gboolean is_wide;
  const char *label; /* NULL: the field's own */
} Place;

static const Place person_places[] = {
  { "person.name", FALSE, NULL },
  { "person.id_number", FALSE, NULL },
  { "person.id_override", TRUE, NULL },
  { "person.birth_from", FALSE, NULL },
  { "person.nation", FALSE, NULL },
  { "person.household", FALSE, NULL },
  { "person.address", FALSE, NULL },
  { "person.phone", FALSE, NULL },
  { "person.alias", FALSE, NULL },
  { "person.health", FALSE, NULL },
  { "person.literate", FALSE, NULL },
  { "person.impaired", FALSE, N_ ("Signs of disability") },
  { "person.wanders", FALSE, NULL },
  { "person.accent", FALSE, NULL },
  { "person.height_cm", FALSE, NULL },
  { "person.birth_lunar", FALSE, NULL },
  { "person.fence", FALSE, NULL },
  { "person.marks", TRUE, NULL },
  { "person.kin", TRUE, NULL },
};

static const Place arrival_places[] = {
  { "stay.brought_by", FALSE, NULL },
  { "stay.found_place", FALSE, NULL },
  { "stay.reason", FALSE, NULL },
  { "stay.social_security", FALSE, NULL },
  { "stay.clothing", FALSE, NULL },
  { "stay.family", FALSE, NULL },
  { "stay.request", TRUE, NULL },
  { "stay.belongings", TRUE, NULL },
  { "stay.first_look", TRUE, NULL },
  { "stay.security_check", TRUE, NULL },
};

static void
fill_grid (GtkGrid *grid, const Place *places, gsize n_places)
{
  int column = 0;
  int line = 0;

  for (gsize i = 0; i < n_places; i++)
    {
      GuituFieldRow *row;

      if (places[i].is_wide && column > 0)
        {
          column = 0;
          line++;
        }
      row = guitu_field_row_new (places[i].path);
      if (places[i].label != NULL)
        guitu_field_row_set_label (row, _ (places[i].label));
      gtk_grid_attach (grid, GTK_WIDGET (row), column, line, places[i].is_wide ? 2 : 1, 1);
      column += places[i].is_wide ? 2 : 1;
      if (column >= 2)
        {
          column = 0;
          line++;
        }
    }
}

void
guitu_intake_fields_fill (GtkGrid *person, GtkGrid *arrival)
{
  fill_grid (person, person_places, G_N_ELEMENTS (person_places));
  fill_grid (arrival, arrival_places, G_N_ELEMENTS (arrival_places));
}
