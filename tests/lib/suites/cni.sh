description='the CNI plugin as it is published, called by bridge, ptp and containerd in network namespaces; root'
needs='gcc:gcc ip:iproute2 ping:iputils-ping strace:strace containerd:containerd runc:runc busybox:busybox-static'
needs="$needs /usr/lib/cni/bridge:containernetworking-plugins /usr/include/zlib.h:zlib1g-dev"
whole_run=50

run() { run_tests Broker.SystemTests -namespace 'Broker.SystemTests.Cni*'; }
