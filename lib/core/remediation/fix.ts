import type { Fix } from './commands'
import { type Line, placeholdersOf, print, whatIf } from './powershell'

export type FixPlan = Pick<Fix, 'effect' | 'minutes' | 'runsOn'> & {
  readonly backup: readonly Line[]
  readonly change: readonly Line[]
  readonly check: readonly Line[]
  readonly rollback: readonly Line[]
}

/** The five steps. “Try” is the change itself with -WhatIf, so that the two can never differ. */
export function fixOf({ backup, change, check, rollback, effect, minutes, runsOn }: FixPlan): Fix {
  return {
    steps: [
      { kind: 'backup', powershell: print(backup) },
      { kind: 'try', powershell: print(change.map(whatIf)) },
      { kind: 'change', powershell: print(change) },
      { kind: 'check', powershell: print(check) },
      { kind: 'rollback', powershell: print(rollback) },
    ],
    effect,
    minutes,
    runsOn,
    change,
    placeholders: placeholdersOf([...backup, ...change, ...check, ...rollback]),
  }
}
