using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Server.Enrolment;

/// <summary>
/// What an operator decided on a pending request; <c>SeenKey</c> is the key that the operator looked at.
/// </summary>
internal sealed record OperatorDecision(
    CsrName Csr, bool Approve, KeyHash? SeenKey, Actor Operator, PrivateText? Reason);
