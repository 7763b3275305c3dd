namespace Broker.Core.Requests;

/// <summary>What a request id was used for while that lives.</summary>
internal abstract class RequestUse;
