namespace CaseWorkflows.Browser.Studio;

/// <summary>Every kind of editor that our descriptors ask for, and every list of choices; a test compares this with the descriptors.</summary>
internal static class SettingEdits
{
    public static IReadOnlyList<SettingEdit> All { get; } =
    [
        new("singleline", "uppgift", "title", "Rubrik", f => f.WriteAsync("Rubrik", "Titta \"här\" först"),
            """{"type":"Literal","value":"Titta \"här\" först"}""", "Titta \"här\" först"),
        new("checklist", "uppgift", "roles", "Roller", f => f.TickOneAsync("Roller", "Administrativ kontakt"),
            """{"type":"Object","value":"[\"administrativ_kontakt\"]"}""", "☑Administrativ kontakt"),
        new("dropdown", "uppgift", "unit", "Enhet", f => f.ChooseAsync("Enhet", "Onkologimottagning 1"),
            """{"type":"Literal","value":"onk1"}""", "Onkologimottagning 1"),
        new("multitext", "uppgift", "persons", "Personer", f => f.AddAsync("Personer", "onk1.mott.a", "Åsa Ek"),
            """{"type":"Object","value":"[\"onk1.mott.a\",\"Åsa Ek\"]"}""", "Åsa Ek"),
        new("dynamic-outcomes", "uppgift", "outcomes", "Utfall", f => f.AddAsync("Utfall", "Godkänn", "Avslå"),
            """{"type":"Object","value":"[\"Godkänn\",\"Avslå\"]"}""", "Avslå"),
        new("json-editor", "uppgift", "form", "Formulär", f => f.WriteCodeAsync("Formulär", """[{"label":"Orsak","type":"text"}]"""),
            """{"type":"Literal","value":"[{\"label\":\"Orsak\",\"type\":\"text\"}]"}""", "\"Orsak\""),
        new("code-editor", "uppgift", "formAdjustments", "Anpassa formuläret", f => f.WriteCodeAsync("Anpassa formuläret", "({ orsak: { value: arende.nummer } })"),
            """{"type":"Literal","value":"({ orsak: { value: arende.nummer } })"}""", "arende.nummer"),
        new("multiline", "uppgift", "instructions", "Anvisning", f => f.WriteAsync("Anvisning", "Ring först.\nSkriv sedan."),
            """{"type":"Literal","value":"Ring först.\nSkriv sedan."}""", "Ring först.\nSkriv sedan."),
        new("datetime-picker", "uppgift", "due", "Klar senast (datum)", f => f.WriteAsync("Klar senast (datum)", "2026-12-24"),
            """{"type":"Literal","value":"2026-12-24 00:00:00"}""", "2026-12-24"),
        new("checkbox", "uppgift", "takeOverByTeam", "Kollega i teamet får ta över", f => f.TickAsync("Kollega i teamet får ta över"),
            """{"type":"Literal","value":"True"}""", "☑Kollega i teamet får ta över"),
        new("workflow-definition-picker", "uppgift", "deviationRoutine", "Rutin vid medvetet avsteg", f => f.ChooseAsync("Rutin vid medvetet avsteg", "Medvetet avsteg"),
            """{"type":"Literal","value":"x-avvikelse"}""", "Medvetet avsteg"),
        new("dropdown", "brev", "phrase", "Fras", f => f.ChooseAsync("Fras", "Hänvisning till patientfaktura"),
            """{"type":"Literal","value":"patientfaktura"}""", "Hänvisning till patientfaktura"),
        new("dropdown", "byt", "caseType", "Ärendetyp", f => f.ChooseAsync("Ärendetyp", "Av/omboka tid"),
            """{"type":"Literal","value":"avboka_omboka"}""", "Av/omboka tid"),
        new("variable-picker", "satt", "variable", "Variabel", f => f.ChooseAsync("Variabel", "Antal"),
            """{"id":"v1","name":"Antal","typeName":"Int32","isArray":false}""", "Antal"),
        new("output-picker", "ut", "outputName", "Utdata", f => f.ChooseAsync("Utdata", "Besked"),
            """{"type":"Literal","value":"Besked"}""", "Besked"),
        new("outcome-picker", "avslut", "outcomes", "Utfall", f => f.ChooseAsync("Utfall", "Avbrutet"),
            """{"type":"Literal","value":"Avbrutet"}""", "Avbrutet"),
        new("flow-switch-editor", "vagar", "cases", null, f => f.AddCaseAsync("Hög", "getAntal() > 2"),
            """[{"label":"Hög","condition":{"type":"JavaScript","value":"getAntal() > 2"}}]""", "Hög"),
        new("switch-editor", "val", "cases", null, f => f.AddCaseAsync("Låg", "getAntal() < 2"),
            """[{"label":"Låg","condition":{"type":"JavaScript","value":"getAntal() < 2"}}]""", "Låg"),
    ];

    /// <summary>The same setting in the other ways that the menu beside it offers.</summary>
    public static IReadOnlyList<SettingEdit> Switches { get; } =
    [
        new("singleline", "uppgift", "title", "Rubrik", async f => { await f.SwitchAsync("Rubrik", "JavaScript"); await f.WriteCodeAsync("Rubrik", "'Ärende ' + arende.nummer"); },
            """{"type":"JavaScript","value":"'Ärende ' + arende.nummer"}""", "arende.nummer"),
        new("singleline", "uppgift", "assignee", "Tilldelas", async f => { await f.SwitchAsync("Tilldelas", "Variabel"); await f.ChooseAsync("Tilldelas", "Namn"); },
            """{"type":"Variable","value":"{\"id\":\"v2\",\"name\":\"Namn\",\"typeName\":\"String\",\"isArray\":false}"}""", "Namn"),
        new("singleline", "uppgift", "openStatus", "Status när den öppnas", async f => { await f.SwitchAsync("Status när den öppnas", "Indata"); await f.ChooseAsync("Status när den öppnas", "Orsak - Orsak"); },
            """{"type":"Input","value":"{\"uiHint\":\"singleline\",\"type\":\"String\",\"isArray\":false,\"name\":\"Orsak\",\"displayName\":\"Orsak\",\"description\":\"\",\"category\":\"\"}"}""", "Orsak"),
    ];
}
