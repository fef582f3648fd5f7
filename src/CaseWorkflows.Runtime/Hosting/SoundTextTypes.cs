#pragma warning disable NPG9001 // The driver's only way to stand between every parameter and the encoder; tried by ConnectionTests.
using Npgsql.Internal;
using Npgsql.Internal.Postgres;

namespace CaseWorkflows.Runtime;

/// <summary>
/// The safety net under all borders: whatever binds a text, by hand or through EF Core, binds sound text. Nothing that the encoder or the
/// server would refuse gets as far as the wire.
/// </summary>
internal sealed class SoundTextTypes : PgTypeInfoResolverFactory
{
    private static readonly (string Type, bool Json)[] Types = [("text", false), ("varchar", false), ("jsonb", true), ("json", true)];

    public override IPgTypeInfoResolver CreateResolver() => new Resolver(Scalars());

    public override IPgTypeInfoResolver CreateArrayResolver()
    {
        var mappings = new TypeInfoMappingCollection(Scalars());
        foreach (var (type, _) in Types) mappings.AddArrayType<string>(Name(type));
        return new Resolver(mappings);
    }

    private static TypeInfoMappingCollection Scalars()
    {
        var mappings = new TypeInfoMappingCollection();
        foreach (var (type, json) in Types)
        {
            // Ours also where only the database's type is known, as for a null: the driver remembers for strings what it found then.
            mappings.AddType<string>(
                Name(type), (options, mapping, _) => mapping.CreateInfo(options, new SoundTextConverter(options.TextEncoding, json, versioned: type == "jsonb"), DataFormat.Text),
                mapping => mapping with { MatchRequirement = type == "text" ? MatchRequirement.Single : MatchRequirement.DataTypeName });
        }

        return mappings;
    }

    private static string Name(string type) => "pg_catalog." + type;

    private sealed class Resolver(TypeInfoMappingCollection mappings) : IPgTypeInfoResolver
    {
        public PgTypeInfo? GetTypeInfo(Type? type, DataTypeName? dataTypeName, PgSerializerOptions options) => mappings.Find(type, dataTypeName, options);
    }
}
