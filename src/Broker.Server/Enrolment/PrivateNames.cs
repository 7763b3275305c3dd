using Broker.Core.Journal;
using Broker.Journal.Writing;

namespace Broker.Server.Enrolment;

/// <summary>Looks up who acted: in clear where the journal has it, else from the erasable table.</summary>
internal sealed class PrivateNames(LedgerWriter writer)
{
    /// <summary>The name, or the commitment when the name was erased.</summary>
    public async Task<string> OfAsync(Actor actor, CancellationToken cancellation)
    {
        if (actor.PrivateName is not { } name)
        {
            return actor.Name!;
        }

        return await writer.Store.ReadPrivateAsync(name.Commitment, cancellation) ?? name.ToString();
    }
}
