namespace Broker.Cni.Errors;

/// <summary>Why a verb failed: what happened, and what to do next. containerd prints both and nothing else.</summary>
internal sealed record CniError(CniErrorCode Code, string Message, string Details);
