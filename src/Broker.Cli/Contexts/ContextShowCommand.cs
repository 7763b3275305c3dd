using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Broker.Cli.Hosting;
using Broker.Cli.Output;

namespace Broker.Cli.Contexts;

/// <summary><c>brokerctl context show</c>: what would be used, and whether it can be.</summary>
internal static class ContextShowCommand
{
    public static Command Create(Ctl ctl)
    {
        var command = new CtlCommand(
            "show", "Show the context in use, and check its files.", "brokerctl --context ./broker-data context show");
        ctl.Handle(command, run =>
        {
            var found = run.FindContext();
            using var certificate = ContextCredentials.LoadCertificate(found.Context);
            _ = ContextCredentials.Load(found.Context);
            Write(run, found, certificate);
            return Task.FromResult(ExitCodes.Good);
        });
        return command;
    }

    private static void Write(Run run, FoundContext found, X509Certificate2 certificate)
    {
        var context = found.Context;
        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        var hash = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        var until = certificate.NotAfter.ToUniversalTime();
        var ended = until < run.Environment.Time.GetUtcNow().UtcDateTime;
        if (run.Answer.Format != OutputFormat.Table)
        {
            run.Answer.Document(new JsonObject
            {
                ["file"] = context.File,
                ["chosenBy"] = found.ChosenBy,
                ["people"] = context.People.ToString(),
                ["node"] = context.Node,
                ["enrol"] = context.Enrol,
                ["ca"] = context.Ca,
                ["certificate"] = context.Certificate,
                ["key"] = context.Key,
                ["name"] = name,
                ["certificateHash"] = hash,
                ["notAfter"] = new DateTimeOffset(until, TimeSpan.Zero).ToString(
                    "yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            });
            return;
        }

        new Details()
            .Add("context", context.File)
            .Add("chosen by", found.ChosenBy)
            .Add("people listener", context.People.GetLeftPart(UriPartial.Authority))
            .Add("node listener", context.Node)
            .Add("enrol listener", context.Enrol)
            .Add("broker's CA", context.Ca)
            .Add("certificate", context.Certificate)
            .Add("key", context.Key)
            .Add("you are", $"{name}, certificate {Shown.Hash(hash)}")
            .Add(ended ? "expired" : "valid until", Shown.Time(
                until.ToString("o", System.Globalization.CultureInfo.InvariantCulture)))
            .Write(run.Screen);
    }
}
