using Broker.Identity.Certificates;
using Broker.Identity.Trust;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Identity;

/// <summary>The CAs that the cases of the matrix share, and the way to run a case.</summary>
internal static class MatrixPki
{
    internal static DateTimeOffset Now { get; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    internal static TestAuthority Root { get; } = TestAuthority.Root("nodes root", Now);

    internal static TestAuthority Middle { get; } = Root.Intermediate("nodes middle");

    internal static TrustAnchors Anchors { get; } = Load(Root.Pem);

    internal static TrustAnchors Load(
        string pem, string? intermediates = null, AnchorPurpose purpose = AnchorPurpose.Nodes)
    {
        var load = TrustAnchors.Load(purpose, pem, Now, intermediates);
        Assert.True(load.IsGood, string.Join("; ", load.Faults));
        return load.Anchors;
    }

    internal static ExaminationResult Examine(Presented shown) =>
        new CertificateExaminer(shown.Anchors ?? Anchors, shown.Settings).ExamineDer(
            shown.Leaf, [.. shown.Extra.Select(item => new ReadOnlyMemory<byte>(item))], shown.Now ?? Now);

    /// <summary>Runs a case; a null code means that it must be accepted.</summary>
    internal static void Check(string id, (string? Code, Func<Presented> Make) row)
    {
        var result = Examine(row.Make());
        Assert.True(
            result.Refusal?.Code == row.Code,
            $"{id}: expected {row.Code ?? "accepted"}, got {result.Refusal?.ToString() ?? "accepted"}");
    }
}
