/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Puts one of our errors in the place of one of GStreamer's. @from: (transfer none) */
void _guitu_camera_explain (const GError *from,
                            GError **error);

G_END_DECLS
