using Broker.Agent.Certificates;
using Broker.Agent.Hosting;
using Broker.Agent.Renewal;
using Broker.Agent.Requests;

namespace Broker.Agent.Bootstrap;

/// <summary>Gets a node its first certificate, unless it has one, and renews it if asked to.</summary>
/// <param name="plan">What was asked for.</param>
/// <param name="clock">What tells the time.</param>
/// <param name="jitter">At least 0 and below 1.</param>
/// <param name="say">Where progress goes, a line each.</param>
internal sealed class BootstrapRun(BootstrapPlan plan, TimeProvider clock, Func<double> jitter, Action<string> say)
{
    private readonly CertificateFile file = new(plan.CertificateFile);
    private readonly CertificateClient client = new(plan.NodeName, plan.Usages, plan.Wait, clock, say);

    /// <exception cref="AgentFailureException">There is no certificate; the code says why.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var certificate = Usable();
        if (certificate is null)
        {
            certificate = await ObtainAsync(null, cancellation);
        }
        else
        {
            say($"{file.Path} holds a certificate of {plan.NodeName} until {certificate.NotAfter:u}");
        }

        if (plan.Rotate)
        {
            await new RenewalLoop(clock, jitter, ObtainAsync, say).RunAsync(certificate, cancellation);
        }
    }

    // An expired one of this node may be replaced; whatever else is in that place belongs to somebody.
    private IssuedCertificate? Usable()
    {
        var found = file.Load();
        return found?.WrongFor(plan.NodeName, DateTimeOffset.MinValue) is { } wrong
            ? throw new AgentFailureException(
                "certificate_file_taken", $"{file.Path}: {wrong}. Move it away, or name another file.")
            : found is not null && found.WrongFor(plan.NodeName, clock.GetUtcNow()) is null ? found : null;
    }

    private async Task<IssuedCertificate> ObtainAsync(IssuedCertificate? current, CancellationToken cancellation)
    {
        // The node asks as itself while it can: only that keeps the chain from one certificate to the next.
        var asItself = current is not null && clock.GetUtcNow() < current.NotAfter;
        var access = asItself ? plan.Access().With(current!.Certificate) : plan.Access();
        var issued = await client.ObtainAsync(access, cancellation);
        file.Store(issued);
        if (issued.NotBefore > clock.GetUtcNow())
        {
            say($"valid from {issued.NotBefore:u}, and it is {clock.GetUtcNow():u} here: set this machine's clock");
        }

        say($"stored {file.Path}: valid until {issued.NotAfter:u}");
        return issued;
    }
}
