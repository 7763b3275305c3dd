namespace Broker.Testing.Processes;

/// <summary>What a program has said so far: its last lines, and a way to wait for one. Safe from any thread.</summary>
internal sealed class OutputLines
{
    private const int LinesMax = 4096;
    private const int CharactersMax = 4096;

    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(string line)
    {
        TaskCompletionSource wake;
        lock (gate)
        {
            if (lines.Count == LinesMax)
            {
                _ = lines.Dequeue();
            }

            lines.Enqueue(line.Length <= CharactersMax ? line : line[..CharactersMax]);
            wake = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        wake.SetResult();
    }

    public IReadOnlyList<string> Snapshot()
    {
        lock (gate)
        {
            return [.. lines];
        }
    }

    /// <summary>The lines as they are now, and what completes when another one comes.</summary>
    public (IReadOnlyList<string> Lines, Task Changed) Watch()
    {
        // One lock for both: a line that comes between them would wake nobody.
        lock (gate)
        {
            return ([.. lines], changed.Task);
        }
    }
}
