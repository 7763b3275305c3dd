# Campaigns: one file each in tests/lib/campaigns, which sets `description` and `lasts`, and defines run(), which
# sets the BROKER_TEST_ variables of the long size and calls run_tests. A test tells its figures, one line each, to
# the file that BROKER_TEST_FIGURES names.

list_campaigns() {
    local file
    for file in tests/lib/campaigns/*.sh; do
        (. "$file" && printf '%-8s %s (%s)\n' "$(basename "$file" .sh)" "$description" "$lasts")
    done
}

run_campaign() {
    local name=$1 started figures commit
    export BROKER_TEST_FIGURES="$repository/$reports/figures.txt"
    : >"$BROKER_TEST_FIGURES"
    . "tests/lib/campaigns/$name.sh"
    headline "campaign $name: $description ($lasts)"
    started=$(date +%s)
    run

    figures=$(paste -sd, "$BROKER_TEST_FIGURES" | sed 's/,/, /g')
    commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
    headline "for the table in tests/README.md"
    printf '| `%s` | %s | %s | %s | %s s | %s |\n' "$name" "$(date -u +%Y-%m-%d)" "$commit" "${figures:-no figures}" \
        "$(($(date +%s) - started))" "$(if [ "$failed" = 0 ]; then echo passed; else echo "$failed failed"; fi)"
}
