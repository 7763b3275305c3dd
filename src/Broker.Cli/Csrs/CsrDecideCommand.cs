using System.CommandLine;
using Broker.Cli.Completion;
using Broker.Cli.Hosting;
using Broker.Contracts.Csrs;

namespace Broker.Cli.Csrs;

/// <summary><c>brokerctl csr approve|deny</c>.</summary>
internal static class CsrDecideCommand
{
    public static Command Create(Ctl ctl, bool approve)
    {
        var verb = approve ? "approve" : "deny";
        var name = new Argument<string>("name") { Description = $"The signing request to {verb}.", HelpName = "NAME" };
        name.CompletionSources.Add(context => LiveNames.Of(ctl, context, async (api, cancellation) =>
            (await api.ListCsrsAsync(cancellation)).OrThrow().Csrs
                .Where(csr => csr.Status == "pending").Select(csr => csr.Name)));
        var seen = new Option<string?>("--seen-key")
        {
            Description = "The key hash that you saw, whole: if it has changed since, nothing is done.",
            HelpName = "HASH",
        };
        var command = new CtlCommand(
            verb,
            approve
                ? "Approve a pending request: the machine gets a certificate for that node's name."
                : "Deny a pending request, for good.",
            $"brokerctl csr {verb} node-csr-2f7Zk --reason \"{(approve ? "rebuilt by ops" : "nobody asked for it")}\"")
        {
            name, seen,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var (csr, dryRun) = (run.Result.GetRequiredValue(name), change.DryRun(run));
            var body = new DecisionRequest(run.Result.GetValue(seen), change.Reason(run));
            var info = (approve
                ? await run.Api.ApproveAsync(csr, body, run.Cancellation, dryRun)
                : await run.Api.DenyAsync(csr, body, run.Cancellation, dryRun)).OrThrow();
            run.Answer.One(info, shown => change.Say(
                run,
                $"{shown.Name} for {shown.Node} is {shown.Status}.",
                $"{shown.Name} for {shown.Node} would be {(approve ? "approved" : "denied")}."));
            return ExitCodes.Good;
        });
        return command;
    }
}
