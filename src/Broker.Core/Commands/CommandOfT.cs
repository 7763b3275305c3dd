using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Commands;

/// <summary>A command and the type of its answer.</summary>
/// <typeparam name="TAnswer">What is answered when it is not refused.</typeparam>
public abstract record Command<TAnswer>(Actor Actor, RequestId? Request) : Command(Actor, Request)
    where TAnswer : class;
