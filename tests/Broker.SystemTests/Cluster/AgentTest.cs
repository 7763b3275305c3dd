using System.Security.Cryptography.X509Certificates;
using Broker.Testing.Processes;
using k8s;
using k8s.Models;
using Xunit;

namespace Broker.SystemTests.Cluster;

/// <summary><c>broker-agent bootstrap</c> as a process, against the real API server.</summary>
[Collection(ClusterSuite.Name)]
public sealed class AgentTest(ClusterFixture fixture)
{
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(1);

    /// <summary>Renewal falls due within a minute and a half; the rest is for a slow machine.</summary>
    private static readonly TimeSpan renewalDeadline = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task It_gets_a_certificate_with_a_token_and_renews_it_as_the_node_itself()
    {
        var cluster = await fixture.GetAsync();
        using var folder = new TempFolder();
        await using var agent = Start(folder, await TokenConfigAsync(cluster, folder), "node-renews", "--rotate");

        _ = await agent.WaitForLineAsync(line => line.StartsWith("stored", StringComparison.Ordinal), deadline);
        var first = await File.ReadAllTextAsync(folder["node.pem"], TestContext.Current.CancellationToken);
        using var certificate = X509Certificate2.CreateFromPem(first, first);
        Assert.Equal("CN=system:node:node-renews, O=system:nodes", certificate.Subject);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["node.pem"]));

        await Eventually.HoldsAsync(
            "the agent has renewed",
            async () => await File.ReadAllTextAsync(folder["node.pem"]) != first,
            renewalDeadline);

        var requests = await RequestsAsync(cluster, "system:node:node-renews");
        Assert.NotEmpty(requests);
        Assert.All(requests, request => Assert.Contains("system:nodes", request.Spec.Groups));
        Assert.False(agent.HasExited, string.Join('\n', agent.Output));
    }

    [Fact]
    public async Task A_denied_request_is_a_clear_error_and_leaves_no_file()
    {
        var cluster = await fixture.GetAsync();
        using var folder = new TempFolder();
        // This version's approver passes over these usages, so that a person may decide.
        await using var agent = Start(
            folder, await TokenConfigAsync(cluster, folder), "node-denied", "--usages", "Modern");
        var filed = await agent.WaitForLineAsync(line => line.StartsWith("filed", StringComparison.Ordinal), deadline);

        await DenyAsync(cluster, filed.Split(' ', ';')[1]);

        Assert.Equal(1, await agent.WaitForExitAsync(deadline));
        Assert.Contains(agent.Errors, line => line.Contains("request_denied", StringComparison.Ordinal)
            && line.Contains("not one of ours", StringComparison.Ordinal));
        Assert.False(File.Exists(folder["node.pem"]));
    }

    [Fact]
    public async Task A_request_that_nobody_approves_is_given_up_with_what_to_do()
    {
        var cluster = await fixture.GetAsync();
        using var folder = new TempFolder();
        await using var agent = Start(
            folder,
            await TokenConfigAsync(cluster, folder),
            "node-pending",
            "--usages", "Modern", "--wait-seconds", "1");

        Assert.Equal(1, await agent.WaitForExitAsync(deadline));
        Assert.Contains(agent.Errors, line => line.Contains("request_pending", StringComparison.Ordinal)
            && line.Contains("kubectl certificate approve csr-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_the_server_does_not_know_is_refused_at_once()
    {
        var cluster = await fixture.GetAsync();
        using var folder = new TempFolder();
        _ = folder.Write("ca.crt", cluster.ControlPlane.Authority.Pem);
        _ = folder.Write("token", "abcdef.0123456789abcdef");

        await using var agent = StartProgram(
        [
            "--server", cluster.ControlPlane.Server.OriginalString, "--ca-file", folder["ca.crt"],
            "--token-file", folder["token"], "--certificate-file", folder["node.pem"], "--node-name", "node-unknown",
        ]);

        Assert.Equal(1, await agent.WaitForExitAsync(deadline));
        Assert.Contains(agent.Errors, line => line.Contains("credentials_refused", StringComparison.Ordinal));
    }

    private static TestProcess Start(
        TempFolder folder, string kubeconfig, string nodeName, params IEnumerable<string> more) =>
        StartProgram(
        [
            "--bootstrap-kubeconfig", kubeconfig, "--certificate-file", folder["node.pem"], "--node-name", nodeName,
            .. more,
        ]);

    private static TestProcess StartProgram(IEnumerable<string> arguments) => TestProcess.StartDotnet(
        Path.Combine(AppContext.BaseDirectory, "broker-agent.dll"), ["bootstrap", .. arguments]);

    private static async Task<string> TokenConfigAsync(TestCluster cluster, TempFolder folder)
    {
        var token = await cluster.ControlPlane.IssueBootstrapTokenAsync();
        return folder.Write(
            "bootstrap.kubeconfig",
            token.Kubeconfig(cluster.ControlPlane.Server, cluster.ControlPlane.Authority.Pem));
    }

    private static async Task<IReadOnlyList<V1CertificateSigningRequest>> RequestsAsync(
        TestCluster cluster, string username)
    {
        var all = await cluster.Admin.CertificatesV1.ListCertificateSigningRequestAsync();
        return [.. all.Items.Where(item => item.Spec.Username == username)];
    }

    private static async Task DenyAsync(TestCluster cluster, string name)
    {
        var requests = cluster.Admin.CertificatesV1;
        var csr = await requests.ReadCertificateSigningRequestAsync(name);
        csr.Status = new V1CertificateSigningRequestStatus
        {
            Conditions = [new() { Type = "Denied", Status = "True", Reason = "Test", Message = "not one of ours" }],
        };
        _ = await requests.ReplaceCertificateSigningRequestApprovalAsync(csr, name);
    }
}
