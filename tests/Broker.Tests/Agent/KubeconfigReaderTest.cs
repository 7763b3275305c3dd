using Broker.Agent.ApiServers;
using Broker.Agent.Hosting;
using Broker.Testing.Kubernetes;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Agent;

public sealed class KubeconfigReaderTest
{
    private static readonly Uri server = new("https://api.example:6443");
    private static readonly ClusterAuthority authority = new();

    private const string Yaml = """
        apiVersion: v1
        kind: Config
        current-context: one
        contexts:
        - name: other
          context: {cluster: none, user: none}
        - name: one
          context: {cluster: c, user: u}
        clusters:
        - name: c
          cluster:
            server: https://api.example:6443
            certificate-authority: ca.crt
        users:
        - name: u
          user:
            tokenFile: token
        """;

    [Fact]
    public void Files_are_found_from_its_own_folder()
    {
        using var folder = new TempFolder();
        _ = folder.Write("ca.crt", authority.Pem);
        _ = folder.Write("token", "abcdef.0123456789abcdef\n");

        var access = KubeconfigReader.Read(folder.Write("config", Yaml));

        Assert.Equal(server, access.Server);
        Assert.Equal("abcdef.0123456789abcdef", access.Token);
        Assert.Null(access.Certificate);
        _ = Assert.Single(access.Anchors);
    }

    [Fact]
    public void Data_in_place_of_files_and_a_client_certificate_are_taken()
    {
        using var folder = new TempFolder();
        var config = authority.User("admin", "system:masters").Kubeconfig(server, authority.Pem);

        var access = KubeconfigReader.Read(folder.Write("config", config));

        Assert.Null(access.Token);
        Assert.True(access.Certificate!.HasPrivateKey);
    }

    [Theory]
    [InlineData("current-context: one", "current-context: none", "no context is named 'none'")]
    [InlineData("tokenFile: token", "exec: {command: x}", "exec is not supported")]
    [InlineData("certificate-authority: ca.crt", "insecure-skip-tls-verify: true", "tls-verify is refused")]
    [InlineData("certificate-authority: ca.crt", "tls-server-name: other", "no certificate-authority")]
    [InlineData("certificate-authority: ca.crt", "certificate-authority-data: '?'", "not base64")]
    [InlineData("contexts:", "contexts: [", "not YAML")]
    public void What_it_cannot_use_it_names(string good, string bad, string says)
    {
        using var folder = new TempFolder();
        _ = folder.Write("ca.crt", authority.Pem);
        _ = folder.Write("token", "abcdef.0123456789abcdef");
        var text = Yaml.Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(Yaml, text);

        var failure = Assert.Throws<AgentFailureException>(() => KubeconfigReader.Read(folder.Write("config", text)));

        Assert.Equal("kubeconfig_invalid", failure.Code);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("server: https://api.example:6443", "server: http://api.example:6443", "server_invalid")]
    [InlineData("certificate-authority: ca.crt", "certificate-authority: none.crt", "file_unreadable")]
    [InlineData("tokenFile: token", "tokenFile: ca.crt", "token_invalid")]
    public void What_it_names_must_be_there_and_be_right(string good, string bad, string code)
    {
        using var folder = new TempFolder();
        _ = folder.Write("ca.crt", authority.Pem);
        _ = folder.Write("token", "abcdef.0123456789abcdef");
        var config = folder.Write("config", Yaml.Replace(good, bad, StringComparison.Ordinal));

        Assert.Equal(code, Assert.Throws<AgentFailureException>(() => KubeconfigReader.Read(config)).Code);
    }
}
