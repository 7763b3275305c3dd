using Grpc.Core;

namespace Broker.SystemTests.Dapr;

/// <summary>How a sidecar answered a question.</summary>
internal sealed record ProbeAnswer(StatusCode Status, string Text);
