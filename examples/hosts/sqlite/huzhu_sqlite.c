/* huzhu_sqlite.c - libhuzhu in SQL, as an extension of SQLite:
 *
 *     cc -shared -fPIC huzhu_sqlite.c $(pkg-config --cflags --libs huzhu) -o huzhu_sqlite.so
 *     sqlite> .load ./huzhu_sqlite
 *     sqlite> select huzhu_load('rulesets/beijing');                          -- name, version and SHA-256 of the rules
 *     sqlite> select huzhu_decide('inpatient-allowance', claim) from claims;  -- the decision as JSON
 *
 * A claim that gives no counters has new keys. Everything belongs to the connection, which is used by one thread at a time, and goes with
 * it; loading other rules replaces them.
 */
#include <huzhu/huzhu.h>
#include <sqlite3ext.h>
#include <stdlib.h>
#include <string.h>

SQLITE_EXTENSION_INIT1

/* What a connection has. The claim is of the plan asked last. */
typedef struct rules {
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    huzhu_claim *claim;
    huzhu_decision *decision;
} rules;

static void forget(rules *self)
{
    huzhu_claim_free(self->claim);
    huzhu_decision_free(self->decision);
    huzhu_ruleset_release(self->ruleset);
    memset(self, 0, sizeof *self);
}

static void end(void *self)
{
    forget(self);
    free(self);
}

static void fail(sqlite3_context *call, const char *what, huzhu_status status)
{
    char *text = sqlite3_mprintf("%s: %s", what, huzhu_status_text(status));
    sqlite3_result_error(call, text ? text : huzhu_status_text(status), -1);
    sqlite3_free(text);
}

static void load(sqlite3_context *call, int count, sqlite3_value **values)
{
    rules *self = sqlite3_user_data(call);
    rules next = {0};
    huzhu_diagnostics *diagnostics = NULL;
    const char *folder = (const char *)sqlite3_value_text(values[0]);
    (void)count;
    huzhu_diagnostics_new(NULL, &diagnostics); /* without memory it stays NULL, which the load accepts */
    huzhu_status status = folder ? huzhu_ruleset_load(folder, NULL, diagnostics, &next.ruleset) : HUZHU_INVALID_ARGUMENT;
    if (status == HUZHU_OK) status = huzhu_decision_new(NULL, &next.decision);
    if (status == HUZHU_OK) {
        forget(self);
        *self = next;
        char *text = sqlite3_mprintf("%s %s %s", huzhu_ruleset_name(next.ruleset).data, huzhu_ruleset_version(next.ruleset).data,
                                     huzhu_ruleset_sha256(next.ruleset).data);
        sqlite3_result_text(call, text, -1, sqlite3_free);
    } else {
        huzhu_text text = diagnostics ? huzhu_diagnostics_text(diagnostics) : (huzhu_text){"", 0};
        if (text.size) sqlite3_result_error(call, text.data, (int)text.size);
        else fail(call, "huzhu_load", status);
        forget(&next);
    }
    huzhu_diagnostics_free(diagnostics);
}

static huzhu_status take_plan(rules *self, const char *id, size_t size)
{
    const huzhu_plan *plan;
    huzhu_status status = huzhu_ruleset_plan_find(self->ruleset, id, size, &plan);
    if (status != HUZHU_OK || plan == self->plan) return status;
    huzhu_claim_free(self->claim);
    self->claim = NULL;
    self->plan = NULL;
    status = huzhu_claim_new(plan, &self->claim);
    if (status == HUZHU_OK) self->plan = plan;
    return status;
}

static void decide(sqlite3_context *call, int count, sqlite3_value **values)
{
    rules *self = sqlite3_user_data(call);
    const char *plan = (const char *)sqlite3_value_text(values[0]);
    size_t plan_size = (size_t)sqlite3_value_bytes(values[0]);
    const char *json = (const char *)sqlite3_value_text(values[1]);
    size_t json_size = (size_t)sqlite3_value_bytes(values[1]);
    huzhu_text text;
    (void)count;
    if (!self->ruleset) {
        sqlite3_result_error(call, "huzhu_decide: no rules; select huzhu_load('FOLDER') first", -1);
        return;
    }
    if (!plan || !json) return; /* null */
    huzhu_status status = take_plan(self, plan, plan_size);
    if (status == HUZHU_OK) status = huzhu_claim_read_json(self->claim, json, json_size);
    if (status == HUZHU_DATA) status = HUZHU_OK; /* the decision says so */
    if (status == HUZHU_OK) status = huzhu_claim_set_fresh(self->claim, 1);
    if (status == HUZHU_OK) status = huzhu_claim_evaluate(self->claim, self->decision);
    if (status == HUZHU_OK) status = huzhu_decision_json(self->decision, HUZHU_ZH, 0, &text);
    if (status == HUZHU_OK) sqlite3_result_text64(call, text.data, text.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    else fail(call, "huzhu_decide", status);
}

int sqlite3_huzhusqlite_init(sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
    SQLITE_EXTENSION_INIT2(api);
    rules *self = calloc(1, sizeof *self);
    (void)error;
    if (!self) return SQLITE_NOMEM;
    /* The first takes self over: it goes with the connection. Not in triggers and views of strangers: it reads files. */
    int status = sqlite3_create_function_v2(db, "huzhu_load", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, self, load, NULL, NULL, end);
    if (status == SQLITE_OK) status = sqlite3_create_function_v2(db, "huzhu_decide", 2, SQLITE_UTF8, self, decide, NULL, NULL, NULL);
    return status;
}
