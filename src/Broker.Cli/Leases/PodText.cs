using Broker.Cli.Output;
using Broker.Contracts.Leases;

namespace Broker.Cli.Leases;

/// <summary>The pod of a lease in short.</summary>
internal static class PodText
{
    /// <summary>Such as <c>default/web-0</c>; a dash when the caller named none.</summary>
    public static string Of(PodLabels pod) =>
        pod.Name.Length == 0 ? "-" : Shown.Safe($"{pod.Namespace}/{pod.Name}".TrimStart('/'));
}
