using Broker.Core.Pools;
using Broker.Identity.Authorities;
using Broker.Journal.Store;
using Broker.Server.Hosting;
using Broker.Server.Options;

namespace Broker.Server.Init;

/// <summary>What a plan must be before anything is made: a folder half made could not be made again.</summary>
internal static class InitRules
{
    /// <exception cref="StartFailureException">The plan has a fault; the message names all of them.</exception>
    public static void Check(InitPlan plan)
    {
        var faults = new List<SettingsFault>();
        if (!LedgerGenesis.IsOrigin(plan.Origin))
        {
            faults.Add(new(
                "--origin", $"'{plan.Origin}' is not a URL without scheme, such as ipam.example.org/prod."));
        }

        if (!PersonCertificateIssuer.IsName(plan.Operator))
        {
            faults.Add(new(
                "--operator",
                $"'{plan.Operator}' is not 1 to 64 letters, digits and . _ : @ + -, the first a letter or digit."));
        }

        foreach (var host in plan.Hosts.Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
        {
            faults.Add(new("--host", $"'{host}' is neither a DNS name nor an address."));
        }

        foreach (var host in plan.Hosts.Where(host => host.Any(c => !char.IsAscii(c))))
        {
            faults.Add(new("--host", $"'{host}' is not ASCII; give the xn-- form of the name."));
        }

        for (var i = 0; i < plan.Pools.Count; i++)
        {
            CheckPool(plan.Pools[i], plan.Pools.Take(i), faults);
        }

        _ = SettingsRules.EndPoint("--enrol", plan.Listen.Enrol, faults); // The text goes into the settings as it is.
        if (faults.Count > 0)
        {
            throw new StartFailureException(
                "init_invalid", $"nothing was made. {string.Join(' ', faults)}");
        }
    }

    private static void CheckPool(PoolSpec pool, IEnumerable<PoolSpec> before, List<SettingsFault> faults)
    {
        foreach (var other in before)
        {
            if (other.Name == pool.Name || other.Cidr.Overlaps(pool.Cidr))
            {
                faults.Add(new("--pool", $"'{pool.Name}={pool.Cidr}' clashes with '{other.Name}={other.Cidr}'."));
            }
        }
    }
}
