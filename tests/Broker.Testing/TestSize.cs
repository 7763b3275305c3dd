using System.Globalization;

namespace Broker.Testing;

/// <summary>How much a test does: its short size, unless <c>tests/campaign</c> asks for more.</summary>
public static class TestSize
{
    /// <summary>The number in the variable <c>BROKER_TEST_</c><paramref name="name"/>, or the short size.</summary>
    /// <exception cref="InvalidOperationException">The variable holds something else.</exception>
    public static int Of(string name, int shortSize)
    {
        var variable = $"BROKER_TEST_{name}";
        return Environment.GetEnvironmentVariable(variable) switch
        {
            null or "" => shortSize,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
                => size,
            var text => throw new InvalidOperationException($"{variable} is '{text}', not a whole number above 0."),
        };
    }
}
