using Broker.Simulator.Time;

namespace Broker.Simulator.Machines;

/// <summary>
/// One process of a machine, from its start to its end. What is on its way to a process that was killed is lost; to
/// one that is frozen it comes when that one goes on.
/// </summary>
internal sealed class Life(Timeline timeline, Machine machine)
{
    /// <summary>Whether it runs, or is frozen.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Its clocks.</summary>
    public TimeProvider Clock => new MachineClock(timeline, () => machine.Time, (delay, what) => Later(delay, what));

    /// <summary>Ends it, with everything that it waits for.</summary>
    public void Kill() => IsAlive = false;

    /// <summary>Brings something to the process after a time.</summary>
    public void Later(long delay, Action what) => timeline.In(delay, () => Bring(what));

    /// <summary>
    /// A call that takes time there and back. What is asked for happens though its process has ended meanwhile, unless
    /// <paramref name="reach"/> says that it never comes there.
    /// </summary>
    public Task<T> CallAsync<T>(long there, long back, Func<bool> reach, Func<T> act)
    {
        var told = new TaskCompletionSource<T>();
        timeline.In(there, () =>
        {
            if (!reach())
            {
                return;
            }

            try
            {
                var result = act();
                Later(back, () => told.SetResult(result));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Later(back, () => told.SetException(e));
            }
        });
        return told.Task;
    }

    private void Bring(Action what)
    {
        if (!IsAlive)
        {
            return;
        }

        if (machine.FrozenUntil > timeline.Now)
        {
            timeline.In(machine.FrozenUntil - timeline.Now, () => Bring(what));
            return;
        }

        what();
    }
}
