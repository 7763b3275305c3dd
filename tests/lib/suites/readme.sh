description='every fenced command of README.md'
needs='curl:curl openssl:openssl jq:jq setsid:util-linux'
whole_run=40

run() { run_tests Broker.SystemTests -namespace 'Broker.SystemTests.Readme*'; }
