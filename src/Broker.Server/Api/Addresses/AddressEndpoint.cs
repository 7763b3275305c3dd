using Broker.Contracts;
using Broker.Core.Addresses;
using Broker.Core.Time;
using Broker.Server.History;

namespace Broker.Server.Api.Addresses;

/// <summary>Who holds an address, or held it at a time.</summary>
internal sealed class AddressEndpoint(AddressHistory history)
{
    public async Task ReadAsync(HttpContext context)
    {
        var text = new QueryReader(context, "at").Text("at");
        var address = FieldReader.Read<IpAddress>(
            "ip", (string?)context.Request.RouteValues["ip"], IpAddress.TryParse);
        Instant? at = text is null ? null : FieldReader.Read<Instant>("at", text, TimeText.TryParse);
        var answer = await history.FindAsync(address, at, context.RequestAborted);
        await Answers.WriteAsync(context, answer, BrokerJson.Default.AddressAnswer);
    }
}
