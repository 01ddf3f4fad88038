import type { AuditRow } from '@/lib/server/audits'

type Environment = { readonly id: string; readonly name: string }

/** An environment with its audits; `latest` is the newest one that was analysed, `before` the one before that. */
export type EnvironmentLine = Environment & {
  readonly audits: number
  readonly latest: AuditRow | null
  readonly before: AuditRow | null
}

/** Environments with what a list of audits, newest first, says of each: worst first, then the one whose audit is oldest. */
export function environmentLines(environments: readonly Environment[], audits: readonly AuditRow[]): EnvironmentLine[] {
  return environments
    .map(({ id, name }) => {
      const own = audits.filter((audit) => audit.environmentId === id)
      const [latest = null, before = null] = own.filter((audit) => audit.status === 'done')
      return { id, name, audits: own.length, latest, before }
    })
    .sort(worstFirst)
}

function worstFirst(a: EnvironmentLine, b: EnvironmentLine): number {
  for (const severity of ['critical', 'high'] as const) {
    const difference = (b.latest?.counts?.[severity] ?? -1) - (a.latest?.counts?.[severity] ?? -1)
    if (difference !== 0) return difference
  }
  return (a.latest?.createdAt.getTime() ?? 0) - (b.latest?.createdAt.getTime() ?? 0)
}
