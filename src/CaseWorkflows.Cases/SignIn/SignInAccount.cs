namespace CaseWorkflows.Cases.SignIn;

/// <summary>What an attempt to sign in is checked against.</summary>
/// <param name="Key">The person, or the drawer of a name that nobody has.</param>
/// <param name="PersonId">Null: nobody has the name.</param>
/// <param name="KnownAddress">The person has signed in from this address lately.</param>
/// <param name="Locked">Too many wrong passwords; ends by itself.</param>
internal sealed record SignInAccount(string Key, string? PersonId, string Hash, Guid SecurityStamp, bool MustChange, bool KnownAddress, bool Locked);
