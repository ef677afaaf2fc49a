/* SPDX-License-Identifier: GPL-3.0-or-later */

/* guituctl: words to a verb's input, results to lines of JSON. What a verb does is not known here. */

#include "app/call.h"
#include "app/ctl/bench.h"
#include "app/ctl/ctl.h"
#include "app/ctl/records.h"
#include "app/ctl/stop.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define STDIN_WAIT_MS 200

static void
print_json (FILE *to,
            JsonObject *object,
            gboolean pretty)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, pretty);

  fprintf (to, "%s\n", text);
  fflush (to);
}

static void
print_result (JsonObject *result,
              gpointer data)
{
  const GuituCommand *command = data;

  print_json (stdout, result, command->pretty);
}

static int
print_error (const GError *error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  const char *field = guitu_error_field (error);
  g_autofree char *message = g_utf8_make_valid (error->message, -1);
  g_autofree char *valid_field = field == NULL ? NULL : g_utf8_make_valid (field, -1);

  json_object_set_string_member (object, "error", guitu_error_code (error));
  json_object_set_string_member (object, "message", message);
  if (valid_field != NULL)
    json_object_set_string_member (object, "field", valid_field);
  print_json (stderr, object, FALSE);
  return error->domain == GUITU_ERROR ? error->code : GUITU_ERROR_STORAGE;
}

/* --- Passwords ------------------------------------------------------------------------------- */

static char *
ask_password (const char *prompt)
{
  struct termios before, quiet;
  char line[1024];
  char *end;

  if (!isatty (STDIN_FILENO) || tcgetattr (STDIN_FILENO, &before) != 0)
    return NULL;
  fprintf (stderr, "%s: ", prompt);
  quiet = before;
  quiet.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
  end = fgets (line, sizeof line, stdin);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  fputc ('\n', stderr);
  return end == NULL ? NULL : g_strdup (g_strchomp (line));
}

static gboolean
log_in (GuituStation *station,
        const GuituCommand *command,
        GError **error)
{
  g_autofree char *password = g_strdup (g_getenv ("GUITU_PASSWORD"));
  gboolean is_known;

  if (command->user == NULL)
    return TRUE;
  if (password == NULL)
    password = ask_password (command->user);
  if (password == NULL || *password == '\0')
    return ctl_fail (error, "missing", "password", "No password was given: set $GUITU_PASSWORD, or type it when a terminal asks for it");
  ctl_stop_hold ();
  is_known = guitu_station_log_in (station, command->user, password, error);
  ctl_stop_release ();
  return is_known;
}

/* A verb that sets a password takes it from the environment (init) or asks. */
static void
complete_password (GuituCommand *command)
{
  g_autofree char *password = NULL;

  if (!ctl_has_option (command->verb, "password") || json_object_has_member (command->input, "password") ||
      json_object_has_member (command->input, "invitation"))
    return;
  if (command->verb->flags & GUITU_VERB_NO_LOGIN)
    password = g_strdup (g_getenv ("GUITU_PASSWORD"));
  if (password == NULL)
    password = ask_password ("New password");
  if (password != NULL)
    json_object_set_string_member (command->input, "password", password);
}

/* The second person's password comes the same way. */
static void
complete_second (GuituCommand *command)
{
  const char *second = json_object_get_string_member_with_default (command->input, "second", NULL);
  g_autofree char *password = NULL;

  if (second == NULL || json_object_has_member (command->input, "second_password"))
    return;
  password = g_strdup (g_getenv ("GUITU_SECOND_PASSWORD"));
  if (password == NULL)
    password = ask_password (second);
  if (password != NULL)
    json_object_set_string_member (command->input, "second_password", password);
}

/* --- Running ------------------------------------------------------------------------------------ */

/* Whoever breaks off a verb that writes files must learn what became of them. */
static gboolean
writes_files (const GuituVerb *verb)
{
  for (const GuituOption *option = verb->options; option != NULL && option->name != NULL; option++)
    if (option->type == GUITU_OPTION_OUTPUT)
      return TRUE;
  return FALSE;
}

static gboolean
run_one (GuituStation *station,
         GuituCommand *command,
         JsonObject *input,
         GError **error)
{
  gboolean has_run;

  if (ctl_stop_is_asked ())
    return guitu_fail (error, GUITU_ERROR_REFUSED, "cancelled", NULL, "Cancelled; what was not acknowledged was not done");
  ctl_stop_hold ();
  has_run = guitu_station_run (station, command->verb->name, input, print_result, command, error);
  ctl_stop_release ();
  return has_run;
}

/* --- Records on standard input ----------------------------------------------------------------- */

/* Words on the command line are enough for many verbs: then standard input is only read when
 * something is there. */
static gboolean
has_records (const GuituCommand *command)
{
  struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };

  if (!(command->verb->flags & GUITU_VERB_READS_STDIN) || isatty (STDIN_FILENO))
    return FALSE;
  if (command->wants_stdin)
    return TRUE;
  if (command->n_options > 0)
    return FALSE;
  if (json_object_get_size (command->input) == 0)
    return TRUE;
  return poll (&input, 1, STDIN_WAIT_MS) == 1 && (input.revents & POLLIN);
}

/* The record with the words of the command line, which go before it. */
static JsonObject *
complete_record (GuituCommand *command,
                 JsonObject *record)
{
  JsonObject *input = json_object_new ();

  guitu_json_add (input, record);
  guitu_json_add (input, command->input);
  return input;
}

static gboolean
run_array (GuituStation *station,
           GuituCommand *command,
           JsonArray *records,
           GError **error)
{
  g_autoptr (JsonArray) inputs = json_array_new ();

  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonNode *record = json_array_get_element (records, i);

      if (!JSON_NODE_HOLDS_OBJECT (record))
        return ctl_fail (error, "invalid-json", NULL, "A record is a JSON object");
      json_array_add_object_element (inputs, complete_record (command, json_node_get_object (record)));
    }
  return guitu_station_run_all (station, command->verb->name, inputs, print_result, command, error);
}

static gboolean
run_node (GuituStation *station,
          GuituCommand *command,
          JsonNode *node,
          GError **error)
{
  g_autoptr (JsonObject) input = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return run_array (station, command, json_node_get_array (node), error);
  input = complete_record (command, json_node_get_object (node));
  return run_one (station, command, input, error);
}

/* Each record is acknowledged before the next is read. An array is written whole or not at all. */
static gboolean
run_records (GuituStation *station,
             GuituCommand *command,
             GError **error)
{
  g_autoptr (CtlRecords) records = ctl_records_new (stdin);
  guint count = 0;

  while (TRUE)
    {
      g_autoptr (JsonNode) node = NULL;

      if (!ctl_records_next (records, &node, error))
        return FALSE;
      if (node == NULL)
        break;
      count++;
      if (!run_node (station, command, node, error))
        return FALSE;
    }
  return count > 0 || run_one (station, command, command->input, error);
}

static void
show_progress (GuituStation *station,
               GCancellable *of,
               guint done,
               guint total)
{
  if (total > 0)
    fprintf (stderr, "\r%3u %%%s", (guint) ((guint64) done * 100 / total), done == total ? "\n" : "");
}

/** Has a verb that takes long tell how far it is, where somebody looks on. */
static void
watch_progress (GuituStation *station,
                const GuituCommand *command)
{
  g_autoptr (GCancellable) never = g_cancellable_new ();

  if (writes_files (command->verb))
    guitu_station_set_stop (station, ctl_stop_watch ());
  if (!isatty (STDERR_FILENO))
    return;
  if (!writes_files (command->verb))
    guitu_station_set_stop (station, never);
  g_signal_connect (station, "progress", G_CALLBACK (show_progress), NULL);
}

static gboolean
run (GuituCommand *command,
     GError **error)
{
  g_autoptr (GuituStation) station = guitu_station_new (command->store);

  watch_progress (station, command);
  if (!(command->verb->flags & GUITU_VERB_NO_LOGIN) || command->user != NULL)
    {
      if ((!(command->verb->flags & GUITU_VERB_NO_STORE) || (command->verb->flags & GUITU_VERB_MAY_LOGIN)) && !log_in (station, command, error))
        return FALSE;
    }
  complete_password (command);
  complete_second (command);
  if (has_records (command))
    return run_records (station, command, error);
  return run_one (station, command, command->input, error);
}

int
main (int argc,
      char **argv)
{
  g_auto (GuituCommand) command = { 0 };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (!ctl_parse (&command, argc, argv, &error))
    return print_error (error);
  if (command.wants_help)
    {
      if (command.is_bench)
        ctl_print_bench_help ();
      else
        ctl_print_help (command.verb, command.group);
      return 0;
    }
  if (command.is_bench ? !ctl_bench (command.bench, command.input, &error) : !run (&command, &error))
    return print_error (error);
  if (fflush (stdout) == 0 && !ferror (stdout))
    return 0;
  guitu_fail (&error, GUITU_ERROR_STORAGE, "unwritable", NULL, "What was found could not be written: %s", g_strerror (errno));
  return print_error (error);
}
