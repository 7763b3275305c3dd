using System.CommandLine;
using Broker.Bench;
using Broker.Bench.Rows;

var suites = new Argument<string[]>("SUITE")
{
    Description = $"What to measure: {string.Join(", ", BenchSuites.All.Keys)}. All of them when none is named.",
    Arity = ArgumentArity.ZeroOrMore,
};
suites.AcceptOnlyFromAmong([.. BenchSuites.All.Keys]);
var rounds = new Option<int>("--rounds")
{
    Description = "How often the sides take turns.",
    DefaultValueFactory = _ => 5,
};
var seconds = new Option<double>("--seconds")
{
    Description = "How long a turn of a load lasts.",
    DefaultValueFactory = _ => 3,
};
var command = new RootCommand(
    "Compares Broker with a peer that is measured in the same run. Each row ends in 'reached' or 'short'; the last "
    + "line counts them. Example: dotnet run -c Release --project tests/Broker.Bench -- cni grants")
{
    suites, rounds, seconds,
};
command.SetAction(async (result, _) =>
{
    var size = new BenchSize(result.GetValue(rounds), TimeSpan.FromSeconds(result.GetValue(seconds)));
    var report = new BenchReport();
    var named = result.GetValue(suites) is { Length: > 0 } chosen ? chosen : [.. BenchSuites.All.Keys];
    foreach (var name in named)
    {
        await BenchSuites.All[name](report, size);
    }

    report.Close();
    return 0;
});
return await command.Parse(args).InvokeAsync();
