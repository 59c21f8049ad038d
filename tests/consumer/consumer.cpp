// consumer.cpp - the header in C++17: the same smallest host, with RAII around the handles.
#include <huzhu/huzhu.h>

#include <cstdio>
#include <memory>

int main(int argc, char **argv)
{
    huzhu_ruleset *loaded = nullptr;
    if (huzhu_abi_version() != HUZHU_ABI_VERSION || argc != 2) return 1;
    if (huzhu_ruleset_load(argv[1], nullptr, nullptr, &loaded) != HUZHU_OK) return 1;
    std::unique_ptr<huzhu_ruleset, void (*)(huzhu_ruleset *)> rules(loaded, huzhu_ruleset_release);
    const huzhu_plan *plan = huzhu_ruleset_plan_at(rules.get(), 0);
    if (plan == nullptr) return 1;
    huzhu_claim *made = nullptr;
    if (huzhu_claim_new(plan, &made) != HUZHU_OK) return 1;
    std::unique_ptr<huzhu_claim, void (*)(huzhu_claim *)> claim(made, huzhu_claim_free);
    huzhu_decision *answer = nullptr;
    if (huzhu_decision_new(nullptr, &answer) != HUZHU_OK) return 1;
    std::unique_ptr<huzhu_decision, void (*)(huzhu_decision *)> decision(answer, huzhu_decision_free);
    if (huzhu_claim_evaluate(claim.get(), decision.get()) != HUZHU_OK) return 1;
    // Nothing was given: the answer is that something is missing.
    if (huzhu_decision_outcome(decision.get()) != HUZHU_INCOMPLETE) return 1;
    std::printf("%s\n", huzhu_outcome_name(huzhu_decision_outcome(decision.get())).data);
    return 0;
}
