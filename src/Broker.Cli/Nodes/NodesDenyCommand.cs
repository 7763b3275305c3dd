using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Nodes;

namespace Broker.Cli.Nodes;

/// <summary><c>brokerctl nodes deny</c>.</summary>
internal static class NodesDenyCommand
{
    public static Command Create(Ctl ctl)
    {
        var name = NodeCommands.Name(ctl, "The node that it is about.");
        var certificate = Text("--certificate", "SHA256", "Deny this certificate, by hash. Its key could be used in "
            + "another one, and an altered signature makes another hash: --key lasts longer.");
        var key = Text("--key", "SHA256", "Deny every certificate of this key: SHA-256 of its SubjectPublicKeyInfo.");
        var serial = Text("--serial", "HEX", "Deny this serial number of --issuer.");
        var issuer = Text("--issuer", "SHA256", "The key of the CA that gave the serial number.");
        var seen = SeenUid.Option();
        var command = new CtlCommand(
            "deny",
            "Refuse a certificate, a key or a serial number for good and end its connections; without any of them all "
            + "certificates of the node, by key. A denial is never lifted: the node needs a new key.",
            "brokerctl nodes deny node-a --certificate 3f9a1c22e4b1 --reason \"stolen disk\"")
        {
            name, certificate, key, serial, issuer, seen,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var node = run.Result.GetRequiredValue(name);
            var hash = run.Result.GetValue(certificate) is { } text
                ? await CertificatePrefix.ResolveAsync(run, node, text)
                : null;
            var denied = (await run.Api.DenyCertificateAsync(
                node,
                new DenyRequest(
                    hash,
                    run.Result.GetValue(key),
                    run.Result.GetValue(issuer),
                    run.Result.GetValue(serial),
                    run.Result.GetValue(seen),
                    change.Reason(run)),
                run.Cancellation,
                change.DryRun(run))).OrThrow();
            run.Answer.One(denied, shown => change.Say(run, Left(shown, "has"), Left(shown, "would have")));
            return ExitCodes.Good;
        });
        return command;
    }

    private static Option<string?> Text(string name, string form, string description) =>
        new(name) { Description = description, HelpName = form };

    private static string Left(NodeInfo node, string has)
    {
        var usable = node.Certificates.Count(certificate => certificate.Slot is "current" or "next" or "grace");
        return $"{node.Name} {has} {Shown.Number(usable)} certificates left that may be used.";
    }
}
