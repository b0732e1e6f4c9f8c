/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the token is kept: chosen when stored, recorded, never switched on reading. */
#include "channel/secret-file.h"
#include "channel/secret.h"

#include <comptoir/comptoir-host.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define TOKEN "eyJ0ZXN0IjoxfQ.not-a-real-one"

/* A host that keeps one secret in its memory. */
typedef struct {
  ShopcaisseHost base;
  char *kept;      /* (owned) (nullable) */
  GError *refusal; /* (owned) (nullable): what it answers instead */
  guint n_asked;
} SafeHost;

typedef struct {
  GMainContext *context;
  char *folder; /* (owned) */
  char *file;   /* (owned): the token's */
  SafeHost host;
  ShopcaisseSecretStore *store;
  gboolean is_done;
  char *answer;  /* (owned) (nullable) */
  GError *error; /* (owned) (nullable) */
} World;

static void
ask(ShopcaisseHost *host,
    ShopcaisseQuestion question,
    GVariant *argument,
    ShopcaisseHostAnswer callback,
    gpointer user_data)
{
  SafeHost *self = (SafeHost *)host;
  g_autoptr(GVariant) given = g_variant_ref_sink(argument);
  const char *secret = NULL;
  self->n_asked++;
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(NULL);
  if (question == SHOPCAISSE_ASK_STORE_SECRET && self->refusal == NULL) {
    assert_true(g_variant_lookup(given, "secret", "&s", &secret));
    g_free(self->kept);
    self->kept = *secret != '\0' ? g_strdup(secret) : NULL;
  } else if (self->kept != NULL) {
    g_variant_dict_insert(&answer, "secret", "s", self->kept);
  }
  g_autoptr(GVariant) row = g_variant_ref_sink(g_variant_dict_end(&answer));
  callback(self->refusal == NULL ? row : NULL, self->refusal, 0, user_data);
}

static int
set_up(void **state)
{
  World *world = g_new0(World, 1);
  world->context = g_main_context_new();
  world->folder = g_dir_make_tmp("secret-XXXXXX", NULL);
  world->file = g_build_filename(world->folder, "token", NULL);
  world->host.base.ask = ask;
  world->store = shopcaisse_secret_store_new(world->folder, &world->host.base, world->context);
  *state = world;
  return 0;
}

static int
tear_down(void **state)
{
  World *world = *state;
  g_autofree char *temporary = g_build_filename(world->folder, "token.new", NULL);
  g_clear_pointer(&world->store, shopcaisse_secret_store_free);
  gboolean is_left = g_file_test(temporary, G_FILE_TEST_EXISTS);
  (void)g_remove(world->file);
  (void)g_remove(temporary);
  (void)g_rmdir(world->folder);
  g_main_context_unref(world->context);
  g_free(world->folder);
  g_free(world->file);
  g_free(world->host.kept);
  g_clear_error(&world->host.refusal);
  g_free(world->answer);
  g_clear_error(&world->error);
  g_free(world);
  return is_left ? -1 : 0;
}

static void
done_cb(const char *secret, const GError *error, gpointer user_data)
{
  World *world = user_data;
  world->is_done = TRUE;
  world->answer = g_strdup(secret);
  world->error = error != NULL ? g_error_copy(error) : NULL;
}

static void
expect(World *world)
{
  world->is_done = FALSE;
  g_clear_pointer(&world->answer, g_free);
  g_clear_error(&world->error);
}

static void
wait_done(World *world)
{
  assert_false(world->is_done); /* never from inside */
  while (g_main_context_iteration(world->context, FALSE))
    continue;
  assert_true(world->is_done);
}

static void
save(World *world, const char *place, const char *secret)
{
  expect(world);
  world->store->save(world->store, place, secret, done_cb, world);
  wait_done(world);
}

static void
load(World *world, const char *place)
{
  expect(world);
  world->store->load(world->store, place, done_cb, world);
  wait_done(world);
}

static void
write_file(World *world, const char *text, gssize length, int mode)
{
  assert_true(g_file_set_contents(world->file, text, length, NULL));
  assert_int_equal(g_chmod(world->file, (mode_t)mode), 0);
}

static void
assert_refused(World *world, ComptoirError code)
{
  assert_null(world->answer);
  assert_true(g_error_matches(world->error, COMPTOIR_ERROR, (gint)code));
}

static void
token_goes_into_a_file_and_comes_back(void **state)
{
  World *world = *state;
  save(world, NULL, TOKEN);
  assert_null(world->error);
  assert_string_equal(world->answer, "file");
  load(world, "file");
  assert_string_equal(world->answer, TOKEN);
}

static void
file_is_for_its_owner_alone(void **state)
{
  World *world = *state;
  GStatBuf status;
  save(world, NULL, TOKEN);
  assert_int_equal(g_stat(world->file, &status), 0);
  assert_int_equal(status.st_mode & 07777, 0600);
  assert_int_equal(status.st_size, strlen(TOKEN));
}

static void
second_token_replaces_the_first(void **state)
{
  World *world = *state;
  save(world, NULL, TOKEN);
  save(world, "file", "other");
  load(world, "file");
  assert_string_equal(world->answer, "other");
}

static void
leftover_of_a_power_cut_is_replaced(void **state)
{
  World *world = *state;
  g_autofree char *temporary = g_build_filename(world->folder, "token.new", NULL);
  assert_int_equal(symlink("/nowhere/else", temporary), 0);
  save(world, NULL, TOKEN);
  assert_null(world->error);
}

static void
no_place_has_no_token(void **state)
{
  World *world = *state;
  load(world, "");
  assert_null(world->answer);
  assert_null(world->error);
  load(world, NULL);
  assert_null(world->error);
  load(world, "file");
  assert_null(world->answer);
  assert_null(world->error);
}

static void
unknown_place_is_an_error_and_no_absence(void **state)
{
  World *world = *state;
  load(world, "moon");
  assert_refused(world, COMPTOIR_ERROR_NOT_SUPPORTED);
}

static void
token_of_an_unknown_place_can_be_replaced(void **state)
{
  World *world = *state;
  save(world, "moon", TOKEN);
  assert_null(world->error);
  assert_string_equal(world->answer, "file");
}

static void
file_that_others_can_read_is_refused(void **state)
{
  World *world = *state;
  write_file(world, TOKEN, -1, 0640);
  load(world, "file");
  assert_refused(world, COMPTOIR_ERROR_UNAUTHORIZED);
  assert_non_null(strstr(world->error->message, "can be read by other users"));
  assert_null(strstr(world->error->message, TOKEN));
}

static void
link_is_refused(void **state)
{
  World *world = *state;
  assert_int_equal(symlink("/etc/hostname", world->file), 0);
  load(world, "file");
  assert_refused(world, COMPTOIR_ERROR_STORAGE);
}

static void
pipe_is_refused_without_waiting(void **state)
{
  World *world = *state;
  assert_int_equal(mkfifo(world->file, 0600), 0);
  load(world, "file");
  assert_refused(world, COMPTOIR_ERROR_STORAGE);
}

static void
folder_in_the_place_of_the_file_is_refused(void **state)
{
  World *world = *state;
  assert_int_equal(g_mkdir(world->file, 0700), 0);
  load(world, "file");
  assert_refused(world, COMPTOIR_ERROR_STORAGE);
  save(world, NULL, TOKEN);
  assert_refused(world, COMPTOIR_ERROR_STORAGE);
}

static void
file_that_is_too_long_is_refused(void **state)
{
  World *world = *state;
  g_autofree char *text = g_strnfill(SHOPCAISSE_SECRET_MAX + 1, 'x');
  write_file(world, text, -1, 0600);
  load(world, "file");
  assert_refused(world, COMPTOIR_ERROR_STORAGE);
}

static void
longest_file_is_read(void **state)
{
  World *world = *state;
  g_autofree char *text = g_strnfill(SHOPCAISSE_SECRET_MAX, 'x');
  save(world, NULL, text);
  load(world, "file");
  assert_string_equal(world->answer, text);
}

static void
file_that_is_no_text_is_refused(void **state)
{
  World *world = *state;
  write_file(world, "a\0b", 3, 0600);
  load(world, "file");
  assert_refused(world, COMPTOIR_ERROR_STORAGE);
}

static void
empty_file_is_no_token(void **state)
{
  World *world = *state;
  write_file(world, "", 0, 0600);
  load(world, "file");
  assert_null(world->answer);
  assert_null(world->error);
}

static void
token_that_cannot_be_is_invalid(void **state)
{
  World *world = *state;
  g_autofree char *text = g_strnfill(SHOPCAISSE_SECRET_MAX + 1, 'x');
  save(world, NULL, text);
  assert_refused(world, COMPTOIR_ERROR_INVALID);
  save(world, NULL, "");
  assert_refused(world, COMPTOIR_ERROR_INVALID);
  save(world, NULL, "\xff");
  assert_refused(world, COMPTOIR_ERROR_INVALID);
}

static void
forgotten_token_is_gone(void **state)
{
  World *world = *state;
  save(world, NULL, TOKEN);
  save(world, "file", NULL);
  assert_null(world->error);
  assert_null(world->answer);
  assert_false(g_file_test(world->file, G_FILE_TEST_EXISTS));
  save(world, "file", NULL);
  assert_null(world->error);
}

static void
host_that_keeps_secrets_is_preferred(void **state)
{
  World *world = *state;
  world->host.base.features = COMPTOIR_HOST_SECRETS;
  save(world, NULL, TOKEN);
  assert_string_equal(world->answer, "host");
  assert_string_equal(world->host.kept, TOKEN);
  assert_false(g_file_test(world->file, G_FILE_TEST_EXISTS));
  load(world, "host");
  assert_string_equal(world->answer, TOKEN);
}

static void
token_in_a_file_stays_there_when_the_host_learns_to_keep_secrets(void **state)
{
  World *world = *state;
  save(world, NULL, TOKEN);
  world->host.base.features = COMPTOIR_HOST_SECRETS;
  load(world, "file");
  assert_string_equal(world->answer, TOKEN);
  assert_int_equal(world->host.n_asked, 0);
}

static void
token_that_moves_is_forgotten_where_it_was(void **state)
{
  World *world = *state;
  save(world, NULL, TOKEN);
  world->host.base.features = COMPTOIR_HOST_SECRETS;
  save(world, "file", "newer");
  assert_string_equal(world->answer, "host");
  assert_false(g_file_test(world->file, G_FILE_TEST_EXISTS));
}

static void
host_that_turns_out_not_to_keep_secrets_leaves_it_to_the_file(void **state)
{
  World *world = *state;
  world->host.base.features = COMPTOIR_HOST_SECRETS;
  world->host.refusal =
      g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED, "no keyring");
  save(world, NULL, TOKEN);
  assert_null(world->error);
  assert_string_equal(world->answer, "file");
}

static void
host_that_fails_is_not_passed_over(void **state)
{
  World *world = *state;
  world->host.base.features = COMPTOIR_HOST_SECRETS;
  world->host.refusal =
      g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE, "keyring is locked");
  save(world, NULL, TOKEN);
  assert_refused(world, COMPTOIR_ERROR_UNREACHABLE);
  assert_false(g_file_test(world->file, G_FILE_TEST_EXISTS));
  load(world, "host");
  assert_refused(world, COMPTOIR_ERROR_UNREACHABLE);
}

static void
host_forgets_the_token(void **state)
{
  World *world = *state;
  world->host.base.features = COMPTOIR_HOST_SECRETS;
  save(world, NULL, TOKEN);
  save(world, "host", NULL);
  assert_null(world->host.kept);
  load(world, "host");
  assert_null(world->answer);
  assert_null(world->error);
}

static void
folder_that_is_gone_is_an_error_of_storage(void **state)
{
  World *world = *state;
  assert_int_equal(g_rmdir(world->folder), 0);
  save(world, NULL, TOKEN);
  assert_refused(world, COMPTOIR_ERROR_STORAGE);
  load(world, "file");
  assert_refused(world, COMPTOIR_ERROR_STORAGE);
}

static void
store_released_while_underway_still_answers(void **state)
{
  World *world = *state;
  world->store->load(world->store, "file", done_cb, world);
  g_clear_pointer(&world->store, shopcaisse_secret_store_free);
  wait_done(world);
}

#define secret_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    secret_test(token_goes_into_a_file_and_comes_back),
    secret_test(file_is_for_its_owner_alone),
    secret_test(second_token_replaces_the_first),
    secret_test(leftover_of_a_power_cut_is_replaced),
    secret_test(no_place_has_no_token),
    secret_test(unknown_place_is_an_error_and_no_absence),
    secret_test(token_of_an_unknown_place_can_be_replaced),
    secret_test(file_that_others_can_read_is_refused),
    secret_test(link_is_refused),
    secret_test(pipe_is_refused_without_waiting),
    secret_test(folder_in_the_place_of_the_file_is_refused),
    secret_test(file_that_is_too_long_is_refused),
    secret_test(longest_file_is_read),
    secret_test(file_that_is_no_text_is_refused),
    secret_test(empty_file_is_no_token),
    secret_test(token_that_cannot_be_is_invalid),
    secret_test(forgotten_token_is_gone),
    secret_test(host_that_keeps_secrets_is_preferred),
    secret_test(token_in_a_file_stays_there_when_the_host_learns_to_keep_secrets),
    secret_test(token_that_moves_is_forgotten_where_it_was),
    secret_test(host_that_turns_out_not_to_keep_secrets_leaves_it_to_the_file),
    secret_test(host_that_fails_is_not_passed_over),
    secret_test(host_forgets_the_token),
    secret_test(folder_that_is_gone_is_an_error_of_storage),
    secret_test(store_released_while_underway_still_answers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
