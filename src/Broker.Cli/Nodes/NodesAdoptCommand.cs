using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;

namespace Broker.Cli.Nodes;

/// <summary><c>brokerctl nodes adopt</c>.</summary>
internal static class NodesAdoptCommand
{
    public static Command Create(Ctl ctl)
    {
        var name = NodeCommands.Name(ctl, "The node that the certificate is of.");
        var hash = new Argument<string>("certificate")
        {
            Description = "Its SHA-256; the first digits are enough for one that is on record.",
            HelpName = "SHA256",
        };
        var seen = SeenUid.Option();
        var command = new CtlCommand(
            "adopt",
            "Take over a certificate that no request accounts for, or let one off its hold. It counts as adopted from "
            + "then on, and the names on it are believed because you say so: look first.",
            "brokerctl nodes adopt node-a 3f9a1c22e4b1 --reason \"seen on the machine\"")
        {
            name, hash, seen,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var node = run.Result.GetRequiredValue(name);
            var certificate = await CertificatePrefix.ResolveAsync(run, node, run.Result.GetRequiredValue(hash));
            var adopted = (await run.Api.AdoptCertificateAsync(
                node,
                new(certificate, run.Result.GetValue(seen), change.Reason(run)),
                run.Cancellation,
                change.DryRun(run))).OrThrow();
            run.Answer.One(adopted, shown => change.Say(
                run,
                $"{node} may use {Shown.Hash(shown.Certificate)}: {shown.Slot}, {shown.Assurance}.",
                $"{node} might use {Shown.Hash(shown.Certificate)}: {shown.Slot}, {shown.Assurance}."));
            return ExitCodes.Good;
        });
        return command;
    }
}
