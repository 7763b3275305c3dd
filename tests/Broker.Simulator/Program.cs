using System.CommandLine;
using Broker.Simulator;
using Broker.Simulator.Planting;

var seeds = new Option<int>("--seeds") { Description = "How many seeds.", DefaultValueFactory = _ => 200 };
var from = new Option<int>("--from") { Description = "The first seed.", DefaultValueFactory = _ => 1 };
var trace = new Option<bool>("--trace") { Description = "Say what happens; for one seed." };
var plant = new Option<Plant>("--plant") { Description = "A bug that is to be found." };
var command = new RootCommand(
    "Runs brokers, nodes and subscribers in virtual time with everything that can go wrong. A seed that fails is named "
    + "and gives the same again: --seeds 1 --from SEED --trace")
{
    seeds, from, trace, plant,
};
command.SetAction(result =>
{
    var failed = 0;
    var first = result.GetValue(from);
    for (var seed = first; seed < first + result.GetValue(seeds); seed++)
    {
        var run = Simulation.Run(seed, result.GetValue(plant), result.GetValue(trace) ? Console.Out : null);
        if (run.Faults.Count > 0)
        {
            failed++;
            Console.WriteLine($"seed {seed}: {run.Faults[0]}");
        }
    }

    Console.WriteLine($"{result.GetValue(seeds) - failed} passed, {failed} failed");
    return failed == 0 ? 0 : 1;
});
return command.Parse(args).Invoke();
