namespace Broker.Contracts.Explanations;

/// <summary>
/// One explanation for each code that the broker answers with. A test compares it with the codes in use, both ways.
/// </summary>
public static class ExplanationTable
{
    /// <summary>All of them, by group, in an order to read.</summary>
    public static IReadOnlyList<ExplanationGroup> Groups { get; } =
    [
        new("Who the caller is", IdentityExplanations.All),
        new("Bootstrap tokens and signing requests", EnrolmentExplanations.All),
        new("Kubernetes signing requests and Nodes", ClusterExplanations.All),
        new("What the ledger refuses", LedgerExplanations.All),
        new("podCIDRs of Nodes", PodCidrExplanations.All),
        new("Nothing is left, or not yet", CapacityExplanations.All),
        new("How the request was made", RequestExplanations.All),
        new("Certificates: form and path", PathExplanations.All),
        new("Certificates: keys and hashes", KeyExplanations.All),
        new("Certificates: usages and extensions", LeafExplanations.All),
        new("Certificates: names and times", SubjectExplanations.All),
        new("Trust anchors and key files", AnchorExplanations.All),
    ];

    /// <summary>The explanation of a code, or null for a code that is none of the broker's.</summary>
    public static Explanation? Find(string code) => Groups
        .SelectMany(group => group.Explanations)
        .FirstOrDefault(explanation => explanation.Code == code);
}
