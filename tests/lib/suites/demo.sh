description='the demo, as a stranger starts it'
needs=''
whole_run=30

run() { run_tests Broker.SystemTests -namespace 'Broker.SystemTests.Demo*'; }
