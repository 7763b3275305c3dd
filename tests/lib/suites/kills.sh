description='the broker killed with SIGKILL under load: what was acknowledged is there, nothing is given twice'
needs=''
whole_run=20

run() { run_tests Broker.SystemTests -namespace 'Broker.SystemTests.Kills*'; }
