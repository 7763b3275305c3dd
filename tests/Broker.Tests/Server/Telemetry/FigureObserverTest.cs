using System.Diagnostics.Metrics;
using Broker.Server.Telemetry;
using Broker.Tests.Journal.Events;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Server.Telemetry;

public sealed class FigureObserverTest
{
    [Fact]
    public void What_is_only_replayed_is_not_counted()
    {
        using var metrics = new BrokerMetrics(new FakeTimeProvider());
        var observer = new FigureObserver(metrics, new PoolFigures(new FakeTimeProvider()));
        var counted = 0L;
        using var listener = new MeterListener();
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => counted += value);
        listener.InstrumentPublished = (instrument, source) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter) && instrument.Name == "broker.events")
            {
                source.EnableMeasurementEvents(instrument);
            }
        };
        listener.Start();
        var fact = SampleFacts.All[0];

        observer.OnDurable(0, [fact]);
        Assert.Equal(0, counted);

        observer.Serving = true;
        observer.OnDurable(1, [fact, fact]);
        Assert.Equal(2, counted);
    }
}
