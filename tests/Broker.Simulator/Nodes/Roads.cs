using Broker.Core.Commands;
using Broker.Core.Refusals;
using Broker.Simulator.Machines;
using Broker.Simulator.Planting;
using Broker.Simulator.Time;

namespace Broker.Simulator.Nodes;

/// <summary>How commands come to brokers.</summary>
internal sealed class Roads(Timeline timeline, Fleet fleet, Plant plant)
{
    /// <summary>Sends a command until it is answered.</summary>
    public IErrand Send<T>(Command<T> command, Action<Outcome<T>> answered)
        where T : class
    {
        var errand = new Errand<T>(timeline, fleet, command, plant, answered);
        errand.Send();
        return errand;
    }
}
