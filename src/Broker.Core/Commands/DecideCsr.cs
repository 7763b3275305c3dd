using Broker.Core.Journal;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Approve or deny a filed request; <c>csr.observed</c> is written together with the decision. With a
/// <c>Rule</c> the rules of the state decide whether it may be approved (a live identity of that name is
/// <c>name_takeover</c>); without, the acting operator decides.
/// </summary>
public sealed record DecideCsr(
    Actor Actor, CsrRequest Csr, bool Approve, string? Rule, PrivateText? Reason)
    : Command<CsrView>(Actor, null);
