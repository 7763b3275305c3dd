description='the journal on Dapr state stores: a double of the sidecar over real Redis and PostgreSQL, with faults'
needs='redis-server:redis-server pg_ctlcluster:postgresql setpriv:util-linux docker-compose:docker-compose'
whole_run=55

# With BROKER_TEST_DAPR_GRPC a real sidecar is tested too, and compared with the double.
run() {
    run_tests Broker.SystemTests -namespace 'Broker.SystemTests.Dapr*'
    [ -z "${BROKER_TEST_DAPR_GRPC:-}" ] || run_tests Broker.SystemTests -namespace 'Broker.SystemTests.RealDapr*'
}
