/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The program: options, key commands, and one window on one store. */

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_APPLICATION (guitu_application_get_type ())
G_DECLARE_FINAL_TYPE (GuituApplication, guitu_application, GUITU, APPLICATION, AdwApplication)

GApplication *guitu_application_new (void);

G_END_DECLS
