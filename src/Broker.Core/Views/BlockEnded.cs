using Broker.Core.Addresses;
using Broker.Core.Journal;

namespace Broker.Core.Views;

/// <summary>The answer to a release; <c>Released</c> is false when that generation was gone already.</summary>
public sealed record BlockEnded(Cidr Block, Generation Generation, bool Released);
