# How the scripts talk: plain text, colour only for a terminal that wants it.

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
    bold=$'\033[1m' red=$'\033[31m' plain=$'\033[0m'
else
    bold='' red='' plain=''
fi

is_ci() { [ "${CI:-}" = true ]; }

headline() { printf '\n%s== %s%s\n' "$bold" "$*" "$plain"; }

note() { printf '   %s\n' "$*"; }

complain() { printf '%s!! %s%s\n' "$red" "$*" "$plain" >&2; }

stop() {
    complain "$*"
    exit 2
}

# Runs a command while a line every 15 seconds shows that it still does.
with_progress() {
    local what=$1 status=0 ticker
    shift
    (
        # The sleep would outlive this shell and hold the terminal's pipe open: it gets no output of ours.
        seconds=0
        while sleep 15 >/dev/null 2>&1; do
            seconds=$((seconds + 15))
            printf '   ... %s: %s s\n' "$what" "$seconds"
        done
    ) &
    ticker=$!
    "$@" || status=$?
    kill "$ticker" 2>/dev/null || :
    wait "$ticker" 2>/dev/null || :
    return "$status"
}
