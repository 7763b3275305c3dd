using Broker.Cli.Output;
using Broker.Contracts.Custody;
using Spectre.Console;

namespace Broker.Cli.Custody;

/// <summary>One link of a chain of custody: its number and request, then a line for each thing that is known.</summary>
internal static class CustodyLinkText
{
    private const int Indent = 4;

    public static void Write(Screen screen, CustodyChain chain, CustodyLink link)
    {
        var (request, certificate) = (link.Request, link.Certificate);
        var mark = $"{Shown.Number(link.Number)}.".PadRight(Indent);
        var name = request is null ? "no request on record" : Shown.Safe(request.Name);
        screen.Console.Write(new Markup($"{mark}[bold]{Markup.Escape(name)}[/]\n"));
        var details = new Details(Indent);
        if (request is not null)
        {
            Describe(details, chain, request);
        }

        if (certificate is not null)
        {
            Describe(details, certificate);
        }

        details.Write(screen);
    }

    private static void Describe(Details details, CustodyChain chain, CustodyRequest request)
    {
        var hasDecision = request.Status is "denied" or "failed" or "contradicted";
        _ = details
            .Add("asked by", AskedBy(request))
            .Add("asked with", AskedWith(chain, request))
            .Add("its name", request.NamedByKey switch
            {
                true => "follows from its key and subject",
                false => "does not follow from its key and subject",
                null => null,
            })
            .Add(
                hasDecision ? request.Status : "approved",
                Decided(request),
                hasDecision ? Tones.Of(request.Status) : Style.Plain);
        if (!hasDecision && request.Certificate is null)
        {
            _ = details.Add("certificate", "none seen, or on record before");
        }
    }

    private static void Describe(Details details, CustodyCertificate certificate)
    {
        var held = certificate is { Hold: { } hold, Slot: "held" } ? $", on hold: {hold}" : string.Empty;
        _ = details
            .Add(
                "certificate",
                $"{Shown.Hash(certificate.Certificate)}   {certificate.Slot}   {certificate.Assurance}{held}",
                Tones.Of(certificate.Slot))
            .Add("valid", $"{Shown.Time(certificate.NotBefore)} to {Shown.Time(certificate.NotAfter)}");
        foreach (var step in certificate.Steps)
        {
            _ = details.Add(Name(step), Step(step));
        }
    }

    private static string AskedBy(CustodyRequest request)
    {
        // The broker's own requesters are named after their token.
        var token = request.Token is { } id && !request.Requester.EndsWith(id, StringComparison.Ordinal)
            ? $", token {id}"
            : string.Empty;
        return $"{Shown.Safe(request.Requester)}{token}, {At(request.ObservedAt, request.Position)}";
    }

    private static string? AskedWith(CustodyChain chain, CustodyRequest request)
    {
        if (request.AskedWith is not { } hash)
        {
            return null;
        }

        return chain.NumberOf(hash) is { } number
            ? $"certificate {Shown.Hash(hash)}, of {Shown.Number(number)} above"
            : $"certificate {Shown.Hash(hash)}, which is none of this node's";
    }

    private static string Decided(CustodyRequest request)
    {
        var by = request switch
        {
            { Status: "contradicted", Rule: { } code } => $"{code}, seen",
            { Rule: "cluster", Approval: { } approval } => $"by the cluster ({Shown.Safe(approval)})",
            { Rule: "cluster" } => "by the cluster",
            { Rule: { } rule } => $"by rule {rule}",
            _ => $"by {Shown.Safe(request.By)}, certificate {Shown.Hash(request.ByCertificate)}",
        };
        var reason = request.Reason is { } text ? $", reason: {Shown.Safe(text)}" : string.Empty;
        return $"{by}{reason}, {At(request.DecidedAt, request.DecisionPosition)}";
    }

    private static string Name(CustodyStep step) => step.What == "used" ? "first used" : step.What;

    private static string Step(CustodyStep step)
    {
        // Only what an operator did has a name that says something: the rest is the broker's, by its rules.
        var isRule = step.What is "witnessed" or "used" or "replaced" || step.By == "broker";
        var by = isRule ? string.Empty : $", by {Shown.Safe(step.By)}";
        var reason = step.Reason is { } text ? $": {Shown.Safe(text)}" : string.Empty;
        return $"{At(step.At, step.Position)}{by}{reason}";
    }

    private static string At(string at, long position) => $"{Shown.Time(at)} (position {Shown.Number(position)})";
}
