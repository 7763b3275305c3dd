using Broker.Client;
using Broker.Cni.Direct;
using Xunit;

namespace Broker.Tests.Cni;

public sealed class BrokerDialerTest
{
    [Theory]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("https://localhost:1")]
    public void Once_the_time_is_over_nobody_is_asked(string address)
    {
        var endpoint = new BrokerEndpoint(new Uri(address), [], null);

        _ = Assert.Throws<OverdueException>(() => BrokerDialer.Dial(endpoint, Deadline.In(-TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void A_name_is_looked_up_and_each_of_its_addresses_tried()
    {
        var endpoint = new BrokerEndpoint(new Uri("https://localhost:1"), [], null);

        var error = Assert.Throws<IOException>(
            () => BrokerDialer.Dial(endpoint, Deadline.In(TimeSpan.FromSeconds(30))));

        Assert.Equal("Connection refused", error.Message);
    }
}
