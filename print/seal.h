/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "print/form.h"

G_BEGIN_DECLS

/*
 * Seals: what the QR code of a paper says, signed by the station.
 *
 * The text is "GT1:" and Base45 (RFC 9285) of a COSE_Sign1 (RFC 9052, tag 18):
 *
 *   18([ << {1: -8 (EdDSA), 4: key id} >>, {}, << payload >>, signature ])
 *
 * signed with Ed25519 over the Sig_structure of RFC 9052 §4.4 with empty external data. The key id
 * is the first 8 bytes of SHA-256 of the public key. The payload is a map in deterministic CBOR
 * (RFC 8949 §4.2), with the keys named below. Any COSE library can check it, given the key.
 *
 * A seal has exactly one text: whatever is not spelled in that one way is refused, so no character
 * of it can be changed without it being noticed.
 */

/* How the text of every seal begins. */
#define GUITU_SEAL_PREFIX "GT1:"

#define GUITU_SEAL_DIGEST_SIZE 16
#define GUITU_SEAL_KEY_ID_SIZE 8
#define GUITU_SEAL_SIGNATURE_SIZE 64

/* Texts are UTF-8 without control characters. NULL or 0 where absent is allowed. */
typedef struct
{
  char *number;                          /*  1: of the paper, at most 64 bytes */
  char *kind;                            /*  2: of the form, at most 64 bytes */
  char *station;                         /*  3: code of the issuing station, at most 32 bytes */
  gint64 issued_at;                      /*  5: seconds since 1970 */
  gint64 expires_at;                     /*  6: seconds since 1970; 0: it does not expire, absent */
  guint8 digest[GUITU_SEAL_DIGEST_SIZE]; /* 7: of the printed fields, guitu_seal_digest() */
  char *surname;                         /*  8: surname (of a name that is not Han its first character) and "**", at most 64 bytes; may be absent */
  int birth_year;                        /*  9: 0: absent */
  char *sex;                             /* 10: "男", "女" …, at most 16 bytes; may be absent */
  char *id_last4;                        /* 11: last four characters of the ID number; may be absent */
  char *destination;                     /* 12: at most 128 bytes; may be absent */
  char *answers;                         /* 13: of a receipt: number, blank, and hex SHA-256 (32 digits) of the seal it accepts;
                                          * at most 128 bytes; may be absent */

  /* Set by guitu_seal_parse(); guitu_seal_make() works them out and does not look at these. */
  guint8 key_id[GUITU_SEAL_KEY_ID_SIZE];
  guint8 signature[GUITU_SEAL_SIGNATURE_SIZE];
} GuituSeal;

/* (transfer full): a seal that says nothing yet */
GuituSeal *guitu_seal_new (void);
void guitu_seal_free (GuituSeal *seal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituSeal, guitu_seal_free)

/**
 * guitu_seal_make:
 * @content: what to state
 * @secret_key: the station's Ed25519 key as libsodium keeps it (seed and public key)
 *
 * Returns: (transfer full) (nullable): the text for the QR code; NULL with GUITU_PRINT_ERROR_SEAL
 *   when a field is missing, too long or not proper text
 */
char *guitu_seal_make (const GuituSeal *content,
                       const guint8 secret_key[64],
                       GError **error);

/**
 * guitu_seal_parse:
 * @text: as scanned; blanks and line ends around it are overlooked, at most 2 KiB
 *
 * Reads a seal without judging it: whether it is genuine, guitu_seal_verify() tells.
 *
 * Returns: (transfer full) (nullable): the seal; NULL with GUITU_PRINT_ERROR_SEAL for anything but
 *   the one permitted spelling
 */
GuituSeal *guitu_seal_parse (const char *text,
                             GError **error);

/* Whether the holder of @public_key signed exactly what @seal says. At most 1 ms. */
gboolean guitu_seal_verify (const GuituSeal *seal,
                            const guint8 public_key[32]);

/* The key id a seal of this key carries: the first 8 bytes of SHA-256 of the key. */
void guitu_seal_key_id (const guint8 public_key[32],
                        guint8 key_id[GUITU_SEAL_KEY_ID_SIZE]);

/**
 * guitu_seal_digest:
 *
 * The fingerprint of what a paper prints: the first 16 bytes of SHA-256 over the deterministic
 * CBOR map of every key that counts, with its text in the canonical form. Keys without text are
 * left out. Labels, photo and seal are not part of it.
 */
void guitu_seal_digest (const GuituFormValues *values,
                        guint8 digest[GUITU_SEAL_DIGEST_SIZE]);

/* Whether the text of @key is part of the digest: all but "ledger.head" (which moves on between
 * issue and check) and "form.*" (the wording of the form itself). */
gboolean guitu_seal_counts (const char *key);

/**
 * guitu_seal_canonical:
 *
 * The canonical form of a printed text, so that who types it from the paper gets the same:
 *   1. Unicode NFKC: full-width letters, digits and signs become half-width, compatibility
 *      ideographs those they stand for
 *   2. a to z become A to Z
 *   3. signs that are typed for one another become one: U+2010 to U+2015 and U+2212 "-"; U+2018 to
 *      U+201B "'"; U+201C to U+201F the straight double quote; U+2022, U+2027 and U+30FB U+00B7;
 *      U+3001 ","; U+3002 "."; U+301C "~"
 *   4. blanks and line ends (White_Space) are dropped, but between two of A to Z and 0 to 9 they are
 *      one blank: 1 23 and 12 3 stay different
 *
 * Returns: (transfer full): "" also for what is not UTF-8
 */
char *guitu_seal_canonical (const char *text);

G_END_DECLS
