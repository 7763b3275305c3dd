# Where the programs of Kubernetes are kept, and what building them needs. They are large and take minutes: they are
# built once, outside the tree.

kubernetes_version=1.20.2
kubernetes_programs='kube-apiserver kube-controller-manager kube-scheduler kubelet'

kubernetes_cache() {
    local kept=${XDG_CACHE_HOME:-${HOME:-artifacts/home}/.cache}
    printf '%s' "${KUBEBUILDER_ASSETS:-$kept/broker-tests/kubernetes-$kubernetes_version}"
}

# The stamp is written last; the programs must answer as well, for a folder may be copied from another machine.
kubernetes_is_built() {
    local cache program
    cache=$(kubernetes_cache)
    [ -f "$cache/.built-$kubernetes_version" ] || return 1
    for program in $kubernetes_programs; do
        [ "$("$cache/$program" --version 2>/dev/null)" = "Kubernetes v$kubernetes_version" ] || return 1
    done
}

# What build.sh needs, as COMMAND:PACKAGE; nothing once it has built.
kubernetes_build_needs() {
    kubernetes_is_built || printf 'go:golang-go make:make dpkg-source:dpkg-dev rsync:rsync flock:util-linux'
}
