namespace Broker.Simulator.Time;

/// <summary>What a machine's clocks show.</summary>
/// <param name="Monotonic">Microseconds of its monotonic clock.</param>
/// <param name="WallStep">By how much its wall clock is off, in microseconds.</param>
internal readonly record struct MachineTime(long Monotonic, long WallStep);
