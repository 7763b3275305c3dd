namespace Broker.Kubernetes.Events;

/// <summary>What can become of a notice, as a metric's label has it.</summary>
public static class NoticeOutcomes
{
    /// <summary>It is counted in an Event, or will be.</summary>
    public const string Taken = "taken";

    /// <summary>The queue was full, or too much was asked at once.</summary>
    public const string Dropped = "dropped";

    /// <summary>There is no object that it could be about.</summary>
    public const string NoObject = "no_object";

    /// <summary>An Event was made or counted up.</summary>
    public const string Written = "written";

    /// <summary>The API server could not be reached or would not take it.</summary>
    public const string Failed = "failed";
}
