using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace CaseWorkflows.Host.Authentication;

/// <summary>
/// The keys that protect cookies, shared by all hosts; encrypted where the configuration gives a key. Without one, whoever reads the database can
/// forge a cookie.
/// </summary>
internal sealed class DataProtectionKeys(NpgsqlDataSource database, KeyEncryption encryption) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("SELECT name, xml, encrypted_with FROM data_protection_key ORDER BY id");
        using var rows = command.ExecuteReader();
        var elements = new List<XElement>();
        while (rows.Read()) elements.Add(XElement.Parse(KeysAtRest.OpenXml(rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2), rows.GetString(0), encryption)));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("INSERT INTO data_protection_key (name, xml, encrypted_with) VALUES ($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = friendlyName });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = KeysAtRest.StoredXml(element.ToString(SaveOptions.DisableFormatting), friendlyName, encryption) });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = encryption.Present });
        command.ExecuteNonQuery();
    }
}
