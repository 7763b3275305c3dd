using System.Text.Json.Nodes;
using Broker.Identity.Authorities;
using Broker.Identity.Trust;
using Broker.Journal.Store;
using Broker.Server.Hosting;
using Broker.Server.Options;

namespace Broker.Server.Init;

/// <summary>
/// Makes a data folder: the ledger, a CA each for servers, nodes and people, the server's certificate, one operator,
/// the settings file and a context file for the command line. Never over anything that is there.
/// </summary>
internal static class DataFolder
{
    private static readonly TimeSpan CaLifetime = TimeSpan.FromDays(3650);
    private static readonly TimeSpan LeafLifetime = TimeSpan.FromDays(365);

    /// <exception cref="StartFailureException">
    /// The plan has a fault, or the folder is not empty or cannot be written.
    /// </exception>
    public static async Task CreateAsync(InitPlan plan, TimeProvider time, CancellationToken cancellation)
    {
        InitRules.Check(plan);
        var folder = plan.Folder;
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new StartFailureException(
                "folder_not_empty",
                $"{folder} is not empty, and a ledger is only made in an empty folder. Choose another --data, or "
                + $"serve what is there: broker serve --data {folder}");
        }

        var done = false;
        try
        {
            MakePrivate(folder);
            MakePrivate(Path.Combine(folder, "pki"));
            WritePki(plan, time.GetUtcNow());
            WriteSettings(plan);
            WriteContext(plan);
            CurlFile.Write(
                Path.Combine(folder, "operator.curl"),
                Path.Combine(folder, "pki", "broker-ca.crt"),
                Path.Combine(folder, "pki", "operator.crt"),
                Path.Combine(folder, "pki", "operator.key"));
            await using var store = await JournalStores.CreateAsync(
                folder, InitSettings.Check(folder), cancellation);
            _ = await LedgerGenesis.CreateAsync(store, plan.Origin, time, cancellation);
            await FirstEvents.WriteAsync(store, plan, time, cancellation);
            done = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartFailureException("folder_unusable", $"{folder}: {error.Message}", error);
        }
        catch (JournalStoreException error)
        {
            throw new StartFailureException(error.Code, error.Message, error);
        }
        finally
        {
            if (!done)
            {
                Clear(folder);
            }
        }
    }

    // The folder was empty before, so all that is in it was made here; half a ledger would hinder the next try.
    private static void Clear(string folder)
    {
        foreach (var entry in Directory.Exists(folder) ? new DirectoryInfo(folder).GetFileSystemInfos() : [])
        {
            if (entry is DirectoryInfo inner)
            {
                inner.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    // Also where the folder was there already: whoever may write in it could replace the settings and the anchors.
    private static void MakePrivate(string folder)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        _ = Directory.CreateDirectory(folder, OwnerOnly);
        File.SetUnixFileMode(folder, OwnerOnly);
    }

    private static void WritePki(InitPlan plan, DateTimeOffset now)
    {
        var pki = Path.Combine(plan.Folder, "pki");
        using var brokerCa = MakeCa(pki, "broker-ca", $"{plan.Origin} broker CA", now);
        using var nodeCa = MakeCa(pki, "node-ca", $"{plan.Origin} node CA", now);
        using var operatorCa = MakeCa(pki, "operator-ca", $"{plan.Origin} operator CA", now);
        using var server = ServerCertificateIssuer.Issue(
            brokerCa, plan.DnsNames, plan.Addresses, now, LeafLifetime);
        KeyFiles.Write(server, Path.Combine(pki, "server.crt"), Path.Combine(pki, "server.key"));
        using var person = PersonCertificateIssuer.Issue(
            operatorCa, CallerRole.Operator, plan.Operator, now, LeafLifetime);
        KeyFiles.Write(person, Path.Combine(pki, "operator.crt"), Path.Combine(pki, "operator.key"));
    }

    private static CertificateAuthority MakeCa(string pki, string name, string commonName, DateTimeOffset now)
    {
        var authority = CertificateAuthority.Create(commonName, now, CaLifetime);
        authority.Save(Path.Combine(pki, name + ".crt"), Path.Combine(pki, name + ".key"));
        return authority;
    }

    private static void WriteSettings(InitPlan plan)
    {
        var listen = new JsonObject
        {
            ["node"] = plan.Listen.Node,
            ["people"] = plan.Listen.People,
            ["enrol"] = plan.Listen.Enrol,
            ["health"] = plan.Listen.Health,
        };
        var settings = new JsonObject { ["listen"] = listen };
        InitSettings.Add(settings, plan.Sets ?? new Dictionary<string, string?>(), plan.Origin);
        File.WriteAllText(
            Path.Combine(plan.Folder, SettingsReader.FileName), settings.ToJsonString(InitSettings.Indented) + "\n");
    }

    private static void WriteContext(InitPlan plan)
    {
        var context = new JsonObject
        {
            ["node"] = $"https://{Reachable(plan.Listen.Node)}",
            ["people"] = $"https://{Reachable(plan.Listen.People)}",
            ["enrol"] = plan.Listen.Enrol.Length == 0 ? null : $"https://{Reachable(plan.Listen.Enrol)}",
            ["ca"] = "pki/broker-ca.crt",
            ["certificate"] = "pki/operator.crt",
            ["key"] = "pki/operator.key",
        };
        File.WriteAllText(
            Path.Combine(plan.Folder, "context.json"), context.ToJsonString(InitSettings.Indented) + "\n");
    }

    private static string Reachable(string endPoint) =>
        endPoint.Replace("0.0.0.0:", "127.0.0.1:", StringComparison.Ordinal)
            .Replace("[::]:", "[::1]:", StringComparison.Ordinal);
}
