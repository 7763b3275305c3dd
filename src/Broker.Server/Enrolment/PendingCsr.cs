using Broker.Core.Commands;
using Broker.Identity.Csr;

namespace Broker.Server.Enrolment;

/// <summary>A request that waits for an operator, and why no rule approved it.</summary>
internal sealed record PendingCsr(CsrRequest Request, ExaminedCsr Examined, string Hold, long Number);
