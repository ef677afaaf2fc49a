/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/intake/intake-fields.h"

#include "ui/widgets/field-row.h"

/* The fields in the order in which they are asked, two in a line or one across. */
typedef struct
{
  const char *path;
  gboolean is_wide;
} Place;

static const Place person_places[] = {
  { "person.name", FALSE },
  { "person.id_number", FALSE },
  { "person.id_override", TRUE },
  { "person.birth_from", FALSE },
  { "person.nation", FALSE },
  { "person.household", FALSE },
  { "person.address", FALSE },
  { "person.phone", FALSE },
  { "person.alias", FALSE },
  { "person.health", FALSE },
  { "person.literate", FALSE },
  { "person.impaired", FALSE },
  { "person.wanders", FALSE },
  { "person.accent", FALSE },
  { "person.height_cm", FALSE },
  { "person.birth_lunar", FALSE },
  { "person.fence", FALSE },
  { "person.marks", TRUE },
  { "person.kin", TRUE },
};

static const Place arrival_places[] = {
  { "stay.brought_by", FALSE },
  { "stay.found_place", FALSE },
  { "stay.reason", FALSE },
  { "stay.social_security", FALSE },
  { "stay.clothing", FALSE },
  { "stay.family", FALSE },
  { "stay.request", TRUE },
  { "stay.belongings", TRUE },
  { "stay.first_look", TRUE },
  { "stay.security_check", TRUE },
};

static void
fill_grid (GtkGrid *grid, const Place *places, gsize n_places)
{
  int column = 0;
  int line = 0;

  for (gsize i = 0; i < n_places; i++)
    {
      if (places[i].is_wide && column > 0)
        {
          column = 0;
          line++;
        }
      gtk_grid_attach (grid, GTK_WIDGET (guitu_field_row_new (places[i].path)), column, line, places[i].is_wide ? 2 : 1, 1);
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
