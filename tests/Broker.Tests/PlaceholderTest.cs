namespace Broker.Tests;

public sealed class PlaceholderTest
{
    [Xunit.Fact]
    public void Runner_works() => Xunit.Assert.Equal(4, 2 + 2);
}
