using Broker.Identity.Certificates;
using Broker.Identity.Trust;

namespace Broker.Tests.Identity;

/// <summary>What a case of the matrix shows to the examiner; what is null is taken from the common fixture.</summary>
internal sealed record Presented(byte[] Leaf)
{
    internal IReadOnlyList<byte[]> Extra { get; init; } = [];

    internal TrustAnchors? Anchors { get; init; }

    internal DateTimeOffset? Now { get; init; }

    internal ExaminerSettings Settings { get; init; } = ExaminerSettings.Default;
}
