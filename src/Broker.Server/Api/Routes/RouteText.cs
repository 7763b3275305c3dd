using System.Globalization;
using System.Text;
using Broker.Contracts.Ledgers;

namespace Broker.Server.Api.Routes;

/// <summary>
/// Routes as lines that <c>sh</c> runs as they are and <c>ip -batch</c> without their first word: both take what
/// follows a number sign for a comment. A block whose node cannot be reached is a comment as a whole.
/// </summary>
internal static class RouteText
{
    public const string MediaType = "text/plain; charset=utf-8";

    public static string Write(LedgerPosition ledger, IReadOnlyList<BlockRoute> routes)
    {
        var text = new StringBuilder();
        _ = text.Append(
            CultureInfo.InvariantCulture, $"# {ledger.Origin}, epoch {ledger.Epoch}, {ledger.Size} events\n");
        foreach (var (block, via) in routes)
        {
            _ = via switch
            {
                null => text.Append(
                    CultureInfo.InvariantCulture, $"# {block.Block} is on node {block.Node}, not seen yet\n"),
                { IsNextHop: false } => text.Append(
                    CultureInfo.InvariantCulture,
                    $"# {block.Block} is on node {block.Node}, seen at {via.Address}, which is no next hop\n"),
                _ => text.Append(
                    CultureInfo.InvariantCulture,
                    $"ip route replace {block.Block} via {via.Address} proto static # node {block.Node}\n"),
            };
        }

        return text.ToString();
    }
}
