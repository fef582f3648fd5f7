namespace CaseWorkflows.Cases.SignIn;

/// <summary>Checks user names and passwords.</summary>
public interface IUserDirectory
{
    /// <returns>Null for an unknown user, a wrong password and a locked account alike: the caller must not tell them apart.</returns>
    Task<SignInResult?> VerifyAsync(string userName, string password, CancellationToken ct);

    /// <summary>The user object of somebody signed in; null when the person is gone.</summary>
    Task<SignedInUser?> FindAsync(string personId, CancellationToken ct);
}
