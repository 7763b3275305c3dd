using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Commands;

/// <summary>Something that somebody wants done. Ids, salts and hashes arrive in it; Core makes none.</summary>
/// <param name="Actor">Who wants it.</param>
/// <param name="Request">What makes a repeat recognisable; null where a repeat is recognised by content.</param>
public abstract record Command(Actor Actor, RequestId? Request);
