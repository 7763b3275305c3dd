using System.CommandLine;
using System.Text.Json.Nodes;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Explanations;
using Broker.Contracts.Problems;

namespace Broker.Cli.Explain;

/// <summary><c>brokerctl explain</c>: what a code means, and what to do.</summary>
internal static class ExplainCommand
{
    private static IReadOnlyList<ExplanationGroup> Groups { get; } =
        [.. ExplanationTable.Groups, new("brokerctl itself", CliExplanations.All)];

    public static Command Create(Ctl ctl)
    {
        var code = new Argument<string?>("code")
        {
            Description = "The code of an error, such as unwitnessed; without it, all codes are listed.",
            HelpName = "CODE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        code.CompletionSources.Add(_ => Groups.SelectMany(group => group.Explanations).Select(row => row.Code));
        var command = new CtlCommand(
            "explain", "What an error's code means, why it is so, and what to do.", "brokerctl explain unwitnessed")
        {
            code,
        };
        ctl.Handle(command, run =>
        {
            if (run.Result.GetValue(code) is { } wanted)
            {
                One(run, Find(wanted.Trim().ToLowerInvariant()));
            }
            else
            {
                All(run);
            }

            return Task.FromResult(ExitCodes.Good);
        });
        return command;
    }

    private static Explanation Find(string code)
    {
        var all = Groups.SelectMany(group => group.Explanations).ToList();
        if (all.Find(row => row.Code == code) is { } found)
        {
            return found;
        }

        var near = all.Where(row => row.Code.Contains(code, StringComparison.Ordinal)
            || code.Contains(row.Code, StringComparison.Ordinal)).Select(row => row.Code).ToList();
        throw new CliFailureException(
            CliCodes.CodeUnknown,
            $"'{code}' is no code of this broker.",
            near.Count > 0 ? $"Near to it: {string.Join(", ", near)}." : "All of them: brokerctl explain");
    }

    private static void One(Run run, Explanation row)
    {
        if (run.Answer.Format == OutputFormat.Table)
        {
            ExplainText.Write(run.Screen, row, ProblemKinds.Find(row.Code)?.Status);
            return;
        }

        run.Answer.Document(Node(row));
    }

    private static void All(Run run)
    {
        if (run.Answer.Format != OutputFormat.Table)
        {
            var rows = Groups.SelectMany(group => group.Explanations.Select(row => Node(row, group.Title))).ToList();
            run.Answer.Own("explanations", rows, [], string.Empty);
            return;
        }

        foreach (var group in Groups)
        {
            ExplainText.WriteGroup(run.Screen, group);
        }

        run.Screen.Note("More on one: brokerctl explain CODE");
    }

    private static JsonObject Node(Explanation row, string? group = null)
    {
        var node = new JsonObject { ["code"] = row.Code };
        if (group is not null)
        {
            node["group"] = group;
        }

        node["status"] = ProblemKinds.Find(row.Code)?.Status;
        node["meaning"] = row.Meaning;
        node["why"] = row.Why;
        node["steps"] = new JsonArray([.. row.Steps.Select(step => JsonValue.Create(step))]);
        node["look"] = new JsonArray([.. row.Look.Select(place => JsonValue.Create(place))]);
        return node;
    }
}
