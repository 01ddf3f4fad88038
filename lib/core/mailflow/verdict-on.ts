import type { ConfigObject, Tri } from '../model'
import type { Fail, Missing, Verdict } from '../rules/define-rule'
import { exportOfObject } from './missing'
import { cloneKey, refOf } from './object-ref'

type Own = Pick<Fail, 'severity' | 'exposure' | 'params' | 'evidence' | 'conditions'> & Partial<Fail>

/** A failure about one object, proven by its configuration; clones on several servers share the key. */
export const failOn = (o: ConfigObject, own: Own): Fail => ({
  state: 'fail',
  key: cloneKey(o),
  side: o.side,
  confidence: 'proven',
  proof: 'configuration',
  objects: [refOf(o)],
  ...own,
})

/** It is open what the object is, or whether it is at fault: its export would tell, or what is `missing`. */
export function openOn(o: ConfigObject, missing: readonly Missing[] = []): Verdict {
  const [first = exportOfObject(o), ...rest] = missing
  return { state: 'not-assessed', object: refOf(o), missing: [first, ...rest] }
}

/** What a three-valued condition makes of an object: yes fails, no passes, and unknown asks for its export or for what is `missing`. */
export function verdictOn(o: ConfigObject, value: Tri, fail: () => Fail, missing: readonly Missing[] = []): Verdict {
  if (value === 'yes') return fail()
  return value === 'no' ? { state: 'pass', object: refOf(o) } : openOn(o, missing)
}
