using Broker.Server.Api.Routes;

namespace Broker.Server.Api;

/// <summary>What a request passes through, in this order.</summary>
internal static class Pipeline
{
    public static void Use(WebApplication app)
    {
        var boundary = app.Services.GetRequiredService<ProblemBoundary>();
        var authority = app.Services.GetRequiredService<AuthorityRules>();
        var access = app.Services.GetRequiredService<AccessRules>();
        var rates = app.Services.GetRequiredService<RateLimitRules>();
        var seen = app.Services.GetRequiredService<SeenNodeAddresses>();
        app.Use(next => context => boundary.RunAsync(context, next));
        app.Use(next => context => authority.CheckAsync(context, next));
        app.UseRouting();
        app.UseAuthentication();
        app.Use(next => context => access.CheckAsync(context, next));
        app.Use(next => context => rates.CheckAsync(context, next));
        app.Use(next => context => seen.RecordAsync(context, next));
        Map(app, app.Services.GetRequiredService<EndpointTable>());
    }

    private static void Map(WebApplication app, EndpointTable table)
    {
        foreach (var row in table.Rows)
        {
            _ = app.MapMethods(row.Path, [row.Method], row.Handler).WithMetadata(row);
        }
    }
}
