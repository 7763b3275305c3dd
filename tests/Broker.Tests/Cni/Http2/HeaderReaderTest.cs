using Broker.Cni.Direct.Http2;
using Xunit;

namespace Broker.Tests.Cni.Http2;

/// <summary>Blocks as RFC 7541 section 6 has them, in hexadecimal.</summary>
public sealed class HeaderReaderTest
{
    [Theory]
    [InlineData("88", 200, null)]
    [InlineData("8d", 404, null)]
    [InlineData("0803353037", 507, null)] // Literal status 507.
    [InlineData("4803353033", 503, null)] // The same, to be put into a table that has no room.
    [InlineData("48826402", 302, null)] // The same, packed.
    [InlineData("2088", 200, null)] // A table of no bytes, said again.
    [InlineData("885f106170706c69636174696f6e2f6a736f6e", 200, "application/json")]
    [InlineData("880f1007612f623b783d79", 200, "a/b")] // a/b;x=y
    [InlineData("8800036162630164", 200, null)] // abc: d
    [InlineData("88000c636f6e74656e742d7479706503612f62", 200, "a/b")]
    [InlineData("887603616263", 200, null)] // server: abc
    public void Status_and_media_type_are_found(string block, int status, string? mediaType) =>
        Assert.Equal(new ResponseHead(status, mediaType), Read(block));

    [Theory]
    [InlineData("")] // No status.
    [InlineData("8888")] // Two of them.
    [InlineData("0803787878")] // xxx
    [InlineData("88be")] // The dynamic table, which has no bytes.
    [InlineData("887e0161")]
    [InlineData("8880")] // Index 0.
    [InlineData("883fe11f")] // A table of 4,096 bytes.
    [InlineData("885f10617070")] // Cut off.
    [InlineData("885f")]
    [InlineData("887f")]
    [InlineData("885fffffffff7f")] // A length beyond all measure.
    public void Anything_else_is_refused(string block) => Assert.Throws<Http2Exception>(() => Read(block));

    private static ResponseHead Read(string block) => new HeaderReader(Convert.FromHexString(block)).Read();
}
