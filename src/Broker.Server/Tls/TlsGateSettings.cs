using Broker.Identity.Certificates;
using Broker.Identity.Reasons;

namespace Broker.Server.Tls;

/// <summary>What a listener's gate needs besides its certificates.</summary>
public sealed record TlsGateSettings
{
    /// <summary>The clock of every validity check.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Limits of the client certificate.</summary>
    public ExaminerSettings Examiner { get; init; } = ExaminerSettings.Default;

    /// <summary>A handshake that takes longer is closed.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Told of each refusal; nobody is authenticated yet, so it is counted, never an event.</summary>
    public Action<IdentityRefusal>? Refused { get; init; }
}
