# Commands that suites need, and the Debian packages that bring them. A need is written COMMAND:PACKAGE,
# or /FILE:PACKAGE.

missing_packages() {
    local need packages=
    for need in "$@"; do
        is_present "${need%%:*}" || packages="$packages ${need##*:}"
    done
    # shellcheck disable=SC2086 # a list of names
    [ -z "$packages" ] || printf '%s\n' $packages | sort -u | tr '\n' ' ' | sed 's/ $//'
}

is_present() {
    case $1 in
        /*) [ -e "$1" ] ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

install_packages() {
    local suite needs_all= packages
    for suite in "$@"; do
        needs_all="$needs_all $(suite_needs "$suite")"
    done
    # shellcheck disable=SC2086 # a list of needs
    packages=$(missing_packages $needs_all)
    if [ -z "$packages" ]; then
        note "--install: nothing is missing."
        return
    fi

    command -v apt-get >/dev/null 2>&1 || stop "--install knows apt-get only, which is not here. Missing: $packages"
    [ "$(id -u)" = 0 ] || stop "--install needs root. Try: sudo apt-get install $packages"
    headline "install: $packages"
    install_quietly "$packages"
}

# Installs while a policy-rc.d says no to every service that a package would start.
install_quietly() {
    (
        policy=/usr/sbin/policy-rc.d
        kept=
        if [ -e "$policy" ]; then
            kept=$policy.before-broker-tests
            mv "$policy" "$kept"
        fi
        # shellcheck disable=SC2064 # the values of now
        trap "rm -f '$policy'; [ -z '$kept' ] || mv '$kept' '$policy'" EXIT
        trap 'exit 130' INT TERM
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -q
        # shellcheck disable=SC2086 # a list of names
        apt-get install -q -y --no-install-recommends $1
    ) || stop "apt-get could not install: $1"
}
