description='the demo as a stranger starts it, each command that it prints, and the errors of the first ten minutes'
needs='curl:curl script:bsdutils setpriv:util-linux'
whole_run=30

run() {
    run_tests Broker.SystemTests -namespace 'Broker.SystemTests.Demo*' -namespace 'Broker.SystemTests.Newcomer*'
}
