using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Refusals;

namespace Broker.Core.Leases;

/// <summary>The shape of commands about leases.</summary>
internal static class LeaseShape
{
    /// <summary>Most pools that one command names.</summary>
    public const int PoolsMax = 64;

    public static Refusal? Check(GrantLease command)
    {
        if (command.RequestId.Value is null)
        {
            return Invalid("request: missing.");
        }

        if (!command.Attachment.IsWellFormed)
        {
            return Invalid("attachment: network and container ID are CNI names, the interface one of Linux.");
        }

        if (!command.Pod.IsWellFormed)
        {
            return Invalid("pod: namespace, name and UID have the form of Kubernetes, or are empty.");
        }

        return CheckFamilies(command.Families) ?? CheckAddresses(command) ?? CheckPools(command.Pools);
    }

    public static Refusal? Check(Attachment attachment) =>
        attachment.IsWellFormed ? null : Invalid("attachment: network and container ID are CNI names.");

    /// <summary>Names that exist, none twice, not too many.</summary>
    public static Refusal? CheckPools(IReadOnlyList<PoolName> pools)
    {
        if (pools.Count > PoolsMax)
        {
            return Invalid($"pools: at most {PoolsMax}.");
        }

        for (var i = 0; i < pools.Count; i++)
        {
            if (pools[i].Value is null)
            {
                return Invalid("pools: a name is missing.");
            }

            for (var j = 0; j < i; j++)
            {
                if (pools[j] == pools[i])
                {
                    return Invalid($"pools: {pools[i]} is named twice.");
                }
            }
        }

        return null;
    }

    private static Refusal? CheckFamilies(IReadOnlyList<IpFamily> families)
    {
        for (var i = 0; i < families.Count; i++)
        {
            if (families[i] is not (IpFamily.IPv4 or IpFamily.IPv6))
            {
                return Invalid("families: neither IPv4 nor IPv6.");
            }

            if (i > 0 && (i > 1 || families[0] == families[1]))
            {
                return Invalid("families: one is named twice.");
            }
        }

        return null;
    }

    private static Refusal? CheckAddresses(GrantLease command)
    {
        for (var i = 0; i < command.Addresses.Count; i++)
        {
            var family = command.Addresses[i].Family;
            if (family is not (IpFamily.IPv4 or IpFamily.IPv6))
            {
                return Invalid("addresses: neither IPv4 nor IPv6.");
            }

            if (i > 0 && (i > 1 || command.Addresses[0].Family == family))
            {
                return Invalid("addresses: one a family.");
            }

            if (command.Families.Count > 0 && !command.Families.Contains(family))
            {
                return Invalid($"addresses: {family} is not among the families.");
            }
        }

        return null;
    }

    private static Refusal Invalid(string detail) => new(RefusalCode.InvalidField, detail);
}
