description='10,000 seeds of the simulation: brokers, nodes and subscribers in virtual time, and all that can go wrong'
lasts='about 10 minutes'

run() {
    export BROKER_TEST_SEEDS=10000
    run_tests Broker.Tests -method 'Broker.Tests.Simulator.SeedsTests.No_seed_breaks_an_invariant'
}
