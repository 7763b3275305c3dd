using Broker.Core.Journal;
using Broker.Journal.Writing;

namespace Broker.Server.Enrolment;

/// <summary>
/// Looks up who acted and what else is private: in clear where the journal has it, else from the erasable table.
/// </summary>
internal sealed class PrivateNames(LedgerWriter writer)
{
    /// <summary>The name, or the commitment when the name was erased.</summary>
    public Task<string> OfAsync(Actor actor, CancellationToken cancellation) =>
        actor.PrivateName is { } name ? TextAsync(name, cancellation) : Task.FromResult(actor.Name!);

    /// <summary>The text, or the commitment when the text was erased.</summary>
    public async Task<string> TextAsync(PrivateText text, CancellationToken cancellation) =>
        (await writer.Store.ReadPrivateAsync(text.Commitment, cancellation))?.Value ?? text.ToString();
}
