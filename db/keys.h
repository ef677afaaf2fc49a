/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The keys of a desk and of its station. They lie in the store's folder in the file "keys", which
 * only its owner may read; whoever has that file can speak for the station. */

#include "db/error.h"

G_BEGIN_DECLS

#define GUITU_KEY_FILE "keys"
#define GUITU_PUBLIC_KEY_BYTES 32
#define GUITU_SECRET_KEY_BYTES 64
#define GUITU_CERTIFICATE_BYTES 64

/** A station's desk as others know it; the certificate is the station's signature over the rest. */
typedef struct
{
  gint64 desk; /* id: first eight bytes of BLAKE2b of the public key, without the sign bit */
  char *station;
  gint64 number; /* 1, 2, 3 … within the station */
  guint8 public_key[GUITU_PUBLIC_KEY_BYTES];
  guint8 certificate[GUITU_CERTIFICATE_BYTES];
} GuituDesk;

/** Keys that the station had before: to open and to check what was made then. */
typedef struct
{
  guint8 station_public[GUITU_PUBLIC_KEY_BYTES];
  guint8 box_public[32];
  guint8 box_secret[32];
  guint8 payload[32];
} GuituFormerKeys;

typedef struct
{
  char *station;
  guint8 station_public[GUITU_PUBLIC_KEY_BYTES]; /* Ed25519: certificates, cards, seals */
  guint8 station_secret[GUITU_SECRET_KEY_BYTES];
  guint8 box_public[32]; /* X25519: what is sealed to this station */
  guint8 box_secret[32];
  guint8 payload[32]; /* symmetric: what only this station's desks read */
  guint8 desk_secret[GUITU_SECRET_KEY_BYTES];
  GuituDesk desk;
  GArray *former; /* GuituFormerKeys, the oldest first */
} GuituKeys;

/** New keys for a new station and its first desk. Returns: (transfer full). */
GuituKeys *guitu_keys_new_station (const char *station);

/** The same station, with a new desk of its own. Returns: (transfer full). */
GuituKeys *guitu_keys_new_desk (const GuituKeys *station, gint64 number);

/**
 * The keys with which the desk of @keys goes on after its station's rotation: @station has the new keys,
 * @certificate is the desk's by them. Returns: (transfer full).
 */
GuituKeys *guitu_keys_rotated (const GuituKeys *keys, const GuituKeys *station, const guint8 certificate[GUITU_CERTIFICATE_BYTES]);

/** Signs the certificate of @desk with the key of the station of @keys. */
void guitu_keys_certify (const GuituKeys *keys, GuituDesk *desk);

/** What tells a payload key from others, see guitu_keys_payload_mark. Returns: (transfer full). */
char *guitu_payload_mark (const guint8 payload[32]);

/** Reads or writes the file "keys" in @directory (mode 0600). Errors: KEY. */
GuituKeys *guitu_keys_load (const char *directory, GError **error);
gboolean guitu_keys_save (const GuituKeys *keys, const char *directory, GError **error);

/**
 * Station keys, locked with a one-time code, for another desk of the station. Its former keys go along, so that
 * it reads what is older than the newest: all of them with a @note; without one, which is short enough for a code
 * on paper, the newest few. Returns: (transfer full).
 */
GBytes *guitu_keys_make_invitation (const GuituKeys *keys, gint64 number, const char *code, const char *note);

/** @note: (out) (optional) (transfer full) (nullable). Returns: (transfer full). Errors: INVALID, UNTRUSTED. */
GuituKeys *guitu_keys_open_invitation (GBytes *invitation, const char *code, char **note, GError **error);

/**
 * What tells the payload key from others without giving it away, as hex digits: a keyed BLAKE2b. The
 * other keys prove one another; this one is compared with what the store noted. Returns: (transfer full).
 */
char *guitu_keys_payload_mark (const GuituKeys *keys);

void guitu_keys_free (GuituKeys *keys);
void guitu_desk_clear (GuituDesk *desk);
void guitu_desk_free (GuituDesk *desk);

/** The id that belongs to a desk's public key. */
gint64 guitu_desk_id (const guint8 public_key[GUITU_PUBLIC_KEY_BYTES]);

/** Whether the station whose key is @station_key vouches for @desk. */
gboolean guitu_desk_is_certified (const GuituDesk *desk, const guint8 station_key[GUITU_PUBLIC_KEY_BYTES]);

/** Bytes as Base64 text, as lower-case hex digits, and back from Base64; back fails unless exactly @length bytes result. */
char *guitu_key_to_text (const guint8 *bytes, gsize length);
char *guitu_hex (const guint8 *bytes, gsize length);
gboolean guitu_key_from_text (const char *text, guint8 *bytes, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituKeys, guitu_keys_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituDesk, guitu_desk_free)

G_END_DECLS
