using System.Globalization;

namespace Broker.Testing;

/// <summary>
/// Figures that a long test leaves for <c>tests/campaign</c> to print: one line each, in the file that
/// <c>BROKER_TEST_FIGURES</c> names; without it they go nowhere.
/// </summary>
public static class Figures
{
    /// <summary>Adds one figure, such as <c>rounds</c>, <c>100</c>.</summary>
    public static void Add(string name, IFormattable value)
    {
        if (Environment.GetEnvironmentVariable("BROKER_TEST_FIGURES") is { Length: > 0 } file)
        {
            File.AppendAllText(file, $"{value.ToString(null, CultureInfo.InvariantCulture)} {name}\n");
        }
    }
}
