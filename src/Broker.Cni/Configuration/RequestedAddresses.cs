using Broker.Cni.Errors;
using Broker.Cni.Invocation;

namespace Broker.Cni.Configuration;

/// <summary>
/// The four places where a runtime may ask for an address of its choice. The broker does not take such a wish yet, and
/// to give another address than the one that was asked for would be worse than none.
/// </summary>
internal static class RequestedAddresses
{
    /// <exception cref="CniException">There is a wish; code 2, key and value named.</exception>
    public static void Refuse(Members network, CniArguments arguments)
    {
        if (arguments.Ip is { } ip)
        {
            throw Unsupported("CNI_ARGS IP", Shown.Of(ip));
        }

        Refuse(network.Object("runtimeConfig"), "ips");
        Refuse(network.Object("runtimeConfig"), "ipRanges");
        Refuse(network.Object("args")?.Object("cni"), "ips");
    }

    private static void Refuse(Members? holder, string name)
    {
        if (holder?.Find(name) is { } value
            && !(value.ValueKind == System.Text.Json.JsonValueKind.Array && value.GetArrayLength() == 0))
        {
            throw Unsupported(holder.Value.PathOf(name), Shown.Of(value.GetRawText()));
        }
    }

    private static CniException Unsupported(string key, string value) => new(
        CniErrorCode.UnsupportedField,
        $"unsupported field: {key} = {value}: the broker does not grant requested addresses yet",
        "Leave the request out; the broker chooses the address.");
}
