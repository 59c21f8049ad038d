/* number.c - see paths.h. Written apart from the library's own readers, so that a fault there does not hide itself. */
#include "paths.h"

bool number_read(cell text, int128 *coefficient, int *places)
{
    size_t i = text.size > 0 && text.at[0] == '-';
    size_t first = i, digits = 0;
    *coefficient = 0;
    *places = -1;
    for (; i < text.size; i++) {
        if (text.at[i] == '.' && *places < 0 && i > first && i + 1 < text.size) {
            *places = 0;
            continue;
        }
        if (text.at[i] < '0' || text.at[i] > '9' || ++digits > 30) return false;
        *coefficient = *coefficient * 10 + (text.at[i] - '0');
        if (*places >= 0) ++*places;
    }
    if (digits == 0 || (text.at[first] == '0' && first + 1 < text.size && text.at[first + 1] != '.')) return false;
    if (*places < 0) *places = 0;
    if (first == 1) *coefficient = -*coefficient;
    return true;
}

bool number_scaled(cell text, int scale, int128 *out)
{
    int places;
    if (!number_read(text, out, &places)) return false;
    for (; places > scale; places--) {
        if (*out % 10 != 0) return false;
        *out /= 10;
    }
    for (; places < scale; places++) *out *= 10;
    return true;
}

bool days_read(cell text, int64_t *days)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    int part[3] = {0, 0, 0};
    if (text.size != 10 || text.at[4] != '-' || text.at[7] != '-') return false;
    for (int i = 0, p = 0; i < 10; i++) {
        if (i == 4 || i == 7) {
            p++;
            continue;
        }
        if (text.at[i] < '0' || text.at[i] > '9') return false;
        part[p] = part[p] * 10 + text.at[i] - '0';
    }
    int year = part[0], month = part[1], day = part[2];
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (year < 1 || month < 1 || month > 12 || day < 1) return false;
    if (day > before[month] - before[month - 1] + (leap && month == 2)) return false;
    int64_t past = year - 1;
    *days = past * 365 + past / 4 - past / 100 + past / 400 + before[month - 1] + (leap && month > 2) + day - 1 - 719162;
    return true;
}

bool flag_read(cell text, int64_t *flag)
{
    *flag = text.size == 4 && memcmp(text.at, "true", 4) == 0;
    return *flag == 1 || (text.size == 5 && memcmp(text.at, "false", 5) == 0);
}
