using System.Text.Json;
using Broker.Identity.Reasons;
using Broker.Testing.Servers;
using Broker.Tests.Server.Api;
using Xunit;

namespace Broker.Tests.Server.Enrolment;

public sealed class BadCsrTest(BadBodyFixture fixture) : IClassFixture<BadBodyFixture>
{
    private const int Flips = 120;

    [Fact]
    public async Task A_request_with_any_byte_changed_is_a_named_refusal_and_never_a_failure()
    {
        const int seed = 20_260;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var der = Der(fixture.Broker.NewNode("bad-other").SigningRequest());
        for (var i = 0; i < Flips; i++)
        {
            var bytes = der.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);

            AssertRefused(await SendAsync(Pem(bytes)));
        }
    }

    [Fact]
    public async Task A_request_that_is_cut_or_grown_is_a_named_refusal()
    {
        var der = Der(fixture.Broker.NewNode("bad-other").SigningRequest());
        for (var length = 0; length < der.Length; length += 7)
        {
            AssertRefused(await SendAsync(Pem(der[..length])));
        }

        AssertRefused(await SendAsync(Pem([.. der, 0])));
        AssertRefused(await SendAsync(Pem([0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, .. der])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----\n!!!!\n-----END CERTIFICATE REQUEST-----")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----\n\n-----END CERTIFICATE REQUEST-----")]
    [InlineData("-----BEGIN NEW CERTIFICATE REQUEST-----\nAAAA\n-----END NEW CERTIFICATE REQUEST-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("ü")]
    public async Task What_is_no_request_at_all_is_a_named_refusal(string csr) => AssertRefused(await SendAsync(csr));

    [Fact]
    public async Task A_request_larger_than_any_is_refused_by_its_size()
    {
        var answer = await SendAsync(Pem(new byte[20_000]));

        AssertRefused(answer);
        Assert.Equal(ReasonCodes.TooLarge, answer.Outcome);
    }

    [Fact]
    public async Task Who_has_no_token_is_refused_before_the_request_is_looked_at()
    {
        using var api = fixture.Broker.Raw(TestListener.Enrol);
        foreach (var token in (string[])["", "Basic eDp5", "Bearer", "Bearer x", "Bearer abcdef.0123456789abcdef"])
        {
            var answer = await api.JsonAsync("POST", "/v1/enrol", """{"csr":"nothing"}""", ("Authorization", token));

            Assert.Equal("token_invalid", answer.Outcome);
            Assert.Equal(401, (int)answer.Status);
            Assert.NotEmpty(answer.Headers["WWW-Authenticate"]);
        }
    }

    private void AssertRefused(RawAnswer answer)
    {
        Assert.Equal(422, (int)answer.Status);
        Assert.NotNull(IdentityReasons.Find(answer.Outcome));
        Assert.StartsWith("csr:", answer.Problem!.Detail, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Problem.Next);
        Assert.Empty(fixture.Broker.Log.Errors);
    }

    private Task<RawAnswer> SendAsync(string csr) => fixture.SendAsync(
        "POST /v1/enrol",
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["csr"] = csr }),
        "application/json");

    private static byte[] Der(string pem)
    {
        var fields = System.Security.Cryptography.PemEncoding.Find(pem);
        return Convert.FromBase64String(pem[fields.Base64Data]);
    }

    private static string Pem(byte[] der) =>
        System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE REQUEST", der);
}
