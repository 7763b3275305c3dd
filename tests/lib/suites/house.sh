description='the house rules alone (part of fast): sizes, references, pins, bans, format'
needs=''
whole_run=-

run() {
    run_tests Broker.Tests -namespace 'Broker.Tests.House*'
    run_check format dotnet format Broker.sln --no-restore --verify-no-changes
}
