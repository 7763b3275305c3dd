description='a real control plane and kubelet with a broker that witnesses and gives pods addresses; needs root'
needs='etcd:etcd-server containerd:containerd runc:runc busybox:busybox-static ip:iproute2 unshare:util-linux
    nsenter:util-linux /usr/lib/cni/bridge:containernetworking-plugins
    kubectl:kubernetes-client jq:jq gcc:gcc /usr/include/zlib.h:zlib1g-dev'
. tests/lib/kubernetes/cache.sh
needs="$needs $(kubernetes_build_needs)"
whole_run=60
steps_named=yes

run() {
    # Its first run on a machine builds Kubernetes, which takes minutes: the script says how far it is.
    if ! tests/lib/kubernetes/build.sh; then
        count_check kubernetes failed
        return
    fi
    # One cluster at a time: two of them and their tests are more than two cores carry.
    run_tests Broker.SystemTests -parallelMode none -namespace 'Broker.SystemTests.Cluster*'
}
