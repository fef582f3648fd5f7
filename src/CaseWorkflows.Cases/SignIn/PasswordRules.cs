using System.Collections.Frozen;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>What a password must be: long, not the user name, and none that is guessed first.</summary>
public static class PasswordRules
{
    private const int Longest = 200;
    private const int LeastDifferent = 5;

    // The words that the commonest passwords are made of; what surrounds them (digits, punctuation) is taken off before looking.
    private static readonly FrozenSet<string> Common = FrozenSet.ToFrozenSet(
    [
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "passwordpassword", "mypassword", "newpassword", "changeme", "changemenow", "letmein", "letmeinnow",
        "welcome", "welcomehome", "iloveyou", "iloveyouforever", "administrator", "administratör", "admin", "adminadmin", "root", "test", "testtest", "testtesttest", "secret",
        "qwerty", "qwertyuiop", "qwertyuiopå", "qwertyqwerty", "asdfghjkl", "asdfghjklöä", "zxcvbnm", "abcdef", "abcdefgh", "abcdefghijkl", "abcabcabcabc",
        "1q2w3e4r5t6y", "q1w2e3r4t5y6", "1qaz2wsx3edc", "qazwsxedcrfv", "monkey", "dragon", "football", "baseball", "sunshine", "princess", "superman", "batman", "starwars",
        "lösenord", "losenord", "lösenordet", "mittlösenord", "nyttlösenord", "lösenordlösenord", "losenordlosenord", "hemligt", "hemlig", "hemligtlösenord",
        "välkommen", "valkommen", "sommar", "sommaren", "vinter", "vintern", "höst", "hösten", "vår", "våren", "januari", "februari", "mars", "april", "maj", "juni", "juli",
        "augusti", "september", "oktober", "november", "december", "sverige", "stockholm", "göteborg", "malmö", "uppsala", "linköping", "örebro", "västerås", "gävle",
        "fotboll", "hockey", "ishockey", "sjukhus", "sjukhuset", "vården", "vårdcentral", "vårdcentralen", "mottagning", "mottagningen", "region", "regionen",
        "användare", "anvandare", "demo", "demodemo", "demodemodemo", "caseworkflows",
        "123456789012", "1234567890123", "12345678901234", "123456789012345", "012345678901", "098765432109", "123123123123", "121212121212", "112233445566",
    ], StringComparer.Ordinal);

    /// <summary>Why the password is not taken, in Swedish; null when it is.</summary>
    /// <param name="shortest">Characters at least.</param>
    public static string? FaultOf(string? password, string userName, int shortest)
    {
        if (password is null || password.Length < shortest) return $"Lösenordet ska ha minst {shortest} tecken.";
        if (password.Length > Longest) return $"Lösenordet får ha högst {Longest} tecken.";
        var plain = password.Trim().ToLowerInvariant();
        if (Holds(plain, userName.ToLowerInvariant())) return "Lösenordet får inte innehålla användarnamnet.";
        if (plain.Distinct().Count() < LeastDifferent || Common.Contains(plain) || Common.Contains(Bare(plain)))
            return "Lösenordet är för lätt att gissa. Välj till exempel några ord som inte hör ihop.";
        return null;
    }

    /// <summary>Whoever knows one of them guesses the other: the same letters, whatever their size and whatever digits and marks stand among them.</summary>
    public static bool AreAlike(string one, string other) =>
        one == other || (Letters(one) is { Length: >= LeastDifferent } letters && letters == Letters(other));

    private static string Letters(string password) => string.Concat(password.Where(char.IsLetter)).ToLowerInvariant();

    private static bool Holds(string password, string userName) => userName.Length >= 4 ? password.Contains(userName, StringComparison.Ordinal) : password == userName;

    /// <summary>The letters in the middle: ”Sommaren2026!!” is ”sommaren”.</summary>
    private static string Bare(string password)
    {
        var letters = Enumerable.Range(0, password.Length).Where(i => char.IsLetter(password[i])).ToList();
        return letters.Count == 0 ? "" : password[letters[0]..(letters[^1] + 1)];
    }
}
