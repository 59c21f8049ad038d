/* huzhu_pg.c - libhuzhu as a function of PostgreSQL:
 *
 *     cc -shared -fPIC -I$(pg_config --includedir-server) huzhu_pg.c $(pkg-config --cflags --libs huzhu) -o huzhu_pg.so
 *     create function huzhu_decide(rules text, plan text, claim text) returns text as 'huzhu_pg' language c strict;
 *     select huzhu_decide('/srv/rulesets/beijing', 'inpatient-allowance', row.claim)::jsonb ->> 'total' from …;
 *
 * A claim that gives no counters has new keys. A process of the server keeps the rules it loaded last; it is of one thread. Only a superuser may
 * create the function, since it reads files: give it to those who may.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include <huzhu/huzhu.h>
#include <string.h>

PG_MODULE_MAGIC;
PG_FUNCTION_INFO_V1(huzhu_decide);

/* Of this process: rules, and the folder that they are from. */
static char *loaded;
static huzhu_ruleset *rules;
static huzhu_decision *decision;

/* The server's errors leave by a jump: everything is let go of before. */
static void load(const char *folder)
{
    huzhu_diagnostics *diagnostics = NULL;
    huzhu_ruleset *next = NULL;
    if (loaded && strcmp(loaded, folder) == 0) return;
    huzhu_diagnostics_new(NULL, &diagnostics);
    huzhu_status status = huzhu_ruleset_load(folder, NULL, diagnostics, &next);
    char *text = pstrdup(status != HUZHU_OK && diagnostics ? huzhu_diagnostics_text(diagnostics).data : "");
    huzhu_diagnostics_free(diagnostics);
    if (status == HUZHU_OK && !decision) status = huzhu_decision_new(NULL, &decision);
    char *name = strdup(folder);
    if (status != HUZHU_OK || !name) {
        huzhu_ruleset_release(next);
        free(name);
        ereport(ERROR, errmsg("%s: %s", folder, huzhu_status_text(name ? status : HUZHU_NO_MEMORY)), errdetail("%s", text));
    }
    huzhu_ruleset_release(rules);
    free(loaded);
    rules = next;
    loaded = name;
}

Datum huzhu_decide(PG_FUNCTION_ARGS)
{
    text *plan_text = PG_GETARG_TEXT_PP(1);
    text *json = PG_GETARG_TEXT_PP(2);
    const huzhu_plan *plan;
    huzhu_claim *claim = NULL;
    huzhu_text answer = {"", 0};
    load(text_to_cstring(PG_GETARG_TEXT_PP(0)));
    huzhu_status status = huzhu_ruleset_plan_find(rules, VARDATA_ANY(plan_text), VARSIZE_ANY_EXHDR(plan_text), &plan);
    if (status == HUZHU_OK) status = huzhu_claim_new(plan, &claim);
    if (status == HUZHU_OK) status = huzhu_claim_read_json(claim, VARDATA_ANY(json), VARSIZE_ANY_EXHDR(json));
    if (status == HUZHU_DATA) status = HUZHU_OK; /* the decision says so */
    if (status == HUZHU_OK) status = huzhu_claim_set_fresh(claim, 1);
    if (status == HUZHU_OK) status = huzhu_claim_evaluate(claim, decision);
    if (status == HUZHU_OK) status = huzhu_decision_json(decision, HUZHU_ZH, 0, &answer);
    huzhu_claim_free(claim);
    if (status != HUZHU_OK) ereport(ERROR, errmsg("huzhu_decide: %s", huzhu_status_text(status)));
    PG_RETURN_TEXT_P(cstring_to_text_with_len(answer.data, (int)answer.size));
}
