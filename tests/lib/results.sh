# What passed, failed and was skipped, and the closing line. No report, a crash and no tests at all are failures.

passed=0
failed=0
skipped=0
tests_run=0
reports=artifacts/tests
names_of_failures=''

prepare_reports() {
    rm -rf "$reports"
    mkdir -p "$reports"
}

count_check() {
    case $2 in
        passed) passed=$((passed + 1)) ;;
        skipped) skipped=$((skipped + 1)) ;;
        *) failed=$((failed + 1)); complain "failed: $1"; name_failure "$1" ;;
    esac
}

# Said again just above the closing line: a long log is often kept by its end only.
name_failure() { names_of_failures="$names_of_failures   $1"$'\n'; }

# The sum of one attribute over all <assembly> elements of an xunit report; nothing when there is none.
report_sum() {
    grep -o '<assembly [^>]*>' "$1" 2>/dev/null | grep -o " $2=\"[0-9]*\"" | tr -dc '0-9\n' \
        | awk '{ sum += $1; seen = 1 } END { if (seen) print sum }'
}

count_report() {
    local project=$1 report=$2 status=$3 total bad
    total=$(report_sum "$report" total || :)
    if [ -z "$total" ]; then
        complain "$project ended with $status and left no report."
        name_failure "$project: no report"
        failed=$((failed + 1))
        return
    fi

    bad=$(($(report_sum "$report" failed) + $(report_sum "$report" errors)))
    passed=$((passed + $(report_sum "$report" passed)))
    failed=$((failed + bad))
    count_skipped "$project" "$(report_sum "$report" skipped)"
    [ "$bad" = 0 ] || name_failure "$(failed_tests "$report")"
    if [ "$total" = 0 ]; then
        complain "$project found no tests."
        failed=$((failed + 1))
    elif [ "$status" != 0 ] && [ "$bad" = 0 ]; then
        complain "$project ended with $status although no test failed."
        failed=$((failed + 1))
    fi
}

count_skipped() {
    if is_ci && [ "$2" != 0 ]; then
        complain "$1 skipped $2 tests; under CI=true that is a failure."
        failed=$((failed + $2))
    else
        skipped=$((skipped + $2))
    fi
}

# The failed tests of an xunit report, each with the first line of what it said.
failed_tests() {
    awk -v 'RS=<test ' '
        NR > 1 && match($0, / result="Fail"/) {
            match($0, /name="[^"]*"/)
            what = substr($0, RSTART + 6, RLENGTH - 7)
            said = ""
            if (match($0, /<message>/)) { said = substr($0, RSTART + 9, 300); sub(/<.message>.*/, "", said) }
            sub(/\n.*/, "", said)
            print what "\n      " said
        }
    ' "$1" | sed 's/<!\[CDATA\[//; s/\]\]>//; s/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g; 2,$s/^/   /'
}

# Every test of an xunit report by its name, in the order in which they ended, with its result and its seconds.
name_steps() {
    { grep -o '<test [^>]*>' "$1" 2>/dev/null || :; } | awk '
        function field(name) {
            return match($0, " " name "=\"[^\"]*\"") \
                ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
        }
        {
            what = field("method")
            gsub("_", " ", what)
            printf "   %-4s %4d s  %s\n", field("result"), field("time"), what
        }'
}

# The last thing that is said, whatever ended the run.
finish() {
    local status=$?
    trap - EXIT
    if [ "$status" != 0 ] && [ "$failed" = 0 ]; then
        complain "The run itself stopped with $status."
        failed=1
    elif [ $((passed + failed)) = 0 ]; then
        complain "Nothing was run."
        failed=1
    fi

    [ -z "$names_of_failures" ] || printf '\nfailed:\n%s' "$names_of_failures"
    printf '\n'
    if is_ci; then
        printf '%s passed, %s failed\n' "$passed" "$failed"
    else
        printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    fi
    [ "$failed" = 0 ] || exit 1
    exit 0
}
