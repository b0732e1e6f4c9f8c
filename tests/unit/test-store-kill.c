/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A process that commits numbered rows is killed at any moment; each number that it reported is
 * there afterwards. */
#include "store-fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_KILLS 50

/* In the child: never returns. Each number is written to @fd once its commit has answered. */
static void
commit_numbers(StoreFixture *self, guint32 number, int fd)
{
  store_fixture_open(self, NULL);
  for (;; number++) {
    g_autofree char *key = g_strdup_printf("row %u", number);

    store_fixture_append(self, key, "lane", 0);
    if (write(fd, &number, sizeof number) != sizeof number)
      _exit(1);
  }
}

/* Kills the child after it has reported @n_reports numbers; returns the last it reported. */
static guint32
kill_after(pid_t child, int fd, guint n_reports)
{
  guint32 number = 0;
  guint32 last = 0;

  for (guint i = 0; i < n_reports; i++) {
    assert_int_equal(read(fd, &number, sizeof number), sizeof number);
    last = number;
  }
  /* A moment that no commit marks. */
  g_usleep(n_reports * 37 % 911);
  assert_int_equal(kill(child, SIGKILL), 0);
  assert_int_equal(waitpid(child, NULL, 0), child);
  while (read(fd, &number, sizeof number) == sizeof number)
    last = number;
  return last;
}

static void
every_reported_commit_survives_a_kill(void **state)
{
  StoreFixture *self = *state;
  guint32 n_rows = 0;

  for (guint i = 0; i < N_KILLS; i++) {
    int fds[2] = { -1, -1 };

    assert_int_equal(pipe(fds), 0);

    pid_t child = fork();

    if (child == 0)
      commit_numbers(self, n_rows + 1, fds[1]);
    close(fds[1]);

    guint32 last = kill_after(child, fds[0], 1 + i % 7);

    close(fds[0]);
    store_fixture_open(self, NULL);
    assert_false(shopcaisse_database_was_replaced(self->database));
    n_rows = (guint32)store_fixture_query(self, "SELECT count(*) FROM outbox");
    assert_true(n_rows >= last);
    assert_true(n_rows <= last + 1);
    g_clear_pointer(&self->database, shopcaisse_database_close);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_folder_test(every_reported_commit_survives_a_kill),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
