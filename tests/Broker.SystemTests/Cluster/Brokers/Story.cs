using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace Broker.SystemTests.Cluster.Brokers;

/// <summary>What one step of the scenario leaves to later ones.</summary>
public sealed class Story : IDisposable
{
    private string? failed;

    /// <summary>A certificate that the kubelet has replaced.</summary>
    internal X509Certificate2? Replaced { get; set; }

    /// <summary>When its grace ends, at the latest.</summary>
    internal DateTimeOffset GraceOver { get; set; }

    /// <summary>The address of the pod that lives through everything.</summary>
    internal string? Address { get; set; }

    /// <summary>An address whose release never came.</summary>
    internal string? Leaked { get; set; }

    /// <summary>A second node, whose key the test holds.</summary>
    internal X509Certificate2? Second { get; set; }

    /// <summary>Runs a step, unless an earlier one has failed: it would only fail for that.</summary>
    internal async Task StepAsync(string name, Func<Task> step)
    {
        Assert.True(failed is null, $"Not tried, because this failed before: {failed}");
        try
        {
            await step();
        }
        catch
        {
            failed = name;
            throw;
        }
    }

    public void Dispose()
    {
        Replaced?.Dispose();
        Second?.Dispose();
    }
}
