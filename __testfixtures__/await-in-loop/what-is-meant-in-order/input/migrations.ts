type Migration = (...args: unknown[]) => Promise<void>;

export function loaderOf(migrations: (Migration | undefined)[]) {
  const runMigrations = async (...args: unknown[]) => {
    // report: await in a loop
    for (const migration of migrations.filter(Boolean)) {
      await migration!.apply(migration, args);
    }
  };
  return { runMigrations };
}
