import type { ConfigObject } from '../model'
import type { Fix } from './commands'
import { fixOf } from './fix'
import { backupObject, placeOfWork, showObject } from './objects'
import { command, type Line, run, str } from './powershell'
import { forEachObject } from './receive-connector'

/** Turns transport rules off, and on again to go back. null without rules. */
export function disableRules(rules: readonly ConfigObject[], before: readonly Line[]): Fix | null {
  if (rules.length === 0) return null
  const turn = (verb: 'Enable' | 'Disable') => (r: ConfigObject) => [
    run(command(`${verb}-TransportRule`, { Identity: str(r.id) })),
  ]
  return fixOf({
    backup: forEachObject(rules, (r) => [backupObject(r)]),
    change: [...before, ...forEachObject(rules, turn('Disable'))],
    check: forEachObject(rules, (r) => [showObject(r, ['State', 'Mode', 'Priority'])]),
    rollback: forEachObject(rules, turn('Enable')),
    effect: 'none',
    minutes: 30,
    runsOn: placeOfWork(rules),
  })
}
