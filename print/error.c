/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/error.h"

G_DEFINE_QUARK (guitu - print - error - quark, guitu_print_error)
