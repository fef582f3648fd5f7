using System.Text.RegularExpressions;
using CaseWorkflows.Cases.Database.Entities;
using Microsoft.EntityFrameworkCore;

namespace CaseWorkflows.Cases.Database;

/// <summary>
/// The domain's tables for lists, pages and administration: read only, never inside a start or resume (those are hand-written batches).
/// The schema is the numbered SQL files'; an entity holds the columns that somebody reads.
/// </summary>
internal sealed partial class CaseDbContext(DbContextOptions<CaseDbContext> options) : DbContext(options)
{
    public DbSet<CaseEntity> Cases => Set<CaseEntity>();

    public DbSet<TaskEntity> Tasks => Set<TaskEntity>();

    public DbSet<MessageEntity> Messages => Set<MessageEntity>();

    public DbSet<NoticeEntity> Notices => Set<NoticeEntity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CaseEntity>(e =>
        {
            e.ToTable("cases");
            e.HasOne(c => c.Content).WithOne().HasForeignKey<CaseContentEntity>(k => k.CaseId);
            e.HasMany(c => c.Tasks).WithOne().HasForeignKey(t => t.CaseId);
        });
        modelBuilder.Entity<CaseContentEntity>(e =>
        {
            e.ToTable("case_content");
            e.HasKey(k => k.CaseId);
        });
        modelBuilder.Entity<TaskEntity>(e =>
        {
            e.ToTable("task");
            e.HasMany(t => t.Candidates).WithOne().HasForeignKey(c => c.TaskId);
        });
        modelBuilder.Entity<TaskCandidateEntity>(e =>
        {
            e.ToTable("task_candidate");
            e.HasKey(c => new { c.TaskId, c.Role, c.Unit });
        });
        modelBuilder.Entity<MessageEntity>(e =>
        {
            e.ToTable("message");
            e.HasOne(m => m.Content).WithOne().HasForeignKey<MessageContentEntity>(t => t.MessageId);
        });
        modelBuilder.Entity<MessageContentEntity>(e =>
        {
            e.ToTable("message_content");
            e.HasKey(t => t.MessageId);
        });
        modelBuilder.Entity<NoticeEntity>().ToTable("notice");

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
            foreach (var property in entity.GetProperties()) property.SetColumnName(WordStart().Replace(property.Name, "_$0").ToLowerInvariant());
    }

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex WordStart();
}
