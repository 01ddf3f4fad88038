/** Runs once in every server process before it answers: settings, lock, migrations, unfinished work. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startServer } = await import('./lib/server/startup')
  await startServer()
}
