namespace Broker.Contracts.Problems;

/// <summary>
/// Every code that the broker answers with, except the certificate rules' own, which name a reason each.
/// </summary>
public static class ProblemKinds
{
    private static readonly Dictionary<string, ProblemKind> ByCode = Build();

    /// <summary>All kinds, by code.</summary>
    public static IReadOnlyDictionary<string, ProblemKind> All => ByCode;

    /// <summary>The kind of a code, or null for an unknown one.</summary>
    public static ProblemKind? Find(string code) => ByCode.GetValueOrDefault(code);

    private static Dictionary<string, ProblemKind> Build()
    {
        var kinds = new Dictionary<string, ProblemKind>(StringComparer.Ordinal);
        foreach (var kind in RequestProblems.All.Concat(IdentityProblems.All).Concat(LedgerProblems.All))
        {
            kinds.Add(kind.Code, kind);
        }

        return kinds;
    }
}
