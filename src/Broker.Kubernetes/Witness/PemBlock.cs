namespace Broker.Kubernetes.Witness;

/// <summary>One block of PEM text: its label and the bytes that it holds.</summary>
public sealed record PemBlock(string Label, ReadOnlyMemory<byte> Bytes);
