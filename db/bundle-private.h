/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sealed files: four letters that name the format, whom it is for, and an encrypted stream (libsodium
 * secretstream, XChaCha20-Poly1305) of chunks, each led by its length. The stream's final tag shows that
 * nothing was cut off. What the chunks hold is the business of bundles and snapshots. */

#include "db/ledger.h"

#include <sodium.h>
#include <stdio.h>

G_BEGIN_DECLS

#define GUITU_SEALED_CHUNK_BYTES (64 * 1024)

/** A file that is being written beside its place, and put there when it is whole. */
typedef struct
{
  FILE *out;
  char *path;
  char *temporary;
  crypto_secretstream_xchacha20poly1305_state state;
  guint8 header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
} GuituSealedWriter;

/**
 * Begins the file at @path: sealed for the station @to, or for our own desks; for those in @desks (element-type
 * GuituDesk), once the station's keys were replaced, so that those who have not heard of it can read it.
 * Errors: STORAGE.
 */
gboolean _guitu_sealed_create (GuituSealedWriter *writer, const char *path, const char *magic, const GuituKeys *keys, const GuituPeer *to, GPtrArray *desks, GError **error);

/** The desks of our station that have not ended, for _guitu_sealed_create; %NULL as long as its keys are the first. *@good is FALSE on error. */
GPtrArray *_guitu_sealed_desks (GuituTransaction *transaction, gboolean *good, GError **error);
gboolean _guitu_sealed_write (GuituSealedWriter *writer, gconstpointer data, gsize length, gboolean is_last, GError **error);

/** Puts the file in its place, durably. */
gboolean _guitu_sealed_finish (GuituSealedWriter *writer, GError **error);

/** Ends writing; what was not finished leaves nothing behind. */
void _guitu_sealed_writer_clear (GuituSealedWriter *writer);

typedef struct
{
  FILE *in;
  gboolean is_from_own_station;
  gboolean is_at_end;
  long first_chunk; /* where it begins */
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  guint8 header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  crypto_secretstream_xchacha20poly1305_state state;
} GuituSealedReader;

/** Opens a file that begins with @magic. Errors: NOT_FOUND, INVALID (another kind of file, cut short, a newer format), UNTRUSTED (not for us). */
gboolean _guitu_sealed_open (GuituSealedReader *reader, const char *path, const char *magic, const GuituKeys *keys, GError **error);

/** The next chunk; the last one sets is_at_end. Returns: (transfer full), or %NULL on error. */
GBytes *_guitu_sealed_read (GuituSealedReader *reader, GError **error);

/** Goes back to the first chunk. */
gboolean _guitu_sealed_rewind (GuituSealedReader *reader, GError **error);
void _guitu_sealed_reader_clear (GuituSealedReader *reader);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituSealedWriter, _guitu_sealed_writer_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituSealedReader, _guitu_sealed_reader_clear)

/* --- What a bundle holds: each chunk is a CBOR array of items --------------------------------- */

#define GUITU_BUNDLE_MAGIC "GTB1"
#define GUITU_BUNDLE_DESK 1   /* [1, station, number, public key, certificate] */
#define GUITU_BUNDLE_ENTRY 2  /* [2, body, signature] */
#define GUITU_BUNDLE_SENDER 3 /* [3, desk, signature]: who made it, after the desks of that station */

/** What the maker of a bundle signs: that this stream is a bundle of its own. Returns: (transfer full). */
GBytes *_guitu_bundle_sender_message (const guint8 header[crypto_secretstream_xchacha20poly1305_HEADERBYTES]);

G_END_DECLS
