using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Broker.Testing.Dapr;

/// <summary>
/// Binds the calls by hand over the messages of Dapr.Protos, which has no generated server of this service.
/// </summary>
internal sealed class SidecarMethods : IServiceMethodProvider<SidecarService>
{
    private const string Service = "dapr.proto.runtime.v1.Dapr";

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<SidecarService> context)
    {
        Add(context, "GetState", GetStateRequest.Parser, GetStateResponse.Parser, (s, r, c) => s.GetStateAsync(r, c));
        Add(
            context,
            "GetBulkState",
            GetBulkStateRequest.Parser,
            GetBulkStateResponse.Parser,
            (s, r, c) => s.GetBulkStateAsync(r, c));
        Add(context, "SaveState", SaveStateRequest.Parser, Empty, (s, r, c) => s.SaveStateAsync(r, c));
        Add(context, "DeleteState", DeleteStateRequest.Parser, Empty, (s, r, c) => s.DeleteStateAsync(r, c));
        Add(
            context,
            "ExecuteStateTransaction",
            ExecuteStateTransactionRequest.Parser,
            Empty,
            (s, r, c) => s.ExecuteStateTransactionAsync(r, c));
        Add(context, "PublishEvent", PublishEventRequest.Parser, Empty, (s, r, c) => s.PublishEventAsync(r, c));
    }

    private static MessageParser<Google.Protobuf.WellKnownTypes.Empty> Empty =>
        Google.Protobuf.WellKnownTypes.Empty.Parser;

    private static void Add<TRequest, TReply>(
        ServiceMethodProviderContext<SidecarService> context,
        string name,
        MessageParser<TRequest> requests,
        MessageParser<TReply> replies,
        UnaryServerMethod<SidecarService, TRequest, TReply> call)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply> => context.AddUnaryMethod(
            new Method<TRequest, TReply>(
                MethodType.Unary,
                Service,
                name,
                Marshallers.Create(message => message.ToByteArray(), requests.ParseFrom),
                Marshallers.Create(message => message.ToByteArray(), replies.ParseFrom)),
            [],
            call);
}
