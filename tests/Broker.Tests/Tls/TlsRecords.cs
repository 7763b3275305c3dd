using System.Buffers.Binary;

namespace Broker.Tests.Tls;

/// <summary>Looks into the clear part of a TLS 1.2 handshake. Source: RFC 5246 section 7.4, RFC 5077.</summary>
internal static class TlsRecords
{
    /// <summary>Whether the server gave out a session id, and whether a ticket.</summary>
    internal static (bool SessionId, bool Ticket) Resumable(byte[] fromServer)
    {
        var handshake = new List<byte>();
        var at = 0;
        while (at + 5 <= fromServer.Length)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(fromServer.AsSpan(at + 3));
            if (fromServer[at] == 20)
            {
                // ChangeCipherSpec: what follows is encrypted.
                break;
            }

            if (fromServer[at] == 22)
            {
                handshake.AddRange(fromServer.AsSpan(at + 5, Math.Min(length, fromServer.Length - at - 5)));
            }

            at += 5 + length;
        }

        return Look([.. handshake]);
    }

    private static (bool SessionId, bool Ticket) Look(byte[] handshake)
    {
        var (sessionId, ticket) = (false, false);
        var at = 0;
        while (at + 4 <= handshake.Length)
        {
            var length = (handshake[at + 1] << 16) | (handshake[at + 2] << 8) | handshake[at + 3];

            // ServerHello: version (2), random (32), then the length of the session id.
            sessionId |= handshake[at] == 2 && handshake[at + 4 + 34] > 0;
            ticket |= handshake[at] == 4;
            at += 4 + length;
        }

        return (sessionId, ticket);
    }
}
