description='brokerctl as a process against a served broker: every command, exit codes, apply, verify, completion'
needs='bash:bash script:bsdutils'
whole_run=25

run() { run_tests Broker.SystemTests -namespace 'Broker.SystemTests.Ctl*'; }
