description='the broker killed with SIGKILL under load 100 times'
lasts='ten times as long as tests/run kills'

run() {
    export BROKER_TEST_KILLS=100
    run_tests Broker.SystemTests -namespace 'Broker.SystemTests.Kills*'
}
