/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing: each change once for its key, row by row, with ids of any form, and heard of again by
 * who asks what changed. */

#include "changes.h"

#define SECOND_US 1000000
#define LONG_ID   200

static GVariant *
new_rows(GVariant *first, GVariant *second)
{
  GVariant *rows[] = { first, second };

  return comptoir_rows_new(rows, second == NULL ? 1 : 2);
}

/* (transfer full) (nullable): the id of an article made now; else says why not */
static char *
create_article(Run *run, const char *key, const char *name, GString *seen)
{
  g_auto(Changed) changed = { 0 };
  char *id = NULL;

  if (changed_ask(&changed, run, QUESTION_APPLY_ARTICLES,
                  new_rows(change_new_article(key, name), NULL)))
    id = changed_dup_id(&changed, key);
  if (id == NULL) {
    g_autofree char *fault = changed_dup_fault(&changed, key);

    g_string_append_printf(seen, "an article cannot be made: %s", fault);
  }
  return id;
}

/* A change or a sale with that key: what is asked twice. */
static GVariant *
new_keyed(Question question, const char *key)
{
  g_autofree char *id = g_strconcat("id-of-", key, NULL);

  return question == QUESTION_APPLY_ARTICLES ? change_new_article(key, key)
                                             : till_sale_new(key, id);
}

/* The same key in two calls, and twice in one call. */
static gboolean
keeps_key(Run *run, Question question, const char *key, GString *seen)
{
  g_auto(Changed) first = { 0 };
  g_auto(Changed) second = { 0 };
  g_autofree char *first_id = NULL;
  g_autofree char *second_id = NULL;

  if (changed_ask(&first, run, question, new_rows(new_keyed(question, key), NULL)))
    first_id = changed_dup_id(&first, key);
  if (first_id != NULL && changed_ask(&second, run, question,
                                      new_rows(new_keyed(question, key), new_keyed(question, key))))
    second_id = changed_dup_id(&second, key);
  if (first_id == NULL || second_id == NULL) {
    g_autofree char *fault = changed_dup_fault(first_id == NULL ? &first : &second, key);

    g_string_append(seen, fault);
    return FALSE;
  }
  if (g_str_equal(first_id, second_id))
    return TRUE;
  g_string_append_printf(seen, "was \"%.40s\" the first time and \"%.40s\" the second", first_id,
                         second_id);
  return FALSE;
}

static guint
count_named(Walk *walk, const char *name)
{
  guint count = 0;

  for (guint i = 0; i < walk->rows->len; i++) {
    const char *found = "";

    (void)g_variant_lookup(g_ptr_array_index(walk->rows, i), COMPTOIR_KEY_NAME, "&s", &found);
    if (g_str_equal(found, name))
      count++;
  }
  return count;
}

/* (transfer full): the list as it is now, or since a time */
static Walk *
walk_now(Run *run, const char *since)
{
  const WalkOptions options = {
    .limit = 1000,
    .timeout_ms = run->options.timeout_ms,
    .since = since,
  };

  return walk_new(run->asker, QUESTION_LIST_ARTICLES, &options);
}

static Verdict
check_same_key_apply(Run *run, GString *seen)
{
  const char *key = "check-same-key";
  g_autoptr(Walk) walk = NULL;
  guint count = 0;

  if (!keeps_key(run, QUESTION_APPLY_ARTICLES, key, seen))
    return VERDICT_FAILED;
  g_string_append(seen, "the same id each time");
  if (!run_can_ask(run, QUESTION_LIST_ARTICLES))
    return VERDICT_OK;
  walk = walk_now(run, NULL);
  count = count_named(walk, key);
  g_string_append_printf(seen, ", %u %s in the list", count, count == 1 ? "article" : "articles");
  return count == 1 ? VERDICT_OK : VERDICT_FAILED;
}

static Verdict
check_same_key_record(Run *run, GString *seen)
{
  if (!keeps_key(run, QUESTION_RECORD_SALES, "check-same-sale", seen))
    return VERDICT_FAILED;
  g_string_append(seen, "the same id each time");
  return VERDICT_OK;
}

/* Between two good changes one to an article that is not there. */
static GVariant *
new_mixed_changes(void)
{
  GVariant *rows[] = {
    change_new_article("check-part-1", "Part 1"),
    change_new("check-part-2", "update", "comptoir-check: no such article",
               g_variant_new_parsed("{'name': <'Part 2'>}")),
    change_new_article("check-part-3", "Part 3"),
  };

  return comptoir_rows_new(rows, G_N_ELEMENTS(rows));
}

static Verdict
check_partial_failure(Run *run, GString *seen)
{
  g_auto(Changed) changed = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *third = NULL;
  g_autoptr(GVariant) answer = NULL;

  (void)changed_ask(&changed, run, QUESTION_APPLY_ARTICLES, new_mixed_changes());
  first = changed_dup_id(&changed, "check-part-1");
  wrong = changed_dup_id(&changed, "check-part-2");
  third = changed_dup_id(&changed, "check-part-3");
  answer = changed_find(&changed, "check-part-2");
  if (first == NULL || third == NULL) {
    g_autofree char *fault =
        changed_dup_fault(&changed, first == NULL ? "check-part-1" : "check-part-3");

    g_string_append_printf(seen, "beside a change that fails: %s", fault);
    return VERDICT_FAILED;
  }
  if (answer == NULL || wrong != NULL) {
    g_string_append(seen, answer == NULL ? "the change that cannot be made has no answer"
                                         : "an article that is not there was updated");
    return VERDICT_FAILED;
  }
  g_string_append(seen, "2 done, 1 failed");
  return VERDICT_OK;
}

static Verdict
check_unknown_row_keys(Run *run, GString *seen)
{
  const char *key = "check-unknown-keys";
  g_auto(GVariantDict) change = G_VARIANT_DICT_INIT(NULL);
  g_auto(Changed) changed = { 0 };
  g_autofree char *id = NULL;

  g_variant_dict_insert(&change, COMPTOIR_KEY_KEY, "s", key);
  g_variant_dict_insert(&change, COMPTOIR_KEY_CHANGE, "s", "create");
  g_variant_dict_insert(&change, "comptoir-check", "d", 1.5);
  g_variant_dict_insert_value(
      &change, COMPTOIR_KEY_FIELDS,
      g_variant_new_parsed("{'name': <'Unknown keys'>, 'price': <'1.00'>, 'vat_rate': <'10'>,"
                           " 'comptoir-check': <[1, 2]>, 'later': <{'a': <'b'>}>}"));
  if (changed_ask(&changed, run, QUESTION_APPLY_ARTICLES,
                  new_rows(g_variant_dict_end(&change), NULL)))
    id = changed_dup_id(&changed, key);
  if (id == NULL) {
    g_autofree char *fault = changed_dup_fault(&changed, key);

    g_string_append(seen, fault);
    return VERDICT_FAILED;
  }
  g_string_append(seen, "ignored in a change and in its fields");
  return VERDICT_OK;
}

/* Ids as strangers have them: with what a host may use between parts of its own. */
static char *
dup_odd_id(guint number)
{
  static const char *const odd[] = {
    "check:a:b", "check with blanks", "check/../é/日本/'\"%s", "{check}", "0",
  };

  if (number < G_N_ELEMENTS(odd))
    return g_strdup(odd[number]);
  return number == G_N_ELEMENTS(odd) ? g_strnfill(LONG_ID, 'x') : NULL;
}

/* (transfer full) (nullable): what became of an odd key and an odd external id */
static char *
find_change_of_id(Run *run, const char *odd)
{
  g_auto(Changed) changed = { 0 };
  g_autofree char *id = NULL;
  g_autoptr(Walk) walk = NULL;
  GVariant *row = NULL;
  const char *external_id = NULL;
  GVariant *fields = g_variant_new_parsed(
      "{'name': <'Odd'>, 'price': <'1.00'>, 'vat_rate': <'10'>, 'external_id': <%s>}", odd);

  if (changed_ask(&changed, run, QUESTION_APPLY_ARTICLES,
                  new_rows(change_new(odd, "create", NULL, fields), NULL)))
    id = changed_dup_id(&changed, odd);
  if (id == NULL)
    return changed_dup_fault(&changed, odd);
  if (!run_can_ask(run, QUESTION_LIST_ARTICLES))
    return NULL;
  walk = walk_now(run, NULL);
  row = walk_get_row(walk, id);
  if (row == NULL)
    return g_strdup_printf("the article \"%.40s\" is not listed under its id", id);
  if (g_variant_lookup(row, COMPTOIR_KEY_EXTERNAL_ID, "&s", &external_id) &&
      !g_str_equal(external_id, odd))
    return g_strdup_printf("external_id \"%.40s\" came back as \"%.40s\"", odd, external_id);
  return NULL;
}

static char *
find_change_of_sale_id(Run *run, const char *odd)
{
  g_auto(Changed) changed = { 0 };
  g_autofree char *id = NULL;

  if (changed_ask(&changed, run, QUESTION_RECORD_SALES, new_rows(till_sale_new(odd, odd), NULL)))
    id = changed_dup_id(&changed, odd);
  return id == NULL ? changed_dup_fault(&changed, odd) : NULL;
}

static Verdict
check_odd_ids(Run *run, GString *seen)
{
  guint number = 0;
  g_autofree char *odd = dup_odd_id(0);

  if (!run_can_ask(run, QUESTION_APPLY_ARTICLES) && !run_can_ask(run, QUESTION_RECORD_SALES)) {
    g_string_append(seen, "nothing can be written into this host");
    return VERDICT_NOT_OFFERED;
  }
  while (odd != NULL) {
    g_autofree char *fault = NULL;

    if (run_can_ask(run, QUESTION_APPLY_ARTICLES))
      fault = find_change_of_id(run, odd);
    if (fault == NULL && run_can_ask(run, QUESTION_RECORD_SALES))
      fault = find_change_of_sale_id(run, odd);
    if (fault != NULL) {
      g_string_append(seen, fault);
      return VERDICT_FAILED;
    }
    g_free(odd);
    odd = dup_odd_id(++number);
  }
  g_string_append_printf(seen, "%u keys and ids came back as they were", number);
  return VERDICT_OK;
}

/* (transfer full): the next whole second, after which nothing has been written yet. Waits for it:
 * hosts may keep times in seconds. */
static char *
wait_for_second(void)
{
  gint64 now_us = g_get_real_time();
  gint64 second = now_us / SECOND_US + 1;
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(second);

  g_usleep((gulong)(second * SECOND_US - now_us) + SECOND_US / 50);
  return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}

static Verdict
check_since(Run *run, GString *seen)
{
  g_autofree char *old_id = create_article(run, "check-since-old", "Since, old", seen);
  g_autofree char *changed_id = create_article(run, "check-since-new", "Since, new", seen);
  g_autofree char *since = NULL;
  g_autoptr(Walk) walk = NULL;
  g_auto(Changed) changed = { 0 };

  if (old_id == NULL || changed_id == NULL)
    return VERDICT_NOT_CHECKED;
  since = wait_for_second();
  if (!changed_ask(&changed, run, QUESTION_APPLY_ARTICLES,
                   new_rows(change_new("check-since-update", "update", changed_id,
                                       g_variant_new_parsed("{'price': <'3.00'>}")),
                            NULL))) {
    g_string_append(seen, "an article cannot be changed");
    return VERDICT_NOT_CHECKED;
  }
  walk = walk_now(run, since);
  if (walk_find(walk, changed_id) == 0) {
    g_string_append(seen, "what changed after \"since\" is not in the list");
    return VERDICT_FAILED;
  }
  if (walk_find(walk, old_id) != 0) {
    g_string_append_printf(seen, "\"since\" is ignored: %u rows, 1 changed", walk->rows->len);
    return VERDICT_FAILED;
  }
  g_string_append_printf(seen, "%u row, what changed", walk->rows->len);
  return VERDICT_OK;
}

static Verdict
check_tombstones(Run *run, GString *seen)
{
  g_autofree char *id = create_article(run, "check-tombstone", "Tombstone", seen);
  g_autofree char *since = NULL;
  g_autofree char *deleted_id = NULL;
  g_autoptr(Walk) walk = NULL;
  g_auto(Changed) changed = { 0 };
  GVariant *row = NULL;
  gboolean is_deleted = FALSE;

  if (id == NULL)
    return VERDICT_NOT_CHECKED;
  since = wait_for_second();
  if (changed_ask(&changed, run, QUESTION_APPLY_ARTICLES,
                  new_rows(change_new("check-tombstone-delete", "delete", id, NULL), NULL)))
    deleted_id = changed_dup_id(&changed, "check-tombstone-delete");
  if (deleted_id == NULL) {
    g_string_append(seen, "this host deletes no articles");
    return VERDICT_NOT_OFFERED;
  }
  walk = walk_now(run, since);
  row = walk_get_row(walk, id);
  if (row != NULL)
    (void)g_variant_lookup(row, "deleted", "b", &is_deleted);
  if (row != NULL && is_deleted) {
    g_string_append(seen, "a deleted article is listed as deleted");
    return VERDICT_OK;
  }
  g_string_append(seen, row == NULL ? "a deleted article is not in the list: nobody hears of it"
                                    : "a deleted article is listed as if it were there");
  return VERDICT_FAILED;
}

/* (transfer full) (nullable): the secret that the host has got */
static char *
lookup_secret(Run *run)
{
  g_auto(Reply) reply = { 0 };
  char *secret = NULL;

  if (run_ask(run, QUESTION_LOOKUP_SECRET, g_variant_new_parsed("{'name': <'comptoir-check'>}"),
              &reply))
    (void)g_variant_lookup(reply.answer, "secret", "s", &secret);
  return secret;
}

static Verdict
check_secrets(Run *run, GString *seen)
{
  static const char *const secrets[] = { "first", "second: 'é'", "" };

  for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++) {
    g_auto(Reply) reply = { 0 };
    g_autofree char *found = NULL;

    (void)run_ask(run, QUESTION_STORE_SECRET,
                  g_variant_new_parsed("{'name': <'comptoir-check'>, 'secret': <%s>}", secrets[i]),
                  &reply);
    found = lookup_secret(run);
    if (reply.error == NULL && g_str_equal(found == NULL ? "" : found, secrets[i]))
      continue;
    g_string_append(seen, *secrets[i] == '\0' ? "is not forgotten" : "is not what was stored");
    return VERDICT_FAILED;
  }
  g_string_append(seen, "stored, replaced and forgotten");
  return VERDICT_OK;
}

#define NEEDS_BOTH    (NEEDS(QUESTION_LIST_ARTICLES) | NEEDS(QUESTION_APPLY_ARTICLES))
#define NEEDS_APPLY   NEEDS(QUESTION_APPLY_ARTICLES)
#define NEEDS_SECRETS (NEEDS(QUESTION_LOOKUP_SECRET) | NEEDS(QUESTION_STORE_SECRET))

const Check change_checks[] = {
  { "since", NEEDS_BOTH, TRUE, RUN_QUESTIONS, check_since },
  { "tombstones", NEEDS_BOTH, TRUE, RUN_QUESTIONS, check_tombstones },
  { "same-key-apply", NEEDS_APPLY, TRUE, RUN_QUESTIONS, check_same_key_apply },
  { "same-key-record", NEEDS(QUESTION_RECORD_SALES), TRUE, RUN_QUESTIONS, check_same_key_record },
  { "partial-failure", NEEDS_APPLY, TRUE, RUN_QUESTIONS, check_partial_failure },
  { "unknown-row-keys", NEEDS_APPLY, TRUE, RUN_QUESTIONS, check_unknown_row_keys },
  { "odd-ids", 0, TRUE, RUN_QUESTIONS, check_odd_ids },
  { "secrets", NEEDS_SECRETS, TRUE, RUN_QUESTIONS, check_secrets },
  { .name = NULL },
};
