using Broker.Cni.Direct.Http2;
using Xunit;

namespace Broker.Tests.Cni.Http2;

public sealed class HuffmanTextTest
{
    // RFC 7541, appendix C.4 and C.6.
    [Theory]
    [InlineData("f1e3c2e5f23a6ba0ab90f4ff", "www.example.com")]
    [InlineData("a8eb10649cbf", "no-cache")]
    [InlineData("25a849e95ba97d7f", "custom-key")]
    [InlineData("25a849e95bb8e8b4bf", "custom-value")]
    [InlineData("6402", "302")]
    [InlineData("aec3771a4b", "private")]
    [InlineData("d07abe941054d444a8200595040b8166e082a62d1bff", "Mon, 21 Oct 2013 20:13:21 GMT")]
    [InlineData("9d29ad171863c78f0b97c8e9ae82ae43d3", "https://www.example.com")]
    [InlineData("640eff", "307")]
    [InlineData("", "")]
    public void Texts_of_the_specification_are_read(string packed, string text) =>
        Assert.Equal(text, HuffmanText.Read(Convert.FromHexString(packed)));

    [Theory]
    [InlineData("640e80")] // Filled up with zeros.
    [InlineData("6402ff")] // A whole byte of filling.
    [InlineData("fffffffc")] // The end of text, which must not come.
    [InlineData("ffffff")]
    public void Anything_else_is_no_text(string packed) =>
        Assert.Null(HuffmanText.Read(Convert.FromHexString(packed)));
}
