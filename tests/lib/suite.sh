# Suites: one file each in tests/lib/suites, which sets
#   description   one line
#   needs         what must be there, as COMMAND:PACKAGE, blank-separated
#   whole_run     its place in a whole run (10, 20, ...), or - for one that another suite holds already, or that
#                 runs by its name only
#   steps_named   yes to have every test named, not only those that fail
# and defines run(), which calls run_tests and run_check.

all_suites() { (cd tests/lib/suites && ls ./*.sh) | sed 's|^\./||; s|\.sh$||'; }

suite_exists() { [ -f "tests/lib/suites/$1.sh" ]; }

# One field of a suite, read in a shell of its own.
suite_field() { (. "tests/lib/suites/$1.sh" && eval "printf '%s' \"\$$2\""); }

suite_needs() { suite_field "$1" needs; }

suites_of_a_whole_run() {
    local suite
    for suite in $(all_suites); do
        printf '%s %s\n' "$(suite_field "$suite" whole_run)" "$suite"
    done | grep -v '^-' | sort -n | cut -d' ' -f2
}

list_suites() {
    local suite packages
    for suite in $(all_suites); do
        # shellcheck disable=SC2046 # a list of needs
        packages=$(missing_packages $(suite_needs "$suite"))
        printf '%-8s %s\n' "$suite" "$(suite_field "$suite" description)"
        [ -z "$packages" ] || printf '%-8s missing; it comes with: apt-get install %s\n' '' "$packages"
    done
}

run_suite() {
    local suite=$1 packages
    # shellcheck disable=SC2046 # a list of needs
    packages=$(missing_packages $(suite_needs "$suite"))
    headline "$suite: $(suite_field "$suite" description)"
    if [ -n "$packages" ]; then
        note "Something is missing. It comes with: apt-get install $packages"
        if is_ci; then count_check "$suite" failed; else count_check "$suite" skipped; fi
        return
    fi

    steps_named=no
    . "tests/lib/suites/$suite.sh"
    run
}

# run_tests PROJECT FILTER...: the built test program, with its own report read afterwards.
run_tests() {
    local project=$1 status=0 report program
    shift
    tests_run=$((tests_run + 1))
    report="$reports/$tests_run-$project.xml"
    program="tests/$project/bin/$configuration/net10.0/$project.dll"
    with_progress "$project" dotnet "$program" -noColor -noLogo "$@" -result-xml "$report" || status=$?
    [ "${steps_named:-no}" = no ] || name_steps "$report"
    count_report "$project" "$report" "$status"
}

# run_check NAME COMMAND...: one thing that passes or fails by its exit code; its output is shown when it fails.
run_check() {
    local what=$1 log="$reports/$1.log"
    shift
    if with_progress "$what" logged "$log" "$@"; then
        note "$what: passed"
        count_check "$what" passed
    else
        cat "$log"
        complain "$what failed: $*"
        count_check "$what" failed
    fi
}
