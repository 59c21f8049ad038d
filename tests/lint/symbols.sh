#!/bin/sh
# symbols.sh - the shared library's door: exports = version script = header; what it needs; no writable globals.
cd "$(dirname "$0")/../.." || exit 1
so=build/lib/libhuzhu.so
passed=0
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

verdict() { # NAME FILE: passes when FILE is empty
    if [ -s "$2" ]; then
        echo "FAILED: $1"
        sed 's/^/    /' "$2"
        failed=$((failed + 1))
    else
        passed=$((passed + 1))
    fi
}

nm -D --defined-only "$so" | awk '$2 == "T" || $2 == "D" || $2 == "R" {sub(/@.*/, "", $3); print $3}' | sort -u >"$work/exported"
sed -nE 's/^[[:space:]]*(huzhu_[a-z0-9_]+);.*/\1/p' lib/api/huzhu.map | sort -u >"$work/listed"
cat include/huzhu/*.h | tr '\n' ' ' | sed 's/\/\*[^*]*\*\+\([^/*][^*]*\*\+\)*\///g' | grep -oE 'HUZHU_API[^;]*;' |
    grep -oE 'huzhu_[a-z0-9_]+ *\(' | tr -d ' (' | sort -u >"$work/declared"

diff "$work/listed" "$work/exported" >"$work/d1"
verdict "the exports are not those of lib/api/huzhu.map" "$work/d1"
diff "$work/declared" "$work/listed" >"$work/d2"
verdict "lib/api/huzhu.map does not list what huzhu.h declares" "$work/d2"
[ -s "$work/declared" ] || echo "no declaration found" >"$work/d3"
touch "$work/d3"
verdict "huzhu.h declares nothing" "$work/d3"

[ -s "$so" ] || echo "$so is not there" >"$work/none"
[ -s "$work/exported" ] || echo "no symbol" >>"$work/none"
touch "$work/none"
verdict "no shared library to look at" "$work/none"

objdump -p "$so" | awk '/NEEDED/ {print $2}' | grep -vE '^lib(c|yaml-0|pcre2-8|md|utf8proc)\.so' >"$work/needed"
verdict "the library needs more than libc and the given libraries" "$work/needed"
objdump -p "$so" | awk '/SONAME/ {print $2}' | grep -v '^libhuzhu\.so\.0$' >"$work/soname"
verdict "another soname" "$work/soname"
objdump -T "$so" | grep -oE 'GLIBC_[0-9.]+' | sort -u | awk -F'[_.]' '$2 > 2 || ($2 == 2 && $3 > 28)' >"$work/glibc"
[ -s "$work/glibc" ] && objdump -T "$so" | grep -wFf "$work/glibc" >>"$work/glibc.which"
[ -s "$work/glibc" ] && cat "$work/glibc.which" >>"$work/glibc"
verdict "symbols newer than GLIBC_2.28" "$work/glibc"
# A good guest: nothing that ends the process, prints, reads the clock, the locale or the environment, or starts a thread.
objdump -T "$so" | awk '$2 == "*UND*" || $3 == "*UND*" {print $NF}' |
    grep -E '^(abort|exit|_exit|quick_exit|raise|__assert_fail|v?f?printf|puts|putchar|perror|fputs|fputc|fwrite|stdout|stderr|__[a-z]*printf_chk|setlocale|localeconv|nl_langinfo|getenv|secure_getenv|time|clock|clock_gettime|gettimeofday|localtime|gmtime|mktime|rand|random|qsort|bsearch|strtod|strtold|atof|pthread_.*|thrd_.*|mtx_.*|sem_.*|fork|system|popen|signal|sigaction|dlopen|dlsym|__tls_get_addr|pow|exp|log|log10|sqrt|floor|ceil|fmod|round)$' >"$work/banned"
verdict "calls that a good guest does not make" "$work/banned"
# Data that can be written and is not const data with relocations: names of objects in .data and .bss.
find build/CMakeFiles/huzhu_objects.dir -name '*.o' >"$work/objects" 2>/dev/null
[ -s "$work/objects" ] || echo "no objects below build/CMakeFiles/huzhu_objects.dir" >"$work/globals.none"
touch "$work/globals.none"
verdict "no objects to look at" "$work/globals.none"
find build/CMakeFiles/huzhu_objects.dir -name '*.o' -exec nm -A --defined-only {} + |
    awk '$2 ~ /^[dDbBC]$/ || $3 ~ /^[dDbBC]$/ {print}' >"$work/globals.all"
while read -r line; do
    object=${line%%:*}
    name=$(printf '%s' "$line" | awk '{print $NF}')
    objdump -t "$object" | awk -v n="$name" '$NF == n {print $0}' | grep -qE '\.data\.rel\.ro' || printf '%s\n' "$line"
done <"$work/globals.all" >"$work/globals"
verdict "writable globals" "$work/globals"
strings -a "$so" | grep -F "$PWD" >"$work/paths"
verdict "paths of the building machine in the library" "$work/paths"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
