namespace CaseWorkflows.Cases.Cases;

/// <summary>The statuses that the host itself knows; routines use the others of MODEL 3 as text.</summary>
public static class CaseStatus
{
    public const string Received = "Inkommet";
    public const string Distributed = "Fördelat";
    public const string Started = "Påbörjat";
    public const string PartialReply = "Delsvar skickat";
    public const string AwaitsResident = "Väntar på invånaren";

    /// <summary>Every status of MODEL 3, in all regions. Routines may coin others.</summary>
    public static readonly IReadOnlySet<string> Usual = new HashSet<string>(StringComparer.Ordinal)
    {
        Received, Distributed, Started, PartialReply, AwaitsResident,
        "Avslutat", "Avslutat med svar", "Avslutat med standardsvar", "Avslutat utan svar", "Flyttat till annan mottagning", "Överfört till klagomål", "Omklassat – inte ett klagomål",
        "Intyg pågår", "Väntar på e-signering", "Intyg skickat", "Intyg utfärdas inte",
        "Mottaget", "Pågående", "Väntar på patient", "Överlämning begärd", "Överlämnat", "Avslutat – ej svar", "Avslutat per telefon", "Avslutat – biljett skickad",
        "Avslutat av Stöd och service", "Överlämnat per telefon", "Hänvisad", "Flyttat", "Återupptaget", "Väntar på patientens bekräftelse", "Genomfört", "Avbokat", "Uteblivet",
        "Eskalerat", "Omhändertaget", "Nekad överlämning", "Besvarad", "Ej svar",
    };
}
