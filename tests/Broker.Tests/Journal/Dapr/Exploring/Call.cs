namespace Broker.Tests.Journal.Dapr.Exploring;

/// <summary>
/// A call on its way: it is applied at any time from now on, or never. Whether its sender still listens to the reply is
/// the sender's affair.
/// </summary>
internal sealed record Call(int Writer, IReadOnlyList<StoreWrite> Writes, bool IsRepeat)
{
    public override string ToString() => $"{Writer}:{string.Join('&', Writes)}{(IsRepeat ? "r" : string.Empty)}";
}
