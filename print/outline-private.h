/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <hb.h>

G_BEGIN_DECLS

/**
 * _guitu_outline_thin:
 * @face: a subset with TrueType outlines
 *
 * The same font with outlines of fewer points, for a smaller file: no point of an outline moves by
 * more than 1/256 em, which in body text is a quarter of what a laser printer can show.
 *
 * Returns: (transfer full): the font; as it was if something in it is not understood
 */
hb_blob_t *_guitu_outline_thin (hb_face_t *face);

G_END_DECLS
