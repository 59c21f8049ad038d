"""Dates, times and durations of `huzhu feel` against datetime: times.py PROGRAM LIFTED STAY [SEED].

Each random expression has its value computed here, with datetime and whole numbers of microseconds; months are added
and counted by rules written down a second time. An error R_DATE_RANGE must come exactly where a year leaves 1..9999.
The lifted run evaluates them once more, with their dates, times and durations in columns.
"""

import calendar
import json
import random
import subprocess
import sys
from decimal import ROUND_HALF_EVEN, Context, Decimal
from datetime import date, datetime, time, timedelta

from columns import in_columns

DAY = 86_400_000_000  # microseconds
COUNT = 300           # expressions of each kind
QUAD = Context(prec=34, rounding=ROUND_HALF_EVEN)


def fraction(micro):
    return "." + f"{micro:06}".rstrip("0") if micro else ""


def text_of(value):
    if isinstance(value, datetime):
        return text_of(value.date()) + "T" + text_of(value.time())
    if isinstance(value, date):
        return f"{value.year:04}-{value.month:02}-{value.day:02}"
    if isinstance(value, time):
        return f"{value.hour:02}:{value.minute:02}:{value.second:02}" + fraction(value.microsecond)
    if isinstance(value, timedelta):
        return duration_text(value // timedelta(microseconds=1))
    if isinstance(value, bool):
        return value
    return str(value)


def duration_text(micros):
    sign, micros = ("-" if micros < 0 else ""), abs(micros)
    days, rest = divmod(micros, DAY)
    seconds, micro = divmod(rest, 1_000_000)
    parts = [f"{n}{unit}" for n, unit in ((seconds // 3600, "H"), (seconds // 60 % 60, "M")) if n]
    if seconds % 60 or micro:
        parts.append(f"{seconds % 60}{fraction(micro)}S")
    text = sign + "P" + (f"{days}D" if days else "") + ("T" + "".join(parts) if parts else "")
    return text if days or parts else "PT0S"


def plain(number):
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def months_text(months):
    sign, months = ("-" if months < 0 else ""), abs(months)
    years, rest = divmod(months, 12)
    return sign + "P" + (f"{years}Y" if years else "") + (f"{rest}M" if rest else "") if months else "P0M"


def add_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(a, b):
    months = (b.year - a.year) * 12 + b.month - a.month
    if months > 0 and b.day < a.day:
        return months - 1
    return months + 1 if months < 0 and b.day > a.day else months


def moved(value, micros):
    try:
        return value + timedelta(microseconds=micros)
    except OverflowError:
        return None


class Cases:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.rows = []

    def a_date(self):
        if self.random.random() < 0.3:  # where months end, and where the calendar does
            year = self.random.choice([1, 4, 100, 1900, 2000, 2023, 2024, 9999])
            month = self.random.choice([1, 2, 3, 12])
            return date(year, month, self.random.choice([1, 28, calendar.monthrange(year, month)[1]]))
        return date.fromordinal(self.random.randint(1, date.max.toordinal()))

    def a_time(self):
        if self.random.random() < 0.2:
            return self.random.choice([time(0), time(23, 59, 59), time(12), time(23, 59, 59, 999999)])
        micro = self.random.choice([0, 0, 500_000, self.random.randint(0, 999_999)])
        return time(self.random.randint(0, 23), self.random.randint(0, 59), self.random.randint(0, 59), micro)

    def a_date_time(self):
        return datetime.combine(self.a_date(), self.a_time())

    def micros(self):
        size = self.random.choice([1, 1_000_000, 3_600_000_000, DAY, 400 * DAY, 4_000_000 * DAY])
        return self.random.randint(-size, size)

    def months(self):
        return self.random.choice([0, 1, -1, 12, -12, self.random.randint(-200, 200), self.random.randint(-120_000, 120_000)])

    def add(self, expression, kind, value):
        self.rows.append((expression, kind, value))

    def dates(self):
        d, e, micros, months = self.a_date(), self.a_date(), self.micros(), self.months()
        span, sign = f'@"{duration_text(micros)}"', self.random.choice("+-")
        days = (micros if sign == "+" else -micros) // DAY
        self.add(f'@"{d}" {sign} {span}', "date", moved(d, days * DAY))
        self.add(f'@"{d}" {sign} @"{months_text(months)}"', "date", add_months(d, months if sign == "+" else -months))
        self.add(f'@"{d}" - @"{e}"', "days and time duration", d - e)
        self.add(f'years and months duration(@"{d}", @"{e}")', "years and months duration", months_text(months_between(d, e)))
        self.add(f'day of week(@"{d}")', "string", calendar.day_name[d.weekday()])
        self.add(f'month of year(@"{d}")', "string", calendar.month_name[d.month])
        self.add(f'day of year(@"{d}")', "number", d.timetuple().tm_yday)
        self.add(f'week of year(@"{d}")', "number", d.isocalendar()[1])

    def orders(self, kind, values):
        """Comparisons of three values of one kind, two of which may be equal."""
        a, b, c = (f'@"{text_of(value)}"' for value in values)
        x, y, z = values
        operator, holds = self.random.choice([("<", x < y), ("<=", x <= y), (">", x > y), (">=", x >= y), ("=", x == y), ("!=", x != y)])
        self.add(f"{a} {operator} {b}", "boolean", holds)
        self.add(f"{a} between {b} and {c}", "boolean", y <= x <= z)
        self.add(f"{a} in ({b}..{c}]", "boolean", y < x <= z)
        self.add(f"{a} in ({b}, < {c})", "boolean", x == y or x < z)
        self.add(f"min([{a}, {b}, {c}])", kind, min(values))
        self.add(f"max({a}, {b}, {c})", kind, max(values))
        self.add(f"list contains([{b}, {c}], {a})", "boolean", x in (y, z))

    def of_one_kind(self):
        for kind, make in [("date", self.a_date), ("time", self.a_time), ("date and time", self.a_date_time),
                           ("days and time duration", lambda: timedelta(microseconds=self.micros()))]:
            values = [make() for _ in range(3)]
            if self.random.random() < 0.3:
                values[self.random.randint(1, 2)] = values[0]
            self.orders(kind, values)

    def durations(self):
        p, q, m, n, k = self.micros(), self.micros(), self.months(), self.months(), self.random.randint(-9, 9)
        a, b, c, d = f'@"{duration_text(p)}"', f'@"{duration_text(q)}"', f'@"{months_text(m)}"', f'@"{months_text(n)}"'
        days = "days and time duration"
        self.add(f"{a} + {b}", days, timedelta(microseconds=p + q))
        self.add(f"{a} - {b}", days, timedelta(microseconds=p - q))
        self.add(f"{a} * ({k})", days, timedelta(microseconds=p * k))
        self.add(f"-{a}", days, timedelta(microseconds=-p))
        self.add(f"abs({a})", days, timedelta(microseconds=abs(p)))
        if q != 0:
            self.add(f"{a} / {b}", "number", plain(QUAD.divide(Decimal(p), Decimal(q))))
        sign, size = (-1 if p < 0 else 1), abs(p)
        seconds = size // 1_000_000
        parts = {"days": seconds // 86400, "hours": seconds // 3600 % 24, "minutes": seconds // 60 % 60}
        for part, value in parts.items():
            self.add(f"{a}.{part}", "number", sign * value)
        self.add(f"{a}.seconds", "number", plain(Decimal(sign * (size % 60_000_000)) / 1_000_000))
        months = "years and months duration"
        self.add(f"{c} + {d}", months, months_text(m + n))
        self.add(f"{c} * ({k})", months, months_text(m * k))
        self.add(f"{c} < {d}", "boolean", m < n)
        self.add(f"max([{c}, {d}])", months, months_text(max(m, n)))
        self.add(f"{c}.years", "number", (-1 if m < 0 else 1) * (abs(m) // 12))
        self.add(f"{c}.months", "number", (-1 if m < 0 else 1) * (abs(m) % 12))
        if n != 0:
            self.add(f"{c} / {d}", "number", plain(QUAD.divide(Decimal(m), Decimal(n))))
        if k != 0:
            self.add(f"{c} / ({k})", months, months_text(int(Decimal(m) / k)))

    def times(self):
        t, u, micros = self.a_time(), self.a_time(), self.micros()
        sign = self.random.choice("+-")
        now = datetime.combine(date(2000, 1, 1), t)
        rest = (now - datetime(2000, 1, 1)) // timedelta(microseconds=1) + (micros if sign == "+" else -micros)
        turned = (datetime(2000, 1, 1) + timedelta(microseconds=rest % DAY)).time()
        self.add(f'@"{text_of(t)}" {sign} @"{duration_text(micros)}"', "time", turned)
        self.add(f'@"{text_of(t)}" - @"{text_of(u)}"', "days and time duration", now - datetime.combine(date(2000, 1, 1), u))
        self.add(f'@"{text_of(t)}" < @"{text_of(u)}"', "boolean", t < u)
        self.add(f'time({t.hour}, {t.minute}, {t.second}{fraction(t.microsecond)})', "time", t)
        self.add(f'@"{text_of(t)}".minute', "number", t.minute)

    def date_times(self):
        a, b, micros, months = self.a_date_time(), self.a_date_time(), self.micros(), self.months()
        sign = self.random.choice("+-")
        self.add(f'@"{text_of(a)}" {sign} @"{duration_text(micros)}"', "date and time", moved(a, micros if sign == "+" else -micros))
        self.add(f'@"{text_of(a)}" {sign} @"{months_text(months)}"', "date and time", add_months(a, months if sign == "+" else -months))
        self.add(f'@"{text_of(a)}" - @"{text_of(b)}"', "days and time duration", a - b)
        self.add(f'@"{text_of(a)}" >= @"{text_of(b)}"', "boolean", a >= b)
        self.add(f'date(@"{text_of(a)}")', "date", a.date())
        self.add(f'time(@"{text_of(a)}")', "time", a.time())
        self.add(f'date and time(@"{text_of(a)}", @"{text_of(b.time())}")', "date and time", datetime.combine(a.date(), b.time()))
        self.add(f'@"{text_of(a)}".day', "number", a.day)
        self.add(f'@"{text_of(a)}".hour', "number", a.hour)
        self.add(f'string(@"{text_of(a)}")', "string", text_of(a))
        self.add(f'string(@"{duration_text(micros)}")', "string", duration_text(micros))
        self.add(f'string(@"{months_text(months)}")', "string", months_text(months))


def main(program, lifted, stay, seed="7"):
    cases = Cases(int(seed))
    for _ in range(COUNT):
        cases.dates()
        cases.times()
        cases.date_times()
        cases.of_one_kind()
        cases.durations()
    lines = "".join(json.dumps({"id": i, "expr": row[0]}) + "\n" for i, row in enumerate(cases.rows))
    done = subprocess.run([program, "feel"], input=lines, capture_output=True, text=True, encoding="utf-8")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    failed = abs(len(answers) - len(cases.rows)) + in_columns(lifted, stay, lines)
    for (expression, kind, value), answer in zip(cases.rows, answers):
        if value is None:
            right = answer.get("error", {}).get("code") in ("R_DATE_RANGE", "E_TYPE")
        else:
            right = answer.get("got") == {"type": kind, "value": text_of(value)}
        if not right:
            failed += 1
            print(f"FAILED {expression}: expected {text_of(value) if value is not None else 'an error'}, got {answer}")
    print(f"{len(cases.rows) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
