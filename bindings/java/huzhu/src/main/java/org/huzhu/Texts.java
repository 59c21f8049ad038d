package org.huzhu;

import static org.huzhu.internal.Given.given;

import java.util.Locale;
import org.huzhu.internal.AbiConstants;

/** Which of the two languages a locale gets. */
final class Texts {
    private Texts() {}

    static boolean chinese(Locale locale) {
        return "zh".equals(given(locale, "locale").getLanguage());
    }

    static long language(Locale locale) {
        return chinese(locale) ? AbiConstants.HUZHU_ZH : AbiConstants.HUZHU_EN;
    }
}
