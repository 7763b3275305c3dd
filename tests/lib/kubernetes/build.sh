#!/usr/bin/env bash
# Builds the control plane and the kubelet from Debian's source package `kubernetes` with Debian's Go, once, into a
# cache folder outside the tree: $KUBEBUILDER_ASSETS, or broker-tests/kubernetes-1.20.2 in the user's cache folder.
# Takes about 10 minutes of 2 cores, 3 GB of the temporary folder while it runs, and 350 MB of the cache. No root, and
# no change of apt's own lists.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../say.sh"
. "$here/../packages.sh"
. "$here/cache.sh"

suite=bookworm
cache=$(kubernetes_cache)
case $cache in /*) ;; *) cache=$PWD/$cache ;; esac
# Fixed before HOME changes below: the folder is found through it otherwise, and the last check would look elsewhere.
export KUBEBUILDER_ASSETS="$cache"
# What is built must not depend on the settings of whoever runs the tests.
unset GOFLAGS GOROOT GOBIN GOOS GOARCH MAKEFLAGS

if kubernetes_is_built; then
    note "Kubernetes $kubernetes_version is in $cache"
    exit 0
fi

# A folder that somebody keeps other programs in is theirs.
for program in $kubernetes_programs; do
    [ -e "$cache/$program" ] || continue
    found=$("$cache/$program" --version 2>/dev/null || :)
    [ "$found" = "Kubernetes v$kubernetes_version" ] || [ -z "$found" ] || stop "$cache/$program is '$found'.
   Unset KUBEBUILDER_ASSETS, or point it at a folder of its own for Kubernetes $kubernetes_version."
done

# shellcheck disable=SC2046 # a list of needs
missing=$(missing_packages $(kubernetes_build_needs))
[ -z "$missing" ] || stop "Building Kubernetes needs more. It comes with: apt-get install $missing"
command -v apt-get >/dev/null 2>&1 || stop "Building Kubernetes needs apt-get and Debian's archive.
   Elsewhere, point KUBEBUILDER_ASSETS at a folder with $kubernetes_programs."

mkdir -p "$cache"
exec 9>"$cache/.lock"
if ! flock -n 9; then
    note "Another run builds Kubernetes; waiting for it."
    with_progress 'the other build' flock 9
    kubernetes_is_built && exit 0
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/broker-kubernetes-XXXXXX")
job=
clean_up() {
    # The whole group of the step that runs: make's compilers would live on.
    [ -z "$job" ] || kill -KILL -- "-$job" 2>/dev/null || :
    chmod -R u+w "$work"
    rm -rf "$work" "$cache"/.new-*
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# step NAME COMMAND...: in a process group of its own and awaited, so that a signal ends it at once.
step() {
    local what=$1 log="$work/$1.log" status=0 seconds=0
    shift
    setsid "$@" >"$log" 2>&1 9>&- &
    job=$!
    while kill -0 "$job" 2>/dev/null; do
        # A wait can be interrupted by a signal, a sleep in the foreground cannot.
        sleep 1 9>&- &
        wait "$!"
        seconds=$((seconds + 1))
        [ $((seconds % 15)) != 0 ] || note "... $what: $seconds s; $(grep -ac . "$log") lines of log"
    done
    wait "$job" || status=$?
    job=
    [ "$status" = 0 ] || { tail -n 40 "$log"; stop "Kubernetes: the step '$what' failed with $status."; }
    note "$what: done after $seconds s"
}

headline "Kubernetes $kubernetes_version: built once, about 10 minutes, into $cache"
lists=()
for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    [ ! -f "$list" ] || lists+=("$list")
done
[ "${#lists[@]}" -gt 0 ] || stop "apt has no source lists; a Debian 12 archive is needed."
awk -v suite="$suite" -f "$here/sources.awk" "${lists[@]}" | sort -u >"$work/sources.list"
[ -s "$work/sources.list" ] || stop "apt's source lists name no archive with $suite main (Debian 12), whose source
   package is built. Elsewhere, point KUBEBUILDER_ASSETS at a folder with $kubernetes_programs."

mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/home"
cat >"$work/apt.conf" <<CONF
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$work/lists";
Dir::Cache "$work";
APT::Sandbox::User "$(id -un)";
CONF
export APT_CONFIG="$work/apt.conf" HOME="$work/home"
step list apt-get update
cd "$work"
step fetch apt-get source -q --only-source kubernetes
unset APT_CONFIG
tree=$(printf '%s\n' "$work"/kubernetes-*/ | head -n 1)

export GOPATH="$work/go" GOCACHE="$work/cache" GO111MODULE=off CGO_ENABLED=0 GOTOOLCHAIN=local
# Debian's Go comes first: a newer one cannot build sources of this age.
export PATH="/usr/lib/go/bin:$PATH"
mkdir -p "$GOPATH/src/k8s.io"
ln -s "${tree%/}" "$GOPATH/src/k8s.io/kubernetes"
cd "$GOPATH/src/k8s.io/kubernetes"
# shellcheck disable=SC2086 # a list of names
step build nice -n 10 make WHAT="$(printf 'cmd/%s ' $kubernetes_programs)" GOFLAGS=

for program in $kubernetes_programs; do
    cp "_output/local/go/bin/$program" "$cache/.new-$program"
    mv "$cache/.new-$program" "$cache/$program"
done
: >"$cache/.built-$kubernetes_version"
kubernetes_is_built || { rm -f "$cache/.built-$kubernetes_version"; stop "What was built is not $kubernetes_version."; }
note "Kubernetes $kubernetes_version is in $cache"
