using Broker.Core.Views;

namespace Broker.Server.Api.Routes;

/// <summary>A live block and the address to reach it by, if one is known.</summary>
internal sealed record BlockRoute(BlockView Block, NodeAddress? Via);
