/* cmd_affects.c - affects: what settings can move before any claim is seen, and in how many claims they do. */
#include "input.h"
#include "json.h"
#include "load.h"
#include "text.h"

#include <huzhu/study.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Things that are compared of each claim, a bit each. */
enum { MOVES_MOST = 64 };

typedef struct member {
    char *name;
    uint64_t moved;
} member;

/* One plan under the rules as they are and under the settings. */
typedef struct side {
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    huzhu_claim *claim;
    huzhu_decision *decision;
} side;

typedef struct affects {
    const cli_options *options;
    side side[2];
    size_t benefits, counters, moves; /* moves: outcome, reasons, total, two a benefit, one a counter */
    uint64_t claims, in_claims[MOVES_MOST + 1]; /* behind the last: anything */
    member *members;      /* open addressing, a power of two */
    size_t member_count, member_room;
} affects;

static bool as_json(const affects *a)
{
    return (a->options->given & CLI_OPTION_JSON) != 0;
}

/* ---- before any claim ---- */

/* --plan picks its line, and those of its parts. */
static bool is_asked(const affects *a, const char *line, size_t size, bool json)
{
    const char *plan = a->options->plan, *at = json ? line + strlen("{\"plan\":\"") : line;
    size_t skip = json ? strlen("{\"plan\":\"") : 0, length = plan != NULL ? strlen(plan) : 0;
    if (plan == NULL)
        return true;
    return size > skip + length && memcmp(at, plan, length) == 0 && strchr(":.\"", at[length]) != NULL;
}

static int tell_rules(const affects *a)
{
    huzhu_output *output;
    bool any = false, json = as_json(a);
    huzhu_status status = huzhu_output_new(NULL, &output);
    if (status == HUZHU_OK)
        status = huzhu_ruleset_affects(a->side[0].ruleset, a->side[1].ruleset, json ? HUZHU_AFFECTS_JSON : HUZHU_AFFECTS_TEXT, output);
    if (status == HUZHU_OK) {
        huzhu_text text = huzhu_output_text(output);
        for (const char *at = text.data, *end = text.data + text.size, *next; at < end; at = next) {
            next = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
            if (!is_asked(a, at, (size_t)(next - at), json))
                continue;
            cli_put((huzhu_text){at, (size_t)(next - at)});
            any = true;
        }
        if (!any && !json)
            puts(a->options->plan != NULL ? "nothing of this plan can move, whatever the claim is" : "nothing can move, whatever the claim is");
    }
    huzhu_output_free(output);
    return status == HUZHU_OK ? CLI_WELL : cli_fault("what the settings affect", status);
}

/* ---- claims ---- */

static bool same_text(huzhu_text a, huzhu_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static bool reasons_differ(const huzhu_decision *a, const huzhu_decision *b)
{
    size_t count = huzhu_decision_reason_count(a);
    bool differ = count != huzhu_decision_reason_count(b);
    for (size_t i = 0; !differ && i < count; i++) {
        huzhu_reason_view x = {.struct_size = sizeof x}, y = {.struct_size = sizeof y};
        differ = huzhu_decision_reason_at(a, i, &x) != HUZHU_OK || huzhu_decision_reason_at(b, i, &y) != HUZHU_OK || !same_text(x.code, y.code);
    }
    return differ;
}

/* A benefit's amounts; one that a decision does not have is 0. */
static huzhu_benefit_view benefit_of(const huzhu_decision *decision, huzhu_text id)
{
    huzhu_benefit_view view = {.struct_size = sizeof view};
    for (size_t i = 0; i < huzhu_decision_benefit_count(decision); i++)
        if (huzhu_decision_benefit_at(decision, i, &view) == HUZHU_OK && same_text(view.id, id))
            return view;
    return (huzhu_benefit_view){.struct_size = sizeof view};
}

/* What a counter becomes; false: it is not moved. */
static bool counter_of(const huzhu_decision *decision, size_t counter, huzhu_counter_change *out)
{
    for (size_t i = 0; i < huzhu_decision_counter_count(decision); i++) {
        *out = (huzhu_counter_change){.struct_size = sizeof *out};
        if (huzhu_decision_counter_change_at(decision, i, out) == HUZHU_OK && out->counter == counter)
            return true;
    }
    return false;
}

static uint64_t compare(const affects *a)
{
    const huzhu_decision *x = a->side[0].decision, *y = a->side[1].decision;
    int64_t total[2] = {0, 0};
    huzhu_counter_change counter[2];
    uint64_t moved = huzhu_decision_outcome(x) != huzhu_decision_outcome(y) ? 1 : 0;
    moved |= reasons_differ(x, y) ? 2 : 0;
    bool has[2] = {huzhu_decision_total(x, &total[0]) == HUZHU_OK, huzhu_decision_total(y, &total[1]) == HUZHU_OK};
    moved |= has[0] != has[1] || total[0] != total[1] ? 4 : 0;
    for (size_t i = 0; i < a->benefits; i++) {
        huzhu_text id = huzhu_plan_benefit_id(a->side[0].plan, i);
        huzhu_benefit_view before = benefit_of(x, id), after = benefit_of(y, id);
        moved |= before.gross_minor != after.gross_minor ? UINT64_C(1) << (3 + 2 * i) : 0;
        moved |= before.net_minor != after.net_minor ? UINT64_C(1) << (4 + 2 * i) : 0;
    }
    for (size_t i = 0; i < a->counters; i++) {
        bool moves[2] = {counter_of(x, i, &counter[0]), counter_of(y, i, &counter[1])};
        moved |= moves[0] != moves[1] || (moves[0] && counter[0].after != counter[1].after) ? UINT64_C(1) << (3 + 2 * a->benefits + i) : 0;
    }
    return moved;
}

static uint64_t hash_of(const char *name, size_t size)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)name[i]) * UINT64_C(1099511628211);
    return hash ^ hash >> 32;
}

static member *place_of(member *members, size_t room, const char *name, size_t size)
{
    size_t at = (size_t)hash_of(name, size) & (room - 1);
    while (members[at].name != NULL && (strlen(members[at].name) != size || memcmp(members[at].name, name, size) != 0))
        at = (at + 1) & (room - 1);
    return &members[at];
}

static bool grow(affects *a)
{
    size_t room = a->member_room == 0 ? 1024 : 2 * a->member_room;
    member *members = calloc(room, sizeof *members);
    if (members == NULL)
        return false;
    for (size_t i = 0; i < a->member_room; i++)
        if (a->members[i].name != NULL)
            *place_of(members, room, a->members[i].name, strlen(a->members[i].name)) = a->members[i];
    free(a->members);
    a->members = members;
    a->member_room = room;
    return true;
}

/* Whose claim it is, as it stands in the line. */
static bool note_member(affects *a, const cli_line *line, uint64_t moved)
{
    huzhu_text name;
    if (!cli_json_member((huzhu_text){line->text, line->size}, "member", &name))
        return true;
    if (2 * a->member_count >= a->member_room && !grow(a))
        return false;
    member *at = place_of(a->members, a->member_room, name.data, name.size);
    if (at->name == NULL) {
        at->name = calloc(1, name.size + 1);
        if (at->name == NULL)
            return false;
        memcpy(at->name, name.data, name.size);
        a->member_count++;
    }
    at->moved |= moved;
    return true;
}

static huzhu_status take_claim(affects *a, const cli_line *line)
{
    huzhu_status status = HUZHU_OK;
    for (int i = 0; i < 2 && status == HUZHU_OK; i++) {
        status = huzhu_claim_read_json(a->side[i].claim, line->text, line->size);
        huzhu_claim_set_fresh(a->side[i].claim, (a->options->given & CLI_OPTION_FRESH) != 0);
        status = status == HUZHU_OK || status == HUZHU_DATA ? huzhu_claim_evaluate(a->side[i].claim, a->side[i].decision) : status;
    }
    if (status != HUZHU_OK)
        return status;
    uint64_t moved = compare(a);
    a->claims++;
    a->in_claims[a->moves] += moved != 0;
    for (size_t i = 0; i < a->moves; i++)
        a->in_claims[i] += moved >> i & 1;
    /* A line that is no claim has no member that could be read. */
    bool claim = huzhu_decision_outcome(a->side[0].decision) != HUZHU_FAILED || huzhu_decision_outcome(a->side[1].decision) != HUZHU_FAILED;
    return !claim || note_member(a, line, moved) ? HUZHU_OK : HUZHU_NO_MEMORY;
}

static uint64_t in_members(const affects *a, size_t move)
{
    uint64_t count = 0;
    for (size_t i = 0; i < a->member_room; i++)
        count += a->members[i].name != NULL && (move == a->moves ? a->members[i].moved != 0 : (a->members[i].moved >> move & 1) != 0);
    return count;
}

static void move_name(const affects *a, size_t move, char out[160])
{
    static const char *const first[] = {"outcome", "reasons", "total"};
    huzhu_counter_info info = {.struct_size = sizeof info};
    if (move < 3) {
        snprintf(out, 160, "%s", first[move]);
    } else if (move < 3 + 2 * a->benefits) {
        snprintf(out, 160, "%.140s.%s", huzhu_plan_benefit_id(a->side[0].plan, (move - 3) / 2).data, (move - 3) % 2 == 0 ? "gross" : "net");
    } else if (huzhu_plan_counter_at(a->side[0].plan, move - 3 - 2 * a->benefits, &info) == HUZHU_OK) {
        snprintf(out, 160, "%.140s.after", info.name.data);
    }
}

/* "120 of 1000 (12.0 %)" */
static void share(uint64_t part, uint64_t all, char out[80])
{
    uint64_t mille = all > 0 ? (part * 2000 + all) / (2 * all) : 0;
    snprintf(out, 80, "%" PRIu64 " of %" PRIu64 " (%" PRIu64 ".%" PRIu64 " %%)", part, all, mille / 10, mille % 10);
}

static void tell_move(const affects *a, size_t move, const char *name)
{
    char claims[80], members[80];
    if (as_json(a)) {
        printf("%s{\"what\":\"%s\",\"claims\":%" PRIu64, move > 0 ? "," : "", name, a->in_claims[move]);
        if (a->member_count > 0)
            printf(",\"members\":%" PRIu64, in_members(a, move));
        putchar('}');
        return;
    }
    share(a->in_claims[move], a->claims, claims);
    printf("  %s moves in %s claims", name, claims);
    if (a->member_count > 0) {
        share(in_members(a, move), a->member_count, members);
        printf(", of %s members", members);
    }
    putchar('\n');
}

static void tell_claims(const affects *a)
{
    char name[160], claims[80];
    if (as_json(a)) {
        printf("{\"plan\":\"%s\",\"claims\":%" PRIu64 ",\"changed\":%" PRIu64, a->options->plan, a->claims, a->in_claims[a->moves]);
        if (a->member_count > 0)
            printf(",\"members\":%zu,\"members_changed\":%" PRIu64, a->member_count, in_members(a, a->moves));
        fputs(",\"moves\":[", stdout);
    } else {
        share(a->in_claims[a->moves], a->claims, claims);
        printf("%s claims are answered otherwise\n", claims);
    }
    for (size_t i = 0; i < a->moves; i++) {
        move_name(a, i, name);
        if (as_json(a) || a->in_claims[i] > 0)
            tell_move(a, i, name);
    }
    if (as_json(a))
        puts("]}");
}

static int take_claims(affects *a)
{
    cli_input input;
    cli_line line;
    int exit_code = cli_input_begin(&input, a->options->operands + 1, a->options->operand_count - 1, "claims");
    while (exit_code == CLI_WELL && cli_input_next(&input, &line)) {
        huzhu_status status = take_claim(a, &line);
        if (status != HUZHU_OK)
            exit_code = cli_complain(cli_exit_of(status), "%s:%" PRIu64 ": %s", line.file, line.number, huzhu_status_text(status));
    }
    if (exit_code == CLI_WELL)
        exit_code = input.exit_code;
    cli_input_end(&input);
    if (exit_code == CLI_WELL)
        tell_claims(a);
    return exit_code;
}

/* ---- the command ---- */

static int open_sides(affects *a)
{
    cli_options plain = *a->options;
    plain.scenario = NULL;
    plain.setting_count = 0;
    int exit_code = cli_load(&plain, &a->side[0].ruleset);
    if (exit_code == CLI_WELL)
        exit_code = cli_load(a->options, &a->side[1].ruleset);
    for (int i = 0; i < 2 && exit_code == CLI_WELL && a->options->plan != NULL; i++) {
        exit_code = cli_find_plan(a->options, a->side[i].ruleset, a->options->plan, &a->side[i].plan);
        huzhu_status status = exit_code == CLI_WELL ? huzhu_claim_new(a->side[i].plan, &a->side[i].claim) : HUZHU_OK;
        if (status == HUZHU_OK && exit_code == CLI_WELL)
            status = huzhu_decision_new(NULL, &a->side[i].decision);
        if (status != HUZHU_OK)
            exit_code = cli_fault("no claim can be settled", status);
    }
    a->benefits = huzhu_plan_benefit_count(a->side[0].plan);
    a->counters = huzhu_plan_counter_count(a->side[0].plan);
    a->moves = 3 + 2 * a->benefits + a->counters;
    if (exit_code == CLI_WELL && a->moves > MOVES_MOST)
        exit_code = cli_complain(CLI_FAULT, "the plan has more than %d amounts and counters to compare", MOVES_MOST - 3);
    return exit_code;
}

static void close_sides(affects *a)
{
    for (int i = 0; i < 2; i++) {
        huzhu_decision_free(a->side[i].decision);
        huzhu_claim_free(a->side[i].claim);
        huzhu_ruleset_release(a->side[i].ruleset);
    }
    for (size_t i = 0; i < a->member_room; i++)
        free(a->members[i].name);
    free(a->members);
}

int cmd_affects(const cli_options *options)
{
    affects a = {.options = options};
    if (options->setting_count == 0 && options->scenario == NULL)
        return cli_wrong_usage(options->command, "say what changes with --set or --scenario");
    if (options->operand_count > 1 && options->plan == NULL)
        return cli_wrong_usage(options->command, "claims are of one plan: name it with --plan");
    int exit_code = open_sides(&a);
    if (exit_code == CLI_WELL)
        exit_code = tell_rules(&a);
    if (exit_code == CLI_WELL && options->operand_count > 1)
        exit_code = take_claims(&a);
    close_sides(&a);
    return exit_code;
}
