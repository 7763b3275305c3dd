using System.Security.Cryptography;
using Broker.Agent.ApiServers;
using Broker.Agent.Certificates;
using Broker.Agent.Hosting;
using Broker.Agent.Renewal;

namespace Broker.Agent.Requests;

/// <summary>Asks the API server for a node's client certificate, and waits for it.</summary>
/// <param name="nodeName">The node whose certificate it is.</param>
/// <param name="usages">What to ask for.</param>
/// <param name="wait">How long an approval may take.</param>
/// <param name="clock">What tells the time.</param>
/// <param name="say">Where progress goes, a line each.</param>
internal sealed class CertificateClient(
    string nodeName, UsageChoice usages, TimeSpan wait, TimeProvider clock, Action<string> say)
{
    /// <summary>A new key, and the certificate for it.</summary>
    /// <exception cref="AgentFailureException">There is none; the code says why.</exception>
    public async Task<IssuedCertificate> ObtainAsync(ApiServerAccess access, CancellationToken cancellation)
    {
        using var server = new ApiServer(access);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var deadline = clock.GetUtcNow() + wait;
        var filed = await PatientlyAsync(() => FileAsync(server, key, cancellation), deadline, cancellation);
        say($"filed {filed.Name}; waiting for its approval");
        var delays = BackOff.Start();
        while (true)
        {
            var answer = await PatientlyAsync(
                () => server.GetAsync($"{NodeRequest.Path}/{filed.Name}", cancellation), deadline, cancellation);
            if (filed.Issued(answer) is { } pem)
            {
                return IssuedCertificate.Of(pem, key, nodeName, clock.GetUtcNow());
            }

            if (clock.GetUtcNow() >= deadline)
            {
                throw new AgentFailureException(
                    "request_pending",
                    $"{filed.Name} was not approved within {wait.TotalSeconds} s. "
                    + $"Look: kubectl get csr {filed.Name}; approve: kubectl certificate approve {filed.Name}");
            }

            await Task.Delay(delays.Delay, clock, cancellation);
            delays = delays.Next();
        }
    }

    private async Task<FiledRequest> FileAsync(ApiServer server, ECDsa key, CancellationToken cancellation)
    {
        var choice = usages == UsageChoice.Auto
            ? UsageRules.ForVersion(await server.GetAsync("/version", cancellation))
            : usages;
        var body = NodeRequest.Write(nodeName, key, UsageRules.Of(choice));
        return FiledRequest.Of(await server.PostAsync(NodeRequest.Path, body, cancellation));
    }

    // An API server that is away or busy comes back; a request that was taken without our knowing is forgotten there.
    private async Task<T> PatientlyAsync<T>(
        Func<Task<T>> call, DateTimeOffset deadline, CancellationToken cancellation)
    {
        for (var delays = BackOff.Start(); ; delays = delays.Next())
        {
            try
            {
                return await call();
            }
            catch (AgentFailureException failure) when (failure.IsPassing && clock.GetUtcNow() < deadline)
            {
                say($"{failure.Code}: {failure.Message}; again in {delays.Delay.TotalSeconds} s");
                await Task.Delay(delays.Delay, clock, cancellation);
            }
        }
    }
}
