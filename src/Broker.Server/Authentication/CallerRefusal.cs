using Broker.Core.Events;
using Broker.Identity.Certificates;

namespace Broker.Server.Authentication;

/// <summary>Request feature: why the caller is nobody.</summary>
/// <param name="Code">A code of <see cref="Broker.Identity.Reasons.IdentityReasons"/>.</param>
/// <param name="Detail">What was found, in a sentence.</param>
/// <param name="Alarm">Set when an operator should look at it.</param>
/// <param name="Certificate">The certificate, where one was examined.</param>
public sealed record CallerRefusal(string Code, string Detail, AlarmKind? Alarm, ExaminedCertificate? Certificate);
