/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Seals of the lengths that papers carry. */

#include <sodium.h>

#include "print/print.h"

/* The seal of an invented paper of @kind; @destination is what differs most in length. (transfer full) */
static inline char *
sample_seal (const char *kind,
             const char *destination)
{
  static const guint8 seed[crypto_sign_SEEDBYTES] = { 42 };
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
  g_autoptr (GError) error = NULL;
  GuituSeal content = {
    .number = (char *) "JJ-440100-2026-000123",
    .kind = (char *) kind,
    .station = (char *) "440100JZ",
    .issued_at = 1777790460,
    .expires_at = 1778395260,
    .surname = (char *) "欧阳**",
    .birth_year = 1985,
    .sex = (char *) "女",
    .id_last4 = (char *) "0026",
    .destination = (char *) destination,
  };
  char *text;

  for (guint i = 0; i < sizeof content.digest; i++)
    content.digest[i] = (guint8) (17 * i);
  g_assert_cmpint (sodium_init (), >=, 0);
  crypto_sign_seed_keypair (public_key, secret_key, seed);
  text = guitu_seal_make (&content, secret_key, &error);
  g_assert_no_error (error);
  return text;
}

/* What is in the code of @form: a label has room for the name of a paper only. (transfer full) */
static inline char *
sample_code (const GuituForm *form)
{
  if (guitu_form_is_label (form))
    return g_strdup_printf ("GT0:440100JZ:%s-440100-2026-000123:0123456789AB", guitu_form_prefix (form));
  return sample_seal (guitu_form_kind (form), "新疆维吾尔自治区喀什市");
}
