using Broker.Core.Events;

namespace Broker.Core.Csrs;

/// <summary>Why a certificate is kept back, and the alarm that goes with it.</summary>
internal sealed record Hold(string Code, AlarmKind? Alarm);
