using System.CommandLine;
using Broker.Identity.Authorities;
using Broker.Identity.Trust;
using Broker.Server.Hosting;
using Broker.Server.Init;

namespace Broker.Server.Cli;

/// <summary><c>broker person</c>: a certificate for a further operator or auditor.</summary>
internal static class PersonCommand
{
    private static readonly TimeSpan lifetime = TimeSpan.FromDays(365);

    public static Command Create()
    {
        var data = DataOptions.Data();
        var name = new Option<string>("--name")
        {
            Description = "The person's name; the files are called after it.",
            Required = true,
            HelpName = "NAME",
        };
        var role = new Option<string>("--role")
        {
            Description = "operator (may change things) or auditor (may read them).",
            DefaultValueFactory = _ => "auditor",
            HelpName = "ROLE",
        };
        _ = role.AcceptOnlyFromAmong("operator", "auditor");
        var command = new Command("person", "Make a certificate for an operator or an auditor, for a year.")
        {
            data, name, role,
        };
        command.SetAction(result => Run(
            Path.GetFullPath(result.GetRequiredValue(data)),
            result.GetRequiredValue(name),
            result.GetRequiredValue(role) == "operator" ? CallerRole.Operator : CallerRole.Auditor));
        return command;
    }

    private static int Run(string folder, string name, CallerRole role)
    {
        if (!PersonCertificateIssuer.IsName(name))
        {
            throw new StartFailureException(
                "name_invalid", $"--name: '{name}' is not 1 to 64 letters, digits and . _ : @ + -");
        }

        var now = TimeProvider.System.GetUtcNow();
        var pki = Path.Combine(folder, "pki");
        var load = CertificateAuthority.Load(
            Path.Combine(pki, "operator-ca.crt"), Path.Combine(pki, "operator-ca.key"), now);
        using var authority = load.Authority ?? throw new StartFailureException(
            "key_material", $"the operator CA of {folder} cannot be used: {load.Refusal!.Detail}");
        using var certificate = PersonCertificateIssuer.Issue(authority, role, name, now, lifetime);
        var (certificateFile, keyFile) = (Path.Combine(pki, name + ".crt"), Path.Combine(pki, name + ".key"));
        try
        {
            KeyFiles.Write(certificate, certificateFile, keyFile);
            CurlFile.Write(
                Path.Combine(folder, name + ".curl"), Path.Combine(pki, "broker-ca.crt"), certificateFile, keyFile);
        }
        catch (IOException error)
        {
            throw new StartFailureException("file_exists", $"nothing was replaced: {error.Message}", error);
        }

        Console.WriteLine($"Made {certificateFile} and its key. Try: curl -K {folder}/{name}.curl "
            + "https://localhost:8444/v1/whoami");
        return ExitCodes.Good;
    }
}
