using Broker.Cni.Errors;

namespace Broker.Cni.Verbs;

/// <summary>How a verb ended.</summary>
/// <param name="Error">Null for success.</param>
/// <param name="Output">Standard output of a success; empty for most verbs.</param>
/// <param name="Note">A line for standard error, which runtimes show to nobody; null for none.</param>
internal sealed record VerbResult(CniError? Error, byte[] Output, string? Note)
{
    public static VerbResult Done { get; } = new(null, [], null);

    public static VerbResult Failed(CniError error) => new(error, [], null);

    public static VerbResult DoneWith(string note) => new(null, [], note);
}
