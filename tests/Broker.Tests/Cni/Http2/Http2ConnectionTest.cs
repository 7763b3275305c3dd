using System.Text;
using Broker.Client;
using Broker.Cni.Direct.Http2;
using Xunit;

namespace Broker.Tests.Cni.Http2;

/// <summary>
/// What the other side may say at any time, and what it must not; a real server is asked by
/// <see cref="PluginFlowTest"/>.
/// </summary>
public sealed class Http2ConnectionTest : IDisposable
{
    private static readonly Http2Request get = new("GET", "/v1/leases");
    private readonly ScriptedPeer _peer = new();

    public void Dispose() => _peer.Dispose();

    [Fact]
    public void The_first_request_goes_out_with_the_preface_before_anything_comes()
    {
        var reply = Ask(_peer.Answers(1, "{}"), new Http2Request("POST", "/v1/leases", "[1]"u8.ToArray()));

        Assert.Equal((200, "application/json", "{}"), (reply.Status, reply.MediaType, TextOf(reply)));
        var told = Assert.Single(_peer.Told);
        Assert.StartsWith("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Encoding.ASCII.GetString(told), StringComparison.Ordinal);
        Assert.EndsWith("[1]", Encoding.ASCII.GetString(told), StringComparison.Ordinal);
        Assert.Contains("broker:8443", Encoding.ASCII.GetString(told), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_and_pings_are_acknowledged_before_the_answer_is_waited_for()
    {
        _ = _peer.Says(FrameKind.Settings, FrameFlags.None, 0, 0, 3, 0, 0, 0, 1)
            .Says(FrameKind.Ping, FrameFlags.None, 0, 1, 2, 3, 4, 5, 6, 7, 8)
            .Says(FrameKind.Settings, FrameFlags.Acknowledged, 0)
            .Says(FrameKind.WindowUpdate, FrameFlags.None, 0, 0, 0, 1, 0)
            .Says((FrameKind)0x77, FrameFlags.None, 0, 1)
            .Answers(1, "{}");
        _peer.BytesARead = 1;

        Assert.Equal("{}", TextOf(Ask(_peer, get)));

        Assert.Equal([0, 0, 0, 4, 1, 0, 0, 0, 0], _peer.Told[1]);
        Assert.Equal([0, 0, 8, 6, 1, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8], _peer.Told[2]);
    }

    [Fact]
    public void Padding_priority_and_continuations_are_no_part_of_an_answer()
    {
        var reply = Ask(
            _peer.Says(FrameKind.Headers, FrameFlags.Padded | FrameFlags.Priority, 1, 2, 0, 0, 0, 0, 9, 0x88, 7, 7)
                .Says(FrameKind.Continuation, FrameFlags.None, 1, 0x5f, 3, (byte)'a')
                .Says(FrameKind.Continuation, FrameFlags.EndHeaders, 1, (byte)'/', (byte)'b')
                .Says(FrameKind.Data, FrameFlags.Padded, 1, 1, (byte)'x', 9)
                .Says(FrameKind.Data, FrameFlags.Padded | FrameFlags.EndStream, 1, 0, (byte)'y'),
            get);

        Assert.Equal((200, "a/b", "xy"), (reply.Status, reply.MediaType, TextOf(reply)));
    }

    [Fact]
    public void Interim_answers_and_trailers_are_passed_over()
    {
        var reply = Ask(
            _peer.Says(FrameKind.Headers, FrameFlags.EndHeaders, 1, 0x08, 3, (byte)'1', (byte)'0', (byte)'3')
                .Says(FrameKind.Headers, FrameFlags.EndHeaders, 1, 0x8d)
                .Says(FrameKind.Data, FrameFlags.None, 1, (byte)'x')
                .Says(
                    FrameKind.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, 1, [0, 1, .. "a"u8, 1, .. "b"u8]),
            get);

        Assert.Equal((404, "x"), (reply.Status, TextOf(reply)));
    }

    [Fact]
    public void An_answer_may_have_no_body()
    {
        var reply = Ask(_peer.Says(FrameKind.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, 1, 0x89), get);

        Assert.Equal((204, 0), (reply.Status, reply.Body.Length));
    }

    [Fact]
    public void The_second_request_has_the_next_stream_and_gives_back_what_the_first_answer_took()
    {
        using var connection = new Http2Connection(_peer.Answers(1, "one").Answers(3, "second"), "broker");

        _ = connection.Exchange(get);
        var reply = connection.Exchange(get);

        Assert.Equal("second", TextOf(reply));
        Assert.Equal([0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0, 3], _peer.Told[1][..13]);
        Assert.Equal(3, _peer.Told[1][13 + 8]);
        Assert.True(connection.IsOpen);
    }

    [Fact]
    public void A_server_that_stops_answers_what_it_took_and_nothing_more()
    {
        using var connection = new Http2Connection(
            _peer.Says(FrameKind.GoAway, FrameFlags.None, 0, 0, 0, 0, 1, 0, 0, 0, 0).Answers(1, "{}"), "broker");

        Assert.Equal("{}", TextOf(connection.Exchange(get)));
        Assert.False(connection.IsOpen);
    }

    [Fact]
    public void A_connection_that_has_sent_much_takes_more_once_the_server_makes_room()
    {
        var large = new Http2Request("POST", "/", new byte[16_384]);
        using var connection = new Http2Connection(
            _peer.Answers(1, "").Answers(3, "").Answers(5, "")
                .Says(FrameKind.WindowUpdate, FrameFlags.None, 0, 0, 1, 0, 0)
                .Answers(7, ""),
            "broker");
        _ = connection.Exchange(large);
        _ = connection.Exchange(large);
        Assert.True(connection.IsOpen);

        _ = connection.Exchange(large);
        Assert.False(connection.IsOpen);

        _ = connection.Exchange(get);
        Assert.True(connection.IsOpen);
    }

    [Fact]
    public void A_server_that_takes_less_than_a_request_has_is_told_nothing()
    {
        using var connection = new Http2Connection(
            _peer.Says(FrameKind.Settings, FrameFlags.None, 0, 0, 4, 0, 0, 0, 2).Answers(1, "{}"), "broker");
        _ = connection.Exchange(get);

        _ = Assert.Throws<Http2Exception>(() => connection.Exchange(new Http2Request("POST", "/", new byte[3])));
    }

    [Fact]
    public void A_request_that_the_server_did_not_take_has_no_answer() =>
        Fails<IOException>(_peer.Says(FrameKind.GoAway, FrameFlags.None, 0, 0, 0, 0, 0, 0, 0, 0, 2));

    [Fact]
    public void A_request_that_is_reset_has_no_answer() =>
        Fails<IOException>(_peer.Says(FrameKind.Reset, FrameFlags.None, 1, 0, 0, 0, 7));

    [Fact]
    public void An_answer_that_is_cut_off_is_none() =>
        Fails<IOException>(_peer.Says(FrameKind.Headers, FrameFlags.EndHeaders, 1, 0x88));

    [Fact]
    public void Something_else_than_HTTP2_is_refused()
    {
        Fails<Http2Exception>(_peer.Says((FrameKind)(byte)'P', FrameFlags.None, 0, new byte[20_000]));
    }

    [Fact]
    public void Data_before_headers_is_refused() =>
        Fails<Http2Exception>(_peer.Says(FrameKind.Data, FrameFlags.EndStream, 1, 1));

    [Fact]
    public void Another_stream_is_refused() => Fails<Http2Exception>(_peer.Answers(3, "{}"));

    [Fact]
    public void A_push_is_refused() =>
        Fails<Http2Exception>(_peer.Says(FrameKind.Push, FrameFlags.EndHeaders, 1, 0, 0, 0, 2, 0x88));

    [Fact]
    public void More_padding_than_payload_is_refused() =>
        Fails<Http2Exception>(_peer.Says(FrameKind.Headers, FrameFlags.Padded | FrameFlags.EndHeaders, 1, 9, 0x88));

    [Fact]
    public void A_frame_amid_headers_is_refused() => Fails<Http2Exception>(
        _peer.Says(FrameKind.Headers, FrameFlags.None, 1, 0x88).Says(FrameKind.Ping, FrameFlags.None, 0, new byte[8]));

    [Fact]
    public void Headers_without_end_are_refused()
    {
        _ = _peer.Says(FrameKind.Headers, FrameFlags.None, 1, 0x88);
        for (var i = 0; i < 5; i++)
        {
            _ = _peer.Says(FrameKind.Continuation, FrameFlags.None, 1, new byte[4096]);
        }

        Fails<Http2Exception>(_peer);
    }

    [Fact]
    public void A_body_without_end_is_refused()
    {
        _ = _peer.Says(FrameKind.Headers, FrameFlags.EndHeaders, 1, 0x88);
        for (var bytes = 0; bytes <= Http2Connection.BodyBytesMax; bytes += Frame.PayloadBytesMax)
        {
            _ = _peer.Says(FrameKind.Data, FrameFlags.None, 1, new byte[Frame.PayloadBytesMax]);
        }

        Fails<Http2Exception>(_peer);
    }

    private static void Fails<T>(ScriptedPeer peer)
        where T : IOException => Assert.Throws<T>(() => Ask(peer, get));

    private static HttpReply Ask(ScriptedPeer peer, Http2Request request)
    {
        using var connection = new Http2Connection(peer, "broker:8443");
        return connection.Exchange(request);
    }

    private static string TextOf(HttpReply reply) => Encoding.ASCII.GetString(reply.Body);
}
