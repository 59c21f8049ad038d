/* test_claim.c - claims as JSON and by setters: what is taken, what is refused, and the exact words of the refusal.
 * Long lists of bad texts stand in tests/golden/claims. */
#include "api_case.h"

static void refused(api_case *self, const char *json, const char *error)
{
    api_decide(self, json);
    HZ_CHECK_EQ_INT(huzhu_decision_outcome(self->decision), HUZHU_FAILED);
    HZ_CHECK_STR(api_part(self, "\"error\":"), error);
}

HZ_TEST(claim_json_is_strict)
{
    api_case self;
    if (api_begin(&self)) {
        refused(&self, "{" GOOD,
                "{\"code\":\"R_JSON\",\"message\":\"not JSON at column 60: the text ends before the last bracket is "
                "closed\",\"hint\":\"the text was cut off: send a whole object on one line\"}");
        refused(&self, "{" GOOD ",\"loss\":NaN}",
                "{\"code\":\"R_JSON\",\"message\":\"not JSON at column 68: NaN and Infinity are not numbers of JSON\","
                "\"hint\":\"leave it out, or write null, when it is not known\"}");
        refused(&self, "{" GOOD ",\"loss\":1,300.00}",
                "{\"code\":\"R_JSON\",\"message\":\"not JSON at column 70: a key is a string in double quotes\","
                "\"hint\":\"write 1300.00, not 1,300.00: no thousands separators\"}");
        refused(&self, "{" GOOD ",\"remark\":\"\\ud83d\"}",
                "{\"code\":\"R_JSON\",\"message\":\"not JSON at column 71: the first half of a surrogate pair stands "
                "alone\"}");
        refused(&self, "{" GOOD ",\"remark\":\"\xb1\xb1\"}",
                "{\"code\":\"R_JSON\",\"message\":\"not JSON at column 71: a byte in a string is not UTF-8\"}");
        refused(&self, "{\n  \"member\": \"M-1\",\n  \"\xe4\xbc\x9a\xe5\x91\x98\": x\n}",
                "{\"code\":\"R_UNKNOWN_KEY\",\"input\":\"\xe4\xbc\x9a\xe5\x91\x98\",\"message\":\"`"
                "\xe4\xbc\x9a\xe5\x91\x98` is no "
                "input of plan `all-types`\",\"hint\":\"remove it: nothing is ignored silently\"}");
        refused(
            &self, "{\n  \"member\": \"\xe4\xbc\x9a\xe5\x91\x98\", x\n}",
            "{\"code\":\"R_JSON\",\"message\":\"not JSON at line 2, column 19: a key is a string in double quotes\"}");
        refused(&self, "[]",
                "{\"code\":\"R_TYPE\",\"message\":\"a claim is one JSON object\",\"hint\":\"write {\\\"name of an "
                "input\\\": its value, \xe2\x80\xa6}, one claim a line\"}");
        refused(&self, "", "{\"code\":\"R_JSON\",\"message\":\"not JSON at column 1: the text is empty\"}");
    }
    api_end(&self);
}

HZ_TEST(claim_json_keys)
{
    api_case self;
    if (api_begin(&self)) {
        refused(&self, "{" GOOD ",\"los\":1}",
                "{\"code\":\"R_UNKNOWN_KEY\",\"input\":\"los\",\"message\":\"`los` is no input of plan "
                "`all-types`\",\"hint\":\"did you mean `loss`?\"}");
        refused(&self, "{" GOOD ",\"paid\":1}",
                "{\"code\":\"R_UNKNOWN_KEY\",\"input\":\"paid\",\"message\":\"`paid` is no input of plan "
                "`all-types`\",\"hint\":\"it is a counter: write it inside \\\"counters\\\"\"}");
        refused(&self, "{" GOOD ",\"loss\":1,\"l\\u006fss\":1}",
                "{\"code\":\"R_DUPLICATE_KEY\",\"input\":\"loss\",\"message\":\"the key `loss` stands "
                "twice\",\"hint\":\"keep one of "
                "the two\"}");
        refused(
            &self, "{" GOOD ",\"counters\":{\"payed\":1}}",
            "{\"code\":\"R_UNKNOWN_KEY\",\"input\":\"payed\",\"message\":\"`payed` is no counter of plan `all-types`\","
            "\"hint\":\"remove it: nothing is ignored silently\"}");
        /* The first fault is told, and the id is found behind it. */
        refused(&self, "{\"x\":1,\"y\":2,\"people\":0,\"id\":\"late\"}",
                "{\"code\":\"R_UNKNOWN_KEY\",\"input\":\"x\",\"message\":\"`x` is no input of plan "
                "`all-types`\",\"hint\":\"remove it: "
                "nothing is ignored silently\"}");
        HZ_CHECK_STR(api_part(&self, "\"id\":"), "\"late\"");
    }
    api_end(&self);
}

HZ_TEST(claim_json_values)
{
    api_case self;
    if (api_begin(&self)) {
        refused(&self, "{" GOOD ",\"loss\":1e2}",
                "{\"code\":\"R_NUMBER\",\"input\":\"loss\",\"message\":\"`loss` is written with an "
                "exponent\",\"hint\":\"write all digits: 100, not 1e2\"}");
        refused(&self, "{" GOOD ",\"depth\":0.25}",
                "{\"code\":\"R_SCALE\",\"input\":\"depth\",\"message\":\"`depth` has more than 1 "
                "decimal\",\"hint\":\"at most 1 decimal; more only if they are zeros\"}");
        refused(&self, "{\"people\":3.5}",
                "{\"code\":\"R_SCALE\",\"input\":\"people\",\"message\":\"`people` is not a whole number\","
                "\"hint\":\"no decimals but zeros: 3 or 3.00\"}");
        refused(&self, "{\"people\":10}",
                "{\"code\":\"R_RANGE\",\"input\":\"people\",\"message\":\"`people` is out of range\","
                "\"hint\":\"from 1 to 9\"}");
        refused(&self, "{\"day\":\"2015-02-29\"}",
                "{\"code\":\"R_DATE\",\"input\":\"day\",\"message\":\"`day` is a day that does not "
                "exist\",\"hint\":\"days run from 0001-01-01 to 9999-12-31\"}");
        refused(&self, "{\"kind\":\"flod\"}",
                "{\"code\":\"R_CODE\",\"input\":\"kind\",\"message\":\"`kind` is not one of its "
                "codes\",\"hint\":\"did you mean \\\"flood\\\"? The codes are fire, flood, burst_pipe\"}");
        refused(&self, "{\"yes\":\"true\"}",
                "{\"code\":\"R_TYPE\",\"input\":\"yes\",\"message\":\"`yes` is true or false, and was given "
                "as a text\",\"hint\":\"write true or false without quotes\"}");
        refused(&self, "{\"remark\":{\"a\":[1,{}]}}",
                "{\"code\":\"R_TYPE\",\"input\":\"remark\",\"message\":\"`remark` takes one value, "
                "not a list or an object\",\"hint\":\"a claim is flat: a key and its value\"}");
        refused(&self, "{\"member\":\"\"}",
                "{\"code\":\"R_TEXT\",\"input\":\"member\",\"message\":\"`member` is empty, and an identifier "
                "is needed\",\"hint\":\"leave it out, or write null, when it is not known: an empty one would "
                "be shared by all who lack it\"}");
        /* Of several bad inputs the first of the plan, not of the text. */
        refused(&self, "{\"people\":0,\"kind\":1,\"day\":\"x\"}",
                "{\"code\":\"R_DATE\",\"input\":\"day\",\"message\":\"`day` is not written as a "
                "date\",\"hint\":\"write YYYY-MM-DD, as "
                "2016-03-01\"}");
    }
    api_end(&self);
}

HZ_TEST(claim_json_good)
{
    api_case self;
    if (api_begin(&self)) {
        api_decide(&self, "{" GOOD "}");
        HZ_CHECK_STR(api_str(huzhu_decision_total_text(self.decision)), "200.00");
        api_decide(&self,
                   "{\"id\":12e3,\"people\":\"3.00\",\"loss\":null,\"late\":null,\"ask\":\"claim\",\"counters\":null,"
                   "\"member\":\"\\ud842\\udfb7\",\"day\":\"2016-02-29\",\"kind\":\"fire\"}");
        HZ_CHECK_STR(api_str(huzhu_decision_total_text(self.decision)), "300.00");
        HZ_CHECK_STR(api_part(&self, "\"id\":"), "12e3");
        HZ_CHECK_STR(api_part(&self, "\"key\":"), "{\"member\":\"\xf0\xa0\xae\xb7\"}");
        api_decide(&self, "{\"id\":\"\\u5317\\n\",\"ask\":\"enrolment\",\"day\":\"2016-02-29\"}");
        HZ_CHECK_EQ_INT(huzhu_decision_outcome(self.decision), HUZHU_ACCEPTED);
        HZ_CHECK_STR(api_part(&self, "\"id\":"), "\"\xe5\x8c\x97\\n\"");
    }
    api_end(&self);
}

HZ_TEST(claim_json_counters)
{
    api_case self;
    if (api_begin(&self)) {
        api_decide(
            &self,
            "{" GOOD
            ",\"counters\":{\"paid\":{\"key\":{\"member\":\"M-1\"},\"unit\":\"CNY\",\"before\":\"0.00\",\"change\":"
            "\"450.00\",\"after\":\"450.00\"},\"times\":{\"value\":3},\"closed\":false,\"last\":\"2015-01-01\"}}");
        HZ_CHECK_STR(api_part(&self, "\"counters\":"),
                     "{\"paid\":{\"key\":{\"member\":\"M-1\"},\"unit\":\"CNY\",\"before\":\"450.00\",\"change\":\"50."
                     "00\",\"after\":\"500.00\"},"
                     "\"times\":{\"key\":{\"member\":\"M-1\",\"kind\":\"fire\"},\"unit\":\"times\",\"before\":\"3\","
                     "\"change\":\"1\","
                     "\"after\":\"4\"},\"closed\":{\"key\":{\"member\":\"M-1\"},\"before\":false,\"after\":false},"
                     "\"last\":{\"key\":{\"member\":\"M-1\"},\"before\":\"2015-01-01\",\"after\":\"2016-03-01\"}}");
        refused(&self, "{" GOOD ",\"counters\":{\"paid\":{\"after\":1,\"value\":1}}}",
                "{\"code\":\"R_TYPE\",\"input\":\"paid\",\"message\":\"counter `paid` has two "
                "values\",\"hint\":\"write \\\"after\\\" as the "
                "decision before printed it, or \\\"value\\\"\"}");
        refused(&self, "{" GOOD ",\"counters\":{\"paid\":\"1,000\"}}",
                "{\"code\":\"R_NUMBER\",\"input\":\"paid\",\"message\":\"`paid` has a separator between its "
                "digits\",\"hint\":\"write "
                "1300.00, not 1,300.00: no thousands separators, and a point before the decimals\"}");
        /* Without any the counters that are used are missing: a host that forgets must not overpay. */
        HZ_CHECK_EQ_INT(huzhu_claim_read_json(self.claim, "{" GOOD "}", HUZHU_NUL), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_evaluate(self.claim, self.decision), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_decision_outcome(self.decision), HUZHU_INCOMPLETE);
        HZ_CHECK_STR(api_part(&self, "\"missing\":"), "[\"paid\",\"times\",\"closed\"]");
    }
    api_end(&self);
}

/* ---- setters ---- */

/* The code of the error that the claim as it is leads to; "" when it is none. */
static const char *error_code(api_case *self)
{
    huzhu_error_view error = {.struct_size = sizeof error};
    HZ_CHECK_EQ_INT(huzhu_claim_evaluate(self->claim, self->decision), HUZHU_OK);
    return huzhu_decision_error(self->decision, &error) == HUZHU_OK ? api_str(error.code) : "";
}

static void set_good(api_case *self)
{
    huzhu_claim *claim = self->claim;
    huzhu_claim_reset(claim);
    HZ_CHECK_EQ_INT(huzhu_claim_set_fresh(claim, 1), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_set_text(claim, MEMBER, "M-1", HUZHU_NUL), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_set_date(claim, DAY, 2016, 3, 1), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_set_code(claim, KIND, "flood", 5), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_set_decimal(claim, PEOPLE, 300, 2), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_set_decimal(claim, DEPTH, -5, 0), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_set_minor(claim, LOSS, 30001), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_set_boolean(claim, YES, 1), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_set(claim, "share", "0.5", HUZHU_NUL), HUZHU_OK);
}

HZ_TEST(claim_setters)
{
    api_case self;
    if (api_begin(&self)) {
        huzhu_claim *claim = self.claim;
        set_good(&self);
        HZ_CHECK_STR(error_code(&self), "");
        HZ_CHECK_STR(api_str(huzhu_decision_total_text(self.decision)), "300.00");
        HZ_CHECK_EQ_INT(huzhu_claim_set_days(claim, DAY, 16861), HUZHU_OK); /* 2016-03-01 */
        HZ_CHECK_EQ_INT(huzhu_claim_set_value(claim, LOSS, "700.01", HUZHU_NUL), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_set_counter(claim, PAID, 123), HUZHU_OK);
        HZ_CHECK_STR(error_code(&self), "");
        HZ_CHECK_STR(api_str(huzhu_decision_total_text(self.decision)), "350.01"); /* half of it, rounded up */
        HZ_CHECK_EQ_INT(huzhu_claim_set_absent(claim, PEOPLE), HUZHU_OK);
        HZ_CHECK_STR(error_code(&self), "");
        HZ_CHECK_EQ_INT(huzhu_decision_outcome(self.decision), HUZHU_INCOMPLETE);
    }
    api_end(&self);
}

HZ_TEST(claim_setters_remember_what_is_bad)
{
    static const struct {
        size_t input;
        const char *text, *code;
    } bad[] = {{MEMBER, "", "R_TEXT"},   {DAY, "2016-02-30", "R_DATE"}, {LATE, "2020-01-01", "R_RANGE"},
               {YES, "1", "R_TYPE"},     {KIND, "Flood", "R_CODE"},     {REMARK, "\xff", "R_TEXT"},
               {PEOPLE, "0", "R_RANGE"}, {LOSS, "0.005", "R_SCALE"},    {SHARE, "50%", "R_NUMBER"},
               {DEPTH, "5.1", "R_RANGE"}};
    api_case self;
    if (api_begin(&self)) {
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            set_good(&self);
            HZ_CHECK_EQ_INT(huzhu_claim_set_value(self.claim, bad[i].input, bad[i].text, HUZHU_NUL), HUZHU_DATA);
            HZ_CHECK_STR(error_code(&self), bad[i].code);
            /* Set again, or taken back, it is mended. */
            HZ_CHECK_EQ_INT(huzhu_claim_set_absent(self.claim, bad[i].input), HUZHU_OK);
            HZ_CHECK_STR(error_code(&self), "");
        }
        set_good(&self);
        HZ_CHECK_EQ_INT(huzhu_claim_set_date(self.claim, DAY, 2015, 2, 29), HUZHU_DATA);
        HZ_CHECK_STR(error_code(&self), "R_DATE");
        HZ_CHECK_EQ_INT(huzhu_claim_set_days(self.claim, DAY, INT32_MAX), HUZHU_DATA);
        HZ_CHECK_EQ_INT(huzhu_claim_set_date(self.claim, DAY, 2016, 2, 29), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_set_minor(self.claim, LOSS, -1), HUZHU_DATA);
        HZ_CHECK_STR(error_code(&self), "R_RANGE");
        HZ_CHECK_EQ_INT(huzhu_claim_set_decimal(self.claim, LOSS, INT64_MAX, 0), HUZHU_DATA);
        HZ_CHECK_EQ_INT(huzhu_claim_set_decimal(self.claim, LOSS, INT64_MIN, 34), HUZHU_DATA);
        HZ_CHECK_STR(error_code(&self), "R_SCALE");
        HZ_CHECK_EQ_INT(huzhu_claim_set_decimal(self.claim, LOSS, 0, 34), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_set_counter_text(self.claim, CLOSED, "0", HUZHU_NUL), HUZHU_DATA);
        HZ_CHECK_STR(error_code(&self), "R_TYPE");
        HZ_CHECK_EQ_INT(huzhu_claim_set_counter(self.claim, CLOSED, 0), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_set_counter(self.claim, PAID, -1), HUZHU_DATA);
        HZ_CHECK_STR(error_code(&self), "R_RANGE");
        HZ_CHECK_EQ_INT(huzhu_claim_set_counter_text(self.claim, PAID, "0", 1), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_set_id(self.claim, "\xff", 1), HUZHU_DATA);
        HZ_CHECK_STR(error_code(&self), "R_TEXT");
        HZ_CHECK_EQ_INT(huzhu_claim_set_id(self.claim, "A-1", HUZHU_NUL), HUZHU_OK);
        HZ_CHECK_STR(error_code(&self), "");
        HZ_CHECK_STR(api_part(&self, "\"id\":"), "\"A-1\"");
    }
    api_end(&self);
}

HZ_TEST(claim_setters_of_another_kind)
{
    api_case self;
    if (api_begin(&self)) {
        huzhu_claim *claim = self.claim;
        set_good(&self);
        for (size_t i = 0; i <= INPUTS; i++) {
            bool text = i == MEMBER || i == REMARK, date = i == DAY || i == LATE;
            bool number = i == PEOPLE || i == LOSS || i == SHARE || i == DEPTH;
            if (!text) HZ_CHECK_EQ_INT(huzhu_claim_set_text(claim, i, "x", 1), HUZHU_INVALID_ARGUMENT);
            if (!date) {
                HZ_CHECK_EQ_INT(huzhu_claim_set_date(claim, i, 2016, 3, 1), HUZHU_INVALID_ARGUMENT);
                HZ_CHECK_EQ_INT(huzhu_claim_set_days(claim, i, 0), HUZHU_INVALID_ARGUMENT);
            }
            if (!number) HZ_CHECK_EQ_INT(huzhu_claim_set_decimal(claim, i, 1, 0), HUZHU_INVALID_ARGUMENT);
            if (i != LOSS) HZ_CHECK_EQ_INT(huzhu_claim_set_minor(claim, i, 1), HUZHU_INVALID_ARGUMENT);
            if (i != KIND) HZ_CHECK_EQ_INT(huzhu_claim_set_code(claim, i, "fire", 4), HUZHU_INVALID_ARGUMENT);
            if (i != YES) HZ_CHECK_EQ_INT(huzhu_claim_set_boolean(claim, i, 0), HUZHU_INVALID_ARGUMENT);
        }
        HZ_CHECK_EQ_INT(huzhu_claim_set_boolean(claim, YES, 2), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_claim_set_decimal(claim, LOSS, 1, 35), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_claim_set_decimal(claim, LOSS, 1, -1), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_claim_set_value(claim, INPUTS, "x", 1), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_claim_set_absent(claim, (size_t)UINT32_MAX + 1), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_claim_set_counter(claim, COUNTERS, 1), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_claim_set(claim, "nothing", "x", 1), HUZHU_NOT_FOUND);
        HZ_CHECK_EQ_INT(huzhu_claim_ask(claim, 2), HUZHU_INVALID_ARGUMENT);
        /* None of that changed anything. */
        HZ_CHECK_STR(error_code(&self), "");
        HZ_CHECK_STR(api_str(huzhu_decision_total_text(self.decision)), "300.00");
    }
    api_end(&self);
}

HZ_TEST(claim_texts_are_replaced)
{
    static const char *const long_text = "a text that is longer than the one that stood there before, by some bytes";
    api_case self;
    if (api_begin(&self)) {
        for (int i = 0; i < 20000; i++) {
            HZ_CHECK_EQ_INT(huzhu_claim_set_text(self.claim, MEMBER, i % 2 == 0 ? long_text : "M-1", HUZHU_NUL),
                            HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_claim_set_text(self.claim, REMARK, i % 3 == 0 ? "none" : "seen", HUZHU_NUL),
                            HUZHU_OK);
        }
        set_good(&self);
        HZ_CHECK_EQ_INT(huzhu_claim_set_text(self.claim, REMARK, "none", HUZHU_NUL), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_set_text(self.claim, MEMBER, long_text, HUZHU_NUL), HUZHU_OK);
        HZ_CHECK_STR(error_code(&self), "");
        HZ_CHECK_EQ_INT(huzhu_decision_outcome(self.decision),
                        HUZHU_REFUSED); /* the remark is still the one that refuses */
        HZ_CHECK_EQ_INT(huzhu_claim_set_text(self.claim, REMARK, "seen", HUZHU_NUL), HUZHU_OK);
        HZ_CHECK_STR(error_code(&self), "");
        HZ_CHECK_STR(api_part(&self, "\"key\":"),
                     "{\"member\":\"a text that is longer than the one that stood there before, by some bytes\"}");
    }
    api_end(&self);
}
