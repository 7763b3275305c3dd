namespace Broker.Bench.Cni;

/// <summary>An IPAM plugin with its configuration.</summary>
internal interface ICniPlugin
{
    /// <summary>Runs one verb.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    void Run(string command, string containerId);

    /// <summary>Takes that many addresses more, for attachments that stay.</summary>
    Task FillAsync(int count);
}
