description='unit, model and house tests and the format check: the SDK only, no root, under 3 minutes'
needs=''
whole_run=10

run() {
    run_tests Broker.Tests
    run_check format dotnet format Broker.sln --no-restore --verify-no-changes
}
